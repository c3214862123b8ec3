/* SPDX-License-Identifier: MIT
 *
 * A long run of whatever the staff may do, in random order and at random
 * times, against a model of a few lines: at every moment readers must see
 * exactly what the model says, and nothing before its time.
 *
 * FARTHING_TEST_SEED=N repeats a run.
 */
#include "paper/paper.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "paper/test/desk_fixture.h"

enum { STORIES = 24, ACTS = 1500, SECOND = 1000000 };

struct model_story {
	int64_t id; /* 0: not yet written */
	enum paper_status status;
	int64_t due, embargo; /* INT64_MAX: none */
	int64_t published;
	int version;
	char path[80], old_path[80];
	int renames;
};

struct model {
	struct desk *d;
	uint64_t state;
	struct model_story v[STORIES];
};

static uint64_t below(struct model *m, uint64_t n)
{
	m->state ^= m->state << 13;
	m->state ^= m->state >> 7;
	m->state ^= m->state << 17;
	return m->state % n;
}

static int64_t later(struct model *m)
{
	return m->d->now.us + (int64_t)below(m, 100) * SECOND;
}

static void model_go_live(struct model_story *s, int64_t at, int64_t now)
{
	struct civil day;

	if (s->embargo != INT64_MAX && s->embargo > at)
		at = s->embargo;
	if (at > now) {
		s->status = PAPER_SCHEDULED;
		s->due = at;
		return;
	}
	s->status = PAPER_PUBLISHED;
	s->due = INT64_MAX;
	if (s->published == INT64_MAX)
		s->published = at;
	if (s->path[0])
		return;
	day = civil_at((struct instant){s->published}, 0);
	snprintf(s->path, sizeof(s->path), "/%04d/%02d/%02d/story-%d-%d",
	    (int)day.year, day.month, day.day, (int)s->id, s->renames);
}

static void do_save(struct model *m, struct model_story *s)
{
	struct desk *d = m->d;
	char headline[64], slug[64];
	struct manuscript text = desk_manuscript(headline, "News", "Ada Quay");
	bool is_first = s->id == 0;
	int64_t was = s->embargo;
	struct paper_edit edit = {
	    .id = s->id, .manuscript = &text, .now = d->now};

	if (is_first)
		*s = (struct model_story){.due = INT64_MAX,
		    .embargo = INT64_MAX,
		    .published = INT64_MAX};
	s->version++;
	snprintf(headline, sizeof(headline), "Version %d", s->version);
	text.headline = str_of(headline);
	s->embargo = below(m, 5) == 0 ? later(m) : INT64_MAX;
	if (s->embargo != INT64_MAX) {
		text.has_embargo = true;
		text.embargo = civil_at((struct instant){s->embargo}, 0);
		text.embargo.has_time = true;
		text.embargo.has_offset = true;
	}
	/* The slug holds the id, which is known only after the first save. */
	if (!is_first) {
		snprintf(
		    slug, sizeof(slug), "story-%d-%d", (int)s->id, s->renames);
		text.slug = str_of(slug);
	}
	if (s->status == PAPER_PUBLISHED && s->embargo != INT64_MAX &&
	    s->embargo > d->now.us) {
		assert_int_equal(
		    paper_save(d->paper, &edit, NULL, NULL, &d->err),
		    RC_DENIED);
		s->version--;
		s->embargo = was;
		return;
	}
	desk_ok(d, paper_save(d->paper, &edit, &s->id, NULL, &d->err));
	if (is_first) {
		edit.id = s->id;
		snprintf(slug, sizeof(slug), "story-%d-0", (int)s->id);
		text.slug = str_of(slug);
		desk_ok(d, paper_save(d->paper, &edit, NULL, NULL, &d->err));
	}
	if (s->status == PAPER_SCHEDULED && s->embargo != INT64_MAX &&
	    s->embargo > s->due)
		s->due = s->embargo;
}

static void do_schedule(struct model *m, struct model_story *s)
{
	struct desk *d = m->d;
	int64_t when = below(m, 2) ? d->now.us : later(m);
	enum rc rc = paper_schedule(
	    d->paper, s->id, (struct instant){when}, d->now, NULL, &d->err);

	if (s->status == PAPER_PUBLISHED) {
		assert_int_equal(rc, RC_EXISTS);
		return;
	}
	desk_ok(d, rc);
	model_go_live(s, when, d->now.us);
}

