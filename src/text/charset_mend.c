/* SPDX-License-Identifier: MIT
 *
 * What mail programs, web pages and bad conversions do to a text, undone. Each
 * step looks first whether there is anything for it to do, and leaves the text
 * untouched where it cannot be sure.
 */
#include "text/charset_priv.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

static const char *plural(size_t n)
{
	return n == 1 ? "" : "s";
}

/* --- quoted-printable ------------------------------------------------- */

/* Looks for the signs: "=C3=A9", a line that ends in "=". */
static bool is_quoted(struct str s, size_t *ret_from)
{
	size_t pairs = 0, soft = 0, other = 0, from = 0;
	struct str rest = s, line;
	bool is_declared = false;

	while (str_line(&rest, &line)) {
		if (str_blank(line))
			break;
		if (line.n > 26 &&
		    str_eq_fold(str_part(line, 0, 26),
			STR("Content-Transfer-Encoding:")) &&
		    str_eq_fold(str_trim(str_from(line, 26)),
			STR("quoted-printable"))) {
			is_declared = true;
		}
	}
	if (is_declared && rest.p)
		from = (size_t)(rest.p - s.p);
	for (size_t i = from; i < s.n; i++) {
		if (s.p[i] != '=')
			continue;
		if (i + 2 < s.n && ascii_hex(s.p[i + 1]) >= 0 &&
		    ascii_hex(s.p[i + 2]) >= 0)
			pairs++;
		else if (i + 1 < s.n &&
			 (s.p[i + 1] == '\n' || s.p[i + 1] == '\r'))
			soft++;
		else
			other++;
	}
	*ret_from = from;
	if (is_declared)
		return pairs + soft > 0;
	return pairs >= 2 && pairs + soft > other * 4 && (soft || pairs >= 4);
}

struct quoted {
	struct buf b;
	uint32_t *lines;
	size_t lines_n;
	uint32_t line; /* of the source */
};

static void quoted_put(struct quoted *q, char c)
{
	buf_char(&q->b, c);
	if (c == '\n')
		q->lines[q->lines_n++] = q->line;
}

static size_t quoted_escape(struct quoted *q, struct str s, size_t i)
{
	int hi, lo;

	if (i + 1 < s.n && s.p[i + 1] == '\n') {
		q->line++;
		return i + 2;
	}
	if (i + 2 < s.n && s.p[i + 1] == '\r' && s.p[i + 2] == '\n') {
		q->line++;
		return i + 3;
	}
	hi = i + 2 < s.n ? ascii_hex(s.p[i + 1]) : -1;
	lo = i + 2 < s.n ? ascii_hex(s.p[i + 2]) : -1;
	if (hi < 0 || lo < 0 || hi * 16 + lo == 0) {
		quoted_put(q, '=');
		return i + 1;
	}
	quoted_put(q, (char)(hi * 16 + lo));
	return i + 3;
}

void charset_mend_quoted(struct charset_job *job)
{
	struct str s = job->text;
	struct quoted q = {.line = 1};
	size_t from, lines = 1;

	if (!is_quoted(s, &from))
		return;
	for (size_t i = 0; i < s.n; i++)
		lines += s.p[i] == '\n' || s.p[i] == '=';
	q.lines = ARENA_ARRAY(job->a, uint32_t, lines + 1);
	if (!q.lines)
		return;
	buf_init_arena(&q.b, job->a, s.n + 1);
	q.lines[q.lines_n++] = 1;
	for (size_t i = 0; i < s.n;) {
		if (s.p[i] == '=' && i >= from) {
			i = quoted_escape(&q, s, i);
			continue;
		}
		q.line += s.p[i] == '\n';
		quoted_put(&q, s.p[i++]);
	}
	if (buf_rc(&q.b) != RC_OK)
		return;
	job->text = buf_str(&q.b);
	job->lines = q.lines;
	job->lines_n = q.lines_n;
	charset_say(job, 0, STR("Undid the quoted-printable of a mail."));
}

