/* SPDX-License-Identifier: MIT
 *
 * Transactions that pay a watched script and are not settled yet, with what
 * they spend. Whoever else spends one of these outpoints has replaced them:
 * this is how a replacement (BIP125) and a double spend are noticed. They are
 * kept while unconfirmed, and for a while once in a block, for the block may
 * go again.
 *
 * What each spends is followed for its first FACT_INPUTS_MAX inputs, and while
 * all together have no more than PENDING_INPUTS_MAX; beyond that a transaction
 * is kept without them. Whoever takes a coin of those then is not noticed at
 * once and not named: but once that stands in a block, no node keeps the other
 * in its mempool, and what is kept here and is in no mempool is told as gone
 * (watcher_scan.c). What cannot even be kept, above PENDING_MAX, must not be
 * told as seen, for nobody could take it back; it is told when it is in a
 * block.
 */
#ifndef WATCH_PENDING_H
#define WATCH_PENDING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/rc.h"
#include "coin/fact.h"

struct pending;

enum {
	PENDING_MAX = 1000000,
	PENDING_INPUTS_MAX = 500000, /* with PENDING_MAX, some 250 MB */
	PENDING_KEEP_BLOCKS = 1000,
};

struct pending_tx {
	struct hash256 txid;
	uint32_t height;   /* of its block; 0: in none */
	bool is_pooled;	   /* was in the mempool when that was last looked at */
	struct hash256 by; /* who spends its inputs instead; or zero */
	struct pending_tx *next; /* private */
	struct pending_tx *prev; /* private */
	size_t inputs_n;	 /* private: those that are followed */
	struct outpoint inputs[];
};

/* Nothing is pending. RC_NO_MEMORY. The caller owns it. */
MUST_USE enum rc pending_new(struct pending **ret_p);
/* NULL is fine. */
void pending_free(struct pending *p);

/* The transaction; added if it is not there. NULL: no memory, or PENDING_MAX
 * are there; then nothing has changed. INPUTS is copied when it is added. Lives
 * until pending_drop. */
struct pending_tx *pending_put(struct pending *p, const struct hash256 *txid,
    const struct fact_inputs *inputs);
/* NULL: there is none. */
struct pending_tx *pending_get(
    const struct pending *p, const struct hash256 *txid);
/* One that spends OUTPOINT and is not EXCEPT; NULL: none does. */
struct pending_tx *pending_spending(const struct pending *p,
    const struct outpoint *outpoint, const struct hash256 *except);
void pending_drop(struct pending *p, struct pending_tx *tx);
/* Drops all whose block lies more than PENDING_KEEP_BLOCKS below HEIGHT. */
void pending_age(struct pending *p, uint32_t height);
/* The first, and the next behind TX; NULL at the end. */
struct pending_tx *pending_first(const struct pending *p);
struct pending_tx *pending_next(const struct pending_tx *tx);
bool pending_is_empty(const struct pending *p);

#endif
