/* SPDX-License-Identifier: MIT
 *
 * Thinning: whatever a story's history is, what has to stay stays, what may go
 * goes, in short steps, and nobody who writes notices it.
 */
#include "paper/thin.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "paper/note.h"
#include "paper/paper_priv.h"
#include "paper/test/desk_fixture.h"
#include "paper/workflow.h"

enum { SAVES = 400, MINUTE = 60 };

/* What is known of each revision that was made. */
struct made {
	int64_t id, saved_us;
	bool is_pinned, is_of_bo;
	char body[32];
};

struct play {
	struct desk *d;
	int64_t story;
	struct made v[SAVES + 1];
	size_t n;
	uint64_t random;
	bool is_bo; /* who writes now, else Ada */
};

static uint64_t dice(struct play *p, uint64_t sides)
{
	p->random = p->random * 6364136223846793005u + 1442695040888963407u;
	return (p->random >> 33) % sides;
}

static void pass(struct play *p, int64_t seconds)
{
	p->d->now.us += seconds * 1000000;
}

static struct paper_write_result write_from(struct play *p, int64_t base,
    enum paper_kind kind, const char *name, const char *body)
{
	struct manuscript m = desk_manuscript("Storm", "News", "Ada Quay");
	struct paper_write w = {.id = p->story,
	    .base = base,
	    .manuscript = &m,
	    .kind = kind,
	    .who = p->is_bo ? STR("bo") : STR("ada"),
	    .name = str_of(name),
	    .now = p->d->now};
	struct paper_write_result got;

	m.body = str_of(body);
	desk_ok(p->d, paper_write(p->d->paper, p->d->a, &w, &got, &p->d->err));
	return got;
}

static struct made *newest(struct play *p)
{
	return &p->v[p->n - 1];
}

static void save(struct play *p, enum paper_kind kind, const char *name)
{
	struct made *m = &p->v[p->n];
	int64_t base = p->n > 0 ? newest(p)->id : 0;
	struct paper_write_result got;

	snprintf(m->body, sizeof(m->body), "Text %zu.\n", p->n);
	got = write_from(p, base, kind, name, m->body);
	assert_int_equal(got.outcome, PAPER_WRITTEN);
	p->story = got.id;
	m->id = got.revision;
	m->saved_us = p->d->now.us;
	m->is_of_bo = p->is_bo;
	m->is_pinned =
	    kind != PAPER_KIND_AUTOSAVE || name[0] != '\0' || p->n == 0;
	p->n++;
}

static void remark_on_newest(struct play *p)
{
	struct paper_remark r = {.story = p->story,
	    .revision = newest(p)->id,
	    .who = STR("bo"),
	    .text = STR("Who says so?"),
	    .now = p->d->now};

	desk_ok(p->d, paper_add_note(p->d->paper, &r, NULL, &p->d->err));
	newest(p)->is_pinned = true;
}

static void approve_newest(struct play *p)
{
	struct paper_act act = {.id = p->story,
	    .revision = newest(p)->id,
	    .who = STR("bo"),
	    .now = p->d->now};

	desk_ok(p->d, paper_approve(p->d->paper, &act, &p->d->err));
	newest(p)->is_pinned = true;
}

/* Some weeks of work, with days off. */
static void work(struct play *p)
{
	while (p->n < SAVES) {
		uint64_t act = dice(p, 100);

		p->is_bo = p->is_bo != (dice(p, 6) == 0);

		if (act < 3)
			save(p, PAPER_KIND_SAVE, "");
		else if (act < 5)
			save(p, PAPER_KIND_AUTOSAVE, "as sent to the lawyer");
		else
			save(p, PAPER_KIND_AUTOSAVE, "");
		if (act == 10)
			remark_on_newest(p);
		if (act == 11)
			approve_newest(p);
		pass(p, 1 + (int64_t)dice(p, 20 * MINUTE));
		if (act > 95)
			pass(p, (int64_t)dice(p, 5 * 24 * 60 * MINUTE));
	}
	newest(p)->is_pinned = true;
}

static int64_t revisions(struct desk *d)
{
	int64_t n;

	desk_ok(d, query_one(store_query(d->paper->db,
				 SQL("SELECT count(*) FROM revision")),
		       &n));
	return n;
}

/* To the end, each step being a short one. */
static void thin(struct play *p)
{
	bool more = true;

	for (int i = 0; more; i++) {
		int64_t before = revisions(p->d);

		desk_ok(p->d,
		    paper_thin(p->d->paper, p->d->now, &more, &p->d->err));
		assert_true(before - revisions(p->d) <= THIN_CUTS);
		assert_true(i < 1000);
	}
}

