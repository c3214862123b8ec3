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

struct image {
	struct str origin; /* put before "/..."; empty: left relative */
	struct str url;	   /* html_url_is_own holds */
	struct str alt;
	uint32_t width, height;		/* 0: not known */
	const struct view_files *files; /* NULL or empty: only URL is there */
	struct html sizes;		/* how wide it stands, as CSS says */
	bool is_lazy;
};

/* An img element, within a picture element where the library has it. */
void image_put(struct buf *b, const struct image *image);

/* The picture of PICTURES that URL is a rendition of; NULL: none is. */
const struct view_picture *image_find(
    const struct view_pictures *pictures, struct str url);

#endif
