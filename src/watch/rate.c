/* SPDX-License-Identifier: MIT
 *
 * Sources of rates, and the reading of their answers.
 */
#include "watch/rate.h"

#include <string.h>

#include "base/buf.h"
#include "coin/rate_source.h"
#include "http/client.h"
#include "watch/json_pick.h"

enum { EXPONENT_MOST = 30, DIGITS_MOST = 60 };

/* In the order of coin/rate_source.h. */
static const struct rate_source READY[] = {
    {"coinbase", "https://api.coinbase.com/v2/prices/BTC-{CUR}/spot",
	"data.amount"},
    {"kraken", "https://api.kraken.com/0/public/Ticker?pair=XBT{CUR}",
	"result.*.c.0"},
    {"bitstamp", "https://www.bitstamp.net/api/v2/ticker/btc{cur}/", "last"},
    {"coingecko",
	"https://api.coingecko.com/api/v3/simple/price?ids=bitcoin"
	"&vs_currencies={cur}&precision=2",
	"bitcoin.{cur}"},
    {"mempool", "https://mempool.space/api/v1/prices", "{CUR}"},
    {"bitfinex", "https://api-pub.bitfinex.com/v2/ticker/tBTC{CUR}", "6"},
    {"blockchain", "https://blockchain.info/ticker", "{CUR}.last"},
    {"gemini", "https://api.gemini.com/v1/pubticker/btc{cur}", "last"},
};

_Static_assert(
    sizeof(READY) / sizeof(READY[0]) == RATE_READY_N, "each has a name");

const struct rate_source *rate_ready(size_t i)
{
	return i < RATE_READY_N ? &READY[i] : NULL;
}

static struct str word(struct str *rest)
{
	struct str w;

	*rest = str_trim(*rest);
	w.p = rest->p;
	w.n = 0;
	while (w.n < rest->n && !ascii_is_space(rest->p[w.n]))
		w.n++;
	*rest = str_trim(str_from(*rest, w.n));
	return w;
}

static bool fits(struct str s, char *ret, size_t most)
{
	if (s.n == 0 || s.n > most)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= ' ' ||
		    (unsigned char)s.p[i] >= 0x7f)
			return false;
	memcpy(ret, s.p, s.n);
	ret[s.n] = '\0';
	return true;
}

enum rc rate_source_parse(
    struct str text, struct rate_source *ret_source, struct err *err)
{
	struct rate_source source = {0};
	struct str name = word(&text), url = word(&text), path = word(&text);
	struct str host;

	for (size_t i = 0; url.n == 0 && rate_ready(i); i++)
		if (str_eq(name, str_of(rate_ready(i)->name))) {
			*ret_source = *rate_ready(i);
			return RC_OK;
		}
	if (url.n == 0)
		return err_set(err, RC_NOT_FOUND,
		    "\"%.*s\" is no source of rates that is known here; one "
		    "of your own is written as: name address place",
		    STR_ARG(str_part(name, 0, RATE_SOURCE_MAX)));
	if (text.n > 0 || !fits(name, source.name, RATE_SOURCE_MAX) ||
	    !fits(url, source.url, RATE_URL_MAX) ||
	    !fits(path, source.path, RATE_PATH_MAX))
		return err_set(err, RC_INVALID,
		    "a source of rates is written as: name address place; "
		    "as in: mybank https://rates.example/{cur} data.price");
	if (http_client_host(url, &host) != RC_OK)
		return err_set(err, RC_INVALID,
		    "%s: the address must begin with https:// or http:// and "
		    "have no user in it",
		    source.name);
	*ret_source = source;
	return RC_OK;
}

void rate_fill(
    struct buf *b, struct str template, const struct currency *currency)
{
	while (template.n > 0) {
		bool is_upper = str_starts(template, STR("{CUR}"));

		if (!is_upper && !str_starts(template, STR("{cur}"))) {
			buf_char(b, template.p[0]);
			template = str_from(template, 1);
			continue;
		}
		for (size_t i = 0; i < 3; i++)
			buf_char(b, is_upper ? currency->code[i]
					     : ascii_lower(currency->code[i]));
		template = str_from(template, 5);
	}
}

