/* SPDX-License-Identifier: MIT
 *
 * Everything is recomputed; see check.h. What can be said in one statement is
 * asked of the database, as "which row does not fit": each RULE gives the id of
 * an offending row.
 */
#include "ledger/check.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "ledger/ledger_priv.h"

enum { FAULTS_TOLD = 20, WHY_MOST = 300 };

struct checking {
	struct ledger *ledger;
	void (*see)(void *ctx, const char *why);
	void *ctx;
	struct ledger_report report;
};

static void fault(struct checking *c, const char *fmt, ...) PRINTF_LIKE(2, 3);

static void fault(struct checking *c, const char *fmt, ...)
{
	char why[WHY_MOST];
	va_list args;

	if (c->report.faults++ >= FAULTS_TOLD || !c->see)
		return;
	va_start(args, fmt);
	vsnprintf(why, sizeof(why), fmt, args);
	va_end(args);
	c->see(c->ctx, why);
}

static void check_value(struct checking *c, const struct entry *e)
{
	struct fiat value;

	if (e->kind == ENTRY_GIFT && (!rate_fiat(&e->rate, e->amount, &value) ||
					 fiat_cmp(value, e->value) != 0))
		fault(c, "entry %llu: its value is not its amount at its rate",
		    (unsigned long long)e->seq);
}

static void check_entry(
    struct checking *c, const struct entry *e, const struct hash256 *before)
{
	struct hash256 hash = entry_hash(e, before);
	unsigned long long seq = e->seq;
	bool is_value = e->kind == ENTRY_VALUE;

	if (e->seq != c->report.entries + 1)
		fault(c, "entry %llu: %llu should stand here", seq,
		    (unsigned long long)c->report.entries + 1);
	if (!hash256_eq(&hash, &e->hash))
		fault(c,
		    "entry %llu: its hash does not follow from it and "
		    "the entry before: one of them was edited",
		    seq);
	if (e->kind < ENTRY_GIFT || e->kind > ENTRY_VALUE)
		fault(c, "entry %llu: of no kind that there is", seq);
	if (is_value ? sat_raw(e->amount) != 0 : sat_raw(e->amount) <= 0)
		fault(c, "entry %llu: its amount cannot be", seq);
	if ((e->kind == ENTRY_GIFT) != (e->about == 0) || e->about >= e->seq)
		fault(c, "entry %llu: what it is about cannot be", seq);
	if (e->has_value)
		check_value(c, e);
	else if (is_value)
		fault(c, "entry %llu: a value is missing", seq);
}

static enum rc check_entries(struct checking *c)
{
	struct query *q = store_query(c->ledger->db,
	    SQL("SELECT " BOOK_COLUMNS BOOK_FROM " ORDER BY e.seq"));
	struct hash256 before = {{0}};
	struct entry e;
	enum rc rc;

	while ((rc = query_step(q)) == RC_OK) {
		rc = book_read(q, NULL, &e);
		if (rc == RC_IO) {
			fault(c, "entry %lld: it cannot be read",
			    (long long)query_i64(q, 0));
			rc = RC_OK;
			memset(&e, 0, sizeof(e));
			e.hash = query_hash(q, 19);
		} else {
			check_entry(c, &e, &before);
		}
		c->report.entries++;
		before = e.hash;
	}
	query_end(q);
	c->report.head = before;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* Each row that Q gives is a fault. */
static enum rc rule(struct checking *c, struct query *q, const char *why)
{
	enum rc rc;

