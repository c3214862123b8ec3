/* SPDX-License-Identifier: MIT
 *
 * Every kind of page, byte for byte as test/golden/NAME holds it. With
 * FARTHING_GOLDEN=accept the files are written instead of compared; with
 * FARTHING_GOLDEN=show the HTML is written into build/golden, with the real
 * style sheet, to be looked at and checked.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "page/asset.h"
#include "page/page.h"
#include "page/test/fixture.h"
#include "page/test/library_fixture.h"
#include "page/test/support_fixture.h"

enum { FILE_MAX_BYTES = 1 << 20 };

static struct arena *arena;

static struct view_band bands[] = {
    {SECTION("Harbour", "harbour"), {stories, 5}},
    {SECTION("World", "world"), {stories + 4, 4}},
    {SECTION("Town", "town"), {stories + 1, 4}},
    {SECTION("Sport", "sport"), {stories + 5, 1}},
};

static void put_front(struct buf *b, const struct view_paper *paper)
{
	struct view_front front = {
	    .today = at(2026, 11, 23, 12, 0),
	    .lead = {stories, 1},
	    .seconds = {stories + 1, 3},
	    .briefs = {stories, 8},
	    .bands = bands,
	    .bands_n = COUNT(bands),
	};

	page_front(b, paper, &front);
}

static void put_front_breaking(struct buf *b, const struct view_paper *paper)
{
	struct view_front front = {
	    .today = at(2026, 11, 23, 12, 0),
	    .breaking = {STR("The lock <has> broken"),
		STR("/2026/11/23/tidal-lock")},
	    .lead = {stories, 1},
	};

	page_front(b, paper, &front);
}

/* Both places of the call for support, with amounts. */
static void put_front_call(struct buf *b, const struct view_paper *paper)
{
	struct view_paper p = with_call(paper);

	put_front(b, &p);
}

static void put_front_empty(struct buf *b, const struct view_paper *paper)
{
	struct view_front front = {.today = at(2026, 1, 1, 12, 0)};

	page_front(b, paper, &front);
}

static void put_story(struct buf *b, const struct view_paper *paper)
{
	struct view_story story = long_story(arena);

	page_story(b, paper, &story);
}

static void put_story_library(struct buf *b, const struct view_paper *paper)
{
	library_story(arena, b, paper);
}

static void put_story_call(struct buf *b, const struct view_paper *paper)
{
	struct view_paper p = with_call(paper);

	put_story(b, &p);
}

/* The newsroom's own heading and words, and a campaign without a goal. */
static void put_support_own(struct buf *b, const struct view_paper *paper)
{
	struct view_campaign bell = {
	    .id = STR("bell"),
	    .name = STR("A bell for the lock"),
	    .raised = POUNDS(34500),
	};
	struct view_support v = support_view();

	v.title = STR("What a farthing buys");
	v.body = short_body(arena, "Ink, rope & a day in court.");
	v.campaigns = &bell;
	v.campaigns_n = 1;
	page_support(b, paper, &v);
}

/* Nothing but what a story cannot be without, in a paper just set up; the
 * picture lies elsewhere, and so is only linked to. */
static void put_story_minimal(struct buf *b, const struct view_paper *paper)
{
	struct view_paper bare = {.name = paper->name,
	    .lang = paper->lang,
	    .origin = paper->origin,
	    .css = paper->css};
	struct view_story story = {
	    .head = {.url = STR("/2026/1/1/x"),
		.headline = STR("Nothing happened"),
		.lang = STR("en"),
		.picture = {.url = STR("https://elsewhere.example/p.jpg"),
		    .alt = STR("Fog")},
		.published = at(2026, 1, 1, 0, 0)},
	    .body = short_body(arena, "It was quiet."),
	};

	page_story(b, &bare, &story);
}

static void put_story_arabic(struct buf *b, const struct view_paper *paper)
{
	struct view_story story = arabic_story(arena);

	page_story(b, paper, &story);
}

static void put_story_korean(struct buf *b, const struct view_paper *paper)
{
	struct view_story story = korean_story(arena);

	page_story(b, paper, &story);
}

