/* SPDX-License-Identifier: MIT
 *
 * Choosing and filling the catalogue of words_table.c; see words.h.
 */
#include "page/words.h"

#include "base/must.h"
#include "page/lang.h"

const struct words *words_find(struct str lang, const struct words *otherwise)
{
	for (const struct words *w = words_all(); w->lang; w++)
		if (str_eq_fold(lang_base(lang), str_of(w->lang)))
			return w;
	return otherwise;
}

bool lang_has_words(struct str lang)
{
	return words_find(lang, NULL) != NULL;
}

const struct words *words_of(struct str lang)
{
	return words_find(lang, words_all()); /* English stands first */
}

struct str words_say(const struct words *w, enum word word)
{
	must(word < WORD_COUNT && w->says[word]);
	return str_of(w->says[word]);
}

/* 1970-01-01 was a Thursday. */
static unsigned weekday(struct civil c)
{
	int64_t days = civil_days(c.year, c.month, c.day) + 3;

	return (unsigned)((days % 7 + 7) % 7);
}

static void put_field(
    struct buf *b, const struct words *w, struct civil c, char field)
{
	must(c.month >= 1 && c.month <= 12 && c.year >= 0);
	switch (field) {
	case 'd':
		buf_u64(b, c.day);
		return;
	case 'D': /* French counts the first of a month, and no other day */
		buf_u64(b, c.day);
		if (c.day == 1)
			buf_lit(b, "er");
		return;
	case 'M':
		buf_add(b, str_of(w->months[c.month - 1]));
		return;
	case 'S':
		buf_add(b, str_of(w->months_alone[c.month - 1]));
		return;
	case 'Y':
		buf_u64(b, (uint64_t)c.year);
		return;
	case 'W':
		buf_add(b, str_of(w->weekdays[weekday(c)]));
		return;
	case 'h':
		buf_u64_wide(b, c.hour, 2);
		return;
	case 'm':
		buf_u64_wide(b, c.minute, 2);
		return;
	}
	unreachable("a date pattern of the catalogue has an unknown field");
}

static void fill(
    struct buf *b, const struct words *w, struct civil c, const char *pattern)
{
	for (; *pattern; pattern++) {
		if (*pattern == '%')
			put_field(b, w, c, *++pattern);
		else
			buf_char(b, *pattern);
	}
}

void words_date(struct buf *b, const struct words *w, struct civil c)
{
	fill(b, w, c, w->date);
}

void words_long_date(struct buf *b, const struct words *w, struct civil c)
{
	fill(b, w, c, w->long_date);
}

void words_day_month(struct buf *b, const struct words *w, struct civil c)
{
	fill(b, w, c, w->day_month);
}

void words_month_year(struct buf *b, const struct words *w, struct civil c)
{
	fill(b, w, c, w->month_year);
}

void words_month(struct buf *b, const struct words *w, struct civil c)
{
	fill(b, w, c, "%S");
}

void words_year(struct buf *b, const struct words *w, int32_t year)
{
	fill(b, w, (struct civil){.year = year, .month = 1, .day = 1}, w->year);
}

void words_time(struct buf *b, const struct words *w, struct civil c)
{
	fill(b, w, c, w->time);
}

/* The rules of CLDR for whole numbers. */
static enum plural plural_ru(uint64_t n)
{
	if (n % 10 == 1 && n % 100 != 11)
		return PLURAL_ONE;
	if (n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14))
		return PLURAL_FEW;
	return PLURAL_MANY;
}

static enum plural plural_ar(uint64_t n)
{
	if (n <= 2)
		return (enum plural)n;
	if (n % 100 >= 3 && n % 100 <= 10)
		return PLURAL_FEW;
	if (n % 100 >= 11)
		return PLURAL_MANY;
	return PLURAL_OTHER;
}

enum plural words_plural(struct str lang, uint64_t n)
{
	if (str_eq(lang, STR("ru")))
		return plural_ru(n);
	if (str_eq(lang, STR("ar")))
		return plural_ar(n);
	if (str_eq(lang, STR("ko")))
		return PLURAL_OTHER;
	if (str_eq(lang, STR("fr")) && n == 0)
		return PLURAL_ONE;
	return n == 1 ? PLURAL_ONE : PLURAL_OTHER;
}

static void number(struct buf *b, const char *form, uint64_t n)
{
	must(form);
	for (; *form; form++) {
		if (form[0] == '%' && form[1] == 'n') {
			buf_u64(b, n);
			form++;
		} else {
			buf_char(b, *form);
		}
	}
}

static void count(
    struct buf *b, const struct words *w, const char *const *forms, uint64_t n)
{
	number(b, forms[words_plural(str_of(w->lang), n)], n);
}

void words_page(struct buf *b, const struct words *w, uint64_t n)
{
	number(b, w->page, n);
}

void words_stories(struct buf *b, const struct words *w, uint64_t n)
{
	count(b, w, w->stories, n);
}

void words_days(struct buf *b, const struct words *w, uint64_t n)
{
	count(b, w, w->days, n);
}

void words_sources(struct buf *b, const struct words *w, uint64_t n)
{
	count(b, w, w->sources, n);
}
