/* SPDX-License-Identifier: MIT
 *
 * What readers are told of changes: notices, versions and comparisons, and
 * that each page of them is new when it has to be.
 */
#include "site/test/world.h"

#include "paper/front.h"
#include "paper/redirect.h"
#include "paper/workflow.h"
#include "paper/write.h"

#define TEST(f) cmocka_unit_test_setup_teardown(f, world_start, world_end)

static int64_t find(struct world *w, const char *path)
{
	struct err err = {0};
	int64_t id;

	check(paper_find(w->paper, str_of(path), &id, &err), &err, "find");
	return id;
}

/* A new text of the story, and what readers are told of it. */
static void change(struct world *w, const char *path, const char *body,
    enum paper_change kind, enum paper_place place, const char *text)
{
	struct err err = {0};
	struct paper_story story;
	struct manuscript m;
	struct paper_write_result got;
	struct paper_write write = {.id = find(w, path),
	    .manuscript = &m,
	    .who = STR("ada"),
	    .now = NOON};
	struct paper_release release = {.id = write.id,
	    .who = STR("ed"),
	    .now = later(NOON, MINUTE),
	    .when = later(NOON, MINUTE),
	    .change = kind,
	    .place = place,
	    .text = str_of(text)};
	int64_t shown;

	check(paper_show(w->paper, w->a, write.id, &story, &m, &err), &err,
	    "show");
	check(paper_newest(w->paper, write.id, &write.base, &shown, &err), &err,
	    "newest");
	m.body = str_of(body);
	check(paper_write(w->paper, w->a, &write, &got, &err), &err, "write");
	check(paper_release(w->paper, &release, NULL, &err), &err, "release");
	notice(w);
}

static void a_correction_is_seen_everywhere_at_once(void **state)
{
	struct world *w = *state;

	assert_has(w, "/corrections", "No correction has been published yet.");
	assert_has(w, "/corrections.rss", "<channel>");
	assert_status(w, "/2026/11/23/bridges/versions", 404);
	assert_lacks(w, "/2026/11/23/bridges", "/versions");
	change(w, "/2026/11/23/bridges", "There are *five* bridges.\n",
	    PAPER_CORRECTION, PAPER_HEAD, "We said <four> bridges.");
	assert_has(w, "/2026/11/23/bridges", "We said &lt;four&gt; bridges.");
	assert_has(w, "/2026/11/23/bridges", "<em>five</em>");
	assert_has(w, "/2026/11/23/bridges",
	    "\"correction\":[{\"@type\":\"CorrectionComment\",\"text\":");
	assert_has(w, "/2026/11/23/bridges", "/2026/11/23/bridges/versions\"");
	assert_has(w, "/corrections", "We said &lt;four&gt; bridges.");
	assert_has(
	    w, "/corrections", "href=\"/2026/11/23/bridges#corrections\"");
	assert_has(w, "/corrections.rss", "Correction: ");
	assert_has(w, "/corrections.rss", ":correction/");
	assert_has(w, "/corrections.atom", "four");
	assert_has(w, "/corrections.json", "four");
	assert_has(w, "/feed.rss", "four");
}

