/* SPDX-License-Identifier: MIT
 *
 * Markdown, read; see markdown.h. The library's tree is walked event by event,
 * without recursion, since it may be as deep as the input is long; ours is
 * bounded: what would be deeper loses its container and keeps its words.
 *
 * I1  blocks stand at most BLOCK_DEPTH deep, inlines below DOCUMENT_DEPTH.
 */
#include "text/markdown.h"

#include <string.h>

#define CMARK_NO_SHORT_NAMES
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include "base/arena.h"
#include "base/must.h"
#include "base/utf8.h"
#include "text/link.h"
#include "text/markdown_priv.h"
#include "text/typography.h"

enum { PLAIN_MAX = 20000, WORDS_MAX = 2000, URL_SHOWN = 80 };

struct walk {
	struct reading *r;
	uint32_t *note_marks; /* by the note's number: marks so far */
	uint32_t notes_n;
	const uint8_t *align;
	uint32_t column;
	uint32_t columns;
};

struct node *node_new(struct reading *r, enum node_kind kind)
{
	struct node *node = ARENA_NEW(r->a, struct node);

	if (node)
		node->kind = kind;
	return node;
}

void node_append(struct node_tail *tail, struct node *node)
{
	if (!node)
		return;
	if (tail->last)
		tail->last->next = node;
	else
		tail->parent->child = node;
	tail->last = node;
}

void node_append_text(struct reading *r, struct node_tail *tail, struct str s)
{
	struct node *node;

	if (s.n == 0)
		return;
	node = node_new(r, NODE_TEXT);
	if (node)
		node->text = s;
	node_append(tail, node);
}

/* The library breaks texts at every mark; here they become whole again. */
void markdown_join_texts(struct reading *r, struct node *parent)
{
	for (struct node *c = parent->child; c; c = c->next) {
		size_t n = c->text.n;
		struct node *end = c->next;
		char *p;

		if (c->kind != NODE_TEXT || !end || end->kind != NODE_TEXT)
			continue;
		for (; end && end->kind == NODE_TEXT; end = end->next)
			n += end->text.n;
		p = arena_alloc(r->a, n);
		if (!p)
			return;
		n = 0;
		for (struct node *t = c; t != end; t = t->next) {
			memcpy(p + n, t->text.p, t->text.n);
			n += t->text.n;
		}
		c->text = (struct str){p, n};
		c->next = end;
	}
}

struct node_tail *markdown_top(struct reading *r)
{
	return &r->stack[r->depth - 1].inside;
}

static struct node_tail *top(struct walk *w)
{
	return markdown_top(w->r);
}

struct node *markdown_open(struct reading *r, enum node_kind kind)
{
	struct node *node;
	struct node *before = markdown_top(r)->last;

	must(r->depth < DOCUMENT_DEPTH); /* I1 */
	node = node_new(r, kind);
	if (!node)
		return NULL;
	node_append(markdown_top(r), node);
	r->stack[r->depth++] =
	    (struct open_node){.inside.parent = node, .before = before};
	return node;
}

static uint32_t line_of(const struct walk *w, cmark_node *node)
{
	uint32_t line = (uint32_t)cmark_node_get_start_line(node);
	uint32_t added = 0;

	for (uint32_t i = 0; i < w->r->figures_n; i++)
		if (w->r->figures[i].line < line)
			added += w->r->figures[i].added;
	return w->r->first_line + (line > added ? line - added - 1 : 0);
}

/* A copy without the control characters that no page can show. */
static struct str copy_of(struct walk *w, const char *cstr)
{
	struct str s = arena_copy(w->r->a, str_of(cstr));
	char *p = (char *)s.p;
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)p[i] >= 0x20 || p[i] == '\n' || p[i] == '\t')
			p[n++] = p[i];
	s.n = n;
	if (utf8_is_valid(s))
		return s;
	/* Where the library cuts a text wrongly, halves of characters are
	 * left at its ends. */
	n = 0;
	for (size_t at = 0; at < s.n;) {
		size_t from = at;
		bool is_half = utf8_next(s, &at) == UTF8_BAD && at == from + 1;

		for (; !is_half && from < at; from++)
			p[n++] = s.p[from];
	}
	s.n = n;
	return s;
}

