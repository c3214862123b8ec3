/* SPDX-License-Identifier: MIT
 *
 * The event loop: waits for descriptors, deadlines and signals, and calls the
 * functions that asked for them. One thread, one loop; everything here is
 * called from that thread.
 *
 * What is waited for is a small struct inside its owner, so that waiting takes
 * no memory of its own; the callback finds its owner with LOOP_OWNER:
 *
 *	struct connection { struct watch watch; struct timer deadline; ... };
 *
 *	static void readable(struct loop *l, struct watch *w, unsigned events)
 *	{
 *		struct connection *c = LOOP_OWNER(w, struct connection, watch);
 *		...
 *	}
 *
 * One turn of the loop: sleep; read the clocks once; call the watches that
 * have events; call the timers that are due; call what was deferred; call the
 * hooks. A callback may add, change and remove any watch and any timer, and
 * may free any owner, its own too, once it is removed from the loop.
 */
#ifndef SYS_LOOP_H
#define SYS_LOOP_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/instant.h"
#include "sys/wheel.h"

struct loop;
struct watch;
struct deferred;

#define LOOP_OWNER(member_ptr, type, member)                                   \
	((type *)(void *)((char *)(member_ptr)-offsetof(type, member)))

/* Events are level-triggered: a descriptor that is left readable is told again
 * at the next turn. */
enum {
	LOOP_READ = 1,	 /* reading will not block (an end is read as such) */
	LOOP_WRITE = 2,	 /* writing will not block */
	LOOP_HANGUP = 4, /* both directions are closed, or an error is pending;
				told also when not asked for */
};

typedef void watch_fn(struct loop *l, struct watch *w, unsigned events);
typedef void deferred_fn(struct loop *l, struct deferred *d);
typedef void loop_fn(struct loop *l, void *ctx);
typedef void loop_signal_fn(struct loop *l, void *ctx, int signo);

struct watch {
	watch_fn *fn;	 /* may be changed at any time */
	int fd;		 /* read freely */
	unsigned events; /* what is asked for; read freely */
};

struct deferred {
	deferred_fn *fn;
	struct deferred *next; /* private */
	bool is_queued;	       /* private */
};

enum { LOOP_TICK_MS = 10 };

/* A loop without anything in it. RC_LIMIT, RC_NO_MEMORY. */
MUST_USE enum rc loop_new(struct loop **ret_l, struct err *err);
/* Closes its own descriptors; those of the watches stay with their owners.
 * NULL is fine. */
void loop_free(struct loop *l);

/* Turns until loop_stop is called. */
void loop_run(struct loop *l);
/* Turns once; sleeps not longer than MOST_MS (-1: as long as needed). */
void loop_turn(struct loop *l, int most_ms);
/* Has loop_run return at the end of this turn. */
void loop_stop(struct loop *l);

/* The clocks as they were when this turn woke up. */
struct instant loop_now(const struct loop *l);
int64_t loop_ns(const struct loop *l); /* monotonic */

/* Watches FD for EVENTS (may be 0: only a hang-up is told). W stays the
 * caller's and must live until loop_unwatch. RC_NO_MEMORY, RC_LIMIT, or
 * RC_INVALID for descriptors that cannot be waited for, as plain files. */
MUST_USE enum rc loop_watch(
    struct loop *l, struct watch *w, int fd, unsigned events, watch_fn *fn);
/* Asks for other events. No system call is made if they are the same. */
void loop_rewatch(struct loop *l, struct watch *w, unsigned events);
/* W is not called any more. Must come before its descriptor is closed.
 * Nothing happens if W is zeroed memory or was unwatched before. */
void loop_unwatch(struct loop *l, struct watch *w);

/* Has T->fn called once MS milliseconds after this turn's wake-up: never
 * earlier, at most about 10 ms (LOOP_TICK_MS) later. A timer that is armed is
 * moved. Constant time. */
void loop_arm(struct loop *l, struct timer *t, uint64_t ms);
void loop_disarm(struct loop *l, struct timer *t);

/* Has D->fn called once before the loop sleeps again; if it is called from a
 * deferred function, in the next turn, which then does not sleep. Nothing
 * happens if D waits already. */
void loop_defer(struct loop *l, struct deferred *d);
void loop_undefer(struct loop *l, struct deferred *d);

/* Has FN(CTX) called at the end of every turn, right before sleeping. At most
 * four such hooks. */
void loop_before_sleep(struct loop *l, loop_fn *fn, void *ctx);

/* Has FN called for these signals, as an event like any other; they are
 * blocked from now on. To be called once at most. */
MUST_USE enum rc loop_signals(struct loop *l, const int *signos, size_t count,
    loop_signal_fn *fn, void *ctx, struct err *err);

#endif
