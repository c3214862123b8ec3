/* SPDX-License-Identifier: MIT
 *
 * The life of a story; see paper.h.
 *
 *	draft -> submitted -> scheduled -> published -> withdrawn
 *
 * with every step forward allowed from every earlier one, and back from
 * withdrawn to published under the address it had.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "paper/packing.h"
#include "paper/paper_priv.h"
#include "paper/translation.h"
#include "text/slug.h"

enum { IDS_BYTES = 8192, DUE_AT_ONCE = 100, SLUG_TRIES = 20, ALIAS_MAX = 1000 };

static const char *const status_names[] = {
    [PAPER_DRAFT] = "draft",
    [PAPER_SUBMITTED] = "submitted",
    [PAPER_SCHEDULED] = "scheduled",
    [PAPER_PUBLISHED] = "published",
    [PAPER_WITHDRAWN] = "withdrawn",
};

enum { STATUS_COUNT = sizeof(status_names) / sizeof(status_names[0]) };

const char *paper_status_name(enum paper_status status)
{
	must((size_t)status < STATUS_COUNT);
	return status_names[status];
}

enum rc paper_status_find(struct str name, enum paper_status *ret_status)
{
	for (size_t i = 0; i < STATUS_COUNT; i++)
		if (str_eq(name, str_of(status_names[i]))) {
			*ret_status = (enum paper_status)i;
			return RC_OK;
		}
	return RC_NOT_FOUND;
}

enum rc story_load(struct paper *paper, int64_t id, struct story_row *ret_row)
{
	struct query *q = store_query(paper->db,
	    SQL("SELECT status, revision, created_us, saved_us, published_us,"
		" updated_us, due_us, embargo_us, section, slug, path,"
		" headline, note, people, tags FROM story WHERE id = ?1"));
	struct story_row row = {.id = id};
	struct str *texts[] = {&row.slug, &row.path, &row.headline, &row.note,
	    &row.people, &row.tags};
	enum rc rc;

	query_add_i64(q, id);
	rc = query_step(q);
	if (rc != RC_OK) {
		query_end(q);
		return rc;
	}
	row.status = (enum paper_status)query_i64(q, 0);
	row.revision = query_i64(q, 1);
	row.created = query_instant(q, 2);
	row.saved = query_instant(q, 3);
	row.published = query_instant(q, 4);
	row.updated = query_instant(q, 5);
	row.due = query_instant(q, 6);
	row.embargo = query_instant(q, 7);
	row.section = query_i64(q, 8);
	for (int i = 0; i < 6; i++) {
		*texts[i] = query_copy(q, paper->scratch, 9 + i);
		if (!texts[i]->p)
			rc = RC_NO_MEMORY;
	}
	query_end(q);
	if (rc == RC_OK)
		*ret_row = row;
	return rc;
}

static void story_bind(struct query *q, const struct story_row *row)
{
	query_add_i64(q, row->id);
	query_add_i64(q, row->status);
	query_add_i64(q, row->revision);
	query_add_instant(q, row->created);
	query_add_instant(q, row->saved);
	query_add_instant(q, row->published);
	query_add_instant(q, row->updated);
	query_add_instant(q, row->due);
	query_add_instant(q, row->embargo);
	query_add_i64(q, row->section);
	query_add_str(q, row->slug);
	query_add_str(q, row->path);
	query_add_str(q, row->headline);
	query_add_str(q, row->note);
	query_add_str(q, row->people);
	query_add_str(q, row->tags);
}

enum rc story_update(struct paper *paper, const struct story_row *row)
{
	struct query *q = store_query(paper->db,
	    SQL("UPDATE story SET status = ?2, revision = ?3,"
		" created_us = ?4, saved_us = ?5, published_us = ?6,"
		" updated_us = ?7, due_us = ?8, embargo_us = ?9,"
		" section = ?10, slug = ?11, path = ?12, headline = ?13,"
		" note = ?14, people = ?15, tags = ?16 WHERE id = ?1"));

	story_bind(q, row);
	return query_run(q, NULL);
}

enum rc story_insert(struct paper *paper, const struct story_row *row)
{
	struct query *q = store_query(paper->db,
	    SQL("INSERT INTO story (id, status, revision, created_us,"
		" saved_us, published_us, updated_us, due_us, embargo_us,"
		" section, slug, path, headline, note, people, tags)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,"
		" ?13, ?14, ?15, ?16)"));

	story_bind(q, row);
	return query_run(q, NULL);
}

enum rc story_fields(struct paper *paper, struct arena *a, int64_t revision,
    struct fields *ret_fields, int64_t *ret_previous)
{
	struct query *q = store_query(paper->db,
	    SQL("SELECT previous, headline, kicker, standfirst, slug, section,"
		" dateline, lang, authors, tags, aliases, picture,"
		" corrections, translations, is_draft, published, updated,"
		" embargo, body FROM revision WHERE id = ?1"));
	struct fields f;
	int64_t previous = 0;
	enum rc rc;

	query_add_i64(q, revision);
	rc = query_step(q);
	for (int i = 0; rc == RC_OK && i < FIELD_COUNT; i++) {
		previous = query_i64(q, 0);
		f.v[i] = query_copy(q, a, 1 + i);
		if (!f.v[i].p)
			rc = RC_NO_MEMORY;
	}
	query_end(q);
	if (rc == RC_OK) {
		*ret_fields = f;
		*ret_previous = previous;
	}
	return rc;
}

static enum rc revision_insert(struct paper *paper, int64_t id,
    const struct story_row *row, const struct fields *f,
    const struct paper_edit *edit)
{
	struct query *q = store_query(paper->db,
	    SQL("INSERT INTO revision (id, story, previous, saved_us, who,"
		" note, headline, kicker, standfirst, slug, section, dateline,"
		" lang, authors, tags, aliases, picture, corrections,"
		" translations, is_draft, published, updated, embargo, body)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,"
		" ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23,"
		" ?24)"));

	query_add_i64(q, id);
	query_add_i64(q, row->id);
	if (row->revision > 0)
		query_add_i64(q, row->revision);
	else
		query_add_null(q);
	query_add_i64(q, edit->now.us);
	query_add_str(q, edit->who);
	query_add_str(q, edit->note);
	for (int i = 0; i < FIELD_COUNT; i++)
		query_add_str(q, f->v[i]);
	return query_run(q, NULL);
}

/* Under whose name the story is found. */
static enum rc story_join_people(
    struct paper *paper, int64_t id, struct str people, bool is_new)
{
	int64_t person;
	struct query *q;
	enum rc rc = RC_OK;

