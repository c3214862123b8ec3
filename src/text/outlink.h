/* SPDX-License-Identifier: MIT
 *
 * Words that come from somewhere not fully trusted, shown on a page of the
 * paper's own: whatever in them leads a person to another place is taken out.
 *
 *	links	to other hosts than the paper's become plain words
 *	places	that stand in the words (https://..., evil.example/pay,
 *		somebody@else.example) become "[…]", also where emphasis,
 *		zero-width characters or full width letters cut through them
 *	pictures go, whatever they show
 *
 * A place is known by its form: a scheme, an "@", or names joined by points
 * the last of which has two letters or more, all small or all capital. So
 * "e.g.", "5.00", "St.Petersburg" stay, and "node.js" does not. What words
 * describe ("evil, then a point, then example") is not seen.
 */
#ifndef TEXT_OUTLINK_H
#define TEXT_OUTLINK_H

#include <stdbool.h>

#include "base/rc.h"
#include "base/str.h"
#include "text/document.h"

struct arena;
struct buf;

/* TEXT, of one or more lines, without places of other hosts than HOST (empty:
 * all are others) and those below it; *RET_TEXT is TEXT itself where there are
 * none, else lives in A. Mail to HOST or to a domain it lies in is its own.
 * RC_NO_MEMORY. */
MUST_USE enum rc outlink_cut(
    struct arena *a, struct str text, struct str host, struct str *ret_text);

/* The same for a tree, which is changed; a block in which a place is cut
 * through by marks loses them all. All its words, footnotes too, are appended
 * to WORDS (may be NULL), blocks parted by a line end. RC_NO_MEMORY; the tree
 * must not be shown then. */
MUST_USE enum rc outlink_cut_tree(
    struct arena *a, struct node *document, struct str host, struct buf *words);

/* The address URL of a link leads to HOST, or is relative. */
bool outlink_is_own(struct str url, struct str host);

#endif
