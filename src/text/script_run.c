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

/* Marks that stand around words. Languages differ in which of a kind opens. */
enum mark_kind { NO_MARK, ROUND, SQUARE, DOUBLE, SINGLE, MARK_KINDS };

static enum mark_kind mark_of(struct str s)
{
	static const struct {
		const char *text;
		enum mark_kind kind;
	} marks[] = {{"(", ROUND}, {")", ROUND}, {"[", SQUARE}, {"]", SQUARE},
	    {"\"", DOUBLE}, {"«", DOUBLE}, {"»", DOUBLE}, {"“", DOUBLE},
	    {"”", DOUBLE}, {"„", DOUBLE}, {"״", DOUBLE}, {"'", SINGLE},
	    {"‘", SINGLE}, {"’", SINGLE}, {"‚", SINGLE}, {"‹", SINGLE},
	    {"›", SINGLE}};

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (str_starts(s, str_of(marks[i].text)))
			return marks[i].kind;
	return NO_MARK;
}

static bool is_around(struct str s)
{
	return mark_of(s) != NO_MARK;
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

/* The kinds of which one begins or ends between START and END without the
 * other. */
static void find_odd_marks(
    struct str s, size_t start, size_t end, bool is_odd[MARK_KINDS])
{
	for (int kind = 0; kind < MARK_KINDS; kind++)
		is_odd[kind] = false;
	for (size_t i = start; i < end;) {
		size_t here = i;
		enum mark_kind kind = mark_of(str_from(s, here));

		(void)utf8_next(s, &i);
		if (kind != NO_MARK &&
		    !(is_letter_at(s, i) &&
			is_letter_at(s, one_before(s, here))))
			is_odd[kind] = !is_odd[kind];
	}
}

/* A quotation that ends within the run from START to END begins it, if it does
 * not begin before FROM. */
static size_t start_with_mark(
    struct str s, size_t from, size_t start, size_t end)
{
	size_t before = one_before(s, start);
	bool is_odd[MARK_KINDS];

	find_odd_marks(s, start, end, is_odd);
	return start > from && is_odd[mark_of(str_from(s, before))] ? before
								    : start;
}

static bool is_digit_at(struct str s, size_t at)
{
	return at < s.n && s.p[at] >= '0' && s.p[at] <= '9';
}

/* Behind a number that stands at AT, after a space and in brackets perhaps; AT
 * if none does. */
static size_t end_of_number(struct str s, size_t at)
{
	static const struct str inner = STR_INIT(".,:/-");
	size_t i = at;
	bool has_bracket;

	if (i < s.n && s.p[i] == ' ')
		i++;
	has_bracket = i < s.n && s.p[i] == '(';
	i += has_bracket;
	if (i < s.n && s.p[i] == '-')
		i++;
	if (!is_digit_at(s, i))
		return at;
	while (is_digit_at(s, i) ||
	       (i < s.n && str_find(inner, s.p[i]) < inner.n &&
		   is_digit_at(s, i + 1)))
		i++;
	if (i < s.n && s.p[i] == '%')
		i++;
	if (has_bracket)
		return i < s.n && s.p[i] == ')' ? i + 1 : at;
	return is_letter_at(s, i) ? at : i;
}

/* Where a run from START to END ends with the marks that began in it. Where it
 * runs from left to right in a text that does not (IS_TURNED), the numbers
 * behind its words do, too: left outside they would stand before it. */
static size_t end_with_marks(
    struct str s, size_t start, size_t end, bool is_turned)
{
	bool is_odd[MARK_KINDS];

	find_odd_marks(s, start, end, is_odd);
	for (size_t at = end;;) {
		enum mark_kind kind = mark_of(str_from(s, at));

		if (is_odd[kind]) {
			is_odd[kind] = false;
			(void)utf8_next(s, &at);
		} else if (is_turned) {
			at = end_of_number(s, at);
		}
		if (at == end)
			return end;
		end = at;
	}
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
	end = end_with_marks(text, start, end,
	    script_direction(script) == DIRECTION_LTR &&
		script_direction(around) == DIRECTION_RTL);
	*ret_end = end_with_signs(text, start, end);
	*ret_script = script;
	return true;
}
