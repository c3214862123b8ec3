/* SPDX-License-Identifier: MIT
 *
 * Hashes; see hash.h.
 */
#include "sys/hash.h"

#include <string.h>

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

uint64_t hash_keyed(const unsigned char key[HASH_KEY_BYTES], struct str bytes)
{
	unsigned char out[crypto_shorthash_BYTES];
	uint64_t hash;

	_Static_assert(sizeof(out) == sizeof(hash), "SipHash has 64 bits");
	_Static_assert(crypto_shorthash_KEYBYTES == HASH_KEY_BYTES, "its key");
	crypto_shorthash(out, (const unsigned char *)bytes.p, bytes.n, key);
	memcpy(&hash, out, sizeof(hash));
	return hash;
}
