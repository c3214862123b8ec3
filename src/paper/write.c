/* SPDX-License-Identifier: MIT
 *
 * Working saves; see write.h. One transaction of paper.db each, and none of
 * public.db: so one wait for the disk.
 *
 * When a merge is saved, what its writer had typed is kept beside it ("side"):
 * if the answer is lost, the writer's next text is compared with that, and
 * not with words of somebody else that the writer has never seen.
 */
#include "paper/write.h"

#include "base/arena.h"
#include "base/must.h"
#include "paper/paper_priv.h"

enum { HISTORY_MOST = 1000 };

/* Everything about one save. */
struct work {
	struct paper *paper;
	const struct paper_write *write;
	struct arena *a; /* of what is given back */
	struct story_row row;
	int64_t base; /* from which the text began; or the one behind it */
	struct fields fields, newest;
	struct paper_write_result result;
};

/* RC_NOT_FOUND: REVISION is none of story ID. */
static enum rc revision_check(struct paper *paper, int64_t id, int64_t revision)
{
	struct query *q = store_query(
	    paper->db, SQL("SELECT story FROM revision WHERE id = ?1"));
	int64_t story = 0;
	enum rc rc;

	query_add_i64(q, revision);
	rc = query_one(q, &story);
	return rc == RC_OK && story != id ? RC_NOT_FOUND : rc;
}

/* Has the section of F go by the name that it has today. */
static enum rc fields_today(
    struct paper *paper, struct arena *a, struct fields *f)
{
	return term_section_today(paper, a, f->v[FIELD_SECTION],
	    f->v[FIELD_LANG], &f->v[FIELD_SECTION]);
}

struct link {
	int64_t previous, side;
	bool is_own; /* saved by the same tab */
};

static enum rc link_load(struct paper *paper, int64_t revision, struct str tab,
    struct link *ret_link)
{
	struct query *q = store_query(
	    paper->db, SQL("SELECT revision.previous, save.side, save.tab"
			   " FROM revision LEFT JOIN save"
			   " ON save.revision = revision.id"
			   " WHERE revision.id = ?1"));
	enum rc rc;

	query_add_i64(q, revision);
	rc = query_step(q);
	if (rc == RC_OK)
		*ret_link = (struct link){
		    .previous = query_i64(q, 0),
		    .side = query_i64(q, 1),
		    .is_own = tab.n > 0 && str_eq(query_str(q, 2), tab),
		};
	query_end(q);
	return rc;
}

/* The newest text that the writer has seen, or has written. */
static enum rc work_ancestor(struct work *w, int64_t *ret_revision)
{
	int64_t at = w->row.revision;

	while (at > 0 && at != w->base) {
		struct link link;
		enum rc rc = link_load(w->paper, at, w->write->tab, &link);

		if (rc != RC_OK)
			return rc;
		if (link.is_own) {
			*ret_revision = link.side > 0 ? link.side : at;
			return RC_OK;
		}
		at = link.previous;
	}
	*ret_revision = w->base;
	return RC_OK;
}

/* The fields of REVISION, with its section by the name of today. */
static enum rc work_fields(struct work *w, struct arena *a, int64_t revision,
    struct fields *ret_fields)
{
	int64_t previous;
	enum rc rc = story_fields(w->paper, a, revision, ret_fields, &previous);

	return rc == RC_OK ? fields_today(w->paper, a, ret_fields) : rc;
}

static enum rc work_manuscript(
    struct work *w, int64_t revision, struct manuscript *ret_m)
{
	struct fields f;
	enum rc rc = work_fields(w, w->a, revision, &f);

	return rc == RC_OK ? fields_manuscript(w->a, &f, ret_m) : rc;
}

/* Whose the newest revision is. */
static enum rc work_tell_other(struct work *w, int64_t revision)
{
	struct query *q = store_query(w->paper->db,
	    SQL("SELECT who, saved_us FROM revision WHERE id = ?1"));
	enum rc rc;

	query_add_i64(q, revision);
	rc = query_step(q);
	if (rc == RC_OK) {
		w->result.who = query_copy(q, w->a, 0);
		w->result.saved.us = query_i64(q, 1);
		rc = w->result.who.p ? RC_OK : RC_NO_MEMORY;
	}
	query_end(q);
	return rc;
}

static struct revision work_revision(const struct work *w, enum paper_kind kind)
{
	return (struct revision){
	    .story = w->row.id,
	    .previous = w->row.revision,
	    .saved = w->write->now,
	    .who = w->write->who,
	    .note = w->write->note,
	    .kind = kind,
	    .side = w->write->restored,
	    .tab = w->write->tab,
	    .name = w->write->name,
	};
}

