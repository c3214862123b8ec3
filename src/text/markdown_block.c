/* SPDX-License-Identifier: MIT
 *
 * Raw HTML as blocks: paragraphs, headings, lists, quotations, code, figures
 * with their captions. Unknown tags stand among words, as in a browser; tags of
 * blocks that have no place here part paragraphs and are reported.
 *
 * For the library a blank line ends a block of HTML, so lists and quotations
 * stay open from one block to the next, and Markdown between them stands in
 * them: "<blockquote>", blank line, Markdown, blank line, "</blockquote>".
 *
 * A table whose cells have words alone (markdown_table.c) is one; no block is
 * opened in it.
 *
 * I1  an open paragraph or heading is the last child of the innermost node.
 * I2  the caption of a figure is put into it when it ends, once.
 */
#include "text/markdown_priv.h"

#include "base/arena.h"
#include "base/must.h"
#include "base/utf8.h"
#include "text/entity.h"

struct block {
	struct reading *r;
	uint32_t line;
	struct node_tail paragraph; /* or heading; parent NULL: none is open */
	struct node *before;	    /* it, or NULL */
	uint32_t heading;	    /* words are a heading of this level */
	struct node_tail table; /* parent NULL: none is open, as of these: */
	struct node_tail row;
	struct node_tail cell;
	bool in_figure;
	bool in_caption;
	struct node *picture;	  /* the last one of this figure */
	struct node_tail caption; /* parent NULL: it has none yet */
	bool has_space;		  /* behind the words put last */
	bool has_break;		  /* a <br> stands behind them */
	bool has_open_frame;	  /* no <iframe> that comes has an end */
};

static bool is_end_tag(struct str tag)
{
	return str_starts(tag, STR("</"));
}

/* Takes the last child, which stands behind BEFORE, off TAIL. */
static void take_off(struct node_tail *tail, struct node *before)
{
	if (before)
		before->next = NULL;
	else
		tail->parent->child = NULL;
	tail->last = before;
}

/* Nothing but white space, of the kind that does not break, too. */
static bool is_blank(const struct node *node)
{
	const struct node *text = node->child;

	if (!text)
		return true;
	if (text->kind != NODE_TEXT || text->next)
		return false;
	for (size_t at = 0; at < text->text.n;) {
		uint32_t c = utf8_next(text->text, &at);

		if (c != 0xA0 && (c > 0x20 || !ascii_is_space((char)c)))
			return false;
	}
	return true;
}

static void close_paragraph(struct block *h)
{
	if (h->paragraph.parent) {
		markdown_tags_end(h->r, h->paragraph.parent);
		markdown_join_texts(h->r, h->paragraph.parent);
		if (is_blank(h->paragraph.parent))
			take_off(markdown_top(h->r), h->before); /* I1 */
	}
	h->paragraph = (struct node_tail){0};
	h->has_break = false;
}

/* --- lists and quotations --------------------------------------------- */

/* The innermost node, if raw HTML has opened it. */
static struct open_node *html_top(struct reading *r)
{
	struct open_node *top = &r->stack[r->depth - 1];

	return top->tag.p ? top : NULL;
}

static bool is_in(struct reading *r, enum node_kind kind)
{
	return markdown_top(r)->parent->kind == kind;
}

/* Ends the innermost node, which raw HTML has opened. */
static void close_container(struct reading *r)
{
	struct open_node top = r->stack[r->depth - 1];
	struct node *node = top.inside.parent;

	must(top.tag.p);
	r->depth--;
	if (node->kind == NODE_LIST)
		node->is_tight = markdown_can_be_tight(node);
	if (!node->child)
		take_off(markdown_top(r), top.before);
}

void markdown_html_end(struct reading *r, bool is_list)
{
	struct open_node *top;

	while ((top = html_top(r)) && (!is_list || is_in(r, NODE_LIST))) {
		if (!is_in(r, NODE_ITEM))
			left_add(&r->left,
			    arena_printf(r->a, "HTML <%.*s>",
				STR_ARG(markdown_tag_name(top->tag))),
			    STR("it has no end that could be found"),
			    top->line);
		close_container(r);
	}
}

