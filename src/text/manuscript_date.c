/* SPDX-License-Identifier: MIT
 *
 * Dates in the head of a manuscript; manuscript.h has their forms. Each is
 * brought into civil_parse's form, which decides whether there is such a day.
 * "12/01/2024" and "31.12.2099" are refused: which part is the month depends
 * on the country of whoever wrote it.
 */
#include "text/manuscript_priv.h"

#include "base/arena.h"
#include "base/buf.h"

enum { FORM_BYTES = 120, WORD_LEAST = 3 };

static const struct str months[] = {STR_INIT("january"), STR_INIT("february"),
    STR_INIT("march"), STR_INIT("april"), STR_INIT("may"), STR_INIT("june"),
    STR_INIT("july"), STR_INIT("august"), STR_INIT("september"),
    STR_INIT("october"), STR_INIT("november"), STR_INIT("december")};

static const struct str weekdays[] = {STR_INIT("monday"), STR_INIT("tuesday"),
    STR_INIT("wednesday"), STR_INIT("thursday"), STR_INIT("friday"),
    STR_INIT("saturday"), STR_INIT("sunday")};

/* "2024-1-2 9:05" as YAML and people write it, in civil_parse's form. */
static struct str padded(struct arena *a, struct str s)
{
	struct buf b;
	size_t digits = 0;

	buf_init_arena(&b, a, 2 * FORM_BYTES);
	for (size_t i = 0; i < s.n; i++) {
		bool is_digit = ascii_is_digit(s.p[i]);
		bool is_alone = is_digit && digits == 0 && i > 0 &&
				(i + 1 == s.n || !ascii_is_digit(s.p[i + 1]));

		if (is_alone && s.p[i - 1] != '.')
			buf_char(&b, '0');
		buf_char(&b, s.p[i]);
		digits = is_digit ? digits + 1 : 0;
	}
	return buf_str(&b);
}

/* Takes "UTC", "GMT" and "UT" off the end of *S. */
static bool cut_utc(struct str *s)
{
	static const struct str names[] = {
	    STR_INIT(" UTC"), STR_INIT(" GMT"), STR_INIT(" UT")};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_ends(*s, names[i])) {
			s->n -= names[i].n;
			*s = str_trim(*s);
			return true;
		}
	return false;
}

static enum rc parse_padded(struct arena *a, struct str s, struct civil *ret)
{
	struct civil c;
	bool is_utc;

	s = str_trim(s);
	is_utc = cut_utc(&s);
	if (civil_parse(padded(a, s), &c) != RC_OK)
		return RC_INVALID;
	if (is_utc && c.has_offset)
		return RC_INVALID;
	c.has_offset |= is_utc && c.has_time;
	*ret = c;
	return RC_OK;
}

/* Takes a word that is, or shortens, one of the N NAMES off the start of *S,
 * with the point behind it; returns its number from 1, or 0. */
static unsigned take_name(struct str *s, const struct str *names, size_t n)
{
	size_t end = 0;
	struct str word;

	while (end < s->n && ascii_is_alpha(s->p[end]))
		end++;
	word = (struct str){s->p, end};
	if (str_eq_fold(word, STR("sept")))
		word.n = WORD_LEAST;
	for (size_t i = 0; word.n >= WORD_LEAST && i < n; i++)
		if (word.n <= names[i].n &&
		    str_eq_fold(word, str_part(names[i], 0, word.n))) {
			*s = str_from(*s, end);
			if (str_starts(*s, STR(".")))
				*s = str_from(*s, 1);
			return (unsigned)i + 1;
		}
	return 0;
}

/* Takes a number of LEAST to MOST digits; false: there is none. */
static bool take_number(
    struct str *s, size_t least, size_t most, struct str *ret_digits)
{
	size_t n = 0;

	while (n < s->n && ascii_is_digit(s->p[n]))
		n++;
	if (n < least || n > most)
		return false;
	*ret_digits = str_part(*s, 0, n);
	*s = str_from(*s, n);
	return true;
}

/* A day of the month, perhaps "12th" or "12.". */
static bool take_day(struct str *s, struct str *ret_digits)
{
	static const struct str ends[] = {STR_INIT("st"), STR_INIT("nd"),
	    STR_INIT("rd"), STR_INIT("th"), STR_INIT(".")};

	if (!take_number(s, 1, 2, ret_digits))
		return false;
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (s->n >= ends[i].n &&
		    str_eq_fold(str_part(*s, 0, ends[i].n), ends[i])) {
			*s = str_from(*s, ends[i].n);
			break;
		}
	return true;
}

/* What stands between the parts of a date that has the month as a word. */
static void skip_between(struct str *s)
{
	while (s->n > 0 && (s->p[0] == ' ' || s->p[0] == ',' ||
			       s->p[0] == '-' || s->p[0] == '/'))
		*s = str_from(*s, 1);
}

/* "12 January 2024", "January 12, 2024". */
static bool take_spelled(struct str *s, struct buf *b)
{
	struct str day = STR_NONE, year;
	bool is_day_first = s->n > 0 && ascii_is_digit(s->p[0]);
	unsigned month;

	if (is_day_first && !take_day(s, &day))
		return false;
	skip_between(s);
	month = take_name(s, months, 12);
	skip_between(s);
	if (month == 0 || (!is_day_first && !take_day(s, &day)))
		return false;
	skip_between(s);
	if (!take_number(s, 4, 4, &year))
		return false;
	buf_printf(b, "%.*s-%02u-%.*s", STR_ARG(year), month, STR_ARG(day));
	return true;
}

/* "2024/1/2", "2024.01.02": the year first has the month in the middle. */
static bool take_year_first(struct str *s, struct buf *b)
{
	struct str year, month, day;
	char sep;

	if (!take_number(s, 4, 4, &year) || s->n == 0)
		return false;
	sep = s->p[0];
	if (sep != '/' && sep != '.')
		return false;
	*s = str_from(*s, 1);
	if (!take_number(s, 1, 2, &month) || s->n == 0 || s->p[0] != sep)
		return false;
	*s = str_from(*s, 1);
	if (!take_number(s, 1, 2, &day))
		return false;
	buf_printf(
	    b, "%.*s-%.*s-%.*s", STR_ARG(year), STR_ARG(month), STR_ARG(day));
	return true;
}

enum rc manuscript_date(
    struct arena *a, struct str text, struct civil *ret_date)
{
	struct str s = str_trim(text);
	struct str rest;
	struct buf b;

	if (s.n == 0 || s.n > FORM_BYTES)
		return RC_INVALID;
	if (parse_padded(a, s, ret_date) == RC_OK)
		return RC_OK;
	if (take_name(&s, weekdays, 7))
		skip_between(&s);
	buf_init_arena(&b, a, 2 * FORM_BYTES);
	rest = s;
	if (!take_year_first(&rest, &b)) {
		rest = s;
		buf_clear(&b);
		if (!take_spelled(&rest, &b))
			return RC_INVALID;
	}
	if (rest.n > 0 && rest.p[0] != ' ' && rest.p[0] != ',' &&
	    rest.p[0] != 'T')
		return RC_INVALID;
	if (str_starts(rest, STR(",")) || str_starts(rest, STR("T")))
		rest = str_from(rest, 1);
	rest = str_trim(rest);
	if (rest.n > 0)
		buf_char(&b, ' ');
	buf_add(&b, rest);
	return parse_padded(a, buf_str(&b), ret_date);
}
