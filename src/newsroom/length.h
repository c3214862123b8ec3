/* SPDX-License-Identifier: MIT
 *
 * How long a story is wanted: an editor says so, or whoever writes it as long
 * as nobody else has. Private to newsroom/.
 */
#ifndef NEWSROOM_LENGTH_H
#define NEWSROOM_LENGTH_H

#include "base/err.h"
#include "newsroom/story.h"
#include "page/view_desk_write.h"

struct manuscript;
struct visit;

bool length_may(const struct visit *v, const struct paper_story *story);
/* The length of the text M, and what is wanted. RC_NO_MEMORY. */
MUST_USE enum rc length_fill(struct visit *v, const struct paper_story *story,
    const struct manuscript *m, const struct people *people,
    struct view_length *ret_length);
/* Keeps what the form says in "length" and "unit", where it says another thing
 * than STORY has, with a row in the audit log. RC_INVALID: it is no length;
 * RC_DENIED: the person may not. */
MUST_USE enum rc length_save(
    struct visit *v, const struct paper_story *story, struct err *err);

#endif
