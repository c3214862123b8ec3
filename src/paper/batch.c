/* SPDX-License-Identifier: MIT
 *
 * Import in batches; see paper.h. A batch is one transaction in each of the
 * two databases. New stories are put into both while they are at hand; the
 * batch's own row in the outbox, for their range, is there for the case that
 * we die between the two commits. Changed stories go the usual way.
 */
#include "base/arena.h"
#include "base/must.h"
#include "paper/edition.h"
#include "paper/paper_priv.h"
#include "paper/told.h"
#include "paper/translation.h"
#include "paper/version.h"

enum {
	DRAIN_AT_ONCE = 1000,
	LOG_KB = 16 * 1024,
	CACHE_KB = 16 * 1024,
	EDITION_CACHE_KB = 16 * 1024,
	KEY_MAX = 1000,
};

enum rc batch_end_bulk(struct paper *paper)
{
	enum rc rc;

	if (!paper->is_bulk)
		return RC_OK;
	rc = store_bulk(paper->db, 0, 0);
	if (rc == RC_OK)
		rc = store_bulk(paper->edition, 0, 0);
	if (rc == RC_OK)
		paper->is_bulk = false;
	return rc;
}

static enum rc batch_start_bulk(struct paper *paper)
{
	enum rc rc;

	if (paper->is_bulk)
		return RC_OK;
	rc = store_bulk(paper->db, LOG_KB, CACHE_KB);
	if (rc == RC_OK)
		rc = store_bulk(paper->edition, LOG_KB, EDITION_CACHE_KB);
	paper->is_bulk = true;
	return rc;
}

enum rc paper_batch_begin(
    struct paper *paper, struct instant now, struct err *err)
{
	bool is_done = false;
	enum rc rc = RC_OK;

	must(paper->edition && !paper->in_batch);
	while (rc == RC_OK && !is_done)
		rc = paper_outbox_apply(
		    paper, now, DRAIN_AT_ONCE, &is_done, err);
	if (rc != RC_OK)
		return rc;
	rc = batch_start_bulk(paper);
	if (rc == RC_OK)
		rc = store_begin(paper->db);
	if (rc != RC_OK)
		return store_fail(paper->db, rc, "beginning an import", err);
	rc = store_begin(paper->edition);
	if (rc != RC_OK) {
		store_rollback(paper->db);
		return store_fail(
		    paper->edition, rc, "beginning an import", err);
	}
	paper->in_batch = true;
	paper->batch_first = paper->next_story;
	paper->batch_seq = 0;
	return RC_OK;
}

void paper_batch_cancel(struct paper *paper)
{
	must(paper->in_batch);
	store_rollback(paper->db);
	outbox_undo(paper, paper->applied, paper->applied_in);
	paper->in_batch = false;
	paper->batch_seq = 0;
}

static enum rc batch_commit_edition(struct paper *paper)
{
	bool is_done;
	enum rc rc = edition_tell(paper, STR("all"));

	return rc == RC_OK ? outbox_write(paper, SIZE_MAX, &is_done) : rc;
}

enum rc paper_batch_commit(
    struct paper *paper, struct instant now, struct err *err)
{
	int64_t applied = paper->applied;
	int64_t applied_in = paper->applied_in;
	enum rc rc = RC_OK;

	must(paper->in_batch);
	arena_reset(paper->scratch);
	if (paper->next_story > paper->batch_first) {
		paper->batch_seq = paper->next_outbox;
		rc = outbox_add(paper, OUTBOX_RANGE, paper->batch_first,
		    paper->next_story - 1);
	}
	if (rc == RC_OK)
		rc = store_commit(paper->db);
	if (rc != RC_OK) {
		store_fail(paper->db, rc, "ending an import", err);
		paper_batch_cancel(paper);
		return rc;
	}
	paper->in_batch = false;
	told_begin(paper, now);
	rc = batch_commit_edition(paper);
	paper->batch_seq = 0;
	if (rc != RC_OK) {
		store_fail(paper->edition, rc, "publishing an import", err);
		outbox_undo(paper, applied, applied_in);
		return rc;
	}
	return RC_OK;
}

