/* SPDX-License-Identifier: MIT
 *
 * Addresses of coins, and what they are written in: what is read is written
 * as the same, and found again in running text.
 */
#include "coin/script.h"

#include <string.h>

#include "base/buf.h"
#include "base/must.h"
#include "coin/address_find.h"
#include "coin/base58.h"
#include "coin/bech32.h"
#include "coin/payee.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fuzz_base58(struct buf *b, struct str s)
{
	uint8_t bytes[BASE58_BYTES_MAX];
	struct err err;
	size_t n;

	if (base58_check_read(s, bytes, sizeof(bytes), &n, &err) != RC_OK)
		return;
	buf_clear(b);
	base58_check_write(b, (struct str){(const char *)bytes, n});
	must(str_eq(buf_str(b), s) && base58_is_all(s));
}

static void fuzz_bech32(struct buf *b, struct str s)
{
	uint8_t bytes[BECH32_VALUES_MAX], again[2 * BECH32_VALUES_MAX];
	struct bech32 bech;
	struct err err;
	size_t n;

	if (bech32_parse(s, &bech, &err) != RC_OK)
		return;
	must(bech32_verifies(s, bech.encoding, &n));
	must(n == strlen(bech.hrp));
	buf_clear(b);
	bech32_write(
	    b, str_of(bech.hrp), bech.values, bech.values_n, bech.encoding);
	must(str_eq_fold(buf_str(b), s));
	if (bech32_to_bytes(bech.values, bech.values_n, bytes, &n)) {
		must(bech32_of_bytes(bytes, n, again) == bech.values_n);
		must(memcmp(again, bech.values, bech.values_n) == 0);
	}
}

/* However an address is cut up, it is seen. */
static void fuzz_payee(struct str address)
{
	static const struct str cuts[] = {STR_INIT(" "), STR_INIT("**"),
	    STR_INIT("\xE2\x80\x8B"), STR_INIT("\xC2\xAD"), STR_INIT("\n\n")};
	struct buf b;

	buf_init(&b, 2000);
	buf_lit(&b, "Pay to ");
	for (size_t i = 0; i < address.n; i++) {
		if (i % 4 == 3)
			buf_add(&b, cuts[i % 5]);
		buf_char(&b, address.p[i]);
	}
	buf_lit(&b, ", please");
	must(payee_find(address) == PAYEE_ADDRESS);
	must(payee_find(buf_str(&b)) == PAYEE_ADDRESS);
	buf_done(&b);
}

static void fuzz_script(struct buf *b, struct str s)
{
	struct script_pubkey script;
	struct err err;

	for (unsigned i = 0; i < NETWORK_COUNT; i++) {
		struct address_found found = {.kind = ADDRESS_FOUND_OTHER};
		size_t at = 0;

		if (script_parse_address(s, (enum network)i, &script, &err) !=
		    RC_OK)
			continue;
		buf_clear(b);
		script_address(b, &script, (enum network)i);
		must(str_eq_fold(buf_str(b), s));
		must(address_find(s, &at, &found) && at == s.n);
		fuzz_payee(s);
		must(found.kind ==
		     (i == 0 ? ADDRESS_FOUND_MAIN : ADDRESS_FOUND_TEST));
	}
	if (script_pubkey_of(s, &script) == RC_OK) {
		struct script_pubkey again;

		buf_clear(b);
		script_address(b, &script, NETWORK_MAIN);
		must(script_parse_address(
			 buf_str(b), NETWORK_MAIN, &again, &err) == RC_OK);
		must(script_pubkey_eq(&script, &again));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str s = {(const char *)data, size};
	struct address_found found;
	size_t at = 0, last = 0;
	struct buf b;

	buf_init(&b, 1000);
	fuzz_base58(&b, s);
	fuzz_bech32(&b, s);
	fuzz_script(&b, s);
	while (address_find(s, &at, &found)) {
		must(found.text.p >= s.p + last && at > last);
		must(found.text.p + found.text.n == s.p + at);
		last = at;
	}
	must(at == s.n);
	must(payee_name(payee_find(s))[0]);
	buf_done(&b);
	return 0;
}
