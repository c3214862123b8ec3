/* SPDX-License-Identifier: MIT
 *
 * The reader's side: lists, counts, changes, and that no statement looks at
 * more of a large table than it needs.
 */
#include "paper/public.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "paper/paper_priv.h"
#include "paper/front.h"
#include "paper/note.h"
#include "paper/preview.h"
#include "paper/redirect.h"
#include "paper/test/desk_fixture.h"
#include "paper/workflow.h"
#include "paper/write.h"

enum { DAY_S = 86400 };

/* COUNT stories, an hour apart from each other, by import. */
static void fill(struct desk *d, int count)
{
	static const char *const sections[] = {"News", "Sport", "Opinion"};
	static const char *const people[] = {"Ada Quay", "Bo Reed"};
	struct err err;

	desk_ok(d, paper_batch_begin(d->paper, d->now, &d->err));
	for (int i = 0; i < count; i++) {
		struct str tags[] = {i % 2 ? STR("odd") : STR("even"),
		    i % 7 ? STR("plain") : STR("seventh")};
		char key[32], headline[32];
		struct manuscript m =
		    desk_manuscript(headline, sections[i % 3], people[i % 2]);
		struct paper_import import = {
		    .key = {key, (size_t)snprintf(key, 32, "%d.md", i)},
		    .hash = STR("01234567"),
		    .manuscript = &m,
		    .now = d->now,
		};
		enum paper_outcome outcome;

		m.headline.n = (size_t)snprintf(headline, 32, "Story %d", i);
		m.headline.p = headline;
		m.tags = (struct str_list){tags, 2};
		m.has_published = true;
		m.published =
		    civil_at((struct instant){d->now.us -
					      (count - i) * 3600 * 1000000LL},
			0);
		desk_ok(
		    d, paper_import(d->paper, &import, &outcome, NULL, &err));
		assert_int_equal(outcome, PAPER_ADDED);
	}
	desk_ok(d, paper_batch_commit(d->paper, d->now, &d->err));
}

static size_t pages(struct desk *d, enum public_list list, const char *slug,
    size_t limit, bool newer)
{
	struct public_key key =
	    newer ? (struct public_key){0, 0} : PUBLIC_KEY_NEWEST;
	size_t total = 0;
	size_t n;

	do {
		struct public_story *v;

		desk_ok(d, public_list(d->public, d->a, list, str_of(slug), key,
			       newer, limit, &v, &n));
		for (size_t i = 0; i < n; i++) {
			int64_t us = v[i].published.us;

			assert_true(newer ? us > key.published_us
					  : us < key.published_us);
			key = (struct public_key){us, v[i].id};
		}
		total += n;
	} while (n == limit);
	return total;
}

static void lists_are_paged_by_key_in_both_directions(void **state)
{
	struct desk *d = *state;

	fill(d, 105);
	for (int newer = 0; newer < 2; newer++) {
		assert_int_equal(pages(d, PUBLIC_ALL, "", 10, newer), 105);
		assert_int_equal(pages(d, PUBLIC_ALL, "", 15, newer), 105);
		assert_int_equal(
		    pages(d, PUBLIC_SECTION, "sport", 10, newer), 35);
		assert_int_equal(
		    pages(d, PUBLIC_PERSON, "bo-reed", 10, newer), 52);
		assert_int_equal(pages(d, PUBLIC_TAG, "seventh", 4, newer), 15);
	}
}

static void nobody_by_that_name_is_not_found(void **state)
{
	struct desk *d = *state;
	struct public_story *v;
	struct str name, about;
	size_t n;

	assert_int_equal(
	    public_list(d->public, d->a, PUBLIC_PERSON, STR("nobody"),
		PUBLIC_KEY_NEWEST, false, 10, &v, &n),
	    RC_NOT_FOUND);
	assert_int_equal(public_name(d->public, d->a, PUBLIC_TAG,
			     (struct str){"a\0b", 3}, &name, &about),
	    RC_NOT_FOUND);
	assert_int_equal(desk_read(d, "", NULL, NULL), -1);
	assert_int_equal(desk_read(d, "/", NULL, NULL), -1);
}

