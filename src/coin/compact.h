/* SPDX-License-Identifier: MIT
 *
 * Counts as Bitcoin's messages have them, read at a cursor (base/cursor.h):
 *
 *	struct str script = cursor_take(&c, cursor_compact(&c));
 */
#ifndef COIN_COMPACT_H
#define COIN_COMPACT_H

#include "base/cursor.h"

/* A number in Bitcoin's CompactSize. A longer form than needed is bad. */
static inline uint64_t cursor_compact(struct cursor *c)
{
	uint8_t first = cursor_u8(c);
	uint64_t n = first, least = 0;

	if (first == 0xfd) {
		n = cursor_le16(c);
		least = 0xfd;
	} else if (first == 0xfe) {
		n = cursor_le32(c);
		least = 0x10000;
	} else if (first == 0xff) {
		n = cursor_le64(c);
		least = 0x100000000;
	}
	if (n < least)
		c->bad = true;
	return c->bad ? 0 : n;
}

/* A count in CompactSize of things that take at least LEAST bytes each; bad
 * if so many cannot follow. */
static inline uint64_t cursor_count(struct cursor *c, size_t least)
{
	uint64_t n = cursor_compact(c);

	if (n > cursor_left(c) / least)
		c->bad = true;
	return c->bad ? 0 : n;
}

#endif
