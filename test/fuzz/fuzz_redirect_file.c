/* SPDX-License-Identifier: MIT
 *
 * Files of redirects: whatever comes is read to its end, and no column has a
 * line's end in it.
 */
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/must.h"
#include "newsroom/redirect_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str s = {(const char *)data, size};
	struct arena *a = arena_new(1 << 24);
	struct redirect_line *v;
	size_t n, last = 0;
	enum rc rc = redirect_file_read(a, s, &v, &n);

	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		must(v[i].number > last);
		must(v[i].is_faulty || (v[i].from.n > 0 && v[i].to.n > 0));
		must(str_find(v[i].from, '\n') == v[i].from.n);
		must(str_find(v[i].to, '\n') == v[i].to.n);
		last = v[i].number;
	}
	arena_free(a);
	return 0;
}
