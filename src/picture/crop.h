/* SPDX-License-Identifier: MIT
 *
 * Where a picture is cut when it has to be of another shape: as an editor has
 * set it by hand for that shape; or around its focal point, the place that the
 * photographer or editor says must stay in view.
 */
#ifndef PICTURE_CROP_H
#define PICTURE_CROP_H

#include <stdint.h>

/* In thousandths of width and height, from the upper left. */
struct picture_focus {
	uint16_t x; /* 0 to 1000 */
	uint16_t y;
};
#define PICTURE_FOCUS_MIDDLE ((struct picture_focus){500, 500})

enum picture_shape {
	PICTURE_WHOLE, /* as it is */
	PICTURE_1_1,
	PICTURE_4_3,
	PICTURE_16_9,
	PICTURE_SHAPES,
};

struct picture_rect {
	uint32_t left, top, width, height;
};

/* A part that was chosen by hand: its left edge and its width in thousandths of
 * the picture's width, its upper edge in those of its height. How high it is
 * follows from the shape. */
struct picture_cut {
	uint16_t left, top; /* 0 to 1000 */
	uint16_t width;	    /* 0: none is chosen; else up to 1000 */
};

enum { PICTURE_CUTS = PICTURE_SHAPES - 1, PICTURE_CUT_MIN = 50 };

/* CUT as it can be in a picture of WIDTH times HEIGHT points: not smaller than
 * PICTURE_CUT_MIN, not larger than the picture, and within its edges. */
struct picture_cut picture_cut_fit(uint32_t width, uint32_t height,
    enum picture_shape shape, struct picture_cut cut);
/* The part that CUT is, after picture_cut_fit; its width is not 0. */
struct picture_rect picture_cut_rect(uint32_t width, uint32_t height,
    enum picture_shape shape, struct picture_cut cut);

/* The largest part of SHAPE of a picture of WIDTH times HEIGHT points (1 to
 * 65,535 each), with FOCUS as near to its middle as the edges allow. */
struct picture_rect picture_crop(uint32_t width, uint32_t height,
    enum picture_shape shape, struct picture_focus focus);

#endif
