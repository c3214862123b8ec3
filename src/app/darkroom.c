/* SPDX-License-Identifier: MIT
 *
 * The darkroom process; see darkroom.h.
 *
 * I1  At most one child lives at a time; while it does, no order is read. So
 *     those that wait do so in the socket, which outlives this process.
 * I2  Each order that was read is answered, unless this process dies over it;
 *     then the newsroom gives it up (app/darkroom_link.h).
 * I3  The libraries, 20 MB of them, are loaded when the first order is there,
 *     and before it is read. Until then this process may still load them, and
 *     has read nothing from anybody; from then on it cannot any more.
 */
#include "app/darkroom.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/child.h"
#include "app/darkroom_child.h"
#include "app/say.h"
#include "app/shared.h"
#include "app/watchdog.h"
#include "base/buf.h"
#include "newsroom/darkroom.h"
#include "picture/develop.h"
#include "sys/loop.h"
#include "sys/random.h"
#include "sys/sandbox.h"
#include "sys/socket.h"

enum { LATE_MS = 90 * 1000 };

struct darkroom_process {
	const struct child_order *order;
	const char *name;
	struct loop *loop;
	struct shared *shared;
	struct heartbeat heartbeat;
	struct watch watch;
	struct timer late; /* armed while a child lives */
	struct darkroom_child child;
	uint64_t id;	/* of the order that it works on */
	int in_fd;	/* its original */
	bool is_loaded; /* the libraries were looked for */
	/* Why no picture can be developed at all; RC_OK: they can. */
	struct err missing;
	int code;
};

static void answer(
    struct darkroom_process *d, enum rc rc, const char *why, int sheet_fd)
{
	struct darkroom_answer answer = {
	    .id = d->id, .rc = rc, .why = str_of(why)};
	struct buf b;
	enum rc sent = RC_NO_MEMORY;

	buf_init(&b, DARKROOM_PACKET_MAX);
	darkroom_put_answer(&b, &answer);
	if (buf_rc(&b) == RC_OK)
		sent = socket_send_fds(d->order->darkroom_fd, buf_str(&b),
		    &sheet_fd, sheet_fd >= 0);
	if (sent != RC_OK)
		say(d->name, "an answer to the newsroom is lost");
	buf_done(&b);
}

/* Brings the original to the disk: once the newsroom has its answer, it counts
 * on it. */
static enum rc keep_original(struct darkroom_process *d, struct err *err)
{
	if (fsync(d->in_fd) == 0)
		return RC_OK;
	return err_set(err, RC_IO, "the original cannot be kept on the disk");
}

static void develop(
    struct darkroom_process *d, const struct darkroom_order *order)
{
	struct picture_wish wish = {.focus = order->focus,
	    .words = order->has_words ? &order->words : NULL};
	static const struct darkroom_work work = {
	    picture_begin, picture_develop};
	struct err err = d->missing;
	enum rc rc = err.rc;

	memcpy(wish.cuts, order->cuts, sizeof(wish.cuts));
	if (rc == RC_OK)
		rc = darkroom_child_start(
		    &d->child, d->in_fd, &wish, &work, &darkroom_limits, &err);
	if (rc == RC_OK) {
		loop_rewatch(d->loop, &d->watch, 0);
		loop_arm(d->loop, &d->late, LATE_MS);
		return;
	}
	say(d->name, "%s", err.why);
	answer(d, RC_IO, err.why, -1);
	close(d->in_fd);
}

static void child_ended(struct darkroom_process *d, int status)
{
	struct err err = {0};
	int fd = -1;
	enum rc rc = darkroom_child_end(&d->child, status, &fd, &err);

	if (rc == RC_OK)
		rc = keep_original(d, &err);
	if (rc != RC_OK)
		say(d->name, "a picture was refused: %s", err.why);
	answer(d, rc, err.why, fd);
	if (fd >= 0)
		close(fd);
	close(d->in_fd);
	loop_disarm(d->loop, &d->late);
	loop_rewatch(d->loop, &d->watch, LOOP_READ);
}

static void reap(struct darkroom_process *d)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		if (pid == d->child.pid)
			child_ended(d, status);
}

static void late_due(struct timer *t)
{
	struct darkroom_process *d =
	    LOOP_OWNER(t, struct darkroom_process, late);

	if (!d->child.pid)
		return;
	d->child.is_late = true;
	kill(d->child.pid, SIGKILL);
}

