/* SPDX-License-Identifier: MIT
 *
 * Money.
 */
#include "coin/amount.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/buf.h"

static const struct currency euro = {"EUR", 2};
static const struct currency yen = {"JPY", 0};

static uint64_t next(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return *seed >> 16;
}

static int64_t sats(const char *text)
{
	struct sat a = {-7};

	if (sat_parse(str_of(text), &a) != RC_OK)
		fail_msg("\"%s\" is not read", text);
	return sat_raw(a);
}

static void amounts_of_bitcoin_are_read(void **state)
{
	(void)state;
	assert_int_equal(sats("0"), 0);
	assert_int_equal(sats("1"), 100000000);
	assert_int_equal(sats("0.5"), 50000000);
	assert_int_equal(sats("20.3"), 2030000000);
	assert_int_equal(sats("0.00000001"), 1);
	assert_int_equal(sats("0.00012345"), 12345);
	assert_int_equal(sats("21000000"), SAT_MAX);
	assert_int_equal(sats("21000000.00000000"), SAT_MAX);
	assert_int_equal(sats("0000000000000000000000001"), 100000000);
}

static void what_is_no_amount_is_refused_and_changes_nothing(void **state)
{
	static const char *const bad[] = {"", ".", "1.", ".5", "-1", "+1",
	    "1e3", "1,5", " 1", "1 ", "0x1", "1.123456789", "1.000000000",
	    "1.2.3", "1..2", "\xd9\xa1", "1.-1", "1.+1"};
	static const char *const much[] = {"21000000.00000001", "21000001",
	    "99999999999999999999999999", "184467440737.09551616",
	    "92233720368.54775808"};
	struct sat a = {-7};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (sat_parse(str_of(bad[i]), &a) != RC_INVALID)
			fail_msg("\"%s\"", bad[i]);
	for (size_t i = 0; i < sizeof(much) / sizeof(*much); i++)
		if (sat_parse(str_of(much[i]), &a) != RC_LIMIT)
			fail_msg("\"%s\"", much[i]);
	assert_int_equal(sat_parse((struct str){"1\0", 2}, &a), RC_INVALID);
	assert_int_equal(sat_raw(a), -7);
}

static void assert_sat_text(int64_t raw, const char *whole, const char *brief)
{
	struct buf b;

	buf_init(&b, 100);
	sat_text(&b, sat_of_raw(raw));
	assert_string_equal(b.p, whole);
	buf_clear(&b);
	sat_text_short(&b, sat_of_raw(raw));
	assert_string_equal(b.p, brief);
	buf_done(&b);
}

static void amounts_of_bitcoin_are_written(void **state)
{
	(void)state;
	assert_sat_text(0, "0.00000000", "0");
	assert_sat_text(12345, "0.00012345", "0.00012345");
	assert_sat_text(50000000, "0.50000000", "0.5");
	assert_sat_text(-1, "-0.00000001", "-0.00000001");
	assert_sat_text(-1000000000, "-10.00000000", "-10");
	assert_sat_text(SAT_MAX, "21000000.00000000", "21000000");
	assert_sat_text(-SAT_MAX, "-21000000.00000000", "-21000000");
}

static void amounts_are_read_back_as_they_were_written(void **state)
{
	uint64_t seed = 1;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		int64_t raw = (int64_t)(next(&seed) % ((uint64_t)SAT_MAX + 1));
		struct sat again = SAT_ZERO;
		struct buf b;

		raw >>= next(&seed) % 50;
		buf_init(&b, 100);
		sat_text_short(&b, sat_of_raw(raw));
		assert_int_equal(sat_parse(buf_str(&b), &again), RC_OK);
		assert_int_equal(sat_raw(again), raw);
		buf_clear(&b);
		sat_text(&b, sat_of_raw(raw));
		assert_int_equal(sat_parse(buf_str(&b), &again), RC_OK);
		assert_int_equal(sat_raw(again), raw);
		buf_done(&b);
	}
}

static void sums_that_leave_the_range_are_refused(void **state)
{
	struct sat top = sat_of_raw(SAT_MAX);
	struct sat one = sat_of_raw(1);
	struct sat r = {-7};
	struct fiat f = {-7};

	(void)state;
	assert_false(sat_add(&r, top, one));
	assert_false(sat_add(&r, sat_neg(top), sat_neg(one)));
	assert_false(sat_sub(&r, sat_neg(top), one));
	assert_int_equal(sat_raw(r), -7);
	assert_true(sat_sub(&r, top, one));
	assert_int_equal(sat_raw(r), SAT_MAX - 1);
	assert_true(sat_add(&r, top, sat_neg(top)));
	assert_int_equal(sat_raw(r), 0);
	assert_false(fiat_add(&f, fiat_of_raw(FIAT_MAX), fiat_of_raw(1)));
	assert_false(fiat_sub(&f, fiat_of_raw(-FIAT_MAX), fiat_of_raw(1)));
	assert_int_equal(fiat_raw(f), -7);
	assert_true(fiat_sub(&f, fiat_of_raw(5), fiat_of_raw(7)));
	assert_int_equal(fiat_raw(f), -2);
	assert_true(sat_is_valid(SAT_MAX));
	assert_true(sat_is_valid(-SAT_MAX));
	assert_false(sat_is_valid(SAT_MAX + 1));
	assert_false(sat_is_valid(INT64_MIN));
	assert_false(fiat_is_valid(INT64_MAX));
	assert_true(sat_cmp(one, top) < 0);
	assert_true(sat_cmp(top, one) > 0);
	assert_int_equal(sat_cmp(one, one), 0);
	assert_true(fiat_cmp(fiat_of_raw(-1), fiat_of_raw(0)) < 0);
}

