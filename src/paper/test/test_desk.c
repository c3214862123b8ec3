/* SPDX-License-Identifier: MIT
 *
 * What the staff look up, and that what they saved comes back as it was.
 */
#include "paper/paper.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "paper/field.h"
#include "paper/packing.h"
#include "paper/paper_priv.h"
#include "paper/schema.h"
#include "paper/test/desk_fixture.h"
#include "paper/workflow.h"
#include "paper/write.h"

static size_t listed(struct desk *d, struct paper_filter filter)
{
	struct paper_story *v;
	int64_t before = INT64_MAX;
	size_t total = 0;
	size_t n;

	do {
		desk_ok(d, paper_list(d->paper, d->a, &filter, before, 3, &v,
			       &n, &d->err));
		for (size_t i = 0; i < n; i++) {
			assert_true(v[i].id < before);
			before = v[i].id;
		}
		total += n;
	} while (n == 3);
	return total;
}

/* A story that WHO began at the desk. */
static int64_t began(struct desk *d, const char *section, const char *who)
{
	struct manuscript m = desk_manuscript("Begun", section, "Ada Quay");
	struct paper_write w = {
	    .manuscript = &m, .who = str_of(who), .now = d->now};
	struct paper_write_result got;

	desk_ok(d, paper_write(d->paper, d->a, &w, &got, &d->err));
	return got.id;
}

static int64_t dated(
    struct desk *d, int64_t id, const char *section, struct str place)
{
	struct manuscript m = desk_manuscript("Placed", section, "Ada Quay");
	struct paper_write w = {.id = id, .manuscript = &m, .who = STR("ada")};
	struct paper_write_result got;
	struct paper_story story;

	if (id) {
		desk_ok(
		    d, paper_show(d->paper, d->a, id, &story, NULL, &d->err));
		w.base = story.revision;
	}
	m.dateline = place;
	d->now.us += 1000000;
	w.now = d->now;
	desk_ok(d, paper_write(d->paper, d->a, &w, &got, &d->err));
	return got.id;
}

static void published(struct desk *d, const char *section, struct str place)
{
	int64_t id = dated(d, 0, section, place);

	desk_ok(d, paper_publish(d->paper, id, d->now, NULL, &d->err));
}

static void check_place(struct desk *d, struct str section, const char *want)
{
	struct str place;

	desk_ok(d, paper_place(d->paper, d->a, section, &place, &d->err));
	desk_text(place, want);
}

static void the_place_of_a_section_is_that_of_its_newest_story(void **state)
{
	struct desk *d = *state;

	published(d, "News", STR("Port Lune"));
	published(d, "World", STR("Lisbon"));
	published(d, "News", STR(""));
	check_place(d, STR("News"), "Port Lune");
	published(d, "News", STR("The quay"));
	check_place(d, STR("News"), "The quay");
	check_place(d, STR("No such"), "");
}

static void a_place_that_readers_do_not_know_is_told_to_nobody(void **state)
{
	struct desk *d = *state;
	int64_t id;

	dated(d, 0, "News", STR("A safe house"));
	check_place(d, STR("News"), "");
	check_place(d, STR(""), "");
	id = dated(d, 0, "News", STR("Port Lune"));
	desk_ok(d, paper_publish(d->paper, id, d->now, NULL, &d->err));
	check_place(d, STR("News"), "Port Lune");
	check_place(d, STR(""), "");
	dated(d, id, "News", STR("A safe house"));
	check_place(d, STR("News"), "Port Lune");
}

