/* SPDX-License-Identifier: MIT
 *
 * Which leaf is handed out next.
 *
 * Addresses of a batch's own leaves are few, so they are rationed: by network,
 * and by how many may be out unpaid. Beyond that a shared one is given, so that
 * whoever uses the ration up stops nobody's gift. The memory for asks of
 * shared ones is rationed too: beyond that all get one common ask, whose token
 * is no secret.
 *
 * till.db may be a copy from before. Then the tally, which lies elsewhere, says
 * how many leaves were handed out since, and they are passed over:
 *
 *	1. ledger_catch_up	"next" becomes what the tally says
 *	2. reserve_pledge	before the commit that hands a leaf out the
 *				tally says that it may have been
 *	3. reserve_done		and after it that it was
 *
 * A crash between 2 and 3 leaves one leaf pledged and perhaps not given: it is
 * passed over without a word. More than that, or one that was given, means
 * that till.db is older than it was.
 */
#include <string.h>

#include "base/must.h"
#include "ledger/ledger_priv.h"

enum {
	SHARED_IN_HOUR = 1000, /* asks of shared addresses that are kept */
	PASS_MOST = 1000,      /* leaves that one ask passes over */
};

#define HOUR_US INT64_C(3600000000)
#define DAY_US	INT64_C(86400000000)

bool reserve_knows_net(const struct ledger_request *r)
{
	static const uint8_t zeros[LEDGER_NET_BYTES];

	return memcmp(r->net, zeros, sizeof(zeros)) != 0;
}

/* Which ration is used up, if one is. */
static enum rc ration(struct ledger *ledger, const struct ledger_request *r,
    struct instant now, enum ledger_ask_limit *ret_limit)
{
	const struct ledger_settings *s = &ledger->settings;
	int64_t n = 0;
	struct query *q;
	enum rc rc;

	*ret_limit = ASK_OWN;
	if (reserve_knows_net(r)) {
		q = store_query(
		    ledger->db, SQL("SELECT count(*) FROM ask WHERE net = ?1"
				    " AND net IS NOT NULL AND asked_us > ?2"
				    " AND is_shared = 0"));
		query_add_blob(
		    q, (struct str){(const char *)r->net, LEDGER_NET_BYTES});
		query_add_i64(q, now.us - DAY_US);
		rc = query_one(q, &n);
		if (rc != RC_OK)
			return rc;
		if (n >= s->network_most) {
			*ret_limit = ASK_NETWORK;
			return RC_OK;
		}
	}
	q = store_query(
	    ledger->db, SQL("SELECT count(*) FROM ask WHERE is_open = 1"));
	rc = query_one(q, &n);
	if (rc == RC_OK && n >= s->window)
		*ret_limit = ASK_WINDOW;
	return rc;
}

static enum rc shared_is_flooded(
    struct ledger *ledger, struct instant now, bool *ret)
{
	int64_t n = 0;
	struct query *q = store_query(
	    ledger->db, SQL("SELECT count(*) FROM ask WHERE is_shared = 1"
			    " AND asked_us > ?1"));
	enum rc rc;

	query_add_i64(q, now.us - HOUR_US);
	rc = query_one(q, &n);
	*ret = n >= SHARED_IN_HOUR;
	return rc;
}

/* The batch that addresses are taken of. Indices count from its first leaf. */
struct newest {
	uint32_t number;
	int64_t first, count, shared, next;
};

/* RC_NOT_FOUND: there is none. */
static enum rc newest_load(struct ledger *ledger, struct newest *b)
{
	struct query *q = store_query(ledger->db,
	    SQL("SELECT number, first, count, shared, next FROM batch"
		" ORDER BY number DESC LIMIT 1"));
	enum rc rc = query_step(q);

	if (rc == RC_OK) {
		b->number = (uint32_t)query_i64(q, 0);
		rc = query_count(q, 1, &b->first);
		if (rc == RC_OK)
			rc = query_count(q, 2, &b->count);
		if (rc == RC_OK)
			rc = query_count(q, 3, &b->shared);
		if (rc == RC_OK)
			rc = query_count(q, 4, &b->next);
		/* The shared ones come first, whatever the rows say. */
		if (b->next < b->shared)
			b->next = b->shared;
	}
	query_end(q);
	return rc;
}

/* The tally. */

static enum rc next_set(struct ledger *ledger, uint32_t batch, int64_t next)
{
	struct query *q = store_query(
	    ledger->db, SQL("UPDATE batch SET next = ?2 WHERE number = ?1"));

	query_add_i64(q, batch);
	query_add_i64(q, next);
	return query_run(q, NULL);
}

