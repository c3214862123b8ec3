/* SPDX-License-Identifier: MIT
 *
 * The table of readers: counts, rates, and that it neither mixes readers up
 * nor fills for ever.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "http/limits.h"
#include "sys/random.h"

#define DAY_US (INT64_C(86400) * 1000000)

static struct limits *table(unsigned connections, unsigned rate, unsigned burst)
{
	assert_int_equal(random_start(), RC_OK);
	return limits_new(&(struct limits_config){.connections = connections,
	    .requests_per_s = rate,
	    .requests_burst = burst});
}

static void connections_are_counted_for_each_reader(void **state)
{
	struct limits *l = table(2, 0, 0);
	limits_slot a = 0;
	limits_slot b = 0;

	(void)state;
	assert_int_equal(limits_open(l, 1, 0, &a), RC_OK);
	assert_int_equal(limits_open(l, 1, 0, &a), RC_OK);
	assert_int_equal(limits_open(l, 1, 0, &a), RC_LIMIT);
	assert_int_equal(limits_open(l, 2, 0, &b), RC_OK);
	assert_int_not_equal(a, b);
	limits_close(l, a);
	assert_int_equal(limits_open(l, 1, 0, &a), RC_OK);
	limits_close(l, LIMITS_NOBODY);
	limits_free(l);
}

static void the_rate_holds_over_time(void **state)
{
	struct limits *l = table(0, 10, 5);
	unsigned let = 0;

	(void)state;
	/* A thousand a second for ten seconds. */
	for (int64_t t = 0; t < 10000; t++)
		let += limits_request_of(l, 7, t * 1000);
	assert_in_range(let, 100 + 4, 100 + 7);
	/* Another one is not touched by it. */
	assert_true(limits_request_of(l, 8, 10000000));
	/* One who waits has all of the burst again, and no more. */
	let = 0;
	for (int i = 0; i < 100; i++)
		let += limits_request_of(l, 7, INT64_C(100000000));
	assert_int_equal(let, 6);
	limits_free(l);
}

static void a_full_table_counts_nobody_wrongly(void **state)
{
	struct limits *l = table(1, 0, 0);
	limits_slot first = 0;
	unsigned uncounted = 0;

	(void)state;
	assert_int_equal(limits_open(l, 1, 0, &first), RC_OK);
	for (uint64_t key = 2; key < 60000; key++) {
		limits_slot slot = 0;

		/* Each is a reader of its own: none may be refused. */
		assert_int_equal(limits_open(l, key, 0, &slot), RC_OK);
		assert_int_not_equal(slot, first);
		uncounted += slot == LIMITS_NOBODY;
	}
	assert_true(uncounted > 0);
	assert_int_equal(limits_open(l, 1, 0, &first), RC_LIMIT);
	limits_free(l);
}

static void yesterday_is_forgotten(void **state)
{
	struct limits *l = table(1, 0, 0);
	limits_slot old = 0;
	limits_slot now = 0;

	(void)state;
	assert_int_equal(limits_open(l, 1, 0, &old), RC_OK);
	assert_int_equal(limits_open(l, 1, DAY_US - 1, &now), RC_LIMIT);
	assert_int_equal(limits_open(l, 1, DAY_US, &now), RC_OK);
	limits_close(l, old);
	limits_close(l, now);
	limits_free(l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(connections_are_counted_for_each_reader),
	    cmocka_unit_test(the_rate_holds_over_time),
	    cmocka_unit_test(a_full_table_counts_nobody_wrongly),
	    cmocka_unit_test(yesterday_is_forgotten),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
