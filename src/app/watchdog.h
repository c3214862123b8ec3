/* SPDX-License-Identifier: MIT
 *
 * A process that hangs is as bad as one that has died, and nobody is told of
 * it. So each child that does its work writes the time into the shared page
 * again and again, and the supervisor kills one in place that has not done so
 * for "watchdog_seconds" of its settings; what then happens is what happens to
 * any that die. A child that a debugger holds is left alone.
 *
 * The watch, which speaks with strangers and so gets no part of the page, says
 * that it is alive to the till, once a second, and the till writes that down
 * for it. How long it has been silent is counted up to the till's own last
 * beat: a till that hangs hears nobody, and that is no fault of the watch.
 *
 * The clock is the monotonic one: what a machine sleeps is not counted.
 */
#ifndef APP_WATCHDOG_H
#define APP_WATCHDOG_H

#include <stdint.h>

#include "app/shared.h"
#include "sys/loop.h"

struct child_order;
struct supervisor;

/* The child's side. */
struct heartbeat {
	struct loop *loop;
	metric *at;
	struct timer timer;
};

/* Beats from now on whenever LOOP turns, until it is freed. */
void heartbeat_start(struct heartbeat *h, struct loop *loop,
    struct shared *shared, const struct child_order *order);
/* Beats once, H being a heartbeat; for work that keeps the loop waiting. */
void heartbeat_once(void *h);

/* The supervisor's side. */
struct watchdog {
	struct supervisor *s;
	struct timer timer;
	int64_t looked_ns;
};

void watchdog_start(struct watchdog *w, struct supervisor *s);

#endif
