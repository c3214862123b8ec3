/* SPDX-License-Identifier: MIT
 *
 * The public paper: every kind of address, and what comes back.
 */
#include "site/test/world.h"

static void every_kind_of_page_is_there(void **state)
{
	struct world *w = *state;

	assert_has(w, "/", "Harbour reopens after the storm");
	assert_has(w, "/", "Council counts its bridges");
	assert_has(w, "/2026/11/23/harbour", "First paragraph.");
	assert_has(w, "/2026/11/23/harbour", "<em>one</em>");
	assert_has(w, "/2026/11/23/harbour", "/person/anna-brand");
	assert_has(w, "/2026/11/23/harbour", "/tag/harbour");
	assert_has(w, "/section/world", "A winter of short ferries");
	assert_lacks(w, "/section/world", "Council counts");
	assert_has(w, "/person/anna-brand", "Harbour reopens");
	assert_lacks(w, "/person/anna-brand", "Council counts");
	assert_has(w, "/tag/harbour", "lighthouse keeper");
	assert_has(w, "/2026/11/23", "Council counts");
	assert_lacks(w, "/2026/11/23", "lighthouse");
	assert_has(w, "/archive", "/archive/2025");
	assert_has(w, "/archive/2026", "/archive/2026/11");
	assert_has(w, "/archive/2026/11", "/2026/11/19");
	assert_has(w, "/about", "We print what is so.");
	assert_has(w, "/robots.txt", "Sitemap: https://gazette.example:8443/");
	assert_has(w, "/favicon.svg", "image/svg+xml");
	assert_status(w, "/favicon.ico", 404);
	assert_status(w, "/archive/1999", 404);
	assert_status(w, "/archive/2026/01", 404);
	assert_status(w, "/2026/11/22", 404);
	assert_status(w, "/section/nowhere", 404);
	assert_status(w, "/person/nobody", 404);
	assert_status(w, "/2026/11/23/nothing", 404);
	assert_status(w, "/sitemap-2026-10.xml", 404);
}

static void every_page_that_is_linked_is_there(void **state)
{
	struct world *w = *state;
	struct walk *walk = walk_all(w);
	size_t pages = 0;

	for (size_t i = 0; i < walk->n; i++) {
		bool is_guess = i < 20;

		if (!is_guess && !str_starts(walk->answer[i], STR("200")))
			fail_msg("%s: %.*s", walk->target[i],
			    STR_ARG(str_part(walk->answer[i], 0, 300)));
		pages += str_starts(walk->answer[i], STR("200"));
	}
	assert_true(pages > 50);
	assert_non_null(walk_find(walk, "/2025/07/11/older-news").p);
	assert_non_null(walk_find(walk, "/sitemap-2025-07.xml").p);
	assert_non_null(walk_find(walk, "/person/ben-ode/feed.atom").p);
}

static void feeds_hold_the_full_text_under_a_lasting_name(void **state)
{
	struct world *w = *state;

	assert_has(w, "/feed.rss", "application/rss+xml");
	assert_has(w, "/feed.atom", "application/atom+xml");
	assert_has(w, "/feed.json", "application/feed+json");
	assert_has(w, "/feed.json", "tag:gazette.example,2026-11-23:story/");
	assert_has(w, "/feed.atom",
	    "<id>tag:gazette.example,2026-11-23:feed/feed.atom</id>");
	assert_has(w, "/feed.rss", "He kept it for forty years.");
	assert_has(w, "/feed.atom", "He kept it for forty years.");
	assert_has(w, "/section/city/feed.atom", "forty years");
	assert_lacks(w, "/section/world/feed.atom", "forty years");
	assert_has(w, "/section/city/feed.rss",
	    "https://gazette.example:8443/section/city");
	assert_has(w, "/person/cleo-watt/feed.json", "lighthouse");
	assert_has(w, "/feed.rss", "Last-Modified: Mon, 23 Nov 2026 12:00:00");
	assert_status(w, "/person/nobody/feed.rss", 404);
}

