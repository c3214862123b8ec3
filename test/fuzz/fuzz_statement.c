/* SPDX-License-Identifier: MIT
 *
 * Any bytes as a statement: one that is read is written as the same bytes.
 */
#include <stdint.h>

#include "base/buf.h"
#include "base/must.h"
#include "coin/statement.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str in = {(const char *)data, n};
	struct statement s;
	struct err err;
	struct buf b;

	if (statement_parse(in, &s, &err) != RC_OK)
		return 0;
	must(s.count > 0 && s.shared <= s.count && s.until.us > s.from.us);
	must(s.n_origins <= STATEMENT_ORIGINS_MAX);
	buf_init(&b, STATEMENT_MAX);
	statement_write(&b, &s);
	must(str_eq(buf_str(&b), in));
	buf_done(&b);
	return 0;
}