/* The newest text, F, is again what readers see: a change was taken back before
 * they had it, and none waits any more (I6). */
static enum rc work_rejoin(struct work *w, const struct fields *f)
{
	struct story_row *row = &w->row;
	struct fields seen;
	int64_t previous;
	enum rc rc;

	if (row->status != PAPER_PUBLISHED || row->shown == 0)
		return RC_OK;
	rc = story_fields(
	    w->paper, w->paper->scratch, row->shown, &seen, &previous);
	if (rc == RC_OK && fields_equal(&seen, f) &&
	    row->section == row->shown_section &&
	    str_eq(row->people, row->shown_people) &&
	    str_eq(row->tags, row->shown_tags))
		story_show_newest(row);
	return rc;
}

/* Makes F the newest text. */
static enum rc work_store(struct work *w, const struct fields *f,
    const struct manuscript *m, const struct revision *revision)
{
	struct story_row *row = &w->row;
	bool waits = row->status == PAPER_SCHEDULED;
	enum rc rc;

	if (waits && str_blank(f->v[FIELD_HEADLINE]))
		return RC_DENIED;
	story_part(row);
	rc = story_work(w->paper, row, f, m, revision);
	if (rc == RC_OK)
		rc = work_rejoin(w, f);
	if (rc == RC_OK && !story_was_published(row))
		rc = story_settle(w->paper, row, f);
	if (rc == RC_OK && waits)
		rc = story_put_off(w->paper, row);
	if (rc == RC_OK)
		rc = story_update(w->paper, row);
	w->result.outcome = PAPER_WRITTEN;
	w->result.revision = row->revision;
	return rc;
}

/* Keeps what was typed, and saves it together with the newest text. */
static enum rc work_store_merged(struct work *w, const struct fields *merged)
{
	struct revision typed = work_revision(w, PAPER_KIND_TYPED);
	struct revision revision = work_revision(w, PAPER_KIND_MERGE);
	struct manuscript m;
	enum rc rc;

	typed.previous = w->base;
	typed.name = STR("");
	rc = revision_insert(w->paper, &typed, &w->fields, &revision.side);
	if (rc == RC_OK)
		rc = fields_manuscript(w->paper->scratch, merged, &m);
	if (rc == RC_OK)
		rc = work_store(w, merged, &m, &revision);
	w->result.outcome = PAPER_MERGED;
	return rc == RC_OK
		   ? work_manuscript(w, w->row.revision, &w->result.text)
		   : rc;
}

/* Somebody else has saved since ANCESTOR. */
static enum rc work_merge(struct work *w, int64_t ancestor)
{
	struct arena *scratch = w->paper->scratch;
	struct fields base, merged = {{{0}}};
	enum rc rc = work_fields(w, scratch, ancestor, &base);

	if (rc == RC_OK)
		rc = work_tell_other(w, w->row.revision);
	if (rc == RC_OK)
		rc = fields_merge(scratch, &base, &w->fields, &w->newest,
		    &merged, &w->result.conflicts);
	if (rc != RC_OK)
		return rc;
	if (w->write->kind == PAPER_KIND_RESTORE)
		w->result.conflicts |= 1u << FIELD_BODY;
	w->result.revision = w->row.revision;
	if (w->result.conflicts != 0) {
		w->result.outcome = PAPER_CONFLICTED;
		rc = work_manuscript(w, ancestor, &w->result.base);
	} else if (!fields_equal(&merged, &w->newest)) {
		return work_store_merged(w, &merged);
	} else {
		w->result.outcome = PAPER_MERGED;
	}
	return rc == RC_OK
		   ? work_manuscript(w, w->row.revision, &w->result.text)
		   : rc;
}

/* The writer says "save" where a pause has saved it already. */
static enum rc work_mark(struct work *w)
{
	struct query *q = store_query(w->paper->db,
	    SQL("UPDATE save SET kind = 0 WHERE revision = ?1 AND kind = 1"
		" AND (SELECT who FROM revision WHERE id = ?1) = ?2"));

	query_add_i64(q, w->row.revision);
	query_add_str(q, w->write->who);
	return query_run(q, NULL);
}

static enum rc work_old(struct work *w)
{
	const struct paper_write *write = w->write;
	struct revision revision;
	int64_t ancestor = 0;
	enum rc rc = story_load(w->paper, write->id, &w->row);

