/* SPDX-License-Identifier: MIT
 *
 * What a form says that it has seen: whatever stands in the field, no value
 * that it does not vouch for is taken for seen.
 */
#include <stddef.h>
#include <stdint.h>

#include "base/must.h"
#include "newsroom/seen.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str s = {(const char *)data, size};
	struct seen seen = seen_read(s);

	must(seen.n <= SEEN_MOST && seen.row >= 0);
	must(seen_fate(&seen, 0, s, s) == SEEN_MINE);
	must(seen_fate(&seen, seen.n, STR("mine"), STR("theirs")) == SEEN_BOTH);
	return 0;
}
