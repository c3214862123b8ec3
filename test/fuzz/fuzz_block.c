/* SPDX-License-Identifier: MIT
 *
 * Blocks: whatever is read has a coinbase at its head and the ids that its
 * root was made of.
 */
#include "coin/block.h"

#include "base/arena.h"
#include "base/must.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(64 << 20);
	struct str in = {(const char *)data, size};
	struct block_header header;
	struct block block;
	struct err err;

	if (block_header_parse(str_part(in, 0, BLOCK_HEADER_BYTES), &header) ==
	    RC_OK) {
		(void)block_work_is_done(&header, NETWORK_REGTEST);
		(void)block_bits_may_follow(
		    header.bits, header.bits ^ 1, 2016, NETWORK_MAIN);
		must(block_work(header.bits) >= 1);
	}
	if (block_parse(a, in, &block, &err) == RC_OK) {
		must(block.txs_n > 0 && block.txs[0].tx.is_coinbase);
		for (uint32_t i = 0; i < block.txs_n; i++) {
			struct hash256 id = tx_id(&block.txs[i].tx);

			must(hash256_eq(&id, &block.txs[i].id));
		}
	}
	arena_free(a);
	return 0;
}
