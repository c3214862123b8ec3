/* SPDX-License-Identifier: MIT
 *
 * Heads of picture files. A size that is told is within the limits, and more
 * bytes behind the file do not change it.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/must.h"
#include "picture/sniff.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str file = {(const char *)data, n};
	struct picture_size size = {0};

	if (picture_sniff(file, &size) != RC_OK)
		return 0;
	must(size.width > 0 && size.width <= PICTURE_SIDE_MAX);
	must(size.height > 0 && size.height <= PICTURE_SIDE_MAX);
	must((uint64_t)size.width * size.height <= PICTURE_POINTS_MAX);
	must(picture_kind_name(size.kind)[0]);
	/* What is small has few. */
	if (!picture_is_brief(file, size.kind))
		must(size.kind != PICTURE_JPEG);
	if (picture_is_on_side(file, size.kind))
		must(size.kind == PICTURE_JPEG);
	if (!picture_is_whole(file, size.kind))
		must(size.kind != PICTURE_AVIF && size.kind != PICTURE_HEIC);
	return 0;
}