	while ((rc = query_step(q)) == RC_OK)
		fault(c, "%s (%lld)", why, (long long)query_i64(q, 0));
	query_end(q);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc check_reversals(struct checking *c)
{
	struct store *db = c->ledger->db;
	enum rc rc = rule(c,
	    store_query(db,
		SQL("SELECT r.seq FROM entry r LEFT JOIN entry g"
		    " ON g.seq = r.about WHERE r.kind = 2 AND (g.kind IS NOT 1"
		    " OR g.amount <> r.amount OR g.debit <> r.credit"
		    " OR g.credit <> r.debit OR g.txid <> r.txid"
		    " OR g.vout <> r.vout OR g.block <> r.block"
		    " OR g.date_us <> r.date_us OR g.leaf <> r.leaf)")),
	    "a reversal does not mirror its gift: entry");

	if (rc == RC_OK)
		rc = rule(c,
		    store_query(db,
			SQL("SELECT r.seq FROM entry r JOIN entry g"
			    " ON g.seq = r.about LEFT JOIN entry v"
			    " ON v.about = g.seq AND v.kind = 3"
			    " WHERE r.kind = 2 AND coalesce(g.money, v.money)"
			    " IS NOT -r.money")),
		    "a reversal takes another value back: entry");
	if (rc == RC_OK)
		rc = rule(c,
		    store_query(
			db, SQL("SELECT min(seq) FROM entry WHERE about > 0"
				" GROUP BY about, kind HAVING count(*) > 1")),
		    "a gift is reversed or valued twice: entry");
	if (rc == RC_OK)
		rc = rule(c,
		    store_query(db,
			SQL("SELECT v.seq FROM entry v LEFT JOIN entry g"
			    " ON g.seq = v.about WHERE v.kind = 3"
			    " AND (g.kind IS NOT 1 OR g.currency NOT NULL)")),
		    "a value is for what has one: entry");
	return rc;
}

static enum rc check_balances(struct checking *c)
{
	struct store *db = c->ledger->db;
	struct query *q;
	enum rc rc = rule(c,
	    store_query(
		db, SQL("SELECT coalesce(s.account, b.account) FROM"
			" (SELECT account, sum(x) AS x, count(*) AS n FROM"
			" (SELECT debit AS account, amount AS x FROM entry"
			" UNION ALL SELECT credit, -amount FROM entry)"
			" GROUP BY account) s LEFT JOIN balance b"
			" ON b.account = s.account WHERE b.amount IS NOT s.x"
			" OR b.entries IS NOT s.n")),
	    "a balance is not the sum of its entries: account");

	if (rc == RC_OK)
		rc = rule(c,
		    store_query(db,
			SQL("SELECT b.account FROM balance b WHERE NOT EXISTS"
			    " (SELECT 1 FROM entry WHERE debit = b.account)"
			    " AND NOT EXISTS (SELECT 1 FROM entry"
			    " WHERE credit = b.account)")),
		    "a balance has no entries: account");
	if (rc == RC_OK)
		rc = rule(c,
		    store_query(db, SQL("SELECT sum(amount) FROM balance"
					" HAVING sum(amount) <> 0")),
		    "the accounts together are not zero");
	if (rc != RC_OK)
		return rc;
	q = store_query(
	    db, SQL("SELECT coalesce(sum(b.amount), 0) FROM balance b"
		    " JOIN account a ON a.id = b.account"
		    " WHERE a.name LIKE 'assets:%'"));
	rc = query_step(q);
	if (rc == RC_OK && query_sat(q, 0, &c->report.balance) != RC_OK)
		fault(c, "the balance is outside of what can be");
	query_end(q);
	return rc;
}

/* The days as the entries give them, against the days that were kept. */
static enum rc check_days(struct checking *c)
{
	return rule(c,
	    store_query(c->ledger->db,
		SQL("SELECT day FROM (SELECT day, account, currency,"
		    " sum(a) AS a, sum(m) AS m, sum(g) AS g FROM ("
		    "SELECT date_us / 86400000000 AS day, credit AS account,"
		    " coalesce(currency, '') AS currency, amount AS a,"
		    " coalesce(money, 0) AS m, 1 AS g FROM entry WHERE kind = 1"
		    " UNION ALL SELECT date_us / 86400000000, debit,"
		    " coalesce(currency, ''), -amount, coalesce(money, 0), -1"
		    " FROM entry WHERE kind = 2"
		    " UNION ALL SELECT v.date_us / 86400000000, v.credit, '',"
		    " -g.amount, 0, -1 FROM entry v JOIN entry g"
		    " ON g.seq = v.about WHERE v.kind = 3"
		    " UNION ALL SELECT v.date_us / 86400000000, v.credit,"
		    " v.currency, g.amount, v.money, 1 FROM entry v"
		    " JOIN entry g ON g.seq = v.about WHERE v.kind = 3"
		    " UNION ALL SELECT day, account, currency, -amount,"
		    " -money, -gifts FROM day) GROUP BY 1, 2, 3)"
		    " WHERE a <> 0 OR m <> 0 OR g <> 0")),
	    "a day is not the sum of its entries: day");
}

/* The sums for the treasurer, against what they are sums of. */
static enum rc check_sums(struct checking *c)
{
	struct store *db = c->ledger->db;
	enum rc rc = rule(c,
	    store_query(
		db, SQL("SELECT state FROM (SELECT state, count(*) AS n,"
			" sum(amount / 100000000) AS c,"
			" sum(amount % 100000000) AS r"
			" FROM payment GROUP BY state"
			" UNION ALL SELECT state, -n, -coins, -sats FROM paid)"
			" GROUP BY state HAVING sum(n) <> 0 OR sum(c) <> 0"
			" OR sum(r) <> 0")),
	    "the payments in a state are not as many as were counted: state");

