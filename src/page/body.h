/* SPDX-License-Identifier: MIT
 *
 * A story's tree becomes HTML. Whatever the tree holds, the tags that come out
 * are those of this file, closed and nested.
 *
 * In a page each footnote stands as an aside behind the block that first
 * refers to it, so that a style sheet can set it beside the text; in a feed
 * they stand in a list at the end, without links.
 */
#ifndef PAGE_BODY_H
#define PAGE_BODY_H

#include <stdbool.h>

#include "base/str.h"
#include "page/words.h"
#include "text/document.h"

struct buf;
struct view_pictures;

struct body_options {
	struct str origin; /* put before "/..." ; empty: left relative */
	/* Where the text stands, "/2026/11/23/harbour": what leads from there,
	 * "../x" or "#part", is written in full. Empty: as it is. */
	struct str page;
	struct str lang;	   /* of the text around the body */
	const struct words *words; /* for what is said beside the text */
	/* Those of the library; NULL: all are shown by their address alone. */
	const struct view_pictures *pictures;
	bool has_notes_at_end;	 /* as feeds want them */
	bool has_picture_before; /* so none of the body's is the first one */
};

/* Appends the blocks of DOCUMENT, each on a line of its own. NULL is an empty
 * document. */
void body_write(struct buf *b, const struct node *document,
    const struct body_options *options);

/* Does any heading, paragraph or other block stand in it? */
bool body_is_empty(const struct node *document);

#endif
