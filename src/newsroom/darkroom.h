/* SPDX-License-Identifier: MIT
 *
 * The darkroom as the newsroom sees it: originals are handed over, and come
 * back as renditions. Decoding is done by another process (app/darkroom.h),
 * one picture at a time, while the newsroom serves on. DARKROOM_QUEUE_MAX may
 * wait, DARKROOM_QUEUE_EACH of one account; accounts take turns, so that who
 * sends two hundred pictures keeps nobody waiting for more than one. Files are
 * app/'s to write: here they have names only.
 *
 *	DIR/private/originals/HASH	as it was sent; for nobody's eyes
 *	DIR/public/pictures/STEM-800.avif, .webp, .jpg
 *	DIR/public/pictures/STEM-1x1.jpg, STEM-4x3.jpg, STEM-16x9.jpg
 *	and of a shape that was cut by hand STEM-4x3.avif, .webp and, narrower,
 *	STEM-4x3-800.avif and so on
 *
 * Each rendition says in XMP what the library says of the picture. What the
 * file itself said at first can name somebody who must not be named: once an
 * editor has taken a name out, no file that readers get has it. So words that
 * are changed have the picture developed anew, as a new focal point has.
 *
 * STEM is drawn by chance for each picture of each paper and comes from nothing
 * in it: whoever has the same original cannot find out from addresses whether
 * this newsroom has it, too.
 *
 * The two processes speak in packets; numbers are big-endian:
 *
 *	order	8 bytes id, 2 and 2 the focal point, for each shape 2, 2 and 2
 *		the part that was chosen by hand, 1 whether words follow (0,
 *		1), and if so 6 texts, 2 length and UTF-8: caption, alt,
 *		credit, creator, rights, expires; with the original's descriptor
 *	answer	8 bytes id, 1 result (base/rc.h), 2 length and reason; with
 *		the contact sheet (picture/contact_sheet.h) where that is RC_OK
 */
#ifndef NEWSROOM_DARKROOM_H
#define NEWSROOM_DARKROOM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "picture/contact_sheet.h"
#include "picture/crop.h"
#include "picture/words.h"

struct buf;

enum {
	DARKROOM_QUEUE_MAX = 60,
	DARKROOM_QUEUE_EACH = 20,
	DARKROOM_WHY_MAX = ERR_WHY_MAX,
	DARKROOM_WORDS = 6, /* texts of a picture */
	DARKROOM_PACKET_MAX =
	    16 + 6 * PICTURE_CUTS + DARKROOM_WORDS * (2 + PICTURE_TEXT_MAX),
	/* In the name of an original and of its renditions. */
	DARKROOM_HASH_LENGTH = 64,
	DARKROOM_STEM_LENGTH = 26,
};

struct darkroom_order {
	uint64_t id;
	struct picture_focus focus;
	struct picture_cut cuts[PICTURE_CUTS];
	bool has_words; /* that take the place of the file's */
	struct picture_words words;
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
	int64_t staff;	 /* the account that it is done for; 0: none */
	struct picture_focus focus;
	struct picture_cut cuts[PICTURE_CUTS]; /* width 0: by the focus */
	/* What renditions say; NULL: as the file does. Of these caption, alt,
	 * credit, creator, rights and expires are taken. */
	const struct picture_words *words;
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
	/* Forgets an original, unless somebody is having it developed. */
	void (*drop)(void *ctx, struct str hash);
	/* Removes all renditions that are called by STEM, and their parts. The
	 * caller sees to it that nobody has them. */
	void (*discard)(void *ctx, struct str stem);
	/* Calls DONE once, later, when all files are written, and those of an
	 * earlier time that are none of them are gone. What ASK shows is
	 * copied. RC_BUSY: too many wait, in all or of this account.
	 * RC_INVALID: a word that no picture_is_text. RC_NO_MEMORY. */
	enum rc (*develop)(void *ctx, const struct darkroom_ask *ask,
	    darkroom_done_fn *done, void *done_ctx);
	/* A rendition by its file name, for the newsroom's own screens.
	 * RC_NOT_FOUND, RC_IO, RC_NO_MEMORY. */
	enum rc (*read)(
	    void *ctx, struct arena *a, struct str name, struct str *ret_bytes);
};

#endif
