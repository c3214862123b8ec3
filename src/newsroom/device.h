/* SPDX-License-Identifier: MIT
 *
 * A browser in which somebody has signed in fully keeps a cookie that says so,
 * beside that of the session and longer ("device cookies", OWASP). It opens
 * nothing. But wrong passwords that come with it are counted by themselves, so
 * strangers who guess at an account, however many and wherever they are, keep
 * its owner's own browsers from nothing.
 *
 * It is base64url (RFC 4648 section 5) without padding of
 *
 *	16 random bytes, the device; 8 bytes, the account; 8 bytes, until when
 *	it holds, in seconds; 16 bytes of BLAKE2b(key, the bytes before)
 *
 * numbers big-endian. The key is kept in paper.db: a cookie outlives a restart.
 */
#ifndef NEWSROOM_DEVICE_H
#define NEWSROOM_DEVICE_H

#include <stdint.h>

#include "base/instant.h"
#include "base/rc.h"
#include "base/str.h"

struct buf;

enum {
	DEVICE_KEY = 32,
	DEVICE_ID = 16,
	DEVICE_TEXT = 64,
	DEVICE_S = 180 * 24 * 3600, /* how long one holds */
	DEVICE_ACCOUNT_TEXT = 22,
};

#define DEVICE_COOKIE "__Host-farthing-device"

struct device {
	uint8_t id[DEVICE_ID];
	int64_t staff; /* the account; 0: the browser has no cookie */
};

/* Appends the cookie's value, good from NOW on. */
void device_put(struct buf *b, const uint8_t key[DEVICE_KEY],
    const struct device *device, struct instant now);
/* RC_INVALID: it is none of ours; RC_GONE: it was once. */
MUST_USE enum rc device_parse(struct str s, const uint8_t key[DEVICE_KEY],
    struct instant now, struct device *ret_device);

/* Appends what the account STAFF is called in a browser's own storage, where
 * several may leave unsaved text: always the same, and says nothing of whose it
 * is. It opens nothing either. DEVICE_ACCOUNT_TEXT characters of base64url:
 * 16 bytes of BLAKE2b(key, "copies of" and 8 bytes, the account). */
void device_account_put(
    struct buf *b, const uint8_t key[DEVICE_KEY], int64_t staff);

#endif
