/* SPDX-License-Identifier: MIT */
#include "store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"

struct place {
	char dir[64];
	char path[80];
	struct arena *a;
	struct err err;
};

static int set_up(void **state)
{
	struct place *p = calloc(1, sizeof(*p));

	strcpy(p->dir, access("/dev/shm", W_OK) == 0
			   ? "/dev/shm/farthing-store-XXXXXX"
			   : "/tmp/farthing-store-XXXXXX");
	if (!mkdtemp(p->dir))
		return -1;
	snprintf(p->path, sizeof(p->path), "%s/a.db", p->dir);
	p->a = arena_new(1 << 20);
	*state = p;
	return 0;
}

static int tear_down(void **state)
{
	static const char *const ends[] = {"", "-wal", "-shm"};
	struct place *p = *state;
	char path[100];

	for (int i = 0; i < 3; i++) {
		snprintf(path, sizeof(path), "%s%s", p->path, ends[i]);
		unlink(path);
	}
	rmdir(p->dir);
	arena_free(p->a);
	free(p);
	return 0;
}

static void ok(enum rc rc)
{
	assert_string_equal(rc_name(rc), rc_name(RC_OK));
}

static struct store *open_with_pages(struct place *p, uint32_t page_kb)
{
	const struct store_options options = {
	    .mode = STORE_WRITER,
	    .may_create = true,
	    .page_kb = page_kb,
	    .wait_ms = 1,
	};
	struct store *db;

	ok(store_open(str_of(p->path), &options, &db, &p->err));
	return db;
}

static struct store *open_writer(struct place *p)
{
	return open_with_pages(p, 0);
}

static struct store *open_reader(struct place *p)
{
	const struct store_options options = {.mode = STORE_READER};
	struct store *db;

	ok(store_open(str_of(p->path), &options, &db, &p->err));
	return db;
}

static struct store *open_table(struct place *p)
{
	struct store *db = open_writer(p);

	ok(store_script(
	    db, SQL("CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY,"
		    " name TEXT, data BLOB) STRICT")));
	return db;
}

static enum rc put(struct store *db, int64_t id, struct str name)
{
	struct query *q = store_query(
	    db, SQL("INSERT INTO t (id, name, data) VALUES (?1, ?2, ?3)"));

	query_add_i64(q, id);
	query_add_str(q, name);
	query_add_null(q);
	return query_run(q, NULL);
}

static int64_t count(struct store *db)
{
	int64_t n = -1;

	ok(query_one(store_query(db, SQL("SELECT count(*) FROM t")), &n));
	return n;
}

static void what_is_bound_comes_back(void **state)
{
	struct place *p = *state;
	struct store *db = open_table(p);
	char bytes[] = "a\0b\xff";
	struct str blob = {bytes, 4};
	struct query *q = store_query(
	    db, SQL("INSERT INTO t (id, name, data) VALUES (?1, ?2, ?3)"));
	struct str kept;
	int64_t n = 0;

	query_add_i64(q, INT64_MIN);
	query_add_str(q, STR("'; DROP TABLE t; --"));
	query_add_blob(q, blob);
	ok(query_run(q, &n));
	assert_int_equal(n, 1);
	ok(put(db, 7, STR("")));
	q = store_query(db, SQL("SELECT id, name, data FROM t ORDER BY id"));
	ok(query_step(q));
	assert_int_equal(query_i64(q, 0), INT64_MIN);
	kept = query_copy(q, p->a, 1);
	assert_true(str_eq(query_str(q, 2), blob));
	ok(query_step(q));
	assert_true(str_eq(kept, STR("'; DROP TABLE t; --")));
	assert_int_equal(query_str(q, 1).n, 0);
	assert_non_null(query_str(q, 1).p);
	assert_true(query_is_null(q, 2));
	assert_null(query_str(q, 2).p);
	assert_int_equal(query_step(q), RC_NOT_FOUND);
	assert_int_equal(query_step(q), RC_NOT_FOUND);
	query_end(q);
	store_close(db);
}

