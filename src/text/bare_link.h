/* SPDX-License-Identifier: MIT
 *
 * Addresses that stand in a text as they are, to be read or copied and not to
 * be followed: "http://a.example/x--y", "a--b@mail.example". No letter of one
 * may change.
 */
#ifndef TEXT_BARE_LINK_H
#define TEXT_BARE_LINK_H

#include <stddef.h>

#include "base/str.h"

/* The first address in S that begins at FROM or behind, from *RET_FROM to
 * before *RET_TO; both are S.n if there is none. The points and marks of the
 * sentence around it are not of it. Looks at no byte before FROM. */
void bare_link_next(
    struct str s, size_t from, size_t *ret_from, size_t *ret_to);

#endif
