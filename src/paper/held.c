/* SPDX-License-Identifier: MIT
 *
 * Stories in which something came up; see held.h. They are rows of "step".
 */
#include "paper/held.h"

#include "base/arena.h"
#include "paper/paper_priv.h"
#include "paper/version.h"

enum rc paper_going(struct paper *paper, struct instant now,
    struct paper_going v[PAPER_GOING_MOST], size_t *ret_n, struct err *err)
{
	struct query *q = store_query(paper->db,
	    SQL("SELECT id, CASE due_revision WHEN 0 THEN revision"
		" ELSE due_revision END, due_us FROM story AS s"
		" WHERE due_us IS NOT NULL AND due_us <= ?1 AND"
		" (SELECT kind FROM step WHERE story = s.id"
		" AND kind NOT IN (0, 3, 8) ORDER BY step.id DESC LIMIT 1) = 5"
		" ORDER BY due_us LIMIT ?2"));
	size_t n = 0;
	enum rc rc = RC_OK;

	query_add_i64(q, now.us);
	query_add_i64(q, PAPER_GOING_MOST);
	while (n < PAPER_GOING_MOST && (rc = query_step(q)) == RC_OK)
		v[n++] = (struct paper_going){
		    .id = query_i64(q, 0),
		    .revision = query_i64(q, 1),
		    .due = {query_i64(q, 2)},
		};
	query_end(q);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return store_fail(paper->db, rc, "looking what is due", err);
	*ret_n = n;
	return RC_OK;
}

static enum rc hold(struct paper *paper, const struct paper_act *act,
    bool is_back, struct story_row *row, struct err *err)
{
	enum rc rc = RC_OK;

	if (row->status != PAPER_SCHEDULED)
		return err_set(err, RC_DENIED, "story %lld is %s",
		    (long long)row->id, paper_status_name(row->status));
	if (is_back) {
		rc = correction_drop(paper, row->id, row->due);
		row->status = story_was_published(row) ? PAPER_WITHDRAWN
						       : PAPER_SUBMITTED;
		row->due = INSTANT_NEVER;
		row->due_revision = 0;
	}
	if (rc == RC_OK && is_back)
		rc = story_update(paper, row);
	if (rc == RC_OK && is_back && story_was_published(row))
		rc = outbox_add(paper, OUTBOX_STORY, row->id, 0);
	return rc == RC_OK ? step_add(paper, act,
				 is_back ? PAPER_STEP_HELD : PAPER_STEP_WARNED,
				 act->revision)
			   : rc;
}

enum rc paper_hold(struct paper *paper, const struct paper_act *act,
    bool is_back, struct err *err)
{
	struct story_row row;
	enum rc rc = story_begin(paper, act->id, &row, err);

	if (rc != RC_OK)
		return rc;
	rc = hold(paper, act, is_back, &row, err);
	return paper_end(paper, rc, "keeping a story back", err);
}

static enum rc held_row(
    struct query *q, struct arena *a, struct paper_held *ret_held)
{
	*ret_held = (struct paper_held){
	    .id = query_i64(q, 0),
	    .headline = query_copy(q, a, 1),
	    .items = query_copy(q, a, 2),
	    .at = {query_i64(q, 3)},
	    .is_back = query_i64(q, 4) == PAPER_STEP_HELD,
	};
	return ret_held->headline.p && ret_held->items.p ? RC_OK : RC_NO_MEMORY;
}

enum rc paper_held(struct paper *paper, struct arena *a,
    struct paper_held **ret_v, size_t *ret_n, struct err *err)
{
	struct paper_held *v =
	    ARENA_ARRAY(a, struct paper_held, PAPER_HELD_MOST);
	struct query *q;
	size_t n = 0;
	enum rc rc = RC_OK;

	if (!v)
		return err_set(err, RC_NO_MEMORY, "no memory for a list");
	q = store_query(paper->db,
	    SQL("SELECT s.id, s.headline, t.note, t.at_us, t.kind"
		" FROM step AS t JOIN story AS s ON s.id = t.story"
		" WHERE t.kind >= 9 AND NOT EXISTS (SELECT 1 FROM step"
		" WHERE story = t.story AND id > t.id AND kind <> 8)"
		" ORDER BY t.id DESC LIMIT ?1"));
	query_add_i64(q, PAPER_HELD_MOST);
	while (n < PAPER_HELD_MOST && (rc = query_step(q)) == RC_OK) {
		rc = held_row(q, a, &v[n]);
		if (rc != RC_OK)
			break;
		n++;
	}
	query_end(q);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return store_fail(
		    paper->db, rc, "reading what was kept back", err);
	*ret_v = v;
	*ret_n = n;
	return RC_OK;
}
