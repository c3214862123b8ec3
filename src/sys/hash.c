/* SPDX-License-Identifier: MIT
 *
 * Hashes; see hash.h.
 */
#include "sys/hash.h"

#include <sodium.h>

#include "base/must.h"

struct hash hash_of(struct str bytes)
{
	struct hash h;
	int failed = crypto_generichash(h.bytes, sizeof(h.bytes),
	    (const unsigned char *)(bytes.n ? bytes.p : ""), bytes.n, NULL, 0);

	must(!failed);
	return h;
}

void hash_hex(struct hash h, char ret_hex[HASH_HEX + 1])
{
	sodium_bin2hex(ret_hex, HASH_HEX + 1, h.bytes, sizeof(h.bytes));
}
