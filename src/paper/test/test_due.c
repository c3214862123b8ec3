/* SPDX-License-Identifier: MIT
 *
 * What waits for its time: which text appears, when, and with which notice; and
 * how it is stopped.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "paper/held.h"
#include "paper/test/step_fixture.h"

static void what_a_command_schedules_is_that_text_where_texts_are_approved(
    void **state)
{
	struct desk *d = *state;
	int64_t r, id = work(d, 0, "ada", "One.\n", &r);
	struct instant when = {d->now.us + 60000000}, next;
	enum paper_status status;
	size_t n;

	desk_ok(d, paper_set_review(d->paper, true, &d->err));
	desk_ok(
	    d, paper_schedule(d->paper, id, when, d->now, &status, &d->err));
	work(d, id, "ada", "Two, unseen.\n", &r);
	d->now = when;
	desk_ok(d, paper_due(d->paper, d->now, &n, &next, &d->err));
	desk_text(seen(d).body, "One.\n");
}

static void what_is_due_is_what_was_approved(void **state)
{
	struct desk *d = *state;
	int64_t r, id = work(d, 0, "ada", "One.\n", &r);
	struct paper_act a = act(d, id, "ed", "", r);
	struct paper_release when = {.id = id, .who = STR("ed")};
	enum paper_status status;
	struct instant next;
	size_t n;

	desk_ok(d, paper_set_review(d->paper, true, &d->err));
	desk_ok(d, paper_approve(d->paper, &a, &d->err));
	when.now = d->now;
	when.when = (struct instant){d->now.us + 60000000};
	desk_ok(d, paper_release(d->paper, &when, &status, &d->err));
	assert_int_equal(status, PAPER_SCHEDULED);
	work(d, id, "ada", "Two, unseen.\n", &r);
	d->now = when.when;
	desk_ok(d, paper_due(d->paper, d->now, &n, &next, &d->err));
	assert_int_equal(n, 1);
	desk_text(seen(d).body, "One.\n");
	/* Approved in time, it is that one. */
	id = work(d, 0, "ada", "A.\n", &r);
	a = act(d, id, "ed", "", r);
	desk_ok(d, paper_approve(d->paper, &a, &d->err));
	when.id = id;
	when.now = d->now;
	when.when = (struct instant){d->now.us + 60000000};
	desk_ok(d, paper_release(d->paper, &when, &status, &d->err));
	work(d, id, "ada", "B.\n", &r);
	a = act(d, id, "ed", "", r);
	desk_ok(d, paper_approve(d->paper, &a, &d->err));
	d->now = when.when;
	desk_ok(d, paper_due(d->paper, d->now, &n, &next, &d->err));
	desk_apply(d);
	{
		struct public_story s;

		assert_int_equal(
		    desk_read(d, "/2026/11/23/storm-2", &s, NULL), PUBLIC_LIVE);
		desk_text(s.body, "B.\n");
	}
}

static struct paper_going going(struct desk *d, size_t want)
{
	static struct paper_going v[PAPER_GOING_MOST];
	size_t n = 77;

	desk_ok(d, paper_going(d->paper, d->now, v, &n, &d->err));
	assert_int_equal(n, want);
	return v[0];
}

static struct paper_held held(struct desk *d, size_t want)
{
	struct paper_held *v;
	size_t n = 77;

	desk_ok(d, paper_held(d->paper, d->a, &v, &n, &d->err));
	assert_int_equal(n, want);
	return n ? v[0] : (struct paper_held){0};
}

static int64_t scheduled(struct desk *d, int64_t *ret_revision)
{
	int64_t id = work(d, 0, "ada", "One.\n", ret_revision);
	struct paper_release when = {
	    .id = id, .revision = *ret_revision, .who = STR("ed")};

	when.now = d->now;
	when.when = (struct instant){d->now.us + 60000000};
	desk_ok(d, paper_release(d->paper, &when, NULL, &d->err));
	d->now = when.when;
	return id;
}

