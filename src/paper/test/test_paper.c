/* SPDX-License-Identifier: MIT */
#include "paper/paper.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "paper/paper_priv.h"
#include "paper/public.h"
#include "paper/test/desk_fixture.h"

static void a_published_story_can_be_read(void **state)
{
	struct desk *d = *state;
	struct public_story s;
	int64_t id = desk_publish(d, "Harbour wall holds", "News", "Ada Quay");

	(void)id;
	assert_int_equal(
	    desk_read(d, "/2026/11/23/harbour-wall-holds", &s, NULL),
	    PUBLIC_LIVE);
	desk_text(s.headline, "Harbour wall holds");
	desk_text(s.section.name, "News");
	desk_text(s.section.slug, "news");
	assert_int_equal(s.people.n, 1);
	desk_text(s.people.v[0].name, "Ada Quay");
	desk_text(s.people.v[0].slug, "ada-quay");
	desk_text(s.body, "The wall held.\n");
	assert_int_equal(s.published.us, d->now.us);
}

static void a_draft_is_nowhere_in_public(void **state)
{
	struct desk *d = *state;
	struct public_story *v;
	size_t n;

	desk_save(d, 0, "Secret", "Secret section", "Mole");
	desk_apply(d);
	desk_close(d);
	assert_false(desk_file_has(d, "public/public.db", "ecret"));
	assert_false(desk_file_has(d, "public/public.db", "ole"));
	desk_open(d);
	assert_int_equal(desk_read(d, "/2026/11/23/secret", NULL, NULL), -1);
	assert_int_equal(public_list(d->public, d->a, PUBLIC_ALL, STR(""),
			     PUBLIC_KEY_NEWEST, false, 10, &v, &n),
	    RC_OK);
	assert_int_equal(n, 0);
	assert_int_equal(public_name(d->public, d->a, PUBLIC_PERSON,
			     STR("mole"), &(struct str){0}, &(struct str){0}),
	    RC_NOT_FOUND);
	assert_int_equal(
	    public_name(d->public, d->a, PUBLIC_SECTION, STR("secret-section"),
		&(struct str){0}, &(struct str){0}),
	    RC_NOT_FOUND);
}

static void a_scheduled_story_appears_to_the_second(void **state)
{
	struct desk *d = *state;
	struct instant when = {d->now.us + 3600 * 1000000LL};
	struct instant next;
	enum paper_status status;
	struct public_story s;
	size_t n;
	int64_t id = desk_save(d, 0, "Later", "News", "Ada Quay");

	desk_ok(
	    d, paper_schedule(d->paper, id, when, d->now, &status, &d->err));
	assert_int_equal(status, PAPER_SCHEDULED);
	desk_ok(d, paper_due(d->paper, (struct instant){when.us - 1}, &n, &next,
		       &d->err));
	desk_apply(d);
	assert_int_equal(n, 0);
	assert_int_equal(next.us, when.us);
	assert_int_equal(desk_read(d, "/2026/11/23/later", NULL, NULL), -1);
	desk_ok(d, paper_due(d->paper, (struct instant){when.us + 5000000}, &n,
		       &next, &d->err));
	assert_int_equal(n, 1);
	assert_int_equal(next.us, INT64_MAX);
	desk_apply(d);
	assert_int_equal(
	    desk_read(d, "/2026/11/23/later", &s, NULL), PUBLIC_LIVE);
	assert_int_equal(s.published.us, when.us);
}

static void an_embargo_is_kept_whatever_is_asked(void **state)
{
	struct desk *d = *state;
	struct manuscript m = desk_manuscript("Budget", "News", "Ada Quay");
	enum paper_status status;
	struct instant next;
	size_t n;
	int64_t id;

	m.has_embargo = true;
	m.embargo = civil_at((struct instant){d->now.us + 60000000}, 0);
	m.embargo.has_time = true;
	m.embargo.has_offset = true;
	id = desk_save_manuscript(d, 0, &m);
	desk_ok(d, paper_publish(d->paper, id, d->now, &status, &d->err));
	assert_int_equal(status, PAPER_SCHEDULED);
	desk_apply(d);
	assert_int_equal(desk_read(d, "/2026/11/23/budget", NULL, NULL), -1);
	d->now.us += 59999999;
	desk_ok(d, paper_due(d->paper, d->now, &n, &next, &d->err));
	assert_int_equal(n, 0);
	d->now.us += 1;
	desk_ok(d, paper_due(d->paper, d->now, &n, &next, &d->err));
	assert_int_equal(n, 1);
	desk_apply(d);
	assert_int_equal(
	    desk_read(d, "/2026/11/23/budget", NULL, NULL), PUBLIC_LIVE);
}

