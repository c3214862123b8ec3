/* SPDX-License-Identifier: MIT
 *
 * From paper.db to public.db. What public.db has to be told lies in the table
 * "outbox" of paper.db, written in the transaction that made it necessary.
 * Applying a row brings public.db to what paper.db says now, so rows may be
 * applied late, together or again.
 *
 * What can happen between two commits, and what then holds:
 *
 *	paper.db committed, public.db not	the row waits, is applied later
 *	public.db committed, then power lost	it may have lost its newest
 *		commits, "applied" with them: the rows are still there (I3)
 *	public.db lost or restored		"applied" does not fit: it is
 *		emptied and filled again, by rows for the newest stories and
 *		for the range of all others; "filling" says meanwhile that what
 *		is not there may still come
 */
#include <string.h>

#include "base/arena.h"
#include "base/must.h"
#include "paper/edition.h"
#include "paper/front.h"
#include "paper/library_priv.h"
#include "paper/paper_priv.h"
#include "paper/redirect.h"
#include "paper/told.h"
#include "paper/translation.h"

enum { PRUNE_AT = 256, RANGE_QUIET = 100, NEWEST = 1000 };

struct outbox_row {
	int64_t seq, first, last;
	enum outbox_kind kind;
};

enum rc outbox_add(
    struct paper *paper, enum outbox_kind kind, int64_t first, int64_t last)
{
	struct query *q = store_query(
	    paper->db, SQL("INSERT INTO outbox (seq, kind, first, last)"
			   " VALUES (?1, ?2, ?3, ?4)"));

	query_add_i64(q, paper->next_outbox++);
	query_add_i64(q, kind);
	query_add_i64(q, first);
	query_add_i64(q, last);
	return query_run(q, NULL);
}

/* All stories, the newest first: they are what is read. */
static enum rc outbox_ask_stories(struct paper *paper)
{
	int64_t last = paper->next_story - 1;
	int64_t first = last > NEWEST ? last - NEWEST + 1 : 1;
	enum rc rc = outbox_add(paper, OUTBOX_RANGE, first, last);

	if (rc == RC_OK && first > 1)
		rc = outbox_add(paper, OUTBOX_RANGE, 1, first - 1);
	return rc;
}

/* Asks for everything. Rows up to *RET_SEQ are void, which "pruned" says:
 * until public.db is emptied, it does not fit, and all this is done again. */
static enum rc outbox_ask_all(struct paper *paper, int64_t *ret_seq)
{
	int64_t seq;
	struct query *q;
	enum rc rc;

	if (paper->next_outbox < paper->applied + 2)
		paper->next_outbox = paper->applied + 2;
	seq = paper->next_outbox - 1;
	rc = store_begin(paper->db);
	if (rc != RC_OK)
		return rc;
	q = store_query(paper->db, SQL("DELETE FROM outbox WHERE seq <= ?1"));
	query_add_i64(q, seq);
	rc = query_run(q, NULL);
	if (rc == RC_OK)
		rc = paper_set_number(paper, STR("pruned"), seq);
	if (rc == RC_OK)
		rc = outbox_add(paper, OUTBOX_SETTINGS, 0, 0);
	if (rc == RC_OK)
		rc = outbox_add(paper, OUTBOX_FRONT, 0, 0);
	if (rc == RC_OK)
		rc = outbox_add(paper, OUTBOX_REDIRECTS, 0, 0);
	if (rc == RC_OK)
		rc = outbox_ask_stories(paper);
	if (rc == RC_OK)
		rc = store_commit(paper->db);
	if (rc == RC_OK)
		*ret_seq = seq;
	else
		store_rollback(paper->db);
	return rc;
}

/* Starts public.db again from nothing. */
static enum rc outbox_refill(struct paper *paper)
{
	int64_t seq = 0;
	enum rc rc = outbox_ask_all(paper, &seq);

