/* SPDX-License-Identifier: MIT
 *
 * What a published story says, as a tree for the page: the rows of public.db
 * hold Markdown, and pages are made from documents. Everything that shows a
 * body (pages, feeds, the desk's preview) reads it here, so that it looks the
 * same everywhere.
 */
#ifndef PAPER_BODY_H
#define PAPER_BODY_H

#include "base/rc.h"
#include "base/str.h"

struct arena;
struct node;

/* The document that MARKDOWN means, in the language LANG (BCP 47; empty:
 * unknown). It lives as long as the arena and MARKDOWN both do. Text that
 * cannot be read as Markdown, for its size or its bytes, gives an empty
 * document. RC_NO_MEMORY. */
MUST_USE enum rc paper_body(struct arena *a, struct str markdown,
    struct str lang, const struct node **ret_document);

#endif
