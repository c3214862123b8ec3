/* SPDX-License-Identifier: MIT
 *
 * What follows from changed words of a picture: files that are owed, and whose
 * stories they change; see library.h.
 */
#include "base/arena.h"
#include "paper/library_priv.h"
#include "paper/workflow.h"

enum { STORIES_MOST = 1000 };

/* --- files that are owed --- */

enum rc library_note_owed(struct paper *paper, int64_t id, int64_t staff)
{
	struct query *q = store_query(paper->db,
	    SQL("INSERT INTO picture_owed (picture, staff) VALUES (?1, ?2)"
		" ON CONFLICT (picture) DO UPDATE SET staff ="
		" excluded.staff"));

	query_add_i64(q, id);
	query_add_i64(q, staff);
	return query_run(q, NULL);
}

enum rc library_owe(
    struct paper *paper, int64_t id, int64_t staff, struct err *err)
{
	struct library_picture p;
	enum rc rc = paper_begin(paper, err);

	if (rc != RC_OK)
		return rc;
	rc = library_get(paper, paper->scratch, id, &p, err);
	if (rc == RC_OK)
		rc = library_note_owed(paper, id, staff);
	return paper_end(paper, rc, "owing a picture's files", err);
}

static enum rc settle(struct paper *paper, const struct library_picture *p)
{
	struct query *q = store_query(
	    paper->db, SQL("DELETE FROM picture_owed WHERE picture = ?1"
			   " AND EXISTS (SELECT 1 FROM picture WHERE id = ?1"
			   " AND revision = ?2)"));

	query_add_i64(q, p->id);
	query_add_i64(q, p->revision);
	return query_run(q, NULL);
}

/* Readers' pages name the files that there are; and what is kept of those that
 * were, with the old words, is dropped. */
static enum rc note_files(struct paper *paper, const struct library_picture *p)
{
	struct str files = library_pack_files(paper->scratch, &p->files);
	struct query *q;
	enum rc rc;

	if (!files.p)
		return RC_NO_MEMORY;
	q = store_query(
	    paper->db, SQL("UPDATE picture SET files = ?2 WHERE id = ?1"));
	query_add_i64(q, p->id);
	query_add_str(q, files);
	rc = query_run(q, NULL);
	return rc == RC_OK ? outbox_add(paper, OUTBOX_PICTURE, p->id, 0) : rc;
}

enum rc library_paid(
    struct paper *paper, const struct library_picture *picture, struct err *err)
{
	enum rc rc = paper_begin(paper, err);

	if (rc != RC_OK)
		return rc;
	rc = settle(paper, picture);
	if (rc == RC_OK)
		rc = note_files(paper, picture);
	return paper_end(paper, rc, "noting a picture's files", err);
}

enum rc library_is_owed(
    struct paper *paper, int64_t id, bool *ret_is_owed, struct err *err)
{
	struct query *q = store_query(
	    paper->db, SQL("SELECT EXISTS (SELECT 1 FROM picture_owed"
			   " WHERE picture = ?1)"));
	int64_t is_owed = 0;
	enum rc rc;

	query_add_i64(q, id);
	rc = query_one(q, &is_owed);
	if (rc != RC_OK)
		return store_fail(paper->db, rc, "reading a picture", err);
	*ret_is_owed = is_owed != 0;
	return RC_OK;
}

enum rc library_debts(struct paper *paper, struct arena *a, int64_t after,
    size_t limit, struct library_debt **ret_v, size_t *ret_n, struct err *err)
{
	struct library_debt *v = ARENA_ARRAY(a, struct library_debt, limit);
	struct query *q = store_query(
	    paper->db, SQL("SELECT picture, staff FROM picture_owed"
			   " WHERE picture > ?1 ORDER BY picture LIMIT ?2"));
	size_t n = 0;
	enum rc rc = v ? RC_OK : RC_NO_MEMORY;

	query_add_i64(q, after);
	query_add_i64(q, (int64_t)limit);
	while (rc == RC_OK && n < limit && (rc = query_step(q)) == RC_OK) {
		v[n].picture = query_i64(q, 0);
		v[n++].staff = query_i64(q, 1);
	}
	query_end(q);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return store_fail(
		    paper->db, rc, "looking for files that are owed", err);
	*ret_v = v;
	*ret_n = n;
	return RC_OK;
}

