/* SPDX-License-Identifier: MIT
 *
 * Hidden addresses; see payee.h. The text boiled down is letters and digits of
 * ASCII, with BREAK where something stood that nobody reads over.
 */
#include "coin/payee.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "coin/base58.h"
#include "coin/bech32.h"
#include "coin/monero.h"

enum {
	BREAK = '\n',
	HASH_BYTES = 20,
	BASE58_LEAST = 25, /* one zero byte for each leading one */
	BASE58_MOST = 36,
	BASE58_PLAIN = 33, /* the least of one that begins otherwise */
	BYTES_LEAST = 25,  /* version, hash and checksum */
	BYTES_MOST = 26,   /* with a version of two bytes */
	DATA_LEAST = 11,   /* characters behind bech32's "1": a checksum's six
			      and five more */
	DATA_MOST = 130,   /* so far its checksum is looked at */
	FORM_LEAST = 38,   /* as many look like bech32 without one */
	FORM_DIGITS = 4,
	ETHEREUM_LENGTH = 42, /* "0x" and forty digits */
	ETHEREUM_HASH = 66,
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
	uint32_t *where; /* of each character of it, in what was boiled down */
	size_t drawn;
	bool is_turned;
};

static void boil_text(struct boiled *b, struct str text)
{
	for (size_t at = 0; at < text.n;) {
		size_t start = at;
		uint32_t c = utf8_next(text, &at);
		char as = boil(c);

		b->drawn += draws(c);
		b->is_turned |= overrides(c);
		if (!as)
			continue;
		if (b->where)
			b->where[b->text.n] = (uint32_t)start;
		buf_char(&b->text, as);
	}
}

/* --- Looking ---------------------------------------------------------- */

/* What is looked through. */
struct look {
	struct str s;	  /* boiled down */
	struct str small; /* the same in small letters */
	const uint32_t *where;
	bool is_exact;	/* nothing by its form that has a checksum */
	size_t run_end; /* where what is of base58 ends: base58_run */
};

/* What was found in it. */
struct spot {
	enum payee_kind kind;
	size_t at, n;
};

/* How many characters from AT on are of base58. Asked for one place after the
 * other, it looks at each once. */
static size_t base58_run(struct look *l, size_t at)
{
	if (l->run_end < at)
		l->run_end = at;
	if (l->run_end == at)
		while (l->run_end < l->s.n &&
		       base58_digit(l->s.p[l->run_end]) >= 0)
			l->run_end++;
	return l->run_end - at;
}

/* N characters of base58, the first ONES of them "1", can be an address by how
 * many bytes they are: a digit is 0.73224 of a byte, a leading one a whole. */
static bool has_size_of_address(size_t n, size_t ones)
{
	size_t digits = n - ones;
	size_t least = digits ? (digits - 1) * 7322 / 10000 + 1 : 0;
	size_t most = digits ? digits * 7323 / 10000 + 1 : 0;

	return ones + least <= BYTES_MOST && ones + most >= BYTES_LEAST;
}

/* How long an address is that begins at AT, with RUN characters of base58
 * there; 0: none does. */
static size_t starts_base58(const struct look *l, size_t at, size_t run)
{
	struct str s =
	    str_part(l->s, at, run < BASE58_MOST ? run : BASE58_MOST);
	size_t ones = 0;
	size_t n;

	while (ones < s.n && s.p[ones] == '1')
		ones++;
	for (n = ones > 0 ? BASE58_LEAST : BASE58_PLAIN; n <= s.n; n++) {
		uint8_t bytes[BASE58_BYTES_MAX];
		size_t got;

		if (has_size_of_address(n, ones < n ? ones : n) &&
		    base58_check_read(str_part(s, 0, n), bytes, sizeof(bytes),
			&got, NULL) == RC_OK &&
		    (got == 1 + HASH_BYTES || got == 2 + HASH_BYTES))
			return n;
	}
	return 0;
}

/* Letters and digits are mixed as they are in no prose. */
static bool has_form_of_monero(struct str s)
{
	size_t digits = 0, capitals = 0;

	for (size_t i = 0; i < s.n; i++) {
		digits += ascii_is_digit(s.p[i]);
		capitals += ascii_is_upper(s.p[i]);
	}
	return digits >= MONERO_DIGITS && capitals >= MONERO_CAPITALS;
}

