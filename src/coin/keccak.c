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
	for (unsigned i = 0; i < LANES; i++)
		s[i] ^= c[(i + 4) % 5] ^ turn(c[(i + 1) % 5], 1);
}

/* Rho and pi in one walk over the lanes, which comes by each but the first. */
static void rho_pi(uint64_t s[LANES])
{
	unsigned x = 1, y = 0;
	uint64_t last = s[1];

	for (unsigned t = 0; t < ROUNDS; t++) {
		unsigned to = (2 * x + 3 * y) % 5;
		uint64_t next;

		x = y;
		y = to;
		next = s[x + 5 * y];
		s[x + 5 * y] = turn(last, (t + 1) * (t + 2) / 2 % 64);
		last = next;
	}
}

static void chi(uint64_t s[LANES])
{
	for (unsigned y = 0; y < LANES; y += 5) {
		uint64_t row[5];

		for (unsigned x = 0; x < 5; x++)
			row[x] = s[y + x];
		for (unsigned x = 0; x < 5; x++)
			s[y + x] ^= ~row[(x + 1) % 5] & row[(x + 2) % 5];
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
