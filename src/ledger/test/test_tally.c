/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/buf.h"
#include "ledger/tally.h"

static struct tally tally;

static enum rc parse(const char *text)
{
	return tally_parse(str_of(text), &tally, NULL);
}

static void the_highest_number_of_a_batch_counts(void **s)
{
	struct tally_batch b;

	(void)s;
	assert_int_equal(parse("farthing tally 1\n1 5\n1 5 given\n1 6\n"
			       "7 3\n7 3 given\n1 4 given\n"),
	    RC_OK);
	b = tally_find(&tally, 1);
	assert_int_equal(b.n, 6);
	assert_false(b.is_sure);
	b = tally_find(&tally, 7);
	assert_int_equal(b.n, 3);
	assert_true(b.is_sure);
	assert_int_equal(tally_find(&tally, 2).n, 0);
	assert_int_equal(tally.odd, 0);
}

static void what_was_cut_off_or_is_odd_is_passed_over(void **s)
{
	static const char *const odd[] = {"1 17 gi\n", "1\n", "1 -2\n",
	    "01 90\n", "1 090\n", "1  90\n", "1 90 \n", "0 90\n", "9 0\n",
	    "1 4294967296\n", " 1 90\n", "1 90 given \n", "x\n"};

	(void)s;
	for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
		char text[100];

		snprintf(text, sizeof(text), "farthing tally 1\n1 17\n%s1 18\n",
		    odd[i]);
		assert_int_equal(parse(text), RC_OK);
		assert_int_equal(tally.odd, 1);
		assert_int_equal(tally.batches_n, 1);
		assert_int_equal(tally_find(&tally, 1).n, 18);
	}
}

static void a_file_that_was_just_begun_says_nothing(void **s)
{
	char head[] = "farthing tally 1\n";

	(void)s;
	for (size_t n = 0; n <= sizeof(head) - 1; n++) {
		assert_int_equal(
		    tally_parse((struct str){head, n}, &tally, NULL), RC_OK);
		assert_int_equal(tally.batches_n, 0);
	}
}

static void what_is_no_tally_is_refused(void **s)
{
	(void)s;
	assert_int_equal(parse("farthing tally 2\n1 5\n"), RC_NEWER);
	assert_int_equal(parse("farthing pin 1\n"), RC_INVALID);
	assert_int_equal(parse("\n"), RC_INVALID);
	assert_int_equal(parse("1 5\n"), RC_INVALID);
}

static void a_number_is_never_lowered(void **s)
{
	struct tally_batch b;

	(void)s;
	assert_int_equal(parse(""), RC_OK);
	assert_int_equal(tally_raise(&tally, 1, 9, false), RC_OK);
	assert_int_equal(tally_raise(&tally, 1, 8, true), RC_OK);
	b = tally_find(&tally, 1);
	assert_int_equal(b.n, 9);
	assert_false(b.is_sure);
	assert_int_equal(tally_raise(&tally, 1, 9, true), RC_OK);
	assert_int_equal(tally_raise(&tally, 1, 9, false), RC_OK);
	assert_true(tally_find(&tally, 1).is_sure);
}

static void more_batches_than_a_pin_has_are_refused(void **s)
{
	struct buf b;

	(void)s;
	buf_init(&b, 100000);
	tally_write_head(&b);
	for (uint32_t i = 1; i <= TALLY_BATCHES_MAX; i++)
		tally_write(&b, &(struct tally_batch){.number = i, .n = 1});
	assert_int_equal(tally_parse(buf_str(&b), &tally, NULL), RC_OK);
	assert_int_equal(tally.batches_n, TALLY_BATCHES_MAX);
	assert_int_equal(tally_raise(&tally, 1001, 1, true), RC_LIMIT);
	tally_write(&b, &(struct tally_batch){.number = 1001, .n = 1});
	assert_int_equal(tally_parse(buf_str(&b), &tally, NULL), RC_LIMIT);
	buf_done(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_highest_number_of_a_batch_counts),
	    cmocka_unit_test(what_was_cut_off_or_is_odd_is_passed_over),
	    cmocka_unit_test(a_file_that_was_just_begun_says_nothing),
	    cmocka_unit_test(what_is_no_tally_is_refused),
	    cmocka_unit_test(a_number_is_never_lowered),
	    cmocka_unit_test(more_batches_than_a_pin_has_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
