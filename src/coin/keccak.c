/* SPDX-License-Identifier: MIT
 *
 * Keccak-f[1600] (FIPS 202 section 3) at the rate of 1,088 bits; see keccak.h.
 */
#include "coin/keccak.h"

enum { LANES = 25, ROUNDS = 24, RATE = 136, WORD = 8 };

static uint64_t turn(uint64_t x, unsigned n)
{
	return x << n | x >> (64 - n);
}

/* Section 3.2.5: iota. */
static const uint64_t round_constants[ROUNDS] = {0x0000000000000001,
    0x0000000000008082, 0x800000000000808A, 0x8000000080008000,
    0x000000000000808B, 0x0000000080000001, 0x8000000080008081,
    0x8000000000008009, 0x000000000000008A, 0x0000000000000088,
    0x0000000080008009, 0x000000008000000A, 0x000000008000808B,
    0x800000000000008B, 0x8000000000008089, 0x8000000000008003,
    0x8000000000008002, 0x8000000000000080, 0x000000000000800A,
    0x800000008000000A, 0x8000000080008081, 0x8000000000008080,
    0x0000000080000001, 0x8000000080008008};

static void theta(uint64_t s[LANES])
{
	uint64_t c[5];

	for (unsigned x = 0; x < 5; x++)
		c[x] = s[x] ^ s[x + 5] ^ s[x + 10] ^ s[x + 15] ^ s[x + 20];
	for (unsigned x = 0; x < 5; x++) {
		uint64_t d = c[(x + 4) % 5] ^ turn(c[(x + 1) % 5], 1);

		s[x] ^= d;
		s[x + 5] ^= d;
		s[x + 10] ^= d;
		s[x + 15] ^= d;
		s[x + 20] ^= d;
	}
}

/* A step of that walk: what was last met goes to the lane TO, turned by N. */
static inline uint64_t step(
    uint64_t s[LANES], unsigned to, unsigned n, uint64_t last)
{
	uint64_t next = s[to];

	s[to] = turn(last, n);
	return next;
}

/* Rho and pi in one walk over the lanes, which comes by each but the first.
 * Sections 3.2.2 and 3.2.3 compute where to and by how much; whoever looks for
 * addresses in a long text asks for it at each of its letters. */
static void rho_pi(uint64_t s[LANES])
{
	uint64_t last = s[1];

	last = step(s, 10, 1, last);
	last = step(s, 7, 3, last);
	last = step(s, 11, 6, last);
	last = step(s, 17, 10, last);
	last = step(s, 18, 15, last);
	last = step(s, 3, 21, last);
	last = step(s, 5, 28, last);
	last = step(s, 16, 36, last);
	last = step(s, 8, 45, last);
	last = step(s, 21, 55, last);
	last = step(s, 24, 2, last);
	last = step(s, 4, 14, last);
	last = step(s, 15, 27, last);
	last = step(s, 23, 41, last);
	last = step(s, 19, 56, last);
	last = step(s, 13, 8, last);
	last = step(s, 12, 25, last);
	last = step(s, 2, 43, last);
	last = step(s, 20, 62, last);
	last = step(s, 14, 18, last);
	last = step(s, 22, 39, last);
	last = step(s, 9, 61, last);
	last = step(s, 6, 20, last);
	(void)step(s, 1, 44, last);
}

static void chi(uint64_t s[LANES])
{
	for (unsigned y = 0; y < LANES; y += 5) {
		uint64_t a = s[y], b = s[y + 1];

		s[y] ^= ~b & s[y + 2];
		s[y + 1] ^= ~s[y + 2] & s[y + 3];
		s[y + 2] ^= ~s[y + 3] & s[y + 4];
		s[y + 3] ^= ~s[y + 4] & a;
		s[y + 4] ^= ~a & b;
	}
}

static void permute(uint64_t s[LANES])
{
	for (unsigned i = 0; i < ROUNDS; i++) {
		theta(s);
		rho_pi(s);
		chi(s);
		s[0] ^= round_constants[i];
	}
}

static void absorb(uint64_t s[LANES], size_t at, uint8_t byte)
{
	s[at / WORD] ^= (uint64_t)byte << (at % WORD * 8);
}

struct hash256 keccak_256(struct str bytes)
{
	uint64_t s[LANES] = {0};
	struct hash256 hash;
	size_t at = 0;

	for (size_t i = 0; i < bytes.n; i++) {
		absorb(s, at, (uint8_t)bytes.p[i]);
		if (++at < RATE)
			continue;
		permute(s);
		at = 0;
	}
	absorb(s, at, 0x01);
	absorb(s, RATE - 1, 0x80);
	permute(s);
	for (size_t i = 0; i < HASH256_BYTES; i++)
		hash.b[i] = (uint8_t)(s[i / WORD] >> (i % WORD * 8));
	return hash;
}
