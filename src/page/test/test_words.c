/* SPDX-License-Identifier: MIT */
#include "page/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "page/words_support.h"

static const struct civil day = {
    .year = 2026, .month = 11, .day = 23, .hour = 6, .minute = 5};

static void assert_says(struct buf *b, const char *text)
{
	assert_int_equal(buf_rc(b), RC_OK);
	assert_string_equal(b->p, text);
	buf_clear(b);
}

static void every_language_has_every_word(void **state)
{
	size_t languages = 0;

	(void)state;
	for (const struct words *w = words_all(); w->lang; w++, languages++) {
		assert_non_null(w->locale);
		assert_non_null(w->date);
		assert_non_null(w->long_date);
		assert_non_null(w->day_month);
		assert_non_null(w->month_year);
		assert_non_null(w->year);
		assert_non_null(w->time);
		for (size_t i = 0; i < 12; i++) {
			assert_non_null(w->months[i]);
			assert_non_null(w->months_alone[i]);
		}
		for (size_t i = 0; i < 7; i++)
			assert_non_null(w->weekdays[i]);
		for (size_t i = 0; i < WORD_COUNT; i++) {
			assert_non_null(w->says[i]);
			assert_true(i == WORD_BY || w->says[i][0] != '\0');
			assert_null(strpbrk(w->says[i], "<>&"));
		}
	}
	assert_int_equal(languages, 7);
}

/* What is put in is put in as often in each language as in English. */
static void every_language_says_all_of_support(void **state)
{
	(void)state;
	for (const struct words *w = words_all(); w->lang; w++) {
		for (int i = 0; i < SAY_COUNT; i++) {
			struct str english =
			    words_saying(words_all(), (enum saying)i);
			struct str s = words_saying(w, (enum saying)i);

			assert_true(s.n > 0);
			assert_int_equal(str_find(s, '<'), s.n);
			assert_int_equal(str_find_str(s, STR("%1")) < s.n,
			    str_find_str(english, STR("%1")) < english.n);
			assert_int_equal(str_find_str(s, STR("%2")) < s.n,
			    str_find_str(english, STR("%2")) < english.n);
		}
	}
	/* No language has fallen back to English. */
	for (const struct words *w = words_all() + 1; w->lang; w++)
		assert_false(str_eq(words_saying(w, SAY_TITLE),
		    words_saying(words_all(), SAY_TITLE)));
}

/* The plural forms of each language are all there: none dies on a number. */
static void every_number_of_stories_can_be_said(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 16);
	for (const struct words *w = words_all(); w->lang; w++) {
		for (uint64_t n = 0; n < 230; n++) {
			words_stories(&b, w, n);
			words_days(&b, w, n);
			words_sources(&b, w, n);
			assert_true(b.n > 0);
			buf_clear(&b);
		}
	}
	buf_done(&b);
}

static void stories_are_counted_as_the_language_counts(void **state)
{
	static const struct {
		const char *lang;
		uint64_t n;
		const char *text;
	} rows[] = {
	    {"en", 0, "0 stories"},
	    {"en", 1, "1 story"},
	    {"fr", 0, "0 article"},
	    {"ru", 1, "1 материал"},
	    {"ru", 3, "3 материала"},
	    {"ru", 11, "11 материалов"},
	    {"ru", 22, "22 материала"},
	    {"ru", 112, "112 материалов"},
	    {"ar", 2, "مقالان"},
	    {"ar", 103, "103 مقالات"},
	    {"ar", 111, "111 مقالاً"},
	    {"ar", 100, "100 مقال"},
	    {"ko", 1, "기사 1건"},
	};
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 16);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		words_stories(&b, words_of(str_of(rows[i].lang)), rows[i].n);
		assert_says(&b, rows[i].text);
	}
	buf_done(&b);
}

