/* SPDX-License-Identifier: MIT
 *
 * A reader process. It opens public.db for reading, closes its sandbox, and
 * only then reads the first byte that a stranger sent. It holds no secret: who
 * takes it over has what is public anyway.
 *
 * Its life:
 *
 *	waiting		public.db is not there yet; it is looked for every
 *			OPEN_MS. Connections wait in the listening sockets.
 *	excusing	public.db cannot be opened, or is not there for
 *			longer than WAIT_MS: everyone gets a ready 503, until
 *			this process makes room for one that tries again
 *	serving		changes are looked for when the newsroom rings the
 *			bell (sys/bell.h), and every NOTICE_MS in any case
 *	draining	after SIGTERM: no new connection is taken, and what is
 *			open gets its answer, within the grace time, or at
 *			leisure if another reader follows (CHILD_FOLLOWED)
 *
 * Reader 1 also answers on the metrics port, for all processes, from the
 * shared page.
 *
 * Started as root it stays root, but inside the sandbox: to which other user
 * it could change only the administrator knows. Let the service manager start
 * all of it as a user of its own.
 */
#include "app/reader.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/child.h"
#include "app/reader_till.h"
#include "app/say.h"
#include "app/shared.h"
#include "app/watchdog.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "http/entity_file.h"
#include "http/server.h"
#include "page/asset.h"
#include "paper/public.h"
#include "site/site.h"
#include "sys/bell.h"
#include "sys/file.h"
#include "sys/loop.h"
#include "sys/random.h"
#include "sys/sandbox.h"
#include "sys/socket.h"
#include "sys/zone_file.h"

enum {
	OPEN_MS = 50,
	WAIT_MS = 2000,
	EXCUSE_MS = 2000,
	IDLE_END_MS = 250, /* a request may be on its way already */
	EXCUSE_RETRY_S = 5,
	/* The loop may be one tick (10 ms) late: so at most 20 ms. */
	NOTICE_MS = 10,
	LOOK_MS = 1000, /* whether public.db is still the same file */
	METRICS_MAX = 256 * 1024,
	METRICS_CONNECTIONS = 32,
	PICTURE_MAX = 16 * 1024 * 1024,
	READER_ARENA = 8 * 1024 * 1024,
};

#define TELL_NS INT64_C(600000000000) /* ten minutes */

struct reader {
	const struct child_order *order;
	const char *name;
	struct config config;
	struct loop *loop;
	struct shared *shared;
	struct http_metrics *metrics;
	struct arena *arena; /* of what lives as long as the process */
	struct str public_dir, public_path;
	struct file_id public_id; /* of public.db when it was opened */
	unsigned noticed;	  /* how often changes were looked for */
	uint64_t told_refused;	  /* connections, of which the log tells */
	int64_t told_ns;
	struct public_db *db;
	struct site *site;
	struct http_server *server;
	struct http_server *metrics_server;
	struct timer open;
	struct timer notice;
	struct timer again; /* while excusing */
	unsigned waited_ms; /* for public.db */
	struct heartbeat heartbeat;
	struct reader_till till;
	struct watch bell; /* rung by the newsroom when there is news */
	bool is_draining;
	int64_t left_ns; /* when SIGTERM came; 0: it has not */
	bool is_followed;
	/* Nobody follows any more, whatever the shared page says: that of
	 * another program may have been followed by another page. */
	bool is_last;
	bool has_complained;
	int code;
};

static void end_with(struct reader *r, const struct err *err)
{
	say(r->name, "%s", err->why);
	r->code = 1;
	loop_stop(r->loop);
}

/* The metrics port. */

static struct entity *metrics_answer(
    void *ctx, const struct http_request *request, struct instant now)
{
	struct reader *r = ctx;
	struct entity_spec spec = {.status = 200, .modified = INSTANT_NEVER};
	struct entity *entity;
	struct buf b;

	(void)now;
	buf_init(&b, METRICS_MAX);
	if (str_eq(request->path, STR("/metrics"))) {
		spec.type = STR("text/plain; version=0.0.4; charset=utf-8");
		shared_write(&b, r->shared, r->order->readers);
	} else {
		spec.status = 404;
		spec.type = STR("text/plain; charset=utf-8");
		buf_lit(&b, "Metrics are at /metrics\n");
	}
	spec.cache = STR("no-store");
	spec.body = buf_str(&b);
	entity = buf_rc(&b) == RC_OK ? entity_new(&spec) : NULL;
	buf_done(&b);
	return entity;
}

