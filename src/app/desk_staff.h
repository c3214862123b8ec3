/* SPDX-License-Identifier: MIT
 *
 * What a shell may do with the newsroom's accounts: make one-time links and
 * list who there is. Whoever has a shell on the server can do all of it anyway,
 * by the database.
 */
#ifndef APP_DESK_STAFF_H
#define APP_DESK_STAFF_H

#include "base/err.h"
#include "base/instant.h"
#include "base/str.h"

struct arena;
struct paper;

/* A new link; *RET_PATH is "/first/TOKEN" or "/join/TOKEN". LOGIN empty: for
 * the first owner (RC_EXISTS: there is one); else new ways into that account
 * (RC_NOT_FOUND). */
MUST_USE enum rc desk_staff_link(struct paper *paper, struct arena *a,
    struct str login, struct instant now, struct str *ret_path,
    struct err *err);
/* A line for each account: login, role, name, "disabled" if it is. */
MUST_USE enum rc desk_staff_list(struct paper *paper, struct arena *a,
    struct str *ret_text, struct err *err);

#endif
