/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* The program's own folder is not in the library. */
#include "app/desk_wire.c"

static struct desk_message message;

static void what_is_written_is_read_again(void **state)
{
	struct str parts[] = {STR("a.md"), STR(""), STR("x\0y")};
	struct buf b;

	(void)state;
	buf_init(&b, 1000);
	assert_int_equal(desk_wire_write(&b, DESK_IMPORT, parts, 3), RC_OK);
	assert_int_equal(desk_wire_read(buf_str(&b), &message), RC_OK);
	assert_int_equal(message.kind, DESK_IMPORT);
	assert_int_equal(message.n, 3);
	for (size_t i = 0; i < 3; i++)
		assert_true(str_eq(message.v[i], parts[i]));
	buf_done(&b);
}

static void a_message_cut_anywhere_is_refused(void **state)
{
	struct str parts[] = {STR("/2026/11/23/harbour"), STR("now")};
	struct buf b;

	(void)state;
	buf_init(&b, 1000);
	assert_int_equal(desk_wire_write(&b, DESK_PUBLISH, parts, 2), RC_OK);
	for (size_t n = 0; n < b.n; n++)
		assert_int_equal(
		    desk_wire_read(str_part(buf_str(&b), 0, n), &message),
		    RC_INVALID);
	buf_char(&b, 'x');
	assert_int_equal(desk_wire_read(buf_str(&b), &message), RC_INVALID);
	buf_done(&b);
}

static void a_part_longer_than_the_message_is_refused(void **state)
{
	(void)state;
	assert_int_equal(
	    desk_wire_read(STR("\1\4\0\1\0\0\0\4\xff\xff\xff\xff"), &message),
	    RC_INVALID);
	assert_int_equal(
	    desk_wire_read(STR("\1\4\0\1\0\0\0\5\0\0\0\2x"), &message),
	    RC_INVALID);
}

static void heads_beyond_the_limits_are_refused(void **state)
{
	size_t follows = 77;

	(void)state;
	assert_int_equal(
	    desk_wire_head(STR("\1\1\20\1\0\1\0\0"), &follows), RC_LIMIT);
	assert_int_equal(
	    desk_wire_head(STR("\1\1\0\1\1\0\0\1"), &follows), RC_LIMIT);
	assert_int_equal(
	    desk_wire_head(STR("\1\1\0\2\0\0\0\7"), &follows), RC_INVALID);
	assert_int_equal(
	    desk_wire_head(STR("\2\1\0\0\0\0\0\0"), &follows), RC_NEWER);
	assert_int_equal(follows, 77);
}

static void a_message_above_the_limit_is_not_written(void **state)
{
	static char big[DESK_MESSAGE_MAX];
	struct str parts[] = {{big, sizeof(big)}};
	struct buf b;

	(void)state;
	buf_init(&b, DESK_MESSAGE_MAX * 2);
	assert_int_equal(desk_wire_write(&b, DESK_SAVE, parts, 1), RC_LIMIT);
	assert_int_equal(b.n, 0);
	parts[0].n -= 4;
	assert_int_equal(desk_wire_write(&b, DESK_SAVE, parts, 1), RC_OK);
	buf_done(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_written_is_read_again),
	    cmocka_unit_test(a_message_cut_anywhere_is_refused),
	    cmocka_unit_test(a_part_longer_than_the_message_is_refused),
	    cmocka_unit_test(heads_beyond_the_limits_are_refused),
	    cmocka_unit_test(a_message_above_the_limit_is_not_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
