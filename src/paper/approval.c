/* SPDX-License-Identifier: MIT
 *
 * Approvals; see approval.h.
 *
 * From a revision one walks back: to the one that it was saved over, and to
 * what else went into it, which is what the other typed whose work was merged,
 * or what was restored. The walk ends where readers have had the text, or where
 * somebody else than its saver has approved it: whatever lies behind that has
 * been looked at. All who saved on the way have written something of it, but
 * for who moved it into another section (section.h).
 */
#include "paper/approval.h"

#include "base/arena.h"
#include "paper/paper_priv.h"
#include "paper/workflow.h"

/* The step S, an approval, was taken back. */
#define TAKEN_BACK                                                             \
	" EXISTS (SELECT 1 FROM step taken"                                    \
	" WHERE taken.story = s.story AND taken.revision = s.revision"         \
	" AND taken.kind = 0 AND taken.note = s.who AND taken.id > s.id)"

static enum rc wrote(struct paper *paper, int64_t id, int64_t revision,
    struct str who, bool *ret_wrote)
{
	struct query *q = store_query(paper->db,
	    SQL("WITH RECURSIVE chain(id, who) AS ("
		"SELECT id, who FROM revision WHERE id = ?2"
		" UNION SELECT r.id, r.who FROM chain"
		" JOIN revision c ON c.id = chain.id"
		" JOIN revision r ON r.id IN (c.previous,"
		" (SELECT side FROM save WHERE save.revision = c.id))"
		" WHERE r.story = ?1 AND r.id NOT IN"
		" (SELECT revision FROM version WHERE story = ?1"
		" UNION SELECT shown FROM story WHERE id = ?1"
		" UNION SELECT s.revision FROM step s"
		" JOIN revision of ON of.id = s.revision"
		" WHERE s.story = ?1 AND (s.kind IN (4, 6) OR (s.kind = 3"
		" AND s.who <> of.who AND NOT" TAKEN_BACK "))))"
		" SELECT count(*) FROM chain WHERE who = ?3 AND id NOT IN"
		" (SELECT revision FROM save WHERE kind = 5)"));
	int64_t count = 0;
	enum rc rc;

	query_add_i64(q, id);
	query_add_i64(q, revision);
	query_add_str(q, who);
	rc = query_one(q, &count);
	if (rc == RC_OK)
		*ret_wrote = count > 0;
	return rc;
}

enum rc paper_has_written(struct paper *paper, int64_t id, int64_t revision,
    struct str who, bool *ret_has, struct err *err)
{
	enum rc rc = wrote(paper, id, revision, who, ret_has);

	return rc == RC_OK
		   ? RC_OK
		   : store_fail(paper->db, rc, "looking who wrote it", err);
}

static enum rc unapprove(
    struct paper *paper, const struct paper_act *act, int64_t revision)
{
	struct query *q = store_query(paper->db,
	    SQL("INSERT INTO step (story, kind, revision, who, note, at_us)"
		" SELECT DISTINCT s.story, 0, s.revision, ?3, s.who, ?4"
		" FROM step s WHERE s.story = ?1 AND s.revision = ?2"
		" AND s.kind = 3 AND NOT" TAKEN_BACK));

	query_add_i64(q, act->id);
	query_add_i64(q, revision);
	query_add_str(q, act->who);
	query_add_i64(q, act->now.us);
	return query_run(q, NULL);
}

enum rc approval_carry(
    struct paper *paper, int64_t id, int64_t from, int64_t to, struct str note)
{
	struct query *q = store_query(paper->db,
	    SQL("INSERT INTO step (story, kind, revision, who, note, at_us)"
		" SELECT s.story, 3, ?3, s.who, ?4, s.at_us"
		" FROM step s WHERE s.story = ?1 AND s.revision = ?2"
		" AND s.kind = 3 AND NOT" TAKEN_BACK " ORDER BY s.id"));

	query_add_i64(q, id);
	query_add_i64(q, from);
	query_add_i64(q, to);
	query_add_str(q, note);
	return query_run(q, NULL);
}

enum rc paper_unapprove(
    struct paper *paper, const struct paper_act *act, struct err *err)
{
	struct story_row row;
	enum rc rc = story_begin(paper, act->id, &row, err);

	if (rc != RC_OK)
		return rc;
	rc = unapprove(paper, act, row.revision);
	return paper_end(paper, rc, "taking approvals back", err);
}

/* The newest approval of REVISION before the step *AT, which becomes its id. */
static enum rc approval_before(struct paper *paper, struct arena *a,
    int64_t revision, int64_t *at, struct str *ret_who)
{
	struct query *q = store_query(
	    paper->db, SQL("SELECT s.id, s.who FROM step s"
			   " JOIN revision ON revision.id = s.revision"
			   " WHERE s.revision = ?1 AND s.story = revision.story"
			   " AND s.kind = 3 AND s.id < ?2 AND NOT" TAKEN_BACK
			   " ORDER BY s.id DESC LIMIT 1"));
	enum rc rc;

	query_add_i64(q, revision);
	query_add_i64(q, *at);
	rc = query_step(q);
	if (rc == RC_OK) {
		*at = query_i64(q, 0);
		*ret_who = query_copy(q, a, 1);
		rc = ret_who->p ? RC_OK : RC_NO_MEMORY;
	}
	query_end(q);
	return rc;
}

enum rc approval_find(struct paper *paper, struct arena *a, int64_t id,
    int64_t revision, bool anybody, struct str *ret_who)
{
	int64_t at = INT64_MAX;
	struct str who;
	enum rc rc;

	while ((rc = approval_before(paper, a, revision, &at, &who)) == RC_OK) {
		bool is_writer = false;

		if (!anybody)
			rc = wrote(paper, id, revision, who, &is_writer);
		if (rc != RC_OK)
			return rc;
		if (!is_writer) {
			*ret_who = who;
			return RC_OK;
		}
	}
	return rc;
}
