/* SPDX-License-Identifier: MIT
 *
 * A paper that an earlier version has written, with what there was then, is
 * opened, read and worked on.
 */
#include "paper/paper.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "paper/paper_priv.h"
#include "paper/schema.h"
#include "paper/test/desk_fixture.h"
#include "paper/workflow.h"
#include "paper/write.h"
#include "store/migration.h"

static const struct store_options options = {
    .mode = STORE_WRITER, .may_create = true};

static void run(struct store *db, struct sql sql)
{
	assert_int_equal(store_script(db, sql), RC_OK);
}

/* As it was before there was a newsroom: two stories, one with a correction in
 * its front matter. */
static void write_old_paper(struct desk *d)
{
	static const char *const names[] = {
	    "private/paper.db", "private/paper.db-wal", "private/paper.db-shm"};
	const struct migration *list;
	struct store *db;
	size_t n;

	desk_close(d);
	desk_delete_public(d);
	for (size_t i = 0; i < 3; i++)
		unlink(desk_path(d, names[i]));
	list = schema_private(&n);
	desk_ok(d,
	    store_open(str_of(desk_path(d, names[0])), &options, &db, &d->err));
	desk_ok(d, migration_run(db, "t", list, 3, &d->err));
	run(db, SQL("INSERT INTO setting (key, value) VALUES"
		    " ('name', 'Old'), ('lang', 'en'), ('translations', '1');"
		    "INSERT INTO term (id, kind, slug, name, about, position)"
		    " VALUES (1, 1, 'news', 'News', '', 1),"
		    " (2, 2, 'ada-quay', 'Ada Quay', '', NULL);"
		    "INSERT INTO revision VALUES (1, 1, NULL, 5, 'x', '',"
		    " 'Storm', '', '', '', 'News', '', '', 'Ada Quay', '', '',"
		    " '', '2026-11-24' || char(31) || 'It was Monday.', '', '',"
		    " '', '', '', 'Text.'), (2, 2, NULL, 5, 'x', '',"
		    " 'Draft', '', '', '', '', '', '', '', '', '',"
		    " '', '', '', '1', '', '', '', 'Text.');"
		    "INSERT INTO story VALUES (1, 3, 1, 5, 5,"
		    " 1795428000000000, NULL, NULL, NULL, 1, 'storm',"
		    " '/2026/11/23/storm', 'Storm', '', '2', ''),"
		    " (2, 0, 2, 5, 5, NULL, NULL, NULL, NULL, 0, 'draft', '',"
		    " 'Draft', '', '', '');"
		    "INSERT INTO story_person VALUES (2, 1);"
		    "INSERT INTO address VALUES ('/2026/11/23/storm', 1, 0);"));
	store_close(db);
	list = schema_public(&n);
	desk_ok(d, store_open(str_of(desk_path(d, "public/public.db")),
		       &options, &db, &d->err));
	desk_ok(d, migration_run(db, "t", list, 1, &d->err));
	run(db,
	    SQL("INSERT INTO term (id, kind, slug, name, about, position)"
		" VALUES (1, 1, 'news', 'News', '', 1),"
		" (2, 2, 'ada-quay', 'Ada Quay', '', NULL);"
		"INSERT INTO story VALUES (1, '/2026/11/23/storm',"
		" 1795428000000000, NULL, 1, '', 1, '2', '', 'Storm', '',"
		" '', '', '');"
		"INSERT INTO body VALUES (1, 'x', '', 'Text.');"
		"INSERT INTO listing VALUES (0, 1795428000000000, 1),"
		" (1, 1795428000000000, 1), (2, 1795428000000000, 1),"
		" (-1020780, 1795428000000000, 1);"
		"INSERT INTO calendar VALUES (0, 2026, 0, 0, 1),"
		" (1, 2026, 11, 0, 1), (2, 2026, 11, 23, 1);"
		"INSERT INTO address VALUES ('/2026/11/23/storm', 1);"
		"INSERT INTO meta VALUES ('name', 'Old'), ('lang', 'en');"));
	store_close(db);
}

static void set_origin(
    struct desk *d, const char *name, struct sql sql, const char *origin)
{
	struct store *db;
	struct query *q;

	desk_ok(
	    d, store_open(str_of(desk_path(d, name)), &options, &db, &d->err));
	q = store_query(db, sql);
	query_add_str(q, str_of(origin));
	desk_ok(d, query_run(q, NULL));
	store_close(db);
}

