/* SPDX-License-Identifier: MIT
 *
 * Addresses of the paper.
 */
#include "site/route.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"

/* The query behind '?', as http/ hands it over. */
static enum rc parse(const char *target, struct route *ret_route)
{
	struct str query = str_of(target);
	struct str path = str_cut(&query, '?');

	return route_parse(path, query, ret_route);
}

static struct route must_parse(const char *target)
{
	struct route r;

	if (parse(target, &r) != RC_OK)
		fail_msg("%s is refused", target);
	return r;
}

static void assert_target(const char *target, const char *own)
{
	struct route r = must_parse(target);
	struct buf b;

	buf_init(&b, 4096);
	route_target(&b, &r);
	assert_int_equal(buf_rc(&b), RC_OK);
	assert_string_equal(b.p, own);
	buf_done(&b);
}

static void every_kind_of_address_is_known(void **state)
{
	static const struct {
		const char *target;
		enum route_kind kind;
	} known[] = {
	    {"/", ROUTE_FRONT},
	    {"/2026/11/23/harbour", ROUTE_STORY},
	    {"/2026/11/23/harbour/versions", ROUTE_VERSIONS},
	    {"/2026/11/23/harbour/versions/3", ROUTE_VERSION},
	    {"/2026/11/23/harbour/versions/1-12", ROUTE_COMPARE},
	    {"/corrections", ROUTE_CORRECTIONS},
	    {"/corrections?before=5.1", ROUTE_CORRECTIONS},
	    {"/corrections?after=5.1", ROUTE_CORRECTIONS},
	    {"/corrections.rss", ROUTE_CORRECTIONS_FEED},
	    {"/corrections.json", ROUTE_CORRECTIONS_FEED},
	    {"/2026/11/23", ROUTE_DAY},
	    {"/section/world", ROUTE_LIST},
	    {"/person/anna-muster", ROUTE_LIST},
	    {"/tag/港口", ROUTE_LIST},
	    {"/archive", ROUTE_ARCHIVE},
	    {"/archive/2026", ROUTE_ARCHIVE},
	    {"/archive/2026/11", ROUTE_ARCHIVE},
	    {"/about", ROUTE_ABOUT},
	    {"/feed.rss", ROUTE_FEED},
	    {"/section/world/feed.atom", ROUTE_FEED},
	    {"/person/anna/feed.json", ROUTE_FEED},
	    {"/sitemap.xml", ROUTE_SITEMAP_INDEX},
	    {"/sitemap-2026-11.xml", ROUTE_SITEMAP_MONTH},
	    {"/sitemap-2026-11-12.xml", ROUTE_SITEMAP_MONTH},
	    {"/news-sitemap.xml", ROUTE_SITEMAP_NEWS},
	    {"/robots.txt", ROUTE_ROBOTS},
	    {"/favicon.svg", ROUTE_FAVICON},
	    {"/favicon.ico", ROUTE_FAVICON_ICO},
	    {"/pictures/harbour-2.jpg", ROUTE_PICTURE},
	    {"/support", ROUTE_SUPPORT},
	    {"/support/gift/abc", ROUTE_GIFT},
	    {"/support/gift/abc/receipt", ROUTE_RECEIPT},
	    {"/support/ledger", ROUTE_LEDGER},
	    {"/support/ledger.json", ROUTE_LEDGER_FILE},
	    {"/support/verify", ROUTE_VERIFY},
	    {"/support/verify.html", ROUTE_VERIFY_FILE},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		struct route r = must_parse(known[i].target);

		assert_int_equal(r.kind, known[i].kind);
		assert_false(r.is_moved);
	}
}

static void what_no_page_can_have_is_refused(void **state)
{
	static const char *const bad[] = {"//", "/x", "/2026/11/31",
	    "/2025/02/29/leap", "/2026/13/01", "/2026/1/5", "/0000/01/01",
	    "/2026/11/23/", "/2026/11/23/a/b", "/2026/11/23/a/versions/0",
	    "/2026/11/23/a/versions/01", "/2026/11/23/a/versions/2-2",
	    "/2026/11/23/a/versions/3-2", "/2026/11/23/a/versions/1-",
	    "/2026/11/23/a/versions/1-2/x", "/corrections.xml",
	    "/corrections/x", "/section", "/section/world/x", "/section/a b",
	    "/section/a\x7f", "/archive/26", "/archive/2026/11/23",
	    "/archive/2026/00", "/feed.xml", "/sitemap-2026-11-1.xml",
	    "/sitemap-2026-11-02.xml", "/sitemap-2026-11-.xml",
	    "/sitemap-2026.xml", "/sitemap-2026-11-99999.xml", "/pictures/.svg",
	    "/pictures/a..jpg", "/pictures/a.php", "/pictures/a/b.jpg",
	    "/pictures/ä.jpg", "/pictures/", "/index.html", "/.git/config",
	    "/tag/\xff"};
	struct route r;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (parse(bad[i], &r) != RC_NOT_FOUND && !r.is_moved)
			fail_msg("%s is let in", bad[i]);
	/* A NUL cannot come from http/; it would split the cache's key. */
	assert_int_equal(
	    route_parse((struct str){"/tag/a\0b", 8}, STR_NONE, &r),
	    RC_NOT_FOUND);
}

static void a_slash_at_the_end_leads_to_the_page_without(void **state)
{
	(void)state;
	assert_true(must_parse("/section/world/").is_moved);
	assert_target("/section/world/", "/section/world");
	assert_target("/2026/11/23/harbour/", "/2026/11/23/harbour");
	assert_target("/2026/11/", "/archive/2026/11");
	assert_target("/2026", "/archive/2026");
	assert_target("/archive/", "/archive");
	assert_target("/archive/2026/", "/archive/2026");
	assert_true(must_parse("/2026/11").is_moved);
	assert_false(must_parse("/").is_moved);
}