static void text_with_a_nul_is_refused(void **state)
{
	struct place *p = *state;
	struct store *db = open_table(p);

	assert_int_equal(put(db, 1, (struct str){"a\0b", 3}), RC_INVALID);
	assert_int_equal(count(db), 0);
	store_close(db);
}

static void a_broken_constraint_is_told_and_changes_nothing(void **state)
{
	struct place *p = *state;
	struct store *db = open_table(p);

	ok(put(db, 1, STR("one")));
	assert_int_equal(put(db, 1, STR("again")), RC_EXISTS);
	assert_int_equal(
	    store_fail(db, RC_EXISTS, "testing", &p->err), RC_EXISTS);
	assert_non_null(strstr(p->err.why, "UNIQUE"));
	assert_non_null(strstr(p->err.why, p->path));
	assert_int_equal(count(db), 1);
	store_close(db);
}

static void a_wrong_statement_fails_at_its_step(void **state)
{
	struct place *p = *state;
	struct store *db = open_table(p);
	struct query *q =
	    store_query(db, SQL("SELECT nothing FROM nowhere WHERE a = ?1"));

	query_add_i64(q, 1);
	assert_int_equal(query_step(q), RC_IO);
	query_end(q);
	store_close(db);
}

static void a_strict_table_refuses_another_type(void **state)
{
	struct place *p = *state;
	struct store *db = open_table(p);
	struct query *q =
	    store_query(db, SQL("INSERT INTO t (id, data) VALUES (1, ?1)"));

	query_add_str(q, STR("text"));
	assert_int_equal(query_run(q, NULL), RC_EXISTS);
	store_close(db);
}

static void rollback_takes_back_and_commit_keeps(void **state)
{
	struct place *p = *state;
	struct store *db = open_table(p);

	ok(store_begin(db));
	ok(put(db, 1, STR("one")));
	store_rollback(db);
	store_rollback(db);
	assert_int_equal(count(db), 0);
	ok(store_begin(db));
	ok(put(db, 2, STR("two")));
	assert_true(store_in_transaction(db));
	ok(store_commit(db));
	assert_false(store_in_transaction(db));
	ok(store_begin(db));
	ok(put(db, 3, STR("three")));
	store_close(db);
	db = open_table(p);
	assert_int_equal(count(db), 1);
	store_close(db);
}

static void a_reader_sees_one_state_and_cannot_write(void **state)
{
	struct place *p = *state;
	struct store *db = open_table(p);
	struct store *reader = open_reader(p);
	int64_t before, after;

	ok(store_data_version(reader, &before));
	ok(store_begin(reader));
	assert_int_equal(count(reader), 0);
	ok(put(db, 1, STR("one")));
	assert_int_equal(count(reader), 0);
	store_rollback(reader);
	assert_int_equal(count(reader), 1);
	ok(store_data_version(reader, &after));
	assert_int_not_equal(before, after);
	ok(store_data_version(reader, &before));
	assert_int_equal(before, after);
	assert_int_equal(put(reader, 2, STR("two")), RC_DENIED);
	assert_int_equal(store_script(reader, SQL("DROP TABLE t")), RC_DENIED);
	store_close(reader);
	store_close(db);
}

static void a_reader_opens_what_no_writer_holds(void **state)
{
	struct place *p = *state;
	struct store *db = open_table(p);
	struct store *reader;

	ok(put(db, 1, STR("one")));
	store_close(db);
	reader = open_reader(p);
	assert_int_equal(count(reader), 1);
	store_close(reader);
	assert_int_equal(chmod(p->dir, 0500), 0);
	reader = open_reader(p);
	assert_int_equal(count(reader), 1);
	store_close(reader);
	assert_int_equal(chmod(p->dir, 0700), 0);
}

static void two_writers_do_not_write_at_once(void **state)
{
	struct place *p = *state;
	struct store *db = open_table(p);
	struct store *other = open_writer(p);

	ok(store_begin(db));
	assert_int_equal(store_begin(other), RC_BUSY);
	ok(store_commit(db));
	store_close(other);
	store_close(db);
}

