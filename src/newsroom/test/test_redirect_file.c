/* SPDX-License-Identifier: MIT */
#include "newsroom/redirect_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"

struct wanted {
	size_t number;
	const char *from, *to; /* FROM NULL: it is faulty */
};

static void check(const char *text, const struct wanted *w, size_t n)
{
	struct arena *a = arena_new(1 << 20);
	struct redirect_line *v;
	size_t got;

	assert_int_equal(redirect_file_read(a, str_of(text), &v, &got), RC_OK);
	assert_int_equal(got, n);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(v[i].number, w[i].number);
		assert_int_equal(v[i].is_faulty, !w[i].from);
		if (!w[i].from)
			continue;
		assert_true(str_eq(v[i].from, str_of(w[i].from)));
		assert_true(str_eq(v[i].to, str_of(w[i].to)));
	}
	arena_free(a);
}

static void lines_of_any_program_are_read(void **state)
{
	static const struct wanted windows[] = {
	    {2, "/old/page", "/new/page"}, {4, "/a b", "17"}};
	static const struct wanted quoted[] = {
	    {1, "/old/one, \"two\"", "/new"}, {2, "/c", "12"}};

	(void)state;
	check("old,new\r\n/old/page,/new/page\r\n\r\n /a b , 17 \r\n", windows,
	    2);
	check("\xEF\xBB\xBF\"/old/one, \"\"two\"\"\" ;/new\n/c\t12", quoted, 2);
	check("", NULL, 0);
	check("\n\r\n \n", NULL, 0);
}

static void lines_without_two_columns_are_named(void **state)
{
	static const struct wanted broken[] = {{1, NULL, NULL}, {2, NULL, NULL},
	    {3, NULL, NULL}, {4, NULL, NULL}, {5, NULL, NULL}, {6, NULL, NULL},
	    {7, "/a", "/b"}};

	(void)state;
	check("/a\n/a,\n,/b\n/a,/b,/c\n\"/a,/b\n\"/a\"x,/b\n/a,/b", broken, 7);
}

static void a_file_has_its_limit(void **state)
{
	struct arena *a = arena_new(1 << 24);
	struct redirect_line *v;
	struct buf b;
	size_t n;

	(void)state;
	buf_init(&b, 1 << 20);
	for (size_t i = 0; i < REDIRECT_LINES_MOST; i++)
		buf_lit(&b, "/a,/b\n");
	assert_int_equal(redirect_file_read(a, buf_str(&b), &v, &n), RC_OK);
	assert_int_equal(n, REDIRECT_LINES_MOST);
	buf_lit(&b, "/c,/d\n");
	assert_int_equal(redirect_file_read(a, buf_str(&b), &v, &n), RC_LIMIT);
	buf_done(&b);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(lines_of_any_program_are_read),
	    cmocka_unit_test(lines_without_two_columns_are_named),
	    cmocka_unit_test(a_file_has_its_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
