/* SPDX-License-Identifier: MIT
 *
 * Which files a picture has, as tables hold it. What is read is written, and
 * read the same again.
 */
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/must.h"
#include "paper/library.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str s = {(const char *)data, n};
	struct arena *a = arena_new(64 * 1024);
	struct library_files files = library_unpack_files(s);
	struct library_files again;
	struct str packed = library_pack_files(a, &files);

	must(files.whole_n <= LIBRARY_WIDTHS_MAX);
	for (size_t i = 0; i < files.whole_n; i++)
		must(files.whole[i].width > 0);
	must(packed.p);
	again = library_unpack_files(packed);
	must(again.whole_n == files.whole_n);
	must(memcmp(again.shapes, files.shapes, sizeof(files.shapes)) == 0);
	must(memcmp(again.cuts, files.cuts, sizeof(files.cuts)) == 0);
	must(memcmp(again.whole, files.whole,
		 files.whole_n * sizeof(files.whole[0])) == 0);
	must(library_url(a, STR("x"), &files).p);
	arena_free(a);
	return 0;
}
