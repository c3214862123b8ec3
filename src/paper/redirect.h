/* SPDX-License-Identifier: MIT
 *
 * Addresses that somebody led elsewhere by hand: from a path where nothing is
 * to another path of the paper, or to a story wherever it may lie. Addresses
 * of stories lead to them by themselves (paper_rename) and cannot be taken.
 * Those of an imported paper are aliases of its stories.
 *
 * Nobody is led on from an address to which another leads: each leads straight
 * to where it ends. A change brings to public.db what has changed alone, so
 * that there may be many thousands.
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

/* What may be wrong with one. */
enum paper_led {
	PAPER_LED,	    /* nothing */
	PAPER_LED_NO_PATH,  /* FROM or its target is no path */
	PAPER_LED_TAKEN,    /* a story has FROM */
	PAPER_LED_OWN,	    /* the paper itself answers at FROM */
	PAPER_LED_NO_STORY, /* there is no such story */
	PAPER_LED_CIRCLE,   /* one would come back to FROM */
	PAPER_LED_CHAIN,    /* its target is led on itself */
	PAPER_LED_MIDDLE,   /* other addresses lead to FROM */
};

struct paper_redirect {
	struct str from; /* "/old/page", without a slash at its end */
	struct str to;	 /* a path of the paper; empty: the story */
	int64_t story;	 /* 0: the path */
	struct str who;
	struct instant made;
};

/* Leads an address elsewhere, whatever it led to. RC_INVALID: something is
 * wrong with it, which *RET_LED (may be NULL) says as *ERR does. */
MUST_USE enum rc paper_set_redirect(struct paper *paper,
    const struct paper_redirect *redirect, enum paper_led *ret_led,
    struct err *err);
/* The same for N of them, one after the other and in one step: RET_LED, of room
 * for N, says what is wrong with each; those with nothing wrong are kept. */
MUST_USE enum rc paper_set_redirects(struct paper *paper,
    const struct paper_redirect *v, size_t n, enum paper_led *ret_led,
    struct err *err);
/* RC_NOT_FOUND: FROM leads nowhere. */
MUST_USE enum rc paper_drop_redirect(
    struct paper *paper, struct str from, struct err *err);
/* Where FROM leads. RC_NOT_FOUND. */
MUST_USE enum rc paper_redirect(struct paper *paper, struct arena *a,
    struct str from, struct paper_redirect *ret_redirect, struct err *err);
/* At most LIMIT, by address, behind AFTER (empty: from the first on). */
MUST_USE enum rc paper_redirects(struct paper *paper, struct arena *a,
    struct str after, size_t limit, struct paper_redirect **ret_v,
    size_t *ret_n, struct err *err);

/* Private to paper/: brings those of the changes FIRST to LAST to public.db;
 * all that there are, where FIRST is 0. */
MUST_USE enum rc redirect_put(struct paper *paper, int64_t first, int64_t last);

/* Private to paper/, inside of a transaction: the page and the feeds of the
 * section FROM, which are there no more, lead to those of the section TO (both
 * by slug), and so does all that was led to them. */
MUST_USE enum rc redirect_section(struct paper *paper, struct str from,
    struct str to, struct str who, struct instant now);

#endif
