/* SPDX-License-Identifier: MIT
 *
 * Runs of words in another script; see script_run.h.
 */
#include "text/script_run.h"

#include "base/utf8.h"

bool lang_has_many_scripts(struct str lang)
{
	static const char *const langs[] = {"sr", "bs", "uz", "az", "kk", "ky",
	    "tg", "tk", "tt", "mn", "pa", "ku", "ks", "sd", "ug", "sa"};

	for (size_t i = 0; i < sizeof(langs) / sizeof(langs[0]); i++)
		if (lang_same(lang, str_of(langs[i])))
			return true;
	return false;
}

/* S begins with a mark that stands around words: of a quotation, a bracket. */
static bool is_around(struct str s)
{
	static const char *const marks[] = {"\"", "'", "(", ")", "[", "]", "«",
	    "»", "“", "”", "„", "‘", "’", "‚", "‹", "›", "״"};

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (str_starts(s, str_of(marks[i])))
			return true;
	return false;
}

/* Where the character before AT begins; 0 where there is none. */
static size_t one_before(struct str s, size_t at)
{
	while (at > 0 && ((unsigned char)s.p[at - 1] & 0xC0) == 0x80)
		at--;
	return at > 0 ? at - 1 : 0;
}

static bool is_letter_at(struct str s, size_t at)
{
	return at < s.n && letter_class_of(utf8_next(s, &at)) == LETTER;
}

/* More marks around words end than begin between START and END. */
static bool has_odd_marks(struct str s, size_t start, size_t end)
{
	bool is_odd = false;

	for (size_t i = start; i < end;) {
		size_t here = i;

		(void)utf8_next(s, &i);
		if (is_around(str_from(s, here)) &&
		    !(is_letter_at(s, i) &&
			is_letter_at(s, one_before(s, here))))
			is_odd = !is_odd;
	}
	return is_odd;
}

/* A quotation that ends within the run from START to END begins it, if it does
 * not begin before FROM. */
static size_t start_with_mark(
    struct str s, size_t from, size_t start, size_t end)
{
	size_t before = one_before(s, start);

	return start > from && is_around(str_from(s, before)) &&
		       has_odd_marks(s, start, end)
		   ? before
		   : start;
}

/* The words from START on stand behind the end of a sentence. */
static bool begins_sentence(struct str s, size_t start)
{
	static const struct str stops = STR_INIT(".!?");
	size_t at = start;

	while (at > 0 && s.p[at - 1] == ' ')
		at--;
	return at < start && at > 0 &&
	       (str_find(stops, s.p[at - 1]) < stops.n ||
		   str_starts(str_from(s, one_before(s, at)), STR("…")));
}

/* Where a run from START to END ends with the signs of its sentence: within
 * marks of its own, or where it is a sentence of its own, they belong to it and
 * not to what stands around. */
static size_t end_with_signs(struct str s, size_t start, size_t end)
{
	static const struct str signs = STR_INIT(".,!?;:");
	bool is_sentence = begins_sentence(s, start);
	size_t at = end;

	if (!is_sentence &&
	    (start == 0 || !is_around(str_from(s, one_before(s, start)))))
		return end;
	while (at < s.n && (str_find(signs, s.p[at]) < signs.n ||
			       str_starts(str_from(s, at), STR("…"))))
		at += (unsigned char)s.p[at] < 0x80 ? 1 : STR("…").n;
	if (is_sentence && (at == s.n || s.p[at] == ' '))
		return at;
	return is_around(str_from(s, at)) ? at : end;
}

bool script_next_run(struct str text, enum script around, size_t *at,
    size_t *ret_end, enum script *ret_script)
{
	size_t start = 0;
	size_t end = 0;
	uint32_t words = 0;
	bool in_word = false;
	enum script script = SCRIPT_COMMON;

	for (size_t i = *at; i < text.n;) {
		size_t here = i;
		uint32_t c = utf8_next(text, &i);
		enum letter_class class = letter_class_of(c);
		enum script one = script_of(c);

		if (class == LETTER && one != SCRIPT_COMMON) {
			bool is_foreign = !script_same(one, around);

			if (words > 0 &&
			    (!is_foreign || !script_same(one, script))) {
				if (words >= SCRIPT_RUN_WORDS)
					break;
				words = 0;
				in_word = false;
			}
			if (is_foreign) {
				if (words == 0) {
					start = here;
					script = one;
				}
				words += !in_word || !script_has_spaces(one);
				end = i;
				in_word = true;
			}
			if (!is_foreign)
				in_word = false;
		} else if (class == LETTER_MARK && in_word) {
			end = i;
		} else {
			in_word = false;
		}
	}
	if (words < SCRIPT_RUN_WORDS)
		return false;
	*at = start = start_with_mark(text, *at, start, end);
	*ret_end = end_with_signs(text, start, end);
	*ret_script = script;
	return true;
}
