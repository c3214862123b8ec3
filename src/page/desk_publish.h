/* SPDX-License-Identifier: MIT
 *
 * The screens of publishing: one story's way to the readers, the calendar, and
 * how publishing goes at this paper.
 */
#ifndef PAGE_DESK_PUBLISH_H
#define PAGE_DESK_PUBLISH_H

#include "page/view_desk.h"
#include "page/view_desk_publish.h"

struct buf;
struct screen;

void desk_publish(struct buf *b, const struct view_desk *desk,
    const struct view_publish *view);
void desk_calendar(struct buf *b, const struct view_desk *desk,
    const struct view_calendar *view);
void desk_publishing(struct buf *b, const struct view_desk *desk,
    const struct view_publishing *view);

/* The forms of a story's screen, after where it stands. Private to page/. */
void desk_publish_forms(
    const struct screen *s, const struct view_publish *view);
/* "Europe/Berlin, UTC+1, now 14:05". Private to page/. */
void desk_zone(const struct screen *s, struct str zone, struct civil now);
/* A round button for one of two times between which the clock is changed. MSG
 * has the time {0}, its "UTC+2" {1} and the date {2}. Private to page/. */
void desk_which(
    const struct screen *s, struct str value, enum msg msg, struct civil c);

#endif
