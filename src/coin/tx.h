/* SPDX-License-Identifier: MIT
 *
 * Bitcoin transactions as they stand in blocks and mempools: in the first
 * format, and with witnesses (BIP144). Nothing is copied and nothing
 * allocated: a struct tx is a few views into the bytes, and its inputs and
 * outputs are read one after the other.
 *
 * What is read is the outer form alone: scripts and signatures are not
 * judged. That is the work of nodes; what stands in the best chain has passed
 * it.
 *
 *	struct cursor at = tx_outputs(&tx);
 *	struct tx_output out;
 *	while (tx_next_output(&at, &out))
 *		...
 */
#ifndef COIN_TX_H
#define COIN_TX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"
#include "base/str.h"
#include "coin/amount.h"
#include "coin/compact.h"
#include "coin/hash.h"

enum { TX_BYTES_MAX = 4000000 }; /* a block's limit: none can be longer */

/* One output of one transaction: what an input spends. */
struct outpoint {
	struct hash256 txid;
	uint32_t vout;
};

bool outpoint_eq(const struct outpoint *a, const struct outpoint *b);
/* The outpoint that a coinbase's only input names: nothing. */
bool outpoint_is_null(const struct outpoint *o);

struct tx {
	struct str bytes;   /* all of it, witnesses too */
	struct str body;    /* inputs and outputs with their counts: what the
				  txid hashes between version and lock time */
	size_t inputs_at;   /* private: places in body */
	size_t inputs_end;  /* private */
	size_t outputs_at;  /* private */
	uint32_t inputs_n;  /* at least 1 */
	uint32_t outputs_n; /* at least 1 */
	uint32_t version;
	uint32_t lock_time;
	bool has_witness;
	bool is_coinbase;
	bool signals_rbf; /* some input's sequence says that it may be
				  replaced (BIP125), the coinbase's never */
};

struct tx_input {
	struct outpoint from;
	struct str script; /* scriptSig */
	uint32_t sequence;
};

struct tx_output {
	struct sat value;  /* 0 to SAT_MAX */
	struct str script; /* scriptPubKey, of any length */
};

/* Reads a transaction that is all of BYTES. RC_INVALID: cut short, bytes left
 * over, a count in a longer form than needed, no inputs or outputs, a value
 * or a sum of values above SAT_MAX, a witness flag without any witness,
 * unknown flags, or a null outpoint among several. RC_LIMIT: longer than
 * TX_BYTES_MAX. */
MUST_USE enum rc tx_parse(struct str bytes, struct tx *ret_tx);
/* The same for one that stands at C, which moves behind it. */
MUST_USE enum rc tx_take(struct cursor *c, struct tx *ret_tx);

/* The double SHA-256 of the transaction without its witnesses, in the order
 * of the hash function (people read it reversed). */
struct hash256 tx_id(const struct tx *tx);

/* Where inputs and outputs are read from. */
struct cursor tx_inputs(const struct tx *tx);
struct cursor tx_outputs(const struct tx *tx);
/* The next of them; false when there is none left. */
bool tx_next_input(struct cursor *at, struct tx_input *ret_input);
bool tx_next_output(struct cursor *at, struct tx_output *ret_output);

#endif