	if (rc == RC_OK)
		rc = thin_resolve(w->paper, write->id, write->base, &w->base);
	if (rc == RC_OK)
		rc = work_fields(
		    w, w->paper->scratch, w->row.revision, &w->newest);
	if (rc != RC_OK)
		return rc;
	if (fields_equal(&w->newest, &w->fields)) {
		w->result.outcome = PAPER_SAME;
		w->result.revision = w->row.revision;
		return write->kind == PAPER_KIND_SAVE ? work_mark(w) : RC_OK;
	}
	rc = work_ancestor(w, &ancestor);
	if (rc != RC_OK)
		return rc;
	if (ancestor != w->row.revision)
		return work_merge(w, ancestor);
	revision = work_revision(w, write->kind);
	return work_store(w, &w->fields, write->manuscript, &revision);
}

static enum rc work_new(struct work *w)
{
	struct revision revision;
	enum rc rc;

	w->row = (struct story_row){
	    .id = w->paper->next_story++,
	    .status = PAPER_DRAFT,
	    .writer = w->write->who,
	    .created = w->write->now,
	    .published = INSTANT_NEVER,
	    .updated = INSTANT_NEVER,
	    .due = INSTANT_NEVER,
	};
	revision = work_revision(w, w->write->kind);
	rc = story_work(
	    w->paper, &w->row, &w->fields, w->write->manuscript, &revision);
	if (rc == RC_OK)
		rc = story_settle(w->paper, &w->row, &w->fields);
	if (rc == RC_OK)
		rc = story_insert(w->paper, &w->row);
	w->result.outcome = PAPER_WRITTEN;
	w->result.revision = w->row.revision;
	return rc;
}

static enum rc write_check(const struct paper_write *write, struct err *err)
{
	const struct manuscript *m = write->manuscript;

	if (write->id == 0 && str_blank(m->headline) && str_blank(m->body))
		return err_set(err, RC_INVALID,
		    "there is neither a headline nor a text in it");
	if (write->tab.n > PAPER_TAB_MAX || write->name.n > PAPER_NAME_MAX)
		return err_set(err, RC_INVALID,
		    "the name of a revision has at most %d bytes",
		    PAPER_NAME_MAX);
	return RC_OK;
}

/* Words for what a rule has refused. */
static enum rc write_say(struct work *w, enum rc rc, struct err *err)
{
	if (rc == RC_NOT_FOUND)
		err_set(err, rc,
		    "there is no story %lld with the revision %lld",
		    (long long)w->write->id, (long long)w->write->base);
	if (rc == RC_DENIED)
		err_set(err, rc,
		    "story %lld waits for its time: it needs a headline",
		    (long long)w->write->id);
	return rc;
}

/* Within a transaction. */
static enum rc write_do(struct work *w)
{
	struct arena *scratch = w->paper->scratch;
	enum rc rc = fields_of(scratch, w->write->manuscript, &w->fields);

	if (rc == RC_OK)
		rc = fields_today(w->paper, scratch, &w->fields);
	if (rc == RC_OK)
		rc = w->write->id == 0 ? work_new(w) : work_old(w);
	w->result.id = w->row.id;
	return rc;
}

enum rc paper_write(struct paper *paper, struct arena *a,
    const struct paper_write *write, struct paper_write_result *ret_result,
    struct err *err)
{
	struct work w = {.paper = paper, .write = write, .a = a};
	enum rc rc = write_check(write, err);

	if (rc == RC_OK)
		rc = paper_begin(paper, err);
	if (rc != RC_OK)
		return rc;
	rc = write_say(&w, write_do(&w), err);
	rc = paper_end(paper, rc, "saving a story", err);
	if (rc == RC_OK)
		*ret_result = w.result;
	return rc;
}

/* All of them in one transaction, or none. */
static bool write_together(struct paper *paper, struct arena *a,
    const struct paper_write_task *tasks, size_t n, struct work *works)
{
	enum rc rc = n > 1 ? paper_begin(paper, NULL) : RC_DENIED;

	if (rc != RC_OK)
		return false;
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		works[i] = (struct work){
		    .paper = paper, .write = &tasks[i].write, .a = a};
		arena_reset(paper->scratch);
		rc = write_check(works[i].write, NULL);
		if (rc == RC_OK)
			rc = write_do(&works[i]);
	}
	return paper_end(paper, rc, "saving stories", NULL) == RC_OK;
}

void paper_write_all(struct paper *paper, struct arena *a,
    struct paper_write_task *tasks, size_t n)
{
	struct work *works = ARENA_ARRAY(a, struct work, n);
	bool is_done = works && write_together(paper, a, tasks, n, works);

