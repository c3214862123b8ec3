/* SPDX-License-Identifier: MIT
 *
 * Passwords: argon2id (RFC 9106) by libsodium, three passes over 64 MB, which
 * is above the second of the two settings that section 4 of it recommends.
 * Only the vault process calls password_hash and password_check.
 */
#ifndef NEWSROOM_PASSWORD_H
#define NEWSROOM_PASSWORD_H

#include <stdbool.h>

#include "base/rc.h"
#include "base/str.h"

enum {
	PASSWORD_CHARACTERS_LEAST = 12,
	PASSWORD_BYTES_MOST = 1024,
	PASSWORD_HASH_ROOM = 128, /* bytes, its NUL counted */
};

/* Whether PASSWORD may be chosen: RC_OK; RC_INVALID: fewer than
 * PASSWORD_CHARACTERS_LEAST characters; RC_LIMIT: more than
 * PASSWORD_BYTES_MOST bytes. No other rule makes passwords better. */
MUST_USE enum rc password_may_be(struct str password);

/* The hash of PASSWORD, with a new salt, as a text. RC_NO_MEMORY. */
MUST_USE enum rc password_hash(
    struct str password, char ret_hash[PASSWORD_HASH_ROOM]);
/* PASSWORD is that of HASH. A HASH that is none gives false, after as long. */
bool password_check(struct str hash, struct str password);

/* A hash of which nobody knows the password: trying it takes as long as that
 * of an account, so that nobody can tell by the time who has one. Lives for
 * ever. */
struct str password_nobody(void);

#endif