/* --- stories that have yet to appear --- */

struct stories {
	int64_t *v;
	size_t n;
};

static enum rc list_stories(struct query *q, struct stories *stories)
{
	enum rc rc = RC_OK;

	while (stories->n < STORIES_MOST && (rc = query_step(q)) == RC_OK)
		stories->v[stories->n++] = query_i64(q, 0);
	query_end(q);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* Of those whose text that will appear is an earlier one, the ones that have
 * STEM in it. */
static enum rc add_fixed(
    struct paper *paper, struct str stem, struct stories *stories)
{
	struct query *q = store_query(paper->db,
	    SQL("SELECT id, due_revision FROM story WHERE status = ?1"
		" AND due_us IS NOT NULL AND due_revision <> 0"
		" AND due_revision <> revision"));
	enum rc rc = RC_OK;

	query_add_i64(q, PAPER_SCHEDULED);
	while (stories->n < STORIES_MOST && (rc = query_step(q)) == RC_OK) {
		struct fields f;
		int64_t previous;

		arena_reset(paper->scratch);
		rc = story_fields(
		    paper, paper->scratch, query_i64(q, 1), &f, &previous);
		if (rc != RC_OK)
			break;
		if (library_is_in_fields(&f, stem))
			stories->v[stories->n++] = query_i64(q, 0);
	}
	query_end(q);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc library_waits_in(struct paper *paper, struct arena *a,
    const struct library_picture *p, int64_t **ret_stories, size_t *ret_n,
    struct err *err)
{
	struct stories stories = {ARENA_ARRAY(a, int64_t, STORIES_MOST), 0};
	struct query *q;
	enum rc rc = stories.v ? RC_OK : RC_NO_MEMORY;

	if (rc == RC_OK) {
		q = store_query(
		    paper->db, SQL("SELECT u.story FROM picture_use u JOIN"
				   " story ON story.id = u.story"
				   " WHERE u.picture = ?1 AND status = ?2"));
		query_add_i64(q, p->id);
		query_add_i64(q, PAPER_SCHEDULED);
		rc = list_stories(q, &stories);
	}
	if (rc == RC_OK)
		rc = add_fixed(paper, p->stem, &stories);
	if (rc != RC_OK)
		return store_fail(paper->db, rc, "looking for stories", err);
	*ret_stories = stories.v;
	*ret_n = stories.n;
	return RC_OK;
}

enum rc library_approved_in(struct paper *paper, struct arena *a,
    const struct library_picture *p, int64_t **ret_stories, size_t *ret_n,
    struct err *err)
{
	struct stories stories = {ARENA_ARRAY(a, int64_t, STORIES_MOST), 0};
	struct query *q;
	enum rc rc = stories.v ? RC_OK : RC_NO_MEMORY;

	if (rc == RC_OK) {
		q = store_query(paper->db,
		    SQL("SELECT u.story FROM picture_use u JOIN story"
			" ON story.id = u.story WHERE u.picture = ?1"
			" AND NOT (story.status = ?2 AND story.shown = 0)"
			" AND EXISTS (SELECT 1 FROM step s"
			" WHERE s.story = u.story AND s.revision ="
			" story.revision AND s.kind = 3 AND NOT EXISTS"
			" (SELECT 1 FROM step taken WHERE taken.story ="
			" s.story AND taken.revision = s.revision"
			" AND taken.kind = 0 AND taken.note = s.who"
			" AND taken.id > s.id))"));
		query_add_i64(q, p->id);
		query_add_i64(q, PAPER_PUBLISHED);
		rc = list_stories(q, &stories);
	}
	if (rc != RC_OK)
		return store_fail(paper->db, rc, "looking for stories", err);
	*ret_stories = stories.v;
	*ret_n = stories.n;
	return RC_OK;
}
