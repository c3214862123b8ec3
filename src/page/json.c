/* SPDX-License-Identifier: MIT
 *
 * JSON strings; see json.h.
 */
#include "page/json.h"

#include "base/utf8.h"

static bool is_plain(unsigned char c)
{
	return c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '<' &&
	       c != '>' && c != '&';
}

static void put_escape(struct buf *b, uint32_t c)
{
	if (c == '"' || c == '\\') {
		buf_char(b, '\\');
		buf_char(b, (char)c);
	} else if (c == '\n') {
		buf_lit(b, "\\n");
	} else if (c == '\t') {
		buf_lit(b, "\\t");
	} else {
		buf_lit(b, "\\u");
		for (int shift = 12; shift >= 0; shift -= 4)
			buf_char(b, "0123456789abcdef"[(c >> shift) & 15]);
	}
}

void json_part(struct buf *b, struct str text)
{
	size_t done = 0;
	size_t at = 0;

	while (at < text.n) {
		size_t from = at;
		uint32_t c;

		if (is_plain((unsigned char)text.p[at])) {
			at++;
			continue;
		}
		c = utf8_next(text, &at);
		if (at - from > 1 && c != 0x2028 && c != 0x2029)
			continue;
		buf_add(b, str_part(text, done, from - done));
		put_escape(b, c);
		done = at;
	}
	buf_add(b, str_from(text, done));
}

void json_text(struct buf *b, struct str text)
{
	buf_char(b, '"');
	json_part(b, text);
	buf_char(b, '"');
}

void json_member_(struct buf *b, struct str name, struct str text)
{
	if (!text.n)
		return;
	buf_lit(b, ",\"");
	buf_add(b, name);
	buf_lit(b, "\":");
	json_text(b, text);
}
