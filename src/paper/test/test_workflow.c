/* SPDX-License-Identifier: MIT
 *
 * From draft to correction: who may publish what, and what readers are told.
 */
#include "paper/workflow.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "paper/paper_priv.h"
#include "paper/test/step_fixture.h"

static void a_draft_goes_to_the_editors_and_back(void **state)
{
	struct desk *d = *state;
	int64_t r, id = work(d, 0, "ada", "One.\n", &r);
	struct paper_act a = act(d, id, "ada", "", r);
	struct paper_state s;
	struct paper_step *v;
	size_t n;

	assert_int_equal(paper_send_back(d->paper, &a, &d->err), RC_INVALID);
	a.note = STR("No.");
	assert_int_equal(paper_send_back(d->paper, &a, &d->err), RC_DENIED);
	desk_ok(d, paper_hand_in(d->paper, &a, &d->err));
	assert_int_equal(paper_hand_in(d->paper, &a, &d->err), RC_DENIED);
	a = act(d, id, "ed", "Whose words are these?", r);
	desk_ok(d, paper_send_back(d->paper, &a, &d->err));
	desk_ok(d, paper_state(d->paper, d->a, id, &s, &d->err));
	assert_int_equal(s.status, PAPER_DRAFT);
	desk_text(s.note, "Whose words are these?");
	a = act(d, id, "boss", "ed", 0);
	desk_ok(d, paper_assign(d->paper, &a, &d->err));
	desk_ok(d, paper_state(d->paper, d->a, id, &s, &d->err));
	desk_text(s.assigned, "ed");
	desk_text(s.note, "Whose words are these?");
	desk_ok(
	    d, paper_steps(d->paper, d->a, id, INT64_MAX, 10, &v, &n, &d->err));
	assert_int_equal(n, 3);
	assert_int_equal(v[0].kind, PAPER_STEP_ASSIGNED);
	assert_int_equal(v[2].kind, PAPER_STEP_SUBMITTED);
	a.id = 99;
	assert_int_equal(paper_hand_in(d->paper, &a, &d->err), RC_NOT_FOUND);
}

static void an_approval_holds_for_what_was_looked_at(void **state)
{
	struct desk *d = *state;
	int64_t first, second, id = work(d, 0, "ada", "One.\n", &first);
	struct paper_act a;
	struct paper_state s;

	desk_ok(d, paper_set_review(d->paper, true, &d->err));
	assert_int_equal(release(d, id, first, PAPER_FIRST, ""), RC_DENIED);
	a = act(d, id, "ada", "", first);
	assert_int_equal(paper_approve(d->paper, &a, &d->err), RC_DENIED);
	work(d, id, "ada", "Two.\n", &second);
	a = act(d, id, "ed", "", first);
	assert_int_equal(paper_approve(d->paper, &a, &d->err), RC_BUSY);
	a.revision = second;
	desk_ok(d, paper_approve(d->paper, &a, &d->err));
	desk_ok(d, paper_state(d->paper, d->a, id, &s, &d->err));
	assert_true(s.is_approved && s.must_approve);
	desk_text(s.approved_by, "ed");
	/* A word more, and it is another text. */
	work(d, id, "ada", "Three.\n", &first);
	desk_ok(d, paper_state(d->paper, d->a, id, &s, &d->err));
	assert_false(s.is_approved);
	assert_int_equal(release(d, id, 0, PAPER_FIRST, ""), RC_DENIED);
	/* What was approved can be published still. */
	desk_ok(d, release(d, id, second, PAPER_FIRST, ""));
	desk_text(seen(d).body, "Two.\n");
	desk_ok(d, paper_state(d->paper, d->a, id, &s, &d->err));
	assert_true(s.is_changed);
	assert_int_equal(s.shown, second);
	assert_int_equal(s.newest, first);
}

static bool may_approve(
    struct desk *d, int64_t id, int64_t revision, const char *who)
{
	bool has = true;

	desk_ok(d, paper_has_written(
		       d->paper, id, revision, str_of(who), &has, &d->err));
	return !has;
}