	for (size_t i = 0; i < n; i++) {
		struct paper_write_task *t = &tasks[i];

		t->rc = RC_OK;
		if (is_done)
			t->result = works[i].result;
		else
			t->rc = paper_write(
			    paper, a, &t->write, &t->result, &t->err);
	}
}

void paper_rest(struct paper *paper)
{
	if (!paper->in_batch)
		store_rest(paper->db);
}

enum rc paper_text(struct paper *paper, struct arena *a, int64_t id,
    int64_t revision, struct manuscript *ret_manuscript, struct err *err)
{
	struct fields f;
	int64_t previous;
	enum rc rc = revision_check(paper, id, revision);

	if (rc == RC_OK)
		rc = story_fields(paper, a, revision, &f, &previous);
	if (rc == RC_OK)
		rc = fields_manuscript(a, &f, ret_manuscript);
	if (rc == RC_NOT_FOUND)
		return err_set(err, rc, "story %lld has no revision %lld",
		    (long long)id, (long long)revision);
	return rc == RC_OK
		   ? RC_OK
		   : store_fail(paper->db, rc, "reading a revision", err);
}

enum rc paper_base(struct paper *paper, int64_t id, int64_t revision,
    int64_t *ret_base, struct err *err)
{
	enum rc rc = thin_resolve(paper, id, revision, ret_base);

	if (rc == RC_NOT_FOUND)
		return err_set(err, rc, "story %lld has no revision %lld",
		    (long long)id, (long long)revision);
	return rc == RC_OK
		   ? RC_OK
		   : store_fail(paper->db, rc, "looking for a revision", err);
}

/* When a story may appear is not the writer's to say: the embargo of the newest
 * text stays, whatever the earlier one had. */
static enum rc keep_embargo(struct paper *paper, struct arena *a, int64_t id,
    struct manuscript *m, struct err *err)
{
	struct manuscript newest;
	int64_t revision, shown;
	enum rc rc = paper_newest(paper, id, &revision, &shown, err);

	if (rc == RC_OK)
		rc = paper_text(paper, a, id, revision, &newest, err);
	if (rc != RC_OK)
		return rc;
	m->has_embargo = newest.has_embargo;
	m->embargo = newest.embargo;
	return RC_OK;
}

enum rc paper_restore(struct paper *paper, struct arena *a, int64_t revision,
    const struct paper_write *write, struct paper_write_result *ret_result,
    struct err *err)
{
	struct paper_write restore = *write;
	struct manuscript m;
	enum rc rc = paper_text(paper, a, write->id, revision, &m, err);

	if (rc == RC_OK)
		rc = keep_embargo(paper, a, write->id, &m, err);
	if (rc != RC_OK)
		return rc;
	restore.manuscript = &m;
	restore.kind = PAPER_KIND_RESTORE;
	restore.restored = revision;
	restore.tab = STR("");
	return paper_write(paper, a, &restore, ret_result, err);
}

enum rc paper_name(struct paper *paper, int64_t id, int64_t revision,
    struct str name, struct err *err)
{
	struct query *q;
	enum rc rc;

	if (name.n > PAPER_NAME_MAX)
		return err_set(err, RC_INVALID,
		    "the name of a revision has at most %d bytes",
		    PAPER_NAME_MAX);
	rc = paper_begin(paper, err);
	if (rc != RC_OK)
		return rc;
	rc = revision_check(paper, id, revision);
	if (rc == RC_NOT_FOUND)
		err_set(err, rc, "story %lld has no revision %lld",
		    (long long)id, (long long)revision);
	if (rc == RC_OK) {
		q = store_query(paper->db,
		    SQL("INSERT INTO save (revision, kind, side, tab, name)"
			" VALUES (?1, 0, 0, '', ?2) ON CONFLICT (revision)"
			" DO UPDATE SET name = excluded.name"));
		query_add_i64(q, revision);
		query_add_str(q, str_trim(name));
		rc = query_run(q, NULL);
	}
	return paper_end(paper, rc, "naming a revision", err);
}

enum rc paper_newest(struct paper *paper, int64_t id, int64_t *ret_newest,
    int64_t *ret_shown, struct err *err)
{
	struct query *q = store_query(paper->db,
	    SQL("SELECT revision, shown, status FROM story WHERE id = ?1"));
	enum rc rc;

	query_add_i64(q, id);
	rc = query_step(q);
	if (rc == RC_OK) {
		int64_t shown = query_i64(q, 1);

		*ret_newest = query_i64(q, 0);
		*ret_shown = query_i64(q, 2) != PAPER_PUBLISHED ? 0
			     : shown != 0			? shown
								: *ret_newest;
	}
	query_end(q);
	if (rc == RC_NOT_FOUND)
		return err_set(err, rc,
		    "there is no story with the number %lld", (long long)id);
	return rc == RC_OK ? RC_OK
			   : store_fail(paper->db, rc, "reading a story", err);
}

