/* SPDX-License-Identifier: MIT
 *
 * Recovery codes: 80 random bits, as 16 characters of base32 in groups of
 * four ("MFRG-GZDF-MZTW-Q2LK"). Each works once. With so much chance in them a
 * plain hash keeps them safe.
 */
#ifndef NEWSROOM_RECOVERY_H
#define NEWSROOM_RECOVERY_H

#include <stdint.h>

#include "base/rc.h"
#include "base/str.h"
#include "paper/staff.h"

struct buf;

enum { RECOVERY_BYTES = 10 };

/* Appends the code made of these bytes, and hashes it. */
void recovery_make(struct buf *b, const uint8_t bytes[RECOVERY_BYTES],
    uint8_t ret_hash[STAFF_HASH]);
/* The hash of a code as somebody typed it. RC_INVALID: it is none. */
MUST_USE enum rc recovery_parse(struct str s, uint8_t ret_hash[STAFF_HASH]);

#endif
