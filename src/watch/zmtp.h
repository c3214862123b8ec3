/* SPDX-License-Identifier: MIT
 *
 * ZMTP 3.0 (ZeroMQ RFC 23), a subscriber's side without security (NULL), as
 * far as bitcoind's notices (-zmqpubhashblock, -zmqpubhashtx) need it. Bytes
 * alone; nothing here connects or waits.
 *
 * Both sides send a greeting of 64 bytes at once, then READY with the type of
 * their socket. A subscription is a message of ours: 1 and how what is wanted
 * begins. A notice is a message of three frames: topic, hash, number.
 */
#ifndef WATCH_ZMTP_H
#define WATCH_ZMTP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

struct buf;

enum { ZMTP_GREETING = 64, ZMTP_BODY_MAX = 64 * 1024 /* our own limit */ };

/* Writes our greeting. */
void zmtp_write_greeting(struct buf *b);
/* Reads the other's at the start of IN. RC_BUSY: not all of ZMTP_GREETING
 * bytes have come (what has is right so far); RC_INVALID: no ZMTP of version
 * 3, or not without security. */
MUST_USE enum rc zmtp_read_greeting(struct str in);

struct zmtp_frame {
	bool is_command; /* else a part of a message */
	bool has_more;	 /* more parts of this message follow */
	struct str body; /* looks into IN */
};

/* Reads the frame at the start of IN. *RET_N: how long it is. RC_BUSY: not
 * all of it has come; RC_LIMIT: above ZMTP_BODY_MAX; RC_INVALID: reserved
 * bits, or a command that has more. */
MUST_USE enum rc zmtp_read_frame(
    struct str in, struct zmtp_frame *ret_frame, size_t *ret_n);

/* BODY, a command's, is READY of a publisher (PUB or XPUB). RC_INVALID. */
MUST_USE enum rc zmtp_read_ready(struct str body);

/* Writes READY of a subscriber; the wish for messages that begin with TOPIC,
 * of at most 100 bytes. */
void zmtp_write_ready(struct buf *b);
void zmtp_write_subscription(struct buf *b, struct str topic);

#endif
