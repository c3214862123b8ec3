/* SPDX-License-Identifier: MIT
 *
 * What has become of an ask.
 */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "ledger/ledger_priv.h"

struct found {
	int64_t leaf;
	bool is_sealed;	  /* the row is as it was made with this token */
	int64_t since_us; /* payments before it are not of this ask */
};

static enum rc ask_read(struct query *q, struct arena *a, struct ledger_gift *g,
    struct found *found)
{
	enum rc rc = RC_OK;

	found->leaf = query_i64(q, 0);
	g->is_shared = query_i64(q, 1) == 1;
	g->is_common = query_i64(q, 2) == 1;
	g->asked = (struct instant){query_i64(q, 3)};
	g->purpose_kind = (enum purpose_kind)query_i64(q, 4);
	g->purpose = query_copy(q, a, 5);
	if (!g->purpose.p)
		return RC_NO_MEMORY;
	rc = query_sat(q, 6, &g->wanted);
	if (rc == RC_OK)
		rc = query_fiat(q, 7, &g->wanted_money);
	/* Without a currency the column is empty. */
	if (rc == RC_OK && query_str(q, 8).n > 0)
		rc = query_currency(q, 8, 9, &g->currency);
	g->has_quote = !query_is_null(q, 10);
	if (rc == RC_OK && g->has_quote) {
		rc = query_rate(q, 10, g->currency, &g->rate);
		g->quote_ends = (struct instant){query_i64(q, 13)};
	}
	/* An address of many: what came before is surely another's. */
	found->since_us = g->is_shared ? g->asked.us : INT64_MIN;
	return rc;
}

static enum rc ask_find(struct ledger *ledger, struct arena *a,
    const struct ledger_token *token, struct ledger_gift *g,
    struct found *found)
{
	struct hash256 hash = token_hash(token);
	struct query *q = store_query(ledger->db,
	    SQL("SELECT leaf, is_shared, is_common, asked_us, kind, purpose,"
		" wanted, money, currency, decimals, price, source, rate_us,"
		" ends_us, seal FROM ask WHERE token = ?1"));
	enum rc rc;

	query_add_hash(q, &hash);
	rc = query_step(q);
	if (rc == RC_OK) {
		rc = ask_read(q, a, g, found);
		hash = query_hash(q, 14);
	}
	query_end(q);
	if (rc == RC_OK) {
		struct hash256 seal =
		    token_seal(token, found->leaf, g->is_shared, g->is_common);

		found->is_sealed = hash256_eq(&seal, &hash);
	}
	return rc;
}

static enum rc payment_read(
    struct ledger *ledger, struct query *q, struct ledger_payment *p)
{
	int64_t height = query_i64(q, 6);
	struct currency currency;
	enum rc rc = query_sat(q, 2, &p->amount);

	p->outpoint.txid = query_hash(q, 0);
	p->outpoint.vout = (uint32_t)query_i64(q, 1);
	p->state = (enum payment_state)query_i64(q, 4);
	if ((unsigned)p->state >= PAYMENT_STATES)
		return RC_IO;
	p->seen = (struct instant){query_i64(q, 5)};
	p->confirmed = INSTANT_NEVER;
	p->signals_rbf = query_i64(q, 8) == 1;
	if (rc == RC_OK)
		p->needed = settings_confirmations(
		    &ledger->settings, p->amount, query_i64(q, 3) == 1);
	if (!query_is_null(q, 6)) {
		p->confirmed = (struct instant){query_i64(q, 7)};
		if (ledger->has_tip && (int64_t)ledger->tip >= height)
			p->confirmations =
			    (uint32_t)((int64_t)ledger->tip - height + 1);
	}
	p->has_value = !query_is_null(q, 9);
	if (rc == RC_OK && p->has_value)
		rc = query_currency(q, 9, 10, &currency);
	if (rc == RC_OK && p->has_value) {
		p->currency = currency;
		rc = query_fiat(q, 11, &p->value);
	}
	if (rc == RC_OK && p->has_value)
		rc = query_rate(q, 12, currency, &p->rate);
	p->was_reversed = query_i64(q, 15) > 0;
	return rc;
}

