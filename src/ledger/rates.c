/* SPDX-License-Identifier: MIT
 *
 * The median of the sources, or the newsroom's word; see rates.h.
 */
#include "ledger/rates.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/must.h"
#include "ledger/escape.h"

enum { AHEAD_US = 5 * 60 * 1000000, MINUTE_US = 60 * 1000000, DAY_S = 86400 };

static const char FIXED[] = "set by newsroom on ";

struct instant rates_latest(struct instant now)
{
	return (struct instant){now.us + AHEAD_US};
}

bool rates_is_valid(const struct ledger_settings *settings,
    const struct rate *rate, struct instant now)
{
	int64_t limit = (int64_t)settings->rate_stale_minutes * MINUTE_US;

	return rate->at.us >= now.us - limit &&
	       rate->at.us <= rates_latest(now).us;
}

static int by_price(const void *a, const void *b)
{
	return fiat_cmp(
	    ((const struct rate *)a)->price, ((const struct rate *)b)->price);
}

static int64_t median(const struct rate *v, size_t n)
{
	int64_t low = fiat_raw(v[(n - 1) / 2].price);
	int64_t high = fiat_raw(v[n / 2].price);

	return low + (high - low) / 2;
}

/* A lies at most PERCENT of MIDDLE from it. Both are below 10^17. */
static bool is_near(int64_t a, int64_t middle, uint32_t percent)
{
	int64_t away = a > middle ? a - middle : middle - a;

	return away <= middle / 100 * percent + middle % 100 * percent / 100;
}

enum rc rates_accept(const struct ledger_settings *settings,
    const struct rate *v, size_t n, const struct rate *last, struct instant now,
    struct rate *ret_rate)
{
	struct rate fresh[RATES_MOST];
	size_t fresh_n = 0;
	size_t near_n = 0;
	int64_t middle;
	struct rate rate;

	must(n <= RATES_MOST);
	for (size_t i = 0; i < n; i++)
		if (rates_is_valid(settings, &v[i], now) &&
		    fiat_raw(v[i].price) > 0)
			fresh[fresh_n++] = v[i];
	if (fresh_n == 0 || fresh_n < settings->rate_sources_least)
		return RC_NOT_FOUND;
	qsort(fresh, fresh_n, sizeof(fresh[0]), by_price);
	middle = median(fresh, fresh_n);
	for (size_t i = 0; i < fresh_n; i++)
		if (is_near(fiat_raw(fresh[i].price), middle,
			settings->rate_band_percent))
			fresh[near_n++] = fresh[i];
	if (near_n < settings->rate_sources_least || near_n * 2 <= fresh_n)
		return RC_NOT_FOUND;
	rate = fresh[0];
	for (size_t i = 1; i < near_n; i++)
		if (fresh[i].at.us < rate.at.us)
			rate.at = fresh[i].at;
	middle = median(fresh, near_n);
	if (last && currency_eq(last->currency, rate.currency) &&
	    rates_is_valid(settings, last, now) &&
	    !is_near(
		middle, fiat_raw(last->price), settings->rate_jump_percent) &&
	    (near_n < fresh_n || near_n < 2))
		return RC_NOT_FOUND;
	rate.price = fiat_of_raw(middle);
	snprintf(rate.source, sizeof(rate.source), "median of %zu", near_n);
	*ret_rate = rate;
	return RC_OK;
}

bool rates_fixed(const struct ledger_settings *settings, struct instant now,
    struct rate *ret_rate)
{
	struct rate rate = {.price = settings->rate_price,
	    .currency = settings->currency,
	    .at = INSTANT_OF_S((int64_t)settings->rate_day * DAY_S)};
	struct buf b;

	if (!settings->has_currency || !settings->has_rate ||
	    now.us < rate.at.us)
		return false;
	buf_init(&b, RATE_SOURCE_MAX);
	buf_add(&b, str_of(FIXED));
	escape_day(&b, settings->rate_day);
	must(buf_rc(&b) == RC_OK);
	memcpy(rate.source, b.p, b.n);
	buf_done(&b);
	*ret_rate = rate;
	return true;
}

bool rates_is_fixed(struct str source, int32_t *ret_day)
{
	struct civil c;

	if (!str_starts(source, str_of(FIXED)) ||
	    civil_parse(str_from(source, sizeof(FIXED) - 1), &c) != RC_OK ||
	    c.has_time)
		return false;
	*ret_day = (int32_t)civil_days(c.year, c.month, c.day);
	return true;
}