static void nobody_approves_what_one_has_written_some_of(void **state)
{
	struct desk *d = *state;
	int64_t r, id = work(d, 0, "ada", "One.\n", &r);
	struct paper_act a;

	desk_ok(d, paper_set_review(d->paper, true, &d->err));
	work(d, id, "bo", "One. Two.\n", &r);
	assert_false(may_approve(d, id, r, "ada"));
	assert_false(may_approve(d, id, r, "bo"));
	a = act(d, id, "ada", "", r);
	assert_int_equal(paper_approve(d->paper, &a, &d->err), RC_DENIED);
	a = act(d, id, "ed", "", r);
	desk_ok(d, paper_approve(d->paper, &a, &d->err));
	/* What was looked at need not be looked at again. */
	work(d, id, "bo", "One. Two. Three.\n", &r);
	assert_true(may_approve(d, id, r, "ada"));
	a = act(d, id, "ada", "", r);
	desk_ok(d, paper_approve(d->paper, &a, &d->err));
	desk_ok(d, release(d, id, r, PAPER_FIRST, ""));
	work(d, id, "ada", "Four.\n", &r);
	assert_true(may_approve(d, id, r, "bo"));
}

static void a_merge_is_of_both_its_writers(void **state)
{
	struct desk *d = *state;
	struct manuscript m = desk_manuscript("Storm", "News", "Ada Quay");
	struct paper_write_result got;
	int64_t base, r, id = work(d, 0, "ada", "One.\n\nTwo.\n", &base);
	struct paper_write w = {.id = id,
	    .base = base,
	    .manuscript = &m,
	    .who = STR("bo"),
	    .now = d->now};

	desk_ok(d, release(d, id, base, PAPER_FIRST, ""));
	work(d, id, "ed", "One!\n\nTwo.\n", &r);
	m.body = STR("One.\n\nTwo!\n");
	desk_ok(d, paper_write(d->paper, d->a, &w, &got, &d->err));
	assert_int_equal(got.outcome, PAPER_MERGED);
	assert_false(may_approve(d, id, got.revision, "ed"));
	assert_false(may_approve(d, id, got.revision, "bo"));
	assert_true(may_approve(d, id, got.revision, "ada"));
}

static void what_is_restored_is_of_who_wrote_it(void **state)
{
	struct desk *d = *state;
	int64_t first, r, id = work(d, 0, "ada", "Mine.\n", &first);
	struct paper_write_result got;
	struct paper_write w = {.id = id, .who = STR("bo"), .now = d->now};
	struct paper_act a;

	work(d, id, "cy", "Better.\n", &r);
	a = act(d, id, "ed", "", r);
	desk_ok(d, paper_approve(d->paper, &a, &d->err));
	w.base = r;
	desk_ok(d, paper_restore(d->paper, d->a, first, &w, &got, &d->err));
	assert_false(may_approve(d, id, got.revision, "ada"));
	assert_false(may_approve(d, id, got.revision, "bo"));
	assert_true(may_approve(d, id, got.revision, "cy"));
}

