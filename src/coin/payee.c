/* SPDX-License-Identifier: MIT
 *
 * Hidden addresses; see payee.h. The text boiled down is letters and digits of
 * ASCII, with BREAK where something stood that nobody reads over.
 */
#include "coin/payee.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "coin/base58.h"
#include "coin/bech32.h"

enum {
	BREAK = '\n',
	HASH_BYTES = 20,
	BASE58_LEAST = 25, /* one zero byte for each leading one */
	BASE58_MOST = 36,
	BASE58_PLAIN = 33, /* the least of one that begins otherwise */
	DATA_LEAST = 11,   /* characters behind bech32's "1": a checksum's six
			      and five more */
	DATA_MOST = 130,   /* so far its checksum is looked at */
	FORM_LEAST = 38,   /* as many look like bech32 without one */
	FORM_DIGITS = 4,
	ETHEREUM_DIGITS = 40,
	MONERO_LENGTH = 95,
	MONERO_DIGITS = 5,
	MONERO_CAPITALS = 16,
	AMOUNT_MOST = 20, /* digits of an invoice's amount */
	DRAWING_LEAST = 64,
};

/* --- Boiling down ----------------------------------------------------- */

/* Pairs: a character, and the one it looks like. */
static const struct alike {
	uint16_t is;
	char as;
} alikes[] = {
    /* Latin */
    {0x00AA, 'a'}, {0x00B2, '2'}, {0x00B3, '3'}, {0x00B9, '1'}, {0x00BA, 'o'},
    {0x0131, 'i'}, {0x0251, 'a'}, {0x0261, 'g'}, {0x017F, 'f'},
    /* Greek */
    {0x0391, 'A'}, {0x0392, 'B'}, {0x0395, 'E'}, {0x0396, 'Z'}, {0x0397, 'H'},
    {0x0399, 'I'}, {0x039A, 'K'}, {0x039C, 'M'}, {0x039D, 'N'}, {0x039F, 'O'},
    {0x03A1, 'P'}, {0x03A4, 'T'}, {0x03A5, 'Y'}, {0x03A7, 'X'}, {0x03B1, 'a'},
    {0x03B9, 'i'}, {0x03BA, 'k'}, {0x03BD, 'v'}, {0x03BF, 'o'}, {0x03C1, 'p'},
    {0x03C5, 'u'}, {0x03C7, 'x'}, {0x03F2, 'c'}, {0x03F3, 'j'}, {0x03F9, 'C'},
    /* Cyrillic */
    {0x0405, 'S'}, {0x0406, 'I'}, {0x0408, 'J'}, {0x0410, 'A'}, {0x0412, 'B'},
    {0x0415, 'E'}, {0x0417, '3'}, {0x041A, 'K'}, {0x041C, 'M'}, {0x041D, 'H'},
    {0x041E, 'O'}, {0x0420, 'P'}, {0x0421, 'C'}, {0x0422, 'T'}, {0x0423, 'Y'},
    {0x0425, 'X'}, {0x0430, 'a'}, {0x0433, 'r'}, {0x0435, 'e'}, {0x0437, '3'},
    {0x043A, 'k'}, {0x043C, 'm'}, {0x043E, 'o'}, {0x043F, 'n'}, {0x0440, 'p'},
    {0x0441, 'c'}, {0x0442, 't'}, {0x0443, 'y'}, {0x0445, 'x'}, {0x0455, 's'},
    {0x0456, 'i'}, {0x0458, 'j'}, {0x0475, 'v'}, {0x04AF, 'y'}, {0x04BB, 'h'},
    {0x04C0, 'I'}, {0x04CF, 'l'}, {0x0501, 'd'}, {0x050C, 'G'}, {0x051B, 'q'},
    {0x051D, 'w'},
    /* Hebrew and Armenian */
    {0x05D5, 'l'}, {0x0585, 'o'}, {0x057D, 'u'}, {0x0570, 'h'}, {0x0578, 'n'},
    {0x0566, 'q'}, {0x0581, 'g'},
    /* Letterlike */
    {0x2070, '0'}, {0x210E, 'h'}, {0x212A, 'K'}, {0x24EA, '0'}};

