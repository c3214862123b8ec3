/* SPDX-License-Identifier: MIT
 *
 * Base32 (RFC 4648 section 6) without padding, as people copy secrets and
 * codes by hand: in groups of four, in either case, with spaces or hyphens
 * wherever they like.
 */
#ifndef NEWSROOM_BASE32_H
#define NEWSROOM_BASE32_H

#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"
#include "base/str.h"

struct buf;

/* Appends N bytes; with GROUP ('-' or ' '; '\0': none) between four and
 * four. */
void base32_put(struct buf *b, const uint8_t *p, size_t n, char group);
/* Reads exactly N bytes. RC_INVALID: another character, more or fewer, or
 * bits left over. */
MUST_USE enum rc base32_parse(struct str s, uint8_t *ret, size_t n);

#endif
