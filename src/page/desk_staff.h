/* SPDX-License-Identifier: MIT
 *
 * The screens of accounts, staff and the log; see desk.h.
 */
#ifndef PAGE_DESK_STAFF_H
#define PAGE_DESK_STAFF_H

#include "page/view_desk_staff.h"

struct buf;

void desk_code(struct buf *b, const struct view_desk *desk,
    const struct view_desk_code *view);
void desk_second(struct buf *b, const struct view_desk *desk,
    const struct view_desk_second *view);
void desk_codes(struct buf *b, const struct view_desk *desk,
    const struct view_desk_codes *view);
void desk_account(struct buf *b, const struct view_desk *desk,
    const struct view_desk_account *view);
void desk_staff(struct buf *b, const struct view_desk *desk,
    const struct view_desk_staff *view);
void desk_staff_edit(struct buf *b, const struct view_desk *desk,
    const struct view_desk_staff_edit *view);
void desk_made(struct buf *b, const struct view_desk *desk,
    const struct view_desk_made *view);
void desk_audit(struct buf *b, const struct view_desk *desk,
    const struct view_desk_audit *view);

#endif