/* The newest payments, put into the order in which they came. */
static enum rc payments_load(
    struct ledger *ledger, const struct found *found, struct ledger_gift *g)
{
	struct query *q = store_query(ledger->db,
	    SQL("SELECT p.txid, p.vout, p.amount, p.is_coinbase, p.state,"
		" p.first_us, p.height, p.block_us, t.signals_rbf,"
		" v.currency, v.decimals, v.money, v.price, v.source,"
		" v.rate_us, p.reversals FROM payment p LEFT JOIN tx t ON t.txid = p.txid"
		" LEFT JOIN entry e ON e.seq = p.booked"
		" LEFT JOIN entry v ON v.seq = CASE WHEN e.currency IS NULL"
		" THEN (SELECT f.seq FROM entry f WHERE f.about = e.seq"
		" AND f.about > 0 AND f.kind = 3) ELSE e.seq END"
		" WHERE p.leaf = ?1 AND p.first_us >= ?2"
		" ORDER BY p.id DESC LIMIT ?3"));
	size_t n = 0;
	enum rc rc = RC_NOT_FOUND;

	query_add_i64(q, found->leaf);
	query_add_i64(q, found->since_us);
	query_add_i64(q, LEDGER_GIFT_PAYMENTS_MOST);
	while (n < LEDGER_GIFT_PAYMENTS_MOST && (rc = query_step(q)) == RC_OK) {
		rc = payment_read(ledger, q, &g->payments[n]);
		if (rc != RC_OK)
			break;
		n++;
	}
	query_end(q);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	for (size_t i = 0; i < n / 2; i++) {
		struct ledger_payment swap = g->payments[i];

		g->payments[i] = g->payments[n - 1 - i];
		g->payments[n - 1 - i] = swap;
	}
	g->payments_n = n;
	return RC_OK;
}

/* Coins and satoshi apart, for query_sum; NULL, read as 0, of no payment. */
#define SUM_OF(state)                                                          \
	", sum(amount / 100000000) FILTER (WHERE state = " #state              \
	"), sum(amount % 100000000) FILTER (WHERE state = " #state ")"

static enum rc payments_sum(
    struct ledger *ledger, const struct found *found, struct ledger_gift *g)
{
	struct query *q = store_query(ledger->db,
	    SQL("SELECT count(*)" SUM_OF(2) SUM_OF(1) SUM_OF(
		0) " FROM payment WHERE leaf = ?1 AND first_us >= ?2"));
	enum rc rc;

	query_add_i64(q, found->leaf);
	query_add_i64(q, found->since_us);
	rc = query_step(q);
	if (rc == RC_OK) {
		g->payments_all = (uint64_t)query_i64(q, 0);
		rc = query_sum(q, 1, &g->settled);
	}
	if (rc == RC_OK)
		rc = query_sum(q, 3, &g->confirmed);
	if (rc == RC_OK)
		rc = query_sum(q, 5, &g->seen);
	query_end(q);
	return rc;
}

static enum rc proof_put(struct arena *a, struct ledger_gift *g)
{
	struct buf b;

	buf_init_arena(&b, a, PROOF_MAX);
	proof_write(&b, &g->proof);
	g->proof_text = buf_str(&b);
	return buf_rc(&b);
}

enum rc ledger_gift(struct ledger *ledger, struct arena *a,
    struct ledger_token token, struct instant now, struct ledger_gift *ret_gift,
    struct err *err)
{
	struct ledger_gift *g = ret_gift;
	struct found found = {0};
	struct leaf_row leaf;
	enum rc rc;

	memset(g, 0, sizeof(*g));
	rc = ask_find(ledger, a, &token, g, &found);
	if (rc == RC_NOT_FOUND)
		return err_set(err, rc, "nobody was given this receipt");
	/* Another leaf than the one that this reader was shown: what has come
	 * in on it is nobody's business here, however genuine it is. */
	if (rc == RC_OK && !found.is_sealed)
		return err_set(err, RC_DENIED,
		    "till.db: the row of a receipt (leaf %lld) was edited; it "
		    "is not shown. Put back a copy of till/ from before",
		    (long long)found.leaf);
	ledger->is_tip_known = ledger->is_tip_known && !ledger->is_reader;
	if (rc == RC_OK)
		rc = chain_tip(ledger);
	if (rc == RC_OK)
		rc = payments_load(ledger, &found, g);
	if (rc == RC_OK)
		rc = payments_sum(ledger, &found, g);
	if (rc != RC_OK)
		return store_fail(ledger->db, rc, "reading a gift", err);
	g->is_verified = ledger_is_verified(ledger, now);
	rc = leaf_prove(ledger, a, found.leaf, now, &leaf, &g->proof, err);
	if (rc == RC_DENIED && ledger->pin &&
	    ledger_note_proof(ledger, found.leaf, false, NULL) != RC_OK)
		return rc;
	if (rc != RC_OK && rc != RC_GONE)
		return rc;
	g->script = leaf.script;
	rc = proof_put(a, g);
	return rc == RC_OK ? RC_OK
			   : err_set(err, rc, "no memory for the proof");
}
