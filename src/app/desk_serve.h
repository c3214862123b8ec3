/* SPDX-License-Identifier: MIT
 *
 * The desk's calls as they come in over a Unix socket of the newsroom
 * process. Who may connect is decided by the file's permissions: the user
 * that the server runs as.
 */
#ifndef APP_DESK_SERVE_H
#define APP_DESK_SERVE_H

#include "base/err.h"
#include "base/str.h"

struct desk_server;
struct desk_work;
struct loop;

enum { DESK_CLIENTS_MAX = 16 };

/* Listens at PATH (copied) and does what is asked for with WORK; CALLED is
 * called after each call. RC_BUSY: somebody answers there; and what
 * socket_listen_unix gives. The caller owns it; LOOP and WORK outlive it. */
MUST_USE enum rc desk_server_new(struct loop *loop, struct str path,
    struct desk_work *work, void (*called)(void *ctx), void *ctx,
    struct desk_server **ret_server, struct err *err);
/* Removes the socket, and closes all connections. NULL is fine. */
void desk_server_free(struct desk_server *server);

#endif
