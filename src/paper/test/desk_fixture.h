/* SPDX-License-Identifier: MIT
 *
 * A paper in a folder of its own, for tests: opened for writing and, beside
 * it, as readers open it.
 */
#ifndef PAPER_TEST_DESK_FIXTURE_H
#define PAPER_TEST_DESK_FIXTURE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "paper/paper.h"
#include "paper/public.h"

struct desk {
	char dir[64];
	struct paper *paper;
	struct public_db *public;
	struct arena *a;
	struct instant now; /* 2026-11-23T10:00:00Z at first */
	struct err err;
};

#define desk_test(name)                                                        \
	cmocka_unit_test_setup_teardown(name, desk_set_up, desk_tear_down)

static inline void desk_ok(struct desk *d, enum rc rc)
{
	if (rc != RC_OK)
		print_error("%s: %s\n", rc_name(rc), d->err.why);
	assert_int_equal(rc, RC_OK);
}

static inline void desk_text(struct str got, const char *want)
{
	if (!str_eq(got, str_of(want)))
		print_error("got \"%.*s\"\n", STR_ARG(got));
	assert_true(str_eq(got, str_of(want)));
}

static inline void desk_open(struct desk *d)
{
	desk_ok(d, paper_open(str_of(d->dir), &d->paper, &d->err));
	desk_ok(d, public_open(str_of(d->dir), &d->public, &d->err));
}

static inline void desk_close(struct desk *d)
{
	paper_close(d->paper);
	public_close(d->public);
	d->paper = NULL;
	d->public = NULL;
}

static inline char *desk_path(struct desk *d, const char *name)
{
	return (char *)(uintptr_t)arena_printf(d->a, "%s/%s", d->dir, name).p;
}

static inline void desk_delete_public(struct desk *d)
{
	unlink(desk_path(d, "public/public.db"));
	unlink(desk_path(d, "public/public.db-wal"));
	unlink(desk_path(d, "public/public.db-shm"));
}

static inline int desk_set_up(void **state)
{
	struct paper_settings settings = {
	    .name = STR("The Port Lune Farthing"),
	    .lang = STR("en"),
	    .zone = STR("Etc/UTC"),
	};
	struct desk *d = calloc(1, sizeof(*d));

	d->a = arena_new(1 << 26);
	d->now = INSTANT_OF_S(1795428000);
	/* Memory, where there is such a place: no test here loses power. */
	strcpy(d->dir, access("/dev/shm", W_OK) == 0
			   ? "/dev/shm/farthing-paper-XXXXXX"
			   : "/tmp/farthing-paper-XXXXXX");
	if (!mkdtemp(d->dir))
		return -1;
	mkdir(desk_path(d, "private"), 0700);
	mkdir(desk_path(d, "public"), 0755);
	desk_ok(d, paper_create(str_of(d->dir), &settings, d->now, &d->err));
	desk_open(d);
	*state = d;
	return 0;
}

static inline int desk_tear_down(void **state)
{
	static const char *const names[] = {
	    "private/paper.db", "private/paper.db-wal", "private/paper.db-shm"};
	struct desk *d = *state;

	desk_close(d);
	desk_delete_public(d);
	for (size_t i = 0; i < 3; i++)
		unlink(desk_path(d, names[i]));
	rmdir(desk_path(d, "private"));
	rmdir(desk_path(d, "public"));
	rmdir(d->dir);
	arena_free(d->a);
	free(d);
	return 0;
}

static inline struct manuscript desk_manuscript(
    const char *headline, const char *section, const char *author)
{
	static struct str authors[8];
	static size_t at;
	struct str *slot = &authors[at++ % 8];

	*slot = str_of(author);
	return (struct manuscript){
	    .headline = str_of(headline),
	    .section = str_of(section),
	    .authors = {slot, 1},
	    .body = STR("The wall held.\n"),
	};
}

static inline int64_t desk_save_manuscript(
    struct desk *d, int64_t id, const struct manuscript *m)
{
	struct paper_edit edit = {
	    .id = id,
	    .manuscript = m,
	    .who = STR("test"),
	    .now = d->now,
	};

