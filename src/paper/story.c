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
#include "paper/alias.h"
#include "paper/packing.h"
#include "paper/paper_priv.h"
#include "paper/translation.h"
#include "paper/version.h"
#include "paper/workflow.h"
#include "text/slug.h"

enum { SLUG_TRIES = 20 };

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
 * free; import, save and publish name those that do not. */
static enum rc story_take_aliases(
    struct paper *paper, int64_t id, struct str aliases)
{
	struct str record;
	enum rc rc = RC_OK;

	while (rc == RC_OK && packing_take(&aliases, &record)) {
		enum paper_alias state = PAPER_ALIAS_TAKEN;
		struct str alias = packing_take_field(&record);
		struct str path = STR_NONE;
		bool is_ours;

		rc = paper_alias_path(paper->scratch, alias, &path);
		if (rc == RC_OK)
			rc = alias_state(paper, path, id, &state);
		else if (rc == RC_INVALID)
			rc = RC_OK;
		if (rc == RC_OK && state == PAPER_ALIAS_FREE)
			rc = address_take(paper, path, id, true, &is_ours);
	}
	return rc;
}

/* Readers have ROW again. Is its text another one than they had, it was changed
 * now; and what was withdrawn is not to be read again below it. */
static enum rc story_come_back(
    struct paper *paper, struct story_row *row, struct instant at)
{
	int64_t before = 0, after = 0;
	enum rc rc = version_count(paper, row->id, &before);

	if (rc == RC_OK)
		rc = version_add(paper, row,
		    row->shown != 0 ? row->shown : row->revision, PAPER_UPDATE,
		    at);
	if (rc == RC_OK)
		rc = version_count(paper, row->id, &after);
	if (rc != RC_OK || before == 0 || after == before)
		return rc;
	row->updated = at.us > row->published.us ? at : row->published;
	return version_take_old(paper, row->id);
}

enum rc story_go_live(struct paper *paper, struct story_row *row,
    const struct fields *f, struct instant at)
{
	bool was_out = row->published.us != INT64_MAX;
	enum rc rc = RC_OK;

	row->status = PAPER_PUBLISHED;
	row->due = INSTANT_NEVER;
	row->note = STR("");
	if (was_out)
		rc = story_come_back(paper, row, at);
	else
		row->published = at;
	if (rc == RC_OK && row->path.n == 0)
		rc = story_take_path(paper, row);
	return rc == RC_OK
		   ? story_take_aliases(paper, row->id, f->v[FIELD_ALIASES])
		   : rc;
}

bool story_was_published(const struct story_row *row)
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

/* Gives ROW the end of the embargo of F, its next text. One that was set before
 * the paper had this zone ends when it was to end. */
static enum rc story_take_embargo(struct paper *paper, struct story_row *row,
    const struct fields *f, const struct manuscript *m)
{
	struct instant embargo =
	    m->has_embargo ? paper_instant(paper, m->embargo) : INSTANT_NEVER;
	struct fields was;
	int64_t previous;
	enum rc rc = RC_OK;

	if (m->has_embargo && row->revision != 0 &&
	    row->embargo.us != INSTANT_NEVER.us &&
	    row->embargo.us != embargo.us) {
		rc = story_fields(
		    paper, paper->scratch, row->revision, &was, &previous);
		if (rc == RC_OK &&
		    str_eq(was.v[FIELD_EMBARGO], f->v[FIELD_EMBARGO]))
			return RC_OK;
	}
	row->embargo = embargo;
	return rc;
}

enum rc story_work(struct paper *paper, struct story_row *row,
    const struct fields *f, const struct manuscript *m,
    const struct revision *revision)
{
	enum rc rc = story_take_embargo(paper, row, f, m);

	if (rc == RC_OK)
		rc = revision_insert(paper, revision, f, &row->revision);
	row->saved = revision->saved;
	row->headline = f->v[FIELD_HEADLINE];
	return rc == RC_OK ? story_sort(paper, row, f) : rc;
}

enum rc story_settle(
    struct paper *paper, struct story_row *row, const struct fields *f)
{
	enum rc rc = story_set_slug(paper, row, f);

	return rc == RC_OK ? translation_note(paper, row->id,
				 f->v[FIELD_TRANSLATIONS], false)
			   : rc;
}

static struct revision revision_next(
    const struct story_row *row, const struct paper_edit *edit)
{
	return (struct revision){
	    .story = row->id,
	    .previous = row->revision,
	    .saved = edit->now,
	    .who = edit->who,
	    .note = edit->note,
	};
}

