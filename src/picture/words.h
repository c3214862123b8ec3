/* SPDX-License-Identifier: MIT
 *
 * What a picture file says in words: caption, credit, alternative text and
 * rights, as photographers and agencies write them into it; and what it gives
 * away besides, of the place and of the camera. The same fact may stand in
 * three tongues; the newest is believed first:
 *
 *	XMP	ISO 16684-1, with the IPTC Photo Metadata properties
 *	IPTC	IIM 4.2, record 2, as the APP13 segment of a JPEG holds it
 *	EXIF	its few fields of text
 *
 * All of it is hostile bytes: what is not clean UTF-8 (or, in IPTC without a
 * word on its charset, Latin-1) is left out, control characters and what is no
 * character become spaces, and each text is cut at PICTURE_TEXT_MAX.
 */
#ifndef PICTURE_WORDS_H
#define PICTURE_WORDS_H

#include <stdbool.h>

#include "base/rc.h"
#include "base/str.h"

struct arena;
struct buf;

enum {
	PICTURE_TEXT_MAX = 4000,       /* bytes of one text */
	PICTURE_XMP_MAX = 1024 * 1024, /* bytes of a packet */
	PICTURE_IPTC_MAX = 1024 * 1024,
};

struct picture_words {
	struct str headline;
	struct str caption;
	struct str alt;
	struct str credit;  /* the credit line */
	struct str creator; /* who took it */
	struct str rights;  /* copyright notice, usage terms behind it */
	struct str expires; /* "2027-01-31"; empty: no end is told */
	struct str place;   /* city and country, as they say; never kept */
	bool has_place;	    /* coordinates, or words of where it was taken */
	bool has_device;    /* camera, serial number, software, owner */
};

/* Adds to W what the packet XMP says and W does not. RC_INVALID: broken or
 * with a document type, nothing of it is taken; RC_LIMIT; RC_NO_MEMORY. The
 * texts are the arena's. */
MUST_USE enum rc picture_words_xmp(
    struct arena *a, struct str xmp, struct picture_words *w);
/* The same for IPTC: the data sets themselves, or within the "8BIM" resources
 * of Photoshop. RC_INVALID: broken; what came before the fault is taken. */
MUST_USE enum rc picture_words_iptc(
    struct arena *a, struct str iptc, struct picture_words *w);

/* S is UTF-8 without control characters, at most PICTURE_TEXT_MAX bytes. */
bool picture_is_text(struct str s);

/* S as a clean text of one paragraph, at most PICTURE_TEXT_MAX bytes; p NULL
 * without memory. Empty if S is not UTF-8. */
struct str picture_text(struct arena *a, struct str s);

/* Appends an XMP packet that says caption, alternative text, credit, creator,
 * rights and expiry, and nothing of place and device. */
void picture_words_write_xmp(struct buf *b, const struct picture_words *w);

#endif
