/* SPDX-License-Identifier: MIT
 *
 * A small paper on a real public.db, a reader of it, and a walk over all that
 * can be reached: for the tests of site/. Each test program includes this
 * once.
 */
#ifndef SITE_TEST_WORLD_H
#define SITE_TEST_WORLD_H

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
#include "http/entity_file.h"
#include "page/asset.h"
#include "paper/paper.h"
#include "paper/public.h"

/* 2026-11-23T12:00:00Z, a Monday. */
static const struct instant NOON = {INT64_C(1795435200) * 1000000};
/* Not every program uses every one. */
#define HELPER static __attribute__((unused))

enum { MINUTE = 60, HOUR = 3600, DAY = 86400 };

struct world {
	char dir[64];
	struct paper *paper;
	struct public_db *db;
	struct site *site;
	struct instant now;
	struct arena *a;
	int pictures_read;
	size_t picture_most; /* as the last was asked for */
};

HELPER struct instant later(struct instant t, int64_t seconds)
{
	t.us += seconds * 1000000;
	return t;
}

/* --- The paper -------------------------------------------------------- */

HELPER void check(enum rc rc, const struct err *err, const char *what)
{
	if (rc)
		fail_msg("%s: %s: %s", what, rc_name(rc), err->why);
}

HELPER void apply(struct world *w)
{
	struct err err = {0};
	bool is_done = false;

	while (!is_done)
		check(
		    paper_outbox_apply(w->paper, w->now, 1000, &is_done, &err),
		    &err, "outbox");
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

HELPER struct str_list one(struct str *room, const char *text)
{
	*room = str_of(text);
	return (struct str_list){room, text ? 1 : 0};
}

HELPER int64_t save(struct world *w, const struct plan *plan, int64_t id)
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

HELPER int64_t publish(struct world *w, const struct plan *plan)
{
	struct err err = {0};
	int64_t id = save(w, plan, 0);

	check(
	    paper_publish(w->paper, id, later(NOON, -plan->ago_s), NULL, &err),
	    &err, "publish");
	return id;
}

/* --- The reader ------------------------------------------------------- */

HELPER enum rc give_picture(void *ctx, struct arena *a, struct str name,
    size_t most, struct site_picture *ret)
{
	struct world *w = ctx;

	w->pictures_read++;
	w->picture_most = most;
	ret->modified = NOON;
	if (str_eq(name, STR("large.jpg")))
		return entity_file_open(
		    arena_printf(a, "%s/large", w->dir), &ret->file);
	if (!str_eq(name, STR("harbour.jpg")) && !str_eq(name, STR("map.svg")))
		return RC_NOT_FOUND;
	ret->bytes = arena_copy(a, STR("not really a picture"));
	return RC_OK;
}

HELPER struct entity *ask(struct world *w, const char *target)
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
HELPER struct str get(struct world *w, const char *target)
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

HELPER unsigned status(struct world *w, const char *target)
{
	struct entity *e = ask(w, target);
	unsigned n = entity_status(e);

	entity_unref(e);
	return n;
}

HELPER bool has(struct str s, const char *what)
{
	return str_find_str(s, str_of(what)) < s.n;
}

HELPER void assert_has(struct world *w, const char *target, const char *what)
{
	struct str s = get(w, target);

	if (!has(s, what))
		fail_msg("%s lacks \"%s\":\n%.*s", target, what, STR_ARG(s));
}

HELPER void assert_lacks(struct world *w, const char *target, const char *what)
{
	struct str s = get(w, target);

	if (has(s, what))
		fail_msg("%s has \"%s\":\n%.*s", target, what, STR_ARG(s));
}

HELPER void assert_status(struct world *w, const char *target, unsigned n)
{
	unsigned is = status(w, target);

	if (is != n)
		fail_msg("%s: %u, not %u", target, is, n);
}

HELPER void notice(struct world *w)
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
HELPER void put_header(struct buf *b)
{
	buf_lit(b, "TZif2");
	buf_fill(b, '\0', 15 + 4 * 4 + 3);
	buf_char(b, 1);
	buf_fill(b, '\0', 3);
	buf_char(b, 4);
}

/* One zone, three hours and a half east of UTC the whole year. */
HELPER enum rc load_zone(struct arena *a, struct str name,
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

HELPER void new_site(struct world *w)
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

HELPER int world_start(void **state)
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
	check(paper_create(str_of(w->dir), &settings, later(NOON, -10), &err),
	    &err, "create");
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

HELPER int remove_one(
    const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	(void)st;
	(void)kind;
	(void)ftw;
	return remove(path);
}

HELPER int world_end(void **state)
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

HELPER void walk_add(struct world *w, struct walk *walk, struct str target)
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

HELPER void walk_links(struct world *w, struct walk *walk, struct str page)
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
HELPER struct walk *walk_all(struct world *w)
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

HELPER struct str walk_find(const struct walk *walk, const char *target)
{
	for (size_t i = 0; i < walk->n; i++)
		if (strcmp(walk->target[i], target) == 0)
			return walk->answer[i];
	return STR_NONE;
}

#endif
