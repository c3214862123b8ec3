/* SPDX-License-Identifier: MIT
 *
 * What readers of a story have had, one version for each change that one could
 * see. A story that was never changed has no rows: it has one version, which
 * is what it is. So a million imported stories cost nothing here. Private to
 * paper/; all inside of a transaction.
 */
#ifndef PAPER_VERSION_H
#define PAPER_VERSION_H

#include "paper/change.h"
#include "paper/paper_priv.h"

/* Ids of notices in public.db: that of the story times this, and a place. */
enum { VERSION_PLACES = 1024 };

/* Before a change: what readers see now is the first version, if there is none
 * yet. Nothing for a story that is not published. */
MUST_USE enum rc version_keep(struct paper *paper, const struct story_row *row);
/* After it: REVISION is one more version, if it looks other than the last one.
 */
MUST_USE enum rc version_add(struct paper *paper, const struct story_row *row,
    int64_t revision, enum paper_change change, struct instant at);
/* The newest one. RC_NOT_FOUND: it was never changed. */
MUST_USE enum rc version_last(struct paper *paper, int64_t id,
    int64_t *ret_number, int64_t *ret_revision);
/* Version NUMBER is REVISION from now on, which looks the same. */
MUST_USE enum rc version_point(
    struct paper *paper, int64_t id, int64_t number, int64_t revision);
/* How many versions there are; 0: it was never changed. */
MUST_USE enum rc version_count(
    struct paper *paper, int64_t id, int64_t *ret_count);
/* Adds version NUMBER, whatever it looks like. */
MUST_USE enum rc version_insert(struct paper *paper, int64_t id, int64_t number,
    int64_t revision, enum paper_change change, struct instant at);
/* All versions below the newest are not to be read any more. */
MUST_USE enum rc version_take_old(struct paper *paper, int64_t id);

/* A notice to the story's readers. One that waits for its story to come back
 * has the very time at which that is due, and so is told from the others. */
MUST_USE enum rc correction_add(struct paper *paper, int64_t id,
    enum paper_change change, enum paper_place place, struct str text,
    struct instant at);
/* A story that was due at FROM comes at TO, and what waits with it. */
MUST_USE enum rc correction_move(
    struct paper *paper, int64_t id, struct instant from, struct instant to);
/* The story that was due AT does not come, nor what waits with it. */
MUST_USE enum rc correction_drop(
    struct paper *paper, int64_t id, struct instant at);

/* Puts a published story's versions and notices into public.db. IS_NEW: it was
 * never there. *RET_FLAGS: what the story's row has to say of it
 * (paper/edition.h). */
MUST_USE enum rc version_put(struct paper *paper, const struct story_row *row,
    const struct fields *f, bool is_new, int64_t *ret_flags);
/* Takes them out. */
MUST_USE enum rc version_remove(struct paper *paper, int64_t id);
/* A step for paper_once(): the notices of a paper of before this file. */
MUST_USE enum rc version_start(struct paper *paper);

#endif
