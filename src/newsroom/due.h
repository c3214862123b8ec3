/* SPDX-License-Identifier: MIT
 *
 * A last look at what is about to appear by itself: since it was scheduled, the
 * rights to a picture may have ended, or somebody has changed the text, where
 * nobody has to approve it. What blocks keeps it back, and says so under
 * "Health" and at the story; what has ended and only warns is noted there.
 * Private to newsroom/, but for newsroom_due (newsroom.h).
 */
#ifndef NEWSROOM_DUE_H
#define NEWSROOM_DUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/instant.h"
#include "paper/checklist.h"
#include "paper/held.h"

struct arena;
struct library_words;
struct manuscript;
struct newsroom;
struct own_look;

/* What newsroom_due keeps while the till is asked. Each story is looked at
 * until it is known what its addresses are, and then no more: what the till has
 * said of it gives way to what it says of others (own.h). */
struct due {
	bool is_asked;	    /* an answer is to come */
	unsigned questions; /* about the story at which the look is */
	struct paper_going seen[PAPER_GOING_MOST];
	size_t seen_n;
};

/* What is looked at: TEXT of STORY as it would be at AT. */
struct due_look {
	struct newsroom *n;
	int64_t story;
	struct arena *a;
	const struct manuscript *text;
	struct instant embargo; /* INSTANT_NEVER: none */
	struct instant at;	/* when it appears */
	struct own_look *own;
};

/* The list before publishing. Where LOOK->own asks for addresses afterwards
 * (own_asks), it is to be made again once the till has answered. */
MUST_USE enum rc due_check(
    const struct due_look *look, struct check_list *ret_list, struct err *err);

/* The same for words of a picture that readers are shown; LOOK has no text. */
MUST_USE enum rc due_check_words(const struct due_look *look,
    const struct library_words *words, struct check_list *ret_list,
    struct err *err);

#endif
