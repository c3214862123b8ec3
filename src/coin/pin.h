/* SPDX-License-Identifier: MIT
 *
 * The pin: which key a paper trusts, which were before it, and which
 * statements they signed. It is a file outside every database
 * (DIR/trust/pin), written by `farthing batch install` alone; whoever can
 * write the databases, but not this file, cannot make any address genuine.
 *
 *	farthing pin 1
 *	paper-id: <64 hex>
 *	network: main
 *	key: <base64>			as the second line of FILE.pub
 *	batch: 1 <64 hex>		hash of the statement of batch 1
 *	batch: 2 <64 hex>
 *	key: <base64>			the key that came after
 *	batch: 3 <64 hex>
 *	next-key: <64 hex>		hash of the key that may follow
 *	end
 *
 * A batch stands below the key that signed it. Numbers go up by one.
 */
#ifndef COIN_PIN_H
#define COIN_PIN_H

#include <stdint.h>

#include "base/err.h"
#include "base/instant.h"
#include "base/str.h"
#include "coin/hash.h"
#include "coin/minisign.h"
#include "coin/network.h"
#include "coin/statement.h"

struct buf;

enum {
	PIN_KEYS_MAX = 64,
	PIN_BATCHES_MAX = 1000,
	PIN_FILE_MAX = 128 * 1024,
};

struct pin_batch {
	struct hash256 statement;
	uint32_t key; /* which of the keys signed it */
};

/* Large (some 40 kB): keep it in an arena or beside other state. */
struct pin {
	struct hash256 paper_id;
	enum network network;
	uint32_t first;	    /* number of the first batch that is known */
	uint32_t n_batches; /* 0: nothing is pinned yet */
	struct pin_batch batches[PIN_BATCHES_MAX];
	uint32_t n_keys; /* the last is the one in use */
	struct minisign_key keys[PIN_KEYS_MAX];
	struct hash256 next_key;
};

/* Reads a pin's file, all of it. On failure *RET_PIN has no batch. RC_INVALID
 * with what is wrong; RC_NEWER. */
MUST_USE enum rc pin_parse(
    struct str text, struct pin *ret_pin, struct err *err);
/* Appends the file of a pin that has a batch. */
void pin_write(struct buf *b, const struct pin *pin);

/* What is installed: a statement, who signed it and how. */
struct pin_offer {
	const struct statement *statement;
	const struct minisign_key *key;
	const struct minisign_signature *signature;
};

/* Whether the offer may follow OLD (NULL or one with n_batches 0: it is the
 * first), and the pin with it. RET_PIN may be OLD itself, and is untouched on
 * failure. The rules:
 *
 *	1. The key signed the statement (RC_DENIED).
 *	2. NOW lies between its from and its until (RC_GONE).
 *	3. The first batch of a paper names its own key as the paper's id.
 *	   The first that this pin sees may be a later one.
 *	4. Every other one: same paper and network; the number after the
 *	   newest's; the hash of the newest as its previous.
 *	5. Its key is the one in use, and then next-key stays as it is; or the
 *	   key that was announced, and then it announces another.
 *
 * 3 to 5 are RC_DENIED; RC_EXISTS: the newest batch itself, once more;
 * RC_LIMIT: the pin is full. */
MUST_USE enum rc pin_accept(const struct pin *old,
    const struct pin_offer *offer, struct instant now, struct pin *ret_pin,
    struct err *err);

/* The batch of that number, or NULL. */
const struct pin_batch *pin_find(const struct pin *pin, uint32_t number);
/* The key in use. PIN must have a batch. */
const struct minisign_key *pin_key(const struct pin *pin);

#endif
