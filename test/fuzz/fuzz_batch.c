/* SPDX-License-Identifier: MIT
 *
 * Any bytes as a batch file, in pieces whose size the first byte chooses. The
 * pieces do not matter, and what is told came in order.
 */
#include <stdint.h>

#include "base/must.h"
#include "coin/batch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static enum rc told_leaf(
    void *ctx, const struct batch_leaf *leaf, struct err *err)
{
	uint32_t *next = ctx;

	(void)err;
	must(leaf->index == (*next)++);
	must(leaf->script.n > 0 && leaf->script.n <= SCRIPT_PUBKEY_MAX);
	return RC_OK;
}

static enum rc read_by(struct str text, size_t n, uint32_t *ret_leaves)
{
	static const struct batch_reader_calls calls = {.leaf = told_leaf};
	static struct batch_reader reader;
	struct err err;
	enum rc rc = RC_OK;

	*ret_leaves = 0;
	batch_reader_init(&reader, &calls, ret_leaves);
	for (size_t at = 0; at < text.n && rc == RC_OK; at += n)
		rc = batch_reader_feed(&reader, str_part(text, at, n), &err);
	return rc == RC_OK ? batch_reader_end(&reader, &err) : rc;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str in = {(const char *)data + 1, n - 1};
	uint32_t whole, pieces;
	enum rc rc;

	if (n == 0)
		return 0;
	rc = read_by(in, in.n ? in.n : 1, &whole);
	must(rc == read_by(in, 1u + data[0], &pieces));
	must(rc != RC_OK || whole == pieces);
	return 0;
}