static void books_among_the_stories_do_not_cost_the_feed(void **state)
{
	struct world *w = *state;
	char slug[32];
	struct buf book;

	buf_init(&book, MANUSCRIPT_MAX);
	while (book.n + 100 < MANUSCRIPT_MAX)
		buf_lit(&book, "A long ~a~ *book*. ");
	buf_char(&book, '\0');
	for (int i = 0; i < 29; i++) {
		struct plan plan = {"Book", "City", "Anna Brand", "book", slug,
		    i, i == 7 ? "A short one." : book.p};

		snprintf(slug, sizeof(slug), "book-%d", i);
		publish(w, &plan);
	}
	buf_done(&book);
	notice(w);
	for (size_t i = 0; i < 3; i++) {
		static const char *const feeds[] = {
		    "/feed.rss", "/feed.atom", "/feed.json"};

		assert_status(w, feeds[i], 200);
		assert_has(w, feeds[i], "/2026/11/23/book-28");
		assert_has(w, feeds[i], "A short one.");
		assert_lacks(w, feeds[i], "A long");
	}
}

static void an_item_of_rss_is_described_in_html(void **state)
{
	struct world *w = *state;
	struct manuscript m = {.headline = STR("Marks"),
	    .standfirst = STR("<script>a</script> & b"),
	    .body = STR("Text.")};
	struct paper_edit edit = {
	    .manuscript = &m, .who = STR("desk"), .now = NOON};
	struct err err = {0};
	int64_t id = 0;

	check(paper_save(w->paper, &edit, &id, NULL, &err), &err, "save");
	check(paper_publish(w->paper, id, NOON, NULL, &err), &err, "publish");
	notice(w);
	assert_has(w, "/feed.rss",
	    "<description>&amp;lt;script&amp;gt;a&amp;lt;/script&amp;gt; "
	    "&amp;amp; b</description>");
}

static void a_month_changes_when_a_story_of_it_is_withdrawn(void **state)
{
	struct world *w = *state;
	struct err err = {0};
	int64_t id = 0;

	assert_has(w, "/sitemap.xml",
	    "/sitemap-2026-11.xml</loc>"
	    "<lastmod>2026-11-23T11:00:00Z</lastmod>");
	check(paper_find(w->paper, STR("/2026/11/19/lighthouse"), &id, &err),
	    &err, "find");
	check(
	    paper_withdraw(w->paper, id, STR("Gone."), later(NOON, HOUR), &err),
	    &err, "withdraw");
	notice(w);
	assert_has(w, "/sitemap.xml",
	    "/sitemap-2026-11.xml</loc>"
	    "<lastmod>2026-11-23T13:00:00Z</lastmod>");
	assert_has(w, "/sitemap.xml",
	    "/sitemap-2026-09.xml</loc>"
	    "<lastmod>2026-09-14T12:00:00Z</lastmod>");
}

static void sitemaps_name_every_story_once(void **state)
{
	struct world *w = *state;

	assert_has(w, "/sitemap.xml",
	    "<loc>https://gazette.example:8443/sitemap-2026-11.xml</loc>");
	assert_has(w, "/sitemap.xml", "sitemap-2025-07.xml");
	/* When the newest story of the month came. */
	assert_has(w, "/sitemap.xml",
	    "/sitemap-2026-11.xml</loc>"
	    "<lastmod>2026-11-23T11:00:00Z</lastmod>");
	assert_has(w, "/sitemap.xml",
	    "/sitemap-2026-09.xml</loc>"
	    "<lastmod>2026-09-14T12:00:00Z</lastmod>");
	assert_has(w, "/sitemap-2026-11.xml",
	    "<loc>https://gazette.example:8443/2026/11/23/harbour</loc>");
	assert_has(w, "/sitemap-2026-11.xml", "/2026/11/19/lighthouse");
	assert_lacks(w, "/sitemap-2026-11.xml", "older-news");
	assert_status(w, "/sitemap-2026-11-2.xml", 404);
	assert_has(w, "/news-sitemap.xml", "/2026/11/23/harbour");
	assert_lacks(w, "/news-sitemap.xml", "lighthouse");
}

