/* SPDX-License-Identifier: MIT
 *
 * Time zones, from files made here, so that nothing depends on the system's
 * (those are tried in sys/test/test_zone_file.c).
 */
#include "base/zone.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"

static void put_32(struct buf *b, int64_t n)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		buf_char(b, (char)((uint64_t)n >> shift));
}

static void put_64(struct buf *b, int64_t n)
{
	put_32(b, (int64_t)((uint64_t)n >> 32));
	put_32(b, n);
}

static void put_header(struct buf *b, char version, int times, int types)
{
	buf_lit(b, "TZif");
	buf_char(b, version);
	buf_fill(b, '\0', 15 + 12);
	put_32(b, times);
	put_32(b, types);
	put_32(b, 4);
}

struct change {
	int64_t at;
	int32_t offset; /* from then on */
};

/* A file of version 3: FIRST is the offset before all CHANGES. */
static struct str make_file(struct buf *b, int32_t first,
    const struct change *changes, int count, const char *footer)
{
	buf_init(b, 65536);
	put_header(b, '3', 0, 1);
	buf_fill(b, '\0', 6 + 4);
	put_header(b, '3', count, count + 1);
	for (int i = 0; i < count; i++)
		put_64(b, changes[i].at);
	for (int i = 0; i < count; i++)
		buf_char(b, (char)(i + 1));
	for (int i = 0; i <= count; i++) {
		put_32(b, i > 0 ? changes[i - 1].offset : first);
		buf_fill(b, '\0', 2);
	}
	buf_lit(b, "ABC");
	buf_char(b, '\0');
	buf_printf(b, "\n%s\n", footer);
	assert_int_equal(buf_rc(b), RC_OK);
	return buf_str(b);
}

static const struct zone *make_zone(struct arena *a, int32_t first,
    const struct change *changes, int count, const char *footer)
{
	const struct zone *z = NULL;
	struct err err = {0};
	struct buf b;

	if (zone_parse(a, make_file(&b, first, changes, count, footer), &z,
		&err) != RC_OK)
		fail_msg("%s: %s", footer, err.why);
	buf_done(&b);
	return z;
}

/* What a wall clock in Z shows at the UTC time TEXT. */
static const char *shown(const struct zone *z, const char *text)
{
	static char out[64];
	struct civil c;
	struct buf b;

	assert_int_equal(civil_parse(str_of(text), &c), RC_OK);
	buf_init(&b, sizeof(out));
	civil_rfc3339(&b, zone_civil(z, civil_instant(c)));
	snprintf(out, sizeof(out), "%s", b.p);
	buf_done(&b);
	return out;
}

/* When, in UTC, a wall clock in Z shows TEXT. */
static const char *meant(const struct zone *z, const char *text,
    enum zone_choice choice, enum zone_fit wanted)
{
	static char out[64];
	struct civil c;
	struct instant t;
	struct buf b;

	assert_int_equal(civil_parse(str_of(text), &c), RC_OK);
	assert_int_equal(zone_instant(z, c, choice, &t), wanted);
	buf_init(&b, sizeof(out));
	civil_rfc3339(&b, civil_at(t, 0));
	snprintf(out, sizeof(out), "%s", b.p);
	buf_done(&b);
	return out;
}

static void berlin_changes_its_clocks_as_the_footer_says(void **state)
{
	struct arena *a = arena_new(1 << 16);
	const struct zone *z =
	    make_zone(a, 3600, NULL, 0, "CET-1CEST,M3.5.0,M10.5.0/3");

	(void)state;
	assert_string_equal(
	    shown(z, "2026-03-29T00:59:59Z"), "2026-03-29T01:59:59+01:00");
	assert_string_equal(
	    shown(z, "2026-03-29T01:00:00Z"), "2026-03-29T03:00:00+02:00");
	assert_string_equal(
	    shown(z, "2026-10-25T00:59:59Z"), "2026-10-25T02:59:59+02:00");
	assert_string_equal(
	    shown(z, "2026-10-25T01:00:00Z"), "2026-10-25T02:00:00+01:00");
	assert_string_equal(
	    shown(z, "2999-07-01T12:00:00Z"), "2999-07-01T14:00:00+02:00");
	arena_free(a);
}

