/* SPDX-License-Identifier: MIT
 *
 * The timing wheel, against a list of timers that is looked through.
 */
#include "sys/wheel.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "sys/loop.h"

enum { TIMERS = 300, STEPS = 60000 };

static struct wheel wheel;

struct known {
	struct timer timer;
	uint64_t due; /* WHEEL_NEVER: not armed */
	unsigned calls;
};

static struct known known[TIMERS];

static void fire(struct timer *t)
{
	struct known *k = LOOP_OWNER(t, struct known, timer);

	assert_true(k->due <= wheel.tick);
	assert_false(timer_is_armed(t));
	k->due = WHEEL_NEVER;
	k->calls++;
}

static uint64_t random_next(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return *seed >> 24;
}

/* Spans of every length, as the levels have them. */
static uint64_t random_span(uint64_t *seed)
{
	return random_next(seed) &
	       (((uint64_t)1 << random_next(seed) % 26) - 1);
}

static uint64_t first_due(uint64_t *ret_armed)
{
	uint64_t first = WHEEL_NEVER;

	*ret_armed = 0;
	for (size_t i = 0; i < TIMERS; i++) {
		if (known[i].due == WHEEL_NEVER)
			continue;
		++*ret_armed;
		if (known[i].due < first)
			first = known[i].due;
	}
	return first;
}

static void check_wheel(void)
{
	uint64_t armed;
	uint64_t first = first_due(&armed);
	uint64_t next = wheel_next(&wheel);

	assert_true(wheel.armed == armed);
	assert_true(first == WHEEL_NEVER
			? next == WHEEL_NEVER
			: next <= first || first <= wheel.tick);
	assert_true(next > wheel.tick || first <= wheel.tick);
}

static void every_timer_is_called_in_its_turn(void **state)
{
	uint64_t seed = 1511;

	(void)state;
	printf("seed %llu\n", (unsigned long long)seed);
	wheel_init(&wheel);
	for (size_t i = 0; i < TIMERS; i++)
		known[i] = (struct known){.timer.fn = fire, .due = WHEEL_NEVER};
	for (unsigned step = 0; step < STEPS; step++) {
		struct known *k = &known[random_next(&seed) % TIMERS];
		uint64_t what = random_next(&seed) % 10;

		if (what < 6) {
			k->due = wheel.tick + random_span(&seed);
			wheel_arm(&wheel, &k->timer, k->due);
			assert_true(timer_is_armed(&k->timer));
		} else if (what < 8) {
			k->due = WHEEL_NEVER;
			wheel_cancel(&wheel, &k->timer);
			assert_false(timer_is_armed(&k->timer));
		} else if (what == 8 && wheel_next(&wheel) != WHEEL_NEVER) {
			wheel_turn(&wheel, wheel_next(&wheel));
		} else {
			wheel_turn(
			    &wheel, wheel.tick + random_span(&seed) / 64);
		}
		if (what >= 8)
			for (size_t i = 0; i < TIMERS; i++)
				assert_true(known[i].due > wheel.tick);
		if (step % 16 == 0)
			check_wheel();
	}
	wheel_turn(&wheel, WHEEL_LAST);
	for (size_t i = 0; i < TIMERS; i++)
		assert_true(known[i].due == WHEEL_NEVER && known[i].calls > 0);
	assert_true(wheel.armed == 0 && wheel_next(&wheel) == WHEEL_NEVER);
}

struct chained {
	struct timer timer;
	struct timer *victim;
	unsigned calls;
};

static void again(struct timer *t)
{
	struct chained *c = LOOP_OWNER(t, struct chained, timer);

	c->calls++;
	wheel_arm(&wheel, t, wheel.tick);
	if (c->victim)
		wheel_cancel(&wheel, c->victim);
}

static void a_timer_may_arm_itself_and_cancel_its_neighbours(void **state)
{
	struct chained a = {.timer.fn = again};
	struct chained b = {.timer.fn = again};

	(void)state;
	a.victim = &b.timer;
	b.victim = &a.timer;
	wheel_init(&wheel);
	wheel_arm(&wheel, &a.timer, 5);
	wheel_arm(&wheel, &b.timer, 5);
	wheel_turn(&wheel, 5);
	/* One of the two, once: armed for now means the next turn. */
	assert_int_equal(a.calls + b.calls, 1);
	assert_true(wheel_next(&wheel) == 5);
	wheel_turn(&wheel, 5);
	assert_int_equal(a.calls + b.calls, 2);
	wheel_cancel(&wheel, &a.timer);
	wheel_cancel(&wheel, &b.timer);
	assert_true(wheel.armed == 0 && wheel_next(&wheel) == WHEEL_NEVER);
}

static void a_cancelled_timer_wakes_nobody(void **state)
{
	struct chained a = {.timer.fn = again};
	struct chained b = {.timer.fn = again};

	(void)state;
	wheel_init(&wheel);
	for (uint64_t due = 1; due < WHEEL_LAST; due *= 5) {
		wheel_arm(&wheel, &a.timer, due);
		wheel_arm(&wheel, &b.timer, due);
		wheel_cancel(&wheel, &a.timer);
		assert_true(wheel_next(&wheel) <= due);
		wheel_cancel(&wheel, &b.timer);
		assert_true(wheel_next(&wheel) == WHEEL_NEVER);
	}
}

static void beyond_the_last_tick_is_the_last_tick(void **state)
{
	struct chained a = {.timer.fn = again};

	(void)state;
	wheel_init(&wheel);
	wheel_arm(&wheel, &a.timer, UINT64_MAX);
	wheel_turn(&wheel, WHEEL_LAST - 1);
	assert_int_equal(a.calls, 0);
	wheel_turn(&wheel, UINT64_MAX);
	assert_int_equal(a.calls, 1);
}

static void a_timer_is_small(void **state)
{
	(void)state;
	assert_true(sizeof(struct timer) <= 32);
	assert_true(sizeof(struct watch) <= 16);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_timer_is_called_in_its_turn),
	    cmocka_unit_test(a_timer_may_arm_itself_and_cancel_its_neighbours),
	    cmocka_unit_test(a_cancelled_timer_wakes_nobody),
	    cmocka_unit_test(beyond_the_last_tick_is_the_last_tick),
	    cmocka_unit_test(a_timer_is_small),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
