/* SPDX-License-Identifier: MIT
 *
 * What stands beside and above: in a list for the page before and for the
 * number of a page, days, and the names of all lists; see public.h. Nothing
 * but indexes is read, and of them no more than the caller asks for.
 */
#include "paper/public.h"

#include "base/arena.h"
#include "paper/edition.h"
#include "paper/public_priv.h"
#include "paper/term.h"

static enum rc run_count(struct query *q, uint64_t *ret_count)
{
	int64_t count = 0;
	enum rc rc = query_one(q, &count);

	*ret_count = (uint64_t)count;
	return rc;
}

/* RC_OK with *RET_HAS false where Q gives no row. */
static enum rc run_key(
    struct query *q, struct public_key *ret_key, bool *ret_has)
{
	enum rc rc = query_step(q);

	*ret_has = rc == RC_OK;
	if (rc == RC_OK)
		*ret_key =
		    (struct public_key){query_i64(q, 0), query_i64(q, 1)};
	query_end(q);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc read_above(struct public_db *db, int64_t list,
    struct public_key key, uint32_t step, uint32_t most,
    struct public_above *ret_above)
{
	struct public_above above = {0};
	struct query *q = store_query(
	    db->db, SQL("SELECT count(*) FROM (SELECT 1 FROM listing"
			" WHERE list = ?1"
			" AND (published_us, id) > (?2, ?3)"
			" LIMIT ?4)"));
	enum rc rc;

	query_add_i64(q, list);
	query_add_i64(q, key.published_us);
	query_add_i64(q, key.id);
	query_add_i64(q, most);
	rc = run_count(q, &above.count);
	if (rc != RC_OK)
		return rc;
	q = store_query(
	    db->db, SQL("SELECT published_us, id FROM listing WHERE list = ?1"
			" AND (published_us, id) > (?2, ?3)"
			" ORDER BY published_us, id LIMIT 1 OFFSET ?4"));
	query_add_i64(q, list);
	query_add_i64(q, key.published_us);
	query_add_i64(q, key.id);
	query_add_i64(q, step - 1);
	rc = run_key(q, &above.step, &above.has_step);
	if (rc == RC_OK)
		*ret_above = above;
	return rc;
}

enum rc public_list_above(struct public_db *db, enum public_list list,
    struct str slug, struct public_key key, uint32_t step, uint32_t most,
    struct public_above *ret_above)
{
	int64_t id = EDITION_ALL;
	enum rc rc = public_begin(db);

	if (rc == RC_OK && list != PUBLIC_ALL)
		rc = public_term(db, list, slug, &id);
	if (rc == RC_OK)
		rc = read_above(db, id, key, step, most, ret_above);
	return public_end(db, rc);
}

enum rc public_day_above(struct public_db *db, struct civil day,
    struct public_key key, uint32_t step, uint32_t most,
    struct public_above *ret_above)
{
	enum rc rc = public_begin(db);

	if (rc == RC_OK)
		rc = read_above(db,
		    edition_day_list(day.year, day.month, day.day), key, step,
		    most, ret_above);
	return public_end(db, rc);
}

enum rc public_notices_above(struct public_db *db, struct public_key key,
    uint32_t step, uint32_t most, struct public_above *ret_above)
{
	struct public_above above = {0};
	struct query *q = store_query(
	    db->db, SQL("SELECT count(*) FROM (SELECT 1 FROM correction"
			" WHERE (at_us, id) > (?1, ?2) LIMIT ?3)"));
	enum rc rc;

	query_add_i64(q, key.published_us);
	query_add_i64(q, key.id);
	query_add_i64(q, most);
	rc = run_count(q, &above.count);
	if (rc != RC_OK)
		return rc;
	q = store_query(db->db,
	    SQL("SELECT at_us, id FROM correction WHERE (at_us, id) > (?1, ?2)"
		" ORDER BY at_us, id LIMIT 1 OFFSET ?3"));
	query_add_i64(q, key.published_us);
	query_add_i64(q, key.id);
	query_add_i64(q, step - 1);
	rc = run_key(q, &above.step, &above.has_step);
	if (rc == RC_OK)
		*ret_above = above;
	return rc;
}

enum rc public_day_beside(
    struct public_db *db, struct civil day, bool newer, struct civil *ret_day)
{
	struct query *q = store_query(db->db,
	    newer ? SQL("SELECT year, month, day FROM calendar WHERE level = 2"
			" AND (year, month, day) > (?1, ?2, ?3)"
			" AND stories > 0 ORDER BY year, month, day LIMIT 1")
		  : SQL("SELECT year, month, day FROM calendar WHERE level = 2"
			" AND (year, month, day) < (?1, ?2, ?3)"
			" AND stories > 0"
			" ORDER BY year DESC, month DESC, day DESC LIMIT 1"));
	int64_t year = 0, month = 0, date = 0;
	enum rc rc;