	if (rc == RC_OK)
		rc = rule(c,
		    store_query(
			db, SQL("SELECT account FROM (SELECT account, currency,"
				" amount AS a, money AS m, gifts AS g FROM day"
				" UNION ALL SELECT account, currency, -amount,"
				" -money, -gifts FROM given)"
				" GROUP BY account, currency HAVING sum(a) <> 0"
				" OR sum(m) <> 0 OR sum(g) <> 0")),
		    "what was given is not the sum of its days: account");
	if (rc == RC_OK)
		rc = rule(c,
		    store_query(
			db, SQL("SELECT currency FROM (SELECT currency,"
				" amount AS a, money AS m, gifts AS g FROM day"
				" UNION ALL SELECT currency, -amount, -money,"
				" -gifts FROM month) GROUP BY currency"
				" HAVING sum(a) <> 0 OR sum(m) <> 0"
				" OR sum(g) <> 0")),
		    "the months are not the sum of their days");
	return rc;
}

static enum rc check_blocks(struct checking *c)
{
	return rule(c,
	    store_query(c->ledger->db,
		SQL("SELECT b.height FROM block b WHERE b.is_best IS NOT"
		    " ((b.join_epoch, b.join_seq) > (b.gone_epoch, b.gone_seq))"
		    " * (coalesce((SELECT s.height FROM synced s"
		    " WHERE s.epoch = b.join_epoch AND s.seq > b.join_seq"
		    " ORDER BY s.seq LIMIT 1), (SELECT s.height FROM synced s"
		    " WHERE s.epoch > b.join_epoch"
		    " ORDER BY s.epoch, s.seq LIMIT 1), b.height) >= b.height)"
		    " * NOT EXISTS (SELECT 1 FROM block o"
		    " WHERE o.height = b.height"
		    " AND (o.join_epoch, o.join_seq, o.hash)"
		    " > (b.join_epoch, b.join_seq, b.hash))")),
	    "a block is not in the best chain as its marks say: height");
}

/* Each settled payment has a gift of its own that is not reversed, and each
 * reversal reverses one: that was found before. So where there are as many of
 * the ones as of the others, no gift is left over, and there is no need to look
 * each up by its transaction, which costs more than all the rest. */
static enum rc check_left_over(struct checking *c)
{
	struct store *db = c->ledger->db;
	int64_t left = 0;
	enum rc rc = query_one(
	    store_query(
		db, SQL("SELECT (SELECT count(*) FROM entry WHERE kind = 1)"
			" - (SELECT count(*) FROM entry WHERE kind = 2)"
			" - (SELECT count(booked) FROM payment)")),
	    &left);

	if (rc != RC_OK || (left == 0 && c->report.faults == 0))
		return rc;
	return rule(c,
	    store_query(db, SQL("SELECT e.seq FROM entry e WHERE e.kind = 1"
				" AND NOT EXISTS (SELECT 1 FROM entry r"
				" WHERE r.about = e.seq AND r.about > 0"
				" AND r.kind = 2) AND NOT EXISTS (SELECT 1"
				" FROM payment p WHERE p.txid = e.txid"
				" AND p.vout = e.vout AND p.booked = e.seq)")),
	    "a gift has no settled payment: entry");
}

static enum rc check_booked(struct checking *c)
{
	struct store *db = c->ledger->db;
	enum rc rc = rule(c,
	    store_query(db,
		SQL("SELECT p.id FROM payment p LEFT JOIN entry e"
		    " ON e.seq = p.booked LEFT JOIN block b"
		    " ON b.hash = e.block WHERE (p.booked IS NOT NULL)"
		    " <> (p.state = 2) OR (p.state = 2 AND (e.kind IS NOT 1"
		    " OR e.txid <> p.txid OR e.vout <> p.vout"
		    " OR e.amount <> p.amount OR e.leaf <> p.leaf"
		    " OR b.is_best IS NOT 1 OR EXISTS (SELECT 1 FROM entry r"
		    " WHERE r.about = e.seq AND r.about > 0"
		    " AND r.kind = 2)))")),
	    "a settled payment is not what its entry says: payment");