static void a_time_in_the_gap_moves_behind_it(void **state)
{
	struct arena *a = arena_new(1 << 16);
	const struct zone *z =
	    make_zone(a, 3600, NULL, 0, "CET-1CEST,M3.5.0,M10.5.0/3");

	(void)state;
	assert_string_equal(
	    meant(z, "2026-03-29 01:59:59", ZONE_EARLIER, ZONE_ONCE),
	    "2026-03-29T00:59:59Z");
	assert_string_equal(
	    meant(z, "2026-03-29 02:00", ZONE_EARLIER, ZONE_GAP),
	    "2026-03-29T01:00:00Z");
	assert_string_equal(meant(z, "2026-03-29 02:30", ZONE_LATER, ZONE_GAP),
	    "2026-03-29T01:30:00Z");
	assert_string_equal(
	    meant(z, "2026-03-29 03:00", ZONE_EARLIER, ZONE_ONCE),
	    "2026-03-29T01:00:00Z");
	arena_free(a);
}

static void a_time_that_comes_twice_can_be_chosen(void **state)
{
	struct arena *a = arena_new(1 << 16);
	const struct zone *z =
	    make_zone(a, 3600, NULL, 0, "CET-1CEST,M3.5.0,M10.5.0/3");

	(void)state;
	assert_string_equal(
	    meant(z, "2026-10-25 02:30", ZONE_EARLIER, ZONE_TWICE),
	    "2026-10-25T00:30:00Z");
	assert_string_equal(
	    meant(z, "2026-10-25 02:30", ZONE_LATER, ZONE_TWICE),
	    "2026-10-25T01:30:00Z");
	assert_string_equal(
	    meant(z, "2026-10-25 01:59:59", ZONE_LATER, ZONE_ONCE),
	    "2026-10-24T23:59:59Z");
	assert_string_equal(meant(z, "2026-10-25 03:00", ZONE_LATER, ZONE_ONCE),
	    "2026-10-25T02:00:00Z");
	arena_free(a);
}

static void changes_in_the_file_come_before_the_footer(void **state)
{
	/* Samoa left out 30 December 2011. */
	static const struct change samoa[] = {
	    {-2445424384, -41216}, {1325239200, 50400}};
	struct arena *a = arena_new(1 << 16);
	const struct zone *z = make_zone(a, 45184, samoa, 2, "<+13>-13");

	(void)state;
	assert_int_equal(zone_offset(z, INSTANT_OF_S(-2445424385)), 45184);
	assert_int_equal(zone_offset(z, INSTANT_OF_S(-2445424384)), -41216);
	assert_int_equal(zone_offset(z, INSTANT_OF_S(1325239199)), -41216);
	assert_int_equal(zone_offset(z, INSTANT_OF_S(1325239200)), 46800);
	assert_int_equal(
	    zone_next_change(z, INSTANT_OF_S(0)).us, 1325239200000000);
	assert_int_equal(
	    zone_next_change(z, INSTANT_OF_S(1325239200)).us, INSTANT_NEVER.us);
	arena_free(a);
}