/* Appends a node and makes it the place for what follows, up to the end of
 * NODE. */
static struct node *open_node(
    struct walk *w, cmark_node *node, enum node_kind kind)
{
	struct node *ours = markdown_open(w->r, kind);

	if (ours)
		cmark_node_set_user_data(node, ours);
	return ours;
}

/* The first mark of a figure in *S: what stands before it, and its number; *S
 * is then what stands behind. */
static bool take_mark(struct reading *r, struct str *s, struct str *ret_before,
    uint64_t *ret_number)
{
	size_t at = str_find_str(*s, STR("\xEF\xB7\x90"));
	size_t end = str_find_str(*s, STR("\xEF\xB7\x91"));

	if (r->figures_n == 0 || end >= s->n || at >= end ||
	    str_u64(str_part(*s, at + 3, end - at - 3), r->figures_n - 1,
		ret_number))
		return false;
	*ret_before = str_part(*s, 0, at);
	*s = str_from(*s, end + 3);
	return true;
}

bool markdown_take_figure(struct reading *r, struct str *s,
    struct str *ret_before, struct node **ret_figure)
{
	uint64_t number;

	if (!take_mark(r, s, ret_before, &number))
		return false;
	*ret_figure =
	    r->figures[number].is_taken ? NULL : r->figures[number].node;
	r->figures[number].is_taken = true; /* stands once */
	return true;
}

struct str markdown_unmarked(struct reading *r, struct str s, bool is_code)
{
	struct str before;
	uint64_t number;
	struct buf b;

	if (r->figures_n == 0)
		return s;
	/* Each stands once, and was written in the source. */
	buf_init_arena(&b, r->a, 2 * MANUSCRIPT_MAX);
	while (take_mark(r, &s, &before, &number)) {
		buf_add(&b, before);
		if (is_code)
			buf_add(&b, r->figures[number].written);
	}
	buf_add(&b, s);
	return buf_rc(&b) ? STR_NONE : buf_str(&b);
}

/* Text with the marks of figures in it. */
static void put_text(struct walk *w, struct str s)
{
	struct str before;
	struct node *figure;

	while (markdown_take_figure(w->r, &s, &before, &figure)) {
		node_append_text(w->r, top(w), before);
		node_append(top(w), figure);
	}
	node_append_text(w->r, top(w), s);
}

static void put_leaf(struct walk *w, cmark_node *node, enum node_kind kind)
{
	struct node *ours = node_new(w->r, kind);

	if (!ours)
		return;
	if (kind == NODE_CODE || kind == NODE_CODE_BLOCK)
		ours->text = markdown_unmarked(
		    w->r, copy_of(w, cmark_node_get_literal(node)), true);
	node_append(top(w), ours);
}

/* What is read becomes alternative text. */
static bool is_in_picture(const struct reading *r)
{
	for (size_t i = 0; i < r->depth; i++)
		if (r->stack[i].inside.parent->kind == NODE_PICTURE)
			return true;
	return false;
}

static void put_note(struct walk *w, cmark_node *node)
{
	struct node *ours;
	uint64_t number;

	if (is_in_picture(w->r))
		return; /* no link can lead back to it */
	if (str_u64(
		str_of(cmark_node_get_literal(node)), w->notes_n, &number) ||
	    number == 0)
		return;
	ours = node_new(w->r, NODE_NOTE);
	if (!ours)
		return;
	ours->number = (uint32_t)number;
	ours->references = ++w->note_marks[number];
	w->r->links++;
	node_append(top(w), ours);
}

static void leave_link(struct walk *w, cmark_node *node, struct str url)
{
	const char *what =
	    cmark_node_get_type(node) == CMARK_NODE_IMAGE ? "picture" : "link";
	struct str field = arena_printf(
	    w->r->a, "%s %.*s", what, STR_ARG(utf8_head(url, URL_SHOWN)));

	left_add(&w->r->left, url.n > 0 ? field : str_of(what),
	    url.n > 0 ? STR("its address is not one that a page may point to")
		      : STR("it has no address"),
	    line_of(w, node));
}

/* Where NODE leads, as a page would say it: only that can be judged. */
static struct str address_of(struct walk *w, cmark_node *node)
{
	return markdown_unmarked(
	    w->r, copy_of(w, cmark_node_get_url(node)), false);
}

