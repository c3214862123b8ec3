/* SPDX-License-Identifier: MIT
 *
 * Pictures of the library in public.db; see public.h.
 */
#include "base/arena.h"
#include "paper/public_priv.h"

enum rc public_picture(struct public_db *db, struct arena *a, struct str stem,
    struct public_picture *ret_picture)
{
	struct public_picture picture = {.stem = stem};
	struct query *q = store_query(
	    db->db, SQL("SELECT caption, credit, alt, rights, files, focus_x,"
			" focus_y FROM picture WHERE stem = ?1"));
	struct str *const texts[] = {
	    &picture.caption, &picture.credit, &picture.alt, &picture.rights};
	enum rc rc;

	query_add_str(q, stem);
	rc = query_step(q);
	for (int i = 0; rc == RC_OK && i < 4; i++) {
		*texts[i] = query_copy(q, a, i);
		if (!texts[i]->p)
			rc = RC_NO_MEMORY;
	}
	if (rc == RC_OK) {
		picture.files = library_unpack_files(query_str(q, 4));
		picture.focus_x = (uint16_t)query_i64(q, 5);
		picture.focus_y = (uint16_t)query_i64(q, 6);
	}
	query_end(q);
	if (rc == RC_OK)
		*ret_picture = picture;
	return rc;
}

enum rc public_has_picture(struct public_db *db, struct str stem, bool *ret_has)
{
	int64_t has = 0;
	struct query *q =
	    store_query(db->db, SQL("SELECT EXISTS (SELECT 1 FROM picture_use"
				    " WHERE stem = ?1)"));
	enum rc rc;

	query_add_str(q, stem);
	rc = query_one(q, &has);
	if (rc == RC_OK)
		*ret_has = has != 0;
	return rc;
}