/* Told at the head and at the foot, and of several kinds. */
static void put_story_changed(struct buf *b, const struct view_paper *paper)
{
	static struct view_correction v[] = {
	    {.date = {.year = 2026, .month = 11, .day = 23},
		.text = STR_INIT("The vote was five to two."),
		.change = VIEW_CORRECTION},
	    {.date = {.year = 2026,
		 .month = 11,
		 .day = 24,
		 .hour = 9,
		 .has_time = true,
		 .has_offset = true},
		.text = STR_INIT("The lock is <not> the old one."),
		.change = VIEW_CLARIFICATION,
		.is_at_head = true},
	    {.text = STR_INIT("The council has met again."),
		.change = VIEW_UPDATE},
	};
	struct view_paper p = *paper;
	struct view_story story = long_story(arena);

	p.has_corrections = true;
	story.corrections = v;
	story.corrections_n = COUNT(v);
	story.versions_url = STR("/2026/11/23/tidal-lock/versions");
	page_story(b, &p, &story);
}

static void put_corrections(struct buf *b, const struct view_paper *paper)
{
	struct view_notice_row rows[] = {
	    {{.date = at(2026, 11, 24, 9, 5),
		 .text = STR("The vote was five to two, not six to two."),
		 .change = VIEW_CORRECTION},
		{STR("Oak & iron: a vote"),
		    STR("/2026/11/23/tidal-lock#corrections")},
		STR("en")},
	    {{.text = STR("Die Uhr steht am Markt."),
		 .change = VIEW_CLARIFICATION},
		{STR("Die Uhr"), STR("/2026/11/20/uhr#corrections")},
		STR("de")},
	};
	struct view_notices notices = {.url = STR("/corrections"),
	    .page = 1,
	    .rows = rows,
	    .rows_n = COUNT(rows),
	    .older = STR("/corrections?before=17-9")};

	page_corrections(b, paper, &notices);
}

static void put_no_corrections(struct buf *b, const struct view_paper *paper)
{
	page_corrections(b, paper,
	    &(struct view_notices){.url = STR("/corrections"), .page = 1});
}

static const struct view_link story_link = {
    STR_INIT("Oak & iron: a vote"), STR_INIT("/2026/11/23/tidal-lock")};
static const struct view_link versions_link = {STR_INIT("Oak & iron: a vote"),
    STR_INIT("/2026/11/23/tidal-lock/versions")};

static struct view_version_row version_row(
    uint32_t number, enum view_change change)
{
	return (struct view_version_row){
	    .number = number,
	    .at = at(2026, 11, 23, 6, 40 + (int)number),
	    .change = change,
	    .headline = STR("Oak & iron: a vote"),
	    .url = STR("/2026/11/23/tidal-lock/versions/1"),
	};
}

static void put_versions(struct buf *b, const struct view_paper *paper)
{
	struct view_version_row rows[] = {version_row(3, VIEW_TYPO),
	    version_row(2, VIEW_CORRECTION), version_row(1, VIEW_FIRST)};
	struct view_versions versions = {
	    .story = story_link, .lang = STR("en"), .rows = rows, .rows_n = 3};

	rows[0].compare_url = STR("/2026/11/23/tidal-lock/versions/2-3");
	rows[1].is_taken = true;
	page_versions(b, paper, &versions);
}

static void put_version(struct buf *b, const struct view_paper *paper)
{
	struct view_version version = {.story = story_link,
	    .versions = versions_link,
	    .lang = STR("en"),
	    .row = version_row(1, VIEW_FIRST),
	    .standfirst = STR("Six to two."),
	    .picture = stories[0].picture,
	    .body = short_body(arena, "The vote was six to two.")};

	page_version(b, paper, &version);
}

static void put_version_taken(struct buf *b, const struct view_paper *paper)
{
	struct view_version version = {.story = story_link,
	    .versions = versions_link,
	    .lang = STR("en"),
	    .row = version_row(1, VIEW_FIRST)};

	page_version(b, paper, &version);
}

static void put_compare(struct buf *b, const struct view_paper *paper)
{
	struct view_compare c = {.story = story_link,
	    .versions = versions_link,
	    .lang = STR("en"),
	    .old = version_row(1, VIEW_FIRST),
	    .news = version_row(2, VIEW_CORRECTION)};

	assert_int_equal(word_diff(arena, STR("Oak & iron: a vote"),
			     STR("Oak & iron: the vote"), &c.headline),
	    RC_OK);
	assert_int_equal(
	    word_diff(arena, STR(""), STR("Five to two."), &c.standfirst),
	    RC_OK);
	assert_int_equal(
	    word_diff(arena,
		STR("The vote was six to two.\n\nIt rained.\n\nThe "
		    "<lock> held."),
		STR("The vote was five to two.\n\nThe <lock> held.\n\n"
		    "They went home.\n\nAll of them."),
		&c.text),
	    RC_OK);
	page_compare(b, paper, &c);
}

