/* SPDX-License-Identifier: MIT
 *
 * The till process: wiring. It waits for the lock of the book, closes the
 * sandbox, opens the ledger, and from then on answers readers (till_readers.c),
 * takes facts (till_link.c), and does what commands ask (till_desk.c), each in
 * one step of the ledger, one after the other, in one thread.
 *
 * What the newsroom must be told stands in one list (ledger/alarm.h), which is
 * kept in till.db and answered at the desk for whoever shows it. What comes to
 * it is also said on standard error, written into DIR/till/alarms, and counted
 * in the metrics; the same words not more often than once an hour.
 */
#include "app/till.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "app/child.h"
#include "app/desk_serve.h"
#include "app/files.h"
#include "app/say.h"
#include "app/shared.h"
#include "app/till_book.h"
#include "app/till_desk.h"
#include "app/till_link.h"
#include "app/till_readers.h"
#include "app/till_staff.h"
#include "app/till_tally.h"
#include "app/watchdog.h"
#include "base/arena.h"
#include "ledger/alarm.h"
#include "sys/clock.h"
#include "sys/loop.h"
#include "sys/random.h"
#include "sys/sandbox.h"

enum {
	OPEN_MS = 30,
	TICK_MS = 15000,
	AHEAD_MS = 60000,
	TELL_MS = 300, /* the summary, at most so often */
	PIN_ROOM = PIN_FILE_MAX + 1,
	ALARM_AGAIN_S = 3600,
	SILENT_S = 45, /* the watch speaks once a second */
	ALARMS_KEPT = 8,
};

struct said {
	char what[200];
	int64_t at_s;
};

struct till {
	const struct child_order *order;
	const char *name;
	struct loop *loop;
	struct shared *shared;
	struct heartbeat heartbeat;
	struct till_book *book;
	struct till_tally *tally;
	struct alarm_list alarms;
	bool has_news; /* that are not kept in till.db yet */
	struct desk_server *desk;
	struct till_readers *readers;
	struct till_link *link;
	struct till_staff *staff;
	struct timer open, tick, tell, ahead;
	bool has_complained;
	int64_t heard_ns; /* of the watch; 0: never */
	metric *watch_beat;
	enum ledger_pause pause;
	struct said said[ALARMS_KEPT];
	unsigned said_next;
	int code;
};

static void end_with(struct till *t, const struct err *err)
{
	say(t->name, "%s", err->why);
	t->code = err->rc == RC_NEWER ? CHILD_NEWER : 1;
	loop_stop(t->loop);
}

/* Alarms. */

static bool was_said(struct till *t, const char *what, int64_t now_s)
{
	struct said *s;

	for (unsigned i = 0; i < ALARMS_KEPT; i++)
		if (strncmp(t->said[i].what, what, sizeof(s->what) - 1) == 0 &&
		    now_s - t->said[i].at_s < ALARM_AGAIN_S)
			return true;
	s = &t->said[t->said_next++ % ALARMS_KEPT];
	snprintf(s->what, sizeof(s->what), "%s", what);
	s->at_s = now_s;
	return false;
}

static void tell_newsroom(struct till *t, const char *what)
{
	struct instant now = clock_now();

	metric_add(&t->shared->till.alarms, 1);
	if (was_said(t, what, instant_s(now)))
		return;
	say(t->name, "%s", what);
	till_book_alarm(t->book, now, str_of(what));
}

static void alarm_came(void *ctx, enum alarm_kind kind, const char *what)
{
	struct till *t = ctx;

	if (!what) {
		t->has_news |= alarm_clear(&t->alarms, kind);
		return;
	}
	t->has_news |= alarm_raise(&t->alarms, kind, what, clock_now());
	tell_newsroom(t, what);
}

static void alarm_stands(void *ctx, const struct alarm *alarm)
{
	tell_newsroom(ctx, alarm->what);
}

/* What cannot be kept now is still in memory, and tried again. */
static void keep_alarms(struct till *t)
{
	struct err err;

	if (t->has_news &&
	    ledger_alarms_save(t->book->ledger, &t->alarms, &err) == RC_OK)
		t->has_news = false;
}

static void look_at_watch(struct till *t)
{
	int64_t silent_ns = clock_ns() - t->heard_ns;
	bool is_silent =
	    t->heard_ns != 0 && silent_ns > SILENT_S * INT64_C(1000000000);

	metric_set(&t->shared->till.watch_silent, is_silent);
	if (is_silent)
		alarm_came(t, ALARM_SILENT,
		    "the watch process says nothing any more: until it does, "
		    "payments are not seen and rates grow old. The server "
		    "kills it and starts it again by itself, unless "
		    "\"watchdog_seconds\" in farthing.conf is 0");
	else
		alarm_came(t, ALARM_SILENT, NULL);
}

