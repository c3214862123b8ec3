/* SPDX-License-Identifier: MIT
 *
 * Addresses: base58check, bech32, bech32m, scripts, and the search for them.
 */
#include "coin/script.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/buf.h"
#include "coin/address_find.h"
#include "coin/base58.h"
#include "coin/bech32.h"
#include "coin/hex.h"
#include "coin/test/vectors.h"

static const struct sample {
	enum network network;
	enum script_kind kind;
	const char *address;
	const char *script;
} samples[] = {
    {NETWORK_MAIN, SCRIPT_P2PKH, "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
	"76a91462e907b15cbf27d5425399ebf6f0fb50ebb88f1888ac"},
    {NETWORK_MAIN, SCRIPT_P2PKH, "1111111111111111111114oLvT2",
	"76a914000000000000000000000000000000000000000088ac"},
    {NETWORK_MAIN, SCRIPT_P2SH, "3P14159f73E4gFr7JterCCQh9QjiTjiZrG",
	"a914e9c3dd0c07aac76179ebc76a6c78d4d67c6c160a87"},
    {NETWORK_MAIN, SCRIPT_P2WPKH, "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu",
	"0014c0cebcd6c3d3ca8c75dc5ec62ebe55330ef910e2"},
    {NETWORK_MAIN, SCRIPT_P2TR,
	"bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr",
	"5120a60869f0dbcf1dc659c9cecbaf8050135ea9e8cdc487053f1dc6880949dc684c"},
    {NETWORK_TESTNET, SCRIPT_P2PKH, "mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn",
	"76a914243f1394f44554f4ce3fd68649c19adc483ce92488ac"},
    {NETWORK_SIGNET, SCRIPT_P2WSH,
	"tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7",
	"00201863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262"},
    {NETWORK_REGTEST, SCRIPT_P2SH, "2MzQwSSnBHWHqSAqtTVQ6v47XtaisrJa1Vc",
	"a9144e9f39ca4688ff102128ea4ccda34105324305b087"},
    {NETWORK_REGTEST, SCRIPT_P2WPKH,
	"bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080",
	"0014751e76e8199196d454941c45d1b3a323f1433bd6"},
    {NETWORK_MAIN, SCRIPT_WITNESS, "bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs",
	"5210751e76e8199196d454941c45d1b3a323"},
};
enum { SAMPLES = sizeof(samples) / sizeof(*samples) };

static struct script_pubkey script_of_hex(struct str hex)
{
	struct script_pubkey s = {0};
	uint8_t bytes[SCRIPT_PUBKEY_MAX];

	if (hex.n > 2 * sizeof(bytes) || !hex_read(hex, bytes, hex.n / 2) ||
	    script_pubkey_of(
		(struct str){(const char *)bytes, hex.n / 2}, &s) != RC_OK)
		fail_msg("no script: %.*s", STR_ARG(hex));
	return s;
}

static void every_form_of_address_is_read_and_written(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 200);
	for (size_t i = 0; i < SAMPLES; i++) {
		const struct sample *sample = &samples[i];
		struct script_pubkey wanted =
		    script_of_hex(str_of(sample->script));
		struct script_pubkey s = {0};
		struct err err;

		if (script_parse_address(str_of(sample->address),
			sample->network, &s, &err) != RC_OK)
			fail_msg("%s: %s", sample->address, err.why);
		assert_true(script_pubkey_eq(&s, &wanted));
		assert_int_equal(
		    script_kind(script_pubkey_str(&s)), sample->kind);
		buf_clear(&b);
		script_address(&b, &s, sample->network);
		assert_string_equal(b.p, sample->address);
	}
	buf_done(&b);
}

static void addresses_of_other_networks_are_refused_by_name(void **state)
{
	struct script_pubkey s = {0};
	struct err err;

	(void)state;
	for (size_t i = 0; i < SAMPLES; i++)
		for (unsigned n = 0; n < NETWORK_COUNT; n++) {
			const struct network_facts *a =
			    network_facts(samples[i].network);
			const struct network_facts *b =
			    network_facts((enum network)n);
			bool is_base58 = samples[i].kind == SCRIPT_P2PKH ||
					 samples[i].kind == SCRIPT_P2SH;
			bool fits = is_base58 ? a->p2pkh == b->p2pkh
					      : str_eq(a->hrp, b->hrp);
			enum rc rc =
			    script_parse_address(str_of(samples[i].address),
				(enum network)n, &s, &err);

			assert_int_equal(rc, fits ? RC_OK : RC_INVALID);
			if (!fits)
				assert_non_null(
				    strstr(err.why, "this is an address of "));
		}
	assert_int_equal(
	    script_parse_address(STR("LM2WMpR1Rp6j3Sa59cMXMs1SPzj9eXpGc1"),
		NETWORK_MAIN, &s, &err),
	    RC_INVALID);
	assert_string_equal(err.why, "this is an address of another coin");
}

/* Any one wrong character is found: by base58check but for one in 2^32, by
 * bech32 always. */