static void a_length_is_wanted_without_a_revision(void **state)
{
	struct desk *d = *state;
	int64_t id = dated(d, 0, "News", STR("Port Lune"));
	struct paper_length length = {600, PAPER_UNIT_CHARACTERS, STR("ada")};
	struct paper_story before, after;

	desk_ok(d, paper_show(d->paper, d->a, id, &before, NULL, &d->err));
	assert_int_equal(before.wanted.count, 0);
	desk_ok(d, paper_set_length(d->paper, id, &length, &d->err));
	/* Saving does not touch it. */
	dated(d, 0, "News", STR("Lisbon"));
	desk_ok(d, paper_show(d->paper, d->a, id, &after, NULL, &d->err));
	assert_int_equal(after.wanted.count, 600);
	assert_int_equal(after.wanted.unit, PAPER_UNIT_CHARACTERS);
	assert_true(str_eq(after.wanted.who, STR("ada")));
	assert_int_equal(after.revision, before.revision);
	assert_int_equal(after.saved.us, before.saved.us);
	length.count = 0;
	desk_ok(d, paper_set_length(d->paper, id, &length, &d->err));
	desk_ok(d, paper_show(d->paper, d->a, id, &after, NULL, &d->err));
	assert_int_equal(after.wanted.who.n, 0);
	length.count = PAPER_LENGTH_MAX + 1;
	assert_int_equal(
	    paper_set_length(d->paper, id, &length, &d->err), RC_LIMIT);
	length.count = 1;
	assert_int_equal(paper_set_length(d->paper, id + 99, &length, &d->err),
	    RC_NOT_FOUND);
}

static void one_sees_ones_own_and_the_sections_one_is_for(void **state)
{
	struct desk *d = *state;
	struct str names[] = {STR("News"), STR("No such section")};
	struct paper_filter f = {.own = STR("bo"), .sections = {names, 2}};
	struct paper_act act = {.who = STR("ada"), .now = d->now};
	struct paper_story story;
	int64_t id;

	began(d, "News", "ada");
	began(d, "Sport", "bo");
	began(d, "", "bo");
	id = began(d, "Sport", "ada");
	assert_int_equal(listed(d, f), 3);
	/* Whoever is to edit it sees it as well. */
	act.id = id;
	act.note = STR("bo");
	desk_ok(d, paper_assign(d->paper, &act, &d->err));
	assert_int_equal(listed(d, f), 4);
	desk_ok(d, paper_show(d->paper, d->a, id, &story, NULL, &d->err));
	desk_text(story.writer, "ada");
	f.is_own = true;
	assert_int_equal(listed(d, f), 3);
	f.section = STR("Sport");
	assert_int_equal(listed(d, f), 2);
	f.own = STR("nobody");
	assert_int_equal(listed(d, f), 0);
	f.own = STR("");
	assert_int_equal(listed(d, f), 0);
	f = (struct paper_filter){.sections = {names + 1, 1}};
	assert_int_equal(listed(d, f), 0);
}

static void one_revision_tells_what_the_list_tells(void **state)
{
	struct desk *d = *state;
	int64_t id = began(d, "News", "ada");
	int64_t other = began(d, "News", "bo");
	int64_t newest, shown;
	struct paper_saving saving;

	desk_ok(d, paper_newest(d->paper, id, &newest, &shown, &d->err));
	desk_ok(d, paper_name(d->paper, id, newest, STR("first"), &d->err));
	desk_ok(d, paper_saving(d->paper, d->a, id, newest, &saving, &d->err));
	desk_text(saving.who, "ada");
	desk_text(saving.name, "first");
	assert_false(saving.is_shown);
	assert_int_equal(
	    paper_saving(d->paper, d->a, other, newest, &saving, &d->err),
	    RC_NOT_FOUND);
	assert_int_equal(
	    paper_saving(d->paper, d->a, 999, newest, &saving, &d->err),
	    RC_NOT_FOUND);
}

static void stories_are_listed_by_what_is_asked(void **state)
{
	struct desk *d = *state;

	for (int i = 0; i < 5; i++)
		desk_publish(d, "Tide table", "Weather", "Ada Quay");
	for (int i = 0; i < 4; i++)
		desk_save(d, 0, "100% of the HARBOUR", "News", "Bo Reed");
	assert_int_equal(listed(d, (struct paper_filter){0}), 9);
	assert_int_equal(listed(d, (struct paper_filter){.has_status = true,
				       .status = PAPER_DRAFT}),
	    4);
	assert_int_equal(listed(d, (struct paper_filter){.has_status = true,
				       .status = PAPER_PUBLISHED}),
	    5);
	assert_int_equal(
	    listed(d, (struct paper_filter){.section = STR("weather")}), 5);
	assert_int_equal(
	    listed(d, (struct paper_filter){.person = STR("bo-reed")}), 4);
	assert_int_equal(
	    listed(d, (struct paper_filter){.person = STR("bo-reed"),
			  .has_status = true,
			  .status = PAPER_PUBLISHED}),
	    0);
	assert_int_equal(
	    listed(d, (struct paper_filter){.text = STR("Harbour")}), 4);
	assert_int_equal(
	    listed(d, (struct paper_filter){.text = STR("100%")}), 4);
	assert_int_equal(
	    listed(d, (struct paper_filter){.text = STR("1_0")}), 0);
	assert_int_equal(
	    listed(d, (struct paper_filter){.person = STR("nobody")}), 0);
}