/* A decimal number in parts. */
struct decimal {
	char digits[DIGITS_MOST];
	size_t n;
	int64_t point; /* so many of the digits stand before the point */
};

static struct str take_digits(struct str *s)
{
	size_t n = 0;
	struct str digits;

	while (n < s->n && ascii_is_digit(s->p[n]))
		n++;
	digits = str_part(*s, 0, n);
	*s = str_from(*s, n);
	return digits;
}

static bool take_exponent(struct str *s, int64_t *ret)
{
	bool is_negative;
	struct str digits;
	uint64_t n;

	*ret = 0;
	if (s->n == 0 || ascii_lower(s->p[0]) != 'e')
		return true;
	*s = str_from(*s, 1);
	is_negative = s->n > 0 && s->p[0] == '-';
	if (is_negative || (s->n > 0 && s->p[0] == '+'))
		*s = str_from(*s, 1);
	digits = take_digits(s);
	if (str_u64(digits, EXPONENT_MOST, &n) != RC_OK)
		return false;
	*ret = is_negative ? -(int64_t)n : (int64_t)n;
	return true;
}

static bool read_decimal(struct str s, struct decimal *ret)
{
	struct str whole = take_digits(&s), part = STR_NONE;
	int64_t exponent;

	if (s.n > 0 && s.p[0] == '.') {
		s = str_from(s, 1);
		part = take_digits(&s);
		if (part.n == 0)
			return false;
	}
	if (whole.n == 0 || whole.n + part.n > DIGITS_MOST ||
	    !take_exponent(&s, &exponent) || s.n > 0)
		return false;
	memcpy(ret->digits, whole.p, whole.n);
	if (part.n > 0)
		memcpy(ret->digits + whole.n, part.p, part.n);
	ret->n = whole.n + part.n;
	ret->point = (int64_t)whole.n + exponent;
	return true;
}

/* In units of 10^-DECIMALS, rounded. */
static enum rc to_minor(
    const struct decimal *d, unsigned decimals, struct fiat *ret)
{
	int64_t end = d->point + (int64_t)decimals, n = 0;

	for (int64_t i = 0; i < end; i++) {
		n = n * 10;
		if (i >= 0 && (size_t)i < d->n)
			n += d->digits[i] - '0';
		if (n > FIAT_MAX)
			return RC_LIMIT;
	}
	if (end >= 0 && (size_t)end < d->n && d->digits[end] >= '5')
		n++;
	if (n > FIAT_MAX)
		return RC_LIMIT;
	if (n <= 0)
		return RC_INVALID;
	*ret = fiat_of_raw(n);
	return RC_OK;
}

enum rc rate_answer_parse(struct str answer, struct str path,
    struct currency currency, struct fiat *ret_price, struct err *err)
{
	struct decimal d;
	struct fiat price;
	struct str value;
	enum rc rc;

	if (answer.n > RATE_ANSWER_MAX)
		return err_set(err, RC_LIMIT, "the answer is too long");
	rc = json_pick_parse(answer, path, &value);
	if (rc == RC_LIMIT)
		return err_set(err, rc, "the answer is nested too deeply");
	if (rc != RC_OK)
		return err_set(err, RC_INVALID,
		    "the answer has no price at \"%.*s\"", STR_ARG(path));
	if (!read_decimal(value, &d))
		return err_set(err, RC_INVALID,
		    "what stands at \"%.*s\" is no price", STR_ARG(path));
	rc = to_minor(&d, currency.decimals, &price);
	if (rc != RC_OK)
		return err_set(
		    err, rc, "the price at \"%.*s\" cannot be", STR_ARG(path));
	*ret_price = price;
	return RC_OK;
}
