/* SPDX-License-Identifier: MIT
 *
 * The driver for SQLite: everything in the program that knows it.
 *
 * Files are in WAL mode, so that readers never wait for the writer nor it for
 * them. The log (FILE-wal) and its index (FILE-shm) stay when the last
 * connection closes, so that a reader whose process may write nowhere can
 * still open the file while no writer runs.
 *
 * I1  Only a writer makes checkpoints, and a database has one writer: two
 *     connections that write and checkpoint at once can damage the file in
 *     SQLite before 3.51.3.
 * I2  Checkpoints never wait for readers, nor readers for them: they are
 *     passive, or give up at once. The log starts again from its beginning
 *     once all of it is in the file and no reader looks at it, and is then
 *     cut to its size limit.
 * I3  What is deleted is overwritten with zeros: a withdrawn story does not
 *     live on in a free page.
 * I4  No mmap: a fault of the disk is then an error, not a signal.
 */
#include <sqlite3.h>

#include "store/driver.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/must.h"

enum {
	PAGE_KB = 8,
	CACHE_KB = 2048,
	LOG_LIMIT_KB = 4096,
	LOG_KEEP_KB = 8192, /* what stays of a log that has grown */
	WAIT_MS = 2000,
	VALUE_MAX = 64 * 1024 * 1024,
	TEXT_MAX = 256 * 1024, /* of a statement */
};

struct driver_db {
	sqlite3 *db;
	enum store_mode mode;
	uint32_t cache_kb;     /* what open was told */
	uint32_t log_limit_kb; /* what open was told */
	uint32_t log_now_kb;   /* the limit that holds now */
	uint32_t page_bytes;   /* of the file, as it was made */
	int wait_ms;
	int log_pages; /* in the log after the newest commit */
	sqlite3_stmt *begin, *commit, *rollback, *version;
	const char *why; /* our own words, or NULL for SQLite's */
	bool is_damaged; /* it was found to be */
	bool has_failed; /* what was done last */
};

struct driver_statement; /* an sqlite3_stmt */

static sqlite3_stmt *raw(struct driver_statement *st)
{
	return (sqlite3_stmt *)(void *)st;
}

static enum rc sqlite_io_rc(struct driver_db *db)
{
	int number = sqlite3_system_errno(db->db);

	if (number == ENOSPC || number == EDQUOT || number == EFBIG)
		return RC_NO_SPACE;
	if (number == EACCES || number == EPERM || number == EROFS)
		return RC_DENIED;
	if (number == ENOENT)
		return RC_NOT_FOUND;
	return RC_IO;
}

/* What a result code of SQLite means to us. */
static enum rc sqlite_rc(struct driver_db *db, int result)
{
	enum rc rc;

	db->why = NULL;
	result &= 0xFF;
	db->has_failed = result != SQLITE_OK && result != SQLITE_ROW &&
			 result != SQLITE_DONE;
	switch (result) {
	case SQLITE_OK:
	case SQLITE_ROW:
		return RC_OK;
	case SQLITE_DONE:
		return RC_NOT_FOUND;
	case SQLITE_FULL:
		return RC_NO_SPACE;
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_AUTH:
		return RC_DENIED;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return RC_BUSY;
	case SQLITE_NOMEM:
		return RC_NO_MEMORY;
	case SQLITE_TOOBIG:
		return RC_LIMIT;
	case SQLITE_CONSTRAINT:
		return RC_EXISTS;
	case SQLITE_IOERR:
		rc = sqlite_io_rc(db);
		return rc == RC_NOT_FOUND ? RC_IO : rc;
	case SQLITE_CANTOPEN:
		return sqlite_io_rc(db);
	case SQLITE_CORRUPT:
		db->why = "the file is damaged";
		db->is_damaged = true;
		return RC_DAMAGED;
	case SQLITE_NOTADB:
		db->why = "this is no database file, or it is damaged";
		db->is_damaged = true;
		return RC_DAMAGED;
	default:
		return RC_IO;
	}
}

static bool sqlite_is_damaged(const struct driver_db *db)
{
	return db->is_damaged;
}

static bool sqlite_has_failed(const struct driver_db *db)
{
	return db->has_failed;
}

static const char *sqlite_why(struct driver_db *db)
{
	return db->why ? db->why : sqlite3_errmsg(db->db);
}

