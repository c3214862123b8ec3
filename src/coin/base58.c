/* SPDX-License-Identifier: MIT
 *
 * Base58Check; see base58.h.
 *
 * Reading takes five digits at a time into words of 32 bits: whoever looks for
 * addresses in a long text tries at each of its letters.
 */
#include "coin/base58.h"

#include <string.h>

#include "base/buf.h"
#include "base/must.h"
#include "coin/hash.h"

enum {
	CHECKSUM = 4,
	WORDS = BASE58_BYTES_MAX / 4,
	AT_ONCE = 5, /* digits: 58 to that power still fits a word */
};

static const char alphabet[] =
    "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/* By the alphabet's runs without a gap. */
int base58_digit(char c)
{
	if (c >= '1' && c <= '9')
		return c - '1';
	if (c >= 'A' && c <= 'H')
		return c - 'A' + 9;
	if (c >= 'J' && c <= 'N')
		return c - 'J' + 17;
	if (c >= 'P' && c <= 'Z')
		return c - 'P' + 22;
	if (c >= 'a' && c <= 'k')
		return c - 'a' + 33;
	if (c >= 'm' && c <= 'z')
		return c - 'm' + 44;
	return -1;
}

bool base58_is_all(struct str text)
{
	for (size_t i = 0; i < text.n; i++)
		if (base58_digit(text.p[i]) < 0)
			return false;
	return text.n > 0;
}

/* W, of *N words and the least first, times FACTOR plus MORE; false where there
 * is no room. */
static bool words_times(
    uint32_t w[WORDS], size_t *n, uint32_t factor, uint32_t more)
{
	uint64_t carry = more;

	for (size_t i = 0; i < *n; i++) {
		carry += (uint64_t)factor * w[i];
		w[i] = (uint32_t)carry;
		carry >>= 32;
	}
	if (carry == 0)
		return true;
	if (*n == WORDS)
		return false;
	w[(*n)++] = (uint32_t)carry;
	return true;
}

/* The words as bytes, the last of OUT the least; how many they are. */
static size_t words_write(
    const uint32_t *w, size_t n, uint8_t out[BASE58_BYTES_MAX])
{
	size_t used = 0;

	memset(out, 0, BASE58_BYTES_MAX);
	for (size_t i = 0; i < 4 * n; i++) {
		uint8_t byte = (uint8_t)(w[i / 4] >> (8 * (i % 4)));

		out[BASE58_BYTES_MAX - 1 - i] = byte;
		if (byte != 0)
			used = i + 1;
	}
	return used;
}

/* The number TEXT is, into the last *RET_N bytes of OUT. */
static enum rc base58_number(struct str text, uint8_t out[BASE58_BYTES_MAX],
    size_t *ret_n, struct err *err)
{
	uint32_t w[WORDS] = {0};
	size_t words = 0, used, zeros = 0;
	uint32_t factor = 1, more = 0;

	for (size_t i = 0; i < text.n; i++) {
		int digit = base58_digit(text.p[i]);

		if (digit < 0)
			return err_set(err, RC_INVALID,
			    "character %zu cannot stand in base58", i + 1);
		if (digit == 0 && zeros == i)
			zeros++;
		factor *= 58;
		more = more * 58 + (uint32_t)digit;
		if ((i + 1) % AT_ONCE != 0 && i + 1 < text.n)
			continue;
		if (!words_times(w, &words, factor, more))
			return err_set(err, RC_LIMIT, "the text is too long");
		factor = 1;
		more = 0;
	}
	used = words_write(w, words, out);
	if (zeros + used > BASE58_BYTES_MAX)
		return err_set(err, RC_LIMIT, "the text is too long");
	*ret_n = zeros + used;
	return RC_OK;
}

static void checksum_of(struct str bytes, uint8_t ret[CHECKSUM])
{
	struct hash256 h = hash_sha256d(bytes);

	memcpy(ret, h.b, CHECKSUM);
}

enum rc base58_check_read(
    struct str text, uint8_t *ret, size_t most, size_t *ret_n, struct err *err)
{
	uint8_t all[BASE58_BYTES_MAX];
	uint8_t sum[CHECKSUM];
	struct str bytes;
	size_t n = 0;
	enum rc rc;

	if (text.n > BASE58_TEXT_MAX)
		return err_set(err, RC_LIMIT, "the text is too long");
	rc = base58_number(text, all, &n, err);
	if (rc != RC_OK)
		return rc;
	if (n < CHECKSUM)
		return err_set(err, RC_INVALID, "the text is too short");
	bytes = (struct str){
	    (const char *)all + BASE58_BYTES_MAX - n, n - CHECKSUM};
	checksum_of(bytes, sum);
	if (memcmp(sum, bytes.p + bytes.n, CHECKSUM) != 0)
		return err_set(err, RC_INVALID,
		    "the checksum is wrong: a character is mistyped, or "
		    "some are missing");
	if (bytes.n > most)
		return err_set(err, RC_LIMIT, "the text is too long");
	if (bytes.n > 0)
		memcpy(ret, bytes.p, bytes.n);
	*ret_n = bytes.n;
	return RC_OK;
}

void base58_check_write(struct buf *b, struct str bytes)
{
	uint8_t all[BASE58_BYTES_MAX];
	uint8_t digits[BASE58_TEXT_MAX] = {0};
	size_t n = bytes.n + CHECKSUM;
	size_t used = 0, zeros = 0;

	must(n <= BASE58_BYTES_MAX);
	if (bytes.n > 0)
		memcpy(all, bytes.p, bytes.n);
	checksum_of(bytes, all + bytes.n);
	while (zeros < n && all[zeros] == 0)
		zeros++;
	for (size_t i = zeros; i < n; i++) {
		unsigned carry = all[i];
		size_t k = 0;

		for (; k < used || carry > 0; k++) {
			must(k < BASE58_TEXT_MAX);
			carry += 256u * digits[k];
			digits[k] = (uint8_t)(carry % 58);
			carry /= 58;
		}
		used = k;
	}
	buf_fill(b, '1', zeros);
	while (used > 0)
		buf_char(b, alphabet[digits[--used]]);
}
