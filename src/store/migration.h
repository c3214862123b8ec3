/* SPDX-License-Identifier: MIT
 *
 * How a database gets from any earlier state to the present one: a numbered
 * list of scripts, to which one only appends. The number of the newest one
 * run lies in the database itself.
 */
#ifndef STORE_MIGRATION_H
#define STORE_MIGRATION_H

#include <stddef.h>

#include "store/store.h"

struct migration {
	int64_t number; /* 1, 2, 3, ... */
	struct sql sql;
};

/* Runs those of the COUNT migrations which DB has not seen, each in one
 * transaction. WHAT names the file for people ("private/paper.db"). RC_NEWER:
 * the database has seen more than we know; nothing is touched. */
MUST_USE enum rc migration_run(struct store *db, const char *what,
    const struct migration *list, size_t count, struct err *err);

/* The same check for a connection which cannot write. RC_NEWER as above;
 * RC_INVALID: it has seen fewer, so its writer has to open it first. */
MUST_USE enum rc migration_check(struct store *db, const char *what,
    const struct migration *list, size_t count, struct err *err);

#endif
