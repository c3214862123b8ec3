/* SPDX-License-Identifier: MIT
 *
 * Facts about blocks: which ones are the best chain (R1 and R2 of settle.h),
 * and which payments have to be looked at again when that changes.
 */
#include <string.h>

#include "base/must.h"
#include "ledger/ledger_priv.h"

struct block_row {
	struct hash256 hash, prev;
	uint32_t height;
	struct instant time;
	struct mark joined, gone;
	bool is_best;
};

enum rc chain_tip(struct ledger *ledger)
{
	struct query *q;
	int64_t height = 0;
	bool has_tip;
	enum rc rc;

	if (ledger->is_tip_known)
		return RC_OK;
	q = store_query(
	    ledger->db, SQL("SELECT height FROM block WHERE is_best = 1"
			    " ORDER BY height DESC LIMIT 1"));
	rc = query_step(q);
	has_tip = rc == RC_OK;
	if (has_tip)
		rc = query_count(q, 0, &height);
	if (rc == RC_OK || rc == RC_NOT_FOUND) {
		ledger->has_tip = has_tip;
		ledger->tip = (uint32_t)height;
		ledger->is_tip_known = true;
		rc = RC_OK;
	}
	query_end(q);
	return rc;
}

static enum rc block_load(
    struct ledger *ledger, const struct hash256 *hash, struct block_row *ret)
{
	struct query *q = store_query(ledger->db,
	    SQL("SELECT height, prev, time_us, join_epoch, join_seq,"
		" gone_epoch, gone_seq, is_best FROM block WHERE hash = ?1"));
	enum rc rc;

	query_add_hash(q, hash);
	rc = query_step(q);
	if (rc == RC_OK) {
		ret->hash = *hash;
		ret->height = (uint32_t)query_i64(q, 0);
		ret->prev = query_hash(q, 1);
		ret->time = (struct instant){query_i64(q, 2)};
		ret->joined = query_mark(q, 3);
		ret->gone = query_mark(q, 5);
		ret->is_best = query_i64(q, 7) == 1;
	}
	query_end(q);
	return rc;
}

static enum rc block_save(struct ledger *ledger, const struct block_row *b)
{
	struct query *q = store_query(ledger->db,
	    SQL("INSERT INTO block (hash, height, prev, time_us, join_epoch,"
		" join_seq, gone_epoch, gone_seq, is_best)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0)"
		" ON CONFLICT (hash) DO UPDATE SET"
		" join_epoch = excluded.join_epoch,"
		" join_seq = excluded.join_seq,"
		" gone_epoch = excluded.gone_epoch,"
		" gone_seq = excluded.gone_seq"));

	query_add_hash(q, &b->hash);
	query_add_i64(q, b->height);
	query_add_hash(q, &b->prev);
	query_add_i64(q, b->time.us);
	query_add_mark(q, b->joined);
	query_add_mark(q, b->gone);
	return query_run(q, NULL);
}

/* The payments in the block, those that spend the same coins as they do, and
 * those that something else in it conflicts with. */
static enum rc block_touch(struct ledger *ledger, const struct hash256 *hash)
{
	struct query *q = store_query(
	    ledger->db, SQL("SELECT payment FROM appearance WHERE block = ?1"));
	enum rc rc;

	query_add_hash(q, hash);
	rc = work_add_query(ledger, q);
	if (rc != RC_OK)
		return rc;
	q = store_query(
	    ledger->db, SQL("SELECT p.id FROM conflict c JOIN payment p"
			    " ON p.txid = c.txid WHERE c.block = ?1"));
	query_add_hash(q, hash);
	rc = work_add_query(ledger, q);
	if (rc != RC_OK)
		return rc;
	q = store_query(ledger->db,
	    SQL("SELECT r.id FROM appearance a JOIN payment p"
		" ON p.id = a.payment JOIN spend s ON s.txid = p.txid"
		" JOIN spend t ON t.prev = s.prev AND t.vout = s.vout"
		" AND t.txid <> s.txid JOIN payment r ON r.txid = t.txid"
		" WHERE a.block = ?1"));
	query_add_hash(q, hash);
	return work_add_query(ledger, q);
}

static enum rc block_set_best(
    struct ledger *ledger, const struct hash256 *hash, bool is_best)
{
	struct query *q = store_query(
	    ledger->db, SQL("UPDATE block SET is_best = ?2 WHERE hash = ?1"));
	enum rc rc;

	query_add_hash(q, hash);
	query_add_i64(q, is_best ? 1 : 0);
	rc = query_run(q, NULL);
	return rc == RC_OK ? block_touch(ledger, hash) : rc;
}

