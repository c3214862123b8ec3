/* SPDX-License-Identifier: MIT
 *
 * How often somebody may be wrong. Each key has a bucket that fills with every
 * wrong password or code and leaks with time; a full one says how long to
 * wait.
 *
 * Nobody can be locked out by others. A browser that has signed in before
 * (newsroom/device.h) is counted by itself. Of all others, those of one
 * network are counted for each name, and for all names together; and a name at
 * which guesses come from many of them is answered more slowly to whoever is
 * not known, and still answered. Signing in with a passkey asks no bucket.
 *
 * Each kind has a table of fixed size in memory. Where one is full the emptiest
 * bucket goes, and of those the longest unused: names that are made up push
 * out one another, and not the account at which somebody guesses.
 *
 * What must outlive a restart does: a code has but a million values, so wrong
 * ones are kept with the account (paper/staff.h), in the same transaction as
 * the session's count of them. The tables do not. A restart, which no stranger
 * can cause, gives ten more passwords for each network, of at least twelve
 * characters and behind the vault's queue, and a code still to be found; to
 * write each wrong password to the disk would give every stranger something to
 * wear out.
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
	THROTTLE_ACCOUNT, /* passwords for one name by who is not known */
	THROTTLE_PLACE,	  /* of those, the ones from one network */
	THROTTLE_NET,	  /* passwords from one network, for any name */
	THROTTLE_DEVICE,  /* passwords from a known device for its account */
	THROTTLE_CODE,	  /* codes for one account; kept with it */
	THROTTLE_DEVICE_CODE, /* codes from a known device for its account */
	THROTTLE_AGAIN,	      /* step-ups of one account by its password */
	THROTTLE_NOTE,	      /* rows of the log about one account's passkeys */
	THROTTLE_KINDS,
};

_Static_assert((int)THROTTLE_PLACES >= (int)STAFF_MOST, "all accounts");

struct throttle_bucket {
	uint64_t key; /* in a table; 0: free */
	int64_t at_s; /* when the level was LEVEL */
	uint32_t level;
	bool was_full; /* since it was empty */
};

struct throttle {
	struct throttle_bucket v[THROTTLE_KINDS][THROTTLE_PLACES];
	uint8_t secret[16]; /* random: nobody can aim at a place */
};

/* A number for KEY, that nobody else can tell. */
uint64_t throttle_key(const struct throttle *t, struct str key);
/* Seconds until KEY may try again; 0: now. */
uint64_t throttle_wait(const struct throttle *t, enum throttle_kind kind,
    struct str key, struct instant now);
/* KEY was wrong once more. True: it is full now, for the first time since it
 * was empty. */
bool throttle_add(struct throttle *t, enum throttle_kind kind, struct str key,
    struct instant now);
/* The last time that KEY was counted it was not wrong. */
void throttle_back(struct throttle *t, enum throttle_kind kind, struct str key,
    struct instant now);
/* KEY was right. */
void throttle_clear(
    struct throttle *t, enum throttle_kind kind, struct str key);

/* The same for a bucket that is kept elsewhere: its level and time alone. */
uint64_t throttle_bucket_wait(const struct throttle_bucket *b,
    enum throttle_kind kind, struct instant now);
bool throttle_bucket_add(
    struct throttle_bucket *b, enum throttle_kind kind, struct instant now);

#endif
