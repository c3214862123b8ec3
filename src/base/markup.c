/* SPDX-License-Identifier: MIT
 *
 * Escapes of text; see markup.h. Most bytes of most texts need nothing done,
 * and whole runs of them are copied.
 */
#include "base/markup.h"

#include "base/buf.h"
#include "base/utf8.h"

enum { PLAIN, ESCAPE, CONTROL, MANY };

/* What a byte of text asks for. */
static unsigned char_class(unsigned char c)
{
	if (c >= 0x80)
		return MANY;
	if (c == '&' || c == '<' || c == '>' || c == '"' || c == '\'')
		return ESCAPE;
	if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f)
		return CONTROL;
	return PLAIN;
}

static struct str escape_of(char c)
{
	switch (c) {
	case '&':
		return STR("&amp;");
	case '<':
		return STR("&lt;");
	case '>':
		return STR("&gt;");
	case '"':
		return STR("&quot;");
	case '\'':
		return STR("&#39;");
	case '\r':
		return STR(" ");
	}
	return STR("\xEF\xBF\xBD");
}

bool markup_is_text(uint32_t c)
{
	if ((c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0))
		return false;
	if (c >= 0xFDD0 && c <= 0xFDEF)
		return false;
	return (c & 0xFFFE) != 0xFFFE;
}

void markup_text(struct buf *b, struct str text)
{
	size_t done = 0; /* text before it is written */
	size_t at = 0;

	while (at < text.n) {
		unsigned kind = char_class((unsigned char)text.p[at]);
		size_t from = at;

		if (kind == PLAIN) {
			at++;
			continue;
		}
		if (kind == MANY) {
			uint32_t c = utf8_next(text, &at);

			if (at - from > 1 && markup_is_text(c))
				continue;
		} else {
			at++;
		}
		buf_add(b, str_part(text, done, from - done));
		buf_add(b, escape_of(kind == MANY ? '\0' : text.p[from]));
		done = at;
	}
	buf_add(b, str_from(text, done));
}
