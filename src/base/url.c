/* SPDX-License-Identifier: MIT
 *
 * The host of an address. The authority ends at the first of "/?#", whatever
 * follows; the user ends at the last '@' in it, as browsers read it (WHATWG
 * URL, authority state), and the port begins behind the host or its bracket.
 */
#include "base/url.h"

struct str url_host(struct str url)
{
	size_t at = str_find_str(url, STR("://"));
	struct str host = str_from(url, at < url.n ? at + 3 : at);
	size_t end = 0;

	while (end < host.n && host.p[end] != '/' && host.p[end] != '?' &&
	       host.p[end] != '#')
		end++;
	host = str_part(host, 0, end);
	at = str_find_last(host, '@');
	if (at < host.n)
		host = str_from(host, at + 1);
	if (str_starts(host, STR("[")))
		return str_part(host, 0, str_find(host, ']') + 1);
	return str_part(host, 0, str_find(host, ':'));
}
