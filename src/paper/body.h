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
struct buf;
struct node;

/* The document that MARKDOWN means, in the language LANG (BCP 47; empty:
 * unknown). It lives as long as the arena and MARKDOWN both do. Text that
 * cannot be read as Markdown, for its size or its bytes, gives an empty
 * document. RC_NO_MEMORY. */
MUST_USE enum rc paper_body(struct arena *a, struct str markdown,
    struct str lang, const struct node **ret_document);

/* A line of plain text, such as a headline or a caption, with the quotation
 * marks and dashes of LANG as a body has them; it lives as long as the arena
 * and LINE both do. LINE itself where there is no memory. */
struct str paper_line(struct arena *a, struct str line, struct str lang);

struct paper_source {
	struct str markdown;
	struct str lang;
};

/* The same for words that do not come from the newsroom's own hands, with
 * nothing in them that leads away from ORIGIN ("https://example.org"; empty:
 * all leads away), as text/outlink.h does it. All words that will be seen are
 * appended to WORDS. RC_NO_MEMORY. */
MUST_USE enum rc paper_body_own(struct arena *a,
    const struct paper_source *source, struct str origin,
    const struct node **ret_document, struct buf *words);
/* TEXT, which is no Markdown, in the same way; it lives as long as the arena
 * and TEXT both do. RC_NO_MEMORY. */
MUST_USE enum rc paper_text_own(
    struct arena *a, struct str text, struct str origin, struct str *ret_text);

#endif
