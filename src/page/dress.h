/* SPDX-License-Identifier: MIT
 *
 * What a story says of a picture, and what the library knows of it, put
 * together: readers' pages and previews of them do it alike.
 */
#ifndef PAGE_DRESS_H
#define PAGE_DRESS_H

#include "page/view.h"
#include "text/manuscript.h"

/* OWN as the story has it, over KNOWN, which is empty ({0}) where the library
 * does not have the picture: the story's own words go first. Who is named, and
 * with what rights, belongs together. Views of both. */
struct view_picture dress_picture(
    const struct view_picture *known, const struct manuscript_picture *own);

#endif
