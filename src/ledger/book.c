/* SPDX-License-Identifier: MIT
 *
 * Entries: written once, chained, and added up as they are written (I3, I5).
 */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "ledger/ledger_priv.h"

enum { ACCOUNT_MOST = 300 };

/* The rows' columns beside the struct. */
struct posting {
	struct entry e;
	int64_t debit, credit; /* accounts */
	char debit_name[ACCOUNT_MOST], credit_name[ACCOUNT_MOST];
};

enum rc book_open(struct ledger *ledger)
{
	struct query *q = store_query(ledger->db,
	    SQL("SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1"));
	enum rc rc = query_step(q);

	if (rc == RC_OK || rc == RC_NOT_FOUND) {
		ledger->entries = rc == RC_OK ? query_i64(q, 0) : 0;
		ledger->head =
		    rc == RC_OK ? query_hash(q, 1) : (struct hash256){{0}};
		rc = RC_OK;
	}
	query_end(q);
	return rc;
}

static enum rc account_find(
    struct ledger *ledger, struct str name, int64_t *ret_id)
{
	struct query *q = store_query(
	    ledger->db, SQL("SELECT id FROM account WHERE name = ?1"));
	enum rc rc;

	query_add_str(q, name);
	rc = query_one(q, ret_id);
	if (rc != RC_NOT_FOUND)
		return rc;
	q = store_query(ledger->db,
	    SQL("INSERT INTO account (name) VALUES (?1) RETURNING id"));
	query_add_str(q, name);
	return query_one(q, ret_id);
}

static struct str name_keep(char name[ACCOUNT_MOST], const struct buf *b)
{
	struct str s = buf_str(b);

	must(buf_rc(b) == RC_OK && s.n < ACCOUNT_MOST);
	memcpy(name, s.p, s.n);
	return (struct str){name, s.n};
}

/* Gifts for what is not one reader's alone, or was never asked for, are for
 * the paper in general. */
static enum rc leaf_accounts(
    struct ledger *ledger, int64_t leaf, struct posting *p)
{
	struct query *q = store_query(ledger->db,
	    SQL("SELECT l.batch, a.kind, a.purpose FROM leaf l LEFT JOIN ask a"
		" ON a.leaf = l.number AND a.is_shared = 0"
		" AND l.is_shared = 0 WHERE l.number = ?1"));
	struct purpose purpose = {PURPOSE_GENERAL, STR("")};
	struct buf b;
	enum rc rc;

	buf_init(&b, ACCOUNT_MOST - 1);
	query_add_i64(q, leaf);
	rc = query_step(q);
	if (rc == RC_OK) {
		if (purpose_parse(query_str(q, 2), &purpose) != RC_OK)
			rc = RC_IO;
		buf_lit(&b, "assets:bitcoin:batch ");
		buf_i64(&b, query_i64(q, 0));
		p->e.debit = name_keep(p->debit_name, &b);
		buf_clear(&b);
		purpose_account(&b, &purpose);
		p->e.credit = name_keep(p->credit_name, &b);
	}
	query_end(q);
	buf_done(&b);
	if (rc == RC_NOT_FOUND)
		rc = RC_IO;
	if (rc == RC_OK)
		rc = account_find(ledger, p->e.debit, &p->debit);
	return rc == RC_OK ? account_find(ledger, p->e.credit, &p->credit) : rc;
}

static enum rc balance_add(
    struct ledger *ledger, int64_t account, struct sat amount)
{
	struct sat sum = SAT_ZERO;
	struct query *q = store_query(
	    ledger->db, SQL("SELECT amount FROM balance WHERE account = ?1"));
	enum rc rc;

	query_add_i64(q, account);
	rc = query_step(q);
	if (rc == RC_OK)
		rc = query_sat(q, 0, &sum);
	query_end(q);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	if (!sat_add(&sum, sum, amount))
		return RC_LIMIT;
	q = store_query(ledger->db,
	    SQL("INSERT INTO balance (account, amount, entries)"
		" VALUES (?1, ?2, 1) ON CONFLICT (account) DO UPDATE"
		" SET amount = excluded.amount, entries = entries + 1"));
	query_add_i64(q, account);
	query_add_i64(q, sat_raw(sum));
	return query_run(q, NULL);
}

/* What came in on a day for a purpose; the currency is empty for what has no
 * value. */
static enum rc day_add(struct ledger *ledger, const struct posting *p,
    struct str currency, struct sat amount, struct fiat money)
{
	struct sat sum = SAT_ZERO;
	struct fiat value = fiat_of_raw(0);
	struct query *q = store_query(
	    ledger->db, SQL("SELECT amount, money FROM day WHERE day = ?1"
			    " AND account = ?2 AND currency = ?3"));
	int32_t day = day_of(p->e.date);
	enum rc rc;