static void set_target(
    struct walk *w, struct node *ours, cmark_node *node, struct str url)
{
	ours->url = url;
	ours->title = markdown_unmarked(
	    w->r, copy_of(w, cmark_node_get_title(node)), false);
}

static void open_link(struct walk *w, cmark_node *node)
{
	struct str url = address_of(w, node);
	struct node *ours;

	if (!link_is_safe(url)) {
		leave_link(w, node, url);
		return; /* its words stay, in the parent */
	}
	ours = open_node(w, node, NODE_LINK);
	if (!ours)
		return;
	w->r->links++;
	w->r->links_open++;
	set_target(w, ours, node, url);
	node = cmark_node_first_child(node);
	if (node && !cmark_node_next(node) &&
	    cmark_node_get_type(node) == CMARK_NODE_IMAGE)
		ours->number = line_of(w, node);
}

/* A picture's alternative text is all its words, so its children go into a
 * node of their own first. */
static void open_picture(struct walk *w, cmark_node *node)
{
	struct str url = address_of(w, node);
	struct node *ours;

	if (!link_is_safe_picture(url)) {
		leave_link(w, node, url);
		return;
	}
	ours = open_node(w, node, NODE_PICTURE);
	if (!ours)
		return;
	set_target(w, ours, node, url);
}

static void close_picture(struct walk *w, struct node *picture)
{
	struct node words = {.kind = NODE_SPAN, .child = picture->child};
	struct buf b;

	buf_init_arena(&b, w->r->a, 64 * 1024);
	node_plain(&words, 4000, &b);
	picture->text = buf_str(&b);
	picture->child = NULL;
}

static void enter_list(struct walk *w, cmark_node *node)
{
	struct node *ours;

	if (w->r->depth + 1 >= BLOCK_DEPTH)
		return;
	ours = open_node(w, node, NODE_LIST);
	if (!ours)
		return;
	ours->is_tight = cmark_node_get_list_tight(node);
	if (cmark_node_get_list_type(node) == CMARK_ORDERED_LIST) {
		int start = cmark_node_get_list_start(node);

		/* 0 means bullets: a list that counts from 0 counts from 1. */
		ours->number = start > 0 ? (uint32_t)start : 1;
	}
}

static void enter_footnote(struct walk *w, cmark_node *node)
{
	struct node *ours;

	markdown_html_end(w->r, false);
	ours = open_node(w, node, NODE_FOOTNOTE);

	if (!ours || w->r->notes_n == w->notes_n)
		return;
	w->r->note_lines[w->r->notes_n++] = line_of(w, node);
	ours->number = w->r->notes_n;
}

static enum align align_of(uint8_t c)
{
	return c == 'l'	  ? ALIGN_LEFT
	       : c == 'c' ? ALIGN_CENTRE
	       : c == 'r' ? ALIGN_RIGHT
			  : ALIGN_NONE;
}

/* The new node is one level. Into each inline, and into the block around them,
 * markdown_polish may put a span; each open tag may become an inline around
 * what is opened in it, with a span of its own. Two more levels are of a word,
 * and of a span around it if it is of another language. */
bool markdown_has_room(const struct reading *r, size_t depth, size_t levels)
{
	size_t inlines = levels + 1 + r->tags_n;
	size_t spans = inlines + 1;

	return depth - levels + inlines + spans + 2 <= DOCUMENT_DEPTH;
}

static bool has_room(const struct walk *w)
{
	const struct reading *r = w->r;
	size_t levels = 0;

	while (levels < r->depth &&
	       r->stack[r->depth - 1 - levels].inside.parent->kind >= NODE_TEXT)
		levels++;
	return markdown_has_room(r, r->depth, levels);
}

