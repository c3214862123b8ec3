/* SPDX-License-Identifier: MIT
 *
 * Two states of a text beside each other: what stayed, what went and what came,
 * by words within paragraphs. For the comparison of revisions at the desk, and
 * of a story's published versions for readers.
 *
 * A row is either text that both have (is_same), or a stretch of paragraphs in
 * which something changed. The pieces of a row that are not WORD_CAME, put
 * behind each other, are its old text, and those that are not WORD_WENT its new
 * one; over all rows that is the two texts, byte for byte. A space between two
 * changes counts as changed, so that what is marked can be read.
 */
#ifndef TEXT_WORD_DIFF_H
#define TEXT_WORD_DIFF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/rc.h"
#include "base/str.h"

struct arena;

enum word_fate { WORD_STAYED, WORD_WENT, WORD_CAME };

struct word_piece {
	enum word_fate fate;
	struct str text; /* a view of the text that it is from */
};

struct word_row {
	bool is_same;
	const struct word_piece *v; /* went stands before came */
	size_t n;
};

struct word_diff {
	struct word_row *rows;
	size_t n;
	/* Words that went and came, for "12 words changed". */
	size_t went, came;
};

/* A row of too many words (TOKENS_MOST), or two texts of too many paragraphs,
 * went and came as a whole. RC_NO_MEMORY. */
MUST_USE enum rc word_diff(struct arena *a, struct str old, struct str news,
    struct word_diff *ret_diff);

#endif
