/* SPDX-License-Identifier: MIT
 *
 * The stories of a section go to another; see section.h. The walk is over
 * paper.db alone: readers get all of it by one row of the outbox.
 */
#include "paper/section.h"

#include "base/arena.h"
#include "paper/approval.h"
#include "paper/audit.h"
#include "paper/paper_priv.h"
#include "paper/redirect.h"
#include "paper/roster.h"
#include "paper/staff.h"
#include "paper/version.h"
#include "paper/workflow.h"

enum { TEXTS_MOST = 4 }; /* newest, shown, due, last version */

struct moving {
	struct paper *paper;
	const struct section_move *move;
	const struct staff_by *by;
	struct term from, to;
	struct story_row row; /* the story at hand, as it will be */
	/* Its texts that have been moved, and what became of each. */
	int64_t was[TEXTS_MOST], is[TEXTS_MOST];
	size_t n;
};

static enum rc load(
    struct paper *paper, struct arena *a, struct str slug, struct term *ret)
{
	int64_t id = 0;
	enum rc rc = term_find(paper, TERM_SECTION, slug, &id);

	return rc == RC_OK ? term_load(paper, a, id, ret) : rc;
}

/* *REVISION becomes the one that says the new section. */
static enum rc move_text(struct moving *m, int64_t *revision)
{
	struct revision r = {.story = m->row.id,
	    .previous = *revision,
	    .saved = m->by->now,
	    .who = m->move->login,
	    .note = m->move->note,
	    .kind = PAPER_KIND_MOVED,
	    /* Beside the chain of those that were written. */
	    .side = *revision != m->row.revision ? *revision : 0};
	struct fields f;
	int64_t previous, id = 0;
	enum rc rc;

	for (size_t i = 0; i < m->n; i++)
		if (m->was[i] == *revision) {
			*revision = m->is[i];
			return RC_OK;
		}
	rc =
	    story_fields(m->paper, m->paper->scratch, *revision, &f, &previous);
	if (rc != RC_OK)
		return rc;
	f.v[FIELD_SECTION] = m->to.name;
	rc = revision_insert(m->paper, &r, &f, &id);
	if (rc == RC_OK)
		rc = approval_carry(
		    m->paper, m->row.id, *revision, id, m->move->note);
	if (rc != RC_OK)
		return rc;
	m->was[m->n] = *revision;
	m->is[m->n++] = id;
	*revision = id;
	return RC_OK;
}

/* The section of REVISION stands in no row: it is the one that its text names.
 */
static enum rc stands_there(
    struct moving *m, int64_t revision, bool *ret_stands)
{
	struct arena *a = m->paper->scratch;
	struct term term = {0};
	struct fields f;
	int64_t previous;
	enum rc rc = story_fields(m->paper, a, revision, &f, &previous);

	if (rc == RC_OK && !str_blank(f.v[FIELD_SECTION]))
		rc = term_today(m->paper, a, TERM_SECTION, f.v[FIELD_SECTION],
		    f.v[FIELD_LANG], &term);
	if (rc == RC_OK)
		*ret_stands = term.id == m->from.id;
	return rc;
}

static enum rc move_due(struct moving *m)
{
	bool stands = false;
	enum rc rc = RC_OK;

	if (m->row.due_revision == 0)
		return RC_OK;
	rc = stands_there(m, m->row.due_revision, &stands);
	return rc == RC_OK && stands ? move_text(m, &m->row.due_revision) : rc;
}

/* What readers had last: who may publish the story is asked of it, too. */
static enum rc move_version(struct moving *m)
{
	int64_t number = 0, revision = 0;
	bool stands = false;
	enum rc rc = version_last(m->paper, m->row.id, &number, &revision);

	if (rc == RC_NOT_FOUND)
		return RC_OK;
	if (rc == RC_OK)
		rc = stands_there(m, revision, &stands);
	if (rc != RC_OK || !stands)
		return rc;
	rc = move_text(m, &revision);
	return rc == RC_OK
		   ? version_point(m->paper, m->row.id, number, revision)
		   : rc;
}

/* For the record, beside the text that readers had until now: with it ends
 * the walk that asks who wrote what they have not had yet. */
static enum rc note_step(const struct moving *m, int64_t shown)
{
	struct paper_act act = {.id = m->row.id,
	    .who = m->move->login,
	    .note = m->move->note,
	    .now = m->by->now};

	return step_add(m->paper, &act, PAPER_STEP_CHANGED, shown);
}

static enum rc move_shown(struct moving *m)
{
	struct story_row *row = &m->row;
	int64_t shown = row->shown != 0 ? row->shown : row->revision;
	bool is_there = row->shown != 0 ? row->shown_section == m->from.id
					: row->section == m->from.id;
	enum rc rc = RC_OK;

	if (row->status != PAPER_PUBLISHED || !is_there)
		return RC_OK;
	if (row->shown != 0) {
		rc = move_text(m, &row->shown);
		row->shown_section = m->to.id;
	}
	return rc == RC_OK ? note_step(m, shown) : rc;
}

/* The newest text comes last, for with it is noted which pictures the story
 * has. It does not count as saved just now: desks list what was worked on. */
static enum rc move_story(struct moving *m, int64_t id)
{
	enum rc rc;

