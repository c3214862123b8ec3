/* SPDX-License-Identifier: MIT
 *
 * One of two texts with what the other does not have marked. Private to page/.
 */
#ifndef PAGE_DESK_DIFF_H
#define PAGE_DESK_DIFF_H

#include "text/word_diff.h"

struct buf;

/* The old text of the rows FROM to TO (not included), what went within <del>;
 * or the new one, what came within <ins>. Paragraphs are kept by the style
 * sheet (white-space), so that the text stays word for word. */
void diff_put_old(
    struct buf *b, const struct word_diff *diff, size_t from, size_t to);
void diff_put_new(
    struct buf *b, const struct word_diff *diff, size_t from, size_t to);

#endif