	if (!is_new)
		return RC_OK;
	while (rc == RC_OK && packing_take_id(&people, &person)) {
		q = store_query(
		    paper->db, SQL("INSERT INTO story_person (person, story)"
				   " VALUES (?1, ?2)"));
		query_add_i64(q, person);
		query_add_i64(q, id);
		rc = query_run(q, NULL);
	}
	return rc;
}

static enum rc story_leave_people(
    struct paper *paper, int64_t id, struct str people)
{
	int64_t person;
	struct query *q;
	enum rc rc = RC_OK;

	while (rc == RC_OK && packing_take_id(&people, &person)) {
		q = store_query(
		    paper->db, SQL("DELETE FROM story_person WHERE person = ?1"
				   " AND story = ?2"));
		query_add_i64(q, person);
		query_add_i64(q, id);
		rc = query_run(q, NULL);
	}
	return rc;
}

/* The ids of section, people and tags. */
static enum rc story_sort(
    struct paper *paper, struct story_row *row, const struct fields *f)
{
	struct str lang = f->v[FIELD_LANG];
	struct buf people, tags;
	bool is_changed;
	enum rc rc = RC_OK;

	row->section = 0;
	if (f->v[FIELD_SECTION].n > 0)
		rc = term_id(paper, TERM_SECTION, f->v[FIELD_SECTION], lang,
		    &row->section);
	buf_init_arena(&people, paper->scratch, IDS_BYTES);
	buf_init_arena(&tags, paper->scratch, IDS_BYTES);
	if (rc == RC_OK)
		rc = term_ids(
		    paper, TERM_PERSON, f->v[FIELD_AUTHORS], lang, &people);
	if (rc == RC_OK)
		rc = term_ids(paper, TERM_TAG, f->v[FIELD_TAGS], lang, &tags);
	if (rc != RC_OK)
		return rc;
	is_changed = !str_eq(row->people, buf_str(&people));
	if (is_changed)
		rc = story_leave_people(paper, row->id, row->people);
	row->people = buf_str(&people);
	row->tags = buf_str(&tags);
	return rc == RC_OK
		   ? story_join_people(paper, row->id, row->people, is_changed)
		   : rc;
}

