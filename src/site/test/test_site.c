/* SPDX-License-Identifier: MIT
 *
 * The public paper on a real public.db: every kind of address, what may be
 * seen when, and what a change touches.
 */
#include "site/site.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/zone.h"
#include "http/entity.h"
#include "page/asset.h"
#include "paper/paper.h"
#include "paper/public.h"

/* 2026-11-23T12:00:00Z, a Monday. */
static const struct instant NOON = {INT64_C(1795435200) * 1000000};
enum { MINUTE = 60, HOUR = 3600, DAY = 86400 };

struct world {
	char dir[64];
	struct paper *paper;
	struct public_db *db;
	struct site *site;
	struct instant now;
	struct arena *a;
	int pictures_read;
};

static struct instant later(struct instant t, int64_t seconds)
{
	t.us += seconds * 1000000;
	return t;
}

/* --- The paper -------------------------------------------------------- */

static void check(enum rc rc, const struct err *err, const char *what)
{
	if (rc)
		fail_msg("%s: %s: %s", what, rc_name(rc), err->why);
}

static void apply(struct world *w)
{
	struct err err = {0};
	bool is_done = false;

	while (!is_done)
		check(paper_outbox_apply(w->paper, 1000, &is_done, &err), &err,
		    "outbox");
}

struct plan {
	const char *headline;
	const char *section;
	const char *author;
	const char *tag;
	const char *slug;
	int64_t ago_s; /* how long before NOON it appeared */
	const char *body;
};

static struct str_list one(struct str *room, const char *text)
{
	*room = str_of(text);
	return (struct str_list){room, text ? 1 : 0};
}

static int64_t save(struct world *w, const struct plan *plan, int64_t id)
{
	struct str author, tag;
	struct manuscript m = {
	    .headline = str_of(plan->headline),
	    .standfirst = STR("What it is about, in one sentence."),
	    .section = str_of(plan->section),
	    .slug = str_of(plan->slug),
	    .dateline = STR("Port Lune"),
	    .authors = one(&author, plan->author),
	    .tags = one(&tag, plan->tag),
	    .body = str_of(plan->body ? plan->body
				      : "First paragraph.\n\nSecond *one*.\n"),
	};
	struct paper_edit edit = {.id = id,
	    .manuscript = &m,
	    .who = STR("desk"),
	    .now = later(NOON, -plan->ago_s)};
	struct err err = {0};

	check(paper_save(w->paper, &edit, &id, NULL, &err), &err, "save");
	return id;
}

static int64_t publish(struct world *w, const struct plan *plan)
{
	struct err err = {0};
	int64_t id = save(w, plan, 0);

	check(
	    paper_publish(w->paper, id, later(NOON, -plan->ago_s), NULL, &err),
	    &err, "publish");
	return id;
}

/* --- The reader ------------------------------------------------------- */

static enum rc give_picture(void *ctx, struct arena *a, struct str name,
    struct str *ret_bytes, struct instant *ret_modified)
{
	struct world *w = ctx;

	w->pictures_read++;
	if (!str_eq(name, STR("harbour.jpg")) && !str_eq(name, STR("map.svg")))
		return RC_NOT_FOUND;
	*ret_bytes = arena_copy(a, STR("not really a picture"));
	*ret_modified = NOON;
	return RC_OK;
}

static struct entity *ask(struct world *w, const char *target)
{
	struct str query = str_of(target);
	struct http_request request = {.method = HTTP_GET};
	struct entity *e;

	request.path = str_cut(&query, '?');
	request.query = query;
	e = site_answer(w->site, &request, w->now);
	assert_non_null(e);
	return e;
}

/* The whole answer in the world's arena, fields and body. */
static struct str get(struct world *w, const char *target)
{
	struct entity *e = ask(w, target);
	enum coding coding;
	size_t body_at;
	struct str s = entity_form(e, CODING_IDENTITY, &body_at, &coding);

	s = arena_printf(w->a, "%u\r\n%.*s", entity_status(e), STR_ARG(s));
	entity_unref(e);
	assert_non_null(s.p);
	return s;
}

static unsigned status(struct world *w, const char *target)
{
	struct entity *e = ask(w, target);
	unsigned n = entity_status(e);

	entity_unref(e);
	return n;
}

static bool has(struct str s, const char *what)
{
	return str_find_str(s, str_of(what)) < s.n;
}

