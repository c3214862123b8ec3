/* SPDX-License-Identifier: MIT
 *
 * Lines of the signed texts; see line.h.
 */
#include "coin/line.h"

#include <sodium.h>

#include "base/buf.h"
#include "base/must.h"
#include "coin/hex.h"

bool line_next(struct str *text, struct str *ret_line)
{
	size_t end = str_find(*text, '\n');

	if (end == text->n)
		return false;
	*ret_line = str_part(*text, 0, end);
	*text = str_from(*text, end + 1);
	return true;
}

bool line_field(struct str *text, struct str name, struct str *ret_value)
{
	struct str rest = *text;
	struct str line;

	if (!line_next(&rest, &line) || !str_starts(line, name))
		return false;
	line = str_from(line, name.n);
	if (!str_starts(line, STR(": ")) || line.n == 2)
		return false;
	*ret_value = str_from(line, 2);
	*text = rest;
	return true;
}

bool line_is(struct str *text, struct str line)
{
	struct str rest = *text;
	struct str got;

	if (!line_next(&rest, &got) || !str_eq(got, line))
		return false;
	*text = rest;
	return true;
}

bool line_is_newer(struct str text, struct str start)
{
	struct str line;
	uint32_t version;

	return line_next(&text, &line) && str_starts(line, start) &&
	       line_number(str_from(line, start.n), 2, 9999, &version);
}

bool line_hex(struct str value, uint8_t *ret_bytes, size_t n)
{
	for (size_t i = 0; i < value.n; i++)
		if (ascii_is_upper(value.p[i]))
			return false;
	return hex_read(value, ret_bytes, n);
}

bool line_base64(
    struct str value, uint8_t *ret_bytes, size_t max, size_t *ret_n)
{
	const char *end;
	size_t n;

	/* libsodium refuses idle bits and missing or surplus padding, but
	 * takes some letters with the high bit set for those without. */
	for (size_t i = 0; i < value.n; i++)
		if ((unsigned char)value.p[i] >= 0x80)
			return false;
	if (value.n == 0 ||
	    sodium_base642bin(ret_bytes, max, value.p, value.n, NULL, &n, &end,
		sodium_base64_VARIANT_ORIGINAL) != 0 ||
	    end != value.p + value.n || n == 0)
		return false;
	*ret_n = n;
	return true;
}

bool line_number(
    struct str value, uint32_t least, uint32_t most, uint32_t *ret_n)
{
	uint64_t n;

	if (value.n > 10 || (value.n > 1 && value.p[0] == '0') ||
	    str_u64(value, most, &n) != RC_OK || n < least)
		return false;
	*ret_n = (uint32_t)n;
	return true;
}

bool line_time(struct str value, struct instant *ret_time)
{
	struct civil c;

	/* civil_parse reads more forms than this one, and a second :60. */
	if (value.n != 20 || value.p[10] != 'T' || value.p[13] != ':' ||
	    value.p[16] != ':' || value.p[17] == '6' || value.p[19] != 'Z' ||
	    civil_parse(value, &c) != RC_OK || c.offset_s != 0)
		return false;
	*ret_time = civil_instant(c);
	return true;
}

void line_put_base64(struct buf *b, const uint8_t *bytes, size_t n)
{
	size_t room =
	    sodium_base64_encoded_len(n, sodium_base64_VARIANT_ORIGINAL);
	char *p = buf_room(b, room);

	if (!p)
		return;
	sodium_bin2base64(p, room, bytes, n, sodium_base64_VARIANT_ORIGINAL);
	buf_commit(b, room - 1);
}

void line_put_time(struct buf *b, struct instant t)
{
	must(t.us >= 0);
	civil_rfc3339(b, civil_at(INSTANT_OF_S(instant_s(t)), 0));
}