static enum rc name_of(struct desk *d, enum public_list list, const char *slug)
{
	struct str name, about;

	return public_name(d->public, d->a, list, str_of(slug), &name, &about);
}

static void a_name_goes_with_its_last_story(void **state)
{
	struct desk *d = *state;
	int64_t one = desk_publish(d, "One", "Dock", "Ada Quay");
	int64_t two = desk_publish(d, "Two", "News", "Ada Quay");

	desk_save(d, two, "Two", "News", "Bo Reed");
	desk_apply(d);
	assert_int_equal(name_of(d, PUBLIC_PERSON, "ada-quay"), RC_OK);
	desk_ok(d, paper_withdraw(d->paper, one, STR("x"), d->now, &d->err));
	desk_apply(d);
	assert_int_equal(name_of(d, PUBLIC_PERSON, "ada-quay"), RC_NOT_FOUND);
	assert_int_equal(name_of(d, PUBLIC_PERSON, "bo-reed"), RC_OK);
	assert_int_equal(name_of(d, PUBLIC_SECTION, "dock"), RC_NOT_FOUND);
	assert_false(desk_file_has(d, "public/public.db", "Ada Quay"));
	assert_false(desk_file_has(d, "public/public.db", "Dock"));
	desk_publish(d, "Three", "News", "Ada Quay");
	assert_int_equal(name_of(d, PUBLIC_PERSON, "ada-quay"), RC_OK);
	assert_int_equal(pages(d, PUBLIC_PERSON, "ada-quay", 5, false), 1);
}

static size_t sections_of(struct desk *d)
{
	struct public_paper paper;

	desk_ok(d, public_paper(d->public, d->a, &paper));
	return paper.sections.n;
}

static bool is_told(struct desk *d, uint64_t since, const char *tag)
{
	struct public_change *v;
	size_t n;

	desk_ok(d, public_changes(d->public, d->a, since, 1000, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].tag, str_of(tag)))
			return true;
	return false;
}

static void a_section_goes_with_its_last_story(void **state)
{
	struct desk *d = *state;
	int64_t one = desk_publish(d, "One", "Dock", "Ada Quay");
	int64_t two = desk_publish(d, "Two", "News", "Ada Quay");
	uint64_t since;

	assert_int_equal(sections_of(d), 2);
	desk_ok(d, public_seq(d->public, &since));
	desk_save(d, two, "Two", "Dock", "Ada Quay");
	desk_apply(d);
	assert_int_equal(sections_of(d), 1);
	/* It stood in the head of every page. */
	assert_true(is_told(d, since, "paper"));
	desk_ok(d, paper_withdraw(d->paper, one, STR("x"), d->now, &d->err));
	desk_apply(d);
	assert_int_equal(sections_of(d), 1);
	desk_ok(d, paper_withdraw(d->paper, two, STR("x"), d->now, &d->err));
	desk_apply(d);
	assert_int_equal(sections_of(d), 0);
	desk_publish(d, "Three", "Dock", "Ada Quay");
	assert_int_equal(sections_of(d), 1);
}

static void a_section_that_was_named_stays_without_stories(void **state)
{
	struct desk *d = *state;
	struct str v[] = {STR("Dock"), STR("Letters")};
	int64_t id;

	desk_ok(
	    d, paper_set_sections(d->paper, &(struct str_list){v, 2}, &d->err));
	id = desk_publish(d, "One", "Dock", "Ada Quay");
	desk_ok(d, paper_withdraw(d->paper, id, STR("x"), d->now, &d->err));
	desk_apply(d);
	assert_int_equal(sections_of(d), 2);
	/* Also when all is made anew. */
	desk_close(d);
	desk_delete_public(d);
	desk_open(d);
	desk_apply(d);
	assert_int_equal(sections_of(d), 2);
	/* Those not named any more are as all others. */
	desk_ok(
	    d, paper_set_sections(d->paper, &(struct str_list){v, 1}, &d->err));
	desk_apply(d);
	assert_int_equal(sections_of(d), 1);
}

