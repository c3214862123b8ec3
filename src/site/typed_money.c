/* SPDX-License-Identifier: MIT
 *
 * Amounts as they are typed; see typed_money.h. The text is first made one of
 * plain signs: digits, '.' and ',' for the two signs, '_' for what parts
 * groups. Then its form is judged, and only then is it a number.
 */
#include "site/typed_money.h"

#include <stddef.h>
#include <string.h>

#include "base/must.h"
#include "base/utf8.h"

enum { SIGNS_MAX = 40 };

/* The plain sign that C stands for; 0: none. */
static char plain(uint32_t c)
{
	if (c >= '0' && c <= '9')
		return (char)c;
	if (c >= 0x660 && c <= 0x669)
		return (char)('0' + (c - 0x660));
	if (c >= 0x6f0 && c <= 0x6f9)
		return (char)('0' + (c - 0x6f0));
	switch (c) {
	case '.':
	case ',':
		return (char)c;
	case 0x66b: /* Arabic decimal separator */
		return '.';
	case ' ':
	case '\'':
	case 0xa0:   /* no-break space */
	case 0x66c:  /* Arabic thousands separator */
	case 0x2009: /* thin space */
	case 0x202f: /* narrow no-break space */
	case 0x2019: /* right single quotation mark */
		return '_';
	}
	return 0;
}

/* S in plain signs, without those of groups at its ends; their number, 0 if it
 * is none of ours. */
static size_t simplify(struct str s, char signs[SIGNS_MAX])
{
	size_t at = 0;
	size_t n = 0;
	size_t start = 0;

	while (at < s.n) {
		char c = plain(utf8_next(s, &at));

		if (!c || n == SIGNS_MAX)
			return 0;
		signs[n++] = c;
	}
	while (n > 0 && signs[n - 1] == '_')
		n--;
	while (start < n && signs[start] == '_')
		start++;
	memmove(signs, signs + start, n - start);
	return n - start;
}

/* Where the decimal sign stands, N if nowhere: the last point or comma, which
 * must be the only one of its kind. */
static bool find_sign(const char *signs, size_t n, size_t *ret_at)
{
	size_t at = n;

	for (size_t i = 0; i < n; i++)
		if (signs[i] == '.' || signs[i] == ',')
			at = i;
	for (size_t i = 0; i < at && at < n; i++)
		if (signs[i] == signs[at])
			return false;
	*ret_at = at;
	return true;
}

/* The whole part: digits, or groups of three parted by one kind of sign. */
static bool has_fair_groups(const char *signs, size_t n)
{
	size_t digits = 0;
	char parting = 0;

	for (size_t i = 0; i < n; i++) {
		if (ascii_is_digit(signs[i])) {
			digits++;
			continue;
		}
		if (digits == 0 || digits > 3 || (parting && digits != 3) ||
		    (parting && parting != signs[i]))
			return false;
		parting = signs[i];
		digits = 0;
	}
	return digits > 0 && (!parting || digits == 3);
}

static enum rc add_digit(int64_t *units, char c, int64_t most)
{
	int64_t digit = c - '0';

	if (*units > (most - digit) / 10)
		return RC_LIMIT;
	*units = *units * 10 + digit;
	return RC_OK;
}

enum rc typed_money_parse(
    struct str s, unsigned decimals, int64_t most, int64_t *ret_units)
{
	char signs[SIGNS_MAX];
	size_t n = simplify(s, signs);
	size_t sign;
	int64_t units = 0;
	enum rc rc = RC_OK;

	must(decimals <= 8 && most >= 0);
	if (n == 0 || !find_sign(signs, n, &sign) ||
	    !has_fair_groups(signs, sign))
		return RC_INVALID;
	/* "5." is a slip, and "1.500" of two decimals could mean two things. */
	if (sign < n && (sign + 1 == n || n - sign - 1 > decimals))
		return RC_INVALID;
	for (size_t i = sign + 1; i < n; i++)
		if (!ascii_is_digit(signs[i]))
			return RC_INVALID;
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		if (ascii_is_digit(signs[i]))
			rc = add_digit(&units, signs[i], most);
	for (size_t i = n - (sign < n ? sign + 1 : n);
	     rc == RC_OK && i < decimals; i++)
		rc = add_digit(&units, '0', most);
	if (rc == RC_OK)
		*ret_units = units;
	return rc;
}
