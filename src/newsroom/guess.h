/* SPDX-License-Identifier: MIT
 *
 * Passwords and codes that somebody tries who is signing in: by what wrong
 * ones are counted, and what follows (newsroom/throttle.h). Private to
 * newsroom/.
 */
#ifndef NEWSROOM_GUESS_H
#define NEWSROOM_GUESS_H

#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"
#include "paper/staff.h"

struct visit;

struct guess {
	struct str login; /* empty: it cannot be one */
	struct str place; /* the login and the network */
	bool is_known;	  /* comes from a device of that account */
	bool is_slow;	  /* strangers guess at that account */
	bool is_last;	  /* of those that may be wrong for now */
};

/* A password for the login that the form names, of the account STAFF (0: there
 * is none). RC_NO_MEMORY. */
MUST_USE enum rc guess_begin(
    struct visit *v, int64_t staff, struct guess *ret_guess);
/* Seconds until it may be tried; 0: now. */
uint64_t guess_wait(const struct visit *v, const struct guess *guess);
/* It is being tried: it counts as a wrong one from now on, so that those which
 * are tried at the same time know of each other. Exactly one of guess_wrong,
 * guess_right and guess_back follows. */
void guess_count(struct visit *v, struct guess *guess);
/* It was not looked at. */
void guess_back(struct visit *v, const struct guess *guess);
/* Strangers guess at the account: FN(CTX) will be called once, a little later.
 * RC_NOT_FOUND: nobody does, go on at once; RC_BUSY: too many wait already. */
MUST_USE enum rc guess_slow(struct visit *v, const struct guess *guess,
    void (*fn)(void *ctx), void *ctx);
/* It was wrong. That many were is noted in the log once, and of accounts that
 * there are: strangers do not fill it. */
void guess_wrong(struct visit *v, const struct guess *guess);
/* It was right. */
void guess_right(struct visit *v, const struct guess *guess);

/* A code for ACCOUNT, in a session that is half. */
uint64_t guess_code_wait(const struct visit *v, const struct staff *account);
/* It was wrong; *RET_TRIES is how many were in this session. */
MUST_USE enum rc guess_code_wrong(struct visit *v, const struct staff *account,
    unsigned *ret_tries, struct err *err);
MUST_USE enum rc guess_code_right(
    struct visit *v, const struct staff *account, struct err *err);

#endif
