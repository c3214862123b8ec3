/* SPDX-License-Identifier: MIT
 *
 * Bech32 (BIP173) and bech32m (BIP350): a human-readable part, "1", groups of
 * five bits as characters, and a checksum that finds any four wrong ones.
 */
#ifndef COIN_BECH32_H
#define COIN_BECH32_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct buf;

enum {
	BECH32_TEXT_MAX = 90,
	BECH32_HRP_MAX = 83,
	BECH32_VALUES_MAX = 82, /* without the checksum */
};

enum bech32_encoding { BECH32_PLAIN, BECH32_M };

struct bech32 {
	enum bech32_encoding encoding; /* whose checksum it has */
	char hrp[BECH32_HRP_MAX + 1];  /* in small letters, with a NUL */
	size_t values_n;
	uint8_t values[BECH32_VALUES_MAX]; /* 0 to 31 each */
};

/* Reads TEXT of at most 90 characters, all letters small or all capital.
 * RC_INVALID, *ERR saying why. */
MUST_USE enum rc bech32_parse(
    struct str text, struct bech32 *ret_bech32, struct err *err);
/* TEXT has the checksum of ENCODING, whatever its length: invoices and silent
 * payment addresses have no limit of 90. *RET_HRP_N is the length of its
 * human-readable part. */
MUST_USE bool bech32_verifies(
    struct str text, enum bech32_encoding encoding, size_t *ret_hrp_n);
/* How long the shortest beginning of TEXT is that has a checksum, of either
 * encoding, when its "1" is the one at ONE and LEAST characters or more stand
 * behind that; 0: none has. Each character is looked at once. TEXT has no
 * capital letters. */
size_t bech32_shortest(struct str text, size_t one, size_t least);
/* Appends HRP (small), N VALUES below 32 and the checksum. What comes out must
 * not be longer than BECH32_TEXT_MAX. */
void bech32_write(struct buf *b, struct str hrp, const uint8_t *values,
    size_t n, enum bech32_encoding encoding);

/* Groups of five bits to bytes: RET has room for N * 5 / 8. False where the
 * bits left over are a whole group or not zero (BIP173). */
MUST_USE bool bech32_to_bytes(
    const uint8_t *values, size_t n, uint8_t *ret, size_t *ret_n);
/* Bytes to groups of five bits: RET has room for (N * 8 + 4) / 5. Returns how
 * many groups there are. */
size_t bech32_of_bytes(const uint8_t *bytes, size_t n, uint8_t *ret);

#endif
