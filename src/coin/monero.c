/* SPDX-License-Identifier: MIT
 *
 * Monero's addresses; see monero.h.
 */
#include "coin/monero.h"

#include <string.h>

#include "coin/base58.h"
#include "coin/keccak.h"

enum {
	BLOCK_CHARS = 11,
	BLOCK_BYTES = 8,
	LAST_CHARS = 7, /* both lengths end with a block of five bytes */
	LAST_BYTES = 5,
	CHECKSUM = 4,
	BASE = 58,
	BYTES_MOST = (MONERO_LENGTH_ID / BLOCK_CHARS) * BLOCK_BYTES + LAST_BYTES
};

/* One block. False: a character is none, or it is more than N bytes hold. */
static bool read_block(struct str chars, uint8_t *ret, size_t n)
{
	uint64_t value = 0;

	for (size_t i = 0; i < chars.n; i++) {
		int digit = base58_digit(chars.p[i]);

		if (digit < 0 || value > (UINT64_MAX - (uint64_t)digit) / BASE)
			return false;
		value = value * BASE + (uint64_t)digit;
	}
	if (n < BLOCK_BYTES && value >> (8 * n) != 0)
		return false;
	for (size_t i = n; i > 0; i--) {
		ret[i - 1] = (uint8_t)value;
		value >>= 8;
	}
	return true;
}

/* Which network it is of, and which kind of address: that decides its length
 * (src/cryptonote_config.h). */
static bool is_tag(uint8_t byte, size_t length)
{
	switch (byte) {
	case 18: /* an account: main, test, stage */
	case 53:
	case 24:
	case 42: /* a part of one */
	case 63:
	case 36:
		return length == MONERO_LENGTH;
	case 19: /* with a payment's id */
	case 54:
	case 25:
		return length == MONERO_LENGTH_ID;
	default:
		return false;
	}
}

/* Whoever looks for addresses in a long text asks at each of its letters: most
 * are no address by their first block alone. */
bool monero_verifies(struct str word)
{
	uint8_t bytes[BYTES_MOST];
	struct hash256 hash;
	const size_t length = word.n;
	size_t n = 0;

	if (length != MONERO_LENGTH && length != MONERO_LENGTH_ID)
		return false;
	for (; word.n > LAST_CHARS; word = str_from(word, BLOCK_CHARS)) {
		if (!read_block(str_part(word, 0, BLOCK_CHARS), &bytes[n],
			BLOCK_BYTES) ||
		    !is_tag(bytes[0], length))
			return false;
		n += BLOCK_BYTES;
	}
	if (!read_block(word, &bytes[n], LAST_BYTES))
		return false;
	n += LAST_BYTES - CHECKSUM;
	hash = keccak_256((struct str){(const char *)bytes, n});
	return memcmp(hash.b, &bytes[n], CHECKSUM) == 0;
}
