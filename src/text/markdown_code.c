/* SPDX-License-Identifier: MIT
 *
 * Where code stands in Markdown, told before the library reads it: fenced and
 * indented blocks by how lines begin, spans by their backticks. Less than
 * CommonMark says, and enough to leave alone what is shown as it is written.
 */
#include "text/markdown_priv.h"

#include "base/must.h"

enum {
	CODE_COLUMNS = 4,
	NOTE_COLUMN = 4, /* of what belongs to a footnote */
};

static struct str line_at(struct str s, size_t at)
{
	struct str rest = str_from(s, at);

	rest.n = str_find(rest, '\n');
	return rest;
}

static size_t columns_of(struct str s)
{
	size_t columns = 0;

	for (size_t i = 0; i < s.n; i++)
		columns += s.p[i] == '\t' ? 4 - columns % 4 : 1;
	return columns;
}

size_t markdown_indent(struct str line)
{
	size_t n = 0;

	while (n < line.n && (line.p[n] == ' ' || line.p[n] == '\t'))
		n++;
	return columns_of(str_part(line, 0, n));
}

/* How long the sign of a list's item at S is, or 0. */
static size_t item_mark(struct str s)
{
	size_t n = 0;

	if (s.n > 0 && (s.p[0] == '-' || s.p[0] == '*' || s.p[0] == '+'))
		n = 1;
	while (n < 9 && n < s.n && ascii_is_digit(s.p[n]))
		n++;
	if (n > 0 && n < s.n && ascii_is_digit(s.p[n - 1]) &&
	    (s.p[n] == '.' || s.p[n] == ')'))
		n++;
	else if (n != 1 || ascii_is_digit(s.p[0]))
		return 0;
	return n < s.n && (s.p[n] == ' ' || s.p[n] == '\t') ? n + 1 : 0;
}

size_t markdown_line_text(struct str line, bool *ret_is_item)
{
	size_t at = 0;

	*ret_is_item = false;
	for (;;) {
		size_t n;

		while (at < line.n && ascii_is_space(line.p[at]))
			at++;
		if (at < line.n && line.p[at] == '>') {
			at++;
			continue;
		}
		n = item_mark(str_from(line, at));
		if (n == 0)
			return at;
		*ret_is_item = true;
		at += n;
	}
}

/* How many signs of a fence stand at S; 0 if it is none. */
static size_t fence_at(struct str s)
{
	size_t n = 0;

	if (s.n < 3 || (s.p[0] != '`' && s.p[0] != '~'))
		return 0;
	while (n < s.n && s.p[n] == s.p[0])
		n++;
	if (n < 3 || (s.p[0] == '`' && str_find(str_from(s, n), '`') < s.n - n))
		return 0;
	return n;
}

/* Where the fenced block that begins in the line of AT ends; FENCE are its
 * signs. A quotation's ends with it. */
static size_t fenced_end(struct str s, size_t at, struct str fence)
{
	bool is_quoted = str_starts(str_trim(line_at(s, at)), STR(">"));
	size_t i = at + line_at(s, at).n;

	while (i < s.n) {
		struct str line = line_at(s, i + 1);
		bool is_item;
		size_t from = markdown_line_text(line, &is_item);
		struct str text = str_from(line, from);

		if (is_quoted && !str_starts(str_trim(line), STR(">")))
			return i;
		i += 1 + line.n;
		if (!is_item && fence_at(text) >= fence.n &&
		    text.p[0] == fence.p[0] &&
		    str_blank(str_from(text, fence_at(text))))
			break;
	}
	return i < s.n ? i : s.n;
}

/* A line begins at AT; returns where the code ends that begins with it. */
static size_t begin_line(struct code_walk *w, struct str s, size_t at)
{
	struct str line = line_at(s, at);
	size_t indent = markdown_indent(line);
	bool is_item;
	size_t from = markdown_line_text(line, &is_item);
	size_t fence = fence_at(str_from(line, from));

	if (str_blank(line)) {
		w->is_behind_blank = true;
		return at;
	}
	if (indent >= CODE_COLUMNS && !w->is_in_list &&
	    (w->is_behind_blank || w->is_indented || at == 0)) {
		w->is_indented = true;
		return at + line.n;
	}
	w->is_in_item_code = w->is_in_list &&
			     indent >= w->list_column + CODE_COLUMNS &&
			     (w->is_behind_blank || w->is_in_item_code);
	if (is_item)
		w->list_column = columns_of(str_part(line, 0, from));
	else if (str_starts(line, STR("[^")))
		w->list_column = NOTE_COLUMN;
	if (is_item || str_starts(line, STR("[^")))
		w->is_in_list = true;
	else if (w->is_behind_blank && indent < 2)
		w->is_in_list = false;
	w->is_behind_blank = false;
	w->is_indented = false;
	if (fence == 0 || (indent >= CODE_COLUMNS && !w->is_in_list))
		return at;
	return fenced_end(s, at, str_part(line, from, fence));
}

/* LINE goes on with the paragraph before it. */
static bool goes_on(struct str line)
{
	bool is_item;

	(void)markdown_line_text(line, &is_item);
	return !is_item && !str_blank(line);
}

/* The run of backticks at AT opens code up to where as many stand in the same
 * paragraph; returns where that ends. */
static size_t span_end(struct code_walk *w, struct str s, size_t at)
{
	size_t n = 1;
	size_t i;

	while (at + n < s.n && s.p[at + n] == '`')
		n++;
	if (n >= CODE_TICKS || w->none_before[n] > at)
		return at + n;
	for (i = at + n; i < s.n;) {
		size_t run = 0;

		while (i + run < s.n && s.p[i + run] == '`')
			run++;
		if (run == n)
			return i + run;
		if (s.p[i] == '\n' && !goes_on(line_at(s, i + 1)))
			break;
		i += run ? run : 1;
	}
	w->none_before[n] = i;
	return at + n;
}

size_t markdown_skip_code(struct code_walk *w, struct str s, size_t at)
{
	must(at < s.n);
	if (at == 0 || s.p[at - 1] == '\n') {
		size_t end = begin_line(w, s, at);

		if (end > at)
			return end;
	}
	if (s.p[at] == '\\' && at + 1 < s.n && s.p[at + 1] != '\n')
		return at + 2;
	return s.p[at] == '`' ? span_end(w, s, at) : at;
}

size_t markdown_next_place(struct str s, size_t at)
{
	for (; at < s.n && s.p[at - 1] != '\n'; at++)
		switch (s.p[at]) {
		case '\\':
		case '`':
		case '{':
		case '[':
		case '<':
			return at;
		}
	return at;
}
