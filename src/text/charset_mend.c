/* SPDX-License-Identifier: MIT
 *
 * What web pages, editors and bad conversions do to a text, undone. Each
 * step looks first whether there is anything for it to do, and leaves the text
 * untouched where it cannot be sure.
 */
#include "text/charset_priv.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "text/entity.h"

static const char *plural(size_t n)
{
	return n == 1 ? "" : "s";
}

/* --- encoded twice ---------------------------------------------------- */

/* The byte from 0x80 that C stands for in UPPER (charset_upper), or -1. One
 * without a meaning there stands for itself. */
static int byte_of(uint32_t c, const uint16_t *upper)
{
	enum { UPPER = 128, LAST = 0x2122 };

	if (c < 0x80 || c > LAST)
		return -1;
	if (c < 0xA0)
		return (int)c;
	for (int i = 0; i < UPPER; i++)
		if (upper[i] == c)
			return 0x80 + i;
	return -1;
}

/* What people write; anything else says that the guess is wrong. */
static bool is_likely(uint32_t c)
{
	return (c >= 0xA0 && c <= 0x17F) || (c >= 0x218 && c <= 0x21B) ||
	       (c >= 0x386 && c <= 0x3CE) || (c >= 0x400 && c <= 0x45F) ||
	       (c >= 0x490 && c <= 0x491) || (c >= 0x5D0 && c <= 0x6FF) ||
	       (c >= 0x2009 && c <= 0x203A) || c == 0x20AC || c == 0x2116 ||
	       c == 0x2122 || c == 0x2022 || (c >= 0x2190 && c <= 0x2BFF) ||
	       (c >= 0x3000 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3) ||
	       (c >= 0xFF01 && c <= 0xFF5E) || (c >= 0x1F300 && c <= 0x1FAFF);
}

/* The character that was encoded twice at S[*AT], or 0. Moves *AT behind it
 * when there is one. */
static uint32_t twice_at(struct str s, size_t *at, const uint16_t *upper)
{
	size_t i = *at, want, have = 0;
	int b = byte_of(utf8_next(s, &i), upper);
	char raw[4];
	uint32_t c;
	size_t back = 0;

	if (b < 0xC2 || b > 0xF4)
		return 0;
	want = b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
	raw[have++] = (char)b;
	while (have < want) {
		if (i >= s.n)
			return 0;
		b = byte_of(utf8_next(s, &i), upper);
		if (b < 0x80 || b > 0xBF)
			return 0;
		raw[have++] = (char)b;
	}
	c = utf8_next((struct str){raw, have}, &back);
	if (back != have || !is_likely(c))
		return 0;
	*at = i;
	return c;
}

/* The same, with *END, where the last one ended. One of East Asia that stands
 * alone is none: it is a letter with an accent and two marks behind it, such
 * as "é", an unbreakable space and "»". */
static uint32_t twice_next(
    struct str s, size_t *at, const uint16_t *upper, size_t *end)
{
	size_t was = *at, next;
	uint32_t c = twice_at(s, at, upper);

	next = *at;
	if (c >= 0x2E80 && c < 0x1F000 && was != *end &&
	    (next >= s.n || !twice_at(s, &next, upper))) {
		*at = was;
		return 0;
	}
	if (c)
		*end = *at;
	return c;
}

/* A mark or a picture, which no letters of a word make by chance. */
static bool is_proof(uint32_t c)
{
	return (c >= 0x2009 && c <= 0x203A) || c == 0x20AC || c == 0x2116 ||
	       c == 0x2122 || c >= 0x1F000;
}

static bool is_encoded_twice(
    struct str s, const uint16_t *upper, bool is_cyrillic)
{
	size_t beyond = 0, covered = 0, found = 0, end = s.n + 1;
	bool is_proven = false, is_long = false, is_most;

	for (size_t at = 0; at < s.n;) {
		size_t was = at, n;
		uint32_t c;

		if ((unsigned char)s.p[at] < 0x80) {
			at++;
			continue;
		}
		c = twice_next(s, &at, upper, &end);
		if (!c) {
			(void)utf8_next(s, &at);
			beyond++;
			continue;
		}
		n = utf8_count(str_part(s, was, at - was));
		beyond += n;
		covered += n;
		found++;
		is_proven |= is_proof(c);
		is_long |= n > 2;
	}
	is_most = covered * 10 >= beyond * 6;
	if (is_cyrillic)
		return found >= 4 && is_most;
	return is_proven || ((is_long || found >= 2) && is_most);
}

