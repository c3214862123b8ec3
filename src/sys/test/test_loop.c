/* SPDX-License-Identifier: MIT
 *
 * The event loop, its timers and alarms.
 */
#include "sys/loop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>
#include <cmocka.h>

#include "sys/alarm.h"
#include "sys/clock.h"

static struct loop *new_loop(void)
{
	struct loop *l;
	struct err err;

	assert_int_equal(loop_new(&l, &err), RC_OK);
	return l;
}

struct end {
	struct watch watch;
	struct end *other; /* to be unwatched by this one */
	unsigned calls;
	unsigned events;
};

static void count_call(struct loop *l, struct watch *w, unsigned events)
{
	struct end *e = LOOP_OWNER(w, struct end, watch);

	e->calls++;
	e->events = events;
	if (e->other) {
		loop_unwatch(l, &e->other->watch);
		loop_unwatch(l, &e->watch);
	}
}

static void a_readable_descriptor_is_told_until_read(void **state)
{
	struct loop *l = new_loop();
	struct end e = {0};
	char c;
	int p[2];

	(void)state;
	assert_int_equal(pipe(p), 0);
	assert_int_equal(
	    loop_watch(l, &e.watch, p[0], LOOP_READ, count_call), RC_OK);
	loop_turn(l, 0);
	assert_int_equal(e.calls, 0);
	assert_int_equal(write(p[1], "x", 1), 1);
	loop_turn(l, 1000);
	loop_turn(l, 1000);
	assert_int_equal(e.calls, 2);
	assert_int_equal(e.events, LOOP_READ);
	loop_rewatch(l, &e.watch, 0);
	loop_turn(l, 0);
	assert_int_equal(e.calls, 2);
	loop_rewatch(l, &e.watch, LOOP_READ);
	loop_turn(l, 0);
	assert_int_equal(e.calls, 3);
	assert_int_equal(read(p[0], &c, 1), 1);
	loop_turn(l, 0);
	assert_int_equal(e.calls, 3);
	close(p[1]);
	loop_turn(l, 0);
	assert_int_equal(e.events, LOOP_HANGUP);
	loop_unwatch(l, &e.watch);
	loop_unwatch(l, &e.watch);
	close(p[0]);
	loop_free(l);
}

static void a_watch_removed_by_an_earlier_event_is_not_called(void **state)
{
	struct loop *l = new_loop();
	struct end a = {0}, b = {0};
	int p[2], q[2];

	(void)state;
	a.other = &b;
	b.other = &a;
	assert_int_equal(pipe(p), 0);
	assert_int_equal(pipe(q), 0);
	assert_int_equal(
	    loop_watch(l, &a.watch, p[0], LOOP_READ, count_call), RC_OK);
	assert_int_equal(
	    loop_watch(l, &b.watch, q[0], LOOP_READ, count_call), RC_OK);
	assert_int_equal(write(p[1], "x", 1), 1);
	assert_int_equal(write(q[1], "x", 1), 1);
	loop_turn(l, 1000);
	assert_int_equal(a.calls + b.calls, 1);
	for (int i = 0; i < 2; i++) {
		close(p[i]);
		close(q[i]);
	}
	loop_free(l);
}

static void a_plain_file_cannot_be_watched(void **state)
{
	struct loop *l = new_loop();
	struct end e = {0};
	FILE *f = tmpfile();

	(void)state;
	assert_non_null(f);
	assert_int_equal(
	    loop_watch(l, &e.watch, fileno(f), LOOP_READ, count_call),
	    RC_INVALID);
	loop_unwatch(l, &e.watch);
	fclose(f);
	loop_free(l);
}

struct bell {
	struct timer timer;
	struct loop *loop;
	int64_t rung_ns;
};

static void ring(struct timer *t)
{
	struct bell *b = LOOP_OWNER(t, struct bell, timer);

	b->rung_ns = clock_ns();
	loop_stop(b->loop);
}

static void a_timer_is_never_early_and_little_late(void **state)
{
	static const unsigned delays[] = {0, 1, 9, 10, 11, 35, 60};
	struct loop *l = new_loop();

	(void)state;
	for (size_t i = 0; i < sizeof(delays) / sizeof(*delays); i++) {
		struct bell b = {.timer.fn = ring, .loop = l};
		int64_t start_ns;
		int64_t took_ns;

		loop_turn(l, 0);
		start_ns = loop_ns(l);
		loop_arm(l, &b.timer, delays[i]);
		loop_run(l);
		took_ns = b.rung_ns - start_ns;
		assert_true(took_ns >= (int64_t)delays[i] * 1000000);
		/* 10 ms are promised; a busy machine gets more. */
		assert_true(took_ns < (int64_t)delays[i] * 1000000 + 500000000);
	}
	loop_free(l);
}

