/* SPDX-License-Identifier: MIT
 *
 * The event loop over epoll; see loop.h.
 *
 * The events of one wake-up lie in an array and are called in turn. A callback
 * may end the life of a watch whose event is still to come; loop_unwatch
 * therefore strikes it from the rest of the array.
 *
 * I1  every watch in the array beyond l->at is alive, or struck out (NULL).
 */
#include "sys/loop.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/must.h"
#include "sys/clock.h"
#include "sys/oserr.h"

enum {
	LOOP_BATCH = 128,
	LOOP_HOOKS = 4,
	NS_PER_MS = 1000000,
	NS_PER_TICK = LOOP_TICK_MS * NS_PER_MS,
};

struct hook {
	loop_fn *fn;
	void *ctx;
};

struct loop {
	int epoll_fd;
	bool is_stopped;
	int batch; /* how many of events[] are of this turn */
	int at;	   /* which of them is being called */
	struct instant now;
	int64_t ns;
	int64_t start_ns; /* tick 0 of the wheel */
	struct deferred *deferred;
	struct deferred **deferred_end;
	size_t hook_count;
	struct hook hooks[LOOP_HOOKS];
	struct watch signals;
	loop_signal_fn *signal_fn;
	void *signal_ctx;
	struct wheel wheel;
	struct epoll_event events[LOOP_BATCH];
};

static void loop_read_clocks(struct loop *l)
{
	l->now = clock_now();
	l->ns = clock_ns();
}

enum rc loop_new(struct loop **ret_l, struct err *err)
{
	struct loop *l = calloc(1, sizeof(*l));

	if (!l)
		return err_set(err, RC_NO_MEMORY, "no memory for a loop");
	l->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	if (l->epoll_fd < 0) {
		enum rc rc = oserr_set(err, errno, "cannot make an epoll");

		free(l);
		return rc;
	}
	l->deferred_end = &l->deferred;
	l->signals.fd = -1;
	wheel_init(&l->wheel);
	loop_read_clocks(l);
	l->start_ns = l->ns;
	*ret_l = l;
	return RC_OK;
}

void loop_free(struct loop *l)
{
	if (!l)
		return;
	if (l->signals.fd >= 0)
		close(l->signals.fd);
	close(l->epoll_fd);
	free(l);
}

struct instant loop_now(const struct loop *l)
{
	return l->now;
}

int64_t loop_ns(const struct loop *l)
{
	return l->ns;
}

static struct epoll_event loop_interest(struct watch *w)
{
	struct epoll_event e = {.data.ptr = w};

	if (w->events & LOOP_READ)
		e.events |= EPOLLIN;
	if (w->events & LOOP_WRITE)
		e.events |= EPOLLOUT;
	return e;
}

enum rc loop_watch(
    struct loop *l, struct watch *w, int fd, unsigned events, watch_fn *fn)
{
	struct watch fresh = {.fn = fn, .fd = fd, .events = events};
	struct epoll_event e = loop_interest(&fresh);

	must(fn && fd >= 0 && (events & ~3u) == 0);
	e.data.ptr = w;
	if (epoll_ctl(l->epoll_fd, EPOLL_CTL_ADD, fd, &e) < 0) {
		must(errno != EBADF && errno != EEXIST);
		return errno == EPERM	 ? RC_INVALID
		       : errno == ENOSPC ? RC_LIMIT
					 : RC_NO_MEMORY;
	}
	*w = fresh;
	return RC_OK;
}

void loop_rewatch(struct loop *l, struct watch *w, unsigned events)
{
	struct epoll_event e;
	int failed;

	must(w->fn && (events & ~3u) == 0);
	if (events == w->events)
		return;
	w->events = events;
	e = loop_interest(w);
	failed = epoll_ctl(l->epoll_fd, EPOLL_CTL_MOD, w->fd, &e);
	must(!failed);
}

void loop_unwatch(struct loop *l, struct watch *w)
{
	int failed;

	if (!w->fn)
		return;
	failed = epoll_ctl(l->epoll_fd, EPOLL_CTL_DEL, w->fd, NULL);
	must(!failed);
	for (int i = l->at + 1; i < l->batch; i++)
		if (l->events[i].data.ptr == w)
			l->events[i].data.ptr = NULL; /* I1 */
	w->fn = NULL;
	w->events = 0;
}

void loop_arm(struct loop *l, struct timer *t, uint64_t ms)
{
	uint64_t most = WHEEL_LAST * LOOP_TICK_MS;
	uint64_t due_ns;

	if (ms > most)
		ms = most;
	due_ns = (uint64_t)(l->ns - l->start_ns) + ms * NS_PER_MS;
	wheel_arm(
	    &l->wheel, t, (due_ns + NS_PER_TICK - 1) / (uint64_t)NS_PER_TICK);
}

