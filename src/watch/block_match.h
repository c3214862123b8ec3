/* SPDX-License-Identifier: MIT
 *
 * Which transactions of a block pay a watched script. Nearly none do, so this
 * is asked for the whole block at once, before anything else is looked at.
 */
#ifndef WATCH_BLOCK_MATCH_H
#define WATCH_BLOCK_MATCH_H

#include <stdbool.h>

#include "coin/block.h"
#include "watch/script_set.h"

/* Sets RET_PAYS[i], for each of the block's transactions, to whether one of
 * its outputs is watched. */
void block_match(
    const struct script_set *set, const struct block *block, bool *ret_pays);

#endif
