/* SPDX-License-Identifier: MIT
 *
 * Where a word of running text ends, its hash and its scripts; see
 * proof_priv.h. Proof reading every imported story is mostly this, so ASCII
 * goes by in steps of eight bytes and a hash takes a few multiplications.
 */
#include "text/proof_priv.h"

#include <string.h>

#include "base/must.h"

#define ONES UINT64_C(0x0101010101010101)
#define TOPS (ONES * 0x80)

/* Up to eight bytes at P, the first one lowest, zeros behind the Nth. Where a
 * whole word may be read (LEFT bytes are there), that is one load. */
static uint64_t eight_bytes(const char *p, size_t n, size_t left)
{
	uint64_t w = 0;

	if (left < sizeof(w)) {
		for (size_t i = 0; i < n; i++)
			w |= (uint64_t)(unsigned char)p[i] << (8 * i);
		return w;
	}
	memcpy(&w, p, sizeof(w));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	w = __builtin_bswap64(w);
#endif
	return n < sizeof(w) ? w & ((UINT64_C(1) << (8 * n)) - 1) : w;
}

static uint64_t hash_step(uint64_t h, uint64_t w)
{
	h = (h ^ (w | (~w & TOPS) >> 2)) * 0x9E3779B97F4A7C15u;
	return h ^ h >> 29;
}

static uint64_t hash_end(uint64_t h)
{
	return h * 0xBF58476D1CE4E5B9u;
}

/* The hash of the first N bytes of S, ASCII letters in either case alike. */
static uint64_t hash_head(struct str s, size_t n)
{
	uint64_t h = n;

	for (size_t at = 0; at < n; at += 8) {
		size_t part = n - at < 8 ? n - at : 8;

		h = hash_step(h, eight_bytes(s.p + at, part, s.n - at));
	}
	return hash_end(h);
}

uint64_t proof_hash(struct str word)
{
	return hash_head(word, word.n);
}

static bool is_plain(unsigned char b)
{
	return ascii_is_alpha((char)b) || ascii_is_digit((char)b);
}

/* Full stops of India, Tibet, Burma, Ethiopia and Cambodia. */
static bool is_high_stop(unsigned char b, unsigned char c, unsigned char d)
{
	if (b == 0xE0)
		return (c == 0xA5 && (d == 0xA4 || d == 0xA5)) ||
		       (c == 0xBC && (d == 0x8D || d == 0x8E));
	return (c == 0x81 && (d == 0x8A || d == 0x8B)) ||
	       (c == 0x8D && (d == 0xA2 || d == 0xA7)) ||
	       (c == 0x9F && (d == 0x94 || d == 0x95));
}

/* A word's bytes: everything but the blocks of punctuation and signs. Which
 * script counts only for the three that are confused. */
static bool is_high_letter(const unsigned char *p, size_t left)
{
	unsigned char b = p[0], c = left > 1 ? p[1] : 0;

	if (b == 0xC2)
		return c == 0xAA || c == 0xB5 || c == 0xBA;
	if (b == 0xC3)
		return c != 0x97 && c != 0xB7;
	if (b == 0xCD)
		return c != 0xBE; /* the Greek question mark */
	if (b == 0xD8)
		return !(c == 0x8C || c == 0x9B || c == 0x9F);
	if (b == 0xDB)
		return c != 0x94;
	if (b == 0xD6)
		return c != 0x89; /* the Armenian full stop */
	if (b == 0xE0 || b == 0xE1)
		return !is_high_stop(b, c, left > 2 ? p[2] : 0);
	if (b < 0xE2)
		return true;
	if (b == 0xE2)
		return c >= 0xB0 && c <= 0xB7;
	if (b == 0xE3)
		return c != 0x80 || (left > 2 && p[2] == 0x85);
	if (b == 0xEF)
		return (c == 0xBC && left > 2 &&
			   ((p[2] >= 0xA1 && p[2] <= 0xBA) || p[2] == 0x90)) ||
		       (c == 0xBD && left > 2 && p[2] <= 0x9A) ||
		       (c == 0xBD && left > 2 && p[2] >= 0xA6) || c >= 0xBE;
	return b < 0xF0;
}

bool proof_is_letter(struct str s, size_t at)
{
	return is_high_letter((const unsigned char *)s.p + at, s.n - at);
}

static size_t high_bytes(unsigned char b)
{
	return b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
}

