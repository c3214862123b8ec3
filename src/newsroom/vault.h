/* SPDX-License-Identifier: MIT
 *
 * The vault: a process of its own that does nothing but try passwords
 * (newsroom/password.h), each of which takes a tenth of a second and 64 MB on
 * purpose. The newsroom asks it and goes on serving; the answer comes later.
 * One question at a time is worked on and VAULT_QUEUE_MAX may wait, so that a
 * flood of sign-ins costs one core and no more memory than one.
 *
 * The two speak in packets; numbers are big-endian:
 *
 *	question	8 bytes id, 1 kind, 2 length and hash, 2 length and
 *			password
 *	answer		8 bytes id, 1 rightness (0, 1), 2 length and hash
 */
#ifndef NEWSROOM_VAULT_H
#define NEWSROOM_VAULT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/rc.h"
#include "base/str.h"

struct buf;

enum {
	VAULT_QUEUE_MAX = 16,
	VAULT_STRANGERS_MAX = 12,  /* of these, for who is not known */
	VAULT_HASH_MAX = 256,	   /* bytes of a password's hash */
	VAULT_PASSWORD_MAX = 1024, /* bytes */
	VAULT_PACKET_MAX = 16 + VAULT_HASH_MAX + VAULT_PASSWORD_MAX,
};

enum vault_kind {
	VAULT_CHECK = 1, /* is this the password of this hash? */
	VAULT_HASH = 2,	 /* make a hash of it */
};

struct vault_ask {
	uint64_t id;
	enum vault_kind kind;
	struct str hash; /* of VAULT_CHECK */
	struct str password;
	bool is_known; /* who is signed in asks, or has a link; not sent */
};

struct vault_reply {
	uint64_t id;
	bool is_right;	 /* VAULT_HASH: it was made */
	struct str hash; /* of VAULT_HASH */
};

/* What a question comes to. RC_OK, or RC_IO: the vault did not answer in
 * time. REPLY lives as long as the call, and is NULL unless RC_OK. */
typedef void vault_done_fn(
    void *ctx, enum rc rc, const struct vault_reply *reply);

/* How the newsroom reaches its vault; given by app/. */
struct vault {
	void *ctx;
	/* Asks; ASK->id is not looked at. RC_OK: DONE will be called once,
	 * later. RC_BUSY: VAULT_QUEUE_MAX wait already, or the vault is
	 * away; or one is asked who is not known, and VAULT_STRANGERS_MAX
	 * such wait: the rest is for those who work here. */
	enum rc (*ask)(void *ctx, const struct vault_ask *ask,
	    vault_done_fn *done, void *done_ctx);
};

/* Appends a packet. Texts above the limits are the caller's mistake. */
void vault_put_ask(struct buf *b, const struct vault_ask *ask);
void vault_put_reply(struct buf *b, const struct vault_reply *reply);
/* Reads one; views look into PACKET. RC_INVALID: it is none, or something is
 * left over. */
MUST_USE enum rc vault_ask_parse(struct str packet, struct vault_ask *ret_ask);
MUST_USE enum rc vault_reply_parse(
    struct str packet, struct vault_reply *ret_reply);

#endif
