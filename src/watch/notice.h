/* SPDX-License-Identifier: MIT
 *
 * Notices: connections over which nodes say at once that there is something
 * new, so that the watch looks before its time. They are
 *
 *	- a WebSocket at "/ws" behind the URL of each node (btcd's), asked for
 *	  blocks and transactions; bitcoind refuses it and is let alone;
 *	- a subscription to ZeroMQ's notices at tcp://HOST:PORT (bitcoind's
 *	  -zmqpubhashblock and -zmqpubhashtx).
 *
 * What a notice says is not read: it rings a bell, and the node is then asked
 * as ever (node.h). So whoever sends notices can at most make the watch look
 * more often, which watcher.c bounds, and whoever sends none, sends slowly or
 * breaks the rules loses nothing for the watch but its haste: it goes on
 * polling. A connection that ends is made anew after a while, longer each
 * time.
 *
 * Nothing here waits.
 */
#ifndef WATCH_NOTICE_H
#define WATCH_NOTICE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"
#include "watch/rpc.h"

struct notice;

enum {
	NOTICE_NODES_MAX = 8,
	NOTICE_ADDRESSES_MAX = 4,
	NOTICE_FDS_MAX = NOTICE_NODES_MAX + NOTICE_ADDRESSES_MAX,
};

struct notice_address {
	struct str at;	  /* tcp://HOST:PORT */
	struct str proxy; /* SOCKS5, "host:port"; or empty */
};

/* All texts must outlive the notices. */
struct notice_settings {
	struct rpc_place nodes[NOTICE_NODES_MAX];
	size_t nodes_n;
	struct notice_address addresses[NOTICE_ADDRESSES_MAX];
	size_t addresses_n;
	unsigned rest_ms; /* before it is tried again, at first; 0: 1000 */
	/* Called when notices come from HOST (WHY is NULL), and when they do
	 * so no more, or not at all; not for each new try. NULL: nobody is
	 * told. */
	void (*told)(void *ctx, struct str host, const char *why);
	void *ctx;
};

/* Connects to nothing yet. SETTINGS is copied. RC_INVALID: an address that is
 * none, or a node's URL that http_client_host does not allow; RC_NO_MEMORY.
 * The caller owns it. */
MUST_USE enum rc notice_new(const struct notice_settings *settings,
    struct notice **ret_notice, struct err *err);
/* NULL is fine. */
void notice_free(struct notice *n);

/* ADDRESS is tcp://HOST:PORT; *RET_HOST is HOST:PORT. RC_INVALID. */
MUST_USE enum rc notice_address_parse(struct str address, struct str *ret_host);

/* Connects, reads and answers as far as that goes at once. To be called at
 * least once a second, and when one of notice_fds is readable. */
void notice_turn(struct notice *n);

/* What to poll for reading: at most NOTICE_FDS_MAX descriptors, which stay
 * valid until the next notice_turn. Returns how many. */
size_t notice_fds(const struct notice *n, int *ret_fds);

/* A notice has come, or a connection has begun to stand, since
 * notice_forget. */
bool notice_is_rung(const struct notice *n);
void notice_forget(struct notice *n);

#endif
