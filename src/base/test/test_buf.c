/* SPDX-License-Identifier: MIT
 *
 * The builder of text.
 */
#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/arena.h"

static void check(struct buf *b, const char *wanted)
{
	assert_int_equal(buf_rc(b), RC_OK);
	assert_int_equal(b->n, strlen(wanted));
	assert_string_equal(b->p, wanted);
}

static void text_is_put_together(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 1000);
	assert_int_equal(buf_str(&b).n, 0);
	buf_lit(&b, "a");
	buf_char(&b, 'b');
	buf_fill(&b, 'c', 3);
	buf_u64(&b, 0);
	buf_u64(&b, UINT64_MAX);
	buf_i64(&b, INT64_MIN);
	buf_i64(&b, -1);
	buf_u64_wide(&b, 7, 3);
	buf_u64_wide(&b, 12345, 3);
	buf_printf(&b, "<%s|%d>", "x", 5);
	buf_add(&b, STR_NONE);
	check(&b, "abccc018446744073709551615-9223372036854775808-1"
		  "00712345<x|5>");
	buf_cut(&b, 2);
	check(&b, "ab");
	buf_clear(&b);
	check(&b, "");
	buf_done(&b);
	buf_done(&b);
}

static void the_limit_holds_to_the_byte_and_sticks(void **state)
{
	for (size_t limit = 0; limit < 600; limit += limit < 5 ? 1 : 97) {
		struct buf b;

		buf_init(&b, limit);
		buf_fill(&b, 'x', limit);
		assert_int_equal(buf_rc(&b), RC_OK);
		assert_int_equal(b.n, limit);
		buf_char(&b, 'y');
		assert_int_equal(buf_rc(&b), RC_LIMIT);
		buf_add(&b, STR_NONE);
		buf_printf(&b, "%s", "");
		assert_null(buf_room(&b, 0));
		assert_int_equal(b.n, limit);
		assert_int_equal(buf_rc(&b), RC_LIMIT);
		buf_clear(&b);
		assert_int_equal(buf_rc(&b), RC_OK);
		buf_fill(&b, 'z', limit);
		assert_int_equal(buf_rc(&b), RC_OK);
		buf_done(&b);
	}
	(void)state;
}

static void a_huge_request_is_a_limit_and_not_an_overflow(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, SIZE_MAX);
	buf_lit(&b, "ab");
	assert_null(buf_room(&b, SIZE_MAX - 1));
	assert_int_equal(buf_rc(&b), RC_LIMIT);
	assert_int_equal(b.n, 2);
	buf_done(&b);
}

static void an_arena_pays_for_the_limit_and_not_for_more(void **state)
{
	struct arena *a = arena_new(4096);
	struct buf b;

	(void)state;
	/* 256 at first, then 301: not 512, which would go to waste. */
	buf_init_arena(&b, a, 300);
	buf_lit(&b, "x");
	buf_fill(&b, 'x', 299);
	assert_int_equal(buf_rc(&b), RC_OK);
	assert_true(arena_used(a) <= 256 + 301 + 32);
	buf_done(&b);
	arena_free(a);
}

static void a_spent_arena_is_told_at_the_end(void **state)
{
	struct arena *a = arena_new(300);
	struct buf b;

	(void)state;
	buf_init_arena(&b, a, 10000);
	buf_lit(&b, "kept");
	buf_fill(&b, 'x', 500);
	buf_lit(&b, "lost");
	assert_int_equal(buf_rc(&b), RC_NO_MEMORY);
	assert_true(str_eq(buf_str(&b), STR("kept")));
	arena_free(a);
}

static void room_is_counted_when_committed(void **state)
{
	struct buf b;
	char *at;

	(void)state;
	buf_init(&b, 100);
	at = buf_room(&b, 10);
	assert_non_null(at);
	memcpy(at, "1234", 4);
	assert_int_equal(b.n, 0);
	buf_commit(&b, 4);
	check(&b, "1234");
	buf_done(&b);
}

static void growing_keeps_the_content(void **state)
{
	struct arena *a = arena_new(1 << 20);
	struct buf heap, arena;

	(void)state;
	buf_init(&heap, 100000);
	buf_init_arena(&arena, a, 100000);
	for (unsigned i = 0; i < 20000; i++) {
		buf_u64(&heap, i);
		buf_u64(&arena, i);
	}
	assert_int_equal(buf_rc(&heap), RC_OK);
	assert_int_equal(heap.n, 10 + 180 + 2700 + 36000 + 50000);
	assert_true(str_eq(buf_str(&heap), buf_str(&arena)));
	assert_true(str_starts(buf_str(&heap), STR("0123456789101112")));
	buf_done(&heap);
	arena_free(a);
}

static void the_first_failure_stays(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 1);
	buf_fail(&b, RC_INVALID);
	buf_lit(&b, "abc");
	buf_fail(&b, RC_IO);
	assert_int_equal(buf_rc(&b), RC_INVALID);
	buf_done(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(text_is_put_together),
	    cmocka_unit_test(the_limit_holds_to_the_byte_and_sticks),
	    cmocka_unit_test(a_huge_request_is_a_limit_and_not_an_overflow),
	    cmocka_unit_test(an_arena_pays_for_the_limit_and_not_for_more),
	    cmocka_unit_test(a_spent_arena_is_told_at_the_end),
	    cmocka_unit_test(room_is_counted_when_committed),
	    cmocka_unit_test(growing_keeps_the_content),
	    cmocka_unit_test(the_first_failure_stays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
