/* SPDX-License-Identifier: MIT
 *
 * Base58Check: the older writing of addresses and of keys. Bytes with four
 * bytes of double SHA-256 behind them, as digits of 58, without the four
 * characters that look alike (0 O I l).
 */
#ifndef COIN_BASE58_H
#define COIN_BASE58_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct buf;

enum {
	BASE58_BYTES_MAX = 96, /* that are read or written, checksum within */
	BASE58_TEXT_MAX = 132, /* characters that they take at most */
};

/* Reads TEXT into RET, of room for MOST bytes, without the checksum. Leading
 * ones are zero bytes, each. RC_INVALID with *ERR saying which character is
 * none, or that the checksum is wrong; RC_LIMIT: more than MOST bytes. The
 * text is never repeated in *ERR: it may be a key. */
MUST_USE enum rc base58_check_read(
    struct str text, uint8_t *ret, size_t most, size_t *ret_n, struct err *err);
/* Appends BYTES (at most BASE58_BYTES_MAX - 4) with their checksum. */
void base58_check_write(struct buf *b, struct str bytes);
/* What C stands for, 0 to 57; -1: it is no character of base58. */
int base58_digit(char c);
/* Every character of TEXT is one of base58, and there is at least one. */
bool base58_is_all(struct str text);

#endif
