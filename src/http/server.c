/* SPDX-License-Identifier: MIT
 *
 * The server around its connections: it takes them from the listening
 * sockets, refuses those for which there is no place, keeps what all share
 * (the date line, the ready answers, the log), and drains.
 *
 * Refusing must be the cheapest thing it does. A connection over the limit
 * gets a ready answer and waits, in a small number of places, for its reader
 * to take it; beyond that it is closed at once. When the process has no
 * descriptor left, one kept in reserve is given up to take a connection and
 * close it, so that the queue does not stand still.
 */
#include "http/server.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/must.h"
#include "http/connection.h"
#include "http/status.h"
#include "sys/clock.h"
#include "sys/socket.h"

enum { LOG_FLUSH_MS = 1000, ACCEPT_PAUSE_MS = 100 };

struct slab {
	struct slab *next;
	struct connection connections[CONNECTION_SLAB];
};

struct listener {
	struct watch watch;
	struct timer pause;
	struct http_server *server;
	struct listener *next;
};

/* --- what connections share --- */

struct entity *server_ready(struct http_server *s, unsigned status)
{
	struct entity *e;

	must(status >= READY_FIRST && status < READY_FIRST + READY_COUNT);
	e = s->ready[status - READY_FIRST];
	must(e);
	return e;
}

struct str server_date(struct http_server *s)
{
	struct instant now = loop_now(s->loop);

	if (instant_s(now) != s->date_s) {
		struct buf b;

		buf_init(&b, sizeof(s->date_line));
		buf_lit(&b, "Date: ");
		instant_http(&b, now);
		buf_lit(&b, "\r\n");
		if (buf_rc(&b) == RC_OK) {
			memcpy(s->date_line, b.p, b.n);
			s->date_n = (uint8_t)b.n;
			s->date_s = instant_s(now);
		}
		buf_done(&b);
	}
	return (struct str){s->date_line, s->date_n};
}

void server_refused(struct http_server *s, enum http_refusal why)
{
	metric_add(&s->metrics->refused[why], 1);
}

bool http_budget_take(struct http_budget *b)
{
	if (!b)
		return true;
	if (b->spent_ns >= b->limit_ns && b->spent_ns > 0)
		return false;
	if (!b->began_ns)
		b->began_ns = clock_ns();
	return true;
}

static void count_changed(struct http_server *s)
{
	metric_set(&s->metrics->connections_open, s->count);
	if (s->count == 0 && s->is_draining)
		loop_defer(s->loop, &s->drained);
}

struct connection *server_take(struct http_server *s)
{
	struct connection *c = s->spare;

	if (!c) {
		struct slab *slab = calloc(1, sizeof(*slab));

		if (!slab)
			return NULL;
		slab->next = s->slabs;
		s->slabs = slab;
		for (size_t i = 0; i < CONNECTION_SLAB; i++) {
			slab->connections[i].next = s->spare;
			s->spare = &slab->connections[i];
		}
		c = s->spare;
	}
	s->spare = c->next;
	*c = (struct connection){.next = s->all, .link = &s->all};
	if (s->all)
		s->all->link = &c->next;
	s->all = c;
	s->count++;
	count_changed(s);
	return c;
}

void server_give(struct http_server *s, struct connection *c)
{
	*c->link = c->next;
	if (c->next)
		c->next->link = c->link;
	*c = (struct connection){.next = s->spare};
	s->spare = c;
	must(s->count > 0);
	s->count--;
	count_changed(s);
}

/* --- taking connections --- */

static void reserve(struct http_server *s, int listen_fd)
{
	if (s->reserve_fd < 0)
		s->reserve_fd = fcntl(listen_fd, F_DUPFD_CLOEXEC, 3);
}

/* No descriptor is left: sends one away. RC_BUSY: nobody is there, which the
 * system does not tell without a descriptor to give; else not even that. */
static enum rc send_away(struct http_server *s, int listen_fd)
{
	struct address peer;
	int fd;
	enum rc rc;