static void rules_of_every_kind_are_read(void **state)
{
	static const struct {
		const char *footer;
		const char *utc;
		const char *local;
	} cases[] = {
	    {"UTC0", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"},
	    {"<+0545>-5:45", "2026-01-01T00:00:00Z",
		"2026-01-01T05:45:00+05:45"},
	    {"EST5", "2026-01-01T00:00:00Z", "2025-12-31T19:00:00-05:00"},
	    /* south of the equator */
	    {"AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-01-01T00:00:00Z",
		"2026-01-01T11:00:00+11:00"},
	    {"AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-04-04T16:00:00Z",
		"2026-04-05T02:00:00+10:00"},
	    /* "summer" is winter in Ireland */
	    {"IST-1GMT0,M10.5.0,M3.5.0/1", "2026-01-01T00:00:00Z",
		"2026-01-01T00:00:00Z"},
	    {"IST-1GMT0,M10.5.0,M3.5.0/1", "2026-07-01T00:00:00Z",
		"2026-07-01T01:00:00+01:00"},
	    /* all the year: RFC 8536 section 3.3.1 */
	    {"EST5EDT,0/0,J365/25", "2026-01-01T04:00:00Z",
		"2026-01-01T00:00:00-04:00"},
	    {"EST5EDT,0/0,J365/25", "2027-01-01T03:59:59Z",
		"2026-12-31T23:59:59-04:00"},
	    {"EST5EDT,0/0,J365/25", "2028-12-31T12:00:00Z",
		"2028-12-31T08:00:00-04:00"},
	    /* times below zero and above 24 hours */
	    {"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T00:59:59Z",
		"2026-03-28T22:59:59-02:00"},
	    {"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T01:00:00Z",
		"2026-03-29T00:00:00-01:00"},
	    {"EET-2EEST,M3.4.4/50,M10.4.4/50", "2026-03-27T23:59:59Z",
		"2026-03-28T01:59:59+02:00"},
	    {"EET-2EEST,M3.4.4/50,M10.4.4/50", "2026-03-28T00:00:00Z",
		"2026-03-28T03:00:00+03:00"},
	    /* J60 is 1 March always, 59 only without a leap day before it */
	    {"AAA0BBB,J60/0,J61/0", "2024-03-01T12:00:00Z",
		"2024-03-01T13:00:00+01:00"},
	    {"AAA0BBB,J60/0,J61/0", "2024-02-29T12:00:00Z",
		"2024-02-29T12:00:00Z"},
	    {"AAA0BBB,J60/0,J61/0", "2025-03-01T12:00:00Z",
		"2025-03-01T13:00:00+01:00"},
	    {"AAA0BBB,59/0,60/0", "2024-02-29T12:00:00Z",
		"2024-02-29T13:00:00+01:00"},
	    {"AAA0BBB,59/0,60/0", "2025-03-01T12:00:00Z",
		"2025-03-01T13:00:00+01:00"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct arena *a = arena_new(1 << 16);
		const struct zone *z =
		    make_zone(a, 0, NULL, 0, cases[i].footer);

		assert_string_equal(shown(z, cases[i].utc), cases[i].local);
		arena_free(a);
	}
}

static void broken_rules_are_refused(void **state)
{
	static const char *const bad[] = {"X", "CE-1", "CET", "CET-25",
	    "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0",
	    "CET-1CEST,M0.5.0,M10.5.0", "CET-1CEST,M3.0.0,M10.5.0",
	    "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0",
	    "CET-1CEST,J0,J1", "CET-1CEST,J366,J1", "CET-1CEST,366,1",
	    "CET-1CEST,M3.5.0/168,M10.5.0", "CET-1CEST,M3.5.0,M10.5.0/3x",
	    "<CET-1", "CET-1:60", "CET-1CEST,M3.5.0,M10.5.0,", ":Europe/Berlin",
	    "CET-1CEST,M3.5.0/99999999999,M10.5.0", "CET-0001"};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct arena *a = arena_new(1 << 16);
		const struct zone *z = NULL;
		struct buf b;
		struct str file = make_file(&b, 0, NULL, 0, bad[i]);

		if (zone_parse(a, file, &z, NULL) != RC_INVALID || z)
			fail_msg("\"%s\" was read", bad[i]);
		buf_done(&b);
		arena_free(a);
	}
}

static void every_cut_file_is_refused(void **state)
{
	static const struct change changes[] = {{0, 3600}, {10000, 7200}};
	struct buf b;
	struct str file =
	    make_file(&b, 0, changes, 2, "CET-1CEST,M3.5.0,M10.5.0/3");

	(void)state;
	for (size_t n = 0; n < file.n; n++) {
		struct arena *a = arena_new(1 << 16);
		const struct zone *z = NULL;

		assert_int_equal(
		    zone_parse(a, str_part(file, 0, n), &z, NULL), RC_INVALID);
		assert_null(z);
		arena_free(a);
	}
	buf_done(&b);
}

static void tables_that_make_no_sense_are_refused(void **state)
{
	static const struct change descending[] = {{10, 0}, {10, 60}};
	static const struct change far[] = {{10, 93600}};
	static const struct change near[] = {{10, 93599}};
	struct arena *a = arena_new(1 << 16);
	const struct zone *z;
	struct buf b;

	(void)state;
	assert_int_equal(
	    zone_parse(a, make_file(&b, 0, descending, 2, "UTC0"), &z, NULL),
	    RC_INVALID);
	buf_done(&b);
	assert_int_equal(
	    zone_parse(a, make_file(&b, 0, far, 1, "UTC0"), &z, NULL),
	    RC_INVALID);
	buf_done(&b);
	assert_int_equal(
	    zone_parse(a, make_file(&b, 0, near, 1, "UTC0"), &z, NULL), RC_OK);
	/* The one change has a type that is not there. */
	b.p[44 + 10 + 44 + 8] = 2;
	assert_int_equal(zone_parse(a, buf_str(&b), &z, NULL), RC_INVALID);
	buf_done(&b);
	arena_free(a);
}

static void a_spent_arena_is_said(void **state)
{
	struct arena *a = arena_new(8);
	const struct zone *z = NULL;
	struct buf b;

	(void)state;
	assert_int_equal(
	    zone_parse(a, make_file(&b, 0, NULL, 0, "UTC0"), &z, NULL),
	    RC_NO_MEMORY);
	assert_null(z);
	buf_done(&b);
	arena_free(a);
}

static void every_failing_allocation_is_said(void **state)
{
#ifdef FARTHING_DEBUG
	static const struct change changes[] = {{0, 3600}, {10000, 7200}};
	struct buf b;
	struct str file = make_file(&b, 0, changes, 2, "UTC0");
	enum rc rc = RC_NO_MEMORY;
	unsigned long n = 1;

	for (; rc != RC_OK; n++) {
		struct arena *a = arena_new(1 << 16);
		const struct zone *z = NULL;
		struct err err;

		arena_fail_after(n);
		rc = zone_parse(a, file, &z, &err);
		arena_fail_after(0);
		assert_true(rc == RC_OK || (rc == RC_NO_MEMORY && !z));
		arena_free(a);
	}
	assert_true(n > 3);
	buf_done(&b);
#endif
	(void)state;
}

static void utc_never_changes(void **state)
{
	(void)state;
	assert_int_equal(zone_offset(zone_utc(), INSTANT_OF_S(1e9)), 0);
	assert_int_equal(
	    zone_next_change(zone_utc(), INSTANT_OF_S(0)).us, INSTANT_NEVER.us);
	assert_string_equal(
	    meant(zone_utc(), "2026-03-29 02:30", ZONE_LATER, ZONE_ONCE),
	    "2026-03-29T02:30:00Z");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(berlin_changes_its_clocks_as_the_footer_says),
	    cmocka_unit_test(a_time_in_the_gap_moves_behind_it),
	    cmocka_unit_test(a_time_that_comes_twice_can_be_chosen),
	    cmocka_unit_test(changes_in_the_file_come_before_the_footer),
	    cmocka_unit_test(rules_of_every_kind_are_read),
	    cmocka_unit_test(broken_rules_are_refused),
	    cmocka_unit_test(every_cut_file_is_refused),
	    cmocka_unit_test(tables_that_make_no_sense_are_refused),
	    cmocka_unit_test(a_spent_arena_is_said),
	    cmocka_unit_test(every_failing_allocation_is_said),
	    cmocka_unit_test(utc_never_changes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
