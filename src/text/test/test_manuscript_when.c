/* SPDX-License-Identifier: MIT
 *
 * When, and whether, the head of a manuscript lets readers see the story.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "text/manuscript.h"

#include "manuscript_fixture.h"

static struct manuscript with(const char *line)
{
	char text[400];

	snprintf(text, sizeof(text), "---\ntitle: A\n%s\n---\nB\n", line);
	return read_ok(arena_printf(a, "%s%c", text, 0).p);
}

static const struct manuscript_left *hold_of(const struct manuscript *m)
{
	for (size_t i = 0; i < m->left_n; i++)
		if (m->left[i].holds)
			return &m->left[i];
	return NULL;
}

static void dates_are_read_in_the_forms_that_occur(void **state)
{
	static const struct {
		const char *text;
		int hour;
		bool has_time;
		bool has_offset;
	} dates[] = {
	    {"2024-01-02", 0, false, false},
	    {"2024-1-2", 0, false, false},
	    {"'2024-01-02 09:05'", 9, true, false},
	    {"2024-01-02 9:05:01", 9, true, false},
	    {"2024-01-02T09:05:01Z", 9, true, true},
	    {"2024-01-02 09:05:01 UTC", 9, true, true},
	    {"2024-01-02T09:05:01.123+05:30", 9, true, true},
	    {"2024/01/02", 0, false, false},
	    {"2024/1/2 9:05", 9, true, false},
	    {"2024.1.2", 0, false, false},
	    {"January 2, 2024", 0, false, false},
	    {"Jan. 2nd 2024, 09:05", 9, true, false},
	    {"2 January 2024", 0, false, false},
	    {"2-Jan-2024 9:05", 9, true, false},
	    {"2 Jan 2024 09:05:01 GMT", 9, true, true},
	    {"Tue, 02 Jan 2024 09:05:01 +0100", 9, true, true},
	    {"Tuesday, 2 January 2024", 0, false, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++) {
		char text[200];
		struct manuscript m;

		snprintf(text, sizeof(text), "---\ntitle: a\ndate: %s\n---\n",
		    dates[i].text);
		m = read_ok(text);
		if (!m.has_published)
			fail_msg("%s", dates[i].text);
		assert_int_equal(m.published.year, 2024);
		assert_int_equal(m.published.month, 1);
		assert_int_equal(m.published.day, 2);
		assert_int_equal(m.published.hour, dates[i].hour);
		assert_int_equal(m.published.has_time, dates[i].has_time);
		assert_int_equal(m.published.has_offset, dates[i].has_offset);
	}
}

static void nobody_sees_a_story_before_its_publish_date(void **state)
{
	struct manuscript m = read_ok("---\ntitle: A\ndate: 2020-01-01\n"
				      "publishDate: 2031-05-05\n---\nB\n");

	(void)state;
	assert_int_equal(m.published.year, 2020);
	assert_true(m.has_embargo);
	assert_int_equal(m.embargo.year, 2031);
	m = read_ok("---\ntitle: A\npublishDate: 2031-05-05\n---\nB\n");
	assert_int_equal(m.published.year, 2031);
	assert_false(m.has_embargo);
	m = read_ok("---\ntitle: A\ndate: 2020-01-01\nembargo: 2032-01-01\n"
		    "publishDate: 2031-05-05\n---\nB\n");
	assert_int_equal(m.embargo.year, 2032);
	assert_true(left_has(&m, "publishDate"));
}

static void times_whose_order_nobody_can_tell_hold_the_story(void **state)
{
	struct manuscript m = read_ok("---\ntitle: A\ndate: 2026-11-01\n"
				      "embargo: 2026-12-01T06:00\n"
				      "publishDate: 2026-12-01T10:00:00Z\n"
				      "---\nB\n");

	(void)state;
	assert_true(m.is_draft);
	assert_true(m.unread.why.n > 0);
	assert_true(left_has(&m, "publishDate"));
	m = read_ok("---\ntitle: A\ndate: 2026-11-01\nembargo: 2026-12-01\n"
		    "publishDate: 2026-12-03T10:00:00Z\n---\nB\n");
	assert_false(m.is_draft);
	assert_int_equal(m.embargo.day, 3);
	m = read_ok("---\ntitle: A\ndate: 2026-11-01\n"
		    "embargo: 2026-12-01T06:00+01:00\n"
		    "publishDate: 2026-12-01T04:00:00Z\n---\nB\n");
	assert_false(m.is_draft);
	assert_int_equal(m.embargo.hour, 6);
}

static void what_was_not_meant_to_be_seen_is_a_draft(void **state)
{
	struct manuscript m = read_ok("---\ntitle: A\ndate: 2020-01-01\n"
				      "expiryDate: 2021-01-01\n---\nB\n");

	(void)state;
	assert_true(m.is_draft);
	assert_true(left_has(&m, "expiryDate"));
	m = read_ok("---\ntitle: A\nexpiryDate:\n---\nB\n");
	assert_false(m.is_draft);
	m = read_ok("---\ntitle: A\npermalink: false\n---\nB\n");
	assert_true(m.is_draft);
	is(m.slug, "");
	assert_int_equal(m.aliases.n, 0);
	m = read_ok("# Licence\n\nB\n");
	assert_true(m.is_draft);
	assert_true(left_has(&m, "head"));
	m = read_ok("---\ntitle: A\ndate: 2020-01-01\n---\nB\n");
	assert_int_equal(
	    manuscript_from_name(a, &m, STR("site/_draftsman/a.md")), RC_OK);
	assert_false(m.is_draft);
	assert_int_equal(
	    manuscript_from_name(a, &m, STR("site/_drafts/2/a.md")), RC_OK);
	assert_true(m.is_draft);
}

static void a_time_that_cannot_be_read_keeps_a_story_a_draft(void **state)
{
	static const char *const values[] = {"sometime", "31.12.2099",
	    "12/01/2024", "2099-02-30", "2099", "20990101", "1 Foo 2099",
	    "2099-01-01 25:00", "2099-01-01 6 PM", "1 Jan 2099 06:00 PST",
	    "1 Jan 99", "2099/13/01", "2099/01.02", "[2099-01-01]", "*when",
	    "{at: 2099-01-01}", "\"2099-01-01\\x01\"", "Jan 2099",
	    "2099-01-01T06:00:00Z UTC", "1 Ja 2099", "1January2099x"};
	static const char *const names[] = {
	    "embargo", "date", "publishDate", "published"};

	(void)state;
	for (size_t k = 0; k < sizeof(names) / sizeof(names[0]); k++)
		for (size_t i = 0; i < sizeof(values) / sizeof(values[0]);
		     i++) {
			struct manuscript m = with(arena_printf(a, "%s%s: %s%c",
			    k == 1 ? "" : "date: 2020-01-01\n", names[k],
			    values[i], 0)
						       .p);

			if (!m.is_draft || !hold_of(&m) || m.unread.why.n == 0)
				fail_msg("%s: %s", names[k], values[i]);
			is(m.unread.field, names[k]);
			assert_int_equal(m.unread.line, k == 1 ? 3 : 4);
		}
}

static void a_time_said_twice_in_two_ways_keeps_a_story_a_draft(void **state)
{
	struct manuscript m = with("date: 2020-01-01\ndate: 2099-01-01");

	(void)state;
	assert_true(m.is_draft && m.unread.line == 4);
	m = with("date: 2020-01-01\nembargo: 2021-01-01\n"
		 "embargo_until: 2099-01-01");
	assert_true(m.is_draft && m.unread.line == 5);
	m = with("date: 2020-01-01\ndate: 2020-01-01");
	assert_false(m.is_draft);
	m = with("date: 2020-01-01\nembargo: 2021-01-01\n"
		 "publishDate: 2099-01-01");
	assert_int_equal(m.embargo.year, 2099);
	m = with("date: 2020-01-01\npublished: 2099-01-01");
	assert_int_equal(m.embargo.year, 2099);
	m = with("published: 2024-01-01");
	assert_int_equal(m.published.year, 2024);
	assert_false(m.is_draft || m.has_embargo);
}

static void a_lost_time_is_named_however_much_else_is_lost(void **state)
{
	struct manuscript m;
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 20);
	buf_lit(&b, "---\ntitle: A\n");
	for (int i = 0; i < 600; i++)
		buf_printf(&b, "x%d: 1\n", i);
	buf_lit(&b, "embargo: sometime\ndraft: maybe\n---\nB\n");
	buf_char(&b, '\0');
	m = read_ok(b.p);
	assert_true(m.is_draft && m.unread.line == 603 && hold_of(&m));
	buf_done(&b);
}

static void only_a_clear_word_says_that_everyone_may_see_a_story(void **state)
{
	static const char *const held[] = {"draft: 1", "draft: y",
	    "draft: ture", "draft: [true]", "draft: {a: b}", "draft: *d",
	    "draft: |\n  true", "draft: |", "draft: maybe", "draft: \"\"",
	    "draft: false\ndraft: true", "draft: true\ndraft: false",
	    "draft: false\nDraft: yes", "published: 0", "published: [true]",
	    "published: \"\"", "published: true\npublished: false",
	    "published: *p", "status: draft", "status: private",
	    "status: pending", "status: [publish]", "private: true",
	    "private: 1", "hidden: perhaps", "private: false\nhidden: true",
	    "visibility: private", "visibility: members", "password: secret",
	    "password: [a]", "build: {list: never}", "_build: {render: never}",
	    "build:\n  render: false", "build: never", "build: *b",
	    "headless: true", "<<: *base", "expiryDate: 2021-01-01",
	    "expiry_date: 2021-01-01", "unpublish-date: 2021-01-01",
	    "expires: 2021-01-01", "is_draft: perhaps", "access: private",
	    "access: {site.login: true}", "public: 0", "visible: maybe",
	    "state: draft", "State: Pending", "state: *s", "is_private: true",
	    "post-status: draft", "embargoed: true", "embargo: 0",
	    "embargoed: false\nembargo: true", "publishDate: false",
	    "published: true\npublic: perhaps"};
	static const char *const drafts[] = {"draft: true", "draft: yes",
	    "draft: On", "published: false", "published: no", "isDraft: true",
	    "is_draft: true", "is-draft: yes", "publish: false",
	    "public: false", "visible: false", "is_published: no"};
	static const char *const seen[] = {"draft: false", "draft: no",
	    "draft: off", "draft: 0", "draft:", "draft: ~", "draft: null",
	    "draft: \"false\"", "published: true", "published: 1",
	    "published: yes", "published:", "status: publish",
	    "status: Published", "status:", "private: false", "private: 0",
	    "visibility: public", "password:", "password: \"\"",
	    "build: {list: always, render: true}", "build:", "_build: {}",
	    "headless: false", "expiryDate:", "isDraft: false", "public: true",
	    "visible: true\npublished: 2020-01-01", "access: public",
	    "expires:", "embargoed: false", "embargo: No"};

	(void)state;
	for (size_t i = 0; i < sizeof(held) / sizeof(held[0]); i++) {
		struct manuscript m = with(held[i]);

		if (!m.is_draft || !hold_of(&m) || hold_of(&m)->line < 3)
			fail_msg("seen: %s", held[i]);
	}
	for (size_t i = 0; i < sizeof(drafts) / sizeof(drafts[0]); i++)
		if (!with(drafts[i]).is_draft)
			fail_msg("seen: %s", drafts[i]);
	for (size_t i = 0; i < sizeof(seen) / sizeof(seen[0]); i++) {
		struct manuscript m = with(seen[i]);

		if (m.is_draft || m.left_n)
			fail_msg("held: %s", seen[i]);
	}
}

static void a_name_is_read_in_all_its_spellings(void **state)
{
	static const char *const ahead[] = {"embargo-until", "embargoUntil",
	    "embargoed_until", "Embargo Until", "publish-date", "publishDate",
	    "published_at", "publishedAt", "publish_at", "publish_on",
	    "published-on", "publication_date", "publish", "public"};
	struct manuscript m;

	(void)state;
	for (size_t i = 0; i < sizeof(ahead) / sizeof(ahead[0]); i++) {
		char head[80];

		snprintf(head, sizeof(head), "date: 2020-01-01\n%s: 2030-01-01",
		    ahead[i]);
		m = with(head);
		if (!m.has_embargo || m.embargo.year != 2030)
			fail_msg("seen at once: %s", ahead[i]);
	}
	/* Nobody is kept from reading of a place. */
	m = with("state: Oregon");
	assert_false(m.is_draft);
	assert_true(left_has(&m, "state"));
}

