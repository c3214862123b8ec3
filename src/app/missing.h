/* SPDX-License-Identifier: MIT
 *
 * Pictures that a manuscript names and the paper does not have.
 */
#ifndef APP_MISSING_H
#define APP_MISSING_H

#include "base/err.h"
#include "base/str.h"
#include "text/manuscript.h"

struct arena;
struct buf;
struct paper;

/* Appends a line for each picture below /pictures/ that M shows, at its head or
 * in its text, and that is neither a file in DIR/public/pictures nor in the
 * library; nothing where all are there. */
MUST_USE enum rc missing_pictures(struct paper *paper, struct arena *a,
    struct str dir, const struct manuscript *m, struct buf *b, struct err *err);

#endif