/* RET_PREVIOUS is 0 for the first one. */
static enum rc saving_load(struct paper *paper, struct arena *a, int64_t id,
    struct paper_saving *ret_saving, int64_t *ret_previous)
{
	struct query *q = store_query(paper->db,
	    SQL("SELECT revision.previous, revision.saved_us, revision.who,"
		" revision.note, revision.headline, coalesce(save.kind, 0),"
		" coalesce(save.name, '') FROM revision LEFT JOIN save"
		" ON save.revision = revision.id WHERE revision.id = ?1"));
	struct paper_saving s = {.id = id};
	enum rc rc;

	query_add_i64(q, id);
	rc = query_step(q);
	if (rc == RC_OK) {
		s.saved.us = query_i64(q, 1);
		s.who = query_copy(q, a, 2);
		s.note = query_copy(q, a, 3);
		s.headline = query_copy(q, a, 4);
		s.kind = (enum paper_kind)query_i64(q, 5);
		s.name = query_copy(q, a, 6);
		*ret_previous = query_i64(q, 0);
		if (!s.who.p || !s.note.p || !s.headline.p || !s.name.p)
			rc = RC_NO_MEMORY;
	}
	query_end(q);
	if (rc == RC_OK)
		*ret_saving = s;
	return rc;
}

/* The revision of the story's chain that *SHOWN stands for: what readers have
 * was moved to another section, while newer texts were there. */
static enum rc shown_in_chain(struct paper *paper, int64_t *shown)
{
	enum rc rc;

	do {
		struct query *q = store_query(
		    paper->db, SQL("SELECT side FROM save WHERE revision = ?1"
				   " AND kind = 5 AND side > 0"));

		query_add_i64(q, *shown);
		rc = query_one(q, shown);
	} while (rc == RC_OK);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc paper_history(struct paper *paper, struct arena *a, int64_t id,
    int64_t before, size_t limit, struct paper_saving **ret_v, size_t *ret_n,
    int64_t *ret_older, struct err *err)
{
	struct paper_saving *v;
	struct link link;
	size_t n = 0;
	int64_t at, shown;
	enum rc rc = paper_newest(paper, id, &at, &shown, err);

	if (rc != RC_OK)
		return rc;
	limit = limit > HISTORY_MOST ? HISTORY_MOST : limit;
	v = ARENA_ARRAY(a, struct paper_saving, limit);
	if (!v)
		return err_set(err, RC_NO_MEMORY, "no memory for a list");
	rc = shown_in_chain(paper, &shown);
	if (rc == RC_OK && before != 0) {
		rc = thin_resolve(paper, id, before, &at);
		if (rc == RC_OK && at == before) {
			rc = link_load(paper, before, STR_NONE, &link);
			at = rc == RC_OK ? link.previous : at;
		}
	}
	while (rc == RC_OK && at > 0 && n < limit) {
		rc = saving_load(paper, a, at, &v[n], &at);
		if (rc == RC_OK) {
			v[n].is_shown = v[n].id == shown;
			n++;
		}
	}
	if (rc != RC_OK)
		return store_fail(paper->db, rc, "listing revisions", err);
	*ret_v = v;
	*ret_n = n;
	*ret_older = at > 0 && n > 0 ? v[n - 1].id : 0;
	return RC_OK;
}

enum rc paper_saving(struct paper *paper, struct arena *a, int64_t id,
    int64_t revision, struct paper_saving *ret_saving, struct err *err)
{
	struct paper_saving saving;
	int64_t newest, shown, previous;
	enum rc rc = paper_newest(paper, id, &newest, &shown, err);

	if (rc != RC_OK)
		return rc;
	rc = revision_check(paper, id, revision);
	if (rc == RC_OK)
		rc = saving_load(paper, a, revision, &saving, &previous);
	if (rc == RC_NOT_FOUND)
		return err_set(err, rc, "story %lld has no revision %lld",
		    (long long)id, (long long)revision);
	if (rc != RC_OK)
		return store_fail(paper->db, rc, "reading a revision", err);
	saving.is_shown = saving.id == shown;
	*ret_saving = saving;
	return RC_OK;
}
