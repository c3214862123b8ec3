/* SPDX-License-Identifier: MIT
 *
 * The part of the database interface that is the same for every driver: the
 * statements kept with a connection, the order of calls, transactions, and
 * the hook by which tests let any step fail.
 *
 * I1  a statement is in use from store_query to query_end, by one caller.
 * I2  after the first failure of a query its steps give that failure again.
 * I3  the table of statements is never full: it grows at one half.
 */
#include "store/store.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/must.h"
#include "store/driver.h"

enum { QUERY_MAGIC = 0x71756572, SLOTS_FIRST = 64 };

struct query {
	uint32_t magic;
	struct store *db;
	const char *text; /* the key: the address of the literal */
	struct driver_statement *st;
	int bound;
	bool is_used;
	enum rc rc; /* I2 */
};

struct store {
	const struct driver *driver;
	struct driver_db *db;
	char *path;
	struct query **slots; /* open addressing, by address */
	size_t slots_n;
	size_t queries_n;
	bool in_transaction;
	enum rc (*hook)(void *data);
	void *hook_data;
	bool has_hook_failed;
};

static void *store_memory(void *p)
{
	if (!p)
		must_failed("memory for a database connection", __FILE__,
		    __LINE__, __func__);
	return p;
}

enum rc store_open(struct str path, const struct store_options *options,
    struct store **ret_db, struct err *err)
{
	struct store *db;
	enum rc rc;

	must(path.n > 0);
	db = store_memory(calloc(1, sizeof(*db)));
	db->driver = driver_sqlite();
	rc = db->driver->open(path, options, &db->db, err);
	if (rc != RC_OK) {
		free(db);
		return rc;
	}
	db->path = store_memory(strndup(path.p, path.n));
	db->slots_n = SLOTS_FIRST;
	db->slots = store_memory(calloc(db->slots_n, sizeof(*db->slots)));
	*ret_db = db;
	return RC_OK;
}

void store_close(struct store *db)
{
	if (!db)
		return;
	store_rollback(db);
	for (size_t i = 0; i < db->slots_n; i++) {
		struct query *q = db->slots[i];

		if (!q)
			continue;
		must(!q->is_used);
		if (q->st)
			db->driver->finalize(q->st);
		free(q);
	}
	free(db->slots);
	db->driver->close(db->db);
	free(db->path);
	free(db);
}

bool store_has_failed(const struct store *db)
{
	return db->driver->has_failed(db->db);
}

bool store_is_damaged(const struct store *db)
{
	return db->driver->is_damaged(db->db);
}

enum rc store_look_through(struct store *db, uint32_t limit_kb)
{
	return db->driver->look_through(db->db, limit_kb);
}

enum rc store_fail(
    struct store *db, enum rc rc, const char *doing, struct err *err)
{
	const char *why = db->driver->why(db->db);

	must(rc != RC_OK);
	if (db->has_hook_failed)
		why = "a test said so";
	if (rc == RC_NO_SPACE)
		why = "the disk is full";
	else if (rc == RC_DENIED)
		why = "it cannot be written";
	else if (rc == RC_INVALID)
		why = "there is a zero byte in a text";
	else if (rc == RC_LIMIT)
		why = "a text is too long";
	else if (rc == RC_NO_MEMORY)
		why = "there is no memory left";
	return err_set(err, rc, "%s: %s (while %s)", db->path, why, doing);
}

static enum rc store_ask_hook(struct store *db)
{
	enum rc rc;

	if (!db->hook)
		return RC_OK;
	rc = db->hook(db->hook_data);
	db->has_hook_failed = rc != RC_OK;
	return rc;
}

static size_t store_slot(const struct store *db, const char *text)
{
	size_t at = (size_t)((uintptr_t)text * 0x9E3779B97F4A7C15u >> 20);

	at &= db->slots_n - 1;
	while (db->slots[at] && db->slots[at]->text != text)
		at = (at + 1) & (db->slots_n - 1);
	return at;
}

static void store_grow(struct store *db)
{
	struct query **old = db->slots;
	size_t old_n = db->slots_n;

	db->slots_n = old_n * 2;
	db->slots = store_memory(calloc(db->slots_n, sizeof(*db->slots)));
	for (size_t i = 0; i < old_n; i++)
		if (old[i])
			db->slots[store_slot(db, old[i]->text)] = old[i];
	free(old);
}

struct query *store_query(struct store *db, struct sql sql)
{
	size_t at = store_slot(db, sql.text);
	struct query *q = db->slots[at];

	if (!q) {
		q = store_memory(calloc(1, sizeof(*q)));
		q->magic = QUERY_MAGIC;
		q->db = db;
		q->text = sql.text;
		db->slots[at] = q;
		if (++db->queries_n > db->slots_n / 2) /* I3 */
			store_grow(db);
	}
	must(!q->is_used); /* I1 */
	q->is_used = true;
	q->bound = 0;
	q->rc = RC_OK;
	if (!q->st)
		q->rc = db->driver->prepare(db->db, sql, &q->st);
	return q;
}

