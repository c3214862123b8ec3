/* SPDX-License-Identifier: MIT
 *
 * The desk's calls as they come in over a Unix socket of the process that
 * writes (newsroom, till). Who may connect is decided by the file's
 * permissions: the user that the server runs as.
 */
#ifndef APP_DESK_SERVE_H
#define APP_DESK_SERVE_H

#include "base/err.h"
#include "base/str.h"

struct buf;
struct desk_message;
struct desk_server;
struct loop;

enum { DESK_CLIENTS_MAX = 16 };

/* Does what the message asks and appends the answer. Not RC_OK: there is no
 * memory for one. */
typedef enum rc desk_act_fn(
    void *ctx, const struct desk_message *message, struct buf *answer);

/* Listens at PATH (copied) and has ACT do what is asked for. RC_BUSY: somebody
 * answers there; and what socket_listen_unix gives. The caller owns it; LOOP
 * and CTX outlive it. */
MUST_USE enum rc desk_server_new(struct loop *loop, struct str path,
    desk_act_fn *act, void *ctx, struct desk_server **ret_server,
    struct err *err);
/* Removes the socket, and closes all connections. NULL is fine. */
void desk_server_free(struct desk_server *server);

#endif
