/* SPDX-License-Identifier: MIT
 *
 * What a newspaper makes of a tree of Markdown: headings in steps, pictures
 * that stand alone as figures with caption and credit, and the languages that
 * the manuscript marks.
 */
#include "text/markdown_priv.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "text/script.h"

enum {
	LEVEL_FIRST = 2,
	LEVEL_LAST = 4,
	CREDIT_MAX = 100,
	URL_SHOWN = 80,
	LANG_MARK_MAX = 60,
};

/* Sets each level by how many higher ones are open above it: they start at
 * h2 and skip none. */
static void polish_headings(struct node *document)
{
	uint32_t open[6];
	size_t depth = 0;

	for (struct node *c = document->child; c; c = c->next) {
		uint32_t level = c->number;

		if (c->kind != NODE_HEADING)
			continue;
		while (depth > 0 && open[depth - 1] >= level)
			depth--;
		c->number = LEVEL_FIRST + (uint32_t)depth;
		if (c->number > LEVEL_LAST)
			c->number = LEVEL_LAST;
		if (depth < 6)
			open[depth++] = level;
	}
}

/* Headings inside of quotations and lists are below all others. */
static void polish_inner_headings(struct node *node, bool is_inner)
{
	for (struct node *c = node->child; c; c = c->next) {
		if (c->kind == NODE_HEADING && is_inner)
			c->number = LEVEL_LAST;
		else if (c->kind < NODE_TEXT && c->kind != NODE_PARAGRAPH)
			polish_inner_headings(c, true);
	}
}

static struct node *last_child(const struct node *node)
{
	struct node *last = node->child;

	while (last && last->next)
		last = last->next;
	return last;
}

/* Takes ")" and "." and space off the end. */
static struct str without_end(struct str s)
{
	s = str_trim(s);
	while (s.n > 0 && (s.p[s.n - 1] == ')' || s.p[s.n - 1] == ']' ||
			      s.p[s.n - 1] == '.'))
		s = str_trim(str_part(s, 0, s.n - 1));
	return s;
}

static const struct str credit_marks[] = {STR_INIT("Photo:"), STR_INIT("Foto:"),
    STR_INIT("Photograph:"), STR_INIT("Picture:"), STR_INIT("Credit:"),
    STR_INIT("Bild:"), STR_INIT("Фото:"), STR_INIT("Photo by "), STR_INIT("©")};

enum { CREDIT_MARKS = sizeof(credit_marks) / sizeof(credit_marks[0]) };

bool markdown_names_credit(struct str text)
{
	for (size_t i = 0; i < CREDIT_MARKS; i++)
		if (str_find_str(text, credit_marks[i]) < text.n)
			return true;
	return false;
}

void markdown_credit(struct node *figure)
{
	struct node *last = last_child(figure);
	struct str text;

	if (!last || last->kind != NODE_TEXT)
		return;
	text = last->text;
	for (size_t i = 0; i < CREDIT_MARKS; i++) {
		size_t at = str_find_str(text, credit_marks[i]);
		struct str credit = str_from(text, at + credit_marks[i].n);

		if (at == text.n || credit.n > CREDIT_MAX ||
		    without_end(credit).n == 0)
			continue;
		figure->title = without_end(credit);
		text = str_trim(str_part(text, 0, at));
		while (text.n > 0 &&
		       (text.p[text.n - 1] == '(' || text.p[text.n - 1] == '['))
			text = str_trim(str_part(text, 0, text.n - 1));
		last->text = text;
		if (text.n == 0 && figure->child == last)
			figure->child = NULL;
		return;
	}
}

struct str markdown_credit_of(struct reading *r, struct str title)
{
	struct node trial = {.kind = NODE_FIGURE};
	struct node_tail tail = {.parent = &trial};

	node_append_text(r, &tail, title);
	markdown_credit(&trial);
	return trial.title;
}

/* A picture becomes a figure: its title is the caption, or CAPTION is. */
static void become_figure(struct reading *r, struct node *block,
    struct node *picture, struct node *caption)
{
	struct node_tail tail = {.parent = block};