	return rc == RC_OK ? check_left_over(c) : rc;
}

static enum rc check_payments(struct checking *c)
{
	struct ledger *ledger = c->ledger;
	struct query *q = store_query(ledger->db,
	    SQL("SELECT id FROM payment WHERE state <> 2 ORDER BY id"));
	enum rc rc = RC_OK;
	bool fits = false;

	ledger->work.n = 0;
	rc = work_add_query(ledger, q);
	for (size_t i = 0; i < ledger->work.n && rc == RC_OK; i++) {
		rc = pay_fits(ledger, ledger->work.v[i], &fits);
		if (rc == RC_IO) {
			fits = false;
			rc = RC_OK;
		}
		if (rc == RC_OK && !fits)
			fault(c,
			    "payment %lld: its state does not follow "
			    "from the facts",
			    (long long)ledger->work.v[i]);
	}
	ledger->work.n = 0;
	if (rc != RC_OK)
		return rc;
	return query_one(
	    store_query(ledger->db, SQL("SELECT count(*) FROM payment")),
	    (int64_t *)&c->report.payments);
}

/* Addresses are handed out in order, so an ask that was moved to another leaf
 * by hand stands out. */
static enum rc check_asks(struct checking *c)
{
	struct store *db = c->ledger->db;
	enum rc rc = rule(c,
	    store_query(
		db, SQL("SELECT a.id FROM ask a LEFT JOIN leaf l"
			" ON l.number = a.leaf LEFT JOIN batch b"
			" ON b.number = l.batch WHERE b.number IS NULL"
			" OR l.is_shared <> a.is_shared"
			" OR (a.is_shared = 0 AND a.leaf >= b.first + b.next)"
			" ORDER BY a.id")),
	    "a receipt is for an address that was not handed out: ask");

	if (rc != RC_OK)
		return rc;
	return rule(c,
	    store_query(
		db, SQL("SELECT id FROM (SELECT a.id AS id, a.leaf AS leaf,"
			" lag(a.leaf) OVER (PARTITION BY l.batch"
			" ORDER BY a.id) AS before FROM ask a JOIN leaf l"
			" ON l.number = a.leaf WHERE a.is_shared = 0)"
			" WHERE leaf <= before ORDER BY id")),
	    "a receipt is for another address than it was made for: ask");
}

/* One batch's leaves and its root. */
static enum rc check_leaves(
    struct checking *c, const struct statement *s, int64_t first)
{
	struct query *q = store_query(c->ledger->db,
	    SQL("SELECT number - ?2, script, salt, is_shared FROM leaf"
		" WHERE batch = ?1 ORDER BY number"));
	struct batch_tree tree;
	struct hash256 root;
	uint32_t n = 0;
	enum rc rc;

	batch_tree_init(&tree);
	query_add_i64(q, s->batch);
	query_add_i64(q, first);
	while ((rc = query_step(q)) == RC_OK && n < s->count) {
		struct batch_leaf leaf = {
		    .index = (uint32_t)query_i64(q, 0),
		    .is_shared = query_i64(q, 3) == 1,
		};
		struct str salt = query_str(q, 2);

		if (salt.n == BATCH_SALT)
			memcpy(leaf.salt, salt.p, BATCH_SALT);
		if (script_pubkey_of(query_str(q, 1), &leaf.script) != RC_OK)
			fault(c, "batch %u: leaf %u holds no script",
			    (unsigned)s->batch, (unsigned)n);
		batch_tree_add(
		    &tree, batch_leaf_hash(c->ledger->network, &leaf));
		n++;
	}
	query_end(q);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	c->report.leaves += n;
	if (n > 0)
		root = batch_tree_root(&tree);
	if (n != s->count || rc == RC_OK || !hash256_eq(&root, &s->root))
		fault(c,
		    "batch %u: its addresses are not those that were "
		    "signed",
		    (unsigned)s->batch);
	return RC_OK;
}

static enum rc check_batch(struct checking *c, int64_t number)
{
	struct arena *a = arena_new(64 * 1024);
	struct query *q = store_query(
	    c->ledger->db, SQL("SELECT statement, first, signature FROM batch"
			       " WHERE number = ?1"));
	struct minisign_signature signature;
	struct str signature_text = STR_NONE;
	struct str text = STR_NONE;
	struct statement s;
	int64_t first = 0;
	bool is_read;
	enum rc rc;

