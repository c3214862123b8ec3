/* SPDX-License-Identifier: MIT
 *
 * What two sequences of numbers have in common, in order: Myers' difference
 * ("An O(ND) Difference Algorithm", 1986) in linear memory. The numbers stand
 * for words or paragraphs (text/token.h).
 *
 * The work is bounded: some million steps, and beyond them some dozen for each
 * number of the longer sequence. Where the two are long and have little in
 * common the difference found is a right one, but perhaps not the shortest.
 */
#ifndef TEXT_DIFF_H
#define TEXT_DIFF_H

#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"

struct arena;

#define DIFF_NONE UINT32_MAX

/* Neither may have more numbers than this: RC_LIMIT. */
enum { DIFF_MOST = 1 << 24 };

/* For each number of OLD where it stands in NEWS, or DIFF_NONE. Places rise,
 * none is given twice. *RET_AT has OLD_N places in the arena. RC_NO_MEMORY. */
MUST_USE enum rc diff_match(struct arena *a, const uint32_t *old, size_t old_n,
    const uint32_t *news, size_t news_n, uint32_t **ret_at);

#endif
