/* SPDX-License-Identifier: MIT
 *
 * The batch file: what `farthing batch sign` makes on the newsroom's other
 * computer and `farthing batch install` brings to the server. It holds no
 * secret but the salts, and nothing that can move money.
 *
 *	farthing batch 1
 *	key: <base64>			as the second line of FILE.pub
 *	signature: <base64>		as in a proof (coin/proof.h)
 *	comment: farthing batch 1
 *	comment-signature: <base64>
 *	farthing statement 1		the whole statement
 *	...
 *	next-key: <64 hex>
 *	0 yes bc1q... <32 hex>		each leaf: index, shared, address, salt
 *	1 no bc1q... <32 hex>
 *	...
 *	end
 *
 * There is one form only (coin/line.h). A file of a million leaves is some
 * 90 MB; it is written and read piece by piece.
 *
 * Salts come out of the signing key, so that a lost batch can be made again,
 * byte for byte, and there is nothing more to keep:
 *
 *	batch secret = HMAC-SHA256(seed of the signing key, "farthing batch" |
 *		0x00 | paper id 32 | network number 1 | batch number 4)
 *	salt = the first 16 bytes of HMAC-SHA256(batch secret,
 *		"farthing salt" | 0x00 | index 4)
 *
 * where numbers have their high byte first, and the seed is the 32 bytes from
 * which Ed25519 derives everything (RFC 8032 section 5.1.5).
 */
#ifndef COIN_BATCH_H
#define COIN_BATCH_H

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "coin/batch_tree.h"
#include "coin/minisign.h"
#include "coin/statement.h"

struct buf;

enum {
	BATCH_HEAD_MAX = STATEMENT_MAX + 2048, /* bytes before the leaves */
	BATCH_LINE_MAX = 256,		       /* bytes of a leaf's line */
};

struct batch_secret {
	uint8_t b[32];
};

/* The secret of the batch S, of which paper_id, network and batch are looked
 * at. To be wiped by the caller. */
void batch_secret_make(const struct minisign_secret *key,
    const struct statement *s, struct batch_secret *ret_secret);
void batch_salt(const struct batch_secret *secret, uint32_t index,
    uint8_t ret_salt[BATCH_SALT]);

struct batch_head {
	struct minisign_key key;
	struct minisign_signature signature;
	struct statement statement;
};

/* Writing: the head, then each leaf in order, then the end. What a head's
 * statement.text holds is written as it is. */
void batch_write_head(struct buf *b, const struct batch_head *head);
void batch_write_leaf(
    struct buf *b, enum network network, const struct batch_leaf *leaf);
void batch_write_end(struct buf *b);

/* What a reader tells as it comes by. A result that is not RC_OK ends the
 * reading with it; the function has then filled ERR. */
struct batch_reader_calls {
	/* The head, whose signature by its own key holds. Lives as long as
	 * the reader. */
	enum rc (*head)(
	    void *ctx, const struct batch_head *head, struct err *err);
	/* A leaf; that it belongs to the tree is known only at the end. */
	enum rc (*leaf)(
	    void *ctx, const struct batch_leaf *leaf, struct err *err);
};

/* Reads a batch file in pieces of any size, in memory of a fixed size. Some
 * 8 kB; do not move it once it was fed. */
struct batch_reader {
	struct batch_head head; /* read freely once head was called */
	/* All below is private. */
	const struct batch_reader_calls *calls;
	void *ctx;
	struct batch_tree tree;
	enum { BATCH_IN_HEAD, BATCH_IN_LEAVES, BATCH_AT_END } state;
	uint64_t line; /* number of the line that is collected */
	size_t held_n;
	char held[BATCH_HEAD_MAX];
	size_t head_n; /* how much of held is the head */
	char leaf[BATCH_LINE_MAX];
	size_t leaf_n;
};

/* CALLS lives as long as the reader; either function may be NULL. */
void batch_reader_init(
    struct batch_reader *r, const struct batch_reader_calls *calls, void *ctx);
/* The next bytes of the file. RC_INVALID, with the line in ERR: not a batch,
 * a line out of its form or order; RC_DENIED: the head's signature does not
 * hold; or what a call returned. After a failure the reader is of no use. */
MUST_USE enum rc batch_reader_feed(
    struct batch_reader *r, struct str bytes, struct err *err);
/* There are no more. RC_INVALID: the file is cut short; RC_DENIED: the leaves
 * are not those that were signed. Only with RC_OK is any of it to be used. */
MUST_USE enum rc batch_reader_end(struct batch_reader *r, struct err *err);

#endif