static void an_embargo_set_late_takes_nothing_from_readers(void **state)
{
	struct desk *d = *state;
	struct manuscript m = desk_manuscript("Early", "News", "Ada Quay");
	int64_t id = desk_publish(d, "Early", "News", "Ada Quay");
	struct paper_edit edit = {.id = id, .manuscript = &m, .now = d->now};

	m.has_embargo = true;
	m.embargo = civil_at((struct instant){d->now.us + 60000000}, 0);
	m.embargo.has_time = true;
	m.embargo.has_offset = true;
	assert_int_equal(
	    paper_save(d->paper, &edit, NULL, NULL, &d->err), RC_DENIED);
	assert_non_null(strstr(d->err.why, "withdraw it first"));
	desk_apply(d);
	assert_int_equal(
	    desk_read(d, "/2026/11/23/early", NULL, NULL), PUBLIC_LIVE);
	edit.now.us = d->now.us += 60000000;
	desk_ok(d, paper_save(d->paper, &edit, NULL, NULL, &d->err));
}

/* What readers of "Early" are told of its last change. */
static bool is_updated(struct desk *d, const char *path)
{
	struct public_story s;

	desk_apply(d);
	assert_int_equal(desk_read(d, path, &s, NULL), PUBLIC_LIVE);
	return s.updated.us > s.published.us;
}

static void only_what_readers_read_is_an_update(void **state)
{
	struct desk *d = *state;
	struct manuscript m = desk_manuscript("Early", "News", "Ada Quay");
	struct manuscript_correction c = {
	    {.year = 2026, .month = 11, .day = 23}, STR("It was Monday.")};
	struct str tag = STR("Sea");
	int64_t id = desk_publish(d, "Early", "News", "Ada Quay");

	d->now.us += 600000000;
	m.slug = STR("late");
	m.section = STR("World");
	m.tags = (struct str_list){&tag, 1};
	desk_save_manuscript(d, id, &m);
	assert_false(is_updated(d, "/2026/11/23/late"));
	m.corrections = &c;
	m.corrections_n = 1;
	desk_save_manuscript(d, id, &m);
	assert_true(is_updated(d, "/2026/11/23/late"));
	id = desk_publish(d, "Words", "News", "Ada Quay");
	d->now.us += 600000000;
	m = desk_manuscript("Words", "News", "Ada Quay");
	m.body = STR("Other words.\n");
	desk_save_manuscript(d, id, &m);
	assert_true(is_updated(d, "/2026/11/23/words"));
}

static void a_withdrawn_story_leaves_only_its_note(void **state)
{
	struct desk *d = *state;
	struct public_story *v;
	struct str note;
	size_t n;
	int64_t id = desk_publish(d, "Wrong", "News", "Ada Quay");

	desk_ok(d, paper_withdraw(d->paper, id,
		       STR("We could not stand by it."), d->now, &d->err));
	desk_apply(d);
	assert_int_equal(
	    desk_read(d, "/2026/11/23/wrong", NULL, &note), PUBLIC_WITHDRAWN);
	desk_text(note, "We could not stand by it.");
	assert_int_equal(
	    public_list(d->public, d->a, PUBLIC_PERSON, STR("ada-quay"),
		PUBLIC_KEY_NEWEST, false, 10, &v, &n),
	    RC_NOT_FOUND);
	assert_int_equal(public_list(d->public, d->a, PUBLIC_SECTION,
			     STR("news"), PUBLIC_KEY_NEWEST, false, 10, &v, &n),
	    RC_NOT_FOUND);
	desk_close(d);
	assert_false(desk_file_has(d, "public/public.db", "The wall held."));
	assert_false(desk_file_has(d, "public/public.db-wal", "The wall"));
	assert_true(desk_file_has(d, "private/paper.db", "The wall held."));
	desk_open(d);
	desk_ok(d, paper_publish(d->paper, id, d->now, NULL, &d->err));
	desk_apply(d);
	assert_int_equal(
	    desk_read(d, "/2026/11/23/wrong", NULL, NULL), PUBLIC_LIVE);
}