/* Opens a container of KIND for TAG. There must be room for it, and in a list
 * for an item, too: else the tag goes. */
static void open_container(struct block *h, enum node_kind kind, struct str tag)
{
	struct reading *r = h->r;

	if (r->depth + (kind == NODE_LIST) >= BLOCK_DEPTH) {
		r->refused += kind != NODE_ITEM;
		markdown_report_tag(r, tag, h->line);
	} else if (markdown_open(r, kind)) {
		r->refused = 0; /* those were deeper, and are left */
		r->stack[r->depth - 1].tag = tag;
		r->stack[r->depth - 1].line = h->line;
	}
}

/* Nothing but items stands in a list. */
static struct node_tail *top_for_block(struct block *h)
{
	if (is_in(h->r, NODE_LIST))
		open_container(h, NODE_ITEM, STR(""));
	return markdown_top(h->r);
}

/* The end of a list or a quotation: it ends with all in it. */
static void end_container(struct block *h, struct str name)
{
	struct reading *r = h->r;
	size_t at = r->depth;

	if (r->refused > 0) {
		r->refused--;
		return;
	}
	while (at > 0 && r->stack[at - 1].tag.p &&
	       !str_eq_fold(markdown_tag_name(r->stack[at - 1].tag), name))
		at--;
	if (at == 0 || !r->stack[at - 1].tag.p)
		return;
	while (r->depth >= at)
		close_container(r);
}

static void take_item(struct block *h, struct str tag)
{
	if (html_top(h->r) && is_in(h->r, NODE_ITEM))
		close_container(h->r);
	if (is_end_tag(tag))
		return;
	if (html_top(h->r) && is_in(h->r, NODE_LIST))
		open_container(h, NODE_ITEM, tag);
	else
		markdown_report_tag(h->r, tag, h->line);
}

/* A list that stands in a list belongs to the item before it. */
static void enter_last_item(struct block *h)
{
	struct node_tail *list = markdown_top(h->r);
	struct node *item = list->last;
	struct node_tail inside = {item, item ? item->child : NULL};

	if (!item || list->parent->kind != NODE_LIST)
		return;
	while (inside.last && inside.last->next)
		inside.last = inside.last->next;
	/* BEFORE is not asked for where there are children. */
	h->r->stack[h->r->depth++] = (struct open_node){
	    .inside = inside, .tag = STR(""), .line = h->line};
}

static void open_list(struct block *h, struct str tag, struct str name)
{
	struct node *list;
	uint64_t start = 1;

	enter_last_item(h);
	(void)top_for_block(h);
	open_container(h, NODE_LIST, tag);
	list = markdown_top(h->r)->parent;
	if (!str_eq_fold(name, STR("ol")) || list->kind != NODE_LIST)
		return;
	if (str_u64(markdown_attribute(h->r, tag, STR("start")), 100000000,
		&start) != RC_OK ||
	    start == 0)
		start = 1;
	list->number = (uint32_t)start;
}

static void end_figure(struct block *h);

/* A tag of a list, an item or a quotation. */
static void take_container(struct block *h, struct str tag, struct str name)
{
	end_figure(h); /* I2: it may stand in what ends here */
	if (str_eq_fold(name, STR("li"))) {
		take_item(h, tag);
	} else if (is_end_tag(tag)) {
		end_container(h, name);
	} else if (str_eq_fold(name, STR("blockquote"))) {
		(void)top_for_block(h);
		open_container(h, NODE_QUOTE, tag);
	} else {
		open_list(h, tag, name);
	}
}

void markdown_html_wait(struct reading *r, struct str tag)
{
	struct str name = markdown_tag_name(tag);
	uint32_t at = r->waiting_n;

	while (at > 0 &&
	       (is_end_tag(r->waiting[at - 1]) ||
		   !str_eq_fold(markdown_tag_name(r->waiting[at - 1]), name)))
		at--;
	if (is_end_tag(tag) && at > 0)
		r->waiting_n = at - 1; /* it began in the same words */
	else if (r->waiting_n < TAGS_WAITING)
		r->waiting[r->waiting_n++] = tag;
}

