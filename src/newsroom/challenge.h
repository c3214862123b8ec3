/* SPDX-License-Identifier: MIT
 *
 * Challenges for passkeys (WebAuthn section 13.4.3). Anybody may ask for one,
 * so none is stored: it says itself what it is for and until when it holds,
 * under a key of this process.
 *
 *	16 random bytes, 8 bytes of time in seconds, 16 bytes of
 *	BLAKE2b(key, purpose, session, the bytes before)
 *
 * Each is good for one use: those that have been used, by somebody whose
 * passkey was right, are kept until they would not hold any more. So nobody
 * without a passkey can fill that list; and nobody with one can alone, since
 * each account has but a part of it.
 */
#ifndef NEWSROOM_CHALLENGE_H
#define NEWSROOM_CHALLENGE_H

#include <stdint.h>

#include "base/instant.h"
#include "base/rc.h"
#include "base/str.h"

enum {
	CHALLENGE_BYTES = 40,
	CHALLENGE_KEY = 32,
	CHALLENGE_S = 300, /* how long one holds */
	CHALLENGE_USED_MAX = 1024,
	CHALLENGE_USED_EACH = 64, /* of one account */
};

enum challenge_purpose {
	CHALLENGE_SIGN_IN = 1,
	CHALLENGE_ADD,	   /* a passkey to an account */
	CHALLENGE_STEP_UP, /* by who is signed in */
	CHALLENGE_JOIN,	   /* of who has a link, of which SESSION is a number */
};

struct challenges {
	uint8_t key[CHALLENGE_KEY];
	struct {
		uint8_t nonce[16];
		int64_t until_s;
		int64_t staff;
	} used[CHALLENGE_USED_MAX];
};

/* A challenge for PURPOSE in SESSION (0: none) from 16 random bytes. */
void challenge_make(const struct challenges *c, enum challenge_purpose purpose,
    int64_t session, const uint8_t nonce[16], struct instant now,
    uint8_t ret[CHALLENGE_BYTES]);
/* CHALLENGE is one of ours, for this. RC_INVALID: it is not; RC_GONE: too
 * old, or used. */
MUST_USE enum rc challenge_check(const struct challenges *c,
    enum challenge_purpose purpose, int64_t session, struct str challenge,
    struct instant now);
/* Uses up one that was right, by a passkey of the account STAFF. RC_GONE: it
 * was used meanwhile; RC_BUSY: too many in these minutes. */
MUST_USE enum rc challenge_use(struct challenges *c, struct str challenge,
    int64_t staff, struct instant now);

#endif
