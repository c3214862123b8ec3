/* SPDX-License-Identifier: MIT
 *
 * Addresses; see link.h. What is not known to be harmless is refused: browsers
 * drop tabs and line ends inside of addresses, so "java\nscript:" is one.
 */
#include "text/link.h"

#include "base/utf8.h"

/* What stands before the first ":", or nothing if it is not a scheme's. */
static bool has_colon(struct str url, struct str *ret_scheme)
{
	size_t n = 0;

	while (n < url.n && url.p[n] != '/' && url.p[n] != '?' &&
	       url.p[n] != '#') {
		if (url.p[n] == ':') {
			*ret_scheme = str_part(url, 0, n);
			return true;
		}
		n++;
	}
	return false;
}

static bool is_clean(struct str url)
{
	if (url.n == 0 || url.n > 4096 || !utf8_is_valid(url))
		return false;
	for (size_t at = 0; at < url.n;) {
		uint32_t c = utf8_next(url, &at);

		if (c <= 0x20 || (c >= 0x7F && c <= 0xA0) || c == '\\' ||
		    c == '<' || c == '>' || c == '"' || c == 0x2028 ||
		    c == 0x2029 || (c >= 0x200B && c <= 0x200F) ||
		    (c >= 0x202A && c <= 0x202E) || c == 0xFEFF)
			return false;
	}
	return true;
}

static bool is_safe(struct str url, const struct str *schemes, size_t n)
{
	struct str scheme;

	if (!is_clean(url))
		return false;
	if (!has_colon(url, &scheme))
		return true;
	for (size_t i = 0; i < n; i++)
		if (str_eq_fold(scheme, schemes[i]))
			return true;
	return false;
}

static const struct str schemes[] = {
    STR_INIT("https"), STR_INIT("http"), STR_INIT("mailto"), STR_INIT("tel")};

bool link_is_safe(struct str url)
{
	return is_safe(url, schemes, 4);
}

bool link_is_safe_picture(struct str url)
{
	return url.n > 0 && url.p[0] != '#' && is_safe(url, schemes, 2);
}