/* Nodes of the extensions, whose kinds are numbers made at run time. */
static bool enter_extension(struct walk *w, cmark_node *node)
{
	const char *name = cmark_node_get_type_string(node);
	struct node *ours;

	if (strcmp(name, "table") == 0) {
		if (w->r->depth >= BLOCK_DEPTH)
			return true;
		w->align = cmark_gfm_extensions_get_table_alignments(node);
		w->columns = cmark_gfm_extensions_get_table_columns(node);
		open_node(w, node, NODE_TABLE);
	} else if (strcmp(name, "table_row") == 0 ||
		   strcmp(name, "table_header") == 0) {
		w->column = 0;
		if (top(w)->parent->kind == NODE_TABLE)
			open_node(w, node, NODE_ROW);
	} else if (strcmp(name, "table_cell") == 0) {
		/* Of a table without room each cell is a paragraph. */
		ours = open_node(w, node,
		    top(w)->parent->kind == NODE_ROW ? NODE_CELL
						     : NODE_PARAGRAPH);
		if (ours && ours->kind == NODE_CELL && w->column < w->columns &&
		    w->align)
			ours->align = align_of(w->align[w->column]);
		w->column++;
	} else if (strcmp(name, "strikethrough") == 0) {
		if (has_room(w))
			open_node(w, node, NODE_STRIKE);
	} else {
		return false;
	}
	return true;
}

static void enter_block(struct walk *w, cmark_node *node, cmark_node_type type)
{
	struct node *ours;

	if (type == CMARK_NODE_BLOCK_QUOTE) {
		if (w->r->depth < BLOCK_DEPTH)
			open_node(w, node, NODE_QUOTE);
	} else if (type == CMARK_NODE_LIST) {
		enter_list(w, node);
	} else if (type == CMARK_NODE_ITEM) {
		if (top(w)->parent->kind == NODE_LIST)
			open_node(w, node, NODE_ITEM);
	} else if (type == CMARK_NODE_CODE_BLOCK) {
		put_leaf(w, node, NODE_CODE_BLOCK);
	} else if (type == CMARK_NODE_HTML_BLOCK) {
		markdown_html_block(w->r,
		    copy_of(w, cmark_node_get_literal(node)), line_of(w, node));
	} else if (type == CMARK_NODE_PARAGRAPH) {
		open_node(w, node, NODE_PARAGRAPH);
	} else if (type == CMARK_NODE_HEADING) {
		ours = open_node(w, node, NODE_HEADING);
		if (ours)
			ours->number =
			    (uint32_t)cmark_node_get_heading_level(node);
	} else if (type == CMARK_NODE_THEMATIC_BREAK) {
		put_leaf(w, node, NODE_RULE);
	} else if (type == CMARK_NODE_FOOTNOTE_DEFINITION) {
		enter_footnote(w, node);
	}
}

static void enter_inline(struct walk *w, cmark_node *node, cmark_node_type type)
{
	if (type == CMARK_NODE_SOFTBREAK)
		put_leaf(w, node, NODE_SOFT_BREAK);
	else if (type == CMARK_NODE_LINEBREAK)
		put_leaf(w, node, NODE_BREAK);
	else if (type == CMARK_NODE_CODE)
		put_leaf(w, node, NODE_CODE);
	else if (type == CMARK_NODE_HTML_INLINE)
		markdown_html_inline(w->r,
		    copy_of(w, cmark_node_get_literal(node)), line_of(w, node),
		    top(w), has_room(w));
	else if (type == CMARK_NODE_EMPH && has_room(w))
		open_node(w, node, NODE_EMPHASIS);
	else if (type == CMARK_NODE_STRONG && has_room(w))
		open_node(w, node, NODE_STRONG);
	else if (type == CMARK_NODE_LINK && has_room(w))
		open_link(w, node);
	else if (type == CMARK_NODE_IMAGE && has_room(w))
		open_picture(w, node);
	else if (type == CMARK_NODE_FOOTNOTE_REFERENCE)
		put_note(w, node);
}

static void enter_node(struct walk *w, cmark_node *node)
{
	cmark_node_type type = cmark_node_get_type(node);

	if ((type & CMARK_NODE_TYPE_MASK) == CMARK_NODE_TYPE_BLOCK &&
	    type != CMARK_NODE_HTML_BLOCK)
		markdown_html_end(w->r, true);
	if (type == CMARK_NODE_TEXT)
		put_text(w, copy_of(w, cmark_node_get_literal(node)));
	else if (type == CMARK_NODE_DOCUMENT || enter_extension(w, node))
		return;
	else if ((type & CMARK_NODE_TYPE_MASK) == CMARK_NODE_TYPE_INLINE)
		enter_inline(w, node, type);
	else
		enter_block(w, node, type);
}