static void a_changed_slug_leaves_a_redirect(void **state)
{
	struct desk *d = *state;
	struct str to;
	int64_t id = desk_publish(d, "Storm", "News", "Ada Quay");

	desk_ok(
	    d, paper_rename(d->paper, id, STR("Great Storm"), d->now, &d->err));
	desk_apply(d);
	assert_int_equal(
	    desk_read(d, "/2026/11/23/storm", NULL, &to), PUBLIC_MOVED);
	desk_text(to, "/2026/11/23/great-storm");
	assert_int_equal(
	    desk_read(d, "/2026/11/23/great-storm", NULL, NULL), PUBLIC_LIVE);
	desk_ok(d, paper_rename(d->paper, id, STR("storm"), d->now, &d->err));
	desk_apply(d);
	assert_int_equal(
	    desk_read(d, "/2026/11/23/storm", NULL, NULL), PUBLIC_LIVE);
	assert_int_equal(
	    desk_read(d, "/2026/11/23/great-storm", NULL, &to), PUBLIC_MOVED);
	desk_text(to, "/2026/11/23/storm");
}

static void one_day_and_headline_give_two_addresses(void **state)
{
	struct desk *d = *state;
	struct public_story s;

	desk_publish(d, "Brief", "News", "Ada Quay");
	desk_publish(d, "Brief", "Sport", "Bo Reed");
	assert_int_equal(
	    desk_read(d, "/2026/11/23/brief-2", &s, NULL), PUBLIC_LIVE);
	desk_text(s.section.name, "Sport");
	for (int i = 3; i < 40; i++)
		desk_publish(d, "Brief", "News", "Ada Quay");
	assert_int_equal(
	    desk_read(d, "/2026/11/23/brief-20", &s, NULL), PUBLIC_LIVE);
}

static void an_unchanged_save_makes_no_revision(void **state)
{
	struct desk *d = *state;
	struct manuscript m = desk_manuscript("Same", "News", "Ada Quay");
	struct paper_edit edit = {.manuscript = &m, .now = d->now};
	struct paper_revision *v;
	bool is_new;
	size_t n;
	int64_t id;

	desk_ok(d, paper_save(d->paper, &edit, &id, &is_new, &d->err));
	assert_true(is_new);
	edit.id = id;
	desk_ok(d, paper_save(d->paper, &edit, NULL, &is_new, &d->err));
	assert_false(is_new);
	m.standfirst = STR("Now it says more.");
	desk_ok(d, paper_save(d->paper, &edit, NULL, &is_new, &d->err));
	assert_true(is_new);
	desk_ok(d, paper_revisions(d->paper, d->a, id, &v, &n, &d->err));
	assert_int_equal(n, 2);
	assert_true(v[0].id > v[1].id);
}

