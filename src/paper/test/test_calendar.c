/* SPDX-License-Identifier: MIT
 *
 * The calendar: what appeared, what is to appear, and what is held back.
 */
#include "paper/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "paper/paper_priv.h"
#include "paper/test/desk_fixture.h"

static const int64_t HOUR_US = INT64_C(3600000000);

static int64_t hold_back(struct desk *d, const char *headline, int64_t us)
{
	struct manuscript m = {
	    .headline = str_of(headline), .has_embargo = true};
	struct paper_edit edit = {.manuscript = &m, .now = d->now};
	int64_t id = 0;

	m.embargo = civil_at((struct instant){us}, 0);
	desk_ok(d, paper_save(d->paper, &edit, &id, NULL, &d->err));
	return id;
}

static struct paper_date *dates(
    struct desk *d, int64_t from_us, int64_t to_us, size_t *ret_n)
{
	struct paper_date *v = NULL;

	desk_ok(d, paper_dates(d->paper, d->a, (struct instant){from_us},
		       (struct instant){to_us}, &v, ret_n, &d->err));
	return v;
}

static void all_three_kinds_stand_in_order_of_time(void **state)
{
	struct desk *d = *state;
	int64_t now = d->now.us;
	int64_t out = desk_publish(d, "Out", "News", "Ada Quay");
	int64_t due = desk_save(d, 0, "Due", "News", "Ada Quay");
	int64_t held = hold_back(d, "Held", now + 2 * HOUR_US);
	struct paper_date *v;
	size_t n;

	desk_ok(
	    d, paper_schedule(d->paper, due,
		   (struct instant){now + 3 * HOUR_US}, d->now, NULL, &d->err));
	desk_apply(d);
	v = dates(d, now - HOUR_US, now + 10 * HOUR_US, &n);
	assert_int_equal(n, 3);
	assert_int_equal(v[0].kind, PAPER_DATE_PUBLISHED);
	assert_int_equal(v[0].story.id, out);
	assert_int_equal(v[1].kind, PAPER_DATE_EMBARGO);
	assert_int_equal(v[1].story.id, held);
	assert_int_equal(v[1].at.us, now + 2 * HOUR_US);
	assert_int_equal(v[2].kind, PAPER_DATE_SCHEDULED);
	assert_int_equal(v[2].story.id, due);
	desk_text(v[2].story.headline, "Due");
}

static void a_range_has_its_begin_and_not_its_end(void **state)
{
	struct desk *d = *state;
	int64_t now = d->now.us;
	size_t n;

	(void)hold_back(d, "Held", now + HOUR_US);
	(void)dates(d, now + HOUR_US, now + HOUR_US + 1, &n);
	assert_int_equal(n, 1);
	(void)dates(d, now, now + HOUR_US, &n);
	assert_int_equal(n, 0);
	(void)dates(d, now + HOUR_US + 1, INT64_MAX, &n);
	assert_int_equal(n, 0);
}

static void what_was_withdrawn_or_scheduled_is_named_once(void **state)
{
	struct desk *d = *state;
	int64_t now = d->now.us;
	int64_t out = desk_publish(d, "Out", "News", "Ada Quay");
	int64_t held = hold_back(d, "Held", now + HOUR_US);
	struct paper_date *v;
	size_t n;

	desk_ok(d, paper_publish(d->paper, held, d->now, NULL, &d->err));
	desk_ok(d, paper_withdraw(d->paper, out, STR("x"), d->now, &d->err));
	desk_apply(d);
	v = dates(d, now - HOUR_US, now + 2 * HOUR_US, &n);
	assert_int_equal(n, 1);
	assert_int_equal(v[0].kind, PAPER_DATE_SCHEDULED);
	assert_int_equal(v[0].story.id, held);
}

static void without_memory_there_is_no_calendar(void **state)
{
	struct desk *d = *state;
	enum rc rc = RC_NO_MEMORY;
	size_t n = 0;

	(void)desk_publish(d, "Out", "News", "Ada Quay");
	desk_apply(d);
	for (unsigned long at = 1; rc != RC_OK; at++) {
		struct arena *a = arena_new(4 << 20);
		struct paper_date *v = NULL;

		assert_true(at < 1000);
		arena_fail_after(at);
		rc = paper_dates(d->paper, a, (struct instant){0},
		    INSTANT_NEVER, &v, &n, &d->err);
		arena_fail_after(0);
		if (rc != RC_OK)
			assert_int_equal(rc, RC_NO_MEMORY);
		arena_free(a);
	}
	assert_int_equal(n, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    desk_test(all_three_kinds_stand_in_order_of_time),
	    desk_test(a_range_has_its_begin_and_not_its_end),
	    desk_test(what_was_withdrawn_or_scheduled_is_named_once),
	    desk_test(without_memory_there_is_no_calendar),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
