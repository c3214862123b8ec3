/* SPDX-License-Identifier: MIT
 *
 * ISO-2022-JP as the programs of Japan write it: under the name of RFC 1468,
 * with signs of NEC and IBM (numbers in rings, the short form of "company")
 * and half-width kana, of which the standard has none. With its shifts undone
 * and the high bits set it is EUC-JP, which the C library has in the form of
 * Microsoft.
 */
#include "text/charset_priv.h"

#include "base/buf.h"

enum set { SET_ASCII, SET_KANA, SET_KANJI, SET_MORE_KANJI };

static const struct {
	struct str shift; /* behind the escape */
	enum set set;
} shifts[] = {
    {STR_INIT("(B"), SET_ASCII},
    {STR_INIT("(J"), SET_ASCII},
    {STR_INIT("(I"), SET_KANA},
    {STR_INIT("$@"), SET_KANJI},
    {STR_INIT("$B"), SET_KANJI},
    {STR_INIT("$(D"), SET_MORE_KANJI},
};

/* The length of the shift that S, behind an escape, begins with; 0: none. */
static size_t read_shift(struct str s, enum set *set)
{
	for (size_t i = 0; i < sizeof(shifts) / sizeof(shifts[0]); i++)
		if (str_starts(s, shifts[i].shift)) {
			*set = shifts[i].set;
			return shifts[i].shift.n;
		}
	return 0;
}

static bool is_graphic(char c)
{
	return c > ' ' && c < 0x7F;
}

static void put_high(struct buf *b, char c)
{
	buf_char(b, (char)((unsigned char)c | 0x80));
}

void charset_put_euc(struct buf *b, struct str s)
{
	enum set set = SET_ASCII;

	for (size_t i = 0; i < s.n; i++) {
		bool has_two = i + 1 < s.n && is_graphic(s.p[i + 1]);
		size_t n =
		    s.p[i] == 0x1B ? read_shift(str_from(s, i + 1), &set) : 0;

		/* A line ends in ASCII, and some forget to say so. */
		if (s.p[i] == '\n')
			set = SET_ASCII;
		i += n;
		if (n > 0)
			continue;
		if (set == SET_ASCII || !is_graphic(s.p[i]) ||
		    (set != SET_KANA && !has_two)) {
			buf_char(b, s.p[i]);
			continue;
		}
		if (set == SET_KANA)
			buf_char(b, (char)0x8E);
		if (set == SET_MORE_KANJI)
			buf_char(b, (char)0x8F);
		put_high(b, s.p[i]);
		if (set != SET_KANA)
			put_high(b, s.p[++i]);
	}
}