static void what_is_due_is_looked_at_once_more(void **state)
{
	struct desk *d = *state;
	struct instant next;
	struct paper_act a;
	int64_t r, newer, id, other;
	size_t n;

	going(d, 0);
	id = scheduled(d, &r);
	/* Where nobody approves, it is the newest text that appears. */
	work(d, id, "ada", "Two.\n", &newer);
	assert_int_equal(going(d, 1).id, id);
	assert_int_equal(going(d, 1).revision, newer);
	a = act(d, id, "", "address", newer);
	desk_ok(d, paper_hold(d->paper, &a, true, &d->err));
	assert_int_equal(paper_hold(d->paper, &a, true, &d->err), RC_DENIED);
	going(d, 0);
	desk_ok(d, paper_due(d->paper, d->now, &n, &next, &d->err));
	assert_int_equal(n, 0);
	assert_int_equal(held(d, 1).id, id);
	assert_true(held(d, 1).is_back);
	desk_text(held(d, 1).items, "address");
	/* Whoever takes it up again has seen it. */
	desk_ok(d, release(d, id, newer, PAPER_FIRST, ""));
	held(d, 0);

	other = scheduled(d, &r);
	a = act(d, other, "", "ended", r);
	desk_ok(d, paper_hold(d->paper, &a, false, &d->err));
	going(d, 0); /* said once */
	desk_ok(d, paper_due(d->paper, d->now, &n, &next, &d->err));
	assert_int_equal(n, 1);
	assert_false(held(d, 1).is_back);
	a = act(d, other, "ed", "Not ours.", 0);
	desk_ok(d, paper_take_back(d->paper, &a, &d->err));
	held(d, 0);
	/* Commands ask nobody. */
	id = work(d, 0, "ada", "Three.\n", &r);
	desk_ok(d,
	    paper_schedule(d->paper, id, (struct instant){d->now.us + 1000000},
		d->now, NULL, &d->err));
	d->now.us += 2000000;
	going(d, 0);
}

static void a_notice_waits_for_its_story(void **state)
{
	struct desk *d = *state;
	struct paper_release back = {.who = STR("ed"),
	    .change = PAPER_CLARIFICATION,
	    .text = STR("It was unclear.")};
	struct paper_act a;
	struct public_notice *v;
	struct instant next;
	size_t n;
	int64_t r, id = work(d, 0, "ada", "One.\n", &r);

	desk_ok(d, release(d, id, r, PAPER_FIRST, ""));
	a = act(d, id, "ed", "We look at it again.", 0);
	desk_ok(d, paper_take_back(d->paper, &a, &d->err));
	back.id = id;
	back.now = d->now;
	back.when = (struct instant){d->now.us + 60000000};
	desk_ok(d, paper_release(d->paper, &back, NULL, &d->err));
	desk_apply(d);
	desk_ok(d, public_notices(
		       d->public, d->a, PUBLIC_KEY_NEWEST, false, 9, &v, &n));
	assert_int_equal(n, 0);
	d->now = back.when;
	desk_ok(d, paper_due(d->paper, d->now, &n, &next, &d->err));
	assert_int_equal(seen(d).corrections_n, 1);
	desk_ok(d, public_notices(
		       d->public, d->a, PUBLIC_KEY_NEWEST, false, 9, &v, &n));
	assert_int_equal(n, 1);
	assert_int_equal(v[0].correction.at.us, back.when.us);
}

static void an_approval_that_comes_and_goes_spares_no_last_look(void **state)
{
	struct desk *d = *state;
	int64_t r, newer, id = scheduled(d, &r);
	struct paper_act a = act(d, id, "ed", "", r);
	struct paper_act no = act(d, id, "ed", "ed", r);

	desk_ok(d, paper_approve(d->paper, &a, &d->err));
	desk_ok(d, paper_take_approval(d->paper, &no, &d->err));
	work(d, id, "ada", "Two.\n", &newer);
	assert_int_equal(going(d, 1).id, id);
	assert_int_equal(going(d, 1).revision, newer);
}

/* Saves what the newest text says, under an embargo of S seconds from now. */
static int64_t put_embargo(struct desk *d, int64_t id, int64_t s)
{
	struct paper_write_result got;
	struct paper_write w = {.id = id, .who = STR("bob"), .now = d->now};
	struct manuscript m;
	int64_t shown;

	desk_ok(d, paper_newest(d->paper, id, &w.base, &shown, &d->err));
	desk_ok(d, paper_text(d->paper, d->a, id, w.base, &m, &d->err));
	m.has_embargo = s != 0;
	m.embargo = civil_at((struct instant){d->now.us + s * 1000000}, 0);
	w.manuscript = &m;
	desk_ok(d, paper_write(d->paper, d->a, &w, &got, &d->err));
	return got.revision;
}