static void versions_can_be_read_and_compared(void **state)
{
	struct world *w = *state;

	change(w, "/2026/11/23/bridges", "There are four bridges.\n",
	    PAPER_UPDATE, PAPER_FOOT, "");
	assert_has(w, "/2026/11/23/bridges/versions", "versions/1-2");
	assert_lacks(w, "/2026/11/23/bridges/versions", "versions/2-3");
	change(w, "/2026/11/23/bridges", "There are [five](/x) bridges.\n",
	    PAPER_TYPO, PAPER_FOOT, "");
	assert_has(w, "/2026/11/23/bridges/versions", "versions/2-3");
	assert_has(w, "/2026/11/23/bridges/versions", "Typing error");
	assert_has(
	    w, "/2026/11/23/bridges/versions/2", "There are four bridges.");
	assert_has(w, "/2026/11/23/bridges/versions/2", "noindex");
	assert_has(w, "/2026/11/23/bridges/versions/2-3",
	    "There are <del>four</del><ins>five</ins> bridges.");
	change(w, "/2026/11/23/bridges", "There are [five](/y) bridges.\n",
	    PAPER_UPDATE, PAPER_FOOT, "");
	assert_has(w, "/2026/11/23/bridges/versions/3-4",
	    "Only formatting, links or pictures differ.");
	assert_status(w, "/2026/11/23/bridges/versions/9", 404);
	assert_status(w, "/2026/11/23/bridges/versions/1-9", 404);
	assert_status(w, "/2026/11/23/nothing/versions", 404);
	/* Nothing of it is a correction. */
	assert_lacks(w, "/2026/11/23/bridges", "id=\"corrections\"");
	assert_has(w, "/corrections", "No correction");
}

static void what_is_taken_away_is_gone_from_every_page(void **state)
{
	struct world *w = *state;
	struct err err = {0};
	int64_t id = find(w, "/2026/11/23/bridges");

	change(w, "/2026/11/23/bridges", "Mole did it.\n", PAPER_UPDATE,
	    PAPER_FOOT, "");
	change(w, "/2026/11/23/bridges", "It was done.\n", PAPER_CORRECTION,
	    PAPER_FOOT, "A name was wrong.");
	assert_has(w, "/2026/11/23/bridges/versions/2", "Mole");
	assert_has(w, "/2026/11/23/bridges/versions/2-3", "Mole");
	check(paper_take_version(w->paper, id, 2, true, &err), &err, "take");
	notice(w);
	assert_lacks(w, "/2026/11/23/bridges/versions/2", "Mole");
	assert_has(w, "/2026/11/23/bridges/versions/2", "taken");
	assert_status(w, "/2026/11/23/bridges/versions/2-3", 404);
	assert_status(w, "/2026/11/23/bridges/versions/1-3", 200);
	check(paper_withdraw(w->paper, id, STR("By order."), NOON, &err), &err,
	    "withdraw");
	notice(w);
	assert_status(w, "/2026/11/23/bridges/versions", 410);
	assert_status(w, "/2026/11/23/bridges/versions/1", 410);
	assert_lacks(w, "/corrections", "A name was wrong.");
}

static void a_moved_story_takes_its_versions_along(void **state)
{
	struct world *w = *state;
	struct err err = {0};
	int64_t id = find(w, "/2026/11/23/bridges");

	change(
	    w, "/2026/11/23/bridges", "Other.\n", PAPER_UPDATE, PAPER_FOOT, "");
	check(paper_rename(w->paper, id, STR("spans"), NOON, &err), &err,
	    "rename");
	notice(w);
	assert_status(w, "/2026/11/23/bridges/versions/1-2", 301);
	assert_status(w, "/2026/11/23/spans/versions/1-2", 200);
}

static void many_corrections_are_read_in_pages(void **state)
{
	struct world *w = *state;
	char text[64], link[128];
	struct str page;
	size_t at;

	for (int i = 0; i < 120; i++) {
		snprintf(text, sizeof(text), "Body %d.\n", i);
		change(w, "/2026/11/23/bridges", text, PAPER_CLARIFICATION,
		    PAPER_FOOT, text);
	}
	page = get(w, "/corrections");
	assert_true(has(page, "Body 119."));
	assert_false(has(page, "Body 60."));
	at = str_find_str(page, STR("/corrections?before="));
	assert_true(at < page.n);
	page = str_from(page, at);
	snprintf(link, sizeof(link), "%.*s",
	    STR_ARG(str_part(page, 0, str_find(page, '"'))));
	page = get(w, link);
	assert_true(has(page, "Body 60."));
	assert_false(has(page, "Body 119."));
	assert_true(has(page, "rel=\"prev\" href=\"/corrections\""));
	assert_true(has(page, "page 2 "));
	assert_has(
	    w, "/corrections?after=1.1", "Location: /corrections?before=");
	assert_has(w, "/corrections?after=1895434170000000.7",
	    "Location: /corrections\r\n");
	assert_status(w, "/corrections?before=1.1", 404);
}

