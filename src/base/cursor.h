/* SPDX-License-Identifier: MIT
 *
 * A place in hostile bytes that moves on as numbers and runs of bytes are
 * taken from it. The error is sticky: once something was asked for that is not
 * there, everything later gives zeros and empty views, and "bad" is looked at
 * once at the end (and before a count that was read is believed). Nothing is
 * copied; views live as long as the bytes.
 *
 * Chains and some pictures write numbers with the lowest byte first (_le), our
 * own messages and other pictures with the highest first (_be). Everything is
 * inline: a block has hundreds of thousands of numbers.
 *
 *	struct cursor c = cursor_of(bytes);
 *	uint32_t width = cursor_be32(&c);
 *	struct str text = cursor_take(&c, cursor_be16(&c));
 *	if (c.bad || cursor_left(&c) > 0)
 *		return RC_INVALID;
 */
#ifndef BASE_CURSOR_H
#define BASE_CURSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct cursor {
	const uint8_t *p;   /* where it stands */
	const uint8_t *end; /* behind the last byte */
	bool bad;	    /* something was not there, or not as it must be */
};

static inline struct cursor cursor_of(struct str bytes)
{
	const uint8_t *p = (const uint8_t *)bytes.p;

	return (struct cursor){p, p ? p + bytes.n : p, false};
}

/* How many bytes are left. */
static inline size_t cursor_left(const struct cursor *c)
{
	return (size_t)(c->end - c->p);
}

/* The next N bytes, or NULL if they are not there. */
static inline const uint8_t *cursor_step(struct cursor *c, size_t n)
{
	const uint8_t *at = c->p;

	if (c->bad || cursor_left(c) < n) {
		c->bad = true;
		return NULL;
	}
	if (n > 0)
		c->p += n;
	return at;
}

/* The next N bytes as a view; an empty one if they are not there. */
static inline struct str cursor_take(struct cursor *c, uint64_t n)
{
	const uint8_t *p;

	if (n > cursor_left(c)) {
		c->bad = true;
		return STR_NONE;
	}
	p = cursor_step(c, (size_t)n);
	return p ? (struct str){(const char *)p, (size_t)n} : STR_NONE;
}

/* Goes on by N bytes. */
static inline void cursor_pass(struct cursor *c, uint64_t n)
{
	(void)cursor_take(c, n);
}

/* All that is left, which stays. */
static inline struct str cursor_rest(const struct cursor *c)
{
	return (struct str){(const char *)c->p, cursor_left(c)};
}

/* What was passed since it stood at FROM. */
static inline struct str cursor_since(
    const struct cursor *c, const uint8_t *from)
{
	return (struct str){(const char *)from, (size_t)(c->p - from)};
}

static inline uint8_t cursor_u8(struct cursor *c)
{
	const uint8_t *p = cursor_step(c, 1);

	return p ? p[0] : 0;
}

static inline uint16_t cursor_be16(struct cursor *c)
{
	const uint8_t *p = cursor_step(c, 2);

	return (uint16_t)(p ? p[0] << 8 | p[1] : 0);
}

static inline uint32_t cursor_be24(struct cursor *c)
{
	uint32_t high = cursor_u8(c);

	return high << 16 | cursor_be16(c);
}

static inline uint32_t cursor_be32(struct cursor *c)
{
	uint32_t high = cursor_be16(c);

	return high << 16 | cursor_be16(c);
}

static inline uint64_t cursor_be64(struct cursor *c)
{
	uint64_t high = cursor_be32(c);

	return high << 32 | cursor_be32(c);
}

static inline uint16_t cursor_le16(struct cursor *c)
{
	const uint8_t *p = cursor_step(c, 2);

	return (uint16_t)(p ? p[1] << 8 | p[0] : 0);
}

static inline uint32_t cursor_le24(struct cursor *c)
{
	uint32_t low = cursor_le16(c);

	return (uint32_t)cursor_u8(c) << 16 | low;
}

static inline uint32_t cursor_le32(struct cursor *c)
{
	const uint8_t *p = cursor_step(c, 4);

	return p ? (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 |
		       (uint32_t)p[1] << 8 | p[0]
		 : 0;
}

static inline uint64_t cursor_le64(struct cursor *c)
{
	uint64_t low = cursor_le32(c);

	return (uint64_t)cursor_le32(c) << 32 | low;
}

#endif