static void assert_has(struct world *w, const char *target, const char *what)
{
	struct str s = get(w, target);

	if (!has(s, what))
		fail_msg("%s lacks \"%s\":\n%.*s", target, what, STR_ARG(s));
}

static void assert_lacks(struct world *w, const char *target, const char *what)
{
	struct str s = get(w, target);

	if (has(s, what))
		fail_msg("%s has \"%s\":\n%.*s", target, what, STR_ARG(s));
}

static void assert_status(struct world *w, const char *target, unsigned n)
{
	unsigned is = status(w, target);

	if (is != n)
		fail_msg("%s: %u, not %u", target, is, n);
}

static void notice(struct world *w)
{
	apply(w);
	assert_int_equal(site_notice_changes(w->site), RC_OK);
}

/* --- The world -------------------------------------------------------- */

static const struct plan stories[] = {
    {"Harbour reopens after the storm", "World", "Anna Brand", "harbour",
	"harbour", 1 * HOUR, NULL},
    {"Council counts its bridges", "City", "Ben Ode", "bridges", "bridges",
	2 * HOUR, NULL},
    {"A winter of short ferries", "World", "Anna Brand", "ferries", "ferries",
	3 * HOUR, NULL},
    {"The lighthouse keeper retires", "City", "Cleo Watt", "harbour",
	"lighthouse", 4 * DAY, "He kept it for forty years.\n"},
    {"Old news from another month", "World", "Ben Ode", "archive", "old-news",
	70 * DAY, NULL},
    {"Older news from another year", "Sport", "Cleo Watt", "archive",
	"older-news", 500 * DAY, NULL},
};

/* RFC 8536 3.1: the header of a block with one type and four letters. */
static void put_header(struct buf *b)
{
	buf_lit(b, "TZif2");
	buf_fill(b, '\0', 15 + 4 * 4 + 3);
	buf_char(b, 1);
	buf_fill(b, '\0', 3);
	buf_char(b, 4);
}

/* One zone, three hours and a half east of UTC the whole year. */
static enum rc load_zone(struct arena *a, struct str name,
    const struct zone **ret_zone, struct err *err)
{
	struct buf b;

	if (!str_eq(name, STR("Test/East")))
		return RC_NOT_FOUND;
	buf_init_arena(&b, a, 400);
	put_header(&b);
	buf_add(&b, STR("\0\0\x31\x38\0\0LMT\0"));
	put_header(&b);
	buf_add(&b, STR("\0\0\x31\x38\0\0LMT\0"));
	buf_lit(&b, "\n<+0330>-3:30\n");
	return zone_parse(a, buf_str(&b), ret_zone, err);
}

