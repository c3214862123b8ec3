/* SPDX-License-Identifier: MIT
 *
 * Payment links.
 */
#include "coin/payment_uri.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"

#define ADDRESS "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu"
#define CAPITAL "BC1QCR8TE4KR609GCAWUTMRZA0J4XV80JY8Z306FYU"

static struct payment_uri uri_of(struct arena *a, const char *text)
{
	struct payment_uri uri = {0};
	struct err err;

	if (payment_uri_parse(a, str_of(text), NETWORK_MAIN, &uri, &err) !=
	    RC_OK)
		fail_msg("%s: %s", text, err.why);
	return uri;
}

static void assert_link(
    const struct payment_uri *uri, const char *link, const char *qr)
{
	struct buf b;

	buf_init(&b, 4000);
	payment_uri_write(&b, uri, NETWORK_MAIN);
	assert_string_equal(b.p, link);
	buf_clear(&b);
	payment_uri_write_qr(&b, uri, NETWORK_MAIN);
	assert_string_equal(b.p, qr);
	buf_done(&b);
}

static void links_are_written(void **state)
{
	struct payment_uri uri = {0};

	(void)state;
	assert_int_equal(
	    script_parse_address(STR(ADDRESS), NETWORK_MAIN, &uri.script, NULL),
	    RC_OK);
	assert_link(&uri, "bitcoin:" ADDRESS, "BITCOIN:" CAPITAL);
	uri.has_amount = true;
	uri.amount = sat_of_raw(100000);
	assert_link(&uri, "bitcoin:" ADDRESS "?amount=0.001",
	    "BITCOIN:" CAPITAL "?amount=0.001");
	uri.label = STR("Caf\xc3\xa9 & Co?");
	uri.message = STR("100% of 1+1=2");
	assert_link(&uri,
	    "bitcoin:" ADDRESS "?amount=0.001&label=Caf%C3%A9%20%26%20Co%3F"
	    "&message=100%25%20of%201%2B1%3D2",
	    "BITCOIN:" CAPITAL "?amount=0.001");
	uri.has_amount = false;
	uri.label = STR_NONE;
	assert_link(&uri, "bitcoin:" ADDRESS "?message=100%25%20of%201%2B1%3D2",
	    "BITCOIN:" CAPITAL);
}

