/* SPDX-License-Identifier: MIT
 *
 * Addresses in a text; see bare_link.h. A candidate is found by its "://" or
 * "@" and read from there in both ways; what is read backwards holds neither,
 * so that all of it is linear.
 */
#include "text/bare_link.h"

#include <stdbool.h>
#include <stdint.h>

#include "base/utf8.h"
#include "text/script.h"

static bool is_plain(char c)
{
	return ascii_is_alpha(c) || ascii_is_digit(c);
}

/* What no address goes on with: spaces, the marks of printers, and what is
 * written without spaces around an address. */
static bool ends_link(uint32_t c)
{
	enum script script = script_of(c);

	return c == '<' || c == '>' || script_is_space(c) || c == 0xAB ||
	       c == 0xBB || (c >= 0x2010 && c < 0x2070) ||
	       (c >= 0x3000 && c < 0x3040) || (c >= 0xFF00 && c < 0xFF10) ||
	       (c >= 0xFF1A && c < 0xFF21) || script == SCRIPT_HANGUL ||
	       !script_has_spaces(script);
}

/* An odd one of them was opened before the address, or is an apostrophe. */
static bool is_odd(struct str link, char mark)
{
	bool odd = false;

	for (size_t i = 0; i < link.n; i++)
		odd ^= link.p[i] == mark;
	return odd;
}

/* LINK without what its sentence set behind it. */
static struct str without_points(struct str link)
{
	static const struct str points = STR_INIT(".,;:!?");
	bool has_odd[2] = {is_odd(link, '"'), is_odd(link, '\'')};
	bool has_bracket = str_find(link, '(') < link.n;

	while (link.n > 0) {
		char c = link.p[link.n - 1];
		bool is_double = c == '"';

		if (is_double || c == '\'') {
			if (!has_odd[!is_double])
				break;
			has_odd[!is_double] = false;
		} else if (!(c == ')' && !has_bracket) &&
			   str_find(points, c) == points.n) {
			break;
		}
		link.n--;
	}
	return link;
}

/* An address whose "://" stands at COLON. */
static bool read_url(
    struct str s, size_t from, size_t colon, size_t *ret_from, size_t *ret_to)
{
	size_t start = colon, end = colon + 3;
	struct str link;

	while (start > from && is_plain(s.p[start - 1]))
		start--;
	if (start == colon || end >= s.n ||
	    (!is_plain(s.p[end]) && s.p[end] != '['))
		return false;
	while (end < s.n) {
		size_t next = end;

		if (ends_link(utf8_next(s, &next)))
			break;
		end = next;
	}
	link = without_points(str_part(s, start, end - start));
	*ret_from = start;
	*ret_to = start + link.n;
	return *ret_to > colon + 3;
}

static bool is_local(struct str s, size_t from, size_t at)
{
	char c = s.p[at];

	return is_plain(c) || c == '.' || c == '-' || c == '_' || c == '+' ||
	       (c == '\'' && at > from && is_plain(s.p[at - 1]));
}

/* A mailbox whose "@" stands at SIGN. */
static bool read_mailbox(
    struct str s, size_t from, size_t sign, size_t *ret_from, size_t *ret_to)
{
	size_t start = sign, end = sign + 1;

	while (start > from && is_local(s, from, start - 1))
		start--;
	while (end < s.n &&
	       (is_plain(s.p[end]) || s.p[end] == '.' || s.p[end] == '-'))
		end++;
	while (end > sign + 1 && !is_plain(s.p[end - 1]))
		end--;
	*ret_from = start;
	*ret_to = end;
	return start < sign && end > sign + 1;
}

void bare_link_next(struct str s, size_t from, size_t *ret_from, size_t *ret_to)
{
	for (size_t i = from; i < s.n; i++) {
		if (s.p[i] == ':' && str_starts(str_from(s, i), STR("://")) &&
		    read_url(s, from, i, ret_from, ret_to))
			return;
		if (s.p[i] == '@' && read_mailbox(s, from, i, ret_from, ret_to))
			return;
	}
	*ret_from = s.n;
	*ret_to = s.n;
}