enum { WORDS_TRIED = 2000 };

/* --- encoded words ---------------------------------------------------- */

static void unquote_word(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '=' && i + 2 < s.n &&
		    ascii_hex(s.p[i + 1]) >= 0 && ascii_hex(s.p[i + 2]) >= 0) {
			buf_char(b, (char)(ascii_hex(s.p[i + 1]) * 16 +
					   ascii_hex(s.p[i + 2])));
			i += 2;
		} else {
			buf_char(b, s.p[i] == '_' ? ' ' : s.p[i]);
		}
	}
}

static void unbase_word(struct buf *b, struct str s)
{
	uint32_t bits = 0;
	unsigned have = 0;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		uint32_t v = c >= 'A' && c <= 'Z'   ? (uint32_t)(c - 'A')
			     : c >= 'a' && c <= 'z' ? (uint32_t)(c - 'a') + 26
			     : c >= '0' && c <= '9' ? (uint32_t)(c - '0') + 52
			     : c == '+'		    ? 62
			     : c == '/'		    ? 63
						    : 64;

		if (v == 64)
			continue;
		bits = (bits << 6 | v) & 0xFFFFFF;
		have += 6;
		if (have >= 8) {
			have -= 8;
			buf_char(b, (char)(bits >> have & 0xFF));
		}
	}
}

/* Reads "=?charset?Q?text?=" at S; gives its length, 0 if it is none. */
static size_t encoded_word(struct charset_job *job, struct str s, struct buf *b)
{
	struct str rest = str_part(s, 2, 500), name, kind, text, end;
	struct buf raw, out;
	const char *known;
	size_t n;

	name = str_cut(&rest, '?');
	kind = str_cut(&rest, '?');
	if (!rest.p || name.n == 0 || name.n > 24 || kind.n != 1)
		return 0;
	text = str_cut(&rest, '?');
	end = str_part(rest, 0, 1);
	if (!str_eq(end, STR("=")) || str_find(text, '\n') < text.n)
		return 0;
	n = (size_t)(end.p + 1 - s.p);
	buf_init_arena(&raw, job->a, 600);
	buf_init_arena(&out, job->a, 2600);
	if (ascii_lower(kind.p[0]) == 'q')
		unquote_word(&raw, text);
	else if (ascii_lower(kind.p[0]) == 'b')
		unbase_word(&raw, text);
	else
		return 0;
	/* RFC 2231 section 5: "utf-8*en" names the language, too. */
	known = charset_named(job->a, str_part(name, 0, str_find(name, '*')));
	if (!known || buf_rc(&raw) != RC_OK ||
	    charset_convert(&out, known, buf_str(&raw)) == SIZE_MAX ||
	    str_find(buf_str(&out), '\0') < out.n || out.n == 0)
		return 0;
	/* A word has no line's end: it would be another header. */
	for (size_t i = 0; i < out.n; i++)
		if (out.p[i] == '\n' || out.p[i] == '\r')
			out.p[i] = ' ';
	buf_add(b, buf_str(&out));
	return n;
}

void charset_mend_words(struct charset_job *job)
{
	struct str s = job->text;
	struct buf b;
	size_t found = 0, from = 0, at = 0, tries = 0;

	if (str_find_str(s, STR("=?")) == s.n)
		return;
	buf_init_arena(&b, job->a, s.n * 4 + 64);
	while (found < 200 && tries++ < WORDS_TRIED) {
		struct str rest = str_from(s, at);
		size_t n, i = str_find_str(rest, STR("=?"));

		if (i == rest.n)
			break;
		i += at;
		/* White space between two encoded words is not text. */
		if (found == 0 || from != at ||
		    !str_blank(str_part(s, at, i - at)))
			buf_add(&b, str_part(s, from, i - from));
		n = encoded_word(job, str_from(s, i), &b);
		found += n > 0;
		if (n == 0)
			buf_lit(&b, "=?");
		from = at = i + (n ? n : 2);
	}
	buf_add(&b, str_from(s, from));
	if (found == 0 || buf_rc(&b) != RC_OK)
		return;
	job->text = buf_str(&b);
	charset_say(job, 0, STR("Undid encoded words in a mail's head."));
}

