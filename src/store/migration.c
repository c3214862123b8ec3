/* SPDX-License-Identifier: MIT
 *
 * Migrations; see migration.h.
 */
#include "store/migration.h"

#include <inttypes.h>

#include "base/must.h"

static enum rc migration_newer(
    const char *what, int64_t theirs, int64_t ours, struct err *err)
{
	return err_set(err, RC_NEWER,
	    "%s was written by a newer version of farthing (its state is "
	    "%" PRId64 ", this program knows %" PRId64 "): install that "
	    "version, or restore a backup made before the upgrade",
	    what, theirs, ours);
}

static enum rc migration_run_one(struct store *db, const struct migration *m)
{
	enum rc rc;

	rc = store_begin(db);
	if (rc != RC_OK)
		return rc;
	rc = store_script(db, m->sql);
	if (rc == RC_OK)
		rc = store_set_user_version(db, m->number);
	if (rc == RC_OK)
		rc = store_commit(db);
	if (rc != RC_OK)
		store_rollback(db);
	return rc;
}

enum rc migration_run(struct store *db, const char *what,
    const struct migration *list, size_t count, struct err *err)
{
	int64_t version = 0;
	enum rc rc;

	for (size_t i = 0; i < count; i++)
		must(list[i].number == (int64_t)i + 1);
	rc = store_user_version(db, &version);
	if (rc != RC_OK)
		return store_fail(db, rc, "reading its version", err);
	if (version > (int64_t)count)
		return migration_newer(what, version, (int64_t)count, err);
	for (size_t i = (size_t)version; i < count; i++) {
		rc = migration_run_one(db, &list[i]);
		if (rc != RC_OK)
			return store_fail(
			    db, rc, "bringing it up to date", err);
	}
	return RC_OK;
}

enum rc migration_check(struct store *db, const char *what,
    const struct migration *list, size_t count, struct err *err)
{
	int64_t version = 0;
	enum rc rc;

	must(count == 0 || list[count - 1].number == (int64_t)count);
	rc = store_user_version(db, &version);
	if (rc != RC_OK)
		return store_fail(db, rc, "reading its version", err);
	if (version > (int64_t)count)
		return migration_newer(what, version, (int64_t)count, err);
	if (version < (int64_t)count)
		return err_set(err, RC_INVALID,
		    "%s is in state %" PRId64 ", this program needs %" PRId64
		    ": `farthing serve` on its folder brings it up to date",
		    what, version, (int64_t)count);
	return RC_OK;
}