static int sqlite_on_commit(
    void *data, sqlite3 *handle, const char *name, int pages)
{
	struct driver_db *db = data;

	(void)handle;
	(void)name;
	db->log_pages = pages;
	return SQLITE_OK;
}

static int sqlite_pragma(struct driver_db *db, const char *text)
{
	return sqlite3_exec(db->db, text, NULL, NULL, NULL);
}

static int sqlite_cache(struct driver_db *db, uint32_t kb)
{
	char text[64];

	snprintf(text, sizeof(text), "PRAGMA cache_size=-%u", (unsigned)kb);
	return sqlite_pragma(db, text);
}

/* To cut the log and let it grow again costs more than the room is worth
 * while much is written. */
static int sqlite_keep_log(struct driver_db *db, uint32_t kb)
{
	char text[64];

	snprintf(text, sizeof(text), "PRAGMA journal_size_limit=%llu",
	    (unsigned long long)kb * 1024);
	return sqlite_pragma(db, text);
}

/* No effect on a file that has pages already. */
static int sqlite_new_pages(struct driver_db *db, uint32_t kb)
{
	char text[64];

	snprintf(
	    text, sizeof(text), "PRAGMA page_size=%u", (unsigned)kb * 1024);
	return sqlite_pragma(db, text);
}

static int sqlite_statement(
    struct driver_db *db, const char *text, sqlite3_stmt **ret_st)
{
	return sqlite3_prepare_v3(
	    db->db, text, -1, SQLITE_PREPARE_PERSISTENT, ret_st, NULL);
}

/* What holds for both modes. */
static int sqlite_configure(
    struct driver_db *db, const struct store_options *options)
{
	int result;

