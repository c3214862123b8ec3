/* SPDX-License-Identifier: MIT
 *
 * Any bytes as a manuscript, the last of them as its path, too. What is read
 * must, written and read again, give the same.
 */
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "text/front_matter.h"
#include "text/manuscript.h"

#include "text_input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new(64 << 20);
	struct str file = made_valid(a, (struct str){(const char *)data, n});
	struct str path = str_from(file, file.n - file.n % 64);
	struct front_node *head;
	struct manuscript m;
	struct manuscript again;
	struct buf first;
	struct buf second;
	struct err err;

	keep_tables();
	/* On its own it is handed valid UTF-8 only; libyaml checks too. */
	(void)!front_matter_parse(a, file, 1, &head, &err);
	if (manuscript_parse(a, file, &m, &err) == RC_OK) {
		buf_init(&first, 64 << 20);
		buf_init(&second, 64 << 20);
		(void)manuscript_is_index(&m, path);
		must(manuscript_from_name(a, &m, path) == RC_OK);
		must(manuscript_from_folder(a, &m, path) == RC_OK);
		manuscript_write(&first, &m);
		must(manuscript_parse(a, buf_str(&first), &again, &err) ==
		     RC_OK);
		must(again.left_n == 0);
		manuscript_write(&second, &again);
		must(str_eq(buf_str(&first), buf_str(&second)));
		buf_done(&first);
		buf_done(&second);
	}
	arena_free(a);
	return 0;
}
