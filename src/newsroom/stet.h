/* SPDX-License-Identifier: MIT
 *
 * "Leave it: it is right": somebody lets a proof mark stand, or takes that
 * back. Private to newsroom/.
 */
#ifndef NEWSROOM_STET_H
#define NEWSROOM_STET_H

#include "base/err.h"
#include "base/str.h"

struct arena;
struct paper_story;
struct stet;
struct visit;

/* What a button sends of a mark: "KIND|FIELD|PLACE|WORDS". P NULL: no memory.
 */
struct str stet_value(struct arena *a, const struct stet *stet);

/* Keeps what the form says in "stet", or takes back what it says in "unstet".
 * RC_INVALID: that is no mark. Results are those of paper/stet.h. */
MUST_USE enum rc stet_save(
    struct visit *v, const struct paper_story *story, struct err *err);

#endif
