/* SPDX-License-Identifier: MIT
 *
 * The fields of a form that ask what kind of change of what readers have this
 * is, and what they are told: kind, text, place, old. Private to page/.
 */
#ifndef PAGE_DESK_CHANGE_H
#define PAGE_DESK_CHANGE_H

#include "page/view_desk_publish.h"

struct screen;

void desk_change(const struct screen *s, const struct view_change_form *view);

#endif