static size_t place(struct world *w, const char *what)
{
	struct str page = get(w, "/");
	size_t at = str_find_str(page, str_of(what));

	if (at == page.n)
		fail_msg("the front page has no %s", what);
	return at;
}

static void the_front_page_is_as_it_was_arranged(void **state)
{
	struct world *w = *state;
	struct err err = {0};
	struct paper_placed v[] = {
	    {.slot = PAPER_LEAD,
		.story = find(w, "/2026/11/23/bridges"),
		.until = later(NOON, HOUR)},
	    {.slot = PAPER_BRIEF,
		.story = find(w, "/2026/11/23/ferries"),
		.until = INSTANT_NEVER},
	};
	size_t bridges = place(w, "/2026/11/23/bridges");
	size_t lead = place(w, "class=\"lead\"");

	assert_true(bridges > place(w, "class=\"seconds\"") || bridges < lead ||
		    bridges > lead + 900);
	check(paper_set_front(w->paper, 0, v, 2, &err), &err, "front");
	notice(w);
	bridges = place(w, "/2026/11/23/bridges");
	assert_true(bridges > place(w, "class=\"lead\""));
	assert_true(bridges < place(w, "class=\"seconds\""));
	assert_true(
	    place(w, "/2026/11/23/ferries") > place(w, "class=\"briefs\""));
	/* Nothing is written when it ends, and yet it ends. */
	w->now = later(NOON, HOUR - 1);
	assert_true(
	    place(w, "/2026/11/23/bridges") < place(w, "class=\"seconds\""));
	w->now = later(NOON, HOUR);
	assert_true(
	    place(w, "/2026/11/23/bridges") > place(w, "class=\"seconds\""));
}

static void a_banner_comes_and_goes_to_the_second(void **state)
{
	struct world *w = *state;
	struct err err = {0};
	struct paper_banner banner = {.text = STR("Lock <breaks>"),
	    .story = find(w, "/2026/11/23/bridges"),
	    .until = later(NOON, MINUTE)};

	assert_lacks(w, "/", "breaking");
	check(paper_set_banner(w->paper, &banner, &err), &err, "banner");
	notice(w);
	assert_has(w, "/", "Breaking news");
	assert_has(
	    w, "/", "<a href=\"/2026/11/23/bridges\">Lock &lt;breaks&gt;");
	w->now = later(NOON, MINUTE - 1);
	assert_has(w, "/", "Breaking news");
	w->now = later(NOON, MINUTE);
	assert_lacks(w, "/", "Breaking news");
}

static void a_banner_on_every_page_is_part_of_each(void **state)
{
	static const char *const pages[] = {"/", "/archive", "/about",
	    "/2026/11/23/bridges", "/corrections", "/nothing/here"};
	struct world *w = *state;
	struct err err = {0};
	struct paper_banner banner = {.text = STR("The dam breaks"),
	    .story = find(w, "/2026/11/23/bridges"),
	    .until = INSTANT_NEVER};

	check(paper_set_banner(w->paper, &banner, &err), &err, "banner");
	notice(w);
	assert_has(w, "/", "The dam breaks");
	assert_lacks(w, "/about", "The dam breaks");
	banner.is_everywhere = true;
	check(paper_set_banner(w->paper, &banner, &err), &err, "banner");
	notice(w);
	for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++)
		assert_has(w, pages[i],
		    "<a href=\"/2026/11/23/bridges\">The dam breaks</a>");
	/* Where it leads is gone: it stays, and leads nowhere. */
	check(paper_withdraw(w->paper, banner.story, STR("x"), NOON, &err),
	    &err, "withdraw");
	notice(w);
	assert_has(w, "/about", "<bdi>The dam breaks</bdi>");
	banner.text = STR("");
	check(paper_set_banner(w->paper, &banner, &err), &err, "banner");
	notice(w);
	for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++)
		assert_lacks(w, pages[i], "The dam breaks");
}

