/* SPDX-License-Identifier: MIT
 *
 * The question that stands before each change of what readers have: a
 * correction, a clarification, an update or a typing error? The fields are
 * those of page/desk_change.h. Private to newsroom/.
 */
#ifndef NEWSROOM_CHANGE_H
#define NEWSROOM_CHANGE_H

#include "page/view_desk_publish.h"
#include "paper/workflow.h"

struct visit;

/* The form's fields, by their names. */
#define CHANGE_FIELDS "kind text place old"

/* Reads what was answered into VIEW, with what is wrong with it. True: nothing
 * is, and it stands in *RELEASE, too. */
bool change_read(struct visit *v, struct view_change_form *view,
    struct paper_release *release);

#endif
