/* SPDX-License-Identifier: MIT
 *
 * Passwords that are looked at more slowly: those for an account at which
 * strangers guess, from whoever is not known (newsroom/throttle.h). Each waits
 * for some seconds and is then tried like any other. Only few wait for one
 * key, so that guessing cannot be made fast again by guessing at once, and few
 * in all. Private to newsroom/.
 */
#ifndef NEWSROOM_SLOW_H
#define NEWSROOM_SLOW_H

#include <stddef.h>
#include <stdint.h>

#include "base/instant.h"
#include "base/rc.h"

enum {
	SLOW_MOST = 64,
	SLOW_EACH = 4, /* for one key */
	SLOW_MS = 2000,
};

struct slow_try {
	uint64_t key;
	struct instant since;
	void (*fn)(void *ctx);
	void *ctx;
};

struct slow {
	struct slow_try v[SLOW_MOST]; /* the longest waiting first */
	size_t n;
};

/* Has FN called once, by slow_run, when SLOW_MS have passed. RC_BUSY: too many
 * wait. */
MUST_USE enum rc slow_add(struct slow *s, const struct slow_try *try);
/* Calls those whose time has come; how long until the next, in ms; 0: none
 * waits. A clock that is set back keeps nobody waiting. */
uint64_t slow_run(struct slow *s, struct instant now);
/* Calls all of them. */
void slow_end(struct slow *s);

#endif
