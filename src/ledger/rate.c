/* SPDX-License-Identifier: MIT
 *
 * The rates in till.db: what each source said last, and what was accepted.
 */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "ledger/ledger_priv.h"
#include "ledger/rates.h"

/* The end of the year 9999. */
#define TIME_MOST_US INT64_C(253402300799000000)

enum { MINUTE_US = 60 * 1000000, SOURCES_MOST = RATES_MOST * 66 };

/* The newest word of a source stays, but for one of a clock that was ahead:
 * it would stay until that time has come. */
static enum rc quote_save(struct ledger *ledger, const struct rate *f,
    struct instant now, int64_t *ret_count)
{
	struct query *q = store_query(ledger->db,
	    SQL("INSERT INTO quote (source, currency, decimals, price, at_us)"
		" VALUES (?1, ?2, ?3, ?4, ?5)"
		" ON CONFLICT (source, currency) DO UPDATE SET"
		" decimals = excluded.decimals, price = excluded.price,"
		" at_us = excluded.at_us"
		" WHERE at_us < excluded.at_us OR at_us > ?6"));

	query_add_str(q, str_of(f->source));
	query_add_str(q, str_of(f->currency.code));
	query_add_i64(q, f->currency.decimals);
	query_add_i64(q, fiat_raw(f->price));
	query_add_i64(q, f->at.us);
	query_add_i64(q, rates_latest(now).us);
	return query_run(q, ret_count);
}

/* The newest words in CURRENCY, and their sources' names. */
static enum rc quotes_load(struct ledger *ledger, struct currency currency,
    struct rate v[RATES_MOST], size_t *ret_n, struct buf *names)
{
	struct query *q = store_query(ledger->db,
	    SQL("SELECT price, source, at_us FROM quote WHERE currency = ?1"
		" AND decimals = ?2 ORDER BY at_us DESC, source LIMIT ?3"));
	size_t n = 0;
	enum rc rc = RC_NOT_FOUND;

	query_add_str(q, str_of(currency.code));
	query_add_i64(q, currency.decimals);
	query_add_i64(q, RATES_MOST);
	while (n < RATES_MOST && (rc = query_step(q)) == RC_OK) {
		struct rate r = {.currency = currency};

		rc = query_fiat(q, 0, &r.price);
		if (rc != RC_OK)
			break;
		r.at = (struct instant){query_i64(q, 2)};
		v[n++] = r;
		if (names->n > 0)
			buf_char(names, ' ');
		buf_add(names, query_str(q, 1));
	}
	query_end(q);
	if (rc != RC_NOT_FOUND && rc != RC_OK)
		return rc;
	*ret_n = n;
	return buf_rc(names);
}

static enum rc rate_newest(struct ledger *ledger, struct currency currency,
    struct instant until, struct rate *ret)
{
	struct query *q = store_query(ledger->db,
	    SQL("SELECT price, source, at_us FROM rate WHERE currency = ?1"
		" AND decimals = ?2 AND at_us <= ?3"
		" ORDER BY at_us DESC LIMIT 1"));
	enum rc rc;

	query_add_str(q, str_of(currency.code));
	query_add_i64(q, currency.decimals);
	query_add_i64(q, until.us);
	rc = query_step(q);
	if (rc == RC_OK)
		rc = query_rate(q, 0, currency, ret);
	query_end(q);
	return rc;
}

static enum rc rate_first(struct ledger *ledger, struct currency currency,
    struct instant from, struct rate *ret)
{
	struct query *q = store_query(ledger->db,
	    SQL("SELECT price, source, at_us FROM rate WHERE currency = ?1"
		" AND decimals = ?2 AND at_us > ?3"
		" ORDER BY at_us LIMIT 1"));
	enum rc rc;

	query_add_str(q, str_of(currency.code));
	query_add_i64(q, currency.decimals);
	query_add_i64(q, from.us);
	rc = query_step(q);
	if (rc == RC_OK)
		rc = query_rate(q, 0, currency, ret);
	query_end(q);
	return rc;
}

static enum rc rate_save(
    struct ledger *ledger, const struct rate *rate, struct str sources)
{
	struct query *q = store_query(ledger->db,
	    SQL("INSERT INTO rate (currency, decimals, price, source, at_us,"
		" sources) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
		" ON CONFLICT (currency, at_us) DO UPDATE SET"
		" decimals = excluded.decimals, price = excluded.price,"
		" source = excluded.source, sources = excluded.sources"));