/* Where the last byte was lost on the way, the C1 byte of ” or the unbreakable
 * space of "à", what remains still has one reading. */
static uint32_t twice_torn(struct str s, size_t *at)
{
	struct str rest = str_from(s, *at);

	if (str_starts(rest, STR("â€")) && rest.n >= 5) {
		*at += 5;
		if (str_starts(str_from(s, *at), STR("\xEF\xBF\xBD")))
			*at += 3;
		return 0x201D;
	}
	if (str_starts(rest, STR("Ã "))) {
		/* The unbreakable space was half of the letter; a second
		 * space parts the words. */
		*at += str_starts(rest, STR("Ã  ")) ? 3 : 2;
		return 0xE0;
	}
	if (str_starts(rest, STR("Â "))) {
		*at += 3;
		return 0xA0;
	}
	return 0;
}

void charset_mend_twice(struct charset_job *job)
{
	struct str s = job->text;
	const uint16_t *upper = charset_upper("WINDOWS-1252");
	bool is_cyrillic = false;
	size_t found = 0, end = s.n + 1;
	uint32_t line = 1, first = 0;
	struct buf b;

	if (!is_encoded_twice(s, upper, false)) {
		is_cyrillic = true;
		upper = charset_upper("WINDOWS-1251");
		if (!is_encoded_twice(s, upper, true))
			return;
	}
	buf_init_arena(&b, job->a, s.n + 16);
	for (size_t at = 0; at < s.n;) {
		uint32_t c = 0;

		if ((unsigned char)s.p[at] < 0x80) {
			line += s.p[at] == '\n';
			buf_char(&b, s.p[at++]);
			continue;
		}
		c = twice_next(s, &at, upper, &end);
		if (!c && !is_cyrillic)
			c = twice_torn(s, &at);
		found += c != 0;
		if (c && !first)
			first = line;
		utf8_put(&b, c ? c : utf8_next(s, &at));
	}
	if (buf_rc(&b) != RC_OK)
		return;
	job->text = buf_str(&b);
	charset_say(job, first,
	    arena_printf(job->a,
		"Repaired %zu character%s that had been encoded twice, UTF-8 "
		"taken for windows-125%d.",
		found, plural(found), is_cyrillic ? 1 : 2));
}

/* --- entities --------------------------------------------------------- */

void charset_mend_entities(struct charset_job *job)
{
	struct str s = job->text;
	size_t found = 0;
	uint32_t line = 1, first = 0;
	struct buf b;

	if (str_find(s, '&') == s.n || str_find(s, ';') == s.n)
		return;
	buf_init_arena(&b, job->a, s.n * 2 + 16);
	for (size_t at = 0; at < s.n;) {
		size_t n = 0;
		uint32_t c =
		    s.p[at] == '&' ? entity_read(str_from(s, at), &n) : 0;

		line += s.p[at] == '\n';
		if (!c) {
			buf_char(&b, s.p[at++]);
			continue;
		}
		utf8_put(&b, c);
		at += n;
		found++;
		if (!first)
			first = line;
	}
	if (found == 0 || buf_rc(&b) != RC_OK)
		return;
	job->text = buf_str(&b);
	charset_say(job, first,
	    arena_printf(job->a, "Resolved %zu HTML entit%s.", found,
		found == 1 ? "y" : "ies"));
}

/* --- junk ------------------------------------------------------------- */

struct junk {
	struct buf b;
	size_t invisible, shy, control, spaces;
	uint32_t line, invisible_line, shy_line, space_line;
};

static bool is_space_at(struct str s, size_t at, size_t *ret_n, bool *ret_odd)
{
	if (at >= s.n)
		return false;
	if (s.p[at] == ' ') {
		*ret_n = 1;
		return true;
	}
	if (s.n - at >= 2 && memcmp(s.p + at, "\xC2\xA0", 2) == 0) {
		*ret_n = 2;
		*ret_odd = true;
		return true;
	}
	return false;
}

/* An unbreakable space from FROM to TO was set on purpose: beside a number, a
 * guillemet or the high marks of French. */
