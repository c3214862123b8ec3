/* SPDX-License-Identifier: MIT
 *
 * Setting a damaged database aside; see store.h. Its log goes first: beside a
 * new file of the same name SQLite would read it as that one's.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "store/store.h"

static enum rc rename_one(
    struct arena *a, struct str path, struct str to, const char *end)
{
	struct str from = arena_printf(a, "%.*s%s", STR_ARG(path), end);
	struct str target = arena_printf(a, "%.*s%s", STR_ARG(to), end);

	if (!from.p || !target.p)
		return RC_NO_MEMORY;
	if (rename(from.p, target.p) == 0)
		return RC_OK;
	return errno == ENOENT ? RC_NOT_FOUND : RC_IO;
}

enum rc store_set_aside(struct str path, struct instant now, struct arena *a,
    struct str *ret_to, struct err *err)
{
	static const char *const ends[] = {"-wal", "-shm", ""};
	struct civil c = civil_at(now, 0);
	struct str to =
	    arena_printf(a, "%.*s.damaged-%04d%02u%02uT%02u%02u%02uZ",
		STR_ARG(path), (int)c.year, (unsigned)c.month, (unsigned)c.day,
		(unsigned)c.hour, (unsigned)c.minute, (unsigned)c.second);

	if (!to.p)
		return err_set(err, RC_NO_MEMORY, "no memory");
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		enum rc rc = rename_one(a, path, to, ends[i]);

		if (rc != RC_OK && rc != RC_NOT_FOUND)
			return err_set(err, rc, "%.*s%s: cannot be renamed: %s",
			    STR_ARG(path), ends[i], strerror(errno));
	}
	*ret_to = to;
	return RC_OK;
}
