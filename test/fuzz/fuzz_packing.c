/* SPDX-License-Identifier: MIT
 *
 * Columns of a database that somebody else has written: every list in them is
 * read within its bounds, and packed anew it stays what it was.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "paper/packing.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check_list(struct arena *a, struct str packed)
{
	struct str_list first, again;
	struct buf b;

	buf_init_arena(&b, a, packed.n * 2 + 64);
	must(packing_to_list(a, packed, &first) == RC_OK);
	packing_list(&b, &first);
	must(packing_to_list(a, buf_str(&b), &again) == RC_OK);
	must(again.n <= first.n);
	for (size_t i = 0; i < again.n; i++)
		must(again.v[i].n > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new(16 << 20);
	struct str packed = {(const char *)data, n};
	struct manuscript_correction *corrections;
	struct manuscript_translation *translations;
	struct manuscript_picture picture;
	size_t count;
	struct buf b;
	int64_t id;

	check_list(a, packed);
	must(packing_to_corrections(a, packed, &corrections, &count) == RC_OK);
	must(count == packing_count(packed));
	buf_init_arena(&b, a, n * 2 + 64 * count + 64);
	packing_corrections(&b, corrections, count);
	must(packing_count(buf_str(&b)) == count);
	must(
	    packing_to_translations(a, packed, &translations, &count) == RC_OK);
	must(count == packing_count(packed));
	picture = packing_to_picture(packed);
	must(picture.url.n <= n);
	while (packing_take_id(&packed, &id))
		;
	arena_free(a);
	return 0;
}
