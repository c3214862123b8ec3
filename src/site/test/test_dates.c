/* SPDX-License-Identifier: MIT
 *
 * When pages last changed, as they say it and as If-Modified-Since asks.
 */
#include "site/test/world.h"

#include "paper/front.h"
#include "paper/workflow.h"

static const char STORY[] = "/2026/11/23/harbour";

/* The value of Last-Modified; empty: none is said. */
static struct str date_of(struct world *w, const char *target)
{
	struct str s = get(w, target);
	size_t at = str_find_str(s, STR("\r\nLast-Modified: "));

	if (!str_starts(s, STR("200")))
		fail_msg("%s: %.*s", target, STR_ARG(str_part(s, 0, 200)));
	if (at == s.n)
		return STR_NONE;
	s = str_from(s, at + 17);
	return str_cut(&s, '\r');
}

static void assert_date(struct world *w, const char *target, const char *date)
{
	struct str s = date_of(w, target);

	if (!str_eq(s, str_of(date)))
		fail_msg("%s is of \"%.*s\", not of \"%s\"", target, STR_ARG(s),
		    date);
}

static bool is_fresh(struct world *w, const char *target, struct str since)
{
	struct entity *e = ask(w, target);
	bool is = entity_is_fresh(e, CODING_IDENTITY, STR_NONE, since);

	entity_unref(e);
	return is;
}

static void pass(struct world *w, int64_t seconds)
{
	w->now = later(w->now, seconds);
}

static void every_kind_of_page_says_when_it_changed(void **state)
{
	static const char *const targets[] = {STORY, "/section/world",
	    "/person/anna-brand", "/tag/harbour", "/2026/11/23",
	    "/archive/2026/11", "/archive/2026", "/archive", "/about",
	    "/feed.rss", "/feed.atom", "/feed.json", "/section/city/feed.rss",
	    "/sitemap.xml", "/sitemap-2026-11.xml", "/news-sitemap.xml",
	    "/robots.txt", "/favicon.svg"};
	struct world *w = *state;

	pass(w, 5);
	for (size_t i = 0; i < sizeof(targets) / sizeof(targets[0]); i++)
		assert_date(w, targets[i], "Mon, 23 Nov 2026 12:00:00 GMT");
	assert_date(w, "/", "Mon, 23 Nov 2026 12:00:00 GMT");
}

static void a_feed_is_newer_when_a_story_comes_and_when_one_goes(void **state)
{
	struct world *w = *state;
	const struct plan plan = {
	    "Late", "World", "Anna Brand", "late", "late", -10, NULL};
	struct err err;
	int64_t id;

	pass(w, 10);
	id = publish(w, &plan);
	notice(w);
	assert_date(w, "/feed.rss", "Mon, 23 Nov 2026 12:00:10 GMT");
	assert_date(w, "/section/world", "Mon, 23 Nov 2026 12:00:10 GMT");
	assert_date(w, "/section/city", "Mon, 23 Nov 2026 12:00:00 GMT");
	pass(w, 10);
	check(paper_withdraw(w->paper, id, STR("Wrong."), w->now, &err), &err,
	    "withdraw");
	notice(w);
	assert_date(w, "/feed.rss", "Mon, 23 Nov 2026 12:00:20 GMT");
	assert_false(
	    is_fresh(w, "/feed.rss", STR("Mon, 23 Nov 2026 12:00:10 GMT")));
	assert_true(
	    is_fresh(w, "/feed.rss", STR("Mon, 23 Nov 2026 12:00:20 GMT")));
	assert_has(w, "/2026/11/23/late", "410");
	assert_lacks(w, "/2026/11/23/late", "Last-Modified");
}

/* The story below is named on the page above. */
static void a_story_is_newer_when_one_that_it_names_goes(void **state)
{
	struct world *w = *state;
	struct public_story story;
	enum public_state live;
	struct str text;
	struct err err;

	pass(w, 10);
	assert_has(w, STORY, "A winter of short ferries");
	assert_date(w, STORY, "Mon, 23 Nov 2026 12:00:00 GMT");
	assert_int_equal(public_story(w->db, w->a, STR("/2026/11/23/ferries"),
			     &live, &story, &text),
	    RC_OK);
	check(paper_withdraw(w->paper, story.id, STR("Wrong."), w->now, &err),
	    &err, "withdraw");
	notice(w);
	assert_lacks(w, STORY, "A winter of short ferries");
	assert_date(w, STORY, "Mon, 23 Nov 2026 12:00:10 GMT");
	assert_date(w, "/2026/11/23/bridges", "Mon, 23 Nov 2026 12:00:00 GMT");
}

static void settings_make_every_page_newer(void **state)
{
	struct world *w = *state;
	struct paper_settings settings;
	struct err err;

	pass(w, 10);
	check(paper_settings(w->paper, w->a, &settings, &err), &err, "read");
	settings.motto = STR("Another one");
	check(
	    paper_set_settings(w->paper, &settings, w->now, &err), &err, "set");
	notice(w);
	assert_date(w, STORY, "Mon, 23 Nov 2026 12:00:10 GMT");
	assert_date(w, "/robots.txt", "Mon, 23 Nov 2026 12:00:10 GMT");
}

static void a_new_day_makes_the_front_page_newer(void **state)
{
	struct world *w = *state;

	w->now = later(NOON, 12 * HOUR);
	assert_date(w, "/", "");
	pass(w, 1);
	assert_date(w, "/", "Tue, 24 Nov 2026 00:00:00 GMT");
	assert_date(w, STORY, "Mon, 23 Nov 2026 12:00:00 GMT");
}