static void a_new_byline_takes_the_story_from_the_old_one(void **state)
{
	struct desk *d = *state;
	int64_t id = desk_save(d, 0, "Tide", "News", "Ada Quay");

	desk_save(d, id, "Tide", "News", "Bo Reed");
	assert_int_equal(
	    listed(d, (struct paper_filter){.person = STR("ada-quay")}), 0);
	assert_int_equal(
	    listed(d, (struct paper_filter){.person = STR("bo-reed")}), 1);
}

static void a_story_is_found_by_number_address_and_slug(void **state)
{
	struct desk *d = *state;
	int64_t id = desk_publish(d, "Found it", "News", "Ada Quay");
	int64_t draft = desk_save(d, 0, "2026", "News", "Ada Quay");
	int64_t got;
	char number[32];

	snprintf(number, sizeof(number), "%lld", (long long)id);
	desk_ok(d, paper_find(d->paper, str_of(number), &got, &d->err));
	assert_int_equal(got, id);
	desk_ok(d,
	    paper_find(d->paper, STR("/2026/11/23/found-it"), &got, &d->err));
	assert_int_equal(got, id);
	desk_ok(d,
	    paper_find(d->paper, STR("/2026/11/23/found-it/"), &got, &d->err));
	desk_ok(d, paper_find(d->paper, STR("found-it"), &got, &d->err));
	assert_int_equal(got, id);
	desk_ok(d, paper_find(d->paper, STR("2026"), &got, &d->err));
	assert_int_equal(got, draft);
	assert_int_equal(
	    paper_find(d->paper, STR("nothing"), &got, &d->err), RC_NOT_FOUND);
	assert_non_null(strstr(d->err.why, "nothing"));
}

static struct manuscript full_manuscript(void)
{
	static struct str authors[] = {STR_INIT("Ada"), STR_INIT("Bo")};
	static struct str tags[] = {STR_INIT("\xE6\xB8\xAF")};
	static struct manuscript_correction corrections[2];
	static struct manuscript_translation translations[1];
	struct manuscript m = {
	    .headline = STR("H"),
	    .kicker = STR("K"),
	    .standfirst = STR("S"),
	    .slug = STR("slug"),
	    .section = STR("Section"),
	    .dateline = STR("Moscow/Seoul"),
	    .lang = STR("en"),
	    .authors = {authors, 2},
	    .tags = {tags, 1},
	    .aliases = {tags, 1},
	    .picture = {STR("u"), STR(""), STR("c"), STR(""), STR("r")},
	    .corrections = corrections,
	    .corrections_n = 2,
	    .translations = translations,
	    .translations_n = 1,
	    .is_draft = true,
	    .has_published = true,
	    .has_embargo = true,
	    .body = STR("B\n"),
	};

	corrections[0].date =
	    (struct civil){.year = 2026, .month = 1, .day = 2};
	corrections[0].text = STR("one");
	corrections[1].text = STR("two, without a date");
	translations[0] = (struct manuscript_translation){
	    STR("de"), STR("https://example.org/de")};
	m.published = (struct civil){.year = 2026,
	    .month = 3,
	    .day = 29,
	    .hour = 2,
	    .minute = 30,
	    .second = 1,
	    .has_time = true};
	m.embargo = m.published;
	m.embargo.has_offset = true;
	m.embargo.offset_s = -12600;
	return m;
}

