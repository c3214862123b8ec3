/* SPDX-License-Identifier: MIT
 *
 * Base58Check; see base58.h.
 *
 * A number of N digits is turned over by N times N steps; the length is
 * limited, so that is at most a few thousand.
 */
#include "coin/base58.h"

#include <string.h>

#include "base/buf.h"
#include "base/must.h"
#include "coin/hash.h"

enum { CHECKSUM = 4 };

static const char alphabet[] =
    "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/* 0 to 57, or -1. */
static int digit_of(char c)
{
	const char *at = c ? strchr(alphabet, c) : NULL;

	return at ? (int)(at - alphabet) : -1;
}

bool base58_is_all(struct str text)
{
	for (size_t i = 0; i < text.n; i++)
		if (digit_of(text.p[i]) < 0)
			return false;
	return text.n > 0;
}

/* The number TEXT is, into the last *RET_N bytes of OUT. */
static enum rc base58_number(struct str text, uint8_t out[BASE58_BYTES_MAX],
    size_t *ret_n, struct err *err)
{
	size_t used = 0, zeros = 0;

	memset(out, 0, BASE58_BYTES_MAX);
	for (size_t i = 0; i < text.n; i++) {
		int carry = digit_of(text.p[i]);
		size_t k = 0;

		if (carry < 0)
			return err_set(err, RC_INVALID,
			    "character %zu cannot stand in base58", i + 1);
		if (carry == 0 && zeros == i)
			zeros++;
		for (; k < used || carry > 0; k++) {
			uint8_t *byte;

			if (k == BASE58_BYTES_MAX)
				return err_set(
				    err, RC_LIMIT, "the text is too long");
			byte = &out[BASE58_BYTES_MAX - 1 - k];
			carry += 58 * *byte;
			*byte = (uint8_t)(carry & 255);
			carry >>= 8;
		}
		used = k;
	}
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
