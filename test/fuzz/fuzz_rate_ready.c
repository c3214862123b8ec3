/* SPDX-License-Identifier: MIT
 *
 * Names of sources of rates: what is read is written as what reads the same.
 */
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/must.h"
#include "coin/rate_source.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str s = {(const char *)data, size};
	uint32_t set, again;
	struct buf b;

	if (rate_ready_parse(s, &set) != RC_OK)
		return 0;
	buf_init(&b, 400);
	rate_ready_write(&b, set);
	must(buf_rc(&b) == RC_OK);
	must(rate_ready_parse(buf_str(&b), &again) == RC_OK && again == set);
	buf_done(&b);
	return 0;
}
