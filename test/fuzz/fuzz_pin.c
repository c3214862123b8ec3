/* SPDX-License-Identifier: MIT
 *
 * Any bytes as a pin: one that is read is written as the same bytes.
 */
#include <stdint.h>

#include "base/buf.h"
#include "base/must.h"
#include "coin/pin.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct pin pin;
	struct str in = {(const char *)data, n};
	struct err err;
	struct buf b;

	if (pin_parse(in, &pin, &err) != RC_OK) {
		must(pin.n_batches == 0);
		return 0;
	}
	must(pin.n_batches > 0 && pin.n_batches <= PIN_BATCHES_MAX);
	must(pin.n_keys > 0 && pin.n_keys <= PIN_KEYS_MAX);
	must(pin_find(&pin, pin.first) == &pin.batches[0]);
	buf_init(&b, PIN_FILE_MAX);
	pin_write(&b, &pin);
	must(str_eq(buf_str(&b), in));
	buf_done(&b);
	return 0;
}