	sqlite3_extended_result_codes(db->db, 1);
	sqlite3_busy_timeout(db->db, db->wait_ms);
	sqlite3_limit(db->db, SQLITE_LIMIT_LENGTH, VALUE_MAX);
	sqlite3_limit(db->db, SQLITE_LIMIT_SQL_LENGTH, TEXT_MAX);
	sqlite3_limit(db->db, SQLITE_LIMIT_ATTACHED, 0);
	sqlite3_limit(db->db, SQLITE_LIMIT_WORKER_THREADS, 0);
	sqlite3_db_config(db->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(db->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(db->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_db_config(db->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE,
	    options->mode == STORE_READER, NULL);
	result = sqlite_pragma(db,
	    "PRAGMA mmap_size=0; PRAGMA temp_store=memory;"
	    "PRAGMA foreign_keys=off; PRAGMA wal_autocheckpoint=0;");
	if (result == SQLITE_OK)
		result = sqlite_cache(db, db->cache_kb);
	return result;
}

/* What the file's pages are, whoever made it. */
static int sqlite_old_pages(struct driver_db *db)
{
	sqlite3_stmt *st = NULL;
	int result = sqlite_statement(db, "PRAGMA page_size", &st);

	if (result == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW)
		db->page_bytes = (uint32_t)sqlite3_column_int(st, 0);
	result = sqlite3_finalize(st);
	must(result != SQLITE_OK || db->page_bytes > 0);
	return result;
}

static int sqlite_journal_is_wal(void *data, int n, char **v, char **names)
{
	bool *is_wal = data;

	(void)names;
	*is_wal = n == 1 && v[0] && strcmp(v[0], "wal") == 0;
	return 0;
}

static int sqlite_open_writer(
    struct driver_db *db, const struct store_options *options)
{
	bool is_wal = false;
	int one = 1;
	int result;

	result =
	    sqlite_new_pages(db, options->page_kb ? options->page_kb : PAGE_KB);
	if (result == SQLITE_OK)
		result = sqlite3_exec(db->db, "PRAGMA journal_mode=wal",
		    sqlite_journal_is_wal, &is_wal, NULL);
	if (result == SQLITE_OK && !is_wal)
		result = SQLITE_READONLY;
	if (result == SQLITE_OK)
		result = sqlite_pragma(db, options->is_durable
					       ? "PRAGMA synchronous=full"
					       : "PRAGMA synchronous=normal");
	if (result == SQLITE_OK)
		result = sqlite_keep_log(db, LOG_KEEP_KB);
	if (result == SQLITE_OK)
		result = sqlite_pragma(db, "PRAGMA secure_delete=on");
	if (result == SQLITE_OK)
		result = sqlite_statement(db, "BEGIN IMMEDIATE", &db->begin);
	if (result != SQLITE_OK)
		return result;
	sqlite3_file_control(db->db, "main", SQLITE_FCNTL_PERSIST_WAL, &one);
	sqlite3_wal_hook(db->db, sqlite_on_commit, db);
	return SQLITE_OK;
}

static int sqlite_open_reader(struct driver_db *db)
{
	int result = sqlite_pragma(db, "PRAGMA query_only=on");

	if (result == SQLITE_OK)
		result = sqlite_statement(db, "BEGIN", &db->begin);
	return result;
}

static void sqlite_close(struct driver_db *db)
{
	sqlite3_finalize(db->begin);
	sqlite3_finalize(db->commit);
	sqlite3_finalize(db->rollback);
	sqlite3_finalize(db->version);
	sqlite3_close_v2(db->db);
	free(db);
}

static enum rc sqlite_refuse(
    struct driver_db *db, const char *path, int result, struct err *err)
{
	enum rc rc = sqlite_rc(db, result);

	must(rc != RC_OK);
	if (db->why)
		err_set(err, rc, "%s: %s", path, db->why);
	else if (rc == RC_NOT_FOUND)
		err_set(err, rc, "%s: there is no such file", path);
	else if (rc == RC_DENIED)
		err_set(err, rc, "%s: no right to open it", path);
	else if (rc == RC_NO_SPACE)
		err_set(err, rc, "%s: the disk is full", path);
	else
		err_set(err, rc, "%s: cannot open the database: %s", path,
		    sqlite3_errmsg(db->db));
	return rc;
}

static enum rc sqlite_open(struct str path, const struct store_options *options,
    struct driver_db **ret_db, struct err *err)
{
	int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
	struct driver_db *db = calloc(1, sizeof(*db));
	char *name = strndup(path.p, path.n);
	enum rc rc = RC_OK;
	int result;

	if (!db || !name)
		must_failed(
		    "memory for a database", __FILE__, __LINE__, __func__);
	db->mode = options->mode;
	db->wait_ms = options->wait_ms ? (int)options->wait_ms : WAIT_MS;
	db->cache_kb = options->cache_kb ? options->cache_kb : CACHE_KB;
	db->log_limit_kb =
	    options->log_limit_kb ? options->log_limit_kb : LOG_LIMIT_KB;
	db->log_now_kb = db->log_limit_kb;
	flags |= options->mode == STORE_WRITER ? SQLITE_OPEN_READWRITE
					       : SQLITE_OPEN_READONLY;
	if (options->mode == STORE_WRITER && options->may_create)
		flags |= SQLITE_OPEN_CREATE;
	result = sqlite3_open_v2(name, &db->db, flags, NULL);
	if (result == SQLITE_OK)
		result = sqlite_configure(db, options);
	if (result == SQLITE_OK)
		result = options->mode == STORE_WRITER
			     ? sqlite_open_writer(db, options)
			     : sqlite_open_reader(db);
	if (result == SQLITE_OK)
		result = sqlite_old_pages(db);
	if (result == SQLITE_OK)
		result = sqlite_statement(db, "COMMIT", &db->commit);
	if (result == SQLITE_OK)
		result = sqlite_statement(db, "ROLLBACK", &db->rollback);
	if (result == SQLITE_OK)
		result =
		    sqlite_statement(db, "PRAGMA data_version", &db->version);
	if (result != SQLITE_OK) {
		rc = sqlite_refuse(db, name, result, err);
		sqlite_close(db);
	} else {
		*ret_db = db;
	}
	free(name);
	return rc;
}

static enum rc sqlite_prepare(
    struct driver_db *db, struct sql sql, struct driver_statement **ret_st)
{
	sqlite3_stmt *st = NULL;
	enum rc rc = sqlite_rc(db, sqlite_statement(db, sql.text, &st));

	if (rc == RC_OK)
		*ret_st = (struct driver_statement *)(void *)st;
	return rc;
}

static void sqlite_finalize(struct driver_statement *st)
{
	sqlite3_finalize(raw(st));
}

static enum rc sqlite_bound(int result)
{
	/* A parameter that the statement does not have is our mistake. */
	must(result != SQLITE_RANGE && result != SQLITE_MISUSE);
	if (result == SQLITE_OK)
		return RC_OK;
	return result == SQLITE_TOOBIG ? RC_LIMIT : RC_NO_MEMORY;
}

static enum rc sqlite_add_i64(
    struct driver_statement *st, int at, int64_t value)
{
	return sqlite_bound(sqlite3_bind_int64(raw(st), at, value));
}

static enum rc sqlite_add_str(
    struct driver_statement *st, int at, struct str value)
{
	if (value.n > 0 && memchr(value.p, '\0', value.n))
		return RC_INVALID;
	return sqlite_bound(sqlite3_bind_text64(raw(st), at,
	    value.n ? value.p : "", value.n, SQLITE_STATIC, SQLITE_UTF8));
}

static enum rc sqlite_add_blob(
    struct driver_statement *st, int at, struct str value)
{
	return sqlite_bound(sqlite3_bind_blob64(
	    raw(st), at, value.n ? value.p : "", value.n, SQLITE_STATIC));
}

static enum rc sqlite_step(struct driver_db *db, struct driver_statement *st)
{
	return sqlite_rc(db, sqlite3_step(raw(st)));
}

static int64_t sqlite_i64(struct driver_statement *st, int column)
{
	must(column >= 0 && column < sqlite3_data_count(raw(st)));
	return sqlite3_column_int64(raw(st), column);
}

static struct str sqlite_str(struct driver_statement *st, int column)
{
	const void *p;

	must(column >= 0 && column < sqlite3_data_count(raw(st)));
	p = sqlite3_column_blob(raw(st), column);
	if (!p && sqlite3_column_type(raw(st), column) == SQLITE_NULL)
		return STR_NONE;
	return (struct str){
	    p ? p : "", (size_t)sqlite3_column_bytes(raw(st), column)};
}

static bool sqlite_is_null(struct driver_statement *st, int column)
{
	must(column >= 0 && column < sqlite3_data_count(raw(st)));
	return sqlite3_column_type(raw(st), column) == SQLITE_NULL;
}

static void sqlite_reset(struct driver_statement *st)
{
	sqlite3_reset(raw(st));
	sqlite3_clear_bindings(raw(st));
}

static int64_t sqlite_changes(struct driver_db *db)
{
	return sqlite3_changes64(db->db);
}

static enum rc sqlite_script(struct driver_db *db, struct sql sql)
{
	return sqlite_rc(db, sqlite_pragma(db, sql.text));
}

static enum rc sqlite_once(struct driver_db *db, sqlite3_stmt *st)
{
	int result;

	sqlite3_step(st);
	result = sqlite3_reset(st);
	return sqlite_rc(db, result);
}

static enum rc sqlite_begin(struct driver_db *db)
{
	return sqlite_once(db, db->begin);
}

static enum rc sqlite_move_log(struct driver_db *db, bool *ret_is_safe)
{
	int in_log = 0;
	int moved = 0;
	int result;

	must(db->mode == STORE_WRITER); /* I1 */
	result = sqlite3_wal_checkpoint_v2(
	    db->db, NULL, SQLITE_CHECKPOINT_PASSIVE, &in_log, &moved); /* I2 */
	if (result != SQLITE_OK)
		return sqlite_rc(db, result);
	db->log_pages = in_log - moved;
	*ret_is_safe = in_log >= 0 && in_log == moved;
	return RC_OK;
}

static enum rc sqlite_checkpoint(struct driver_db *db, bool *ret_is_safe)
{
	bool is_safe = false;
	enum rc rc = sqlite_move_log(db, &is_safe);

	if (rc != RC_OK)
		return rc;
	/* What was deleted may still stand in the log: cut it, if nobody reads
	 * it at this moment. */
	if (is_safe) {
		sqlite3_busy_timeout(db->db, 0);
		sqlite3_wal_checkpoint_v2(
		    db->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
		sqlite3_busy_timeout(db->db, db->wait_ms);
	}
	*ret_is_safe = is_safe;
	return RC_OK;
}

/* One that failed is tried again after the next commit. */
static void sqlite_limit_log(struct driver_db *db, uint32_t kb)
{
	int most = (int)((uint64_t)kb * 1024 / db->page_bytes);
	bool is_safe;

	if (db->log_pages > most && sqlite_move_log(db, &is_safe) != RC_OK)
		db->why = NULL;
}

static enum rc sqlite_commit(struct driver_db *db)
{
	enum rc rc = sqlite_once(db, db->commit);

	/* The commit holds whatever becomes of the checkpoint. */
	if (rc == RC_OK)
		sqlite_limit_log(db, db->log_now_kb);
	return rc;
}

static void sqlite_rest(struct driver_db *db)
{
	sqlite_limit_log(db, db->log_now_kb / 2);
}

static void sqlite_rollback(struct driver_db *db)
{
	/* Some failures have rolled back already; then this one fails. */
	if (!sqlite3_get_autocommit(db->db)) {
		sqlite3_step(db->rollback);
		sqlite3_reset(db->rollback);
	}
}

static enum rc sqlite_data_version(struct driver_db *db, int64_t *ret_version)
{
	enum rc rc = sqlite_rc(db, sqlite3_step(db->version));

	if (rc == RC_OK)
		*ret_version = sqlite3_column_int64(db->version, 0);
	sqlite3_reset(db->version);
	return rc;
}

/* The first column of the only row of TEXT, a number. */
static enum rc sqlite_number(
    struct driver_db *db, const char *text, int64_t *ret_value)
{
	sqlite3_stmt *st = NULL;
	enum rc rc = sqlite_rc(db, sqlite_statement(db, text, &st));

	if (rc == RC_OK)
		rc = sqlite_rc(db, sqlite3_step(st));
	if (rc == RC_OK)
		*ret_value = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return rc;
}

static enum rc sqlite_user_version(struct driver_db *db, int64_t *ret_version)
{
	return sqlite_number(db, "PRAGMA user_version", ret_version);
}

static enum rc sqlite_look_through(struct driver_db *db, uint32_t limit_kb)
{
	sqlite3_stmt *st = NULL;
	int64_t pages = 0;
	const char *word;
	enum rc rc = sqlite_number(db, "PRAGMA page_count", &pages);

	if (rc != RC_OK)
		return rc;
	if (pages > (int64_t)limit_kb * 1024 / db->page_bytes)
		return RC_LIMIT;
	rc = sqlite_rc(db, sqlite_statement(db, "PRAGMA quick_check(1)", &st));
	if (rc == RC_OK)
		rc = sqlite_rc(db, sqlite3_step(st));
	word = rc == RC_OK ? (const char *)sqlite3_column_text(st, 0) : NULL;
	if (word && strcmp(word, "ok") != 0)
		rc = sqlite_rc(db, SQLITE_CORRUPT);
	sqlite3_finalize(st);
	return rc;
}

static enum rc sqlite_set_user_version(struct driver_db *db, int64_t version)
{
	char text[64];

	snprintf(
	    text, sizeof(text), "PRAGMA user_version=%lld", (long long)version);
	return sqlite_rc(db, sqlite_pragma(db, text));
}

static enum rc sqlite_bulk(
    struct driver_db *db, uint32_t log_limit_kb, uint32_t cache_kb)
{
	uint32_t log_kb = log_limit_kb ? log_limit_kb : db->log_limit_kb;
	int result =
	    sqlite_keep_log(db, log_limit_kb ? log_kb * 2 : LOG_KEEP_KB);

	db->log_now_kb = log_kb;
	if (result == SQLITE_OK)
		result = sqlite_cache(db, cache_kb ? cache_kb : db->cache_kb);
	return sqlite_rc(db, result);
}

const struct driver *driver_sqlite(void)
{
	static const struct driver driver = {
	    .open = sqlite_open,
	    .close = sqlite_close,
	    .why = sqlite_why,
	    .is_damaged = sqlite_is_damaged,
	    .has_failed = sqlite_has_failed,
	    .look_through = sqlite_look_through,
	    .prepare = sqlite_prepare,
	    .finalize = sqlite_finalize,
	    .add_i64 = sqlite_add_i64,
	    .add_str = sqlite_add_str,
	    .add_blob = sqlite_add_blob,
	    .step = sqlite_step,
	    .i64 = sqlite_i64,
	    .str = sqlite_str,
	    .is_null = sqlite_is_null,
	    .reset = sqlite_reset,
	    .changes = sqlite_changes,
	    .script = sqlite_script,
	    .begin = sqlite_begin,
	    .commit = sqlite_commit,
	    .rollback = sqlite_rollback,
	    .data_version = sqlite_data_version,
	    .user_version = sqlite_user_version,
	    .set_user_version = sqlite_set_user_version,
	    .checkpoint = sqlite_checkpoint,
	    .rest = sqlite_rest,
	    .bulk = sqlite_bulk,
	};

	return &driver;
}
