/* SPDX-License-Identifier: MIT
 *
 * A proof: what shows that an address is the newsroom's own. It holds the
 * statement that the newsroom signed, and the way from this one address to the
 * root that stands in it; so it needs nothing but the newsroom's public key.
 *
 *	farthing proof 1
 *	address: bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu
 *	leaf: 17			its index in the batch
 *	shared: no			or yes
 *	salt: <32 hex>
 *	path: <base64>			32 bytes for each step from the leaf to
 *					the root; "none" in a batch of one
 *	signature: <base64>		"ED" | id 8 | signature 64 (minisign.h)
 *	comment: farthing batch 1	the trusted comment
 *	comment-signature: <base64>	64 bytes
 *	farthing statement 1		the whole statement, to the end
 *	...
 *
 * There is one form only (coin/line.h): it is what readers copy, and what
 * processes and machines hand to each other. Each bit of it is covered by the
 * signature or by the tree; flip one, and the proof does not hold.
 *
 * Nothing here allocates, but for proof_write's buffer and proof_clean.
 */
#ifndef COIN_PROOF_H
#define COIN_PROOF_H

#include <stdint.h>

#include "base/err.h"
#include "base/instant.h"
#include "base/str.h"
#include "coin/batch_tree.h"
#include "coin/minisign.h"
#include "coin/pin.h"
#include "coin/statement.h"

struct arena;
struct buf;

enum { PROOF_MAX = 8192 }; /* bytes of a proof's text */

/* Its views look into the text it was read from, or wherever whoever put it
 * together keeps statement and comment. */
struct proof {
	struct batch_leaf leaf;
	uint32_t path_n;
	struct hash256 path[BATCH_PATH_MAX];
	struct minisign_signature signature;
	struct statement statement; /* as from statement_parse */
};

/* Why a proof does not hold, the first that was found. */
enum proof_fault {
	PROOF_FAULT_NONE,
	PROOF_FAULT_PAPER,	/* another paper's */
	PROOF_FAULT_NETWORK,	/* for another network */
	PROOF_FAULT_NOT_PINNED, /* its statement was never installed */
	PROOF_FAULT_KEY,	/* signed by another key */
	PROOF_FAULT_SIGNATURE,	/* the signature is false */
	PROOF_FAULT_INDEX,	/* no such leaf in the batch */
	PROOF_FAULT_SHARED,	/* "shared" is not as in the statement */
	PROOF_FAULT_ROOT,	/* the address is not in the signed tree */
	PROOF_FAULT_EARLY,	/* genuine; not to be handed out yet */
	PROOF_FAULT_LATE,	/* genuine; not to be handed out any more */
};

/* Reads a proof's text, all of it. Whether it holds is not looked at.
 * RC_INVALID with the line that is wrong; RC_NEWER. */
MUST_USE enum rc proof_parse(
    struct str text, struct proof *ret_proof, struct err *err);
/* Appends the text of a proof. */
void proof_write(struct buf *b, const struct proof *proof);
/* What is left of a proof that somebody copied out of a page or a mail, in the
 * form that proof_parse reads: line ends of any kind become LF, white space
 * at the ends of lines and empty lines go, and so does what stands before the
 * proof's first line, and signs of quotation ("> ") before all of its lines.
 * RC_INVALID: there is no proof in it; RC_LIMIT; RC_NO_MEMORY. */
MUST_USE enum rc proof_clean(
    struct arena *a, struct str text, struct str *ret_text);

/* Whether the proof holds against a pin at the time NOW. RC_OK: it does.
 * RC_GONE: it is genuine, but NOW is outside of the statement's time: an
 * address that was given out before stays good, but none should be given out
 * by it now (FAULT is EARLY or LATE). RC_DENIED: it does not hold. *RET_FAULT
 * is always set; it and ERR may be NULL. */
MUST_USE enum rc proof_check(const struct pin *pin, const struct proof *proof,
    struct instant now, enum proof_fault *ret_fault, struct err *err);
/* The same for somebody who has but one key of the paper: whether the
 * statement was installed, and whether it is the newest, is not known then. */
MUST_USE enum rc proof_check_by_key(const struct minisign_key *key,
    const struct proof *proof, struct instant now, enum proof_fault *ret_fault,
    struct err *err);

/* A sentence about FAULT without its full stop. Lives for ever. */
const char *proof_fault_text(enum proof_fault fault);

#endif
