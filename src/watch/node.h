/* SPDX-License-Identifier: MIT
 *
 * A bitcoin node, asked by JSON-RPC and not believed: a header is checked
 * against the hash it was asked by, a block against its header, a transaction
 * against its id. What a node can still do is to be silent, to be behind, or
 * to tell of a chain; which chain is followed is decided by its work
 * (watcher_follow.c).
 */
#ifndef WATCH_NODE_H
#define WATCH_NODE_H

#include "coin/block.h"
#include "coin/network.h"
#include "watch/rpc.h"

struct arena;

struct node_tip {
	uint32_t height;
	struct hash256 hash;
	uint32_t headers; /* best height that it has heard of */
};

/* All of these: RC_INVALID when the answer breaks a rule, and as rpc_call. */

MUST_USE enum rc node_tip(struct rpc *r, struct node_tip *ret, struct err *err);
/* RC_NOT_FOUND: its best chain is not that high. */
MUST_USE enum rc node_hash_at(
    struct rpc *r, uint32_t height, struct hash256 *ret_hash, struct err *err);
MUST_USE enum rc node_header(struct rpc *r, const struct hash256 *hash,
    struct block_header *ret_header, struct err *err);
/* The block lies in A, which needs room for about 30 MB. RC_NO_MEMORY. Its
 * work is checked for NETWORK, too. */
MUST_USE enum rc node_block(struct rpc *r, const struct hash256 *hash,
    enum network network, struct arena *a, struct block *ret_block,
    struct err *err);
/* The ids of what is in its mempool, in a heap array that the caller frees. */
MUST_USE enum rc node_pool(
    struct rpc *r, struct hash256 **ret_ids, size_t *ret_n, struct err *err);
/* RC_NOT_FOUND: it is not in the mempool any more. */
MUST_USE enum rc node_tx(struct rpc *r, const struct hash256 *id,
    struct arena *a, struct tx *ret_tx, struct err *err);

/* Reads the result of each call, for tests and fuzzing: RC_INVALID. */
MUST_USE enum rc node_tip_parse(const json_t *result, struct node_tip *ret);
MUST_USE enum rc node_pool_parse(
    const json_t *result, struct hash256 **ret_ids, size_t *ret_n);

#endif
