/* SPDX-License-Identifier: MIT
 *
 * Markdown to document: CommonMark with tables, footnotes and strikethrough,
 * read by libcmark-gfm and cleaned into the tree of text/document.h.
 *
 * What a newspaper's page does not carry is taken out and reported: raw HTML
 * that Markdown has no mark for (its text stays), shortcodes of other systems,
 * links and pictures with addresses that are not http, https, mailto or
 * relative. Headings start at
 * level 2. Typographic quotation marks and dashes are set by language only
 * when the options ask for it. Text in another script than the story's, and
 * anything marked [words]{lang=xx} or a quotation closed by a line {lang=xx},
 * gets its language and direction.
 *
 * The work is linear in the input: input that makes the library take more is
 * found first and taken as plain paragraphs.
 */
#ifndef TEXT_MARKDOWN_H
#define TEXT_MARKDOWN_H

#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"
#include "text/document.h"
#include "text/manuscript.h"

struct arena;

struct markdown_options {
	struct str lang;     /* of the story, BCP 47 */
	bool has_typography; /* straight quotes and "--" become typographic */
	uint32_t
	    first_line; /* of SOURCE within its file, for reports; 0 as 1 */
};

/* Reads SOURCE. The tree and the report (what was taken out, RET_LEFT and
 * RET_LEFT_N, both may be NULL) live as long as the arena. RC_LIMIT: larger
 * than MANUSCRIPT_MAX; RC_INVALID: not UTF-8 or with NUL; RC_NO_MEMORY. */
MUST_USE enum rc markdown_parse(struct arena *a, struct str source,
    const struct markdown_options *options, struct node **ret_document,
    struct manuscript_left **ret_left, size_t *ret_left_n);

/* The source would take the library more than linear time or too much memory,
 * so markdown_parse takes it as plain text; *RET_LINE, from 1, is where. */
bool markdown_is_hostile(struct str source, uint32_t *ret_line);

/* What may be a shortcode of WordPress, "[gallery ...]" or "\[gallery ...\]",
 * begins S. */
bool markdown_is_bracket(struct str s);

#endif
