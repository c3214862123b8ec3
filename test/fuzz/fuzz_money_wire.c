/* SPDX-License-Identifier: MIT
 *
 * The messages of newsroom and till: what is read is written back the same.
 */
#include <stdlib.h>

#include "base/buf.h"
#include "base/must.h"
#include "ledger/money_wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct money_message m;
	struct str s = {(const char *)data, n};
	struct buf b;

	if (money_wire_parse(s, &m) != RC_OK)
		return 0;
	buf_init(&b, MONEY_WIRE_MAX);
	must(money_wire_write(&b, &m) == RC_OK);
	must(str_eq(buf_str(&b), s));
	buf_done(&b);
	return 0;
}