static void a_paper_of_before_is_read_and_worked_on(void **state)
{
	struct desk *d = *state;
	struct manuscript m = desk_manuscript("Storm", "News", "Ada Quay");
	struct paper_write_result got;
	struct paper_write w = {
	    .id = 1, .base = 1, .manuscript = &m, .now = d->now};
	struct paper_release r = {.id = 1,
	    .change = PAPER_CORRECTION,
	    .text = STR("It held."),
	    .now = d->now,
	    .when = d->now};
	struct public_notice *notices;
	struct public_story s;
	struct paper_filter f = {.text = STR("draft")};
	struct paper_story *v;
	size_t n;

	write_old_paper(d);
	desk_open(d);
	desk_apply(d);
	desk_read(d, "/2026/11/23/storm", &s, NULL);
	assert_int_equal(s.corrections_n, 1);
	desk_text(s.corrections[0].text, "It was Monday.");
	assert_false(s.has_versions);
	desk_ok(d, public_notices(d->public, d->a, PUBLIC_KEY_NEWEST, false, 9,
		       &notices, &n));
	assert_int_equal(n, 1);
	desk_ok(
	    d, paper_list(d->paper, d->a, &f, INT64_MAX, 9, &v, &n, &d->err));
	assert_int_equal(n, 1);
	desk_ok(d, paper_write(d->paper, d->a, &w, &got, &d->err));
	assert_int_equal(got.outcome, PAPER_WRITTEN);
	desk_apply(d);
	desk_read(d, "/2026/11/23/storm", &s, NULL);
	desk_text(s.body, "Text.");
	desk_ok(d, paper_release(d->paper, &r, NULL, &d->err));
	desk_apply(d);
	desk_read(d, "/2026/11/23/storm", &s, NULL);
	desk_text(s.body, "The wall held.\n");
	assert_true(s.has_versions);
	/* What the manuscript says no more is gone, what was said stays. */
	assert_int_equal(s.corrections_n, 1);
	desk_text(s.corrections[0].text, "It held.");
}

/* The names that feed readers know the old stories by. */
static void a_paper_of_before_keeps_the_names_it_has_shown(void **state)
{
	static const struct {
		const char *origin, *kept, *later;
	} rows[] = {
	    {"https://old.example:8443", "https://old.example:8443",
		"https://old.example:8443"},
	    {"http://127.0.0.1:8080", "", "tag:new.example,2026-11-23:"},
	    {"http://localhost", "", "tag:new.example,2026-11-23:"},
	    {"http://[::1]:80", "", "tag:new.example,2026-11-23:"},
	    {"", "", "tag:new.example,2026-11-23:"},
	};
	struct desk *d = *state;
	struct paper_settings s;
	struct public_paper p;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		write_old_paper(d);
		set_origin(d, "private/paper.db",
		    SQL("INSERT INTO setting VALUES ('origin', ?1)"),
		    rows[i].origin);
		set_origin(d, "public/public.db",
		    SQL("INSERT INTO meta VALUES ('origin', ?1)"),
		    rows[i].origin);
		desk_open(d);
		desk_ok(d, paper_settings(d->paper, d->a, &s, &d->err));
		desk_text(s.authority, rows[i].kept);
		desk_ok(d, public_paper(d->public, d->a, &p));
		desk_text(p.authority, rows[i].kept);
		s.origin = STR("https://new.example");
		s.authority = STR("not for the asking");
		desk_ok(d, paper_set_settings(d->paper, &s, d->now, &d->err));
		desk_apply(d);
		desk_ok(d, public_paper(d->public, d->a, &p));
		desk_text(p.origin, "https://new.example");
		desk_text(p.authority, rows[i].later);
	}
}

static int64_t changed_in(struct store *db, int64_t level, int64_t month)
{
	int64_t us = -1;
	struct query *q =
	    store_query(db, SQL("SELECT changed_us FROM calendar"
				" WHERE level = ?1 AND month = ?2"));

	query_add_i64(q, level);
	query_add_i64(q, month);
	assert_int_equal(query_one(q, &us), RC_OK);
	return us;
}