	block->kind = NODE_FIGURE;
	block->url = picture->url;
	block->text = picture->text;
	block->title = STR_NONE;
	block->child = caption;
	if (!caption)
		node_append_text(r, &tail, picture->title);
	markdown_credit(block);
	if (block->title.n == 0 && caption)
		block->title = markdown_credit_of(r, picture->title);
}

static bool is_blank_text(const struct node *node)
{
	return node->kind == NODE_SOFT_BREAK || node->kind == NODE_BREAK ||
	       (node->kind == NODE_TEXT && str_blank(node->text));
}

/* More than can be said of a picture in a line. */
static bool has_own_words(const struct node *figure)
{
	return figure->child || figure->title.n > 0;
}

/* The line of the shortcode that FIGURE was. */
static uint32_t figure_line(const struct reading *r, const struct node *figure)
{
	for (uint32_t i = 0; i < r->figures_n; i++)
		if (r->figures[i].node == figure)
			return r->figures[i].source_line;
	return 0;
}

void markdown_report_link(struct reading *r, struct str url, uint32_t line)
{
	static const struct str pictures[] = {STR_INIT(".jpg"),
	    STR_INIT(".jpeg"), STR_INIT(".png"), STR_INIT(".gif"),
	    STR_INIT(".webp"), STR_INIT(".avif"), STR_INIT(".svg")};

	for (size_t i = 0; i < sizeof(pictures) / sizeof(pictures[0]); i++)
		if (url.n > pictures[i].n &&
		    str_eq_fold(
			str_from(url, url.n - pictures[i].n), pictures[i]))
			return;
	url = utf8_head(url, URL_SHOWN);
	if (url.n > 0)
		left_add(&r->left,
		    arena_printf(r->a, "link %.*s", STR_ARG(url)),
		    STR("a picture that stands alone leads nowhere"), line);
}

/* A paragraph of one picture, perhaps with an emphasised line below it. */
static void polish_paragraph(struct reading *r, struct node *block)
{
	struct node *first = block->child;
	struct node *picture = first;
	struct node *rest;

	if (!first)
		return;
	if (first->kind == NODE_LINK && first->child && !first->child->next)
		picture = first->child;
	rest = first->next;
	while (rest && is_blank_text(rest))
		rest = rest->next;
	if (picture->kind == NODE_FIGURE && !rest) {
		struct node *next = block->next;

		if (picture != first)
			markdown_report_link(
			    r, first->url, figure_line(r, picture));
		*block = *picture;
		block->next = next;
	} else if (picture->kind == NODE_PICTURE &&
		   (!rest || (rest->kind == NODE_EMPHASIS && !rest->next))) {
		if (picture != first)
			markdown_report_link(r, first->url, first->number);
		become_figure(r, block, picture, rest ? rest->child : NULL);
	}
}

/* Takes breaks and white space off the end of what stands before UNTIL in
 * BLOCK, and UNTIL and what follows it, too. */
static void cut_before(struct node *block, const struct node *until)
{
	struct node *last = NULL;

	for (struct node *c = block->child; c != until; c = c->next)
		if (!is_blank_text(c))
			last = c;
	if (last)
		last->next = NULL;
	else
		block->child = NULL;
}

/* A figure with a caption or a credit, for which there is no place in a line,
 * parts the paragraphs of PARENT. */
static void part_at_figures(struct reading *r, struct node *parent)
{
	for (struct node *c = parent->child; c; c = c->next) {
		struct node *figure = c->child;
		struct node *behind;

		if (c->kind != NODE_PARAGRAPH)
			continue;
		while (figure &&
		       (figure->kind != NODE_FIGURE || !has_own_words(figure)))
			figure = figure->next;
		behind = figure ? node_new(r, NODE_PARAGRAPH) : NULL;
		if (!behind)
			continue;
		behind->next = c->next;
		behind->child = figure->next;
		while (behind->child && is_blank_text(behind->child))
			behind->child = behind->child->next;
		cut_before(c, figure);
		figure->next = behind;
		c->next = figure;
	}
}

