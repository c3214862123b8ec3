/* SPDX-License-Identifier: MIT
 *
 * The front page by hand and redirects in public.db; see public.h.
 */
#include "base/arena.h"
#include "paper/front.h"
#include "paper/paper_priv.h"
#include "paper/public_priv.h"

/* Who stands where, without what has ended. */
struct placed {
	int64_t ids[PAPER_PLACED_MOST];
	enum paper_slot slots[PAPER_PLACED_MOST];
	size_t n;
};

static bool has_ended(
    struct instant until, struct instant now, struct instant *next)
{
	if (until.us <= now.us)
		return true;
	if (until.us < next->us)
		*next = until;
	return false;
}

static enum rc read_placed(struct public_db *db, struct instant now,
    struct placed *placed, struct instant *next)
{
	struct query *q =
	    store_query(db->db, SQL("SELECT slot, story, until_us FROM front"
				    " ORDER BY slot, position"));
	enum rc rc = RC_OK;

	while (placed->n < PAPER_PLACED_MOST && (rc = query_step(q)) == RC_OK) {
		if (has_ended(query_instant(q, 2), now, next))
			continue;
		placed->slots[placed->n] = (enum paper_slot)query_i64(q, 0);
		placed->ids[placed->n++] = query_i64(q, 1);
	}
	query_end(q);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc read_banner(struct public_db *db, struct arena *a,
    struct instant now, struct public_front *front)
{
	struct query *q = store_query(db->db,
	    SQL("SELECT banner.text, coalesce(story.path, ''), banner.story,"
		" banner.until_us FROM banner LEFT JOIN story"
		" ON story.id = banner.story"));
	enum rc rc = query_step(q);

	if (rc == RC_OK && !has_ended(query_instant(q, 3), now, &front->next)) {
		front->banner = query_copy(q, a, 0);
		front->banner_path = query_copy(q, a, 1);
		front->banner_story = query_i64(q, 2);
		if (!front->banner.p || !front->banner_path.p)
			rc = RC_NO_MEMORY;
	}
	query_end(q);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* Counts those that are published by their slots. */
static void count_slots(
    const struct placed *placed, size_t n, struct public_front *front)
{
	size_t at = 0;

	for (size_t i = 0; i < placed->n && at < n; i++) {
		if (placed->ids[i] != front->v[at].id)
			continue;
		front->leads += placed->slots[i] == PAPER_LEAD;
		front->seconds += placed->slots[i] == PAPER_SECOND;
		front->briefs += placed->slots[i] == PAPER_BRIEF;
		at++;
	}
}

static void take_plan(const struct paper_placed *plan, size_t n,
    struct instant now, struct placed *placed, struct instant *next)
{
	for (size_t i = 0; i < n && placed->n < PAPER_PLACED_MOST; i++) {
		if (has_ended(plan[i].until, now, next))
			continue;
		placed->slots[placed->n] = plan[i].slot;
		placed->ids[placed->n++] = plan[i].story;
	}
}

/* PLAN NULL: as it is arranged. */
static enum rc read_front(struct public_db *db, struct arena *a,
    struct instant now, const struct paper_placed *plan, size_t plan_n,
    struct public_front *ret_front)
{
	struct public_front front = {.next = INSTANT_NEVER};
	struct placed placed = {.n = 0};
	size_t n = 0;
	enum rc rc = public_begin(db);

	if (rc == RC_OK && plan)
		take_plan(plan, plan_n, now, &placed, &front.next);
	else if (rc == RC_OK)
		rc = read_placed(db, now, &placed, &front.next);
	if (rc == RC_OK)
		rc = read_banner(db, a, now, &front);
	if (rc == RC_OK)
		rc = public_load(
		    db, a, placed.ids, placed.n, false, &front.v, &n);
	rc = public_end(db, rc);
	if (rc != RC_OK)
		return rc;
	count_slots(&placed, n, &front);
	*ret_front = front;
	return RC_OK;
}

enum rc public_front(struct public_db *db, struct arena *a, struct instant now,
    struct public_front *ret_front)
{
	return read_front(db, a, now, NULL, 0, ret_front);
}

enum rc public_front_planned(struct public_db *db, struct arena *a,
    struct instant now, const struct paper_placed *plan, size_t plan_n,
    struct public_front *ret_front)
{
	return read_front(db, a, now, plan, plan_n, ret_front);
}

enum rc public_redirect(
    struct public_db *db, struct arena *a, struct str path, struct str *ret_to)
{
	struct query *q = store_query(
	    db->db, SQL("SELECT CASE redirect.story WHEN 0 THEN redirect.target"
			" ELSE coalesce(story.path, '') END FROM redirect"
			" LEFT JOIN story ON story.id = redirect.story"
			" WHERE redirect.path = ?1"));
	struct str to = STR_NONE;
	enum rc rc;

	query_add_str(q, path);
	rc = query_step(q);
	if (rc == RC_OK) {
		to = query_copy(q, a, 0);
		rc = to.p ? RC_OK : RC_NO_MEMORY;
	}
	query_end(q);
	if (rc == RC_INVALID || (rc == RC_OK && to.n == 0))
		return RC_NOT_FOUND;
	if (rc == RC_OK)
		*ret_to = to;
	return rc;
}
