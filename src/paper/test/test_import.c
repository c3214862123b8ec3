/* SPDX-License-Identifier: MIT */
#include "paper/paper.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "paper/alias.h"
#include "paper/redirect.h"
#include "paper/test/import_fixture.h"
#include "paper/workflow.h"

static void drafts_and_the_future_are_not_published(void **state)
{
	struct desk *d = *state;
	struct manuscript m = desk_manuscript("Draft", "News", "Ada Quay");
	struct instant next;
	int64_t id;
	size_t n;

	m.is_draft = true;
	take(d, "draft.md", "00000001", &m, &id);
	assert_int_equal(status_of(d, id), PAPER_DRAFT);
	m = desk_manuscript("Future", "News", "Ada Quay");
	m.has_published = true;
	m.published = civil_at((struct instant){d->now.us + 5000000}, 0);
	m.published.has_time = true;
	take(d, "future.md", "00000001", &m, &id);
	assert_int_equal(status_of(d, id), PAPER_SCHEDULED);
	assert_int_equal(desk_read(d, "/2026/11/23/future", NULL, NULL), -1);
	d->now.us += 5000000;
	desk_ok(d, paper_due(d->paper, d->now, &n, &next, &d->err));
	assert_int_equal(n, 1);
	desk_apply(d);
	assert_int_equal(
	    desk_read(d, "/2026/11/23/future", NULL, NULL), PUBLIC_LIVE);
}

static void an_embargo_ahead_holds_an_old_story(void **state)
{
	struct desk *d = *state;
	struct manuscript m = desk_manuscript("Held", "News", "Ada Quay");
	int64_t id;

	m.has_published = true;
	m.published = (struct civil){.year = 2020, .month = 1, .day = 1};
	m.has_embargo = true;
	m.embargo = (struct civil){.year = 2026, .month = 11, .day = 24};
	take(d, "held.md", "00000001", &m, &id);
	assert_int_equal(status_of(d, id), PAPER_SCHEDULED);
	assert_int_equal(desk_read(d, "/2020/01/01/held", NULL, NULL), -1);
}

static void nothing_is_taken_that_readers_may_not_see_yet(void **state)
{
	struct desk *d = *state;
	struct manuscript m = desk_manuscript("Out", "News", "Ada Quay");
	struct public_story s;
	int64_t id;

	take(d, "out.md", "00000001", &m, &id);
	m.has_embargo = true;
	m.embargo = (struct civil){.year = 2026, .month = 11, .day = 24};
	m.body = STR("Other words.\n");
	assert_int_equal(
	    take(d, "out.md", "00000002", &m, NULL), PAPER_SKIPPED);
	if (!strstr(d->err.why, "story 1 is published; withdraw it first"))
		fail_msg("%s", d->err.why);
	desk_apply(d);
	assert_int_equal(
	    desk_read(d, "/2026/11/23/out", &s, NULL), PUBLIC_LIVE);
	desk_text(s.body, "The wall held.\n");
	/* It is no secret any more, and comes in. */
	d->now.us += 86400LL * 1000000;
	assert_int_equal(
	    take(d, "out.md", "00000002", &m, NULL), PAPER_CHANGED);
	desk_read(d, "/2026/11/23/out", &s, NULL);
	desk_text(s.body, "Other words.\n");
}

static void a_date_that_is_put_off_holds_the_text_of_a_published_story(
    void **state)
{
	struct desk *d = *state;
	struct manuscript m = desk_manuscript("Early", "News", "Ada Quay");
	struct public_story s;
	int64_t id;

	/* The desk has let it out before its date: it may be mended. */
	m.has_published = true;
	m.published = (struct civil){.year = 2026, .month = 12, .day = 1};
	take(d, "early.md", "00000001", &m, &id);
	desk_ok(d, paper_publish(d->paper, id, d->now, NULL, &d->err));
	m.body = STR("Mended.\n");
	assert_int_equal(
	    take(d, "early.md", "00000002", &m, NULL), PAPER_CHANGED);
	m.published.day = 2;
	m.body = STR("For the second day.\n");
	assert_int_equal(
	    take(d, "early.md", "00000003", &m, NULL), PAPER_SKIPPED);
	desk_apply(d);
	desk_read(d, "/2026/11/23/early", &s, NULL);
	desk_text(s.body, "Mended.\n");
	/* Nobody is the worse for a date in the past. */
	m.published = (struct civil){.year = 2026, .month = 11, .day = 20};
	assert_int_equal(
	    take(d, "early.md", "00000004", &m, NULL), PAPER_CHANGED);
}

