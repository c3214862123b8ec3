/* SPDX-License-Identifier: MIT
 *
 * Tags and text, kept apart by type. Text is a struct str and always goes
 * through html_text or html_attr, which escape it; markup that is known to be
 * safe is a struct html, and only this file makes one, from literals and from
 * the paper's own style sheet. Handing a struct str to html_raw does not
 * compile.
 *
 *	html_lit(b, "<p>");
 *	html_text(b, headline);
 *	html_lit(b, "</p>");
 *
 * The escapes are those that HTML and XML share, so feeds use them too. What
 * neither may hold (faulty UTF-8, control characters, noncharacters) becomes
 * U+FFFD. Each function appends to B, whose sticky error is asked at the end.
 */
#ifndef PAGE_HTML_H
#define PAGE_HTML_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"

/* Markup known to be safe. Made by HTML(), html_style and nothing else. */
struct html {
	struct str markup;
};

/* Safe because it is a literal of this program: the compiler refuses all
 * else. */
#define HTML(literal)	     ((struct html){STR(literal)})
#define html_lit(b, literal) html_raw((b), HTML(literal))

/* Appends markup as it is. */
void html_raw(struct buf *b, struct html html);

/* Appends text, with & < > " ' escaped. A carriage return becomes a space. */
void html_text(struct buf *b, struct str text);

/* Appends ' NAME="VALUE"', VALUE escaped. NAME must be a literal. */
void html_attr_(struct buf *b, struct html name, struct str value);
#define html_attr(b, name, value) html_attr_((b), HTML(name), (value))
/* The same, or nothing if VALUE is empty. */
#define html_attr_maybe(b, name, value)                                        \
	((value).n ? html_attr_((b), HTML(name), (value)) : (void)0)
/* ' NAME="123"' */
void html_attr_u64_(struct buf *b, struct html name, uint64_t value);
#define html_attr_u64(b, name, value) html_attr_u64_((b), HTML(name), (value))

/* Appends ' NAME="URL"', URL put behind ORIGIN if it starts with "/" (ORIGIN
 * may be empty). An address that html_url_is_safe refuses becomes "#". */
void html_url_(
    struct buf *b, struct html name, struct str origin, struct str url);
#define html_url(b, name, origin, url)                                         \
	html_url_((b), HTML(name), (origin), (url))

/* ' href="bitcoin:..."': a link that opens a wallet. Nothing but an address
 * that html_url_is_payment lets through becomes one; all else becomes "#". */
void html_payment_url(struct buf *b, struct str uri);
/* A payment link as coin/payment_uri.h writes it (BIP 321): "bitcoin:", in
 * either case, and then only characters that have their place in it. */
bool html_url_is_payment(struct str uri);

/* Relative, or of a scheme that a reader may be sent to: http, https, mailto,
 * tel. A second door behind text/, in case a view was filled carelessly. */
bool html_url_is_safe(struct str url);
/* It stays within the paper: relative, and not to another host ("//x"). Only
 * such a picture is put into a page, which makes no third-party request. */
bool html_url_is_own(struct str url);

/* The style sheet CSS as a style element. One that would end the element
 * early is left out. */
void html_style(struct buf *b, struct str css);

#endif