	if (s->reserve_fd < 0)
		return RC_LIMIT;
	close(s->reserve_fd);
	s->reserve_fd = -1;
	rc = socket_accept(listen_fd, &fd, &peer);
	if (rc == RC_OK) {
		socket_abort(fd);
		server_refused(s, REFUSED_DESCRIPTORS);
	}
	reserve(s, listen_fd);
	return rc;
}

static void on_resume(struct timer *t)
{
	struct listener *li = LOOP_OWNER(t, struct listener, pause);

	if (!li->server->is_draining)
		loop_rewatch(li->server->loop, &li->watch, LOOP_READ);
}

static void on_listener(struct loop *l, struct watch *w, unsigned events)
{
	struct listener *li = LOOP_OWNER(w, struct listener, watch);
	struct http_server *s = li->server;

	(void)events;
	for (int i = 0; i < HTTP_ACCEPT_BATCH; i++) {
		struct address peer;
		int fd;
		enum rc rc = socket_accept(w->fd, &fd, &peer);

		if (rc == RC_LIMIT || rc == RC_NO_MEMORY) {
			rc = send_away(s, w->fd);
			if (rc == RC_OK)
				continue;
		}
		if (rc == RC_BUSY)
			break;
		if (rc == RC_IO)
			continue;
		if (rc != RC_OK) {
			loop_rewatch(l, w, 0);
			loop_arm(l, &li->pause, ACCEPT_PAUSE_MS);
			break;
		}
		metric_add(&s->metrics->connections_accepted, 1);
		if (s->count - s->shed >= s->config.connections_max) {
			server_refused(s, REFUSED_CONNECTIONS);
			connection_shed(s, fd, 503);
		} else {
			connection_open(s, fd, &peer);
		}
	}
}

enum rc http_server_listen(struct http_server *s, int fd, struct err *err)
{
	struct listener *li = calloc(1, sizeof(*li));
	enum rc rc;

	if (!li)
		return err_set(err, RC_NO_MEMORY, "no memory to listen");
	must(!s->is_draining);
	li->server = s;
	li->pause.fn = on_resume;
	rc = loop_watch(s->loop, &li->watch, fd, LOOP_READ, on_listener);
	if (rc != RC_OK) {
		free(li);
		return err_set(
		    err, rc, "cannot wait for connections: %s", rc_name(rc));
	}
	li->next = s->listeners;
	s->listeners = li;
	reserve(s, fd);
	return RC_OK;
}

static void stop_listening(struct http_server *s)
{
	while (s->listeners) {
		struct listener *li = s->listeners;

		s->listeners = li->next;
		loop_unwatch(s->loop, &li->watch);
		loop_disarm(s->loop, &li->pause);
		free(li);
	}
	if (s->reserve_fd >= 0)
		close(s->reserve_fd);
	s->reserve_fd = -1;
}

/* --- draining --- */

static void close_all(struct http_server *s)
{
	while (s->all)
		connection_close(s->all);
}

static void on_grace_over(struct timer *t)
{
	close_all(LOOP_OWNER(t, struct http_server, drain_timer));
}

static void on_idle_over(struct timer *t)
{
	struct http_server *s = LOOP_OWNER(t, struct http_server, idle_timer);
	struct connection *next;

	for (struct connection *c = s->all; c; c = next) {
		next = c->next;
		if (c->state == CONNECTION_IDLE)
			connection_close(c);
	}
}

static void on_drained(struct loop *l, struct deferred *d)
{
	struct http_server *s = LOOP_OWNER(d, struct http_server, drained);

	loop_disarm(l, &s->drain_timer);
	loop_disarm(l, &s->idle_timer);
	if (s->log)
		access_log_flush(s->log);
	if (s->done)
		s->done(s->done_ctx);
}

void http_server_drain(
    struct http_server *s, unsigned grace_ms, void (*done)(void *), void *ctx)
{
	if (s->is_draining) {
		if (s->count > 0)
			loop_arm(s->loop, &s->drain_timer, grace_ms);
		return;
	}
	s->is_draining = true;
	s->done = done;
	s->done_ctx = ctx;
	s->drained.fn = on_drained;
	s->drain_timer.fn = on_grace_over;
	stop_listening(s);
	loop_arm(s->loop, &s->drain_timer, grace_ms);
	count_changed(s);
}

