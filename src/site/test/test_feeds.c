/* SPDX-License-Identifier: MIT
 *
 * What is made for programs: feeds and sitemaps that are long, or odd.
 */
#include "site/test/world.h"

#define TEST(f) cmocka_unit_test_setup_teardown(f, world_start, world_end)

static size_t count_of(struct str s, const char *what)
{
	size_t n = 0;

	for (;;) {
		size_t at = str_find_str(s, str_of(what));

		if (at == s.n)
			return n;
		s = str_from(s, at + 1);
		n++;
	}
}

static void of_more_news_than_fit_the_newest_are_named(void **state)
{
	struct world *w = *state;
	struct str s;

	for (int i = 1; i <= 1210; i++) {
		struct plan plan = {.headline = "Ferry",
		    .section = "World",
		    .slug = arena_printf(w->a, "ferry-%04d", i).p,
		    .ago_s = 1210 - i};

		publish(w, &plan);
	}
	notice(w);
	s = get(w, "/news-sitemap.xml");
	assert_true(str_starts(s, STR("200")));
	assert_int_equal(count_of(s, "<loc>"), 1000);
	assert_true(has(s, "/2026/11/23/ferry-1210<"));
	assert_true(has(s, "/2026/11/23/ferry-0211<"));
	assert_false(has(s, "/2026/11/23/ferry-0210<"));
}

enum { CROWD = 4100 };

/* Counts in SEEN the stories of the crowd that the page S names. */
static void see_crowd(struct str s, unsigned char seen[CROWD + 1])
{
	for (;;) {
		int64_t number = 0;
		size_t at = str_find_str(s, STR("/ferry-"));

		if (at == s.n)
			return;
		s = str_from(s, at + 7);
		assert_int_equal(str_i64(str_part(s, 0, 4), &number), RC_OK);
		assert_in_range(number, 1000, 1000 + CROWD - 1);
		seen[number - 1000]++;
	}
}

static void the_sitemap_of_a_crowded_day_is_cut_and_kept(void **state)
{
	static const char *const parts[] = {"/sitemap-2026-11.xml",
	    "/sitemap-2026-11-2.xml", "/sitemap-2026-11-3.xml",
	    "/sitemap-2026-11-4.xml"};
	unsigned char seen[CROWD + 1] = {0};
	struct world *w = *state;
	uint64_t misses;

	for (int i = 0; i < CROWD; i++) {
		struct plan plan = {.headline = "Ferry",
		    .section = "World",
		    .slug = arena_printf(w->a, "ferry-%d", 1000 + i).p,
		    .ago_s = CROWD - i};

		publish(w, &plan);
	}
	notice(w);
	for (size_t i = 0; i < 4; i++) {
		size_t n = count_of(get(w, parts[i]), "<loc>");

		assert_has(w, "/sitemap.xml", parts[i]);
		assert_in_range(n, 1, 2000);
		see_crowd(get(w, parts[i]), seen);
	}
	for (size_t i = 0; i < CROWD; i++)
		assert_int_equal(seen[i], 1);
	misses = site_cache_stats(w->site)->misses;
	assert_status(w, parts[1], 200);
	assert_int_equal(site_cache_stats(w->site)->misses, misses);
	assert_status(w, "/sitemap-2026-11-5.xml", 404);
	assert_lacks(w, "/sitemap.xml", "/sitemap-2026-11-5.xml");
}

static void a_feed_of_long_texts_is_kept(void **state)
{
	enum { STORIES = 30, WORDS = 3480 };
	struct world *w = *state;
	uint64_t misses;
	struct buf b;

	buf_init_arena(&b, w->a, 128 << 10);
	for (int i = 0; i < WORDS; i++)
		buf_lit(&b, "\xe0\xa4\xb8\xe0\xa4\xae\xe0\xa4\xbe ");
	buf_char(&b, '\0');
	for (int i = 0; i < STORIES; i++) {
		struct plan plan = {"Long", "World", NULL, NULL, "long",
		    STORIES - i, buf_str(&b).p};

		publish(w, &plan);
	}
	notice(w);
	assert_int_equal(
	    count_of(get(w, "/feed.rss"), "\xe0\xa4\xb8\xe0\xa4\xae"),
	    STORIES * WORDS);
	misses = site_cache_stats(w->site)->misses;
	assert_status(w, "/feed.rss", 200);
	assert_int_equal(site_cache_stats(w->site)->misses, misses);
}

static void a_feed_of_old_stories_is_as_old_as_they_are(void **state)
{
	struct world *w = *state;
	struct plan plan = {"Of 1966", "Chronicle", NULL, NULL, "of-1966",
	    INT64_C(60) * 365 * DAY, NULL};

	publish(w, &plan);
	notice(w);
	assert_has(w, "/section/chronicle/feed.atom", "<updated>1966-");
	assert_lacks(w, "/section/chronicle/feed.atom", "<updated>1970-");
}

static void a_tag_that_is_called_as_the_section_is_named_once(void **state)
{
	struct world *w = *state;
	struct plan plan = {
	    "A tide", "Harbours", NULL, "Harbours", "tide", 0, NULL};

	publish(w, &plan);
	notice(w);
	assert_int_equal(count_of(get(w, "/section/harbours/feed.rss"),
			     "<category>Harbours<"),
	    1);
	assert_int_equal(count_of(get(w, "/section/harbours/feed.atom"),
			     "<category term=\"Harbours\""),
	    1);
	assert_has(w, "/section/harbours/feed.json", "\"tags\":[\"Harbours\"]");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(of_more_news_than_fit_the_newest_are_named),
	    TEST(the_sitemap_of_a_crowded_day_is_cut_and_kept),
	    TEST(a_feed_of_long_texts_is_kept),
	    TEST(a_feed_of_old_stories_is_as_old_as_they_are),
	    TEST(a_tag_that_is_called_as_the_section_is_named_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