static void counts_and_days_agree(void **state)
{
	struct desk *d = *state;
	struct public_count *years, *months, *days;
	size_t years_n, months_n, days_n;
	uint64_t total = 0;

	/* 1,000 hours before 23 November reach back into October. */
	fill(d, 1000);
	desk_ok(d, public_counts(d->public, d->a, 0, 0, &years, &years_n));
	assert_int_equal(years_n, 1);
	assert_int_equal(years[0].year, 2026);
	assert_int_equal(years[0].stories, 1000);
	desk_ok(d, public_counts(d->public, d->a, 2026, 0, &months, &months_n));
	assert_int_equal(months_n, 2);
	for (size_t m = 0; m < months_n; m++) {
		desk_ok(d, public_counts(d->public, d->a, 2026, months[m].month,
			       &days, &days_n));
		for (size_t i = 0; i < days_n; i++) {
			struct public_story *v;
			size_t n;

			desk_ok(d,
			    public_day(d->public, d->a, 2026, days[i].month,
				days[i].day, PUBLIC_KEY_NEWEST, 100, &v, &n));
			assert_int_equal(n, days[i].stories);
			total += n;
		}
	}
	assert_int_equal(total, 1000);
	assert_int_equal(
	    public_day(d->public, d->a, 2026, 2, 30, PUBLIC_KEY_NEWEST, 10,
		&(struct public_story *){0}, &(size_t){0}),
	    RC_NOT_FOUND);
}

static void related_stories_are_earlier_and_no_twins(void **state)
{
	struct desk *d = *state;
	struct public_story *v, *all;
	size_t n, all_n;

	fill(d, 60);
	desk_ok(d, public_feed(
		       d->public, d->a, PUBLIC_ALL, STR(""), 60, &all, &all_n));
	for (size_t i = 0; i < all_n; i++) {
		desk_ok(d, public_related(d->public, d->a, &all[i], 5, &v, &n));
		assert_true(n <= 5 && (n == 5 || i > 30));
		for (size_t k = 0; k < n; k++) {
			assert_true(v[k].published.us < all[i].published.us);
			for (size_t j = 0; j < k; j++)
				assert_int_not_equal(v[j].id, v[k].id);
		}
	}
}

static bool has_tag(const struct public_change *v, size_t n, const char *tag)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].tag, str_of(tag)))
			return true;
	return false;
}

static void a_change_names_what_it_touches(void **state)
{
	struct desk *d = *state;
	struct manuscript m = desk_manuscript("Moved", "Sport", "Bo Reed");
	struct public_change *v;
	char story[32];
	uint64_t seq;
	bool changed;
	size_t n;
	int64_t id;

	desk_ok(d, public_has_changed(d->public, &changed));
	desk_ok(d, public_has_changed(d->public, &changed));
	assert_false(changed);
	id = desk_publish(d, "Moved", "News", "Ada Quay");
	desk_ok(d, public_has_changed(d->public, &changed));
	assert_true(changed);
	desk_ok(d, public_seq(d->public, &seq));
	desk_save_manuscript(d, id, &m);
	desk_apply(d);
	desk_ok(d, public_changes(d->public, d->a, seq, 100, &v, &n));
	snprintf(story, sizeof(story), "story:%lld", (long long)id);
	assert_true(has_tag(v, n, story));
	assert_true(has_tag(v, n, "front"));
	assert_true(has_tag(v, n, "section:news"));
	assert_true(has_tag(v, n, "section:sport"));
	assert_true(has_tag(v, n, "person:ada-quay"));
	assert_true(has_tag(v, n, "person:bo-reed"));
	assert_true(has_tag(v, n, "day:2026-11-23"));
	assert_true(has_tag(v, n, "paper")); /* sport is a new section */
	for (size_t i = 1; i < n; i++)
		assert_true(v[i].seq > v[i - 1].seq);
	assert_int_equal(
	    public_changes(d->public, d->a, v[n - 1].seq + 1, 100, &v, &n),
	    RC_GONE);
}