enum rc story_revise(struct paper *paper, struct story_row *row,
    const struct fields *f, const struct manuscript *m,
    const struct paper_edit *edit)
{
	const struct revision revision = revision_next(row, edit);
	bool is_new = row->revision == 0;
	enum rc rc = story_work(paper, row, f, m, &revision);

	if (rc == RC_OK)
		rc = story_set_slug(paper, row, f);
	if (rc == RC_OK)
		rc = translation_note(
		    paper, row->id, f->v[FIELD_TRANSLATIONS], is_new);
	return rc;
}

void story_show_newest(struct story_row *row)
{
	row->shown = 0;
	row->shown_section = 0;
	row->shown_people = STR("");
	row->shown_tags = STR("");
}

void story_part(struct story_row *row)
{
	if (row->status != PAPER_PUBLISHED || row->shown != 0)
		return;
	row->shown = row->revision;
	row->shown_section = row->section;
	row->shown_people = row->people;
	row->shown_tags = row->tags;
}

enum rc story_seen(struct paper *paper, struct arena *a,
    const struct story_row *row, struct story_row *ret_row,
    struct fields *ret_fields)
{
	int64_t previous;
	struct story_row seen = *row;

	if (row->shown != 0) {
		seen.section = row->shown_section;
		seen.people = row->shown_people;
		seen.tags = row->shown_tags;
		seen.revision = row->shown;
	}
	*ret_row = seen;
	return story_fields(paper, a, seen.revision, ret_fields, &previous);
}

bool story_would_vanish(struct paper *paper, const struct story_row *row,
    const struct manuscript *m, struct instant now)
{
	return row->status == PAPER_PUBLISHED && m->has_embargo &&
	       !m->is_draft && paper_instant(paper, m->embargo).us > now.us;
}

/* When readers of ROW are told that it was changed from OLD to F. */
static struct instant story_updated(struct paper *paper,
    const struct story_row *row, const struct fields *old,
    const struct fields *f, const struct paper_edit *edit)
{
	struct instant at = row->updated;

	if (edit->manuscript->has_updated)
		at = paper_instant(paper, edit->manuscript->updated);
	else if (!fields_look_equal(old, f) ||
		 !str_eq(old->v[FIELD_CORRECTIONS], f->v[FIELD_CORRECTIONS]))
		at = edit->now;
	return at.us < row->published.us ? row->published : at;
}

enum rc story_put_off(struct paper *paper, struct story_row *row)
{
	struct instant was = row->due;

	if (row->embargo.us == INT64_MAX || row->embargo.us <= was.us)
		return RC_OK;
	row->due = row->embargo;
	row->timing = TIMING_DESK;
	return correction_move(paper, row->id, was, row->due);
}

/* What a save means for a story that readers see or soon will; they see OLD. */
static enum rc story_follow(struct paper *paper, struct story_row *row,
    const struct fields *old, const struct fields *f,
    const struct paper_edit *edit)
{
	enum rc rc;

	if (row->status == PAPER_SCHEDULED)
		return story_put_off(paper, row);
	if (row->status != PAPER_PUBLISHED)
		return RC_OK;
	row->updated = story_updated(paper, row, old, f, edit);
	story_show_newest(row);
	rc = story_take_aliases(paper, row->id, f->v[FIELD_ALIASES]);
	return rc == RC_OK ? outbox_add(paper, OUTBOX_STORY, row->id, 0) : rc;
}

/* Readers have the story, and its new text says that it is not for them: it
 * waits beside the one that they see. */
static enum rc story_save_held(struct paper *paper, struct story_row *row,
    const struct fields *f, const struct paper_edit *edit)
{
	const struct revision revision = revision_next(row, edit);
	enum rc rc;

	story_part(row);
	rc = story_work(paper, row, f, edit->manuscript, &revision);
	return rc == RC_OK ? story_update(paper, row) : rc;
}

