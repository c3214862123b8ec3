/* SPDX-License-Identifier: MIT
 *
 * How often somebody may be wrong. Each key (an account's name, a network) has
 * a bucket that fills with every wrong password or code and leaks with time;
 * a full one says how long to wait. Signing in with a passkey asks no bucket,
 * so nobody can keep an owner out who has one.
 *
 * The table is of fixed size; where it is full the longest unused bucket goes.
 */
#ifndef NEWSROOM_THROTTLE_H
#define NEWSROOM_THROTTLE_H

#include <stdint.h>

#include "base/instant.h"
#include "base/str.h"

enum { THROTTLE_PLACES = 512 };

enum throttle_kind {
	THROTTLE_ACCOUNT, /* passwords for one name */
	THROTTLE_NET,	  /* passwords from one network */
	THROTTLE_CODE,	  /* codes for one account */
	THROTTLE_KINDS,
};

struct throttle {
	struct {
		uint64_t key; /* 0: free */
		int64_t at_s; /* when the level was LEVEL */
		uint32_t level;
	} v[THROTTLE_PLACES];
	uint8_t secret[16]; /* random: nobody can aim at a place */
};

/* Seconds until KEY may try again; 0: now. */
uint64_t throttle_wait(const struct throttle *t, enum throttle_kind kind,
    struct str key, struct instant now);
/* KEY was wrong once more. */
void throttle_add(struct throttle *t, enum throttle_kind kind, struct str key,
    struct instant now);
/* KEY was right. */
void throttle_clear(
    struct throttle *t, enum throttle_kind kind, struct str key);

#endif
