/* SPDX-License-Identifier: MIT
 *
 * A section that has come to an end gives its stories to another, all of them
 * in one step: drafts, what waits for its time, what readers see and what was
 * taken back from them.
 *
 * S1  Nothing is told to readers, and no date changes: for them it is like a
 *     typing error that was mended. Stories keep their addresses, of which the
 *     section is no part; the section's page and its feeds lead to those of the
 *     other one.
 * S2  Each text that stood in the section gets a revision that says the other
 *     one and is else the same, so that whoever has an older one open is put
 *     together with it. What was approved stays approved: no word has changed,
 *     and whoever moved it has written none of it.
 */
#ifndef PAPER_SECTION_H
#define PAPER_SECTION_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct arena;
struct paper;
struct roster_term;
struct staff_by;

/* How many stories stand in each of the N sections that are closed, by whatever
 * their newest text says or by what readers see: into RET_COUNTS, of room for
 * N. Of those that are open it says 0, for nobody asks. */
MUST_USE enum rc section_counts(struct paper *paper,
    const struct roster_term *terms, size_t n, int64_t *ret_counts,
    struct err *err);

struct section_move {
	struct str from, to; /* slugs */
	struct str login;    /* whose the new revisions are */
	struct str note;     /* why, for the record of each story */
};

/* Moves them, with one row for BY in the audit log; *RET_N (may be NULL) is how
 * many. RC_NOT_FOUND: no such section; RC_DENIED: FROM takes stories, or TO
 * takes none. */
MUST_USE enum rc section_move(struct paper *paper, struct arena *a,
    const struct section_move *move, const struct staff_by *by, int64_t *ret_n,
    struct err *err);

#endif