static void base58_keeps_its_small_letters_in_a_qr_code(void **state)
{
	struct payment_uri uri = {.has_amount = true};

	(void)state;
	uri.amount = sat_of_raw(SAT_PER_BTC);
	assert_int_equal(
	    script_parse_address(STR("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
		NETWORK_MAIN, &uri.script, NULL),
	    RC_OK);
	assert_link(&uri, "bitcoin:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa?amount=1",
	    "BITCOIN:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa?amount=1");
}

static void links_are_read(void **state)
{
	struct arena *a = arena_new(1 << 20);
	struct payment_uri uri =
	    uri_of(a, "bitcoin:" ADDRESS
		      "?amount=20.3&label=Luke-Jr&message=a%20b%E2%82%AC+c"
		      "&unknown=50&&x");
	struct payment_uri loud =
	    uri_of(a, "BITCOIN:" CAPITAL "?AMOUNT=20.3&LIGHTNING=LNBC1X");

	(void)state;
	assert_true(uri.has_amount);
	assert_int_equal(sat_raw(uri.amount), 2030000000);
	assert_true(str_eq(uri.label, STR("Luke-Jr")));
	assert_true(str_eq(uri.message, STR("a b\xe2\x82\xac+c")));
	assert_true(script_pubkey_eq(&uri.script, &loud.script));
	assert_int_equal(sat_raw(loud.amount), 2030000000);
	assert_true(str_eq(loud.lightning, STR("LNBC1X")));
	assert_false(uri_of(a, "bitcoin:" ADDRESS).has_amount);
	assert_false(uri_of(a, "bitcoin:" ADDRESS "?").has_amount);
	assert_true(uri_of(a, "bitcoin:" ADDRESS "?amount=0").has_amount);
	assert_int_equal(uri_of(a, "bitcoin:?lno=lno1x").script.n, 0);
	arena_free(a);
}

static void faulty_links_are_refused(void **state)
{
	static const char *const bad[] = {"", "bitcoin",
	    "bitcoin:", "litecoin:" ADDRESS, ADDRESS, "bitcoin:?amount=1",
	    "bitcoin://" ADDRESS, "bitcoin:" ADDRESS " ", " bitcoin:" ADDRESS,
	    "bitcoin:" ADDRESS "x",
	    "bitcoin:bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080",
	    "bitcoin:" ADDRESS "?amount",
	    "bitcoin:" ADDRESS "?amount=", "bitcoin:" ADDRESS "?amount=1,5",
	    "bitcoin:" ADDRESS "?amount=-1", "bitcoin:" ADDRESS "?amount=1e3",
	    "bitcoin:" ADDRESS "?amount=21000001",
	    "bitcoin:" ADDRESS "?amount=%31",
	    "bitcoin:" ADDRESS "?amount=1&amount=1",
	    "bitcoin:" ADDRESS "?label=a&Label=a",
	    "bitcoin:" ADDRESS "?label=%", "bitcoin:" ADDRESS "?label=%4",
	    "bitcoin:" ADDRESS "?label=%4g", "bitcoin:" ADDRESS "?label=%ff",
	    "bitcoin:" ADDRESS "?label=%00", "bitcoin:" ADDRESS "?label=a b",
	    "bitcoin:" ADDRESS "?label=%1b[2J",
	    "bitcoin:" ADDRESS "?label=%C2%9B2J",
	    "bitcoin:" ADDRESS "?label=\xc3\xa9", "bitcoin:" ADDRESS "?x=%zz",
	    "bitcoin:" ADDRESS "?x y=1", "bitcoin:" ADDRESS "?label=x#part",
	    "bitcoin:" ADDRESS "?req-somethingyoudontunderstand=50",
	    "bitcoin:" ADDRESS "?REQ-x", "bitcoin:" ADDRESS "?req-"};
	struct arena *a = arena_new(1 << 20);
	struct payment_uri uri = {.has_amount = true};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct err err = {0};

		if (payment_uri_parse(a, str_of(bad[i]), NETWORK_MAIN, &uri,
			&err) != RC_INVALID)
			fail_msg("%s", bad[i]);
		assert_true(err.why[0]);
	}
	assert_true(uri.has_amount);
	assert_int_equal(uri.script.n, 0);
	arena_free(a);
}

static void links_too_long_are_refused(void **state)
{
	struct arena *a = arena_new(1 << 20);
	struct payment_uri uri;
	struct buf b;

	(void)state;
	buf_init(&b, 20000);
	buf_lit(&b, "bitcoin:" ADDRESS "?label=");
	buf_fill(&b, 'a', PAYMENT_URI_MAX - b.n);
	assert_int_equal(
	    payment_uri_parse(a, buf_str(&b), NETWORK_MAIN, &uri, NULL), RC_OK);
	buf_char(&b, 'a');
	assert_int_equal(
	    payment_uri_parse(a, buf_str(&b), NETWORK_MAIN, &uri, NULL),
	    RC_LIMIT);
	buf_done(&b);
	arena_free(a);
}

static void without_memory_nothing_is_read(void **state)
{
	struct arena *a = arena_new(1 << 20);

	(void)state;
#ifdef FARTHING_DEBUG
	for (unsigned long n = 1;; n++) {
		struct payment_uri uri = {.has_amount = true};
		enum rc rc;

		arena_reset(a);
		arena_fail_after(n);
		rc = payment_uri_parse(a,
		    STR("bitcoin:" ADDRESS "?label=a&message=b&x=c"),
		    NETWORK_MAIN, &uri, NULL);
		arena_fail_after(0);
		if (rc == RC_OK)
			break;
		assert_true(rc == RC_NO_MEMORY);
		assert_true(uri.has_amount);
	}
#endif
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(links_are_written),
	    cmocka_unit_test(base58_keeps_its_small_letters_in_a_qr_code),
	    cmocka_unit_test(links_are_read),
	    cmocka_unit_test(faulty_links_are_refused),
	    cmocka_unit_test(links_too_long_are_refused),
	    cmocka_unit_test(without_memory_nothing_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
