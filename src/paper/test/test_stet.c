/* SPDX-License-Identifier: MIT
 *
 * Marks that somebody lets stand: kept for their story alone, taken back, and
 * told before publishing.
 */
#include "paper/stet.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "paper/checklist.h"
#include "paper/test/desk_fixture.h"

static struct stet year_ago(struct desk *d)
{
	return (struct stet){.kind = STR("relative day"),
	    .field = STR("body"),
	    .words = STR("It fell a year ago today."),
	    .place = 19,
	    .who = STR("ada"),
	    .at = d->now};
}

static size_t kept(struct desk *d, int64_t story, struct stet **ret_v)
{
	size_t n;

	desk_ok(d, paper_stets(d->paper, d->a, story, ret_v, &n, &d->err));
	return n;
}

static void a_mark_stands_until_that_is_taken_back(void **state)
{
	struct desk *d = *state;
	int64_t id = desk_publish(d, "A", "News", "Ada Quay");
	int64_t other = desk_publish(d, "B", "News", "Ada Quay");
	struct stet stet = year_ago(d), *v;

	desk_ok(d, paper_add_stet(d->paper, id, &stet, &d->err));
	stet.who = STR("bo");
	desk_ok(d, paper_add_stet(d->paper, id, &stet, &d->err));
	assert_int_equal(kept(d, other, &v), 0);
	assert_int_equal(kept(d, id, &v), 1);
	assert_true(str_eq(v[0].who, STR("bo")));
	assert_true(str_eq(v[0].kind, stet.kind));
	assert_true(str_eq(v[0].field, stet.field));
	assert_true(str_eq(v[0].words, stet.words));
	desk_ok(d, paper_drop_stet(d->paper, id, &stet, &d->err));
	desk_ok(d, paper_drop_stet(d->paper, id, &stet, &d->err));
	assert_int_equal(kept(d, id, &v), 0);
}

static void what_is_no_mark_cannot_stand(void **state)
{
	struct desk *d = *state;
	int64_t id = desk_publish(d, "A", "News", "Ada Quay");
	struct stet stet = year_ago(d), *v;
	char words[PAPER_STET_WORDS_MAX + 1];

	memset(words, 'a', sizeof(words));
	assert_int_equal(
	    paper_add_stet(d->paper, 999, &stet, &d->err), RC_NOT_FOUND);
	stet.words = (struct str){words, sizeof(words)};
	assert_int_equal(
	    paper_add_stet(d->paper, id, &stet, &d->err), RC_INVALID);
	stet = year_ago(d);
	stet.place = 100;
	assert_int_equal(
	    paper_add_stet(d->paper, id, &stet, &d->err), RC_INVALID);
	stet = year_ago(d);
	stet.kind = STR("relative days");
	assert_int_equal(
	    paper_add_stet(d->paper, id, &stet, &d->err), RC_INVALID);
	assert_int_equal(kept(d, id, &v), 0);
}

static void a_story_has_no_more_than_it_may_have_marks(void **state)
{
	struct desk *d = *state;
	int64_t id = desk_publish(d, "A", "News", "Ada Quay");
	struct stet stet = year_ago(d), *v;

	stet.place = 0;
	for (int i = 0; i < PAPER_STETS_MOST; i++) {
		stet.words = arena_printf(d->a, "Words of it %d", i);
		desk_ok(d, paper_add_stet(d->paper, id, &stet, &d->err));
	}
	stet.words = STR("One more of them");
	assert_int_equal(
	    paper_add_stet(d->paper, id, &stet, &d->err), RC_LIMIT);
	assert_int_equal(kept(d, id, &v), PAPER_STETS_MOST);
}

static void the_list_before_publishing_counts_the_others(void **state)
{
	static struct str author = STR_INIT("Ada Quay");
	struct desk *d = *state;
	struct stet stet = year_ago(d);
	struct manuscript m = {.headline = STR("A"),
	    .section = STR("News"),
	    .dateline = STR("Port"),
	    .authors = {&author, 1},
	    .body = STR("It fell a year ago today.\n\nIt was the the end.")};
	struct check_options options = {.levels = &check_levels_first,
	    .lang = STR("en"),
	    .embargo = INSTANT_NEVER,
	    .stets = &stet,
	    .stets_n = 1};
	struct check_list list;

	desk_ok(d, check_story(d->a, &m, &options, &list));
	assert_int_equal(list.n, 1);
	assert_int_equal(list.v[0].item, CHECK_PROOF);
	assert_int_equal(list.v[0].count, 1);
	assert_int_equal(list.v[0].proof, PROOF_DOUBLED_WORD);
	assert_int_equal(list.stets_n, 1);
	assert_true(list.stets[0].is_met);
	m.body = STR("It fell there a year ago today.");
	desk_ok(d, check_story(d->a, &m, &options, &list));
	assert_int_equal(list.v[0].proof, PROOF_RELATIVE_DAY);
	assert_false(list.stets[0].is_met);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    desk_test(a_mark_stands_until_that_is_taken_back),
	    desk_test(what_is_no_mark_cannot_stand),
	    desk_test(a_story_has_no_more_than_it_may_have_marks),
	    desk_test(the_list_before_publishing_counts_the_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
