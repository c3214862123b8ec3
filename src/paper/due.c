/* SPDX-License-Identifier: MIT
 *
 * Stories whose time has come; see paper.h.
 */
#include "paper/paper_priv.h"

enum { DUE_AT_ONCE = 100 };

/* The story that is due first. RC_NOT_FOUND: none is scheduled. */
static enum rc story_first_due(
    struct paper *paper, int64_t *ret_id, struct instant *ret_due)
{
	struct query *q = store_query(paper->db,
	    SQL("SELECT id, due_us FROM story WHERE due_us IS NOT NULL"
		" ORDER BY due_us LIMIT 1"));
	enum rc rc = query_step(q);

	if (rc == RC_OK) {
		*ret_id = query_i64(q, 0);
		ret_due->us = query_i64(q, 1);
	}
	query_end(q);
	return rc;
}

static enum rc story_publish_due(struct paper *paper, struct instant now,
    size_t *ret_count, struct instant *ret_next)
{
	struct instant due = INSTANT_NEVER;
	size_t count = 0;
	int64_t id = 0;
	enum rc rc;

	while ((rc = story_first_due(paper, &id, &due)) == RC_OK) {
		struct story_row row;

		if (due.us > now.us || count == DUE_AT_ONCE)
			break;
		rc = story_load(paper, id, &row);
		if (rc == RC_OK)
			rc = story_set_due(
			    paper, &row, row.due_revision, due, now);
		if (rc != RC_OK)
			return rc;
		count++;
	}
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	*ret_next = rc == RC_NOT_FOUND ? INSTANT_NEVER
		    : due.us > now.us  ? due
				       : now;
	*ret_count = count;
	return RC_OK;
}

enum rc paper_due(struct paper *paper, struct instant now, size_t *ret_count,
    struct instant *ret_next, struct err *err)
{
	struct instant next = INSTANT_NEVER;
	size_t count = 0;
	int64_t id;
	enum rc rc;

	/* Mostly nothing is due: then nothing is written. */
	rc = story_first_due(paper, &id, &next);
	if (rc == RC_NOT_FOUND || (rc == RC_OK && next.us > now.us)) {
		*ret_count = 0;
		*ret_next = rc == RC_OK ? next : INSTANT_NEVER;
		return RC_OK;
	}
	if (rc != RC_OK)
		return store_fail(paper->db, rc, "looking what is due", err);
	rc = paper_begin(paper, err);
	if (rc != RC_OK)
		return rc;
	rc = story_publish_due(paper, now, &count, &next);
	rc = paper_end(paper, rc, "publishing what is due", err);
	if (rc == RC_OK) {
		*ret_count = count;
		*ret_next = next;
	}
	return rc;
}
