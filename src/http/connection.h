/* SPDX-License-Identifier: MIT
 *
 * One connection of the server, and the server's insides as its connections
 * see them. Only for the files of the server.
 */
#ifndef HTTP_CONNECTION_H
#define HTTP_CONNECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "http/access_log.h"
#include "http/limits.h"
#include "http/metrics.h"
#include "http/server.h"
#include "sys/address.h"
#include "sys/loop.h"

struct http_later;
struct inbox;
struct outbox;

enum connection_state {
	CONNECTION_IDLE,   /* nothing of a request has come */
	CONNECTION_HEAD,   /* a part of its head */
	CONNECTION_BODY,   /* its head and a part of its body */
	CONNECTION_TURN,   /* perhaps whole ones, whose turn is to come */
	CONNECTION_WAIT,   /* its answer comes later: later.h */
	CONNECTION_SEND,   /* an answer waits for room in the socket */
	CONNECTION_LINGER, /* all is sent, the rest is thrown away */
	CONNECTION_DONE,   /* to be freed before control goes back */
};

/* An idle connection is this and nothing more. */
struct connection {
	struct watch watch;
	struct timer timer;
	struct http_server *server;
	struct connection *next; /* all of the server, or free ones */
	struct connection **link;
	union {
		struct connection *turn_next; /* in the queue of turns */
		struct http_later *later;     /* in WAIT only */
	};
	struct connection **turn_link; /* NULL: not in it */
	struct inbox *in;	       /* a request in pieces; NULL: none */
	struct outbox *out;	       /* an answer in pieces; NULL: none */
	int64_t since_ns; /* when this state, or this window, began */
	struct address address;
	limits_slot slot;
	uint32_t progress; /* bytes at the window's start; thrown away */
	uint32_t unsent;   /* in the kernel, when last looked at; 0: never */
	uint8_t state;	   /* enum connection_state */
	bool is_local;
	bool is_ending;	   /* the answer under way is the last */
	bool is_shed;	   /* refused at the door; lingers only */
	bool is_stuck;	   /* the reader does not take what was sent, or is not
			      sent all: ends with a reset */
	bool has_answered; /* since the event came */
	bool is_streaming; /* the answer comes in pieces, and not all is there:
			      later is set, also while one is sent */
};

struct http_budget {
	int64_t limit_ns;
	int64_t turn_ns;  /* which turn SPENT is of */
	int64_t spent_ns; /* in this turn */
	int64_t began_ns; /* of the render under way; 0: none */
};

/* The statuses that the server itself answers with. */
enum {
	READY_FIRST = 400,
	READY_COUNT = 110,
	DATE_LINE_MAX = 48,
	CONNECTION_SLAB = 64,
	ACCEPT_MAX = 64,
};

struct http_server {
	struct loop *loop;
	struct http_config config;
	struct limits *limits;
	struct access_log *log; /* NULL: none */
	struct http_metrics *metrics;
	struct http_metrics own_metrics; /* where the config has none */
	struct http_budget budget;
	struct connection *all;
	struct connection *spare;
	struct connection *turns; /* of CONNECTION_TURN, first come */
	struct connection **turns_end;
	struct deferred turn;
	struct http_later *answered; /* handles to be sent and freed */
	struct deferred send_answered;
	unsigned waiting;  /* connections in WAIT */
	int64_t turn_ns;   /* which turn of the loop turn_left is of */
	int64_t turn_left; /* units; below 0: single answers went out still */
	struct slab *slabs;
	struct listener *listeners;
	unsigned count;	    /* connections, shed ones included */
	unsigned shed;	    /* of them */
	size_t unfinished;  /* bytes of all inboxes in memory */
	size_t spooled;	    /* of those in files */
	unsigned window_ms; /* how often slow ones are looked at */
	int reserve_fd;	    /* given up when descriptors run out */
	int64_t date_s;	    /* that date_line is of */
	uint8_t date_n;
	bool is_draining;
	char date_line[DATE_LINE_MAX];
	struct timer log_timer;
	struct timer drain_timer;
	struct timer idle_timer; /* see http_server_end_idle */
	struct deferred drained;
	void (*done)(void *);
	void *done_ctx;
	/* The last Accept-Encoding and what it chose: most readers send one of
	 * a few, and many the same. */
	enum coding accept_coding;
	size_t accept_n;
	char accept[ACCEPT_MAX];
	struct entity *ready[READY_COUNT]; /* by status - READY_FIRST */
	char room[HTTP_READ_BYTES];   /* what is read, while it is worked on */
	char piece[HTTP_PIECE_BYTES]; /* of a file, while it is sent */
};