static void currencies_have_their_decimals(void **state)
{
	struct currency c = {"ZZZ", 9};
	struct fiat f = {-7};
	struct buf b;

	(void)state;
	assert_int_equal(currency_parse(STR("eur"), &c), RC_INVALID);
	assert_int_equal(currency_parse(STR("EURO"), &c), RC_INVALID);
	assert_int_equal(currency_parse(STR(""), &c), RC_INVALID);
	assert_int_equal(currency_parse(STR("R E"), &c), RC_INVALID);
	assert_int_equal(currency_parse(STR("XXX"), &c), RC_NOT_FOUND);
	assert_string_equal(c.code, "ZZZ");
	assert_int_equal(currency_parse(STR("KWD"), &c), RC_OK);
	assert_int_equal(c.decimals, 3);
	assert_int_equal(currency_parse(STR("JPY"), &c), RC_OK);
	assert_true(currency_eq(c, yen));
	assert_int_equal(c.decimals, 0);
	assert_int_equal(currency_parse(STR("ZAR"), &c), RC_OK);
	assert_int_equal(currency_parse(STR("EUR"), &c), RC_OK);
	assert_true(currency_eq(c, euro));
	assert_false(currency_eq(c, yen));
	assert_int_equal(c.decimals, 2);

	assert_int_equal(fiat_parse(STR("12.345"), euro, &f), RC_INVALID);
	assert_int_equal(fiat_parse(STR("12."), yen, &f), RC_INVALID);
	assert_int_equal(fiat_parse(STR("12.0"), yen, &f), RC_INVALID);
	assert_int_equal(fiat_raw(f), -7);
	assert_int_equal(fiat_parse(STR("12.5"), euro, &f), RC_OK);
	assert_int_equal(fiat_raw(f), 1250);
	assert_int_equal(fiat_parse(STR("500"), yen, &f), RC_OK);
	assert_int_equal(fiat_raw(f), 500);
	buf_init(&b, 100);
	fiat_text(&b, fiat_of_raw(-1205), euro);
	buf_char(&b, ' ');
	fiat_text(&b, f, yen);
	assert_string_equal(b.p, "-12.05 500");
	buf_done(&b);
}

static void worth_is_rounded_to_the_nearest_half_away_from_zero(void **state)
{
	struct rate rate = {.price = {5000000}, .currency = {"EUR", 2}};
	struct rate odd = {.price = {3}, .currency = {"EUR", 2}};
	struct fiat f = {-7};
	struct sat s = {-7};

	(void)state;
	/* 50,000.00 a bitcoin: a cent is 20 satoshi. */
	assert_true(rate_fiat(&rate, sat_of_raw(9), &f));
	assert_int_equal(fiat_raw(f), 0);
	assert_true(rate_fiat(&rate, sat_of_raw(10), &f));
	assert_int_equal(fiat_raw(f), 1);
	assert_true(rate_fiat(&rate, sat_of_raw(-10), &f));
	assert_int_equal(fiat_raw(f), -1);
	assert_true(rate_fiat(&rate, sat_of_raw(29), &f));
	assert_int_equal(fiat_raw(f), 1);
	assert_true(rate_sat(&rate, fiat_of_raw(1234), &s));
	assert_int_equal(sat_raw(s), 24680);
	/* 3 cents a bitcoin: a cent is 33,333,333.3 satoshi. */
	assert_true(rate_sat(&odd, fiat_of_raw(1), &s));
	assert_int_equal(sat_raw(s), 33333333);
	assert_true(rate_sat(&odd, fiat_of_raw(-2), &s));
	assert_int_equal(sat_raw(s), -66666667);
}

static void rates_that_make_no_sense_give_nothing(void **state)
{
	struct rate none = {.price = {0}};
	struct rate below = {.price = {-1}};
	struct rate most = {.price = {FIAT_MAX}};
	struct fiat f = {-7};
	struct sat s = {-7};

	(void)state;
	assert_false(rate_fiat(&none, sat_of_raw(1), &f));
	assert_false(rate_sat(&none, fiat_of_raw(1), &s));
	assert_false(rate_fiat(&below, sat_of_raw(1), &f));
	assert_false(rate_sat(&below, fiat_of_raw(1), &s));
	assert_false(rate_fiat(&most, sat_of_raw(SAT_MAX), &f));
	assert_false(
	    rate_sat(&(struct rate){.price = {1}}, fiat_of_raw(FIAT_MAX), &s));
	assert_int_equal(fiat_raw(f), -7);
	assert_int_equal(sat_raw(s), -7);
	assert_true(rate_fiat(&most, sat_of_raw(SAT_PER_BTC), &f));
	assert_int_equal(fiat_raw(f), FIAT_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(amounts_of_bitcoin_are_read),
	    cmocka_unit_test(what_is_no_amount_is_refused_and_changes_nothing),
	    cmocka_unit_test(amounts_of_bitcoin_are_written),
	    cmocka_unit_test(amounts_are_read_back_as_they_were_written),
	    cmocka_unit_test(sums_that_leave_the_range_are_refused),
	    cmocka_unit_test(currencies_have_their_decimals),
	    cmocka_unit_test(
		worth_is_rounded_to_the_nearest_half_away_from_zero),
	    cmocka_unit_test(rates_that_make_no_sense_give_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
