/* SPDX-License-Identifier: MIT
 *
 * The public paper: what may be seen when, and what a change touches.
 */
#include <sqlite3.h>

#include "site/test/world.h"

static void what_is_not_published_can_be_seen_nowhere(void **state)
{
	struct world *w = *state;
	struct plan draft = {"Canary draft", "Canary desk", "Canary Writer",
	    "canary", "draft-plan", 0, "canary text"};
	struct plan plan = {"Canary scheduled", "World", "Anna Brand", "canary",
	    "secret-plan", 0, "canary text"};
	struct instant due = later(NOON, HOUR);
	struct err err = {0};
	struct walk *walk;
	int64_t id;
	size_t count;

	save(w, &draft, 0);
	id = save(w, &plan, 0);
	check(paper_schedule(w->paper, id, due, NOON, NULL, &err), &err,
	    "schedule");
	notice(w);
	walk = walk_all(w);
	for (size_t i = 0; i < walk->n; i++)
		if (has(walk->answer[i], "anary") ||
		    has(walk->answer[i], "secret-plan") ||
		    has(walk->answer[i], "draft-plan"))
			fail_msg("%s tells it", walk->target[i]);
	assert_true(walk->n > 60);
	assert_status(w, "/2026/11/23/secret-plan", 404);
	/* To the second: it appears with the next look at the database. */
	w->now = due;
	check(paper_due(w->paper, due, &count, &due, &err), &err, "due");
	assert_int_equal(count, 1);
	notice(w);
	assert_has(w, "/2026/11/23/secret-plan", "canary text");
	assert_has(w, "/", "Canary scheduled");
	assert_has(w, "/tag/canary", "Canary scheduled");
	walk = walk_all(w);
	for (size_t i = 0; i < walk->n; i++)
		if (has(walk->answer[i], "Canary draft"))
			fail_msg("%s tells it", walk->target[i]);
}

/* Those that lead to the year of a story are made anew with it, as old as it,
 * and say what they said. */
static struct str undated(struct world *w, struct str s)
{
	size_t at = str_find_str(s, STR("Last-Modified: "));
	struct str rest = str_from(s, at);

	str_cut(&rest, '\n');
	return arena_printf(
	    w->a, "%.*s%.*s", STR_ARG(str_part(s, 0, at)), STR_ARG(rest));
}

static void publishing_touches_its_own_pages_only(void **state)
{
	static const char *const touched[] = {"/", "/section/world",
	    "/person/anna-brand", "/tag/ferries", "/2026/11/23", "/feed.rss",
	    "/feed.atom", "/feed.json", "/section/world/feed.rss",
	    "/section/world/feed.atom", "/section/world/feed.json",
	    "/person/anna-brand/feed.rss", "/person/anna-brand/feed.atom",
	    "/person/anna-brand/feed.json", "/archive", "/archive/2026",
	    "/archive/2026/11", "/sitemap.xml", "/sitemap-2026-11.xml",
	    "/news-sitemap.xml", "/nothing/here", "/2026/11/23/new-ferry"};
	const size_t n = sizeof(touched) / sizeof(*touched);
	struct world *w = *state;
	struct plan plan = {"A new ferry", "World", "Anna Brand", "ferries",
	    "new-ferry", 0, NULL};
	struct walk *before = walk_all(w), *after;
	size_t changed = 0;
	uint64_t misses;

	assert_status(w, "/2026/11/23/new-ferry", 404);
	publish(w, &plan);
	notice(w);
	after = walk_all(w);
	assert_has(w, "/2026/11/23/new-ferry", "A new ferry");
	for (size_t i = 0; i < after->n; i++) {
		struct str old = walk_find(before, after->target[i]);
		bool is_known = old.p != NULL;
		bool is_touched = false;

		for (size_t j = 0; j < n; j++)
			if (strcmp(touched[j], after->target[i]) == 0)
				is_touched = true;
		/* The 404 page names the newest stories. */
		if (is_known && str_starts(old, STR("404")))
			is_touched = true;
		if (is_known && str_eq(undated(w, old),
				    undated(w, after->answer[i])) == is_touched)
			fail_msg("%s: %s", after->target[i],
			    is_touched ? "has not changed" : "has changed");
		changed += is_touched;
	}
	assert_true(changed >= n);
	/* All is in the cache now: a third walk makes nothing. */
	misses = site_cache_stats(w->site)->misses;
	walk_all(w);
	/* But for what leads nowhere, which is looked up each time. */
	assert_true(site_cache_stats(w->site)->misses - misses < 20);
}