static bool is_meant(struct str s, size_t from, size_t to)
{
	struct str before = str_part(s, 0, from), behind = str_from(s, to);

	return (from > 0 && ascii_is_digit(s.p[from - 1])) ||
	       str_ends(before, STR("«")) || str_ends(before, STR("‹")) ||
	       (behind.n > 0 &&
		   (ascii_is_digit(behind.p[0]) || behind.p[0] == ':' ||
		       behind.p[0] == ';' || behind.p[0] == '!' ||
		       behind.p[0] == '?' || behind.p[0] == '%')) ||
	       str_starts(behind, STR("»")) || str_starts(behind, STR("›")) ||
	       str_starts(behind, STR("€")) || str_starts(behind, STR("–")) ||
	       str_starts(behind, STR("—"));
}

/* A run of spaces with an unbreakable one in it becomes one space, and so does
 * an unbreakable one alone that a page's editor has left behind. */
static size_t junk_spaces(struct junk *j, struct str s, size_t at)
{
	size_t i = at, n = 0, count = 0;
	bool is_odd = false;

	while (is_space_at(s, i, &n, &is_odd)) {
		i += n;
		count++;
	}
	if (is_odd && (count > 1 || !is_meant(s, at, i))) {
		buf_char(&j->b, ' ');
		if (j->spaces++ == 0)
			j->space_line = j->line;
	} else {
		buf_add(&j->b, str_part(s, at, i - at));
	}
	return i;
}

static void junk_put(struct junk *j, uint32_t c)
{
	switch (c) {
	case 0x200B: /* zero-width space */
	case 0x2060: /* word joiner */
	case 0xFEFF: /* byte order mark */
	case 0x202A: /* embeddings and overrides of direction: what stands */
	case 0x202B: /* behind them may read backwards */
	case 0x202C:
	case 0x202D:
	case 0x202E:
		if (j->invisible++ == 0)
			j->invisible_line = j->line;
		return;
	case 0xAD:
		if (j->shy++ == 0)
			j->shy_line = j->line;
		return;
	case 0x2028:
	case 0x2029:
	case 0x85:
		buf_char(&j->b, ' ');
		return;
	default:
		if (c >= 0x80 && c < 0xA0) {
			j->control++;
			return;
		}
		utf8_put(&j->b, c);
	}
}

static size_t junk_ascii(struct junk *j, struct str s, size_t at)
{
	char c = s.p[at];

	if (c == '\r') {
		at += at + 1 < s.n && s.p[at + 1] == '\n';
		c = '\n';
	}
	if (c == '\n') {
		j->line++;
		buf_char(&j->b, '\n');
	} else if (c == '\f' || c == '\v') {
		buf_char(&j->b, ' ');
	} else if ((unsigned char)c < 32 && c != '\t') {
		j->control++;
	} else if (c != 127) {
		buf_char(&j->b, c);
	}
	return at + 1;
}

static void junk_say(struct charset_job *job, const struct junk *j)
{
	if (j->invisible)
		charset_say(job, j->invisible_line,
		    arena_printf(job->a, "Took out %zu invisible character%s.",
			j->invisible, plural(j->invisible)));
	if (j->shy)
		charset_say(job, j->shy_line,
		    arena_printf(job->a, "Took out %zu soft hyphen%s.", j->shy,
			plural(j->shy)));
	if (j->control)
		charset_say(job, 0,
		    arena_printf(job->a, "Took out %zu control character%s.",
			j->control, plural(j->control)));
	if (j->spaces)
		charset_say(job, j->space_line,
		    arena_printf(job->a,
			"Made a plain space of %zu unbreakable one%s.",
			j->spaces, plural(j->spaces)));
}

void charset_mend_junk(struct charset_job *job)
{
	struct str s = job->text;
	struct junk j = {.line = 1};

	buf_init_arena(&j.b, job->a, s.n + 16);
	for (size_t at = 0; at < s.n;) {
		unsigned char c = (unsigned char)s.p[at];

		if (c == ' ' || c == 0xC2) {
			size_t was = at;

			at = junk_spaces(&j, s, at);
			if (at > was)
				continue;
		}
		if (c < 0x80)
			at = junk_ascii(&j, s, at);
		else
			junk_put(&j, utf8_next(s, &at));
	}
	if (buf_rc(&j.b) != RC_OK)
		return;
	job->text = buf_str(&j.b);
	junk_say(job, &j);
}