static void a_correction_that_came_along_is_an_update(void **state)
{
	struct desk *d = *state;
	struct manuscript m = desk_manuscript("Told", "News", "Ada Quay");
	struct manuscript_correction told[] = {
	    {{.year = 2026, .month = 11, .day = 21}, STR("It was Monday.")},
	    {{.year = 2026, .month = 11, .day = 20}, STR("It was Sunday.")},
	    {{.year = 2031, .month = 1, .day = 1}, STR("It will be.")},
	};
	struct public_story s;
	int64_t id;

	m.has_published = true;
	m.published = (struct civil){.year = 2026, .month = 11, .day = 19};
	m.corrections = told;
	m.corrections_n = 3;
	take(d, "told.md", "00000001", &m, &id);
	desk_apply(d);
	assert_int_equal(
	    desk_read(d, "/2026/11/19/told", &s, NULL), PUBLIC_LIVE);
	assert_int_equal(civil_at(s.updated, 0).day, 21);
	desk_text(s.corrections[0].text, "It was Sunday.");
}

static void a_waiting_story_follows_its_source(void **state)
{
	struct desk *d = *state;
	struct manuscript m = desk_manuscript("Later", "News", "Ada Quay");
	struct paper_story s;
	int64_t id;

	m.has_published = true;
	m.published = (struct civil){.year = 2030, .month = 1, .day = 1};
	take(d, "later.md", "00000001", &m, &id);
	m.published.year = 2033;
	take(d, "later.md", "00000002", &m, &id);
	desk_ok(d, paper_show(d->paper, d->a, id, &s, NULL, &d->err));
	assert_int_equal(s.status, PAPER_SCHEDULED);
	assert_int_equal(civil_at(s.due, 0).year, 2033);
	m.body = STR("Another text.\n");
	desk_ok(d,
	    paper_schedule(d->paper, id, (struct instant){d->now.us + 5000000},
		d->now, NULL, &d->err));
	take(d, "later.md", "00000003", &m, &id);
	desk_ok(d, paper_show(d->paper, d->a, id, &s, NULL, &d->err));
	assert_int_equal(civil_at(s.due, 0).year, 2026);
	m.is_draft = true;
	take(d, "later.md", "00000004", &m, &id);
	desk_ok(d, paper_show(d->paper, d->a, id, &s, NULL, &d->err));
	assert_int_equal(s.status, PAPER_DRAFT);
	assert_int_equal(s.due.us, INSTANT_NEVER.us);
}

/* The same once more; whether it is said that the story stays a draft. */
static bool take_stays(
    struct desk *d, const char *key, const char *hash, struct manuscript *m)
{
	bool stays_draft = false;
	struct paper_import import = {
	    .key = str_of(key),
	    .hash = str_of(hash),
	    .manuscript = m,
	    .now = d->now,
	    .ret_stays_draft = &stays_draft,
	};
	enum paper_outcome outcome;

	desk_ok(d, paper_batch_begin(d->paper, d->now, &d->err));
	desk_ok(d, paper_import(d->paper, &import, &outcome, NULL, &d->err));
	desk_ok(d, paper_batch_commit(d->paper, d->now, &d->err));
	assert_int_equal(outcome, PAPER_CHANGED);
	return stays_draft;
}

static void what_the_desk_took_back_no_file_lets_out(void **state)
{
	struct desk *d = *state;
	struct manuscript m = desk_manuscript("Killed", "News", "Ada Quay");
	struct paper_story s;
	int64_t id;

	m.has_published = true;
	m.published = (struct civil){.year = 2026, .month = 12, .day = 10};
	take(d, "killed.md", "00000001", &m, &id);
	assert_int_equal(status_of(d, id), PAPER_SCHEDULED);
	desk_ok(d, paper_withdraw(d->paper, id, STR("never"), d->now, &d->err));
	m.body = STR("A comma, moved.\n");
	assert_true(take_stays(d, "killed.md", "00000002", &m));
	assert_int_equal(status_of(d, id), PAPER_DRAFT);
	m.published = (struct civil){.year = 2026, .month = 11, .day = 20};
	assert_true(take_stays(d, "killed.md", "00000003", &m));
	desk_ok(d, paper_show(d->paper, d->a, id, &s, NULL, &d->err));
	assert_int_equal(s.status, PAPER_DRAFT);
	desk_text(s.note, "never");
	desk_ok(d, paper_publish(d->paper, id, d->now, NULL, &d->err));
	assert_int_equal(status_of(d, id), PAPER_PUBLISHED);
}

