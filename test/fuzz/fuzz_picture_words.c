/* SPDX-License-Identifier: MIT
 *
 * Words in pictures: the first byte says whether the rest is XMP or IPTC.
 * What is read can be written into a rendition and read back as it is.
 */
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "base/utf8.h"
#include "picture/words.h"

static void check(struct str s)
{
	must(s.n <= PICTURE_TEXT_MAX && utf8_is_valid(s));
	for (size_t i = 0; i < s.n; i++)
		must((unsigned char)s.p[i] >= 0x20 && s.p[i] != 0x7f);
}

static void check_all(struct arena *a, const struct picture_words *w)
{
	struct picture_words again = {0};
	struct buf b;
	enum rc rc;

	check(w->headline);
	check(w->caption);
	check(w->alt);
	check(w->credit);
	check(w->creator);
	check(w->rights);
	check(w->expires);
	check(w->place);
	buf_init_arena(&b, a, 256 * 1024);
	picture_words_write_xmp(&b, w);
	must(buf_rc(&b) == RC_OK);
	rc = picture_words_xmp(a, buf_str(&b), &again);
	/* U+FFFE and its like are text to us and not to XML. */
	if (rc == RC_INVALID)
		return;
	must(rc == RC_OK);
	must(str_eq(w->caption, again.caption));
	must(str_eq(w->rights, again.rights));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct picture_words w = {0};
	struct arena *a;
	struct str s;
	enum rc rc;

	if (n < 1)
		return 0;
	a = arena_new(16 << 20);
	s = (struct str){(const char *)data + 1, n - 1};
	if (data[0] & 1)
		rc = picture_words_xmp(a, s, &w);
	else
		rc = picture_words_iptc(a, s, &w);
	if (rc != RC_NO_MEMORY)
		check_all(a, &w);
	arena_free(a);
	return 0;
}