static enum rc serve_metrics(struct reader *r, struct err *err)
{
	struct http_config config = {
	    .answer = metrics_answer,
	    .ctx = r,
	    .connections_max = METRICS_CONNECTIONS,
	    .connections_per_address = METRICS_CONNECTIONS,
	    .head_deadline_ms = 5000,
	    .idle_deadline_ms = 30000,
	    .send_min_bytes_per_s = 1000,
	    .cold_budget_ms = 1000,
	    .trusts_loopback = true,
	    .access_log_fd = -1,
	};

	if (r->order->metrics_fd < 0)
		return RC_OK;
	r->metrics_server = http_server_new(r->loop, &config);
	return http_server_listen(r->metrics_server, r->order->metrics_fd, err);
}

/* The paper. */

static enum rc open_picture(struct str path, struct site_picture *ret)
{
	struct entity_file *file;
	enum rc rc = entity_file_open(path, &file);

	if (rc != RC_OK)
		return rc;
	if (entity_file_size(file) > PICTURE_MAX) {
		entity_file_free(file);
		return RC_NOT_FOUND;
	}
	*ret = (struct site_picture){
	    .file = file, .modified = entity_file_changed(file)};
	return RC_OK;
}

static enum rc read_picture(void *ctx, struct arena *a, struct str name,
    size_t most, struct site_picture *ret)
{
	struct reader *r = ctx;
	struct str path = arena_printf(
	    a, "%.*s/pictures/%.*s", STR_ARG(r->public_dir), STR_ARG(name));
	enum rc rc;

	if (!path.p)
		return RC_NO_MEMORY;
	rc = file_changed(path, &ret->modified, NULL);
	if (rc == RC_OK)
		rc = file_read_no_link(a, path, most, &ret->bytes, NULL);
	if (rc == RC_LIMIT)
		rc = open_picture(path, ret);
	/* A pipe, a link or not for us: no picture, and it will be none if they
	 * ask again. */
	if (rc == RC_INVALID || rc == RC_DENIED)
		rc = RC_NOT_FOUND;
	return rc;
}

static enum rc open_site(struct reader *r, struct err *err)
{
	struct site_config config = {
	    .db = r->db,
	    .css = asset_find(STR("broadsheet.css")),
	    .favicon = asset_find(STR("favicon.svg")),
	    .cache_limit =
		(size_t)r->config.cache_mb * 1024 * 1024 / r->order->readers,
	    .load_zone = zone_file_load,
	    .picture = read_picture,
	    .picture_ctx = r,
	    .metrics = r->metrics,
	};
	enum rc rc = reader_till_init(&r->till, r->arena, r->order, err);

	if (rc != RC_OK)
		return rc;
	if (r->till.fd >= 0)
		config.till = &r->till.wire;
	if (r->order->port)
		config.origin = arena_printf(
		    r->arena, "http://127.0.0.1:%u", r->order->port);
	config.made_by = child_made_by(r->arena, r->order);
	if (!config.made_by.p)
		return err_set(err, RC_NO_MEMORY, "no memory");
	random_bytes(config.secret, sizeof(config.secret));
	rc = site_new(&config, &r->site, err);
	return rc != RC_OK ? rc
			   : reader_till_start(&r->till, r->loop, r->site,
				 r->arena, r->order, err);
}

/* A limit of all readers together, as the share of one. */
static unsigned share_of(const struct reader *r, unsigned all)
{
	unsigned share = all / r->order->readers;

	return all > 0 && share == 0 ? 1 : share;
}

/* What the configuration wants, as far as files can be open. */
static unsigned connections_of(const struct reader *r)
{
	unsigned wanted = share_of(r, r->config.connections);
	unsigned places = child_connections(socket_raise_limit(1));

	return wanted < places ? wanted : places;
}

