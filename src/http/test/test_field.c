/* SPDX-License-Identifier: MIT
 *
 * Lists, dates and reported addresses inside field values.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "http/field.h"

static void the_three_dates_of_the_standard_are_one(void **state)
{
	static const struct str forms[] = {
	    STR_INIT("Sun, 06 Nov 1994 08:49:37 GMT"),
	    STR_INIT("Sunday, 06-Nov-94 08:49:37 GMT"),
	    STR_INIT("Sun Nov  6 08:49:37 1994"),
	};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct instant t = {0};

		assert_int_equal(http_date_parse(forms[i], &t), RC_OK);
		assert_int_equal(instant_s(t), 784111777);
	}
}

static void other_dates_are_none(void **state)
{
	static const struct str bad[] = {
	    STR_INIT(""),
	    STR_INIT("0"),
	    STR_INIT("Sun, 06 Nov 1994 08:49:37"),
	    STR_INIT("Sun, 06 Nov 1994 08:49:37 UTC"),
	    STR_INIT("Sun, 31 Feb 1994 08:49:37 GMT"),
	    STR_INIT("Sun, 06 nov 1994 08:49:37 GMT"),
	    STR_INIT("Sun, 06 Nov 1994 24:49:37 GMT"),
	    STR_INIT("Sun, 06 Nov 1994 08-49-37 GMT"),
	    STR_INIT("Son, 06 Nov 1994 08:49:37 GMT"),
	    STR_INIT("Sun, 6 Nov 1994 08:49:37 GMT"),
	    STR_INIT("Sunday, 06-Nov-1994 08:49:37 GMT"),
	    STR_INIT("Sun Nov 06 08:49:37 1994 GMT"),
	    STR_INIT("1994-11-06T08:49:37Z"),
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct instant t = {42};

		assert_int_equal(http_date_parse(bad[i], &t), RC_INVALID);
		assert_int_equal(t.us, 42);
	}
}

static void a_comma_in_quotes_parts_nothing(void **state)
{
	struct str list = STR(" a ,, \"b,c\",\t,W/\"d\" ,");
	struct str member;

	(void)state;
	assert_true(http_list_next(&list, &member));
	assert_true(str_eq(member, STR("a")));
	assert_true(http_list_next(&list, &member));
	assert_true(str_eq(member, STR("\"b,c\"")));
	assert_true(http_list_next(&list, &member));
	assert_true(str_eq(member, STR("W/\"d\"")));
	assert_false(http_list_next(&list, &member));
	assert_true(http_list_has(STR("Upgrade, CLOSE"), STR("close")));
	assert_false(http_list_has(STR("closed"), STR("close")));
}

static void the_nearest_proxy_is_believed(void **state)
{
	struct address a;

	(void)state;
	assert_int_equal(
	    http_forwarded_parse(STR("10.0.0.1, evil, 192.0.2.7"), &a), RC_OK);
	assert_int_equal(a.kind, ADDRESS_V4);
	assert_int_equal(a.ip[3], 7);
	assert_int_equal(
	    http_forwarded_parse(STR("[2001:db8::9]:443"), &a), RC_OK);
	assert_int_equal(a.kind, ADDRESS_V6);
	assert_int_equal(a.ip[15], 9);
	assert_int_equal(http_forwarded_parse(STR("2001:db8::9"), &a), RC_OK);
	assert_int_equal(http_forwarded_parse(STR("192.0.2.7:80"), &a), RC_OK);
}

static void addresses_that_are_none_are_refused(void **state)
{
	static const struct str bad[] = {STR_INIT(""), STR_INIT("unknown"),
	    STR_INIT("192.0.2.7,"), STR_INIT("192.0.2.256"),
	    STR_INIT("192.0.2.7:"), STR_INIT("192.0.2.7:99999"),
	    STR_INIT("[192.0.2.7]"), STR_INIT("[::1"), STR_INIT("[::1]8"),
	    STR_INIT("[]"), STR_INIT("_hidden")};
	struct address a;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_int_equal(http_forwarded_parse(bad[i], &a), RC_INVALID);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_three_dates_of_the_standard_are_one),
	    cmocka_unit_test(other_dates_are_none),
	    cmocka_unit_test(a_comma_in_quotes_parts_nothing),
	    cmocka_unit_test(the_nearest_proxy_is_believed),
	    cmocka_unit_test(addresses_that_are_none_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
