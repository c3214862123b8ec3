/* SPDX-License-Identifier: MIT
 *
 * Steps of one story, for tests: each a second after the one before.
 */
#ifndef PAPER_TEST_STEP_FIXTURE_H
#define PAPER_TEST_STEP_FIXTURE_H

#include "paper/test/desk_fixture.h"
#include "paper/workflow.h"
#include "paper/write.h"

/* Saves as WHO; returns the story. */
static inline int64_t work(struct desk *d, int64_t id, const char *who,
    const char *body, int64_t *ret_revision)
{
	struct manuscript m = desk_manuscript("Storm", "News", "Ada Quay");
	struct paper_write_result got;
	struct paper_write w = {
	    .id = id, .manuscript = &m, .who = str_of(who), .now = d->now};
	int64_t shown;

	if (id != 0)
		desk_ok(
		    d, paper_newest(d->paper, id, &w.base, &shown, &d->err));
	m.body = str_of(body);
	desk_ok(d, paper_write(d->paper, d->a, &w, &got, &d->err));
	*ret_revision = got.revision;
	return got.id;
}

static inline struct paper_act act(struct desk *d, int64_t id, const char *who,
    const char *note, int64_t revision)
{
	d->now.us += 1000000;
	return (struct paper_act){.id = id,
	    .revision = revision,
	    .who = str_of(who),
	    .note = str_of(note),
	    .now = d->now};
}

static inline enum rc release(struct desk *d, int64_t id, int64_t revision,
    enum paper_change change, const char *text)
{
	struct paper_release r = {.id = id,
	    .revision = revision,
	    .who = STR("ed"),
	    .change = change,
	    .text = str_of(text)};

	d->now.us += 1000000;
	r.now = r.when = d->now;
	d->err.rc = RC_OK;
	return paper_release(d->paper, &r, NULL, &d->err);
}

static inline struct public_story seen(struct desk *d)
{
	struct public_story s;

	desk_apply(d);
	assert_int_equal(
	    desk_read(d, "/2026/11/23/storm", &s, NULL), PUBLIC_LIVE);
	return s;
}

#endif
