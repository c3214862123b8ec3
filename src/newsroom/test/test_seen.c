/* SPDX-License-Identifier: MIT */
#include "newsroom/seen.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/rc.h"

static void a_field_reads_as_it_was_written(void **state)
{
	struct seen seen =
	    seen_read(STR("412.0123456789abcdef.fedcba9876543210"));

	(void)state;
	assert_int_equal(seen.row, 412);
	assert_int_equal(seen.n, 2);
	assert_true(seen.hash[0] == UINT64_C(0x0123456789abcdef));
	assert_true(seen.hash[1] == UINT64_C(0xfedcba9876543210));
}

static void what_is_no_field_has_seen_nothing(void **state)
{
	static const char *const broken[] = {"", ".", "x", "1.",
	    "1.0123456789abcde", "1.0123456789abcdef0", "1.0123456789abcdeg",
	    "-1.0123456789abcdef", "1.0123456789abcdef.",
	    "9223372036854775808.0123456789abcdef"};
	char many[32 + 17 * (SEEN_MOST + 1)];
	int n = snprintf(many, sizeof(many), "1");

	(void)state;
	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++)
		assert_int_equal(seen_read(str_of(broken[i])).n, 0);
	assert_int_equal(seen_read(STR_NONE).n, 0);
	for (int i = 0; i <= SEEN_MOST; i++)
		n += snprintf(
		    many + n, sizeof(many) - (size_t)n, ".0123456789abcdef");
	assert_int_equal(seen_read(str_of(many)).n, 0);
}

static void without_having_seen_only_the_same_is_no_conflict(void **state)
{
	const struct seen none = {0};

	(void)state;
	assert_int_equal(
	    seen_fate(&none, 0, STR("mine"), STR("theirs")), SEEN_BOTH);
	assert_int_equal(
	    seen_fate(&none, 0, STR(" a\r\nb "), STR("a\nb")), SEEN_MINE);
	assert_int_equal(seen_fate(&none, 0, STR_NONE, STR("")), SEEN_MINE);
	assert_int_equal(
	    seen_fate(&none, 0, STR("ab"), STR("a\nb")), SEEN_BOTH);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_field_reads_as_it_was_written),
	    cmocka_unit_test(what_is_no_field_has_seen_nothing),
	    cmocka_unit_test(without_having_seen_only_the_same_is_no_conflict),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
