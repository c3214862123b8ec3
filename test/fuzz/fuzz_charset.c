/* SPDX-License-Identifier: MIT
 *
 * Any bytes: refused with a reason, or clean UTF-8 without NUL and CR.
 */
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/must.h"
#include "base/utf8.h"
#include "text/charset.h"

#include "text_input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(64 << 20);
	struct str bytes = {(const char *)data, size};
	struct charset cs;
	struct err err = {.rc = RC_OK};

	keep_tables();
	if (charset_read(a, bytes, &cs, &err) == RC_OK) {
		must(utf8_is_valid(cs.text));
		must(str_find(cs.text, '\0') == cs.text.n);
		must(str_find(cs.text, '\r') == cs.text.n);
		must(cs.sure <= 100);
		for (uint32_t i = 1; i < 20; i++)
			must(charset_line(&cs, i) > 0);
	} else {
		must(err.rc != RC_OK && err.why[0] != 0);
	}
	arena_free(a);
	return 0;
}