/* *RET_IS_OURS: PATH is free and now the story's, or was already. */
static enum rc address_take(struct paper *paper, struct str path, int64_t id,
    bool is_old, bool *ret_is_ours)
{
	int64_t count = 0;
	int64_t owner;
	enum rc rc;
	struct query *q = store_query(paper->db,
	    SQL("INSERT INTO address (path, story, is_old) VALUES (?1, ?2, ?3)"
		" ON CONFLICT (path) DO NOTHING"));

	query_add_str(q, path);
	query_add_i64(q, id);
	query_add_i64(q, is_old);
	rc = query_run(q, &count);
	if (rc != RC_OK || count > 0) {
		*ret_is_ours = rc == RC_OK;
		return rc;
	}
	q = store_query(
	    paper->db, SQL("SELECT story FROM address WHERE path = ?1"));
	query_add_str(q, path);
	rc = query_one(q, &owner);
	*ret_is_ours = rc == RC_OK && owner == id;
	return rc;
}

static enum rc address_age(struct paper *paper, struct str path, bool is_old)
{
	struct query *q = store_query(
	    paper->db, SQL("UPDATE address SET is_old = ?2 WHERE path = ?1"));

	query_add_str(q, path);
	query_add_i64(q, is_old);
	return query_run(q, NULL);
}

/* Takes the first free address on the day of publication: slug, slug-2, ...
 * and, where that goes on too long, slug-ID-2, ... */
static enum rc story_take_path(struct paper *paper, struct story_row *row)
{
	struct civil day = paper_civil(paper, row->published);
	struct str old = row->path;
	struct str path = STR_NONE;
	bool is_ours = false;
	enum rc rc = RC_OK;

	must(row->slug.n > 0);
	for (unsigned i = 1; rc == RC_OK && !is_ours; i++) {
		struct str head =
		    arena_printf(paper->scratch, "/%04d/%02d/%02d/%.*s",
			(int)day.year, day.month, day.day, STR_ARG(row->slug));

		path = i == 1 ? head
		       : i <= SLUG_TRIES
			   ? arena_printf(
				 paper->scratch, "%.*s-%u", STR_ARG(head), i)
			   : arena_printf(paper->scratch, "%.*s-%lld-%u",
				 STR_ARG(head), (long long)row->id, i);
		if (!head.p || !path.p)
			return RC_NO_MEMORY;
		rc = address_take(paper, path, row->id, false, &is_ours);
	}
	if (rc == RC_OK && old.n > 0 && !str_eq(old, path)) {
		rc = address_age(paper, old, true);
		if (rc == RC_OK)
			rc = address_age(paper, path, false);
	}
	row->path = path;
	return rc;
}

/* Addresses from before the paper came to us lead to the story where they are
 * free. One slash at the end counts for nothing. */
static enum rc story_take_aliases(
    struct paper *paper, int64_t id, struct str aliases)
{
	struct str record;
	enum rc rc = RC_OK;

	while (rc == RC_OK && packing_take(&aliases, &record)) {
		struct str path = packing_take_field(&record);
		bool is_ours;

		if (path.n > 1 && str_ends(path, STR("/")))
			path.n--;
		if (!str_starts(path, STR("/")) || path.n < 2 ||
		    path.n > ALIAS_MAX)
			continue;
		rc = address_take(paper, path, id, true, &is_ours);
	}
	return rc;
}

