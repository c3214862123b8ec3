/* SPDX-License-Identifier: MIT
 *
 * Addresses: what is read can be written and is read again as the same.
 */
#include "sys/address.h"

#include <string.h>

#include "base/buf.h"
#include "base/must.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str s = {(const char *)data, size};
	struct address a = {0};
	struct address again = {0};
	struct err err;
	struct buf b;

	buf_init(&b, 100);
	if (address_parse(s, &a) == RC_OK) {
		address_text(&b, &a);
		must(address_parse(buf_str(&b), &again) == RC_OK);
		must(memcmp(&a, &again, sizeof(a)) == 0);
		(void)address_key(&a);
	}
	buf_clear(&b);
	if (address_parse_place(s, &a, &err) == RC_OK) {
		address_place(&b, &a);
		must(address_parse_place(buf_str(&b), &again, &err) == RC_OK);
		must(a.port == again.port && a.kind == again.kind);
		must(memcmp(a.ip, again.ip, sizeof(a.ip)) == 0);
	}
	buf_done(&b);
	return 0;
}
