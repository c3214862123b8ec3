/* SPDX-License-Identifier: MIT
 *
 * Where the library would read a source otherwise than its writer meant it, a
 * sign that nobody sees is put between two characters: U+0001, which for the
 * library is as a letter is, and which goes with all controls when its tree is
 * copied (copy_of in markdown.c), out of code, too.
 *
 *	[^a ... ]	the library reckons the length of a footnote's name by
 *			columns, and loses words of one that is closed on
 *			another line
 *	は**「a」**は	marks of emphasis between a letter and a sign are meant
 *			for where spaces part words, and say nothing where none
 *			do (CommonMark 0.31, 6.2)
 *	<<Hola>>	quotation marks, and no tag in another's
 */
#include "text/markdown_priv.h"

#include "base/utf8.h"
#include "text/script.h"

enum { FOOTNOTE_NAME_MAX = 500, QUOTED_MAX = 200, EMPHASIS_MAX = 2000 };

static const struct str opening = STR_INIT("([{（［｛「『【〈《〔“‘");

static const struct str sign = STR_INIT("\x01");

/* The brackets that open at AT close on the same line. */
static bool closes_on_line(struct str s, size_t at)
{
	size_t depth = 0;

	for (size_t i = at; i < s.n && s.p[i] != '\n'; i++) {
		if (s.p[i] == '[')
			depth++;
		else if (s.p[i] == ']' && --depth == 0)
			return true;
		if (i - at > FOOTNOTE_NAME_MAX)
			break;
	}
	return false;
}

/* "Hola amigo>>" */
static bool is_quoted(struct str s)
{
	s = str_part(s, 0, QUOTED_MAX);
	for (size_t i = 0; i + 1 < s.n; i++)
		if (s.p[i] == '<' || s.p[i] == ':' || s.p[i] == '@' ||
		    s.p[i] == '=' || s.p[i] == '/')
			return false; /* an address, or a tag's own */
		else if (s.p[i] == '>')
			return i > 0 && s.p[i + 1] == '>';
	return false;
}

/* What stands on one side of marks of emphasis. */
struct side {
	struct str c; /* the character; nothing at the end of the text */
	bool is_letter;
	bool is_sign;
};

static struct side side_of(struct str s, size_t from, size_t to)
{
	struct side side = {.c = str_part(s, from, to - from)};
	size_t at = 0;
	uint32_t c = side.c.n > 0 ? utf8_next(side.c, &at) : ' ';
	bool is_word = letter_is_word(c);

	side.is_letter = is_word && (!script_has_spaces(script_of(c)) ||
					script_of(c) == SCRIPT_HANGUL);
	side.is_sign = !is_word && c > ' ' && !script_is_space(c);
	return side;
}

static bool opens_bracket(struct str s, size_t at)
{
	size_t end = at;

	(void)utf8_next(s, &end);
	return str_find_str(opening, str_part(s, at, end - at)) < opening.n;
}

/* Marks of emphasis that open before END are closed by the next ones, unless
 * those stand as they do: "김**(45) 이**(32)" are names that are not told. */
static bool is_closed(struct str s, size_t end)
{
	size_t limit = end + EMPHASIS_MAX < s.n ? end + EMPHASIS_MAX : s.n;
	size_t at = end + str_find(str_part(s, end, limit - end), '*');
	size_t from = at, behind = at;

	if (at >= limit)
		return false;
	while (behind < s.n && s.p[behind] == '*')
		behind++;
	(void)utf8_prev(s, &from);
	return !side_of(s, from, at).is_letter || behind >= s.n ||
	       !opens_bracket(s, behind);
}

/* Marks of emphasis stand from AT to END: where the sign belongs, or 0. */
static size_t emphasis_place(struct str s, size_t at, size_t end)
{
	static const struct str closing =
	    STR_INIT(")]}）］｝」』】〉》〕”’、。，．！？：；,.!?:;");
	size_t from = at, to = end;
	struct side before, behind;

	if (at > 0)
		(void)utf8_prev(s, &from);
	if (end < s.n)
		(void)utf8_next(s, &to);
	before = side_of(s, from, at);
	behind = side_of(s, end, to);
	if (before.is_letter && behind.is_sign &&
	    str_find_str(closing, behind.c) == closing.n)
		return is_closed(s, end) ? end : 0;
	if (before.is_sign && behind.is_letter &&
	    str_find_str(opening, before.c) == opening.n)
		return at;
	return 0;
}

/* Writes S from AT to END, no code, with the signs for emphasis. */
static void put_emphasis(struct buf *b, struct str s, size_t at, size_t end)
{
	size_t done = at;

	while (at < end) {
		size_t run = 0;
		size_t place;

		at += str_find(str_part(s, at, end - at), '*');
		while (at + run < end && s.p[at + run] == '*')
			run++;
		place = run > 0 ? emphasis_place(s, at, at + run) : 0;
		at += run;
		if (place == 0)
			continue;
		buf_add(b, str_part(s, done, place - done));
		buf_add(b, sign);
		done = place;
	}
	buf_add(b, str_part(s, done, end - done));
}

struct str markdown_put_signs(struct arena *a, struct str s)
{
	struct code_walk code = {0};
	struct buf b;

	if (str_find_str(s, STR("[^")) == s.n && str_find(s, '*') == s.n &&
	    str_find_str(s, STR("<<")) == s.n)
		return s;
	buf_init_arena(&b, a, s.n * 2);
	for (size_t i = 0; i < s.n;) {
		size_t end = markdown_skip_code(&code, s, i);
		struct str rest = str_from(s, i);

		if (end > i) {
			buf_add(&b, str_part(s, i, end - i));
			i = end;
			continue;
		}
		end = markdown_next_place(s, i + 1);
		if ((str_starts(rest, STR("[^")) && !closes_on_line(s, i)) ||
		    (rest.p[0] == '<' && i > 0 && s.p[i - 1] == '<' &&
			is_quoted(str_from(rest, 1)))) {
			buf_add(&b, str_part(s, i, 1));
			buf_add(&b, sign);
			i++;
		}
		put_emphasis(&b, s, i, end);
		i = end;
	}
	return buf_rc(&b) ? STR_NONE : buf_str(&b);
}
