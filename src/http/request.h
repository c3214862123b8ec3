/* SPDX-License-Identifier: MIT
 *
 * A request as bytes of HTTP/1.1 (RFC 9112), read strictly: what the standard
 * allows a server to refuse is refused, so that no proxy in front can read the
 * same bytes differently.
 */
#ifndef HTTP_REQUEST_H
#define HTTP_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"
#include "http/chunked.h"

enum {
	HTTP_HEAD_MAX = 16 * 1024, /* request line and fields together */
	HTTP_TARGET_MAX = 8 * 1024,
	HTTP_FIELDS_MAX = 100,
	/* Of a body, where the server's program allows no longer one. */
	HTTP_BODY_MAX = 64 * 1024,
	/* No request is longer then: a buffer of this size holds any. */
	HTTP_REQUEST_MAX = HTTP_HEAD_MAX + 2 * HTTP_BODY_MAX,
};

enum http_method {
	HTTP_GET,
	HTTP_HEAD,
	HTTP_POST,
	HTTP_OTHER, /* a token that is none of these: 405 or 501 */
};

struct connection;
struct http_budget;

/* The fields that the program looks at; views into the connection's buffer,
 * empty where the request has none. */
struct http_request {
	enum http_method method;
	struct str path;  /* decoded, checked: starts with '/', no "//", no
			      "." or ".." segment, no NUL, valid UTF-8 */
	struct str query; /* behind '?', raw; p NULL if there is no '?' */
	struct str host;  /* lower case not assured; without port; never empty
			      in HTTP/1.1 */
	struct str accept_encoding; /* the first line of it, ... */
	struct str if_none_match;   /* ... and see has_split_lists */
	struct str if_modified_since;
	struct str user_agent;
	struct str forwarded_for; /* X-Forwarded-For, last field line */
	struct str fields;	  /* all lines of the head but the first, as
				     they came, the empty one included */
	struct str body;	  /* POST only */
	bool is_keep_alive;
	bool has_body;
	bool has_split_lists; /* accept_encoding or if_none_match has further
				 lines: use http_request_join */
	struct http_budget *budget;    /* of costly answers: server.h; NULL when
				       not read by a server: no limit */
	struct connection *connection; /* private: for later.h */
};

/* Puts the values of all lines of the field NAME (small letters) into B, with
 * ", " between them: one list, as RFC 9110 5.3 allows to read them. R is one
 * that was DONE, and its input is still there. */
void http_request_join(
    const struct http_request *r, struct str name, struct buf *b);

/* How many lines of the field NAME (small letters) the head has; *RET_VALUE is
 * the first one's value, trimmed, p NULL if there is none. For fields that few
 * answers ask for: it walks over the whole head. As http_request_join. */
unsigned http_request_field(
    const struct http_request *r, struct str name, struct str *ret_value);

/* What is refused, and how, is said at the top of request.c.
 *
 * Reads one request from the start of IN. On DONE, *RET_USED bytes belong to
 * it; bytes behind those are the next request's. The path may be decoded in
 * place, so IN is writable and not parsed twice after DONE. On REFUSE,
 * *RET_STATUS is 400, 405, 411, 413, 414, 417, 431, 501 or
 * 505. On MORE, IN is as it was. *RET_REQUEST may be
 * written to whatever the result. */
enum http_parse http_request_parse(char *in, size_t n,
    struct http_request *ret_request, size_t *ret_used, unsigned *ret_status);

/* The longest body that R may have, at least HTTP_BODY_MAX; asked once for each
 * request that says it has a longer one, or does not say how long it is, when
 * its head is whole. R is as it will be, but for the body, and the path,
 * which is still as it came, with its percent signs. *RET_SENDER, which is 0,
 * becomes a number of whoever sends it, where that is known: the room for long
 * bodies is shared out by it (http/limits.h). */
typedef size_t http_most_fn(
    void *ctx, const struct http_request *r, uint64_t *ret_sender);

/* The same for bytes that come in pieces, without reading all of them again
 * with every piece. Zeroed before the first, but for MOST and its CTX; IN is
 * always the whole of what came since the request's start, may move between
 * calls, and only grows. The same bytes give the same result as
 * http_request_parse, however they are cut, but a fault may be told no earlier
 * than with the next line feed. */
struct http_parser {
	http_most_fn *most; /* NULL: HTTP_BODY_MAX for all */
	void *most_ctx;
	size_t body_most;	/* private: what it said; 0: not asked yet */
	uint64_t sender;	/* read freely: whom it named */
	size_t tried;		/* private: bytes seen by the last full try */
	size_t head;		/* private: bytes of the head once it is whole,
				   else 0 */
	uint64_t body;		/* private: its length where it is known */
	bool is_chunked;	/* private */
	struct chunked chunked; /* private */
};

enum http_parse http_parser_run(struct http_parser *parser, char *in, size_t n,
    struct http_request *ret_request, size_t *ret_used, unsigned *ret_status);

#endif