static enum rc open_server(
    struct reader *r, http_answer_fn *answer, void *ctx, struct err *err)
{
	const struct config *c = &r->config;
	struct http_config config = {
	    .answer = answer,
	    .ctx = ctx,
	    .takes = answer == site_answer ? site_takes : NULL,
	    .connections_max = connections_of(r),
	    /* Which reader a connection meets is chance: no share here. */
	    .connections_per_address = c->connections_per_address,
	    .requests_per_s = c->requests_per_second,
	    .requests_burst = c->requests_burst,
	    .head_deadline_ms = c->head_seconds * 1000,
	    .idle_deadline_ms = c->idle_seconds * 1000,
	    .send_min_bytes_per_s = c->slowest_bytes_per_second,
	    .cold_budget_ms = c->cold_budget_ms,
	    .trusts_loopback = c->trusts_loopback,
	    .host = str_of(c->host),
	    .access_log_fd = r->order->log_fd,
	    .logs_addresses = c->logs_addresses,
	    .private_path = STR("/support"),
	    .metrics = r->metrics,
	};
	enum rc rc = RC_OK;

	r->server = http_server_new(r->loop, &config);
	for (unsigned i = 0; rc == RC_OK && i < r->order->listen_n; i++)
		rc = http_server_listen(r->server, r->order->listen[i], err);
	if (rc == RC_OK)
		rc = serve_metrics(r, err);
	return rc;
}

static enum rc close_sandbox(struct reader *r, struct err *err)
{
	const struct str readable[] = {
	    r->public_dir, STR("/usr/share/zoneinfo")};
	const struct sandbox_rules rules = {
	    .role = SANDBOX_READER,
	    .readable = readable,
	    .readable_count = sizeof(readable) / sizeof(readable[0]),
	};
	struct sandbox_report report;

	return sandbox_enter(&rules, &report, err);
}

static void notice(struct reader *r)
{
	enum rc rc = site_notice_changes(r->site);

	if (rc != RC_OK && !r->has_complained)
		say(r->name,
		    "cannot look for changes (%s); the pages stay "
		    "as they are meanwhile",
		    rc_name(rc));
	r->has_complained = rc != RC_OK;
}

static void drained(void *ctx)
{
	struct reader *r = ctx;

	loop_stop(r->loop);
}

/* The newsroom has begun the file anew, and in the sandbox it cannot be
 * opened: another process follows this one. */
static void look_for_another(struct reader *r)
{
	struct file_id now;

	if (r->is_draining || file_id(r->public_path, &now, NULL) != RC_OK ||
	    (now.device == r->public_id.device &&
		now.number == r->public_id.number))
		return;
	say(r->name, "public.db is another file now, and is opened again");
	r->code = CHILD_AGAIN;
	r->is_draining = true;
	http_server_drain(r->server, EXCUSE_MS, drained, r);
	http_server_end_idle(r->server, IDLE_END_MS);
}

/* Now and then, for those who look at no metrics. */
static void tell_refused(struct reader *r)
{
	uint64_t full = metric_get(&r->metrics->refused[REFUSED_CONNECTIONS]);
	uint64_t none = metric_get(&r->metrics->refused[REFUSED_DESCRIPTORS]);
	int64_t now_ns = loop_ns(r->loop);

	if (full + none == r->told_refused ||
	    (r->told_ns && now_ns - r->told_ns < TELL_NS))
		return;
	say(r->name,
	    "%llu connections were turned away so far, more than there is room "
	    "for: %llu with a 503, %llu without a word, since no more files "
	    "can be open",
	    (unsigned long long)(full + none), (unsigned long long)full,
	    (unsigned long long)none);
	r->told_refused = full + none;
	r->told_ns = now_ns;
}

static void notice_due(struct timer *t)
{
	struct reader *r = LOOP_OWNER(t, struct reader, notice);

	notice(r);
	if (++r->noticed % (LOOK_MS / NOTICE_MS) == 0) {
		look_for_another(r);
		tell_refused(r);
	}
	loop_arm(r->loop, &r->notice, NOTICE_MS);
}

