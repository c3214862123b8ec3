/* SPDX-License-Identifier: MIT
 *
 * What has come of a request that is not whole: a connection's own piece of
 * memory or, of a long one, of a file. A connection without one has none of
 * either.
 *
 * All of them together take HTTP_UNFINISHED_MAX at most, and no reader more
 * than half of what the others leave of it: see http/limits.h. Whose a piece is
 * says the connection's peer or, where a server stands in front of this one,
 * the head of the request, once it is there.
 */
#ifndef HTTP_INBOX_H
#define HTTP_INBOX_H

#include <stdbool.h>
#include <stddef.h>

#include "http/connection.h"
#include "http/request.h"
#include "sys/spool.h"

/* The beginning of a request. */
struct inbox {
	struct http_parser parser;
	struct spool spool; /* it lies in this one itself; zeroed: in memory */
	/* Whose the request is, if another than the connection's peer sends it
	 * for him (a server in front of this one); counted as a connection of
	 * his. Else LIMITS_NOBODY. */
	limits_slot sender;
	size_t n;
	size_t size;
	char p[];
};

/* Makes C's inbox WANTED bytes long, or longer; what is in it stays. False:
 * there is no room for it, and it is as it was. */
MUST_USE bool inbox_grow(struct connection *c, size_t wanted);
/* Frees it; C may have none. */
void inbox_drop(struct connection *c);

/* What C's inbox takes counts as SENDER's, whom limits_open gave, or as the
 * peer's: LIMITS_NOBODY. */
void inbox_hold_for(struct connection *c, limits_slot sender);
/* The request at its start is over: what follows is nobody's yet. */
void inbox_forget_sender(struct connection *c);

#endif
