/* SPDX-License-Identifier: MIT
 *
 * Answers that come later. A handle and its connection know each other while
 * the connection waits; either side can end that:
 *
 *	the program answers	the handle goes into the server's list, from
 *				which a deferred function sends: so an answer
 *				is never sent from within another connection's
 *				event, or from the answer function itself
 *	the deadline passes	the late entity is sent, the tie is cut
 *	the reader goes		the tie is cut
 *
 * A handle without a connection is the program's alone, and answering it only
 * frees it. So nothing is answered twice and no handle outlives its use.
 */
#include "http/later.h"

#include <stdlib.h>
#include <string.h>

#include "base/must.h"
#include "http/connection.h"
#include "http/request.h"

/* What is kept of a request for the choice of a form and for the log. */
enum {
	KEPT_ACCEPT = 256,
	KEPT_PATH = ACCESS_LOG_PATH_MAX,
	KEPT_AGENT = ACCESS_LOG_AGENT_MAX,
	KEPT_FORWARDED = 64,
	KEPT_BYTES = KEPT_ACCEPT + KEPT_PATH + KEPT_AGENT + KEPT_FORWARDED,
};

struct http_later {
	struct connection *connection; /* NULL: nobody waits */
	struct http_later *next;       /* in the server's list */
	struct entity *entity;	       /* the program's answer */
	struct entity *late;
	struct http_request request; /* looks into KEPT */
	bool is_answered;
	bool is_queued;	 /* in the server's list */
	bool has_begun;	 /* a piece was given */
	bool wants_more; /* MORE is to be called */
	bool is_asked;	 /* it was, and the piece is not there yet */
	bool has_piece;	 /* it is to be sent */
	bool is_last;	 /* it is the last */
	unsigned deadline_ms;
	struct http_server *server; /* while it has pieces */
	struct str piece;	    /* ours; malloc */
	void (*more)(void *ctx);
	void *more_ctx;
	size_t kept_n;
	char kept[KEPT_BYTES];
};

static struct str keep(struct http_later *later, struct str s, size_t most)
{
	char *to = later->kept + later->kept_n;

	s = str_part(s, 0, most);
	must(later->kept_n + s.n <= KEPT_BYTES);
	if (s.n)
		memcpy(to, s.p, s.n);
	later->kept_n += s.n;
	return (struct str){to, s.n};
}

/* All lines of Accept-Encoding as one. */
static struct str keep_accept(
    struct http_later *later, const struct http_request *r)
{
	struct str s = r->accept_encoding;
	struct buf b;

	buf_init(&b, HTTP_HEAD_MAX * 2);
	if (r->has_split_lists) {
		http_request_join(r, STR("accept-encoding"), &b);
		if (buf_rc(&b) == RC_OK)
			s = buf_str(&b);
	}
	/* A part of a list could say something else than the whole. */
	s = keep(later, s.n <= KEPT_ACCEPT ? s : STR_NONE, KEPT_ACCEPT);
	buf_done(&b);
	return s;
}

struct http_later *http_later_new(
    const struct http_request *r, unsigned deadline_ms, struct entity *late)
{
	struct connection *c = r->connection;
	struct str forwarded = r->forwarded_for;
	struct http_later *later;

	must(deadline_ms > 0);
	if (!c || c->server->waiting >= HTTP_LATER_MAX)
		return NULL;
	later = calloc(1, sizeof(*later));
	if (!later)
		return NULL;
	later->connection = c;
	later->server = c->server;
	later->deadline_ms = deadline_ms;
	later->late = late ? entity_ref(late) : NULL;
	/* Its last entry is what counts. */
	if (forwarded.n > KEPT_FORWARDED)
		forwarded = str_from(forwarded, forwarded.n - KEPT_FORWARDED);
	later->request = (struct http_request){.method = r->method,
	    .is_keep_alive = r->is_keep_alive,
	    .path = keep(later, r->path, KEPT_PATH),
	    .accept_encoding = keep_accept(later, r),
	    .user_agent = keep(later, r->user_agent, KEPT_AGENT),
	    .forwarded_for = keep(later, forwarded, KEPT_FORWARDED)};
	c->server->waiting++;
	connection_wait(c, later, deadline_ms);
	return later;
}

void connection_wait(
    struct connection *c, struct http_later *later, unsigned deadline_ms)
{
	must(c->state < CONNECTION_TURN && !c->turn_link); /* I3 */
	c->state = CONNECTION_WAIT;
	c->later = later;
	loop_arm(c->server->loop, &c->timer, deadline_ms);
}

void connection_resume(
    struct connection *c, const struct http_request *r, struct entity *e)
{
	must(c->state == CONNECTION_WAIT);
	c->state = CONNECTION_IDLE;
	if (c->server->is_draining)
		c->is_ending = true;
	connection_answer(c, r, e);
	if (c->state == CONNECTION_IDLE && c->in)
		c->state = CONNECTION_TURN;
	connection_conclude(c, CONNECTION_WAIT);
}

/* A piece is out, and more are to come. */
void connection_await_piece(struct connection *c)
{
	struct http_later *later = c->later;

	c->state = CONNECTION_WAIT;
	later_taken(later);
}

