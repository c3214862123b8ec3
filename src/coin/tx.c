/* SPDX-License-Identifier: MIT
 *
 * Transactions. The format, numbers with the lowest byte first, counts and
 * lengths as CompactSize:
 *
 *	version		4 bytes
 *	marker, flag	00 01, only with witnesses (BIP144)
 *	inputs		count; each: txid 32, number 4, script (length first),
 *			sequence 4
 *	outputs		count; each: value 8, script (length first)
 *	witnesses	only with the flag; for each input: count of items,
 *			each with its length
 *	lock time	4 bytes
 *
 * A count of inputs is never 0, so that the marker cannot be mistaken.
 *
 * Invariant 1: the inputs and outputs of a struct tx that was parsed can be
 * walked without any further check; tx_next_input and tx_next_output rely on
 * it.
 */
#include "coin/tx.h"

#include <string.h>

#include "base/must.h"

enum {
	INPUT_LEAST = 41, /* bytes of an input with an empty script */
	OUTPUT_LEAST = 9,
	SEQUENCE_REPLACEABLE = 2, /* below the two highest numbers: BIP125 */
	COINBASE_SCRIPT_LEAST = 2,
	COINBASE_SCRIPT_MOST = 100,
};

bool outpoint_eq(const struct outpoint *a, const struct outpoint *b)
{
	return a->vout == b->vout && hash256_eq(&a->txid, &b->txid);
}

bool outpoint_is_null(const struct outpoint *o)
{
	return o->vout == UINT32_MAX && hash256_is_zero(&o->txid);
}

static void read_input(struct cursor *c, struct tx_input *in)
{
	const uint8_t *txid = cursor_step(c, HASH256_BYTES);

	if (txid)
		memcpy(in->from.txid.b, txid, HASH256_BYTES);
	else
		memset(&in->from.txid, 0, sizeof(in->from.txid));
	in->from.vout = cursor_le32(c);
	in->script = cursor_take(c, cursor_compact(c));
	in->sequence = cursor_le32(c);
}

/* Steps over the inputs, and sees whether this is a coinbase. */
static void take_inputs(struct cursor *c, struct tx *tx)
{
	bool has_null = false;
	struct tx_input in;

	tx->inputs_n = (uint32_t)cursor_count(c, INPUT_LEAST);
	tx->inputs_at = (size_t)(c->p - (const uint8_t *)tx->body.p);
	in.script = STR_NONE;
	for (uint32_t i = 0; i < tx->inputs_n && !c->bad; i++) {
		read_input(c, &in);
		if (outpoint_is_null(&in.from))
			has_null = true;
		else if (in.sequence < UINT32_MAX - SEQUENCE_REPLACEABLE + 1)
			tx->signals_rbf = true;
	}
	tx->inputs_end = (size_t)(c->p - (const uint8_t *)tx->body.p);
	if (tx->inputs_n == 0)
		c->bad = true;
	if (!has_null)
		return;
	tx->is_coinbase = true;
	if (tx->inputs_n != 1 || in.script.n < COINBASE_SCRIPT_LEAST ||
	    in.script.n > COINBASE_SCRIPT_MOST)
		c->bad = true;
}

static void take_outputs(struct cursor *c, struct tx *tx)
{
	uint64_t sum = 0;

	tx->outputs_n = (uint32_t)cursor_count(c, OUTPUT_LEAST);
	tx->outputs_at = (size_t)(c->p - (const uint8_t *)tx->body.p);
	for (uint32_t i = 0; i < tx->outputs_n && !c->bad; i++) {
		uint64_t value = cursor_le64(c);

		(void)cursor_take(c, cursor_compact(c));
		/* Both are at most SAT_MAX here: no overflow. */
		if (value > (uint64_t)SAT_MAX ||
		    (sum += value) > (uint64_t)SAT_MAX)
			c->bad = true;
	}
	if (tx->outputs_n == 0)
		c->bad = true;
}

static void take_witnesses(struct cursor *c, const struct tx *tx)
{
	uint64_t items = 0;

	for (uint32_t i = 0; i < tx->inputs_n && !c->bad; i++) {
		uint64_t n = cursor_count(c, 1);

		items += n;
		for (uint64_t k = 0; k < n && !c->bad; k++)
			(void)cursor_take(c, cursor_compact(c));
	}
	/* Without a single item the first format must be used: BIP144. */
	if (items == 0)
		c->bad = true;
}

enum rc tx_take(struct cursor *c, struct tx *ret_tx)
{
	struct cursor at = *c;
	struct tx tx = {0};

	/* A transaction behind the limit is not read on and on. */
	if (cursor_left(&at) > TX_BYTES_MAX)
		at.end = at.p + TX_BYTES_MAX;
	tx.version = cursor_le32(&at);
	if (cursor_left(&at) >= 2 && at.p[0] == 0) {
		tx.has_witness = true;
		if (at.p[1] != 1)
			at.bad = true;
		(void)cursor_step(&at, 2);
	}
	tx.body.p = (const char *)at.p;
	take_inputs(&at, &tx);
	take_outputs(&at, &tx);
	if (at.bad)
		return RC_INVALID;
	tx.body = cursor_since(&at, (const uint8_t *)tx.body.p);
	if (tx.has_witness)
		take_witnesses(&at, &tx);
	tx.lock_time = cursor_le32(&at);
	if (at.bad)
		return RC_INVALID;
	tx.bytes = cursor_since(&at, c->p);
	c->p = at.p;
	*ret_tx = tx;
	return RC_OK;
}

enum rc tx_parse(struct str bytes, struct tx *ret_tx)
{
	struct cursor c = cursor_of(bytes);
	struct tx tx;
	enum rc rc;

	if (bytes.n > TX_BYTES_MAX)
		return RC_LIMIT;
	rc = tx_take(&c, &tx);
	if (rc != RC_OK)
		return rc;
	if (cursor_left(&c) > 0)
		return RC_INVALID;
	*ret_tx = tx;
	return RC_OK;
}

struct hash256 tx_id(const struct tx *tx)
{
	const struct str parts[3] = {
	    str_part(tx->bytes, 0, 4),
	    tx->body,
	    str_from(tx->bytes, tx->bytes.n - 4),
	};

	/* Without witnesses the three lie side by side. */
	return tx->has_witness ? hash_sha256d_parts(parts, 3)
			       : hash_sha256d(tx->bytes);
}

struct cursor tx_inputs(const struct tx *tx)
{
	return cursor_of(
	    str_part(tx->body, tx->inputs_at, tx->inputs_end - tx->inputs_at));
}

struct cursor tx_outputs(const struct tx *tx)
{
	return cursor_of(str_from(tx->body, tx->outputs_at));
}

bool tx_next_input(struct cursor *at, struct tx_input *ret_input)
{
	if (at->bad || cursor_left(at) == 0)
		return false;
	read_input(at, ret_input);
	must(!at->bad);
	return true;
}

bool tx_next_output(struct cursor *at, struct tx_output *ret_output)
{
	uint64_t value;

	if (at->bad || cursor_left(at) == 0)
		return false;
	value = cursor_le64(at);
	ret_output->script = cursor_take(at, cursor_compact(at));
	must(!at->bad && value <= (uint64_t)SAT_MAX);
	ret_output->value = sat_of_raw((int64_t)value);
	return true;
}
