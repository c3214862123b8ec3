/* SPDX-License-Identifier: MIT
 *
 * Money; see amount.h.
 */
#include "coin/amount.h"

#include <string.h>

#include "base/buf.h"
#include "base/must.h"

/* Wide enough for the product of any two amounts. */
__extension__ typedef __int128 wide;

enum { SAT_DECIMALS = 8 };

/* ISO 4217: currencies in use, by their decimals. Those that are no money one
 * can pay with (XAU, XXX, fund codes) are left out. */
static const char currencies_0[] = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF "
				   "UGX UYI VND VUV XAF XOF XPF ";
static const char currencies_3[] = "BHD IQD JOD KWD LYD OMR TND ";
static const char currencies_2[] =
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD "
    "BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN "
    "ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR "
    "IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK "
    "MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK "
    "PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP "
    "STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES "
    "WST XCD XCG YER ZAR ZMW ZWG ";

/* Adds where both are far from the ends of int64_t. */
static bool sum_is_within(int64_t a, int64_t b, int64_t most, int64_t *ret)
{
	int64_t sum = a + b;

	if (sum < -most || sum > most)
		return false;
	*ret = sum;
	return true;
}

/* Reads a decimal number as an integer of its 10^-DECIMALS. */
static enum rc decimal_read(
    struct str s, unsigned decimals, int64_t most, int64_t *ret)
{
	struct str digits = s;
	struct str whole = str_cut(&digits, '.');
	uint64_t n, part = 0;
	enum rc rc;

	if (digits.p && (digits.n == 0 || digits.n > decimals))
		return RC_INVALID;
	rc = str_u64(whole, (uint64_t)most, &n);
	if (digits.p && str_u64(digits, (uint64_t)most, &part) != RC_OK)
		return RC_INVALID;
	if (rc != RC_OK)
		return rc;
	for (unsigned i = 0; i < decimals; i++) {
		n *= 10;
		if (i >= digits.n)
			part *= 10;
		if (n > (uint64_t)most)
			return RC_LIMIT;
	}
	if (n + part > (uint64_t)most)
		return RC_LIMIT;
	*ret = (int64_t)(n + part);
	return RC_OK;
}

static void decimal_write(
    struct buf *b, int64_t n, unsigned decimals, bool is_short)
{
	uint64_t left = n < 0 ? (uint64_t)-n : (uint64_t)n;
	uint64_t scale = 1;

	for (unsigned i = 0; i < decimals; i++)
		scale *= 10;
	if (n < 0)
		buf_char(b, '-');
	buf_u64(b, left / scale);
	left %= scale;
	while (is_short && decimals > 0 && left % 10 == 0) {
		left /= 10;
		decimals--;
	}
	if (decimals == 0)
		return;
	buf_char(b, '.');
	buf_u64_wide(b, left, decimals);
}

struct sat sat_of_raw(int64_t raw)
{
	must(sat_is_valid(raw));
	return (struct sat){raw};
}

int64_t sat_raw(struct sat a)
{
	return a.sats;
}

bool sat_is_valid(int64_t raw)
{
	return raw >= -SAT_MAX && raw <= SAT_MAX;
}

bool sat_add(struct sat *ret, struct sat a, struct sat b)
{
	must(sat_is_valid(a.sats) && sat_is_valid(b.sats));
	return sum_is_within(a.sats, b.sats, SAT_MAX, &ret->sats);
}

bool sat_sub(struct sat *ret, struct sat a, struct sat b)
{
	return sat_add(ret, a, sat_neg(b));
}

struct sat sat_neg(struct sat a)
{
	must(sat_is_valid(a.sats));
	return (struct sat){-a.sats};
}

int sat_cmp(struct sat a, struct sat b)
{
	return (a.sats > b.sats) - (a.sats < b.sats);
}

enum rc sat_parse(struct str s, struct sat *ret_sat)
{
	return decimal_read(s, SAT_DECIMALS, SAT_MAX, &ret_sat->sats);
}

