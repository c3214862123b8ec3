/* SPDX-License-Identifier: MIT
 *
 * Arenas, blobs and messages.
 */
#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/blob.h"
#include "base/err.h"

static void objects_are_zeroed_and_aligned(void **state)
{
	struct arena *a = arena_new(1 << 20);
	static const unsigned char zero[1000];

	(void)state;
	for (int round = 0; round < 3; round++) {
		for (size_t n = 0; n < 1000; n += 13) {
			unsigned char *p = arena_alloc(a, n);

			assert_non_null(p);
			assert_int_equal((uintptr_t)p % 16, 0);
			assert_memory_equal(p, zero, n);
			memset(p, 0xAB, n);
		}
		arena_reset(a);
		assert_int_equal(arena_used(a), 0);
	}
	arena_free(a);
}

static void the_limit_spends_an_arena_until_reset(void **state)
{
	struct arena *a = arena_new(1024);

	(void)state;
	assert_non_null(arena_alloc(a, 1024));
	assert_false(arena_is_spent(a));
	assert_null(arena_alloc(a, 1));
	assert_true(arena_is_spent(a));
	assert_null(arena_alloc(a, 0));
	assert_null(arena_copy(a, STR("x")).p);
	assert_null(arena_cstr(a, STR("x")));
	assert_null(arena_printf(a, "x").p);
	arena_reset(a);
	assert_non_null(arena_alloc(a, 1024));
	arena_free(a);
}

static void sizes_that_overflow_are_refused(void **state)
{
	struct arena *a = arena_new(SIZE_MAX);

	(void)state;
	assert_null(arena_array(a, SIZE_MAX / 2, 3));
	assert_true(arena_is_spent(a));
	arena_reset(a);
	assert_null(arena_alloc(a, SIZE_MAX));
	arena_reset(a);
	assert_null(arena_alloc(a, SIZE_MAX - 8));
	arena_reset(a);
	assert_non_null(arena_array(a, 3, 0));
	assert_non_null(arena_array(a, 0, SIZE_MAX));
	arena_free(a);
}

static void copies_have_a_nul_behind_them(void **state)
{
	struct arena *a = arena_new(1 << 16);
	struct str s = arena_copy(a, STR("a\0b"));

	(void)state;
	assert_true(str_eq(s, STR("a\0b")));
	assert_int_equal(s.p[3], '\0');
	s = arena_copy(a, STR_NONE);
	assert_non_null(s.p);
	assert_int_equal(s.n, 0);
	assert_string_equal(arena_cstr(a, STR("xyz")), "xyz");
	s = arena_printf(a, "%d-%s", 5, "x");
	assert_true(str_eq(s, STR("5-x")));
	assert_int_equal(s.p[3], '\0');
	arena_free(a);
}

static char order[8];

static void note(void *data)
{
	size_t n = strlen(order);

	assert_true(n + 1 < sizeof(order));
	order[n] = *(const char *)data;
}

static void clean_ups_run_latest_first_and_once(void **state)
{
	struct arena *a = arena_new(1 << 16);
	struct arena *small = arena_new(1);

	(void)state;
	memset(order, 0, sizeof(order));
	assert_int_equal(arena_defer(a, note, "1"), RC_OK);
	assert_int_equal(arena_defer(a, note, "2"), RC_OK);
	arena_reset(a);
	assert_string_equal(order, "21");
	assert_int_equal(arena_defer(a, note, "3"), RC_OK);
	arena_free(a);
	assert_string_equal(order, "213");
	/* Nothing is forgotten where there is no room to remember it. */
	assert_int_equal(arena_defer(small, note, "4"), RC_NO_MEMORY);
	assert_string_equal(order, "2134");
	arena_free(small);
	assert_string_equal(order, "2134");
	arena_free(NULL);
}

