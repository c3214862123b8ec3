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
enum correction_place { CORRECTION_ALL, CORRECTION_HEAD, CORRECTION_FOOT };

/* It stands at PLACE of the story. */
bool correction_is_at(
    const struct view_correction *c, enum correction_place place);
/* The heading above those of N notices at PLACE, of which there are some. */
struct str correction_heading(const struct words *words,
    const struct view_correction *v, size_t n, enum correction_place place);
/* What stands before one of them; empty where the heading has said it. */
struct str correction_label(const struct words *words,
    const struct view_correction *v, size_t n, size_t at,
    enum correction_place place);
/* Something was wrong, or could be misread: not only news. */
bool correction_is_one(const struct view_correction *c);

/* What went as del and what came as ins; with paragraphs as such, or in one
 * line. */
void correction_diff(
    struct buf *b, const struct word_diff *diff, bool has_paragraphs);

#endif