static void what_is_not_there_or_no_database_is_told(void **state)
{
	const struct store_options writer = {.mode = STORE_WRITER};
	const struct store_options reader = {.mode = STORE_READER};
	struct place *p = *state;
	struct store *db;
	FILE *f;

	assert_int_equal(
	    store_open(str_of(p->path), &writer, &db, &p->err), RC_NOT_FOUND);
	assert_int_equal(
	    store_open(str_of(p->path), &reader, &db, &p->err), RC_NOT_FOUND);
	assert_non_null(strstr(p->err.why, p->path));
	f = fopen(p->path, "wb");
	for (int i = 0; i < 1000; i++)
		fputs("this is a letter, not a database\n", f);
	fclose(f);
	assert_int_equal(
	    store_open(str_of(p->path), &writer, &db, &p->err), RC_DAMAGED);
	assert_non_null(strstr(p->err.why, "no database"));
}

static void a_full_disk_is_told_and_takes_nothing_half(void **state)
{
	struct place *p = *state;
	struct store *db = open_table(p);
	char big[8192];
	enum rc rc = RC_OK;

	memset(big, 'x', sizeof(big));
	/* What SQLite then says is what it says when the disk is full. */
	ok(store_script(db, SQL("PRAGMA max_page_count=12")));
	ok(store_begin(db));
	for (int64_t i = 0; rc == RC_OK && i < 50; i++)
		rc = put(db, i, (struct str){big, sizeof(big)});
	assert_int_equal(rc, RC_NO_SPACE);
	store_fail(db, rc, "saving", &p->err);
	assert_non_null(strstr(p->err.why, "the disk is full"));
	store_rollback(db);
	assert_int_equal(count(db), 0);
	ok(store_script(db, SQL("PRAGMA max_page_count=10000")));
	ok(put(db, 1, (struct str){big, sizeof(big)}));
	store_close(db);
}

static void a_damaged_file_is_told(void **state)
{
	struct place *p = *state;
	struct store *db = open_table(p);
	char junk[4096];
	bool is_safe = false;
	enum rc rc;
	FILE *f;

	for (int64_t i = 0; i < 2000; i++)
		ok(put(db, i, STR("a row that takes some room")));
	ok(store_checkpoint(db, &is_safe));
	assert_true(is_safe);
	store_close(db);
	memset(junk, 0x5A, sizeof(junk));
	f = fopen(p->path, "r+b");
	for (int page = 2; page < 24; page++) {
		fseek(f, page * 4096L, SEEK_SET);
		fwrite(junk, 1, sizeof(junk), f);
	}
	fclose(f);
	db = open_writer(p);
	rc = query_one(
	    store_query(db, SQL("SELECT count(*) FROM t")), &(int64_t){0});
	assert_int_equal(rc, RC_DAMAGED);
	assert_true(store_is_damaged(db));
	assert_int_equal(store_look_through(db, 1 << 20), RC_DAMAGED);
	store_fail(db, rc, "counting", &p->err);
	assert_non_null(strstr(p->err.why, "damaged"));
	store_close(db);
}

static void many_statements_are_kept_apart(void **state)
{
	struct place *p = *state;
	struct store *db = open_table(p);
	static char texts[300][64];
	int64_t n = 0;

	for (int round = 0; round < 3; round++)
		for (int i = 0; i < 300; i++) {
			snprintf(texts[i], sizeof(texts[i]), "SELECT %d", i);
			ok(query_one(
			    store_query(db, (struct sql){texts[i]}), &n));
			assert_int_equal(n, i);
		}
	store_close(db);
}

struct counter {
	unsigned left;
};

static enum rc fail_at(void *data)
{
	struct counter *c = data;

	return c->left > 0 && --c->left == 0 ? RC_NO_SPACE : RC_OK;
}