static void broken(struct darkroom_process *d)
{
	say(d->name, "the socket to the newsroom is broken");
	d->code = 1;
	loop_stop(d->loop);
}

/* Children start from here, and their libraries read files as they start:
 * those of the system, none of the paper. */
static enum rc close_sandbox(enum sandbox_role role, struct err *err)
{
	static const struct str readable[] = {STR_INIT("/usr"),
	    STR_INIT("/lib"), STR_INIT("/lib64"), STR_INIT("/etc"),
	    STR_INIT("/proc"), STR_INIT("/sys"), STR_INIT("/dev/null"),
	    STR_INIT("/dev/urandom")};
	const struct sandbox_rules rules = {
	    .role = role,
	    .readable = readable,
	    .readable_count = sizeof(readable) / sizeof(readable[0]),
	};
	struct sandbox_report report;

	return sandbox_enter(&rules, &report, err);
}

/* See I3. */
static enum rc load(struct darkroom_process *d)
{
	struct err err = {0};

	/* The paper is served without them, too. */
	if (picture_load(&d->missing) != RC_OK)
		say(d->name, "%s", d->missing.why);
	d->is_loaded = true;
	if (close_sandbox(SANDBOX_DARKROOM_PARENT, &err) == RC_OK)
		return RC_OK;
	say(d->name, "%s", err.why);
	return err.rc;
}

static void readable(struct loop *l, struct watch *w, unsigned events)
{
	struct darkroom_process *d =
	    LOOP_OWNER(w, struct darkroom_process, watch);
	char room[DARKROOM_PACKET_MAX + 1];
	int fds[SOCKET_FDS_MAX];
	struct darkroom_order order;
	size_t n = 0, count = 0;
	enum rc rc;

	(void)l;
	if (!(events & LOOP_READ))
		return;
	if (!d->is_loaded && load(d) != RC_OK) {
		d->code = 1;
		loop_stop(d->loop);
		return;
	}
	rc = socket_recv_fds(w->fd, room, sizeof(room), &n, fds, &count);
	if (rc == RC_BUSY)
		return;
	if (rc != RC_OK || n == 0) {
		broken(d);
		return;
	}
	rc = darkroom_order_parse((struct str){room, n}, &order);
	if (rc == RC_OK && count == 1) {
		d->id = order.id;
		d->in_fd = fds[0];
		develop(d, &order);
		return;
	}
	say(d->name, "the newsroom sent what is no order");
	for (size_t i = 0; i < count; i++)
		close(fds[i]);
}

static void signal_came(struct loop *l, void *ctx, int signo)
{
	struct darkroom_process *d = ctx;

	if (signo == SIGCHLD)
		reap(d);
	else
		loop_stop(l);
}

static enum rc prepare(struct darkroom_process *d, struct err *err)
{
	static const int signals[] = {SIGTERM, SIGCHLD};
	enum rc rc = random_start();

	if (rc != RC_OK)
		err_set(err, rc, "no random numbers");
	if (rc == RC_OK)
		rc = shared_map(d->order->shared_fd, &d->shared, err);
	if (rc == RC_OK)
		rc = loop_new(&d->loop, err);
	if (rc == RC_OK)
		rc = loop_signals(d->loop, signals, 2, signal_came, d, err);
	if (rc == RC_OK)
		rc = close_sandbox(SANDBOX_DARKROOM_WAITING, err);
	if (rc == RC_OK) {
		rc = loop_watch(d->loop, &d->watch, d->order->darkroom_fd,
		    LOOP_READ, readable);
		if (rc != RC_OK)
			err_set(err, rc, "cannot wait for pictures");
	}
	return rc;
}

int darkroom_run(const struct child_order *order)
{
	static struct darkroom_process d;
	struct err err = {0};

	d.order = order;
	d.name = child_name(CHILD_DARKROOM, 0);
	d.late.fn = late_due;
	d.child.out_fd = -1;
	if (prepare(&d, &err) != RC_OK) {
		say(d.name, "%s", err.why);
		return 1;
	}
	heartbeat_start(&d.heartbeat, d.loop, d.shared, order);
	child_is_ready(order);
	loop_run(d.loop);
	/* A child that is at work dies with this process. */
	loop_free(d.loop);
	return d.code;
}
