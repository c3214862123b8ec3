/* SPDX-License-Identifier: MIT
 *
 * The list of stories, and the screen of a new one.
 */
#ifndef PAGE_DESK_STORIES_H
#define PAGE_DESK_STORIES_H

#include "page/view_desk.h"
#include "page/view_desk_stories.h"

struct buf;
struct screen;

void desk_stories(struct buf *b, const struct view_desk *desk,
    const struct view_stories *view);
void desk_new_story(struct buf *b, const struct view_desk *desk,
    const struct view_new_story *view);

/* A story's status in words; STATUS is that of paper/paper.h. */
void desk_status(const struct screen *s, int status, bool is_changed);
/* "draft", "changed", ... as it stands in addresses; lives for ever. */
struct str desk_status_name(int status);
/* -1: none has that name. */
int desk_status_find(struct str name);

#endif
