/* SPDX-License-Identifier: MIT
 *
 * The life of a connection:
 *
 *	         +------ a whole request, its answer sent -----+
 *	         v                                             |
 *	open -> IDLE -> HEAD -> BODY -> (answer) -> SEND ------+
 *	                  ^               | ^ |       |
 *	                  +--- TURN <-----+ | +-> LINGER <- after the last
 *	                                    v      |        answer
 *	                                  WAIT    DONE
 *
 * Requests are read into the server's one room and worked on there. Only the
 * unfinished rest of one is copied, into an inbox of the connection's own;
 * only what a socket does not take is noted in an outbox. So an idle
 * connection is its struct, and 15,000 of them are a few megabytes.
 *
 * While an answer waits for the socket, nothing more is read: that bounds
 * what a client can make the server hold, and keeps answers in order.
 *
 * Who pipelines gets a share of answers in each turn of the loop. What is
 * left of the requests then waits in the inbox, and the connection in a queue
 * (TURN), from which the server goes on in a deferred function; it is not
 * told to epoll, unless more bytes come meanwhile.
 *
 * Where the program says that its answer comes later (later.h), the connection
 * waits for it (WAIT): nothing is read, and only a hang-up is told. What was
 * pipelined behind the request stays in the inbox and takes a turn afterwards.
 * An answer in pieces goes from WAIT to SEND and back for each of them.
 *
 * The timer is not touched by a request: c->since_ns is, and when the timer
 * fires, it looks whether the deadline has moved on meanwhile.
 *
 * Invariants:
 * I1. out is set exactly in SEND.
 * I2. Whatever sets DONE leaves the freeing to the function that the loop
 *     called, so that a connection lives as long as anybody uses it.
 * I3. later is set exactly in WAIT, and in SEND where is_streaming; no such
 *     connection is in the queue of turns: both use the same room.
 */
#include "http/connection.h"

#include <stdlib.h>
#include <string.h>

#include "base/must.h"
#include "http/field.h"
#include "http/inbox.h"
#include "http/metrics.h"
#include "sys/clock.h"
#include "sys/socket.h"

#define NS_PER_MS INT64_C(1000000)

static void on_event(struct loop *l, struct watch *w, unsigned events);
static void on_timer(struct timer *t);

/* --- turns --- */

static void queue(struct connection *c)
{
	struct http_server *s = c->server;

	if (c->turn_link)
		return;
	c->turn_next = NULL;
	c->turn_link = s->turns_end;
	*s->turns_end = c;
	s->turns_end = &c->turn_next;
	loop_defer(s->loop, &s->turn);
}

static void unqueue(struct connection *c)
{
	if (!c->turn_link)
		return;
	*c->turn_link = c->turn_next;
	if (c->turn_next)
		c->turn_next->turn_link = c->turn_link;
	else
		c->server->turns_end = c->turn_link;
	c->turn_link = NULL;
}

/* How many units are to be left in this turn of the loop when one connection
 * has had its share. */
static int64_t share(struct http_server *s)
{
	int64_t now_ns = loop_ns(s->loop);

	if (s->turn_ns != now_ns) {
		s->turn_ns = now_ns;
		s->turn_left = HTTP_TURN_UNITS;
	}
	return s->turn_left > HTTP_SHARE_UNITS ? s->turn_left - HTTP_SHARE_UNITS
					       : 0;
}

/* --- opening and closing --- */

static struct connection *attach(struct http_server *s, int fd, unsigned events)
{
	struct connection *c = server_take(s);

	if (!c)
		return NULL;
	if (loop_watch(s->loop, &c->watch, fd, events, on_event) != RC_OK) {
		server_give(s, c);
		return NULL;
	}
	c->server = s;
	c->slot = LIMITS_NOBODY;
	c->timer.fn = on_timer;
	c->since_ns = loop_ns(s->loop);
	return c;
}

void connection_open(struct http_server *s, int fd, const struct address *peer)
{
	int64_t now_us = loop_ns(s->loop) / 1000;
	bool is_local = address_is_local(peer);
	limits_slot slot = LIMITS_NOBODY;
	struct connection *c;

	if (!(is_local && s->config.trusts_loopback) &&
	    limits_open(s->limits, address_key(peer), now_us, &slot) != RC_OK) {
		server_refused(s, REFUSED_ADDRESS);
		connection_shed(s, fd, 429);
		return;
	}
	c = attach(s, fd, LOOP_READ);
	if (!c) {
		limits_close(s->limits, slot);
		server_refused(s, REFUSED_DESCRIPTORS);
		socket_abort(fd);
		return;
	}
	c->slot = slot;
	c->is_local = is_local;
	if (s->config.logs_addresses)
		c->address = *peer;
	loop_arm(s->loop, &c->timer, s->config.idle_deadline_ms);
}

