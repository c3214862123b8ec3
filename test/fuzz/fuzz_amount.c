/* SPDX-License-Identifier: MIT
 *
 * Small texts of coin/: amounts, currencies, names of networks, ids. What is
 * read can be written and is read again as the same.
 */
#include "coin/amount.h"

#include <string.h>

#include "base/buf.h"
#include "base/must.h"
#include "coin/hash.h"
#include "coin/network.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fuzz_fiat(struct buf *b, struct str s, struct currency c)
{
	struct fiat f, again;

	if (fiat_parse(s, c, &f) != RC_OK)
		return;
	buf_clear(b);
	fiat_text(b, f, c);
	must(fiat_parse(buf_str(b), c, &again) == RC_OK);
	must(fiat_cmp(f, again) == 0 && fiat_is_valid(fiat_raw(f)));
}

static void fuzz_rate(struct str s)
{
	struct rate rate = {.currency = {"EUR", 2}};
	struct fiat worth;
	struct sat a;

	if (sat_parse(s, &a) != RC_OK ||
	    fiat_parse(s, rate.currency, &rate.price) != RC_OK)
		return;
	if (rate_fiat(&rate, a, &worth))
		must(fiat_is_valid(fiat_raw(worth)));
	if (rate_sat(&rate, rate.price, &a))
		must(sat_raw(a) == SAT_PER_BTC);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str s = {(const char *)data, size};
	struct hash256 h, same;
	struct sat a, again;
	struct currency c;
	enum network n;
	struct buf b;

	buf_init(&b, 200);
	if (sat_parse(s, &a) == RC_OK) {
		sat_text_short(&b, a);
		must(sat_parse(buf_str(&b), &again) == RC_OK);
		must(sat_cmp(a, again) == 0 && sat_is_valid(sat_raw(a)));
	}
	for (uint8_t decimals = 0; decimals <= 3; decimals++)
		fuzz_fiat(&b, s, (struct currency){"EUR", decimals});
	fuzz_rate(s);
	if (currency_parse(s, &c) == RC_OK)
		must(str_eq(str_of(c.code), s) && c.decimals <= 3);
	if (network_parse(s, &n) == RC_OK)
		must(str_eq(network_name(n), s));
	if (hash256_parse(s, &h) == RC_OK) {
		buf_clear(&b);
		hash256_text_id(&b, &h);
		must(hash256_parse_id(buf_str(&b), &same) == RC_OK);
		must(hash256_eq(&h, &same));
	}
	buf_done(&b);
	return 0;
}