static void an_approval_is_taken_back_until_readers_see_the_text(void **state)
{
	struct desk *d = *state;
	int64_t r, id = work(d, 0, "ada", "One.\n", &r);
	struct paper_act yes = act(d, id, "ed", "", r);
	struct paper_act other = act(d, id, "bo", "", r);
	struct paper_act no = act(d, id, "ada", "ed", r);
	struct paper_release when = {.id = id, .who = STR("ed")};
	struct paper_state s;
	enum paper_status status;

	desk_ok(d, paper_set_review(d->paper, true, &d->err));
	assert_int_equal(
	    paper_take_approval(d->paper, &no, &d->err), RC_DENIED);
	assert_int_equal(
	    paper_check_approval(d->paper, id, &d->err), RC_DENIED);
	desk_ok(d, paper_approve(d->paper, &yes, &d->err));
	desk_ok(d, paper_check_approval(d->paper, id, &d->err));
	desk_ok(d, paper_approve(d->paper, &other, &d->err));
	/* One of two is left, and is enough. */
	desk_ok(d, paper_take_approval(d->paper, &no, &d->err));
	assert_int_equal(
	    paper_take_approval(d->paper, &no, &d->err), RC_DENIED);
	desk_ok(d, paper_state(d->paper, d->a, id, &s, &d->err));
	assert_true(s.is_approved);
	desk_text(s.approved_by, "bo");
	no.note = STR("bo");
	desk_ok(d, paper_take_approval(d->paper, &no, &d->err));
	assert_int_equal(release(d, id, r, PAPER_FIRST, ""), RC_DENIED);
	/* What waits with it waits no more. */
	desk_ok(d, paper_approve(d->paper, &other, &d->err));
	when.now = d->now;
	when.when = (struct instant){d->now.us + 60000000};
	desk_ok(d, paper_release(d->paper, &when, &status, &d->err));
	assert_int_equal(status, PAPER_SCHEDULED);
	desk_ok(d, paper_take_approval(d->paper, &no, &d->err));
	desk_ok(d, paper_state(d->paper, d->a, id, &s, &d->err));
	assert_int_equal(s.status, PAPER_DRAFT);
	/* It can be given anew; and stays once readers see the text. */
	desk_ok(d, paper_approve(d->paper, &other, &d->err));
	desk_ok(d, release(d, id, r, PAPER_FIRST, ""));
	assert_int_equal(
	    paper_take_approval(d->paper, &no, &d->err), RC_DENIED);
	desk_ok(d, paper_check_approval(d->paper, id, &d->err));
}

static void an_approval_of_ones_own_counts_only_without_review(void **state)
{
	struct desk *d = *state;
	int64_t r, id = work(d, 0, "ada", "One.\n", &r);
	struct paper_act a = act(d, id, "ada", "", r);
	struct paper_state s;

	desk_ok(d, paper_approve(d->paper, &a, &d->err));
	desk_ok(d, paper_state(d->paper, d->a, id, &s, &d->err));
	assert_true(s.is_approved);
	desk_ok(d, paper_set_review(d->paper, true, &d->err));
	desk_ok(d, paper_state(d->paper, d->a, id, &s, &d->err));
	assert_false(s.is_approved);
	assert_int_equal(release(d, id, 0, PAPER_FIRST, ""), RC_DENIED);
}

static void a_change_says_what_it_is(void **state)
{
	struct desk *d = *state;
	int64_t r, id = work(d, 0, "ada", "Six to two.\n", &r);
	struct public_notice *v;
	struct public_version *versions;
	struct public_version one;
	struct public_story s;
	size_t n;
	struct instant first;

	desk_ok(d, release(d, id, r, PAPER_FIRST, ""));
	s = seen(d);
	first = s.published;
	assert_false(s.has_versions);
	assert_int_equal(release(d, id, 0, PAPER_UPDATE, ""), RC_EXISTS);
	work(d, id, "ada", "Five to two.\n", &r);
	desk_text(seen(d).body, "Six to two.\n");
	assert_int_equal(release(d, id, r, PAPER_FIRST, ""), RC_INVALID);
	assert_int_equal(release(d, id, r, PAPER_CORRECTION, " "), RC_INVALID);
	assert_int_equal(release(d, id, r - 1, PAPER_TYPO, ""), RC_BUSY);
	desk_ok(d, release(d, id, r, PAPER_CORRECTION, "It was five."));
	s = seen(d);
	desk_text(s.body, "Five to two.\n");
	assert_true(s.has_corrections && s.has_versions);
	assert_int_equal(s.updated.us, d->now.us);
	assert_int_equal(s.published.us, first.us);
	assert_int_equal(s.corrections_n, 1);
	assert_int_equal(s.corrections[0].change, PAPER_CORRECTION);
	desk_text(s.corrections[0].text, "It was five.");
	assert_true(s.corrections[0].date.has_time);
	assert_int_equal(s.corrections[0].at.us, d->now.us);
	/* A typing error makes a version and nothing else. */
	work(d, id, "ada", "Five to two!\n", &r);
	desk_ok(d, release(d, id, r, PAPER_TYPO, "Not said."));
	assert_int_equal(seen(d).updated.us, s.updated.us);
	assert_int_equal(seen(d).corrections_n, 1);
	desk_ok(d, public_versions(d->public, d->a, s.id, 10, &versions, &n));
	assert_int_equal(n, 3);
	assert_int_equal(versions[0].change, PAPER_TYPO);
	assert_int_equal(versions[1].change, PAPER_CORRECTION);
	assert_int_equal(versions[2].change, PAPER_FIRST);
	assert_int_equal(versions[2].at.us, first.us);
	desk_ok(d, public_version(d->public, d->a, s.id, 1, &one));
	desk_text(one.body, "Six to two.\n");
	assert_int_equal(
	    public_version(d->public, d->a, s.id, 4, &one), RC_NOT_FOUND);
	/* All of it is there again when public.db is made anew. */
	desk_close(d);
	desk_delete_public(d);
	desk_open(d);
	assert_int_equal(seen(d).corrections_n, 1);
	desk_ok(d, public_notices(
		       d->public, d->a, PUBLIC_KEY_NEWEST, false, 10, &v, &n));
	assert_int_equal(n, 1);
	desk_text(v[0].path, "/2026/11/23/storm");
	desk_ok(d, public_version(d->public, d->a, s.id, 1, &one));
	desk_text(one.body, "Six to two.\n");
}

