/* SPDX-License-Identifier: MIT
 *
 * Autosaves are thinned out by their age. A writer who pauses every minute
 * makes hundreds of revisions a week, of which nobody ever looks at most.
 *
 *	a day		all of them
 *	a month		the last one of each hour
 *	from then on	the last one of each day (both of UTC)
 *
 * One goes only before a newer one of the same writer: what somebody's words
 * were when another took over stays, whoever won, and whoever wrote some of a
 * text is known when it is approved (paper/workflow.h). Kept for ever are the
 * first and the newest revision, whatever somebody saved by a command or a
 * button, named, restored or merged, and each that was submitted, sent back,
 * approved, published, scheduled or remarked on, that was restored, or that a
 * merge began from.
 *
 * A page can still be open in which somebody writes on from a revision that
 * is gone: it is noted which one lies behind it, and that stands for it.
 *
 * It is done in steps that are short, so that no save waits for it.
 */
#ifndef PAPER_THIN_H
#define PAPER_THIN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/instant.h"

struct paper;

enum {
	THIN_ALL_S = 24 * 3600,
	THIN_HOURS_S = 31 * 24 * 3600,
	THIN_LOOKS = 64, /* at revisions, in one step */
	THIN_CUTS = 16,	 /* of them, in one step */
};

/* One step: at most THIN_LOOKS revisions are looked at, one transaction.
 * *RET_MORE: there is more to do at once. */
MUST_USE enum rc paper_thin(
    struct paper *paper, struct instant now, bool *ret_more, struct err *err);

#endif
