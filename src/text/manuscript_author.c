/* SPDX-License-Identifier: MIT
 *
 * The names of those who wrote a manuscript, without their mail addresses: what
 * a program wrote for its own use is not to be seen by readers.
 */
#include "text/manuscript_priv.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "text/script.h"

/* Opening signs, each with its closing one behind it. */
static const uint32_t brackets[] = {'(', ')', '<', '>', '[', ']', 0x3008,
    0x3009, 0x300A, 0x300B, 0x300C, 0x300D, 0x3010, 0x3011, 0x3014, 0x3015,
    0xFF08, 0xFF09, 0xFF1C, 0xFF1E, 0xFF3B, 0xFF3D};

/* Commas, colons, dashes, strokes and dots, of Latin, Arabic and wide letters.
 */
static const uint32_t separators[] = {',', ';', ':', '/', '|', 0xB7, 0x60C,
    0x61B, 0x2013, 0x2014, 0x2015, 0x2022, 0x2212, 0x3001, 0x30FB, 0xFF0C,
    0xFF0F, 0xFF1A, 0xFF1B, 0xFF5C};

enum {
	BRACKETS = sizeof(brackets) / sizeof(brackets[0]),
	SEPARATORS = sizeof(separators) / sizeof(separators[0]),
};

/* What closes C; 0 if it opens nothing. */
static uint32_t close_of(uint32_t c)
{
	for (size_t i = 0; i < BRACKETS; i += 2)
		if (c == brackets[i])
			return brackets[i + 1];
	return 0;
}

static bool does_close(uint32_t c)
{
	for (size_t i = 1; i < BRACKETS; i += 2)
		if (c == brackets[i])
			return true;
	return false;
}

static bool is_separator(uint32_t c)
{
	for (size_t i = 0; i < SEPARATORS; i++)
		if (c == separators[i])
			return true;
	return c == '-';
}

/* What cannot stand within a mail address, and so parts words. */
static bool is_between(uint32_t c)
{
	return script_is_space(c) || c == '"' || close_of(c) || does_close(c) ||
	       (is_separator(c) && c != '-');
}

/* "@dee@social.example" is a name by which readers are to find somebody. */
static bool is_mail(struct str word)
{
	size_t at = str_find_last(word, '@');
	struct str host = str_from(word, at + 1);

	return at > 0 && at < word.n && word.p[0] != '@' &&
	       str_find(host, '.') < host.n;
}

static size_t word_end(struct str s, size_t at)
{
	for (size_t next = at; at < s.n; at = next)
		if (is_between(utf8_next(s, &next)))
			break;
	return at;
}

/* Where the mail address that starts at AT ends, with its "mailto:"; AT if none
 * does. */
static size_t mail_end(struct str s, size_t at)
{
	size_t from = at, end;

	if (str_starts(str_from(s, from), STR("mailto:")))
		from += 7;
	end = word_end(s, from);
	return is_mail(str_part(s, from, end - from)) ? end : at;
}

/* The last character of B, or the first of S, from which spaces are cut; 0:
 * there is none. */
static uint32_t char_before(struct buf *b)
{
	while (b->n > 0) {
		size_t at = b->n;
		uint32_t c = utf8_prev(buf_str(b), &at);

		if (!script_is_space(c))
			return c;
		buf_cut(b, at);
	}
	return 0;
}

static uint32_t char_behind(struct str *s)
{
	while (s->n > 0) {
		size_t at = 0;
		uint32_t c = utf8_next(*s, &at);

		if (!script_is_space(c))
			return c;
		*s = str_from(*s, at);
	}
	return 0;
}

static void cut_before(struct buf *b)
{
	size_t at = b->n;

	(void)utf8_prev(buf_str(b), &at);
	buf_cut(b, at);
}

static void cut_behind(struct str *s)
{
	size_t at = 0;

	(void)utf8_next(*s, &at);
	*s = str_from(*s, at);
}

/* Takes away one of the signs between B and REST, or two brackets, if nothing
 * stands there but spaces; whether there was such a sign. */