enum rc story_save_old(struct paper *paper, const struct paper_edit *edit,
    const struct fields *f, bool *ret_is_new)
{
	struct story_row row, seen;
	struct fields old, shown;
	int64_t previous;
	enum rc rc = story_load(paper, edit->id, &row);

	if (rc == RC_OK)
		rc = story_fields(
		    paper, paper->scratch, row.revision, &old, &previous);
	if (rc == RC_OK)
		rc = story_seen(paper, paper->scratch, &row, &seen, &shown);
	if (rc != RC_OK)
		return rc;
	*ret_is_new = !fields_equal(&old, f);
	if (row.status == PAPER_PUBLISHED && edit->manuscript->is_draft)
		return *ret_is_new ? story_save_held(paper, &row, f, edit)
				   : RC_OK;
	if (str_blank(f->v[FIELD_HEADLINE]) &&
	    (row.status == PAPER_PUBLISHED || row.status == PAPER_SCHEDULED))
		return RC_DENIED;
	if (story_would_vanish(paper, &row, edit->manuscript, edit->now))
		return RC_DENIED;
	if (!*ret_is_new && row.shown == 0)
		return RC_OK;
	rc = version_keep(paper, &row);
	if (rc != RC_OK)
		return rc;
	/* The newest text may be one that only the desk has seen so far. */
	rc = *ret_is_new ? story_revise(paper, &row, f, edit->manuscript, edit)
			 : story_settle(paper, &row, f);
	if (rc == RC_OK)
		rc = story_follow(paper, &row, &shown, f, edit);
	if (rc == RC_OK && row.status == PAPER_PUBLISHED)
		rc = version_add(
		    paper, &row, row.revision, PAPER_UPDATE, edit->now);
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

/* Nobody would expect what says draft to appear by itself. */
static enum rc save_check(struct paper *paper, const struct paper_edit *edit)
{
	struct story_row row;
	enum rc rc = story_load(paper, edit->id, &row);

	return rc == RC_OK && row.status == PAPER_SCHEDULED &&
		       edit->manuscript->is_draft
		   ? RC_DENIED
		   : rc;
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
	if (rc == RC_OK && id != 0)
		rc = save_check(paper, edit);
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
	else if (rc == RC_DENIED && m->is_draft)
		err_set(err, rc,
		    "story %lld is to appear at its time, and this text says "
		    "draft: take \"draft\" out, or withdraw the story first",
		    (long long)id);
	else if (rc == RC_DENIED)
		err_set(err, rc,
		    "story %lld is published; withdraw it first, or leave the "
		    "embargo out",
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

enum rc story_begin(
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

enum rc story_show(struct paper *paper, struct story_row *row, int64_t revision,
    const struct fields *f)
{
	struct story_row seen = *row;
	enum rc rc;

	story_show_newest(row);
	if (revision != row->revision) {
		rc = story_terms(paper, &seen, f);
		if (rc != RC_OK)
			return rc;
		row->shown = revision;
		row->shown_section = seen.section;
		row->shown_people = seen.people;
		row->shown_tags = seen.tags;
	}
	return story_settle(paper, row, f);
}

struct instant story_not_before(struct paper *paper,
    const struct story_row *row, int64_t revision, const struct fields *f,
    struct instant when)
{
	struct instant embargo = row->embargo;
	struct civil until;

	if (embargo.us != INT64_MAX && embargo.us > when.us)
		when = embargo;
	/* That is of the newest text, as the zone was when it was saved. */
	if (revision == row->revision ||
	    civil_parse(f->v[FIELD_EMBARGO], &until) != RC_OK)
		return when;
	embargo = paper_instant(paper, until);
	return embargo.us > when.us ? embargo : when;
}

static enum rc story_wait(struct paper *paper, struct story_row *row,
    int64_t revision, struct instant when)
{
	enum rc rc;

	row->status = PAPER_SCHEDULED;
	row->due = when;
	row->due_revision = revision;
	row->timing = TIMING_DESK;
	/* Is it not to come back after all, it is gone for the same reason. */
	if (!story_was_published(row))
		row->note = STR("");
	rc = story_update(paper, row);
	/* Taken back before, it must not answer 410 until then. */
	return rc == RC_OK && story_was_published(row)
		   ? outbox_add(paper, OUTBOX_STORY, row->id, 0)
		   : rc;
}

enum rc story_set_due(struct paper *paper, struct story_row *row,
    int64_t revision, struct instant when, struct instant now)
{
	int64_t shown = revision != 0 ? revision : row->revision;
	struct fields f;
	int64_t previous;
	enum rc rc = story_fields(paper, paper->scratch, shown, &f, &previous);

	if (rc != RC_OK)
		return rc;
	when = story_not_before(paper, row, shown, &f, when);
	if (row->status == PAPER_SCHEDULED)
		rc = correction_move(paper, row->id, row->due, when);
	if (rc != RC_OK)
		return rc;
	if (when.us > now.us)
		return story_wait(paper, row, revision, when);
	row->due_revision = 0;
	rc = story_show(paper, row, shown, &f);
	if (rc == RC_OK)
		rc = story_go_live(paper, row, &f, when);
	if (rc == RC_OK)
		rc = story_update(paper, row);
	if (rc == RC_OK)
		rc = outbox_add(paper, OUTBOX_STORY, row->id, 0);
	return rc;
}

/* Where texts are approved, this one appears and none that is saved later. */
static enum rc schedule_newest(struct paper *paper, struct story_row *row,
    struct instant when, struct instant now, struct err *err)
{
	bool is_fixed = false;
	enum rc rc = paper_review(paper, &is_fixed, err);

	return rc == RC_OK ? story_set_due(paper, row,
				 is_fixed ? row->revision : 0, when, now)
			   : rc;
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
		rc = schedule_newest(paper, &row, when, now, err);
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

enum rc story_take_back(struct paper *paper, struct story_row *row,
    struct str note, struct instant now, struct err *err)
{
	enum rc rc;

	if (row->status != PAPER_PUBLISHED && row->status != PAPER_SCHEDULED)
		return err_set(err, RC_DENIED,
		    "story %lld is %s: there is nothing to take back",
		    (long long)row->id, paper_status_name(row->status));
	rc = row->status == PAPER_SCHEDULED
		 ? correction_drop(paper, row->id, row->due)
		 : version_keep(paper, row);
	row->status = story_was_published(row) ? PAPER_WITHDRAWN : PAPER_DRAFT;
	row->due = INSTANT_NEVER;
	row->due_revision = 0;
	row->timing = TIMING_DESK;
	story_show_newest(row);
	if (!story_was_published(row) || !str_blank(note))
		row->note = note;
	row->saved = now;
	if (rc == RC_OK)
		rc = story_update(paper, row);
	return rc == RC_OK ? outbox_add(paper, OUTBOX_STORY, row->id, 0) : rc;
}

enum rc paper_withdraw(struct paper *paper, int64_t id, struct str note,
    struct instant now, struct err *err)
{
	struct story_row row;
	enum rc rc = story_begin(paper, id, &row, err);

	if (rc != RC_OK)
		return rc;
	rc = story_take_back(paper, &row, note, now, err);
	return paper_end(paper, rc, "withdrawing a story", err);
}

/* The text that readers see gets SLUG, if it is not the newest one. */
static enum rc rename_shown(
    struct paper *paper, struct story_row *row, struct str slug)
{
	struct revision revision = {.story = row->id,
	    .previous = row->shown,
	    .saved = row->saved,
	    .note = STR("new slug")};
	struct fields f;
	int64_t previous;
	enum rc rc;

	if (row->shown == 0)
		return RC_OK;
	rc = story_fields(paper, paper->scratch, row->shown, &f, &previous);
	f.v[FIELD_SLUG] = slug;
	return rc == RC_OK ? revision_insert(paper, &revision, &f, &row->shown)
			   : rc;
}

enum rc paper_rename(struct paper *paper, int64_t id, struct str slug,
    struct instant now, struct err *err)
{
	struct manuscript m;
	struct fields f;
	int64_t previous;
	struct story_row row;
	struct revision revision = {
	    .story = id, .saved = now, .note = STR("new slug")};
	enum rc rc = story_begin(paper, id, &row, err);

	if (rc != RC_OK)
		return rc;
	rc = story_fields(paper, paper->scratch, row.revision, &f, &previous);
	f.v[FIELD_SLUG] = str_trim(slug);
	if (rc == RC_OK)
		rc = fields_manuscript(paper->scratch, &f, &m);
	if (rc == RC_OK && f.v[FIELD_SLUG].n == 0)
		rc = err_set(err, RC_INVALID, "the new slug is empty");
	revision.previous = row.revision;
	if (rc == RC_OK)
		rc = rename_shown(paper, &row, f.v[FIELD_SLUG]);
	if (rc == RC_OK)
		rc = story_work(paper, &row, &f, &m, &revision);
	if (rc == RC_OK)
		rc = story_set_slug(paper, &row, &f);
	if (rc == RC_OK)
		rc = story_update(paper, &row);
	if (rc == RC_OK && story_was_published(&row))
		rc = outbox_add(paper, OUTBOX_STORY, id, 0);
	return paper_end(paper, rc, "renaming a story", err);
}
