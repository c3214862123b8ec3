/* SPDX-License-Identifier: MIT */
#include "text/link.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"

struct example {
	const char *url, *host, *path;
};

static void a_page_is_found_whatever_way_it_is_written(void **state)
{
	static const struct example list[] = {
	    {"/2026/11/23/a", "", "/2026/11/23/a"},
	    {"/2026/11/23/a/", "", "/2026/11/23/a"},
	    {"/2026/11/23/a?x=/y#z", "", "/2026/11/23/a"},
	    {"/2026/11/23/%61", "", "/2026/11/23/a"},
	    {"/caf%C3%a9", "", "/caf\xc3\xa9"},
	    {"https://paper.example/a", "paper.example", "/a"},
	    {"HTTP://Paper.Example.:80/a", "Paper.Example", "/a"},
	    {"//me:you@paper.example:8080/a", "paper.example", "/a"},
	    {"http://[::1]:80/a", "[::1]", "/a"},
	    {"/100%/a", "", "/100%/a"},
	    {"/", "", "/"},
	};
	struct arena *a = arena_new(1 << 16);

	(void)state;
	for (size_t i = 0; i < sizeof(list) / sizeof(list[0]); i++) {
		struct str host, path;

		assert_int_equal(
		    link_page(a, str_of(list[i].url), &host, &path), RC_OK);
		assert_true(str_eq(host, str_of(list[i].host)));
		assert_true(str_eq(path, str_of(list[i].path)));
	}
	arena_free(a);
}

static void what_leads_nobody_knows_where_is_no_page(void **state)
{
	static const char *const list[] = {"", "a", "#a", "mailto:a@b.c",
	    "https:/a", "https:a", "ht\ttps://a/b", "https:\\\\a/b", "/a/../b",
	    "/a/%2e%2e/b", "/a/..", "/%00", "/%ff", "https://a", "//a?/b"};
	struct arena *a = arena_new(1 << 16);

	(void)state;
	for (size_t i = 0; i < sizeof(list) / sizeof(list[0]); i++) {
		struct str host, path;

		assert_int_equal(
		    link_page(a, str_of(list[i]), &host, &path), RC_INVALID);
	}
	arena_free(a);
}

static void an_address_holds_nothing_that_is_not_seen(void **state)
{
	static const char *const list[] = {"https://a\xE2\x80\xAE"
					   "b/c",
	    "https://a\xE2\x81\xA6"
	    "b/c",
	    "/a\xE2\x81\xA0", "/a\xD8\x9C", "/a\xC2\xAD", "/a\xE3\x85\xA4",
	    "/a\xE2\x80\x8D"
	    "b",
	    "/a\xE3\x80\x80"
	    "b"};

	(void)state;
	for (size_t i = 0; i < sizeof(list) / sizeof(list[0]); i++)
		assert_false(link_is_safe(str_of(list[i])));
	assert_true(link_is_safe(STR("/\xEA\xB0\x80-b_c")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_page_is_found_whatever_way_it_is_written),
	    cmocka_unit_test(what_leads_nobody_knows_where_is_no_page),
	    cmocka_unit_test(an_address_holds_nothing_that_is_not_seen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
