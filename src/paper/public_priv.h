/* SPDX-License-Identifier: MIT
 *
 * What the files that read public.db share. Private to paper/.
 */
#ifndef PAPER_PUBLIC_PRIV_H
#define PAPER_PUBLIC_PRIV_H

#include <stdbool.h>

#include "paper/public.h"
#include "store/store.h"

struct public_db {
	struct store *db;
	int64_t data_version;
	unsigned held; /* how many public_begin are not ended */
};

/* One state of the database for several statements; inside of another, that
 * one's. */
MUST_USE enum rc public_begin(struct public_db *db);
MUST_USE enum rc public_end(struct public_db *db, enum rc rc);

/* A value of the table "meta"; *RET_VALUE stays as it is where there is
 * none. */
MUST_USE enum rc public_meta(struct public_db *db, struct arena *a,
    struct str key, struct str *ret_value);

/* The id of a section, person or tag, under which "listing" has its stories.
 * RC_NOT_FOUND. LIST is not PUBLIC_ALL. */
MUST_USE enum rc public_term(struct public_db *db, enum public_list list,
    struct str slug, int64_t *ret_id);

/* The notices of story ID, oldest first. */
MUST_USE enum rc public_corrections(struct public_db *db, struct arena *a,
    int64_t id, struct public_correction **ret_v, size_t *ret_n);

/* Those of the stories IDS that are published, in their order. */
MUST_USE enum rc public_load(struct public_db *db, struct arena *a,
    const int64_t *ids, size_t ids_n, bool has_bodies,
    struct public_story **ret_v, size_t *ret_n);

#endif