static bool query_may_add(struct query *q)
{
	must(q->magic == QUERY_MAGIC && q->is_used);
	q->bound++;
	return q->rc == RC_OK;
}

void query_add_i64(struct query *q, int64_t value)
{
	if (query_may_add(q))
		q->rc = q->db->driver->add_i64(q->st, q->bound, value);
}

void query_add_str(struct query *q, struct str value)
{
	if (query_may_add(q))
		q->rc = q->db->driver->add_str(q->st, q->bound, value);
}

void query_add_blob(struct query *q, struct str value)
{
	if (query_may_add(q))
		q->rc = q->db->driver->add_blob(q->st, q->bound, value);
}

void query_add_null(struct query *q)
{
	/* Parameters are NULL until something is bound. */
	(void)query_may_add(q);
}

enum rc query_step(struct query *q)
{
	enum rc rc;

	must(q->magic == QUERY_MAGIC && q->is_used);
	if (q->rc != RC_OK) /* I2 */
		return q->rc;
	q->rc = store_ask_hook(q->db);
	if (q->rc != RC_OK)
		return q->rc;
	rc = q->db->driver->step(q->db->db, q->st);
	if (rc != RC_OK)
		q->rc = rc;
	return rc;
}

int64_t query_i64(struct query *q, int column)
{
	must(q->is_used && q->rc == RC_OK);
	return q->db->driver->i64(q->st, column);
}

struct str query_str(struct query *q, int column)
{
	must(q->is_used && q->rc == RC_OK);
	return q->db->driver->str(q->st, column);
}

bool query_is_null(struct query *q, int column)
{
	must(q->is_used && q->rc == RC_OK);
	return q->db->driver->is_null(q->st, column);
}

struct str query_copy(struct query *q, struct arena *a, int column)
{
	return arena_copy(a, query_str(q, column));
}

void query_end(struct query *q)
{
	must(q->magic == QUERY_MAGIC && q->is_used);
	if (q->st)
		q->db->driver->reset(q->st);
	q->is_used = false;
}

enum rc query_run(struct query *q, int64_t *ret_count)
{
	enum rc rc;

	do
		rc = query_step(q);
	while (rc == RC_OK);
	if (rc == RC_NOT_FOUND) {
		rc = RC_OK;
		if (ret_count)
			*ret_count = q->db->driver->changes(q->db->db);
	}
	query_end(q);
	return rc;
}

enum rc query_one(struct query *q, int64_t *ret_value)
{
	enum rc rc = query_step(q);

	if (rc == RC_OK)
		*ret_value = query_i64(q, 0);
	query_end(q);
	return rc;
}

enum rc store_script(struct store *db, struct sql sql)
{
	enum rc rc = store_ask_hook(db);

	return rc == RC_OK ? db->driver->script(db->db, sql) : rc;
}

enum rc store_begin(struct store *db)
{
	enum rc rc;

	must(!db->in_transaction);
	rc = store_ask_hook(db);
	if (rc == RC_OK)
		rc = db->driver->begin(db->db);
	if (rc == RC_OK)
		db->in_transaction = true;
	return rc;
}

enum rc store_commit(struct store *db)
{
	enum rc rc;

	must(db->in_transaction);
	rc = store_ask_hook(db);
	if (rc == RC_OK)
		rc = db->driver->commit(db->db);
	if (rc == RC_OK)
		db->in_transaction = false;
	else
		store_rollback(db);
	return rc;
}

void store_rollback(struct store *db)
{
	if (db->in_transaction)
		db->driver->rollback(db->db);
	db->in_transaction = false;
}

bool store_in_transaction(const struct store *db)
{
	return db->in_transaction;
}

enum rc store_data_version(struct store *db, int64_t *ret_version)
{
	return db->driver->data_version(db->db, ret_version);
}

enum rc store_user_version(struct store *db, int64_t *ret_version)
{
	return db->driver->user_version(db->db, ret_version);
}

enum rc store_set_user_version(struct store *db, int64_t version)
{
	enum rc rc = store_ask_hook(db);

	return rc == RC_OK ? db->driver->set_user_version(db->db, version) : rc;
}

void store_rest(struct store *db)
{
	if (!db->in_transaction)
		db->driver->rest(db->db);
}

enum rc store_checkpoint(struct store *db, bool *ret_is_safe)
{
	enum rc rc = store_ask_hook(db);

	return rc == RC_OK ? db->driver->checkpoint(db->db, ret_is_safe) : rc;
}

enum rc store_bulk(struct store *db, uint32_t log_limit_kb, uint32_t cache_kb)
{
	return db->driver->bulk(db->db, log_limit_kb, cache_kb);
}

void store_hook(struct store *db, enum rc (*hook)(void *data), void *data)
{
	db->hook = hook;
	db->hook_data = data;
	db->has_hook_failed = false;
}

void store_each(
    struct store *db, void (*see)(void *data, const char *text), void *data)
{
	for (size_t i = 0; i < db->slots_n; i++)
		if (db->slots[i])
			see(data, db->slots[i]->text);
}
