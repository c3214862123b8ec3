/* SPDX-License-Identifier: MIT
 *
 * Any bytes as a text that reaches the newsroom: refused, or a draft that can
 * be written and read again.
 */
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "base/utf8.h"
#include "text/intake.h"

#include "text_input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(256 << 20);
	struct str bytes =
	    made_valid(a, (struct str){(const char *)data, size});
	struct intake in;
	struct err err = {.rc = RC_OK};
	struct buf b;

	keep_tables();
	if (intake_read(a, bytes, STR("en"), &in, &err) == RC_OK) {
		struct manuscript m;

		must(in.m.headline.n > 0);
		must(utf8_is_valid(in.m.headline));
		must(utf8_is_valid(in.m.body));
		buf_init_arena(&b, a, 16 << 20);
		intake_report(&b, &in, STR("f.txt"));
		must(utf8_is_valid(buf_str(&b)));
		buf_clear(&b);
		manuscript_write(&b, &in.m);
		if (b.n <= MANUSCRIPT_MAX) {
			must(manuscript_parse(a, buf_str(&b), &m, &err) ==
			     RC_OK);
			must(str_eq(m.headline, in.m.headline));
		}
	}
	arena_free(a);
	return 0;
}