static size_t starts_monero(const struct look *l, size_t at, size_t run)
{
	struct str s = str_part(l->s, at, MONERO_LENGTH_ID);
	struct str short_one = str_part(s, 0, MONERO_LENGTH);

	if (run < MONERO_LENGTH)
		return 0;
	if (!l->is_exact)
		return (s.p[0] == '4' || s.p[0] == '8') &&
			       has_form_of_monero(short_one)
			   ? MONERO_LENGTH
			   : 0;
	if (monero_verifies(short_one))
		return MONERO_LENGTH;
	return monero_verifies(s) ? MONERO_LENGTH_ID : 0;
}

/* The N characters from AT on stood side by side, and nothing that is read
 * stood beside them. */
static bool stands_alone(const struct look *l, size_t at, size_t n)
{
	size_t end = at + n;

	for (size_t i = at + 1; i < end; i++)
		if (l->where[i] != l->where[i - 1] + 1)
			return false;
	return end == l->s.n || l->where[end] != l->where[end - 1] + 1;
}

static size_t starts_ethereum(const struct look *l, size_t at)
{
	struct str s = str_from(l->s, at);
	size_t n = 2;

	if (s.n < ETHEREUM_LENGTH || s.p[0] != '0' ||
	    ascii_lower(s.p[1]) != 'x')
		return 0;
	while (n < s.n && n < ETHEREUM_HASH && ascii_hex(s.p[n]) >= 0)
		n++;
	if (n < ETHEREUM_LENGTH)
		return 0;
	/* The hash of a transaction or a block is written in the same way. */
	if (l->is_exact && n == ETHEREUM_HASH &&
	    !stands_alone(l, at, ETHEREUM_LENGTH))
		return 0;
	return ETHEREUM_LENGTH;
}

static bool is_data(char c)
{
	return str_find(STR("qpzry9x8gf2tvdw0s3jn54khce6mua7l"), c) < 32;
}

/* How long bech32 is that stands in S, in small letters, whose human-readable
 * part has the length HRP, and "1" behind it; 0: none. BY_FORM: also without a
 * checksum, where it is long enough. */