	if (rc == RC_OK)
		rc = store_begin(paper->edition);
	if (rc != RC_OK)
		return rc;
	rc = edition_clear(paper);
	if (rc == RC_OK)
		rc = edition_set_number(paper, STR("applied"), seq);
	if (rc == RC_OK)
		rc = edition_set_number(paper, STR("applied_in"), 0);
	if (rc == RC_OK)
		rc = edition_set_number(paper, STR("filling"), 1);
	if (rc == RC_OK)
		rc = store_commit(paper->edition);
	if (rc != RC_OK) {
		store_rollback(paper->edition);
		return rc;
	}
	paper->applied = seq;
	paper->applied_in = 0;
	paper->pruned = seq;
	paper->filling = 1;
	return RC_OK;
}

enum rc outbox_open(struct paper *paper)
{
	enum rc rc = edition_number(paper, STR("applied"), &paper->applied);

	if (rc == RC_OK)
		rc = edition_number(
		    paper, STR("applied_in"), &paper->applied_in);
	if (rc == RC_OK)
		rc = edition_number(paper, STR("filling"), &paper->filling);
	if (rc != RC_OK)
		return rc;
	if (paper->applied >= paper->pruned &&
	    paper->applied < paper->next_outbox)
		return RC_OK;
	return outbox_refill(paper);
}

enum rc outbox_old_addresses(struct paper *paper, int64_t id)
{
	struct query *q = store_query(paper->db,
	    SQL("SELECT path FROM address WHERE story = ?1 AND is_old = 1"));
	enum rc rc;

	query_add_i64(q, id);
	while ((rc = query_step(q)) == RC_OK) {
		rc = edition_address(paper, query_str(q, 0), id);
		if (rc != RC_OK)
			break;
	}
	query_end(q);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc outbox_apply_story(struct paper *paper, int64_t id, bool is_told)
{
	struct story_row row, seen;
	struct fields f;
	enum rc rc = story_load(paper, id, &row);

	if (rc == RC_NOT_FOUND)
		return edition_take(paper, id, false, STR_NONE);
	if (rc != RC_OK)
		return rc;
	/* A story that was never published leaves no trace. */
	if (row.path.n == 0)
		return RC_OK;
	if (row.status == PAPER_PUBLISHED) { /* I4 */
		rc = story_seen(paper, paper->scratch, &row, &seen, &f);
		if (rc == RC_OK)
			rc = edition_put(paper, &seen, &f, false, is_told);
	} else {
		paper->must_wipe = true;
		rc = edition_take(
		    paper, id, row.status == PAPER_WITHDRAWN, row.note);
		if (rc == RC_OK)
			rc = edition_mark_day(paper, row.path, row.saved);
		if (rc == RC_OK && row.status == PAPER_WITHDRAWN)
			rc = edition_address(paper, row.path, id);
	}
	if (rc == RC_OK &&
	    (row.status == PAPER_PUBLISHED || row.status == PAPER_WITHDRAWN))
		rc = outbox_old_addresses(paper, id);
	return rc == RC_OK ? translation_follow(paper, &row, is_told) : rc;
}

/* As many stories of the range as *ROOM allows. */
static enum rc outbox_apply_range(
    struct paper *paper, const struct outbox_row *row, size_t *room)
{
	int64_t id = row->first;
	bool is_told = row->last - row->first < RANGE_QUIET;
	enum rc rc = RC_OK;

	if (paper->applied_in >= id)
		id = paper->applied_in + 1;
	for (; rc == RC_OK && id <= row->last && *room > 0; id++, (*room)--) {
		rc = outbox_apply_story(paper, id, is_told);
		paper->applied_in = id;
		arena_reset(paper->scratch);
	}
	if (rc == RC_OK && !is_told)
		rc = edition_tell(paper, STR("all"));
	return rc;
}

static enum rc outbox_apply_sections(struct paper *paper)
{
	struct query *q = store_query(
	    paper->db, SQL("SELECT id, slug, name, about, position, is_named,"
			   " is_closed FROM term WHERE kind = 1"));
	enum rc rc;

