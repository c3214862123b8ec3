/* SPDX-License-Identifier: MIT
 *
 * The marks a printer sets and a keyboard does not: quotation marks as the
 * language has them, dashes, the ellipsis, the apostrophe, and the narrow
 * spaces of French. Addresses (text/bare_link.h) stay as they are.
 *
 * Setting a text twice is the same as setting it once.
 */
#ifndef TEXT_TYPOGRAPHY_H
#define TEXT_TYPOGRAPHY_H

#include <stdbool.h>

#include "base/rc.h"
#include "base/str.h"
#include "text/document.h"

struct arena;
struct buf;

/* The quotation marks of a language, each in UTF-8; with the space inside
 * that French wants, in "space" (else empty). */
struct quotes {
	struct str open; /* around what was said */
	struct str close;
	struct str inner_open; /* around what was said in it */
	struct str inner_close;
	struct str space;
};

/* The marks of LANG (BCP 47; "de-CH" differs from "de"); the English ones for
 * what is not known. Lives for ever. */
const struct quotes *quotes_of(struct str lang);

/* Sets the text nodes of the tree, code left out; a quotation may run through
 * emphasis and links within one block. LANG is the story's; nodes with their
 * own are set by that. RC_NO_MEMORY. */
MUST_USE enum rc typography_set(
    struct arena *a, struct node *document, struct str lang);

/* The same for one line of plain text, such as a headline: appends to B. */
void typography_line(struct buf *b, struct str line, struct str lang);

/* The double mark of N bytes at AT of S stands between Hebrew letters: as
 * gershayim of an abbreviation, or, where *RET_OPENS, as the start of a
 * quotation behind a prefix. IS_OPEN: in a quotation already. Looks some
 * hundred bytes ahead, no further. */
bool typography_is_in_hebrew(
    struct str s, size_t at, size_t n, bool is_open, bool *ret_opens);

#endif