/* Rows of characters that stand for a row of ASCII. */
static const struct row {
	uint32_t first, last;
	char as;
} rows[] = {{0x0660, 0x0669, '0'}, {0x06F0, 0x06F9, '0'}, {0x0966, 0x096F, '0'},
    {0x2074, 0x2079, '4'}, {0x2080, 0x2089, '0'}, {0x2460, 0x2468, '1'},
    {0x24B6, 0x24CF, 'A'}, {0x24D0, 0x24E9, 'a'}, {0xFF10, 0xFF19, '0'},
    {0xFF21, 0xFF3A, 'A'}, {0xFF41, 0xFF5A, 'a'}, {0x1F130, 0x1F149, 'A'},
    {0x1F150, 0x1F169, 'A'}, {0x1F170, 0x1F189, 'A'}, {0x1F1E6, 0x1F1FF, 'A'}};

/* What is read over: marks, spaces, punctuation, signs, what is not seen. */
static const struct {
	uint32_t first, last;
} passed[] = {{0x0080, 0x00BF}, {0x02B0, 0x036F}, {0x0483, 0x0489},
    {0x0591, 0x05C7}, {0x060C, 0x060C}, {0x061B, 0x061F}, {0x0640, 0x0640},
    {0x064B, 0x065F}, {0x1160, 0x1160}, {0x115F, 0x115F}, {0x1680, 0x1680},
    {0x180B, 0x180E}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x2000, 0x206F},
    {0x20A0, 0x20FF}, {0x2190, 0x245F}, {0x2500, 0x2BFF}, {0x2E00, 0x2E7F},
    {0x3000, 0x303F}, {0x3164, 0x3164}, {0xFE00, 0xFE6F}, {0xFEFF, 0xFEFF},
    {0xFF00, 0xFF0F}, {0xFF1A, 0xFF20}, {0xFF3B, 0xFF40}, {0xFF5B, 0xFF65},
    {0xFFA0, 0xFFA0}, {0xFFE0, 0xFFFD}, {0x1F000, 0x1F12F}, {0x1F300, 0x1FAFF},
    {0xE0000, 0xE01EF}};

static bool is_alnum(char c)
{
	return ascii_is_alpha(c) || ascii_is_digit(c);
}

/* The letters of mathematics: alphabets of 52 one after the other, then sets
 * of digits. 0: none. */
static char mathematical(uint32_t c)
{
	uint32_t n;

	if (c >= 0x1D7CE && c <= 0x1D7FF)
		return (char)('0' + (c - 0x1D7CE) % 10);
	if (c < 0x1D400 || c > 0x1D6A3)
		return 0;
	n = (c - 0x1D400) % 52;
	return (char)(n < 26 ? 'A' + n : 'a' + (n - 26));
}

/* The letter or digit that C looks like; 0: it is read over. */
static char boil(uint32_t c)
{
	if (c < 0x80)
		return (char)(is_alnum((char)c) ? c : 0);
	for (size_t i = 0; i < sizeof(alikes) / sizeof(*alikes); i++)
		if (alikes[i].is == c)
			return alikes[i].as;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (c >= rows[i].first && c <= rows[i].last)
			return (char)(rows[i].as + (char)(c - rows[i].first));
	if (mathematical(c))
		return mathematical(c);
	for (size_t i = 0; i < sizeof(passed) / sizeof(*passed); i++)
		if (c >= passed[i].first && c <= passed[i].last)
			return 0;
	return BREAK;
}

/* Of what codes can be drawn: blocks, squares, dots of Braille. */
static bool draws(uint32_t c)
{
	return (c >= 0x2580 && c <= 0x25FF) || (c >= 0x2800 && c <= 0x28FF) ||
	       (c >= 0x2B1B && c <= 0x2B1C) || (c >= 0x1FB00 && c <= 0x1FBFF) ||
	       (c >= 0x1F532 && c <= 0x1F536) || (c >= 0x1F7E0 && c <= 0x1F7EB);
}

/* Turns what follows round. */
static bool overrides(uint32_t c)
{
	return (c >= 0x202D && c <= 0x202E) || (c >= 0x2066 && c <= 0x2068);
}