static void the_hook_fails_the_step_it_is_told_to(void **state)
{
	struct place *p = *state;
	struct store *db = open_table(p);
	struct counter c = {3};

	store_hook(db, fail_at, &c);
	ok(store_begin(db));
	ok(put(db, 1, STR("one")));
	assert_int_equal(put(db, 2, STR("two")), RC_NO_SPACE);
	store_rollback(db);
	c.left = 3;
	ok(store_begin(db));
	ok(put(db, 1, STR("one")));
	assert_int_equal(store_commit(db), RC_NO_SPACE);
	assert_false(store_in_transaction(db));
	assert_int_equal(count(db), 0);
	store_hook(db, NULL, NULL);
	ok(put(db, 1, STR("one")));
	store_close(db);
}

static long log_bytes(struct place *p)
{
	struct stat st;
	char path[100];

	snprintf(path, sizeof(path), "%s-wal", p->path);
	return stat(path, &st) == 0 ? (long)st.st_size : -1;
}

static void the_log_stays_bounded_while_readers_come_and_go(void **state)
{
	struct place *p = *state;
	struct store *db = open_table(p);
	struct store *reader = open_reader(p);
	char big[4096];
	long most = 0;

	memset(big, 'x', sizeof(big));
	for (int64_t i = 0; i < 2500; i++) {
		ok(put(db, i, (struct str){big, sizeof(big)}));
		ok(store_begin(db));
		ok(store_commit(db));
		if (i % 10 == 0)
			assert_int_equal(count(reader), i + 1);
		if (log_bytes(p) > most)
			most = log_bytes(p);
	}
	/* 2,500 rows of two pages are 20 MB. */
	assert_true(most < 10 * 1024 * 1024);
	store_close(reader);
	store_close(db);
}

static int64_t page_bytes(struct store *db)
{
	int64_t n = 0;

	ok(query_one(store_query(db, SQL("PRAGMA page_size")), &n));
	return n;
}

static void a_file_keeps_the_pages_it_was_made_with(void **state)
{
	struct place *p = *state;
	struct store *db = open_with_pages(p, 64);

	store_close(db);
	db = open_table(p); /* which asks for others */
	assert_int_equal(page_bytes(db), 64 * 1024);
	for (int64_t i = 0; i < 400; i++) {
		ok(store_begin(db));
		ok(put(db, i, STR("a row")));
		ok(store_commit(db));
	}
	/* A log of pages of 8 kB would not have been emptied yet. */
	assert_true(log_bytes(p) < 10 * 1024 * 1024);
	assert_int_equal(store_look_through(db, 128), RC_OK);
	assert_int_equal(store_look_through(db, 127), RC_LIMIT);
	store_close(db);
	db = open_reader(p);
	assert_int_equal(store_look_through(db, 127), RC_LIMIT);
	store_close(db);
}

static void pages_are_of_eight_kilobytes_if_nothing_is_said(void **state)
{
	struct place *p = *state;
	struct store *db = open_table(p);

	assert_int_equal(page_bytes(db), 8 * 1024);
	store_close(db);
}

int main(void)
{
#define store_test(name)                                                       \
	cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
	    store_test(what_is_bound_comes_back),
	    store_test(text_with_a_nul_is_refused),
	    store_test(a_broken_constraint_is_told_and_changes_nothing),
	    store_test(a_wrong_statement_fails_at_its_step),
	    store_test(a_strict_table_refuses_another_type),
	    store_test(rollback_takes_back_and_commit_keeps),
	    store_test(a_reader_sees_one_state_and_cannot_write),
	    store_test(a_reader_opens_what_no_writer_holds),
	    store_test(two_writers_do_not_write_at_once),
	    store_test(what_is_not_there_or_no_database_is_told),
	    store_test(a_full_disk_is_told_and_takes_nothing_half),
	    store_test(a_damaged_file_is_told),
	    store_test(many_statements_are_kept_apart),
	    store_test(the_hook_fails_the_step_it_is_told_to),
	    store_test(the_log_stays_bounded_while_readers_come_and_go),
	    store_test(a_file_keeps_the_pages_it_was_made_with),
	    store_test(pages_are_of_eight_kilobytes_if_nothing_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
