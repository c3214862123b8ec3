/* SPDX-License-Identifier: MIT
 *
 * Characters as HTML writes them: "&amp;", "&eacute;", "&#8217;", "&#x2019;".
 * Names are those of HTML 4 (section 24), and "apos". Numbers from 128 to 159
 * are meant as windows-1252, as HTML 5 reads them (section 13.2.5.80).
 */
#ifndef TEXT_ENTITY_H
#define TEXT_ENTITY_H

#include "base/str.h"

struct arena;

/* The character that stands at the start of S, which begins with "&", and in
 * *RET_N how many bytes it takes there; 0: none does, as for what no page can
 * show. A line feed is a space. */
uint32_t entity_read(struct str s, size_t *ret_n);

/* S with characters instead of all entities; S itself, if it has none. Lives
 * as long as the arena and S do. Nothing where the arena is spent. */
struct str entity_text(struct arena *a, struct str s);

#endif