/* --- encoded twice ---------------------------------------------------- */

/* Bytes 0x80 to 0x9F of windows-1252 and all of the upper half of -1251;
 * 0 where the byte has no meaning and stands for itself. */
static const uint16_t upper_1252[32] = {0x20AC, 0, 0x201A, 0x0192, 0x201E,
    0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D,
    0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC,
    0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178};
static const uint16_t upper_1251[64] = {0x402, 0x403, 0x201A, 0x453, 0x201E,
    0x2026, 0x2020, 0x2021, 0x20AC, 0x2030, 0x409, 0x2039, 0x40A, 0x40C, 0x40B,
    0x40F, 0x452, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0,
    0x2122, 0x459, 0x203A, 0x45A, 0x45C, 0x45B, 0x45F, 0xA0, 0x40E, 0x45E,
    0x408, 0xA4, 0x490, 0xA6, 0xA7, 0x401, 0xA9, 0x404, 0xAB, 0xAC, 0xAD, 0xAE,
    0x407, 0xB0, 0xB1, 0x406, 0x456, 0x491, 0xB5, 0xB6, 0xB7, 0x451, 0x2116,
    0x454, 0xBB, 0x458, 0x405, 0x455, 0x457};

/* The byte that C stands for, or -1. */
static int byte_of(uint32_t c, bool is_cyrillic)
{
	const uint16_t *v = is_cyrillic ? upper_1251 : upper_1252;
	size_t n = is_cyrillic ? 64 : 32;

	if (c < 0x80)
		return -1;
	if (c < 0xA0)
		return (int)c;
	if (is_cyrillic && c >= 0x410 && c <= 0x44F)
		return (int)(c - 0x410 + 0xC0);
	for (size_t i = 0; i < n; i++)
		if (v[i] == c)
			return (int)(0x80 + i);
	return !is_cyrillic && c <= 0xFF ? (int)c : -1;
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
static uint32_t twice_at(struct str s, size_t *at, bool is_cyrillic)
{
	size_t i = *at, want, have = 0;
	int b = byte_of(utf8_next(s, &i), is_cyrillic);
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
		b = byte_of(utf8_next(s, &i), is_cyrillic);
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

static bool is_encoded_twice(struct str s, bool is_cyrillic)
{
	size_t beyond = 0, covered = 0, strong = 0, weak = 0;

	for (size_t at = 0; at < s.n;) {
		size_t was = at;

		if ((unsigned char)s.p[at] < 0x80) {
			at++;
			continue;
		}
		if (twice_at(s, &at, is_cyrillic)) {
			size_t n = utf8_count(str_part(s, was, at - was));

			beyond += n;
			covered += n;
			strong += n > 2;
			weak += n == 2;
			continue;
		}
		(void)utf8_next(s, &at);
		beyond++;
	}
	if (is_cyrillic)
		return strong + weak >= 4 && covered * 10 >= beyond * 6;
	return strong > 0 || (weak >= 2 && covered * 10 >= beyond * 6);
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
	bool is_cyrillic = false;
	size_t found = 0;
	uint32_t line = 1, first = 0;
	struct buf b;

	if (!is_encoded_twice(s, false)) {
		is_cyrillic = true;
		if (!is_encoded_twice(s, true))
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
		c = twice_at(s, &at, is_cyrillic);
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

static const struct {
	const char *name;
	uint32_t c;
} entities[] = {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'},
    {"apos", '\''}, {"nbsp", 0xA0}, {"ldquo", 0x201C}, {"rdquo", 0x201D},
    {"bdquo", 0x201E}, {"lsquo", 0x2018}, {"rsquo", 0x2019}, {"sbquo", 0x201A},
    {"laquo", 0xAB}, {"raquo", 0xBB}, {"lsaquo", 0x2039}, {"rsaquo", 0x203A},
    {"ndash", 0x2013}, {"mdash", 0x2014}, {"hellip", 0x2026}, {"bull", 0x2022},
    {"middot", 0xB7}, {"copy", 0xA9}, {"reg", 0xAE}, {"trade", 0x2122},
    {"euro", 0x20AC}, {"pound", 0xA3}, {"deg", 0xB0}, {"sect", 0xA7},
    {"para", 0xB6}, {"frac12", 0xBD}, {"times", 0xD7}, {"shy", 0xAD},
    {"thinsp", 0x2009}, {"iexcl", 0xA1}, {"iquest", 0xBF}, {"ordf", 0xAA},
    {"ordm", 0xBA}, {"auml", 0xE4}, {"ouml", 0xF6}, {"uuml", 0xFC},
    {"Auml", 0xC4}, {"Ouml", 0xD6}, {"Uuml", 0xDC}, {"szlig", 0xDF},
    {"eacute", 0xE9}, {"Eacute", 0xC9}, {"egrave", 0xE8}, {"ecirc", 0xEA},
    {"euml", 0xEB}, {"agrave", 0xE0}, {"Agrave", 0xC0}, {"aacute", 0xE1},
    {"acirc", 0xE2}, {"atilde", 0xE3}, {"aring", 0xE5}, {"aelig", 0xE6},
    {"ccedil", 0xE7}, {"iacute", 0xED}, {"igrave", 0xEC}, {"icirc", 0xEE},
    {"iuml", 0xEF}, {"ntilde", 0xF1}, {"Ntilde", 0xD1}, {"oacute", 0xF3},
    {"ograve", 0xF2}, {"ocirc", 0xF4}, {"otilde", 0xF5}, {"oslash", 0xF8},
    {"uacute", 0xFA}, {"ugrave", 0xF9}, {"ucirc", 0xFB}, {"oelig", 0x153},
    {"scaron", 0x161}};

static uint32_t entity_number(struct str s)
{
	uint32_t c = 0;
	bool is_hex = s.n > 1 && ascii_lower(s.p[1]) == 'x';

	if (s.n < (is_hex ? 3u : 2u))
		return 0;
	for (size_t i = is_hex ? 2 : 1; i < s.n; i++) {
		int d = ascii_hex(s.p[i]);

		if (d < 0 || (!is_hex && d > 9))
			return 0;
		c = c * (is_hex ? 16 : 10) + (uint32_t)d;
		if (c > 0x10FFFF)
			return 0;
	}
	/* Numbers 128 to 159 are meant as windows-1252. */
	if (c >= 0x80 && c < 0xA0)
		c = upper_1252[c - 0x80];
	if (c < 32 && c != '\n' && c != '\t')
		return 0;
	return c >= 0xD800 && c <= 0xDFFF ? 0 : c;
}

/* The character of the entity at S ("&amp;"), and its length; or 0. */
static uint32_t entity_at(struct str s, size_t *ret_n)
{
	struct str name = str_part(s, 1, 10);
	size_t n = str_find(name, ';');

	if (n == name.n || n == 0)
		return 0;
	name.n = n;
	*ret_n = n + 2;
	if (name.p[0] == '#')
		return entity_number(name);
	for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]); i++)
		if (str_eq(name, str_of(entities[i].name)))
			return entities[i].c;
	return 0;
}

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
		    s.p[at] == '&' ? entity_at(str_from(s, at), &n) : 0;

		line += s.p[at] == '\n';
		if (!c) {
			buf_char(&b, s.p[at++]);
			continue;
		}
		utf8_put(&b, c == '\n' ? ' ' : c);
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
