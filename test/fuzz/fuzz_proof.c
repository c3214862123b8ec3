/* SPDX-License-Identifier: MIT
 *
 * Any text as headline and body: every mark lies in its field, and what would
 * mend it gives valid text. The first byte of the input is no text: a letter
 * that chooses the language, a small one for a story without a date. How long
 * the text is chooses the day of the week, and whether there is a picture, of
 * which the library knows something.
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

static enum rc know_picture(
    void *ctx, struct str url, struct mend_picture *ret_picture)
{
	(void)ctx;
	must(utf8_is_valid(url));
	if (url.n % 2)
		return RC_NOT_FOUND;
	*ret_picture = (struct mend_picture){STR("A [quay] & a \\ gull"),
	    STR("The *quay*"), STR("Ana `<b>` Lima")};
	return RC_OK;
}

static void mend(struct arena *a, const struct manuscript *m,
    const struct proof_mark *marks, size_t n)
{
	struct mend_known known = {.byline = STR("Ana"),
	    .today = {.year = 2026, .month = 12},
	    .day = put_day,
	    .picture = know_picture};
	struct mending *v = NULL;

	known.today.weekday = (uint8_t)(m->body.n % 7);
	known.today.day = (uint8_t)(21 + known.today.weekday);
	must(mend_find(a, m, STR("en"), &known, marks, n, &v) == RC_OK);
	for (size_t i = 0; i < n; i++) {
		must(v[i].field.n > 0 && v[i].n <= MENDS_MOST);
		for (size_t k = 0; k < v[i].n; k++) {
			struct manuscript made = mend_apply(a, m, &v[i].v[k]);

			must(utf8_is_valid(made.body));
			must(utf8_is_valid(made.headline));
			must(utf8_is_valid(made.picture.alt));
			must(utf8_is_valid(made.picture.caption));
			must(utf8_is_valid(made.picture.credit));
			must(utf8_is_valid(v[i].v[k].about));
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* By the letter's place in the alphabet. */
	static const char *const langs[32] = {"", "ar", "bg", "cs", "de", "en",
	    "fr", "el", "he", "it", "ja", "ko", "tr", "nl", "nb", "pt", "pl",
	    "fa", "ru", "es", "th", "uk", "sv", "hi", "fi", "zh", "und", "sk",
	    "no", "de-CH", "en-US", "pt-BR"};
	struct arena *a = arena_new(64 << 20);
	struct str text = str_from((struct str){(const char *)data, size}, 1);
	struct manuscript m = {0};
	struct proof_mark *marks = NULL;
	struct buf b;
	size_t n = 0;

	if (size > 0 && utf8_is_valid(text)) {
		m.body = text;
		m.lang = str_of(langs[data[0] & 31]);
		m.headline = str_part(text, 0, str_find(text, '\n'));
		m.has_published = !(data[0] & 32);
		if (text.n % 4 == 0)
			m.picture.url = STR("/pictures/quay.jpg");
		must(proof_read(a, &m, STR("en"), &marks, &n) == RC_OK);
		for (size_t i = 0; i < n; i++) {
			struct str in = str_eq(marks[i].field, STR("body"))
					    ? m.body
					    : m.headline;

			must(marks[i].offset + marks[i].length <= in.n);
			must(utf8_is_valid(marks[i].excerpt));
			must(marks[i].message.n > 0);
			must(proof_kind_name(marks[i].kind)[0]);
		}
		/* Each mark reads the text again some times. */
		if (n > 0 && n * text.n < 8192)
			mend(a, &m, marks, n);
		buf_init_arena(&b, a, 1 << 20);
		proof_report(&b, marks, n, STR("f.md"));
	}
	arena_free(a);
	return 0;
}