bool markdown_can_be_tight(const struct node *list)
{
	for (const struct node *item = list->child; item; item = item->next)
		for (const struct node *c = item->child; c; c = c->next)
			if (c->kind == NODE_PARAGRAPH && c->next &&
			    c->next->kind == NODE_PARAGRAPH)
				return false;
	return true;
}

/* A list of one item of which nothing is left was a place for a table of
 * contents; it goes as empty paragraphs do. */
static void close_list(struct node *list)
{
	const struct node *item = list->child;

	list->is_tight = list->is_tight && markdown_can_be_tight(list);
	if (!item || item->next || !item->child || item->child->next ||
	    item->child->kind != NODE_PARAGRAPH || item->child->child)
		return;
	*list = (struct node){.kind = NODE_PARAGRAPH, .next = list->next};
}

static void exit_node(struct walk *w, cmark_node *node)
{
	struct node *ours = cmark_node_get_user_data(node);

	if (!ours)
		return;
	markdown_html_end(w->r, false);
	if (w->r->depth < 2 || top(w)->parent != ours)
		return;
	markdown_tags_end(w->r, ours);
	if (ours->kind == NODE_LINK)
		w->r->links_open--;
	markdown_join_texts(w->r, ours);
	if (ours->kind == NODE_PICTURE)
		close_picture(w, ours);
	if (ours->kind == NODE_LIST)
		close_list(ours);
	markdown_attributes(w->r, ours, line_of(w, node));
	w->r->depth--;
	markdown_html_waited(w->r);
}

static uint32_t count_notes(cmark_node *root)
{
	uint32_t n = 0;

	for (cmark_node *c = cmark_node_last_child(root); c;
	     c = cmark_node_previous(c)) {
		if (cmark_node_get_type(c) != CMARK_NODE_FOOTNOTE_DEFINITION)
			break;
		n++;
	}
	return n;
}

/* r->depth: as how deep the document counts, from 1. */
static struct node *walk_tree(struct reading *r, cmark_node *root)
{
	struct node *document = node_new(r, NODE_DOCUMENT);
	struct walk w = {.r = r, .notes_n = count_notes(root)};
	cmark_iter *iter = cmark_iter_new(root);
	cmark_event_type event;

	w.note_marks = ARENA_ARRAY(r->a, uint32_t, w.notes_n + 1);
	r->note_lines = ARENA_ARRAY(r->a, uint32_t, w.notes_n + 1);
	for (size_t i = 0; i < r->depth; i++)
		r->stack[i] = (struct open_node){.inside.parent = document};
	if (!w.note_marks || !r->note_lines || !document)
		goto done;
	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE &&
	       !arena_is_spent(r->a)) {
		cmark_node *node = cmark_iter_get_node(iter);

		if (event == CMARK_EVENT_ENTER)
			enter_node(&w, node);
		else
			exit_node(&w, node);
	}
	markdown_html_end(r, false);
	for (struct node *c = document->child; c; c = c->next)
		if (c->kind == NODE_FOOTNOTE)
			c->references = w.note_marks[c->number];
done:
	cmark_iter_free(iter);
	return document;
}

/* Registers the library's extensions once; it keeps its own list. */
static cmark_parser *new_parser(void)
{
	static const char *const names[] = {"table", "strikethrough"};
	cmark_parser *parser;

	cmark_gfm_core_extensions_ensure_registered();
	/* One tilde is a range in Korean and Japanese: "3~5일". */
	parser = cmark_parser_new(
	    CMARK_OPT_FOOTNOTES | CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		cmark_syntax_extension *extension =
		    cmark_find_syntax_extension(names[i]);

		must(extension);
		cmark_parser_attach_syntax_extension(parser, extension);
	}
	return parser;
}

static struct node *parse_with_library(struct reading *r, struct str source)
{
	cmark_parser *parser = new_parser();
	cmark_node *root;
	struct node *document;

	source = markdown_put_signs(r->a, source);
	cmark_parser_feed(parser, source.n ? source.p : "", source.n);
	root = cmark_parser_finish(parser);
	document = walk_tree(r, root);
	cmark_node_free(root);
	cmark_parser_free(parser);
	return document;
}

