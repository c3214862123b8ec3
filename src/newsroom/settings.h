/* SPDX-License-Identifier: MIT
 *
 * What the screens of settings share. Private to newsroom/.
 */
#ifndef NEWSROOM_SETTINGS_H
#define NEWSROOM_SETTINGS_H

#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"
#include "page/view_desk_settings.h"

struct buf;
struct visit;

/* The ways between the kinds of settings; CURRENT is the one that is shown. */
struct view_desk_tabs settings_tabs(struct visit *v, enum msg current);
/* A row in the log of changes. */
MUST_USE enum rc settings_log(struct visit *v, struct str what,
    struct str about, struct str detail, struct err *err);
/* There is a screen at PATH, and whoever is here may see it. */
bool visit_leads(const struct visit *v, struct str path);
/* VALUE as it stands behind a "=" in an address. */
void visit_put_query(struct buf *b, struct str value);

#endif
