/* SPDX-License-Identifier: MIT
 *
 * Rows of the tables "story" and "revision"; see paper_priv.h.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "paper/desk_index.h"
#include "paper/library_priv.h"
#include "paper/packing.h"
#include "paper/paper_priv.h"

enum { IDS_BYTES = 8192 };

enum rc story_load(struct paper *paper, int64_t id, struct story_row *ret_row)
{
	struct query *q = store_query(paper->db,
	    SQL("SELECT status, revision, created_us, saved_us, published_us,"
		" updated_us, due_us, embargo_us, section, slug, path,"
		" headline, note, people, tags, shown_people, shown_tags,"
		" assigned, writer, shown, shown_section, due_revision, timing"
		" FROM story WHERE id = ?1"));
	struct story_row row = {.id = id};
	struct str *texts[] = {&row.slug, &row.path, &row.headline, &row.note,
	    &row.people, &row.tags, &row.shown_people, &row.shown_tags,
	    &row.assigned, &row.writer};
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
	for (int i = 0; i < 10; i++) {
		*texts[i] = query_copy(q, paper->scratch, 9 + i);
		if (!texts[i]->p)
			rc = RC_NO_MEMORY;
	}
	row.shown = query_i64(q, 19);
	row.shown_section = query_i64(q, 20);
	row.due_revision = query_i64(q, 21);
	row.timing = (enum timing)query_i64(q, 22);
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
	query_add_i64(q, row->shown);
	query_add_i64(q, row->shown_section);
	query_add_str(q, row->shown_people);
	query_add_str(q, row->shown_tags);
	query_add_str(q, row->assigned);
	query_add_i64(q, row->due_revision);
	query_add_str(q, row->writer);
	query_add_i64(q, row->timing);
}

enum rc story_update(struct paper *paper, const struct story_row *row)
{
	struct query *q = store_query(paper->db,
	    SQL("UPDATE story SET status = ?2, revision = ?3,"
		" created_us = ?4, saved_us = ?5, published_us = ?6,"
		" updated_us = ?7, due_us = ?8, embargo_us = ?9,"
		" section = ?10, slug = ?11, path = ?12, headline = ?13,"
		" note = ?14, people = ?15, tags = ?16, shown = ?17,"
		" shown_section = ?18, shown_people = ?19, shown_tags = ?20,"
		" assigned = ?21, due_revision = ?22, writer = ?23, timing = ?24"
		" WHERE id = ?1"));

	story_bind(q, row);
	desk_index_note(paper, row->id);
	return query_run(q, NULL);
}

enum rc story_insert(struct paper *paper, const struct story_row *row)
{
	struct query *q = store_query(paper->db,
	    SQL("INSERT INTO story (id, status, revision, created_us,"
		" saved_us, published_us, updated_us, due_us, embargo_us,"
		" section, slug, path, headline, note, people, tags, shown,"
		" shown_section, shown_people, shown_tags, assigned,"
		" due_revision, writer, timing) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7,"
		" ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19,"
		" ?20, ?21, ?22, ?23, ?24)"));

	story_bind(q, row);
	desk_index_note(paper, row->id);
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

/* What a revision has beyond what old ones have. */
static enum rc save_insert(
    struct paper *paper, int64_t id, const struct revision *r)
{
	struct query *q;
	enum rc rc;

	if (r->kind == PAPER_KIND_SAVE && r->tab.n == 0 && r->name.n == 0)
		return RC_OK;
	q = store_query(
	    paper->db, SQL("INSERT INTO save (revision, kind, side, tab, name)"
			   " VALUES (?1, ?2, ?3, ?4, ?5)"));
	query_add_i64(q, id);
	query_add_i64(q, r->kind);
	query_add_i64(q, r->side);
	query_add_str(q, r->tab);
	query_add_str(q, r->name);
	rc = query_run(q, NULL);
	return rc == RC_OK && r->kind == PAPER_KIND_AUTOSAVE
		   ? thin_note(paper, r->story, r->saved)
		   : rc;
}

enum rc revision_insert(struct paper *paper, const struct revision *r,
    const struct fields *f, int64_t *ret_id)
{
	int64_t id = paper->next_revision++;
	struct query *q = store_query(paper->db,
	    SQL("INSERT INTO revision (id, story, previous, saved_us, who,"
		" note, headline, kicker, standfirst, slug, section, dateline,"
		" lang, authors, tags, aliases, picture, corrections,"
		" translations, is_draft, published, updated, embargo, body)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,"
		" ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23,"
		" ?24)"));
	enum rc rc;

	query_add_i64(q, id);
	query_add_i64(q, r->story);
	if (r->previous > 0)
		query_add_i64(q, r->previous);
	else
		query_add_null(q);
	query_add_i64(q, r->saved.us);
	query_add_str(q, r->who);
	query_add_str(q, r->note);
	for (int i = 0; i < FIELD_COUNT; i++)
		query_add_str(q, f->v[i]);
	rc = query_run(q, NULL);
	if (rc == RC_OK)
		rc = save_insert(paper, id, r);
	if (rc == RC_OK)
		rc = library_note_uses(paper, r->story, f, r->previous > 0);
	if (rc == RC_OK)
		*ret_id = id;
	return rc;
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

enum rc story_terms(
    struct paper *paper, struct story_row *row, const struct fields *f)
{
	struct str lang = f->v[FIELD_LANG];
	struct buf people, tags;
	int64_t section = 0;
	enum rc rc = RC_OK;

	if (f->v[FIELD_SECTION].n > 0)
		rc = term_id(
		    paper, TERM_SECTION, f->v[FIELD_SECTION], lang, &section);
	buf_init_arena(&people, paper->scratch, IDS_BYTES);
	buf_init_arena(&tags, paper->scratch, IDS_BYTES);
	if (rc == RC_OK)
		rc = term_ids(
		    paper, TERM_PERSON, f->v[FIELD_AUTHORS], lang, &people);
	if (rc == RC_OK)
		rc = term_ids(paper, TERM_TAG, f->v[FIELD_TAGS], lang, &tags);
	if (rc != RC_OK)
		return rc;
	row->section = section;
	row->people = buf_str(&people);
	row->tags = buf_str(&tags);
	return RC_OK;
}

enum rc story_sort(
    struct paper *paper, struct story_row *row, const struct fields *f)
{
	struct str old = row->people;
	bool is_changed;
	enum rc rc = story_terms(paper, row, f);

	if (rc != RC_OK)
		return rc;
	is_changed = !str_eq(row->people, old);
	if (is_changed)
		rc = story_leave_people(paper, row->id, old);
	return rc == RC_OK
		   ? story_join_people(paper, row->id, row->people, is_changed)
		   : rc;
}
