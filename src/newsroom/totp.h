/* SPDX-License-Identifier: MIT
 *
 * Codes of six digits that change every thirty seconds (TOTP, RFC 6238, with
 * HMAC-SHA-1, as every authenticator app has it), and the secret from which
 * they are made.
 *
 * A code holds for its own step and the one before and behind it, for clocks
 * are never quite right. Each step is good for one use: paper/staff.h keeps
 * the newest one that was used.
 */
#ifndef NEWSROOM_TOTP_H
#define NEWSROOM_TOTP_H

#include <stdint.h>

#include "base/instant.h"
#include "base/rc.h"
#include "base/str.h"

struct buf;

enum {
	TOTP_SECRET = 20, /* bytes, as RFC 4226 section 4 recommends */
	TOTP_DIGITS = 6,
	TOTP_STEP_S = 30,
	TOTP_WINDOW = 1, /* steps before and behind */
};

/* The step of T. */
int64_t totp_step(struct instant t);
/* The code of STEP, 0 to 999999. */
uint32_t totp_code(struct str secret, int64_t step);
/* Six digits; spaces among them are let go. RC_INVALID. */
MUST_USE enum rc totp_parse(struct str s, uint32_t *ret_code);
/* The step around NOW whose code is CODE and which is above USED. RC_NOT_FOUND:
 * none; RC_EXISTS: one that is used up already. Takes as long for any code. */
MUST_USE enum rc totp_find(struct str secret, uint32_t code, struct instant now,
    int64_t used, int64_t *ret_step);

/* Appends what the QR code of an app says: otpauth://totp/PAPER:LOGIN?... */
void totp_uri(
    struct buf *b, struct str paper, struct str login, struct str secret);

#endif
