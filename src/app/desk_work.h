/* SPDX-License-Identifier: MIT
 *
 * The writing half of the desk: the one writer of the paper, be it in the
 * newsroom process or in a command while no server runs.
 */
#ifndef APP_DESK_WORK_H
#define APP_DESK_WORK_H

#include <stdbool.h>

#include "app/desk_wire.h"
#include "base/err.h"
#include "base/instant.h"
#include "base/str.h"

struct arena;
struct buf;
struct desk_work;
struct paper;
struct zone;

/* Takes the writer's lock and opens the paper. RC_BUSY: another process has
 * the lock, whose number *ERR names; RC_NOT_FOUND: no paper in DIR; and what
 * paper_open gives. The caller owns it. A paper whose time zone this machine
 * does not have is opened, so that it can be given another; desk_work_do
 * refuses all else, and desk_work_zone_known says why. */
MUST_USE enum rc desk_work_open(
    struct str dir, struct desk_work **ret_work, struct err *err);
/* Closes the paper, then lets go of the lock. NULL is fine. */
void desk_work_close(struct desk_work *work);

/* Has BEAT(CTX) called at the steps of long work, to show that it goes on. */
void desk_work_beat(struct desk_work *work, void (*beat)(void *ctx), void *ctx);

/* Does what the message asks, in one step, and appends the answer, which
 * tells of failures too. RC_OK: there is an answer; else there is no memory
 * for one. */
MUST_USE enum rc desk_work_do(struct desk_work *work,
    const struct desk_message *message, struct buf *answer);

/* Publishes what is due, and brings a step of what is waiting over to
 * public.db. *RET_NEXT: when to call again; now, if there is more to do. */
MUST_USE enum rc desk_work_due(struct desk_work *work, struct instant now,
    struct instant *ret_next, struct err *err);

/* Brings what was changed otherwise than by desk_work_do to the readers. */
void desk_work_show(struct desk_work *work);

/* The open paper, and its own time, which may be another one after any
 * change. */
struct paper *desk_work_paper(struct desk_work *work);
const struct zone *desk_work_zone(const struct desk_work *work);
/* RC_NOT_FOUND: this machine does not have the paper's zone. */
MUST_USE enum rc desk_work_zone_known(
    const struct desk_work *work, struct err *err);
/* From now on NAME ("Europe/Berlin"; empty: UTC) is the paper's own time.
 * RC_INVALID, RC_NOT_FOUND: there is no such zone. */
MUST_USE enum rc desk_work_use_zone(
    struct desk_work *work, struct str name, struct err *err);

/* Where the newsroom's pages are, for those who ask; lives as long. */
void desk_work_set_origin(struct desk_work *work, struct str origin);

#endif