static void an_address_led_elsewhere_is_followed(void **state)
{
	struct world *w = *state;
	struct err err = {0};
	struct paper_redirect r = {
	    .from = STR("/section/old"), .to = STR("/section/city")};

	assert_status(w, "/section/old", 404);
	check(paper_set_redirect(w->paper, &r, NULL, &err), &err, "redirect");
	notice(w);
	assert_status(w, "/section/old", 301);
	r.from = STR("/wp/7");
	check(paper_set_redirect(w->paper, &r, NULL, &err), &err, "redirect");
	notice(w);
	assert_status(w, "/wp/7", 301);
	/* What is a page stays one. */
	r.from = STR("/about");
	assert_int_equal(
	    paper_set_redirect(w->paper, &r, NULL, &err), RC_INVALID);
	notice(w);
	assert_status(w, "/about", 200);
	check(paper_drop_redirect(w->paper, STR("/wp/7"), &err), &err, "drop");
	notice(w);
	assert_status(w, "/wp/7", 404);
}

static void headlines_have_the_marks_of_their_language(void **state)
{
	static const char *const pages[] = {"/", "/2026/11/23/bridges",
	    "/2026/11/23/bridges/versions", "/2026/11/23/bridges/versions/2",
	    "/section/city", "/feed.json", "/news-sitemap.xml"};
	struct world *w = *state;
	struct err err = {0};
	struct paper_story story;
	struct manuscript m;
	struct paper_write_result got;
	struct paper_write write = {.id = find(w, "/2026/11/23/bridges"),
	    .manuscript = &m,
	    .who = STR("ada"),
	    .now = NOON};
	struct paper_release release = {.id = write.id,
	    .who = STR("ed"),
	    .now = later(NOON, MINUTE),
	    .when = later(NOON, MINUTE),
	    .change = PAPER_UPDATE};
	int64_t shown;

	check(paper_show(w->paper, w->a, write.id, &story, &m, &err), &err,
	    "show");
	check(paper_newest(w->paper, write.id, &write.base, &shown, &err), &err,
	    "newest");
	m.headline = STR("Rat sagt \"nein\" zu Bruecken");
	m.standfirst = STR("Die \"letzte\" fehlt");
	m.kicker = STR("\"Rat\"");
	m.lang = STR("de");
	m.picture = (struct manuscript_picture){
	    .url = STR("/pictures/x.jpg"), .caption = STR("Der \"Rat\"")};
	check(paper_write(w->paper, w->a, &write, &got, &err), &err, "write");
	check(paper_release(w->paper, &release, NULL, &err), &err, "release");
	notice(w);
	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++)
		assert_has(w, pages[i], "sagt „nein“ zu");
	assert_has(w, "/2026/11/23/bridges", "Die „letzte“ fehlt");
	assert_has(w, "/2026/11/23/bridges", "„Rat“");
	assert_has(w, "/2026/11/23/bridges", "Der „Rat“");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_correction_is_seen_everywhere_at_once),
	    TEST(versions_can_be_read_and_compared),
	    TEST(what_is_taken_away_is_gone_from_every_page),
	    TEST(a_moved_story_takes_its_versions_along),
	    TEST(many_corrections_are_read_in_pages),
	    TEST(the_front_page_is_as_it_was_arranged),
	    TEST(a_banner_comes_and_goes_to_the_second),
	    TEST(an_address_led_elsewhere_is_followed),
	    TEST(a_banner_on_every_page_is_part_of_each),
	    TEST(headlines_have_the_marks_of_their_language),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
