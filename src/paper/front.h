/* SPDX-License-Identifier: MIT
 *
 * The front page, where it is arranged by hand: which stories lead, which stand
 * beside it, which briefs come first, and until when. What is not arranged
 * fills itself (site/pages.c). And the banner above it, for news that cannot
 * wait.
 *
 * A story that is not published, or no longer, leaves its place to the next.
 * What ends, ends for readers to the second, by the clock of whoever makes the
 * page; nobody has to take it away.
 */
#ifndef PAPER_FRONT_H
#define PAPER_FRONT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/instant.h"
#include "base/str.h"
#include "paper/paper.h"

struct arena;
struct paper;

/* The numbers lie in files. */
enum paper_slot { PAPER_LEAD = 1, PAPER_SECOND = 2, PAPER_BRIEF = 3 };

enum {
	PAPER_SECONDS_MOST = 4,
	PAPER_BRIEFS_MOST = 12,
	PAPER_PLACED_MOST = 1 + PAPER_SECONDS_MOST + PAPER_BRIEFS_MOST,
	PAPER_BANNER_MAX = 200, /* bytes */
};

struct paper_placed {
	enum paper_slot slot;
	int64_t story;
	struct instant until; /* INSTANT_NEVER: until it is taken away */
	/* Filled by paper_front only. */
	enum paper_status status;
	struct str headline;
};

struct paper_banner {
	struct str text;      /* empty: there is none */
	int64_t story;	      /* to which it leads; 0: to none */
	struct instant until; /* INSTANT_NEVER */
	bool is_everywhere;   /* on all pages, not on the front page alone */
};

struct paper_front {
	int64_t number;		/* rises with each arrangement */
	struct paper_placed *v; /* lead, seconds, briefs, each in order */
	size_t n;
	struct paper_banner banner;
};

/* As it is arranged, with what has ended already. */
MUST_USE enum rc paper_front(struct paper *paper, struct arena *a,
    struct paper_front *ret_front, struct err *err);
/* Arranges it. NUMBER is that of the arrangement which the editor has seen.
 * RC_BUSY: another one was made since. RC_INVALID: too many in a slot, or a
 * story twice; RC_NOT_FOUND: no such story. */
MUST_USE enum rc paper_set_front(struct paper *paper, int64_t number,
    const struct paper_placed *v, size_t n, struct err *err);
/* Shows the banner; an empty text takes it away. RC_INVALID: too long;
 * RC_NOT_FOUND: no such story. */
MUST_USE enum rc paper_set_banner(
    struct paper *paper, const struct paper_banner *banner, struct err *err);

/* Private to paper/: brings both to public.db. */
MUST_USE enum rc front_put(struct paper *paper);

#endif
