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
    struct instant until, struct instant now, struct public_front *front)
{
	if (until.us <= now.us) {
		if (until.us > front->last.us)
			front->last = until;
		return true;
	}
	if (until.us < front->next.us)
		front->next = until;
	return false;
}

static enum rc read_placed(struct public_db *db, struct instant now,
    struct placed *placed, struct public_front *front)
{
	struct query *q =
	    store_query(db->db, SQL("SELECT slot, story, until_us FROM front"
				    " ORDER BY slot, position"));
	enum rc rc = RC_OK;

	while (placed->n < PAPER_PLACED_MOST && (rc = query_step(q)) == RC_OK) {
		if (has_ended(query_instant(q, 2), now, front))
			continue;
		placed->slots[placed->n] = (enum paper_slot)query_i64(q, 0);
		placed->ids[placed->n++] = query_i64(q, 1);
	}
	query_end(q);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* The banner, whether it has ended or not; everywhere: only one that stands on
 * all pages. */
static enum rc load_banner(struct public_db *db, struct arena *a,
    bool everywhere, struct public_banner *ret_banner)
{
	struct public_banner banner = {
	    .text = STR(""), .path = STR(""), .until = INSTANT_NEVER};
	struct query *q = store_query(db->db,
	    SQL("SELECT banner.text, coalesce(story.path, ''), banner.story,"
		" banner.until_us FROM banner LEFT JOIN story"
		" ON story.id = banner.story"
		" WHERE banner.is_everywhere >= ?1"));
	enum rc rc;

	query_add_i64(q, everywhere);
	rc = query_step(q);
	if (rc == RC_OK) {
		banner.text = query_copy(q, a, 0);
		banner.path = query_copy(q, a, 1);
		banner.story = query_i64(q, 2);
		banner.until = query_instant(q, 3);
		if (!banner.text.p || !banner.path.p)
			rc = RC_NO_MEMORY;
	}
	query_end(q);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	*ret_banner = banner;
	return RC_OK;
}

enum rc public_banner(
    struct public_db *db, struct arena *a, struct public_banner *ret_banner)
{
	return load_banner(db, a, true, ret_banner);
}

/* Where a planned banner leads. */
static enum rc planned_banner(struct public_db *db, struct arena *a,
    const struct paper_banner *plan, struct public_banner *ret_banner)
{
	struct public_banner banner = {.text = plan->text,
	    .path = STR(""),
	    .story = plan->story,
	    .until = plan->until};
	struct query *q =
	    store_query(db->db, SQL("SELECT path FROM story WHERE id = ?1"));
	enum rc rc;

	query_add_i64(q, plan->story);
	rc = query_step(q);
	if (rc == RC_OK) {
		banner.path = query_copy(q, a, 0);
		rc = banner.path.p ? RC_OK : RC_NO_MEMORY;
	}
	query_end(q);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	*ret_banner = banner;
	return RC_OK;
}

static void use_banner(const struct public_banner *banner, struct instant now,
    struct public_front *front)
{
	if (banner->text.n == 0 || has_ended(banner->until, now, front))
		return;
	front->banner = banner->text;
	front->banner_path = banner->path;
	front->banner_story = banner->story;
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
    struct instant now, struct placed *placed, struct public_front *front)
{
	for (size_t i = 0; i < n && placed->n < PAPER_PLACED_MOST; i++) {
		if (has_ended(plan[i].until, now, front))
			continue;
		placed->slots[placed->n] = plan[i].slot;
		placed->ids[placed->n++] = plan[i].story;
	}
}

/* PLAN NULL: as it is arranged. */
static enum rc read_front(struct public_db *db, struct arena *a,
    struct instant now, const struct paper_front *plan,
    struct public_front *ret_front)
{
	struct public_front front = {.next = INSTANT_NEVER};
	struct public_banner banner = {.text = STR("")};
	struct placed placed = {.n = 0};
	size_t n = 0;
	enum rc rc = public_begin(db);

	if (rc == RC_OK && plan)
		take_plan(plan->v, plan->n, now, &placed, &front);
	else if (rc == RC_OK)
		rc = read_placed(db, now, &placed, &front);
	if (rc == RC_OK)
		rc = plan ? planned_banner(db, a, &plan->banner, &banner)
			  : load_banner(db, a, false, &banner);
	if (rc == RC_OK)
		use_banner(&banner, now, &front);
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
	return read_front(db, a, now, NULL, ret_front);
}

enum rc public_front_planned(struct public_db *db, struct arena *a,
    struct instant now, const struct paper_front *plan,
    struct public_front *ret_front)
{
	return read_front(db, a, now, plan, ret_front);
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
