/* SPDX-License-Identifier: MIT
 *
 * The newsroom process: the sole writer of paper.db and public.db while the
 * server runs. It waits for the writer's lock, which a command may hold for a
 * moment, brings over what the outbox still has, and from then on does three
 * things in one thread: it publishes what is due, answers the desk's calls,
 * and serves the staff's pages (newsroom/), one after the other, each in one
 * step of the paper.
 *
 * The time of the next story is waited for by an alarm on the wall clock, so
 * that 06:00:00 is 06:00:00, also when the clock is set meanwhile.
 */
#include "app/newsroom.h"

#include <signal.h>

#include "app/child.h"
#include "app/darkroom_link.h"
#include "app/desk_public.h"
#include "app/desk_serve.h"
#include "app/desk_work.h"
#include "app/newsroom_health.h"
#include "app/newsroom_site.h"
#include "app/say.h"
#include "app/till_ask.h"
#include "app/vault_link.h"
#include "app/watchdog.h"
#include "base/arena.h"
#include "http/server.h"
#include "newsroom/newsroom.h"
#include "sys/alarm.h"
#include "sys/clock.h"
#include "sys/loop.h"
#include "sys/random.h"
#include "sys/sandbox.h"
#include "sys/socket.h"

enum {
	OPEN_MS = 30,
	RETRY_MS = 1000, /* after a failure, such as a full disk */
	SMALL_ARENA = 64 * 1024,
	SWEEP_MS = 600 * 1000,
	THIN_MS = 60 * 1000,
	THIN_SOON_MS = 100,
	/* Who is being answered when the process ends gets the rest. */
	DRAIN_MS = 200,
	CONNECTIONS = 1000,
};

struct newsroom_process {
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
	/* The staff's pages; NULL where there are none. */
	struct newsroom *pages;
	struct http_server *server;
	struct vault_link vault;
	struct newsroom_site site;
	struct till_asker till;
	struct darkroom_link darkroom;
	struct timer sweep;
	struct timer tick;
	struct timer thin;
	struct deferred saves; /* that came at once */
	struct deferred rest;  /* what waits until they are answered */
	struct str spool;      /* where long bodies lie while they come */
	bool has_complained;
	int code;
};

static void end_with(struct newsroom_process *n, const struct err *err)
{
	say(n->name, "%s", err->why);
	if (err->rc == RC_DAMAGED)
		say(n->name, "readers are served what was published");
	n->code = err->rc == RC_NEWER ? CHILD_NEWER : 1;
	loop_stop(n->loop);
}

