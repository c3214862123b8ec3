/* SPDX-License-Identifier: MIT
 *
 * Rows: the one interface to a database. The text of every statement is
 * static (struct sql can be made from a literal only) and all values are bound
 * parameters, so nothing that comes from outside can become a part of one.
 * What is particular to a database lies in its driver (store/driver.h); the
 * statements keep to what SQLite and PostgreSQL both understand.
 *
 * A connection belongs to one thread. A database has one writing connection
 * in all processes together, which also makes the checkpoints: SQLite before
 * 3.51.3 can damage a file when two do.
 *
 *	struct query *q = store_query(db, SQL("SELECT name FROM t WHERE id=?1"));
 *
 *	query_add_i64(q, 17);
 *	rc = query_step(q);
 *	if (rc == RC_OK)
 *		name = query_copy(q, arena, 0);
 *	query_end(q);
 *
 * Results, where nothing else is said: RC_NO_SPACE (disk full), RC_DENIED
 * (read-only), RC_BUSY (another one holds it), RC_EXISTS (breaks a constraint
 * of the table), RC_INVALID (text with a zero byte), RC_NO_MEMORY, RC_LIMIT (a
 * value too large), RC_DAMAGED (the file), RC_IO (all else). store_fail then
 * says it in words.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/instant.h"
#include "base/str.h"

struct arena;
struct query;
struct store;

/* The text of a statement. Two uses of one literal may be two statements. */
struct sql {
	const char *text;
};
#define SQL(literal) ((struct sql){"" literal})

enum store_mode {
	STORE_READER, /* cannot write, whatever the statement says */
	STORE_WRITER, /* the only one */
};

struct store_options {
	enum store_mode mode;
	bool may_create;       /* a writer makes the file if there is none */
	bool is_durable;       /* a commit survives a loss of power; else it may
				 be lost, but never half of it */
	uint32_t page_kb;      /* of a file that is made, a power of two to 64;
				  0: 8. One that is there keeps its own. Large
				  ones take fewer writes for much text, and
				  longer ones for a single row */
	uint32_t cache_kb;     /* memory for pages; 0: 2,048 */
	uint32_t log_limit_kb; /* how far the log may grow before the writer
				  makes a checkpoint; 0: 4,096 */
	uint32_t wait_ms;      /* how long to wait for a lock; 0: 2,000 */
};

/* Opens the database in the file PATH. RC_NOT_FOUND: there is none. The
 * caller owns it. */
MUST_USE enum rc store_open(struct str path,
    const struct store_options *options, struct store **ret_db,
    struct err *err);
/* Rolls back what is open, and closes. NULL is fine. */
void store_close(struct store *db);

/* Whether what was done with it last has failed: of two, which one it was. */
bool store_has_failed(const struct store *db);
/* Whether the file was found to be damaged since it was opened. */
bool store_is_damaged(const struct store *db);
/* Looks through all pages of the file for such that cannot be. RC_DAMAGED;
 * RC_LIMIT: it is larger than LIMIT_KB, and was not looked through. */
MUST_USE enum rc store_look_through(struct store *db, uint32_t limit_kb);
/* Gives the files of the database PATH, which nobody has open for writing,
 * another name: PATH.damaged-TIME. *RET_TO lives as long as the arena. */
MUST_USE enum rc store_set_aside(struct str path, struct instant now,
    struct arena *a, struct str *ret_to, struct err *err);

/* Sets err to the words of the newest failure, "PATH: disk is full (while
 * DOING)", and returns RC, so that it fits a return statement. */
enum rc store_fail(
    struct store *db, enum rc rc, const char *doing, struct err *err);

/* The statement SQL with nothing bound, prepared when first used and kept
 * with the connection. Never NULL: a failure shows in query_step. It is
 * the caller's until query_end; the same literal may not be in use twice. */
MUST_USE struct query *store_query(struct store *db, struct sql sql);

/* Bind the next parameter (?1, ?2, ...). The bytes of text and blobs must
 * stay until query_end. Text must have no NUL in it. */
void query_add_i64(struct query *q, int64_t value);
void query_add_str(struct query *q, struct str value);
void query_add_blob(struct query *q, struct str value);
void query_add_null(struct query *q);

/* The next row. RC_NOT_FOUND: there are no more. */
MUST_USE enum rc query_step(struct query *q);
/* Columns of the row, counted from 0. Views live until the next step or
 * query_end. NULL reads as 0 and as the empty view with p NULL. */
int64_t query_i64(struct query *q, int column);
struct str query_str(struct query *q, int column);
bool query_is_null(struct query *q, int column);
/* A copy that lives as long as the arena; p is NULL when the arena is spent,
 * never otherwise. */
struct str query_copy(struct query *q, struct arena *a, int column);
/* Lets the statement go; to be called whatever the steps gave. */
void query_end(struct query *q);
/* Steps through a statement without rows, ends it. RET_COUNT (may be NULL)
 * is how many rows it inserted, changed or deleted. */
MUST_USE enum rc query_run(struct query *q, int64_t *ret_count);
/* The first column of the only row, ends it; RC_NOT_FOUND if there is none. */
MUST_USE enum rc query_one(struct query *q, int64_t *ret_value);

/* Several statements without parameters, for migrations. */
MUST_USE enum rc store_script(struct store *db, struct sql sql);

/* Transactions do not nest. A writer's begin takes the write lock; a reader's
 * holds one state of the database until commit or rollback. */
MUST_USE enum rc store_begin(struct store *db);
/* After a failed commit nothing of the transaction is left. */
MUST_USE enum rc store_commit(struct store *db);
/* Nothing when none is open. */
void store_rollback(struct store *db);
bool store_in_transaction(const struct store *db);

/* A number that is another one after any other connection has written. */
MUST_USE enum rc store_data_version(struct store *db, int64_t *ret_version);
/* The number of the newest migration that the database has seen. */
MUST_USE enum rc store_user_version(struct store *db, int64_t *ret_version);
MUST_USE enum rc store_set_user_version(struct store *db, int64_t version);

/* Writes the log back into the file, as far as readers allow it, without
 * making any of them wait. *RET_IS_SAFE: all that was committed so far
 * survives a loss of power. */
MUST_USE enum rc store_checkpoint(struct store *db, bool *ret_is_safe);
/* There is a moment: writes the log back if it has grown to half of its
 * limit, so that no commit has to, while somebody waits for it. What fails is
 * done by a later one. */
void store_rest(struct store *db);
/* Lets the log grow up to KB, and gives pages CACHE_KB of memory, for a long
 * run of writing; 0 goes back to what store_open was told. */
MUST_USE enum rc store_bulk(
    struct store *db, uint32_t log_limit_kb, uint32_t cache_kb);

/* For tests: calls SEE with the text of every statement used so far. */
void store_each(
    struct store *db, void (*see)(void *data, const char *text), void *data);
/* For tests: HOOK(DATA) is asked before every step, begin, commit and script;
 * if it does not say RC_OK the step fails with what it says instead. NULL
 * takes it away. */
void store_hook(struct store *db, enum rc (*hook)(void *data), void *data);

#endif