static void a_draft_that_had_a_time_set_by_hand_no_file_lets_out(void **state)
{
	const struct instant later = {1796191200LL * 1000000};
	struct desk *d = *state;
	struct manuscript m = desk_manuscript("Timed", "News", "Ada Quay");
	int64_t id;

	m.has_published = true;
	m.published = (struct civil){.year = 2020, .month = 1, .day = 1};
	m.is_draft = true;
	take(d, "timed.md", "00000001", &m, &id);
	desk_ok(d, paper_schedule(d->paper, id, later, d->now, NULL, &d->err));
	m.body = STR("Still not finished.\n");
	assert_false(take_stays(d, "timed.md", "00000002", &m));
	assert_int_equal(status_of(d, id), PAPER_DRAFT);
	m.is_draft = false;
	assert_true(take_stays(d, "timed.md", "00000003", &m));
	assert_int_equal(status_of(d, id), PAPER_DRAFT);
}

static void a_draft_that_had_a_time_of_its_file_is_let_out_by_it(void **state)
{
	struct desk *d = *state;
	struct manuscript m = desk_manuscript("Own", "News", "Ada Quay");
	int64_t id;

	m.has_published = true;
	m.published = (struct civil){.year = 2030, .month = 1, .day = 1};
	take(d, "own.md", "00000001", &m, &id);
	m.is_draft = true;
	take(d, "own.md", "00000002", &m, NULL);
	m.is_draft = false;
	m.published.year = 2026;
	assert_false(take_stays(d, "own.md", "00000003", &m));
	assert_int_equal(status_of(d, id), PAPER_PUBLISHED);
}

static void no_notice_of_a_time_that_was_taken_back_is_told(void **state)
{
	struct desk *d = *state;
	struct manuscript m = desk_manuscript("Back", "News", "Ada Quay");
	struct paper_release r = {.who = STR("ed"),
	    .change = PAPER_CORRECTION,
	    .text = STR("It was Monday.")};
	struct public_story s;

	take(d, "back.md", "00000001", &m, &r.id);
	desk_ok(
	    d, paper_withdraw(d->paper, r.id, STR("wrong"), d->now, &d->err));
	m.body = STR("Mended.\n");
	take(d, "back.md", "00000002", &m, NULL);
	r.now = d->now;
	r.when = (struct instant){d->now.us + 5000000};
	desk_ok(d, paper_release(d->paper, &r, NULL, &d->err));
	m.is_draft = true;
	m.body = STR("Not finished.\n");
	take(d, "back.md", "00000003", &m, NULL);
	assert_int_equal(status_of(d, r.id), PAPER_WITHDRAWN);
	d->now.us += 6000000;
	desk_ok(d, paper_publish(d->paper, r.id, d->now, NULL, &d->err));
	desk_apply(d);
	assert_int_equal(
	    desk_read(d, "/2026/11/23/back", &s, NULL), PUBLIC_LIVE);
	assert_int_equal(s.corrections_n, 0);
}

static void what_the_desk_sent_back_no_file_lets_out(void **state)
{
	struct desk *d = *state;
	struct manuscript m = desk_manuscript("Sent", "News", "Ada Quay");
	struct paper_act act = {
	    .who = STR("ed"), .note = STR("Who says so?"), .now = d->now};

	m.is_draft = true;
	take(d, "sent.md", "00000001", &m, &act.id);
	desk_ok(d, paper_hand_in(d->paper, &act, &d->err));
	desk_ok(d, paper_send_back(d->paper, &act, &d->err));
	m.is_draft = false;
	assert_true(take_stays(d, "sent.md", "00000002", &m));
	assert_int_equal(status_of(d, act.id), PAPER_DRAFT);
}

static void a_finished_draft_is_published_when_its_file_says_so(void **state)
{
	struct desk *d = *state;
	struct manuscript m = desk_manuscript("Slow", "News", "Ada Quay");
	int64_t id, again;

	m.is_draft = true;
	take(d, "slow.md", "00000001", &m, &id);
	m.is_draft = false;
	assert_int_equal(
	    take(d, "slow.md", "00000002", &m, &again), PAPER_CHANGED);
	assert_int_equal(id, again);
	assert_int_equal(
	    desk_read(d, "/2026/11/23/slow", NULL, NULL), PUBLIC_LIVE);
}

