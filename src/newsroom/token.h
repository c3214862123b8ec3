/* SPDX-License-Identifier: MIT
 *
 * Secrets as they stand in cookies and links: 32 random bytes in base64url
 * (RFC 4648 section 5) without padding, 43 characters. And the cookie that
 * holds one (RFC 6265bis).
 */
#ifndef NEWSROOM_TOKEN_H
#define NEWSROOM_TOKEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/rc.h"
#include "base/str.h"

struct buf;

enum { TOKEN_BYTES = 32, TOKEN_TEXT = 43 };

#define TOKEN_COOKIE "__Host-farthing"

void token_put(struct buf *b, const uint8_t token[TOKEN_BYTES]);
/* RC_INVALID: not 43 such characters, or bits left over. */
MUST_USE enum rc token_parse(struct str s, uint8_t ret_token[TOKEN_BYTES]);

/* S has characters of base64url only. libsodium's decoder lets some bytes
 * above 127 through. */
bool token_is_base64url(struct str s);

/* The value of the cookie NAME in a Cookie field. RC_NOT_FOUND: it is not
 * there; RC_INVALID: it is there twice, so that one of them is somebody
 * else's. */
MUST_USE enum rc cookie_parse(
    struct str field, struct str name, struct str *ret_value);

#endif