	query_add_i64(q, number);
	rc = query_step(q);
	if (rc == RC_OK) {
		text = query_copy(q, a, 0);
		first = query_i64(q, 1);
		signature_text = query_copy(q, a, 2);
	}
	query_end(q);
	if (rc == RC_OK && (!text.p || !signature_text.p))
		rc = RC_NO_MEMORY;
	is_read = rc == RC_OK && statement_parse(text, &s, NULL) == RC_OK &&
		  s.batch == number;
	if (is_read)
		rc = check_leaves(c, &s, first);
	else if (rc == RC_OK)
		fault(c, "batch %lld: its statement was edited",
		    (long long)number);
	if (is_read && rc == RC_OK && c->ledger->pin &&
	    (minisign_signature_parse(signature_text, &signature, NULL) !=
		    RC_OK ||
		batch_pinned(c->ledger, &s, &signature, NULL) != RC_OK))
		fault(c,
		    "batch %lld: it is not what was pinned at its "
		    "installation",
		    (long long)number);
	arena_free(a);
	return rc;
}

static enum rc check_batches(struct checking *c)
{
	int64_t number = 0;
	enum rc rc;

	for (;;) {
		struct query *q = store_query(c->ledger->db,
		    SQL("SELECT number FROM batch WHERE number > ?1"
			" ORDER BY number LIMIT 1"));

		query_add_i64(q, number);
		rc = query_one(q, &number);
		if (rc == RC_OK)
			rc = check_batch(c, number);
		if (rc != RC_OK)
			return rc == RC_NOT_FOUND ? RC_OK : rc;
	}
}

enum rc ledger_check(struct ledger *ledger,
    void (*see)(void *ctx, const char *why), void *ctx,
    struct ledger_report *ret_report, struct err *err)
{
	static enum rc (*const steps[])(struct checking *) = {check_entries,
	    check_reversals, check_balances, check_days, check_sums,
	    check_blocks, check_booked, check_payments, check_batches,
	    check_asks};
	struct checking c = {.ledger = ledger, .see = see, .ctx = ctx};
	/* One state of the book, whatever is written meanwhile. */
	enum rc rc = store_begin(ledger->db);

	arena_reset(ledger->scratch);
	ledger->is_tip_known = false;
	for (size_t i = 0; rc == RC_OK && i < sizeof(steps) / sizeof(*steps);
	     i++)
		rc = steps[i](&c);
	store_rollback(ledger->db);
	if (rc != RC_OK)
		return store_fail(ledger->db, rc, "checking the book", err);
	*ret_report = c.report;
	return RC_OK;
}

enum rc ledger_balance(struct ledger *ledger,
    enum rc (*see)(
	void *ctx, struct str account, struct sat amount, uint64_t entries),
    void *ctx, struct err *err)
{
	struct query *q = store_query(ledger->db,
	    SQL("SELECT a.name, b.amount, b.entries FROM balance b"
		" JOIN account a ON a.id = b.account ORDER BY a.name"));
	struct sat amount;
	enum rc rc;

	while ((rc = query_step(q)) == RC_OK) {
		rc = query_sat(q, 1, &amount);
		if (rc == RC_OK)
			rc = see(ctx, query_str(q, 0), amount,
			    (uint64_t)query_i64(q, 2));
		if (rc != RC_OK)
			break;
	}
	query_end(q);
	if (rc != RC_NOT_FOUND)
		return store_fail(ledger->db, rc, "reading balances", err);
	return RC_OK;
}
