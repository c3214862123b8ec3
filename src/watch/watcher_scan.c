/* SPDX-License-Identifier: MIT
 *
 * Finding payments: in the outputs of a block's transactions, and of those in
 * the mempool. And finding who spends what a payment spends.
 */
#include "watch/watcher_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/must.h"
#include "watch/block_match.h"

enum { POOL_FETCH_MOST = 2000, OUTPUTS_AT_ONCE = 64 };

static void list_inputs(const struct tx *tx, struct fact_inputs *ret)
{
	struct cursor at = tx_inputs(tx);
	struct tx_input in;

	ret->total = tx->inputs_n;
	ret->n = 0;
	while (ret->n < FACT_INPUTS_MAX && tx_next_input(&at, &in))
		ret->v[ret->n++] = in.from;
}

/* What is being looked at. */
struct scan {
	const struct tx *tx;
	struct hash256 id;
	const struct hash256 *block; /* NULL: the mempool */
	uint32_t height;
	bool may_pay;		 /* its outputs are to be looked at */
	bool pays;		 /* some output is watched */
	bool is_untold;		 /* it pays, but could not be remembered */
	struct pending_tx *kept; /* what it is remembered by, if it pays */
};

/* Nothing may be told as SEEN that is not remembered: nobody could say that it
 * is gone. A block tells that by itself. */
static bool remember(struct watcher *w, struct scan *s)
{
	struct fact_inputs inputs;

	if (s->tx->is_coinbase || s->kept)
		return true;
	list_inputs(s->tx, &inputs);
	s->kept = pending_put(w->pending, &s->id, &inputs);
	s->is_untold = !s->kept && !s->block;
	return !s->is_untold;
}

static enum rc tell_payment(
    struct watcher *w, struct scan *s, uint32_t vout, const struct tx_output *o)
{
	struct fact f = {.kind = s->block ? FACT_PAID : FACT_SEEN};
	struct outpoint at = {s->id, vout};
	struct script_pubkey script = {.n = (uint8_t)o->script.n};

	s->pays = true;
	if (!remember(w, s))
		return RC_OK;
	must(o->script.n <= sizeof(script.p));
	memcpy(script.p, o->script.p, o->script.n);
	if (s->block) {
		f.u.paid.height = s->height;
		f.u.paid.block = *s->block;
		f.u.paid.outpoint = at;
		f.u.paid.script = script;
		f.u.paid.value = o->value;
		f.u.paid.is_coinbase = s->tx->is_coinbase;
		list_inputs(s->tx, &f.u.paid.inputs);
	} else {
		f.u.seen.outpoint = at;
		f.u.seen.script = script;
		f.u.seen.value = o->value;
		f.u.seen.signals_rbf = s->tx->signals_rbf;
		list_inputs(s->tx, &f.u.seen.inputs);
	}
	return watcher_tell(w, &f);
}

static enum rc scan_outputs(struct watcher *w, struct scan *s)
{
	struct cursor at = tx_outputs(s->tx);
	struct tx_output out[OUTPUTS_AT_ONCE];
	struct str scripts[OUTPUTS_AT_ONCE];
	bool hits[OUTPUTS_AT_ONCE];
	uint32_t vout = 0;
	size_t n;

	do {
		n = 0;
		while (n < OUTPUTS_AT_ONCE && tx_next_output(&at, &out[n])) {
			scripts[n] = out[n].script;
			n++;
		}
		script_set_has_each(w->scripts, scripts, n, hits);
		for (size_t i = 0; i < n; i++) {
			enum rc rc = RC_OK;

			if (hits[i])
				rc = tell_payment(
				    w, s, vout + (uint32_t)i, &out[i]);
			if (rc != RC_OK)
				return rc;
		}
		vout += (uint32_t)n;
	} while (n == OUTPUTS_AT_ONCE);
	return RC_OK;
}

static enum rc tell_dropped(struct watcher *w, struct pending_tx *tx)
{
	struct fact f = {.kind = FACT_DROPPED};
	enum rc rc;

	f.u.dropped.txid = tx->txid;
	f.u.dropped.by = tx->by;
	f.u.dropped.reason =
	    hash256_is_zero(&tx->by) ? DROP_GONE : DROP_REPLACED;
	rc = watcher_tell(w, &f);
	if (rc == RC_OK)
		pending_drop(w->pending, tx);
	return rc;
}

/* S spends the outpoint FROM, and so does OTHER. In a block, that settles
 * it; but not if OTHER is in a block, too, which can only be one that is
 * scanned again. */
static enum rc tell_conflict(struct watcher *w, const struct scan *s,
    struct pending_tx *other, const struct outpoint *from)
{
	struct fact f = {.kind = FACT_SPENT_BY};
	enum rc rc;

	if (other->height != 0 || (!s->block && hash256_eq(&other->by, &s->id)))
		return RC_OK;
	f.u.spent_by.outpoint = *from;
	f.u.spent_by.seen = other->txid;
	f.u.spent_by.txid = s->id;
	if (s->block) {
		f.u.spent_by.height = s->height;
		f.u.spent_by.block = *s->block;
	}
	rc = watcher_tell(w, &f);
	if (rc != RC_OK)
		return rc;
	other->by = s->id;
	return s->block ? tell_dropped(w, other) : RC_OK;
}

static enum rc scan_inputs(struct watcher *w, const struct scan *s)
{
	struct cursor at = tx_inputs(s->tx);
	struct tx_input in;