void connection_shed(struct http_server *s, int fd, unsigned status)
{
	struct connection *c = NULL;

	if (s->shed < HTTP_LINGERING_MAX)
		c = attach(s, fd, LOOP_READ);
	if (!c) {
		socket_close(fd);
		return;
	}
	c->is_shed = true;
	s->shed++;
	c->is_ending = true;
	connection_answer(c, NULL, entity_ref(server_ready(s, status)));
	if (c->state == CONNECTION_LINGER)
		loop_arm(s->loop, &c->timer, HTTP_LINGER_MS);
	else
		connection_close(c);
}

static struct http_parser parser_of(const struct http_server *s)
{
	return (struct http_parser){
	    .most = s->config.body_most, .most_ctx = s->config.ctx};
}

void connection_close(struct connection *c)
{
	struct http_server *s = c->server;
	int fd = c->watch.fd;

	loop_unwatch(s->loop, &c->watch);
	loop_disarm(s->loop, &c->timer);
	/* What the reader does not take would stay in the kernel; and the end
	 * of the connection may be that of the body. */
	if (c->is_stuck || c->out || c->is_streaming)
		socket_abort(fd);
	else
		socket_close(fd);
	unqueue(c);
	if (c->state == CONNECTION_WAIT || c->is_streaming)
		later_forget(c->later);
	inbox_drop(c);
	if (c->out) {
		entity_unref(c->out->entity);
		free(c->out->own);
	}
	free(c->out);
	limits_close(s->limits, c->slot);
	if (c->is_shed)
		s->shed--;
	server_give(s, c);
}

/* --- answering --- */

/* Answers with a ready entity, after which nothing is read any more. */
static void refuse(struct connection *c, unsigned status)
{
	c->is_ending = true;
	connection_answer(c, NULL, entity_ref(server_ready(c->server, status)));
}

static bool is_within_rate(struct connection *c, const struct http_request *r)
{
	struct http_server *s = c->server;
	int64_t now_us = loop_ns(s->loop) / 1000;
	struct address reader;

	if (!c->is_local || !s->config.trusts_loopback) {
		uint64_t key = 0;

		if (limits_request(s->limits, c->slot, now_us))
			return true;
		if (c->is_local && s->config.sender)
			key = s->config.sender(s->config.ctx, r);
		return key != 0 && limits_request_of(s->limits, key, now_us);
	}
	if (!r->forwarded_for.n ||
	    http_forwarded_parse(r->forwarded_for, &reader) != RC_OK)
		return true;
	return limits_request_of(s->limits, address_key(&reader), now_us);
}

/* Asks the program; the time of a render is put on the budget. */
static struct entity *ask(struct connection *c, struct http_request *r)
{
	struct http_server *s = c->server;
	struct entity *e;
	int64_t spent_ns;

	r->budget = &s->budget;
	r->connection = c;
	if (s->budget.turn_ns != loop_ns(s->loop)) {
		s->budget.turn_ns = loop_ns(s->loop);
		s->budget.spent_ns = 0;
	}
	s->budget.began_ns = 0;
	e = s->config.answer(s->config.ctx, r, loop_now(s->loop));
	if (!s->budget.began_ns)
		return e;
	spent_ns = clock_ns() - s->budget.began_ns;
	s->budget.spent_ns += spent_ns;
	if (s->config.metrics)
		metric_add(&s->config.metrics->cold_render_us,
		    (uint64_t)spent_ns / 1000);
	return e;
}

static void respond(struct connection *c, struct http_request *r)
{
	struct http_server *s = c->server;
	struct entity *e = NULL;

	if (!r->is_keep_alive || s->is_draining)
		c->is_ending = true;
	if (s->config.ignores_forwarded)
		r->forwarded_for = STR_NONE;
	if (!is_within_rate(c, r)) {
		server_refused(s, REFUSED_RATE);
		e = entity_ref(server_ready(s, 429));
	} else if (s->config.host.n && r->host.n &&
		   !str_eq_fold(r->host, s->config.host)) {
		server_refused(s, REFUSED_HOST);
		e = entity_ref(server_ready(s, 421));
	} else {
		e = ask(c, r);
	}
	if (!e) {
		if (c->state == CONNECTION_WAIT)
			return;
		server_refused(s, REFUSED_BUSY);
		e = entity_ref(server_ready(s, 503));
	}
	connection_answer(c, r, e);
}