/* The block at HEIGHT that is marked as the best one. */
static enum rc height_best(
    struct ledger *ledger, uint32_t height, struct hash256 *ret_hash)
{
	struct query *q = store_query(ledger->db,
	    SQL("SELECT hash FROM block WHERE is_best = 1 AND height = ?1"));
	enum rc rc;

	query_add_i64(q, height);
	rc = query_step(q);
	if (rc == RC_OK)
		*ret_hash = query_hash(q, 0);
	query_end(q);
	return rc;
}

/* The lowest height that was said to be synced after the mark JOINED: the
 * first such word's, for those behind it have greater ones. */
static enum rc synced_after(
    struct ledger *ledger, struct mark joined, uint32_t *ret_height)
{
	struct query *q = store_query(ledger->db,
	    SQL("SELECT height FROM synced WHERE (epoch, seq) > (?1, ?2)"
		" ORDER BY epoch, seq LIMIT 1"));
	int64_t height = UINT32_MAX;
	enum rc rc;

	query_add_mark(q, joined);
	rc = query_one(q, &height);
	*ret_height = (uint32_t)height;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* The block at HEIGHT that joined last; whether it is the best one. */
static enum rc height_newest(struct ledger *ledger, uint32_t height,
    struct hash256 *ret_hash, bool *ret_is_best)
{
	struct query *q = store_query(ledger->db,
	    SQL("SELECT hash, join_epoch, join_seq, gone_epoch, gone_seq"
		" FROM block WHERE height = ?1"
		" ORDER BY join_epoch DESC, join_seq DESC, hash DESC LIMIT 1"));
	struct settle_block b = {.height = height};
	uint32_t synced = UINT32_MAX;
	enum rc rc;

	query_add_i64(q, height);
	rc = query_step(q);
	if (rc == RC_OK) {
		*ret_hash = query_hash(q, 0);
		b.joined = query_mark(q, 1);
		b.gone = query_mark(q, 3);
	}
	query_end(q);
	if (rc == RC_OK)
		rc = synced_after(ledger, b.joined, &synced);
	if (rc == RC_OK)
		*ret_is_best = settle_is_best(&b, synced);
	return rc;
}

/* Makes the marks at HEIGHT and "is_best" agree (R1, R2). */
static enum rc height_settle(struct ledger *ledger, uint32_t height)
{
	struct hash256 newest, best;
	bool is_best = false;
	bool had_best;
	enum rc rc = height_newest(ledger, height, &newest, &is_best);

	if (rc == RC_NOT_FOUND)
		return RC_OK;
	if (rc == RC_OK)
		rc = height_best(ledger, height, &best);
	had_best = rc == RC_OK;
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	if (had_best && is_best && hash256_eq(&best, &newest))
		return RC_OK;
	rc = had_best ? block_set_best(ledger, &best, false) : RC_OK;
	if (rc == RC_OK && is_best)
		rc = block_set_best(ledger, &newest, true);
	if (had_best || is_best)
		ledger->is_tip_known = false;
	return rc;
}

/* A new tip makes payments deeper that wait for it. */
static enum rc tip_touch(struct ledger *ledger, bool had_tip, uint32_t tip)
{
	enum rc rc = chain_tip(ledger);