/* Takes over FD. Closes it if there is no memory. */
void connection_open(
    struct http_server *server, int fd, const struct address *peer);
/* Answers STATUS to somebody for whom there is no place, and closes. */
void connection_shed(struct http_server *server, int fd, unsigned status);
/* Closes it now, whatever it does. */
void connection_close(struct connection *c);
/* The server's deferred function: goes on with those in the queue. */
void connection_take_turns(struct loop *l, struct deferred *d);
/* What an event of C's ends with; BEFORE is the state when it came. C may be
 * closed and gone afterwards. */
void connection_conclude(struct connection *c, enum connection_state before);
/* A piece is out, and more are to come. */
void connection_await_piece(struct connection *c);
/* Nothing is read from C for at most DEADLINE_MS. */
void connection_wait(
    struct connection *c, struct http_later *later, unsigned deadline_ms);
/* Ends C's wait with E, of which it takes over the reference, as the answer to
 * R. It may be closed and gone afterwards. */
void connection_resume(
    struct connection *c, const struct http_request *r, struct entity *e);

/* The server's ready answer with STATUS; borrowed. */
struct entity *server_ready(struct http_server *server, unsigned status);
/* "Date: ...CRLF" of now; valid until the next call. */
struct str server_date(struct http_server *server);
void server_refused(struct http_server *server, enum http_refusal why);
/* A zeroed connection, and back. NULL without memory. */
struct connection *server_take(struct http_server *server);
void server_give(struct http_server *server, struct connection *c);

/* N bytes of an answer were sent, to be counted against the turn. */
static inline void server_spend(struct http_server *s, size_t n)
{
	s->turn_left -= 1 + (int64_t)(n / HTTP_UNIT_BYTES);
}

/* Sends a piece of an answer in pieces, in answer to R, to a connection in
 * WAIT: HEAD, if it is the first (else NULL), then BYTES. It may be closed and
 * gone afterwards, as after connection_resume. */
void connection_send_piece(struct connection *c, const struct http_request *r,
    struct entity *head, struct str bytes, bool is_last);

/* later.c: what the server does to a handle. */

/* Its connection has taken a piece, and waits for the next for DEADLINE. */
void later_taken(struct http_later *later);

/* Its connection is closed. */
void later_forget(struct http_later *later);
/* Its deadline has passed: its connection is answered, and may be gone. */
void later_overdue(struct http_later *later);
/* The server's deferred function: sends what the program has answered. */
void later_send_answered(struct loop *l, struct deferred *d);
/* Frees what was answered and not sent; no connection is left. */
void later_free_answered(struct http_server *server);

/* answer.c: what is sent, and how it is noted. */

/* An answer that did not go out at once. */
struct outbox {
	struct entity *entity; /* one reference; NULL: a piece, in OWN */
	struct str parts[2];   /* what is left: the line, then the form */
	uint64_t file_left;    /* of the entity's file, behind that */
	uint64_t sent;	       /* since it was made, and what the reader had
				  then still to take */
	char *own;	       /* what parts[1] of a piece looks into */
	char line[128];	       /* what parts[0] looks into */
};

/* Sends E, of which it takes over the reference, in answer to R, or to
 * something that is no request if R is NULL. Sets the connection's out, or
 * its state when it is ending or broken. */
void connection_answer(
    struct connection *c, const struct http_request *r, struct entity *e);
/* Sends BYTES, and before them the head of E, if it is not NULL, as
 * connection_answer does; chunks, where IS_CHUNKED. */
void connection_put_piece(struct connection *c, const struct http_request *r,
    struct entity *head, struct str bytes, bool is_last);
/* Sends more of out. False: it is still not all, or broken. */
bool connection_send_on(struct connection *c);

#endif
