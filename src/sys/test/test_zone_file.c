/* SPDX-License-Identifier: MIT
 *
 * Time zones as the system has them, compared with the C library's own
 * reading of the same files.
 */
#include "sys/zone_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "base/buf.h"
#include "sys/file.h"

static bool has_database(void)
{
	if (file_kind(STR("/usr/share/zoneinfo/Europe/Berlin")) == FILE_REGULAR)
		return true;
	printf("note: no time zones here (Debian's package tzdata)\n");
	return false;
}

static const struct zone *load(struct arena *a, const char *name)
{
	const struct zone *z = NULL;
	struct err err = {0};

	if (zone_file_load(a, str_of(name), &z, &err) != RC_OK)
		fail_msg("%s: %s", name, err.why);
	return z;
}

/* What the C library says about the same instant. */
static void check_instant(const struct zone *z, const char *name, int64_t s)
{
	time_t t = (time_t)s;
	struct civil c = zone_civil(z, INSTANT_OF_S(s));
	struct tm tm;

	assert_non_null(localtime_r(&t, &tm));
	if (tm.tm_gmtoff != c.offset_s || tm.tm_year + 1900 != c.year ||
	    tm.tm_mon + 1 != c.month || tm.tm_mday != c.day ||
	    tm.tm_hour != c.hour || tm.tm_min != c.minute ||
	    tm.tm_sec != c.second || (tm.tm_wday + 6) % 7 != c.weekday)
		fail_msg("%s at %lld: offset %ld there, %d here", name,
		    (long long)s, tm.tm_gmtoff, c.offset_s);
}

/* An instant is found again by what the wall clock shows at it. */
static void check_way_back(const struct zone *z, const char *name, int64_t s)
{
	struct civil c = zone_civil(z, INSTANT_OF_S(s));
	struct instant earlier, later;
	enum zone_fit fit = zone_instant(z, c, ZONE_EARLIER, &earlier);

	assert_int_equal(zone_instant(z, c, ZONE_LATER, &later), fit);
	if (fit == ZONE_GAP || earlier.us > later.us ||
	    (earlier.us != s * 1000000 && later.us != s * 1000000) ||
	    (fit == ZONE_ONCE && earlier.us != later.us))
		fail_msg("%s at %lld: comes back as %lld and %lld, fit %d",
		    name, (long long)s, (long long)earlier.us / 1000000,
		    (long long)later.us / 1000000, (int)fit);
}

static void check_zone(struct arena *a, const char *name)
{
	const struct zone *z = load(a, name);
	const int64_t end = 4102444800 + 86400 * 365; /* in 2101 */
	struct instant t = INSTANT_OF_S(-4000000000);

	assert_int_equal(setenv("TZ", name, 1), 0);
	tzset();
	for (int64_t s = -3000000000; s < end; s += 86400 * 40 + 3607) {
		check_instant(z, name, s);
		check_way_back(z, name, s);
	}
	for (int year = 2200; year < 9990; year += 389) {
		int64_t s = civil_days(year, 7, 1) * 86400;

		check_instant(z, name, s);
		check_instant(z, name, s + 86400 * 183);
	}
	/* Around every change. */
	for (;;) {
		t = zone_next_change(z, t);
		if (t.us == INSTANT_NEVER.us || instant_s(t) > end)
			break;
		for (int i = -2; i <= 2; i++) {
			static const int64_t steps[] = {0, 1, 1799, 3600, 7200};
			int64_t by = steps[i < 0 ? -i : i] * (i < 0 ? -1 : 1);

			check_instant(z, name, instant_s(t) + by);
			check_way_back(z, name, instant_s(t) + by);
		}
	}
}