static void importing_twice_changes_nothing(void **state)
{
	struct desk *d = *state;
	struct manuscript m = desk_manuscript("Old news", "News", "Ada Quay");
	struct paper_import import = {
	    .key = STR("content/old.md"),
	    .hash = STR("0123456789abcdef"),
	    .manuscript = &m,
	    .now = d->now,
	};
	static struct str alias = STR_INIT("/posts/old/");
	enum paper_outcome outcome;
	struct public_story s;
	struct str to;

	m.has_published = true;
	m.published = (struct civil){.year = 2019, .month = 3, .day = 4};
	m.aliases = (struct str_list){&alias, 1};
	for (int i = 0; i < 2; i++) {
		desk_ok(d, paper_batch_begin(d->paper, d->now, &d->err));
		desk_ok(d,
		    paper_import(d->paper, &import, &outcome, NULL, &d->err));
		assert_int_equal(
		    outcome, i == 0 ? PAPER_ADDED : PAPER_UNCHANGED);
		desk_ok(d, paper_batch_commit(d->paper, d->now, &d->err));
	}
	assert_int_equal(
	    desk_read(d, "/2019/03/04/old-news", &s, NULL), PUBLIC_LIVE);
	assert_int_equal(desk_read(d, "/posts/old", NULL, &to), PUBLIC_MOVED);
	desk_text(to, "/2019/03/04/old-news");
	import.hash = STR("fedcba9876543210");
	m.body = STR("It was mended.\n");
	desk_ok(d, paper_batch_begin(d->paper, d->now, &d->err));
	desk_ok(d, paper_import(d->paper, &import, &outcome, NULL, &d->err));
	assert_int_equal(outcome, PAPER_CHANGED);
	desk_ok(d, paper_batch_commit(d->paper, d->now, &d->err));
	assert_int_equal(
	    desk_read(d, "/2019/03/04/old-news", &s, NULL), PUBLIC_LIVE);
	desk_text(s.body, "It was mended.\n");
	assert_int_equal(s.updated.us, d->now.us);
}

static void a_public_database_is_begun_anew_under_the_writer(void **state)
{
	struct desk *d = *state;
	struct public_story s;
	struct str to = STR("");

	desk_publish(d, "Kept", "News", "Ada Quay");
	desk_ok(d, paper_look_through_public(d->paper, 1 << 20));
	assert_int_equal(paper_look_through_public(d->paper, 1), RC_LIMIT);
	desk_ok(d, paper_renew_public(
		       d->paper, str_of(d->dir), d->now, d->a, &to, &d->err));
	assert_true(
	    str_ends(to, STR("/public/public.db.damaged-20261123T100000Z")));
	desk_publish(d, "Later", "News", "Ada Quay");
	public_close(d->public);
	desk_ok(d, public_open(str_of(d->dir), &d->public, &d->err));
	assert_int_equal(
	    desk_read(d, "/2026/11/23/kept", &s, NULL), PUBLIC_LIVE);
	assert_int_equal(
	    desk_read(d, "/2026/11/23/later", &s, NULL), PUBLIC_LIVE);
	assert_int_equal(unlink(arena_cstr(d->a, to)), 0);
	unlink(arena_printf(d->a, "%.*s-wal", STR_ARG(to)).p);
	unlink(arena_printf(d->a, "%.*s-shm", STR_ARG(to)).p);
}

static void a_lost_public_database_is_made_anew(void **state)
{
	struct desk *d = *state;
	struct str to;
	int64_t id = desk_publish(d, "Kept", "News", "Ada Quay");

	desk_ok(
	    d, paper_rename(d->paper, id, STR("kept-well"), d->now, &d->err));
	desk_close(d);
	desk_delete_public(d);
	desk_open(d);
	desk_apply(d);
	assert_int_equal(
	    desk_read(d, "/2026/11/23/kept-well", NULL, NULL), PUBLIC_LIVE);
	assert_int_equal(
	    desk_read(d, "/2026/11/23/kept", NULL, &to), PUBLIC_MOVED);
}

static bool is_filling(struct desk *d)
{
	bool is = false;

	desk_ok(d, public_is_filling(d->public, &is));
	return is;
}

static void a_database_that_is_made_anew_says_so_until_all_is_in_it(
    void **state)
{
	struct desk *d = *state;
	bool is_done = false;
	size_t steps = 0;

	desk_publish(d, "Kept", "News", "Ada Quay");
	desk_publish(d, "Kept, too", "News", "Ada Quay");
	assert_false(is_filling(d));
	/* The rows of the outbox are gone: it does not fit any more. */
	desk_ok(d, outbox_prune(d->paper));
	desk_close(d);
	desk_delete_public(d);
	desk_open(d);
	while (!is_done) {
		assert_true(is_filling(d));
		desk_ok(d,
		    paper_outbox_apply(d->paper, d->now, 1, &is_done, &d->err));
		steps++;
	}
	assert_true(steps > 2);
	assert_false(is_filling(d));
	assert_int_equal(
	    desk_read(d, "/2026/11/23/kept", NULL, NULL), PUBLIC_LIVE);
}