static void work_due(struct newsroom_process *n)
{
	struct instant now = clock_now();
	struct instant next;
	struct err err = {0};
	enum rc rc = n->pages ? newsroom_due(n->pages, now, &err) : RC_OK;

	/* It comes by again. */
	if (rc == RC_BUSY)
		return;
	if (rc == RC_OK)
		rc = desk_work_due(n->work, now, &next, &err);
	if (rc == RC_OK) {
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
	work_due(LOOP_OWNER(alarm, struct newsroom_process, due));
}

static void retry_due(struct timer *t)
{
	work_due(LOOP_OWNER(t, struct newsroom_process, retry));
}

static enum rc call_came(
    void *ctx, const struct desk_message *message, struct buf *answer)
{
	struct newsroom_process *n = ctx;
	enum rc rc = desk_work_do(n->work, message, answer);

	/* It may have scheduled something. */
	work_due(n);
	return rc;
}

/* The staff's pages. */

static void random_come(void *p, size_t n)
{
	random_bytes(p, n);
}

static const struct zone *zone_now(void *ctx)
{
	return desk_work_zone(((struct newsroom_process *)ctx)->work);
}

static enum rc zone_change(void *ctx, struct str name, struct err *err)
{
	struct newsroom_process *n = ctx;

	return desk_work_use_zone(n->work, name, err);
}

static enum rc zones_known(void *ctx, struct arena *a, struct instant now,
    struct view_desk_zone **ret_v, size_t *ret_n)
{
	(void)ctx;
	return newsroom_zones(a, now, ret_v, ret_n);
}

static void look_at_health(
    void *ctx, struct instant now, struct health *ret_health)
{
	const struct newsroom_process *n = ctx;

	(void)now;
	newsroom_health(n->order, n->shared, ret_health);
}

static void show_readers(void *ctx)
{
	struct newsroom_process *n = ctx;

	desk_work_show(n->work);
	/* It may have scheduled something. */
	work_due(n);
}

static void say_text(void *ctx, const char *text)
{
	say(((struct newsroom_process *)ctx)->name, "%s", text);
}

static enum rc make_front(void *ctx, struct arena *a,
    struct newsroom_front *front, struct buf *out, struct err *err)
{
	(void)a;
	return newsroom_site_front(
	    &((struct newsroom_process *)ctx)->site, front, out, err);
}

static enum rc look_around(
    void *ctx, struct newsroom_around *around, struct err *err)
{
	return newsroom_site_around(
	    &((struct newsroom_process *)ctx)->site, around, err);
}

static void save_deferred(struct loop *l, struct deferred *d)
{
	struct newsroom_process *n =
	    LOOP_OWNER(d, struct newsroom_process, saves);

	newsroom_work(n->pages);
	/* In the next turn, behind the answers. */
	loop_defer(l, &n->rest);
}

static void rest_deferred(struct loop *l, struct deferred *d)
{
	(void)l;
	newsroom_rest(LOOP_OWNER(d, struct newsroom_process, rest)->pages);
}

static void wake(void *ctx)
{
	struct newsroom_process *n = ctx;

	loop_defer(n->loop, &n->saves);
}

static void tick_due(struct timer *t)
{
	newsroom_tick(LOOP_OWNER(t, struct newsroom_process, tick)->pages);
}

static void wake_in(void *ctx, uint64_t ms)
{
	struct newsroom_process *n = ctx;

	loop_arm(n->loop, &n->tick, ms);
}

static void sweep_due(struct timer *t)
{
	struct newsroom_process *n =
	    LOOP_OWNER(t, struct newsroom_process, sweep);
	struct err err;

	if (newsroom_sweep(n->pages, loop_now(n->loop), &err) != RC_OK)
		say(n->name, "%s", err.why);
	loop_arm(n->loop, t, SWEEP_MS);
}

static void thin_due(struct timer *t)
{
	struct newsroom_process *n =
	    LOOP_OWNER(t, struct newsroom_process, thin);
	bool more = false;
	struct err err;

	if (newsroom_thin(n->pages, loop_now(n->loop), &more, &err) != RC_OK)
		say(n->name, "%s", err.why);
	loop_arm(n->loop, t, more ? THIN_SOON_MS : THIN_MS);
}

static struct str origin_of(
    struct newsroom_process *n, const struct config *config)
{
	struct address address;

	if (config->newsroom_origin[0])
		return arena_copy(n->a, str_of(config->newsroom_origin));
	if (socket_local(n->order->listen[0], &address) != RC_OK)
		return STR_NONE;
	return arena_printf(n->a, "http://localhost:%u", address.port);
}

static enum rc open_pages(
    struct newsroom_process *n, const struct config *config, struct err *err)
{
	struct newsroom_config pages = {
	    .paper = desk_work_paper(n->work),
	    .origin = origin_of(n, config),
	    .ctx = n,
	    .random = random_come,
	    .now = clock_now,
	    .zone = zone_now,
	    .use_zone = zone_change,
	    .zones = zones_known,
	    .health = look_at_health,
	    .show = show_readers,
	    .say = say_text,
	    .find_address = newsroom_find_address,
	    .front_page = make_front,
	    .around_story = look_around,
	    .wake = wake,
	    .wake_in = wake_in,
	};
	enum rc rc;

	if (!pages.origin.p)
		return err_set(err, RC_IO, "the newsroom's port is not known");
	rc = vault_link_init(&n->vault, n->loop, n->order->vault_fd, err);
	if (rc != RC_OK)
		return rc;
	pages.vault = vault_link_vault(&n->vault);
	if (n->order->books_fd >= 0) {
		rc =
		    till_asker_init(&n->till, n->loop, n->order->books_fd, err);
		if (rc != RC_OK)
			return rc;
		pages.till = till_asker_till(&n->till);
	}
	rc = darkroom_link_init(&n->darkroom, n->loop, n->order->darkroom_fd,
	    str_of(n->order->dir), err);
	if (rc != RC_OK)
		return rc;
	pages.darkroom = darkroom_link_darkroom(&n->darkroom);
	desk_work_set_origin(n->work, pages.origin);
	return newsroom_new(&pages, &n->pages, err);
}

static enum rc open_server(
    struct newsroom_process *n, const struct config *c, struct err *err)
{
	struct http_config config = {
	    .answer = newsroom_answer,
	    .ctx = n->pages,
	    .body_most = newsroom_body_most,
	    .sender = newsroom_sender,
	    .spool = n->spool,
	    .connections_max = CONNECTIONS,
	    .connections_per_address = c->connections_per_address,
	    .requests_per_s = c->requests_per_second,
	    .requests_burst = c->requests_burst,
	    .head_deadline_ms = c->head_seconds * 1000,
	    .idle_deadline_ms = c->idle_seconds * 1000,
	    .send_min_bytes_per_s = c->slowest_bytes_per_second,
	    .cold_budget_ms = c->cold_budget_ms,
	    .trusts_loopback = c->trusts_loopback,
	    .ignores_forwarded =
		!newsroom_is_proxied(newsroom_origin(n->pages)),
	    .access_log_fd = n->order->log_fd,
	    .log_path = newsroom_log_path,
	};

	n->server = http_server_new(n->loop, &config);
	return http_server_listen(n->server, n->order->listen[0], err);
}

static enum rc serve_staff(struct newsroom_process *n, struct err *err)
{
	static struct config config;
	enum rc rc;

	if (n->order->listen_n == 0 || n->order->vault_fd < 0 ||
	    n->order->darkroom_fd < 0)
		return RC_OK;
	rc = child_read_config(n->order, &config, err);
	if (rc == RC_OK)
		rc = open_pages(n, &config, err);
	n->spool = arena_printf(n->a, "%s/private", n->order->dir);
	if (rc == RC_OK && !n->spool.p)
		rc = err_set(err, RC_NO_MEMORY, "no memory");
	if (rc == RC_OK)
		rc = open_server(n, &config, err);
	if (rc == RC_OK)
		sweep_due(&n->sweep);
	if (rc == RC_OK)
		loop_arm(n->loop, &n->thin, THIN_MS);
	return rc;
}

static enum rc close_sandbox(struct newsroom_process *n, struct err *err)
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

static enum rc open_desk(struct newsroom_process *n, struct err *err)
{
	struct str path =
	    arena_printf(n->a, "%s/run/newsroom.sock", n->order->dir);

	if (!path.p)
		return err_set(err, RC_NO_MEMORY, "no memory");
	return desk_server_new(n->loop, path, call_came, n, &n->desk, err);
}

/* Another build may make all pages otherwise. Where that cannot be noted (the
 * disk is full), pages have no date, and all else goes on. */
static enum rc tell_build(struct newsroom_process *n, struct err *err)
{
	struct paper *paper = desk_work_paper(n->work);
	struct str text = child_made_by(n->a, n->order);
	bool is_new = false;
	enum rc rc = desk_public_look(paper, str_of(n->order->dir), err);

	if (rc != RC_OK)
		return rc;
	if (!text.p)
		return err_set(err, RC_NO_MEMORY, "no memory");
	rc = paper_made_by(paper, text, clock_now(), &is_new, err);
	if (rc != RC_OK)
		say(n->name, "%s", err->why);
	else if (is_new)
		desk_work_show(n->work);
	return RC_OK;
}

static void open_due(struct timer *t)
{
	struct newsroom_process *n =
	    LOOP_OWNER(t, struct newsroom_process, open);
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
		rc = desk_work_zone_known(n->work, &err);
	if (rc == RC_OK)
		rc = tell_build(n, &err);
	if (rc == RC_OK)
		rc = open_desk(n, &err);
	newsroom_start();
	if (rc == RC_OK)
		rc = close_sandbox(n, &err);
	/* From here on it is closed, and the first byte of the net is read by
	 * the loop later. */
	if (rc == RC_OK)
		rc = serve_staff(n, &err);
	if (rc != RC_OK) {
		end_with(n, &err);
		return;
	}
	heartbeat_start(&n->heartbeat, n->loop, n->shared, n->order);
	desk_work_beat(n->work, heartbeat_once, &n->heartbeat);
	child_is_ready(n->order);
	work_due(n);
}

static void drained(void *ctx)
{
	loop_stop(((struct newsroom_process *)ctx)->loop);
}

static void signal_came(struct loop *l, void *ctx, int signo)
{
	struct newsroom_process *n = ctx;

	(void)signo;
	/* Calls and requests are done whole within one turn of the loop; only
	 * answers may still be on their way. */
	if (n->server && http_server_connections(n->server) > 0)
		http_server_drain(n->server, DRAIN_MS, drained, n);
	else
		loop_stop(l);
}

int newsroom_run(const struct child_order *order)
{
	static const int signals[] = {SIGTERM};
	struct newsroom_process n = {
	    .order = order,
	    .name = child_name(CHILD_NEWSROOM, 0),
	    .a = arena_new(SMALL_ARENA),
	    .site = {.dir = str_of(order->dir)},
	    .open = {.fn = open_due},
	    .retry = {.fn = retry_due},
	    .sweep = {.fn = sweep_due},
	    .tick = {.fn = tick_due},
	    .thin = {.fn = thin_due},
	    .saves = {.fn = save_deferred},
	    .rest = {.fn = rest_deferred},
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
	vault_link_done(&n.vault);
	till_asker_done(&n.till);
	darkroom_link_done(&n.darkroom);
	http_server_free(n.server);
	newsroom_free(n.pages);
	newsroom_site_done(&n.site);
	desk_work_close(n.work);
	alarm_done(&n.due, n.loop);
	loop_free(n.loop);
	arena_free(n.a);
	return n.code;
}