	query_add_i64(q, day);
	query_add_i64(q, p->credit);
	query_add_str(q, currency);
	rc = query_step(q);
	if (rc == RC_OK)
		rc = query_sat(q, 0, &sum);
	if (rc == RC_OK)
		rc = query_fiat(q, 1, &value);
	query_end(q);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	if (!sat_add(&sum, sum, amount) || !fiat_add(&value, value, money))
		return RC_LIMIT;
	q = store_query(ledger->db,
	    SQL("INSERT INTO day (day, account, currency, amount, money,"
		" gifts) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
		" ON CONFLICT (day, account, currency) DO UPDATE"
		" SET amount = excluded.amount, money = excluded.money,"
		" gifts = gifts + excluded.gifts"));
	query_add_i64(q, day);
	query_add_i64(q, p->credit);
	query_add_str(q, currency);
	query_add_i64(q, sat_raw(sum));
	query_add_i64(q, fiat_raw(value));
	query_add_i64(q, sat_cmp(amount, SAT_ZERO));
	return query_run(q, NULL);
}

static enum rc entry_insert(struct ledger *ledger, const struct posting *p)
{
	const struct entry *e = &p->e;
	struct query *q = store_query(ledger->db,
	    SQL("INSERT INTO entry (seq, kind, booked_us, date_us, txid, vout,"
		" block, height, leaf, about, amount, debit, credit, hash,"
		" currency, decimals, money, price, source, rate_us)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,"
		" ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)"));

	query_add_i64(q, (int64_t)e->seq);
	query_add_i64(q, e->kind);
	query_add_i64(q, e->booked.us);
	query_add_i64(q, e->date.us);
	query_add_hash(q, &e->outpoint.txid);
	query_add_i64(q, e->outpoint.vout);
	query_add_hash(q, &e->block);
	query_add_i64(q, e->height);
	query_add_i64(q, (int64_t)e->leaf);
	query_add_i64(q, (int64_t)e->about);
	query_add_i64(q, sat_raw(e->amount));
	query_add_i64(q, p->debit);
	query_add_i64(q, p->credit);
	query_add_hash(q, &e->hash);
	if (e->has_value) {
		query_add_str(q, str_of(e->rate.currency.code));
		query_add_i64(q, e->rate.currency.decimals);
		query_add_i64(q, fiat_raw(e->value));
		query_add_rate(q, &e->rate);
	}
	return query_run(q, NULL);
}

/* Gives P its place in the chain and writes it. */
static enum rc entry_append(struct ledger *ledger, struct posting *p)
{
	enum rc rc = ledger->entries < 0 ? book_open(ledger) : RC_OK;

	/* Nobody has booked so many; the newest was edited. */
	if (rc == RC_OK &&
	    (ledger->entries < 0 || ledger->entries == INT64_MAX))
		rc = RC_IO;
	if (rc != RC_OK)
		return rc;
	p->e.seq = (uint64_t)ledger->entries + 1;
	p->e.hash = entry_hash(&p->e, &ledger->head);
	rc = entry_insert(ledger, p);
	if (rc != RC_OK)
		return rc;
	ledger->entries++;
	ledger->head = p->e.hash;
	ledger->n[NUMBER_VERSION]++;
	return RC_OK;
}

static struct str value_code(const struct entry *e)
{
	return e->has_value ? str_of(e->rate.currency.code) : STR("");
}

static enum rc value_of(
    struct ledger *ledger, struct entry *e, struct instant date)
{
	enum rc rc = rate_at(ledger, date, &e->rate);

	if (rc != RC_OK)
		return rc == RC_NOT_FOUND ? RC_OK : rc;
	e->has_value = rate_fiat(&e->rate, e->amount, &e->value);
	return RC_OK;
}

/* All sums are asked before anything is written, so that RC_LIMIT leaves the
 * transaction as it was. */
static enum rc sums_fit(struct ledger *ledger, const struct posting *p)
{
	struct query *q = store_query(
	    ledger->db, SQL("SELECT coalesce((SELECT amount FROM balance"
			    " WHERE account = ?1), 0), coalesce((SELECT amount"
			    " FROM balance WHERE account = ?2), 0),"
			    " coalesce((SELECT money FROM day WHERE day = ?3"
			    " AND account = ?2 AND currency = ?4), 0)"));
	struct sat a, b;
	struct fiat money;
	enum rc rc;

