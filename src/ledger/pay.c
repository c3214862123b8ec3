/* SPDX-License-Identifier: MIT
 *
 * Facts about payments, and what follows from all the facts kept (I4). Each
 * fact is first written down as it is; then the payments that it touches are
 * brought to where the rules of settle.h want them, however far that is.
 */
#include <stdlib.h>
#include <string.h>

#include "ledger/ledger_priv.h"

enum { WORK_FIRST = 64 };

enum rc work_add(struct ledger *ledger, int64_t payment)
{
	struct worklist *w = &ledger->work;

	if (w->n > 0 && w->v[w->n - 1] == payment)
		return RC_OK;
	if (w->n == w->size) {
		size_t size = w->size ? w->size * 2 : WORK_FIRST;
		int64_t *v = realloc(w->v, size * sizeof(*v));

		if (!v)
			return RC_NO_MEMORY;
		w->v = v;
		w->size = size;
	}
	w->v[w->n++] = payment;
	return RC_OK;
}

enum rc work_add_query(struct ledger *ledger, struct query *q)
{
	enum rc rc;

	while ((rc = query_step(q)) == RC_OK) {
		rc = work_add(ledger, query_i64(q, 0));
		if (rc != RC_OK)
			break;
	}
	query_end(q);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc payment_load(
    struct ledger *ledger, int64_t id, struct payment_row *ret)
{
	struct payment_row p = {.id = id};
	struct query *q = store_query(ledger->db,
	    SQL("SELECT txid, vout, leaf, amount, is_coinbase, first_us, state,"
		" booked, reversals FROM payment WHERE id = ?1"));
	enum rc rc;

	query_add_i64(q, id);
	rc = query_step(q);
	if (rc == RC_OK) {
		p.outpoint.txid = query_hash(q, 0);
		p.outpoint.vout = (uint32_t)query_i64(q, 1);
		p.leaf = query_i64(q, 2);
		rc = query_sat(q, 3, &p.amount);
		p.is_coinbase = query_i64(q, 4) == 1;
		p.first = (struct instant){query_i64(q, 5)};
		p.state = (enum payment_state)query_i64(q, 6);
		p.booked = query_i64(q, 7);
		if (rc == RC_OK)
			rc = query_count(q, 8, &p.reversals);
	}
	query_end(q);
	if (rc == RC_OK)
		*ret = p;
	return rc;
}

/* The best block it stands in; that of its entry, if there are two. */
static enum rc payment_place(
    struct ledger *ledger, struct payment_row *p, bool *ret_is_booked_here)
{
	struct query *q = store_query(ledger->db,
	    SQL("SELECT b.hash, b.height, b.time_us, b.hash IS e.block"
		" FROM appearance a CROSS JOIN block b ON b.hash = a.block"
		" LEFT JOIN entry e ON e.seq = ?2"
		" WHERE a.payment = ?1 AND b.is_best = 1"
		" ORDER BY 4 DESC, b.height LIMIT 1"));
	int64_t height = 0;
	enum rc rc;

	query_add_i64(q, p->id);
	query_add_i64(q, p->booked);
	rc = query_step(q);
	p->in_chain = rc == RC_OK;
	*ret_is_booked_here = false;
	if (rc == RC_OK) {
		p->block = query_hash(q, 0);
		rc = query_count(q, 1, &height);
		p->height = (uint32_t)height;
		if (rc == RC_OK)
			rc = query_time(q, 2, &p->block_time);
		*ret_is_booked_here = p->booked > 0 && query_i64(q, 3) == 1;
	}
	query_end(q);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc payment_pool(
    struct ledger *ledger, const struct payment_row *p, enum pool_state *ret)
{
	struct settle_pool pool = {
	    .pool_epoch = (uint32_t)ledger->n[NUMBER_POOL_EPOCH]};
	struct query *q = store_query(
	    ledger->db, SQL("SELECT seen_epoch, seen_seq, drop_epoch, drop_seq,"
			    " is_replaced FROM tx WHERE txid = ?1"));
	enum rc rc;

	query_add_hash(q, &p->outpoint.txid);
	rc = query_step(q);
	if (rc == RC_OK) {
		pool.seen = query_mark(q, 0);
		pool.dropped = query_mark(q, 2);
		pool.is_replaced = query_i64(q, 4) == 1;
	}
	query_end(q);
	*ret = settle_pool(&pool);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* R4: as SPENT_BY told, or as two payments of our own show. */
static enum rc payment_conflict(
    struct ledger *ledger, const struct payment_row *p, bool *ret)
{
	int64_t n = 0;
	struct query *q = store_query(ledger->db,
	    SQL("SELECT EXISTS (SELECT 1 FROM conflict c JOIN block b"
		" ON b.hash = c.block WHERE c.txid = ?1 AND b.is_best = 1)"
		" OR EXISTS (SELECT 1 FROM spend s JOIN spend t"
		" ON t.prev = s.prev AND t.vout = s.vout AND t.txid <> s.txid"
		" JOIN payment r ON r.txid = t.txid"
		" JOIN appearance a ON a.payment = r.id"
		" JOIN block b ON b.hash = a.block"
		" WHERE s.txid = ?1 AND b.is_best = 1)"));
	enum rc rc;