static void what_is_saved_comes_back(void **state)
{
	struct desk *d = *state;
	struct manuscript m = full_manuscript();
	int64_t id = desk_save_manuscript(d, 0, &m);
	struct manuscript got;
	struct paper_story s;
	struct fields a, b;

	desk_ok(d, paper_show(d->paper, d->a, id, &s, &got, &d->err));
	desk_ok(d, fields_of(d->a, &m, &a));
	desk_ok(d, fields_of(d->a, &got, &b));
	assert_true(fields_equal(&a, &b));
	assert_int_equal(got.corrections_n, 2);
	desk_text(got.corrections[1].text, "two, without a date");
	assert_int_equal(got.corrections[1].date.year, 0);
	assert_int_equal(got.embargo.offset_s, -12600);
	assert_false(got.published.has_offset);
	assert_true(got.published.has_time);
	desk_text(got.picture.rights, "r");
	assert_int_equal(got.authors.n, 2);
	desk_text(s.section, "Section");
	assert_int_equal(s.status, PAPER_DRAFT);
}

/* unpack(pack(x)) = x for texts of any bytes but the two marks. */
static void prop_packed_lists_come_back(void **state)
{
	struct desk *d = *state;
	uint64_t x = 20261123;

	print_message("note: seed %llu\n", (unsigned long long)x);
	for (int round = 0; round < 2000; round++) {
		struct str v[9];
		char bytes[9][12];
		struct str_list list = {v, 0}, got;
		struct buf b;

		x = x * 6364136223846793005u + 1442695040888963407u;
		for (list.n = 0; list.n < (x >> 60) % 9; list.n++) {
			size_t n = 1 + (x >> (4 * list.n)) % 11;

			for (size_t i = 0; i < n; i++)
				bytes[list.n][i] =
				    (char)(33 + (x >> (i + list.n)) % 200);
			v[list.n] = (struct str){bytes[list.n], n};
		}
		buf_init_arena(&b, d->a, 4096);
		packing_list(&b, &list);
		desk_ok(d, packing_to_list(d->a, buf_str(&b), &got));
		assert_int_equal(got.n, list.n);
		for (size_t i = 0; i < list.n; i++)
			assert_true(str_eq(got.v[i], v[i]));
	}
}

static void a_story_that_is_not_there_is_told(void **state)
{
	struct desk *d = *state;
	struct paper_story s;

	assert_int_equal(
	    paper_publish(d->paper, 999, d->now, NULL, &d->err), RC_NOT_FOUND);
	assert_non_null(strstr(d->err.why, "999"));
	assert_int_equal(
	    paper_show(d->paper, d->a, 999, &s, NULL, &d->err), RC_NOT_FOUND);
	assert_int_equal(
	    paper_withdraw(d->paper, 999, STR(""), d->now, &d->err),
	    RC_NOT_FOUND);
}

static void a_story_without_a_headline_is_not_published(void **state)
{
	struct desk *d = *state;
	int64_t id = desk_save(d, 0, "", "News", "Ada Quay");

	assert_int_equal(
	    paper_publish(d->paper, id, d->now, NULL, &d->err), RC_INVALID);
	assert_int_equal(desk_read(d, "/2026/11/23/story", NULL, NULL), -1);
}

static void a_story_for_readers_keeps_a_headline(void **state)
{
	struct desk *d = *state;
	struct manuscript m = desk_manuscript("", "News", "Ada Quay");
	int64_t id = desk_publish(d, "Named", "News", "Ada Quay");
	struct paper_edit edit = {.id = id, .manuscript = &m, .now = d->now};

	assert_int_equal(
	    paper_save(d->paper, &edit, NULL, NULL, &d->err), RC_DENIED);
	assert_non_null(strstr(d->err.why, "headline"));
	edit.id = 999;
	assert_int_equal(
	    paper_save(d->paper, &edit, NULL, NULL, &d->err), RC_NOT_FOUND);
	assert_non_null(strstr(d->err.why, "999"));
	m.headline = (struct str){"a\0b", 3};
	edit.id = id;
	assert_int_equal(
	    paper_save(d->paper, &edit, NULL, NULL, &d->err), RC_INVALID);
	assert_non_null(strstr(d->err.why, "zero byte"));
	assert_int_equal(
	    desk_read(d, "/2026/11/23/named", NULL, NULL), PUBLIC_LIVE);
}

