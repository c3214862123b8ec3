/* SPDX-License-Identifier: MIT
 *
 * Text inside of JSON and CSV; see escape.h.
 */
#include "ledger/escape.h"

#include "base/buf.h"
#include "base/utf8.h"

void escape_json(struct buf *b, struct str s)
{
	size_t at = 0;

	buf_char(b, '"');
	while (at < s.n) {
		uint32_t c = utf8_next(s, &at);

		if (c == '"' || c == '\\') {
			buf_char(b, '\\');
			buf_char(b, (char)c);
		} else if (c < 0x20) {
			buf_printf(b, "\\u%04x", (unsigned)c);
		} else {
			utf8_put(b, c);
		}
	}
	buf_char(b, '"');
}

void escape_csv(struct buf *b, struct str s)
{
	buf_char(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			buf_char(b, '"');
		buf_char(b, s.p[i]);
	}
	buf_char(b, '"');
}

void escape_day(struct buf *b, int32_t day)
{
	struct civil c = civil_at(INSTANT_OF_S((int64_t)day * 86400), 0);

	buf_u64_wide(b, (uint64_t)c.year, 4);
	buf_char(b, '-');
	buf_u64_wide(b, c.month, 2);
	buf_char(b, '-');
	buf_u64_wide(b, c.day, 2);
}

void escape_time(struct buf *b, struct instant t)
{
	struct civil c = civil_at(t, 0);

	c.has_time = true;
	c.has_offset = true;
	civil_rfc3339(b, c);
}
