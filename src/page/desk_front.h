/* SPDX-License-Identifier: MIT
 *
 * The screens of the front page and of redirects.
 */
#ifndef PAGE_DESK_FRONT_H
#define PAGE_DESK_FRONT_H

#include "page/view_desk.h"
#include "page/view_desk_front.h"

struct buf;

void desk_front(struct buf *b, const struct view_desk *desk,
    const struct view_desk_front *view);
void desk_redirects(struct buf *b, const struct view_desk *desk,
    const struct view_redirects *view);

#endif