	query_add_i64(q, p->debit);
	query_add_i64(q, p->credit);
	query_add_i64(q, day_of(p->e.date));
	query_add_str(q, value_code(&p->e));
	rc = query_step(q);
	if (rc == RC_OK)
		rc = query_sat(q, 0, &a);
	if (rc == RC_OK)
		rc = query_sat(q, 1, &b);
	if (rc == RC_OK)
		rc = query_fiat(q, 2, &money);
	query_end(q);
	if (rc == RC_OK &&
	    (!sat_add(&a, a, p->e.amount) || !sat_sub(&b, b, p->e.amount) ||
		!fiat_add(&money, money, p->e.value)))
		rc = RC_LIMIT;
	return rc;
}

static enum rc sums_add(struct ledger *ledger, const struct posting *p)
{
	struct sat amount = p->e.amount;
	enum rc rc = balance_add(ledger, p->debit, amount);

	if (rc == RC_OK)
		rc = balance_add(ledger, p->credit, sat_neg(amount));
	return rc;
}

enum rc book_settle(struct ledger *ledger, const struct payment_row *pay,
    struct instant now, int64_t *ret_seq)
{
	struct posting p = {.e = {
				.kind = ENTRY_GIFT,
				.booked = now,
				.date = pay->block_time,
				.outpoint = pay->outpoint,
				.block = pay->block,
				.height = pay->height,
				.leaf = (uint64_t)pay->leaf,
				.amount = pay->amount,
			    }};
	enum rc rc = leaf_accounts(ledger, pay->leaf, &p);

	if (rc == RC_OK)
		rc = value_of(ledger, &p.e, pay->block_time);
	if (rc == RC_OK)
		rc = sums_fit(ledger, &p);
	if (rc == RC_OK)
		rc = entry_append(ledger, &p);
	if (rc == RC_OK)
		rc = sums_add(ledger, &p);
	if (rc == RC_OK)
		rc = day_add(
		    ledger, &p, value_code(&p.e), p.e.amount, p.e.value);
	if (rc == RC_OK)
		*ret_seq = (int64_t)p.e.seq;
	return rc == RC_EXISTS ? RC_IO : rc;
}

enum rc book_read(struct query *q, struct arena *a, struct entry *ret_entry)
{
	struct entry e = {
	    .seq = (uint64_t)query_i64(q, 0),
	    .kind = (enum entry_kind)query_i64(q, 1),
	    .outpoint = {query_hash(q, 4), (uint32_t)query_i64(q, 5)},
	    .block = query_hash(q, 6),
	    .height = (uint32_t)query_i64(q, 7),
	    .leaf = (uint64_t)query_i64(q, 8),
	    .about = (uint64_t)query_i64(q, 9),
	    .debit = query_str(q, 11),
	    .credit = query_str(q, 12),
	    .has_value = !query_is_null(q, 13),
	    .hash = query_hash(q, 19),
	};
	struct currency currency;
	enum rc rc = query_sat(q, 10, &e.amount);

	if (rc == RC_OK)
		rc = query_time(q, 2, &e.booked);
	if (rc == RC_OK)
		rc = query_time(q, 3, &e.date);
	if (rc == RC_OK && e.has_value)
		rc = query_currency(q, 13, 14, &currency);
	if (rc == RC_OK && e.has_value)
		rc = query_fiat(q, 15, &e.value);
	if (rc == RC_OK && e.has_value)
		rc = query_rate(q, 16, currency, &e.rate);
	if (rc == RC_OK && a) {
		e.debit = arena_copy(a, e.debit);
		e.credit = arena_copy(a, e.credit);
		if (!e.debit.p || !e.credit.p)
			rc = RC_NO_MEMORY;
	}
	if (rc == RC_OK)
		*ret_entry = e;
	return rc;
}

/* An entry and its accounts' numbers. */
static enum rc entry_load(
    struct ledger *ledger, int64_t seq, struct posting *ret)
{
	struct query *q = store_query(ledger->db,
	    SQL("SELECT " BOOK_COLUMNS BOOK_FROM " WHERE e.seq = ?1"));
	enum rc rc;

	query_add_i64(q, seq);
	rc = query_step(q);
	if (rc == RC_OK) {
		rc = book_read(q, ledger->scratch, &ret->e);
		ret->debit = query_i64(q, 20);
		ret->credit = query_i64(q, 21);
	}
	query_end(q);
	return rc == RC_NOT_FOUND ? RC_IO : rc;
}

