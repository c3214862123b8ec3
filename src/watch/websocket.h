/* SPDX-License-Identifier: MIT
 *
 * WebSocket (RFC 6455), the client's side, as far as notices need it: the
 * opening, frames in, frames out. Bytes alone; nothing here connects or
 * waits. No extension and no subprotocol is offered, so none may come.
 */
#ifndef WATCH_WEBSOCKET_H
#define WATCH_WEBSOCKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct buf;

enum {
	WEBSOCKET_NONCE_BYTES = 16,
	WEBSOCKET_MASK_BYTES = 4,
	WEBSOCKET_HEAD_MAX = 8192,	   /* of the answer to the opening */
	WEBSOCKET_CONTROL_MAX = 125,	   /* section 5.5 */
	WEBSOCKET_PAYLOAD_MAX = 64 * 1024, /* our own limit on a frame */
};

/* Section 5.2; the names are the standard's. */
enum websocket_opcode {
	WEBSOCKET_CONTINUATION = 0,
	WEBSOCKET_TEXT = 1,
	WEBSOCKET_BINARY = 2,
	WEBSOCKET_CLOSE = 8,
	WEBSOCKET_PING = 9,
	WEBSOCKET_PONG = 10,
};

struct websocket_opening {
	struct str host; /* with its port, as in the URL */
	struct str path; /* from its slash on */
	struct str user; /* Basic authentication; empty: none */
	struct str password;
	uint8_t nonce[WEBSOCKET_NONCE_BYTES]; /* by chance */
};

/* Writes the client's opening (section 4.1). */
void websocket_write_opening(
    struct buf *b, const struct websocket_opening *opening);

/* Reads the server's answer at the start of IN, strictly: status 101, Upgrade,
 * Connection, the Accept that belongs to NONCE, nothing that was not offered.
 * *RET_N: how long it is; frames follow. RC_BUSY: the head's end has not come
 * yet; RC_LIMIT: nor will it within WEBSOCKET_HEAD_MAX; RC_DENIED: the server
 * answers in HTTP that it will not (status 400 to 499); RC_INVALID: else. */
MUST_USE enum rc websocket_read_answer(struct str in,
    const uint8_t nonce[WEBSOCKET_NONCE_BYTES], size_t *ret_n, struct err *err);

struct websocket_frame {
	bool is_last; /* FIN */
	enum websocket_opcode opcode;
	struct str payload; /* looks into IN */
};

/* Reads the server's frame at the start of IN. *RET_N: how long it is.
 * RC_BUSY: not all of it has come; RC_LIMIT: above WEBSOCKET_PAYLOAD_MAX;
 * RC_INVALID: a reserved bit or opcode, a mask, a length not in its shortest
 * form, a control frame that is long or in parts. Whether a continuation
 * continues anything, and whether text is UTF-8, is not looked at. */
MUST_USE enum rc websocket_read_frame(
    struct str in, struct websocket_frame *ret_frame, size_t *ret_n);

/* Writes a whole message of ours in one frame, masked by MASK (by chance);
 * PAYLOAD of at most WEBSOCKET_PAYLOAD_MAX bytes. */
void websocket_write_frame(struct buf *b, enum websocket_opcode opcode,
    struct str payload, const uint8_t mask[WEBSOCKET_MASK_BYTES]);

#endif
