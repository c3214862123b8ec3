/* SPDX-License-Identifier: MIT
 *
 * The treasurer's view; see treasury.h. The sums are those that triggers keep
 * (ledger/schema.c), so that a book of any length is told in the same time; the
 * runway is added up of all days, and kept while the book stays as it is.
 */
#include "ledger/treasury.h"

#include <string.h>

#include "base/arena.h"
#include "ledger/ledger_priv.h"
#include "ledger/summary.h"

#define DAY_US INT64_C(86400000000)

enum { PACE_DAYS = 30 };

_Static_assert((int)MONEY_PAID_STATES == (int)PAYMENT_STATES, "all states");

static uint32_t small(uint64_t n)
{
	return n > UINT32_MAX ? UINT32_MAX : (uint32_t)n;
}

static uint32_t counted(int64_t n)
{
	return n < 0 ? 0 : small((uint64_t)n);
}

uint8_t ledger_pause_told(enum ledger_pause pause)
{
	switch (pause) {
	case LEDGER_OPEN:
		return TILL_OPEN;
	case LEDGER_NO_BATCH:
		return TILL_NO_BATCH;
	case LEDGER_USED_UP:
		return TILL_USED_UP;
	case LEDGER_BAD_PROOF:
		return TILL_BAD_PROOFS;
	case LEDGER_NO_PIN:
		return TILL_NO_PIN;
	case LEDGER_TAKEN:
	case LEDGER_BAD_SETTINGS:
	case LEDGER_OUT_OF_TIME:
		return TILL_OTHERWISE;
	}
	return TILL_OTHERWISE;
}

static enum rc read_status(struct ledger *ledger, struct arena *a,
    struct instant now, struct money_report *out, struct err *err)
{
	struct ledger_status *status = ARENA_NEW(a, struct ledger_status);
	enum rc rc;

	if (!status)
		return err_set(err, RC_NO_MEMORY, "no memory");
	rc = ledger_status(ledger, a, now, status, err);
	if (rc != RC_OK)
		return rc;
	out->pause = ledger_pause_told(status->pause);
	out->network = (uint8_t)ledger->network;
	out->node = (uint8_t)status->node;
	out->node_text = status->node_text;
	out->is_verified = status->is_verified;
	if (status->heard.us != INSTANT_NEVER.us)
		out->heard = status->heard;
	out->height = status->has_tip ? status->tip.height : 0;
	out->has_rate = status->has_rate;
	if (status->has_rate) {
		out->rate.per_coin = status->rate.price;
		out->rate.at = status->rate.at;
		out->rate.source = arena_copy(a, str_of(status->rate.source));
		if (!out->rate.source.p)
			return err_set(err, RC_NO_MEMORY, "no memory");
	}
	out->sources = status->sources;
	out->answering = status->answering;
	out->sources_text = status->sources_text;
	out->waiting = small(status->outstanding);
	out->batch = status->batch;
	out->missing = status->missing;
	return RC_OK;
}

/* A node that is behind knows an old block as its newest. */
static enum rc read_tip(struct ledger *ledger, struct money_report *out)
{
	struct query *q =
	    store_query(ledger->db, SQL("SELECT time_us FROM block"
					" WHERE is_best = 1"
					" ORDER BY height DESC LIMIT 1"));
	enum rc rc = query_step(q);