	query_add_str(q, str_of(rate->currency.code));
	query_add_i64(q, rate->currency.decimals);
	query_add_rate(q, rate);
	query_add_str(q, sources);
	return query_run(q, NULL);
}

/* RATE says more than LAST: it is newer, or as old and agreed on by others as
 * well. */
static bool is_news(const struct rate *last, const struct rate *rate)
{
	return rate->at.us > last->at.us ||
	       (rate->at.us == last->at.us &&
		   (fiat_cmp(rate->price, last->price) != 0 ||
		       strcmp(rate->source, last->source) != 0));
}

/* Accepts a rate of the quotes as they are, if one can be and it is news. */
static enum rc rate_accept(
    struct ledger *ledger, struct currency currency, struct instant now)
{
	struct rate v[RATES_MOST];
	struct rate last, rate;
	struct buf names;
	bool has_last;
	size_t n = 0;
	enum rc rc;

	buf_init_arena(&names, ledger->scratch, SOURCES_MOST);
	rc = quotes_load(ledger, currency, v, &n, &names);
	if (rc != RC_OK)
		return rc;
	rc = rate_newest(ledger, currency, rates_latest(now), &last);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	has_last = rc == RC_OK;
	rc = rates_accept(
	    &ledger->settings, v, n, has_last ? &last : NULL, now, &rate);
	if (rc != RC_OK || (has_last && !is_news(&last, &rate)))
		return rc == RC_NOT_FOUND ? RC_OK : rc;
	rc = rate_save(ledger, &rate, buf_str(&names));
	return rc == RC_OK ? book_values(ledger, &rate, now) : rc;
}

enum rc rate_fact(
    struct ledger *ledger, const struct rate *f, struct instant now)
{
	struct currency currency;
	struct rate fixed;
	int64_t count = 0;
	enum rc rc;

	if (currency_parse(str_of(f->currency.code), &currency) != RC_OK ||
	    !currency_eq(currency, f->currency) || fiat_raw(f->price) <= 0 ||
	    f->source[0] == '\0' || f->at.us < 0 || f->at.us > TIME_MOST_US) {
		ledger->n[NUMBER_IGNORED]++;
		return RC_OK;
	}
	rc = quote_save(ledger, f, now, &count);
	if (rc != RC_OK || count == 0 || !ledger->settings.has_currency ||
	    !currency_eq(currency, ledger->settings.currency) ||
	    rates_fixed(&ledger->settings, now, &fixed))
		return rc;
	return rate_accept(ledger, currency, now);
}

enum rc rate_at(struct ledger *ledger, struct instant t, struct rate *ret_rate)
{
	const struct ledger_settings *s = &ledger->settings;
	int64_t limit = (int64_t)s->rate_stale_minutes * MINUTE_US;
	struct rate rate;
	enum rc rc;

	if (!s->has_currency)
		return RC_NOT_FOUND;
	if (rates_fixed(s, t, ret_rate))
		return RC_OK;
	rc = rate_newest(ledger, s->currency, t, &rate);
	if (rc == RC_OK && rate.at.us >= t.us - limit) {
		*ret_rate = rate;
		return RC_OK;
	}
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	rc = rate_first(ledger, s->currency, t, &rate);
	if (rc == RC_OK && rate.at.us > t.us + limit)
		return RC_NOT_FOUND;
	if (rc == RC_OK)
		*ret_rate = rate;
	return rc;
}

enum rc ledger_rate(struct ledger *ledger, struct instant now,
    struct rate *ret_rate, struct err *err)
{
	struct rate rate;
	enum rc rc;

	if (!ledger->settings.has_currency)
		return err_set(err, RC_NOT_FOUND, "no currency is set");
	if (rates_fixed(&ledger->settings, now, ret_rate))
		return RC_OK;
	rc = rate_newest(
	    ledger, ledger->settings.currency, rates_latest(now), &rate);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return store_fail(ledger->db, rc, "reading a rate", err);
	if (rc != RC_OK || !rates_is_valid(&ledger->settings, &rate, now))
		return err_set(err, RC_NOT_FOUND, "there is no valid rate");
	*ret_rate = rate;
	return RC_OK;
}
