/* SPDX-License-Identifier: MIT
 *
 * Which addresses a story may point to.
 */
#ifndef TEXT_LINK_H
#define TEXT_LINK_H

#include <stdbool.h>

#include "base/rc.h"
#include "base/str.h"

struct arena;
struct buf;

/* A link to URL may stand on a page: http, https, mailto, tel, relative or a
 * fragment (RFC 3986), without white space, control characters or the
 * backslashes that browsers take for slashes. */
bool link_is_safe(struct str url);
/* The same for a picture: http, https or relative. */
bool link_is_safe_picture(struct str url);

/* The page that the http or https address URL leads to: its host as written,
 * without user and port, or empty if URL is a path or begins with none; and
 * its path, with %XX put in, without query, fragment and a slash at the end.
 * RC_INVALID: not such an address, or one that says ".." or NUL; then nobody
 * can say where it leads. RC_NO_MEMORY. */
MUST_USE enum rc link_page(struct arena *a, struct str url,
    struct str *ret_host, struct str *ret_path);

/* Appends PATH with what each %XX in it stands for, which may be any byte. */
void link_decode(struct buf *b, struct str path);

#endif
