/* SPDX-License-Identifier: MIT
 *
 * What a driver does for store/store.c: everything that differs between one
 * database and another. Private to store/.
 */
#ifndef STORE_DRIVER_H
#define STORE_DRIVER_H

#include "store/store.h"

struct driver_db;
struct driver_statement;

/* Functions return what store.h lists, RC_OK, and where said RC_NOT_FOUND. */
struct driver {
	enum rc (*open)(struct str path, const struct store_options *options,
	    struct driver_db **ret_db, struct err *err);
	void (*close)(struct driver_db *db);
	/* Words for the newest failure; lives until the next call. */
	const char *(*why)(struct driver_db *db);
	bool (*is_damaged)(const struct driver_db *db);
	bool (*has_failed)(const struct driver_db *db);
	enum rc (*look_through)(struct driver_db *db, uint32_t limit_kb);
	enum rc (*prepare)(struct driver_db *db, struct sql sql,
	    struct driver_statement **ret_st);
	void (*finalize)(struct driver_statement *st);
	enum rc (*add_i64)(struct driver_statement *st, int at, int64_t value);
	enum rc (*add_str)(
	    struct driver_statement *st, int at, struct str value);
	enum rc (*add_blob)(
	    struct driver_statement *st, int at, struct str value);
	/* RC_NOT_FOUND: no more rows. */
	enum rc (*step)(struct driver_db *db, struct driver_statement *st);
	int64_t (*i64)(struct driver_statement *st, int column);
	struct str (*str)(struct driver_statement *st, int column);
	bool (*is_null)(struct driver_statement *st, int column);
	/* Forgets the bound values; ready to be stepped again. */
	void (*reset)(struct driver_statement *st);
	int64_t (*changes)(struct driver_db *db);
	enum rc (*script)(struct driver_db *db, struct sql sql);
	enum rc (*begin)(struct driver_db *db);
	enum rc (*commit)(struct driver_db *db);
	void (*rollback)(struct driver_db *db);
	enum rc (*data_version)(struct driver_db *db, int64_t *ret_version);
	enum rc (*user_version)(struct driver_db *db, int64_t *ret_version);
	enum rc (*set_user_version)(struct driver_db *db, int64_t version);
	enum rc (*checkpoint)(struct driver_db *db, bool *ret_is_safe);
	void (*rest)(struct driver_db *db);
	enum rc (*bulk)(
	    struct driver_db *db, uint32_t log_limit_kb, uint32_t cache_kb);
};

const struct driver *driver_sqlite(void);

#endif
