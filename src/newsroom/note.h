/* SPDX-License-Identifier: MIT
 *
 * Notes in the margin, as a screen shows them. Private to newsroom/.
 */
#ifndef NEWSROOM_NOTE_H
#define NEWSROOM_NOTE_H

#include "base/err.h"
#include "newsroom/story.h"
#include "page/view_desk_write.h"

/* Fills all but "typed" and "fault". BODY is the text that stands beside. */
MUST_USE enum rc note_fill(struct visit *v, const struct paper_story *story,
    struct str body, const struct people *people, struct view_remarks *ret_view,
    struct err *err);

#endif