static void notices_are_listed_by_key(void **state)
{
	struct desk *d = *state;
	struct manuscript m = desk_manuscript("Old", "News", "Ada Quay");
	struct manuscript_correction front[2] = {
	    {{.year = 2026, .month = 11, .day = 24}, STR("of old")},
	    {{0}, STR("without a date")}};
	struct public_notice *v;
	struct public_key key = PUBLIC_KEY_NEWEST;
	size_t n, all = 0;
	int64_t r, id = work(d, 0, "ada", "One.\n", &r);

	desk_ok(d, release(d, id, r, PAPER_FIRST, ""));
	for (int i = 0; i < 5; i++)
		desk_ok(d, release(d, id, 0, PAPER_CLARIFICATION, "Again."));
	m.corrections = front;
	m.corrections_n = 2;
	desk_ok(d, paper_publish(d->paper, desk_save_manuscript(d, 0, &m),
		       d->now, NULL, &d->err));
	desk_apply(d);
	do {
		desk_ok(
		    d, public_notices(d->public, d->a, key, false, 2, &v, &n));
		for (size_t i = 0; i < n; i++) {
			struct public_correction *c = &v[i].correction;

			assert_true(c->at.us <= key.published_us);
			key = (struct public_key){c->at.us, c->id};
		}
		all += n;
	} while (n > 0);
	assert_int_equal(all, 7);
	desk_ok(d, public_notices(d->public, d->a,
		       (struct public_key){INT64_MIN, 0}, true, 10, &v, &n));
	assert_int_equal(n, 7);
	assert_true(v[0].correction.at.us <= v[6].correction.at.us);
}