static void a_published_story_keeps_its_text_when_its_file_says_draft(
    void **state)
{
	struct desk *d = *state;
	struct manuscript m = desk_manuscript("Quay", "News", "Ada Quay");
	struct public_story seen;
	struct paper_story s;
	int64_t id;

	take(d, "quay.md", "00000001", &m, &id);
	m.is_draft = true;
	m.headline = STR("Quay, unfinished");
	m.has_embargo = true;
	m.embargo = civil_at((struct instant){d->now.us + 5000000}, 0);
	assert_int_equal(
	    take(d, "quay.md", "00000002", &m, NULL), PAPER_CHANGED);
	assert_int_equal(
	    desk_read(d, "/2026/11/23/quay", &seen, NULL), PUBLIC_LIVE);
	desk_text(seen.headline, "Quay");
	desk_ok(d, paper_show(d->paper, d->a, id, &s, NULL, &d->err));
	assert_int_equal(s.status, PAPER_PUBLISHED);
	assert_true(s.is_changed);
	desk_text(s.headline, "Quay, unfinished");
	m.is_draft = m.has_embargo = false;
	take(d, "quay.md", "00000003", &m, NULL);
	assert_int_equal(
	    desk_read(d, "/2026/11/23/quay", &seen, NULL), PUBLIC_LIVE);
	desk_text(seen.headline, "Quay, unfinished");
}

static void a_changed_slug_of_a_source_redirects(void **state)
{
	struct desk *d = *state;
	struct manuscript m = desk_manuscript("Pier", "News", "Ada Quay");
	struct str to;

	take(d, "pier.md", "00000001", &m, NULL);
	m.slug = STR("old-pier");
	take(d, "pier.md", "00000002", &m, NULL);
	assert_int_equal(
	    desk_read(d, "/2026/11/23/pier", NULL, &to), PUBLIC_MOVED);
	desk_text(to, "/2026/11/23/old-pier");
}

static void what_has_no_headline_is_skipped(void **state)
{
	struct desk *d = *state;
	struct manuscript m = desk_manuscript(" ", "News", "Ada Quay");

	assert_int_equal(
	    take(d, "empty.md", "00000001", &m, NULL), PAPER_SKIPPED);
	assert_true(d->err.why[0] != '\0');
}

static void a_cancelled_batch_leaves_nothing(void **state)
{
	struct desk *d = *state;
	struct manuscript m = desk_manuscript("Gone", "New place", "New man");
	struct paper_import import = {
	    .key = STR("gone.md"),
	    .hash = STR("00000001"),
	    .manuscript = &m,
	    .now = d->now,
	};
	enum paper_outcome outcome;
	struct str before = desk_dump(d);
	bool has;

	desk_ok(d, paper_batch_begin(d->paper, d->now, &d->err));
	desk_ok(d, paper_import(d->paper, &import, &outcome, NULL, &d->err));
	desk_ok(d,
	    paper_import_has(d->paper, import.key, import.hash, &has, &d->err));
	assert_true(has);
	paper_batch_cancel(d->paper);
	desk_ok(d,
	    paper_import_has(d->paper, import.key, import.hash, &has, &d->err));
	assert_false(has);
	assert_true(str_eq(desk_dump(d), before));
	assert_int_equal(take(d, "gone.md", "00000001", &m, NULL), PAPER_ADDED);
	assert_int_equal(
	    desk_read(d, "/2026/11/23/gone", NULL, NULL), PUBLIC_LIVE);
}

static void an_alias_never_takes_what_another_has(void **state)
{
	struct desk *d = *state;
	static struct str aliases[] = {STR_INIT("/2026/11/23/first"),
	    STR_INIT("no-slash"), STR_INIT("/"), STR_INIT("/old/second/")};
	struct manuscript m = desk_manuscript("Second", "News", "Ada Quay");
	struct public_story s;

	desk_publish(d, "First", "News", "Ada Quay");
	m.aliases = (struct str_list){aliases, 4};
	take(d, "second.md", "00000001", &m, NULL);
	assert_int_equal(
	    desk_read(d, "/2026/11/23/first", &s, NULL), PUBLIC_LIVE);
	desk_text(s.headline, "First");
	assert_int_equal(desk_read(d, "/old/second", NULL, NULL), PUBLIC_MOVED);
	assert_int_equal(
	    desk_read(d, "/old/second/", NULL, NULL), PUBLIC_MOVED);
	assert_int_equal(desk_read(d, "/", NULL, NULL), -1);
}

