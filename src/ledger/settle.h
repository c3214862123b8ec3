/* SPDX-License-Identifier: MIT
 *
 * The rules by which facts of a chain decide about a block and a payment. Pure
 * functions of what is known, so that the order in which it came to be known
 * cannot matter; the tables of till.db hold what is known (ledger_priv.h).
 *
 * Every fact has a mark, (epoch, seq), and marks only grow. Of a block is kept
 * the newest mark by which it joined the best chain, and the newest by which
 * it left; so a fact that comes twice or late changes nothing.
 *
 * R1  At one height, the block which joined last is the best one, if it has
 *     not left since. That it took another one's place says that the other
 *     has left, even where that was never told.
 * R2  "Synced up to H" says that all blocks above H which joined before it
 *     have left. Of the words after a block's joining, the lowest H counts.
 * R3  A payment is booked when its block is in the best chain and deep enough,
 *     and reversed when that block is not in it any more. A best chain that
 *     grows shorter above the block reverses nothing.
 * R4  A payment outside of the chain is replaced when another transaction
 *     which spends one of its coins is in the chain.
 */
#ifndef LEDGER_SETTLE_H
#define LEDGER_SETTLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* When a fact was told. {0, 0}: never. */
struct mark {
	uint32_t epoch;
	uint64_t seq;
};

bool mark_is_newer(struct mark a, struct mark b);

enum payment_state {
	PAYMENT_SEEN,	   /* not in a block */
	PAYMENT_CONFIRMED, /* in a block, not yet deep enough */
	PAYMENT_SETTLED,
	PAYMENT_REVERSED, /* was settled; its block left the chain */
	PAYMENT_REPLACED, /* another transaction spends its coins */
	PAYMENT_DROPPED,  /* no node knows of it any more */
};
enum { PAYMENT_STATES = 6 };

/* "seen", "confirmed", ... ; lives for ever. */
const char *payment_state_name(enum payment_state state);

/* What is known of the block at a height which joined last. */
struct settle_block {
	struct mark joined, gone;
	uint32_t height;
};

/* R1 and R2: it is in the best chain. SYNCED: the lowest height that was said
 * to be synced after it joined; UINT32_MAX if none was. */
bool settle_is_best(const struct settle_block *block, uint32_t synced);

/* What is known of a transaction outside of blocks. */
struct settle_pool {
	struct mark seen, dropped;
	bool is_replaced;    /* that is why it was dropped */
	uint32_t pool_epoch; /* the newest in which all of the mempool was
				told */
};

enum pool_state { POOL_WAITING, POOL_REPLACED, POOL_DROPPED };
enum pool_state settle_pool(const struct settle_pool *pool);

/* What is known of a payment. */
struct settle {
	bool in_chain; /* some block of the best chain holds it */
	uint32_t confirmations, needed;
	bool is_booked;	     /* there is an entry not reversed */
	bool is_booked_here; /* and that entry's block is in the chain */
	bool was_reversed;   /* there is an entry reversed */
	bool is_conflicted;  /* R4 */
	enum pool_state pool;
};

enum settle_act { SETTLE_NOTHING, SETTLE_BOOK, SETTLE_REVERSE };

/* What has to be written now (R3); to be asked again after it was. */
enum settle_act settle_next(const struct settle *s);
/* What to call it when nothing is left to be written. */
enum payment_state settle_state(const struct settle *s);

#endif