	query_add_hash(q, &p->outpoint.txid);
	rc = query_one(q, &n);
	*ret = n == 1;
	return rc;
}

/* All that settle.h decides by. */
static enum rc payment_facts(
    struct ledger *ledger, struct payment_row *p, struct settle *ret)
{
	struct settle s = {
	    .is_booked = p->booked > 0,
	    .was_reversed = p->reversals > 0,
	    .needed = settings_confirmations(
		&ledger->settings, p->amount, p->is_coinbase),
	};
	enum rc rc = payment_place(ledger, p, &s.is_booked_here);

	if (rc == RC_OK)
		rc = chain_tip(ledger);
	if (rc != RC_OK)
		return rc;
	s.in_chain = p->in_chain;
	if (p->in_chain) {
		/* Only an edited row is above the highest. */
		if (!ledger->has_tip || ledger->tip < p->height)
			return RC_IO;
		s.confirmations = ledger->tip - p->height + 1;
	} else {
		rc = payment_pool(ledger, p, &s.pool);
		if (rc == RC_OK)
			rc = payment_conflict(ledger, p, &s.is_conflicted);
	}
	if (rc == RC_OK)
		*ret = s;
	return rc;
}

static enum rc payment_save(struct ledger *ledger, const struct payment_row *p)
{
	struct query *q = store_query(ledger->db,
	    SQL("UPDATE payment SET state = ?2, height = ?3, block_us = ?4,"
		" booked = ?5, reversals = ?6 WHERE id = ?1"));

	query_add_i64(q, p->id);
	query_add_i64(q, p->state);
	if (p->in_chain) {
		query_add_i64(q, p->height);
		query_add_i64(q, p->block_time.us);
	} else {
		query_add_null(q);
		query_add_null(q);
	}
	if (p->booked > 0)
		query_add_i64(q, p->booked);
	else
		query_add_null(q);
	query_add_i64(q, p->reversals);
	return query_run(q, NULL);
}

/* An address that was paid is not one of those that are out unpaid. */
static enum rc ask_close(struct ledger *ledger, int64_t leaf)
{
	struct query *q = store_query(
	    ledger->db, SQL("UPDATE ask SET is_open = 0 WHERE leaf = ?1"
			    " AND is_shared = 0 AND is_open = 1"));

	query_add_i64(q, leaf);
	return query_run(q, NULL);
}

static enum rc payment_act(struct ledger *ledger, struct payment_row *p,
    struct settle *s, struct instant now)
{
	enum settle_act act;

	while ((act = settle_next(s)) != SETTLE_NOTHING) {
		enum rc rc;

		if (act == SETTLE_REVERSE) {
			rc = book_reverse(ledger, p->booked, now);
			p->booked = 0;
			p->reversals++;
			s->is_booked = false;
			s->was_reversed = true;
		} else {
			rc = book_settle(ledger, p, now, &p->booked);
			if (rc == RC_LIMIT) {
				/* More than there can be: somebody lies. */
				ledger->n[NUMBER_CONTRADICTIONS]++;
				s->needed = UINT32_MAX;
				continue;
			}
			s->is_booked = true;
			s->is_booked_here = true;
		}
		if (rc != RC_OK)
			return rc;
	}
	return RC_OK;
}

static enum rc payment_settle(
    struct ledger *ledger, int64_t id, struct instant now)
{
	struct payment_row p, old;
	struct settle s;
	enum rc rc = payment_load(ledger, id, &p);

	if (rc != RC_OK)
		return rc == RC_NOT_FOUND ? RC_IO : rc;
	old = p;
	rc = payment_facts(ledger, &p, &s);
	if (rc == RC_OK)
		rc = payment_act(ledger, &p, &s, now);
	if (rc != RC_OK)
		return rc;
	p.state = settle_state(&s);
	if (p.state != old.state || p.booked != old.booked || p.in_chain)
		rc = payment_save(ledger, &p);
	if (rc == RC_OK && p.in_chain && p.state != old.state)
		rc = ask_close(ledger, p.leaf);
	return rc;
}

enum rc pay_fits(struct ledger *ledger, int64_t id, bool *ret_fits)
{
	struct payment_row p;
	struct settle s;
	enum rc rc = payment_load(ledger, id, &p);

