/* SPDX-License-Identifier: MIT
 *
 * An alarm rings at a given instant of the wall clock, exactly (a timer of
 * the loop is coarse, and counts a time span): for a story that appears at
 * 06:00:00. When the clock is set, forwards or backwards, it rings at once,
 * so that its owner can look what the time is now and set it again.
 */
#ifndef SYS_ALARM_H
#define SYS_ALARM_H

#include "sys/loop.h"

struct alarm;
typedef void alarm_fn(struct loop *l, struct alarm *alarm);

struct alarm {
	alarm_fn *fn;	    /* the time has come, or the clock was set: ask
				   loop_now, and alarm_set again */
	struct watch watch; /* private */
};

/* An alarm that is not set. It is freed by alarm_done, before the loop. */
MUST_USE enum rc alarm_init(
    struct alarm *alarm, struct loop *l, alarm_fn *fn, struct err *err);
/* Nothing happens if ALARM is zeroed memory. */
void alarm_done(struct alarm *alarm, struct loop *l);
/* Rings at WHEN instead of any earlier setting; if that has passed, at the
 * next turn. INSTANT_NEVER: not by itself, but still when the clock is set. */
void alarm_set(struct alarm *alarm, struct instant when);

#endif