static size_t bech32_length(struct str s, size_t hrp, bool by_form)
{
	size_t run = 0, digits = 0, n = 0;

	while (hrp + 1 + run < s.n && run < DATA_MOST &&
	       is_data(s.p[hrp + 1 + run])) {
		digits += ascii_is_digit(s.p[hrp + 1 + run]);
		run++;
	}
	if (run >= DATA_LEAST)
		n = bech32_shortest(
		    str_part(s, 0, hrp + 1 + run), hrp, DATA_LEAST);
	if (n > 0)
		return n;
	return by_form && run >= FORM_LEAST && digits >= FORM_DIGITS
		   ? hrp + 1 + run
		   : 0;
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

/* Looks at a "1" at AT. */
static struct spot look_at_one(const struct look *l, size_t at)
{
	/* A longer one goes before another that it ends with. */
	static const struct str lightning[] = {STR_INIT("lnbcrt"),
	    STR_INIT("lnbc"), STR_INIT("lntbs"), STR_INIT("lntb"),
	    STR_INIT("lnurl"), STR_INIT("lno"), STR_INIT("lnr"),
	    STR_INIT("lni")};
	static const struct str others[] = {STR_INIT("bcrt"), STR_INIT("bc"),
	    STR_INIT("tltc"), STR_INIT("tb"), STR_INIT("ltc"), STR_INIT("tsp"),
	    STR_INIT("sp"), STR_INIT("addr")};
	struct str s = l->small;
	struct str before = str_part(s, 0, at);
	struct str bare = str_part(s, 0, before_amount(before));
	struct spot spot = {.kind = PAYEE_LIGHTNING};
	size_t n;

	if (ends_with_one_of(before, lightning, 8, &n)) {
		spot.at = at - n;
		spot.n = bech32_length(str_from(s, spot.at), n, true);
	}
	if (spot.n == 0 && ends_with_one_of(bare, lightning, 4, &n)) {
		spot.at = bare.n - n;
		spot.n =
		    bech32_length(str_from(s, spot.at), at - spot.at, true);
	}
	if (spot.n == 0 && ends_with_one_of(before, others, 8, &n)) {
		spot.kind = PAYEE_ADDRESS;
		spot.at = at - n;
		spot.n = bech32_length(str_from(s, spot.at), n, !l->is_exact);
	}
	return spot;
}

static struct spot look_at(struct look *l, size_t at)
{
	struct spot spot = {.at = at};
	size_t run = base58_run(l, at);

	if (l->s.p[at] == '1') {
		struct spot one = look_at_one(l, at);

		if (one.n > 0)
			return one;
	}
	spot.kind = PAYEE_ETHEREUM;
	spot.n = starts_ethereum(l, at);
	if (spot.n > 0)
		return spot;
	spot.kind = PAYEE_MONERO;
	spot.n = starts_monero(l, at, run);
	if (spot.n > 0)
		return spot;
	spot.kind = PAYEE_ADDRESS;
	spot.n = starts_base58(l, at, run);
	return spot;
}

/* The first. N 0: there is none. Without memory all of it is one. */
static struct spot look(const struct boiled *b, bool is_exact)
{
	struct look l = {
	    .s = buf_str(&b->text), .where = b->where, .is_exact = is_exact};
	struct spot spot = {.kind = PAYEE_NONE};
	struct buf small;

	buf_init(&small, l.s.n + 1);
	for (size_t i = 0; i < l.s.n; i++)
		buf_char(&small, ascii_lower(l.s.p[i]));
	l.small = buf_str(&small);
	if (buf_rc(&small) != RC_OK)
		spot = (struct spot){PAYEE_ADDRESS, 0, l.s.n};
	for (size_t i = 0; spot.n == 0 && i < l.s.n; i++)
		spot = look_at(&l, i);
	buf_done(&small);
	return spot;
}

/* The text the other way round. */
static void turn_round(struct boiled *b)
{
	for (size_t i = 0, k = b->text.n; i + 1 < k; i++) {
		char c = b->text.p[--k];
		uint32_t at = b->where[k];

		b->text.p[k] = b->text.p[i];
		b->where[k] = b->where[i];
		b->text.p[i] = c;
		b->where[i] = at;
	}
}

/* False: no memory. B is to be ended in any case. */
static bool boil_down(struct boiled *b, struct str text)
{
	*b = (struct boiled){.drawn = 0};
	buf_init(&b->text, text.n + 1);
	if (text.n > UINT32_MAX)
		return false;
	b->where = calloc(text.n + 1, sizeof(*b->where));
	if (b->where)
		boil_text(b, text);
	return b->where && buf_rc(&b->text) == RC_OK;
}

static void boil_done(struct boiled *b)
{
	buf_done(&b->text);
	free(b->where);
}

enum payee_kind payee_find(struct str text)
{
	enum payee_kind kind = PAYEE_ADDRESS;
	struct boiled b;

	if (boil_down(&b, text)) {
		struct spot spot = look(&b, false);

		if (spot.n == 0 && b.is_turned) {
			turn_round(&b);
			spot = look(&b, false);
		}
		kind = spot.n > 0		  ? spot.kind
		       : b.drawn >= DRAWING_LEAST ? PAYEE_DRAWING
						  : PAYEE_NONE;
	}
	boil_done(&b);
	return kind;
}

/* The address as a wallet takes it, where it is one of Bitcoin's. */
static void put_plain(struct str s, struct payee_found *found)
{
	bool is_bech32 = str_eq_fold(str_part(s, 0, 3), STR("bc1")) ||
			 str_eq_fold(str_part(s, 0, 3), STR("tb1")) ||
			 str_eq_fold(str_part(s, 0, 5), STR("bcrt1"));

	if (found->kind != PAYEE_ADDRESS || s.n >= sizeof(found->plain))
		return;
	memcpy(found->plain, s.p, s.n);
	found->plain[s.n] = '\0';
	for (size_t i = 0; is_bech32 && i < s.n; i++)
		found->plain[i] = ascii_lower(found->plain[i]);
}

bool payee_next(struct str text, size_t *at, struct payee_found *ret_found)
{
	struct str rest = str_from(text, *at);
	struct payee_found found = {.kind = PAYEE_ADDRESS, .text = rest};
	struct boiled b;
	bool is_there = true;
	size_t end = rest.n;

	if (boil_down(&b, rest)) {
		struct spot spot = look(&b, true);
		bool is_turned = spot.n == 0 && b.is_turned;

		if (is_turned) {
			turn_round(&b);
			spot = look(&b, true);
		}
		is_there = spot.n > 0;
		if (is_there && !is_turned) {
			size_t last = b.where[spot.at + spot.n - 1];

			found.kind = spot.kind;
			utf8_next(rest, &last);
			found.text = str_part(
			    rest, b.where[spot.at], last - b.where[spot.at]);
			end = last;
			put_plain(str_part(buf_str(&b.text), spot.at, spot.n),
			    &found);
		} else if (is_there) {
			found.kind = spot.kind;
		}
	}
	boil_done(&b);
	*at += end;
	if (is_there)
		*ret_found = found;
	return is_there;
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