static bool close_up_once(struct buf *b, struct str *rest)
{
	uint32_t before = char_before(b), behind = char_behind(rest);
	uint32_t close = close_of(before);
	bool is_cut_before, is_cut_behind;

	if (close) {
		is_cut_before = behind == close || behind == 0;
		is_cut_behind = behind == close || is_separator(behind);
	} else {
		bool is_end = is_separator(behind) || does_close(behind);

		is_cut_before = is_separator(before) && (is_end || !behind);
		is_cut_behind = before == 0 && is_end;
	}
	if (is_cut_before)
		cut_before(b);
	if (is_cut_behind)
		cut_behind(rest);
	return is_cut_before || is_cut_behind;
}

/* An address is gone between B and REST, and with it what stood around it
 * alone, such as brackets, or one of two commas. */
static void close_up(struct buf *b, struct str *rest)
{
	size_t n = rest->n;
	uint32_t before, behind;

	while (close_up_once(b, rest))
		n = rest->n;
	before = char_before(b);
	behind = char_behind(rest);
	if (before == 0 || behind == 0 || close_of(before))
		return;
	if (rest->n < n || !(is_separator(behind) || does_close(behind)))
		buf_char(b, ' ');
}

/* TEXT without its addresses; whether it has some. */
static bool mails_out(struct str text, struct buf *b)
{
	bool has_some = false;
	struct str rest = text;

	while (rest.n > 0) {
		size_t end = mail_end(rest, 0);

		if (end > 0) {
			has_some = true;
			rest = str_from(rest, end);
			close_up(b, &rest);
			continue;
		}
		end = word_end(rest, 0);
		if (end == 0)
			(void)utf8_next(rest, &end);
		buf_add(b, str_part(rest, 0, end));
		rest = str_from(rest, end);
	}
	return has_some;
}

/* What stood around an address is left over where that is gone. */
static bool is_left_over(uint32_t c)
{
	return script_is_space(c) || is_separator(c);
}

static struct str without_ends(struct str s)
{
	size_t from = 0, to, at;

	for (at = 0; at < s.n && is_left_over(utf8_next(s, &at));)
		from = at;
	s = str_from(s, from);
	for (to = at = s.n; at > 0 && is_left_over(utf8_prev(s, &at));)
		to = at;
	return str_part(s, 0, to);
}

/* S, without the quotation marks or brackets around the whole of it. */
static struct str without_marks(struct str s)
{
	struct str inner;
	char close;

	s = without_ends(s);
	if (s.n < 2 || (s.p[0] != '"' && s.p[0] != '('))
		return s;
	inner = str_part(s, 1, s.n - 2);
	close = s.p[0] == '(' ? ')' : '"';
	return s.p[s.n - 1] == close && str_find(inner, close) == inner.n
		   ? str_trim(inner)
		   : s;
}

struct str manuscript_author(struct arena *a, struct str text)
{
	struct str kept, word;
	struct buf b, one;

	if (str_find(text, '@') == text.n)
		return text;
	buf_init_arena(&b, a, text.n + 1);
	if (!mails_out(text, &b))
		return text;
	kept = without_marks(buf_str(&b));
	buf_init_arena(&one, a, text.n + 1);
	while (kept.n > 0) {
		word = str_cut(&kept, ' ');
		if (word.n > 0 && one.n > 0)
			buf_char(&one, ' ');
		buf_add(&one, word);
	}
	return buf_str(&one);
}

/* ONE, which stood behind another author, without the word that joins them. */
static struct str without_joint(struct str one)
{
	static const struct str words[] = {STR_INIT("and "), STR_INIT("& "),
	    STR_INIT("et "), STR_INIT("und "), STR_INIT("y ")};

	one = str_trim(one);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_starts(one, words[i]))
			return str_trim(str_from(one, words[i].n));
	return one;
}

struct str manuscript_cut_author(struct str *rest)
{
	struct str text = *rest;
	size_t open = text.n;
	bool is_behind = false;

	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		if (is_behind && (c == ',' || c == ';')) {
			*rest = without_joint(str_from(text, i + 1));
			return str_part(text, 0, i);
		}
		if (c == '<')
			open = i;
		else if (c == '>' && open < i) {
			is_behind = mail_end(text, open + 1) == i;
			open = text.n;
			continue;
		}
		is_behind = is_behind && ascii_is_space(c);
	}
	*rest = STR_NONE;
	return text;
}
