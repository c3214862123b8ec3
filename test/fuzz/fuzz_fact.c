/* SPDX-License-Identifier: MIT
 *
 * What the till reads from the watch, and the watch from the till: written
 * again, it gives the same bytes.
 */
#include "coin/fact.h"

#include "base/buf.h"
#include "base/must.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct fact fact;
	static struct order order;
	struct str in = {(const char *)data, size};
	bool is_fact = fact_parse(in, &fact) == RC_OK;
	bool is_order = order_parse(in, &order) == RC_OK;
	struct buf b;

	must(!(is_fact && is_order));
	buf_init(&b, FACT_MESSAGE_MAX);
	if (is_fact) {
		must(fact_write(&b, &fact) == RC_OK);
		must(str_eq(buf_str(&b), in));
	}
	if (is_order) {
		must(order_write(&b, &order) == RC_OK);
		must(str_eq(buf_str(&b), in));
	}
	if (is_order && order.kind == ORDER_SCRIPTS) {
		struct str packed = order.u.scripts.packed;
		struct script_pubkey s;
		unsigned n = 0;

		while (order_next_script(&packed, &s))
			n++;
		must(n == order.u.scripts.n);
	}
	buf_done(&b);
	return 0;
}
