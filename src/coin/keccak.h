/* SPDX-License-Identifier: MIT
 *
 * Keccak-256 with the padding that it had before it became SHA-3 (FIPS 202
 * changed that one byte): what Monero's addresses are checked with. Pure.
 */
#ifndef COIN_KECCAK_H
#define COIN_KECCAK_H

#include "base/str.h"
#include "coin/hash.h"

struct hash256 keccak_256(struct str bytes);

#endif
