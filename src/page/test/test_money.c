/* SPDX-License-Identifier: MIT */
#include "page/money.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define N "\u202F"
#define S "\u00A0"

static void assert_written(struct buf *b, const char *text)
{
	assert_int_equal(buf_rc(b), RC_OK);
	buf_char(b, '\0');
	assert_string_equal(b->p, text);
	buf_clear(b);
}

static void money_is_written_as_the_language_writes_it(void **state)
{
	static const struct {
		const char *lang;
		struct view_money money;
		const char *text;
	} rows[] = {
	    {"en", {STR_INIT("EUR"), 1234550, 2}, "€12,345.50"},
	    {"en", {STR_INIT("EUR"), 500, 2}, "€5"},
	    {"en", {STR_INIT("EUR"), 5, 2}, "€0.05"},
	    {"en", {STR_INIT("CHF"), 100000, 2}, "1,000" S "CHF"},
	    {"en", {STR_INIT("EUR"), -150, 2}, "−€1.50"},
	    {"de", {STR_INIT("EUR"), 1234550, 2}, "12.345,50" S "€"},
	    {"de", {STR_INIT("EUR"), -150, 2}, "−1,50" S "€"},
	    {"fr", {STR_INIT("EUR"), 123455000, 2}, "1" N "234" N "550" S "€"},
	    {"es", {STR_INIT("EUR"), 123450, 2}, "1234,50" S "€"},
	    {"es", {STR_INIT("EUR"), 1234550, 2}, "12" N "345,50" S "€"},
	    {"ru", {STR_INIT("RUB"), 100000, 2}, "1" N "000" S "₽"},
	    {"ar", {STR_INIT("EUR"), 1234550, 2}, "12,345.50" S "€"},
	    {"ko", {STR_INIT("KRW"), 50000, 0}, "₩50,000"},
	    {"tlh", {STR_INIT("USD"), 100, 2}, "$1"},
	    {"en", {STR_INIT("BTC"), 12345, 8}, "0.00012345" S "BTC"},
	    {"en", {STR_INIT("BTC"), 100000, 8}, "0.001" S "BTC"},
	    {"en", {STR_INIT("BTC"), 0, 8}, "0" S "BTC"},
	    {"de", {STR_INIT("BTC"), 2100000000000000, 8},
		"21.000.000" S "BTC"},
	    {"en", {STR_INIT("BTC"), 2099999999999999, 8},
		"20,999,999.99999999" S "BTC"},
	    {"en", {{0}, 12345, 8}, ""},
	};
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 12);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		money_write(&b, words_of(str_of(rows[i].lang)), rows[i].money);
		assert_written(&b, rows[i].text);
	}
	buf_done(&b);
}

static void no_number_is_too_large_or_too_small(void **state)
{
	const struct words *w = words_of(STR("en"));
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 12);
	money_write(&b, w, (struct view_money){STR("XAF"), INT64_MIN, 0});
	assert_written(&b, "−9,223,372,036,854,775,808" S "XAF");
	money_write(&b, w, (struct view_money){STR("XAF"), INT64_MAX, 18});
	assert_written(&b, "9.223372036854775807" S "XAF");
	money_write(&b, w, (struct view_money){STR("XAF"), INT64_MIN, 18});
	assert_written(&b, "−9.223372036854775808" S "XAF");
	money_number(&b, w, UINT64_MAX);
	assert_written(&b, "18,446,744,073,709,551,615");
	buf_done(&b);
}

static void a_column_has_all_decimals(void **state)
{
	const struct words *w = words_of(STR("en"));
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 12);
	money_write_full(&b, w, (struct view_money){STR("EUR"), 500, 2});
	assert_written(&b, "€5.00");
	money_write_full(&b, w, (struct view_money){STR("BTC"), 100000, 8});
	assert_written(&b, "0.00100000" S "BTC");
	buf_done(&b);
}

static void bitcoin_is_counted_in_its_smallest_unit(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 12);
	money_write_sat(&b, words_of(STR("fr")),
	    (struct view_money){STR("BTC"), 1234567, 8});
	assert_written(&b, "1" N "234" N "567" S "sat");
	buf_done(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(money_is_written_as_the_language_writes_it),
	    cmocka_unit_test(no_number_is_too_large_or_too_small),
	    cmocka_unit_test(a_column_has_all_decimals),
	    cmocka_unit_test(bitcoin_is_counted_in_its_smallest_unit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
