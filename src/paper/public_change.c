/* SPDX-License-Identifier: MIT
 *
 * Notices and versions in public.db, and since when all is as it is; see
 * public.h. A notice's id says which story it belongs to (paper/version.h).
 */
#include "base/arena.h"
#include "paper/packing.h"
#include "paper/public_priv.h"
#include "paper/version.h"

enum { NOTICES_MOST = 1000, VERSIONS_MOST = 1000 };

static enum rc correction_row(
    struct query *q, struct arena *a, struct public_correction *ret_correction)
{
	struct public_correction c = {
	    .id = query_i64(q, 0),
	    .at = {query_i64(q, 1)},
	    .change = (enum paper_change)query_i64(q, 3),
	    .place = query_i64(q, 4) == PAPER_HEAD ? PAPER_HEAD : PAPER_FOOT,
	    .text = query_copy(q, a, 5),
	};

	if (civil_parse(query_str(q, 2), &c.date) != RC_OK)
		c.date = (struct civil){0};
	if (c.change < PAPER_CORRECTION || c.change > PAPER_TYPO)
		c.change = PAPER_UPDATE;
	if (!c.text.p)
		return RC_NO_MEMORY;
	*ret_correction = c;
	return RC_OK;
}

enum rc public_corrections(struct public_db *db, struct arena *a, int64_t id,
    struct public_correction **ret_v, size_t *ret_n)
{
	struct public_correction *v =
	    ARENA_ARRAY(a, struct public_correction, VERSION_PLACES);
	struct query *q = store_query(db->db,
	    SQL("SELECT id, at_us, date, change, place, text FROM correction"
		" WHERE id >= ?1 AND id < ?2 ORDER BY at_us, id"));
	size_t n = 0;
	enum rc rc = v ? RC_OK : RC_NO_MEMORY;

	query_add_i64(q, id * VERSION_PLACES);
	query_add_i64(q, (id + 1) * VERSION_PLACES);
	while (rc == RC_OK && n < VERSION_PLACES &&
	       (rc = query_step(q)) == RC_OK) {
		rc = correction_row(q, a, &v[n]);
		n += rc == RC_OK;
	}
	query_end(q);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	*ret_v = v;
	*ret_n = n;
	return RC_OK;
}

static enum rc notice_row(
    struct query *q, struct arena *a, struct public_notice *ret_notice)
{
	struct public_notice n = {
	    .path = query_copy(q, a, 6),
	    .headline = query_copy(q, a, 7),
	    .lang = query_copy(q, a, 8),
	};
	enum rc rc = correction_row(q, a, &n.correction);

	n.story = n.correction.id / VERSION_PLACES;
	if (rc == RC_OK && (!n.path.p || !n.headline.p || !n.lang.p))
		rc = RC_NO_MEMORY;
	if (rc == RC_OK)
		*ret_notice = n;
	return rc;
}

