/* SPDX-License-Identifier: MIT
 *
 * Two people have changed one text: what both of them meant, where that can be
 * told, and both their words where it cannot.
 *
 * Texts are compared by paragraphs. A paragraph that one of them changed, or
 * both in the same way, is taken. Where both changed the same one differently,
 * its words are compared in the same way; but changes of two people with no
 * unchanged word between them are a conflict, for each may have been made
 * without knowledge of the other. So are words of both at one place: nobody can
 * say which come first.
 *
 *	base	what both began from
 *	ours	what one of them made of it
 *	theirs	what the other made of it
 *
 * Whose is whose makes no difference, but to the names of the parts. Pure;
 * linear in the texts but for the bounded work of text/diff.h. A region of too
 * many words (TOKENS_MOST), or a text of too many paragraphs, in which both
 * changed something, is a conflict as a whole.
 */
#ifndef TEXT_MERGE_H
#define TEXT_MERGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/rc.h"
#include "base/str.h"
#include "text/manuscript.h"

struct arena;

struct merge_part {
	bool is_conflict;
	struct str text;	       /* else: what stands here */
	struct str base, ours, theirs; /* in a conflict */
};

struct merge {
	bool is_clean;
	struct str text; /* the whole, if it is clean; else empty */
	/* The whole in order. */
	struct merge_part *parts;
	size_t parts_n;
};

/* Everything lives as long as the arena and the three texts. RC_NO_MEMORY. */
MUST_USE enum rc merge_text(struct arena *a, struct str base, struct str ours,
    struct str theirs, struct merge *ret_merge);

/* Lists of which order matters little (tags): what either of them added is
 * in, what either took out is not. Nothing can conflict. RC_NO_MEMORY. */
MUST_USE enum rc merge_list(struct arena *a, const struct str_list *base,
    const struct str_list *ours, const struct str_list *theirs,
    struct str_list *ret_list);

#endif