/* The key of the reader for whom a server in front of this one sends R; 0: C's
 * peer is the reader. */
static uint64_t forwarded_key(
    const struct connection *c, const struct http_request *r)
{
	const struct http_config *config = &c->server->config;
	struct address reader;

	if (!c->is_local || !config->trusts_loopback ||
	    config->ignores_forwarded || !r->forwarded_for.n ||
	    http_forwarded_parse(r->forwarded_for, &reader) != RC_OK)
		return 0;
	return address_key(&reader);
}

/* The body of R, whose head has just come, is nobody's. */
static bool is_in_vain(
    const struct http_server *s, const struct http_request *r)
{
	return s->config.takes && !s->config.takes(s->config.ctx, r);
}

/* Answers the requests at the start of P, the first of them in any case and
 * others within the share, and returns how many bytes were used up. PARSER
 * knows what was seen of the first. *RET_KEY: forwarded_key of one whose head
 * has just come and whose body has not; else 0. */
static size_t serve(struct connection *c, char *p, size_t n,
    struct http_parser *parser, uint64_t *ret_key)
{
	struct http_server *s = c->server;
	int64_t enough = share(s);
	size_t at = 0;

	while (at < n && c->state < CONNECTION_TURN) {
		struct http_request r;
		size_t used;
		unsigned status;
		enum http_parse got;
		bool had_head = parser->head != 0;

		if (at > 0 && s->turn_left <= enough) {
			c->state = CONNECTION_TURN;
			break;
		}
		got =
		    http_parser_run(parser, p + at, n - at, &r, &used, &status);
		if (got == HTTP_PARSE_MORE) {
			if (!had_head && parser->head && is_in_vain(s, &r)) {
				*parser = parser_of(s);
				c->state = CONNECTION_IDLE;
				c->is_ending = true;
				r.body = STR("");
				respond(c, &r);
				return n;
			}
			if (!had_head && parser->head)
				*ret_key = forwarded_key(c, &r);
			break;
		}
		*parser = parser_of(s);
		c->state = CONNECTION_IDLE;
		if (got == HTTP_PARSE_REFUSE) {
			server_refused(s, REFUSED_MALFORMED);
			refuse(c, status);
			return n;
		}
		at += used;
		respond(c, &r);
	}
	return at;
}

/* --- requests in pieces --- */

/* Room for WANTED bytes in the inbox. False: refused or closed. */
static bool has_room(struct connection *c, size_t wanted)
{
	if (inbox_grow(c, wanted))
		return true;
	server_refused(c->server, REFUSED_BUSY);
	if (c->state == CONNECTION_WAIT)
		later_forget(c->later);
	if (c->state >= CONNECTION_WAIT)
		c->state = CONNECTION_DONE;
	else
		refuse(c, 503);
	return false;
}

/* Keeps P as the beginning of a request, or whatever it is: behind an answer
 * that waits, it is not yet looked at. */
static void stash(struct connection *c, const char *p, size_t n,
    const struct http_parser *parser)
{
	if (!has_room(c, n))
		return;
	memcpy(c->in->p, p, n);
	c->in->n = n;
	c->in->parser = *parser;
}

/* What comes of the request in C's inbox is the reader's of KEY. */
static void name_sender(struct connection *c, uint64_t key)
{
	struct http_server *s = c->server;
	limits_slot slot;

	if (!key || !c->in || c->state > CONNECTION_TURN)
		return;
	if (limits_open(s->limits, key, loop_ns(s->loop) / 1000, &slot) ==
	    RC_OK) {
		inbox_hold_for(c, slot);
		return;
	}
	server_refused(s, REFUSED_ADDRESS);
	refuse(c, 429);
}

static void serve_inbox(struct connection *c)
{
	struct inbox *in = c->in;
	uint64_t key = 0;
	size_t used = serve(c, in->p, in->n, &in->parser, &key);

	in->n -= used;
	if (in->n == 0) {
		inbox_drop(c);
		return;
	}
	if (used) {
		inbox_forget_sender(c);
		memmove(in->p, in->p + used, in->n);
	}
	name_sender(c, key);
}

static void read_room(struct connection *c)
{
	struct http_server *s = c->server;
	struct http_parser parser = parser_of(s);
	uint64_t key = 0;
	size_t n;
	size_t used;
	enum rc rc = socket_recv(c->watch.fd, s->room, sizeof(s->room), &n);

	if (rc == RC_BUSY)
		return;
	if (rc != RC_OK || n == 0) {
		c->state = CONNECTION_DONE;
		return;
	}
	used = serve(c, s->room, n, &parser, &key);
	if (used < n && c->state <= CONNECTION_SEND) {
		stash(c, s->room + used, n - used, &parser);
		name_sender(c, key);
	}
}

