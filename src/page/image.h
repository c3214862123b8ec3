/* SPDX-License-Identifier: MIT
 *
 * A picture element: the paper's own pictures in the sizes and formats that
 * the library has of them, so that each reader loads one that fits. Private to
 * page/.
 */
#ifndef PAGE_IMAGE_H
#define PAGE_IMAGE_H

#include <stdbool.h>

#include "page/html.h"
#include "page/view.h"

/* The shape of the room in which a picture stands, as the style sheet has it:
 * what is too much is cut off. */
enum image_cut {
	IMAGE_WHOLE,
	IMAGE_1_1,
	IMAGE_4_3,
	IMAGE_16_9,
	IMAGE_CUTS,
};

struct image {
	struct str origin; /* put before "/..."; empty: left relative */
	struct str url;	   /* html_url_is_own holds */
	struct str alt;
	uint32_t width, height;		/* 0: not known */
	const struct view_files *files; /* NULL or empty: only URL is there */
	struct html sizes;		/* how wide it stands, as CSS says */
	bool is_lazy;
	enum image_cut cut; /* of which FILES has sizes; else the whole */
};

/* The library has P as it was cut to CUT by hand. */
bool image_is_cut(const struct view_picture *p, enum image_cut cut);

/* Where P is cut to CUT, in tenths of what is left over, from the left or from
 * above: so that the library's focal point is as near to the middle as the
 * edges allow, as picture/crop.h has it. 5, the middle, where nothing is known
 * of it. Style sheets know eleven classes for that, so that no page needs a
 * style of its own. */
unsigned image_place(const struct view_picture *p, enum image_cut cut);

/* An img element, within a picture element where the library has it. */
void image_put(struct buf *b, const struct image *image);

/* The picture of PICTURES that URL is a rendition of; NULL: none is. */
const struct view_picture *image_find(
    const struct view_pictures *pictures, struct str url);

#endif
