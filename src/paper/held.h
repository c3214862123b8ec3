/* SPDX-License-Identifier: MIT
 *
 * Stories that were to appear by themselves, and in which something has come
 * up since: which are about to appear, what was kept back, and what went out
 * all the same. What is wrong is told by the names of the list before
 * publishing (paper/checklist.h): "ended address".
 */
#ifndef PAPER_HELD_H
#define PAPER_HELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/instant.h"
#include "base/str.h"
#include "paper/workflow.h"

struct arena;
struct paper;

enum { PAPER_GOING_MOST = 200, PAPER_HELD_MOST = 20 };

/* A story that is due. */
struct paper_going {
	int64_t id;
	int64_t revision; /* the one that readers will see */
	struct instant due;
};

/* Those that the newsroom has scheduled and that are due at NOW, in the order
 * in which they appear, at most PAPER_GOING_MOST into V. What commands have
 * scheduled is not among them: they ask nobody. Nor is what was noted already
 * (paper_hold). */
MUST_USE enum rc paper_going(struct paper *paper, struct instant now,
    struct paper_going v[PAPER_GOING_MOST], size_t *ret_n, struct err *err);

/* Notes what came up in a story that is due: ACT's note has the items.
 * IS_BACK: it does not appear; it is submitted again, or, if readers have had
 * it, withdrawn as it was. RC_DENIED: it is not scheduled. */
MUST_USE enum rc paper_hold(struct paper *paper, const struct paper_act *act,
    bool is_back, struct err *err);

struct paper_held {
	int64_t id;
	struct str headline;
	struct str items;
	struct instant at;
	bool is_back; /* it did not appear */
};

/* What was noted and nobody has done anything about since, newest first, at
 * most PAPER_HELD_MOST. */
MUST_USE enum rc paper_held(struct paper *paper, struct arena *a,
    struct paper_held **ret_v, size_t *ret_n, struct err *err);

#endif
