/* SPDX-License-Identifier: MIT
 *
 * The program's own questions to other servers, over libcurl: a bitcoin node,
 * a source of rates, another paper. Whoever answers is held to be hostile:
 * every answer has a limit in bytes and in time, none is followed elsewhere
 * unless asked, none sets a cookie, none is decompressed.
 *
 * Only http and https are spoken. The certificate must be right, unless a
 * certificate is given, which then is the only one that will do. The
 * environment's proxies, netrc and so on are not looked at. With a SOCKS5
 * proxy, the name is looked up behind the proxy, so that nothing is asked
 * outside of it (Tor).
 *
 * A call waits for its answer. While it does, go_on is called at least once a
 * second, so that the caller can serve others meanwhile, and can give up.
 */
#ifndef HTTP_CLIENT_H
#define HTTP_CLIENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

struct buf;
struct http_client;

enum { HTTP_CLIENT_REDIRECTS_MAX = 5 };

struct http_ask {
	struct str url;		 /* http:// or https://, without a user in it */
	struct str body;	 /* sent by POST; p NULL: GET */
	struct str content_type; /* of body */
	struct str user;	 /* Basic authentication; empty: none */
	struct str password;
	struct str proxy;   /* "host:port" of a SOCKS5 proxy; empty: none */
	struct str ca_file; /* PEM certificates; empty: the system's */
	size_t bytes_max;   /* of the answer's body, at least 1 */
	unsigned ms_max;    /* for all of it, at least 1 */
	unsigned redirects; /* to follow; usually 0 */
	bool (*go_on)(void *ctx); /* false: give up. NULL: never */
	void *ctx;
};

/* A client; connections to the same server are kept open between its calls.
 * To be made before a sandbox is entered, since that loads libcurl.
 * RC_NOT_FOUND: it is missing; RC_NO_MEMORY. The caller owns it. */
MUST_USE enum rc http_client_new(
    struct http_client **ret_client, struct err *err);
/* NULL is fine. */
void http_client_free(struct http_client *c);

/* Asks, waits, and appends the answer's body to BODY, whatever its status
 * says. RC_INVALID: the URL is none that is allowed; RC_LIMIT: longer than
 * bytes_max (or than BODY may hold), or not done in ms_max; RC_BUSY: go_on
 * said no; RC_IO: all else, as no connection and a wrong certificate. *ERR
 * names the host, never the user, the password or the path. Unless RC_OK,
 * BODY is as long as before. */
MUST_USE enum rc http_client_ask(struct http_client *c,
    const struct http_ask *ask, struct buf *body, unsigned *ret_status,
    struct err *err);

/* URL is one that http_client_ask allows: its host (with port), for messages.
 * RC_INVALID. */
MUST_USE enum rc http_client_host(struct str url, struct str *ret_host);

#endif