struct boiled {
	struct buf text;
	size_t drawn;
	bool is_turned;
};

static void boil_text(struct boiled *b, struct str text)
{
	for (size_t at = 0; at < text.n;) {
		uint32_t c = utf8_next(text, &at);
		char as = boil(c);

		b->drawn += draws(c);
		b->is_turned |= overrides(c);
		if (as)
			buf_char(&b->text, as);
	}
}

/* --- Looking ---------------------------------------------------------- */

static bool is_base58(char c)
{
	return is_alnum(c) && c != '0' && c != 'O' && c != 'I' && c != 'l';
}

/* How many characters from the start of S on are of base58, at most MOST. */
static size_t base58_run(struct str s, size_t most)
{
	size_t n = 0;

	while (n < s.n && n < most && is_base58(s.p[n]))
		n++;
	return n;
}

static bool starts_base58(struct str s)
{
	size_t run = base58_run(s, BASE58_MOST);
	size_t n = run > 0 && s.p[0] == '1' ? BASE58_LEAST : BASE58_PLAIN;

	for (; n <= run; n++) {
		uint8_t bytes[BASE58_BYTES_MAX];
		size_t got;

		if (base58_check_read(str_part(s, 0, n), bytes, sizeof(bytes),
			&got, NULL) == RC_OK &&
		    (got == 1 + HASH_BYTES || got == 2 + HASH_BYTES))
			return true;
	}
	return false;
}

static bool starts_monero(struct str s)
{
	size_t digits = 0, capitals = 0;

	if (s.n < MONERO_LENGTH || (s.p[0] != '4' && s.p[0] != '8') ||
	    base58_run(s, MONERO_LENGTH) < MONERO_LENGTH)
		return false;
	for (size_t i = 0; i < MONERO_LENGTH; i++) {
		digits += ascii_is_digit(s.p[i]);
		capitals += ascii_is_upper(s.p[i]);
	}
	/* In prose they are rare. */
	return digits >= MONERO_DIGITS && capitals >= MONERO_CAPITALS;
}

static bool starts_ethereum(struct str s)
{
	size_t n = 2;

	if (s.n < 2 + ETHEREUM_DIGITS || s.p[0] != '0' ||
	    ascii_lower(s.p[1]) != 'x')
		return false;
	while (n < 2 + ETHEREUM_DIGITS && ascii_hex(s.p[n]) >= 0)
		n++;
	return n == 2 + ETHEREUM_DIGITS;
}

static bool is_data(char c)
{
	return str_find(STR("qpzry9x8gf2tvdw0s3jn54khce6mua7l"), c) < 32;
}

/* Whether bech32 stands in S, in small letters, whose human-readable part has
 * the length HRP, and "1" behind it. */
static bool is_bech32(struct str s, size_t hrp)
{
	size_t run = 0, digits = 0, n;

	while (hrp + 1 + run < s.n && run < DATA_MOST &&
	       is_data(s.p[hrp + 1 + run])) {
		digits += ascii_is_digit(s.p[hrp + 1 + run]);
		run++;
	}
	if (run >= FORM_LEAST && digits >= FORM_DIGITS)
		return true;
	for (n = DATA_LEAST; n <= run; n++) {
		struct str whole = str_part(s, 0, hrp + 1 + n);
		size_t at;

		if (bech32_verifies(whole, BECH32_PLAIN, &at) ||
		    bech32_verifies(whole, BECH32_M, &at))
			return true;
	}
	return false;
}

static bool ends_with_one_of(
    struct str s, const struct str *v, size_t n, size_t *ret_n)
{
	for (size_t i = 0; i < n; i++) {
		if (!str_ends(s, v[i]))
			continue;
		*ret_n = v[i].n;
		return true;
	}
	return false;
}

/* Where the amount of an invoice ends in front of S's end: "2500u". */
static size_t before_amount(struct str s)
{
	size_t at = s.n;

	if (at > 0 && str_find(STR("munp"), s.p[at - 1]) < 4)
		at--;
	while (at > 0 && s.n - at <= AMOUNT_MOST && ascii_is_digit(s.p[at - 1]))
		at--;
	return at;
}

