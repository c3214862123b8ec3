/* SPDX-License-Identifier: MIT
 *
 * A time as somebody types it at the desk.
 */
#ifndef APP_DESK_WHEN_H
#define APP_DESK_WHEN_H

#include "base/err.h"
#include "base/instant.h"
#include "base/str.h"

struct arena;
struct zone;

/* Reads WHEN, in ZONE unless it says an offset of its own. RC_INVALID, with
 * what to write instead: it is no time, or an hour that the clock passes over
 * or shows twice on that day. */
MUST_USE enum rc desk_when(struct arena *a, const struct zone *zone,
    struct str when, struct instant *ret_t, struct err *err);

/* When a manuscript says C: of an hour that comes twice the later one, for
 * nothing is to be seen early. */
struct instant desk_when_last(const struct zone *zone, struct civil c);

#endif
