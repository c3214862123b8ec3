/* SPDX-License-Identifier: MIT */
#include "coin/rate_source.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"

static void every_set_reads_as_it_was_written(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 400);
	for (uint32_t set = 0; set <= RATE_READY_ALL; set++) {
		uint32_t back = ~set;

		buf_clear(&b);
		rate_ready_write(&b, set);
		assert_int_equal(rate_ready_parse(buf_str(&b), &back), RC_OK);
		assert_int_equal(back, set);
	}
	buf_done(&b);
}

static void names_are_parted_by_commas_or_spaces(void **state)
{
	uint32_t set;

	(void)state;
	assert_int_equal(
	    rate_ready_parse(STR(" kraken,coinbase  kraken "), &set), RC_OK);
	assert_int_equal(set, 3);
}

static void what_is_no_ready_source_is_refused(void **state)
{
	static const char *const bad[] = {"", " ", ",", "mtgox", "coinbase off",
	    "Kraken", "kraken;", "https://example.org", "kraken.example"};
	uint32_t set = 77;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(
		    rate_ready_parse(str_of(bad[i]), &set), RC_INVALID);
	assert_int_equal(set, 77);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_set_reads_as_it_was_written),
	    cmocka_unit_test(names_are_parted_by_commas_or_spaces),
	    cmocka_unit_test(what_is_no_ready_source_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
