/* SPDX-License-Identifier: MIT
 *
 * The closer look at a word that the walk of proof_scan.c has stopped at: it
 * may stand twice, name a day, or be written in letters of two scripts.
 */
#include "text/proof_priv.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"

static bool is_word_byte(char c)
{
	return ascii_is_alpha(c) || ascii_is_digit(c) ||
	       (unsigned char)c >= 0x80;
}

struct str word_behind(struct str s, size_t at)
{
	size_t n = 0;

	while (at < s.n && s.p[at] == ' ')
		at++;
	while (at + n < s.n && n < 40 &&
	       (is_word_byte(s.p[at + n]) || s.p[at + n] == '-'))
		n++;
	while (n > 0 && at + n < s.n &&
	       ((unsigned char)s.p[at + n] & 0xC0) == 0x80)
		n--; /* not within a character */
	return str_part(s, at, n);
}

enum {
	WORDS_BETWEEN = 3, /* of a day's phrase: "last Monday night" */
	DATE_MOST = 120,   /* bytes between brackets */
	DAY_MOST = 40,	   /* bytes of a day's name, and more */
};

/* What stands between brackets is a date: words and numbers with a year among
 * them, one of which is the first or the last. */
static bool is_date(struct str s)
{
	size_t run = 0;
	bool has_year = false;

	s = str_trim(s);
	for (size_t i = 0; i < s.n; i++) {
		run = ascii_is_digit(s.p[i]) ? run + 1 : 0;
		has_year |= run == 4;
		if (run > 4 || s.p[i] == '\n')
			return false;
	}
	return has_year &&
	       (ascii_is_digit(s.p[0]) || ascii_is_digit(s.p[s.n - 1]));
}

/* The date in brackets at AT, spaces and a backslash before them left out. */
static bool has_date_at(struct str s, size_t at)
{
	static const struct {
		struct str open, close;
	} pairs[] = {{STR_INIT("["), STR_INIT("]")},
	    {STR_INIT("("), STR_INIT(")")}, {STR_INIT("［"), STR_INIT("］")},
	    {STR_INIT("（"), STR_INIT("）")}};

	while (at < s.n && s.p[at] == ' ')
		at++;
	if (at < s.n && s.p[at] == '\\')
		at++;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		struct str part = str_from(s, at);
		size_t end;

		if (!str_starts(part, pairs[i].open))
			continue;
		part = str_part(part, pairs[i].open.n, DATE_MOST);
		end = str_find_str(part, pairs[i].close);
		if (end == part.n)
			return false;
		part.n = end;
		if (part.n > 0 && part.p[part.n - 1] == '\\')
			part.n--;
		return is_date(part);
	}
	return false;
}

size_t proof_owner(struct str s)
{
	return str_starts(s, STR("'s")) && !(s.n > 2 && is_word_byte(s.p[2]))
		   ? 2
		   : 0;
}

/* The day whose word ends at AT has its date in brackets behind it, as
 * newsrooms do where the words are somebody's: "I saw him yesterday
 * [27 November 2026]". */
static bool is_dated(struct str s, size_t at)
{
	for (int words = 0; words <= WORDS_BETWEEN; words++) {
		struct str next;

		if (has_date_at(s, at))
			return true;
		if (at >= s.n || s.p[at] != ' ')
			return false;
		next = word_behind(s, at);
		if (next.n == 0)
			return false;
		at = (size_t)(next.p - s.p) + next.n;
		at += proof_owner(str_from(s, at));
	}
	return false;
}

void proof_say_day(struct proof *p, size_t at, size_t n)
{
	if (is_dated(p->text, at + n))
		return;
	proof_add(p, PROOF_RELATIVE_DAY, at, n,
	    STR("A relative day in a story with no date"),
	    STR("give the story its date, or name the day"));
}

/* What the word of N bytes at AT is part of: by hyphens ("avant-hier"), and in
 * the Nordic languages by the word before it ("i går"). Of what is longer than
 * any day, a part. */
static struct str day_whole(const struct proof *p, size_t at, size_t n)
{
	struct str s = p->text;
	size_t from = at, end = at + n;