static void restore(struct desk *d, int64_t id, int64_t revision)
{
	struct paper_write_result got;
	struct paper_write w = {.id = id, .who = STR("rita"), .now = d->now};
	int64_t shown;

	desk_ok(d, paper_newest(d->paper, id, &w.base, &shown, &d->err));
	desk_ok(d, paper_restore(d->paper, d->a, revision, &w, &got, &d->err));
}

static struct paper_story story_of(struct desk *d, int64_t id)
{
	struct paper_story story;

	desk_ok(d, paper_show(d->paper, d->a, id, &story, NULL, &d->err));
	return story;
}

static struct str withdrawn(struct desk *d)
{
	struct str note;

	desk_apply(d);
	assert_int_equal(
	    desk_read(d, "/2026/11/23/storm", NULL, &note), PUBLIC_WITHDRAWN);
	return note;
}

/* A story that was withdrawn and is to come back in a minute, with a notice. */
static int64_t returning(struct desk *d, const char *notice)
{
	struct paper_release back = {.who = STR("ed"),
	    .change = PAPER_CORRECTION,
	    .text = str_of(notice)};
	int64_t r, id = work(d, 0, "ada", "One.\n", &r);
	struct paper_act a;

	desk_ok(d, release(d, id, r, PAPER_FIRST, ""));
	a = act(d, id, "ed", "We look at it again.", 0);
	desk_ok(d, paper_take_back(d->paper, &a, &d->err));
	back.id = id;
	back.now = d->now;
	back.when = (struct instant){d->now.us + 60000000};
	desk_ok(d, paper_release(d->paper, &back, NULL, &d->err));
	return id;
}

/* What the newsroom has told of the story ID, or is about to. */
static struct paper_notice notice(struct desk *d, int64_t id, size_t want)
{
	struct paper_notice *v;
	size_t n = 77;

	desk_ok(d, paper_notices(d->paper, d->a, id, &v, &n, &d->err));
	assert_int_equal(n, want);
	return n ? v[n - 1] : (struct paper_notice){0};
}

static void a_story_that_was_to_return_is_gone_for_the_reason_told(void **state)
{
	struct desk *d = *state;
	int64_t r, id = returning(d, "It was two.");
	struct paper_act a = act(d, id, "ed", "", 0);

	notice(d, id, 1);
	desk_ok(d, paper_take_back(d->paper, &a, &d->err));
	desk_text(withdrawn(d), "We look at it again.");
	notice(d, id, 0);
	/* Readers get the one notice with which it does return. */
	work(d, id, "ada", "Three.\n", &r);
	desk_ok(d, release(d, id, r, PAPER_CORRECTION, "It was three."));
	assert_int_equal(seen(d).corrections_n, 1);
	desk_text(notice(d, id, 1).text, "It was three.");
	/* Another reason can be given. */
	a = act(d, id, "ed", "Enough.", 0);
	desk_ok(d, paper_take_back(d->paper, &a, &d->err));
	desk_text(withdrawn(d), "Enough.");
	notice(d, id, 1);
}

static void a_return_that_is_settled_anew_has_one_notice(void **state)
{
	struct desk *d = *state;
	int64_t id = returning(d, "It was two.");

	desk_ok(d, release(d, id, 0, PAPER_CORRECTION, "It was three."));
	desk_text(notice(d, id, 1).text, "It was three.");
	assert_int_equal(notice(d, id, 1).at.us, d->now.us);
}

static void a_notice_is_told_when_its_story_returns(void **state)
{
	struct desk *d = *state;
	int64_t id = returning(d, "It was two.");
	struct instant first = story_of(d, id).due, next;
	size_t n;

	/* Put off by an embargo. */
	put_embargo(d, id, 3600);
	assert_true(story_of(d, id).due.us > first.us);
	assert_int_equal(notice(d, id, 1).at.us, story_of(d, id).due.us);
	d->now = story_of(d, id).due;
	desk_ok(d, paper_due(d->paper, d->now, &n, &next, &d->err));
	assert_int_equal(n, 1);
	assert_int_equal(notice(d, id, 1).at.us, d->now.us);
	/* Or brought forward by a command. */
	id = returning(d, "It was four.");
	desk_ok(d, paper_publish(d->paper, id, d->now, NULL, &d->err));
	assert_int_equal(notice(d, id, 1).at.us, d->now.us);
}