static void what_does_harm_can_be_taken_from_earlier_versions(void **state)
{
	struct desk *d = *state;
	struct public_version v;
	struct paper_version *own;
	struct paper_release release_ = {.who = STR("ed"),
	    .change = PAPER_CORRECTION,
	    .text = STR("A name was wrong."),
	    .is_old_taken = true};
	struct public_story s;
	size_t n;
	int64_t r, id = work(d, 0, "ada", "Mole did it.\n", &r);

	desk_ok(d, release(d, id, r, PAPER_FIRST, ""));
	work(d, id, "ada", "Somebody did it.\n", &r);
	desk_ok(d, release(d, id, r, PAPER_UPDATE, ""));
	s = seen(d);
	desk_ok(d, public_version(d->public, d->a, s.id, 1, &v));
	desk_text(v.body, "Mole did it.\n");
	work(d, id, "ada", "It was done.\n", &r);
	release_.id = id;
	release_.now = release_.when = d->now;
	desk_ok(d, paper_release(d->paper, &release_, NULL, &d->err));
	seen(d);
	desk_ok(d, public_version(d->public, d->a, s.id, 1, &v));
	assert_true(v.is_taken);
	assert_int_equal(v.body.n + v.headline.n, 0);
	desk_ok(d, paper_versions(d->paper, d->a, id, &own, &n, &d->err));
	assert_int_equal(n, 3);
	assert_false(own[0].is_taken);
	assert_int_equal(
	    paper_take_version(d->paper, id, 3, true, &d->err), RC_DENIED);
	assert_int_equal(
	    paper_take_version(d->paper, id, 4, true, &d->err), RC_NOT_FOUND);
	desk_close(d);
	assert_false(desk_file_has(d, "public/public.db", "Mole did it"));
	assert_false(desk_file_has(d, "public/public.db", "Somebody did it"));
	desk_open(d);
	desk_ok(d, paper_take_version(d->paper, id, 2, false, &d->err));
	desk_apply(d);
	desk_ok(d, public_version(d->public, d->a, s.id, 2, &v));
	desk_text(v.body, "Somebody did it.\n");
}

static void a_story_is_taken_back_with_a_reason(void **state)
{
	struct desk *d = *state;
	struct public_version *v;
	struct str note;
	struct paper_act a;
	size_t n;
	int64_t r, id = work(d, 0, "ada", "One.\n", &r);

	a = act(d, id, "ed", "x", 0);
	assert_int_equal(paper_take_back(d->paper, &a, &d->err), RC_DENIED);
	desk_ok(d, release(d, id, r, PAPER_FIRST, ""));
	work(d, id, "ada", "Two.\n", &r);
	desk_ok(d, release(d, id, r, PAPER_CORRECTION, "Two."));
	a = act(d, id, "ed", " ", 0);
	assert_int_equal(paper_take_back(d->paper, &a, &d->err), RC_INVALID);
	a.note = STR("We cannot stand by it.");
	desk_ok(d, paper_take_back(d->paper, &a, &d->err));
	desk_apply(d);
	assert_int_equal(
	    desk_read(d, "/2026/11/23/storm", NULL, &note), PUBLIC_WITHDRAWN);
	desk_text(note, "We cannot stand by it.");
	desk_ok(d, public_versions(d->public, d->a, id, 10, &v, &n));
	assert_int_equal(n, 0);
	desk_close(d);
	assert_false(desk_file_has(d, "public/public.db", "One."));
	desk_open(d);
	/* It can come back, and says what it is. */
	work(d, id, "ada", "Three.\n", &r);
	assert_int_equal(release(d, id, r, PAPER_FIRST, ""), RC_INVALID);
	desk_ok(d, release(d, id, r, PAPER_CORRECTION, "Three."));
	assert_int_equal(seen(d).corrections_n, 2);
	desk_ok(d, public_versions(d->public, d->a, id, 10, &v, &n));
	assert_int_equal(n, 3);
	assert_int_equal(v[0].change, PAPER_CORRECTION);
}

static void commands_make_versions_too_but_no_notice(void **state)
{
	struct desk *d = *state;
	struct public_version *v;
	size_t n;
	int64_t id = desk_publish(d, "Storm", "News", "Ada Quay");
	struct manuscript m = desk_manuscript("Storm", "News", "Bo Reed");

	desk_save_manuscript(d, id, &m); /* another name: no version */
	assert_false(seen(d).has_versions);
	m.body = STR("Changed.\n");
	desk_save_manuscript(d, id, &m);
	assert_true(seen(d).has_versions);
	assert_int_equal(seen(d).corrections_n, 0);
	desk_ok(d, public_versions(d->public, d->a, id, 10, &v, &n));
	assert_int_equal(n, 2);
	assert_int_equal(v[0].change, PAPER_UPDATE);
}

