/* SPDX-License-Identifier: MIT
 *
 * Transactions: whatever is read can be walked, and its parts lie inside the
 * input.
 */
#include "coin/tx.h"

#include "base/must.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str in = {(const char *)data, size};
	struct cursor at;
	struct tx_input input;
	struct tx_output output;
	struct sat sum = SAT_ZERO;
	uint32_t inputs = 0, outputs = 0;
	struct tx tx;

	if (tx_parse(in, &tx) != RC_OK)
		return 0;
	must(tx.bytes.p == in.p && tx.bytes.n == in.n);
	at = tx_inputs(&tx);
	while (tx_next_input(&at, &input)) {
		must(input.script.n <= in.n);
		must(!outpoint_is_null(&input.from) || tx.is_coinbase);
		inputs++;
	}
	at = tx_outputs(&tx);
	while (tx_next_output(&at, &output)) {
		must(sat_add(&sum, sum, output.value));
		outputs++;
	}
	must(inputs == tx.inputs_n && inputs > 0);
	must(outputs == tx.outputs_n && outputs > 0);
	(void)tx_id(&tx);
	return 0;
}
