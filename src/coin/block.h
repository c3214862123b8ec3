/* SPDX-License-Identifier: MIT
 *
 * Bitcoin blocks: the header of 80 bytes, the work that went into it, and the
 * transactions behind it, checked against the Merkle root. What block_parse
 * gives is therefore what miners worked on, whoever sent it. It is not
 * checked that the transactions obey the rules of money: the work is the
 * price of breaking them.
 */
#ifndef COIN_BLOCK_H
#define COIN_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/instant.h"
#include "base/str.h"
#include "coin/hash.h"
#include "coin/network.h"
#include "coin/tx.h"

struct arena;

enum {
	BLOCK_HEADER_BYTES = 80,
	BLOCK_BYTES_MAX = 4000000, /* BIP141: weight 4,000,000 */
	BLOCK_SPAN = 2016,	   /* blocks of the same difficulty */
};

/* How many hashes a block is worth on average, and sums of that. */
__extension__ typedef unsigned __int128 block_work_t;

struct block_header {
	uint32_t version;
	struct hash256 prev;
	struct hash256 merkle_root;
	struct instant time; /* whole seconds, as the miner says it */
	uint32_t bits;	     /* the target in its short form */
	uint32_t nonce;
	struct hash256 hash; /* of the header: the block's id */
};

/* Reads a header that is all of BYTES. RC_INVALID: another length. */
MUST_USE enum rc block_header_parse(
    struct str bytes, struct block_header *ret_header);

/* The header's hash is at most the target that its bits say, and that target
 * is not easier than NETWORK's easiest. */
bool block_work_is_done(
    const struct block_header *header, enum network network);
/* Bits may follow PREV_BITS at HEIGHT: on the main network and on signet they
 * change only every BLOCK_SPAN blocks, and then at most fourfold; elsewhere
 * anything may follow. */
bool block_bits_may_follow(
    uint32_t prev_bits, uint32_t bits, uint32_t height, enum network network);
/* The work that bits stand for: at least 1, never above 2^100. Sums of a
 * hundred million of these stay in range. */
block_work_t block_work(uint32_t bits);

struct block_tx {
	struct tx tx;
	struct hash256 id;
};

struct block {
	struct block_header header;
	uint32_t txs_n;		    /* at least 1; the first the coinbase */
	const struct block_tx *txs; /* in the block's order */
};

/* Reads a block that is all of BYTES and checks its Merkle root. The views
 * look into BYTES; the list of transactions lies in A (a full block takes
 * about 15 MB of it at the very most). RC_INVALID, with *ERR: cut short,
 * bytes left over, a bad transaction, no coinbase at its head or a second
 * one, a root that does not fit, or a list with repetitions that have the
 * same root (CVE-2012-2459). RC_LIMIT: above BLOCK_BYTES_MAX; RC_NO_MEMORY.
 * The work is not looked at here. */
MUST_USE enum rc block_parse(struct arena *a, struct str bytes,
    struct block *ret_block, struct err *err);

#endif