static enum rc notices(struct public_db *db, struct arena *a,
    struct public_key after, bool newer, size_t limit, struct public_notice *v,
    size_t *ret_n)
{
	struct query *q =
	    newer ? store_query(db->db,
			SQL("SELECT c.id, c.at_us, c.date, c.change, c.place,"
			    " c.text, s.path, s.headline, s.lang"
			    " FROM correction c JOIN story s"
			    " ON s.id = c.id / 1024"
			    " WHERE (c.at_us, c.id) > (?1, ?2)"
			    " ORDER BY c.at_us, c.id LIMIT ?3"))
		  : store_query(db->db,
			SQL("SELECT c.id, c.at_us, c.date, c.change, c.place,"
			    " c.text, s.path, s.headline, s.lang"
			    " FROM correction c JOIN story s"
			    " ON s.id = c.id / 1024"
			    " WHERE (c.at_us, c.id) < (?1, ?2)"
			    " ORDER BY c.at_us DESC, c.id DESC LIMIT ?3"));
	size_t n = 0;
	enum rc rc = RC_OK;

	query_add_i64(q, after.published_us);
	query_add_i64(q, after.id);
	query_add_i64(q, (int64_t)limit);
	while (n < limit && (rc = query_step(q)) == RC_OK) {
		rc = notice_row(q, a, &v[n]);
		if (rc != RC_OK)
			break;
		n++;
	}
	query_end(q);
	*ret_n = n;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc public_notices(struct public_db *db, struct arena *a,
    struct public_key after, bool newer, size_t limit,
    struct public_notice **ret_v, size_t *ret_n)
{
	struct public_notice *v;
	size_t n = 0;
	enum rc rc = public_begin(db);

	limit = limit > NOTICES_MOST ? NOTICES_MOST : limit;
	v = ARENA_ARRAY(a, struct public_notice, limit);
	if (rc == RC_OK)
		rc = v ? notices(db, a, after, newer, limit, v, &n)
		       : RC_NO_MEMORY;
	rc = public_end(db, rc);
	if (rc == RC_OK) {
		*ret_v = v;
		*ret_n = n;
	}
	return rc;
}

static enum rc version_row(
    struct query *q, struct arena *a, struct public_version *ret_version)
{
	struct public_version v = {
	    .number = query_i64(q, 0),
	    .change = (enum paper_change)query_i64(q, 1),
	    .at = {query_i64(q, 2)},
	    .is_taken = query_i64(q, 3) != 0,
	};
	struct str *texts[] = {
	    &v.headline, &v.kicker, &v.standfirst, &v.dateline, &v.lang};

	for (int i = 0; i < 5; i++) {
		*texts[i] = query_copy(q, a, 4 + i);
		if (!texts[i]->p)
			return RC_NO_MEMORY;
	}
	if (v.change < PAPER_FIRST || v.change > PAPER_TYPO)
		v.change = PAPER_UPDATE;
	*ret_version = v;
	return RC_OK;
}

enum rc public_versions(struct public_db *db, struct arena *a, int64_t id,
    size_t limit, struct public_version **ret_v, size_t *ret_n)
{
	struct public_version *v;
	struct query *q;
	size_t n = 0;
	enum rc rc = RC_OK;

	limit = limit > VERSIONS_MOST ? VERSIONS_MOST : limit;
	v = ARENA_ARRAY(a, struct public_version, limit);
	if (!v)
		return RC_NO_MEMORY;
	q = store_query(db->db,
	    SQL("SELECT number, change, at_us, is_taken, headline, kicker,"
		" standfirst, dateline, lang FROM version WHERE story = ?1"
		" ORDER BY number DESC LIMIT ?2"));
	query_add_i64(q, id);
	query_add_i64(q, (int64_t)limit);
	while (n < limit && (rc = query_step(q)) == RC_OK) {
		rc = version_row(q, a, &v[n]);
		if (rc != RC_OK)
			break;
		n++;
	}
	query_end(q);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	*ret_v = v;
	*ret_n = n;
	return RC_OK;
}

/* Words of pictures as paper/library_priv.h packs them. */
static enum rc version_pictures(
    struct arena *a, struct str packed, struct public_version *v)
{
	size_t n = packing_count(packed);
	struct str record;

	v->pictures = ARENA_ARRAY(a, struct public_picture, n);
	if (!v->pictures)
		return RC_NO_MEMORY;
	while (v->pictures_n < n && packing_take(&packed, &record)) {
		struct public_picture *p = &v->pictures[v->pictures_n++];

		*p = (struct public_picture){0};
		p->stem = packing_take_field(&record);
		p->caption = packing_take_field(&record);
		p->credit = packing_take_field(&record);
		p->alt = packing_take_field(&record);
		p->rights = packing_take_field(&record);
	}
	return RC_OK;
}

enum rc public_version(struct public_db *db, struct arena *a, int64_t id,
    int64_t number, struct public_version *ret_version)
{
	struct public_version v;
	struct str picture = STR_NONE;
	struct query *q = store_query(db->db,
	    SQL("SELECT number, change, at_us, is_taken, headline, kicker,"
		" standfirst, dateline, lang, picture, body, pictures"
		" FROM version"
		" WHERE story = ?1 AND number = ?2"));
	enum rc rc;

	query_add_i64(q, id);
	query_add_i64(q, number);
	rc = query_step(q);
	if (rc == RC_OK)
		rc = version_row(q, a, &v);
	if (rc == RC_OK) {
		picture = query_copy(q, a, 9);
		v.body = query_copy(q, a, 10);
		rc = picture.p && v.body.p ? RC_OK : RC_NO_MEMORY;
	}
	if (rc == RC_OK) {
		struct str packed = query_copy(q, a, 11);

		rc = packed.p ? version_pictures(a, packed, &v) : RC_NO_MEMORY;
	}
	query_end(q);
	if (rc != RC_OK)
		return rc;
	v.picture = packing_to_picture(picture);
	*ret_version = v;
	return RC_OK;
}

enum rc public_hold(struct public_db *db)
{
	return public_begin(db);
}

void public_let_go(struct public_db *db)
{
	(void)!public_end(db, RC_OK);
}

enum rc public_told(struct public_db *db, struct str tag, int64_t *ret_at_s)
{
	struct query *q =
	    store_query(db->db, SQL("SELECT at_s FROM told WHERE tag = ?1"));
	int64_t at_s = 0;
	enum rc rc;

	query_add_str(q, tag);
	rc = query_one(q, &at_s);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	*ret_at_s = at_s;
	return RC_OK;
}

enum rc public_is_filling(struct public_db *db, bool *ret_is_filling)
{
	int64_t count = 0;
	enum rc rc = query_one(
	    store_query(db->db, SQL("SELECT count(*) FROM meta"
				    " WHERE key = 'filling' AND value = '1'")),
	    &count);

	if (rc == RC_OK)
		*ret_is_filling = count > 0;
	return rc;
}

enum rc public_made_by(
    struct public_db *db, struct arena *a, struct str *ret_text)
{
	*ret_text = STR("");
	return public_meta(db, a, STR("made_by"), ret_text);
}
