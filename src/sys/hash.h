/* SPDX-License-Identifier: MIT
 *
 * Hashes of bytes: BLAKE2b (RFC 7693) and SipHash, by libsodium. The same
 * bytes give the same hash on every machine and in every version.
 */
#ifndef SYS_HASH_H
#define SYS_HASH_H

#include <stdint.h>

#include "base/str.h"

enum { HASH_BYTES = 16, HASH_HEX = 2 * HASH_BYTES };

struct hash {
	unsigned char bytes[HASH_BYTES];
};

/* 128 bits: enough to tell apart what nobody forges (files of one paper,
 * states of one page), not enough for signatures. */
struct hash hash_of(struct str bytes);
/* Writes H in hexadecimal digits and a NUL. */
void hash_hex(struct hash h, char ret_hex[HASH_HEX + 1]);

enum { HASH_KEY_BYTES = 16 };

/* SipHash-2-4 under a secret key: for tables that an enemy must not be able
 * to fill on purpose. */
uint64_t hash_keyed(const unsigned char key[HASH_KEY_BYTES], struct str bytes);

#endif
