/* SPDX-License-Identifier: MIT
 *
 * What the darkroom hands back: all renditions of one picture and what was
 * read in it, as one run of bytes. It comes out of a process that has decoded
 * hostile bytes and is itself not believed: reading it is strict, and no
 * number in it is used before it is checked.
 *
 *	"FPS1"
 *	u32 width, u32 height	of the picture, upright
 *	u8 kind, u8 flags	picture/sniff.h; 1: had a place, 2: a device
 *	8 texts			u16 length, UTF-8: headline, caption, alt,
 *				credit, creator, rights, expires, place
 *	u16 count
 *	count heads		u8 format, u8 shape, u32 width, u32 height,
 *				u32 length
 *	their bytes, in the same order, and nothing behind them
 *
 * Numbers are big-endian.
 */
#ifndef PICTURE_CONTACT_SHEET_H
#define PICTURE_CONTACT_SHEET_H

#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"
#include "base/str.h"
#include "picture/crop.h"
#include "picture/sniff.h"
#include "picture/words.h"

struct arena;
struct buf;

enum picture_format {
	PICTURE_AS_JPEG,
	PICTURE_AS_WEBP,
	PICTURE_AS_AVIF,
	PICTURE_FORMATS,
};

enum {
	PICTURE_RENDITIONS_MAX = 64,
	/* All of them together. */
	CONTACT_SHEET_MAX = 48 * 1024 * 1024,
};

struct picture_rendition {
	enum picture_format format;
	enum picture_shape shape;
	uint32_t width, height;
	struct str bytes;
};

struct contact_sheet {
	struct picture_size size; /* upright */
	struct picture_words words;
	size_t n;
	struct picture_rendition v[PICTURE_RENDITIONS_MAX];
};

/* Appends SHEET to B. */
void contact_sheet_write(struct buf *b, const struct contact_sheet *sheet);
/* Reads all of S, of which *RET_SHEET is a view. RC_INVALID, also where a
 * rendition does not begin as its format does. */
MUST_USE enum rc contact_sheet_read(
    struct str s, struct contact_sheet *ret_sheet);

/* "jpg", "webp", "avif"; lives for ever. */
struct str picture_format_ending(enum picture_format format);

#endif
