/* SPDX-License-Identifier: MIT
 *
 * What readers are told when the words of a picture change. A story takes the
 * words that it does not give itself from the library, and so a change there is
 * a change of each story that readers have with it: it is a correction, a
 * clarification, an update or a typing error like any other (paper/change.h),
 * it makes a version, and what it says stands at each of these stories.
 *
 * I1  What readers had stays what they had: the versions of before keep the
 *     words of before (table "picture_was"), unless they are taken away.
 * I2  A story that gives all of the changed words itself is not touched: its
 *     readers see no difference.
 * I3  What readers do not see (the day on which rights end, focal point, cuts,
 *     who took it where a credit stands) touches no story.
 */
#ifndef PAPER_LIBRARY_TOLD_H
#define PAPER_LIBRARY_TOLD_H

#include "paper/library.h"
#include "paper/workflow.h"

/* The words that readers see. */
struct library_seen {
	struct str caption, credit, alt, rights;
};
struct library_seen library_seen(const struct library_words *words);

/* The published stories in which readers would see other words of PICTURE, were
 * its words TO, by their numbers; however many there are. */
MUST_USE enum rc library_touches(struct paper *paper, struct arena *a,
    const struct library_picture *picture, const struct library_words *to,
    int64_t **ret_stories, size_t *ret_n, struct err *err);

/* Changes the words of PICTURE, as it was looked at, like library_edit, and
 * tells the readers of each story that this touches as RELEASE says (change,
 * place, text, is_old_taken, who, now; the rest is not read). To be called
 * between paper_step_begin and paper_step_end: all of it happens, or nothing.
 * RC_INVALID also: a story is touched, and RELEASE says no kind of change, or
 * lacks its text. */
struct library_change {
	const struct library_picture *picture;
	const struct library_words *words;
	struct paper_release release;
};
MUST_USE enum rc library_change(struct paper *paper,
    const struct library_change *change, const struct staff_by *by,
    struct err *err);

#endif
