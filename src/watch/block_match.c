/* SPDX-License-Identifier: MIT
 *
 * Matching a block; see block_match.h. Outputs are gathered over the borders
 * of transactions, so that many looks into the set's memory overlap.
 */
#include "watch/block_match.h"

enum { AT_ONCE = 64 };

struct batch {
	struct str scripts[AT_ONCE];
	uint32_t owners[AT_ONCE]; /* which transaction each is of */
	size_t n;
};

static void flush(
    const struct script_set *set, struct batch *batch, bool *ret_pays)
{
	bool hits[AT_ONCE];

	script_set_has_each(set, batch->scripts, batch->n, hits);
	for (size_t i = 0; i < batch->n; i++)
		if (hits[i])
			ret_pays[batch->owners[i]] = true;
	batch->n = 0;
}

void block_match(
    const struct script_set *set, const struct block *block, bool *ret_pays)
{
	struct batch batch;

	batch.n = 0;
	for (uint32_t i = 0; i < block->txs_n; i++) {
		struct cursor at = tx_outputs(&block->txs[i].tx);
		struct tx_output out;

		ret_pays[i] = false;
		while (tx_next_output(&at, &out)) {
			batch.scripts[batch.n] = out.script;
			batch.owners[batch.n++] = i;
			if (batch.n == AT_ONCE)
				flush(set, &batch, ret_pays);
		}
	}
	flush(set, &batch, ret_pays);
}