/* What is known of a source that was imported before. */
struct source {
	int64_t story;	    /* 0: none is */
	bool is_same;	    /* its text has not changed since */
	struct str embargo; /* that it said, as fields have it */
};

/* RC_NOT_FOUND: there is none, and *RET_SOURCE is untouched. */
static enum rc source_find(struct paper *paper, struct str key, struct str hash,
    struct source *ret_source)
{
	struct source source;
	struct query *q = store_query(paper->db,
	    SQL("SELECT hash, story, embargo FROM source WHERE key = ?1"));
	enum rc rc;

	query_add_str(q, key);
	rc = query_step(q);
	if (rc == RC_OK) {
		source.is_same = str_eq(query_str(q, 0), hash);
		source.story = query_i64(q, 1);
		source.embargo = query_copy(q, paper->scratch, 2);
		if (!source.embargo.p)
			rc = RC_NO_MEMORY;
	}
	query_end(q);
	if (rc == RC_OK)
		*ret_source = source;
	return rc;
}

static enum rc source_set(struct paper *paper,
    const struct paper_import *import, const struct source *source)
{
	struct query *q = store_query(paper->db,
	    SQL("INSERT INTO source (key, hash, story, embargo)"
		" VALUES (?1, ?2, ?3, ?4) ON CONFLICT (key) DO UPDATE"
		" SET hash = excluded.hash, embargo = excluded.embargo"));

	query_add_str(q, import->key);
	query_add_blob(q, import->hash);
	query_add_i64(q, source->story);
	query_add_str(q, source->embargo);
	return query_run(q, NULL);
}

enum rc paper_import_has(struct paper *paper, struct str key, struct str hash,
    bool *ret_has, struct err *err)
{
	struct source source = {0};
	enum rc rc;

	arena_reset(paper->scratch);
	rc = source_find(paper, key, hash, &source);

	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return store_fail(paper->db, rc, "looking for a source", err);
	*ret_has = rc == RC_OK && source.is_same;
	return RC_OK;
}

/* When the story was corrected last, which changed it; long ago if never. */
static struct instant import_corrected(
    const struct paper *paper, const struct paper_import *import)
{
	const struct manuscript *m = import->manuscript;
	struct instant last = {INT64_MIN};

	for (size_t i = 0; i < m->corrections_n; i++) {
		struct instant at =
		    paper_instant(paper, m->corrections[i].date);

		if (at.us > last.us && at.us <= import->now.us)
			last = at;
	}
	return last;
}

/* Publishes or schedules a story that the source calls finished. */
static enum rc import_release(struct paper *paper, struct story_row *row,
    const struct fields *f, const struct paper_import *import)
{
	const struct manuscript *m = import->manuscript;
	struct instant at = import->now, updated;

	if (m->is_draft)
		return RC_OK;
	if (m->has_published)
		at = paper_instant(paper, m->published);
	row->due = at;
	if (row->embargo.us != INT64_MAX && row->embargo.us > at.us)
		row->due = row->embargo;
	if (row->due.us > import->now.us) {
		row->status = PAPER_SCHEDULED;
		row->timing = TIMING_SOURCE;
		return RC_OK;
	}
	/* An embargo that has passed says nothing about the date line. */
	if (m->has_updated)
		updated = paper_instant(paper, m->updated);
	else
		updated = import_corrected(paper, import);
	if (updated.us > at.us)
		row->updated = updated;
	return story_go_live(paper, row, f, at);
}

/* What the history of the story says of this. Whoever publishes the draft
 * should know that there was a time before which nobody was to see it. */
static struct str import_note(struct paper *paper, const struct manuscript *m)
{
	if (m->unread.why.n == 0)
		return STR("import");
	return arena_printf(paper->scratch, "import: %.*s: %.*s",
	    STR_ARG(m->unread.field), STR_ARG(m->unread.why));
}