static void a_withdrawal_that_ends_is_told_once(void **state)
{
	struct desk *d = *state;
	struct public_change *v;
	char story[32];
	uint64_t seq;
	size_t n;
	int64_t id = desk_publish(d, "Back later", "News", "Ada Quay");

	snprintf(story, sizeof(story), "story:%lld", (long long)id);
	desk_ok(d, paper_withdraw(d->paper, id, STR("No."), d->now, &d->err));
	desk_apply(d);
	desk_ok(d, public_seq(d->public, &seq));
	desk_ok(d,
	    paper_schedule(d->paper, id, (struct instant){d->now.us + 5000000},
		d->now, NULL, &d->err));
	desk_apply(d);
	assert_int_equal(
	    desk_read(d, "/2026/11/23/back-later", NULL, NULL), -1);
	desk_ok(d, public_changes(d->public, d->a, seq, 100, &v, &n));
	assert_true(has_tag(v, n, story));
	/* No page has anything of it any more. */
	desk_ok(d, public_seq(d->public, &seq));
	desk_ok(d,
	    paper_schedule(d->paper, id, (struct instant){d->now.us + 6000000},
		d->now, NULL, &d->err));
	desk_apply(d);
	desk_ok(d, public_changes(d->public, d->a, seq, 100, &v, &n));
	assert_false(has_tag(v, n, story));
}

static void a_reader_far_behind_is_told_so(void **state)
{
	struct desk *d = *state;
	struct public_change *v;
	uint64_t seq;
	size_t n;

	desk_ok(d, public_seq(d->public, &seq));
	d->paper->next_change = 200 * 1024;
	desk_publish(d, "Much later", "News", "Ada Quay");
	assert_int_equal(
	    public_changes(d->public, d->a, seq, 100, &v, &n), RC_GONE);
	desk_ok(
	    d, public_changes(d->public, d->a, 200 * 1024 - 1, 100, &v, &n));
	assert_true(n > 3);
}

static void an_import_changes_everything_at_once(void **state)
{
	struct desk *d = *state;
	struct public_change *v;
	uint64_t seq;
	size_t n;

	desk_ok(d, public_seq(d->public, &seq));
	fill(d, 500);
	desk_ok(d, public_changes(d->public, d->a, seq, 1000, &v, &n));
	assert_true(has_tag(v, n, "all"));
	assert_true(n < 20);
}

static void opinion_and_corrections_are_marked(void **state)
{
	struct desk *d = *state;
	struct manuscript m = desk_manuscript("My view", "Opinion", "Bo Reed");
	struct manuscript_correction c = {
	    .date = {.year = 2026, .month = 11, .day = 24},
	    .text = STR("It was a \x1e"
			"Tuesday."),
	};
	struct manuscript_translation t = {
	    STR("de"), STR("https://de.example/x")};
	struct public_story s;
	int64_t id = desk_save_manuscript(d, 0, &m);

	desk_ok(d, paper_publish(d->paper, id, d->now, NULL, &d->err));
	m.corrections = &c;
	m.corrections_n = 1;
	m.translations = &t;
	m.translations_n = 1;
	m.picture.url = STR("/media/a.jpg");
	m.picture.credit = STR("Cy");
	desk_save_manuscript(d, id, &m);
	desk_apply(d);
	desk_read(d, "/2026/11/23/my-view", &s, NULL);
	assert_true(s.is_opinion);
	assert_true(s.has_corrections);
	assert_int_equal(s.corrections_n, 1);
	assert_int_equal(s.corrections[0].date.day, 24);
	desk_text(s.corrections[0].text, "It was a  Tuesday.");
	assert_int_equal(s.translations_n, 1);
	desk_text(s.translations[0].url, "https://de.example/x");
	desk_text(s.picture.url, "/media/a.jpg");
	desk_text(s.picture.alt, "");
	desk_text(s.picture.credit, "Cy");
}

struct plans {
	sqlite3 *db;
	const char *const *allowed;
	size_t allowed_n;
	int seen;
};

static void check_plan(void *data, const char *text)
{
	struct plans *p = data;
	char explain[4096];
	sqlite3_stmt *st;

	for (size_t i = 0; i < p->allowed_n; i++)
		if (strstr(text, p->allowed[i]))
			return;
	snprintf(explain, sizeof(explain), "EXPLAIN QUERY PLAN %s", text);
	assert_int_equal(
	    sqlite3_prepare_v2(p->db, explain, -1, &st, NULL), SQLITE_OK);
	while (sqlite3_step(st) == SQLITE_ROW) {
		const char *step = (const char *)sqlite3_column_text(st, 3);

		if (strncmp(step, "SCAN", 4) == 0 ||
		    strstr(step, "TEMP B-TREE")) {
			print_error("%s\n%s\n", text, step);
			fail();
		}
	}
	sqlite3_finalize(st);
	p->seen++;
}

