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
	    TEST(a_feed_of_long_texts_is_kept),
	    TEST(a_feed_of_old_stories_is_as_old_as_they_are),
	    TEST(a_tag_that_is_called_as_the_section_is_named_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
