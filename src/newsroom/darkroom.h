/* SPDX-License-Identifier: MIT
 *
 * The darkroom as the newsroom sees it: originals are handed over, and come
 * back as renditions. Decoding is done by another process (app/darkroom.h),
 * one picture at a time, while the newsroom serves on; DARKROOM_QUEUE_MAX may
 * wait. Files are app/'s to write: here they have names only.
 *
 *	DIR/private/originals/HASH	as it was sent; for nobody's eyes
 *	DIR/public/pictures/STEM-800.avif, .webp, .jpg
 *	DIR/public/pictures/STEM-1x1.jpg, STEM-4x3.jpg, STEM-16x9.jpg
 *
 * The two processes speak in packets; numbers are big-endian:
 *
 *	order	8 bytes id, 2 and 2 the focal point; with the original's
 *		descriptor
 *	answer	8 bytes id, 1 result (base/rc.h), 2 length and reason; with
 *		the contact sheet (picture/contact_sheet.h) where that is RC_OK
 */
#ifndef NEWSROOM_DARKROOM_H
#define NEWSROOM_DARKROOM_H

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "picture/contact_sheet.h"
#include "picture/crop.h"

struct buf;

enum {
	DARKROOM_QUEUE_MAX = 60,
	DARKROOM_WHY_MAX = ERR_WHY_MAX,
	DARKROOM_PACKET_MAX = 16 + DARKROOM_WHY_MAX,
	/* In the name of an original and of its renditions. */
	DARKROOM_HASH_LENGTH = 64,
	DARKROOM_STEM_LENGTH = 26,
};

struct darkroom_order {
	uint64_t id;
	struct picture_focus focus;
};

struct darkroom_answer {
	uint64_t id;
	enum rc rc;
	struct str why;
};

void darkroom_put_order(struct buf *b, const struct darkroom_order *order);
void darkroom_put_answer(struct buf *b, const struct darkroom_answer *answer);
/* RC_INVALID. Views of PACKET. */
MUST_USE enum rc darkroom_order_parse(
    struct str packet, struct darkroom_order *ret_order);
MUST_USE enum rc darkroom_answer_parse(
    struct str packet, struct darkroom_answer *ret_answer);

/* What is to be developed. */
struct darkroom_ask {
	struct str hash; /* of the original */
	struct str stem; /* that the renditions' names begin with */
	struct picture_focus focus;
};

/* What came of it. RC_OK: SHEET says what there is, and its files are
 * written; it is gone when this returns. Else WHY says for the person who
 * sent the picture what is wrong with it (RC_INVALID, RC_LIMIT), or what is
 * wrong with us. */
typedef void darkroom_done_fn(
    void *ctx, enum rc rc, const struct contact_sheet *sheet, const char *why);

/* How the newsroom does it; given by app/. */
struct darkroom {
	void *ctx;
	/* Keeps an original under its hash; one that is there already is not
	 * written again. The darkroom brings it to the disk while it works.
	 * RC_NO_SPACE, RC_IO. */
	enum rc (*keep)(
	    void *ctx, struct str hash, struct str bytes, struct err *err);
	/* Forgets one again that could not be developed. */
	void (*drop)(void *ctx, struct str hash);
	/* Calls DONE once, later. What ASK shows is copied. RC_BUSY: too many
	 * wait. */
	enum rc (*develop)(void *ctx, const struct darkroom_ask *ask,
	    darkroom_done_fn *done, void *done_ctx);
	/* A rendition by its file name, for the newsroom's own screens.
	 * RC_NOT_FOUND, RC_IO, RC_NO_MEMORY. */
	enum rc (*read)(
	    void *ctx, struct arena *a, struct str name, struct str *ret_bytes);
};

#endif
