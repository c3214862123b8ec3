/* SPDX-License-Identifier: MIT
 *
 * Any bytes as a headline: the slug is valid, and its own slug. As a name: what
 * it is compared by is UTF-8, and compared by itself.
 */
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "base/utf8.h"
#include "text/fold.h"
#include "text/slug.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char *const langs[] = {"", "de", "uk", "fr", "sr", "da"};
	struct arena *a = arena_new(1 << 20);
	struct str headline = {(const char *)data, n};
	struct str folded = fold_name(a, headline);

	must(!folded.p || utf8_is_valid(folded));
	must(!folded.p || str_eq(fold_name(a, folded), folded));
	for (size_t i = 0; i < sizeof(langs) / sizeof(langs[0]); i++) {
		struct str lang = str_of(langs[i]);
		struct str slug = slug_make(a, headline, lang);
		struct buf b;

		must(slug_is_valid(slug));
		must(str_eq(slug_make(a, slug, lang), slug));
		buf_init_arena(&b, a, 4096);
		url_encode_path(&b, slug);
		must(buf_rc(&b) == RC_OK);
	}
	arena_free(a);
	return 0;
}
