/* SPDX-License-Identifier: MIT
 *
 * Any text as headline and body, in a language that its first byte chooses:
 * every mark lies in its field, and what would mend it gives valid text.
 */
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "base/utf8.h"
#include "text/mend.h"
#include "text/proof.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool put_day(struct buf *b, struct str lang, struct civil day)
{
	buf_add(b, lang);
	buf_i64(b, day.year);
	return true;
}

static void mend(struct arena *a, const struct manuscript *m,
    const struct proof_mark *marks, size_t n)
{
	struct mend_known known = {.byline = STR("Ana"),
	    .today = {.year = 2026, .month = 11, .day = 27, .weekday = 4},
	    .day = put_day};
	struct mending *v = NULL;

	must(mend_find(a, m, STR("en"), &known, marks, n, &v) == RC_OK);
	for (size_t i = 0; i < n; i++) {
		must(v[i].field.n > 0 && v[i].n <= MENDS_MOST);
		for (size_t k = 0; k < v[i].n; k++) {
			struct manuscript made = mend_apply(a, m, &v[i].v[k]);

			must(utf8_is_valid(made.body));
			must(utf8_is_valid(made.headline));
			must(utf8_is_valid(v[i].v[k].about));
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const langs[] = {"en", "de", "fr", "es", "it", "pt",
	    "ru", "uk", "pl", "sv", "ar", "ko", "ja", "zh", ""};
	struct arena *a = arena_new(64 << 20);
	struct str text = {(const char *)data, size};
	struct manuscript m = {.body = text};
	struct proof_mark *marks = NULL;
	struct buf b;
	size_t n = 0;

	if (size > 0 && utf8_is_valid(text)) {
		m.lang = str_of(langs[data[0] % 15]);
		m.headline = str_part(text, 0, str_find(text, '\n'));
		m.has_published = data[0] & 16;
		must(proof_read(a, &m, STR("en"), &marks, &n) == RC_OK);
		for (size_t i = 0; i < n; i++) {
			struct str in = str_eq(marks[i].field, STR("body"))
					    ? m.body
					    : m.headline;

			must(marks[i].offset + marks[i].length <= in.n);
			must(utf8_is_valid(marks[i].excerpt));
			must(marks[i].message.n > 0);
		}
		/* Each mark reads the text again some times. */
		if (n > 0 && n * size < 8192)
			mend(a, &m, marks, n);
		buf_init_arena(&b, a, 1 << 20);
		proof_report(&b, marks, n, STR("f.md"));
	}
	arena_free(a);
	return 0;
}
