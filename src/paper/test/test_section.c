/* SPDX-License-Identifier: MIT
 *
 * The stories of a section that is closed go to another.
 */
#include "paper/section.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "paper/paper_priv.h"
#include "paper/roster.h"
#include "paper/staff.h"
#include "paper/test/desk_fixture.h"
#include "paper/workflow.h"
#include "paper/write.h"

static const struct staff_by by = {7, STR_INIT("Ada"), {1795430000000000}};

static enum rc move(
    struct desk *d, const char *from, const char *to, int64_t *ret_n)
{
	const struct section_move m = {.from = str_of(from),
	    .to = str_of(to),
	    .login = STR("ada"),
	    .note = STR("Moved")};

	return section_move(d->paper, d->a, &m, &by, ret_n, &d->err);
}

static void close_section(struct desk *d, const char *slug, const char *name)
{
	const struct roster_wish v = {str_of(slug), str_of(name), true, true};

	desk_ok(d, roster_arrange(d->paper, &v, 1, &by, NULL, &d->err));
}

static int64_t stories_in(struct desk *d, const char *slug)
{
	struct roster_term *terms;
	int64_t counts[8] = {0};
	size_t n, at = 0;

	desk_ok(d, roster_sections(d->paper, d->a, &terms, &n, &d->err));
	assert_true(n <= 8);
	desk_ok(d, section_counts(d->paper, terms, n, counts, &d->err));
	while (at < n && !str_eq(terms[at].slug, str_of(slug)))
		at++;
	assert_true(at < n);
	return counts[at];
}

static struct paper_story story_of(
    struct desk *d, int64_t id, struct manuscript *ret_m)
{
	struct paper_story s;

	desk_ok(d, paper_show(d->paper, d->a, id, &s, ret_m, &d->err));
	return s;
}

static size_t public_count_of(struct desk *d, const char *slug)
{
	struct public_story *v;
	size_t n = 0;
	enum rc rc = public_list(d->public, d->a, PUBLIC_SECTION, str_of(slug),
	    PUBLIC_KEY_NEWEST, false, 100, &v, &n);

	assert_true(rc == RC_OK || rc == RC_NOT_FOUND);
	return rc == RC_OK ? n : 0;
}

/* One of each: published, draft, scheduled, withdrawn, and one elsewhere. */
static int64_t fill(struct desk *d)
{
	int64_t out = desk_publish(d, "Out", "Sport", "Ada Quay");
	int64_t id;

	desk_publish(d, "Other", "World", "Ada Quay");
	desk_save(d, 0, "Draft", "Sport", "Ada Quay");
	id = desk_publish(d, "Gone", "Sport", "Ada Quay");
	desk_ok(
	    d, paper_withdraw(d->paper, id, STR("Wrong."), d->now, &d->err));
	id = desk_save(d, 0, "Later", "Sport", "Ada Quay");
	desk_ok(d,
	    paper_schedule(d->paper, id, (struct instant){d->now.us + 60000000},
		d->now, NULL, &d->err));
	close_section(d, "sport", "Sport");
	desk_apply(d);
	return out;
}

static void all_stories_of_a_closed_section_go_to_another(void **state)
{
	struct desk *d = *state;
	int64_t n = 0, out = fill(d);
	struct paper_story was = story_of(d, out, NULL), is;
	enum public_state kind;
	struct public_story seen;
	struct manuscript m;
	struct str text;

	assert_int_equal(stories_in(d, "sport"), 4);
	desk_ok(d, move(d, "sport", "world", &n));
	assert_int_equal(n, 4);
	assert_int_equal(stories_in(d, "sport"), 0);
	for (int64_t id = out; id < out + 5; id++) {
		is = story_of(d, id, &m);
		desk_text(is.section, "World");
		desk_text(m.section, "World");
	}
	is = story_of(d, out, NULL);
	assert_true(is.revision > was.revision);
	assert_int_equal(is.saved.us, was.saved.us);
	assert_int_equal(is.published.us, was.published.us);
	desk_apply(d);
	assert_int_equal(public_count_of(d, "sport"), 0);
	assert_int_equal(public_count_of(d, "world"), 2);
	desk_ok(
	    d, public_story(d->public, d->a, was.path, &kind, &seen, &text));
	assert_int_equal(kind, PUBLIC_LIVE);
	desk_text(seen.section.name, "World");
	assert_int_equal(seen.updated.us, seen.published.us);
	assert_false(seen.has_versions || seen.has_corrections);
}

