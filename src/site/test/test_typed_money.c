/* SPDX-License-Identifier: MIT
 *
 * Amounts as people type them.
 */
#include "site/typed_money.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "coin/amount.h"

static void assert_units(const char *text, unsigned decimals, int64_t units)
{
	int64_t got = -1;

	if (typed_money_parse(str_of(text), decimals, SAT_MAX, &got) != RC_OK ||
	    got != units)
		fail_msg("\"%s\" is %lld", text, (long long)got);
}

static void a_point_and_a_comma_are_the_same(void **state)
{
	(void)state;
	assert_units("5", 2, 500);
	assert_units(" 5 ", 2, 500);
	assert_units("5.5", 2, 550);
	assert_units("5,50", 2, 550);
	assert_units("0,05", 2, 5);
	assert_units("007", 2, 700);
	assert_units("0", 2, 0);
	assert_units("1500", 0, 1500);
	assert_units("0.00012345", 8, 12345);
	assert_units("0,1", 8, 10000000);
	assert_units("21000000", 8, SAT_MAX);
	assert_units("1.234", 3, 1234);
}

static void groups_of_three_are_understood(void **state)
{
	(void)state;
	assert_units("1 500", 2, 150000);
	assert_units("1 500,50", 2, 150050);
	assert_units("1.500,50", 2, 150050);
	assert_units("1,500.50", 2, 150050);
	assert_units("12'345.6", 2, 1234560);
	assert_units("1\xe2\x80\xaf"
		     "234\xe2\x80\xaf"
		     "567",
	    0, 1234567);
	assert_units("1\xc2\xa0"
		     "000",
	    2, 100000);
}

static void digits_of_other_scripts_count(void **state)
{
	(void)state;
	/* U+0665 U+066B U+0662 U+0665, and Persian 12. */
	assert_units("\xd9\xa5\xd9\xab\xd9\xa2\xd9\xa5", 2, 525);
	assert_units("\xdb\xb1\xdb\xb2", 2, 1200);
}

static void what_is_no_amount_is_refused(void **state)
{
	static const char *const bad[] = {"", " ", ".", ",", "5.", ".5", "-5",
	    "+5", "5e3", "5 EUR", "five", "1,500", "1.500", "5.555", "1.5.5",
	    "1,5,5", "1,50.0,0", "1 50", "15 00", "1  500", "1 500.50,5",
	    "1_500", "1.50,500", "0x10", "5\n", "\xff", "5\xc3",
	    "11111111111111111111111111111111111111111"};
	int64_t got = 77;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		enum rc rc =
		    typed_money_parse(str_of(bad[i]), 2, SAT_MAX, &got);

		if (rc != RC_INVALID)
			fail_msg("\"%s\" is no amount", bad[i]);
	}
	assert_int_equal(
	    typed_money_parse(STR("5.5"), 0, SAT_MAX, &got), RC_INVALID);
	assert_int_equal(
	    typed_money_parse(STR("0.000000001"), 8, SAT_MAX, &got),
	    RC_INVALID);
	assert_true(got == 77);
}

static void there_is_a_most(void **state)
{
	int64_t got = 77;

	(void)state;
	assert_int_equal(
	    typed_money_parse(STR("21000000.00000001"), 8, SAT_MAX, &got),
	    RC_LIMIT);
	assert_int_equal(
	    typed_money_parse(STR("21000001"), 8, SAT_MAX, &got), RC_LIMIT);
	assert_int_equal(typed_money_parse(STR("9999999999999999999999999"), 8,
			     INT64_MAX, &got),
	    RC_LIMIT);
	assert_int_equal(
	    typed_money_parse(STR("9223372036854775807"), 0, INT64_MAX, &got),
	    RC_OK);
	assert_true(got == INT64_MAX);
	assert_int_equal(
	    typed_money_parse(STR("9223372036854775808"), 0, INT64_MAX, &got),
	    RC_LIMIT);
	assert_int_equal(typed_money_parse(STR("0"), 2, 0, &got), RC_OK);
	assert_int_equal(typed_money_parse(STR("1"), 2, 0, &got), RC_LIMIT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_point_and_a_comma_are_the_same),
	    cmocka_unit_test(groups_of_three_are_understood),
	    cmocka_unit_test(digits_of_other_scripts_count),
	    cmocka_unit_test(what_is_no_amount_is_refused),
	    cmocka_unit_test(there_is_a_most),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