void sat_text(struct buf *b, struct sat a)
{
	decimal_write(b, a.sats, SAT_DECIMALS, false);
}

void sat_text_short(struct buf *b, struct sat a)
{
	decimal_write(b, a.sats, SAT_DECIMALS, true);
}

struct fiat fiat_of_raw(int64_t raw)
{
	must(fiat_is_valid(raw));
	return (struct fiat){raw};
}

int64_t fiat_raw(struct fiat a)
{
	return a.cents;
}

bool fiat_is_valid(int64_t raw)
{
	return raw >= -FIAT_MAX && raw <= FIAT_MAX;
}

bool fiat_add(struct fiat *ret, struct fiat a, struct fiat b)
{
	must(fiat_is_valid(a.cents) && fiat_is_valid(b.cents));
	return sum_is_within(a.cents, b.cents, FIAT_MAX, &ret->cents);
}

bool fiat_sub(struct fiat *ret, struct fiat a, struct fiat b)
{
	return fiat_add(ret, a, fiat_neg(b));
}

struct fiat fiat_neg(struct fiat a)
{
	must(fiat_is_valid(a.cents));
	return (struct fiat){-a.cents};
}

int fiat_cmp(struct fiat a, struct fiat b)
{
	return (a.cents > b.cents) - (a.cents < b.cents);
}

enum rc fiat_parse(
    struct str s, struct currency currency, struct fiat *ret_fiat)
{
	return decimal_read(s, currency.decimals, FIAT_MAX, &ret_fiat->cents);
}

void fiat_text(struct buf *b, struct fiat a, struct currency currency)
{
	decimal_write(b, a.cents, currency.decimals, false);
}

/* CODE stands in TABLE, whose entries are three letters and a space. */
static bool table_has(const char *table, struct str code)
{
	for (const char *p = table; *p; p += 4)
		if (memcmp(p, code.p, 3) == 0)
			return true;
	return false;
}

enum rc currency_parse(struct str s, struct currency *ret_currency)
{
	struct currency c = {.decimals = 2};

	if (s.n != 3 || !ascii_is_upper(s.p[0]) || !ascii_is_upper(s.p[1]) ||
	    !ascii_is_upper(s.p[2]))
		return RC_INVALID;
	if (table_has(currencies_0, s))
		c.decimals = 0;
	else if (table_has(currencies_3, s))
		c.decimals = 3;
	else if (!table_has(currencies_2, s))
		return RC_NOT_FOUND;
	memcpy(c.code, s.p, 3);
	*ret_currency = c;
	return RC_OK;
}

bool currency_eq(struct currency a, struct currency b)
{
	return memcmp(a.code, b.code, sizeof(a.code)) == 0;
}

/* N * BY / OVER to the nearest integer, halves away from zero. BY and OVER
 * are above zero. */
static bool scaled(
    int64_t n, int64_t by, int64_t over, int64_t most, int64_t *ret)
{
	wide product = (wide)(n < 0 ? -n : n) * by;
	wide result = (2 * product + over) / (2 * (wide)over);

	if (result > most)
		return false;
	*ret = n < 0 ? -(int64_t)result : (int64_t)result;
	return true;
}

bool rate_fiat(const struct rate *rate, struct sat a, struct fiat *ret_fiat)
{
	int64_t price = rate->price.cents;

	must(sat_is_valid(a.sats));
	if (price <= 0 || price > FIAT_MAX)
		return false;
	return scaled(a.sats, price, SAT_PER_BTC, FIAT_MAX, &ret_fiat->cents);
}

bool rate_sat(const struct rate *rate, struct fiat a, struct sat *ret_sat)
{
	int64_t price = rate->price.cents;

	must(fiat_is_valid(a.cents));
	if (price <= 0 || price > FIAT_MAX)
		return false;
	return scaled(a.cents, SAT_PER_BTC, price, SAT_MAX, &ret_sat->sats);
}