static enum rc import_new(struct paper *paper,
    const struct paper_import *import, const struct fields *f, int64_t *ret_id)
{
	const struct paper_edit edit = {
	    .manuscript = import->manuscript,
	    .who = import->who,
	    .note = import_note(paper, import->manuscript),
	    .now = import->now,
	};
	struct story_row row = {
	    .id = paper->next_story++,
	    .status = PAPER_DRAFT,
	    .created = import->now,
	    .published = INSTANT_NEVER,
	    .updated = INSTANT_NEVER,
	    .due = INSTANT_NEVER,
	};
	enum rc rc = story_revise(paper, &row, f, import->manuscript, &edit);

	if (rc == RC_OK)
		rc = import_release(paper, &row, f, import);
	if (rc == RC_OK)
		rc = story_insert(paper, &row);
	if (rc == RC_OK && row.status == PAPER_PUBLISHED) {
		rc = edition_put(paper, &row, f, true, false);
		if (rc == RC_OK && f->v[FIELD_ALIASES].n > 0)
			rc = outbox_old_addresses(paper, row.id);
		if (rc == RC_OK)
			rc = translation_follow(paper, &row, false);
	}
	if (rc == RC_OK)
		*ret_id = row.id;
	return rc;
}

/* When the source let the story out by F; INSTANT_NEVER: it did not. */
static struct instant import_said(struct paper *paper, const struct fields *f)
{
	struct instant at = INSTANT_NEVER, embargo;
	struct manuscript m;

	if (fields_manuscript(paper->scratch, f, &m) != RC_OK || m.is_draft)
		return INSTANT_NEVER;
	if (m.has_published)
		at = paper_instant(paper, m.published);
	if (!m.has_embargo)
		return at;
	embargo = paper_instant(paper, m.embargo);
	return !m.has_published || embargo.us > at.us ? embargo : at;
}

/* Whether a story that waits does so for what its source said: WAS, if a paper
 * of before has not kept it. */
static bool import_has_set_due(
    struct paper *paper, const struct fields *was, const struct story_row *row)
{
	switch (row->timing) {
	case TIMING_SOURCE:
		return true;
	case TIMING_DESK:
		return false;
	case TIMING_NONE:
		break;
	}
	return import_said(paper, was).us == row->due.us;
}

/* A story that waits, and whose source says draft, waits no more; but whoever
 * had set another time by hand does not expect it before that. */
static enum rc import_take_back(struct paper *paper,
    const struct paper_import *import, const struct fields *was,
    struct story_row *row)
{
	enum rc rc = correction_drop(paper, row->id, row->due);

	row->timing =
	    import_has_set_due(paper, was, row) ? TIMING_SOURCE : TIMING_DESK;
	row->status = story_was_published(row) ? PAPER_WITHDRAWN : PAPER_DRAFT;
	row->due = INSTANT_NEVER;
	row->due_revision = 0;
	if (import->ret_waits_no_more)
		*import->ret_waits_no_more = true;
	if (rc == RC_OK)
		rc = story_update(paper, row);
	return rc == RC_OK && story_was_published(row)
		   ? outbox_add(paper, OUTBOX_STORY, row->id, 0)
		   : rc;
}

/* The source says when readers may have ROW, which they have not yet. */
static enum rc import_let_out(struct paper *paper,
    const struct paper_import *import, const struct fields *f,
    struct story_row *row)
{
	enum rc rc = import_release(paper, row, f, import);

	if (rc == RC_OK)
		rc = story_update(paper, row);
	return rc == RC_OK && row->status == PAPER_PUBLISHED
		   ? outbox_add(paper, OUTBOX_STORY, row->id, 0)
		   : rc;
}

/* A story that waits becomes a draft, or gets another time, but only where it
 * waits for what the source said: a time set by hand is left. */
static enum rc import_follow_waiting(struct paper *paper,
    const struct paper_import *import, const struct fields *was,
    const struct fields *f, struct story_row *row)
{
	if (import->manuscript->is_draft)
		return import_take_back(paper, import, was, row);
	/* The moment that it waits for may be another one by now, in another
	 * zone: what counts is whether the source says something new. */
	if (!import_has_set_due(paper, was, row) || story_was_published(row) ||
	    import_said(paper, f).us == import_said(paper, was).us)
		return story_update(paper, row);
	row->status = PAPER_DRAFT;
	row->due = INSTANT_NEVER;
	return import_let_out(paper, import, f, row);
}

