/* SPDX-License-Identifier: MIT
 *
 * How notices of changes are named, on pages and in feeds.
 */
#ifndef PAGE_CORRECTION_H
#define PAGE_CORRECTION_H

#include "page/view.h"
#include "page/words.h"

/* "Correction", "Update", "First published", ... */
struct str correction_name(const struct words *words, enum view_change change);
/* The heading above N notices (at least 1). */
struct str correction_heading(
    const struct words *words, const struct view_correction *v, size_t n);
/* What stands before one of them; empty where the heading has said it. */
struct str correction_label(const struct words *words,
    const struct view_correction *v, size_t n, size_t at);
/* Something was wrong, or could be misread: not only news. */
bool correction_is_one(const struct view_correction *c);

#endif