static void an_alias_does_not_undo_what_was_led_by_hand(void **state)
{
	struct desk *d = *state;
	static struct str aliases[] = {STR_INIT("/led"), STR_INIT("/free")};
	struct manuscript m = desk_manuscript("Second", "News", "Ada Quay");
	struct paper_redirect r = {.from = STR("/led"), .to = STR("/about")};
	enum paper_alias alias;
	int64_t id;

	desk_ok(d, paper_set_redirect(d->paper, &r, NULL, &d->err));
	m.aliases = (struct str_list){aliases, 2};
	take(d, "second.md", "00000001", &m, &id);
	assert_int_equal(desk_read(d, "/led", NULL, NULL), -1);
	assert_int_equal(desk_read(d, "/free", NULL, NULL), PUBLIC_MOVED);
	desk_ok(
	    d, paper_alias_state(d->paper, STR("/led"), id, &alias, &d->err));
	assert_int_equal(alias, PAPER_ALIAS_LED);
	desk_ok(
	    d, paper_alias_state(d->paper, STR("/free"), id, &alias, &d->err));
	assert_int_equal(alias, PAPER_ALIAS_FREE);
	desk_ok(d,
	    paper_alias_state(d->paper, STR("/free"), id + 1, &alias, &d->err));
	assert_int_equal(alias, PAPER_ALIAS_TAKEN);
}

static void the_day_of_an_address_is_the_papers_own(void **state)
{
	/* 23:30 UTC in summer is the next day in London, in winter the same. */
	static const struct {
		const char *headline, *zone, *path;
		int64_t at_s;
	} cases[] = {
	    {"Summer", "Europe/London", "/2026/07/02/summer", 1782948600},
	    {"Winter", "Europe/London", "/2026/12/01/winter", 1796167800},
	    {"Tokyo", "Asia/Tokyo", "/2026/12/02/tokyo", 1796167800},
	    {"Honolulu", "Pacific/Honolulu", "/2026/12/01/honolulu",
		1796167800},
	};
	struct desk *d = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct zone *zone = zone_of(d, cases[i].zone);

		if (!zone)
			return;
		paper_use_zone(d->paper, zone);
		d->now = INSTANT_OF_S(cases[i].at_s);
		desk_publish(d, cases[i].headline, "News", "Ada Quay");
		assert_int_equal(
		    desk_read(d, cases[i].path, NULL, NULL), PUBLIC_LIVE);
	}
	/* Ever after, wherever the paper moves. */
	assert_int_equal(
	    desk_read(d, "/2026/07/02/summer", NULL, NULL), PUBLIC_LIVE);
}

static void times_without_an_offset_are_the_papers_own(void **state)
{
	struct desk *d = *state;
	const struct zone *zone = zone_of(d, "Europe/Berlin");
	struct manuscript m = desk_manuscript("Clocks", "News", "Ada Quay");
	struct public_story s;

	if (!zone)
		return;
	paper_use_zone(d->paper, zone);
	m.has_published = true;
	/* Summer time, two hours east. */
	m.published = (struct civil){.year = 2025,
	    .month = 10,
	    .day = 26,
	    .hour = 1,
	    .minute = 30,
	    .has_time = true};
	take(d, "clocks.md", "00000001", &m, NULL);
	assert_int_equal(
	    desk_read(d, "/2025/10/26/clocks", &s, NULL), PUBLIC_LIVE);
	assert_int_equal(s.published.us, 1761435000LL * 1000000);
	/* Winter time, one hour east, later the same day. */
	m = desk_manuscript("Clocks back", "News", "Ada Quay");
	m.has_published = true;
	m.published = (struct civil){.year = 2025,
	    .month = 10,
	    .day = 26,
	    .hour = 3,
	    .minute = 30,
	    .has_time = true};
	take(d, "back.md", "00000001", &m, NULL);
	assert_int_equal(
	    desk_read(d, "/2025/10/26/clocks-back", &s, NULL), PUBLIC_LIVE);
	assert_int_equal(s.published.us, (1761435000LL + 3 * 3600) * 1000000);
}

