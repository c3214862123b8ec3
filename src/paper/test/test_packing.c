/* SPDX-License-Identifier: MIT
 *
 * Lists in a column: what was packed comes out again, and a column that we
 * did not write is read within its bounds.
 */
#include "paper/packing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"

static size_t taken(struct str packed)
{
	struct str record;
	size_t n = 0;

	while (packing_take(&packed, &record))
		n++;
	return n;
}

static void as_many_are_counted_as_are_taken(void **state)
{
	static const struct str columns[] = {STR_INIT(""), STR_INIT("a"),
	    STR_INIT("\x1e"), STR_INIT("a\x1e"),
	    STR_INIT("a\x1e"
		     "b"),
	    STR_INIT("\x1e\x1e"), STR_INIT("\x1e\x1e\x1f"),
	    STR_INIT("a\x1f\x1e"
		     "b\x1f")};

	(void)state;
	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		assert_int_equal(packing_count(columns[i]), taken(columns[i]));
}

static void a_column_without_an_end_is_read_within_its_bounds(void **state)
{
	struct str column = STR("one\x1etwo\x1ethree");
	struct arena *a = arena_new(1 << 16);
	struct manuscript_correction *corrections;
	struct manuscript_translation *translations;
	struct str_list list;
	size_t n;

	(void)state;
	assert_int_equal(packing_to_list(a, column, &list), RC_OK);
	assert_int_equal(list.n, 3);
	assert_true(str_eq(list.v[2], STR("three")));
	assert_int_equal(
	    packing_to_corrections(a, column, &corrections, &n), RC_OK);
	assert_int_equal(n, 3);
	assert_int_equal(
	    packing_to_translations(a, column, &translations, &n), RC_OK);
	assert_int_equal(n, 3);
	arena_free(a);
}

static void what_is_packed_comes_out_again(void **state)
{
	struct str names[] = {STR("A"), STR(" "), STR("B\x1e\x1f")};
	struct str_list in = {names, 3};
	struct arena *a = arena_new(1 << 16);
	struct str_list out;
	struct buf b;

	(void)state;
	buf_init_arena(&b, a, 1000);
	packing_list(&b, &in);
	assert_int_equal(packing_to_list(a, buf_str(&b), &out), RC_OK);
	assert_int_equal(out.n, 2);
	assert_true(str_eq(out.v[0], STR("A")));
	assert_true(str_eq(out.v[1], STR("B  ")));
	arena_free(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(as_many_are_counted_as_are_taken),
	    cmocka_unit_test(a_column_without_an_end_is_read_within_its_bounds),
	    cmocka_unit_test(what_is_packed_comes_out_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
