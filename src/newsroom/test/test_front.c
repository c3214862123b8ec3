/* SPDX-License-Identifier: MIT
 *
 * Moving stories about on the front page, and moments that a clock skips.
 */
#include "newsroom/front.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/zone.h"
#include "newsroom/moment.h"

static const struct http_form_limits limits = {
    .fields_max = 100, .value_max = 1000};

static struct arrangement plan_of(struct arena *a, const char *query)
{
	struct http_long_form form;
	struct arrangement plan;

	assert_int_equal(
	    http_long_form_read(a, str_of(query), &limits, &form), RC_OK);
	(void)arrangement_read(&form, &plan);
	return plan;
}

/* "1:7 2:8 2:9" */
static void assert_plan(const struct arrangement *plan, const char *want)
{
	char text[1024];
	struct buf b;

	buf_init(&b, sizeof(text));
	for (size_t i = 0; i < plan->n; i++)
		buf_printf(&b, "%s%d:%lld", i ? " " : "", (int)plan->v[i].slot,
		    (long long)plan->v[i].story);
	assert_true(b.n < sizeof(text));
	memcpy(text, b.p ? b.p : "", b.n);
	text[b.n] = '\0';
	buf_done(&b);
	assert_string_equal(text, want);
}

static void an_arrangement_is_read_by_slot(void **state)
{
	struct arena *a = arena_new(1 << 20);
	struct arrangement plan = plan_of(
	    a, "row_0=2%3A8&row_1=1%3A7&row_2=3%3A8&row_3=4%3A1&row_4=x");

	(void)state;
	/* One story stands in it once, and there are three slots. */
	assert_plan(&plan, "1:7 2:8");
	assert_false(arrangement_read(&(struct http_long_form){0}, &plan));
	assert_int_equal(plan.n, 0);
	arena_free(a);
}

static void rows_move_and_full_slots_hand_their_last_one_down(void **state)
{
	struct arena *a = arena_new(1 << 20);
	struct arrangement plan = plan_of(a,
	    "row_0=1%3A1&row_1=2%3A2&row_2=2%3A3&row_3=2%3A4&row_4=2%3A5"
	    "&row_5=3%3A6");

	(void)state;
	arrangement_do(&plan, STR("up:2"));
	assert_plan(&plan, "1:1 2:3 2:2 2:4 2:5 3:6");
	/* Not out of its slot. */
	arrangement_do(&plan, STR("up:1"));
	arrangement_do(&plan, STR("down:4"));
	assert_plan(&plan, "1:1 2:3 2:2 2:4 2:5 3:6");
	/* The lead before stands beside the new one, and of the five there the
	 * last becomes a brief. */
	arrangement_do(&plan, STR("add-lead:9"));
	assert_plan(&plan, "1:9 2:1 2:3 2:2 2:4 3:5 3:6");
	arrangement_do(&plan, STR("lead:6"));
	assert_plan(&plan, "1:6 2:9 2:1 2:3 2:2 3:4 3:5");
	arrangement_do(&plan, STR("out:0"));
	assert_plan(&plan, "2:9 2:1 2:3 2:2 3:4 3:5");
	/* What is not understood does nothing. */
	arrangement_do(&plan, STR("out:99"));
	arrangement_do(&plan, STR("up:0"));
	arrangement_do(&plan, STR("explode:1"));
	arrangement_do(&plan, STR("add-lead:9"));
	arrangement_do(&plan, STR("add-lead:0"));
	arrangement_do(&plan, STR(""));
	arrangement_do(&plan, STR_NONE);
	assert_plan(&plan, "2:9 2:1 2:3 2:2 3:4 3:5");
	arena_free(a);
}

static void no_arrangement_grows_beyond_its_places(void **state)
{
	struct arrangement plan = {.n = 0};

	(void)state;
	for (int64_t i = 1; i <= 100; i++) {
		struct arena *a = arena_new(4096);
		struct str what =
		    arena_printf(a, "add-lead:%lld", (long long)i);

		arrangement_do(&plan, what);
		arena_free(a);
		assert_true(plan.n <= PAPER_PLACED_MOST);
		assert_int_equal(plan.v[0].story, i);
		assert_int_equal(plan.v[0].slot, PAPER_LEAD);
	}
	assert_int_equal(plan.n, PAPER_PLACED_MOST);
}

static void what_is_written_is_read_again(void **state)
{
	struct arena *a = arena_new(1 << 20);
	struct arrangement
	    plan = plan_of(
		a, "row_0=1%3A7&until_0=2026-11-28T06%3A00&row_1=2%3A8"),
	    again;
	struct buf b;

	(void)state;
	buf_init_arena(&b, a, 4096);
	arrangement_write(&b, &plan);
	buf_char(&b, '\0');
	again = plan_of(a, b.p);
	assert_plan(&again, "1:7 2:8");
	assert_true(str_eq(again.v[0].until, STR("2026-11-28T06:00")));
	assert_int_equal(again.v[1].until.n, 0);
	arena_free(a);
}

static void moments_without_a_clock_change_are_what_they_say(void **state)
{
	struct moment m =
	    moment_read(zone_utc(), STR("2026-11-28"), STR("06:00"), STR_NONE);

	(void)state;
	assert_int_equal(m.fit, MOMENT_OK);
	assert_int_equal(instant_s(m.at), 1795845600);
	m = moment_read_both(zone_utc(), STR(" 2026-11-28T06:00 "), STR_NONE);
	assert_int_equal(m.fit, MOMENT_OK);
	assert_int_equal(instant_s(m.at), 1795845600);
}

static void what_is_no_moment_is_none(void **state)
{
	static const char *const bad[][2] = {{"2026-11-28", ""}, {"", "06:00"},
	    {"2026-02-30", "06:00"}, {"2026-11-28", "25:00"},
	    {"tomorrow", "noon"}, {"2026-11-28", "06:00Z"},
	    {"2026-11-28", "06:00+01:00"},
	    {"2026-11-28", "06:00 and more than fits in here"}};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(moment_read(zone_utc(), str_of(bad[i][0]),
				     str_of(bad[i][1]), STR_NONE)
				     .fit,
		    MOMENT_FAULTY);
	assert_int_equal(
	    moment_read(zone_utc(), STR(" "), STR(""), STR_NONE).fit,
	    MOMENT_EMPTY);
	assert_int_equal(
	    moment_read_both(zone_utc(), STR_NONE, STR_NONE).fit, MOMENT_EMPTY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_arrangement_is_read_by_slot),
	    cmocka_unit_test(rows_move_and_full_slots_hand_their_last_one_down),
	    cmocka_unit_test(no_arrangement_grows_beyond_its_places),
	    cmocka_unit_test(what_is_written_is_read_again),
	    cmocka_unit_test(moments_without_a_clock_change_are_what_they_say),
	    cmocka_unit_test(what_is_no_moment_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