static void an_address_with_one_wrong_character_never_verifies(void **state)
{
	static const char all[] = "123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
				  "abcdefghijkmnopqrstuvwxyz0OIl-";
	struct script_pubkey s = {0};
	unsigned tried = 0;

	(void)state;
	for (size_t i = 0; i < SAMPLES; i++) {
		struct str address = str_of(samples[i].address);
		char text[SCRIPT_ADDRESS_MAX + 1];
		bool fold = strchr(samples[i].address, '0') ||
			    samples[i].kind == SCRIPT_WITNESS;

		for (size_t at = 0; at < address.n; at++)
			for (const char *c = all; *c; c++) {
				struct str wrong = {text, address.n};

				memcpy(text, address.p, address.n);
				text[at] = *c;
				if (str_eq(wrong, address))
					continue;
				for (unsigned n = 0; n < NETWORK_COUNT; n++)
					if (script_parse_address(wrong,
						(enum network)n, &s,
						NULL) == RC_OK)
						fail_msg("%.*s (%d)",
						    STR_ARG(wrong), fold);
				tried++;
			}
	}
	assert_true(tried > 20000);
	assert_int_equal(s.n, 0);
}

static void addresses_cut_or_grown_never_verify(void **state)
{
	struct script_pubkey s = {0};

	(void)state;
	for (size_t i = 0; i < SAMPLES; i++) {
		struct str address = str_of(samples[i].address);
		char text[SCRIPT_ADDRESS_MAX + 2] = {0};

		for (size_t n = 0; n < address.n; n++)
			assert_int_not_equal(
			    script_parse_address(str_part(address, 0, n),
				samples[i].network, &s, NULL),
			    RC_OK);
		memcpy(text, address.p, address.n);
		for (unsigned c = 0; c < 256; c++) {
			text[address.n] = (char)c;
			assert_int_not_equal(
			    script_parse_address(
				(struct str){text, address.n + 1},
				samples[i].network, &s, NULL),
			    RC_OK);
		}
	}
	assert_int_equal(s.n, 0);
}

static void what_is_wrong_with_an_address_is_said(void **state)
{
	static const struct {
		const char *address, *why;
	} bad[] = {
	    {"", "there is no address"},
	    {"bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyv", "checksum"},
	    {"bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyU", "mixed"},
	    {"bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyb", "character 42"},
	    {"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", "checksum"},
	    {"1A1zP1eP5QGefi2DMPTfTL5SLmv7Divf0a", "character 33"},
	    {"5Hx15HFGyep2CfPxsJKe2fXJsCVn5DEiyoeGGF6JZjGbTRnqfiD",
		"holds 33 bytes"},
	    {"bc1gmk9yu", "no witness program"},
	    {"bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",
		"another"},
	};
	struct script_pubkey s = {0};
	struct err err;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_int_equal(script_parse_address(str_of(bad[i].address),
				     NETWORK_MAIN, &s, &err),
		    RC_INVALID);
		if (!strstr(err.why, bad[i].why))
			fail_msg("%s: %s", bad[i].address, err.why);
	}
	assert_int_equal(s.n, 0);
}

static void bech32_strings(const json_t *cases)
{
	json_t *c;
	size_t i;

	json_array_foreach(cases, i, c)
	{
		struct str hex = vector_str(c, "bytes_hex");
		struct str text = vector_str(c, "text");
		uint8_t bytes[200];
		struct bech32 r;
		bool is_m = vector_is(c, "encoding", "bech32m");
		bool is_valid = vector_is(c, "kind", "valid_string");

		if (!is_valid && !vector_is(c, "kind", "invalid_string"))
			continue;
		if (hex.n > 0) {
			assert_true(hex_read(hex, bytes, hex.n / 2));
			text = (struct str){(const char *)bytes, hex.n / 2};
		}
		assert_int_equal(bech32_parse(text, &r, NULL) == RC_OK &&
				     (r.encoding == BECH32_M) == is_m,
		    is_valid);
	}
}

static void bech32_addresses(const json_t *cases)
{
	json_t *c;
	size_t i;

	json_array_foreach(cases, i, c)
	{
		struct str address = vector_str(c, "address");
		struct str hex = vector_str(c, "script_pubkey");
		struct script_pubkey s = {0}, wanted;
		unsigned fits = 0;
		json_t *valid = json_object_get(c, "valid_under_bip350");

		for (unsigned n = 0; address.n > 0 && n < NETWORK_COUNT; n++)
			if (script_parse_address(
				address, (enum network)n, &s, NULL) == RC_OK)
				fits++;
		if (vector_is(c, "kind", "invalid_address") ||
		    (valid && !json_is_true(valid))) {
			assert_int_equal(fits, 0);
		} else if (hex.n > 0) {
			assert_true(fits > 0);
			wanted = script_of_hex(hex);
			assert_true(script_pubkey_eq(&s, &wanted));
		}
	}
}

static void the_vectors_of_bip173_and_bip350_hold(void **state)
{
	json_t *all = vectors_open("bech32.json");

	(void)state;
	if (!all)
		return;
	bech32_strings(json_object_get(all, "cases"));
	bech32_addresses(json_object_get(all, "cases"));
	json_decref(all);
}