void markdown_html_waited(struct reading *r)
{
	struct block h = {.r = r};
	size_t at = r->depth;

	while (r->waiting_n > 0 && at > 0 && !r->stack[at - 1].tag.p)
		at--;
	/* What Markdown has opened in raw HTML ends first. */
	if (at > 0 && at < r->depth)
		return;
	for (uint32_t i = 0; html_top(r) && i < r->waiting_n; i++)
		if (is_end_tag(r->waiting[i]))
			take_container(&h, r->waiting[i],
			    markdown_tag_name(r->waiting[i]));
	r->waiting_n = 0;
}

/* --- words ------------------------------------------------------------ */

/* Where words go: into a cell, the caption of a figure, a heading or a
 * paragraph. */
static struct node_tail *place(struct block *h)
{
	struct node_tail *top;
	struct node *node;

	if (h->cell.parent)
		return &h->cell;
	if (h->in_caption)
		return &h->caption;
	if (h->paragraph.parent)
		return &h->paragraph;
	top = top_for_block(h);
	node = node_new(h->r, h->heading ? NODE_HEADING : NODE_PARAGRAPH);
	if (node)
		node->number = h->heading;
	h->before = top->last;
	h->paragraph.parent = node;
	node_append(top, node);
	return &h->paragraph;
}

/* White space as a browser shows it: runs are one space. */
static struct str squeezed(struct reading *r, struct str text)
{
	struct buf b;

	text = str_trim(entity_text(r->a, text));
	buf_init_arena(&b, r->a, text.n);
	for (size_t i = 0; i < text.n; i++)
		if (!ascii_is_space(text.p[i]))
			buf_char(&b, text.p[i]);
		else if (!ascii_is_space(text.p[i - 1]))
			buf_char(&b, ' ');
	return buf_rc(&b) ? STR_NONE : buf_str(&b);
}

/* Parts what comes from the words before it, if white space does. */
static void part(struct block *h, struct node_tail *to, bool is_apart)
{
	if (h->has_break && to->last)
		node_append(to, node_new(h->r, NODE_BREAK));
	else if (is_apart && to->last)
		node_append_text(h->r, to, STR(" "));
	h->has_break = false;
}

static void put_words(struct block *h, struct str raw)
{
	struct str words = squeezed(h->r, raw);
	bool is_apart = h->has_space || (raw.n && ascii_is_space(raw.p[0]));
	struct node_tail *to;

	h->has_space = raw.n ? ascii_is_space(raw.p[raw.n - 1]) : h->has_space;
	if (words.n == 0)
		return;
	to = place(h);
	if (!to->parent)
		return;
	part(h, to, is_apart);
	node_append_text(h->r, to, words);
}

/* Words with the marks of figures among them. */
static void put_text(struct block *h, struct str raw)
{
	struct str before;
	struct node *figure;

	while (markdown_take_figure(h->r, &raw, &before, &figure)) {
		put_words(h, before);
		close_paragraph(h);
		node_append(top_for_block(h), figure);
	}
	put_words(h, raw);
}

/* A tag among words. What parts it from those before it stands outside. */
static void take_inline(struct block *h, struct str tag)
{
	struct node_tail *to;

	if (is_end_tag(tag) && !h->paragraph.parent && !h->cell.parent &&
	    !h->in_caption)
		return;
	to = place(h);
	if (!to->parent)
		return;
	if (!is_end_tag(tag)) {
		part(h, to, h->has_space);
		h->has_space = false;
	}
	if (!markdown_tag(h->r, tag, h->line, to,
		markdown_has_room(
		    h->r, h->r->depth + (h->cell.parent ? 3 : 1), 0)))
		markdown_report_tag(h->r, tag, h->line);
}