static void a_sitemap_names_the_pages_that_are_no_stories(void **state)
{
	static const char *const pages[] = {"/", "/about", "/archive",
	    "/section/world", "/section/sport", "/person/anna-brand",
	    "/tag/harbour"};
	struct world *w = *state;
	char text[96];

	assert_has(w, "/sitemap.xml",
	    "<loc>https://gazette.example:8443/sitemap-pages.xml</loc>");
	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		snprintf(text, sizeof(text),
		    "<loc>https://gazette.example:8443%s</loc>", pages[i]);
		assert_has(w, "/sitemap-pages.xml", text);
	}
	assert_lacks(w, "/sitemap-pages.xml", "/2026/11/");
	assert_lacks(w, "/sitemap-pages.xml", "/corrections");
}

static void a_slash_at_the_end_is_a_redirect(void **state)
{
	struct world *w = *state;

	assert_status(w, "/section/world/", 301);
	assert_has(w, "/section/world/", "Location: /section/world\r\n");
	assert_has(w, "/2026/11", "Location: /archive/2026/11\r\n");
}

static void queries_that_mean_nothing_share_one_entry(void **state)
{
	struct world *w = *state;
	struct str plain = get(w, "/2026/11/23/harbour");
	size_t entries = site_cache_stats(w->site)->entries;
	char target[96];

	for (int i = 0; i < 500; i++) {
		snprintf(target, sizeof(target),
		    "/2026/11/23/harbour?utm_source=%d", i);
		assert_true(str_eq(get(w, target), plain));
		snprintf(target, sizeof(target), "/section/city?x=%d", i);
		assert_status(w, target, 200);
	}
	assert_int_equal(site_cache_stats(w->site)->entries, entries + 1);
}

static void addresses_that_lead_nowhere_share_one_entry(void **state)
{
	struct world *w = *state;
	char target[96];
	size_t entries;

	assert_status(w, "/nothing", 404);
	entries = site_cache_stats(w->site)->entries;
	for (int i = 0; i < 1000; i++) {
		static const char *const forms[] = {"/x%d", "/2026/11/23/x%d",
		    "/tag/x%d", "/person/x%d/feed.rss", "/section/x%d",
		    "/pictures/x%d.jpg", "/section/city?before=%d.7",
		    "/tag/harbour?after=%d.x"};
		const size_t n = sizeof(forms) / sizeof(*forms);
		char number[16];
		struct str form = str_of(forms[(size_t)i % n]);
		size_t at = str_find_str(form, STR("%d"));

		snprintf(number, sizeof(number), "%d", i + 1);
		snprintf(target, sizeof(target), "%.*s%s%.*s", (int)at, form.p,
		    number, STR_ARG(str_from(form, at + 2)));
		assert_status(w, target, 404);
	}
	assert_int_equal(site_cache_stats(w->site)->entries, entries);
}

static void only_reading_is_allowed(void **state)
{
	struct world *w = *state;
	struct http_request request = {.method = HTTP_POST, .path = STR("/")};
	struct entity *e = site_answer(w->site, &request, w->now);
	enum coding coding;
	size_t body_at;

	assert_int_equal(entity_status(e), 405);
	assert_true(has(entity_form(e, CODING_IDENTITY, &body_at, &coding),
	    "Allow: GET, HEAD\r\n"));
	entity_unref(e);
}

static void pictures_come_from_the_folder_and_stay_a_minute(void **state)
{
	struct world *w = *state;

	assert_has(w, "/pictures/harbour.jpg", "Content-Type: image/jpeg");
	assert_has(w, "/pictures/harbour.jpg", "not really a picture");
	/* One that was cleaned of a name is seen by all at once. */
	assert_has(w, "/pictures/harbour.jpg", "max-age=0, must-revalidate");
	assert_int_equal(w->pictures_read, 1);
	w->now = later(NOON, MINUTE + 1);
	assert_status(w, "/pictures/harbour.jpg", 200);
	assert_int_equal(w->pictures_read, 2);
	assert_has(w, "/pictures/map.svg", "; sandbox\r\n");
	assert_status(w, "/pictures/none.png", 404);
	assert_status(w, "/pictures/none.php", 404);
	assert_int_equal(w->pictures_read, 4);
}

