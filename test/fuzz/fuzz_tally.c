/* SPDX-License-Identifier: MIT
 *
 * The tally of what was handed out: whatever stands in the file. What is read,
 * written again, says the same.
 */
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/must.h"
#include "ledger/tally.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct tally tally, again;
	struct err err;
	struct buf b;

	if (tally_parse((struct str){(const char *)data, n}, &tally, &err) !=
	    RC_OK) {
		must(err.why[0] != '\0');
		return 0;
	}
	must(tally.batches_n <= TALLY_BATCHES_MAX);
	buf_init(&b, TALLY_LINE_MAX * (TALLY_BATCHES_MAX + 1));
	tally_write_head(&b);
	for (size_t i = 0; i < tally.batches_n; i++) {
		must(tally.batches[i].number > 0 && tally.batches[i].n > 0);
		tally_write(&b, &tally.batches[i]);
	}
	must(tally_parse(buf_str(&b), &again, NULL) == RC_OK);
	must(again.odd == 0 && again.batches_n == tally.batches_n);
	must(memcmp(again.batches, tally.batches,
		 tally.batches_n * sizeof(tally.batches[0])) == 0);
	buf_done(&b);
	return 0;
}