/* One breaks the line; two the paragraph, unless a tag goes on behind them. */
static void take_break(struct block *h)
{
	bool is_open = h->r->tags_n > 0;

	h->has_space = true;
	if (h->cell.parent)
		h->has_break = h->cell.last;
	else if (h->has_break && !h->in_caption && !is_open)
		close_paragraph(h);
	else
		h->has_break = h->paragraph.last || h->in_caption;
}

/* --- figures ---------------------------------------------------------- */

static void end_caption(struct block *h)
{
	if (h->caption.parent)
		markdown_tags_end(h->r, h->caption.parent);
	h->in_caption = false;
	h->has_break = false;
	h->has_space = true;
}

/* The caption goes to the figure's picture, or is a paragraph where there is
 * none: below a film or a table. */
static void end_figure(struct block *h)
{
	struct node *caption = h->caption.parent;
	struct node *picture = h->picture;

	end_caption(h);
	h->in_figure = false;
	h->picture = NULL;
	h->caption = (struct node_tail){0};
	if (!caption)
		return;
	markdown_join_texts(h->r, caption);
	if (is_blank(caption))
		return;
	close_paragraph(h);
	if (picture) {
		picture->child = caption->child; /* I2 */
		markdown_credit(picture);
	} else {
		caption->kind = NODE_PARAGRAPH;
		node_append(top_for_block(h), caption);
	}
}

static void take_caption(struct block *h, struct str tag)
{
	if (is_end_tag(tag)) {
		end_caption(h);
	} else if (h->in_figure) {
		if (!h->caption.parent)
			h->caption.parent = node_new(h->r, NODE_FIGURE);
		h->in_caption = h->caption.parent;
	}
}

static void take_picture(struct block *h, struct str tag)
{
	struct node *picture;

	if (markdown_is_emoji(h->r, tag)) {
		put_words(h, markdown_attribute(h->r, tag, STR("alt")));
		return;
	}
	end_caption(h);
	close_paragraph(h);
	picture = markdown_picture(h->r, tag, NODE_FIGURE, h->line);
	if (!picture)
		return;
	node_append(top_for_block(h), picture);
	if (h->in_figure)
		h->picture = picture;
}

/* --- tables ----------------------------------------------------------- */

static void end_cell(struct block *h)
{
	if (h->cell.parent) {
		markdown_tags_end(h->r, h->cell.parent);
		markdown_join_texts(h->r, h->cell.parent);
	}
	h->cell = (struct node_tail){0};
	h->has_break = false;
	h->has_space = false;
}

static struct node *put_cell(struct block *h)
{
	struct node *cell = node_new(h->r, NODE_CELL);

	if (!h->row.parent) {
		h->row = (struct node_tail){.parent = node_new(h->r, NODE_ROW)};
		node_append(&h->table, h->row.parent);
	}
	if (h->row.parent)
		node_append(&h->row, cell);
	return cell;
}

static void open_cell(struct block *h, struct str tag)
{
	struct str align = markdown_attribute(h->r, tag, STR("align"));
	struct node *cell = put_cell(h);

	if (align.n == 0)
		align = markdown_attribute(h->r, tag, STR("data-align"));
	h->cell.parent = cell;
	if (cell && str_eq_fold(align, STR("right")))
		cell->align = ALIGN_RIGHT;
	else if (cell && str_eq_fold(align, STR("center")))
		cell->align = ALIGN_CENTRE;
}

/* A tag of blocks in a table that markdown_table has found good. */
static void take_in_table(struct block *h, struct str tag, struct str name)
{
	if (markdown_name_in(name, "p div")) {
		h->has_break = h->cell.last;
		return;
	}
	end_cell(h);
	if (markdown_name_in(name, "th td")) {
		if (!is_end_tag(tag))
			open_cell(h, tag);
		return;
	}
	h->row = (struct node_tail){0};
	if (str_eq_fold(name, STR("table"))) {
		close_paragraph(h);
		h->table = (struct node_tail){0};
	}
}