enum rc story_go_live(struct paper *paper, struct story_row *row,
    const struct fields *f, struct instant at)
{
	enum rc rc = RC_OK;

	row->status = PAPER_PUBLISHED;
	row->due = INSTANT_NEVER;
	row->note = STR("");
	if (row->published.us == INT64_MAX)
		row->published = at;
	if (row->path.n == 0)
		rc = story_take_path(paper, row);
	return rc == RC_OK
		   ? story_take_aliases(paper, row->id, f->v[FIELD_ALIASES])
		   : rc;
}

static bool story_was_published(const struct story_row *row)
{
	return row->path.n > 0;
}

/* What the slug is to be, and the address with it. */
static enum rc story_set_slug(
    struct paper *paper, struct story_row *row, const struct fields *f)
{
	struct str from = f->v[FIELD_SLUG];
	struct str slug;

	if (str_blank(from)) {
		if (story_was_published(row))
			return RC_OK;
		from = f->v[FIELD_HEADLINE];
	}
	slug = slug_make(paper->scratch, from, f->v[FIELD_LANG]);
	if (!slug.p)
		return RC_NO_MEMORY;
	if (str_eq(slug, row->slug))
		return RC_OK;
	row->slug = slug;
	return story_was_published(row) ? story_take_path(paper, row) : RC_OK;
}

enum rc story_revise(struct paper *paper, struct story_row *row,
    const struct fields *f, const struct manuscript *m,
    const struct paper_edit *edit)
{
	int64_t revision = paper->next_revision++;
	bool is_new = row->revision == 0;
	enum rc rc = revision_insert(paper, revision, row, f, edit);

	row->revision = revision;
	row->saved = edit->now;
	row->headline = f->v[FIELD_HEADLINE];
	row->embargo =
	    m->has_embargo ? paper_instant(paper, m->embargo) : INSTANT_NEVER;
	if (rc == RC_OK)
		rc = story_sort(paper, row, f);
	if (rc == RC_OK)
		rc = story_set_slug(paper, row, f);
	if (rc == RC_OK)
		rc = translation_note(
		    paper, row->id, f->v[FIELD_TRANSLATIONS], is_new);
	return rc;
}

static bool story_is_held(const struct story_row *row, struct instant now)
{
	return row->embargo.us != INT64_MAX && row->embargo.us > now.us;
}

/* What a save means for a story that readers see or soon will. */
static enum rc story_follow(struct paper *paper, struct story_row *row,
    const struct fields *f, const struct manuscript *m, struct instant now)
{
	enum rc rc = RC_OK;

	if (row->status == PAPER_SCHEDULED) {
		if (row->embargo.us != INT64_MAX &&
		    row->embargo.us > row->due.us)
			row->due = row->embargo;
		return RC_OK;
	}
	if (row->status != PAPER_PUBLISHED)
		return RC_OK;
	row->updated = m->has_updated ? paper_instant(paper, m->updated) : now;
	if (row->updated.us < row->published.us)
		row->updated = row->published;
	if (story_is_held(row, now)) {
		row->status = PAPER_SCHEDULED;
		row->due = row->embargo;
	} else {
		rc = story_take_aliases(paper, row->id, f->v[FIELD_ALIASES]);
	}
	return rc == RC_OK ? outbox_add(paper, OUTBOX_STORY, row->id, 0) : rc;
}

enum rc story_save_old(struct paper *paper, const struct paper_edit *edit,
    const struct fields *f, bool *ret_is_new)
{
	struct story_row row;
	struct fields old;
	int64_t previous;
	enum rc rc = story_load(paper, edit->id, &row);

	if (rc == RC_OK)
		rc = story_fields(
		    paper, paper->scratch, row.revision, &old, &previous);
	if (rc != RC_OK)
		return rc;
	if (str_blank(f->v[FIELD_HEADLINE]) &&
	    (row.status == PAPER_PUBLISHED || row.status == PAPER_SCHEDULED))
		return RC_DENIED;
	if (fields_equal(&old, f)) {
		*ret_is_new = false;
		return RC_OK;
	}
	*ret_is_new = true;
	rc = story_revise(paper, &row, f, edit->manuscript, edit);
	if (rc == RC_OK)
		rc = story_follow(paper, &row, f, edit->manuscript, edit->now);
	return rc == RC_OK ? story_update(paper, &row) : rc;
}

