/* SPDX-License-Identifier: MIT
 *
 * What Kramdown and Hugo write into Markdown beside its words: attributes,
 * "{#id}", "{: .class}", "{:toc}", and what abbreviations mean, "*[HTML]: ...".
 * None of it is read by readers; it is left out, and said. "==words==" stay.
 */
#include "text/markdown_priv.h"

#include "base/arena.h"
#include "base/utf8.h"

enum { ATTRIBUTES_MAX = 300, NAME_SHOWN = 60 };

static bool is_break(const struct node *node)
{
	return node->kind == NODE_SOFT_BREAK || node->kind == NODE_BREAK;
}

/* "lang=xx" is ours; with quotation marks it is another system's. */
static bool is_lang_mark(struct str inside)
{
	struct str value = str_from(inside, 5);

	return str_starts(inside, STR("lang=")) &&
	       !str_starts(value, STR("\"")) && !str_starts(value, STR("'"));
}

/* How long the attributes at S are; 0 if there are none. IS_BEHIND: right
 * behind a link, a picture or the like, where "{width=50%}" is one, too. */
static size_t attributes_at(struct str s, bool is_behind)
{
	struct str inside = str_part(s, 1, ATTRIBUTES_MAX);
	size_t end = str_find(inside, '}');
	bool has_colon;
	size_t at = 0;
	char sign;

	if (s.n == 0 || s.p[0] != '{' || end == inside.n ||
	    str_find(inside, '{') < end)
		return 0;
	inside = str_part(inside, 0, end);
	sign = inside.n > 0 ? inside.p[0] : '\0';
	has_colon = sign == ':';
	if (has_colon) {
		inside = str_trim(str_from(inside, 1));
		sign = inside.n > 0 ? inside.p[0] : '\0';
	}
	if ((sign == '#' || sign == '.') && inside.n > 1 &&
	    (ascii_is_alpha(inside.p[1]) || (unsigned char)inside.p[1] >= 0x80))
		return end + 2;
	while (at < inside.n && ascii_is_alpha(inside.p[at]))
		at++;
	if (at == 0 || (!has_colon && is_lang_mark(inside)))
		return 0;
	if (at < inside.n && inside.p[at] == '=')
		return has_colon || is_behind ? end + 2 : 0;
	return has_colon && (at == inside.n || ascii_is_space(inside.p[at]))
		   ? end + 2
		   : 0;
}

static void say_attributes(struct reading *r, struct str what, uint32_t line)
{
	left_add(&r->left,
	    arena_printf(r->a, "attributes %.*s",
		STR_ARG(utf8_head(
		    what, what.n < NAME_SHOWN ? what.n : NAME_SHOWN))),
	    STR("attributes of other systems are not carried"), line);
}

/* "## Words {#id}" */
static void take_from_heading(
    struct reading *r, struct node *heading, uint32_t line)
{
	struct node *last = heading->child;
	struct str text;
	size_t at;

	while (last && last->next)
		last = last->next;
	if (!last || last->kind != NODE_TEXT)
		return;
	text = str_trim(last->text);
	at = str_find_last(text, '{');
	if (at == text.n || (at == 0 && last == heading->child) ||
	    attributes_at(str_from(text, at), false) != text.n - at)
		return;
	say_attributes(r, str_from(text, at), line);
	last->text.n = (size_t)(text.p + at - last->text.p);
	while (
	    last->text.n > 0 && ascii_is_space(last->text.p[last->text.n - 1]))
		last->text.n--;
}

/* The whole of TEXT is attributes. */
static bool is_attributes(struct str text)
{
	text = str_trim(text);
	if (text.n == 0)
		return false;
	while (text.n > 0) {
		size_t n = attributes_at(text, false);

		if (n == 0)
			return false;
		text = str_trim(str_from(text, n));
	}
	return true;
}

