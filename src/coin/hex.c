/* SPDX-License-Identifier: MIT
 *
 * Hexadecimal digits; see hex.h.
 */
#include "coin/hex.h"

#include "base/buf.h"

bool hex_read(struct str hex, uint8_t *ret, size_t n)
{
	if (hex.n % 2 != 0 || hex.n / 2 != n)
		return false;
	for (size_t i = 0; i < hex.n; i++)
		if (ascii_hex(hex.p[i]) < 0)
			return false;
	for (size_t i = 0; i < n; i++)
		ret[i] = (uint8_t)(ascii_hex(hex.p[2 * i]) << 4 |
				   ascii_hex(hex.p[2 * i + 1]));
	return true;
}

void hex_write(struct buf *b, struct str bytes)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < bytes.n; i++) {
		buf_char(b, digits[(uint8_t)bytes.p[i] >> 4]);
		buf_char(b, digits[bytes.p[i] & 15]);
	}
}