static void of_a_database_made_anew_the_newest_stories_come_first(void **state)
{
	struct desk *d = *state;
	bool is_done = false;

	for (int i = 0; i < 1100; i++)
		desk_publish(d,
		    i == 99    ? "Long ago"
		    : i == 100 ? "Of late"
			       : "Again",
		    "News", "Ada Quay");
	desk_ok(d, outbox_prune(d->paper));
	desk_close(d);
	desk_delete_public(d);
	desk_open(d);
	/* Settings, front, redirects, and then a thousand. */
	desk_ok(
	    d, paper_outbox_apply(d->paper, d->now, 1003, &is_done, &d->err));
	assert_false(is_done);
	assert_int_equal(
	    desk_read(d, "/2026/11/23/of-late", NULL, NULL), PUBLIC_LIVE);
	assert_int_equal(desk_read(d, "/2026/11/23/long-ago", NULL, NULL), -1);
	desk_apply(d);
	assert_int_equal(
	    desk_read(d, "/2026/11/23/long-ago", NULL, NULL), PUBLIC_LIVE);
}

static void a_paper_is_made_once(void **state)
{
	struct desk *d = *state;
	struct paper_settings settings = {
	    .name = STR("Another"), .lang = STR("en")};

	desk_close(d);
	assert_int_equal(
	    paper_create(str_of(d->dir), &settings, d->now, &d->err),
	    RC_EXISTS);
	desk_open(d);
}

static void a_setting_as_long_as_a_book_is_refused(void **state)
{
	struct desk *d = *state;
	static char book[5000];
	struct paper_settings settings = {
	    .name = STR("A paper"), .lang = STR("en")};

	memset(book, 'a', sizeof(book));
	settings.about = (struct str){book, sizeof(book)};
	assert_int_equal(
	    paper_set_settings(d->paper, &settings, d->now, &d->err), RC_OK);
	settings.motto = (struct str){book, sizeof(book)};
	assert_int_equal(
	    paper_set_settings(d->paper, &settings, d->now, &d->err), RC_LIMIT);
	assert_non_null(strstr(d->err.why, "motto: longer than 4000"));
}

static void a_setting_that_no_page_can_show_is_refused(void **state)
{
	static const struct str bad[] = {STR_INIT("The\nTown"),
	    STR_INIT("The\x01Town"), STR_INIT("The \xff Town")};
	struct desk *d = *state;
	struct paper_settings settings = {
	    .name = STR("A paper"), .lang = STR("en")};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		settings.name = bad[i];
		assert_int_equal(
		    paper_set_settings(d->paper, &settings, d->now, &d->err),
		    RC_INVALID);
		assert_non_null(strstr(d->err.why, "name: "));
	}
	settings.name = STR("A paper");
	settings.about = STR("One\n\nTwo\tthree");
	assert_int_equal(
	    paper_set_settings(d->paper, &settings, d->now, &d->err), RC_OK);
	settings.about = STR("One \xff");
	assert_int_equal(
	    paper_set_settings(d->paper, &settings, d->now, &d->err),
	    RC_INVALID);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    desk_test(a_published_story_can_be_read),
	    desk_test(a_draft_is_nowhere_in_public),
	    desk_test(a_scheduled_story_appears_to_the_second),
	    desk_test(an_embargo_is_kept_whatever_is_asked),
	    desk_test(an_embargo_set_late_takes_nothing_from_readers),
	    desk_test(only_what_readers_read_is_an_update),
	    desk_test(a_withdrawn_story_leaves_only_its_note),
	    desk_test(a_changed_slug_leaves_a_redirect),
	    desk_test(one_day_and_headline_give_two_addresses),
	    desk_test(an_unchanged_save_makes_no_revision),
	    desk_test(importing_twice_changes_nothing),
	    desk_test(a_public_database_is_begun_anew_under_the_writer),
	    desk_test(a_lost_public_database_is_made_anew),
	    desk_test(a_database_that_is_made_anew_says_so_until_all_is_in_it),
	    desk_test(of_a_database_made_anew_the_newest_stories_come_first),
	    desk_test(a_paper_is_made_once),
	    desk_test(a_setting_as_long_as_a_book_is_refused),
	    desk_test(a_setting_that_no_page_can_show_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
