/* SPDX-License-Identifier: MIT
 *
 * Facts are taken over: each goes to the file that knows its kind, and how far
 * an epoch has been heard without a gap is counted, for that is what watch may
 * forget.
 */
#include <string.h>

#include "base/arena.h"
#include "base/must.h"
#include "ledger/ledger_priv.h"

static enum rc node_fact(
    struct ledger *ledger, const struct fact *fact, struct instant now)
{
	struct mark mark = {fact->epoch, fact->seq};
	struct query *q;

	if (!mark_is_newer(mark, ledger_mark(ledger, NUMBER_NODE_EPOCH)))
		return RC_OK;
	ledger->n[NUMBER_NODE_EPOCH] = mark.epoch;
	ledger->n[NUMBER_NODE_SEQ] = (int64_t)mark.seq;
	ledger->n[NUMBER_NODE_STATE] = fact->u.node.state;
	if (fact->u.node.state == NODE_OK)
		ledger->n[NUMBER_HEARD_US] = now.us;
	q = store_query(ledger->db,
	    SQL("INSERT INTO setting (key, value) VALUES ('node', ?1)"
		" ON CONFLICT (key) DO UPDATE SET value = excluded.value"));
	query_add_str(q, fact->u.node.text);
	return query_run(q, NULL);
}

static enum rc sources_fact(struct ledger *ledger, const struct fact *fact)
{
	struct mark mark = {fact->epoch, fact->seq};
	struct query *q;

	if (fact->epoch < ledger->n[NUMBER_EPOCH] ||
	    !mark_is_newer(mark, ledger_mark(ledger, NUMBER_SOURCES_EPOCH)))
		return RC_OK;
	ledger->n[NUMBER_SOURCES_EPOCH] = mark.epoch;
	ledger->n[NUMBER_SOURCES_SEQ] = (int64_t)mark.seq;
	ledger->n[NUMBER_SOURCES] = fact->u.sources.total;
	ledger->n[NUMBER_ANSWERING] = fact->u.sources.answering;
	q = store_query(ledger->db,
	    SQL("INSERT INTO setting (key, value) VALUES ('sources', ?1)"
		" ON CONFLICT (key) DO UPDATE SET value = excluded.value"));
	query_add_str(q, fact->u.sources.text);
	return query_run(q, NULL);
}

static enum rc fact_apply(
    struct ledger *ledger, const struct fact *fact, struct instant now)
{
	switch (fact->kind) {
	case FACT_NODE:
		return node_fact(ledger, fact, now);
	case FACT_BLOCK:
		return chain_block(ledger, fact, true);
	case FACT_BLOCK_GONE:
		return chain_block(ledger, fact, false);
	case FACT_PAID:
		return pay_paid(ledger, &fact->u.paid, now);
	case FACT_SEEN:
		return pay_seen(ledger, fact, now);
	case FACT_DROPPED:
		return pay_dropped(ledger, fact);
	case FACT_SPENT_BY:
		return pay_spent_by(ledger, fact);
	case FACT_SYNCED:
		ledger->n[NUMBER_HEARD_US] = now.us;
		return chain_synced(ledger, fact);
	case FACT_RATE:
		return rate_fact(ledger, &fact->u.rate, now);
	case FACT_SOURCES:
		return sources_fact(ledger, fact);
	case FACT_ALIVE:
		break; /* for the till's own ears */
	}
	ledger->n[NUMBER_IGNORED]++;
	return RC_OK;
}

/* All up to SEQ of the epoch is here. If that was a SYNCED, the blocks up to
 * it need not be told again. */
static void heard_move(struct ledger *ledger, uint64_t seq, int64_t synced)
{
	ledger->n[NUMBER_HEARD_SEQ] = (int64_t)seq;
	if (synced < 0)
		return;
	ledger->n[NUMBER_KNOWN_EPOCH] = ledger->n[NUMBER_HEARD_EPOCH];
	ledger->n[NUMBER_KNOWN_SEQ] = (int64_t)seq;
	ledger->n[NUMBER_KNOWN_HEIGHT] = synced;
}