/* The leaves below N were handed out by a newer till.db than this one. */
static enum rc pass_over(struct ledger *ledger, const struct newest *b,
    int64_t n, bool is_sure, struct instant now, struct err *err)
{
	enum rc rc = ledger_begin(ledger, err);

	if (rc != RC_OK)
		return rc;
	rc = next_set(ledger, b->number, n);
	if (is_sure || n - b->next > 1) {
		ledger->n[NUMBER_PASSED_BATCH] = b->number;
		ledger->n[NUMBER_PASSED_FROM] = b->next;
		ledger->n[NUMBER_PASSED_TO] = n;
		ledger->n[NUMBER_PASSED_US] = now.us;
	}
	return ledger_end(ledger, rc, "passing addresses over", err);
}

/* Behind the last leaf that this till.db knows to have handed out. */
static enum rc asked_end(
    struct ledger *ledger, const struct newest *b, int64_t *ret_end)
{
	struct query *q =
	    store_query(ledger->db, SQL("SELECT max(leaf) FROM ask WHERE"
					" is_shared = 0 AND leaf >= ?1"
					" AND leaf < ?2"));
	enum rc rc;

	query_add_i64(q, b->first);
	query_add_i64(q, b->first + b->count);
	rc = query_step(q);
	if (rc == RC_OK)
		*ret_end =
		    query_is_null(q, 0) ? 0 : query_i64(q, 0) - b->first + 1;
	query_end(q);
	return rc;
}

static enum rc tally_mend(struct ledger *ledger, uint32_t batch, int64_t end,
    struct instant now, struct err *err)
{
	enum rc rc =
	    ledger->tally->pledge(ledger->tally_ctx, batch, (uint32_t)end, err);

	if (rc != RC_OK)
		return rc;
	ledger->tally->given(ledger->tally_ctx, batch, (uint32_t)end);
	rc = ledger_begin(ledger, err);
	if (rc != RC_OK)
		return rc;
	ledger->n[NUMBER_TALLY_US] = now.us;
	return ledger_end(ledger, rc, "mending the tally", err);
}

void ledger_use_tally(
    struct ledger *ledger, const struct ledger_tally_calls *calls, void *ctx)
{
	ledger->tally = calls;
	ledger->tally_ctx = ctx;
	ledger->spared_batch = 0;
}

enum rc ledger_catch_up(
    struct ledger *ledger, struct instant now, struct err *err)
{
	struct newest b;
	bool is_sure = false;
	uint32_t n = 0;
	int64_t end = 0;
	enum rc rc;

	if (!ledger->tally || ledger->is_reader)
		return RC_OK;
	rc = newest_load(ledger, &b);
	if (rc == RC_NOT_FOUND)
		return RC_OK;
	if (rc == RC_OK)
		rc = asked_end(ledger, &b, &end);
	if (rc != RC_OK)
		return store_fail(ledger->db, rc, "reading batches", err);
	ledger->tally->look(ledger->tally_ctx, b.number, &n, &is_sure);
	if (n > b.count)
		n = (uint32_t)b.count;
	if (end > n)
		return tally_mend(ledger, b.number, end, now, err);
	if (n <= b.next ||
	    (ledger->spared_batch == b.number && ledger->spared_n == n))
		return RC_OK;
	return pass_over(ledger, &b, n, is_sure, now, err);
}

enum rc reserve_pledge(
    struct ledger *ledger, const struct choice *choice, struct err *err)
{
	uint32_t n = (uint32_t)(choice->leaf - choice->first + 1);
	enum rc rc;

	if (!ledger->tally || !choice->is_own)
		return RC_OK;
	rc = ledger->tally->pledge(ledger->tally_ctx, choice->batch, n, err);
	if (rc == RC_OK) {
		ledger->spared_batch = choice->batch;
		ledger->spared_n = n;
	}
	return rc;
}

void reserve_done(struct ledger *ledger, const struct choice *choice)
{
	if (!ledger->tally || !choice->is_own)
		return;
	ledger->spared_batch = 0;
	ledger->tally->given(ledger->tally_ctx, choice->batch,
	    (uint32_t)(choice->leaf - choice->first + 1));
}

/* Choosing. */

/* There is a leaf of BATCH with that number. */
static enum rc leaf_is_there(
    struct ledger *ledger, uint32_t batch, int64_t leaf, bool *ret)
{
	struct query *q = store_query(ledger->db,
	    SQL("SELECT count(*) FROM leaf WHERE number = ?2 AND batch = ?1"));
	int64_t n = 0;
	enum rc rc;