static void put_compare_form(struct buf *b, const struct view_paper *paper)
{
	struct view_compare c = {.story = story_link,
	    .versions = versions_link,
	    .lang = STR("en"),
	    .old = version_row(1, VIEW_FIRST),
	    .news = version_row(2, VIEW_UPDATE),
	    .is_only_form = true};

	assert_int_equal(
	    word_diff(arena, STR("Same"), STR("Same"), &c.headline), RC_OK);
	page_compare(b, paper, &c);
}

static void put_section(struct buf *b, const struct view_paper *paper)
{
	struct view_list list = {
	    .kind = VIEW_SECTION,
	    .url = STR("/section/harbour"),
	    .title = STR("Harbour"),
	    .teasers = {stories, COUNT(stories)},
	    .page = 2,
	    .newer = STR("/section/harbour?before=17-3&x=1"),
	    .older = STR("/section/harbour?before=17-9"),
	    .feed = STR("/section/harbour"),
	};

	page_list(b, paper, &list);
}

static void put_person(struct buf *b, const struct view_paper *paper)
{
	struct view_list list = {
	    .kind = VIEW_PERSON,
	    .url = STR("/person/ada-quill"),
	    .title = STR("Ada Quill"),
	    .page = 1,
	    .about = STR("Writes about the harbour and whoever owes it money."),
	    .teasers = {stories, 3},
	    .feed = STR("/person/ada-quill"),
	};

	page_list(b, paper, &list);
}

static void put_tag(struct buf *b, const struct view_paper *paper)
{
	struct view_list list = {
	    .kind = VIEW_TAG,
	    .url = STR("/tag/tidal-lock"),
	    .title = STR("Tidal lock"),
	    .page = 1,
	};

	page_list(b, paper, &list);
}

static void put_day(struct buf *b, const struct view_paper *paper)
{
	struct view_list list = {
	    .kind = VIEW_DAY,
	    .url = STR("/2026/11/22"),
	    .page = 1,
	    .day = at(2026, 11, 22, 0, 0),
	    .day_after = at(2026, 11, 23, 0, 0),
	    .day_before = at(2026, 11, 9, 0, 0),
	    .teasers = {stories + 1, 3},
	    .older = STR("/2026/11/22?before=17-9"),
	};

	page_list(b, paper, &list);
}

static void put_day_arabic(struct buf *b, const struct view_paper *paper)
{
	put_day(b, paper);
}

static void put_archive(struct buf *b, const struct view_paper *paper)
{
	struct view_archive_row rows[] = {
	    {{.year = 2026, .month = 1, .day = 1}, STR("/archive/2026"), 812},
	    {{.year = 2025, .month = 1, .day = 1}, STR("/archive/2025"), 1},
	};
	struct view_archive archive = {
	    .url = STR("/archive"), .rows = rows, .rows_n = COUNT(rows)};

	page_archive(b, paper, &archive);
}

static void put_month(struct buf *b, const struct view_paper *paper)
{
	struct view_archive_row rows[] = {
	    {{.year = 2026, .month = 11, .day = 23}, STR("/2026/11/23"), 1},
	    {{.year = 2026, .month = 11, .day = 22}, STR("/2026/11/22"), 3},
	    {{.year = 2026, .month = 11, .day = 1}, STR("/2026/11/01"), 22},
	};
	struct view_archive archive = {
	    .year = 2026,
	    .month = 11,
	    .url = STR("/archive/2026/11"),
	    .older = STR("/archive/2026/10"),
	    .rows = rows,
	    .rows_n = COUNT(rows),
	};

	page_archive(b, paper, &archive);
}

static void put_about(struct buf *b, const struct view_paper *paper)
{
	struct node *doc = make(arena, NODE_DOCUMENT);
	struct view_about about = {
	    .url = STR("/about"),
	    .title = STR("About this newspaper"),
	    .body = doc,
	};

	para(arena, doc,
	    "The Port Lune Farthing is written by four people above a bakery. "
	    "It has come out every day since the bakery had a roof.");
	heading(arena, doc, 3, "How we correct");
	para(arena, doc,
	    "What was wrong is put right in the story itself, with the date.");
	page_about(b, paper, &about);
}