void http_server_end_idle(struct http_server *s, unsigned ms)
{
	must(s->is_draining);
	s->idle_timer.fn = on_idle_over;
	loop_arm(s->loop, &s->idle_timer, ms);
}

unsigned http_server_connections(const struct http_server *s)
{
	return s->count;
}

/* --- birth and death --- */

static void on_log_timer(struct timer *t)
{
	struct http_server *s = LOOP_OWNER(t, struct http_server, log_timer);

	access_log_flush(s->log);
	loop_arm(s->loop, t, LOG_FLUSH_MS);
}

static void make_ready(struct http_server *s, unsigned status)
{
	char text[64];
	struct str reason = http_reason(status);
	struct buf b;
	struct entity *e;

	buf_init(&b, sizeof(text));
	buf_u64(&b, status);
	buf_char(&b, ' ');
	buf_add(&b, reason);
	buf_char(&b, '\n');
	must(buf_rc(&b) == RC_OK);
	e = entity_new(&(struct entity_spec){.status = status,
	    .type = STR("text/plain; charset=utf-8"),
	    .cache = STR("no-store"),
	    .extra =
		status == 405 ? STR("Allow: GET, HEAD, POST\r\n") : STR_NONE,
	    .modified = INSTANT_NEVER,
	    .retry_after_s = status == 429 || status == 503 ? 5 : 0,
	    .body = buf_str(&b)});
	must(e);
	s->ready[status - READY_FIRST] = e;
	buf_done(&b);
}

struct http_server *http_server_new(
    struct loop *loop, const struct http_config *config)
{
	static const unsigned statuses[] = {
	    400, 405, 408, 411, 413, 414, 417, 421, 429, 431, 501, 503, 505};
	struct http_server *s = calloc(1, sizeof(*s));

	must(s);
	must(config->answer && config->connections_max > 0);
	must(config->head_deadline_ms > 0 && config->idle_deadline_ms > 0);
	must(config->private_path.n != 1);
	s->loop = loop;
	s->config = *config;
	s->limits = limits_new(&(struct limits_config){
	    .connections = config->connections_per_address,
	    .requests_per_s = config->requests_per_s,
	    .requests_burst = config->requests_burst});
	s->metrics = config->metrics ? config->metrics : &s->own_metrics;
	s->budget.limit_ns = (int64_t)config->cold_budget_ms * 1000000;
	s->window_ms = (config->head_deadline_ms + 1) / 2;
	s->turns_end = &s->turns;
	s->turn.fn = connection_take_turns;
	s->send_answered.fn = later_send_answered;
	s->reserve_fd = -1;
	s->date_s = INT64_MIN;
	for (size_t i = 0; i < sizeof(statuses) / sizeof(*statuses); i++)
		make_ready(s, statuses[i]);
	if (config->access_log_fd >= 0) {
		s->log = access_log_new(config->access_log_fd, s->metrics);
		s->log_timer.fn = on_log_timer;
		loop_arm(loop, &s->log_timer, LOG_FLUSH_MS);
	}
	return s;
}

void http_server_free(struct http_server *s)
{
	if (!s)
		return;
	stop_listening(s);
	close_all(s);
	loop_disarm(s->loop, &s->log_timer);
	loop_disarm(s->loop, &s->drain_timer);
	loop_disarm(s->loop, &s->idle_timer);
	loop_undefer(s->loop, &s->drained);
	loop_undefer(s->loop, &s->turn);
	loop_undefer(s->loop, &s->send_answered);
	later_free_answered(s);
	while (s->slabs) {
		struct slab *slab = s->slabs;

		s->slabs = slab->next;
		free(slab);
	}
	for (size_t i = 0; i < READY_COUNT; i++)
		entity_unref(s->ready[i]);
	access_log_free(s->log);
	limits_free(s->limits);
	free(s);
}