/* The list as it is, newest first. */
static struct paper_saving *listed(struct play *p, size_t *ret_n)
{
	struct paper_saving *v;
	int64_t older;

	desk_ok(p->d, paper_history(p->d->paper, p->d->a, p->story, 0,
			  SAVES + 1, &v, ret_n, &older, &p->d->err));
	assert_int_equal(older, 0);
	return v;
}

static bool is_listed(const struct paper_saving *v, size_t n, int64_t revision)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].id == revision)
			return true;
	return false;
}

static int64_t span_of(struct play *p, const struct made *m)
{
	int64_t age = p->d->now.us - m->saved_us;

	return age > (int64_t)THIN_HOURS_S * 1000000 ? 24ll * 3600000000
						     : 3600ll * 1000000;
}

static void check(struct play *p)
{
	size_t n;
	struct paper_saving *v = listed(p, &n);

	for (size_t i = 0, at = n; i < p->n; i++) {
		const struct made *m = &p->v[i];
		int64_t span = span_of(p, m);
		bool is_last = i + 1 == p->n ||
			       m->saved_us / span != m[1].saved_us / span ||
			       m->is_of_bo != m[1].is_of_bo;
		struct manuscript text;

		if (!is_listed(v, n, m->id)) {
			/* Old, nobody's, and not the last of its time or of
			 * its writer. */
			assert_false(m->is_pinned);
			assert_false(is_last);
			assert_true(p->d->now.us - m->saved_us >
				    (int64_t)THIN_ALL_S * 1000000);
			continue;
		}
		/* In their order, each with its own text. */
		assert_int_equal(v[--at].id, m->id);
		desk_ok(p->d, paper_text(p->d->paper, p->d->a, p->story, m->id,
				  &text, &p->d->err));
		desk_text(text.body, m->body);
		if (!m->is_pinned &&
		    p->d->now.us - m->saved_us > (int64_t)THIN_ALL_S * 1000000)
			assert_true(is_last);
	}
}

static void play_start(struct play *p, struct desk *d, uint64_t seed)
{
	*p = (struct play){.d = d, .random = seed};
}

static void whatever_was_written_only_what_may_go_goes(void **state)
{
	struct desk *d = *state;
	static struct play p;

	for (uint64_t seed = 1; seed <= 5; seed++) {
		size_t n, fewer;

		play_start(&p, d, seed);
		work(&p);
		listed(&p, &n);
		assert_int_equal(n, SAVES);
		/* At the end, and again as the weeks go by. */
		for (int week = 0; week < 8; week++) {
			thin(&p);
			check(&p);
			pass(&p, 7 * 24 * 3600 + 1000);
		}
		listed(&p, &fewer);
		assert_true(fewer < n / 2);
		arena_reset(d->a);
	}
}

static void steps_while_somebody_writes_come_to_the_same(void **state)
{
	struct desk *d = *state;
	static struct play p;
	bool more;

	play_start(&p, d, 77);
	while (p.n < SAVES) {
		save(&p, PAPER_KIND_AUTOSAVE, "");
		pass(&p, 30 * MINUTE);
		if (dice(&p, 3) == 0)
			desk_ok(
			    d, paper_thin(d->paper, d->now, &more, &d->err));
		if (dice(&p, 100) == 0) {
			desk_close(d);
			desk_open(d);
		}
	}
	newest(&p)->is_pinned = true;
	pass(&p, 2 * 24 * 3600);
	thin(&p);
	check(&p);
}

/* Somebody's page was open for two months. */
static void who_began_from_what_is_gone_loses_nothing(void **state)
{
	struct desk *d = *state;
	static struct play p;
	struct paper_write_result got;
	int64_t old[8], base;
	size_t n;

	play_start(&p, d, 5);
	save(&p, PAPER_KIND_AUTOSAVE, "");
	for (size_t i = 0; i < 8; i++) {
		char body[100];

		pass(&p, 3);
		snprintf(body, sizeof(body), "One.\n\nTwo.\n\nThree %zu.\n", i);
		old[i] = write_from(&p, i ? old[i - 1] : newest(&p)->id,
		    PAPER_KIND_AUTOSAVE, "", body)
			     .revision;
	}
	pass(&p, 60 * 24 * 3600);
	got = write_from(&p, old[7], PAPER_KIND_AUTOSAVE, "",
	    "One by bo.\n\nTwo.\n\nThree 7.\n");
	thin(&p);
	assert_int_equal(paper_text(d->paper, d->a, p.story, old[3],
			     &(struct manuscript){0}, &d->err),
	    RC_NOT_FOUND);
	desk_ok(d, paper_base(d->paper, p.story, old[3], &base, &d->err));
	assert_int_equal(base, p.v[0].id);
	/* The page still has old[3] as its base, and its own words. */
	got = write_from(&p, old[3], PAPER_KIND_AUTOSAVE, "",
	    "One.\n\nTwo.\n\nThree 3, mine.\n");
	assert_true(
	    got.outcome == PAPER_MERGED || got.outcome == PAPER_CONFLICTED);
	/* Of another story it is no base. */
	assert_int_equal(
	    paper_base(d->paper, p.story + 1, old[3], &base, &d->err),
	    RC_NOT_FOUND);
	/* The list goes on behind one that is gone. */
	{
		struct paper_saving *v;
		int64_t older;

		desk_ok(d, paper_history(d->paper, d->a, p.story, old[3], 9, &v,
			       &n, &older, &d->err));
		assert_int_equal(n, 1);
		assert_int_equal(v[0].id, p.v[0].id);
	}
}

