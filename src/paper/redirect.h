/* SPDX-License-Identifier: MIT
 *
 * Addresses that somebody led elsewhere by hand: from a path where nothing is
 * to another path of the paper, or to a story wherever it may lie. Addresses
 * of stories lead to them by themselves (paper_rename) and cannot be taken.
 * Each change brings all of them to public.db anew: they are meant to be some
 * thousands at most. Those of an imported paper are aliases of its stories.
 */
#ifndef PAPER_REDIRECT_H
#define PAPER_REDIRECT_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/instant.h"
#include "base/str.h"

struct arena;
struct paper;

enum { PAPER_PATH_MAX = 1000, PAPER_HOPS_MAX = 8 };

struct paper_redirect {
	struct str from; /* "/old/page", without a slash at its end */
	struct str to;	 /* a path of the paper; empty: the story */
	int64_t story;	 /* 0: the path */
	struct str who;
	struct instant made;
};

/* Leads an address elsewhere, whatever it led to. RC_INVALID: not a path, or
 * one would be led in a circle or on too long a way; RC_EXISTS: a story has
 * FROM; RC_NOT_FOUND: no such story. */
MUST_USE enum rc paper_set_redirect(struct paper *paper,
    const struct paper_redirect *redirect, struct err *err);
/* RC_NOT_FOUND: FROM leads nowhere. */
MUST_USE enum rc paper_drop_redirect(
    struct paper *paper, struct str from, struct err *err);
/* At most LIMIT, by address, behind AFTER (empty: from the first on). */
MUST_USE enum rc paper_redirects(struct paper *paper, struct arena *a,
    struct str after, size_t limit, struct paper_redirect **ret_v,
    size_t *ret_n, struct err *err);

/* Private to paper/: brings all of them to public.db. */
MUST_USE enum rc redirect_put(struct paper *paper);

#endif