/* The value that an entry without one was given later, if it was. */
static enum rc entry_later_value(struct ledger *ledger, struct entry *e)
{
	struct entry value;
	struct query *q;
	enum rc rc;

	if (e->has_value)
		return RC_OK;
	q = store_query(ledger->db,
	    SQL("SELECT " BOOK_COLUMNS BOOK_FROM
		" WHERE e.about = ?1 AND e.about > 0 AND e.kind = 3"));
	query_add_i64(q, (int64_t)e->seq);
	rc = query_step(q);
	if (rc == RC_OK)
		rc = book_read(q, ledger->scratch, &value);
	query_end(q);
	if (rc != RC_OK)
		return rc == RC_NOT_FOUND ? RC_OK : rc;
	e->has_value = true;
	e->value = value.value;
	e->rate = value.rate;
	return RC_OK;
}

enum rc book_reverse(struct ledger *ledger, int64_t seq, struct instant now)
{
	struct posting p = {0};
	int64_t income;
	struct str name;
	enum rc rc = entry_load(ledger, seq, &p);

	if (rc == RC_OK)
		rc = entry_later_value(ledger, &p.e);
	if (rc != RC_OK)
		return rc;
	/* The day's sums are those of the income, wherever it stands. */
	income = p.credit;
	name = p.e.credit;
	p.e.credit = p.e.debit;
	p.e.debit = name;
	p.credit = p.debit;
	p.debit = income;
	p.e.kind = ENTRY_REVERSE;
	p.e.booked = now;
	p.e.about = (uint64_t)seq;
	if (p.e.has_value)
		p.e.value = fiat_neg(p.e.value);
	rc = entry_append(ledger, &p);
	if (rc == RC_OK)
		rc = sums_add(ledger, &p);
	p.credit = income;
	if (rc == RC_OK)
		rc = day_add(ledger, &p, value_code(&p.e), sat_neg(p.e.amount),
		    p.e.value);
	return rc == RC_EXISTS || rc == RC_LIMIT ? RC_IO : rc;
}

/* One entry without a value gets it: its day's sum moves from the unknown to
 * the known. */
static enum rc entry_value(struct ledger *ledger, int64_t seq,
    const struct rate *rate, struct instant now)
{
	struct posting p = {0};
	struct sat amount;
	enum rc rc = entry_load(ledger, seq, &p);

	if (rc != RC_OK)
		return rc;
	amount = p.e.amount;
	if (!rate_fiat(rate, amount, &p.e.value))
		return RC_OK;
	rc = day_add(ledger, &p, STR(""), sat_neg(amount), fiat_of_raw(0));
	if (rc == RC_OK)
		rc = day_add(
		    ledger, &p, str_of(rate->currency.code), amount, p.e.value);
	if (rc != RC_OK)
		return rc;
	p.e.kind = ENTRY_VALUE;
	p.e.booked = now;
	p.e.about = (uint64_t)seq;
	p.e.amount = SAT_ZERO;
	p.e.has_value = true;
	p.e.rate = *rate;
	rc = entry_append(ledger, &p);
	return rc == RC_OK ? sums_add(ledger, &p) : rc;
}

/* The next entry behind SEQ that has no value, was not reversed, and whose
 * date lies near enough. */
static enum rc unvalued_next(struct ledger *ledger, struct instant from,
    struct instant to, int64_t after, int64_t *ret_seq)
{
	struct query *q = store_query(
	    ledger->db, SQL("SELECT e.seq FROM entry e WHERE e.kind = 1"
			    " AND e.currency IS NULL AND e.date_us >= ?1"
			    " AND e.date_us <= ?2 AND e.seq > ?3 AND NOT EXISTS"
			    " (SELECT 1 FROM entry f WHERE f.about = e.seq"
			    " AND f.about > 0) ORDER BY e.seq LIMIT 1"));

	query_add_i64(q, from.us);
	query_add_i64(q, to.us);
	query_add_i64(q, after);
	return query_one(q, ret_seq);
}

enum rc book_values(
    struct ledger *ledger, const struct rate *rate, struct instant now)
{
	int64_t limit =
	    (int64_t)ledger->settings.rate_stale_minutes * 60 * 1000000;
	struct instant from = {rate->at.us - limit};
	struct instant to = {rate->at.us + limit};
	int64_t seq = 0;
	enum rc rc;

	while ((rc = unvalued_next(ledger, from, to, seq, &seq)) == RC_OK) {
		rc = entry_value(ledger, seq, rate, now);
		if (rc != RC_OK)
			return rc == RC_LIMIT || rc == RC_EXISTS ? RC_IO : rc;
	}
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}
