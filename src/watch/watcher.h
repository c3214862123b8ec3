/* SPDX-License-Identifier: MIT
 *
 * The watch: follows the best chain and a mempool through one of several
 * nodes, finds what pays the watched scripts, and tells the till so, in facts
 * (coin/fact.h says which, and in what order). It keeps nothing: after a
 * start, the till's HELLO says where to go on.
 *
 * A node is not believed. A block must be the one asked for, stand on the one
 * before it, carry the work it claims, have the difficulty that may follow,
 * and its transactions must be those of its header. Another branch is
 * followed only once it is shown to have more work. From a node that breaks a
 * rule nothing is told; the next node is asked, and it again after a while.
 *
 * watcher_run is the whole life of the watch process. It waits only in the
 * owner's "hear" and in calls to nodes, which call hear between their bytes:
 * so orders are heard at once, and a new HELLO interrupts whatever is done.
 */
#ifndef WATCH_WATCHER_H
#define WATCH_WATCHER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"
#include "coin/fact.h"
#include "http/client.h"
#include "watch/rpc.h"

struct watcher;
struct rate_clock;
struct notice;

enum { WATCHER_NODES_MAX = 8 };

struct watcher_settings {
	struct rpc_place nodes[WATCHER_NODES_MAX]; /* the first is preferred;
		     views must outlive the watcher */
	size_t nodes_n;				   /* 0: rates alone */
	unsigned poll_ms;   /* between two looks at the chain; 0: 5000 */
	unsigned pool_ms;   /* between two looks at the mempool; 0: poll_ms */
	unsigned call_ms;   /* for one call to a node; 0: 30000 */
	unsigned again_ms;  /* until it is said again that all is well, which
			       goes by time; 0: 60000 */
	unsigned stale_s;   /* the newest block may be so old; 0: 6 hours */
	size_t scripts_max; /* 0: 4 million */
	struct rate_clock *rates; /* asked between two looks; or NULL; the
				     caller's, must outlive the watcher */
	struct notice *notice;	  /* what makes it look earlier; or NULL; the
				     caller's, must outlive the watcher */
};

struct watcher_till {
	/* Sends a fact. What cannot be sent may be dropped only if the till
	 * is gone: then hear should return false, or a HELLO will follow. */
	void (*tell)(void *ctx, const struct fact *f);
	/* Waits at most MS milliseconds (0: not at all) for orders, and hands
	 * each to watcher_order. May return early, and should when one of
	 * notice_fds becomes readable. False: the process is to
	 * end, and watcher_run returns soon. */
	bool (*hear)(void *ctx, struct watcher *w, unsigned ms);
	void *ctx;
};

/* RC_NO_MEMORY. The caller owns it. */
MUST_USE enum rc watcher_new(const struct watcher_settings *settings,
    struct watcher_till till, struct watcher **ret_w, struct err *err);
/* NULL is fine. */
void watcher_free(struct watcher *w);

/* Takes in an order; to be called from hear alone. RC_LIMIT: more scripts
 * than scripts_max; RC_NO_MEMORY; RC_INVALID: an order of another epoch, or
 * before HELLO. The watch goes on in any case. */
MUST_USE enum rc watcher_order(struct watcher *w, const struct order *o);

/* Watches until hear returns false. */
void watcher_run(struct watcher *w);

#endif