	if (rc == RC_OK)
		rc = query_time(q, 0, &out->tip);
	query_end(q);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc read_paid(struct ledger *ledger, struct money_report *out)
{
	struct query *q = store_query(
	    ledger->db, SQL("SELECT state, n, coins, sats FROM paid"));
	enum rc rc;

	while ((rc = query_step(q)) == RC_OK) {
		int64_t state = query_i64(q, 0);

		if (state < 0 || state >= PAYMENT_STATES)
			continue;
		out->paid[state].n = counted(query_i64(q, 1));
		rc = query_sum(q, 2, &out->paid[state].sum);
		if (rc != RC_OK)
			break;
	}
	query_end(q);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* How fast addresses go: of the last days, or of all since the first batch. */
static enum rc read_pace(
    struct ledger *ledger, struct instant now, struct money_report *out)
{
	struct query *q;
	int64_t n = 0, days = PACE_DAYS;
	struct instant born;
	enum rc rc = ledger_born(ledger, &born, NULL);

	if (rc != RC_OK || born.us == INSTANT_NEVER.us || born.us > now.us)
		return rc;
	if ((now.us - born.us) / DAY_US < days)
		days = (now.us - born.us) / DAY_US;
	if (days == 0)
		return RC_OK;
	q = store_query(ledger->db, SQL("SELECT count(*) FROM ask"
					" WHERE is_shared = 0"
					" AND asked_us >= ?1"));
	query_add_i64(q, now.us - days * DAY_US);
	rc = query_one(q, &n);
	out->pace_n = counted(n);
	out->pace_days = (uint16_t)days;
	return rc;
}

static enum rc read_batches(struct ledger *ledger, struct money_report *out)
{
	struct query *q = store_query(ledger->db,
	    SQL("SELECT number, count, shared, next, installed_us FROM batch"
		" ORDER BY number DESC LIMIT ?1"));
	enum rc rc = RC_OK;

	query_add_i64(q, MONEY_BATCHES_MAX);
	while (out->batches_n < MONEY_BATCHES_MAX &&
	       (rc = query_step(q)) == RC_OK) {
		struct money_batch *b = &out->batches[out->batches_n++];
		int64_t count = query_i64(q, 1);
		int64_t shared = query_i64(q, 2);

		b->number = counted(query_i64(q, 0));
		b->leaves = counted(count - shared);
		b->left = counted(count - query_i64(q, 3));
		/* The first ones are shared, and behind them "next" begins. */
		if (b->left > b->leaves)
			b->left = b->leaves;
		b->shared = counted(shared);
		rc = query_time(q, 4, &b->installed);
		if (rc != RC_OK)
			break;
	}
	query_end(q);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* A row of one currency comes to its month; they come newest first. */
static enum rc add_month(struct money_report *out, int64_t number,
    const struct summary_day *sum, bool *ret_is_full)
{
	struct till_month *m =
	    out->months_n ? &out->months[out->months_n - 1] : NULL;
	int64_t year = number / 100, month = number % 100;

	if (year < 1970 || year > 9999 || month < 1 || month > 12)
		return RC_IO;
	if (!m || m->year != year || m->month != month) {
		if (out->months_n == TILL_MONTHS_MAX) {
			*ret_is_full = true;
			return RC_OK;
		}
		m = &out->months[out->months_n++];
		m->year = (uint16_t)year;
		m->month = (uint8_t)month;
	}
	m->gifts = small(m->gifts + (uint64_t)counted(sum->gifts));
	if (!sat_add(&m->received, m->received, sum->received) ||
	    (sum->has_value && !fiat_add(&m->worth, m->worth, sum->worth)))
		return RC_LIMIT;
	return RC_OK;
}

static enum rc read_months(struct ledger *ledger, struct money_report *out)
{
	const struct ledger_settings *s = &ledger->settings;
	struct query *q = store_query(
	    ledger->db, SQL("SELECT month, currency, amount, money, gifts"
			    " FROM month ORDER BY month DESC"));
	bool is_full = false;
	enum rc rc;

	while (!is_full && (rc = query_step(q)) == RC_OK) {
		struct summary_day sum = {.gifts = query_i64(q, 4)};

		sum.has_value =
		    s->has_currency &&
		    str_eq(query_str(q, 1), str_of(s->currency.code));
		rc = query_sat(q, 2, &sum.received);
		if (rc == RC_OK)
			rc = query_fiat(q, 3, &sum.worth);
		if (rc == RC_OK)
			rc = add_month(out, query_i64(q, 0), &sum, &is_full);
		if (rc != RC_OK)
			break;
	}
	query_end(q);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* Those for which most has come in: income lies below zero in a balance. */
static enum rc read_purposes(
    struct ledger *ledger, struct arena *a, struct money_report *out)
{
	const struct ledger_settings *s = &ledger->settings;
	struct query *q = store_query(ledger->db,
	    SQL("SELECT a.name, sum(g.amount), sum(CASE WHEN g.currency = ?1"
		" THEN g.money ELSE 0 END), sum(g.gifts) FROM"
		" (SELECT account FROM balance WHERE amount < 0"
		" ORDER BY amount LIMIT ?2) b"
		" JOIN given g ON g.account = b.account"
		" JOIN account a ON a.id = b.account"
		" GROUP BY b.account ORDER BY 2 DESC, 1"));
	enum rc rc = RC_OK;

	query_add_str(q, s->has_currency ? str_of(s->currency.code) : STR("-"));
	query_add_i64(q, MONEY_PURPOSES_MAX);
	while (out->purposes_n < MONEY_PURPOSES_MAX &&
	       (rc = query_step(q)) == RC_OK) {
		struct money_purpose *p = &out->purposes[out->purposes_n++];

		p->account = query_copy(q, a, 0);
		p->gifts = counted(query_i64(q, 3));
		rc =
		    p->account.p ? query_sat(q, 1, &p->received) : RC_NO_MEMORY;
		if (rc == RC_OK)
			rc = query_fiat(q, 2, &p->worth);
		if (rc != RC_OK)
			break;
	}
	query_end(q);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* Adds up anew where the sum may be another one than the last time. */
static enum rc read_told(
    struct ledger *ledger, struct arena *a, struct instant now, struct err *err)
{
	struct ledger_told *told = &ledger->told;
	struct ledger_summary *sum;
	uint64_t version = ledger_version(ledger);
	enum rc rc;

	if (told->is_known && told->version == version &&
	    told->day == day_of(now))
		return RC_OK;
	sum = ARENA_NEW(a, struct ledger_summary);
	rc = sum ? ledger_summary(ledger, a, now, sum, err)
		 : err_set(err, RC_NO_MEMORY, "no memory");
	if (rc != RC_OK)
		return rc;
	*told = (struct ledger_told){.is_known = true,
	    .version = version,
	    .day = day_of(now),
	    .has_runway = sum->has_runway,
	    .funded_until = sum->funded_until,
	    .given = sum->given};
	return RC_OK;
}

/* As readers are told it: the formula is that of their page. */
static enum rc read_runway(struct ledger *ledger, struct arena *a,
    struct instant now, struct money_report *out, struct err *err)
{
	const struct ledger_settings *s = &ledger->settings;
	struct ledger_told *told = &ledger->told;
	enum rc rc = read_told(ledger, a, now, err);

	if (rc != RC_OK)
		return rc;
	if (s->has_currency)
		out->currency = s->currency;
	out->has_runway = told->has_runway;
	if (told->has_runway)
		out->runway_until = day_start(told->funded_until);
	out->monthly = s->costs_per_month;
	if (s->has_start)
		out->since = day_start(s->start_day);
	out->opening = s->opening;
	out->given = told->given;
	out->delay_days = (uint16_t)s->delay_days;
	return RC_OK;
}

enum rc treasury_report(struct ledger *ledger, struct arena *a,
    struct instant now, struct money_report *ret_report, struct err *err)
{
	enum rc rc;

	memset(ret_report, 0, sizeof(*ret_report));
	rc = read_status(ledger, a, now, ret_report, err);
	if (rc == RC_OK)
		rc = read_runway(ledger, a, now, ret_report, err);
	if (rc != RC_OK)
		return rc;
	/* After a step that failed it is not known. */
	rc = ledger->entries < 0 ? book_open(ledger) : RC_OK;
	if (rc != RC_OK)
		return store_fail(ledger->db, rc, "reading the ledger", err);
	ret_report->entries = (uint64_t)ledger->entries;
	rc = read_tip(ledger, ret_report);
	if (rc == RC_OK)
		rc = read_paid(ledger, ret_report);
	if (rc == RC_OK)
		rc = read_batches(ledger, ret_report);
	if (rc == RC_OK)
		rc = read_pace(ledger, now, ret_report);
	if (rc == RC_OK)
		rc = read_months(ledger, ret_report);
	if (rc == RC_OK)
		rc = read_purposes(ledger, a, ret_report);
	return rc == RC_OK
		   ? rc
		   : store_fail(ledger->db, rc, "reading the sums", err);
}

static struct money_entry entry_of(const struct entry *e)
{
	struct money_entry out = {
	    .seq = e->seq,
	    .kind = (uint8_t)e->kind,
	    .booked = e->booked,
	    .date = e->date,
	    .output = e->outpoint.vout,
	    .height = e->height,
	    .about = e->about,
	    .amount = e->amount,
	    .debit = e->debit,
	    .credit = e->credit,
	    .has_worth = e->has_value,
	};

	memcpy(out.txid, e->outpoint.txid.b, sizeof(out.txid));
	if (e->has_value) {
		out.currency = e->rate.currency;
		out.worth = e->value;
		out.price = e->rate.price;
	}
	return out;
}

enum rc treasury_entries(struct ledger *ledger, struct arena *a,
    uint64_t before, struct money_entries *ret_entries, struct err *err)
{
	struct query *q = store_query(
	    ledger->db, SQL("SELECT " BOOK_COLUMNS BOOK_FROM
			    " WHERE e.seq < ?1 ORDER BY e.seq DESC LIMIT ?2"));
	struct entry e;
	enum rc rc = RC_OK;

	memset(ret_entries, 0, sizeof(*ret_entries));
	query_add_i64(
	    q, before == 0 || before > INT64_MAX ? INT64_MAX : (int64_t)before);
	query_add_i64(q, MONEY_ENTRIES_MAX + 1);
	while ((rc = query_step(q)) == RC_OK) {
		if (ret_entries->n == MONEY_ENTRIES_MAX) {
			ret_entries->has_more = true;
			break;
		}
		rc = book_read(q, a, &e);
		if (rc != RC_OK)
			break;
		ret_entries->v[ret_entries->n++] = entry_of(&e);
	}
	query_end(q);
	return rc == RC_OK || rc == RC_NOT_FOUND
		   ? RC_OK
		   : store_fail(ledger->db, rc, "reading the ledger", err);
}
