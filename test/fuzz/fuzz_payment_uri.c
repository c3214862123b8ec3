/* SPDX-License-Identifier: MIT
 *
 * Payment links: what is read is written, and read again as the same.
 */
#include "coin/payment_uri.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fuzz_network(struct arena *a, struct str s, enum network network)
{
	struct payment_uri uri = {0}, again = {0};
	struct err err;
	struct buf b;

	if (payment_uri_parse(a, s, network, &uri, &err) != RC_OK ||
	    uri.script.n == 0)
		return;
	buf_init_arena(&b, a, 4 * PAYMENT_URI_MAX);
	payment_uri_write(&b, &uri, network);
	must(buf_rc(&b) == RC_OK);
	if (b.n <= PAYMENT_URI_MAX) {
		must(payment_uri_parse(a, buf_str(&b), network, &again, &err) ==
		     RC_OK);
		must(script_pubkey_eq(&uri.script, &again.script));
		must(uri.has_amount == again.has_amount);
		must(sat_cmp(uri.amount, again.amount) == 0);
		must(str_eq(uri.label, again.label));
		must(str_eq(uri.message, again.message));
	}
	buf_clear(&b);
	payment_uri_write_qr(&b, &uri, network);
	must(buf_rc(&b) == RC_OK);
	must(payment_uri_parse(a, buf_str(&b), network, &again, &err) == RC_OK);
	must(script_pubkey_eq(&uri.script, &again.script));
	must(sat_cmp(uri.amount, again.amount) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str s = {(const char *)data, size};
	struct arena *a = arena_new(1 << 20);

	fuzz_network(a, s, NETWORK_MAIN);
	fuzz_network(a, s, NETWORK_REGTEST);
	arena_free(a);
	return 0;
}