/* An emphasised paragraph behind a figure without words is its caption if it
 * names a credit: then it can be nothing else. */
static void take_next_caption(struct node *figure)
{
	struct node *next = figure->next;
	struct node trial = *figure;

	if (has_own_words(figure) || !next || next->kind != NODE_PARAGRAPH ||
	    !next->child || next->child->kind != NODE_EMPHASIS ||
	    next->child->next)
		return;
	trial.child = next->child->child;
	markdown_credit(&trial);
	if (trial.title.n == 0)
		return;
	trial.next = next->next;
	*figure = trial;
}

static void report_own_words(struct reading *r, const struct node *figure)
{
	left_add(&r->left, STR("shortcode figure"),
	    STR("its caption and credit have no place where it stands"),
	    figure_line(r, figure));
}

/* Figures that ended up inside a line are pictures there. */
static void demote_figures(struct reading *r, struct node *node)
{
	for (struct node *c = node->child; c; c = c->next) {
		if (c->kind == NODE_FIGURE && node->kind != NODE_DOCUMENT &&
		    node->kind != NODE_QUOTE && node->kind != NODE_ITEM &&
		    node->kind != NODE_FOOTNOTE) {
			if (has_own_words(c))
				report_own_words(r, c);
			c->kind = NODE_PICTURE;
			c->child = NULL;
			c->title = STR_NONE;
		} else {
			demote_figures(r, c);
		}
	}
}

size_t markdown_lang_mark(struct str s, struct str *ret_lang)
{
	struct str inside = str_part(s, 1, LANG_MARK_MAX);
	size_t n = str_find(inside, '}');

	if (!str_starts(s, STR("{")) || n == inside.n)
		return 0;
	inside = str_part(inside, 0, n);
	if (str_starts(inside, STR(":")))
		inside = str_trim(str_from(inside, 1));
	if (!str_starts(inside, STR("lang=")))
		return 0;
	inside = str_from(inside, 5);
	if (inside.n > 1 && (inside.p[0] == '"' || inside.p[0] == '\'') &&
	    inside.p[inside.n - 1] == inside.p[0])
		inside = str_part(inside, 1, inside.n - 2);
	if (!lang_is_valid(inside))
		return 0;
	*ret_lang = inside;
	return n + 2;
}

static void set_lang(struct node *node, struct str lang)
{
	node->lang = lang;
	node->dir = lang_direction(lang);
}

/* Wraps what stands from "[" in OPEN to the mark in CLOSE, which may be the
 * same text, into a span. Returns what stands behind the mark. */
static struct node *wrap_span(struct reading *r, struct node *open,
    size_t open_at, struct node *close, size_t close_at)
{
	struct str lang = STR_NONE;
	size_t n =
	    markdown_lang_mark(str_from(close->text, close_at + 1), &lang);
	struct node *span = node_new(r, NODE_SPAN);
	struct node *first = node_new(r, NODE_TEXT);
	struct node *behind = node_new(r, NODE_TEXT);
	struct str end = close->text;

	if (!span || !first || !behind)
		return NULL;
	behind->text = str_from(end, close_at + 1 + n);
	behind->next = close->next;
	span->next = behind;
	span->child = first;
	set_lang(span, lang);
	if (open == close) {
		first->text =
		    str_part(end, open_at + 1, close_at - open_at - 1);
	} else {
		first->text = str_from(open->text, open_at + 1);
		first->next = open->next;
		close->text = str_part(end, 0, close_at);
		close->next = NULL;
	}
	open->text = str_part(open->text, 0, open_at);
	open->next = span;
	return behind;
}

/* Finds "[words]{lang=xx}" among the children of NODE, which may hold other
 * inlines between the brackets. */