/* HTML begins with a table; false: it is none of ours. */
static bool open_table(struct block *h, struct str html)
{
	struct table_shape shape;

	if (h->table.parent || h->in_caption ||
	    !markdown_table(h->r, html, &shape))
		return false;
	close_paragraph(h);
	h->heading = 0;
	if (top_for_block(h) && h->r->depth >= BLOCK_DEPTH)
		return false;
	h->table.parent = node_new(h->r, NODE_TABLE);
	node_append(markdown_top(h->r), h->table.parent);
	if (!h->table.parent || shape.has_head)
		return true;
	/* The first row is the head; it has no words. */
	for (uint32_t i = 0; i < shape.columns; i++)
		(void)put_cell(h);
	h->row = (struct node_tail){0};
	return true;
}

/* --- the block -------------------------------------------------------- */

/* A tag of blocks; false: it is none that becomes one. */
static bool take_block(struct block *h, struct str tag, struct str name)
{
	bool is_end = is_end_tag(tag);

	if (markdown_name_in(name, "h1 h2 h3 h4 h5 h6")) {
		h->heading = is_end ? 0 : (uint32_t)(name.p[1] - '0');
		return true;
	}
	if (str_eq_fold(name, STR("figcaption"))) {
		take_caption(h, tag);
		return true;
	}
	if (str_eq_fold(name, STR("figure"))) {
		end_figure(h);
		h->in_figure = !is_end;
		return true;
	}
	if (h->in_caption &&
	    !markdown_name_in(name, "ul ol li blockquote hr table pre")) {
		h->has_break = h->caption.last;
		return str_eq_fold(name, STR("p"));
	}
	end_caption(h);
	if (str_eq_fold(name, STR("hr")))
		node_append(top_for_block(h), node_new(h->r, NODE_RULE));
	else if (markdown_name_in(name, "ul ol li blockquote"))
		take_container(h, tag, name);
	else if (!str_eq_fold(name, STR("p")))
		return false;
	h->heading = 0;
	return true;
}

static void take_tag(struct block *h, struct str tag)
{
	struct str name = markdown_tag_name(tag);

	if (str_starts(tag, STR("<!--")) && tag.n >= 7) {
		markdown_report_comment(h->r, tag, h->line);
	} else if (name.n == 0 || str_eq_fold(name, STR("wbr"))) {
		return; /* "<!DOCTYPE html>", "<?xml ...?>" */
	} else if (str_eq_fold(name, STR("br"))) {
		take_break(h);
	} else if (str_eq_fold(name, STR("img"))) {
		take_picture(h, tag);
	} else if (!markdown_is_block(name)) {
		take_inline(h, tag);
	} else if (h->table.parent) {
		take_in_table(h, tag, name);
	} else {
		if (!h->in_caption)
			close_paragraph(h);
		if (!take_block(h, tag, name))
			markdown_report_tag(h->r, tag, h->line);
	}
}

/* What is known of the rest of a text that is read from its start. */
struct tag_scan {
	size_t quotes; /* bytes that may yet be spent on finding out that a
			  quotation mark in a tag has no end */
	bool has_none; /* no tag ends */
};

/* How long the tag or comment at S is; 0 if "<" is only a sign. In a tag whose
 * quotation marks have no end they are signs. */
static size_t tag_length(struct str s, struct tag_scan *scan)
{
	char quote = '\0';
	size_t i;

	if (str_starts(s, STR("<!--"))) {
		size_t end = str_find_str(s, STR("-->"));

		return end < s.n ? end + 3 : s.n;
	}
	if (scan->has_none || s.n < 2 ||
	    (!ascii_is_alpha(s.p[1]) && s.p[1] != '/' && s.p[1] != '!' &&
		s.p[1] != '?'))
		return 0;
	for (i = 1; i < s.n && i <= scan->quotes; i++) {
		if (quote)
			quote = s.p[i] == quote ? '\0' : quote;
		else if (s.p[i] == '>')
			return i + 1;
		else if ((s.p[i] == '"' || s.p[i] == '\'') && s.p[i - 1] == '=')
			quote = s.p[i];
	}
	scan->quotes -= i <= scan->quotes ? i : scan->quotes;
	i = str_find(s, '>');
	scan->has_none = i == s.n;
	return scan->has_none ? 0 : i + 1;
}