/* The newsroom has chosen somebody to be asked. */
static bool wants_rates(const struct till *t)
{
	const struct ledger_settings *s = ledger_settings(t->book->ledger);

	return s->has_currency && s->has_rate_sources && s->rate_sources != 0;
}

static void look_at_status(struct till *t)
{
	struct ledger_status status;
	struct err err = {0};
	struct till_metrics *m = &t->shared->till;

	if (ledger_status(t->book->ledger, t->book->call, clock_now(), &status,
		&err) != RC_OK) {
		alarm_came(t, ALARM_WRITING, err.why);
		return;
	}
	metric_set(&m->runs, 1);
	metric_set(&m->paused, status.pause != LEDGER_OPEN);
	metric_set(&m->addresses_left, status.left);
	metric_set(&m->outstanding, status.outstanding);
	metric_set(&m->verified, status.is_verified);
	metric_set(&m->height, status.has_tip ? status.tip.height : 0);
	metric_set(&m->rate_known, status.has_rate);
	metric_set(&m->rate_sources, status.sources);
	metric_set(&m->rate_answering, status.answering);
	metric_set(&m->rates_wanted, wants_rates(t));
	if (status.pause == LEDGER_OPEN && t->pause != LEDGER_OPEN)
		tell_newsroom(t, "addresses are handed out again");
	t->pause = status.pause;
	t->has_news |=
	    alarm_look(&t->alarms, &status, clock_now(), alarm_stands, t);
	keep_alarms(t);
	arena_reset(t->book->call);
}

/* What happens. */

static void tell_due(struct timer *timer)
{
	struct till *t = LOOP_OWNER(timer, struct till, tell);

	look_at_status(t);
	till_readers_tell(t->readers, false);
}

static void changed(void *ctx)
{
	struct till *t = ctx;

	if (!timer_is_armed(&t->tell))
		loop_arm(t->loop, &t->tell, TELL_MS);
}

/* For the watchdog: the watch has no part of the shared page. */
static void heard(void *ctx)
{
	struct till *t = ctx;

	t->heard_ns = clock_ns();
	metric_set(t->watch_beat, (uint64_t)t->heard_ns);
}

static void tick_due(struct timer *timer)
{
	struct till *t = LOOP_OWNER(timer, struct till, tick);
	struct err err = {0};

	if (ledger_tick(t->book->ledger, clock_now(), NULL, &err) == RC_OK)
		alarm_came(t, ALARM_WRITING, NULL);
	else
		alarm_came(t, ALARM_WRITING, err.why);
	look_at_watch(t);
	changed(t);
	loop_arm(t->loop, &t->tick, TICK_MS);
}

/* Before anybody asks: an edited file pauses support by itself. */
static void look_ahead(struct till *t)
{
	struct err err = {0};
	enum rc rc = ledger_look_ahead(t->book->ledger, clock_now(), &err);

	/* That support is paused then is seen in the book's state. */
	if (rc == RC_DENIED)
		say(t->name, "%s", err.why);
	else if (rc != RC_OK)
		alarm_came(t, ALARM_WRITING, err.why);
}

static void ahead_due(struct timer *timer)
{
	struct till *t = LOOP_OWNER(timer, struct till, ahead);

	look_ahead(t);
	changed(t);
	loop_arm(t->loop, &t->ahead, AHEAD_MS);
}

static enum rc call_came(
    void *ctx, const struct desk_message *message, struct buf *answer)
{
	struct till *t = ctx;
	enum rc rc = till_desk_do(t->book, &t->alarms, message, answer);

	if (message->kind == TILL_TAKE_IN)
		till_link_renew(t->link);
	if (message->kind == TILL_SET)
		till_link_new_settings(t->link);
	changed(t);
	return rc;
}

/* Start. */

static enum rc close_sandbox(struct till *t, struct err *err)
{
	struct arena *a = t->book->call;
	struct str dir = str_of(t->order->dir);
	const struct str writable[] = {
	    files_path(a, dir, "till"), files_path(a, dir, "run")};
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

static enum rc open_desk(struct till *t, struct err *err)
{
	struct str path =
	    files_path(t->book->a, str_of(t->order->dir), "run/till.sock");

	if (!path.p)
		return err_set(err, RC_NO_MEMORY, "no memory");
	return desk_server_new(t->loop, path, call_came, t, &t->desk, err);
}

static enum rc open_ledger(struct till *t, struct err *err)
{
	char *room = arena_alloc(t->book->a, PIN_ROOM);
	struct str pin;
	unsigned count = 0;
	struct err taking = {0};
	enum rc rc;