static void new_site(struct world *w)
{
	struct site_config config = {
	    .db = w->db,
	    .css = STR("body{margin:0}"),
	    .favicon = STR("<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
	    .cache_limit = 8 << 20,
	    .load_zone = load_zone,
	    .secret = "sixteen bytes ..",
	    .picture = give_picture,
	    .picture_ctx = w,
	};
	struct err err = {0};

	site_free(w->site);
	w->site = NULL;
	check(site_new(&config, &w->site, &err), &err, "site_new");
}

static int world_start(void **state)
{
	struct world *w = calloc(1, sizeof(*w));
	struct str names[] = {STR("World"), STR("City"), STR("Sport")};
	struct str_list sections = {names, 3};
	struct paper_settings settings = {.name = STR("The Lune Gazette"),
	    .lang = STR("en"),
	    .motto = STR("Since today"),
	    .place = STR("Port Lune"),
	    .zone = STR("UTC"),
	    .origin = STR("https://gazette.example:8443"),
	    .about = STR("We print what is so.\n")};
	struct err err = {0};
	char path[96];

	assert_non_null(w);
	/* Where there is a disk of memory, fsync costs nothing. */
	snprintf(w->dir, sizeof(w->dir), "/dev/shm/test_site-XXXXXX");
	if (!mkdtemp(w->dir)) {
		snprintf(w->dir, sizeof(w->dir), "/tmp/test_site-XXXXXX");
		assert_non_null(mkdtemp(w->dir));
	}
	snprintf(path, sizeof(path), "%s/private", w->dir);
	assert_int_equal(mkdir(path, 0700), 0);
	snprintf(path, sizeof(path), "%s/public", w->dir);
	assert_int_equal(mkdir(path, 0700), 0);
	w->a = arena_new(256 << 20);
	w->now = NOON;
	check(paper_create(str_of(w->dir), &settings, &err), &err, "create");
	check(paper_open(str_of(w->dir), &w->paper, &err), &err, "open");
	check(paper_set_sections(w->paper, &sections, &err), &err, "sections");
	for (size_t i = sizeof(stories) / sizeof(*stories); i > 0; i--)
		publish(w, &stories[i - 1]);
	apply(w);
	check(public_open(str_of(w->dir), &w->db, &err), &err, "public");
	new_site(w);
	*state = w;
	return 0;
}

static int remove_one(
    const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	(void)st;
	(void)kind;
	(void)ftw;
	return remove(path);
}

static int world_end(void **state)
{
	struct world *w = *state;

	site_free(w->site);
	public_close(w->db);
	paper_close(w->paper);
	arena_free(w->a);
	nftw(w->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	free(w);
	return 0;
}

/* --- A walk over the whole paper -------------------------------------- */

enum { PAGES_MAX = 600 };

struct walk {
	char *target[PAGES_MAX];
	struct str answer[PAGES_MAX];
	size_t n;
};

static void walk_add(struct world *w, struct walk *walk, struct str target)
{
	struct str origin = STR("https://gazette.example:8443");
	struct buf b;

	if (str_starts(target, origin))
		target = str_from(target, origin.n);
	target = str_part(target, 0, str_find(target, '#'));
	if (!str_starts(target, STR("/")) || str_starts(target, STR("//")))
		return;
	buf_init_arena(&b, w->a, 4096);
	while (target.n) { /* "&amp;" is all that our addresses can have */
		size_t at = str_find_str(target, STR("&amp;"));

		buf_add(&b, str_part(target, 0, at));
		if (at < target.n)
			buf_char(&b, '&');
		target = str_from(target, at + 5);
	}
	for (size_t i = 0; i < walk->n; i++)
		if (str_eq(str_of(walk->target[i]), buf_str(&b)))
			return;
	assert_true(walk->n < PAGES_MAX);
	walk->target[walk->n++] = b.p;
}

static void walk_links(struct world *w, struct walk *walk, struct str page)
{
	static const struct {
		const char *start;
		char end;
	} marks[] = {{"href=\"", '"'}, {"<loc>", '<'}, {"<link>", '<'},
	    {"\"url\":\"", '"'}, {"Location: ", '\r'}};

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		struct str start = str_of(marks[i].start);
		struct str rest = page;

		for (;;) {
			size_t at = str_find_str(rest, start);

			if (at == rest.n)
				break;
			rest = str_from(rest, at + start.n);
			walk_add(w, walk,
			    str_part(rest, 0, str_find(rest, marks[i].end)));
		}
	}
}

/* Everything that can be reached from the front page, from the sitemaps, or
 * by knowing how addresses are made. */
static struct walk *walk_all(struct world *w)
{
	static const char *const known[] = {"/", "/archive", "/sitemap.xml",
	    "/news-sitemap.xml", "/robots.txt", "/feed.rss", "/feed.atom",
	    "/feed.json", "/about", "/2026/11/24", "/2026/11/23",
	    "/2026/11/23/secret-plan", "/2026/11/24/secret-plan",
	    "/2026/11/23/draft-plan", "/tag/canary", "/person/canary-writer",
	    "/person/canary-writer/feed.rss", "/section/canary-desk",
	    "/favicon.svg", "/nothing/here"};
	struct walk *walk = arena_alloc(w->a, sizeof(*walk));

	assert_non_null(walk);
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		walk_add(w, walk, str_of(known[i]));
	for (size_t i = 0; i < walk->n; i++) {
		walk->answer[i] = get(w, walk->target[i]);
		walk_links(w, walk, walk->answer[i]);
	}
	return walk;
}

static struct str walk_find(const struct walk *walk, const char *target)
{
	for (size_t i = 0; i < walk->n; i++)
		if (strcmp(walk->target[i], target) == 0)
			return walk->answer[i];
	return STR_NONE;
}

/* --- Tests ------------------------------------------------------------ */

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
	assert_has(w, "/feed.json", "tag:gazette.example,2026:story/");
	assert_has(w, "/feed.rss", "tag:gazette.example,2025:story/");
	assert_has(w, "/feed.rss", "He kept it for forty years.");
	assert_has(w, "/feed.atom", "He kept it for forty years.");
	assert_has(w, "/section/city/feed.atom", "forty years");
	assert_lacks(w, "/section/world/feed.atom", "forty years");
	assert_has(w, "/section/city/feed.rss",
	    "https://gazette.example:8443/section/city");
	assert_has(w, "/person/cleo-watt/feed.json", "lighthouse");
	assert_has(w, "/feed.rss", "Last-Modified: Mon, 23 Nov 2026 11:00:00");
	assert_status(w, "/person/nobody/feed.rss", 404);
}

