/* SPDX-License-Identifier: MIT
 *
 * The hashes that bitcoin is built of, by OpenSSL: SHA-256 once and twice,
 * RIPEMD-160 of SHA-256, and BIP340's tagged hashes. Pure. (BLAKE2b and
 * SipHash, for our own tables, are in sys/hash.h.)
 *
 * Ids of transactions and blocks are kept in the order in which they are
 * hashed; people and nodes' JSON write them with the last byte first
 * ("display order").
 */
#ifndef COIN_HASH_H
#define COIN_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"
#include "base/str.h"

struct buf;

enum {
	HASH256_BYTES = 32,
	HASH256_HEX = 2 * HASH256_BYTES,
	HASH160_BYTES = 20
};

struct hash256 {
	uint8_t b[HASH256_BYTES];
};

struct hash160 {
	uint8_t b[HASH160_BYTES];
};

/* SHA-256 (FIPS 180-4). */
struct hash256 hash_sha256(struct str bytes);
/* SHA-256 of the N parts as if they stood one behind the other. */
struct hash256 hash_sha256_parts(const struct str *parts, size_t n);
/* SHA-256 of SHA-256: ids of blocks and transactions, base58's checksum. */
struct hash256 hash_sha256d(struct str bytes);
struct hash256 hash_sha256d_parts(const struct str *parts, size_t n);
/* The same of two hashes side by side: a node of a tree of transactions. */
struct hash256 hash_sha256d_pair(
    const struct hash256 *left, const struct hash256 *right);
/* RIPEMD-160 of SHA-256. */
struct hash160 hash_160(struct str bytes);
/* SHA-1, which proves nothing any more; WebSocket's opening asks for it (RFC
 * 6455 section 4.2.2). */
struct hash160 hash_sha1(struct str bytes);
/* SHA-256(SHA-256(TAG) | SHA-256(TAG) | BYTES), BIP340. */
struct hash256 hash_tagged(struct str tag, struct str bytes);

bool hash256_eq(const struct hash256 *a, const struct hash256 *b);
bool hash256_is_zero(const struct hash256 *h);
/* By bytes, as memcmp. */
int hash256_cmp(const struct hash256 *a, const struct hash256 *b);
/* The 32 bytes as a view; lives as long as H. */
struct str hash256_str(const struct hash256 *h);

/* 64 hexadecimal digits (either case when read, small when written), first
 * byte first. RC_INVALID. */
MUST_USE enum rc hash256_parse(struct str hex, struct hash256 *ret_hash);
void hash256_text(struct buf *b, const struct hash256 *h);
/* The same in display order, last byte first: ids as people see them. */
MUST_USE enum rc hash256_parse_id(struct str hex, struct hash256 *ret_hash);
void hash256_text_id(struct buf *b, const struct hash256 *h);

#endif