static void do_withdraw(struct model *m, struct model_story *s)
{
	struct desk *d = m->d;
	enum rc rc =
	    paper_withdraw(d->paper, s->id, STR("Withdrawn."), d->now, &d->err);

	if (s->status != PAPER_PUBLISHED && s->status != PAPER_SCHEDULED) {
		assert_int_equal(rc, RC_DENIED);
		return;
	}
	desk_ok(d, rc);
	s->status = s->path[0] ? PAPER_WITHDRAWN : PAPER_DRAFT;
	s->due = INT64_MAX;
}

static void do_rename(struct model *m, struct model_story *s)
{
	struct desk *d = m->d;
	char slug[64];
	struct str head;

	s->renames++;
	snprintf(slug, sizeof(slug), "Story %d %d", (int)s->id, s->renames);
	desk_ok(
	    d, paper_rename(d->paper, s->id, str_of(slug), d->now, &d->err));
	if (!s->path[0])
		return;
	memcpy(s->old_path, s->path, sizeof(s->path));
	head = str_part(str_of(s->old_path), 0, 12);
	snprintf(s->path, sizeof(s->path), "%.*sstory-%d-%d", STR_ARG(head),
	    (int)s->id, s->renames);
}

static void do_wait(struct model *m)
{
	struct desk *d = m->d;
	struct instant next;
	size_t n, due = 0;

	d->now.us += (int64_t)below(m, 40) * SECOND;
	for (int i = 0; i < STORIES; i++) {
		struct model_story *s = &m->v[i];

		if (s->id == 0 || s->status != PAPER_SCHEDULED ||
		    s->due > d->now.us)
			continue;
		due++;
		model_go_live(s, s->due, d->now.us);
	}
	desk_ok(d, paper_due(d->paper, d->now, &n, &next, &d->err));
	assert_int_equal(n, due);
	assert_true(next.us > d->now.us);
}

static void check(struct model *m)
{
	struct desk *d = m->d;
	struct public_story *v;
	size_t n, live = 0;

	for (int i = 0; i < STORIES; i++) {
		struct model_story *s = &m->v[i];
		struct public_story story;
		char headline[64];
		int state;

		if (s->id == 0)
			continue;
		live += s->status == PAPER_PUBLISHED;
		if (!s->path[0])
			continue;
		state = desk_read(d, s->path, &story, NULL);
		if (s->status == PAPER_PUBLISHED) {
			assert_int_equal(state, PUBLIC_LIVE);
			assert_int_equal(story.published.us, s->published);
			snprintf(headline, sizeof(headline), "Version %d",
			    s->version);
			desk_text(story.headline, headline);
		} else if (s->status == PAPER_WITHDRAWN) {
			assert_int_equal(state, PUBLIC_WITHDRAWN);
		} else {
			assert_int_equal(state, -1);
		}
		if (s->old_path[0] && s->status == PAPER_PUBLISHED)
			assert_int_equal(desk_read(d, s->old_path, NULL, NULL),
			    PUBLIC_MOVED);
	}
	desk_ok(d, public_list(d->public, d->a, PUBLIC_ALL, STR(""),
		       PUBLIC_KEY_NEWEST, false, 100, &v, &n));
	assert_int_equal(n, live);
	desk_ok(d,
	    public_list(d->public, d->a, PUBLIC_ALL, STR(""),
		(struct public_key){d->now.us, INT64_MAX}, true, 100, &v, &n));
	assert_int_equal(n, 0); /* nothing from the future */
}

static void readers_see_what_the_model_says(void **state)
{
	const char *wish = getenv("FARTHING_TEST_SEED");
	uint64_t seed = wish ? strtoull(wish, NULL, 10) : 20261123;
	struct model m = {.d = *state, .state = seed * 2 + 1};

	print_message("note: seed %llu\n", (unsigned long long)seed);
	for (int i = 0; i < ACTS; i++) {
		struct model_story *s = &m.v[below(&m, STORIES)];
		uint64_t what = below(&m, 10);

		if (s->id == 0 || what < 3)
			do_save(&m, s);
		else if (what < 5)
			do_schedule(&m, s);
		else if (what < 6)
			do_withdraw(&m, s);
		else if (what < 7)
			do_rename(&m, s);
		else
			do_wait(&m);
		if (below(&m, 3) == 0) {
			desk_apply(m.d);
			check(&m);
			arena_reset(m.d->a);
		}
		if (below(&m, 200) == 0) {
			desk_close(m.d);
			desk_open(m.d);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    desk_test(readers_see_what_the_model_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
