/* SPDX-License-Identifier: MIT
 *
 * Raw HTML inside of Markdown. A page of ours is not made of foreign tags: the
 * tags go, their words stay, pictures become figures, and what Markdown could
 * say, too, is kept (markdown_tag.c). This is no HTML parser and needs none,
 * since nothing of it reaches a page as a tag.
 */
#include "text/markdown_priv.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "text/link.h"

enum { CONTAINERS = 8 };

/* A list, an item of one or a quotation that is open. */
struct container {
	struct node_tail inside;
	struct node *before; /* it, or NULL */
	struct str tag;	     /* empty: there was none */
	uint32_t line;
};

struct html {
	struct reading *r;
	struct node_tail *blocks;
	struct container open[CONTAINERS];
	size_t open_n;
	struct node_tail paragraph; /* parent NULL: none is open */
	struct node *before;	    /* it, or NULL */
	uint32_t heading;	    /* the next one is one of this level */
	struct node *figure;	    /* the last one */
	struct node_tail caption;   /* of it */
	uint32_t line;
	size_t depth; /* of the blocks */
	bool in_caption;
	bool has_space; /* behind the words put last */
	bool has_break; /* a <br> stands behind them */
};

static const struct {
	struct str name;
	uint16_t c;
} entities[] = {{STR_INIT("amp"), '&'}, {STR_INIT("lt"), '<'},
    {STR_INIT("gt"), '>'}, {STR_INIT("quot"), '"'}, {STR_INIT("apos"), '\''},
    {STR_INIT("nbsp"), 0xA0}, {STR_INIT("copy"), 0xA9},
    {STR_INIT("laquo"), 0xAB}, {STR_INIT("raquo"), 0xBB},
    {STR_INIT("ndash"), 0x2013}, {STR_INIT("mdash"), 0x2014},
    {STR_INIT("lsquo"), 0x2018}, {STR_INIT("rsquo"), 0x2019},
    {STR_INIT("ldquo"), 0x201C}, {STR_INIT("rdquo"), 0x201D},
    {STR_INIT("hellip"), 0x2026}, {STR_INIT("euro"), 0x20AC},
    {STR_INIT("eacute"), 0xE9}, {STR_INIT("auml"), 0xE4},
    {STR_INIT("ouml"), 0xF6}, {STR_INIT("uuml"), 0xFC},
    {STR_INIT("szlig"), 0xDF}};

/* The character that NAME, without "&" and ";", stands for; 0 if unknown. */
static uint32_t entity_of(struct str name)
{
	uint64_t c = 0;

	if (str_starts(name, STR("#x")) || str_starts(name, STR("#X"))) {
		for (size_t i = 2; i < name.n && c <= 0x10FFFF; i++) {
			if (ascii_hex(name.p[i]) < 0)
				return 0;
			c = c * 16 + (unsigned)ascii_hex(name.p[i]);
		}
	} else if (str_starts(name, STR("#"))) {
		if (str_u64(str_from(name, 1), 0x10FFFF, &c))
			return 0;
	} else {
		for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]);
		     i++)
			if (str_eq(entities[i].name, name))
				return entities[i].c;
	}
	if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c > 0x10FFFF ||
	    (c >= 0xD800 && c <= 0xDFFF))
		return 0;
	return (uint32_t)c;
}

struct str markdown_entities(struct reading *r, struct str text)
{
	struct buf b;

	if (str_find(text, '&') == text.n)
		return text;
	buf_init_arena(&b, r->a, text.n);
	for (size_t i = 0; i < text.n; i++) {
		struct str rest = str_part(text, i + 1, 12);
		size_t end = str_find(rest, ';');
		uint32_t c = 0;

		if (text.p[i] == '&' && end < rest.n)
			c = entity_of(str_part(rest, 0, end));
		if (c) {
			utf8_put(&b, c);
			i += end + 1;
		} else {
			buf_char(&b, text.p[i]);
		}
	}
	return buf_rc(&b) ? STR_NONE : buf_str(&b);
}

bool markdown_is_name(char c)
{
	return ascii_is_alpha(c) || ascii_is_digit(c) || c == '-' || c == '_' ||
	       c == ':';
}

struct str markdown_attribute(
    struct reading *r, struct str tag, struct str name)
{
	size_t at = 0;