static void check_plans(struct desk *d, struct store *store, const char *file,
    const char *const *allowed, size_t allowed_n, int at_least)
{
	struct plans p = {.allowed = allowed, .allowed_n = allowed_n};

	assert_int_equal(sqlite3_open(desk_path(d, file), &p.db), SQLITE_OK);
	store_each(store, check_plan, &p);
	sqlite3_close(p.db);
	assert_true(p.seen >= at_least);
}

static void use_everything(struct desk *d)
{
	struct public_paper paper;
	struct public_story *v;
	struct public_count *c;
	struct public_notice *notices;
	struct public_version *versions;
	struct public_version version;
	struct public_front front;
	struct public_above above;
	struct public_term *terms;
	struct civil day;
	struct str name, about;
	size_t n;

	desk_ok(d, public_front(d->public, d->a, d->now, &front));
	for (int newer = 0; newer < 2; newer++)
		desk_ok(d, public_notices(d->public, d->a, PUBLIC_KEY_NEWEST,
			       newer == 1, 9, &notices, &n));
	desk_ok(d, public_list_above(d->public, PUBLIC_ALL, STR_NONE,
		       (struct public_key){0}, 3, 9, &above));
	desk_ok(d, public_terms(d->public, d->a, 9, &terms, &n));
	desk_ok(d, public_notices_above(
		       d->public, (struct public_key){0}, 3, 9, &above));
	for (int newer = 0; newer < 2; newer++)
		assert_int_equal(
		    public_day_beside(d->public,
			(struct civil){.year = 2000, .month = 1, .day = 1},
			newer == 1, &day),
		    newer ? RC_OK : RC_NOT_FOUND);
	desk_ok(d, public_versions(d->public, d->a, 1, 9, &versions, &n));
	assert_int_equal(
	    public_version(d->public, d->a, 1, 1, &version), RC_NOT_FOUND);
	assert_int_equal(
	    public_redirect(d->public, d->a, STR("/x"), &name), RC_NOT_FOUND);
	desk_ok(d, public_paper(d->public, d->a, &paper));
	desk_ok(d, public_feed(d->public, d->a, PUBLIC_SECTION, STR("news"), 9,
		       &v, &n));
	desk_ok(d, public_related(d->public, d->a, &v[0], 5, &v, &n));
	desk_read(d, arena_cstr(d->a, v[0].path), NULL, NULL);
	pages(d, PUBLIC_ALL, "", 30, true);
	pages(d, PUBLIC_ALL, "", 30, false);
	desk_ok(d, public_counts(d->public, d->a, 0, 0, &c, &n));
	desk_ok(d, public_counts(d->public, d->a, 2026, 0, &c, &n));
	desk_ok(d, public_counts(d->public, d->a, 2026, 11, &c, &n));
	desk_ok(d, public_name(
		       d->public, d->a, PUBLIC_TAG, STR("odd"), &name, &about));
}

static void arrange_everything(struct desk *d, int64_t id)
{
	struct paper_placed placed = {
	    .slot = PAPER_LEAD, .story = id, .until = INSTANT_NEVER};
	struct paper_banner banner = {
	    .text = STR("x"), .story = id, .until = INSTANT_NEVER};
	struct paper_redirect redirect = {.from = STR("/x"), .to = STR("/y")};
	struct paper_redirect *redirects;
	struct paper_front front;
	size_t n;

	desk_ok(d, paper_set_front(d->paper, 0, &placed, 1, &d->err));
	desk_ok(d, paper_set_banner(d->paper, &banner, &d->err));
	desk_ok(d, paper_front(d->paper, d->a, &front, &d->err));
	desk_ok(d, paper_set_redirect(d->paper, &redirect, NULL, &d->err));
	desk_ok(d, paper_redirects(
		       d->paper, d->a, STR(""), 9, &redirects, &n, &d->err));
	desk_ok(d, paper_drop_redirect(d->paper, STR("/x"), &d->err));
}