static void untouched_pages_stay_in_the_cache(void **state)
{
	static const char *const kept[] = {"/2026/11/23/bridges",
	    "/section/city", "/section/sport", "/person/ben-ode",
	    "/tag/harbour", "/2026/11/19", "/about", "/section/city/feed.rss",
	    "/sitemap-2025-07.xml", "/robots.txt", "/2025/07/11/older-news",
	    "/2026/11/23/harbour"};
	struct world *w = *state;
	struct plan plan = {"A new ferry", "World", "Anna Brand", "ferries",
	    "new-ferry", 0, NULL};
	uint64_t misses;

	walk_all(w);
	publish(w, &plan);
	notice(w);
	misses = site_cache_stats(w->site)->misses;
	for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++) {
		(void)status(w, kept[i]);
		if (site_cache_stats(w->site)->misses != misses)
			fail_msg("%s was let go", kept[i]);
	}
	(void)status(w, "/section/world");
	assert_int_equal(site_cache_stats(w->site)->misses, misses + 1);
}

static void a_change_is_seen_in_the_story_and_around_it(void **state)
{
	struct world *w = *state;
	struct plan plan = stories[1];
	struct err err = {0};
	int64_t id;

	walk_all(w);
	check(paper_find(w->paper, STR("/2026/11/23/bridges"), &id, &err), &err,
	    "find");
	plan.headline = "Council loses a bridge";
	plan.ago_s = 0;
	save(w, &plan, id);
	notice(w);
	assert_has(w, "/2026/11/23/bridges", "Council loses a bridge");
	assert_has(w, "/", "Council loses a bridge");
	assert_has(w, "/section/city", "Council loses a bridge");
	assert_has(w, "/person/ben-ode", "Council loses a bridge");
	assert_has(w, "/feed.rss", "Council loses a bridge");
	assert_has(w, "/news-sitemap.xml", "Council loses a bridge");
	assert_lacks(w, "/2026/11/23", "Council counts");
}

static void a_withdrawn_story_is_gone_with_a_note(void **state)
{
	struct world *w = *state;
	struct err err = {0};
	struct walk *walk;
	int64_t id;

	walk_all(w);
	check(paper_find(w->paper, STR("/2026/11/23/ferries"), &id, &err), &err,
	    "find");
	check(paper_withdraw(
		  w->paper, id, STR("By order of the court."), NOON, &err),
	    &err, "withdraw");
	notice(w);
	assert_status(w, "/2026/11/23/ferries", 410);
	assert_has(w, "/2026/11/23/ferries", "By order of the court.");
	assert_has(w, "/2026/11/23/ferries", "href=\"/2026/11/23/harbour\"");
	walk = walk_all(w);
	for (size_t i = 0; i < walk->n; i++)
		if (has(walk->answer[i], "short ferries"))
			fail_msg("%s still has it", walk->target[i]);
	/* And it can come back. */
	check(paper_publish(w->paper, id, NOON, NULL, &err), &err, "publish");
	notice(w);
	assert_has(w, "/2026/11/23/ferries", "short ferries");
}

static void an_older_story_that_comes_stands_below_newer_ones(void **state)
{
	struct world *w = *state;
	struct plan plan = stories[4];
	struct err err = {0};
	int64_t id;

	/* One that comes back to a section. */
	check(paper_find(w->paper, STR("/2026/11/23/ferries"), &id, &err), &err,
	    "find");
	check(paper_withdraw(w->paper, id, STR("Unsure."), NOON, &err), &err,
	    "withdraw");
	notice(w);
	assert_lacks(w, "/2026/11/23/harbour", "A winter of short ferries");
	check(paper_publish(w->paper, id, NOON, NULL, &err), &err, "publish");
	notice(w);
	assert_has(w, "/2026/11/23/harbour", "A winter of short ferries");
	/* And one that is given a tag late. */
	assert_lacks(w, "/2026/11/23/bridges", "Old news from");
	check(paper_find(w->paper, STR("/2026/09/14/old-news"), &id, &err),
	    &err, "find");
	plan.tag = "bridges";
	save(w, &plan, id);
	notice(w);
	assert_has(w, "/2026/11/23/bridges", "Old news from");
}