static void bell_rang(struct loop *l, struct watch *w, unsigned events)
{
	struct reader *r = LOOP_OWNER(w, struct reader, bell);

	(void)l;
	(void)events;
	bell_heard(w->fd);
	notice(r);
}

/* Without a bell the reader looks by itself, so no failure ends it. */
static void listen_for_bell(struct reader *r)
{
	struct str path =
	    arena_printf(r->arena, "%.*s/bell", STR_ARG(r->public_dir));
	struct err err;
	int fd;

	if (!path.p)
		return;
	if (bell_listen(path, &fd, &err) != RC_OK)
		say(r->name, "%s; news is looked for instead", err.why);
	else if (loop_watch(r->loop, &r->bell, fd, LOOP_READ, bell_rang) !=
		 RC_OK)
		close(fd);
}

/* While the public paper cannot be opened. */

static struct entity *excuse(
    void *ctx, const struct http_request *request, struct instant now)
{
	(void)ctx;
	(void)request;
	(void)now;
	return entity_new(&(struct entity_spec){.status = 503,
	    .type = STR("text/plain; charset=utf-8"),
	    .cache = STR("no-store"),
	    .retry_after_s = EXCUSE_RETRY_S,
	    .modified = INSTANT_NEVER,
	    .body = STR("The paper cannot be read at the moment. "
			"Please try again in a few seconds.\n")});
}

static void again_due(struct timer *t)
{
	struct reader *r = LOOP_OWNER(t, struct reader, again);

	r->code = CHILD_AGAIN;
	r->is_draining = true;
	http_server_drain(r->server, EXCUSE_MS, drained, r);
}

/* The sandbox is closed before a stranger's byte is read, and inside of it
 * the database cannot be opened: so another process has to try. */
static void start_excusing(struct reader *r, const struct err *why)
{
	struct err err;
	enum rc rc;

	say(r->name, "%s; readers get a 503 meanwhile", why->why);
	rc = close_sandbox(r, &err);
	if (rc == RC_OK)
		rc = open_server(r, excuse, r, &err);
	if (rc != RC_OK) {
		end_with(r, &err);
		return;
	}
	heartbeat_start(&r->heartbeat, r->loop, r->shared, r->order);
	loop_arm(r->loop, &r->again, EXCUSE_MS);
}

/* True: it is looked for again. */
static bool must_wait(struct reader *r, enum rc rc, const struct err *err)
{
	if (rc != RC_NOT_FOUND && rc != RC_BUSY)
		return false;
	if (r->order->is_in_place && r->waited_ms >= WAIT_MS)
		return false;
	r->waited_ms += OPEN_MS;
	if (!r->has_complained)
		say(r->name, "waiting for the public paper: %s", err->why);
	r->has_complained = true;
	loop_arm(r->loop, &r->open, OPEN_MS);
	return true;
}

static void open_due(struct timer *t)
{
	struct reader *r = LOOP_OWNER(t, struct reader, open);
	struct err err;
	enum rc rc = file_id(r->public_path, &r->public_id, &err);

	if (rc == RC_OK)
		rc = public_open(str_of(r->order->dir), &r->db, &err);
	if (must_wait(r, rc, &err))
		return;
	r->has_complained = false;
	if (rc == RC_OK)
		rc = open_site(r, &err);
	/* A reader that shall follow another just ends: that one serves. */
	if (rc != RC_OK && r->order->is_in_place) {
		start_excusing(r, &err);
		return;
	}
	if (rc == RC_OK)
		listen_for_bell(r);
	/* From here on it is closed; the first byte of a stranger is read by
	 * the loop later. */
	if (rc == RC_OK)
		rc = close_sandbox(r, &err);
	if (rc == RC_OK)
		rc = open_server(r, site_answer, r->site, &err);
	if (rc != RC_OK) {
		end_with(r, &err);
		return;
	}
	heartbeat_start(&r->heartbeat, r->loop, r->shared, r->order);
	child_is_ready(r->order);
	loop_arm(r->loop, &r->notice, NOTICE_MS);
}

