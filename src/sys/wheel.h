/* SPDX-License-Identifier: MIT
 *
 * Timers for deadlines: tens of thousands of them, armed and cancelled far
 * more often than they fire. A timer is a small struct inside its owner;
 * arming and cancelling take constant time and no memory.
 *
 * Pure: a wheel is told the time, in ticks of whatever length. The event loop
 * (sys/loop.h) has one that it turns by the clock; owners arm their timers
 * there.
 */
#ifndef SYS_WHEEL_H
#define SYS_WHEEL_H

#include <stdbool.h>
#include <stdint.h>

struct timer;
typedef void timer_fn(struct timer *t);

/* Zeroed memory with FN set is a timer that is not armed. It must not be
 * freed or moved while armed. */
struct timer {
	timer_fn *fn;	     /* called when it is due; it is disarmed then */
	struct timer *next;  /* private */
	struct timer **link; /* private: what points here; NULL: not armed */
	uint64_t due;	     /* private: a tick */
};

enum { WHEEL_BITS = 6, WHEEL_SLOTS = 1 << WHEEL_BITS, WHEEL_LEVELS = 6 };

/* The last tick of a wheel's life: 21 years of 10 ms. */
#define WHEEL_LAST  (((uint64_t)1 << (WHEEL_BITS * WHEEL_LEVELS)) - 1)
#define WHEEL_NEVER UINT64_MAX

struct wheel {
	uint64_t tick;		       /* the time now; read freely */
	uint64_t armed;		       /* how many timers; read freely */
	struct timer *expired;	       /* private: due, not yet called */
	uint64_t filled[WHEEL_LEVELS]; /* private: a bit for each slot */
	struct timer *slots[WHEEL_LEVELS][WHEEL_SLOTS]; /* private */
};

/* A wheel at tick 0 without timers. */
void wheel_init(struct wheel *w);
/* Has T called at tick DUE, or at the next turn if that has passed; later
 * than WHEEL_LAST means WHEEL_LAST. A timer that is armed is moved. */
void wheel_arm(struct wheel *w, struct timer *t, uint64_t due);
/* T will not be called. Nothing happens if it is not armed. */
void wheel_cancel(struct wheel *w, struct timer *t);
bool timer_is_armed(const struct timer *t);
/* Moves the time to TICK (never backwards) and calls all timers due by then.
 * They may arm and cancel any timer, themselves too; one armed for now is
 * called in the next turn. Not to be called from a timer. */
void wheel_turn(struct wheel *w, uint64_t tick);
/* The tick at which wheel_turn must be called next, at the latest; it may come
 * before the first timer is due, but is always later than w->tick unless one
 * is due already. WHEEL_NEVER if no timer is armed. */
uint64_t wheel_next(const struct wheel *w);

#endif
