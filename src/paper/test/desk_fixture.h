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
	strcpy(d->dir, "/tmp/farthing-paper-XXXXXX");
	if (!mkdtemp(d->dir))
		return -1;
	mkdir(desk_path(d, "private"), 0700);
	mkdir(desk_path(d, "public"), 0755);
	desk_ok(d, paper_create(str_of(d->dir), &settings, &d->err));
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
		desk_ok(d, paper_outbox_apply(d->paper, 7, &is_done, &d->err));
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
	struct public_story story;
	struct str text = STR_NONE;
	enum rc rc =
	    public_story(d->public, d->a, str_of(path), &state, &story, &text);

	if (rc == RC_NOT_FOUND)
		return -1;
	assert_int_equal(rc, RC_OK);
	if (ret_story && state == PUBLIC_LIVE)
		*ret_story = story;
	if (ret_text)
		*ret_text = text;
	return (int)state;
}

/* The rows of public.db say TEXT somewhere. */
static inline bool desk_file_has(struct desk *d, const char *text)
{
	struct public_story *v;
	size_t n;

	desk_ok(
	    d, public_feed(d->public, d->a, PUBLIC_ALL, STR(""), 1000, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (str_find_str(v[i].body, str_of(text)) < v[i].body.n)
			return true;
	return false;
}

#endif
