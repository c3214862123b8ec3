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

struct html {
	struct reading *r;
	struct node_tail *blocks;
	struct node_tail paragraph; /* parent NULL: none is open */
	struct node *figure;	    /* the last one */
	struct node_tail caption;   /* of it */
	uint32_t line;
	size_t depth; /* of the blocks */
	bool in_caption;
	bool has_space; /* behind the words put last */
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

static void close_paragraph(struct html *h)
{
	markdown_tags_end(h->r, h->paragraph.parent);
	h->paragraph = (struct node_tail){0};
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

/* Where words go: into the caption of the last figure, or a paragraph. */
static struct node_tail *place(struct html *h)
{
	if (h->in_caption && h->figure)
		return &h->caption;
	if (!h->paragraph.parent) {
		h->paragraph.parent = node_new(h->r, NODE_PARAGRAPH);
		node_append(h->blocks, h->paragraph.parent);
	}
	return &h->paragraph;
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
	if (to->last && is_apart)
		node_append_text(h->r, to, STR(" "));
	if (to->parent)
		node_append_text(h->r, to, words);
}

/* A tag among words. The space before it stands outside of what it makes. */
static void take_inline(struct html *h, struct str tag)
{
	bool is_end = str_starts(tag, STR("</"));
	struct node_tail *to;

	if (is_end && !h->paragraph.parent && !h->in_caption)
		return;
	to = place(h);
	if (!to->parent)
		return;
	if (!is_end && h->has_space && to->last) {
		node_append_text(h->r, to, STR(" "));
		h->has_space = false;
	}
	if (!markdown_tag(h->r, tag, h->line, to,
		markdown_has_room(h->r, h->depth + 1, 0)))
		markdown_report_tag(h->r, tag, h->line);
}

static void take_tag(struct html *h, struct str tag)
{
	static const char inlines[] =
	    "a abbr b bdi bdo big cite code data del "
	    "dfn em font i ins kbd mark q s samp "
	    "small span strike strong sub sup time tt "
	    "u var";
	struct str name = markdown_tag_name(tag);
	bool is_end = str_starts(tag, STR("</"));
	struct node *figure;

	if (name_in(name, inlines)) {
		take_inline(h, tag);
		return;
	}
	close_paragraph(h);
	if (str_eq_fold(name, STR("figcaption"))) {
		markdown_tags_end(h->r, h->caption.parent);
		h->in_caption = !is_end;
		if (is_end && h->figure && h->figure->title.n == 0)
			markdown_credit(h->figure);
	} else if (str_eq_fold(name, STR("img"))) {
		figure = picture_of(h->r, tag, NODE_FIGURE, h->line);
		markdown_tags_end(h->r, h->caption.parent);
		node_append(h->blocks, figure);
		h->figure = figure;
		h->caption = (struct node_tail){.parent = figure};
	} else if (!str_eq_fold(name, STR("figure")) &&
		   !str_eq_fold(name, STR("br")) &&
		   !str_eq_fold(name, STR("p"))) {
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
	close_paragraph(&h);
	markdown_tags_end(r, h.caption.parent);
}