static void a_changed_slug_leaves_a_redirect(void **state)
{
	struct world *w = *state;
	struct err err = {0};
	int64_t id;

	walk_all(w);
	check(paper_find(w->paper, STR("/2026/11/23/harbour"), &id, &err), &err,
	    "find");
	check(paper_rename(w->paper, id, STR("harbour-open"), NOON, &err), &err,
	    "rename");
	notice(w);
	assert_status(w, "/2026/11/23/harbour", 301);
	assert_has(
	    w, "/2026/11/23/harbour", "Location: /2026/11/23/harbour-open\r\n");
	assert_status(w, "/2026/11/23/harbour-open", 200);
	check(paper_rename(w->paper, id, STR("port"), NOON, &err), &err,
	    "rename");
	notice(w);
	assert_has(w, "/2026/11/23/harbour", "Location: /2026/11/23/port\r\n");
}

static void of_many_sections_the_front_page_is_kept_and_right(void **state)
{
	enum { SECTIONS = 150, EACH = 4 };
	struct world *w = *state;
	struct str names[SECTIONS];
	struct str_list sections = {names, SECTIONS};
	struct plan plan = {.headline = "Of a section"};
	struct err err = {0};
	uint64_t misses;
	int64_t id = 0;

	for (int i = 0; i < SECTIONS; i++) {
		names[i] = arena_printf(w->a, "Section %d", i);
		plan.section = names[i].p;
		for (int j = 0; j < EACH; j++) {
			plan.ago_s = SECTIONS - i;
			id = publish(w, &plan);
			plan.headline = "Of a section";
		}
		plan.headline = i == 9 ? "Down in a band" : "Of a section";
	}
	check(paper_set_sections(w->paper, &sections, &err), &err, "sections");
	notice(w);
	assert_has(w, "/", "Down in a band");
	misses = site_cache_stats(w->site)->misses;
	assert_status(w, "/", 200);
	assert_int_equal(site_cache_stats(w->site)->misses, misses);
	/* The first of section 10. */
	id -= (SECTIONS - 10) * EACH - 1;
	plan.section = "Section 10";
	plan.headline = "Down and changed";
	save(w, &plan, id);
	notice(w);
	assert_lacks(w, "/", "Down in a band");
	assert_has(w, "/", "Down and changed");
	check(
	    paper_withdraw(w->paper, id, STR("No."), NOON, &err), &err, "take");
	notice(w);
	assert_lacks(w, "/", "Down and changed");
}

static void the_front_page_is_new_at_midnight(void **state)
{
	struct world *w = *state;
	struct str monday = get(w, "/");
	uint64_t misses = site_cache_stats(w->site)->misses;
	struct str tuesday;

	w->now = later(NOON, 12 * HOUR - 1);
	assert_true(str_eq(get(w, "/"), monday));
	assert_int_equal(site_cache_stats(w->site)->misses, misses);
	w->now = later(NOON, 12 * HOUR);
	tuesday = get(w, "/");
	assert_false(str_eq(tuesday, monday));
	assert_true(has(monday, "datetime=\"2026-11-23"));
	assert_true(has(tuesday, "datetime=\"2026-11-24"));
}

static void the_day_is_that_of_the_papers_zone(void **state)
{
	struct world *w = *state;
	struct paper_settings settings;
	struct err err = {0};

	check(paper_settings(w->paper, w->a, &settings, &err), &err, "read");
	settings.zone = STR("Test/East");
	check(paper_set_settings(w->paper, &settings, w->now, &err), &err,
	    "write");
	notice(w);
	assert_has(w, "/2026/11/23/harbour", "2026-11-23T14:30:00+03:30");
	w->now = later(NOON, 8 * HOUR + 30 * MINUTE - 1);
	assert_has(w, "/", "datetime=\"2026-11-23\"");
	w->now = later(NOON, 8 * HOUR + 30 * MINUTE);
	assert_has(w, "/", "datetime=\"2026-11-24\"");
}

