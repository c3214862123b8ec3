/* SPDX-License-Identifier: MIT
 *
 * The newsroom's screens: a view struct becomes a page. Pure, as page.h. Each
 * function appends one whole document to B, whose sticky error tells whether
 * it fitted. An area with several screens has a header of its own,
 * desk_AREA.h.
 */
#ifndef PAGE_DESK_H
#define PAGE_DESK_H

#include "page/view_desk.h"

struct buf;

void desk_notice(struct buf *b, const struct view_desk *desk,
    const struct view_desk_notice *notice);
/* A page that goes on to desk->next by itself, from this very site: browsers
 * keep a strict cookie from the first page that another site leads to, and
 * send it with the second. */
void desk_bounce(struct buf *b, const struct view_desk *desk);

/* A form is shown that waits to be sent again. */
void desk_kept(struct buf *b, const struct view_desk *desk,
    const struct view_desk_kept *view);

void desk_sign_in(struct buf *b, const struct view_desk *desk,
    const struct view_desk_sign_in *view);
void desk_join(struct buf *b, const struct view_desk *desk,
    const struct view_desk_join *view);

/* The name of a role, in words. ROLE is that of paper/staff.h: 1 to 6. */
enum msg desk_role(int role);
/* What it may do, in a sentence. */
enum msg desk_role_hint(int role);

#endif