static void put_missing(struct buf *b, const struct view_paper *paper)
{
	struct view_notice notice = {.status = 404, .latest = {stories, 3}};

	page_notice(b, paper, &notice);
}

static void put_gone(struct buf *b, const struct view_paper *paper)
{
	struct view_notice notice = {.status = 410,
	    .note =
		STR("A court in Port Lune has ordered it; we have appealed."),
	    .latest = {stories, 3}};

	page_notice(b, paper, &notice);
}

static void put_busy(struct buf *b, const struct view_paper *paper)
{
	struct view_notice notice = {.status = 503};

	page_notice(b, paper, &notice);
}

/* Two items: one with everything, one in another language. */
static struct view_feed feed_of(struct view_feed_item *items)
{
	items[0] = (struct view_feed_item){
	    .head = stories[0],
	    .id = STR("tag:farthing.example,2026:story/17"),
	    .body = lock_body(arena),
	    .tags = LINKS(tags),
	    .corrections = corrections,
	    .corrections_n = COUNT(corrections),
	};
	items[1] = (struct view_feed_item){
	    .head = stories[4],
	    .id = STR("tag:farthing.example,2026:story/12"),
	    .body = short_body(arena, "Tres siglos de cartas & <sellos>."),
	};
	return (struct view_feed){
	    .title = STR("The Port Lune Farthing"),
	    .url = STR("/"),
	    .updated = at(2026, 11, 23, 11, 15),
	    .items = items,
	    .items_n = 2,
	};
}

static void put_rss(struct buf *b, const struct view_paper *paper)
{
	struct view_feed_item items[2];
	struct view_feed feed = feed_of(items);

	feed.self = STR("/feed.rss");
	feed_rss(b, paper, &feed);
}

static void put_atom(struct buf *b, const struct view_paper *paper)
{
	struct view_feed_item items[2];
	struct view_feed feed = feed_of(items);

	feed.id = STR("tag:farthing.example,2026-11-23:feed/feed.atom");
	feed.self = STR("/feed.atom");
	feed_atom(b, paper, &feed);
}

static void put_json(struct buf *b, const struct view_paper *paper)
{
	struct view_feed_item items[2];
	struct view_feed feed = feed_of(items);

	feed.self = STR("/feed.json");
	feed_json(b, paper, &feed);
}

static struct view_sitemap_row sitemap_rows[] = {
    {STR_INIT("/2026/11/23/tidal-lock"), PUBLISHED(23, 11, 15)},
    {STR_INIT("/2026/11/20/a&b"), PUBLISHED(20, 12, 10)},
};
static const struct view_sitemap sitemap = {sitemap_rows, COUNT(sitemap_rows)};

static void put_sitemap(struct buf *b, const struct view_paper *paper)
{
	sitemap_urls(b, paper, &sitemap);
}

static void put_sitemap_index(struct buf *b, const struct view_paper *paper)
{
	sitemap_index(b, paper, &sitemap);
}

static void put_news(struct buf *b, const struct view_paper *paper)
{
	struct view_news_row rows[] = {
	    {STR("/2026/11/23/tidal-lock"), STR("Oak & iron: a vote"),
		STR("en-GB"), at(2026, 11, 23, 6, 40)},
	    {STR("/2026/11/23/zha"), STR("水闸重开"), STR("zh-Hant-TW"),
		at(2026, 11, 23, 6, 41)},
	};
	struct view_news news = {rows, COUNT(rows)};

	sitemap_news(b, paper, &news);
}

static void put_robots(struct buf *b, const struct view_paper *paper)
{
	robots_txt(b, paper);
}