static void sections_keep_the_order_they_are_given(void **state)
{
	struct desk *d = *state;
	struct str v[] = {STR("Sport"), STR("News")};
	struct public_paper paper;
	struct str_list names;

	desk_publish(d, "One", "News", "Ada Quay");
	desk_publish(d, "Two", "Letters", "Ada Quay");
	desk_ok(
	    d, paper_set_sections(d->paper, &(struct str_list){v, 2}, &d->err));
	desk_apply(d);
	desk_ok(d, public_paper(d->public, d->a, &paper));
	assert_int_equal(paper.sections.n, 3);
	desk_text(paper.sections.v[0].name, "Sport");
	desk_text(paper.sections.v[1].name, "News");
	desk_text(paper.sections.v[2].name, "Letters");
	desk_ok(d, paper_sections(d->paper, d->a, &names, &d->err));
	assert_int_equal(names.n, 3);
	desk_text(names.v[0], "Sport");
	desk_text(names.v[2], "Letters");
}

static void a_reader_of_the_desk_sees_what_is_saved(void **state)
{
	struct desk *d = *state;
	struct paper *reader;
	struct paper_story s;
	int64_t id;

	desk_ok(d, paper_open_reader(str_of(d->dir), &reader, &d->err));
	id = desk_save(d, 0, "Seen", "News", "Ada Quay");
	desk_ok(d, paper_show(reader, d->a, id, &s, NULL, &d->err));
	desk_text(s.headline, "Seen");
	paper_close(reader);
}

static void a_newer_paper_is_left_alone(void **state)
{
	struct desk *d = *state;

	desk_ok(d, store_set_user_version(d->paper->db, 1000));
	desk_close(d);
	assert_int_equal(
	    paper_open(str_of(d->dir), &d->paper, &d->err), RC_NEWER);
	assert_non_null(strstr(d->err.why, "private/paper.db"));
	assert_non_null(strstr(d->err.why, "1000"));
	d->paper = NULL;
}

static void every_earlier_schema_becomes_the_present_one(void **state)
{
	struct desk *d = *state;
	const struct store_options options = {
	    .mode = STORE_WRITER, .may_create = true};
	const struct migration *(*const lists[])(size_t *) = {
	    schema_private, schema_public};

	for (size_t l = 0; l < 2; l++) {
		size_t count;
		const struct migration *list = lists[l](&count);

		for (size_t from = 0; from <= count; from++) {
			char *path = desk_path(d, "private/old.db");
			int64_t version;
			struct store *db;

			desk_ok(d,
			    store_open(str_of(path), &options, &db, &d->err));
			desk_ok(
			    d, migration_run(db, path, list, from, &d->err));
			desk_ok(
			    d, migration_run(db, path, list, count, &d->err));
			desk_ok(d, store_user_version(db, &version));
			assert_int_equal(version, count);
			store_close(db);
			unlink(path);
			unlink(desk_path(d, "private/old.db-wal"));
			unlink(desk_path(d, "private/old.db-shm"));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    desk_test(one_sees_ones_own_and_the_sections_one_is_for),
	    desk_test(a_length_is_wanted_without_a_revision),
	    desk_test(the_place_of_a_section_is_that_of_its_newest_story),
	    desk_test(a_place_that_readers_do_not_know_is_told_to_nobody),
	    desk_test(one_revision_tells_what_the_list_tells),
	    desk_test(stories_are_listed_by_what_is_asked),
	    desk_test(a_new_byline_takes_the_story_from_the_old_one),
	    desk_test(a_story_is_found_by_number_address_and_slug),
	    desk_test(what_is_saved_comes_back),
	    desk_test(prop_packed_lists_come_back),
	    desk_test(a_story_that_is_not_there_is_told),
	    desk_test(a_story_without_a_headline_is_not_published),
	    desk_test(a_story_for_readers_keeps_a_headline),
	    desk_test(sections_keep_the_order_they_are_given),
	    desk_test(a_reader_of_the_desk_sees_what_is_saved),
	    desk_test(a_newer_paper_is_left_alone),
	    desk_test(every_earlier_schema_becomes_the_present_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