	while (at < tag.n) {
		size_t start = at;
		struct str value;
		char quote;

		while (at < tag.n && markdown_is_name(tag.p[at]))
			at++;
		if (at == start) {
			at++;
			continue;
		}
		value = str_part(tag, start, at - start);
		while (at < tag.n && ascii_is_space(tag.p[at]))
			at++;
		if (at >= tag.n || tag.p[at] != '=')
			continue;
		at++;
		while (at < tag.n && ascii_is_space(tag.p[at]))
			at++;
		quote = at < tag.n ? tag.p[at] : '\0';
		start = at;
		if (quote == '"' || quote == '\'' || quote == '`') {
			start++;
			at = start + str_find(str_from(tag, start), quote);
		} else {
			while (at < tag.n && !ascii_is_space(tag.p[at]) &&
			       tag.p[at] != '>')
				at++;
		}
		if (str_eq_fold(value, name))
			return markdown_entities(
			    r, str_part(tag, start, at - start));
		at++;
	}
	return STR_NONE;
}

static bool name_in(struct str name, const char *list)
{
	struct str rest = str_of(list);

	while (rest.p)
		if (str_eq_fold(str_cut(&rest, ' '), name))
			return true;
	return false;
}

/* "<!-- more -->" parts the teaser in Hugo and Jekyll; here nothing is lost
 * with it. Other comments are the newsroom's own notes. */
static void report_comment(struct reading *r, struct str tag, uint32_t line)
{
	struct str inside = str_trim(str_part(tag, 4, tag.n - 7));

	if (str_eq_fold(inside, STR("more")) ||
	    str_eq_fold(inside, STR("excerpt")))
		return;
	left_add(&r->left, STR("HTML comment"), STR("comments are not carried"),
	    line);
}

static struct node *picture_of(
    struct reading *r, struct str tag, enum node_kind kind, uint32_t line)
{
	struct str url = markdown_attribute(r, tag, STR("src"));
	struct node *node;

	if (!link_is_safe_picture(url)) {
		left_add(&r->left, STR("HTML <img>"),
		    STR("its address is not one that a page may point to"),
		    line);
		return NULL;
	}
	node = node_new(r, kind);
	if (!node)
		return NULL;
	node->url = url;
	node->text = markdown_attribute(r, tag, STR("alt"));
	if (kind == NODE_PICTURE)
		node->title = markdown_attribute(r, tag, STR("title"));
	return node;
}

void markdown_html_inline(struct reading *r, struct str tag, uint32_t line,
    struct node_tail *inlines, bool has_room)
{
	struct str name = markdown_tag_name(tag);

	if (str_starts(tag, STR("<!--")) && tag.n >= 7)
		report_comment(r, tag, line);
	else if (str_eq_fold(name, STR("br")))
		node_append(inlines, node_new(r, NODE_BREAK));
	else if (str_eq_fold(name, STR("img")))
		node_append(inlines, picture_of(r, tag, NODE_PICTURE, line));
	else if (!markdown_tag(r, tag, line, inlines, has_room))
		markdown_report_tag(r, tag, line);
}

/* Where blocks go: into the innermost container that is open. */
static struct node_tail *inside(struct html *h)
{
	return h->open_n ? &h->open[h->open_n - 1].inside : h->blocks;
}

/* Takes the last child off TAIL, if it is empty; it stands behind BEFORE. */
static void drop_empty(struct node_tail *tail, struct node *before)
{
	if (tail->last->child)
		return;
	if (before)
		before->next = NULL;
	else
		tail->parent->child = NULL;
	tail->last = before;
}

static void close_paragraph(struct html *h)
{
	if (h->paragraph.parent) {
		markdown_tags_end(h->r, h->paragraph.parent);
		markdown_join_texts(h->r, h->paragraph.parent);
		drop_empty(inside(h), h->before);
	}
	h->paragraph = (struct node_tail){0};
	h->heading = 0;
	h->has_break = false;
}

/* White space as a browser shows it: runs are one space. */
static struct str squeezed(struct reading *r, struct str text)
{
	struct buf b;

	text = str_trim(markdown_entities(r, text));
	buf_init_arena(&b, r->a, text.n);
	for (size_t i = 0; i < text.n; i++)
		if (!ascii_is_space(text.p[i]))
			buf_char(&b, text.p[i]);
		else if (!ascii_is_space(text.p[i - 1]))
			buf_char(&b, ' ');
	return buf_rc(&b) ? STR_NONE : buf_str(&b);
}

/* A list is tight whose items have one paragraph each, at most. */
static bool is_tight(const struct node *list)
{
	for (const struct node *item = list->child; item; item = item->next) {
		size_t n = 0;

		for (const struct node *c = item->child; c; c = c->next)
			n += c->kind == NODE_PARAGRAPH;
		if (n > 1)
			return false;
	}
	return true;
}

static void close_container(struct html *h)
{
	struct container *c;

	close_paragraph(h);
	c = &h->open[--h->open_n];
	if (c->inside.parent->kind == NODE_LIST)
		c->inside.parent->is_tight = is_tight(c->inside.parent);
	drop_empty(inside(h), c->before);
}

