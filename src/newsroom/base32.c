/* SPDX-License-Identifier: MIT
 *
 * Base32; see base32.h.
 */
#include "newsroom/base32.h"

#include "base/buf.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

void base32_put(struct buf *b, const uint8_t *p, size_t n, char group)
{
	uint32_t bits = 0;
	unsigned have = 0;
	size_t count = 0;

	for (size_t i = 0; i < n || have > 0;) {
		if (have < 5 && i < n) {
			bits = (bits << 8 | p[i++]) & 0xffff;
			have += 8;
		} else if (have < 5) {
			bits <<= 5 - have;
			have = 5;
		}
		have -= 5;
		if (group && count > 0 && count % 4 == 0)
			buf_char(b, group);
		buf_char(b, alphabet[bits >> have & 31]);
		count++;
	}
}

static int value_of(char c)
{
	if (ascii_is_alpha(c))
		return ascii_lower(c) - 'a';
	return c >= '2' && c <= '7' ? c - '2' + 26 : -1;
}

enum rc base32_parse(struct str s, uint8_t *ret, size_t n)
{
	uint32_t bits = 0;
	unsigned have = 0;
	size_t done = 0;

	for (size_t i = 0; i < s.n; i++) {
		int value;

		if (s.p[i] == ' ' || s.p[i] == '-')
			continue;
		value = value_of(s.p[i]);
		/* What is left of the byte before is no whole character. */
		if (value < 0 || (done == n && have == 0) ||
		    (done == n && have + 5 >= 8))
			return RC_INVALID;
		bits = (bits << 5 | (uint32_t)value) & 0xfff;
		have += 5;
		if (have >= 8 && done < n) {
			have -= 8;
			ret[done++] = (uint8_t)(bits >> have);
		}
	}
	if (done != n || have >= 5 || (bits & ((1U << have) - 1)) != 0)
		return RC_INVALID;
	return RC_OK;
}