	if (rc == RC_OK)
		rc = payment_facts(ledger, &p, &s);
	if (rc == RC_OK)
		*ret_fits = settle_next(&s) == SETTLE_NOTHING &&
			    settle_state(&s) == p.state;
	return rc;
}

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a;
	int64_t y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

enum rc work_do(struct ledger *ledger, struct instant now)
{
	struct worklist *w = &ledger->work;
	int64_t last = 0;
	enum rc rc = RC_OK;

	if (w->n > 1)
		qsort(w->v, w->n, sizeof(*w->v), by_number);
	for (size_t i = 0; i < w->n && rc == RC_OK; i++) {
		if (w->v[i] == last)
			continue;
		last = w->v[i];
		rc = payment_settle(ledger, last, now);
	}
	w->n = 0;
	return rc;
}

/* The payment of OUTPOINT, made if it is new; 0: it is not ours, or it is
 * said to be something else than before. */
static enum rc payment_find(struct ledger *ledger,
    const struct payment_row *want, const struct script_pubkey *script,
    int64_t *ret_id)
{
	struct query *q = store_query(ledger->db,
	    SQL("SELECT l.number, p.id, p.amount, p.leaf FROM leaf l"
		" LEFT JOIN payment p ON p.txid = ?2 AND p.vout = ?3"
		" WHERE l.script = ?1"));
	int64_t id = 0;
	int64_t leaf = 0;
	bool is_other = false;
	enum rc rc;

	query_add_blob(q, script_pubkey_str(script));
	query_add_hash(q, &want->outpoint.txid);
	query_add_i64(q, want->outpoint.vout);
	rc = query_step(q);
	if (rc == RC_OK) {
		leaf = query_i64(q, 0);
		id = query_i64(q, 1);
		is_other =
		    id > 0 && (query_i64(q, 2) != sat_raw(want->amount) ||
				  query_i64(q, 3) != leaf);
	}
	query_end(q);
	if (rc == RC_NOT_FOUND || is_other) {
		ledger->n[is_other ? NUMBER_CONTRADICTIONS : NUMBER_IGNORED]++;
		*ret_id = 0;
		return RC_OK;
	}
	if (rc != RC_OK || id > 0) {
		*ret_id = id;
		return rc;
	}
	q = store_query(ledger->db,
	    SQL("INSERT INTO payment (txid, vout, leaf, amount, is_coinbase,"
		" first_us, state, reversals)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, 0) RETURNING id"));
	query_add_hash(q, &want->outpoint.txid);
	query_add_i64(q, want->outpoint.vout);
	query_add_i64(q, leaf);
	query_add_i64(q, sat_raw(want->amount));
	query_add_i64(q, want->is_coinbase ? 1 : 0);
	query_add_i64(q, want->first.us);
	return query_one(q, ret_id);
}

/* All payments of one transaction go on the worklist. */
static enum rc tx_touch(struct ledger *ledger, const struct hash256 *txid)
{
	struct query *q = store_query(
	    ledger->db, SQL("SELECT id FROM payment WHERE txid = ?1"));

	query_add_hash(q, txid);
	return work_add_query(ledger, q);
}

/* So do those of others that spend the same coins. */
static enum rc rivals_touch(struct ledger *ledger, const struct hash256 *txid)
{
	struct query *q = store_query(ledger->db,
	    SQL("SELECT r.id FROM spend s JOIN spend t ON t.prev = s.prev"
		" AND t.vout = s.vout AND t.txid <> s.txid"
		" JOIN payment r ON r.txid = t.txid WHERE s.txid = ?1"));

	query_add_hash(q, txid);
	return work_add_query(ledger, q);
}

/* The transaction's row, and the coins it spends, once. */
static enum rc tx_note(struct ledger *ledger, const struct hash256 *txid,
    const struct fact_inputs *inputs)
{
	int64_t count = 0;
	struct query *q = store_query(ledger->db,
	    SQL("INSERT INTO tx (txid, inputs, signals_rbf, seen_epoch,"
		" seen_seq, drop_epoch, drop_seq, is_replaced)"
		" VALUES (?1, ?2, 0, 0, 0, 0, 0, 0)"
		" ON CONFLICT (txid) DO UPDATE SET inputs = excluded.inputs"
		" WHERE inputs = 0 AND excluded.inputs > 0"));
	enum rc rc;

	query_add_hash(q, txid);
	query_add_i64(q, inputs ? inputs->total : 0);
	rc = query_run(q, &count);
	if (rc != RC_OK || count == 0 || !inputs)
		return rc;
	for (uint16_t i = 0; i < inputs->n; i++) {
		q = store_query(
		    ledger->db, SQL("INSERT INTO spend (txid, at, prev, vout)"
				    " VALUES (?1, ?2, ?3, ?4)"
				    " ON CONFLICT (txid, at) DO NOTHING"));
		query_add_hash(q, txid);
		query_add_i64(q, i);
		query_add_hash(q, &inputs->v[i].txid);
		query_add_i64(q, inputs->v[i].vout);
		rc = query_run(q, NULL);
		if (rc != RC_OK)
			return rc;
	}
	return rivals_touch(ledger, txid);
}

enum rc pay_paid(
    struct ledger *ledger, const struct fact_paid *paid, struct instant now)
{
	const struct payment_row want = {
	    .outpoint = paid->outpoint,
	    .amount = paid->value,
	    .is_coinbase = paid->is_coinbase,
	    .first = now,
	};
	int64_t id = 0;
	int64_t count = 0;
	struct query *q;
	enum rc rc = payment_find(ledger, &want, &paid->script, &id);