static void the_page_of_the_section_leads_to_the_other(void **state)
{
	struct desk *d = *state;
	struct str to;

	fill(d);
	desk_publish(d, "Third", "Third", "Ada Quay");
	close_section(d, "third", "Third");
	assert_int_equal(move(d, "third", "sport", NULL), RC_DENIED);
	d->err = (struct err){0};
	desk_ok(d, move(d, "third", "world", NULL));
	desk_ok(d, move(d, "sport", "world", NULL));
	desk_apply(d);
	desk_ok(
	    d, public_redirect(d->public, d->a, STR("/section/sport"), &to));
	desk_text(to, "/section/world");
	desk_ok(d, public_redirect(
		       d->public, d->a, STR("/section/sport/feed.atom"), &to));
	desk_text(to, "/section/world/feed.atom");
	/* A second time, to a third one: nobody is led on twice. */
	desk_publish(d, "News", "News", "Ada Quay");
	close_section(d, "world", "World");
	desk_ok(d, move(d, "world", "news", NULL));
	desk_apply(d);
	desk_ok(
	    d, public_redirect(d->public, d->a, STR("/section/sport"), &to));
	desk_text(to, "/section/news");
	assert_int_equal(public_count_of(d, "news"), 4);
}

static void public_db_made_anew_says_the_same(void **state)
{
	struct desk *d = *state;

	fill(d);
	desk_ok(d, move(d, "sport", "world", NULL));
	desk_apply(d);
	desk_close(d);
	desk_delete_public(d);
	desk_ok(d, paper_open(str_of(d->dir), &d->paper, &d->err));
	desk_apply(d);
	desk_ok(d, public_open(str_of(d->dir), &d->public, &d->err));
	assert_int_equal(public_count_of(d, "world"), 2);
	assert_int_equal(public_count_of(d, "sport"), 0);
}

static void an_open_section_keeps_its_stories(void **state)
{
	struct desk *d = *state;
	int64_t id = desk_publish(d, "Out", "Sport", "Ada Quay");

	desk_publish(d, "Other", "World", "Ada Quay");
	assert_int_equal(move(d, "sport", "world", NULL), RC_DENIED);
	close_section(d, "sport", "Sport");
	assert_int_equal(move(d, "sport", "sport", NULL), RC_DENIED);
	assert_int_equal(move(d, "sport", "nowhere", NULL), RC_NOT_FOUND);
	desk_text(story_of(d, id, NULL).section, "Sport");
}

/* Text BODY of story ID, saved by WHO over BASE. */
static int64_t write_text(struct desk *d, int64_t id, int64_t base,
    const char *section, const char *who, const char *body)
{
	struct manuscript m = desk_manuscript("Wall", section, "Ada Quay");
	struct paper_write w = {.id = id,
	    .base = base,
	    .manuscript = &m,
	    .who = str_of(who),
	    .now = d->now};
	struct paper_write_result got;

	m.body = str_of(body);
	desk_ok(d, paper_write(d->paper, d->a, &w, &got, &d->err));
	assert_true(got.outcome != PAPER_CONFLICTED);
	return got.id;
}

static struct paper_state state_of(struct desk *d, int64_t id)
{
	struct paper_state s;

	desk_ok(d, paper_state(d->paper, d->a, id, &s, &d->err));
	return s;
}

static void approve(struct desk *d, int64_t id, const char *who)
{
	const struct paper_act act = {
	    .id = id, .who = str_of(who), .now = d->now};

	desk_ok(d, paper_approve(d->paper, &act, &d->err));
}

static void what_was_approved_stays_so_and_the_mover_wrote_nothing(void **state)
{
	struct desk *d = *state;
	int64_t id, draft;
	bool has = true;

	desk_ok(d, paper_set_review(d->paper, true, &d->err));
	desk_publish(d, "Other", "World", "Ada Quay");
	id = write_text(d, 0, 0, "Sport", "tom", "One.\n");
	draft = write_text(d, 0, 0, "Sport", "tom", "Two.\n");
	approve(d, id, "bo");
	desk_ok(d,
	    paper_schedule(d->paper, id, (struct instant){d->now.us + 60000000},
		d->now, NULL, &d->err));
	close_section(d, "sport", "Sport");
	desk_ok(d, move(d, "sport", "world", NULL));
	assert_true(state_of(d, id).is_approved);
	desk_text(state_of(d, id).approved_by, "bo");
	assert_int_equal(state_of(d, id).due, state_of(d, id).newest);
	assert_false(state_of(d, draft).is_approved);
	desk_ok(d, paper_has_written(d->paper, draft, state_of(d, draft).newest,
		       STR("ada"), &has, &d->err));
	assert_false(has);
	desk_ok(d, paper_has_written(d->paper, draft, state_of(d, draft).newest,
		       STR("tom"), &has, &d->err));
	assert_true(has);
	approve(d, draft, "ada");
	assert_true(state_of(d, draft).is_approved);
}

