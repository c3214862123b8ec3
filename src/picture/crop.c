/* SPDX-License-Identifier: MIT
 *
 * Cutting to a shape, in integers.
 */
#include "picture/crop.h"

#include "base/must.h"

static const struct {
	uint32_t width, height;
} ratios[PICTURE_SHAPES] = {
    [PICTURE_1_1] = {1, 1}, [PICTURE_4_3] = {4, 3}, [PICTURE_16_9] = {16, 9}};

/* Where a part of length PART of ALL begins so that AT (thousandths) is in its
 * middle, or as near as can be. */
static uint32_t place(uint32_t all, uint32_t part, uint32_t at)
{
	uint32_t middle = all * at / 1000;
	uint32_t half = part / 2;

	if (middle <= half)
		return 0;
	if (middle - half > all - part)
		return all - part;
	return middle - half;
}

enum { WHOLE = 1000 };

static uint32_t least(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

/* How high the part is that is WIDTH thousandths wide, in thousandths, not less
 * than it will be. */
static uint32_t height_of(
    uint32_t width, uint32_t height, enum picture_shape shape, uint32_t part)
{
	uint64_t all = (uint64_t)ratios[shape].width * height;

	return (uint32_t)(((uint64_t)part * width * ratios[shape].height + all -
			      1) /
			  all);
}

struct picture_cut picture_cut_fit(uint32_t width, uint32_t height,
    enum picture_shape shape, struct picture_cut cut)
{
	uint64_t most;
	uint32_t part, high;

	must(shape > PICTURE_WHOLE && shape < PICTURE_SHAPES);
	must(width > 0 && width < 65536 && height > 0 && height < 65536);
	if (cut.width == 0)
		return (struct picture_cut){0};
	most = (uint64_t)WHOLE * height * ratios[shape].width /
	       ((uint64_t)width * ratios[shape].height);
	if (most > WHOLE)
		most = WHOLE;
	if (most == 0)
		most = 1;
	part = cut.width < PICTURE_CUT_MIN ? PICTURE_CUT_MIN : cut.width;
	part = least(part, (uint32_t)most);
	high = least(height_of(width, height, shape, part), WHOLE);
	return (struct picture_cut){
	    .left = (uint16_t)least(cut.left, WHOLE - part),
	    .top = (uint16_t)least(cut.top, WHOLE - high),
	    .width = (uint16_t)part,
	};
}

struct picture_rect picture_cut_rect(uint32_t width, uint32_t height,
    enum picture_shape shape, struct picture_cut cut)
{
	struct picture_cut fit = picture_cut_fit(width, height, shape, cut);
	struct picture_rect r = {.width = width * fit.width / WHOLE};

	must(cut.width > 0);
	if (r.width == 0)
		r.width = 1;
	r.height = r.width * ratios[shape].height / ratios[shape].width;
	if (r.height == 0)
		r.height = 1;
	r.height = least(r.height, height);
	r.left = least(width * fit.left / WHOLE, width - r.width);
	r.top = least(height * fit.top / WHOLE, height - r.height);
	return r;
}

struct picture_rect picture_crop(uint32_t width, uint32_t height,
    enum picture_shape shape, struct picture_focus focus)
{
	struct picture_rect r = {.width = width, .height = height};
	uint32_t w;
	uint32_t h;

	must(shape < PICTURE_SHAPES);
	must(width > 0 && width < 65536 && height > 0 && height < 65536);
	must(focus.x <= 1000 && focus.y <= 1000);
	if (shape == PICTURE_WHOLE)
		return r;
	w = ratios[shape].width;
	h = ratios[shape].height;
	if (width * h > height * w)
		r.width = height * w / h;
	else
		r.height = width * h / w;
	if (r.width == 0)
		r.width = 1;
	if (r.height == 0)
		r.height = 1;
	r.left = place(width, r.width, focus.x);
	r.top = place(height, r.height, focus.y);
	return r;
}