/* Looks at a "1" at AT of S, which is in small letters. */
static enum payee_kind look_at_one(struct str s, size_t at)
{
	/* A longer one goes before another that it ends with. */
	static const struct str lightning[] = {STR_INIT("lnbcrt"),
	    STR_INIT("lnbc"), STR_INIT("lntbs"), STR_INIT("lntb"),
	    STR_INIT("lnurl"), STR_INIT("lno"), STR_INIT("lnr"),
	    STR_INIT("lni")};
	static const struct str others[] = {STR_INIT("bcrt"), STR_INIT("bc"),
	    STR_INIT("tltc"), STR_INIT("tb"), STR_INIT("ltc"), STR_INIT("tsp"),
	    STR_INIT("sp"), STR_INIT("addr")};
	struct str before = str_part(s, 0, at);
	struct str bare = str_part(s, 0, before_amount(before));
	size_t n;

	if (ends_with_one_of(before, lightning, 8, &n) &&
	    is_bech32(str_from(s, at - n), n))
		return PAYEE_LIGHTNING;
	if (ends_with_one_of(bare, lightning, 4, &n) &&
	    is_bech32(str_from(s, bare.n - n), at - bare.n + n))
		return PAYEE_LIGHTNING;
	if (ends_with_one_of(before, others, 8, &n) &&
	    is_bech32(str_from(s, at - n), n))
		return PAYEE_ADDRESS;
	return PAYEE_NONE;
}

static enum payee_kind look_for_bech32(struct str s)
{
	struct buf small;
	enum payee_kind kind = PAYEE_NONE;

	buf_init(&small, s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		buf_char(&small, ascii_lower(s.p[i]));
	if (buf_rc(&small) != RC_OK)
		kind = PAYEE_ADDRESS;
	for (size_t i = 0; kind == PAYEE_NONE && i < s.n; i++)
		if (s.p[i] == '1')
			kind = look_at_one(buf_str(&small), i);
	buf_done(&small);
	return kind;
}

static enum payee_kind look(struct str s)
{
	enum payee_kind kind = look_for_bech32(s);

	for (size_t i = 0; kind == PAYEE_NONE && i < s.n; i++) {
		struct str rest = str_from(s, i);

		if (starts_ethereum(rest))
			kind = PAYEE_ETHEREUM;
		else if (starts_monero(rest))
			kind = PAYEE_MONERO;
		else if (starts_base58(rest))
			kind = PAYEE_ADDRESS;
	}
	return kind;
}

static enum payee_kind look_backwards(struct str s)
{
	struct buf turned;
	enum payee_kind kind;

	buf_init(&turned, s.n + 1);
	for (size_t i = s.n; i > 0; i--)
		buf_char(&turned, s.p[i - 1]);
	kind =
	    buf_rc(&turned) == RC_OK ? look(buf_str(&turned)) : PAYEE_ADDRESS;
	buf_done(&turned);
	return kind;
}

enum payee_kind payee_find(struct str text)
{
	struct boiled b = {.drawn = 0};
	enum payee_kind kind = PAYEE_ADDRESS;

	buf_init(&b.text, text.n + 1);
	boil_text(&b, text);
	if (buf_rc(&b.text) == RC_OK)
		kind = look(buf_str(&b.text));
	if (kind == PAYEE_NONE && b.is_turned)
		kind = look_backwards(buf_str(&b.text));
	if (kind == PAYEE_NONE && b.drawn >= DRAWING_LEAST)
		kind = PAYEE_DRAWING;
	buf_done(&b.text);
	return kind;
}

const char *payee_name(enum payee_kind kind)
{
	switch (kind) {
	case PAYEE_NONE:
		return "nothing";
	case PAYEE_ADDRESS:
		return "an address";
	case PAYEE_LIGHTNING:
		return "a Lightning invoice or a link to one";
	case PAYEE_ETHEREUM:
		return "an address that begins with 0x";
	case PAYEE_MONERO:
		return "a Monero address";
	case PAYEE_DRAWING:
		return "a picture drawn of characters";
	}
	return "an address";
}