static void note_everything(struct desk *d, int64_t id)
{
	struct paper_remark remark = {.story = id, .text = STR("x")};
	struct paper_preview preview = {
	    .story = id, .made = d->now, .expires = INSTANT_NEVER};
	struct paper_preview *previews, found;
	struct paper_note *notes;
	size_t n;

	desk_ok(d, paper_add_note(d->paper, &remark, &remark.parent, &d->err));
	desk_ok(d, paper_add_note(d->paper, &remark, NULL, &d->err));
	desk_ok(d, paper_notes(d->paper, d->a, id, &notes, &n, &d->err));
	desk_ok(d, paper_add_preview(
		       d->paper, STR("0123456789abcdef"), &preview, &d->err));
	desk_ok(d, paper_open_preview(d->paper, d->a, STR("0123456789abcdef"),
		       d->now, &found, &d->err));
	desk_ok(d, paper_previews(d->paper, d->a, id, &previews, &n, &d->err));
}

/* What the newsroom does all day. */
static void work_at_everything(struct desk *d, int64_t id)
{
	struct manuscript m = desk_manuscript("Later", "News", "Bo Reed");
	struct paper_write w = {.id = id, .manuscript = &m, .now = d->now};
	struct paper_act act = {.id = id, .who = STR("ed"), .now = d->now};
	struct paper_release release = {
	    .id = id, .change = PAPER_UPDATE, .text = STR("x"), .now = d->now};
	struct paper_write_result got;
	struct paper_saving *savings;
	struct paper_version *versions;
	struct paper_story *stories;
	struct paper_state state;
	struct paper_step *steps;
	int64_t shown, older;
	size_t n;

	desk_ok(d, paper_newest(d->paper, id, &w.base, &shown, &d->err));
	m.body = STR("Other.\n");
	desk_ok(d, paper_write(d->paper, d->a, &w, &got, &d->err));
	m.kicker = STR("x");
	desk_ok(d, paper_write(d->paper, d->a, &w, &got, &d->err));
	desk_ok(d, paper_name(d->paper, id, w.base, STR("x"), &d->err));
	desk_ok(d, paper_history(d->paper, d->a, id, 0, 9, &savings, &n, &older,
		       &d->err));
	desk_ok(d, paper_approve(d->paper, &act, &d->err));
	desk_ok(d, paper_release(d->paper, &release, NULL, &d->err));
	desk_ok(d, paper_state(d->paper, d->a, id, &state, &d->err));
	desk_ok(d,
	    paper_steps(d->paper, d->a, id, INT64_MAX, 9, &steps, &n, &d->err));
	desk_ok(d, paper_versions(d->paper, d->a, id, &versions, &n, &d->err));
	desk_ok(d, paper_take_version(d->paper, id, 1, true, &d->err));
	desk_ok(d, paper_calendar(d->paper, d->a, d->now, INSTANT_NEVER,
		       &stories, &n, &d->err));
	arrange_everything(d, id);
	note_everything(d, id);
	desk_apply(d);
}

static void what_stands_above_a_key_is_counted(void **state)
{
	struct desk *d = *state;
	struct public_above above;
	struct public_story *v;
	struct civil day = {0};
	size_t n;

	fill(d, 20);
	desk_ok(d, public_list(d->public, d->a, PUBLIC_ALL, STR_NONE,
		       PUBLIC_KEY_NEWEST, false, 20, &v, &n));
	assert_int_equal(n, 20);
	for (size_t i = 0; i < 20; i++) {
		struct public_key key = {v[i].published.us, v[i].id};

		desk_ok(d, public_list_above(d->public, PUBLIC_ALL, STR_NONE,
			       key, 5, 12, &above));
		assert_int_equal(above.count, i < 12 ? i : 12);
		assert_int_equal(above.has_step, i >= 5);
		if (i >= 5)
			assert_int_equal(above.step.id, v[i - 5].id);
	}
	assert_int_equal(public_list_above(d->public, PUBLIC_TAG, STR("none"),
			     (struct public_key){0}, 1, 1, &above),
	    RC_NOT_FOUND);
	desk_ok(d, public_day_beside(d->public,
		       (struct civil){.year = 9999, .month = 12, .day = 31},
		       false, &day));
	desk_ok(d, public_day_above(
		       d->public, day, (struct public_key){0}, 1, 100, &above));
	assert_true(above.count > 0);
}

