/* SPDX-License-Identifier: MIT
 *
 * Forms that came from somebody who was signed out, or had to show anew who it
 * is: what was typed lies here until that is done, and is then shown with one
 * button that sends it again. It lies in the memory of this process and
 * nowhere else, under a random token, for KEPT_S.
 *
 * Nothing is kept but for who is fully signed in, or was in this very browser
 * until the session ended by time, of which its cookie is the proof. A password
 * alone keeps nothing, nor does the cookie of a device. So nobody lays a form
 * before an editor, nor fills this memory. The page says what would be done,
 * and shows all that was sent.
 *
 * I1  no form with a password or a code in it is kept, and none by which staff,
 *     roles or ways to sign in are changed
 * I2  an account has at most KEPT_EACH of them and KEPT_EACH_BYTES; its own
 *     oldest goes first
 * I3  they are gone once the account is disabled or gets a new password
 */
#ifndef NEWSROOM_KEPT_H
#define NEWSROOM_KEPT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/instant.h"
#include "base/str.h"
#include "newsroom/token.h"

struct route;

enum {
	KEPT_S = 1800,
	KEPT_MOST = 128,
	KEPT_EACH = 8,
	KEPT_EACH_BYTES = 16 * 1024 * 1024,
	KEPT_BYTES = 64 * 1024 * 1024, /* of all */
};

struct kept {
	uint8_t token[TOKEN_BYTES];
	int64_t staff; /* 0: a free place */
	struct instant at;
	const struct route *route; /* that it was sent to */
	struct str path, body;	   /* as they came */
};

struct kept_forms;

/* The caller owns it. */
struct kept_forms *kept_forms_new(void);
void kept_forms_free(struct kept_forms *forms);

/* The forms of ROUTE have something typed in them, and are none of those that
 * I1 names. */
bool kept_takes(const struct route *route);
/* Copies PATH and BODY. False: too large. */
bool kept_add(struct kept_forms *forms, const struct kept *form);
/* What lies under TOKEN for the account STAFF, until the next call; NULL:
 * nothing, not for this account, or no longer. */
const struct kept *kept_find(struct kept_forms *forms,
    const uint8_t token[TOKEN_BYTES], int64_t staff, struct instant now);

/* Drops all of the account STAFF (I3). */
void kept_forget(struct kept_forms *forms, int64_t staff);

#endif