static void read_inbox(struct connection *c)
{
	struct inbox *in;
	size_t n;
	enum rc rc;

	if (c->in->n == c->in->size && !has_room(c, c->in->n + 1))
		return;
	in = c->in;
	rc = socket_recv(c->watch.fd, in->p + in->n, in->size - in->n, &n);
	if (rc == RC_BUSY)
		return;
	if (rc != RC_OK || n == 0) {
		c->state = CONNECTION_DONE;
		return;
	}
	in->n += n;
	serve_inbox(c);
}

static void discard(struct connection *c)
{
	struct http_server *s = c->server;
	size_t n;
	enum rc rc = socket_recv(c->watch.fd, s->room, sizeof(s->room), &n);

	if (rc == RC_BUSY)
		return;
	if (rc == RC_OK && n > 0)
		c->progress += (uint32_t)n;
	if (rc != RC_OK || n == 0 || c->progress > HTTP_LINGER_BYTES)
		c->state = CONNECTION_DONE;
}

/* --- deadlines --- */

static void begin(struct connection *c, uint64_t deadline_ms)
{
	c->since_ns = loop_ns(c->server->loop);
	loop_arm(c->server->loop, &c->timer, deadline_ms);
}

/* The kernel still has bytes for the reader, who is taking them. */
static bool is_still_taking(struct connection *c)
{
	uint64_t least = (uint64_t)c->server->config.send_min_bytes_per_s *
			 c->server->window_ms / 1000;
	size_t unsent = socket_unsent(c->watch.fd);
	size_t before = c->unsent;
	bool is_taking = before == 0 || unsent + least <= before;

	c->unsent = (uint32_t)unsent;
	c->is_stuck = unsent > 0 && !is_taking;
	return unsent > 0 && is_taking;
}

/* Names the state that follows from what is there, and asks the loop for what
 * it waits for. BEFORE is the state when the event came. */
static void settle(struct connection *c, enum connection_state before)
{
	struct http_server *s = c->server;
	enum connection_state now = c->state;

	if (now == CONNECTION_TURN) {
		/* What the loop watches for stays as it is: most often the
		 * turn comes before anything happens. See on_event. */
		queue(c);
		return;
	}
	if (now < CONNECTION_TURN) {
		now = CONNECTION_IDLE;
		if (c->in)
			now = c->in->parser.head ? CONNECTION_BODY
						 : CONNECTION_HEAD;
		c->state = (uint8_t)now;
		c->since_ns = loop_ns(s->loop);
		c->unsent = 0;
	}
	must((c->out != NULL) == (now == CONNECTION_SEND)); /* I1 */
	loop_rewatch(s->loop, &c->watch,
	    now == CONNECTION_SEND   ? LOOP_WRITE
	    : now == CONNECTION_WAIT ? 0
				     : LOOP_READ);
	if (now == before)
		return;
	switch (now) {
	case CONNECTION_IDLE:
		/* The timer fires too early and then looks again. */
		break;
	case CONNECTION_HEAD:
		begin(c, s->config.head_deadline_ms);
		break;
	case CONNECTION_BODY:
		c->progress = (uint32_t)c->in->n;
		begin(c, s->window_ms);
		break;
	case CONNECTION_TURN:
		break;
	case CONNECTION_WAIT:
	case CONNECTION_SEND:
		/* Armed where it began to wait, or the outbox was made. */
		break;
	case CONNECTION_LINGER:
		inbox_drop(c);
		c->progress = 0;
		c->unsent = 0;
		begin(c, HTTP_LINGER_MS);
		break;
	case CONNECTION_DONE:
		break;
	}
}

/* Bytes that the reader has truly taken since the outbox was made. */
static uint64_t taken(const struct connection *c)
{
	size_t unsent = socket_unsent(c->watch.fd);

	return c->out->sent > unsent ? c->out->sent - unsent : 0;
}

/* The window of a slow one is over: fast enough goes on with the next. */
static void judge_progress(
    struct connection *c, uint64_t done, uint64_t least_per_s)
{
	if (done < c->progress + least_per_s * c->server->window_ms / 1000) {
		server_refused(c->server, c->state == CONNECTION_SEND
					      ? REFUSED_SLOW_READER
					      : REFUSED_SLOW_BODY);
		c->is_stuck = c->state == CONNECTION_SEND;
		if (c->is_stuck)
			c->state = CONNECTION_DONE;
		else
			refuse(c, 408);
		return;
	}
	c->progress = (uint32_t)done;
	begin(c, c->server->window_ms);
}