static void a_correction_stands_in_the_papers_zone_and_language(void **state)
{
	struct world *w = *state;
	struct manuscript_correction told[] = {
	    {civil_at(NOON, 0), STR("Zuletzt.")},
	    {{.year = 2026,
		 .month = 11,
		 .day = 22,
		 .hour = 20,
		 .has_time = true,
		 .has_offset = true,
		 .offset_s = -11 * 3600},
		STR("Es hieß \"Es war Zeit\".")},
	};
	struct manuscript m = {
	    .headline = STR("Zeit"),
	    .lang = STR("de"),
	    .body = STR("Worte.\n"),
	    .corrections = told,
	    .corrections_n = 2,
	};
	struct paper_edit edit = {.manuscript = &m, .now = NOON};
	struct err err = {0};
	struct str page;
	int64_t id;

	told[0].date.has_time = told[0].date.has_offset = true;
	check(paper_save(w->paper, &edit, &id, NULL, &err), &err, "save");
	check(paper_publish(w->paper, id, NOON, NULL, &err), &err, "publish");
	notice(w);
	assert_has(w, "/2026/11/23/zeit", "„Es war Zeit“");
	assert_has(w, "/2026/11/23/zeit", "2026-11-23T07:00:00");
	assert_lacks(w, "/2026/11/23/zeit", "2026-11-22");
	page = get(w, "/2026/11/23/zeit");
	assert_true(
	    str_find_str(page, STR("<p><time datetime=\"2026-11-23T07")) <
	    str_find_str(page, STR("Zuletzt.</p>")));
}

static void news_leave_the_news_sitemap_after_two_days(void **state)
{
	struct world *w = *state;

	assert_has(w, "/news-sitemap.xml", "/2026/11/23/ferries");
	w->now = later(NOON, 2 * DAY - 3 * HOUR - 1);
	assert_has(w, "/news-sitemap.xml", "/2026/11/23/ferries");
	w->now = later(NOON, 2 * DAY - 3 * HOUR);
	assert_lacks(w, "/news-sitemap.xml", "/2026/11/23/ferries");
	assert_has(w, "/news-sitemap.xml", "/2026/11/23/harbour");
}

static void the_same_state_gives_the_same_bytes(void **state)
{
	struct world *w = *state;
	struct walk *first = walk_all(w), *second;

	new_site(w);
	second = walk_all(w);
	assert_int_equal(first->n, second->n);
	for (size_t i = 0; i < first->n; i++)
		assert_true(str_eq(
		    first->answer[i], walk_find(second, first->target[i])));
}

static void a_person_has_one_name_everywhere(void **state)
{
	struct world *w = *state;
	struct err err = {0};
	struct walk *walk = walk_all(w);

	check(paper_set_person(w->paper, STR("anna-brand"), STR("Anna Storm"),
		  STR("She writes from the harbour."), &err),
	    &err, "person");
	notice(w);
	assert_has(w, "/person/anna-brand", "She writes from the harbour.");
	walk = walk_all(w);
	for (size_t i = 0; i < walk->n; i++)
		if (has(walk->answer[i], "Anna Brand"))
			fail_msg("%s has the old name", walk->target[i]);
}

static void move(struct world *w, const char *origin, int64_t days)
{
	struct paper_settings settings;
	struct err err = {0};

	check(paper_settings(w->paper, w->a, &settings, &err), &err, "read");
	settings.origin = str_of(origin);
	check(paper_set_settings(
		  w->paper, &settings, later(NOON, days * DAY), &err),
	    &err, "write");
	notice(w);
}

/* Whoever reads the feed has its stories by their names, and would get all of
 * them again. */