static const struct golden {
	const char *name;
	const char *file;
	void (*put)(struct buf *b, const struct view_paper *paper);
	const struct view_paper *paper;
} goldens[] = {
    {"front", "page.html", put_front, &farthing},
    {"front-empty", "page.html", put_front_empty, &korean},
    {"front-arabic", "page.html", put_front, &arabic},
    {"front-breaking", "page.html", put_front_breaking, &farthing},
    {"front-breaking-arabic", "page.html", put_front_breaking, &arabic},
    {"story", "page.html", put_story, &farthing},
    {"story-library", "page.html", put_story_library, &farthing},
    {"front-library", "page.html", put_front_library, &farthing},
    {"story-minimal", "page.html", put_story_minimal, &farthing},
    {"story-arabic", "page.html", put_story_arabic, &arabic},
    {"story-arabic-abroad", "page.html", put_story_arabic, &farthing},
    {"story-korean", "page.html", put_story_korean, &korean},
    {"story-changed", "page.html", put_story_changed, &farthing},
    {"corrections", "page.html", put_corrections, &farthing},
    {"corrections-arabic", "page.html", put_corrections, &arabic},
    {"corrections-empty", "page.html", put_no_corrections, &korean},
    {"versions", "page.html", put_versions, &farthing},
    {"versions-german", "page.html", put_versions, &german},
    {"version", "page.html", put_version, &farthing},
    {"version-taken", "page.html", put_version_taken, &farthing},
    {"compare", "page.html", put_compare, &farthing},
    {"compare-arabic", "page.html", put_compare, &arabic},
    {"compare-form", "page.html", put_compare_form, &farthing},
    {"section", "page.html", put_section, &farthing},
    {"person", "page.html", put_person, &farthing},
    {"tag-empty", "page.html", put_tag, &farthing},
    {"day", "page.html", put_day, &farthing},
    {"day-arabic", "page.html", put_day_arabic, &arabic},
    {"archive", "page.html", put_archive, &farthing},
    {"archive-month", "page.html", put_month, &farthing},
    {"about", "page.html", put_about, &farthing},
    {"missing", "page.html", put_missing, &farthing},
    {"gone", "page.html", put_gone, &farthing},
    {"busy", "page.html", put_busy, &farthing},
    {"front-call", "page.html", put_front_call, &farthing},
    {"story-call", "page.html", put_story_call, &farthing},
    {"support", "page.html", put_support, &farthing},
    {"support-own", "page.html", put_support_own, &farthing},
    {"support-fault", "page.html", put_support_fault, &farthing},
    {"support-bare", "page.html", put_support_bare, &farthing},
    {"support-paused", "page.html", put_support_paused, &farthing},
    {"support-limit", "page.html", put_support_limit, &farthing},
    {"support-german", "page.html", put_support, &german},
    {"support-arabic", "page.html", put_support, &arabic},
    {"support-korean", "page.html", put_support, &korean},
    {"gift", "page.html", put_gift, &farthing},
    {"gift-any", "page.html", put_gift_any, &farthing},
    {"gift-confirmed", "page.html", put_gift_confirmed, &farthing},
    {"gift-settled", "page.html", put_gift_settled, &farthing},
    {"gift-reversed", "page.html", put_gift_reversed, &farthing},
    {"gift-paused", "page.html", put_gift_paused, &farthing},
    {"gift-replaced", "page.html", put_gift_replaced, &farthing},
    {"gift-under", "page.html", put_gift_under, &farthing},
    {"gift-twice", "page.html", put_gift_twice, &farthing},
    {"gift-old", "page.html", put_gift_old, &farthing},
    {"gift-paused-paid", "page.html", put_gift_paused_paid, &farthing},
    {"gift-german", "page.html", put_gift, &german},
    {"gift-arabic", "page.html", put_gift_settled, &arabic},
    {"gift-korean", "page.html", put_gift_confirmed, &korean},
    {"receipt", "page.html", put_receipt, &farthing},
    {"receipt-twice", "page.html", put_receipt_twice, &farthing},
    {"receipt-paused", "page.html", put_receipt_paused, &farthing},
    {"receipt-arabic", "page.html", put_receipt, &arabic},
    {"receipt-german", "page.html", put_receipt, &german},
    {"ledger", "page.html", put_ledger, &farthing},
    {"ledger-arabic", "page.html", put_ledger, &arabic},
    {"ledger-empty", "page.html", put_ledger_empty, &farthing},
    {"verify", "page.html", put_verify, &farthing},
    {"verify-rotated", "page.html", put_verify_rotated, &farthing},
    {"verify-rotated-arabic", "page.html", put_verify_rotated, &arabic},
    {"verify-arabic", "page.html", put_verify, &arabic},
    {"verify-german", "page.html", put_verify, &german},
    {"rss", "feed.rss", put_rss, &farthing},
    {"atom", "feed.atom", put_atom, &farthing},
    {"json", "feed.json", put_json, &farthing},
    {"sitemap", "sitemap.xml", put_sitemap, &farthing},
    {"sitemap-index", "sitemap.xml", put_sitemap_index, &farthing},
    {"sitemap-news", "sitemap.xml", put_news, &farthing},
    {"robots", "robots.txt", put_robots, &farthing},
};