/* And no item of a list. */
static bool begins_emphasis(struct str s)
{
	return s.n > 1 && (s.p[0] == '*' || s.p[0] == '_') &&
	       !ascii_is_space(s.p[1]);
}

struct node *markdown_words(struct reading *r, struct str source, uint32_t line)
{
	struct reading inside = {.a = r->a,
	    .lang = r->lang,
	    .first_line = line,
	    .left = r->left,
	    .depth = BLOCK_DEPTH};
	struct node *document = NULL;
	cmark_parser *parser;
	cmark_node *root;
	cmark_node *first;

	if (source.n == 0 || source.n > WORDS_MAX)
		return NULL;
	source = markdown_put_signs(r->a, source);
	parser = new_parser();
	/* "12. March" is no list: a sign before it goes in copy_of. Before
	 * marks of emphasis it would be a letter that they cannot open behind.
	 */
	if (!begins_emphasis(source))
		cmark_parser_feed(parser, "\x01", 1);
	cmark_parser_feed(parser, source.n ? source.p : "", source.n);
	root = cmark_parser_finish(parser);
	first = cmark_node_first_child(root);
	if (first && !cmark_node_next(first) &&
	    cmark_node_get_type(first) == CMARK_NODE_PARAGRAPH)
		document = walk_tree(&inside, root);
	cmark_node_free(root);
	cmark_parser_free(parser);
	if (!document || !document->child || document->child->next)
		return NULL;
	r->left = inside.left;
	return document->child;
}

/* The source as paragraphs of plain text, parted at blank lines. What is
 * behind the first PLAIN_MAX is one paragraph. */
static struct node *parse_plain(struct reading *r, struct str source)
{
	struct node *document = node_new(r, NODE_DOCUMENT);
	struct node_tail blocks = {.parent = document};
	struct node_tail inlines = {0};
	struct str start = STR_NONE;
	struct str line;
	uint32_t n = 0;

	while (document && !arena_is_spent(r->a)) {
		bool is_end = !str_line(&source, &line);

		if (!is_end && (n == PLAIN_MAX || !str_blank(line))) {
			if (!start.p)
				start = line;
			start.n = (size_t)(line.p + line.n - start.p);
			continue;
		}
		if (start.p) {
			inlines.parent = node_new(r, NODE_PARAGRAPH);
			inlines.last = NULL;
			node_append(&blocks, inlines.parent);
			if (inlines.parent)
				node_append_text(r, &inlines, str_trim(start));
			n++;
		}
		start = STR_NONE;
		if (is_end)
			break;
	}
	return document;
}

enum rc markdown_parse(struct arena *a, struct str source,
    const struct markdown_options *options, struct node **ret_document,
    struct manuscript_left **ret_left, size_t *ret_left_n)
{
	struct reading r = {
	    .a = a, .lang = options->lang, .left = {.a = a}, .depth = 1};
	struct node *document;
	uint32_t line;

	if (source.n > MANUSCRIPT_MAX)
		return RC_LIMIT;
	if ((source.n && memchr(source.p, '\0', source.n)) ||
	    !utf8_is_valid(source))
		return RC_INVALID;
	r.first_line = options->first_line ? options->first_line : 1;
	if (markdown_is_hostile(source, &line)) {
		left_add(&r.left, STR("Markdown"),
		    STR("too deep or too much of it; taken as plain text"),
		    r.first_line + line - 1);
		document = parse_plain(&r, markdown_take_hidden(&r, source));
	} else {
		document = parse_with_library(
		    &r, markdown_take_shortcodes(&r, source));
		markdown_report_notes(&r, source);
	}
	if (arena_is_spent(a))
		return RC_NO_MEMORY;
	markdown_polish(&r, document);
	markdown_mark_languages(&r, document);
	if (options->has_typography &&
	    typography_set(a, document, options->lang))
		return RC_NO_MEMORY;
	if (arena_is_spent(a))
		return RC_NO_MEMORY;
	*ret_document = document;
	if (ret_left)
		*ret_left = r.left.v;
	if (ret_left_n)
		*ret_left_n = r.left.n;
	return RC_OK;
}