/* How much of the grace time is left, which begins anew where all stop. */
static unsigned grace_left_ms(const struct reader *r, bool is_stopping)
{
	int64_t grace_ms = (int64_t)r->config.grace_seconds * 1000;
	int64_t spent_ms = (loop_ns(r->loop) - r->left_ns) / 1000000;

	if (is_stopping)
		return (unsigned)grace_ms;
	return spent_ms < grace_ms ? (unsigned)(grace_ms - spent_ms) : 0;
}

static void stop_listening(struct reader *r)
{
	if (r->metrics_server)
		http_server_drain(r->metrics_server, 100, NULL, NULL);
	/* The others hold copies of these; when they do not, whoever comes
	 * now is refused at once instead of waiting for nobody. */
	for (unsigned i = 0; i < r->order->listen_n; i++)
		close(r->order->listen[i]);
}

static void signal_came(struct loop *l, void *ctx, int signo)
{
	struct reader *r = ctx;
	bool is_first = !r->is_draining;
	bool is_stopping;

	/* What was begun without a signal is short. */
	if (is_first ? signo != SIGTERM : !r->left_ns)
		return;
	r->is_draining = true;
	if (is_first)
		r->left_ns = loop_ns(l);
	if (signo == CHILD_FOLLOWED) {
		r->is_last |= r->is_followed;
		r->is_followed = true;
	}
	is_stopping =
	    r->is_last || (r->shared && metric_get(&r->shared->stopping));
	if (!r->server) {
		loop_stop(l);
		return;
	}
	if (signo == SIGTERM || is_stopping)
		http_server_drain(
		    r->server, grace_left_ms(r, is_stopping), drained, r);
	else
		http_server_drain(r->server,
		    child_leave_ms(r->config.grace_seconds), drained, r);
	http_server_end_idle(
	    r->server, is_stopping ? IDLE_END_MS : grace_left_ms(r, false));
	if (is_first)
		stop_listening(r);
}

static enum rc prepare(struct reader *r, struct err *err)
{
	static const int signals[] = {SIGTERM, CHILD_FOLLOWED};
	const struct child_order *order = r->order;
	enum rc rc = child_read_config(order, &r->config, err);

	if (rc == RC_OK)
		rc = shared_map(order->shared_fd, &r->shared, err);
	if (rc == RC_OK && random_start() != RC_OK)
		rc = err_set(err, RC_IO, "no random numbers");
	if (rc == RC_OK)
		rc = loop_new(&r->loop, err);
	if (rc == RC_OK)
		rc = loop_signals(r->loop, signals, 2, signal_came, r, err);
	if (rc != RC_OK)
		return rc;
	r->metrics = &r->shared->readers[order->bank][order->slot];
	r->told_refused =
	    metric_get(&r->metrics->refused[REFUSED_CONNECTIONS]) +
	    metric_get(&r->metrics->refused[REFUSED_DESCRIPTORS]);
	/* What was true of the process before. */
	metric_set(&r->metrics->connections_open, 0);
	metric_set(&r->metrics->cache_bytes, 0);
	metric_set(&r->metrics->cache_pages, 0);
	r->public_dir = arena_printf(r->arena, "%s/public", order->dir);
	r->public_path =
	    arena_printf(r->arena, "%s/public/public.db", order->dir);
	return r->public_path.p ? RC_OK
				: err_set(err, RC_NO_MEMORY, "no memory");
}

int reader_run(const struct child_order *order)
{
	struct reader r = {
	    .order = order,
	    .name = child_name(CHILD_READER, order->slot),
	    .arena = arena_new(READER_ARENA),
	    .open = {.fn = open_due},
	    .notice = {.fn = notice_due},
	    .again = {.fn = again_due},
	};
	struct err err;

	if (prepare(&r, &err) != RC_OK) {
		say(r.name, "%s", err.why);
		return 1;
	}
	open_due(&r.open);
	if (r.code == 0)
		loop_run(r.loop);
	http_server_free(r.metrics_server);
	http_server_free(r.server);
	site_free(r.site);
	public_close(r.db);
	loop_free(r.loop);
	arena_free(r.arena);
	return r.code;
}