/* --- Faults ------------------------------------------------------------ */

static enum rc strike(void *data)
{
	int *left = data;

	return --*left == 0 ? RC_NO_SPACE : RC_OK;
}

static void a_fault_while_publishing_changes_nothing(void **state)
{
	struct desk *d = *state;
	int64_t r, id = work(d, 0, "ada", "One.\n", &r);
	enum rc rc = RC_NO_SPACE;
	int at = 0;

	desk_ok(d, release(d, id, r, PAPER_FIRST, ""));
	work(d, id, "ada", "Two.\n", &r);
	while (rc != RC_OK) {
		int left = ++at;

		store_hook(d->paper->db, strike, &left);
		rc = release(d, id, r, PAPER_CORRECTION, "Two.");
		store_hook(d->paper->db, NULL, NULL);
		if (rc == RC_OK)
			break;
		assert_int_equal(rc, RC_NO_SPACE);
		desk_text(seen(d).body, "One.\n");
		assert_int_equal(seen(d).corrections_n, 0);
		assert_true(at < 300);
	}
	assert_true(at > 10);
	/* And the way to public.db: it is retried. */
	for (at = 1;; at++) {
		int left = at;

		store_hook(d->paper->edition, strike, &left);
		rc = paper_outbox_apply(d->paper, d->now, 100, NULL, &d->err);
		store_hook(d->paper->edition, NULL, NULL);
		if (rc == RC_OK)
			break;
		assert_int_equal(rc, RC_NO_SPACE);
		assert_true(at < 300);
	}
	desk_text(seen(d).body, "Two.\n");
	assert_int_equal(seen(d).corrections_n, 1);
}

static void a_change_that_is_taken_back_waits_no_longer(void **state)
{
	struct desk *d = *state;
	int64_t first, r, id = work(d, 0, "ada", "One.\n", &first);
	struct paper_write write = {.id = id, .who = STR("bo")};
	struct paper_write_result result;
	struct paper_state s;

	desk_ok(d, release(d, id, first, PAPER_FIRST, ""));
	work(d, id, "ada", "Two.\n", &r);
	desk_ok(d, paper_state(d->paper, d->a, id, &s, &d->err));
	assert_true(s.is_changed);
	/* By hand. */
	work(d, id, "ada", "One.\n", &r);
	desk_ok(d, paper_state(d->paper, d->a, id, &s, &d->err));
	assert_false(s.is_changed);
	assert_int_equal(s.shown, r);
	/* Anew, and by restoring what readers have. */
	work(d, id, "ada", "Three.\n", &write.base);
	desk_ok(d, paper_state(d->paper, d->a, id, &s, &d->err));
	assert_true(s.is_changed);
	assert_int_equal(s.shown, r);
	desk_ok(
	    d, paper_restore(d->paper, d->a, first, &write, &result, &d->err));
	desk_ok(d, paper_state(d->paper, d->a, id, &s, &d->err));
	assert_false(s.is_changed);
	assert_int_equal(s.shown, result.revision);
	desk_text(seen(d).body, "One.\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    desk_test(a_draft_goes_to_the_editors_and_back),
	    desk_test(nobody_approves_what_one_has_written_some_of),
	    desk_test(a_merge_is_of_both_its_writers),
	    desk_test(what_is_restored_is_of_who_wrote_it),
	    desk_test(an_approval_is_taken_back_until_readers_see_the_text),
	    desk_test(an_approval_holds_for_what_was_looked_at),
	    desk_test(an_approval_of_ones_own_counts_only_without_review),
	    desk_test(a_change_says_what_it_is),
	    desk_test(a_change_that_is_taken_back_waits_no_longer),
	    desk_test(notices_are_listed_by_key),
	    desk_test(what_does_harm_can_be_taken_from_earlier_versions),
	    desk_test(a_story_is_taken_back_with_a_reason),
	    desk_test(commands_make_versions_too_but_no_notice),
	    desk_test(a_fault_while_publishing_changes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