/* The statements of public.c are those that the reader runs; the writer's own
 * connection shows those by which stories are put in. */
static void no_statement_scans_a_large_table(void **state)
{
	static const char *const of_public[] = {
	    "FROM term WHERE position IS NOT NULL", /* the sections */
	    "FROM front", "FROM banner",	    /* a few rows */
	    "FROM (SELECT 1 FROM",		    /* has a LIMIT */
	};
	static const char *const of_edition[] = {"max(seq)"};
	static const char *const of_paper[] = {
	    "FROM term WHERE kind = 1",	       /* the sections */
	    "key, value FROM setting",	       /* all of its few rows */
	    "max(",			       /* the end of an index */
	    "slug = ?1 ORDER BY id DESC",      /* said in paper/desk.c */
	    "saved_us FROM story ORDER BY id", /* and in paper/desk_index.h */
	    "FROM front", "FROM banner",       /* a few rows */
	    "story FROM redirect",	       /* all, when one has changed */
	    "FROM note WHERE story = ?1 ORDER BY CASE", /* at most 500 */
	};
	struct desk *d = *state;
	struct paper_filter filter = {0};
	struct paper_story *v;
	size_t n;
	int64_t id;

	fill(d, 60);
	use_everything(d);
	id = desk_publish(d, "Later", "News", "Ada Quay");
	work_at_everything(d, id);
	desk_ok(d, paper_rename(d->paper, id, STR("x"), d->now, &d->err));
	desk_ok(d, paper_withdraw(d->paper, id, STR("x"), d->now, &d->err));
	desk_apply(d);
	desk_ok(d, paper_list(d->paper, d->a, &filter, 99, 9, &v, &n, &d->err));
	filter.has_status = true;
	desk_ok(d, paper_list(d->paper, d->a, &filter, 99, 9, &v, &n, &d->err));
	filter.person = STR("ada-quay");
	desk_ok(d, paper_list(d->paper, d->a, &filter, 99, 9, &v, &n, &d->err));
	check_plans(
	    d, public_store(d->public), "public/public.db", of_public, 4, 16);
	check_plans(
	    d, d->paper->edition, "public/public.db", of_edition, 1, 20);
	check_plans(d, d->paper->db, "private/paper.db", of_paper, 9, 50);
}

static void opinion_is_known_in_other_languages(void **state)
{
	static const char *const names[] = {
	    "Opinião", "Meinung", "Мнение", "رأي", "의견", "Town"};
	struct desk *d = *state;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct public_story s;
		char path[64];

		desk_publish(d, "View", names[i], "Ada Quay");
		desk_apply(d);
		snprintf(path, sizeof(path), "/2026/11/23/view%s%c",
		    i ? "-" : "", i ? (char)('1' + i) : 0);
		desk_read(d, path, &s, NULL);
		assert_int_equal(s.is_opinion, strcmp(names[i], "Town") != 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    desk_test(lists_are_paged_by_key_in_both_directions),
	    desk_test(nobody_by_that_name_is_not_found),
	    desk_test(a_name_goes_with_its_last_story),
	    desk_test(a_section_goes_with_its_last_story),
	    desk_test(a_section_that_was_named_stays_without_stories),
	    desk_test(counts_and_days_agree),
	    desk_test(related_stories_are_earlier_and_no_twins),
	    desk_test(a_change_names_what_it_touches),
	    desk_test(a_reader_far_behind_is_told_so),
	    desk_test(a_withdrawal_that_ends_is_told_once),
	    desk_test(an_import_changes_everything_at_once),
	    desk_test(opinion_and_corrections_are_marked),
	    desk_test(what_stands_above_a_key_is_counted),
	    desk_test(no_statement_scans_a_large_table),
	    desk_test(opinion_is_known_in_other_languages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
