/* SPDX-License-Identifier: MIT
 *
 * Bech32 and bech32m; see bech32.h.
 */
#include "coin/bech32.h"

#include <string.h>

#include "base/buf.h"
#include "base/must.h"

enum { CHECKSUM = 6 };

static const char alphabet[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

static const uint32_t constants[] = {
    [BECH32_PLAIN] = 1,
    [BECH32_M] = 0x2bc830a3,
};

static uint32_t polymod_step(uint32_t chk, unsigned value)
{
	static const uint32_t generator[5] = {
	    0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
	uint32_t top = chk >> 25;

	chk = (chk & 0x1ffffff) << 5 ^ value;
	for (unsigned i = 0; i < 5; i++)
		if (top >> i & 1)
			chk ^= generator[i];
	return chk;
}

/* The human-readable part, spread as BIP173 says. */
static uint32_t polymod_hrp(struct str hrp)
{
	uint32_t chk = 1;

	for (size_t i = 0; i < hrp.n; i++)
		chk = polymod_step(chk, (uint8_t)ascii_lower(hrp.p[i]) >> 5);
	chk = polymod_step(chk, 0);
	for (size_t i = 0; i < hrp.n; i++)
		chk = polymod_step(chk, (uint8_t)ascii_lower(hrp.p[i]) & 31);
	return chk;
}

/* 0 to 31, or -1. */
static int value_of(char c)
{
	const char *at = c ? strchr(alphabet, ascii_lower(c)) : NULL;

	return at ? (int)(at - alphabet) : -1;
}

/* Only printable ASCII, and letters of one case. */
static enum rc check_characters(struct str text, struct err *err)
{
	bool has_small = false, has_capital = false;

	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] < 33 || text.p[i] > 126)
			return err_set(err, RC_INVALID,
			    "character %zu cannot stand in bech32", i + 1);
		has_capital = has_capital || ascii_is_upper(text.p[i]);
		has_small = has_small || (ascii_is_alpha(text.p[i]) &&
					     !ascii_is_upper(text.p[i]));
	}
	if (has_small && has_capital)
		return err_set(err, RC_INVALID,
		    "small and capital letters are mixed: use one or the "
		    "other");
	return RC_OK;
}

/* The checksum of all of TEXT, and where its "1" stands. */
static enum rc polymod_text(
    struct str text, uint32_t *ret_chk, size_t *ret_hrp_n, struct err *err)
{
	size_t one = str_find_last(text, '1');
	uint32_t chk;

	if (check_characters(text, err) != RC_OK)
		return RC_INVALID;
	if (one == text.n || one == 0)
		return err_set(
		    err, RC_INVALID, "there is no \"1\" behind a first part");
	if (text.n - one - 1 < CHECKSUM)
		return err_set(err, RC_INVALID, "the text is too short");
	chk = polymod_hrp(str_part(text, 0, one));
	for (size_t i = one + 1; i < text.n; i++) {
		int value = value_of(text.p[i]);

		if (value < 0)
			return err_set(err, RC_INVALID,
			    "character %zu cannot stand in bech32", i + 1);
		chk = polymod_step(chk, (unsigned)value);
	}
	*ret_chk = chk;
	*ret_hrp_n = one;
	return RC_OK;
}

bool bech32_verifies(
    struct str text, enum bech32_encoding encoding, size_t *ret_hrp_n)
{
	uint32_t chk = 0;
	size_t hrp_n;

	if (polymod_text(text, &chk, &hrp_n, NULL) != RC_OK ||
	    chk != constants[encoding])
		return false;
	*ret_hrp_n = hrp_n;
	return true;
}

size_t bech32_shortest(struct str text, size_t one, size_t least)
{
	uint32_t chk = polymod_hrp(str_part(text, 0, one));

	must(one < text.n && least >= CHECKSUM);
	for (size_t i = one + 1; i < text.n; i++) {
		int value = value_of(text.p[i]);

		if (value < 0)
			return 0;
		chk = polymod_step(chk, (unsigned)value);
		if (i - one >= least && (chk == constants[BECH32_PLAIN] ||
					    chk == constants[BECH32_M]))
			return i + 1;
	}
	return 0;
}

enum rc bech32_parse(
    struct str text, struct bech32 *ret_bech32, struct err *err)
{
	struct bech32 r = {.encoding = BECH32_PLAIN};
	uint32_t chk = 0;
	size_t hrp_n = 0;
	enum rc rc;

	if (text.n > BECH32_TEXT_MAX)
		return err_set(err, RC_INVALID, "longer than %d characters",
		    BECH32_TEXT_MAX);
	rc = polymod_text(text, &chk, &hrp_n, err);
	if (rc != RC_OK)
		return rc;
	if (chk == constants[BECH32_M])
		r.encoding = BECH32_M;
	else if (chk != constants[BECH32_PLAIN])
		return err_set(err, RC_INVALID,
		    "the checksum is wrong: a character is mistyped, or "
		    "some are missing");
	must(hrp_n <= BECH32_HRP_MAX);
	for (size_t i = 0; i < hrp_n; i++)
		r.hrp[i] = ascii_lower(text.p[i]);
	r.values_n = text.n - hrp_n - 1 - CHECKSUM;
	must(r.values_n <= BECH32_VALUES_MAX);
	for (size_t i = 0; i < r.values_n; i++)
		r.values[i] = (uint8_t)value_of(text.p[hrp_n + 1 + i]);
	*ret_bech32 = r;
	return RC_OK;
}

void bech32_write(struct buf *b, struct str hrp, const uint8_t *values,
    size_t n, enum bech32_encoding encoding)
{
	uint32_t chk = polymod_hrp(hrp);

	must(hrp.n >= 1 && hrp.n + 1 + n + CHECKSUM <= BECH32_TEXT_MAX);
	buf_add(b, hrp);
	buf_char(b, '1');
	for (size_t i = 0; i < n; i++) {
		must(values[i] < 32);
		chk = polymod_step(chk, values[i]);
		buf_char(b, alphabet[values[i]]);
	}
	for (unsigned i = 0; i < CHECKSUM; i++)
		chk = polymod_step(chk, 0);
	chk ^= constants[encoding];
	for (unsigned i = 0; i < CHECKSUM; i++)
		buf_char(b, alphabet[chk >> 5 * (5 - i) & 31]);
}

bool bech32_to_bytes(
    const uint8_t *values, size_t n, uint8_t *ret, size_t *ret_n)
{
	uint32_t bits = 0;
	unsigned have = 0;
	size_t done = 0;

	for (size_t i = 0; i < n; i++) {
		bits = (bits << 5 | values[i]) & 0xfff;
		have += 5;
		if (have >= 8) {
			have -= 8;
			ret[done++] = (uint8_t)(bits >> have);
		}
	}
	if (have >= 5 || (bits & ((1u << have) - 1)) != 0)
		return false;
	*ret_n = done;
	return true;
}

size_t bech32_of_bytes(const uint8_t *bytes, size_t n, uint8_t *ret)
{
	uint32_t bits = 0;
	unsigned have = 0;
	size_t done = 0;

	for (size_t i = 0; i < n; i++) {
		bits = (bits << 8 | bytes[i]) & 0xfff;
		for (have += 8; have >= 5; have -= 5)
			ret[done++] = bits >> (have - 5) & 31;
	}
	if (have > 0)
		ret[done++] = bits << (5 - have) & 31;
	return done;
}
