/* SPDX-License-Identifier: MIT
 *
 * Any bytes as a proof of an address, as they are and cleaned up: one that is
 * read is written as the same bytes, and does not hold for a key that nobody
 * has.
 */
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "coin/proof.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void look(struct str text)
{
	struct minisign_key key = {{0}, {0}};
	struct proof proof;
	struct err err;
	struct buf b;

	if (proof_parse(text, &proof, &err) != RC_OK)
		return;
	must(proof.path_n <= BATCH_PATH_MAX && proof.leaf.script.n > 0);
	buf_init(&b, PROOF_MAX);
	proof_write(&b, &proof);
	must(str_eq(buf_str(&b), text));
	buf_done(&b);
	must(proof_check_by_key(
		 &key, &proof, proof.statement.from, NULL, &err) == RC_DENIED);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new(1 << 20);
	struct str in = {(const char *)data, n}, clean, again;

	look(in);
	if (proof_clean(a, in, &clean) == RC_OK) {
		look(clean);
		/* A first line that was nothing but its start is no start
		 * any more without the space at its end. */
		must(proof_clean(a, clean, &again) != RC_OK ||
		     str_eq(clean, again));
	}
	arena_free(a);
	return 0;
}
