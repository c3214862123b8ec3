/* SPDX-License-Identifier: MIT */
#include "store/migration.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const struct migration list[] = {
    {1, {"CREATE TABLE t (id INTEGER PRIMARY KEY) STRICT"}},
    {2, {"ALTER TABLE t ADD COLUMN name TEXT NOT NULL DEFAULT 'none';"
	 "INSERT INTO t (id) VALUES (1)"}},
    {3, {"UPDATE t SET name = 'three'; CREATE INDEX t_name ON t (name)"}},
};
enum { COUNT = 3 };

static void forget(const char *path)
{
	static const char *const ends[] = {"", "-wal", "-shm"};
	char name[100];

	for (int i = 0; i < 3; i++) {
		snprintf(name, sizeof(name), "%s%s", path, ends[i]);
		unlink(name);
	}
}

/* Its number makes it this run's own. */
static char path[64];

static struct store *open_new(void)
{
	const struct store_options options = {
	    .mode = STORE_WRITER, .may_create = true};
	struct store *db;
	struct err err;

	assert_int_equal(store_open(str_of(path), &options, &db, &err), RC_OK);
	return db;
}

static int64_t version(struct store *db)
{
	int64_t v = -1;

	assert_int_equal(store_user_version(db, &v), RC_OK);
	return v;
}

static void every_earlier_state_becomes_the_present_one(void **state)
{
	(void)state;
	for (size_t from = 0; from <= COUNT; from++) {
		struct store *db;
		struct query *q;
		struct err err;

		forget(path);
		db = open_new();
		assert_int_equal(
		    migration_run(db, "t", list, from, &err), RC_OK);
		assert_int_equal(version(db), from);
		assert_int_equal(
		    migration_run(db, "t", list, COUNT, &err), RC_OK);
		assert_int_equal(version(db), COUNT);
		q = store_query(db, SQL("SELECT name FROM t WHERE id = 1"));
		assert_int_equal(query_step(q), RC_OK);
		assert_true(str_eq(query_str(q, 0), STR("three")));
		query_end(q);
		store_close(db);
	}
	forget(path);
}

static void a_newer_database_is_not_touched(void **state)
{
	struct err err;
	struct store *db;

	(void)state;
	forget(path);
	db = open_new();
	assert_int_equal(migration_run(db, "t", list, COUNT, &err), RC_OK);
	assert_int_equal(
	    migration_run(db, "private/paper.db", list, 2, &err), RC_NEWER);
	assert_non_null(strstr(err.why, "private/paper.db"));
	assert_non_null(strstr(err.why, "its state is 3"));
	assert_non_null(strstr(err.why, "knows 2"));
	assert_int_equal(
	    migration_check(db, "private/paper.db", list, 2, &err), RC_NEWER);
	assert_int_equal(version(db), 3);
	store_close(db);
	forget(path);
}

static void a_reader_refuses_an_older_one(void **state)
{
	struct err err;
	struct store *db;

	(void)state;
	forget(path);
	db = open_new();
	assert_int_equal(migration_run(db, "t", list, 2, &err), RC_OK);
	assert_int_equal(
	    migration_check(db, "t", list, COUNT, &err), RC_INVALID);
	assert_int_equal(migration_check(db, "t", list, 2, &err), RC_OK);
	store_close(db);
	forget(path);
}

static enum rc fail_at(void *data)
{
	unsigned *left = data;

	return *left > 0 && --*left == 0 ? RC_NO_SPACE : RC_OK;
}

static void a_migration_that_fails_leaves_the_state_before_it(void **state)
{
	struct err err;

	(void)state;
	/* Four steps each: begin, script, number, commit. */
	for (unsigned at = 1; at <= 4 * COUNT; at++) {
		unsigned left = at;
		struct store *db;

		forget(path);
		db = open_new();
		store_hook(db, fail_at, &left);
		assert_int_equal(
		    migration_run(db, "t", list, COUNT, &err), RC_NO_SPACE);
		assert_int_equal(version(db), (at - 1) / 4);
		assert_int_equal(
		    migration_run(db, "t", list, COUNT, &err), RC_OK);
		assert_int_equal(version(db), COUNT);
		store_close(db);
	}
	forget(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_earlier_state_becomes_the_present_one),
	    cmocka_unit_test(a_newer_database_is_not_touched),
	    cmocka_unit_test(a_reader_refuses_an_older_one),
	    cmocka_unit_test(a_migration_that_fails_leaves_the_state_before_it),
	};

	snprintf(path, sizeof(path), "/tmp/farthing-migration-%ld.db",
	    (long)getpid());
	return cmocka_run_group_tests(tests, NULL, NULL);
}