static enum rc story_save_new(struct paper *paper,
    const struct paper_edit *edit, const struct fields *f, int64_t *ret_id)
{
	struct story_row row = {
	    .id = paper->next_story++,
	    .status = PAPER_DRAFT,
	    .created = edit->now,
	    .published = INSTANT_NEVER,
	    .updated = INSTANT_NEVER,
	    .due = INSTANT_NEVER,
	};
	enum rc rc = story_revise(paper, &row, f, edit->manuscript, edit);

	if (rc == RC_OK)
		rc = story_insert(paper, &row);
	if (rc == RC_OK)
		*ret_id = row.id;
	return rc;
}

enum rc paper_save(struct paper *paper, const struct paper_edit *edit,
    int64_t *ret_id, bool *ret_is_new, struct err *err)
{
	const struct manuscript *m = edit->manuscript;
	int64_t id = edit->id;
	bool is_new = true;
	struct fields f;
	enum rc rc;

	if (str_blank(m->headline) && str_blank(m->body))
		return err_set(err, RC_INVALID,
		    "there is neither a headline nor a text in it");
	rc = paper_begin(paper, err);
	if (rc != RC_OK)
		return rc;
	rc = fields_of(paper->scratch, m, &f);
	if (rc == RC_OK)
		rc = id == 0 ? story_save_new(paper, edit, &f, &id)
			     : story_save_old(paper, edit, &f, &is_new);
	if (rc == RC_NOT_FOUND)
		err_set(err, rc, "there is no story with the number %lld",
		    (long long)id);
	if (rc == RC_DENIED && str_blank(m->headline))
		err_set(err, rc,
		    "story %lld is for readers: it needs a headline",
		    (long long)id);
	rc = paper_end(paper, rc, "saving a story", err);
	if (rc != RC_OK)
		return rc;
	if (ret_id)
		*ret_id = id;
	if (ret_is_new)
		*ret_is_new = is_new;
	return RC_OK;
}

/* Begins a change of one story. */
static enum rc story_begin(
    struct paper *paper, int64_t id, struct story_row *ret_row, struct err *err)
{
	enum rc rc = paper_begin(paper, err);

	if (rc != RC_OK)
		return rc;
	rc = story_load(paper, id, ret_row);
	if (rc == RC_OK)
		return RC_OK;
	if (rc == RC_NOT_FOUND)
		err_set(err, rc, "there is no story with the number %lld",
		    (long long)id);
	return paper_end(paper, rc, "looking for a story", err);
}

enum rc paper_submit(
    struct paper *paper, int64_t id, struct instant now, struct err *err)
{
	struct story_row row;
	enum rc rc = story_begin(paper, id, &row, err);

	if (rc != RC_OK)
		return rc;
	if (row.status == PAPER_DRAFT) {
		row.status = PAPER_SUBMITTED;
		row.saved = now;
		rc = story_update(paper, &row);
	} else if (row.status != PAPER_SUBMITTED) {
		rc = err_set(err, RC_DENIED,
		    "story %lld is %s: only a draft can be submitted",
		    (long long)id, paper_status_name(row.status));
	}
	return paper_end(paper, rc, "submitting a story", err);
}

/* Publishes the story at WHEN, or schedules it if that lies ahead. */
static enum rc story_set_due(struct paper *paper, struct story_row *row,
    struct instant when, struct instant now)
{
	struct fields f;
	int64_t previous;
	enum rc rc;

