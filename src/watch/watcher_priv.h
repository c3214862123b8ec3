/* SPDX-License-Identifier: MIT
 *
 * The watcher's inside: watcher.c has orders, nodes and the clock,
 * watcher_follow.c the chain, watcher_scan.c payments. Private to watch/.
 *
 * Functions here return RC_BUSY when the till has begun anew or the process
 * is to end: everything up to watcher_run is left then, and nothing more is
 * told for what was being done. Any other failure is the node's.
 */
#ifndef WATCH_WATCHER_PRIV_H
#define WATCH_WATCHER_PRIV_H

#include "watch/chain.h"
#include "watch/node.h"
#include "watch/pending.h"
#include "watch/script_set.h"
#include "watch/watcher.h"

struct arena;

enum {
	WATCHER_BLOCK_ARENA = 160 * 1024 * 1024,
	WATCHER_TX_ARENA = 16 * 1024 * 1024,
};

struct watcher_node {
	struct rpc rpc;
	bool is_checked;       /* its first block is our network's */
	int64_t asleep_ns;     /* not asked before this moment */
	unsigned failures;     /* since it last went well */
	struct err err;	       /* of the last failure */
	enum node_state state; /* of the last failure */
};

struct watcher {
	struct watcher_settings settings;
	struct watcher_till till;
	struct http_client *client;
	struct watcher_node nodes[WATCHER_NODES_MAX];
	size_t at; /* the node that is asked */

	bool has_hello;
	bool has_scripts; /* SCRIPTS_END came: begin */
	bool is_interrupted;
	bool is_ended;
	uint32_t epoch;
	uint64_t seq; /* of the last fact */
	uint64_t acked;
	enum network network;
	uint32_t birth;
	bool has_rescan;
	uint32_t rescan_from;

	struct script_set *scripts;
	struct pending *pending;
	struct chain chain;
	struct arena *block_arena;
	struct arena *tx_arena;

	struct hash256 *pool; /* ids seen in the mempool, sorted; heap */
	size_t pool_n;
	bool pool_told;
	int64_t pool_due_ns;
	int64_t early_ns; /* no notice makes it look before this moment */

	enum node_state told_state; /* 0: none in this epoch */
	char told_text[FACT_TEXT_MAX + 1];
	int64_t again_ns; /* not before is it told again that all is well */
	bool is_level;	  /* the node's best block is the chain's top */
	bool is_synced;	  /* SYNCED was told for the chain's top */
	uint32_t node_height;
	uint64_t told_changes; /* of the sources of rates; 0: none were told
				  in this epoch */
};

/* watcher.c */

/* Tells F, whose epoch and seq are filled in here; waits when too many are
 * unacknowledged. RC_OK or RC_BUSY. */
MUST_USE enum rc watcher_tell(struct watcher *w, struct fact *f);
/* Hears without waiting. RC_OK or RC_BUSY. */
MUST_USE enum rc watcher_hear(struct watcher *w);
/* Tells how things stand, if that is not what was told last. That all is well
 * is told again and again: the till takes it for a sign of life, and there may
 * be no block for an hour. */
MUST_USE enum rc watcher_say(struct watcher *w, enum node_state state,
    const char *fmt, ...) PRINTF_LIKE(3, 4);
MUST_USE enum rc watcher_tell_block(
    struct watcher *w, enum fact_kind kind, const struct chain_link *link);
MUST_USE enum rc watcher_tell_synced(struct watcher *w, bool pool_told);

/* watcher_follow.c: brings the chain up to the node's best block. *RET_LEVEL
 * is true when the chain's top is the node's. */
MUST_USE enum rc watcher_follow(
    struct watcher *w, struct rpc *r, bool *ret_level, struct err *err);
/* Goes through the blocks that RESCAN asks for. */
MUST_USE enum rc watcher_rescan(
    struct watcher *w, struct rpc *r, struct err *err);

/* watcher_scan.c */
MUST_USE enum rc watcher_scan_block(struct watcher *w,
    const struct block *block, uint32_t height, struct err *err);
/* Looks at the mempool; the chain's top must be the node's. */
MUST_USE enum rc watcher_scan_pool(
    struct watcher *w, struct rpc *r, struct err *err);
/* The block at HEIGHT has left the chain. */
void watcher_scan_gone(struct watcher *w, uint32_t height);

#endif
