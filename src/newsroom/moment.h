/* SPDX-License-Identifier: MIT
 *
 * A date and a time that somebody typed, as a wall clock of the paper's zone
 * shows them, become an instant. Twice a year that is not one thing: an hour
 * that the clock jumps over never comes, and one that it repeats comes twice;
 * the first is refused, of the second it is asked which one is meant.
 */
#ifndef NEWSROOM_MOMENT_H
#define NEWSROOM_MOMENT_H

#include "base/instant.h"
#include "base/str.h"

struct zone;

enum moment_fit {
	MOMENT_OK,
	MOMENT_EMPTY, /* neither a date nor a time */
	MOMENT_FAULTY,
	MOMENT_GAP,   /* never, and WHICH does not say what instead */
	MOMENT_TWICE, /* and WHICH does not say */
};

struct moment {
	enum moment_fit fit;
	/* OK; TWICE: the first of the two; GAP: as far before the hour that is
	 * left out as the time is into it, counted from its end. */
	struct instant at;
	struct instant later; /* TWICE: the second; GAP: behind that hour */
};

/* DATE as "2026-11-28", TIME as "06:00" or "06:00:30"; WHICH is "earlier",
 * "later" (of an hour that comes twice), "before", "after" (in place of one
 * that never comes) or anything else. */
struct moment moment_read(const struct zone *zone, struct str date,
    struct str time, struct str which);
/* The same of "2026-11-28T06:00", as a browser's field for both sends it. */
struct moment moment_read_both(
    const struct zone *zone, struct str both, struct str which);

#endif
