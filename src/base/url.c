/* SPDX-License-Identifier: MIT
 *
 * The host of an address, and addresses in full. The authority ends at the first of "/?#", whatever
 * follows; the user ends at the last '@' in it, as browsers read it (WHATWG
 * URL, authority state), and the port begins behind the host or its bracket.
 */
#include "base/url.h"

#include <stdbool.h>

#include "base/buf.h"

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

/* "https:" of "https://x", empty where there is none. RFC 3986, section 3.1. */
static struct str scheme_of(struct str url)
{
	size_t n = 0;

	while (n < url.n &&
	       (ascii_is_alpha(url.p[n]) ||
		   (n > 0 && (ascii_is_digit(url.p[n]) || url.p[n] == '+' ||
				 url.p[n] == '-' || url.p[n] == '.'))))
		n++;
	return n > 0 && n < url.n && url.p[n] == ':' ? str_part(url, 0, n + 1)
						     : STR_NONE;
}

/* Takes the last segment off, but nothing of the first FLOOR bytes. */
static void cut_segment(struct buf *b, size_t floor)
{
	size_t n = b->n;

	while (n > floor && b->p[n - 1] != '/')
		n--;
	buf_cut(b, n > floor ? n - 1 : floor);
}

/* Appends the segments of PATH, which has no "/" before it, each behind one;
 * those of dots go up or stay (section 5.2.4). */
static void add_segments(struct buf *b, size_t floor, struct str path)
{
	bool is_last = false;

	while (!is_last) {
		size_t n = str_find(path, '/');
		struct str segment = str_part(path, 0, n);
		bool is_up = str_eq(segment, STR(".."));
		bool is_here = str_eq(segment, STR("."));

		is_last = n == path.n;
		path = str_from(path, n + 1);
		if (is_up)
			cut_segment(b, floor);
		if (is_last || !(is_up || is_here))
			buf_char(b, '/');
		if (!is_up && !is_here)
			buf_add(b, segment);
	}
}

void url_resolve(
    struct buf *b, struct str origin, struct str path, struct str reference)
{
	size_t n = 0, floor;

	if (scheme_of(reference).n) {
		buf_add(b, reference);
		return;
	}
	if (str_starts(reference, STR("//"))) {
		buf_add(b, scheme_of(origin));
		buf_add(b, reference);
		return;
	}
	while (
	    n < reference.n && reference.p[n] != '?' && reference.p[n] != '#')
		n++;
	buf_add(b, origin);
	floor = b->n;
	if (n == 0) {
		buf_add(b, path);
	} else if (reference.p[0] == '/') {
		add_segments(b, floor, str_part(reference, 1, n - 1));
	} else {
		buf_add(b, str_part(path, 0, str_find_last(path, '/')));
		add_segments(b, floor, str_part(reference, 0, n));
	}
	buf_add(b, str_from(reference, n));
}
