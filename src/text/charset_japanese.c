/* SPDX-License-Identifier: MIT
 *
 * ISO-2022-JP and EUC-JP as the programs of Japan write them: by the name of
 * the standard, with signs of NEC and IBM (numbers in rings, the short form of
 * "company", letters of names) and half-width kana, of which it has none. They
 * are the rows of windows' Shift_JIS, which the C library has whole.
 *
 *	ESC $ B 0x2D 0x21, and 0xAD 0xA1: row 13, first sign	0x87 0x40
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

/* ROW and CELL are of 0x21 to 0x7E. */
static void put_pair(struct buf *b, unsigned row, unsigned cell)
{
	unsigned lead = ((row - 0x21) >> 1) + 0x81;

	buf_char(b, (char)(lead > 0x9F ? lead + 0x40 : lead));
	if (row % 2 == 0)
		buf_char(b, (char)(cell + 0x7E));
	else
		buf_char(b, (char)(cell + (cell < 0x60 ? 0x1F : 0x20)));
}

static bool is_graphic(unsigned c)
{
	return c > ' ' && c < 0x7F;
}

/* The signs of JIS X 0212, which Shift_JIS has none of: a fault for each. */
static void put_fault(struct buf *b)
{
	buf_lit(b, "\x81\x7F");
}

/* Appends the sign of eight bits (EUC-JP) at S[AT]; gives its length. */
static size_t put_high(struct buf *b, struct str s, size_t at)
{
	unsigned c = (unsigned char)s.p[at];
	unsigned next = at + 1 < s.n ? (unsigned char)s.p[at + 1] : 0;
	bool has_two = next > 0xA0 && next < 0xFF;

	if (c == 0x8E && has_two) {
		buf_char(b, (char)next);
	} else if (c == 0x8F && has_two && at + 2 < s.n) {
		put_fault(b);
		return 3;
	} else if (c > 0xA0 && c < 0xFF && has_two) {
		put_pair(b, c & 0x7F, next & 0x7F);
	} else {
		put_fault(b);
		return 1;
	}
	return 2;
}

/* The same of seven bits, of SET. */
static size_t put_low(struct buf *b, struct str s, size_t at, enum set set)
{
	unsigned c = (unsigned char)s.p[at];
	unsigned next = at + 1 < s.n ? (unsigned char)s.p[at + 1] : 0;

	if (set == SET_ASCII || !is_graphic(c)) {
		buf_char(b, (char)c);
		return 1;
	}
	if (set == SET_KANA) {
		buf_char(b, (char)(c | 0x80));
		return 1;
	}
	if (set == SET_MORE_KANJI || !is_graphic(next)) {
		put_fault(b);
		return is_graphic(next) ? 2 : 1;
	}
	put_pair(b, c, next);
	return 2;
}

void charset_put_shift_jis(struct buf *b, struct str s)
{
	enum set set = SET_ASCII;

	for (size_t i = 0; i < s.n;) {
		size_t n =
		    s.p[i] == 0x1B ? read_shift(str_from(s, i + 1), &set) : 0;

		/* A line ends in ASCII, and some forget to say so. */
		if (s.p[i] == '\n')
			set = SET_ASCII;
		if (n > 0)
			i += n + 1;
		else if ((unsigned char)s.p[i] >= 0x80)
			i += put_high(b, s, i);
		else
			i += put_low(b, s, i, set);
	}
}