static void judge_idle(struct connection *c)
{
	struct http_server *s = c->server;
	int64_t left_ns = c->since_ns - loop_ns(s->loop) +
			  (int64_t)s->config.idle_deadline_ms * NS_PER_MS;

	if (left_ns <= 0)
		c->state = CONNECTION_DONE;
	else
		loop_arm(
		    s->loop, &c->timer, (uint64_t)(left_ns / NS_PER_MS) + 1);
}

/* Nothing but what may stand before a request (RFC 9112 2.2): nobody waits for
 * an answer. */
static bool is_line_end(const struct inbox *in)
{
	return in->n <= 2 && memcmp(in->p, "\r\n", in->n) == 0;
}

static void on_timer(struct timer *t)
{
	struct connection *c = LOOP_OWNER(t, struct connection, timer);
	enum connection_state before = c->state;

	switch (before) {
	case CONNECTION_IDLE:
		judge_idle(c);
		break;
	case CONNECTION_HEAD:
		if (is_line_end(c->in)) {
			c->state = CONNECTION_DONE;
			break;
		}
		server_refused(c->server, REFUSED_SLOW_HEAD);
		refuse(c, 408);
		break;
	case CONNECTION_BODY:
		judge_progress(c, c->in->n, HTTP_BODY_MIN_BYTES_PER_S);
		break;
	case CONNECTION_TURN:
		/* That it waits is not its fault. */
		loop_arm(c->server->loop, t, c->server->window_ms);
		break;
	case CONNECTION_WAIT:
		later_overdue(c->later);
		return;
	case CONNECTION_SEND:
		judge_progress(
		    c, taken(c), c->server->config.send_min_bytes_per_s);
		break;
	case CONNECTION_LINGER:
		if (is_still_taking(c))
			loop_arm(c->server->loop, t, c->server->window_ms);
		else
			c->state = CONNECTION_DONE;
		break;
	case CONNECTION_DONE:
		unreachable("a connection that is done");
	}
	if (c->state == CONNECTION_DONE)
		connection_close(c);
	else if (c->state != before)
		settle(c, before);
}

/* What an event ends with. BEFORE is the state when it came. */
void connection_conclude(struct connection *c, enum connection_state before)
{
	if (c->state == CONNECTION_DONE)
		connection_close(c);
	else
		/* A request that begins behind an answer begins anew. */
		settle(c, c->has_answered ? CONNECTION_IDLE : before);
}

void connection_take_turns(struct loop *l, struct deferred *d)
{
	struct http_server *s = LOOP_OWNER(d, struct http_server, turn);

	/* The queue gets one share at least, however much else went on. */
	(void)share(s);
	if (s->turn_left < HTTP_SHARE_UNITS)
		s->turn_left = HTTP_SHARE_UNITS;
	while (s->turns && s->turn_left > 0) {
		struct connection *c = s->turns;

		unqueue(c);
		c->has_answered = false;
		c->state = CONNECTION_IDLE;
		serve_inbox(c);
		connection_conclude(c, CONNECTION_TURN);
	}
	if (s->turns)
		loop_defer(l, d);
}

static void on_event(struct loop *l, struct watch *w, unsigned events)
{
	struct connection *c = LOOP_OWNER(w, struct connection, watch);
	enum connection_state before = c->state;

	if (before == CONNECTION_TURN && !(events & LOOP_HANGUP)) {
		/* Not now, and not again before its turn. */
		loop_rewatch(l, w, 0);
		return;
	}
	c->has_answered = false;
	if (before == CONNECTION_TURN) {
		c->state = CONNECTION_DONE;
	} else if (before == CONNECTION_WAIT) {
		/* Nothing was asked for: it is a hang-up. */
		connection_close(c);
		return;
	} else if (before == CONNECTION_SEND) {
		if (events & LOOP_HANGUP)
			c->state = CONNECTION_DONE;
		else if (connection_send_on(c) && c->is_streaming)
			connection_await_piece(c);
		else if (c->state == CONNECTION_IDLE && c->in)
			serve_inbox(c);
	} else if (!(events & LOOP_READ)) {
		c->state = CONNECTION_DONE;
	} else if (before == CONNECTION_LINGER) {
		discard(c);
	} else if (c->in) {
		read_inbox(c);
	} else {
		read_room(c);
	}
	connection_conclude(c, before);
}
