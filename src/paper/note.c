/* SPDX-License-Identifier: MIT
 *
 * Notes in the margin; see note.h.
 */
#include "paper/note.h"

#include "base/arena.h"
#include "paper/paper_priv.h"

static enum rc remark_check(const struct paper_remark *r, struct err *err)
{
	if (str_blank(r->text))
		return err_set(err, RC_INVALID, "there is nothing in the note");
	if (r->text.n > PAPER_NOTE_TEXT_MAX)
		return err_set(err, RC_INVALID, "a note has at most %d bytes",
		    PAPER_NOTE_TEXT_MAX);
	if (r->quote.n > PAPER_NOTE_QUOTE_MAX)
		return err_set(err, RC_INVALID,
		    "a note is about at most %d bytes of the story",
		    PAPER_NOTE_QUOTE_MAX);
	return RC_OK;
}

/* The note that is answered: one of the story's own, and itself no answer. */
static enum rc parent_check(
    struct paper *paper, int64_t story, int64_t id, struct err *err)
{
	struct query *q = store_query(
	    paper->db, SQL("SELECT id FROM note WHERE id = ?1 AND story = ?2"
			   " AND parent = 0"));
	int64_t found;
	enum rc rc;

	query_add_i64(q, id);
	query_add_i64(q, story);
	rc = query_one(q, &found);
	return rc == RC_NOT_FOUND
		   ? err_set(err, rc, "story %lld has no note %lld",
			 (long long)story, (long long)id)
		   : rc;
}

static enum rc room_check(struct paper *paper, int64_t story, struct err *err)
{
	struct query *q = store_query(
	    paper->db, SQL("SELECT count(*) FROM note WHERE story = ?1"));
	int64_t count = 0;
	enum rc rc;

	query_add_i64(q, story);
	rc = query_one(q, &count);
	return rc == RC_OK && count >= PAPER_NOTES_MOST
		   ? err_set(err, RC_LIMIT,
			 "story %lld has %d notes: no more can be kept",
			 (long long)story, PAPER_NOTES_MOST)
		   : rc;
}

static enum rc note_insert(
    struct paper *paper, const struct paper_remark *r, int64_t *ret_id)
{
	bool is_answer = r->parent != 0;
	int64_t id = 0;
	struct query *q;
	enum rc rc =
	    query_one(store_query(paper->db,
			  SQL("SELECT coalesce(max(id), 0) + 1 FROM note")),
		&id);

	if (rc != RC_OK)
		return rc;
	q = store_query(paper->db,
	    SQL("INSERT INTO note (id, story, parent, revision, who, at_us,"
		" quote, place, text, resolved_by) VALUES (?1, ?2, ?3, ?4, ?5,"
		" ?6, ?7, ?8, ?9, '')"));
	query_add_i64(q, id);
	query_add_i64(q, r->story);
	query_add_i64(q, r->parent);
	query_add_i64(q, is_answer ? 0 : r->revision);
	query_add_str(q, r->who);
	query_add_i64(q, r->now.us);
	query_add_str(q, is_answer ? STR("") : r->quote);
	query_add_i64(q, is_answer ? 0 : r->offset);
	query_add_str(q, str_trim(r->text));
	rc = query_run(q, NULL);
	if (rc == RC_OK)
		*ret_id = id;
	return rc;
}

enum rc paper_add_note(struct paper *paper, const struct paper_remark *remark,
    int64_t *ret_id, struct err *err)
{
	struct story_row row;
	int64_t id = 0;
	enum rc rc = remark_check(remark, err);

	if (rc == RC_OK)
		rc = story_begin(paper, remark->story, &row, err);
	if (rc != RC_OK)
		return rc;
	if (remark->parent != 0)
		rc = parent_check(paper, remark->story, remark->parent, err);
	if (rc == RC_OK)
		rc = room_check(paper, remark->story, err);
	if (rc == RC_OK)
		rc = note_insert(paper, remark, &id);
	rc = paper_end(paper, rc, "writing a note", err);
	if (rc == RC_OK && ret_id)
		*ret_id = id;
	return rc;
}

enum rc paper_resolve_note(
    struct paper *paper, const struct paper_resolve *resolve, struct err *err)
{
	struct query *q;
	enum rc rc = paper_begin(paper, err);

	if (rc != RC_OK)
		return rc;
	rc = parent_check(paper, resolve->story, resolve->note, err);
	if (rc == RC_OK) {
		q = store_query(
		    paper->db, SQL("UPDATE note SET resolved_us = ?2,"
				   " resolved_by = ?3 WHERE id = ?1"));
		query_add_i64(q, resolve->note);
		query_add_instant(
		    q, resolve->is_resolved ? resolve->now : INSTANT_NEVER);
		query_add_str(q, resolve->is_resolved ? resolve->who : STR(""));
		rc = query_run(q, NULL);
	}
	return paper_end(paper, rc, "resolving a note", err);
}

static enum rc note_row(
    struct query *q, struct arena *a, struct paper_note *ret_note)
{
	struct paper_note n = {
	    .id = query_i64(q, 0),
	    .parent = query_i64(q, 1),
	    .revision = query_i64(q, 2),
	    .who = query_copy(q, a, 3),
	    .at = {query_i64(q, 4)},
	    .quote = query_copy(q, a, 5),
	    .offset = query_i64(q, 6),
	    .text = query_copy(q, a, 7),
	    .is_resolved = !query_is_null(q, 8),
	    .resolved = query_instant(q, 8),
	    .resolved_by = query_copy(q, a, 9),
	};

	if (!n.who.p || !n.quote.p || !n.text.p || !n.resolved_by.p)
		return RC_NO_MEMORY;
	*ret_note = n;
	return RC_OK;
}

enum rc paper_notes(struct paper *paper, struct arena *a, int64_t story,
    struct paper_note **ret_v, size_t *ret_n, struct err *err)
{
	struct paper_note *v =
	    ARENA_ARRAY(a, struct paper_note, PAPER_NOTES_MOST);
	struct query *q;
	size_t n = 0;
	enum rc rc = RC_OK;

	if (!v)
		return err_set(err, RC_NO_MEMORY, "no memory for a list");
	q = store_query(paper->db,
	    SQL("SELECT id, parent, revision, who, at_us, quote, place, text,"
		" resolved_us, resolved_by FROM note WHERE story = ?1"
		" ORDER BY CASE parent WHEN 0 THEN id ELSE parent END, id"));
	query_add_i64(q, story);
	while (n < PAPER_NOTES_MOST && (rc = query_step(q)) == RC_OK) {
		rc = note_row(q, a, &v[n]);
		if (rc != RC_OK)
			break;
		n++;
	}
	query_end(q);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return store_fail(paper->db, rc, "listing notes", err);
	*ret_v = v;
	*ret_n = n;
	return RC_OK;
}

size_t paper_note_place(const struct paper_note *note, struct str body)
{
	size_t best = body.n;
	size_t best_away = SIZE_MAX;
	size_t want = note->offset > 0 ? (size_t)note->offset : 0;
	size_t from = 0;

	while (note->quote.n > 0 && from < body.n) {
		size_t at =
		    from + str_find_str(str_from(body, from), note->quote);
		size_t away = at > want ? at - want : want - at;

		if (at >= body.n || away >= best_away)
			break;
		best = at;
		best_away = away;
		from = at + 1;
	}
	return best;
}