static void make_golden(
    const struct golden *g, const struct view_paper *paper, struct buf *b)
{
	buf_init(b, FILE_MAX_BYTES);
	g->put(b, paper);
	assert_int_equal(buf_rc(b), RC_OK);
}

static void write_file(const char *path, const struct buf *b)
{
	FILE *out = fopen(path, "wb");

	assert_non_null(out);
	assert_int_equal(fwrite(b->p, 1, b->n, out), b->n);
	assert_int_equal(fclose(out), 0);
}

static void compare_file(const char *path, const struct buf *b)
{
	char *was = malloc(FILE_MAX_BYTES);
	FILE *in = fopen(path, "rb");
	size_t n;
	size_t i = 0;

	assert_non_null(was);
	if (!in)
		print_error("%s: not there; make golden-accept\n", path);
	assert_non_null(in);
	n = fread(was, 1, FILE_MAX_BYTES, in);
	fclose(in);
	while (i < n && i < b->n && was[i] == b->p[i])
		i++;
	if (i < n || i < b->n) {
		print_error("%s: differs at byte %zu (%zu, now %zu):\n", path,
		    i, n, b->n);
		print_error("was: %.80s\n", was + (i > 20 ? i - 20 : 0));
		print_error("now: %.80s\n", b->p + (i > 20 ? i - 20 : 0));
	}
	assert_true(i == n && i == b->n);
	free(was);
}

static void each_page_is_as_it_was_accepted(void **state)
{
	const char *mode = getenv("FARTHING_GOLDEN");

	(void)state;
	for (size_t i = 0; i < COUNT(goldens); i++) {
		const struct golden *g = &goldens[i];
		char path[256];
		struct buf b;

		snprintf(path, sizeof(path), "test/golden/%s", g->name);
		make_golden(g, g->paper, &b);
		if (mode && strcmp(mode, "accept") == 0)
			(void)mkdir(path, 0777);
		snprintf(
		    path, sizeof(path), "test/golden/%s/%s", g->name, g->file);
		if (mode && strcmp(mode, "accept") == 0)
			write_file(path, &b);
		else if (!mode)
			compare_file(path, &b);
		buf_done(&b);
	}
}

static void the_same_view_gives_the_same_bytes(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(goldens); i++) {
		struct buf one;
		struct buf two;

		make_golden(&goldens[i], goldens[i].paper, &one);
		make_golden(&goldens[i], goldens[i].paper, &two);
		assert_int_equal(one.n, two.n);
		assert_memory_equal(one.p, two.p, one.n);
		buf_done(&one);
		buf_done(&two);
	}
}

/* A page that does not fit says so, wherever it is cut. */
static void a_page_that_does_not_fit_fails(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(goldens); i++) {
		struct buf whole;

		make_golden(&goldens[i], goldens[i].paper, &whole);
		for (size_t limit = 0; limit < whole.n;
		     limit += 1 + whole.n / 7) {
			struct buf b;

			buf_init(&b, limit);
			goldens[i].put(&b, goldens[i].paper);
			assert_int_equal(buf_rc(&b), RC_LIMIT);
			buf_done(&b);
		}
		buf_done(&whole);
	}
}

static void the_pages_can_be_shown(void **state)
{
	const char *mode = getenv("FARTHING_GOLDEN");

	(void)state;
	assert_true(asset_find(STR("broadsheet.css")).n > 0);
	assert_true(asset_find(STR("support.css")).n > 0);
	if (!mode || strcmp(mode, "show") != 0)
		return;
	(void)mkdir("build/golden", 0777);
	for (size_t i = 0; i < COUNT(goldens); i++) {
		struct view_paper paper = *goldens[i].paper;
		char path[256];
		struct buf b;

		paper.css = asset_find(STR("broadsheet.css"));
		paper.support_css = asset_find(STR("support.css"));
		make_golden(&goldens[i], &paper, &b);
		snprintf(path, sizeof(path), "build/golden/%s%s",
		    goldens[i].name, strchr(goldens[i].file, '.'));
		write_file(path, &b);
		buf_done(&b);
	}
}

static int start(void **state)
{
	(void)state;
	arena = arena_new(1 << 26);
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_page_is_as_it_was_accepted),
	    cmocka_unit_test(the_same_view_gives_the_same_bytes),
	    cmocka_unit_test(a_page_that_does_not_fit_fails),
	    cmocka_unit_test(the_pages_can_be_shown),
	};

	return cmocka_run_group_tests(tests, start, end);
}