static unsigned script_bit(unsigned char b)
{
	if (b >= 0xD0 && b <= 0xD3)
		return IN_CYRILLIC;
	if (b == 0xCE || b == 0xCF)
		return IN_GREEK;
	return b >= 0xC3 && b <= 0xC9 ? IN_LATIN : 0;
}

/* Where in W, eight bytes of text, something else than an ASCII letter or digit
 * stands: its top bits. RET_LETTERS has those of letters. All sums stay within
 * their byte: its top bit is taken out first. */
static uint64_t outside(uint64_t w, uint64_t *ret_letters)
{
	uint64_t plain = w & ~TOPS;
	uint64_t small = plain | ONES * 0x20;
	uint64_t letter = (small + ONES * (0x80 - 'a')) &
			  ~(small + ONES * (0x80 - 'z' - 1)) & ~w & TOPS;
	uint64_t digit = (plain + ONES * (0x80 - '0')) &
			 ~(plain + ONES * (0x80 - '9' - 1)) & ~w & TOPS;

	*ret_letters = letter;
	return (letter | digit) ^ TOPS;
}

/* The bytes of a word before the lowest bit of OTHER. */
static uint64_t before(uint64_t other)
{
	return (other & -other) - 1;
}

/* How many of the bytes from AT on are ASCII letters and digits; their kinds
 * are added to SCRIPTS. */
static size_t ascii_run(struct str s, size_t at, unsigned *scripts)
{
	size_t from = at;

	while (s.n - at >= 8) {
		uint64_t letters;
		uint64_t other = outside(eight_bytes(s.p + at, 8, 8), &letters);

		*scripts |= letters & before(other) ? IN_LATIN : 0;
		if (other)
			return at + (size_t)__builtin_ctzll(other) / 8 - from;
		at += 8;
	}
	for (; at < s.n && is_plain((unsigned char)s.p[at]); at++)
		*scripts |= s.p[at] > '9' ? IN_LATIN : 0;
	return at - from;
}

/* How many bytes of a word, beside ASCII letters and digits, stand at I; 0 if
 * the word that begins at AT ends there. */
static size_t word_step(struct str s, size_t at, size_t i, unsigned *scripts)
{
	const unsigned char *p = (const unsigned char *)s.p + i;
	size_t left = s.n - i;

	if (p[0] >= 0x80 && is_high_letter(p, left)) {
		size_t n = high_bytes(p[0]);

		*scripts |= script_bit(p[0]);
		return n < left ? n : left;
	}
	if (i == at)
		return 0;
	if (p[0] == '\'' && left > 1 && (is_plain(p[1]) || p[1] >= 0xC3))
		return 1;
	if (p[0] == 0xE2 && left > 3 && p[1] == 0x80 && p[2] == 0x99 &&
	    (is_plain(p[3]) || p[3] >= 0xC3) && p[3] != 0xE2)
		return 3;
	return 0;
}

/* Nearly all words: up to seven ASCII letters and digits, and then a byte that
 * surely ends a word. Returns where, or 0 for any other. */
static size_t short_word(
    struct str text, size_t at, uint64_t *ret_hash, unsigned *ret_scripts)
{
	uint64_t w, letters, other;
	size_t n;
	unsigned char end;

	if (text.n - at < 8)
		return 0;
	w = eight_bytes(text.p + at, 8, 8);
	other = outside(w, &letters);
	n = other ? (size_t)__builtin_ctzll(other) / 8 : 0;
	end = (unsigned char)text.p[at + n];
	if (n == 0 || end >= 0x80 || end == '\'')
		return 0;
	w &= before(UINT64_C(1) << (8 * n));
	*ret_hash = hash_end(hash_step(n, w));
	*ret_scripts = letters & before(other) ? IN_LATIN : 0;
	return at + n;
}

size_t proof_word(
    struct str text, size_t at, uint64_t *ret_hash, unsigned *ret_scripts)
{
	unsigned scripts = 0;
	size_t i;

	must(at < text.n);
	i = short_word(text, at, ret_hash, ret_scripts);
	if (i > 0)
		return i;
	for (i = at;;) {
		size_t n;

		i += ascii_run(text, i, &scripts);
		if (i == text.n)
			break;
		n = word_step(text, at, i, &scripts);
		if (n == 0)
			break;
		i += n;
	}
	*ret_hash = hash_head(str_from(text, at), i - at);
	*ret_scripts = scripts;
	return i;
}
