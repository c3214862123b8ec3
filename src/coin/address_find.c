/* SPDX-License-Identifier: MIT
 *
 * Addresses in running text; see address_find.h. A candidate is a whole run of
 * letters and digits: an address glued to a word is not one that a wallet
 * takes, either.
 */
#include "coin/address_find.h"

#include "coin/base58.h"
#include "coin/bech32.h"
#include "coin/monero.h"
#include "coin/network.h"

enum {
	BASE58_LEAST = 25, /* characters of version, 20 bytes and checksum */
	BASE58_MOST = 38,  /* the same with a version of two bytes */
	BECH32_LEAST = 14,
	BECH32_MOST = 4096, /* an invoice with a long description */
	HASH_BYTES = 20,
	ETHEREUM = 42, /* "0x" and forty digits */
	OFFER_LEAST = 42,
};

static bool find_base58(struct str word, struct address_found *found)
{
	uint8_t bytes[BASE58_BYTES_MAX];
	size_t n;

	if (word.n < BASE58_LEAST || word.n > BASE58_MOST ||
	    base58_check_read(word, bytes, sizeof(bytes), &n, NULL) != RC_OK ||
	    (n != 1 + HASH_BYTES && n != 2 + HASH_BYTES))
		return false;
	found->kind = ADDRESS_FOUND_OTHER;
	for (unsigned i = 0; n == 1 + HASH_BYTES && i < NETWORK_COUNT; i++) {
		const struct network_facts *facts =
		    network_facts((enum network)i);

		if (bytes[0] == facts->p2pkh || bytes[0] == facts->p2sh)
			found->kind = facts->is_test ? ADDRESS_FOUND_TEST
						     : ADDRESS_FOUND_MAIN;
	}
	return true;
}

static bool find_bech32(struct str word, struct address_found *found)
{
	struct str hrp;
	size_t n;

	if (word.n < BECH32_LEAST || word.n > BECH32_MOST ||
	    (!bech32_verifies(word, BECH32_PLAIN, &n) &&
		!bech32_verifies(word, BECH32_M, &n)))
		return false;
	hrp = str_part(word, 0, n);
	found->kind = ADDRESS_FOUND_OTHER;
	if (n >= 2 && str_eq_fold(str_part(hrp, 0, 2), STR("ln")))
		found->kind = ADDRESS_FOUND_LIGHTNING;
	for (unsigned i = 0; i < NETWORK_COUNT; i++) {
		const struct network_facts *facts =
		    network_facts((enum network)i);

		if (str_eq_fold(hrp, facts->hrp))
			found->kind = facts->is_test ? ADDRESS_FOUND_TEST
						     : ADDRESS_FOUND_MAIN;
	}
	return true;
}

static bool find_ethereum(struct str word)
{
	if (word.n != ETHEREUM || word.p[0] != '0' ||
	    ascii_lower(word.p[1]) != 'x')
		return false;
	for (size_t i = 2; i < word.n; i++)
		if (ascii_hex(word.p[i]) < 0)
			return false;
	return true;
}

/* An offer, an invoice or a request for one (BOLT12): they have no checksum. */
static bool find_offer(struct str word, struct address_found *found)
{
	struct str head = str_part(word, 0, 4);

	if (word.n < OFFER_LEAST || (!str_eq_fold(head, STR("lno1")) &&
					!str_eq_fold(head, STR("lni1")) &&
					!str_eq_fold(head, STR("lnr1"))))
		return false;
	for (size_t i = head.n; i < word.n; i++)
		if (str_find(STR("qpzry9x8gf2tvdw0s3jn54khce6mua7l"),
			ascii_lower(word.p[i])) == 32)
			return false;
	found->kind = ADDRESS_FOUND_LIGHTNING;
	return true;
}

bool address_find(struct str text, size_t *at, struct address_found *ret_found)
{
	while (*at < text.n) {
		struct address_found found = {.kind = ADDRESS_FOUND_OTHER};
		size_t start = *at;

		while (*at < text.n && (ascii_is_alpha(text.p[*at]) ||
					   ascii_is_digit(text.p[*at])))
			++*at;
		found.text = str_part(text, start, *at - start);
		if (found.text.n > 0 && (find_bech32(found.text, &found) ||
					    find_base58(found.text, &found) ||
					    find_offer(found.text, &found) ||
					    find_ethereum(found.text) ||
					    monero_verifies(found.text))) {
			*ret_found = found;
			return true;
		}
		if (found.text.n == 0)
			++*at;
	}
	return false;
}