static void a_paper_that_moves_keeps_its_names(void **state)
{
	struct world *w = *state;
	static const char *const feeds[] = {
	    "/feed.rss", "/feed.atom", "/feed.json", "/section/city/feed.atom"};

	for (int turn = 0; turn < 2; turn++) {
		for (size_t i = 0; i < sizeof(feeds) / sizeof(feeds[0]); i++) {
			assert_has(w, feeds[i],
			    "tag:gazette.example,2026-11-23:story/");
			assert_lacks(w, feeds[i], "tag:elsewhere.example");
		}
		assert_has(w, "/section/city/feed.atom",
		    "<id>tag:gazette.example,2026-11-23:feed/section/city/"
		    "feed.atom</id>");
		move(w, "https://elsewhere.example", 5);
		assert_has(w, "/feed.json", "https://elsewhere.example/2026/");
	}
}

static void settings_are_taken_over_while_running(void **state)
{
	struct world *w = *state;
	struct paper_settings settings;
	struct err err = {0};

	walk_all(w);
	check(paper_settings(w->paper, w->a, &settings, &err), &err, "read");
	settings.name = STR("The Lune Tribune");
	check(paper_set_settings(w->paper, &settings, w->now, &err), &err,
	    "write");
	notice(w);
	assert_has(w, "/", "The Lune Tribune");
	assert_lacks(w, "/about", "Gazette");
	assert_has(w, "/2026/11/23/harbour", "The Lune Tribune");
}

static void in_trouble_a_page_of_yesterday_is_better_than_none(void **state)
{
#ifndef FARTHING_DEBUG
	/* Other builds cannot let an allocation fail. */
	skip();
#endif
	struct world *w = *state;
	struct str front = get(w, "/");

	w->now = later(NOON, DAY);
	arena_fail_after(1);
	assert_int_equal(status(w, "/"), 200);
	w->now = NOON;
	assert_true(str_eq(get(w, "/"), front));
	w->now = later(NOON, DAY);
	assert_false(str_eq(get(w, "/"), front));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_start, world_end)

static void set_filling(struct world *w, const char *value)
{
	sqlite3 *db = NULL;
	struct str path = arena_printf(w->a, "%s/public/public.db", w->dir);
	struct str text = arena_printf(w->a,
	    "INSERT INTO meta (key, value) VALUES ('filling', '%s') ON CONFLICT"
	    " (key) DO UPDATE SET value = excluded.value",
	    value);

	assert_int_equal(sqlite3_open(path.p, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, text.p, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void of_a_paper_that_is_being_filled_nothing_is_said_to_be_missing(
    void **state)
{
	struct world *w = *state;

	set_filling(w, "1");
	assert_status(w, "/2026/11/23/harbour", 200);
	assert_status(w, "/2026/11/23/soon", 503);
	assert_has(w, "/2026/11/23/soon", "Retry-After: ");
	assert_status(w, "/tag/soon", 503);
	set_filling(w, "0");
	assert_status(w, "/2026/11/23/soon", 404);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(what_is_not_published_can_be_seen_nowhere),
	    TEST(publishing_touches_its_own_pages_only),
	    TEST(untouched_pages_stay_in_the_cache),
	    TEST(a_change_is_seen_in_the_story_and_around_it),
	    TEST(a_withdrawn_story_is_gone_with_a_note),
	    TEST(an_older_story_that_comes_stands_below_newer_ones),
	    TEST(a_changed_slug_leaves_a_redirect),
	    TEST(of_many_sections_the_front_page_is_kept_and_right),
	    TEST(the_front_page_is_new_at_midnight),
	    TEST(the_day_is_that_of_the_papers_zone),
	    TEST(a_correction_stands_in_the_papers_zone_and_language),
	    TEST(news_leave_the_news_sitemap_after_two_days),
	    TEST(the_same_state_gives_the_same_bytes),
	    TEST(a_person_has_one_name_everywhere),
	    TEST(a_paper_that_moves_keeps_its_names),
	    TEST(settings_are_taken_over_while_running),
	    TEST(of_a_paper_that_is_being_filled_nothing_is_said_to_be_missing),
	    TEST(in_trouble_a_page_of_yesterday_is_better_than_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
