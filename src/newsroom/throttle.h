/* SPDX-License-Identifier: MIT
 *
 * How often somebody may be wrong. Each key (an account's name, a network) has
 * a bucket that fills with every wrong password or code and leaks with time;
 * a full one says how long to wait. Signing in with a passkey asks no bucket,
 * so nobody can keep an owner out who has one; and a stranger who tries an
 * owner's password does not keep the owner, who is signed in, from a step-up.
 *
 * Each kind has a table of fixed size. Where one is full the emptiest bucket
 * goes, and of those the longest unused: names that are made up push out one
 * another, and not the account at which somebody guesses. Codes are tried by
 * whoever knows a password, so all accounts have a place there.
 */
#ifndef NEWSROOM_THROTTLE_H
#define NEWSROOM_THROTTLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/instant.h"
#include "base/str.h"
#include "paper/staff.h"

enum { THROTTLE_PLACES = 1024 };

enum throttle_kind {
	THROTTLE_ACCOUNT, /* passwords for one name */
	THROTTLE_NET,	  /* passwords from one network */
	THROTTLE_CODE,	  /* codes for one account */
	THROTTLE_AGAIN,	  /* step-ups of one account by its password */
	THROTTLE_KINDS,
};

_Static_assert((int)THROTTLE_PLACES >= (int)STAFF_MOST, "all accounts");

struct throttle_bucket {
	uint64_t key; /* 0: free */
	int64_t at_s; /* when the level was LEVEL */
	uint32_t level;
	bool was_full; /* since it was empty */
};

struct throttle {
	struct throttle_bucket v[THROTTLE_KINDS][THROTTLE_PLACES];
	uint8_t secret[16]; /* random: nobody can aim at a place */
};

/* Seconds until KEY may try again; 0: now. */
uint64_t throttle_wait(const struct throttle *t, enum throttle_kind kind,
    struct str key, struct instant now);
/* KEY was wrong once more. True: it is full now, for the first time since it
 * was empty. */
bool throttle_add(struct throttle *t, enum throttle_kind kind, struct str key,
    struct instant now);
/* KEY was right. */
void throttle_clear(
    struct throttle *t, enum throttle_kind kind, struct str key);

#endif
