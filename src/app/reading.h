/* SPDX-License-Identifier: MIT
 *
 * A paper opened by a command that only reads it, with the rules of its own
 * time.
 */
#ifndef APP_READING_H
#define APP_READING_H

#include "base/err.h"
#include "base/instant.h"
#include "base/str.h"
#include "paper/paper.h"

struct arena;
struct buf;
struct zone;

struct reading {
	struct arena *a; /* for all that is read; freed by _done */
	struct str dir;	 /* the paper's folder */
	struct paper *paper;
	const struct zone *zone;
	struct paper_settings settings;
};

/* Opens the paper in DIR. On failure nothing is left to be let go. */
MUST_USE enum rc reading_init(
    struct reading *reading, const char *dir, struct err *err);
void reading_done(struct reading *reading);

/* Appends T as "2026-11-23 14:05:06" in the paper's time; "-" for never. */
void reading_time(
    const struct reading *reading, struct buf *b, struct instant t);

#endif
