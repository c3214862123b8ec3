/* SPDX-License-Identifier: MIT
 *
 * Totals, campaigns and the runway; see summary.h.
 */
#include "ledger/summary.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/must.h"
#include "ledger/ledger_priv.h"

enum {
	DAYS_MOST = 2932896, /* 9999-12-31 */
	DAYS_YEAR = 365,
	MONTHS_YEAR = 12,
};

enum rc summary_begin(struct ledger_summary *s, struct arena *a,
    const struct ledger_settings *settings, struct instant now)
{
	memset(s, 0, sizeof(*s));
	s->cutoff = day_of(now) - (int32_t)settings->delay_days;
	s->months = ARENA_ARRAY(a, struct summary_month, SUMMARY_MONTHS_MOST);
	return s->months ? RC_OK : RC_NO_MEMORY;
}

static struct summary_month *month_of(struct ledger_summary *s, int32_t day)
{
	struct civil c = civil_at(day_start(day), 0);
	struct summary_month *m;

	for (size_t i = s->months_n; i > 0; i--)
		if (s->months[i - 1].year == c.year &&
		    s->months[i - 1].month == c.month)
			return &s->months[i - 1];
	if (s->months_n == SUMMARY_MONTHS_MOST)
		return NULL;
	m = &s->months[s->months_n++];
	m->year = c.year;
	m->month = c.month;
	return m;
}

static enum rc add_campaign(struct ledger_summary *s,
    const struct ledger_settings *settings, const struct summary_day *day)
{
	static const struct str start = STR_INIT("income:gifts:campaign:");
	struct str id = str_from(day->account, start.n);

	if (!str_starts(day->account, start))
		return RC_OK;
	for (size_t i = 0; i < settings->campaigns_n; i++) {
		struct summary_campaign *c = &s->campaigns[i];

		if (!str_eq(settings->campaigns[i].id, id))
			continue;
		if (!sat_add(&c->received, c->received, day->received) ||
		    (day->has_value &&
			!fiat_add(&c->reached, c->reached, day->worth)))
			return RC_LIMIT;
	}
	return RC_OK;
}

enum rc summary_add(struct ledger_summary *s,
    const struct ledger_settings *settings, const struct summary_day *day)
{
	struct summary_month *m;
	enum rc rc;

	if (day->day > s->cutoff)
		return RC_OK;
	rc = add_campaign(s, settings, day);
	if (rc != RC_OK ||
	    (settings->has_start && day->day < settings->start_day))
		return rc;
	m = month_of(s, day->day);
	if (!m || !sat_add(&m->received, m->received, day->received) ||
	    (day->has_value && !fiat_add(&m->worth, m->worth, day->worth)))
		return RC_LIMIT;
	m->gifts += day->gifts;
	return RC_OK;
}

static int by_month(const void *a, const void *b)
{
	const struct summary_month *x = a;
	const struct summary_month *y = b;

	return x->year != y->year ? (x->year < y->year ? -1 : 1)
				  : (int)x->month - (int)y->month;
}

static int64_t cut_down(int64_t n, int64_t step)
{
	return n <= 0 ? 0 : n - n % step;
}

static struct sat coarse_sat(
    const struct ledger_settings *settings, struct sat amount)
{
	return sat_of_raw(
	    cut_down(sat_raw(amount), sat_raw(settings->round_btc)));
}

static struct fiat coarse_fiat(
    const struct ledger_settings *settings, struct fiat money)
{
	return fiat_of_raw(
	    cut_down(fiat_raw(money), fiat_raw(settings->round)));
}

int32_t summary_runway(int32_t start, struct fiat total, struct fiat costs)
{
	int64_t money = fiat_raw(total);
	int64_t year = fiat_raw(costs);
	int64_t days;

	must(year > 0);
	/* Beyond the calendar, also where the products would not fit. */
	if (money > 0 && money / DAYS_MOST >= year)
		return DAYS_MOST;
	if (money < 0 && money / -DAYS_MOST >= year)
		return 0;
	if (year > INT64_MAX / MONTHS_YEAR / 2 ||
	    money > INT64_MAX / DAYS_YEAR || money < INT64_MIN / DAYS_YEAR) {
		/* The same in larger units: at this size they do not count. */
		money /= 1000;
		year /= 1000;
	}
	year *= MONTHS_YEAR;
	money *= DAYS_YEAR;
	days = money / year - (money % year < 0 ? 1 : 0) + start;
	return days < 0 ? 0 : days > DAYS_MOST ? DAYS_MOST : (int32_t)days;
}

