/* SPDX-License-Identifier: MIT
 *
 * The part of the screen of sections that gives the stories of one that is
 * closed to another. Private to newsroom/.
 */
#ifndef NEWSROOM_SECTION_MOVE_H
#define NEWSROOM_SECTION_MOVE_H

#include <stddef.h>

#include "base/err.h"
#include "base/str.h"
#include "page/view_desk_settings.h"

struct entity;
struct roster_term;
struct visit;

/* What can be moved, as it is saved, into the view. Has VIEW a move already,
 * that is what was tried: it is shown with its fault in its place. */
MUST_USE enum rc section_moves(
    struct visit *v, struct view_desk_sections *view, struct err *err);

/* The sections as one value: a line for each. P NULL: no memory. */
struct str section_list_text(
    struct visit *v, const struct roster_term *terms, size_t n);
/* The screen of sections, with what was TRIED (NULL: nothing). */
struct entity *sections_page(
    struct visit *v, unsigned status, const struct view_desk_move *tried);

#endif
