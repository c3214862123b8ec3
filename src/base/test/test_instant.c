/* SPDX-License-Identifier: MIT
 *
 * Instants and dates.
 */
#include "base/instant.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/buf.h"

static void every_day_of_the_calendar_follows_the_one_before(void **state)
{
	int64_t day = civil_days(1, 1, 1);
	unsigned weekday = 0; /* 1 January of year 1 was a Monday */

	(void)state;
	for (int32_t year = 1; year <= 9999; year++)
		for (unsigned month = 1; month <= 12; month++)
			for (unsigned d = 1; d <= civil_month_days(year, month);
			     d++) {
				struct civil c = civil_at(
				    INSTANT_OF_S(day * 86400 + 86399), 0);

				if (civil_days(year, month, d) != day ||
				    c.year != year || c.month != month ||
				    c.day != d || c.weekday != weekday)
					fail_msg("%d-%u-%u", year, month, d);
				weekday = (weekday + 1) % 7;
				day++;
			}
	assert_int_equal(civil_days(1970, 1, 1), 0);
	assert_int_equal(day, civil_days(10000, 1, 1));
}

static void instants_round_down(void **state)
{
	(void)state;
	assert_int_equal(instant_s((struct instant){-1}), -1);
	assert_int_equal(instant_s((struct instant){-1000000}), -1);
	assert_int_equal(instant_s((struct instant){999999}), 0);
	assert_int_equal(civil_at((struct instant){-1}, 0).second, 59);
}

static void instants_outside_of_the_calendar_move_to_its_ends(void **state)
{
	static const int32_t offsets[] = {0, 3600, -43200, 93599};

	(void)state;
	for (size_t i = 0; i < sizeof(offsets) / sizeof(*offsets); i++) {
		struct civil first =
		    civil_at((struct instant){INT64_MIN}, offsets[i]);
		struct civil last = civil_at(INSTANT_NEVER, offsets[i]);

		assert_int_equal(first.year, 1);
		assert_int_equal(first.month + first.day, 2);
		assert_int_equal(first.hour, 0);
		assert_int_equal(last.year, 9999);
		assert_int_equal(last.month, 12);
		assert_int_equal(last.day, 31);
		assert_int_equal(last.second, 59);
	}
}

/* Field by field: what lies between them is anybody's. */
static bool is_same(const struct civil *a, const struct civil *b)
{
	return a->year == b->year && a->month == b->month && a->day == b->day &&
	       a->hour == b->hour && a->minute == b->minute &&
	       a->second == b->second && a->weekday == b->weekday &&
	       a->offset_s == b->offset_s && a->has_offset == b->has_offset &&
	       a->has_time == b->has_time;
}

static void dates_are_written_and_read_again(void **state)
{
	uint64_t seed = 20261123;

	(void)state;
	printf("seed %llu\n", (unsigned long long)seed);
	for (int i = 0; i < 100000; i++) {
		struct civil c, again;
		struct instant t;
		int32_t offset_s;
		struct buf b;

		seed = seed * 6364136223846793005u + 1442695040888963407u;
		t = INSTANT_OF_S(
		    (int64_t)(seed >> 20) % 250000000000 - 60000000000);
		offset_s = (int32_t)((seed >> 7) % 2879 - 1439) * 60;
		if (i % 3 == 0)
			offset_s = 0;
		c = civil_at(t, offset_s);
		assert_int_equal(civil_instant(c).us, t.us);
		buf_init(&b, 64);
		civil_rfc3339(&b, c);
		if (civil_parse(buf_str(&b), &again) != RC_OK ||
		    !is_same(&again, &c))
			fail_msg("%s", b.p);
		buf_done(&b);
	}
}

static void check(
    const char *text, int64_t wanted, bool has_time, bool has_offset)
{
	struct civil c;

	if (civil_parse(str_of(text), &c) != RC_OK)
		fail_msg("\"%s\" is not read", text);
	if (civil_instant(c).us != wanted * 1000000 || c.has_time != has_time ||
	    c.has_offset != has_offset)
		fail_msg("\"%s\" is read as %lld", text,
		    (long long)instant_s(civil_instant(c)));
}

