/* SPDX-License-Identifier: MIT
 *
 * The chunked coding as a machine of one byte at a time, so that a body may be
 * cut anywhere and is never read twice. It looks only; the body is joined in a
 * second walk, when all of it is known to be good.
 *
 *	size   = 1*8HEXDIG [ ";" *( visible / SP / TAB ) ] CRLF data CRLF
 *	last   = 1*8"0" [ ";" ... ] CRLF *( field CRLF ) CRLF
 *
 * RFC 9112 7.1.1 lets extensions be ignored; several servers ended their lines
 * at a bare LF inside of one, which two readers then cut differently. Here
 * every control byte in them is a fault.
 */
#include "http/chunked.h"

#include <string.h>

#include "base/must.h"
#include "http/field.h"

enum {
	AT_SIZE,
	AT_EXTENSION,
	AT_SIZE_LF,
	AT_DATA,
	AT_DATA_CR,
	AT_DATA_LF,
	AT_TRAILER, /* at the start of a line */
	AT_NAME,
	AT_VALUE,
	AT_VALUE_LF,
	AT_LAST_LF,
	AT_END,
};

static bool is_value_byte(unsigned char ch)
{
	return ch == '\t' || (ch >= 0x20 && ch != 0x7f);
}

static bool size_byte(struct chunked *c, unsigned char ch)
{
	if (http_class[ch] & HTTP_HEX) {
		if (++c->digits > 8)
			return false;
		c->left = c->left * 16 + (uint32_t)ascii_hex((char)ch);
		return true;
	}
	if (c->digits == 0 || (ch != ';' && ch != '\r'))
		return false;
	c->state = ch == ';' ? AT_EXTENSION : AT_SIZE_LF;
	return true;
}

static bool size_end(struct chunked *c, unsigned char ch)
{
	if (ch != '\n')
		return false;
	c->state = c->left ? AT_DATA : AT_TRAILER;
	c->digits = 0;
	c->line = 0;
	return true;
}

static bool trailer_byte(struct chunked *c, unsigned char ch)
{
	switch (c->state) {
	case AT_TRAILER:
		if (ch == '\r') {
			c->state = AT_LAST_LF;
			return true;
		}
		c->state = AT_NAME;
		return http_class[ch] & HTTP_TOKEN;
	case AT_NAME:
		if (ch != ':')
			return http_class[ch] & HTTP_TOKEN;
		c->state = AT_VALUE;
		return true;
	case AT_VALUE:
		if (ch != '\r')
			return is_value_byte(ch);
		c->state = AT_VALUE_LF;
		return true;
	case AT_VALUE_LF:
		c->state = AT_TRAILER;
		return ch == '\n';
	case AT_LAST_LF:
		c->state = AT_END;
		return ch == '\n';
	}
	unreachable("a trailer in no state");
}

/* Takes one byte that is not data; false: it may not stand here. */
static bool framing_byte(struct chunked *c, unsigned char ch)
{
	c->line++;
	if (c->line >
	    (c->state < AT_TRAILER ? CHUNK_LINE_MAX : CHUNK_TRAILER_MAX))
		return false;
	switch (c->state) {
	case AT_SIZE:
		return size_byte(c, ch);
	case AT_EXTENSION:
		if (ch != '\r')
			return is_value_byte(ch);
		c->state = AT_SIZE_LF;
		return true;
	case AT_SIZE_LF:
		return size_end(c, ch);
	case AT_DATA_CR:
		c->state = AT_DATA_LF;
		return ch == '\r';
	case AT_DATA_LF:
		c->state = AT_SIZE;
		c->line = 0;
		return ch == '\n';
	}
	return trailer_byte(c, ch);
}

static void take_data(struct chunked *c, size_t n)
{
	size_t piece = n - c->at < c->left ? n - c->at : c->left;

	c->at += piece;
	c->body += piece;
	c->left -= (uint32_t)piece;
	if (c->left == 0) {
		c->state = AT_DATA_CR;
		c->line = 0;
	}
}

enum http_parse chunked_scan(struct chunked *c, const char *in, size_t n,
    size_t most, size_t *ret_used, unsigned *ret_status)
{
	must(c->at <= n);
	while (c->at < n) {
		if (c->state == AT_DATA) {
			take_data(c, n);
			continue;
		}
		if (!framing_byte(c, (unsigned char)in[c->at++])) {
			*ret_status = 400;
			return HTTP_PARSE_REFUSE;
		}
		/* The size is known before the data comes, so a body too long
		 * is refused at once. */
		if (c->body + c->left > most || c->at - c->body > most) {
			*ret_status = 413;
			return HTTP_PARSE_REFUSE;
		}
		if (c->state == AT_END) {
			*ret_used = c->at;
			return HTTP_PARSE_DONE;
		}
	}
	return HTTP_PARSE_MORE;
}

size_t chunked_join(char *in, size_t n)
{
	size_t at = 0;
	size_t body = 0;

	for (;;) {
		size_t size = 0;

		for (; at < n && ascii_hex(in[at]) >= 0; at++)
			size = size * 16 + (size_t)ascii_hex(in[at]);
		while (at < n && in[at] != '\n')
			at++;
		at++;
		if (size == 0)
			return body;
		must(at + size + 2 <= n);
		memmove(in + body, in + at, size);
		body += size;
		at += size + 2;
	}
}
