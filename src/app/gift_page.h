/* SPDX-License-Identifier: MIT
 *
 * The page of a gift as somebody sees it who does not trust the server: the
 * address that is shown, the link, the code, the proof, and whether they are
 * all of one address that the newsroom has signed. Pure.
 *
 * A wallet reads the code, a person the letters, a telephone the link: if one
 * of them led elsewhere, the proof beside it would be of no use. So every
 * address that stands anywhere in the page must be the proven one, and the
 * code must be the very one that this program draws for the link. Whoever
 * serves with another version of the program gets a false alarm about that,
 * which is better than none.
 */
#ifndef APP_GIFT_PAGE_H
#define APP_GIFT_PAGE_H

#include "base/err.h"
#include "base/instant.h"
#include "base/str.h"
#include "coin/minisign.h"

struct arena;
struct buf;

struct gift_page {
	struct str html;
	struct str text;  /* without tags, with characters for entities */
	struct str proof; /* its text; never empty */
};

/* Reads a page; views live as long as HTML and the arena. RC_NOT_FOUND: there
 * is no proof in it, so it is no page with an address; RC_NO_MEMORY. */
MUST_USE enum rc gift_page_parse(
    struct arena *a, struct str html, struct gift_page *ret_page);

/* The key that the page itself names and that signed its proof: for a first
 * visit. RC_NOT_FOUND. */
MUST_USE enum rc gift_page_key(const struct gift_page *page, struct instant now,
    struct minisign_key *ret_key);

/* All of it is of one address that KEY has signed, which is appended to
 * ADDRESS. RC_DENIED: it is not, and *ERR says what is wrong; RC_NO_MEMORY. */
MUST_USE enum rc gift_page_check(struct arena *a, const struct gift_page *page,
    const struct minisign_key *key, struct instant now, struct buf *address,
    struct err *err);

#endif
