/* SPDX-License-Identifier: MIT
 *
 * Hexadecimal digits, two for each byte.
 */
#ifndef COIN_HEX_H
#define COIN_HEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct buf;

/* Reads HEX, exactly 2 * N digits of either case, into the N bytes at RET.
 * False, and RET untouched, for anything else. */
MUST_USE bool hex_read(struct str hex, uint8_t *ret, size_t n);
/* Appends BYTES as small digits. */
void hex_write(struct buf *b, struct str bytes);

#endif
