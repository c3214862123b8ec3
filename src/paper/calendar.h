/* SPDX-License-Identifier: MIT
 *
 * What has appeared, and what is to appear or is held back until a time: the
 * newsroom's calendar.
 */
#ifndef PAPER_CALENDAR_H
#define PAPER_CALENDAR_H

#include <stddef.h>

#include "base/err.h"
#include "base/instant.h"
#include "paper/paper.h"

struct arena;

enum { PAPER_DATES_MOST = 1000 };

/* The numbers say in which order those of one moment stand. */
enum paper_date_kind {
	PAPER_DATE_PUBLISHED, /* it appeared then */
	PAPER_DATE_SCHEDULED, /* it is to appear then */
	PAPER_DATE_EMBARGO,   /* it may not appear before then, and has no
				 time of its own yet */
};

struct paper_date {
	enum paper_date_kind kind;
	struct instant at;
	struct paper_story story;
};

/* What stands from FROM on and before TO, in order of time; of each kind at
 * most PAPER_DATES_MOST. All of it lives as long as the arena. */
MUST_USE enum rc paper_dates(struct paper *paper, struct arena *a,
    struct instant from, struct instant to, struct paper_date **ret_v,
    size_t *ret_n, struct err *err);

#endif