void connection_send_piece(struct connection *c, const struct http_request *r,
    struct entity *head, struct str bytes, bool is_last)
{
	must(c->state == CONNECTION_WAIT);
	c->state = CONNECTION_IDLE;
	c->is_streaming = !is_last;
	if (c->server->is_draining || !r->is_keep_alive)
		c->is_ending = true;
	connection_put_piece(c, r, head, bytes, is_last);
	if (c->state == CONNECTION_IDLE && c->is_streaming)
		connection_await_piece(c);
	else if (c->state == CONNECTION_IDLE && c->in)
		c->state = CONNECTION_TURN;
	connection_conclude(c, CONNECTION_WAIT);
}

bool http_later_is_gone(const struct http_later *later)
{
	return !later->connection;
}

/* Cuts the tie; the connection is returned. */
static struct connection *untie(struct http_later *later)
{
	struct connection *c = later->connection;

	must(c && c->later == later && c->server->waiting > 0);
	c->server->waiting--;
	later->connection = NULL;
	return c;
}

static void later_free(struct http_later *later)
{
	entity_unref(later->entity);
	entity_unref(later->late);
	free((char *)later->piece.p);
	free(later);
}

static void enqueue(struct http_later *later)
{
	struct http_server *s = later->server;

	if (later->is_queued)
		return;
	later->is_queued = true;
	later->next = s->answered;
	s->answered = later;
	loop_defer(s->loop, &s->send_answered);
}

void http_later_on_more(
    struct http_later *later, void (*more)(void *ctx), void *ctx)
{
	later->more = more;
	later->more_ctx = ctx;
}

void http_later_piece(struct http_later *later, struct entity *head,
    struct str bytes, bool is_last)
{
	char *p = malloc(bytes.n + 1);

	must(later->more && !later->has_piece && !later->is_answered);
	must(!head == later->has_begun);
	later->has_begun = true;
	later->is_asked = false;
	later->is_answered = is_last;
	if (!later->connection && is_last) {
		entity_unref(head);
		free(p);
		later_free(later);
		return;
	}
	if (p && bytes.n)
		memcpy(p, bytes.p, bytes.n);
	later->entity = head;
	later->piece = (struct str){p, bytes.n};
	later->is_last = is_last;
	later->has_piece = true;
	enqueue(later);
}

void later_taken(struct http_later *later)
{
	struct connection *c = later->connection;

	loop_arm(c->server->loop, &c->timer, later->deadline_ms);
	later->wants_more = true;
	enqueue(later);
}

/* The piece goes out; the handle is freed with the last. */
static void send_piece(struct http_later *later)
{
	struct connection *c = later->connection;
	struct str piece = later->piece;
	struct entity *head = later->entity;
	bool is_last = later->is_last || later->request.method == HTTP_HEAD;

	later->has_piece = false;
	later->piece = STR_NONE;
	later->entity = NULL;
	if (!c || !piece.p) {
		/* The owner sees that nobody waits. */
		if (c)
			connection_close(c);
		later->wants_more = !later->is_last;
	} else {
		if (is_last)
			(void)untie(later);
		connection_send_piece(c, &later->request, head, piece, is_last);
		if (is_last && !later->is_last)
			later->wants_more = true;
	}
	entity_unref(head);
	free((char *)piece.p);
	if (later->is_last)
		later_free(later);
	else if (later->wants_more)
		enqueue(later);
}

void http_later_answer(struct http_later *later, struct entity *e)
{
	must(!later->is_answered);
	later->is_answered = true;
	if (later->has_begun) {
		entity_unref(e);
		e = NULL;
	}
	later->entity = e;
	if (!later->connection) {
		later_free(later);
		return;
	}
	enqueue(later);
}

void later_forget(struct http_later *later)
{
	(void)untie(later);
	/* Whoever waits to be asked for a piece is told that nobody does. */
	if (!later->has_begun || later->is_answered || later->has_piece)
		return;
	if (later->is_asked)
		return;
	later->wants_more = true;
	enqueue(later);
}

/* E, or the ready 503 in its place, goes out. */
static void resume(struct http_later *later, struct entity *e)
{
	struct connection *c = untie(later);
	struct http_server *s = c->server;

	if (!e) {
		server_refused(s, REFUSED_BUSY);
		e = server_ready(s, 503);
	}
	connection_resume(c, &later->request, entity_ref(e));
}

void later_overdue(struct http_later *later)
{
	if (later->has_begun) {
		connection_close(later->connection);
		return;
	}
	/* When it is answered, that is sent in this very turn. */
	resume(later, later->is_answered ? later->entity : later->late);
}

void later_send_answered(struct loop *l, struct deferred *d)
{
	struct http_server *s =
	    LOOP_OWNER(d, struct http_server, send_answered);

	(void)l;
	while (s->answered) {
		struct http_later *later = s->answered;

		s->answered = later->next;
		later->is_queued = false;
		if (later->has_piece) {
			send_piece(later);
			continue;
		}
		if (!later->is_answered) {
			later->wants_more = false;
			later->is_asked = true;
			later->more(later->more_ctx);
			continue;
		}
		if (later->connection && later->has_begun)
			connection_close(later->connection);
		else if (later->connection)
			resume(later, later->entity);
		later_free(later);
	}
}

void later_free_answered(struct http_server *s)
{
	while (s->answered) {
		struct http_later *later = s->answered;

		s->answered = later->next;
		must(!later->connection);
		later->is_queued = false;
		if (later->is_answered)
			later_free(later);
	}
}