	while ((rc = query_step(q)) == RC_OK) {
		struct term term = {
		    .id = query_i64(q, 0),
		    .kind = TERM_SECTION,
		    .slug = query_str(q, 1),
		    .name = query_str(q, 2),
		    .about = query_str(q, 3),
		    .position = query_i64(q, 4),
		    .is_named = query_i64(q, 5) != 0,
		    .is_closed = query_i64(q, 6) != 0,
		};

		rc = edition_term(paper, &term, term.is_named);
		if (rc == RC_OK)
			rc = edition_hide_section(paper, term.id);
		if (rc != RC_OK)
			break;
	}
	query_end(q);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc outbox_apply_settings(struct paper *paper)
{
	struct paper_settings settings;
	enum rc rc = paper_load_settings(paper, paper->scratch, &settings);

	if (rc == RC_OK)
		rc = edition_settings(paper, &settings);
	if (rc == RC_OK)
		rc = outbox_apply_sections(paper);
	return rc;
}

static enum rc outbox_apply_term(
    struct paper *paper, const struct outbox_row *row)
{
	struct term term;
	enum rc rc = term_load(paper, paper->scratch, row->first, &term);

	if (rc == RC_OK)
		rc = edition_term(paper, &term, false);
	/* Its name may stand on any page. */
	if (rc == RC_OK)
		rc = edition_tell(paper, STR("all"));
	return rc;
}

static enum rc outbox_apply_row(
    struct paper *paper, const struct outbox_row *row, size_t *room)
{
	must(*room > 0);
	if (row->seq == paper->batch_seq)
		return RC_OK; /* the batch has put them in itself */
	if (row->kind == OUTBOX_RANGE)
		return outbox_apply_range(paper, row, room);
	(*room)--;
	switch (row->kind) {
	case OUTBOX_STORY:
		return outbox_apply_story(paper, row->first, true);
	case OUTBOX_SETTINGS:
		return outbox_apply_settings(paper);
	case OUTBOX_TERM:
		return outbox_apply_term(paper, row);
	case OUTBOX_FRONT:
		return front_put(paper);
	case OUTBOX_REDIRECTS:
		return redirect_put(paper, row->first, row->last);
	case OUTBOX_PICTURE:
		return library_show_again(paper, row->first);
	case OUTBOX_SECTION:
		return edition_move(paper, row->first, row->last);
	case OUTBOX_RANGE:
		break;
	}
	return RC_INVALID; /* a kind that only a newer version knows */
}

static enum rc outbox_next(struct paper *paper, struct outbox_row *ret_row)
{
	struct query *q = store_query(paper->db,
	    SQL("SELECT seq, kind, first, last FROM outbox WHERE seq > ?1"
		" ORDER BY seq LIMIT 1"));
	enum rc rc;

	query_add_i64(q, paper->applied);
	rc = query_step(q);
	if (rc == RC_OK) {
		ret_row->seq = query_i64(q, 0);
		ret_row->kind = (enum outbox_kind)query_i64(q, 1);
		ret_row->first = query_i64(q, 2);
		ret_row->last = query_i64(q, 3);
	}
	query_end(q);
	return rc;
}

/* RC_NOT_FOUND: nothing is left. */
static enum rc outbox_apply_rows(struct paper *paper, size_t room)
{
	while (room > 0) {
		struct outbox_row row = {0};
		enum rc rc = outbox_next(paper, &row);

		if (rc == RC_OK)
			rc = outbox_apply_row(paper, &row, &room);
		if (rc != RC_OK)
			return rc;
		if (row.kind == OUTBOX_RANGE && row.seq != paper->batch_seq &&
		    paper->applied_in < row.last)
			return RC_OK;
		paper->applied = row.seq;
		paper->applied_in = 0;
		arena_reset(paper->scratch);
	}
	return RC_OK;
}

/* What is not there now, is not at all. */
static enum rc outbox_filled(struct paper *paper)
{
	enum rc rc = edition_set_number(paper, STR("filling"), 0);

