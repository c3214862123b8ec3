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
	struct http_later *later;

	must(deadline_ms > 0);
	if (!c || c->server->waiting >= HTTP_LATER_MAX)
		return NULL;
	later = calloc(1, sizeof(*later));
	if (!later)
		return NULL;
	later->connection = c;
	later->late = late ? entity_ref(late) : NULL;
	later->request = (struct http_request){.method = r->method,
	    .is_keep_alive = r->is_keep_alive,
	    .path = keep(later, r->path, KEPT_PATH),
	    .accept_encoding = keep_accept(later, r),
	    .user_agent = keep(later, r->user_agent, KEPT_AGENT),
	    .forwarded_for = keep(later, r->forwarded_for, KEPT_FORWARDED)};
	c->server->waiting++;
	connection_wait(c, later, deadline_ms);
	return later;
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
	free(later);
}

void http_later_answer(struct http_later *later, struct entity *e)
{
	struct http_server *s;

	must(!later->is_answered);
	later->is_answered = true;
	later->entity = e;
	if (!later->connection) {
		later_free(later);
		return;
	}
	s = later->connection->server;
	later->next = s->answered;
	s->answered = later;
	loop_defer(s->loop, &s->send_answered);
}

void later_forget(struct http_later *later)
{
	(void)untie(later);
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
		if (later->connection)
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
		later_free(later);
	}
}
