/* SPDX-License-Identifier: MIT
 *
 * The screens of the picture library; see page/desk.h.
 */
#ifndef PAGE_DESK_PICTURES_H
#define PAGE_DESK_PICTURES_H

#include "page/view_desk_pictures.h"

struct buf;

/* The library, with the form to send pictures. */
void desk_pictures(struct buf *b, const struct view_desk *desk,
    const struct view_desk_pictures *view);
/* One picture. */
void desk_picture(struct buf *b, const struct view_desk *desk,
    const struct view_desk_picture *view);

#endif