void loop_disarm(struct loop *l, struct timer *t)
{
	wheel_cancel(&l->wheel, t);
}

void loop_defer(struct loop *l, struct deferred *d)
{
	must(d->fn);
	if (d->is_queued)
		return;
	d->is_queued = true;
	d->next = NULL;
	*l->deferred_end = d;
	l->deferred_end = &d->next;
}

void loop_undefer(struct loop *l, struct deferred *d)
{
	struct deferred **at = &l->deferred;

	if (!d->is_queued)
		return;
	while (*at && *at != d)
		at = &(*at)->next;
	must(*at == d);
	*at = d->next;
	if (!*at)
		l->deferred_end = at;
	d->is_queued = false;
}

/* Calls those that wait now, not those that they defer: LAST is the end of
 * this turn's queue. */
static void loop_run_deferred(struct loop *l)
{
	struct deferred mark = {.is_queued = true};

	if (!l->deferred)
		return;
	*l->deferred_end = &mark;
	l->deferred_end = &mark.next;
	while (l->deferred != &mark) {
		struct deferred *d = l->deferred;

		l->deferred = d->next;
		d->is_queued = false;
		d->fn(l, d);
	}
	l->deferred = mark.next;
	if (!l->deferred)
		l->deferred_end = &l->deferred;
}

void loop_before_sleep(struct loop *l, loop_fn *fn, void *ctx)
{
	must(l->hook_count < LOOP_HOOKS);
	l->hooks[l->hook_count++] = (struct hook){fn, ctx};
}

/* How long epoll may sleep, in milliseconds, -1 for ever: rounded up, so that
 * it does not wake a moment too early, to sleep again. */
static int loop_patience(const struct loop *l, int most_ms)
{
	uint64_t next = wheel_next(&l->wheel);
	int64_t left;

	if (l->deferred || l->is_stopped)
		return 0;
	if (next == WHEEL_NEVER)
		return most_ms;
	left = l->start_ns + (int64_t)next * NS_PER_TICK - clock_ns();
	left = left > 0 ? (left + NS_PER_MS - 1) / NS_PER_MS : 0;
	if (left > 3600 * 1000)
		left = 3600 * 1000;
	return most_ms >= 0 && most_ms < left ? most_ms : (int)left;
}

static void loop_call(struct loop *l, const struct epoll_event *e)
{
	struct watch *w = e->data.ptr;
	unsigned events = 0;

	if (!w)
		return; /* I1 */
	if (e->events & EPOLLIN)
		events |= LOOP_READ;
	if (e->events & EPOLLOUT)
		events |= LOOP_WRITE;
	if (e->events & (EPOLLHUP | EPOLLERR))
		events |= LOOP_HANGUP;
	w->fn(l, w, events);
}

void loop_turn(struct loop *l, int most_ms)
{
	int patience = loop_patience(l, most_ms);
	int n = epoll_wait(l->epoll_fd, l->events, LOOP_BATCH, patience);

	must(n >= 0 || errno == EINTR);
	loop_read_clocks(l);
	l->batch = n > 0 ? n : 0;
	for (l->at = 0; l->at < l->batch; l->at++)
		loop_call(l, &l->events[l->at]);
	l->batch = 0;
	wheel_turn(
	    &l->wheel, (uint64_t)(l->ns - l->start_ns) / (uint64_t)NS_PER_TICK);
	loop_run_deferred(l);
	for (size_t i = 0; i < l->hook_count; i++)
		l->hooks[i].fn(l, l->hooks[i].ctx);
}

void loop_run(struct loop *l)
{
	while (!l->is_stopped)
		loop_turn(l, -1);
	l->is_stopped = false;
}

void loop_stop(struct loop *l)
{
	l->is_stopped = true;
}

static void loop_take_signals(struct loop *l, struct watch *w, unsigned events)
{
	struct signalfd_siginfo info;

	(void)events;
	while (read(w->fd, &info, sizeof(info)) == (ssize_t)sizeof(info))
		l->signal_fn(l, l->signal_ctx, (int)info.ssi_signo);
}

enum rc loop_signals(struct loop *l, const int *signos, size_t count,
    loop_signal_fn *fn, void *ctx, struct err *err)
{
	sigset_t set;
	enum rc rc;
	int fd;

	must(l->signals.fd < 0 && fn);
	sigemptyset(&set);
	for (size_t i = 0; i < count; i++)
		sigaddset(&set, signos[i]);
	fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
	if (fd < 0)
		return oserr_set(err, errno, "cannot make a signalfd");
	rc = loop_watch(l, &l->signals, fd, LOOP_READ, loop_take_signals);
	if (rc != RC_OK) {
		close(fd);
		return err_set(err, rc, "cannot watch for signals");
	}
	sigprocmask(SIG_BLOCK, &set, NULL);
	l->signal_fn = fn;
	l->signal_ctx = ctx;
	return RC_OK;
}
