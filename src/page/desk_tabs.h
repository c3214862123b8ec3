/* SPDX-License-Identifier: MIT
 *
 * The ways between the kinds of settings, above each of them. Private to
 * page/.
 */
#ifndef PAGE_DESK_TABS_H
#define PAGE_DESK_TABS_H

#include "page/screen.h"
#include "page/view_desk_settings.h"

void desk_tabs(const struct screen *s, const struct view_desk_tabs *tabs);

#endif