	query_add_i64(q, day.year);
	query_add_i64(q, day.month);
	query_add_i64(q, day.day);
	rc = query_step(q);
	if (rc == RC_OK) {
		year = query_i64(q, 0);
		month = query_i64(q, 1);
		date = query_i64(q, 2);
	}
	query_end(q);
	if (rc != RC_OK)
		return rc;
	/* Only what is a date of the calendar: pages are made of it. */
	if (year < 1 || year > 9999 || month < 1 || month > 12 || date < 1 ||
	    date > civil_month_days((int32_t)year, (unsigned)month))
		return RC_NOT_FOUND;
	*ret_day = civil_at(civil_instant((struct civil){.year = (int32_t)year,
				.month = (uint8_t)month,
				.day = (uint8_t)date}),
	    0);
	return RC_OK;
}

static enum rc read_addresses(struct query *q, struct arena *a, size_t limit,
    struct public_address *v, size_t *ret_n)
{
	size_t n = 0;
	enum rc rc = RC_OK;

	while (n < limit && (rc = query_step(q)) == RC_OK) {
		v[n].path = query_copy(q, a, 0);
		v[n].changed.us = query_i64(q, 1);
		if (!v[n++].path.p) {
			rc = RC_NO_MEMORY;
			break;
		}
	}
	query_end(q);
	*ret_n = n;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc public_day_addresses(struct public_db *db, struct arena *a,
    int32_t year, uint8_t month, uint8_t day, uint64_t skip, size_t limit,
    struct public_address **ret_v, size_t *ret_n)
{
	struct public_address *v = ARENA_ARRAY(a, struct public_address, limit);
	struct query *q;
	size_t n = 0;
	enum rc rc;

	if (!v)
		return RC_NO_MEMORY;
	q = store_query(
	    db->db, SQL("SELECT story.path, coalesce(story.updated_us,"
			" story.published_us) FROM (SELECT id FROM listing"
			" WHERE list = ?1 ORDER BY published_us DESC, id DESC"
			" LIMIT ?2 OFFSET ?3) AS place"
			" CROSS JOIN story ON story.id = place.id"));
	query_add_i64(q, edition_day_list(year, month, day));
	query_add_i64(q, (int64_t)limit);
	query_add_i64(q, (int64_t)skip);
	rc = read_addresses(q, a, limit, v, &n);
	if (rc != RC_OK)
		return rc;
	*ret_v = v;
	*ret_n = n;
	return RC_OK;
}

enum rc public_terms(struct public_db *db, struct arena *a, size_t limit,
    struct public_term **ret_v, size_t *ret_n)
{
	static const enum public_list lists[] = {
	    [TERM_SECTION] = PUBLIC_SECTION,
	    [TERM_PERSON] = PUBLIC_PERSON,
	    [TERM_TAG] = PUBLIC_TAG,
	};
	struct public_term *v = ARENA_ARRAY(a, struct public_term, limit);
	struct query *q = store_query(
	    db->db, SQL("SELECT kind, slug FROM term WHERE kind >= 1"
			" ORDER BY kind, slug LIMIT ?1"));
	size_t n = 0;
	enum rc rc = v ? RC_OK : RC_NO_MEMORY;

	query_add_i64(q, (int64_t)limit);
	while (rc == RC_OK && n < limit && (rc = query_step(q)) == RC_OK) {
		int64_t kind = query_i64(q, 0);

		if (kind > TERM_TAG)
			continue;
		v[n].list = lists[kind];
		v[n].slug = query_copy(q, a, 1);
		rc = v[n++].slug.p ? RC_OK : RC_NO_MEMORY;
	}
	query_end(q);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	*ret_v = v;
	*ret_n = n;
	return RC_OK;
}