static void known_zones_agree_with_the_c_library(void **state)
{
	static const char *const names[] = {"Europe/Berlin", "Europe/Dublin",
	    "America/New_York", "America/Sao_Paulo", "America/St_Johns",
	    "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tehran", "Asia/Gaza",
	    "Africa/Casablanca", "Africa/El_Aaiun", "Africa/Monrovia",
	    "America/Nuuk", "America/Scoresbysund", "Antarctica/Troll",
	    "Antarctica/Casey", "Australia/Lord_Howe", "Australia/Sydney",
	    "Pacific/Apia", "Pacific/Chatham", "Pacific/Kiritimati",
	    "Asia/Pyongyang", "Asia/Seoul", "Europe/Moscow", "Europe/Kyiv",
	    "Europe/London", "EST5EDT", "Etc/GMT+12", "Etc/GMT-14",
	    "America/Godthab", "Asia/Jerusalem", "Africa/Cairo"};
	struct arena *a = arena_new(1 << 20);

	(void)state;
	for (size_t i = 0; has_database() && i < sizeof(names) / sizeof(*names);
	     i++)
		check_zone(a, names[i]);
	arena_free(a);
}

static enum file_walk check_file(void *ctx, const struct file_entry *entry)
{
	struct arena *a = arena_new(1 << 20);
	struct str name = str_from(entry->path, strlen("/usr/share/zoneinfo/"));
	unsigned *count = ctx;
	const struct zone *z;
	struct err err;
	enum rc rc;

	/* posix/ is the same again, right/ counts leap seconds. */
	if (str_eq(name, STR("posix")) || str_eq(name, STR("right"))) {
		arena_free(a);
		return FILE_WALK_SKIP;
	}
	if (entry->kind == FILE_REGULAR && str_find(name, '.') == name.n) {
		rc = zone_file_load(a, name, &z, &err);
		if (rc == RC_OK)
			++*count;
		else if (!str_eq(name, STR("leapseconds")) &&
			 !str_eq(name, STR("posixrules")))
			fail_msg("%s", err.why);
	}
	arena_free(a);
	return FILE_WALK_ON;
}

static void every_zone_of_the_system_can_be_read(void **state)
{
	unsigned count = 0;

	(void)state;
	if (!has_database())
		return;
	assert_int_equal(
	    file_walk(STR("/usr/share/zoneinfo"), check_file, &count, NULL),
	    RC_OK);
	assert_true(count > 200);
}

static void leap_seconds_are_refused(void **state)
{
	struct arena *a = arena_new(1 << 20);
	const struct zone *z;
	struct err err;

	(void)state;
	if (file_kind(STR("/usr/share/zoneinfo/right/UTC")) == FILE_REGULAR)
		assert_int_equal(
		    zone_file_load(a, STR("right/UTC"), &z, &err), RC_INVALID);
	arena_free(a);
}

static void names_that_lead_elsewhere_are_refused(void **state)
{
	static const char *const bad[] = {"", "/etc/passwd", "../passwd",
	    "Europe/../../passwd", "Europe/Berlin ", "Europe.Berlin",
	    "Europe\\Berlin",
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};
	static const char *const missing[] = {
	    "Europe/Berlni", "Europe", "Europe/", "tzdata"};
	struct arena *a = arena_new(1 << 20);
	const struct zone *z = NULL;
	struct err err;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_int_equal(
		    zone_file_load(a, str_of(bad[i]), &z, &err), RC_INVALID);
	assert_int_equal(
	    zone_file_load(a, (struct str){"UTC\0x", 5}, &z, &err), RC_INVALID);
	for (size_t i = 0; i < sizeof(missing) / sizeof(*missing); i++)
		assert_int_equal(
		    zone_file_load(a, str_of(missing[i]), &z, &err),
		    RC_NOT_FOUND);
	assert_null(z);
	assert_int_equal(zone_file_load(a, STR("UTC"), &z, &err), RC_OK);
	assert_ptr_equal(z, zone_utc());
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(known_zones_agree_with_the_c_library),
	    cmocka_unit_test(every_zone_of_the_system_can_be_read),
	    cmocka_unit_test(leap_seconds_are_refused),
	    cmocka_unit_test(names_that_lead_elsewhere_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
