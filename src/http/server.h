/* SPDX-License-Identifier: MIT
 *
 * The HTTP/1.1 server: one loop, many connections, an answer for each request
 * from a function that the program gives. See server.c for the life of a
 * connection, and http/limits.h for the numbers.
 */
#ifndef HTTP_SERVER_H
#define HTTP_SERVER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/instant.h"
#include "http/entity.h"
#include "http/request.h"

struct loop;
struct http_server;
struct http_metrics;

/* What the program answers: a reference that the server lets go when it is
 * sent. NULL means that there is no memory or time now: the ready 503; or, if
 * it has called http_later_new (http/later.h), that the answer comes later. */
typedef struct entity *http_answer_fn(
    void *ctx, const struct http_request *request, struct instant now);

/* Asks for leave to render, right before the costly part of an answer; a page
 * out of the cache needs none. False: this turn of the loop has spent its
 * time on cold pages (cold_budget_ms), so that the readers of warm ones would
 * wait; answer with a ready 503 that has Retry-After, or return NULL for the
 * server's own. True: the time until the answer function returns is counted
 * against the budget. BUDGET is request->budget; NULL always gives leave. At
 * least one render is let through in every turn. */
MUST_USE bool http_budget_take(struct http_budget *budget);

struct http_config {
	http_answer_fn *answer;
	void *ctx;
	http_most_fn *body_most; /* called with ctx; NULL: all bodies
						  up to HTTP_BODY_MAX */
	/* Whether anybody takes the body of R, a POST whose head is whole; R is
	 * as for body_most. Where not, the answer function is asked at once, R
	 * has no body, and the connection is closed behind the answer. Called
	 * with ctx; NULL: all are taken. */
	bool (*takes)(void *ctx, const struct http_request *r);
	size_t spooled_max;		  /* bytes there of all together;
						  0: HTTP_SPOOLED_MAX */
	struct str spool;		  /* folder in which what comes of a
						  long body lies meanwhile, in
						  files without a name; empty:
						  in memory */
	unsigned connections_max;	  /* all together */
	unsigned connections_per_address; /* an IPv6 /64 is one address */
	unsigned requests_per_s;	  /* per address; 0: no limit */
	unsigned requests_burst;
	unsigned head_deadline_ms;     /* the whole head must be there; slow
					     bodies and readers are judged
					     at every half of it */
	unsigned idle_deadline_ms;     /* between two requests */
	unsigned send_min_bytes_per_s; /* slower readers are let go */
	unsigned cold_budget_ms;       /* of rendering per turn of the loop;
					     beyond it cold pages get a 503 */
	/* Who sends R, as a number: called with ctx where a reader of this very
	 * machine comes too fast, since behind 127.0.0.1 there are many (an
	 * onion service, SSH); each is then counted alone. 0: not known. NULL:
	 * all are one. */
	uint64_t (*sender)(void *ctx, const struct http_request *r);
	bool trusts_loopback;	 /* X-Forwarded-For from 127.0.0.0/8,
					     ::1 and Unix sockets names the
					     reader; and loopback readers
					     without it are not limited */
	bool ignores_forwarded;	 /* that field is nobody's word: no
					     proxy is in front */
	struct str host;	 /* other Host fields get 421; empty:
					     any host */
	int access_log_fd;	 /* -1: none */
	bool logs_addresses;	 /* false by default */
	struct str private_path; /* "/support": requests for it, and for
					     what lies below it, are logged
					     under this very path, without
					     agent and address; empty: none */
	/* What stands in the log for the path of a request, which is the
	 * function's own or a part of PATH; lines then have no agent and no
	 * address. NULL: the path itself. */
	struct str (*log_path)(struct str path);
	struct http_metrics *metrics; /* http/metrics.h; perhaps in shared
					     memory; outlive the server; NULL:
					     not counted */
};

/* Serves the connections of the listening sockets added to it. The loop must
 * outlive it. Ends the process if there is no memory at start. CONFIG is
 * copied; the strings in it outlive the server. */
struct http_server *http_server_new(
    struct loop *loop, const struct http_config *config);
void http_server_free(struct http_server *server);

/* Takes connections from a listening, non-blocking socket, which stays the
 * caller's. */
MUST_USE enum rc http_server_listen(
    struct http_server *server, int fd, struct err *err);

/* Takes no new connections, ends idle ones after their next answer or after
 * GRACE_MS, whichever is first; DONE is called once none is left. While it
 * drains already, GRACE_MS counts from now in place of what was said before,
 * and that is all. */
void http_server_drain(struct http_server *server, unsigned grace_ms,
    void (*done)(void *), void *ctx);

/* While it drains: closes connections with no request on them, too, MS from now
 * (what has been sent already is answered until then). For a server that none
 * follows. */
void http_server_end_idle(struct http_server *server, unsigned ms);

/* Connections that are open now, those being closed included. */
unsigned http_server_connections(const struct http_server *server);

#endif