static void what_a_merge_began_from_stays(void **state)
{
	struct desk *d = *state;
	static struct play p;
	struct paper_write_result got;
	int64_t base, gone;
	size_t n;
	struct paper_saving *v;

	play_start(&p, d, 6);
	save(&p, PAPER_KIND_AUTOSAVE, "");
	gone = write_from(
	    &p, newest(&p)->id, PAPER_KIND_AUTOSAVE, "", "One.\n\nTwo.\n")
		   .revision;
	pass(&p, 10);
	base = write_from(
	    &p, gone, PAPER_KIND_AUTOSAVE, "", "One.\n\nTwo.\n\nThree.\n")
		   .revision;
	pass(&p, 10);
	write_from(
	    &p, base, PAPER_KIND_AUTOSAVE, "", "One, ada.\n\nTwo.\n\nThree.\n");
	pass(&p, 10);
	got = write_from(
	    &p, base, PAPER_KIND_AUTOSAVE, "", "One.\n\nTwo.\n\nThree, bo.\n");
	assert_int_equal(got.outcome, PAPER_MERGED);
	pass(&p, 90 * 24 * 3600);
	thin(&p);
	v = listed(&p, &n);
	assert_true(is_listed(v, n, base));
	assert_true(is_listed(v, n, got.revision));
	assert_false(is_listed(v, n, gone));
}

struct fault {
	int left; /* steps until one fails; below 0: none does */
};

static enum rc fail_at(void *data)
{
	struct fault *f = data;

	return f->left-- == 0 ? RC_IO : RC_OK;
}

/* A chain that was cut off would end the list early, or not at all. */
static void a_step_that_fails_leaves_the_history_whole(void **state)
{
	struct desk *d = *state;
	static struct play p;
	int failed = 0;

	for (int at = 0; at < 400; at += 7) {
		struct fault f = {.left = at};
		bool more = true;
		enum rc rc = RC_OK;

		play_start(&p, d, 31);
		while (p.n < 40) {
			save(&p, PAPER_KIND_AUTOSAVE, p.n % 9 ? "" : "named");
			pass(&p, 10 * MINUTE);
		}
		newest(&p)->is_pinned = true;
		pass(&p, 3 * 24 * 3600);
		store_hook(d->paper->db, fail_at, &f);
		while (rc == RC_OK && more)
			rc = paper_thin(d->paper, d->now, &more, &d->err);
		store_hook(d->paper->db, NULL, NULL);
		failed += rc != RC_OK;
		thin(&p);
		check(&p);
		arena_reset(d->a);
	}
	assert_true(failed > 10);
}

static void nothing_is_due_when_all_is_done(void **state)
{
	struct desk *d = *state;
	static struct play p;
	int64_t n;

	play_start(&p, d, 9);
	for (int i = 0; i < 20; i++) {
		save(&p, PAPER_KIND_AUTOSAVE, "");
		pass(&p, MINUTE);
	}
	pass(&p, 100 * 24 * 3600);
	thin(&p);
	desk_ok(d, query_one(store_query(d->paper->db,
				 SQL("SELECT count(*) FROM thin")),
		       &n));
	assert_int_equal(n, 0);
	/* And again from the next one on. */
	save(&p, PAPER_KIND_AUTOSAVE, "");
	desk_ok(d, query_one(store_query(d->paper->db,
				 SQL("SELECT count(*) FROM thin")),
		       &n));
	assert_int_equal(n, 1);
}

int main(void)
{
#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, desk_set_up, desk_tear_down)
	const struct CMUnitTest tests[] = {
	    TEST(whatever_was_written_only_what_may_go_goes),
	    TEST(steps_while_somebody_writes_come_to_the_same),
	    TEST(who_began_from_what_is_gone_loses_nothing),
	    TEST(what_a_merge_began_from_stays),
	    TEST(a_step_that_fails_leaves_the_history_whole),
	    TEST(nothing_is_due_when_all_is_done),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