	arena_reset(m->paper->scratch);
	m->n = 0;
	rc = story_load(m->paper, id, &m->row);
	if (rc == RC_OK)
		rc = move_due(m);
	if (rc == RC_OK)
		rc = move_version(m);
	if (rc == RC_OK)
		rc = move_shown(m);
	if (rc == RC_OK && m->row.section == m->from.id) {
		rc = move_text(m, &m->row.revision);
		m->row.section = m->to.id;
	}
	return rc == RC_OK ? story_update(m->paper, &m->row) : rc;
}

/* The story behind AFTER that may have a text there. RC_NOT_FOUND: none. */
static enum rc next_story(
    const struct moving *m, int64_t after, int64_t *ret_id)
{
	struct query *q = store_query(m->paper->db,
	    SQL("SELECT id FROM story WHERE id > ?1 AND (section = ?2"
		" OR shown_section = ?2 OR due_revision <> 0)"
		" ORDER BY id LIMIT 1"));

	query_add_i64(q, after);
	query_add_i64(q, m->from.id);
	return query_one(q, ret_id);
}

static enum rc move_stories(struct moving *m, int64_t *ret_n)
{
	int64_t id = 0, n = 0;
	enum rc rc;

	while ((rc = next_story(m, id, &id)) == RC_OK) {
		rc = move_story(m, id);
		if (rc != RC_OK)
			return rc;
		n += m->n > 0;
	}
	*ret_n = n;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* The page that is empty now is not held open by a wish to have it so. */
static enum rc leave(struct moving *m)
{
	struct query *q = store_query(
	    m->paper->db, SQL("UPDATE term SET is_named = 0 WHERE id = ?1"));
	enum rc rc;

	query_add_i64(q, m->from.id);
	rc = query_run(q, NULL);
	if (rc == RC_OK)
		rc = redirect_section(m->paper, m->from.slug, m->to.slug,
		    m->move->login, m->by->now);
	return rc == RC_OK
		   ? outbox_add(m->paper, OUTBOX_SECTION, m->from.id, m->to.id)
		   : rc;
}

static enum rc log_move(const struct moving *m, int64_t n)
{
	struct str detail = arena_printf(m->paper->scratch, "%.*s (%lld)",
	    STR_ARG(str_part(m->to.name, 0, 200)), (long long)n);

	if (!detail.p)
		return RC_NO_MEMORY;
	return audit_put(m->paper, &(struct audit_entry){.at = m->by->now,
				       .staff = m->by->id,
				       .name = m->by->name,
				       .what = STR("move section"),
				       .about = m->from.name,
				       .detail = detail});
}

static enum rc move_all(
    struct moving *m, struct arena *a, int64_t *ret_n, struct err *err)
{
	enum rc rc = load(m->paper, a, m->move->from, &m->from);

	if (rc == RC_OK)
		rc = load(m->paper, a, m->move->to, &m->to);
	if (rc == RC_NOT_FOUND)
		return err_set(err, rc, "there is no such section");
	if (rc != RC_OK)
		return rc;
	if (!m->from.is_closed || m->to.is_closed)
		return err_set(err, RC_DENIED,
		    "stories are moved from a section that is closed to one "
		    "that is not");
	rc = move_stories(m, ret_n);
	if (rc == RC_OK)
		rc = leave(m);
	return rc == RC_OK ? log_move(m, *ret_n) : rc;
}

enum rc section_move(struct paper *paper, struct arena *a,
    const struct section_move *move, const struct staff_by *by, int64_t *ret_n,
    struct err *err)
{
	struct moving m = {.paper = paper, .move = move, .by = by};
	int64_t n = 0;
	enum rc rc = paper_begin(paper, err);

	if (rc != RC_OK)
		return rc;
	rc = move_all(&m, a, &n, err);
	rc = paper_end(paper, rc, "moving the stories of a section", err);
	if (rc == RC_OK && ret_n)
		*ret_n = n;
	return rc;
}

static void note_count(const struct roster_term *terms, size_t n,
    struct str slug, int64_t count, int64_t *ret_counts)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(terms[i].slug, slug))
			ret_counts[i] = count;
}

enum rc section_counts(struct paper *paper, const struct roster_term *terms,
    size_t n, int64_t *ret_counts, struct err *err)
{
	struct query *q;
	bool has_closed = false;
	enum rc rc;

	for (size_t i = 0; i < n; i++) {
		ret_counts[i] = 0;
		has_closed |= terms[i].is_closed;
	}
	if (!has_closed)
		return RC_OK;
	/* One walk over the stories, however many sections are closed. */
	q = store_query(paper->db,
	    SQL("SELECT t.slug, count(*) FROM ("
		"SELECT section AS id FROM story UNION ALL"
		" SELECT shown_section FROM story WHERE shown_section <> 0"
		" AND shown_section <> section) s"
		" JOIN term t ON t.id = s.id WHERE t.is_closed = 1"
		" GROUP BY t.id"));
	while ((rc = query_step(q)) == RC_OK)
		note_count(
		    terms, n, query_str(q, 0), query_i64(q, 1), ret_counts);
	query_end(q);
	return rc == RC_NOT_FOUND
		   ? RC_OK
		   : store_fail(paper->db, rc, "counting stories", err);
}