	if (rc != RC_OK || id == 0)
		return rc;
	rc = tx_note(ledger, &paid->outpoint.txid,
	    paid->is_coinbase ? NULL : &paid->inputs);
	if (rc != RC_OK)
		return rc;
	q = store_query(ledger->db,
	    SQL("INSERT INTO appearance (block, payment) VALUES (?1, ?2)"
		" ON CONFLICT (block, payment) DO NOTHING"));
	query_add_hash(q, &paid->block);
	query_add_i64(q, id);
	rc = query_run(q, &count);
	if (rc != RC_OK || count == 0)
		return rc;
	rc = rivals_touch(ledger, &paid->outpoint.txid);
	return rc == RC_OK ? work_add(ledger, id) : rc;
}

enum rc pay_seen(
    struct ledger *ledger, const struct fact *fact, struct instant now)
{
	const struct fact_seen *seen = &fact->u.seen;
	const struct payment_row want = {
	    .outpoint = seen->outpoint,
	    .amount = seen->value,
	    .first = now,
	};
	struct mark mark = {fact->epoch, fact->seq};
	int64_t id = 0;
	struct query *q;
	enum rc rc = payment_find(ledger, &want, &seen->script, &id);

	if (rc != RC_OK || id == 0)
		return rc;
	rc = tx_note(ledger, &seen->outpoint.txid, &seen->inputs);
	if (rc != RC_OK)
		return rc;
	q = store_query(
	    ledger->db, SQL("UPDATE tx SET seen_epoch = ?2, seen_seq = ?3,"
			    " signals_rbf = max(signals_rbf, ?4)"
			    " WHERE txid = ?1 AND (seen_epoch < ?2"
			    " OR (seen_epoch = ?2 AND seen_seq < ?3))"));
	query_add_hash(q, &seen->outpoint.txid);
	query_add_mark(q, mark);
	query_add_i64(q, seen->signals_rbf ? 1 : 0);
	rc = query_run(q, NULL);
	return rc == RC_OK ? tx_touch(ledger, &seen->outpoint.txid) : rc;
}

static enum rc tx_drop(struct ledger *ledger, const struct hash256 *txid,
    struct mark mark, const struct hash256 *by)
{
	struct query *q;
	enum rc rc = tx_note(ledger, txid, NULL);

	if (rc != RC_OK)
		return rc;
	q = store_query(
	    ledger->db, SQL("UPDATE tx SET drop_epoch = ?2, drop_seq = ?3,"
			    " is_replaced = ?4, replaced_by = ?5"
			    " WHERE txid = ?1 AND (drop_epoch < ?2"
			    " OR (drop_epoch = ?2 AND drop_seq < ?3))"));
	query_add_hash(q, txid);
	query_add_mark(q, mark);
	query_add_i64(q, by ? 1 : 0);
	if (by)
		query_add_hash(q, by);
	else
		query_add_null(q);
	rc = query_run(q, NULL);
	return rc == RC_OK ? tx_touch(ledger, txid) : rc;
}

enum rc pay_dropped(struct ledger *ledger, const struct fact *fact)
{
	const struct fact_dropped *f = &fact->u.dropped;

	return tx_drop(ledger, &f->txid, (struct mark){fact->epoch, fact->seq},
	    f->reason == DROP_REPLACED ? &f->by : NULL);
}

enum rc pay_spent_by(struct ledger *ledger, const struct fact *fact)
{
	const struct fact_spent_by *f = &fact->u.spent_by;
	struct query *q;
	enum rc rc;

	/* In a mempool, the two cannot stand side by side. */
	if (hash256_is_zero(&f->block))
		return tx_drop(ledger, &f->seen,
		    (struct mark){fact->epoch, fact->seq}, &f->txid);
	q = store_query(ledger->db,
	    SQL("INSERT INTO conflict (txid, block, by) VALUES (?1, ?2, ?3)"
		" ON CONFLICT (txid, block, by) DO NOTHING"));
	query_add_hash(q, &f->seen);
	query_add_hash(q, &f->block);
	query_add_hash(q, &f->txid);
	rc = query_run(q, NULL);
	return rc == RC_OK ? tx_touch(ledger, &f->seen) : rc;
}