static void what_has_no_date_is_a_draft(void **state)
{
	struct manuscript m = with("kicker: K");

	(void)state;
	assert_int_equal(manuscript_from_name(a, &m, STR("/s/a.md")), RC_OK);
	assert_true(m.is_draft && hold_of(&m));
	m = with("kicker: K");
	assert_int_equal(
	    manuscript_from_name(a, &m, STR("/s/2024-13-45-a.md")), RC_OK);
	assert_true(m.is_draft && m.left_n == 2);
	m = with("date: 2020-01-01");
	assert_int_equal(
	    manuscript_from_name(a, &m, STR("/s/2024-13-45-a.md")), RC_OK);
	assert_true(!m.is_draft && m.left_n == 1);
	m = with("kicker: K");
	assert_int_equal(
	    manuscript_from_name(a, &m, STR("/s/2024-1-2-a.md")), RC_OK);
	assert_true(!m.is_draft && m.published.day == 2 && m.left_n == 0);
	is(m.slug, "a");
	m = with("embargo: 2099-01-01");
	assert_int_equal(manuscript_from_name(a, &m, STR("/s/a.md")), RC_OK);
	assert_true(!m.is_draft && m.published.year == 2099);
}

static void a_jekyll_folder_is_the_section(void **state)
{
	static const struct {
		const char *path;
		const char *section;
	} rows[] = {{"/harbour/_posts/2024-01-02-a.md", "harbour"},
	    {"/_posts/harbour/a.md", ""}, {"/a/b/_drafts/a.md", "a"},
	    {"/content/posts/a.md", ""}, {"", ""},
	    {"/har\u202ebour\x01 /_posts/a.md", "harbour"},
	    {"/\u200b/_posts/a.md", ""}};
	struct manuscript m;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		m = with("kicker: K");
		assert_int_equal(
		    manuscript_from_folder(a, &m, str_of(rows[i].path)), RC_OK);
		is(m.section, rows[i].section);
	}
	m = with("section: World");
	assert_int_equal(
	    manuscript_from_folder(a, &m, STR("/harbour/_posts/a.md")), RC_OK);
	is(m.section, "World");
}

