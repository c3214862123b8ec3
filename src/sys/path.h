/* SPDX-License-Identifier: MIT
 *
 * Paths on their way to the C library. Private to sys/.
 */
#ifndef SYS_PATH_H
#define SYS_PATH_H

#include <limits.h>

#include "base/err.h"
#include "base/str.h"

/* Copies PATH with a NUL behind it. RC_INVALID: empty, too long, or with a
 * NUL inside, which would make it another path. */
MUST_USE enum rc path_cstr(
    struct str path, char ret_z[PATH_MAX], struct err *err);

/* The folder in which PATH lies: "a/b" gives "a", "/a" gives "/", "a" gives
 * ".". */
void path_parent(const char *path, char ret_z[PATH_MAX]);

#endif
