/* SPDX-License-Identifier: MIT
 *
 * Encodings under the name of a smaller one. Programs call windows-1252
 * "iso-8859-1", and that of Korea by the name of a standard without half of
 * its syllables; so does charset_guess.c where the stretch that it weighs
 * shows no difference. The WHATWG's Encoding Standard (section 4.2) reads such
 * names as the larger encoding always, which is wrong for those of them that
 * are no part of it: here the bytes have to bear it out.
 *
 * In ISO-8859, bytes 0x80 to 0x9F are control characters, which no text has.
 */
#include "text/charset_priv.h"

#include "text/script.h"

static const struct {
	struct str name;
	const char *larger;
} pairs[] = {
    {STR_INIT("ISO-8859-1"), "WINDOWS-1252"},
    {STR_INIT("ISO-8859-15"), "WINDOWS-1252"},
    {STR_INIT("ISO-8859-2"), "WINDOWS-1250"},
    {STR_INIT("ISO-8859-6"), "WINDOWS-1256"},
    {STR_INIT("ISO-8859-7"), "WINDOWS-1253"},
    {STR_INIT("ISO-8859-8"), "WINDOWS-1255"},
    {STR_INIT("ISO-8859-9"), "WINDOWS-1254"},
    {STR_INIT("EUC-KR"), "CP949"},
    {STR_INIT("SHIFT_JIS"), "CP932"},
    {STR_INIT("BIG5"), "BIG5-HKSCS"},
};

struct reading {
	size_t unread, letters;
};

static struct reading read_by_table(
    const uint16_t *upper, const size_t count[static 128])
{
	struct reading r = {0};

	for (size_t i = 0; i < 128; i++) {
		if (upper[i] < 0xA0)
			r.unread += count[i];
		else if (letter_class_of(upper[i]) == LETTER)
			r.letters += count[i];
	}
	return r;
}

/* The tables alone tell: it reads more, and no letter is lost for it. */
static bool is_read_better(
    const uint16_t *small, const uint16_t *large, struct str bytes)
{
	size_t count[128] = {0};
	struct reading one, other;

	for (size_t i = 0; i < bytes.n; i++)
		if ((unsigned char)bytes.p[i] >= 0x80)
			count[(unsigned char)bytes.p[i] - 0x80]++;
	one = read_by_table(small, count);
	other = read_by_table(large, count);
	return other.unread < one.unread && other.letters >= one.letters;
}

const char *charset_larger(const char *name, struct str bytes, size_t bad)
{
	const uint16_t *small = charset_upper(name);

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		const char *larger = pairs[i].larger;

		if (!str_eq_fold(pairs[i].name, str_of(name)))
			continue;
		if (small ? is_read_better(small, charset_upper(larger), bytes)
			  : bad > 0)
			return larger;
	}
	return NULL;
}