	desk_ok(d, paper_save(d->paper, &edit, &id, NULL, &d->err));
	return id;
}

static inline int64_t desk_save(struct desk *d, int64_t id,
    const char *headline, const char *section, const char *author)
{
	struct manuscript m = desk_manuscript(headline, section, author);

	return desk_save_manuscript(d, id, &m);
}

static inline void desk_apply(struct desk *d)
{
	bool is_done = false;

	while (!is_done)
		desk_ok(d,
		    paper_outbox_apply(d->paper, d->now, 7, &is_done, &d->err));
}

static inline int64_t desk_publish(struct desk *d, const char *headline,
    const char *section, const char *author)
{
	int64_t id = desk_save(d, 0, headline, section, author);

	desk_ok(d, paper_publish(d->paper, id, d->now, NULL, &d->err));
	desk_apply(d);
	return id;
}

/* The state of a path as readers see it; -1: not found. */
static inline int desk_read(struct desk *d, const char *path,
    struct public_story *ret_story, struct str *ret_text)
{
	enum public_state state;
	struct public_story story = {0};
	struct str text = STR_NONE;
	enum rc rc =
	    public_story(d->public, d->a, str_of(path), &state, &story, &text);

	if (ret_story)
		*ret_story = (struct public_story){0};
	if (ret_text)
		*ret_text = STR_NONE;
	if (rc == RC_NOT_FOUND)
		return -1;
	assert_int_equal(rc, RC_OK);
	if (ret_story && state == PUBLIC_LIVE)
		*ret_story = story;
	if (ret_text)
		*ret_text = text;
	return (int)state;
}

/* The bytes of a file of the paper say TEXT somewhere. */
static inline bool desk_file_has(
    struct desk *d, const char *name, const char *text)
{
	enum { FILE_MOST = 1 << 22 };
	char *bytes = arena_alloc(d->a, FILE_MOST);
	FILE *f = fopen(desk_path(d, name), "rb");
	struct str s = {bytes, 0};

	assert_non_null(f);
	s.n = fread(bytes, 1, FILE_MOST, f);
	fclose(f);
	return str_find_str(s, str_of(text)) < s.n;
}

static inline void desk_dump_links(
    struct buf *b, const char *what, const struct public_links *links)
{
	for (size_t i = 0; i < links->n; i++)
		buf_printf(b, " %s=%.*s/%.*s", what, STR_ARG(links->v[i].slug),
		    STR_ARG(links->v[i].name));
}

static inline void desk_dump_counts(
    struct desk *d, struct buf *b, int32_t year, uint8_t month)
{
	struct public_count *v;
	size_t n;

	desk_ok(d, public_counts(d->public, d->a, year, month, &v, &n));
	for (size_t i = 0; i < n; i++)
		buf_printf(b, "count %d-%d-%d: %llu\n", (int)v[i].year,
		    v[i].month, v[i].day, (unsigned long long)v[i].stories);
}

/* Length of a list, and that it is in order. */
static inline void desk_dump_list(struct desk *d, struct buf *b,
    enum public_list list, struct public_links *links)
{
	struct public_story *v;
	size_t n;

	for (size_t i = 0; i < links->n; i++) {
		desk_ok(d, public_list(d->public, d->a, list, links->v[i].slug,
			       PUBLIC_KEY_NEWEST, false, 1000, &v, &n));
		buf_printf(b, "  list %d %.*s: %zu\n", (int)list,
		    STR_ARG(links->v[i].slug), n);
		for (size_t k = 1; k < n; k++)
			assert_true(
			    v[k - 1].published.us > v[k].published.us ||
			    (v[k - 1].published.us == v[k].published.us &&
				v[k - 1].id > v[k].id));
	}
}

/* What was told of changes, and what pictures said in each version. */
static inline void desk_dump_versions(
    struct desk *d, struct buf *b, const struct public_story *story)
{
	struct public_version *rows, v;
	size_t n;