static void polish_spans(struct reading *r, struct node *node)
{
	struct node *open = NULL;
	size_t open_at = 0;
	struct node *c = node->child;

	while (c) {
		struct node *restart = NULL;

		for (size_t i = 0; c->kind == NODE_TEXT && i < c->text.n; i++) {
			struct str lang;

			if (c->text.p[i] == '[') {
				open = c;
				open_at = i;
			} else if (c->text.p[i] == ']' && open &&
				   markdown_lang_mark(
				       str_from(c->text, i + 1), &lang)) {
				restart = wrap_span(r, open, open_at, c, i);
				open = NULL;
				break;
			}
		}
		c = restart ? restart : c->next;
	}
}

/* The last line of BLOCK is "{lang=xx}" and nothing else: takes it off. */
static bool take_lang_line(struct node *block, struct str *ret_lang)
{
	struct node *before = NULL;
	struct node *last = block->child;
	struct str text;

	while (last && last->next) {
		before = last;
		last = last->next;
	}
	if (!last || last->kind != NODE_TEXT)
		return false;
	text = str_trim(last->text);
	if (markdown_lang_mark(text, ret_lang) != text.n || text.n == 0 ||
	    (before && before->kind != NODE_SOFT_BREAK &&
		before->kind != NODE_BREAK))
		return false;
	if (!before) {
		block->child = NULL;
		return true;
	}
	for (struct node *c = block->child; c; c = c->next)
		if (c->next == before)
			c->next = NULL;
	if (block->child == before)
		block->child = NULL;
	return true;
}

/* A paragraph that is only the mark speaks of the block before it, or in a
 * quotation of the whole. */
static void polish_lang_lines(struct node *parent)
{
	struct node *before = NULL;

	for (struct node *c = parent->child; c; c = c->next) {
		struct str lang;

		if (c->kind != NODE_PARAGRAPH || !take_lang_line(c, &lang)) {
			before = c;
			continue;
		}
		if (parent->kind == NODE_QUOTE && !c->next)
			set_lang(parent, lang);
		else if (c->child)
			set_lang(c, lang);
		else if (before && before->kind <= NODE_QUOTE)
			set_lang(before, lang);
		if (c->child) {
			before = c;
		} else if (before) {
			before->next = c->next;
		} else {
			parent->child = c->next;
		}
	}
}

static bool has_inlines(const struct node *node)
{
	return node->kind == NODE_PARAGRAPH || node->kind == NODE_HEADING ||
	       node->kind == NODE_CELL || node->kind == NODE_FIGURE ||
	       node->kind > NODE_TEXT;
}

static void polish_tree(struct reading *r, struct node *node)
{
	if (has_inlines(node)) {
		polish_spans(r, node);
	} else {
		part_at_figures(r, node);
		polish_lang_lines(node);
	}
	for (struct node *c = node->child; c; c = c->next) {
		polish_tree(r, c);
		if (c->kind == NODE_PARAGRAPH)
			polish_paragraph(r, c);
	}
	for (struct node *c = node->child; c; c = c->next)
		if (c->kind == NODE_FIGURE)
			take_next_caption(c);
}

/* Takes out paragraphs that nothing is left of. */
static void drop_empty(struct node *node)
{
	struct node **link = &node->child;

	while (*link) {
		struct node *c = *link;

		if (c->kind == NODE_PARAGRAPH || c->kind == NODE_SPAN ||
		    c->kind == NODE_EMPHASIS || c->kind == NODE_STRONG) {
			struct node *first = c->child;

			while (first && first->kind == NODE_TEXT &&
			       first->text.n == 0)
				first = first->next;
			if (!first) {
				*link = c->next;
				continue;
			}
		}
		if (c->kind == NODE_TEXT && c->text.n == 0) {
			*link = c->next;
			continue;
		}
		drop_empty(c);
		link = &c->next;
	}
}

void markdown_polish(struct reading *r, struct node *document)
{
	polish_headings(document);
	polish_inner_headings(document, false);
	polish_tree(r, document);
	demote_figures(r, document);
	drop_empty(document);
}
