/* SPDX-License-Identifier: MIT
 *
 * UTF-8; see utf8.h.
 */
#include "base/utf8.h"

#include <string.h>

#include "base/buf.h"
#include "base/must.h"

/* How many bytes the character at S[AT] has, by RFC 3629's table of
 * well-formed sequences; 0 if it is faulty. */
static size_t utf8_len(struct str s, size_t at)
{
	const unsigned char *p = (const unsigned char *)s.p + at;
	size_t left = s.n - at;
	unsigned char low = 0x80;
	unsigned char high = 0xBF;
	size_t n;

	if (p[0] < 0x80)
		return 1;
	if (p[0] < 0xC2 || p[0] > 0xF4)
		return 0;
	n = p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
	if (left < n)
		return 0;
	if (p[0] == 0xE0)
		low = 0xA0; /* overlong below */
	else if (p[0] == 0xED)
		high = 0x9F; /* surrogates above */
	else if (p[0] == 0xF0)
		low = 0x90; /* overlong below */
	else if (p[0] == 0xF4)
		high = 0x8F; /* above U+10FFFF */
	if (p[1] < low || p[1] > high)
		return 0;
	for (size_t i = 2; i < n; i++)
		if (p[i] < 0x80 || p[i] > 0xBF)
			return 0;
	return n;
}

uint32_t utf8_next(struct str s, size_t *at)
{
	static const unsigned char first_bits[5] = {0, 0x7F, 0x1F, 0x0F, 0x07};
	size_t n;
	uint32_t c;

	must(*at < s.n);
	n = utf8_len(s, *at);
	if (n == 0) {
		*at += 1;
		return UTF8_BAD;
	}
	c = (unsigned char)s.p[*at] & first_bits[n];
	for (size_t i = 1; i < n; i++)
		c = c << 6 | ((unsigned char)s.p[*at + i] & 0x3F);
	*at += n;
	return c;
}

uint32_t utf8_prev(struct str s, size_t *at)
{
	must(*at > 0 && *at <= s.n);
	for (size_t back = 1; back <= 4 && back <= *at; back++) {
		size_t start = *at - back;
		struct str head = str_part(s, 0, *at);

		if (((unsigned char)s.p[start] & 0xC0) == 0x80)
			continue;
		if (utf8_len(head, start) != back)
			break;
		*at = start;
		return utf8_next(head, &start);
	}
	*at -= 1;
	return UTF8_BAD;
}

/* Passes over ASCII from AT on, eight bytes at a time; fewer than eight may be
 * left of it. */
static size_t utf8_pass_ascii(struct str s, size_t at)
{
	uint64_t w;

	while (s.n - at >= sizeof(w)) {
		memcpy(&w, s.p + at, sizeof(w));
		w &= UINT64_C(0x8080808080808080);
		if (w)
			break;
		at += sizeof(w);
	}
	return at;
}

size_t utf8_first_fault(struct str s)
{
	size_t at = 0;

	while ((at = utf8_pass_ascii(s, at)) < s.n) {
		size_t n = utf8_len(s, at);

		if (n == 0)
			break;
		at += n;
	}
	return at;
}

bool utf8_is_valid(struct str s)
{
	return utf8_first_fault(s) == s.n;
}

size_t utf8_count(struct str s)
{
	size_t count = 0;

	for (size_t at = 0; at < s.n; count++) {
		size_t n = utf8_len(s, at);

		at += n ? n : 1;
	}
	return count;
}

void utf8_put(struct buf *b, uint32_t c)
{
	char out[4];
	size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	static const unsigned char mark[5] = {0, 0, 0xC0, 0xE0, 0xF0};

	must(c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF));
	for (size_t i = n - 1; i > 0; i--) {
		out[i] = (char)(0x80 | (c & 0x3F));
		c >>= 6;
	}
	out[0] = (char)(mark[n] | c);
	buf_add(b, (struct str){out, n});
}

struct str utf8_head(struct str s, size_t n)
{
	size_t start = n;

	if (n >= s.n)
		return s;
	while (start > 0 && n - start < 3 &&
	       ((unsigned char)s.p[start] & 0xC0) == 0x80)
		start--;
	/* Faulty bytes are no character, and may be parted. */
	if (start + utf8_len(s, start) > n)
		n = start;
	return str_part(s, 0, n);
}