	query_add_i64(q, batch);
	query_add_i64(q, leaf);
	rc = query_one(q, &n);
	*ret = n > 0;
	return rc;
}

/* Where the count of those handed out is from before (both till.db and the
 * tally were put back, a row was edited), the asks and what the chain has told
 * since know better. */
enum rc reserve_fresh(
    struct ledger *ledger, uint32_t batch, int64_t leaf, int64_t *ret_leaf)
{
	struct query *q = store_query(ledger->db,
	    SQL("SELECT l.number FROM leaf l WHERE l.batch = ?1"
		" AND l.number >= ?2 AND l.number < ?3"
		" AND NOT EXISTS (SELECT 1 FROM payment p"
		" WHERE p.leaf = l.number) AND NOT EXISTS (SELECT 1 FROM ask a"
		" WHERE a.leaf = l.number AND a.is_shared = 0)"
		" ORDER BY l.number LIMIT 1"));
	bool has_more = false;
	enum rc rc;

	query_add_i64(q, batch);
	query_add_i64(q, leaf);
	query_add_i64(q, leaf + PASS_MOST);
	rc = query_one(q, ret_leaf);
	if (rc != RC_NOT_FOUND)
		return rc;
	rc = leaf_is_there(ledger, batch, leaf + PASS_MOST, &has_more);
	if (rc != RC_OK)
		return rc;
	return has_more ? RC_LIMIT : RC_NOT_FOUND;
}

enum rc reserve_next(struct ledger *ledger, int64_t ret_leaves[2])
{
	int64_t turn = ledger->n[NUMBER_NEXT_SHARED];
	struct newest b;
	enum rc rc = newest_load(ledger, &b);

	if (rc != RC_OK)
		return rc;
	ret_leaves[1] = -1;
	if (b.shared > 0)
		ret_leaves[1] =
		    b.first + (turn >= 0 && turn < b.shared ? turn : 0);
	return reserve_fresh(
	    ledger, b.number, b.first + b.next, &ret_leaves[0]);
}

static enum rc used_up(uint32_t batch, struct err *err)
{
	return err_set(err, RC_GONE,
	    "all addresses of batch %u were handed out: sign and install the "
	    "next one",
	    (unsigned)batch);
}

static enum rc leaf_take(struct ledger *ledger, const struct newest *b,
    struct choice *choice, struct err *err)
{
	enum rc rc =
	    reserve_fresh(ledger, b->number, b->first + b->next, &choice->leaf);

	if (rc == RC_NOT_FOUND)
		return used_up(b->number, err);
	if (rc == RC_LIMIT)
		return err_set(err, RC_GONE,
		    "the next %u addresses of batch %u were paid or given "
		    "before their turn: till.db is older than it was; sign and "
		    "install the next batch",
		    (unsigned)PASS_MOST, (unsigned)b->number);
	if (rc != RC_OK)
		return rc;
	return next_set(ledger, b->number, choice->leaf - b->first + 1);
}

static enum rc shared_take(struct ledger *ledger, const struct newest *b,
    struct instant now, struct choice *choice, struct err *err)
{
	bool is_flooded = false;
	int64_t turn;
	enum rc rc;

	if (b->shared <= 0)
		return err_set(err, RC_LIMIT,
		    "too many addresses are out unpaid, and batch %u has no "
		    "shared ones",
		    (unsigned)b->number);
	rc = shared_is_flooded(ledger, now, &is_flooded);
	if (is_flooded)
		choice->limit = ASK_FLOOD;
	turn = ledger->n[NUMBER_NEXT_SHARED];
	turn = turn >= 0 && turn < b->shared ? turn : 0;
	choice->leaf = b->first + turn;
	ledger->n[NUMBER_NEXT_SHARED] = (turn + 1) % b->shared;
	return rc;
}

enum rc reserve_leaf(struct ledger *ledger, const struct ledger_request *r,
    struct instant now, struct choice *choice, struct err *err)
{
	struct newest b;
	enum rc rc = newest_load(ledger, &b);

	if (rc == RC_NOT_FOUND)
		return err_set(err, RC_GONE, "no batch is installed yet");
	if (rc == RC_OK && b.next >= b.count)
		return used_up(b.number, err);
	if (rc == RC_OK)
		rc = ration(ledger, r, now, &choice->limit);
	if (rc != RC_OK)
		return rc;
	choice->batch = b.number;
	choice->first = b.first;
	choice->is_own = choice->limit == ASK_OWN;
	return choice->is_own ? leaf_take(ledger, &b, choice, err)
			      : shared_take(ledger, &b, now, choice, err);
}