/* How much from the start of REST, behind the tag NAME, is not for readers. */
static size_t hidden_length(struct block *h, struct str name, struct str rest)
{
	bool is_frame = str_eq_fold(name, STR("iframe"));
	size_t end = 0;

	if (is_frame ? h->has_open_frame
		     : !markdown_name_in(name, "script style template"))
		return 0;
	while (end + 2 < rest.n &&
	       (rest.p[end] != '<' || rest.p[end + 1] != '/' ||
		   !str_eq_fold(str_part(rest, end + 2, name.n), name)))
		end++;
	if (end + 2 < rest.n)
		return end;
	/* Those who write "<iframe ... />" mean it to be whole. */
	h->has_open_frame = is_frame;
	return is_frame ? 0 : rest.n;
}

/* "<pre>": REST up to its end is code, line for line. Its tags go. */
static size_t take_code(struct block *h, struct str rest)
{
	struct tag_scan scan = {.quotes = rest.n};
	size_t end = 0;
	struct node *code = node_new(h->r, NODE_CODE_BLOCK);
	struct buf b;

	buf_init_arena(&b, h->r->a, rest.n + 1);
	while (end < rest.n &&
	       !str_eq_fold(str_part(rest, end, 5), STR("</pre"))) {
		struct str behind = str_from(rest, end);
		size_t n = rest.p[end] == '<' ? tag_length(behind, &scan) : 0;

		if (n == 0)
			buf_char(&b, rest.p[end]);
		end += n ? n : 1;
	}
	if (!code || buf_rc(&b))
		return end;
	code->text =
	    entity_text(h->r->a, markdown_unmarked(h->r, buf_str(&b), true));
	if (str_starts(code->text, STR("\n")))
		code->text = str_from(code->text, 1);
	end_figure(h);
	if (!str_blank(code->text))
		node_append(top_for_block(h), code);
	return end;
}

static void count_lines(struct block *h, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		h->line += s.p[i] == '\n';
}

/* Takes the tag, of N bytes, at the start of HTML, and what only that tag can
 * read behind it. Returns how much that is. */
static size_t take_at(struct block *h, struct str html, size_t n)
{
	struct str tag = str_part(html, 0, n);
	struct str behind = str_from(html, n);
	struct str name = markdown_tag_name(tag);
	size_t hidden = is_end_tag(tag) ? 0 : hidden_length(h, name, behind);

	if (hidden > 0) {
		markdown_report_hidden(h->r, tag, h->line);
		return n + hidden;
	}
	if (str_eq_fold(name, STR("table")) && !is_end_tag(tag) &&
	    open_table(h, html))
		return n;
	if (is_end_tag(tag) || !str_eq_fold(name, STR("pre"))) {
		take_tag(h, tag);
		return n;
	}
	close_paragraph(h);
	return n + take_code(h, behind);
}

void markdown_html_block(struct reading *r, struct str html, uint32_t line)
{
	struct block h = {.r = r, .line = line};
	struct tag_scan scan = {.quotes = 2 * html.n};

	while (html.n > 0 && !arena_is_spent(r->a)) {
		size_t words = str_find(html, '<');
		size_t n = 0;

		while (words < html.n &&
		       (n = tag_length(str_from(html, words), &scan)) == 0)
			words += 1 + str_find(str_from(html, words + 1), '<');
		put_text(&h, str_part(html, 0, words));
		count_lines(&h, str_part(html, 0, words));
		html = str_from(html, words);
		if (html.n == 0)
			break;
		n = take_at(&h, html, n);
		count_lines(&h, str_part(html, 0, n));
		html = str_from(html, n);
	}
	end_cell(&h);
	end_figure(&h);
	close_paragraph(&h);
}