/* Opens a container of KIND for TAG. There must be room for it, and in a list
 * for an item, too: else the tag goes. */
static void open_container(struct html *h, enum node_kind kind, struct str tag)
{
	struct node *node;
	size_t more = kind == NODE_LIST;

	close_paragraph(h);
	if (h->open_n + more >= CONTAINERS ||
	    h->depth + h->open_n + more >= BLOCK_DEPTH) {
		markdown_report_tag(h->r, tag, h->line);
		return;
	}
	node = node_new(h->r, kind);
	if (!node)
		return;
	h->open[h->open_n] = (struct container){.inside.parent = node,
	    .before = inside(h)->last,
	    .tag = tag,
	    .line = h->line};
	node_append(inside(h), node);
	h->open_n++;
}

static enum node_kind kind_inside(const struct html *h)
{
	return h->open_n ? h->open[h->open_n - 1].inside.parent->kind
			 : NODE_DOCUMENT;
}

/* The same for blocks: none but items stand in a list. */
static struct node_tail *inside_for_block(struct html *h)
{
	if (kind_inside(h) == NODE_LIST)
		open_container(h, NODE_ITEM, STR_NONE);
	return inside(h);
}

/* Where words go: into the caption of the last figure, a heading or a
 * paragraph. */
static struct node_tail *place(struct html *h)
{
	struct node *node;

	if (h->in_caption && h->figure)
		return &h->caption;
	if (!h->paragraph.parent) {
		uint32_t level = h->heading;
		struct node_tail *blocks = inside_for_block(h);

		node = node_new(h->r, level ? NODE_HEADING : NODE_PARAGRAPH);
		if (node)
			node->number = level;
		h->before = blocks->last;
		h->paragraph.parent = node;
		node_append(blocks, node);
	}
	return &h->paragraph;
}

/* Parts what comes from the words before it, if white space does. */
static void part(struct html *h, struct node_tail *to, bool is_apart)
{
	if (h->has_break && to->last)
		node_append(to, node_new(h->r, NODE_BREAK));
	else if (is_apart && to->last)
		node_append_text(h->r, to, STR(" "));
	h->has_break = false;
}

static void put_words(struct html *h, struct str raw)
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

/* A tag among words. What parts it from those before it stands outside. */
static void take_inline(struct html *h, struct str tag)
{
	bool is_end = str_starts(tag, STR("</"));
	struct node_tail *to;

	if (is_end && !h->paragraph.parent && !h->in_caption)
		return;
	to = place(h);
	if (!to->parent)
		return;
	if (!is_end) {
		part(h, to, h->has_space);
		h->has_space = false;
	}
	if (!markdown_tag(h->r, tag, h->line, to,
		markdown_has_room(h->r, h->depth + h->open_n + 1, 0)))
		markdown_report_tag(h->r, tag, h->line);
}

/* One breaks the line, two the paragraph. */
static void take_break(struct html *h)
{
	h->has_space = true;
	if (h->has_break)
		close_paragraph(h);
	else
		h->has_break = h->paragraph.last || h->in_caption;
}

/* The end of a list or a quotation: it ends with all in it. */
static void end_container(struct html *h, struct str name)
{
	size_t at = h->open_n;

	close_paragraph(h);
	while (at > 0 &&
	       !str_eq_fold(markdown_tag_name(h->open[at - 1].tag), name))
		at--;
	while (at > 0 && h->open_n >= at)
		close_container(h);
}

static void take_item(struct html *h, struct str tag)
{
	close_paragraph(h);
	if (kind_inside(h) == NODE_ITEM)
		close_container(h);
	if (str_starts(tag, STR("</")))
		return;
	if (kind_inside(h) == NODE_LIST)
		open_container(h, NODE_ITEM, tag);
	else
		markdown_report_tag(h->r, tag, h->line);
}

/* A list or a quotation. */
static void take_container(struct html *h, struct str tag, struct str name)
{
	bool is_quote = str_eq_fold(name, STR("blockquote"));
	size_t n = h->open_n;

	if (str_starts(tag, STR("</"))) {
		end_container(h, name);
		return;
	}
	close_paragraph(h);
	(void)inside_for_block(h);
	n = h->open_n;
	open_container(h, is_quote ? NODE_QUOTE : NODE_LIST, tag);
	if (h->open_n > n && str_eq_fold(name, STR("ol")))
		inside(h)->parent->number = 1;
}

static void take_picture(struct html *h, struct str tag)
{
	struct node *figure = picture_of(h->r, tag, NODE_FIGURE, h->line);

	markdown_tags_end(h->r, h->caption.parent);
	if (figure)
		node_append(inside_for_block(h), figure);
	h->figure = figure;
	h->caption = (struct node_tail){.parent = figure};
}