static void days_and_sources_are_counted_likewise(void **state)
{
	static const struct {
		const char *lang;
		uint64_t n;
		const char *days, *sources;
	} rows[] = {
	    {"en", 1, "1 day", "one source"},
	    {"en", 2, "2 days", "median of 2 sources"},
	    {"es", 2, "2 días", "mediana de 2 fuentes"},
	    {"fr", 1, "1 jour", "1 source"},
	    {"de", 7, "7 Tage", "Median aus 7 Quellen"},
	    {"ru", 21, "21 день", "медиана 21 источника"},
	    {"ru", 3, "3 дня", "медиана 3 источников"},
	    {"ru", 12, "12 дней", "медиана 12 источников"},
	    {"ar", 2, "يومين", "وسيط مصدرين"},
	    {"ar", 3, "3 أيام", "وسيط 3 مصادر"},
	    {"ar", 14, "14 يوماً", "وسيط 14 مصدراً"},
	    {"ko", 2, "2일", "출처 2곳의 중앙값"},
	};
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 16);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		words_days(&b, words_of(str_of(rows[i].lang)), rows[i].n);
		assert_says(&b, rows[i].days);
		words_sources(&b, words_of(str_of(rows[i].lang)), rows[i].n);
		assert_says(&b, rows[i].sources);
	}
	buf_done(&b);
}

static void dates_are_written_as_the_language_writes_them(void **state)
{
	static const struct {
		const char *lang;
		const char *date;
		const char *long_date;
		const char *month;
		const char *time;
	} rows[] = {
	    {"en-GB", "23 November 2026", "Monday 23 November 2026",
		"November 2026", "06:05"},
	    {"es", "23 de noviembre de 2026", "Lunes, 23 de noviembre de 2026",
		"Noviembre de 2026", "06:05"},
	    {"fr", "23 novembre 2026", "Lundi 23 novembre 2026",
		"Novembre 2026", "06\u00A0h\u00A005"},
	    {"de", "23. November 2026", "Montag, 23. November 2026",
		"November 2026", "06:05\u00A0Uhr"},
	    {"ru", "23 ноября 2026\u00A0года",
		"Понедельник, 23 ноября 2026\u00A0года",
		"Ноябрь 2026\u00A0года", "06:05"},
	    {"ar", "23 نوفمبر 2026", "الاثنين 23 نوفمبر 2026", "نوفمبر 2026",
		"06:05"},
	    {"ko", "2026년 11월 23일", "2026년 11월 23일 월요일", "2026년 11월",
		"06:05"},
	};
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 16);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct words *w = words_of(str_of(rows[i].lang));

		words_date(&b, w, day);
		assert_says(&b, rows[i].date);
		words_long_date(&b, w, day);
		assert_says(&b, rows[i].long_date);
		words_month_year(&b, w, day);
		assert_says(&b, rows[i].month);
		words_time(&b, w, day);
		assert_says(&b, rows[i].time);
	}
	words_date(&b, words_of(STR("fr")),
	    (struct civil){.year = 2026, .month = 5, .day = 1});
	assert_says(&b, "1er mai 2026");
	buf_done(&b);
}

static void the_weekday_is_that_of_the_calendar(void **state)
{
	static const struct {
		int32_t year;
		uint8_t month;
		uint8_t day;
		const char *text;
	} rows[] = {
	    {1970, 1, 1, "Thursday 1 January 1970"},
	    {1969, 12, 31, "Wednesday 31 December 1969"},
	    {2000, 2, 29, "Tuesday 29 February 2000"},
	    {1605, 9, 1, "Thursday 1 September 1605"},
	};
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 16);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		words_long_date(&b, words_of(STR("en")),
		    (struct civil){.year = rows[i].year,
			.month = rows[i].month,
			.day = rows[i].day});
		assert_says(&b, rows[i].text);
	}
	buf_done(&b);
}

static void an_unknown_language_speaks_english(void **state)
{
	(void)state;
	assert_string_equal(words_of(STR("tlh"))->lang, "en");
	assert_string_equal(words_of(STR(""))->lang, "en");
	assert_string_equal(words_of(STR("KO-kr"))->lang, "ko");
	assert_null(words_find(STR("tlh"), NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_language_has_every_word),
	    cmocka_unit_test(every_language_says_all_of_support),
	    cmocka_unit_test(every_number_of_stories_can_be_said),
	    cmocka_unit_test(stories_are_counted_as_the_language_counts),
	    cmocka_unit_test(days_and_sources_are_counted_likewise),
	    cmocka_unit_test(dates_are_written_as_the_language_writes_them),
	    cmocka_unit_test(the_weekday_is_that_of_the_calendar),
	    cmocka_unit_test(an_unknown_language_speaks_english),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