static void a_large_picture_is_sent_from_its_file_and_is_not_kept(void **state)
{
	struct world *w = *state;
	struct str path = arena_printf(w->a, "%s/large", w->dir);
	FILE *f = fopen(path.p, "w");
	const struct entity_file *file;
	struct entity *e;

	assert_non_null(f);
	assert_int_equal(fwrite("not a picture", 1, 13, f), 13);
	assert_int_equal(fclose(f), 0);
	w->now = later(NOON, 1);
	e = ask(w, "/pictures/large.jpg");
	file = entity_body_file(e);
	assert_non_null(file);
	assert_int_equal(entity_file_size(file), 13);
	entity_unref(e);
	assert_has(w, "/pictures/large.jpg", "Content-Type: image/jpeg");
	assert_has(w, "/pictures/large.jpg", "Content-Length: 13\r\n");
	assert_int_equal(w->pictures_read, 3);
	/* A quarter of what the cache would take, in memory. */
	assert_true(w->picture_most < 300000);
	assert_status(w, "/pictures/map.svg", 200);
	assert_int_equal(w->picture_most, (8 << 20) / 16);
	assert_int_equal(remove(path.p), 0);
	assert_status(w, "/pictures/large.jpg", 404);
}

static void a_story_page_says_how_it_may_be_kept(void **state)
{
	struct world *w = *state;
	const char *story = "/2026/11/23/harbour";

	assert_has(w, story, "Cache-Control: public, max-age=0, must-revalid");
	assert_has(w, story, "ETag: \"");
	assert_has(w, story, "Content-Security-Policy: default-src 'none'");
	/* printf 'body{margin:0}' | openssl sha256 -binary | base64 */
	assert_has(
	    w, story, "'sha256-IAdwN3biDCQ3brrgp1m8kBEsPQYyqfREKOEfeoREopc='");
	assert_has(w, "/feed.rss", "Cache-Control: public, max-age=300");
}

/* Where the page's own "newer" (REL "prev") or "older" ("next") leads. */
static bool find_beside(struct str page, const char *rel, char target[96])
{
	char mark[32];
	int n = snprintf(mark, sizeof(mark), "rel=\"%s\" href=\"", rel);
	size_t at = str_find_str(page, str_of(mark));
	struct str link = str_from(page, at < page.n ? at + (size_t)n : at);

	if (at == page.n)
		return false;
	snprintf(target, 96, "%.*s",
	    STR_ARG(str_part(link, 0, str_find(link, '"'))));
	return true;
}

static void publish_matches(struct world *w, int n)
{
	char headline[64];

	for (int i = 0; i < n; i++) {
		struct plan plan = {headline, "Sport", "Cleo Watt", "match",
		    NULL, 1000 + (n - i), NULL};

		snprintf(headline, sizeof(headline), "Match number-%d.", i);
		publish(w, &plan);
	}
	notice(w);
}

/* Follows "older" from the first page of a list and back by "newer". */
static void lists_go_on_by_key_in_both_directions(void **state)
{
	struct world *w = *state;
	char text[64], target[96] = "/section/sport";
	bool seen[100] = {false};
	struct str page;
	size_t pages = 0;

	publish_matches(w, 100);
	do {
		page = get(w, target);
		assert_true(str_starts(page, STR("200")));
		pages++;
		for (int i = 0; i < 100; i++) {
			snprintf(text, sizeof(text), "number-%d.", i);
			if (!has(page, text))
				continue;
			if (seen[i])
				fail_msg("%d is on two pages", i);
			seen[i] = true;
		}
		snprintf(text, sizeof(text), " \xe2\x80\x93 page %zu ", pages);
		assert_int_equal(has(page, text), pages > 1);
	} while (find_beside(page, "next", target));
	assert_int_equal(pages, 4);
	for (int i = 0; i < 100; i++)
		if (!seen[i])
			fail_msg("number %d is on no page", i);
	/* Back from the last to the first, which has the plain address. */
	for (; find_beside(page, "prev", target); pages--)
		page = get(w, target);
	assert_int_equal(pages, 1);
	assert_string_equal(target, "/section/sport");
	assert_true(str_starts(page, STR("200")));
	/* A key that is no story's makes no page. */
	assert_status(w, "/section/sport?before=1795434170000001.77", 404);
	/* Addresses of before lead to where their stories are. */
	assert_has(
	    w, "/section/sport?after=1.1", "Location: /section/sport?before=");
	assert_has(w, "/section/sport?after=1895434170000000.7",
	    "Location: /section/sport\r\n");
}

