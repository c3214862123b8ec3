/* SPDX-License-Identifier: MIT
 *
 * The screens of a story's revisions, of two of them side by side, and of its
 * preview.
 */
#ifndef PAGE_DESK_HISTORY_H
#define PAGE_DESK_HISTORY_H

#include "page/view_desk.h"
#include "page/view_desk_history.h"

struct buf;

void desk_history(struct buf *b, const struct view_desk *desk,
    const struct view_history *view);
void desk_comparison(struct buf *b, const struct view_desk *desk,
    const struct view_comparison *view);
void desk_preview(struct buf *b, const struct view_desk *desk,
    const struct view_preview *view);
/* Notes alone, for who may not write the story. */
void desk_notes(struct buf *b, const struct view_desk *desk, int64_t id,
    struct str headline, const struct view_remarks *view);

#endif