	while (at - from < DAY_MOST && from > 1 && s.p[from - 1] == '-' &&
	       is_word_byte(s.p[from - 2]))
		do
			from--;
		while (from > 0 && is_word_byte(s.p[from - 1]) &&
		       at - from < DAY_MOST);
	while (end - at < DAY_MOST && end + 1 < s.n && s.p[end] == '-' &&
	       is_word_byte(s.p[end + 1]))
		do
			end++;
		while (
		    end < s.n && is_word_byte(s.p[end]) && end - at < DAY_MOST);
	if (p->lang == LANGUAGE_SV && from > 1 && s.p[from - 1] == ' ' &&
	    (s.p[from - 2] == 'i' || s.p[from - 2] == 'I') &&
	    (from == 2 || !is_word_byte(s.p[from - 3])))
		from -= 2;
	return str_part(s, from, end - from);
}

void proof_check_day(struct proof *p, struct str word, size_t at)
{
	struct str text = p->text;
	const char *const *days = language_days(p->lang);

	word = day_whole(p, at, word.n);
	at = (size_t)(word.p - text.p);
	for (; *days; days++)
		if (p->lang == LANGUAGE_RU || p->lang == LANGUAGE_UK ||
			    p->lang == LANGUAGE_DE
			? str_eq(word, str_of(*days)) ||
			      (p->lang == LANGUAGE_DE &&
				  !str_eq(word, STR("Morgen")) &&
				  str_eq_fold(word, str_of(*days)))
			: str_eq_fold(word, str_of(*days)))
			break;
	if (!*days ||
	    !day_is_relative(p->lang, word, word_behind(text, at + word.n)) ||
	    day_is_none(p->lang, text, word))
		return;
	proof_say_day(p, at, word.n);
}

void proof_check_dense_days(struct proof *p, struct str word, size_t at)
{
	size_t i = 0, n;

	for (; (n = day_in_run(p->lang, word, &i)) > 0; i += n)
		if (!day_is_none(p->lang, p->text, str_part(word, i, n)))
			proof_say_day(p, at + i, n);
}

bool word_is_capital(struct str w)
{
	size_t at = 0;
	uint32_t c = utf8_next(w, &at);

	return (c < 0x80 && ascii_is_upper((char)c)) ||
	       (c >= 0xC0 && c <= 0xDE) || (c >= 0x400 && c <= 0x42F);
}

void proof_check_double(struct proof *p, struct str first, size_t first_at,
    struct str word, size_t at)
{
	struct str text = p->text;
	char before = first_at > 0 ? text.p[first_at - 1] : ' ';
	char behind = at + word.n < text.n ? text.p[at + word.n] : ' ';

	if (!str_eq_fold(word, first) || ascii_is_digit(word.p[0]) ||
	    p->n == PROOF_MARKS_MAX || language_doubles(p->lang))
		return;
	/* "He said that that day", but no sentence ends so. */
	if (word_may_double(p->lang, word) &&
	    (behind != '.' || p->lang != LANGUAGE_EN ||
		!str_eq_fold(word, STR("that"))))
		return;
	/* "re-elect", "know-how how", "p.m. m." are no doubles. */
	if (before == '-' || before == '\'' || before == '/' || before == '.' ||
	    behind == '-' || behind == '\'' || behind == '/' ||
	    (unsigned char)before == 0x99 || (unsigned char)behind == 0xE2)
		if ((unsigned char)behind != 0xE2 ||
		    str_starts(str_from(text, at + word.n), STR("’")))
			return;
	/* Names: Duran Duran; initials: J J. */
	if (word_is_capital(word) && word_is_capital(first) &&
	    !word_is_common(p->lang, word))
		return;
	if (behind == '!') /* "Run run!" */
		return;
	proof_add(p, PROOF_DOUBLED_WORD, first_at, at + word.n - first_at,
	    arena_printf(p->a, "The word \"%.*s\" stands twice", STR_ARG(word)),
	    STR("take one out"));
	/* Not where a line ends between the two. */
	if (str_find(str_part(text, first_at, at - first_at), '\n') ==
	    at - first_at)
		proof_mend(p, first_at, first);
}