static void readers_do_not_see_what_was_not_released(void **state)
{
	struct desk *d = *state;
	int64_t id = desk_publish(d, "Wall", "Sport", "Ada Quay");
	struct paper_state s = state_of(d, id);
	struct paper_saving *v;
	struct str_list names;
	struct manuscript m;
	int64_t older;
	size_t n;

	desk_publish(d, "Other", "World", "Ada Quay");
	write_text(d, id, s.newest, "Sport", "tom", "Not yet out.\n");
	close_section(d, "sport", "Sport");
	desk_ok(d, move(d, "sport", "world", NULL));
	s = state_of(d, id);
	assert_true(s.is_changed);
	desk_ok(d, paper_text(d->paper, d->a, id, s.shown, &m, &d->err));
	desk_text(m.body, "The wall held.\n");
	desk_text(m.section, "World");
	desk_ok(d, paper_text(d->paper, d->a, id, s.newest, &m, &d->err));
	desk_text(m.body, "Not yet out.\n");
	desk_text(m.section, "World");
	desk_ok(d, paper_sections_of(d->paper, d->a, id, 0, &names, &d->err));
	assert_int_equal(names.n, 1);
	/* The record still says which text readers have. */
	desk_ok(d,
	    paper_history(d->paper, d->a, id, 0, 10, &v, &n, &older, &d->err));
	assert_int_equal(n, 3);
	assert_int_equal(v[0].kind, PAPER_KIND_MOVED);
	desk_text(v[0].who, "ada");
	assert_false(v[0].is_shown || v[1].is_shown);
	assert_true(v[2].is_shown);
}

static void whoever_has_the_text_open_is_put_together_with_it(void **state)
{
	struct desk *d = *state;
	int64_t id = desk_publish(d, "Wall", "Sport", "Ada Quay");
	int64_t base = state_of(d, id).newest;
	struct manuscript m;

	desk_publish(d, "Other", "World", "Ada Quay");
	close_section(d, "sport", "Sport");
	desk_ok(d, move(d, "sport", "world", NULL));
	write_text(d, id, base, "Sport", "tom", "The wall fell.\n");
	desk_text(story_of(d, id, &m).section, "World");
	desk_text(m.body, "The wall fell.\n");
}

static void versions_and_rights_follow(void **state)
{
	struct desk *d = *state;
	int64_t id = desk_publish(d, "Wall", "Sport", "Ada Quay");
	struct paper_version *v;
	struct str_list names;
	size_t n;
	struct paper_release r = {.id = id,
	    .who = STR("tom"),
	    .when = d->now,
	    .now = d->now,
	    .change = PAPER_CORRECTION,
	    .text = STR("It fell.")};

	desk_publish(d, "Other", "World", "Ada Quay");
	write_text(d, id, state_of(d, id).newest, "Sport", "tom", "It fell.\n");
	desk_ok(d, paper_release(d->paper, &r, NULL, &d->err));
	close_section(d, "sport", "Sport");
	desk_ok(d, move(d, "sport", "world", NULL));
	desk_ok(d, paper_versions(d->paper, d->a, id, &v, &n, &d->err));
	assert_int_equal(n, 2);
	desk_ok(d, paper_sections_of(d->paper, d->a, id, 0, &names, &d->err));
	assert_int_equal(names.n, 1);
	desk_text(names.v[0], "World");
}

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void many_stories_go_in_one_step(void **state)
{
	enum { MANY = 5000 };
	struct desk *d = *state;
	int64_t n = 0;
	double began, moved, told;

	for (int i = 0; i < MANY; i++)
		desk_publish(d, "Wall", "Sport", "Ada Quay");
	desk_publish(d, "Other", "World", "Ada Quay");
	close_section(d, "sport", "Sport");
	desk_apply(d);
	began = seconds();
	desk_ok(d, move(d, "sport", "world", &n));
	moved = seconds();
	desk_apply(d);
	told = seconds();
	assert_int_equal(n, MANY);
	print_message(
	    "%d stories moved in %.0f ms, before readers in %.0f ms\n", MANY,
	    (moved - began) * 1e3, (told - moved) * 1e3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    desk_test(all_stories_of_a_closed_section_go_to_another),
	    desk_test(the_page_of_the_section_leads_to_the_other),
	    desk_test(public_db_made_anew_says_the_same),
	    desk_test(an_open_section_keeps_its_stories),
	    desk_test(what_was_approved_stays_so_and_the_mover_wrote_nothing),
	    desk_test(readers_do_not_see_what_was_not_released),
	    desk_test(whoever_has_the_text_open_is_put_together_with_it),
	    desk_test(versions_and_rights_follow),
	    desk_test(many_stories_go_in_one_step),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
