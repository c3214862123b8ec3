/* SPDX-License-Identifier: MIT
 *
 * A connection of bare bytes to a server, over TCP or TLS, for protocols that
 * are not HTTP, or not for long. Certificates, the SOCKS5 proxy and the
 * environment are treated as by http/client.h.
 *
 * Nothing here waits: a connection is begun, looked at again and again until
 * it stands, and then read and written as far as that goes at once.
 */
#ifndef HTTP_PIPE_H
#define HTTP_PIPE_H

#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

struct http_pipe;

struct http_pipe_place {
	struct str url;	    /* http:// is TCP, https:// is TLS; its path is
			       not looked at */
	struct str ca_file; /* PEM certificates; empty: the system's */
	struct str proxy;   /* "host:port" of a SOCKS5 proxy; empty: none */
	unsigned ms_max;    /* until it stands, at least 1 */
};

/* Begins to connect. RC_INVALID: the URL is none that http_client_host allows;
 * RC_NOT_FOUND: libcurl is missing; RC_NO_MEMORY. The caller owns it. */
MUST_USE enum rc http_pipe_new(const struct http_pipe_place *place,
    struct http_pipe **ret_pipe, struct err *err);
/* Closes it. NULL is fine. */
void http_pipe_free(struct http_pipe *p);

/* Goes on connecting. RC_OK: it stands (and is to be called no more);
 * RC_BUSY: not yet; RC_IO: it cannot be made, or not within ms_max. *ERR names
 * the host. */
MUST_USE enum rc http_pipe_turn(struct http_pipe *p, struct err *err);

/* What becomes readable when bytes come; -1 while it does not stand. All must
 * then be read, until RC_BUSY: TLS may hold back what no poll shows. */
int http_pipe_fd(const struct http_pipe *p);

/* Both: only once it stands. RC_OK: *RET_N bytes, at least 1; RC_BUSY: none
 * now; RC_IO: closed or broken. */
MUST_USE enum rc http_pipe_send(
    struct http_pipe *p, struct str bytes, size_t *ret_n);
MUST_USE enum rc http_pipe_recv(
    struct http_pipe *p, char *room, size_t n, size_t *ret_n);

#endif