/* "*[HTML]: the language of pages": the name, or nothing. */
static struct str abbreviation(struct str text)
{
	struct str name = str_part(text, 2, ATTRIBUTES_MAX);
	size_t end = str_find(name, ']');

	if (!str_starts(text, STR("*[")) || end == 0 || end + 1 >= name.n ||
	    name.p[end + 1] != ':')
		return STR_NONE;
	return str_part(name, 0, end);
}

/* The line from C to END is no words of the paragraph: says so. */
static bool is_taken(struct reading *r, const struct node *c,
    const struct node *end, uint32_t line)
{
	struct str name, lang;

	if (c->kind != NODE_TEXT)
		return false;
	name = abbreviation(c->text);
	if (name.n > 0) {
		name =
		    utf8_head(name, name.n < NAME_SHOWN ? name.n : NAME_SHOWN);
		left_add(&r->left,
		    arena_printf(r->a, "abbreviation %.*s", STR_ARG(name)),
		    STR("what it means is not carried"), line);
		return true;
	}
	if (c != end || !is_attributes(c->text))
		return false;
	if (!c->next &&
	    markdown_lang_mark(str_trim(c->text), &lang) == str_trim(c->text).n)
		return false; /* markdown_polish takes it */
	say_attributes(r, str_trim(c->text), line);
	return true;
}

static void take_lines(struct reading *r, struct node *block, uint32_t line)
{
	struct node *before = NULL; /* the last that stays */
	struct node *next;
	bool is_toc = false;

	for (struct node *c = block->child; c; c = next, line++) {
		struct node *end = c;

		while (end->next && !is_break(end->next))
			end = end->next;
		next = end->next ? end->next->next : NULL;
		is_toc |=
		    c->kind == NODE_TEXT && str_starts(c->text, STR("{:toc}"));
		if (!is_taken(r, c, end, line))
			before = end;
		else if (before)
			before->next = end->next; /* with the break before */
		else
			block->child = next;
	}
	/* The word in whose place it would come is none for readers. */
	if (is_toc && block->child && !block->child->next)
		block->child = NULL;
}

/* "[words](address){: target=_blank}" */
static void take_behind(struct reading *r, struct node *block, uint32_t line)
{
	for (struct node *c = block->child; c; c = c->next) {
		struct node *next = c->next;
		size_t n;

		line += is_break(c);
		if (!next || next->kind != NODE_TEXT ||
		    (c->kind != NODE_LINK && c->kind != NODE_PICTURE &&
			c->kind != NODE_CODE && c->kind != NODE_EMPHASIS &&
			c->kind != NODE_STRONG))
			continue;
		n = attributes_at(next->text, true);
		if (n == 0)
			continue;
		say_attributes(r, str_part(next->text, 0, n), line);
		next->text = str_from(next->text, n);
	}
}

/* "==words==" */
static bool is_highlighted(struct str s)
{
	size_t at = str_find_str(s, STR("=="));
	struct str inside = str_from(s, at + 2);
	size_t end = str_find_str(inside, STR("=="));

	return at < s.n && end > 0 && end < inside.n &&
	       !ascii_is_space(inside.p[0]) && inside.p[0] != '=' &&
	       !ascii_is_space(inside.p[end - 1]);
}

static void say_highlights(
    struct reading *r, const struct node *block, uint32_t line)
{
	for (const struct node *c = block->child; c; c = c->next) {
		line += is_break(c);
		if (c->kind == NODE_TEXT && is_highlighted(c->text)) {
			left_add(&r->left, STR("=="),
			    STR("highlighting is not carried; the signs and "
				"the text in them are"),
			    line);
			return;
		}
	}
}

void markdown_attributes(struct reading *r, struct node *block, uint32_t line)
{
	if (block->kind == NODE_HEADING)
		take_from_heading(r, block, line);
	else if (block->kind == NODE_PARAGRAPH)
		take_lines(r, block, line);
	else if (block->kind != NODE_CELL)
		return;
	take_behind(r, block, line);
	say_highlights(r, block, line);
}