/* The status of a story whose source has changed from WAS to F; BEFORE is the
 * row as it was. A draft may be finished, unless the desk made it one. */
static enum rc import_follow(struct paper *paper,
    const struct paper_import *import, const struct fields *was,
    const struct fields *f, const struct story_row *before)
{
	struct story_row row;
	enum rc rc = story_load(paper, before->id, &row);

	if (rc != RC_OK)
		return rc;
	/* It was the source that has put it off, if anything has. */
	row.timing = before->timing;
	if (row.status == PAPER_SCHEDULED)
		return import_follow_waiting(paper, import, was, f, &row);
	if (row.status != PAPER_DRAFT || import->manuscript->is_draft)
		return RC_OK;
	if (row.timing != TIMING_DESK)
		return import_let_out(paper, import, f, &row);
	if (import->ret_stays_draft)
		*import->ret_stays_draft = true;
	return RC_OK;
}

static void import_say_unread(
    const struct manuscript_left *unread, struct err *err)
{
	err_set(err, RC_INVALID,
	    "line %u: %.*s: %.*s; what readers have of it stays as it is",
	    unread->line, STR_ARG(unread->field), STR_ARG(unread->why));
}

/* The source says anew that its story appears at a time that is to come; that
 * the desk has let it out before the time that it said all along is no matter.
 */
static bool import_is_put_off(struct paper *paper,
    const struct paper_import *import, const struct fields *was)
{
	const struct manuscript *m = import->manuscript;
	struct instant at;
	struct manuscript old;

	if (!m->has_published || m->is_draft)
		return false;
	at = paper_instant(paper, m->published);
	return at.us > import->now.us &&
	       (fields_manuscript(paper->scratch, was, &old) != RC_OK ||
		   !old.has_published ||
		   paper_instant(paper, old.published).us != at.us);
}

/* Whether nothing may be taken of a text for ROW, which readers have: for it
 * would be in front of them at once, and it is not, or not clearly, for them
 * yet. */
static bool import_is_refused(struct paper *paper,
    const struct paper_import *import, const struct story_row *row,
    const struct fields *was, struct err *err)
{
	const struct manuscript *m = import->manuscript;
	bool has_embargo = story_would_vanish(paper, row, m, import->now);

	if (story_was_published(row) && m->unread.why.n > 0) {
		import_say_unread(&m->unread, err);
		return true;
	}
	if (!has_embargo && (row->status != PAPER_PUBLISHED ||
				!import_is_put_off(paper, import, was)))
		return false;
	err_set(err, RC_INVALID,
	    "%s: it is to come, and story %lld is published; withdraw it "
	    "first, or leave the %s out; what readers have of it stays as it "
	    "is",
	    has_embargo ? "embargo" : "date", (long long)row->id,
	    has_embargo ? "embargo" : "date");
	return true;
}

/* Gives M the embargo of WAS, the newest text of ROW, which nobody has had yet,
 * where that was set by hand and M would have it end earlier; whether it did.
 */
static bool import_keeps_embargo(struct paper *paper,
    const struct paper_import *import, const struct source *source,
    const struct story_row *row, const struct fields *was, struct manuscript *m)
{
	struct instant until = row->embargo;
	struct civil said;

	if (row->status == PAPER_PUBLISHED || until.us == INT64_MAX ||
	    until.us <= import->now.us ||
	    str_eq(was->v[FIELD_EMBARGO], source->embargo) ||
	    (m->has_embargo && paper_instant(paper, m->embargo).us >= until.us))
		return false;
	/* In another zone the same words may be another moment by now. */
	if (civil_parse(was->v[FIELD_EMBARGO], &said) != RC_OK ||
	    paper_instant(paper, said).us != until.us) {
		said = paper_civil(paper, until);
		said.has_offset = said.has_time = true;
	}
	m->has_embargo = true;
	m->embargo = said;
	return true;
}