/* "Newer" on page 3 is page 2, and its stories are those of page 2. */
static void a_long_day_is_read_forth_and_back(void **state)
{
	struct world *w = *state;
	char target[4][96] = {"/2026/11/23"};
	struct str page;

	publish_matches(w, 230);
	for (int i = 0; i < 3; i++) {
		page = get(w, target[i]);
		assert_true(str_starts(page, STR("200")));
		assert_int_equal(has(page, "page 2 "), i == 1);
		assert_int_equal(has(page, "page 3 "), i == 2);
		assert_int_equal(
		    find_beside(page, "next", target[i + 1]), i < 2);
	}
	for (int i = 2; i > 0; i--) {
		page = get(w, target[i]);
		assert_true(find_beside(page, "prev", target[3]));
		assert_string_equal(target[3], target[i - 1]);
	}
}

/* A day says which it is, and leads up, back and on. */
static void a_day_leads_to_its_month_and_to_the_days_beside_it(void **state)
{
	struct world *w = *state;
	struct plan between = {
	    "Between", "Sport", "Cleo Watt", "x", "between", 2 * DAY, NULL};
	struct plan tomorrow = {
	    "Tomorrow", "Sport", "Cleo Watt", "x", "tomorrow", -DAY, NULL};

	assert_has(w, "/2026/11/23",
	    "<title>23 November 2026 \xe2\x80\x93 The Lune Gazette</title>");
	assert_has(w, "/2026/11/23",
	    "property=\"og:title\" content=\"23 November 2026\"");
	assert_has(w, "/2026/11/23",
	    "<a href=\"/archive/2026\">2026</a> "
	    "<a href=\"/archive/2026/11\">November</a>");
	assert_has(w, "/2026/11/23",
	    "<span></span>\n<a href=\"/2026/11/19\">19 November 2026</a>");
	assert_has(w, "/2026/11/19",
	    "<a href=\"/2026/11/23\">23 November 2026</a>\n"
	    "<a href=\"/2026/09/14\">");
	/* Both learn of a day between them, and the last one of a new one. */
	publish(w, &between);
	notice(w);
	assert_has(w, "/2026/11/23", "<a href=\"/2026/11/21\">");
	assert_has(w, "/2026/11/19", "<a href=\"/2026/11/21\">");
	assert_lacks(w, "/2026/11/23", "/2026/11/24");
	w->now = later(NOON, DAY);
	publish(w, &tomorrow);
	notice(w);
	assert_has(w, "/2026/11/23", "<a href=\"/2026/11/24\">");
}

/* Each allocation fails once, at each place where there is one: what comes is
 * the whole page or a 503, and nothing between. */
