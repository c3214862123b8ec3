/* SPDX-License-Identifier: MIT
 *
 * What a picture file says of itself in its first bytes: its kind and its
 * size, read without decoding anything, so that a picture of 65,535 times
 * 65,535 points is refused before any library sees it. The name and the type
 * that came with the file are not asked.
 */
#ifndef PICTURE_SNIFF_H
#define PICTURE_SNIFF_H

#include <stdbool.h>
#include <stdint.h>

#include "base/rc.h"
#include "base/str.h"

enum picture_kind {
	PICTURE_JPEG,
	PICTURE_PNG,
	PICTURE_WEBP,
	PICTURE_AVIF,
	PICTURE_HEIC, /* as telephones make them */
	PICTURE_GIF,  /* the first of its pictures */
};

enum {
	PICTURE_SIDE_MAX = 30000,	/* points */
	PICTURE_POINTS_MAX = 120000000, /* a camera of 100 megapixels fits */
	PICTURE_FRAMES_MAX = 10000,	/* of which the first is taken */
};

struct picture_size {
	enum picture_kind kind;
	uint32_t width;	 /* as stored: turned upright, the two may change */
	uint32_t height; /* places; neither is 0 */
};

/* RC_INVALID: none of these kinds, or its head is broken. RC_LIMIT: larger
 * than the limits above. */
MUST_USE enum rc picture_sniff(struct str file, struct picture_size *ret_size);

/* Whether a JPEG says that it lies on its side: whoever shows it turns it by a
 * quarter, and its width becomes its height (EXIF 2.32, 4.6.4 A, Orientation).
 * The other kinds say it in ways that browsers do not heed. */
MUST_USE bool picture_is_on_side(struct str file, enum picture_kind kind);

/* Whether the end of a JPEG, PNG, WebP or GIF (of its first picture) is there:
 * decoders fill what is missing with grey and are content, so that an upload
 * that broke off would look like a picture. True for the other kinds, whose
 * decoders see it themselves. */
MUST_USE bool picture_is_whole(struct str file, enum picture_kind kind);

/* Whether there are at most PICTURE_FRAMES_MAX pictures in one that moves: by
 * what it says, and by counting. A decoder makes a list of them before it looks
 * at the first. */
MUST_USE bool picture_is_brief(struct str file, enum picture_kind kind);

/* "JPEG", "HEIC", ...; lives for ever. */
const char *picture_kind_name(enum picture_kind kind);

#endif
