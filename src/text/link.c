/* SPDX-License-Identifier: MIT
 *
 * Addresses; see link.h. What is not known to be harmless is refused: browsers
 * drop tabs and line ends inside of addresses, so "java\nscript:" is one.
 */
#include "text/link.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "text/script.h"

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

		if (script_is_space(c) || script_is_unseen(c) || c == '\\' ||
		    c == '<' || c == '>' || c == '"' || c == 0x200C ||
		    c == 0x200D)
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

/* What comes behind the scheme, if that is one of a page. */
static bool take_scheme(struct str *url)
{
	struct str scheme;

	if (!has_colon(*url, &scheme))
		return true;
	if (!str_eq_fold(scheme, schemes[0]) &&
	    !str_eq_fold(scheme, schemes[1]))
		return false;
	*url = str_from(*url, scheme.n + 1);
	return str_starts(*url, STR("//"));
}

static struct str take_host(struct str *url)
{
	struct str host;
	size_t n = 2;

	if (!str_starts(*url, STR("//")))
		return STR_NONE;
	while (n < url->n && url->p[n] != '/' && url->p[n] != '?' &&
	       url->p[n] != '#')
		n++;
	host = str_part(*url, 2, n - 2);
	*url = str_from(*url, n);
	if (str_find_last(host, '@') < host.n)
		host = str_from(host, str_find_last(host, '@') + 1);
	if (str_starts(host, STR("[")))
		return str_part(host, 0, str_find(host, ']') + 1);
	host = str_part(host, 0, str_find(host, ':'));
	return str_ends(host, STR(".")) ? str_part(host, 0, host.n - 1) : host;
}

void link_decode(struct buf *b, struct str path)
{
	for (size_t i = 0; i < path.n; i++) {
		int high = -1;
		int low = -1;

		if (path.p[i] == '%' && i + 2 < path.n) {
			high = ascii_hex(path.p[i + 1]);
			low = ascii_hex(path.p[i + 2]);
		}
		if (high < 0 || low < 0) {
			buf_char(b, path.p[i]);
			continue;
		}
		buf_char(b, (char)(high << 4 | low));
		i += 2;
	}
}

enum rc link_page(
    struct arena *a, struct str url, struct str *ret_host, struct str *ret_path)
{
	struct str host, path;
	struct buf b;

	if (!is_clean(url) || !take_scheme(&url))
		return RC_INVALID;
	host = take_host(&url);
	path = str_part(url, 0, str_find(url, '?'));
	path = str_part(path, 0, str_find(path, '#'));
	buf_init_arena(&b, a, path.n + 1);
	link_decode(&b, path);
	if (buf_rc(&b) != RC_OK)
		return RC_NO_MEMORY;
	path = buf_str(&b);
	if (path.n > 1 && path.p[path.n - 1] == '/')
		path.n--;
	if (!str_starts(path, STR("/")) || str_find(path, '\0') < path.n ||
	    str_find_str(path, STR("/../")) < path.n ||
	    str_ends(path, STR("/..")) || !utf8_is_valid(path))
		return RC_INVALID;
	*ret_host = host;
	*ret_path = path;
	return RC_OK;
}