	return rc == RC_OK ? edition_tell(paper, STR("all")) : rc;
}

enum rc outbox_write(struct paper *paper, size_t limit, bool *ret_is_done)
{
	enum rc rc = outbox_apply_rows(paper, limit);
	bool is_done = rc == RC_NOT_FOUND;
	bool is_filled = is_done && paper->filling != 0;

	if (rc == RC_OK || is_done)
		rc = is_filled ? outbox_filled(paper) : RC_OK;
	if (rc == RC_OK)
		rc = edition_flush(paper);
	paper->is_told = false;
	if (rc == RC_OK)
		rc = edition_set_number(paper, STR("applied"), paper->applied);
	if (rc == RC_OK)
		rc = edition_set_number(
		    paper, STR("applied_in"), paper->applied_in);
	if (rc == RC_OK)
		rc = told_flush(paper);
	if (rc == RC_OK)
		rc = store_commit(paper->edition);
	if (rc != RC_OK)
		return rc;
	if (is_filled)
		paper->filling = 0;
	*ret_is_done = is_done;
	return RC_OK;
}

void outbox_undo(struct paper *paper, int64_t applied, int64_t applied_in)
{
	store_rollback(paper->edition);
	terms_forget(paper->terms);
	paper->applied = applied;
	paper->applied_in = applied_in;
	memset(paper->counts, 0, sizeof(paper->counts));
	paper->told_kept_s = 0;
}

enum rc outbox_prune(struct paper *paper)
{
	bool is_safe = false;
	struct query *q;
	enum rc rc;

	must(!paper->in_batch);
	if (paper->applied == paper->pruned)
		return RC_OK;
	rc = store_checkpoint(paper->edition, &is_safe);
	if (rc != RC_OK || !is_safe)
		return rc;
	rc = store_begin(paper->db);
	if (rc != RC_OK)
		return rc;
	q = store_query(paper->db, SQL("DELETE FROM outbox WHERE seq <= ?1"));
	query_add_i64(q, paper->applied);
	rc = query_run(q, NULL);
	if (rc == RC_OK)
		rc = paper_set_number(paper, STR("pruned"), paper->applied);
	if (rc == RC_OK)
		rc = store_commit(paper->db);
	if (rc != RC_OK) {
		store_rollback(paper->db);
		return rc;
	}
	paper->pruned = paper->applied;
	paper->must_wipe = false;
	return RC_OK;
}

enum rc paper_outbox_apply(struct paper *paper, struct instant now,
    size_t limit, bool *ret_is_done, struct err *err)
{
	struct outbox_row row;
	int64_t applied = paper->applied;
	int64_t applied_in = paper->applied_in;
	bool is_done = true;
	enum rc rc;

	must(paper->edition && !paper->in_batch && limit > 0);
	arena_reset(paper->scratch);
	told_begin(paper, now);
	rc = outbox_next(paper, &row);
	if (rc == RC_OK || (rc == RC_NOT_FOUND && paper->filling != 0)) {
		rc = store_begin(paper->edition);
		if (rc == RC_OK)
			rc = outbox_write(paper, limit, &is_done);
	} else if (rc == RC_NOT_FOUND) {
		rc = RC_OK;
	}
	if (rc != RC_OK) {
		outbox_undo(paper, applied, applied_in);
		return store_fail(paper->edition, rc, "publishing", err);
	}
	/* The pruning is housekeeping: if it fails it is done another time. */
	if ((paper->must_wipe || paper->applied - paper->pruned >= PRUNE_AT) &&
	    outbox_prune(paper) != RC_OK)
		store_rollback(paper->db);
	if (ret_is_done)
		*ret_is_done = is_done;
	return RC_OK;
}