static void dates_are_read_as_people_write_them(void **state)
{
	(void)state;
	check("1970-01-02", 86400, false, false);
	check(" 1970-01-01 00:01 ", 60, true, false);
	check("1970-01-01T00:00:01", 1, true, false);
	check("1970-01-01 00:00:01.123456789", 1, true, false);
	check("1970-01-01T00:00:60Z", 59, true, true);
	check("1970-01-01t01:00:00z", 3600, true, true);
	check("1970-01-01T01:00:00+01:00", 0, true, true);
	check("1970-01-01T01:00:00 +0100", 0, true, true);
	check("1969-12-31T18:30:00-05:30", 0, true, true);
	check("1970-01-01T01:00+01", 0, true, true);
	check("2024-02-29", 1709164800, false, false);
	check("0001-01-01", -62135596800, false, false);
}

static void what_is_no_date_is_refused(void **state)
{
	static const char *const bad[] = {"", "2026", "2026-1-1", "2026-13-01",
	    "2026-00-01", "2026-01-00", "2026-02-29", "1900-02-29",
	    "2026-04-31", "0000-01-01", "2026-01-01T", "2026-01-01T24:00",
	    "2026-01-01T12", "2026-01-01T12:60", "2026-01-01T12:00:61",
	    "2026-01-01T12:00:00.", "2026-01-01T12:00:00.1234567890",
	    "2026-01-01T12:00:00+24:00", "2026-01-01T12:00:00+01:60",
	    "2026-01-01T12:00:00+1",
	    "2026-01-01T12:00:00+01:", "2026-01-01T12:00:00+01:0",
	    "2026-01-01T12:00:00Zx", "2026-01-01 +01:00", "-2026-01-01",
	    "2026/01/01", "20260101", "2026-01-01x", "2026-01-01T12:00:00,5"};
	struct civil c = {.year = 77};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (civil_parse(str_of(bad[i]), &c) != RC_INVALID)
			fail_msg("\"%s\" is read", bad[i]);
	assert_int_equal(c.year, 77);
}

static void dates_look_as_their_standards_say(void **state)
{
	struct instant t = INSTANT_OF_S(1795439106);
	struct buf b;

	(void)state;
	buf_init(&b, 200);
	civil_rfc3339(&b, civil_at(t, 3600));
	buf_char(&b, '|');
	civil_rfc3339(&b, civil_at(t, -12600));
	buf_char(&b, '|');
	instant_http(&b, t);
	buf_char(&b, '|');
	civil_rfc5322(&b, civil_at(t, 3600));
	assert_string_equal(b.p,
	    "2026-11-23T14:05:06+01:00|2026-11-23T09:35:06-03:30|"
	    "Mon, 23 Nov 2026 13:05:06 GMT|Mon, 23 Nov 2026 14:05:06 +0100");
	buf_done(&b);
}

static void an_offset_of_odd_seconds_is_written_as_utc(void **state)
{
	struct instant t = INSTANT_OF_S(-2422055000);
	struct buf b;

	(void)state;
	buf_init(&b, 200);
	civil_rfc3339(&b, civil_at(t, 3208));
	buf_char(&b, '|');
	civil_rfc5322(&b, civil_at(t, 3208));
	assert_string_equal(
	    b.p, "1893-03-31T22:56:40Z|Fri, 31 Mar 1893 22:56:40 +0000");
	buf_done(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_day_of_the_calendar_follows_the_one_before),
	    cmocka_unit_test(instants_round_down),
	    cmocka_unit_test(instants_outside_of_the_calendar_move_to_its_ends),
	    cmocka_unit_test(dates_are_written_and_read_again),
	    cmocka_unit_test(dates_are_read_as_people_write_them),
	    cmocka_unit_test(what_is_no_date_is_refused),
	    cmocka_unit_test(dates_look_as_their_standards_say),
	    cmocka_unit_test(an_offset_of_odd_seconds_is_written_as_utc),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
