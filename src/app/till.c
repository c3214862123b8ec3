/* SPDX-License-Identifier: MIT
 *
 * The till process. Its lock is DIR/run/till.lock, which a command may hold
 * for a moment; the sandbox closes behind the lock and the socket.
 */
#include "app/till.h"

#include <signal.h>

#include "app/child.h"
#include "app/files.h"
#include "app/say.h"
#include "base/arena.h"
#include "sys/file.h"
#include "sys/loop.h"
#include "sys/random.h"
#include "sys/sandbox.h"

enum { OPEN_MS = 30, TILL_ARENA = 64 * 1024 };

struct till {
	const struct child_order *order;
	const char *name;
	struct loop *loop;
	struct arena *a;
	struct file_lock lock;
	struct timer open;
	bool has_complained;
	int code;
};

static void end_with(struct till *t, const struct err *err)
{
	say(t->name, "%s", err->why);
	t->code = err->rc == RC_NEWER ? CHILD_NEWER : 1;
	loop_stop(t->loop);
}

static enum rc close_sandbox(struct till *t, struct err *err)
{
	struct str dir = str_of(t->order->dir);
	const struct str writable[] = {
	    files_path(t->a, dir, "till"), files_path(t->a, dir, "run")};
	const struct sandbox_rules rules = {
	    .role = SANDBOX_TILL,
	    .writable = writable,
	    .writable_count = sizeof(writable) / sizeof(writable[0]),
	};
	struct sandbox_report report;

	if (!writable[0].p || !writable[1].p)
		return err_set(err, RC_NO_MEMORY, "no memory");
	return sandbox_enter(&rules, &report, err);
}

static enum rc take_lock(struct till *t, struct err *err)
{
	struct str dir = str_of(t->order->dir);
	struct str folder = files_path(t->a, dir, "till");
	struct str lock = files_path(t->a, dir, "run/till.lock");
	enum rc rc;

	if (!folder.p || !lock.p)
		return err_set(err, RC_NO_MEMORY, "no memory");
	rc = file_make_folder(folder, 0700, err);
	return rc == RC_OK ? file_lock(lock, &t->lock, err) : rc;
}

static void open_due(struct timer *timer)
{
	struct till *t = LOOP_OWNER(timer, struct till, open);
	struct err err;
	enum rc rc = take_lock(t, &err);

	arena_reset(t->a);
	if (rc == RC_BUSY) {
		if (!t->has_complained)
			say(t->name,
			    "waiting for a command that is writing to the "
			    "till: %s",
			    err.why);
		t->has_complained = true;
		loop_arm(t->loop, &t->open, OPEN_MS);
		return;
	}
	t->has_complained = false;
	if (rc == RC_OK)
		rc = close_sandbox(t, &err);
	if (rc != RC_OK) {
		end_with(t, &err);
		return;
	}
	child_is_ready(t->order);
}

static void signal_came(struct loop *l, void *ctx, int signo)
{
	(void)ctx;
	(void)signo;
	/* What is being done is done whole within one turn of the loop. */
	loop_stop(l);
}

int till_run(const struct child_order *order)
{
	static const int signals[] = {SIGTERM};
	struct till t = {
	    .order = order,
	    .name = child_name(CHILD_TILL, 0),
	    .a = arena_new(TILL_ARENA),
	    .lock = {.fd = -1},
	    .open = {.fn = open_due},
	};
	struct err err;
	enum rc rc = random_start();

	if (rc != RC_OK)
		err_set(&err, rc, "no random numbers");
	if (rc == RC_OK)
		rc = loop_new(&t.loop, &err);
	if (rc == RC_OK)
		rc = loop_signals(t.loop, signals, 1, signal_came, &t, &err);
	if (rc != RC_OK) {
		say(t.name, "%s", err.why);
		return 1;
	}
	open_due(&t.open);
	if (t.code == 0)
		loop_run(t.loop);
	if (t.lock.fd >= 0)
		file_unlock(&t.lock);
	loop_free(t.loop);
	arena_free(t.a);
	return t.code;
}
