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