static struct fiat costs_until(
    const struct ledger_settings *settings, int32_t day)
{
	int64_t days = (int64_t)day + 1 - settings->start_day;
	int64_t costs = fiat_raw(settings->costs_per_month);

	if (days <= 0)
		return fiat_of_raw(0);
	if (costs > FIAT_MAX / MONTHS_YEAR / days)
		return fiat_of_raw(FIAT_MAX);
	return fiat_of_raw(costs * MONTHS_YEAR * days / DAYS_YEAR);
}

enum rc summary_end(
    struct ledger_summary *s, const struct ledger_settings *settings)
{
	struct fiat total;

	qsort(s->months, s->months_n, sizeof(s->months[0]), by_month);
	for (size_t i = 0; i < s->months_n; i++) {
		struct summary_month *m = &s->months[i];

		m->received = coarse_sat(settings, m->received);
		m->worth = coarse_fiat(settings, m->worth);
		m->gifts = cut_down(m->gifts, SUMMARY_GIFTS_STEP);
		if (!sat_add(&s->received, s->received, m->received) ||
		    !fiat_add(&s->given, s->given, m->worth))
			return RC_LIMIT;
	}
	for (size_t i = 0; i < settings->campaigns_n; i++) {
		struct summary_campaign *c = &s->campaigns[i];

		c->received = coarse_sat(settings, c->received);
		c->reached = coarse_fiat(settings, c->reached);
	}
	s->has_runway = settings->has_currency && settings->has_start &&
			fiat_raw(settings->costs_per_month) > 0;
	if (!s->has_runway)
		return RC_OK;
	if (!fiat_add(&total, settings->opening, s->given))
		return RC_LIMIT;
	s->funded_until = summary_runway(
	    settings->start_day, total, settings->costs_per_month);
	s->used = costs_until(settings, s->cutoff);
	return RC_OK;
}

static enum rc day_read(
    struct ledger *ledger, struct query *q, struct summary_day *ret)
{
	struct str currency = query_str(q, 2);
	const struct ledger_settings *s = &ledger->settings;
	enum rc rc = query_sat(q, 3, &ret->received);

	if (rc == RC_OK)
		rc = query_fiat(q, 4, &ret->worth);
	ret->day = (int32_t)query_i64(q, 0);
	ret->account = query_str(q, 1);
	ret->has_value =
	    s->has_currency && str_eq(currency, str_of(s->currency.code));
	ret->gifts = query_i64(q, 5);
	return rc;
}

enum rc ledger_summary(struct ledger *ledger, struct arena *a,
    struct instant now, struct ledger_summary *ret_summary, struct err *err)
{
	const struct ledger_settings *settings = &ledger->settings;
	struct ledger_summary s;
	struct summary_day day;
	struct query *q;
	enum rc rc = summary_begin(&s, a, settings, now);

	if (rc != RC_OK)
		return err_set(err, rc, "no memory for the totals");
	q = store_query(ledger->db,
	    SQL("SELECT d.day, a.name, d.currency, d.amount, d.money, d.gifts"
		" FROM day d JOIN account a ON a.id = d.account"
		" WHERE d.day <= ?1 ORDER BY d.day"));
	query_add_i64(q, s.cutoff);
	while ((rc = query_step(q)) == RC_OK) {
		rc = day_read(ledger, q, &day);
		if (rc == RC_OK)
			rc = summary_add(&s, settings, &day);
		if (rc != RC_OK)
			break;
	}
	query_end(q);
	if (rc == RC_NOT_FOUND)
		rc = summary_end(&s, settings);
	if (rc != RC_OK)
		return store_fail(ledger->db, rc, "adding up", err);
	*ret_summary = s;
	return RC_OK;
}