	if (!room)
		return err_set(err, RC_NO_MEMORY, "no memory");
	rc = child_read_file(t->order->pin_fd, room, PIN_ROOM, &pin, err);
	if (rc == RC_OK)
		rc = till_book_open(t->book, pin, err);
	if (rc != RC_OK)
		return rc;
	rc = ledger_alarms(t->book->ledger, &t->alarms, err);
	if (rc != RC_OK)
		return rc;
	till_tally_use(t->tally, t->book->ledger);
	/* What came before goes on being given out. */
	if (till_book_take_in(t->book, clock_now(), &count, &taking) == RC_OK)
		t->has_news |= alarm_clear(&t->alarms, ALARM_BATCH);
	else
		alarm_came(t, ALARM_BATCH, taking.why);
	if (count > 0)
		say(t->name, "%u new batch%s of addresses", count,
		    count == 1 ? "" : "es");
	if (ledger_catch_up(t->book->ledger, clock_now(), &taking) == RC_OK)
		t->has_news |= alarm_clear(&t->alarms, ALARM_WRITING);
	else
		alarm_came(t, ALARM_WRITING, taking.why);
	return RC_OK;
}

static enum rc open_sockets(struct till *t, struct err *err)
{
	static const struct till_readers_calls readers = {changed, alarm_came};
	static const struct till_link_calls watch = {
	    changed, heard, alarm_came};
	enum rc rc = till_readers_new(t->loop, t->book, t->order->till_ends,
	    t->order->till_ends_n, &readers, t, &t->readers, err);

	if (rc == RC_OK && t->order->books_fd >= 0) {
		rc = till_staff_new(t->loop, t->book, &t->alarms,
		    t->order->books_fd, &t->staff, err);
		if (rc == RC_OK)
			till_staff_on_change(t->staff, changed, t);
	}
	return rc != RC_OK ? rc
			   : till_link_new(t->loop, t->book, t->order->watch_fd,
				 &watch, t, &t->link, err);
}

static void begin(struct till *t)
{
	struct err err;
	enum rc rc = open_desk(t, &err);

	/* It lies where the sandbox does not let this process go. */
	t->tally = till_tally_new(str_of(t->order->dir));
	if (rc == RC_OK)
		rc = close_sandbox(t, &err);
	if (rc == RC_OK)
		rc = open_ledger(t, &err);
	if (rc == RC_OK)
		rc = open_sockets(t, &err);
	if (rc != RC_OK) {
		end_with(t, &err);
		return;
	}
	look_ahead(t);
	look_at_status(t);
	till_readers_tell(t->readers, true);
	/* Its silence counts from now on: before, nobody was there to hear. */
	metric_set(t->watch_beat, (uint64_t)clock_ns());
	loop_arm(t->loop, &t->tick, TICK_MS);
	loop_arm(t->loop, &t->ahead, AHEAD_MS);
	heartbeat_start(&t->heartbeat, t->loop, t->shared, t->order);
	child_is_ready(t->order);
}

static void open_due(struct timer *timer)
{
	struct till *t = LOOP_OWNER(timer, struct till, open);
	struct err err;
	enum rc rc = till_book_lock(str_of(t->order->dir), &t->book, &err);

	if (rc == RC_OK) {
		begin(t);
		return;
	}
	if (rc != RC_BUSY) {
		end_with(t, &err);
		return;
	}
	if (!t->has_complained)
		say(t->name,
		    "waiting for a command that is writing to the till: %s",
		    err.why);
	t->has_complained = true;
	loop_arm(t->loop, &t->open, OPEN_MS);
}

static void signal_came(struct loop *l, void *ctx, int signo)
{
	(void)ctx;
	(void)signo;
	/* What is being done is done whole within one turn of the loop. */
	loop_stop(l);
}

static enum rc prepare(struct till *t, struct err *err)
{
	static const int signals[] = {SIGTERM};
	enum rc rc = random_start();

	if (rc != RC_OK)
		err_set(err, rc, "no random numbers");
	if (rc == RC_OK)
		rc = shared_map(t->order->shared_fd, &t->shared, err);
	if (rc == RC_OK)
		t->watch_beat =
		    &t->shared
			 ->beats[t->order->bank][child_place(CHILD_WATCH, 0)];
	if (rc == RC_OK)
		rc = loop_new(&t->loop, err);
	if (rc == RC_OK)
		rc = loop_signals(t->loop, signals, 1, signal_came, t, err);
	return rc;
}

int till_run(const struct child_order *order)
{
	static struct till t;
	struct err err;

	t.order = order;
	t.name = child_name(CHILD_TILL, 0);
	t.open.fn = open_due;
	t.tick.fn = tick_due;
	t.tell.fn = tell_due;
	t.ahead.fn = ahead_due;
	if (prepare(&t, &err) != RC_OK) {
		say(t.name, "%s", err.why);
		return 1;
	}
	open_due(&t.open);
	if (t.code == 0)
		loop_run(t.loop);
	till_link_free(t.link);
	till_staff_free(t.staff);
	till_readers_free(t.readers);
	/* The socket goes before the lock: who comes next makes its own. */
	desk_server_free(t.desk);
	till_book_close(t.book);
	till_tally_free(t.tally);
	loop_free(t.loop);
	return t.code;
}