static void sitemaps_name_every_story_once(void **state)
{
	struct world *w = *state;

	assert_has(w, "/sitemap.xml",
	    "<loc>https://gazette.example:8443/sitemap-2026-11.xml</loc>");
	assert_has(w, "/sitemap.xml", "sitemap-2025-07.xml");
	assert_has(w, "/sitemap-2026-11.xml",
	    "<loc>https://gazette.example:8443/2026/11/23/harbour</loc>");
	assert_has(w, "/sitemap-2026-11.xml", "/2026/11/19/lighthouse");
	assert_lacks(w, "/sitemap-2026-11.xml", "older-news");
	assert_status(w, "/sitemap-2026-11-2.xml", 404);
	assert_has(w, "/news-sitemap.xml", "/2026/11/23/harbour");
	assert_lacks(w, "/news-sitemap.xml", "lighthouse");
}

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

static void publishing_touches_its_own_pages_only(void **state)
{
	static const char *const touched[] = {"/", "/section/world",
	    "/person/anna-brand", "/tag/ferries", "/2026/11/23", "/feed.rss",
	    "/feed.atom", "/feed.json", "/section/world/feed.rss",
	    "/section/world/feed.atom", "/section/world/feed.json",
	    "/person/anna-brand/feed.rss", "/person/anna-brand/feed.atom",
	    "/person/anna-brand/feed.json", "/archive", "/archive/2026",
	    "/archive/2026/11", "/sitemap-2026-11.xml", "/news-sitemap.xml",
	    "/nothing/here", "/2026/11/23/new-ferry"};
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
		if (is_known && str_eq(old, after->answer[i]) == is_touched)
			fail_msg("%s: %s", after->target[i],
			    is_touched ? "has not changed" : "has changed");
		changed += is_touched;
	}
	assert_true(changed >= n);
	/* All is in the cache now: a third walk makes nothing. */
	misses = site_cache_stats(w->site)->misses;
	walk_all(w);
	/* But for addresses that lead nowhere, which are looked up each time. */
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
	walk = walk_all(w);
	for (size_t i = 0; i < walk->n; i++)
		if (has(walk->answer[i], "short ferries"))
			fail_msg("%s still has it", walk->target[i]);
	/* And it can come back. */
	check(paper_publish(w->paper, id, NOON, NULL, &err), &err, "publish");
	notice(w);
	assert_has(w, "/2026/11/23/ferries", "short ferries");
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
	check(paper_set_settings(w->paper, &settings, &err), &err, "write");
	notice(w);
	assert_has(w, "/2026/11/23/harbour", "2026-11-23T14:30:00+03:30");
	w->now = later(NOON, 8 * HOUR + 30 * MINUTE - 1);
	assert_has(w, "/", "datetime=\"2026-11-23\"");
	w->now = later(NOON, 8 * HOUR + 30 * MINUTE);
	assert_has(w, "/", "datetime=\"2026-11-24\"");
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

static void pictures_come_from_the_folder_and_stay_a_minute(void **state)
{
	struct world *w = *state;

	assert_has(w, "/pictures/harbour.jpg", "Content-Type: image/jpeg");
	assert_has(w, "/pictures/harbour.jpg", "not really a picture");
	assert_int_equal(w->pictures_read, 1);
	w->now = later(NOON, MINUTE + 1);
	assert_status(w, "/pictures/harbour.jpg", 200);
	assert_int_equal(w->pictures_read, 2);
	assert_has(w, "/pictures/map.svg", "; sandbox\r\n");
	assert_status(w, "/pictures/none.png", 404);
	assert_status(w, "/pictures/none.php", 404);
	assert_int_equal(w->pictures_read, 4);
}