static void a_calendar_of_before_learns_when_it_changed(void **state)
{
	struct desk *d = *state;
	char *path = desk_path(d, "private/old.db");
	const struct migration *list;
	struct store *db;
	size_t n;

	list = schema_public(&n);
	desk_ok(d, store_open(str_of(path), &options, &db, &d->err));
	desk_ok(d, migration_run(db, path, list, 8, &d->err));
	run(db, SQL("INSERT INTO story VALUES"
		    " (1, '/2026/11/23/a', 50, NULL, 1, '', 1, '', '', 'A',"
		    " '', '', '', ''),"
		    " (2, '/2026/11/23/b', 40, 90, 1, '', 1, '', '', 'B',"
		    " '', '', '', ''),"
		    " (3, '/2026/10/02/c', 30, NULL, 1, '', 1, '', '', 'C',"
		    " '', '', '', '');"
		    "INSERT INTO calendar VALUES (0, 2026, 0, 0, 3),"
		    " (1, 2026, 10, 0, 1), (1, 2026, 11, 0, 2),"
		    " (2, 2026, 10, 2, 1), (2, 2026, 11, 23, 2);"));
	desk_ok(d, migration_run(db, path, list, n, &d->err));
	for (int64_t level = 1; level <= 2; level++) {
		assert_int_equal(changed_in(db, level, 10), 30);
		assert_int_equal(changed_in(db, level, 11), 90);
	}
	store_close(db);
	unlink(path);
	unlink(desk_path(d, "private/old.db-wal"));
	unlink(desk_path(d, "private/old.db-shm"));
}

/* An old paper whose story 2 is as SQL makes it, and imported anew. */
static struct paper_story import_anew(struct desk *d, struct sql sql)
{
	struct manuscript m = desk_manuscript("Draft", "News", "Ada Quay");
	struct paper_import import = {.key = STR("draft.md"),
	    .hash = STR("00000001"),
	    .manuscript = &m,
	    .now = d->now};
	enum paper_outcome outcome;
	struct paper_story s;
	struct store *db;

	m.has_published = true;
	m.published = (struct civil){.year = 2026, .month = 12, .day = 2};
	write_old_paper(d);
	desk_ok(d, store_open(str_of(desk_path(d, "private/paper.db")),
		       &options, &db, &d->err));
	run(db, SQL("INSERT INTO source VALUES ('draft.md', x'30', 2);"));
	run(db, sql);
	store_close(db);
	desk_open(d);
	desk_apply(d);
	desk_ok(d, paper_batch_begin(d->paper, d->now, &d->err));
	desk_ok(d, paper_import(d->paper, &import, &outcome, NULL, &d->err));
	desk_ok(d, paper_batch_commit(d->paper, d->now, &d->err));
	desk_ok(d, paper_show(d->paper, d->a, 2, &s, NULL, &d->err));
	return s;
}

static void a_paper_of_before_knows_who_set_the_time_of_a_story(void **state)
{
	const int64_t first_us = 1796083200LL * 1000000; /* 2026-12-01 */
	const int64_t day_us = 86400LL * 1000000;
	struct desk *d = *state;
	struct paper_story s;

	s = import_anew(d, SQL("UPDATE story SET note = '' WHERE id = 2;"));
	assert_int_equal(s.status, PAPER_SCHEDULED);
	s = import_anew(d, SQL("UPDATE story SET note = 'No.' WHERE id = 2;"));
	assert_int_equal(s.status, PAPER_DRAFT);
	desk_text(s.note, "No.");
	/* Its source had set it, */
	s = import_anew(d, SQL("UPDATE story SET status = 2,"
			       " due_us = 1796083200000000 WHERE id = 2;"
			       "UPDATE revision SET is_draft = '',"
			       " published = '2026-12-01' WHERE id = 2;"));
	assert_true(s.due.us == first_us + day_us);
	/* and here the desk. */
	s = import_anew(d, SQL("UPDATE story SET status = 2,"
			       " due_us = 1796083200000000 WHERE id = 2;"));
	assert_true(s.due.us == first_us);
}

static void a_paper_of_before_knows_which_embargo_its_source_said(void **state)
{
	const int64_t embargo_us = 1796169600LL * 1000000; /* 2026-12-02 */
	struct desk *d = *state;
	struct paper_story s;

	/* The desk has saved the text. */
	s = import_anew(d, SQL("UPDATE story SET"
			       " embargo_us = 1796256000000000 WHERE id = 2;"
			       "UPDATE revision SET embargo = '2026-12-03'"
			       " WHERE id = 2;"));
	assert_true(s.due.us == embargo_us + 86400LL * 1000000);
	s = import_anew(d, SQL("UPDATE story SET"
			       " embargo_us = 1796256000000000 WHERE id = 2;"
			       "UPDATE revision SET embargo = '2026-12-03',"
			       " who = 'import' WHERE id = 2;"));
	assert_true(s.due.us == embargo_us);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    desk_test(a_paper_of_before_is_read_and_worked_on),
	    desk_test(a_paper_of_before_keeps_the_names_it_has_shown),
	    desk_test(a_calendar_of_before_learns_when_it_changed),
	    desk_test(a_paper_of_before_knows_who_set_the_time_of_a_story),
	    desk_test(a_paper_of_before_knows_which_embargo_its_source_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