static void without_memory_a_page_is_whole_or_a_503(void **state)
{
#ifndef FARTHING_DEBUG
	/* Other builds cannot let an allocation fail. */
	skip();
#endif
	static const char *const targets[] = {"/", "/2026/11/23/harbour",
	    "/section/city", "/person/anna-brand", "/2026/11/23", "/archive",
	    "/archive/2026", "/archive/2026/09", "/about", "/feed.rss",
	    "/section/city/feed.json", "/sitemap.xml", "/sitemap-2026-11.xml",
	    "/news-sitemap.xml", "/nothing/here", "/section/city/",
	    "/pictures/harbour.jpg"};
	struct world *w = *state;
	size_t refused = 0;

	for (size_t i = 0; i < sizeof(targets) / sizeof(*targets); i++) {
		struct str whole = get(w, targets[i]);
		unsigned calm = 0;

		for (unsigned long n = 1; calm < 3; n++) {
			struct entity *e;
			enum coding coding;
			size_t body_at;
			struct str s;

			new_site(w);
			arena_fail_after(n);
			e = ask(w, targets[i]);
			arena_fail_after(0);
			s = entity_form(e, CODING_IDENTITY, &body_at, &coding);
			if (entity_status(e) == 503) {
				assert_true(has(s, "Cache-Control: no-store"));
				assert_true(has(s, "Retry-After: 5"));
				refused++;
				calm = 0;
			} else {
				if (!str_ends(whole, s))
					fail_msg("%s is cut at allocation %lu",
					    targets[i], n);
				calm++;
			}
			entity_unref(e);
		}
	}
	assert_true(refused > 100);
}

/* A story that has everything a story can have. */
static int64_t publish_full(struct world *w)
{
	static const char text[] =
	    "---\n"
	    "title: \"Die Brücke & das <Meer>\"\n"
	    "kicker: Reportage\n"
	    "description: Ein Satz.\n"
	    "slug: bruecke\n"
	    "section: World\n"
	    "authors: [Anna Brand, Ben Ode]\n"
	    "tags: [harbour, ferries]\n"
	    "dateline: Hamburg\n"
	    "lang: de\n"
	    "image: {url: /pictures/harbour.jpg, alt: Ein Hafen,"
	    " caption: Der Hafen, credit: Foto Watt}\n"
	    "aliases: [/posts/bruecke/, /2015/03/bruecke]\n"
	    "corrections: [{date: 2026-11-23, text: Es war ein Kutter.}]\n"
	    "translations: [{lang: en, url: /2026/11/23/harbour}]\n"
	    "---\n"
	    "Text mit Fußnote.[^1]\n\n[^1]: Die Note.\n";
	struct manuscript m;
	struct err err = {0};
	struct paper_edit edit = {
	    .manuscript = &m, .who = STR("desk"), .now = NOON};
	int64_t id;

	check(manuscript_parse(w->a, str_of(text), &m, &err), &err, "parse");
	check(paper_save(w->paper, &edit, &id, NULL, &err), &err, "save");
	check(paper_publish(w->paper, id, NOON, NULL, &err), &err, "publish");
	notice(w);
	return id;
}

static void a_new_story_with_a_picture_leads(void **state)
{
	struct world *w = *state;
	struct plan opinion = {"Why bridges matter", "Opinion", "Ben Ode", NULL,
	    "bridges-matter", -1 * MINUTE, NULL};
	struct plan newest = {"A word at noon", "City", "Ben Ode", NULL, "noon",
	    -2 * MINUTE, NULL};
	struct str front;
	size_t lead;

	/* Without any picture, the newest that is no opinion. */
	w->now = later(NOON, HOUR);
	publish(w, &opinion);
	notice(w);
	front = get(w, "/");
	lead = str_find_str(front, STR("Harbour reopens"));
	assert_true(lead < str_find_str(front, STR("Why bridges matter")));
	/* With one, the story that has it, though another is newer. */
	publish_full(w);
	publish(w, &newest);
	notice(w);
	front = get(w, "/");
	lead = str_find_str(front, STR("Die Brücke"));
	assert_true(lead < front.n);
	assert_true(lead < str_find_str(front, STR("A word at noon")));
}

static void every_part_of_a_story_is_on_its_page(void **state)
{
	static const char *const parts[] = {"Die Brücke &amp; das &lt;Meer&gt;",
	    "Reportage", "Ein Satz.", "/section/world", "Anna Brand",
	    "/person/ben-ode", "/tag/harbour", "/tag/ferries", "Hamburg",
	    "lang=\"de\"", "src=\"/pictures/harbour.jpg\"", "Ein Hafen",
	    "Der Hafen", "Foto Watt", "Es war ein Kutter.", "hreflang=\"en\"",
	    "Die Note.", "Harbour reopens"};
	struct world *w = *state;

	publish_full(w);
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		assert_has(w, "/2026/11/23/bruecke", parts[i]);
	assert_has(w, "/", "Die Brücke");
	assert_has(w, "/feed.rss", "Die Brücke &amp; das &lt;Meer&gt;");
}