/* Letters that look the same, Latin, Cyrillic, Greek (0: no such Greek). */
static const uint32_t twins[][3] = {{'A', 0x410, 0x391}, {'B', 0x412, 0x392},
    {'C', 0x421, 0}, {'E', 0x415, 0x395}, {'H', 0x41D, 0x397},
    {'I', 0x406, 0x399}, {'K', 0x41A, 0x39A}, {'M', 0x41C, 0x39C},
    {'N', 0, 0x39D}, {'O', 0x41E, 0x39F}, {'P', 0x420, 0x3A1},
    {'T', 0x422, 0x3A4}, {'X', 0x425, 0x3A7}, {'Y', 0x423, 0x3A5},
    {'Z', 0, 0x396}, {'a', 0x430, 0}, {'c', 0x441, 0}, {'e', 0x435, 0},
    {'i', 0x456, 0}, {'o', 0x43E, 0x3BF}, {'p', 0x440, 0}, {'v', 0, 0x3BD},
    {'x', 0x445, 0}, {'y', 0x443, 0}};

static int script_index(uint32_t c)
{
	if (c < 0x250)
		return (c < 0x80 ? ascii_is_alpha((char)c) : c >= 0xC0) ? 0
									: -1;
	if (c >= 0x400 && c < 0x530)
		return 1;
	return c >= 0x370 && c < 0x400 ? 2 : -1;
}

/* The look-alike of C in script TO, or 0. */
static uint32_t twin_of(uint32_t c, int to)
{
	int from = script_index(c);

	for (size_t i = 0; from >= 0 && i < sizeof(twins) / sizeof(twins[0]);
	     i++)
		if (twins[i][from] == c)
			return twins[i][to];
	return 0;
}

/* Every letter of WORD that is in FROM has a twin in TO. Writes the word as
 * it was meant at OUT. */
static bool is_disguised(struct str word, int from, int to, char *out)
{
	size_t n = 0;

	for (size_t at = 0; at < word.n;) {
		size_t was = at;
		uint32_t c = utf8_next(word, &at), twin;

		if (script_index(c) == from) {
			twin = twin_of(c, to);
			if (!twin)
				return false;
			if (twin < 0x80) {
				out[n++] = (char)twin;
			} else {
				out[n++] = (char)(0xC0 | twin >> 6);
				out[n++] = (char)(0x80 | (twin & 63));
			}
			continue;
		}
		memcpy(out + n, word.p + was, at - was);
		n += at - was;
	}
	out[n] = 0;
	return true;
}

/* Behind a name and an apostrophe another script may stand: "Facebook'а". */
static bool has_ending(struct str word)
{
	static const struct str signs[] = {STR_INIT("'"), STR_INIT("’")};

	for (size_t i = 0; i < 2; i++) {
		size_t n = str_find_str(word, signs[i]);
		unsigned scripts;
		uint64_t hash;

		if (n == word.n || n < 2)
			continue;
		(void)proof_word(str_part(word, 0, n), 0, &hash, &scripts);
		if (scripts == IN_LATIN)
			return true;
	}
	return false;
}

void proof_check_scripts(
    struct proof *p, struct str word, size_t at, unsigned scripts)
{
	static const char *const names[] = {"Latin", "Cyrillic", "Greek"};
	size_t counts[3] = {0, 0, 0};
	char out[256];
	int many = scripts & IN_CYRILLIC ? 1 : 2, few = 0;

	if (word.n > 120 || p->n == PROOF_MARKS_MAX ||
	    scripts == (IN_CYRILLIC | IN_GREEK) ||
	    scripts == (IN_CYRILLIC | IN_GREEK | IN_LATIN) || has_ending(word))
		return;
	for (size_t i = 0; i < word.n;) {
		int k = script_index(utf8_next(word, &i));

		if (k >= 0)
			counts[k]++;
	}
	/* "κB", "ΔT": a sign of Greek and one of Latin. */
	if (counts[0] == 1 && counts[2] == 1 && p->lang != LANGUAGE_EL)
		return;
	if (counts[0] > counts[many]) {
		few = many;
		many = 0;
	}
	if (!is_disguised(word, few, many, out)) {
		int swap = few;

		few = many;
		many = swap;
		if (!is_disguised(word, few, many, out))
			return;
	}
	proof_add(p, PROOF_MIXED_SCRIPT, at, word.n,
	    arena_printf(p->a,
		"The word \"%.*s\" mixes %s and %s letters that look alike",
		STR_ARG(word), names[many], names[few]),
	    arena_printf(p->a, "write it in %s letters: %s", names[many], out));
	proof_mend(p, at, arena_copy(p->a, str_of(out)));
}
