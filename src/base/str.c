/* SPDX-License-Identifier: MIT
 *
 * Views of bytes; see str.h.
 */
#include "base/str.h"

#include <string.h>

#include "base/must.h"

struct str str_of(const char *cstr)
{
	return cstr ? (struct str){cstr, strlen(cstr)} : STR_NONE;
}

bool str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool str_eq_fold(struct str a, struct str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (ascii_lower(a.p[i]) != ascii_lower(b.p[i]))
			return false;
	return true;
}

int str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n ? memcmp(a.p, b.p, n) : 0;

	if (order)
		return order;
	return (a.n > b.n) - (a.n < b.n);
}

bool str_starts(struct str s, struct str start)
{
	return s.n >= start.n && str_eq(str_part(s, 0, start.n), start);
}

bool str_ends(struct str s, struct str end)
{
	return s.n >= end.n && str_eq(str_from(s, s.n - end.n), end);
}

size_t str_find(struct str s, char c)
{
	const char *at = s.n ? memchr(s.p, c, s.n) : NULL;

	return at ? (size_t)(at - s.p) : s.n;
}

size_t str_find_last(struct str s, char c)
{
	for (size_t i = s.n; i > 0; i--)
		if (s.p[i - 1] == c)
			return i - 1;
	return s.n;
}

size_t str_find_str(struct str s, struct str needle)
{
	const char *at;

	if (needle.n == 0)
		return 0;
	if (s.n < needle.n)
		return s.n;
	at = memmem(s.p, s.n, needle.p, needle.n);
	return at ? (size_t)(at - s.p) : s.n;
}

struct str str_from(struct str s, size_t from)
{
	if (from >= s.n)
		return (struct str){s.n ? s.p + s.n : s.p, 0};
	return (struct str){s.p + from, s.n - from};
}

struct str str_part(struct str s, size_t from, size_t n)
{
	struct str part = str_from(s, from);

	if (part.n > n)
		part.n = n;
	return part;
}

struct str str_cut(struct str *s, char sep)
{
	size_t at = str_find(*s, sep);
	struct str field = str_part(*s, 0, at);

	*s = at < s->n ? str_from(*s, at + 1) : STR_NONE;
	return field;
}

bool str_line(struct str *text, struct str *ret_line)
{
	size_t at = 0;

	if (text->n == 0)
		return false;
	while (at < text->n && text->p[at] != '\n' && text->p[at] != '\r')
		at++;
	*ret_line = str_part(*text, 0, at);
	if (at < text->n && text->p[at] == '\r' && at + 1 < text->n &&
	    text->p[at + 1] == '\n')
		at++;
	*text = str_from(*text, at + 1);
	return true;
}

struct str str_trim(struct str s)
{
	while (s.n > 0 && ascii_is_space(s.p[0]))
		s = str_from(s, 1);
	while (s.n > 0 && ascii_is_space(s.p[s.n - 1]))
		s.n--;
	return s;
}

bool str_blank(struct str s)
{
	return str_trim(s).n == 0;
}

enum rc str_u64(struct str s, uint64_t max, uint64_t *ret_n)
{
	uint64_t n = 0;
	bool is_over = false;

	if (s.n == 0)
		return RC_INVALID;
	for (size_t i = 0; i < s.n; i++) {
		uint64_t digit;

		if (!ascii_is_digit(s.p[i]))
			return RC_INVALID;
		digit = (uint64_t)(s.p[i] - '0');
		if (n > (UINT64_MAX - digit) / 10)
			is_over = true;
		else
			n = n * 10 + digit;
	}
	if (is_over || n > max)
		return RC_LIMIT;
	*ret_n = n;
	return RC_OK;
}

enum rc str_i64(struct str s, int64_t *ret_n)
{
	bool is_negative = s.n > 0 && s.p[0] == '-';
	uint64_t most = (uint64_t)INT64_MAX + (is_negative ? 1 : 0);
	uint64_t n;
	enum rc rc = str_u64(is_negative ? str_from(s, 1) : s, most, &n);

	if (rc != RC_OK)
		return rc;
	if (!is_negative)
		*ret_n = (int64_t)n;
	else
		*ret_n = n == most ? INT64_MIN : -(int64_t)n;
	return RC_OK;
}

bool ascii_is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

bool ascii_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool ascii_is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

bool ascii_is_alpha(char c)
{
	return ascii_is_upper(c) || (c >= 'a' && c <= 'z');
}

char ascii_lower(char c)
{
	return ascii_is_upper(c) ? (char)(c - 'A' + 'a') : c;
}

int ascii_hex(char c)
{
	if (ascii_is_digit(c))
		return c - '0';
	c = ascii_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}