	if (rc != RC_OK || !ledger->has_tip || (had_tip && ledger->tip <= tip))
		return rc;
	return work_add_query(
	    ledger, store_query(ledger->db,
			SQL("SELECT id FROM payment WHERE state = 1")));
}

enum rc chain_block(
    struct ledger *ledger, const struct fact *fact, bool is_join)
{
	const struct fact_block *f = &fact->u.block;
	struct mark mark = {fact->epoch, fact->seq};
	struct block_row b = {.hash = f->hash,
	    .prev = f->prev,
	    .height = f->height,
	    .time = f->time};
	struct mark *slot = is_join ? &b.joined : &b.gone;
	enum rc rc = block_load(ledger, &f->hash, &b);
	bool had_tip;
	uint32_t tip;

	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	if (rc == RC_OK &&
	    (b.height != f->height || !hash256_eq(&b.prev, &f->prev) ||
		b.time.us != f->time.us)) {
		ledger->n[NUMBER_CONTRADICTIONS]++;
		return RC_OK;
	}
	if (rc == RC_OK && !mark_is_newer(mark, *slot))
		return RC_OK;
	*slot = mark;
	rc = chain_tip(ledger);
	had_tip = ledger->has_tip;
	tip = ledger->tip;
	if (rc == RC_OK)
		rc = block_save(ledger, &b);
	if (rc == RC_OK)
		rc = height_settle(ledger, b.height);
	return rc == RC_OK ? tip_touch(ledger, had_tip, tip) : rc;
}

/* Applies R2 to the blocks above HEIGHT, one after the other. */
static enum rc chain_cut(
    struct ledger *ledger, struct mark mark, uint32_t height)
{
	for (;;) {
		struct query *q = store_query(ledger->db,
		    SQL("SELECT height FROM block WHERE is_best = 1"
			" AND height > ?1 AND (join_epoch, join_seq) < (?2, ?3)"
			" ORDER BY height DESC LIMIT 1"));
		enum rc rc;
		int64_t at = 0;

		query_add_i64(q, height);
		query_add_mark(q, mark);
		rc = query_one(q, &at);
		if (rc != RC_OK)
			return rc == RC_NOT_FOUND ? RC_OK : rc;
		rc = height_settle(ledger, (uint32_t)at);
		if (rc != RC_OK)
			return rc;
	}
}

/* Notes a SYNCED, unless a later one says as much. */
static enum rc synced_note(
    struct ledger *ledger, struct mark mark, uint32_t height)
{
	uint32_t lowest = UINT32_MAX;
	struct query *q;
	enum rc rc = synced_after(
	    ledger, (struct mark){mark.epoch, mark.seq - 1}, &lowest);

	if (rc != RC_OK || lowest <= height)
		return rc;
	q = store_query(ledger->db, SQL("DELETE FROM synced WHERE height >= ?1"
					" AND (epoch, seq) <= (?2, ?3)"));
	query_add_i64(q, height);
	query_add_mark(q, mark);
	rc = query_run(q, NULL);
	if (rc != RC_OK)
		return rc;
	q = store_query(ledger->db,
	    SQL("INSERT INTO synced (height, epoch, seq)"
		" VALUES (?1, ?2, ?3) ON CONFLICT (epoch, seq) DO NOTHING"));
	query_add_i64(q, height);
	query_add_mark(q, mark);
	rc = query_run(q, NULL);
	return rc == RC_OK ? chain_cut(ledger, mark, height) : rc;
}

enum rc chain_synced(struct ledger *ledger, const struct fact *fact)
{
	const struct fact_synced *f = &fact->u.synced;
	enum rc rc = synced_note(
	    ledger, (struct mark){fact->epoch, fact->seq}, f->height);

	if (rc != RC_OK || !f->pool_told ||
	    fact->epoch <= ledger->n[NUMBER_POOL_EPOCH])
		return rc;
	ledger->n[NUMBER_POOL_EPOCH] = fact->epoch;
	return work_add_query(
	    ledger, store_query(ledger->db,
			SQL("SELECT id FROM payment WHERE state IN (0, 3)")));
}

/* The newest height of which all has been told, and its hash. */
static enum rc known_at(struct ledger *ledger, int64_t most, bool is_exact,
    struct ledger_block *ret)
{
	struct query *q = store_query(ledger->db,
	    SQL("SELECT height, hash FROM block WHERE is_best = 1"
		" AND height <= ?1 AND height >= ?2 AND (join_epoch < ?3"
		" OR (join_epoch = ?3 AND join_seq <= ?4))"
		" ORDER BY height DESC LIMIT 1"));
	enum rc rc;

	query_add_i64(q, most);
	query_add_i64(q, is_exact ? most : 0);
	query_add_mark(q, ledger_mark(ledger, NUMBER_KNOWN_EPOCH));
	rc = query_step(q);
	if (rc == RC_OK) {
		ret->height = (uint32_t)query_i64(q, 0);
		ret->hash = query_hash(q, 1);
	}
	query_end(q);
	return rc;
}

enum rc ledger_known_blocks(struct ledger *ledger, struct ledger_block *ret_v,
    size_t n, size_t *ret_n, struct err *err)
{
	enum { NEAR = 12 };
	int64_t at = ledger->n[NUMBER_KNOWN_HEIGHT];
	int64_t step = 1;
	size_t got = 0;
	enum rc rc = RC_OK;

	while (got < n && at >= 0) {
		rc = known_at(ledger, at, got > 0, &ret_v[got]);
		if (rc != RC_OK)
			break;
		at = ret_v[got].height;
		got++;
		if (got >= NEAR)
			step *= 2;
		at -= step;
	}
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return store_fail(ledger->db, rc, "reading blocks", err);
	*ret_n = got;
	return RC_OK;
}