	if (pending_is_empty(w->pending))
		return RC_OK;
	while (tx_next_input(&at, &in)) {
		struct pending_tx *other =
		    pending_spending(w->pending, &in.from, &s->id);
		enum rc rc = RC_OK;

		if (other)
			rc = tell_conflict(w, s, other, &in.from);
		if (rc != RC_OK)
			return rc;
	}
	return RC_OK;
}

static enum rc scan_tx(struct watcher *w, struct scan *s)
{
	struct pending_tx *tx;
	enum rc rc = s->may_pay ? scan_outputs(w, s) : RC_OK;

	if (rc == RC_OK)
		rc = scan_inputs(w, s);
	if (rc != RC_OK)
		return rc;
	tx = s->kept ? s->kept : pending_get(w->pending, &s->id);
	if (tx && s->block) {
		tx->height = s->height;
		tx->is_pooled = false;
		memset(&tx->by, 0, sizeof(tx->by));
	} else if (tx) {
		tx->is_pooled = true;
	}
	return RC_OK;
}

enum rc watcher_scan_block(struct watcher *w, const struct block *block,
    uint32_t height, struct err *err)
{
	bool *pays = ARENA_ARRAY(w->block_arena, bool, block->txs_n);

	if (!pays)
		return err_set(err, RC_NO_MEMORY, "no memory for a block");
	block_match(w->scripts, block, pays);
	for (uint32_t i = 0; i < block->txs_n; i++) {
		struct scan s = {.tx = &block->txs[i].tx,
		    .id = block->txs[i].id,
		    .block = &block->header.hash,
		    .height = height,
		    .may_pay = pays[i]};
		enum rc rc = scan_tx(w, &s);

		if (rc != RC_OK)
			return rc;
	}
	return RC_OK;
}

void watcher_scan_gone(struct watcher *w, uint32_t height)
{
	for (struct pending_tx *tx = pending_first(w->pending); tx;
	     tx = pending_next(tx))
		if (tx->height == height)
			tx->height = 0;
}

static int by_bytes(const void *a, const void *b)
{
	return hash256_cmp(a, b);
}

static bool is_listed(
    const struct hash256 *ids, size_t n, const struct hash256 *id)
{
	return n > 0 && bsearch(id, ids, n, sizeof(*ids), by_bytes) != NULL;
}

/* Looks at what is new among the N sorted IDS, and moves those that were
 * looked at, now or before, to the front. *RET_N says how many these are. */
static enum rc fetch_new(struct watcher *w, struct rpc *r, struct hash256 *ids,
    size_t *n, struct err *err)
{
	size_t kept = 0, fetched = 0;

	for (size_t i = 0; i < *n; i++) {
		struct scan s = {.id = ids[i], .may_pay = true};
		struct tx tx;
		enum rc rc;

		if (is_listed(w->pool, w->pool_n, &ids[i])) {
			ids[kept++] = ids[i];
			continue;
		}
		if (fetched >= POOL_FETCH_MOST)
			continue;
		fetched++;
		rc = watcher_hear(w);
		if (rc != RC_OK)
			return rc;
		arena_reset(w->tx_arena);
		rc = node_tx(r, &ids[i], w->tx_arena, &tx, err);
		if (rc == RC_NOT_FOUND)
			continue;
		s.tx = &tx;
		if (rc == RC_OK)
			rc = scan_tx(w, &s);
		if (rc != RC_OK)
			return rc;
		/* What could not be told is looked at again. */
		if (!s.is_untold)
			ids[kept++] = ids[i];
	}
	*n = kept;
	return fetched >= POOL_FETCH_MOST ? RC_LIMIT : RC_OK;
}

/* Tells which unconfirmed payments are no more among the N IDS. */
static enum rc drop_missing(
    struct watcher *w, const struct hash256 *ids, size_t n)
{
	struct pending_tx *next;

	for (struct pending_tx *tx = pending_first(w->pending); tx; tx = next) {
		enum rc rc = RC_OK;

		next = pending_next(tx);
		if (tx->height == 0 && !is_listed(ids, n, &tx->txid))
			rc = tell_dropped(w, tx);
		if (rc != RC_OK)
			return rc;
	}
	return RC_OK;
}

enum rc watcher_scan_pool(struct watcher *w, struct rpc *r, struct err *err)
{
	struct hash256 *ids = NULL, *all = NULL;
	struct node_tip tip;
	size_t n = 0, all_n;
	bool is_whole = true;
	enum rc rc = node_pool(r, &ids, &n, err);

	if (rc != RC_OK)
		return rc;
	qsort(ids, n, sizeof(*ids), by_bytes);
	all_n = n;
	all = calloc(n ? n : 1, sizeof(*all));
	if (!all) {
		rc = err_set(err, RC_NO_MEMORY, "no memory for the mempool");
		goto done;
	}
	memcpy(all, ids, n * sizeof(*ids));
	rc = fetch_new(w, r, ids, &n, err);
	if (rc == RC_LIMIT && n > 0) {
		is_whole = false;
		rc = RC_OK;
	}
	if (rc != RC_OK)
		goto done;
	free(w->pool);
	w->pool = ids;
	w->pool_n = n;
	ids = NULL;
	/* What is missing may be in a block that came meanwhile. */
	rc = node_tip(r, &tip, err);
	if (rc != RC_OK || !hash256_eq(&tip.hash, &chain_top(&w->chain)->hash))
		goto done;
	rc = drop_missing(w, all, all_n);
	if (rc == RC_OK && is_whole && !w->pool_told) {
		w->pool_told = true;
		rc = watcher_tell_synced(w, true);
	}
done:
	free(ids);
	free(all);
	return rc;
}