static enum rc early_note(struct ledger *ledger, int64_t seq, int64_t synced)
{
	struct query *q = store_query(
	    ledger->db, SQL("INSERT INTO early (seq, synced) VALUES (?1, ?2)"
			    " ON CONFLICT (seq) DO NOTHING"));

	query_add_i64(q, seq);
	query_add_i64(q, synced);
	return query_run(q, NULL);
}

/* Goes on over what came early. */
static enum rc early_take(struct ledger *ledger)
{
	for (;;) {
		int64_t next = ledger->n[NUMBER_HEARD_SEQ] + 1;
		int64_t synced = -1;
		struct query *q = store_query(
		    ledger->db, SQL("SELECT synced FROM early WHERE seq = ?1"));
		enum rc rc;

		query_add_i64(q, next);
		rc = query_one(q, &synced);
		if (rc != RC_OK)
			return rc == RC_NOT_FOUND ? RC_OK : rc;
		heard_move(ledger, (uint64_t)next, synced);
		q = store_query(
		    ledger->db, SQL("DELETE FROM early WHERE seq = ?1"));
		query_add_i64(q, next);
		rc = query_run(q, NULL);
		if (rc != RC_OK)
			return rc;
	}
}

/* Counts FACT among those heard. */
static enum rc heard_note(struct ledger *ledger, const struct fact *fact)
{
	int64_t synced =
	    fact->kind == FACT_SYNCED ? (int64_t)fact->u.synced.height : -1;
	uint64_t heard;
	enum rc rc = RC_OK;

	if (fact->epoch < ledger->n[NUMBER_HEARD_EPOCH])
		return RC_OK;
	if (fact->epoch > ledger->n[NUMBER_HEARD_EPOCH]) {
		ledger->n[NUMBER_HEARD_EPOCH] = fact->epoch;
		ledger->n[NUMBER_HEARD_SEQ] = 0;
		rc = query_run(
		    store_query(ledger->db, SQL("DELETE FROM early")), NULL);
	}
	heard = (uint64_t)ledger->n[NUMBER_HEARD_SEQ];
	if (rc != RC_OK || fact->seq <= heard)
		return rc;
	if (fact->seq > heard + 1)
		return early_note(ledger, (int64_t)fact->seq, synced);
	heard_move(ledger, fact->seq, synced);
	return early_take(ledger);
}

enum rc ledger_facts(struct ledger *ledger, const struct fact *v, size_t n,
    struct instant now, struct err *err)
{
	enum rc rc = ledger_begin(ledger, err);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < n && rc == RC_OK; i++) {
		/* SQLite's numbers have a sign. */
		if (v[i].seq > INT64_MAX || v[i].epoch == 0 || v[i].seq == 0) {
			ledger->n[NUMBER_IGNORED]++;
			continue;
		}
		rc = fact_apply(ledger, &v[i], now);
		if (rc == RC_OK)
			rc = work_do(ledger, now);
		if (rc == RC_OK)
			rc = heard_note(ledger, &v[i]);
	}
	return ledger_end(ledger, rc, "taking facts over", err);
}

enum rc ledger_fact(struct ledger *ledger, const struct fact *fact,
    struct instant now, struct err *err)
{
	return ledger_facts(ledger, fact, 1, now, err);
}

void ledger_heard(
    const struct ledger *ledger, uint32_t *ret_epoch, uint64_t *ret_seq)
{
	*ret_epoch = (uint32_t)ledger->n[NUMBER_HEARD_EPOCH];
	*ret_seq = (uint64_t)ledger->n[NUMBER_HEARD_SEQ];
}

enum rc ledger_next_epoch(
    struct ledger *ledger, uint32_t *ret_epoch, struct err *err)
{
	int64_t epoch;
	enum rc rc = ledger_begin(ledger, err);

	if (rc != RC_OK)
		return rc;
	epoch = ledger->n[NUMBER_EPOCH];
	if (epoch < ledger->n[NUMBER_HEARD_EPOCH])
		epoch = ledger->n[NUMBER_HEARD_EPOCH];
	if (epoch >= UINT32_MAX)
		rc = RC_LIMIT;
	ledger->n[NUMBER_EPOCH] = epoch + 1;
	/* Other settings may have come with the new start. */
	ledger->n[NUMBER_SOURCES] = ledger->n[NUMBER_ANSWERING] = 0;
	rc = ledger_end(ledger, rc, "beginning a new epoch", err);
	if (rc == RC_OK)
		*ret_epoch = (uint32_t)(epoch + 1);
	return rc;
}