static void bytes_are_read_back_from_base58_and_bech32(void **state)
{
	uint64_t seed = 20261127;
	struct buf b;

	(void)state;
	buf_init(&b, 400);
	for (unsigned i = 0; i < 3000; i++) {
		uint8_t bytes[92], again[92], values[150];
		size_t n = i % 92, m = 0;

		for (size_t k = 0; k < n; k++) {
			seed = seed * 6364136223846793005u + 1;
			bytes[k] = (uint8_t)(seed >> 56);
			if (k < i / 100)
				bytes[k] = 0;
		}
		buf_clear(&b);
		base58_check_write(&b, (struct str){(const char *)bytes, n});
		assert_int_equal(base58_check_read(buf_str(&b), again,
				     sizeof(again), &m, NULL),
		    RC_OK);
		assert_int_equal(m, n);
		assert_memory_equal(bytes, again, n);
		m = bech32_of_bytes(bytes, n, values);
		assert_true(bech32_to_bytes(values, m, again, &m));
		assert_int_equal(m, n);
		assert_memory_equal(bytes, again, n);
	}
	assert_int_equal(
	    base58_check_read(buf_str(&b), NULL, 3, &(size_t){0}, NULL),
	    RC_LIMIT);
	buf_done(&b);
}

static void scripts_without_an_address_are_none(void **state)
{
	static const char *const hex[] = {"", "6a", "6a0548656c6c6f",
	    "0013c0cebcd6c3d3ca8c75dc5ec62ebe55330ef910",
	    "76a91462e907b15cbf27d5425399ebf6f0fb50ebb88f1888ad",
	    "a914e9c3dd0c07aac76179ebc76a6c78d4d67c6c160a88", "5101aa",
	    "5129"
	    "0000000000000000000000000000000000000000000000000000000000000000"
	    "000000000000000000",
	    "61020000"};
	uint8_t bytes[100];
	struct script_pubkey s = {.n = 7};

	(void)state;
	for (size_t i = 0; i < sizeof(hex) / sizeof(*hex); i++) {
		struct str h = str_of(hex[i]);

		assert_true(hex_read(h, bytes, h.n / 2));
		assert_int_equal(
		    script_pubkey_of(
			(struct str){(const char *)bytes, h.n / 2}, &s),
		    RC_INVALID);
	}
	assert_int_equal(s.n, 7);
}

static void addresses_are_found_in_running_text(void **state)
{
	static const char text[] =
	    "Send to bitcoin:bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu?x=1 "
	    "or (1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa), not to "
	    "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb. Tests: "
	    "<b>mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn</b>; Litecoin "
	    "LM2WMpR1Rp6j3Sa59cMXMs1SPzj9eXpGc1, "
	    "BCRT1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KYGT080";
	static const struct {
		const char *text;
		enum address_found_kind kind;
	} wanted[] = {
	    {"bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu", ADDRESS_FOUND_MAIN},
	    {"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", ADDRESS_FOUND_MAIN},
	    {"mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn", ADDRESS_FOUND_TEST},
	    {"LM2WMpR1Rp6j3Sa59cMXMs1SPzj9eXpGc1", ADDRESS_FOUND_OTHER},
	    {"BCRT1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KYGT080",
		ADDRESS_FOUND_TEST},
	};
	struct address_found found;
	size_t at = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++) {
		assert_true(address_find(str_of(text), &at, &found));
		if (!str_eq(found.text, str_of(wanted[i].text)))
			fail_msg("%.*s", STR_ARG(found.text));
		assert_int_equal(found.kind, wanted[i].kind);
	}
	assert_false(address_find(str_of(text), &at, &found));
	assert_int_equal(at, sizeof(text) - 1);
}

static void invoices_are_found_whatever_their_length(void **state)
{
	json_t *all = vectors_open("bolt11.json");
	json_t *c;
	size_t i, found_n = 0;

	(void)state;
	if (!all)
		return;
	json_array_foreach(json_object_get(all, "cases"), i, c)
	{
		struct address_found found;
		struct str invoice = vector_str(c, "invoice");
		size_t at = 0;

		if (invoice.n == 0)
			continue;
		assert_true(address_find(invoice, &at, &found));
		assert_int_equal(found.kind, ADDRESS_FOUND_LIGHTNING);
		assert_true(str_eq(found.text, invoice));
		found_n++;
	}
	assert_true(found_n > 5);
	json_decref(all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_form_of_address_is_read_and_written),
	    cmocka_unit_test(addresses_of_other_networks_are_refused_by_name),
	    cmocka_unit_test(
		an_address_with_one_wrong_character_never_verifies),
	    cmocka_unit_test(addresses_cut_or_grown_never_verify),
	    cmocka_unit_test(what_is_wrong_with_an_address_is_said),
	    cmocka_unit_test(the_vectors_of_bip173_and_bip350_hold),
	    cmocka_unit_test(bytes_are_read_back_from_base58_and_bech32),
	    cmocka_unit_test(scripts_without_an_address_are_none),
	    cmocka_unit_test(addresses_are_found_in_running_text),
	    cmocka_unit_test(invoices_are_found_whatever_their_length),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