static void a_story_page_says_how_it_may_be_kept(void **state)
{
	struct world *w = *state;
	const char *story = "/2026/11/23/harbour";

	assert_has(w, story, "Cache-Control: public, max-age=0, must-revalid");
	assert_has(w, story, "Last-Modified: Mon, 23 Nov 2026 11:00:00 GMT");
	assert_has(w, story, "ETag: \"");
	assert_has(w, story, "Content-Security-Policy: default-src 'none'");
	/* printf 'body{margin:0}' | openssl sha256 -binary | base64 */
	assert_has(
	    w, story, "'sha256-IAdwN3biDCQ3brrgp1m8kBEsPQYyqfREKOEfeoREopc='");
	assert_has(w, "/feed.rss", "Cache-Control: public, max-age=300");
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

static void settings_are_taken_over_while_running(void **state)
{
	struct world *w = *state;
	struct paper_settings settings;
	struct err err = {0};

	walk_all(w);
	check(paper_settings(w->paper, w->a, &settings, &err), &err, "read");
	settings.name = STR("The Lune Tribune");
	check(paper_set_settings(w->paper, &settings, &err), &err, "write");
	notice(w);
	assert_has(w, "/", "The Lune Tribune");
	assert_lacks(w, "/about", "Gazette");
	assert_has(w, "/2026/11/23/harbour", "The Lune Tribune");
}

/* The first link in PAGE that starts with START and is not the page's own
 * address; goes into TARGET, which stays as it is if there is none. */
static bool find_link(struct str page, const char *start, char target[96])
{
	struct str own = str_of(target);
	struct str rest = page;

	for (;;) {
		size_t at = str_find_str(rest, str_of(start));
		struct str link;

		if (at == rest.n)
			return false;
		rest = str_from(rest, at);
		link = str_part(rest, 0, str_find(rest, '"'));
		rest = str_from(rest, 1);
		if (str_eq(link, own))
			continue;
		snprintf(target, 96, "%.*s", STR_ARG(link));
		return true;
	}
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
	} while (find_link(page, "/section/sport?before=", target));
	assert_int_equal(pages, 4);
	for (int i = 0; i < 100; i++)
		if (!seen[i])
			fail_msg("number %d is on no page", i);
	/* Back from the last to the first, which has the plain address. */
	for (pages = 1; find_link(page, "/section/sport?after=", target);
	     pages++)
		page = get(w, target);
	assert_true(str_starts(page, STR("302")));
	assert_true(has(page, "Location: /section/sport\r\n"));
	assert_int_equal(pages, 4);
	/* A key that is no story's makes no page. */
	assert_status(w, "/section/sport?before=1795434170000001.77", 404);
}

/* Each allocation fails once, at each place where there is one: what comes is
 * the whole page or a 503, and nothing between. */
static void without_memory_a_page_is_whole_or_a_503(void **state)
{
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

static void in_trouble_a_page_of_yesterday_is_better_than_none(void **state)
{
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

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(every_kind_of_page_is_there),
	    TEST(every_page_that_is_linked_is_there),
	    TEST(feeds_hold_the_full_text_under_a_lasting_name),
	    TEST(sitemaps_name_every_story_once),
	    TEST(what_is_not_published_can_be_seen_nowhere),
	    TEST(publishing_touches_its_own_pages_only),
	    TEST(untouched_pages_stay_in_the_cache),
	    TEST(a_change_is_seen_in_the_story_and_around_it),
	    TEST(a_withdrawn_story_is_gone_with_a_note),
	    TEST(a_changed_slug_leaves_a_redirect),
	    TEST(a_slash_at_the_end_is_a_redirect),
	    TEST(queries_that_mean_nothing_share_one_entry),
	    TEST(addresses_that_lead_nowhere_share_one_entry),
	    TEST(only_reading_is_allowed),
	    TEST(the_front_page_is_new_at_midnight),
	    TEST(the_day_is_that_of_the_papers_zone),
	    TEST(news_leave_the_news_sitemap_after_two_days),
	    TEST(pictures_come_from_the_folder_and_stay_a_minute),
	    TEST(a_story_page_says_how_it_may_be_kept),
	    TEST(the_same_state_gives_the_same_bytes),
	    TEST(settings_are_taken_over_while_running),
	    TEST(lists_go_on_by_key_in_both_directions),
	    TEST(without_memory_a_page_is_whole_or_a_503),
	    TEST(in_trouble_a_page_of_yesterday_is_better_than_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