static void a_story_too_old_for_the_news_makes_their_sitemap_newer(void **state)
{
	struct world *w = *state;

	w->now = later(NOON, 2 * DAY - HOUR - 5);
	assert_has(w, "/news-sitemap.xml", "harbour");
	assert_date(w, "/news-sitemap.xml", "Wed, 25 Nov 2026 10:00:00 GMT");
	pass(w, 10);
	assert_lacks(w, "/news-sitemap.xml", "harbour");
	assert_date(w, "/news-sitemap.xml", "Wed, 25 Nov 2026 11:00:00 GMT");
}

static void a_banner_makes_all_pages_newer_when_it_comes_and_ends(void **state)
{
	struct world *w = *state;
	struct paper_banner banner = {.text = STR("Flood"),
	    .is_everywhere = true,
	    .until = later(NOON, 60)};
	struct err err;

	pass(w, 10);
	check(paper_set_banner(w->paper, &banner, &err), &err, "banner");
	notice(w);
	assert_has(w, STORY, "Flood");
	assert_date(w, STORY, "Mon, 23 Nov 2026 12:00:10 GMT");
	pass(w, 55);
	assert_lacks(w, STORY, "Flood");
	assert_date(w, STORY, "Mon, 23 Nov 2026 12:01:00 GMT");
}

/* Who has the page of before must not be told that nothing has changed. */
static void two_changes_within_a_second_have_two_dates(void **state)
{
	struct world *w = *state;
	struct plan plan = {
	    "One", "World", "Anna Brand", "late", "one", -10, NULL};

	pass(w, 10);
	publish(w, &plan);
	notice(w);
	assert_date(w, "/feed.rss", "Mon, 23 Nov 2026 12:00:10 GMT");
	w->now.us += 400000;
	plan.headline = plan.slug = "Two";
	publish(w, &plan);
	notice(w);
	assert_has(w, "/feed.rss", "Two");
	assert_date(w, "/feed.rss", "");
	assert_false(
	    is_fresh(w, "/feed.rss", STR("Mon, 23 Nov 2026 12:00:10 GMT")));
	w->now.us += 600000;
	assert_date(w, "/feed.rss", "Mon, 23 Nov 2026 12:00:11 GMT");
}

static void a_clock_that_is_put_back_has_no_date_said_that_lies_ahead(
    void **state)
{
	struct world *w = *state;
	const struct plan plan = {
	    "Early", "World", "Anna Brand", "late", "early", HOUR, NULL};

	w->now = later(NOON, -DAY);
	assert_date(w, STORY, "");
	publish(w, &plan);
	notice(w);
	assert_date(w, "/feed.rss", "");
	w->now = later(NOON, 1);
	assert_date(w, STORY, "Mon, 23 Nov 2026 12:00:00 GMT");
	assert_date(w, "/feed.rss", "Mon, 23 Nov 2026 12:00:01 GMT");
}

static void another_build_makes_all_pages_newer_and_the_same_one_none(
    void **state)
{
	struct world *w = *state;
	struct err err;
	bool is_new = false;

	pass(w, 10);
	check(paper_made_by(w->paper, STR("b"), w->now, &is_new, &err), &err,
	    "made");
	assert_true(is_new);
	notice(w);
	assert_date(w, STORY, "Mon, 23 Nov 2026 12:00:10 GMT");
	pass(w, 10);
	check(paper_made_by(w->paper, STR("b"), w->now, &is_new, &err), &err,
	    "made");
	assert_false(is_new);
	notice(w);
	assert_date(w, STORY, "Mon, 23 Nov 2026 12:00:10 GMT");
}

static void what_another_reader_makes_anew_has_the_same_date(void **state)
{
	struct world *w = *state;
	const struct plan plan = {
	    "Late", "City", "Anna Brand", "late", "late", -10, NULL};
	struct str before;

	pass(w, 10);
	before = get(w, STORY);
	publish(w, &plan);
	notice(w);
	assert_true(str_eq(get(w, STORY), before));
	new_site(w);
	assert_true(str_eq(get(w, STORY), before));
}

static void a_file_says_when_it_was_changed_itself(void **state)
{
	struct world *w = *state;

	assert_date(w, "/pictures/map.svg", "");
	pass(w, 1);
	assert_date(w, "/pictures/map.svg", "Mon, 23 Nov 2026 12:00:00 GMT");
}

#define dates_test(f) cmocka_unit_test_setup_teardown(f, world_start, world_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    dates_test(every_kind_of_page_says_when_it_changed),
	    dates_test(a_feed_is_newer_when_a_story_comes_and_when_one_goes),
	    dates_test(a_story_is_newer_when_one_that_it_names_goes),
	    dates_test(settings_make_every_page_newer),
	    dates_test(a_new_day_makes_the_front_page_newer),
	    dates_test(a_story_too_old_for_the_news_makes_their_sitemap_newer),
	    dates_test(a_banner_makes_all_pages_newer_when_it_comes_and_ends),
	    dates_test(two_changes_within_a_second_have_two_dates),
	    dates_test(
		a_clock_that_is_put_back_has_no_date_said_that_lies_ahead),
	    dates_test(
		another_build_makes_all_pages_newer_and_the_same_one_none),
	    dates_test(what_another_reader_makes_anew_has_the_same_date),
	    dates_test(a_file_says_when_it_was_changed_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
