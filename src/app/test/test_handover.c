/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* The program's own folder is not in the library. */
#include "app/handover.c"

static void what_is_put_comes_out_in_its_order(void **state)
{
	struct handover_item item;
	struct str rest;
	struct buf b;

	(void)state;
	buf_init(&b, 1000);
	handover_put_one(&b, "lock", 3);
	handover_put(&b, "child", (int[]){0, -5, INT_MAX, INT_MIN}, 4);
	assert_string_equal(b.p, "lock=3,child=0/-5/2147483647/-2147483648");
	rest = buf_str(&b);
	assert_int_equal(handover_next(&rest, &item), RC_OK);
	assert_true(str_eq(item.key, STR("lock")));
	assert_int_equal(item.n, 1);
	assert_int_equal(item.v[0], 3);
	assert_int_equal(handover_next(&rest, &item), RC_OK);
	assert_int_equal(item.n, 4);
	assert_int_equal(item.v[1], -5);
	assert_int_equal(item.v[3], INT_MIN);
	assert_int_equal(handover_next(&rest, &item), RC_NOT_FOUND);
	buf_done(&b);
}

static void what_is_no_item_is_refused(void **state)
{
	static const char *const bad[] = {"a", "a=", "=1", "a=1/", "a=x",
	    "a=1/2/3/4/5", "a=2147483648", "a=1=2", ",a=1", "a= 1"};
	struct handover_item item;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct str rest = str_of(bad[i]);

		if (handover_next(&rest, &item) != RC_INVALID)
			fail_msg("\"%s\" was taken", bad[i]);
	}
}

static void a_handed_file_cannot_be_changed(void **state)
{
	int fd = handover_file("test", STR("readers = 1\n"));
	char text[20];

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(pread(fd, text, sizeof(text), 0), 12);
	assert_int_equal(pwrite(fd, "x", 1, 0), -1);
	assert_int_equal(ftruncate(fd, 0), -1);
	close(fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_put_comes_out_in_its_order),
	    cmocka_unit_test(what_is_no_item_is_refused),
	    cmocka_unit_test(a_handed_file_cannot_be_changed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