static struct civil december(uint8_t day)
{
	return (struct civil){
	    .year = 2026, .month = 12, .day = day, .hour = 6, .has_time = true};
}

static void a_file_moves_its_story_after_the_zone_was_set(void **state)
{
	/* 2026-12-02T11:00:00Z is 06:00 in New York. */
	const int64_t second_us = 1796209200LL * 1000000;
	const int64_t day_us = 86400LL * 1000000;
	struct desk *d = *state;
	const struct zone *zone = zone_of(d, "America/New_York");
	struct manuscript m = desk_manuscript("Zones", "News", "Ada Quay");
	int64_t id;

	if (!zone)
		return;
	m.has_published = true;
	m.published = december(1);
	take(d, "zones.md", "00000001", &m, &id);
	assert_true(due_of(d, id).us == second_us - day_us - day_us * 5 / 24);
	paper_use_zone(d->paper, zone);
	m.published = december(2);
	take(d, "zones.md", "00000002", &m, NULL);
	assert_true(due_of(d, id).us == second_us);
	m.published = december(1);
	take(d, "zones.md", "00000003", &m, NULL);
	assert_true(due_of(d, id).us == second_us - day_us);
	m.has_embargo = true;
	m.embargo = december(3);
	take(d, "zones.md", "00000004", &m, NULL);
	assert_true(due_of(d, id).us == second_us + day_us);
	m.embargo = december(2);
	take(d, "zones.md", "00000005", &m, NULL);
	assert_true(due_of(d, id).us == second_us);
}

static void no_file_has_a_story_appear_before_the_time_set_by_hand(void **state)
{
	const int64_t second_us = 1796191200LL * 1000000;
	const int64_t day_us = 86400LL * 1000000;
	struct desk *d = *state;
	struct manuscript m = desk_manuscript("Hand", "News", "Ada Quay");
	int64_t id;

	m.has_published = true;
	m.published = december(1);
	take(d, "hand.md", "00000001", &m, &id);
	desk_ok(d, paper_schedule(d->paper, id, (struct instant){second_us},
		       d->now, NULL, &d->err));
	m.has_embargo = true;
	m.embargo = december(4);
	take(d, "hand.md", "00000002", &m, NULL);
	assert_true(due_of(d, id).us == second_us + 2 * day_us);
	m.has_embargo = false;
	take(d, "hand.md", "00000003", &m, NULL);
	assert_true(due_of(d, id).us >= second_us);
	/* What is saved by hand with an embargo is put off by hand. */
	take(d, "saved.md", "00000001", &m, &id);
	m.has_embargo = true;
	m.embargo = december(3);
	desk_save_manuscript(d, id, &m);
	m.embargo = december(2);
	take(d, "saved.md", "00000002", &m, NULL);
	assert_true(due_of(d, id).us == second_us + day_us);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    desk_test(drafts_and_the_future_are_not_published),
	    desk_test(an_embargo_ahead_holds_an_old_story),
	    desk_test(nothing_is_taken_that_readers_may_not_see_yet),
	    desk_test(
		a_date_that_is_put_off_holds_the_text_of_a_published_story),
	    desk_test(a_correction_that_came_along_is_an_update),
	    desk_test(a_waiting_story_follows_its_source),
	    desk_test(what_the_desk_took_back_no_file_lets_out),
	    desk_test(what_the_desk_sent_back_no_file_lets_out),
	    desk_test(a_draft_that_had_a_time_set_by_hand_no_file_lets_out),
	    desk_test(a_draft_that_had_a_time_of_its_file_is_let_out_by_it),
	    desk_test(no_notice_of_a_time_that_was_taken_back_is_told),
	    desk_test(a_finished_draft_is_published_when_its_file_says_so),
	    desk_test(
		a_published_story_keeps_its_text_when_its_file_says_draft),
	    desk_test(a_changed_slug_of_a_source_redirects),
	    desk_test(what_has_no_headline_is_skipped),
	    desk_test(a_cancelled_batch_leaves_nothing),
	    desk_test(an_alias_never_takes_what_another_has),
	    desk_test(an_alias_does_not_undo_what_was_led_by_hand),
	    desk_test(the_day_of_an_address_is_the_papers_own),
	    desk_test(times_without_an_offset_are_the_papers_own),
	    desk_test(a_file_moves_its_story_after_the_zone_was_set),
	    desk_test(no_file_has_a_story_appear_before_the_time_set_by_hand),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
