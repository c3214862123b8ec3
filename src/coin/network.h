/* SPDX-License-Identifier: MIT
 *
 * The bitcoin networks: the one where coins are money, and those to try things
 * out. What tells them apart: the start of an address, the version bytes of
 * base58, the hash of the first block.
 *
 * Testnet and signet share every form of address and key; regtest shares all
 * but the start of segwit addresses. Nothing can tell them apart by a key
 * alone, so a function that reads keys says "test" or not, and one that reads
 * or writes addresses is told the network.
 */
#ifndef COIN_NETWORK_H
#define COIN_NETWORK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/rc.h"
#include "base/str.h"
#include "coin/hash.h"

/* The numbers are stored and signed (address batches): never change them. */
enum network {
	NETWORK_MAIN = 0,
	NETWORK_TESTNET = 1,
	NETWORK_SIGNET = 2,
	NETWORK_REGTEST = 3,
};
enum { NETWORK_COUNT = 4 };

struct network_facts {
	struct str name; /* as in settings and statements: "main" */
	struct str hrp;	 /* of segwit addresses, BIP173 and 350 */
	uint8_t p2pkh;	 /* version bytes of base58 addresses */
	uint8_t p2sh;
	bool is_test;		/* its coins are worth nothing */
	struct hash256 genesis; /* the first block's hash, not reversed */
};

/* Lives for ever. NETWORK must be one of the four. */
const struct network_facts *network_facts(enum network network);
/* "main", "testnet", "signet" or "regtest". */
struct str network_name(enum network network);
bool network_is_test(enum network network);
/* Reads such a name, exactly. RC_INVALID. */
MUST_USE enum rc network_parse(struct str name, enum network *ret_network);
/* The network whose first block has the hash GENESIS; RC_NOT_FOUND: none of
 * these (testnet4 and private signets among them: a signet's first block is
 * the same whoever signs its blocks). */
MUST_USE enum rc network_of_genesis(
    const struct hash256 *genesis, enum network *ret_network);

#endif