struct note {
	struct deferred deferred;
	unsigned calls;
	bool goes_on;
};

static void take_note(struct loop *l, struct deferred *d)
{
	struct note *n = LOOP_OWNER(d, struct note, deferred);

	n->calls++;
	if (n->goes_on)
		loop_defer(l, d);
}

static void a_deferred_call_comes_once_and_keeps_the_loop_awake(void **state)
{
	struct loop *l = new_loop();
	struct note once = {.deferred.fn = take_note};
	struct note again = {.deferred.fn = take_note, .goes_on = true};
	struct note never = {.deferred.fn = take_note};

	(void)state;
	loop_defer(l, &once.deferred);
	loop_defer(l, &never.deferred);
	loop_defer(l, &once.deferred);
	loop_defer(l, &again.deferred);
	loop_undefer(l, &never.deferred);
	loop_turn(l, -1);
	assert_int_equal(once.calls, 1);
	assert_int_equal(again.calls, 1);
	loop_turn(l, -1);
	assert_int_equal(once.calls, 1);
	assert_int_equal(again.calls, 2);
	assert_int_equal(never.calls, 0);
	loop_undefer(l, &again.deferred);
	loop_defer(l, &never.deferred);
	loop_turn(l, -1);
	assert_int_equal(never.calls, 1);
	assert_int_equal(again.calls, 2);
	loop_free(l);
}

static void count_hook(struct loop *l, void *ctx)
{
	(void)l;
	++*(unsigned *)ctx;
}

static void hooks_run_once_a_turn(void **state)
{
	struct loop *l = new_loop();
	unsigned a = 0, b = 0;

	(void)state;
	loop_before_sleep(l, count_hook, &a);
	loop_before_sleep(l, count_hook, &b);
	loop_turn(l, 0);
	loop_turn(l, 0);
	assert_int_equal(a, 2);
	assert_int_equal(b, 2);
	loop_free(l);
}

static void keep_signal(struct loop *l, void *ctx, int signo)
{
	*(int *)ctx = signo;
	loop_stop(l);
}

static void a_signal_is_an_event(void **state)
{
	static const int wanted[] = {SIGUSR1, SIGUSR2};
	struct loop *l = new_loop();
	int seen = 0;

	(void)state;
	assert_int_equal(
	    loop_signals(l, wanted, 2, keep_signal, &seen, NULL), RC_OK);
	assert_int_equal(kill(getpid(), SIGUSR2), 0);
	loop_run(l);
	assert_int_equal(seen, SIGUSR2);
	loop_free(l);
}

struct clock_bell {
	struct alarm alarm;
	unsigned calls;
	struct instant when;
};

static void clock_ring(struct loop *l, struct alarm *alarm)
{
	struct clock_bell *b = LOOP_OWNER(alarm, struct clock_bell, alarm);

	b->calls++;
	b->when = clock_now();
	loop_stop(l);
}

static void an_alarm_rings_at_its_instant(void **state)
{
	struct loop *l = new_loop();
	struct clock_bell b = {0};
	struct instant when = {clock_now().us + 30000};

	(void)state;
	assert_int_equal(alarm_init(&b.alarm, l, clock_ring, NULL), RC_OK);
	loop_turn(l, 0);
	assert_int_equal(b.calls, 0);
	alarm_set(&b.alarm, when);
	loop_run(l);
	assert_int_equal(b.calls, 1);
	assert_true(b.when.us >= when.us);
	assert_true(loop_now(l).us >= when.us);
	assert_true(b.when.us < when.us + 500000);
	/* What has passed rings at once, and only once. */
	alarm_set(&b.alarm, INSTANT_OF_S(-5));
	loop_run(l);
	loop_turn(l, 20);
	assert_int_equal(b.calls, 2);
	alarm_set(&b.alarm, INSTANT_NEVER);
	loop_turn(l, 20);
	assert_int_equal(b.calls, 2);
	alarm_done(&b.alarm, l);
	loop_free(l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_readable_descriptor_is_told_until_read),
	    cmocka_unit_test(a_watch_removed_by_an_earlier_event_is_not_called),
	    cmocka_unit_test(a_plain_file_cannot_be_watched),
	    cmocka_unit_test(a_timer_is_never_early_and_little_late),
	    cmocka_unit_test(
		a_deferred_call_comes_once_and_keeps_the_loop_awake),
	    cmocka_unit_test(hooks_run_once_a_turn),
	    cmocka_unit_test(a_signal_is_an_event),
	    cmocka_unit_test(an_alarm_rings_at_its_instant),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