static void the_page_of_a_list_is_known(void **state)
{
	struct manuscript m = with("layout: home");

	(void)state;
	assert_true(manuscript_is_index(&m, STR("/s/index.md")));
	assert_false(manuscript_is_index(&m, STR("/s/a.md")));
	m = with("layout: post");
	assert_false(manuscript_is_index(&m, STR("/s/index.md")));
	m = with("kicker: K");
	assert_false(manuscript_is_index(&m, STR("/s/index.md")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(dates_are_read_in_the_forms_that_occur),
	    cmocka_unit_test(nobody_sees_a_story_before_its_publish_date),
	    cmocka_unit_test(times_whose_order_nobody_can_tell_hold_the_story),
	    cmocka_unit_test(what_was_not_meant_to_be_seen_is_a_draft),
	    cmocka_unit_test(a_time_that_cannot_be_read_keeps_a_story_a_draft),
	    cmocka_unit_test(
		a_time_said_twice_in_two_ways_keeps_a_story_a_draft),
	    cmocka_unit_test(a_lost_time_is_named_however_much_else_is_lost),
	    cmocka_unit_test(
		only_a_clear_word_says_that_everyone_may_see_a_story),
	    cmocka_unit_test(a_name_is_read_in_all_its_spellings),
	    cmocka_unit_test(what_has_no_date_is_a_draft),
	    cmocka_unit_test(a_jekyll_folder_is_the_section),
	    cmocka_unit_test(the_page_of_a_list_is_known),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