static void take_caption(struct html *h, bool is_end)
{
	markdown_tags_end(h->r, h->caption.parent);
	h->in_caption = !is_end;
	if (!is_end || !h->figure)
		return;
	markdown_join_texts(h->r, h->figure);
	if (h->figure->title.n == 0)
		markdown_credit(h->figure);
}

/* A tag between blocks; false: it is none that is carried. */
static bool take_block(struct html *h, struct str tag, struct str name)
{
	bool is_end = str_starts(tag, STR("</"));

	if (str_eq_fold(name, STR("li")))
		take_item(h, tag);
	else if (name_in(name, "ul ol blockquote"))
		take_container(h, tag, name);
	else if (str_eq_fold(name, STR("figcaption")))
		take_caption(h, is_end);
	else if (str_eq_fold(name, STR("img")))
		take_picture(h, tag);
	else if (str_eq_fold(name, STR("hr")))
		node_append(inside_for_block(h), node_new(h->r, NODE_RULE));
	else if (name_in(name, "h1 h2 h3 h4 h5 h6"))
		h->heading = is_end ? 0 : (uint32_t)(name.p[1] - '0');
	else
		return name_in(name, "figure p");
	return true;
}

static void take_tag(struct html *h, struct str tag)
{
	static const char inlines[] =
	    "a abbr b bdi bdo big cite code data del "
	    "dfn em font i ins kbd mark q s samp "
	    "small span strike strong sub sup time tt "
	    "u var";
	struct str name = markdown_tag_name(tag);

	if (str_eq_fold(name, STR("br"))) {
		take_break(h);
	} else if (name_in(name, inlines)) {
		take_inline(h, tag);
	} else {
		close_paragraph(h);
		if (!take_block(h, tag, name))
			markdown_report_tag(h->r, tag, h->line);
	}
}

/* How long the tag or comment at S is; 0 if "<" is only a sign. */
static size_t tag_length(struct str s)
{
	char quote = '\0';

	if (str_starts(s, STR("<!--"))) {
		size_t end = str_find_str(s, STR("-->"));

		return end < s.n ? end + 3 : s.n;
	}
	if (s.n < 2 || (!ascii_is_alpha(s.p[1]) && s.p[1] != '/' &&
			   s.p[1] != '!' && s.p[1] != '?'))
		return 0;
	for (size_t i = 1; i < s.n; i++) {
		if (quote)
			quote = s.p[i] == quote ? '\0' : quote;
		else if (s.p[i] == '>')
			return i + 1;
		else if ((s.p[i] == '"' || s.p[i] == '\'') && s.p[i - 1] == '=')
			quote = s.p[i];
	}
	return s.n;
}

/* Behind "<script>" and "<style>", whose insides are no words. */
static size_t hidden_length(struct str name, struct str rest)
{
	for (size_t i = 0; i + 2 < rest.n; i++)
		if (rest.p[i] == '<' && rest.p[i + 1] == '/' &&
		    str_eq_fold(str_part(rest, i + 2, name.n), name))
			return i;
	return rest.n;
}

void markdown_html_block(struct reading *r, struct str html, uint32_t line,
    struct node_tail *blocks, size_t depth)
{
	struct html h = {
	    .r = r, .blocks = blocks, .line = line, .depth = depth};
	size_t at = 0;

	while (at < html.n && !arena_is_spent(r->a)) {
		struct str rest = str_from(html, at);
		size_t words = str_find(rest, '<');
		size_t n;

		while (words < rest.n && !tag_length(str_from(rest, words)))
			words += 1 + str_find(str_from(rest, words + 1), '<');
		put_words(&h, str_part(rest, 0, words));
		for (size_t i = 0; i < words && i < rest.n; i++)
			h.line += rest.p[i] == '\n';
		at += words;
		if (at >= html.n)
			break;
		rest = str_from(html, at);
		n = tag_length(rest);
		rest = str_part(rest, 0, n);
		if (str_starts(rest, STR("<!--")) && n >= 7)
			report_comment(r, rest, h.line);
		else
			take_tag(&h, rest);
		at += n;
		for (size_t i = 0; i < n; i++)
			h.line += rest.p[i] == '\n';
		if (name_in(markdown_tag_name(rest),
			"script style template iframe") &&
		    !str_starts(rest, STR("</")))
			at += hidden_length(
			    markdown_tag_name(rest), str_from(html, at));
	}
	take_caption(&h, true);
	close_paragraph(&h);
	while (h.open_n > 0) {
		struct container *c = &h.open[h.open_n - 1];

		/* Its words are in it; what follows is not, as Markdown behind
		 * a blank line. */
		if (c->inside.parent->kind != NODE_ITEM)
			markdown_report_tag(r, c->tag, c->line);
		close_container(&h);
	}
}