static void what_is_held_back_takes_its_notice_along(void **state)
{
	struct desk *d = *state;
	int64_t id = returning(d, "It was two.");
	struct paper_act a = act(d, id, "", "address", 0);

	desk_ok(d, paper_hold(d->paper, &a, true, &d->err));
	desk_text(withdrawn(d), "We look at it again.");
	notice(d, id, 0);
}

static void a_restored_text_stays_under_the_embargo_of_the_newest(void **state)
{
	struct desk *d = *state;
	int64_t first, second, id = work(d, 0, "rita", "One.\n", &first);
	struct instant until;

	put_embargo(d, id, 3600);
	until = story_of(d, id).embargo;
	work(d, id, "rita", "Two.\n", &second);
	put_embargo(d, id, 3600);
	restore(d, id, first);
	assert_int_equal(story_of(d, id).embargo.us, until.us);
	desk_ok(d, release(d, id, 0, PAPER_FIRST, ""));
	assert_int_equal(story_of(d, id).status, PAPER_SCHEDULED);
	assert_int_equal(story_of(d, id).due.us, until.us);
	/* Nor does an earlier embargo come back. */
	second = put_embargo(d, id, 7200);
	put_embargo(d, id, 0);
	restore(d, id, second);
	assert_int_equal(story_of(d, id).embargo.us, INSTANT_NEVER.us);
}

static void an_embargo_of_the_text_that_appears_holds_for_it(void **state)
{
	struct desk *d = *state;
	int64_t r, under, id = work(d, 0, "rita", "One.\n", &r);
	struct paper_act a;
	struct instant until, next;
	size_t n;

	desk_ok(d, paper_set_review(d->paper, true, &d->err));
	under = put_embargo(d, id, 3600);
	until = story_of(d, id).embargo;
	a = act(d, id, "ada", "", under);
	desk_ok(d, paper_approve(d->paper, &a, &d->err));
	/* A newer text, which nobody has approved, has none. */
	put_embargo(d, id, 0);
	desk_ok(d, release(d, id, under, PAPER_FIRST, ""));
	assert_int_equal(story_of(d, id).status, PAPER_SCHEDULED);
	assert_int_equal(story_of(d, id).due.us, until.us);
	d->now = until;
	desk_ok(d, paper_due(d->paper, d->now, &n, &next, &d->err));
	assert_int_equal(n, 1);
	desk_text(seen(d).body, "One.\n");
}

static void an_approved_change_of_what_readers_see_waits_for_its_embargo(
    void **state)
{
	struct desk *d = *state;
	int64_t r, under, id = work(d, 0, "rita", "One.\n", &r);
	struct paper_act a;

	desk_ok(d, release(d, id, r, PAPER_FIRST, ""));
	work(d, id, "rita", "Two.\n", &r);
	desk_ok(d, paper_set_review(d->paper, true, &d->err));
	under = put_embargo(d, id, 3600);
	a = act(d, id, "ada", "", under);
	desk_ok(d, paper_approve(d->paper, &a, &d->err));
	put_embargo(d, id, 0);
	assert_int_equal(release(d, id, under, PAPER_UPDATE, ""), RC_DENIED);
	desk_text(seen(d).body, "One.\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    desk_test(
		what_a_command_schedules_is_that_text_where_texts_are_approved),
	    desk_test(what_is_due_is_what_was_approved),
	    desk_test(what_is_due_is_looked_at_once_more),
	    desk_test(an_approval_that_comes_and_goes_spares_no_last_look),
	    desk_test(a_notice_waits_for_its_story),
	    desk_test(a_story_that_was_to_return_is_gone_for_the_reason_told),
	    desk_test(a_return_that_is_settled_anew_has_one_notice),
	    desk_test(a_notice_is_told_when_its_story_returns),
	    desk_test(what_is_held_back_takes_its_notice_along),
	    desk_test(a_restored_text_stays_under_the_embargo_of_the_newest),
	    desk_test(an_embargo_of_the_text_that_appears_holds_for_it),
	    desk_test(
		an_approved_change_of_what_readers_see_waits_for_its_embargo),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
