/* SPDX-License-Identifier: MIT
 *
 * The escapes; see html.h.
 */
#include "page/html.h"

#include <string.h>

#include "base/markup.h"

void html_raw(struct buf *b, struct html html)
{
	buf_add(b, html.markup);
}

void html_text(struct buf *b, struct str text)
{
	markup_text(b, text);
}

void html_attr_(struct buf *b, struct html name, struct str value)
{
	buf_char(b, ' ');
	html_raw(b, name);
	buf_lit(b, "=\"");
	html_text(b, value);
	buf_char(b, '"');
}

void html_attr_u64_(struct buf *b, struct html name, uint64_t value)
{
	buf_char(b, ' ');
	html_raw(b, name);
	buf_lit(b, "=\"");
	buf_u64(b, value);
	buf_char(b, '"');
}

/* The scheme before the colon, empty if there is none. RFC 3986 3.1. */
static struct str url_scheme(struct str url)
{
	for (size_t i = 0; i < url.n; i++) {
		char c = url.p[i];

		if (c == ':')
			return str_part(url, 0, i);
		if (c == '/' || c == '?' || c == '#')
			return STR_NONE;
	}
	return STR_NONE;
}

bool html_url_is_safe(struct str url)
{
	struct str scheme = url_scheme(url);

	/* Browsers drop these bytes before they look for the scheme. */
	for (size_t i = 0; i < url.n; i++)
		if ((unsigned char)url.p[i] <= ' ' || url.p[i] == '\\')
			return false;
	if (!scheme.n)
		return url.n > 0 && url.p[0] != ':';
	return str_eq_fold(scheme, STR("http")) ||
	       str_eq_fold(scheme, STR("https")) ||
	       str_eq_fold(scheme, STR("mailto")) ||
	       str_eq_fold(scheme, STR("tel"));
}

bool html_url_is_payment(struct str uri)
{
	static const struct str scheme = STR_INIT("bitcoin:");

	if (uri.n <= scheme.n ||
	    !str_eq_fold(str_part(uri, 0, scheme.n), scheme))
		return false;
	for (size_t i = scheme.n; i < uri.n; i++) {
		char c = uri.p[i];

		if (!ascii_is_alpha(c) && !ascii_is_digit(c) &&
		    (c == '\0' || !strchr("?&=%._~-+", c)))
			return false;
	}
	return true;
}

void html_payment_url(struct buf *b, struct str uri)
{
	html_attr(b, "href", html_url_is_payment(uri) ? uri : STR("#"));
}

bool html_url_is_own(struct str url)
{
	return html_url_is_safe(url) && !url_scheme(url).n &&
	       !str_starts(url, STR("//"));
}

/* A space has no place in an address, and neither has what opens a host's
 * literal outside of one: they are percent-encoded, so that old data with
 * either stays valid. */
static void put_url(struct buf *b, struct str url)
{
	size_t done = 0;

	for (size_t i = 0; i < url.n; i++) {
		char c = url.p[i];

		if (c != '|' && c != '^' && c != '`' && c != '{' && c != '}' &&
		    c != '"' && c != '<' && c != '>')
			continue;
		html_text(b, str_part(url, done, i - done));
		buf_char(b, '%');
		buf_char(b, "0123456789ABCDEF"[(unsigned char)c >> 4]);
		buf_char(b, "0123456789ABCDEF"[(unsigned char)c & 15]);
		done = i + 1;
	}
	html_text(b, str_from(url, done));
}

void html_url_(
    struct buf *b, struct html name, struct str origin, struct str url)
{
	buf_char(b, ' ');
	html_raw(b, name);
	buf_lit(b, "=\"");
	if (!html_url_is_safe(url)) {
		buf_char(b, '#');
	} else {
		if (str_starts(url, STR("/")) && !str_starts(url, STR("//")))
			html_text(b, origin);
		put_url(b, url);
	}
	buf_char(b, '"');
}

void html_style(struct buf *b, struct str css)
{
	html_lit(b, "<style>");
	if (str_find_str(css, STR("</")) == css.n &&
	    str_find_str(css, STR("<!--")) == css.n)
		html_raw(b, (struct html){css});
	html_lit(b, "</style>\n");
}