	for (size_t i = 0; i < story->corrections_n; i++)
		buf_printf(b, "  notice %d \"%.*s\"\n",
		    (int)story->corrections[i].change,
		    STR_ARG(story->corrections[i].text));
	desk_ok(
	    d, public_versions(d->public, d->a, story->id, 1000, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		desk_ok(d, public_version(
			       d->public, d->a, story->id, rows[i].number, &v));
		buf_printf(b, "  version %d", (int)v.change);
		for (size_t k = 0; k < v.pictures_n; k++)
			buf_printf(
			    b, " \"%.*s\"", STR_ARG(v.pictures[k].caption));
		buf_char(b, '\n');
	}
}

/* Everything that readers can see, by address, never by id. */
static inline void desk_dump_public(struct desk *d, struct buf *b)
{
	struct public_paper paper;
	struct public_front front;
	struct public_story *v;
	size_t n;

	desk_ok(d, public_front(d->public, d->a, d->now, &front));
	desk_ok(d, public_paper(d->public, d->a, &paper));
	buf_printf(
	    b, "paper %.*s, %zu leads", STR_ARG(paper.name), front.leads);
	desk_dump_links(b, "section", &paper.sections);
	buf_char(b, '\n');
	desk_ok(
	    d, public_feed(d->public, d->a, PUBLIC_ALL, STR(""), 1000, &v, &n));
	for (size_t i = 0; i < n; i++) {
		struct public_links section = {&v[i].section, 1};

		buf_printf(b, "story %.*s \"%.*s\" at %lld/%lld: %.*s",
		    STR_ARG(v[i].path), STR_ARG(v[i].headline),
		    (long long)v[i].published.us, (long long)v[i].updated.us,
		    STR_ARG(v[i].body));
		buf_printf(b, "%zu notices%s", v[i].corrections_n,
		    v[i].has_versions ? ", versions" : "");
		desk_dump_links(b, "section", &section);
		desk_dump_links(b, "by", &v[i].people);
		desk_dump_links(b, "tag", &v[i].tags);
		buf_char(b, '\n');
		desk_dump_versions(d, b, &v[i]);
		if (v[i].section.slug.n > 0)
			desk_dump_list(d, b, PUBLIC_SECTION, &section);
		desk_dump_list(d, b, PUBLIC_PERSON, &v[i].people);
		desk_dump_list(d, b, PUBLIC_TAG, &v[i].tags);
	}
	desk_dump_counts(d, b, 0, 0);
	desk_dump_counts(d, b, 2026, 0);
	desk_dump_counts(d, b, 2026, 11);
}

/* Everything that the staff and the readers see of the paper. */
static inline struct str desk_dump(struct desk *d)
{
	static const char *const states[] = {"live", "moved", "withdrawn"};
	struct paper_filter filter = {0};
	struct paper_story *v;
	struct buf b;
	size_t n;

	buf_init_arena(&b, d->a, 1 << 20);
	desk_ok(d, paper_list(d->paper, d->a, &filter, INT64_MAX, 1000, &v, &n,
		       &d->err));
	for (size_t i = 0; i < n; i++) {
		struct paper_revision *r;
		struct str text = STR_NONE;
		size_t r_n;
		int state = -1;

		desk_ok(d, paper_revisions(
			       d->paper, d->a, v[i].id, &r, &r_n, &d->err));
		if (v[i].path.n > 0)
			state = desk_read(
			    d, arena_cstr(d->a, v[i].path), NULL, &text);
		buf_printf(&b, "desk \"%.*s\" %s %.*s, %zu saves, %s %.*s\n",
		    STR_ARG(v[i].headline), paper_status_name(v[i].status),
		    STR_ARG(v[i].path), r_n,
		    state < 0 ? "nowhere" : states[state], STR_ARG(text));
	}
	desk_dump_public(d, &b);
	assert_int_equal(buf_rc(&b), RC_OK);
	return buf_str(&b);
}

#endif