	if (row->embargo.us != INT64_MAX && row->embargo.us > when.us)
		when = row->embargo;
	if (when.us > now.us) {
		/* Taken back before, it must not answer 410 until then. */
		bool was_out = story_was_published(row);

		row->status = PAPER_SCHEDULED;
		row->due = when;
		row->note = STR("");
		rc = story_update(paper, row);
		return rc == RC_OK && was_out
			   ? outbox_add(paper, OUTBOX_STORY, row->id, 0)
			   : rc;
	}
	rc = story_fields(paper, paper->scratch, row->revision, &f, &previous);
	if (rc == RC_OK)
		rc = story_go_live(paper, row, &f, when);
	if (rc == RC_OK)
		rc = story_update(paper, row);
	if (rc == RC_OK)
		rc = outbox_add(paper, OUTBOX_STORY, row->id, 0);
	return rc;
}

enum rc paper_schedule(struct paper *paper, int64_t id, struct instant when,
    struct instant now, enum paper_status *ret_status, struct err *err)
{
	struct story_row row;
	enum rc rc = story_begin(paper, id, &row, err);

	if (rc != RC_OK)
		return rc;
	if (row.status == PAPER_PUBLISHED)
		rc = err_set(err, RC_EXISTS,
		    "story %lld is published already, at %.*s", (long long)id,
		    STR_ARG(row.path));
	else if (str_blank(row.headline))
		rc = err_set(err, RC_INVALID, "story %lld has no headline",
		    (long long)id);
	else
		rc = story_set_due(paper, &row, when, now);
	rc = paper_end(paper, rc, "publishing a story", err);
	if (rc == RC_OK && ret_status)
		*ret_status = row.status;
	return rc;
}

enum rc paper_publish(struct paper *paper, int64_t id, struct instant now,
    enum paper_status *ret_status, struct err *err)
{
	return paper_schedule(paper, id, now, now, ret_status, err);
}

enum rc paper_withdraw(struct paper *paper, int64_t id, struct str note,
    struct instant now, struct err *err)
{
	struct story_row row;
	enum rc rc = story_begin(paper, id, &row, err);

	if (rc != RC_OK)
		return rc;
	if (row.status != PAPER_PUBLISHED && row.status != PAPER_SCHEDULED) {
		rc = err_set(err, RC_DENIED,
		    "story %lld is %s: there is nothing to take back",
		    (long long)id, paper_status_name(row.status));
	} else {
		row.status =
		    story_was_published(&row) ? PAPER_WITHDRAWN : PAPER_DRAFT;
		row.due = INSTANT_NEVER;
		row.note = note;
		row.saved = now;
		rc = story_update(paper, &row);
		if (rc == RC_OK)
			rc = outbox_add(paper, OUTBOX_STORY, id, 0);
	}
	return paper_end(paper, rc, "withdrawing a story", err);
}

enum rc paper_rename(struct paper *paper, int64_t id, struct str slug,
    struct instant now, struct err *err)
{
	struct manuscript m;
	struct fields f;
	int64_t previous;
	struct story_row row;
	struct paper_edit edit = {
	    .id = id, .manuscript = &m, .note = STR("new slug"), .now = now};
	enum rc rc = story_begin(paper, id, &row, err);

	if (rc != RC_OK)
		return rc;
	rc = story_fields(paper, paper->scratch, row.revision, &f, &previous);
	f.v[FIELD_SLUG] = str_trim(slug);
	if (rc == RC_OK)
		rc = fields_manuscript(paper->scratch, &f, &m);
	if (rc == RC_OK && f.v[FIELD_SLUG].n == 0)
		rc = err_set(err, RC_INVALID, "the new slug is empty");
	if (rc == RC_OK)
		rc = story_revise(paper, &row, &f, &m, &edit);
	if (rc == RC_OK)
		rc = story_update(paper, &row);
	if (rc == RC_OK && story_was_published(&row))
		rc = outbox_add(paper, OUTBOX_STORY, id, 0);
	return paper_end(paper, rc, "renaming a story", err);
}

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
			rc = story_set_due(paper, &row, due, now);
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
