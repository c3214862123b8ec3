/* SPDX-License-Identifier: MIT
 *
 * One picture is decoded, turned upright, reduced, and written anew in the
 * sizes and formats that pages use, with its words and without its secrets.
 * Only for a process that does this once and then ends (app/darkroom.c): the
 * libraries below (libvips and its decoders) read hostile bytes, are loaded by
 * picture_load alone, so that no other process has them, and start threads.
 *
 *	picture_load	in the parent, once: finds the libraries
 *	picture_begin	in the child: starts them; after it no file is opened
 *	(the sandbox closes)
 *	picture_develop	in the child, once
 *
 * Renditions: the whole picture 400, 800, 1,200, 1,600 and 2,400 points wide
 * as far as it is that large (a smaller one as it is), each as AVIF, WebP and
 * JPEG; and the three shapes for previews elsewhere, as JPEG, up to 1,200
 * points wide. A shape that was cut by hand stands on pages, too, and so comes
 * up to 1,200, 800 and 400 points wide, each in the three formats. Colours
 * become sRGB. Of what the file says only its words are kept, as XMP
 * (picture/words.h); and not even those once people have written others, or
 * none, in their place.
 */
#ifndef PICTURE_DEVELOP_H
#define PICTURE_DEVELOP_H

#include "base/err.h"
#include "base/str.h"
#include "picture/crop.h"

struct buf;
struct picture_words;

enum {
	PICTURE_FILE_MAX = 64 * 1024 * 1024, /* bytes of an original */
};

/* How a picture is wanted. */
struct picture_wish {
	struct picture_focus focus;
	struct picture_cut cuts[PICTURE_CUTS]; /* width 0: by the focus */
	/* What renditions say instead of what the file does; NULL: as the file
	 * does. Each holds picture_is_text. */
	const struct picture_words *words;
};

/* Loads the libraries into this process. RC_NOT_FOUND: they are not
 * installed; says which package is missing. */
MUST_USE enum rc picture_load(struct err *err);

/* Starts them. RC_IO. */
MUST_USE enum rc picture_begin(struct err *err);

/* Develops FILE and appends a contact sheet (picture/contact_sheet.h) to B.
 * RC_INVALID: it is no picture of a kind that is taken, or is broken;
 * RC_LIMIT: too large; RC_NO_MEMORY. *ERR says it for the person who sent
 * it. The sheet's own words are the file's, whatever is wished. */
MUST_USE enum rc picture_develop(struct str file,
    const struct picture_wish *wish, struct buf *b, struct err *err);

#endif