static void addresses_from_before_the_paper_came_to_us_lead_on(void **state)
{
	struct world *w = *state;
	struct err err = {0};
	int64_t id = publish_full(w);

	assert_status(w, "/posts/bruecke", 301);
	assert_has(w, "/posts/bruecke/", "Location: /2026/11/23/bruecke\r\n");
	assert_has(w, "/2015/03/bruecke", "Location: /2026/11/23/bruecke\r\n");
	check(paper_rename(w->paper, id, STR("steg"), NOON, &err), &err,
	    "rename");
	notice(w);
	assert_has(w, "/posts/bruecke", "Location: /2026/11/23/steg\r\n");
	check(paper_withdraw(w->paper, id, STR("Weg."), NOON, &err), &err,
	    "withdraw");
	notice(w);
	assert_status(w, "/posts/bruecke", 410);
	assert_status(w, "/2026/11/23/steg", 410);
}

static void the_cache_keeps_to_its_limit(void **state)
{
	struct world *w = *state;
	const size_t limit = 256 << 10;
	struct site_config config = {.db = w->db,
	    .css = STR("body{margin:0}"),
	    .cache_limit = limit,
	    .secret = "sixteen bytes .."};
	struct err err = {0};
	struct walk *walk = walk_all(w);
	uint64_t seed = 20261123;

	site_free(w->site);
	check(site_new(&config, &w->site, &err), &err, "site_new");
	print_message("seed %llu\n", (unsigned long long)seed);
	for (int i = 0; i < 5000; i++) {
		struct entity *e;
		enum coding coding;
		size_t body_at, n;

		seed = seed * 6364136223846793005u + 1442695040888963407u;
		e = ask(w, walk->target[(seed >> 33) % walk->n]);
		n = entity_size(e);
		entity_form(e, (enum coding)(seed >> 62) % CODING_COUNT,
		    &body_at, &coding);
		/* The last one may have grown since it was counted. */
		n = entity_size(e) - n;
		entity_unref(e);
		assert_true(site_cache_stats(w->site)->bytes <= limit + n);
	}
	assert_true(site_cache_stats(w->site)->evicted > 100);
	assert_true(site_cache_stats(w->site)->hits > 100);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_start, world_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(every_kind_of_page_is_there),
	    TEST(every_page_that_is_linked_is_there),
	    TEST(feeds_hold_the_full_text_under_a_lasting_name),
	    TEST(books_among_the_stories_do_not_cost_the_feed),
	    TEST(an_item_of_rss_is_described_in_html),
	    TEST(sitemaps_name_every_story_once),
	    TEST(a_month_changes_when_a_story_of_it_is_withdrawn),
	    TEST(a_sitemap_names_the_pages_that_are_no_stories),
	    TEST(a_slash_at_the_end_is_a_redirect),
	    TEST(queries_that_mean_nothing_share_one_entry),
	    TEST(addresses_that_lead_nowhere_share_one_entry),
	    TEST(only_reading_is_allowed),
	    TEST(pictures_come_from_the_folder_and_stay_a_minute),
	    TEST(a_large_picture_is_sent_from_its_file_and_is_not_kept),
	    TEST(a_story_page_says_how_it_may_be_kept),
	    TEST(lists_go_on_by_key_in_both_directions),
	    TEST(a_long_day_is_read_forth_and_back),
	    TEST(a_day_leads_to_its_month_and_to_the_days_beside_it),
	    TEST(a_new_story_with_a_picture_leads),
	    TEST(every_part_of_a_story_is_on_its_page),
	    TEST(addresses_from_before_the_paper_came_to_us_lead_on),
	    TEST(the_cache_keeps_to_its_limit),
	    TEST(without_memory_a_page_is_whole_or_a_503),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
