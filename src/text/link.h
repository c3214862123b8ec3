/* SPDX-License-Identifier: MIT
 *
 * Which addresses a story may point to.
 */
#ifndef TEXT_LINK_H
#define TEXT_LINK_H

#include <stdbool.h>

#include "base/str.h"

/* A link to URL may stand on a page: http, https, mailto, tel, relative or a
 * fragment (RFC 3986), without white space, control characters or the
 * backslashes that browsers take for slashes. */
bool link_is_safe(struct str url);
/* The same for a picture: http, https or relative. */
bool link_is_safe_picture(struct str url);

#endif