static void an_address_in_another_script_is_encoded(void **state)
{
	(void)state;
	assert_target("/tag/港口", "/tag/%E6%B8%AF%E5%8F%A3");
	assert_target("/tag/a%b", "/tag/a%25b");
	assert_target("/tag/a\"<>b", "/tag/a%22%3C%3Eb");
}

static void what_the_paper_does_not_know_of_a_query_is_not_seen(void **state)
{
	(void)state;
	assert_target(
	    "/2026/11/23/harbour?utm_source=x", "/2026/11/23/harbour");
	assert_target("/section/w?utm=1&before=5.7&x", "/section/w?before=5.7");
	assert_target("/section/w?", "/section/w");
	assert_target("/?before=1.1", "/");
	assert_target("/2026/11/23?after=1.1", "/2026/11/23");
}

static void a_key_has_one_text_only(void **state)
{
	static const char *const bad[] = {"", "1", "1.", ".1", "01.1", "1.01",
	    "+1.1", "1.0", "1.-1", "-0.1", "1.1.1", "1.1 ", "%31.1",
	    "9223372036854775808.1", "1.9223372036854775807", "1.1&after=1.1",
	    "1.1&before=1.1"};
	struct route r = must_parse("/tag/a?before=-62135596800000000.17");
	char target[96];

	(void)state;
	assert_int_equal(r.paging, PAGING_BEFORE);
	assert_true(r.key.published_us == -62135596800000000);
	assert_int_equal(r.key.id, 17);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		snprintf(target, sizeof(target), "/tag/a?before=%s", bad[i]);
		if (parse(target, &r) != RC_NOT_FOUND)
			fail_msg("%s is let in", target);
	}
}

static void the_cache_key_is_what_the_request_says(void **state)
{
	struct route r = must_parse("/section/world?before=5.7");
	struct buf b;

	(void)state;
	buf_init(&b, 4096);
	route_key(&b, &r);
	assert_true(str_eq(buf_str(&b), STR("/section/world\0before=5.7")));
	buf_clear(&b);
	r = must_parse("/section/world?utm_source=x");
	route_key(&b, &r);
	assert_true(str_eq(buf_str(&b), STR("/section/world")));
	buf_done(&b);
}

static void links_to_lists_and_sitemaps_are_addresses(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 4096);
	route_list(&b, PUBLIC_PERSON, STR("anna"));
	assert_string_equal(b.p, "/person/anna");
	buf_clear(&b);
	route_page(&b, STR("/tag/x"), PAGING_AFTER, (struct public_key){-3, 9});
	assert_string_equal(b.p, "/tag/x?after=-3.9");
	assert_int_equal(must_parse(b.p).paging, PAGING_AFTER);
	buf_clear(&b);
	route_sitemap(&b, 812, 3, 1);
	assert_string_equal(b.p, "/sitemap-0812-03.xml");
	buf_clear(&b);
	route_sitemap(&b, 2026, 11, 2);
	assert_int_equal(must_parse(b.p).part, 2);
	buf_done(&b);
}

static void a_purpose_has_one_form(void **state)
{
	(void)state;
	assert_target("/support?for=press", "/support?for=press");
	assert_target("/support?x=1&for=%70ress", "/support?for=press");
	assert_target("/support?amount=EUR5&for=%2f2026%2F11/x",
	    "/support?for=/2026/11/x&amount=EUR5");
	assert_target("/support?for=/%d0%bf&y", "/support?for=/%D0%BF");
	assert_target("/support?for=a%25b%26", "/support?for=a%25b%26");
	assert_target("/support?amount=EUR5", "/support?amount=EUR5");
	/* What is none is not seen. */
	assert_target("/support?for=&amount=", "/support");
	assert_target("/support?for=%", "/support");
	assert_target("/support?for=%4", "/support");
	assert_target("/support?for=%00", "/support");
	assert_target("/support?for=a%0Ab", "/support");
	assert_target("/support?amount=5,00", "/support");
	assert_target("/support?amount=%35", "/support");
	assert_target("/support?utm=a", "/support");
	/* Only there. */
	assert_target("/support/ledger?for=press", "/support/ledger");
	assert_target("/?for=press", "/");
}

static void other_addresses_below_support_are_refused(void **state)
{
	static const char longest[] =
	    "/support/gift/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	    "aaaaaaaaaaaaaaaaaaa";
	static const char *const bad[] = {"/support/gift", "/support/gift/a/b",
	    "/support/gift/a/receipt/b", "/support/x", "/support/ledger/x",
	    longest};
	struct route r;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_int_equal(parse(bad[i], &r), RC_NOT_FOUND);
	r = must_parse("/support/gift/a/");
	assert_true(r.is_moved);
	assert_int_equal(r.kind, ROUTE_GIFT);
	assert_true(route_is_support(&r));
	r = must_parse("/about");
	assert_false(route_is_support(&r));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_kind_of_address_is_known),
	    cmocka_unit_test(what_no_page_can_have_is_refused),
	    cmocka_unit_test(a_slash_at_the_end_leads_to_the_page_without),
	    cmocka_unit_test(an_address_in_another_script_is_encoded),
	    cmocka_unit_test(
		what_the_paper_does_not_know_of_a_query_is_not_seen),
	    cmocka_unit_test(a_key_has_one_text_only),
	    cmocka_unit_test(the_cache_key_is_what_the_request_says),
	    cmocka_unit_test(a_purpose_has_one_form),
	    cmocka_unit_test(other_addresses_below_support_are_refused),
	    cmocka_unit_test(links_to_lists_and_sitemaps_are_addresses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
