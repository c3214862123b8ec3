/* SPDX-License-Identifier: MIT
 *
 * The sizes of pictures that somebody has put into DIR/public/pictures by hand,
 * from their first bytes; nothing is decoded.
 */
#ifndef APP_PICTURE_SIZE_H
#define APP_PICTURE_SIZE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* A paper_picture_fn (paper/paper.h) whose CTX is the path of the paper's
 * folder, a const char *. Links are not followed, as readers are shown none. */
bool picture_size_of(
    void *ctx, struct str name, uint32_t *ret_width, uint32_t *ret_height);

#endif