static void the_nth_allocation_can_be_made_to_fail(void **state)
{
#ifdef FARTHING_DEBUG
	struct arena *a = arena_new(1 << 16);

	arena_fail_after(3);
	assert_non_null(arena_alloc(a, 1));
	assert_non_null(arena_alloc(a, 1));
	assert_null(arena_alloc(a, 1));
	assert_true(arena_is_spent(a));
	arena_reset(a);
	assert_non_null(arena_alloc(a, 1));
	arena_fail_after(1);
	arena_fail_after(0);
	assert_non_null(arena_alloc(a, 1));
	arena_free(a);
#endif
	(void)state;
}

static void a_blob_lives_as_long_as_its_last_reference(void **state)
{
	struct blob *b = blob_new(STR("page"));
	struct blob *empty = blob_new(STR_NONE);

	(void)state;
	assert_non_null(b);
	assert_ptr_equal(blob_ref(b), b);
	blob_unref(b);
	assert_true(str_eq(blob_str(b), STR("page")));
	blob_unref(b);
	assert_int_equal(blob_str(empty).n, 0);
	blob_unref(empty);
	blob_unref(NULL);
}

static void a_message_holds_no_control_characters(void **state)
{
	struct err err;

	(void)state;
	assert_int_equal(
	    err_set(&err, RC_INVALID, "a\nb\x1B[2J\x7F%d", 7), RC_INVALID);
	assert_int_equal(err.rc, RC_INVALID);
	assert_string_equal(err.why, "a?b?[2J?7");
	assert_int_equal(err_set(NULL, RC_IO, "x"), RC_IO);
}

static void a_long_message_is_cut_between_characters(void **state)
{
	struct err err;

	(void)state;
	/* Characters of three bytes, from each of their three borders. */
	for (int shift = 0; shift < 3; shift++) {
		char text[600] = "xx";
		size_t n;

		for (int i = 0; i < 180; i++)
			memcpy(text + shift + i * 3, "\xE2\x82\xAC", 4);
		assert_int_equal(err_set(&err, RC_IO, "%s", text), RC_IO);
		n = strlen(err.why);
		assert_true(n >= ERR_WHY_MAX - 4 && n < ERR_WHY_MAX);
		assert_int_equal((n - (size_t)shift) % 3, 0);
	}
}

static void a_prefix_comes_in_front_and_keeps_the_result(void **state)
{
	struct err err;

	(void)state;
	assert_int_equal(err_set(&err, RC_DENIED, "no"), RC_DENIED);
	assert_int_equal(
	    err_prefix(&err, RC_DENIED, "%s:%d: ", "a.md", 3), RC_DENIED);
	assert_string_equal(err.why, "a.md:3: no");
	assert_int_equal(err_prefix(NULL, RC_IO, "x"), RC_IO);
	for (int i = 0; i < 300; i++)
		(void)err_prefix(&err, RC_DENIED, "%d: ", i);
	assert_true(strlen(err.why) < ERR_WHY_MAX);
	assert_memory_equal(err.why, "299: 298: ", 10);
}

static void every_result_has_a_name_of_its_own(void **state)
{
	(void)state;
	for (unsigned i = 0; i < RC_COUNT; i++) {
		assert_non_null(rc_name((enum rc)i));
		for (unsigned k = 0; k < i; k++)
			assert_string_not_equal(
			    rc_name((enum rc)i), rc_name((enum rc)k));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(objects_are_zeroed_and_aligned),
	    cmocka_unit_test(the_limit_spends_an_arena_until_reset),
	    cmocka_unit_test(sizes_that_overflow_are_refused),
	    cmocka_unit_test(copies_have_a_nul_behind_them),
	    cmocka_unit_test(clean_ups_run_latest_first_and_once),
	    cmocka_unit_test(the_nth_allocation_can_be_made_to_fail),
	    cmocka_unit_test(a_blob_lives_as_long_as_its_last_reference),
	    cmocka_unit_test(a_message_holds_no_control_characters),
	    cmocka_unit_test(a_long_message_is_cut_between_characters),
	    cmocka_unit_test(a_prefix_comes_in_front_and_keeps_the_result),
	    cmocka_unit_test(every_result_has_a_name_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
