/* SPDX-License-Identifier: MIT
 *
 * The newsroom process: the sole writer of paper.db and public.db while the
 * server runs. It waits for the writer's lock, which a command may hold for a
 * moment, brings over what the outbox still has, and from then on does two
 * things in one thread: it publishes what is due, and answers the desk's
 * calls, one after the other, each in one step of the paper.
 *
 * The time of the next story is waited for by an alarm on the wall clock, so
 * that 06:00:00 is 06:00:00, also when the clock is set meanwhile.
 */
#include "app/newsroom.h"

#include <signal.h>

#include "app/child.h"
#include "app/desk_serve.h"
#include "app/desk_work.h"
#include "app/say.h"
#include "app/watchdog.h"
#include "base/arena.h"
#include "sys/alarm.h"
#include "sys/loop.h"
#include "sys/random.h"
#include "sys/sandbox.h"

enum {
	OPEN_MS = 30,
	RETRY_MS = 1000, /* after a failure, such as a full disk */
	SMALL_ARENA = 64 * 1024,
};

struct newsroom {
	const struct child_order *order;
	const char *name;
	struct loop *loop;
	struct arena *a;
	struct desk_work *work;
	struct desk_server *desk;
	struct alarm due;
	struct timer open;
	struct timer retry;
	struct heartbeat heartbeat;
	struct shared *shared;
	bool has_complained;
	int code;
};

static void end_with(struct newsroom *n, const struct err *err)
{
	say(n->name, "%s", err->why);
	n->code = err->rc == RC_NEWER ? CHILD_NEWER : 1;
	loop_stop(n->loop);
}

static void work_due(struct newsroom *n)
{
	struct instant next;
	struct err err = {0};

	if (desk_work_due(n->work, &next, &err) == RC_OK) {
		n->has_complained = false;
		alarm_set(&n->due, next);
		return;
	}
	if (!n->has_complained)
		say(n->name, "cannot publish what is due: %s; trying again",
		    err.why);
	n->has_complained = true;
	loop_arm(n->loop, &n->retry, RETRY_MS);
}

static void alarm_rang(struct loop *l, struct alarm *alarm)
{
	(void)l;
	work_due(LOOP_OWNER(alarm, struct newsroom, due));
}

static void retry_due(struct timer *t)
{
	work_due(LOOP_OWNER(t, struct newsroom, retry));
}

static enum rc call_came(
    void *ctx, const struct desk_message *message, struct buf *answer)
{
	struct newsroom *n = ctx;
	enum rc rc = desk_work_do(n->work, message, answer);

	/* It may have scheduled something. */
	work_due(n);
	return rc;
}

static enum rc close_sandbox(struct newsroom *n, struct err *err)
{
	const char *dir = n->order->dir;
	const struct str writable[] = {
	    arena_printf(n->a, "%s/private", dir),
	    arena_printf(n->a, "%s/public", dir),
	    arena_printf(n->a, "%s/run", dir),
	};
	const struct str readable[] = {STR("/usr/share/zoneinfo")};
	const struct sandbox_rules rules = {
	    .role = SANDBOX_NEWSROOM,
	    .readable = readable,
	    .readable_count = 1,
	    .writable = writable,
	    .writable_count = sizeof(writable) / sizeof(writable[0]),
	};
	struct sandbox_report report;

	for (size_t i = 0; i < rules.writable_count; i++)
		if (!writable[i].p)
			return err_set(err, RC_NO_MEMORY, "no memory");
	return sandbox_enter(&rules, &report, err);
}

static enum rc open_desk(struct newsroom *n, struct err *err)
{
	struct str path =
	    arena_printf(n->a, "%s/run/newsroom.sock", n->order->dir);

	if (!path.p)
		return err_set(err, RC_NO_MEMORY, "no memory");
	return desk_server_new(n->loop, path, call_came, n, &n->desk, err);
}

static void open_due(struct timer *t)
{
	struct newsroom *n = LOOP_OWNER(t, struct newsroom, open);
	struct err err;
	enum rc rc = desk_work_open(str_of(n->order->dir), &n->work, &err);

	if (rc == RC_BUSY) {
		if (!n->has_complained)
			say(n->name,
			    "waiting for a command that is writing "
			    "to the paper: %s",
			    err.why);
		n->has_complained = true;
		loop_arm(n->loop, &n->open, OPEN_MS);
		return;
	}
	n->has_complained = false;
	if (rc == RC_OK)
		rc = open_desk(n, &err);
	if (rc == RC_OK)
		rc = close_sandbox(n, &err);
	if (rc != RC_OK) {
		end_with(n, &err);
		return;
	}
	heartbeat_start(&n->heartbeat, n->loop, n->shared, n->order);
	desk_work_beat(n->work, heartbeat_once, &n->heartbeat);
	child_is_ready(n->order);
	work_due(n);
}

static void signal_came(struct loop *l, void *ctx, int signo)
{
	(void)ctx;
	(void)signo;
	/* Calls are done whole within one turn of the loop. */
	loop_stop(l);
}

int newsroom_run(const struct child_order *order)
{
	static const int signals[] = {SIGTERM};
	struct newsroom n = {
	    .order = order,
	    .name = child_name(CHILD_NEWSROOM, 0),
	    .a = arena_new(SMALL_ARENA),
	    .open = {.fn = open_due},
	    .retry = {.fn = retry_due},
	};
	struct err err;
	enum rc rc = random_start();

	if (rc != RC_OK)
		err_set(&err, rc, "no random numbers");
	if (rc == RC_OK)
		rc = shared_map(order->shared_fd, &n.shared, &err);
	if (rc == RC_OK)
		rc = loop_new(&n.loop, &err);
	if (rc == RC_OK)
		rc = loop_signals(n.loop, signals, 1, signal_came, &n, &err);
	if (rc == RC_OK)
		rc = alarm_init(&n.due, n.loop, alarm_rang, &err);
	if (rc != RC_OK) {
		say(n.name, "%s", err.why);
		return 1;
	}
	open_due(&n.open);
	if (n.code == 0)
		loop_run(n.loop);
	/* The socket goes before the lock: who comes next makes its own. */
	desk_server_free(n.desk);
	desk_work_close(n.work);
	alarm_done(&n.due, n.loop);
	loop_free(n.loop);
	arena_free(n.a);
	return n.code;
}