static enum rc import_changed(struct paper *paper,
    const struct paper_import *import, const struct source *source,
    struct fields *f, enum paper_outcome *ret_outcome, struct err *err)
{
	struct manuscript m = *import->manuscript;
	const struct paper_edit edit = {
	    .id = source->story,
	    .manuscript = &m,
	    .who = import->who,
	    .note = import_note(paper, import->manuscript),
	    .now = import->now,
	};
	struct story_row row;
	struct fields was;
	int64_t previous;
	bool is_new;
	enum rc rc = story_load(paper, source->story, &row);

	if (rc == RC_OK)
		rc = story_fields(
		    paper, paper->scratch, row.revision, &was, &previous);
	if (rc == RC_OK && import_is_refused(paper, import, &row, &was, err)) {
		*ret_outcome = PAPER_SKIPPED;
		return RC_OK;
	}
	if (rc == RC_OK && import->has_no_folder && m.section.n == 0) {
		m.section = was.v[FIELD_SECTION];
		f->v[FIELD_SECTION] = was.v[FIELD_SECTION];
	}
	if (rc == RC_OK &&
	    import_keeps_embargo(paper, import, source, &row, &was, &m)) {
		if (import->ret_keeps_embargo)
			*import->ret_keeps_embargo = true;
		rc = fields_of(paper->scratch, &m, f);
	}
	if (rc == RC_OK)
		rc = story_save_old(paper, &edit, f, &is_new);
	if (rc != RC_OK)
		return rc;
	if (row.status == PAPER_PUBLISHED && m.is_draft &&
	    import->ret_is_kept_back)
		*import->ret_is_kept_back = true;
	*ret_outcome = is_new ? PAPER_CHANGED : PAPER_UNCHANGED;
	return import_follow(paper, import, &was, f, &row);
}

static enum rc import_take(struct paper *paper,
    const struct paper_import *import, enum paper_outcome *ret_outcome,
    int64_t *ret_id, struct err *err)
{
	enum paper_outcome outcome = PAPER_ADDED;
	struct source source = {0};
	struct str embargo;
	struct fields f;
	enum rc rc = source_find(paper, import->key, import->hash, &source);

	if (rc == RC_OK && source.is_same) {
		*ret_outcome = PAPER_UNCHANGED;
		*ret_id = source.story;
		return RC_OK;
	}
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	rc = fields_of(paper->scratch, import->manuscript, &f);
	if (rc != RC_OK)
		return rc;
	embargo = f.v[FIELD_EMBARGO];
	rc = source.story == 0
		 ? import_new(paper, import, &f, &source.story)
		 : import_changed(paper, import, &source, &f, &outcome, err);
	source.embargo = embargo;
	if (rc == RC_OK && outcome != PAPER_SKIPPED)
		rc = source_set(paper, import, &source);
	if (rc == RC_OK) {
		*ret_outcome = outcome;
		*ret_id = source.story;
	}
	return rc;
}

enum rc paper_import(struct paper *paper, const struct paper_import *import,
    enum paper_outcome *ret_outcome, int64_t *ret_id, struct err *err)
{
	int64_t id = 0;
	enum rc rc;

	must(paper->in_batch && import->hash.n >= 8 && import->hash.n <= 64);
	arena_reset(paper->scratch);
	if (str_blank(import->manuscript->headline)) {
		err_set(err, RC_INVALID, "it has no headline");
		*ret_outcome = PAPER_SKIPPED;
		return RC_OK;
	}
	if (import->key.n == 0 || import->key.n > KEY_MAX)
		return err_set(err, RC_INVALID,
		    "the path of a source has 1 to 1,000 bytes");
	rc = import_take(paper, import, ret_outcome, &id, err);
	if (rc != RC_OK)
		return store_fail(paper->db, rc, "importing a story", err);
	if (ret_id)
		*ret_id = id;
	return RC_OK;
}