/* The coins that the transaction spends, as far as they were told. */
static enum rc pending_inputs(
    struct ledger *ledger, struct order_pending *pending)
{
	struct query *q = store_query(ledger->db,
	    SQL("SELECT s.prev, s.vout, t.inputs FROM spend s JOIN tx t"
		" ON t.txid = s.txid WHERE s.txid = ?1 ORDER BY s.at"));
	struct fact_inputs *in = &pending->inputs;
	enum rc rc = RC_NOT_FOUND;

	in->n = 0;
	in->total = 0;
	query_add_hash(q, &pending->txid);
	while (in->n < FACT_INPUTS_MAX && (rc = query_step(q)) == RC_OK) {
		in->v[in->n].txid = query_hash(q, 0);
		in->v[in->n].vout = (uint32_t)query_i64(q, 1);
		in->total = (uint32_t)query_i64(q, 2);
		in->n++;
	}
	query_end(q);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc ledger_next_pending(struct ledger *ledger, const struct hash256 *after,
    struct order_pending *ret_pending, struct err *err)
{
	struct query *q = store_query(ledger->db,
	    SQL("SELECT p.txid FROM payment p WHERE p.state IN (0, 3)"
		" AND p.txid > ?1 AND EXISTS (SELECT 1 FROM spend s"
		" WHERE s.txid = p.txid) ORDER BY p.txid LIMIT 1"));
	enum rc rc;

	query_add_hash(q, after);
	rc = query_step(q);
	if (rc == RC_OK)
		ret_pending->txid = query_hash(q, 0);
	query_end(q);
	if (rc == RC_OK)
		rc = pending_inputs(ledger, ret_pending);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return store_fail(ledger->db, rc, "reading payments", err);
	return rc;
}

static enum rc tick_work(
    struct ledger *ledger, struct instant now, bool *ret_changed)
{
	const struct ledger_settings *s = &ledger->settings;
	int64_t cutoff = (int64_t)day_of(now) - (int64_t)s->delay_days;
	struct query *q = store_query(
	    ledger->db, SQL("UPDATE ask SET net = NULL WHERE net IS NOT NULL"
			    " AND (asked_us <= ?1 OR asked_us > ?2)"));
	enum rc rc;

	/* A clock that went back must not keep a network longer. */
	query_add_i64(q, now.us - INT64_C(86400000000));
	query_add_i64(q, now.us + 5 * INT64_C(60000000));
	rc = query_run(q, NULL);
	if (rc != RC_OK)
		return rc;
	q = store_query(
	    ledger->db, SQL("UPDATE ask SET is_open = 0 WHERE is_open = 1"
			    " AND asked_us < ?1"));
	query_add_i64(
	    q, now.us - (int64_t)s->window_days * INT64_C(86400000000));
	rc = query_run(q, NULL);
	if (rc == RC_OK && cutoff != ledger->n[NUMBER_CUTOFF_DAY]) {
		ledger->n[NUMBER_CUTOFF_DAY] = cutoff;
		ledger->n[NUMBER_VERSION]++;
		*ret_changed = true;
	}
	return rc;
}

enum rc ledger_tick(struct ledger *ledger, struct instant now,
    bool *ret_changed, struct err *err)
{
	bool changed = false;
	/* While support is paused nobody asks, so a file that was mended is
	 * seen here. */
	enum rc rc = ask_check_old(ledger, now, err);
	enum rc caught_up;

	if (rc != RC_OK && rc != RC_DENIED)
		return rc;
	/* A tally that cannot be written must not keep a network longer. */
	rc = ledger_begin(ledger, err);
	if (rc != RC_OK)
		return rc;
	rc = tick_work(ledger, now, &changed);
	rc = ledger_end(ledger, rc, "the minute's work", err);
	caught_up = rc == RC_OK ? ledger_catch_up(ledger, now, err) : rc;
	if (rc == RC_OK && ret_changed)
		*ret_changed = changed;
	return caught_up;
}
