/* SPDX-License-Identifier: MIT
 *
 * What the staff look up; see paper.h. Stories are listed by id, the newest
 * first: that is the order of the table, so a list of any length is read from
 * one place on, and only narrow rows. Which ones a filter lets through is known
 * in memory (desk_index.h).
 */
#include "base/arena.h"
#include "paper/desk_index.h"
#include "paper/paper_priv.h"
#include "text/slug.h"

enum { LIST_MOST = 1000, PLACE_STORIES = 20 };

#define DESK_COLUMNS                                                           \
	"SELECT s.id, s.status, s.headline, s.slug, s.path,"                   \
	" coalesce(t.name, ''), s.note, s.created_us, s.saved_us,"             \
	" s.published_us, s.updated_us, s.due_us, s.embargo_us, s.assigned,"   \
	" s.shown, s.revision, s.writer, s.wanted, s.wanted_unit,"             \
	" s.wanted_by"                                                         \
	" FROM story s LEFT JOIN term t ON t.id = s.section "
static enum rc desk_row(
    struct query *q, struct arena *a, struct paper_story *ret_story)
{
	struct paper_story s = {
	    .id = query_i64(q, 0),
	    .status = (enum paper_status)query_i64(q, 1),
	    .headline = query_copy(q, a, 2),
	    .slug = query_copy(q, a, 3),
	    .path = query_copy(q, a, 4),
	    .section = query_copy(q, a, 5),
	    .note = query_copy(q, a, 6),
	    .created = query_instant(q, 7),
	    .saved = query_instant(q, 8),
	    .published = query_instant(q, 9),
	    .updated = query_instant(q, 10),
	    .due = query_instant(q, 11),
	    .embargo = query_instant(q, 12),
	    .assigned = query_copy(q, a, 13),
	    .is_changed = query_i64(q, 14) != 0,
	    .revision = query_i64(q, 15),
	    .writer = query_copy(q, a, 16),
	    .wanted = {(uint32_t)query_i64(q, 17),
		(enum paper_unit)query_i64(q, 18), query_copy(q, a, 19)},
	};

	if (!s.headline.p || !s.slug.p || !s.path.p || !s.section.p ||
	    !s.note.p || !s.assigned.p || !s.writer.p || !s.wanted.who.p)
		return RC_NO_MEMORY;
	*ret_story = s;
	return RC_OK;
}

/* One with these columns; RC_NOT_FOUND: it is gone. */
static enum rc desk_story(struct paper *paper, struct arena *a, int64_t id,
    struct paper_story *ret_story)
{
	struct query *q =
	    store_query(paper->db, SQL("" DESK_COLUMNS "WHERE s.id = ?1"));
	enum rc rc;

	query_add_i64(q, id);
	rc = query_step(q);
	if (rc == RC_OK)
		rc = desk_row(q, a, ret_story);
	query_end(q);
	return rc;
}

/* Without a filter the order of the table is that of the list. */
static enum rc desk_all(struct paper *paper, struct arena *a, int64_t before,
    size_t limit, struct paper_story *v, size_t *ret_n)
{
	struct query *q = store_query(paper->db,
	    SQL("" DESK_COLUMNS "WHERE s.id < ?1 ORDER BY s.id DESC LIMIT ?2"));
	size_t n = 0;
	enum rc rc = RC_OK;

	query_add_i64(q, before);
	query_add_i64(q, (int64_t)limit);
	while (n < limit && (rc = query_step(q)) == RC_OK) {
		rc = desk_row(q, a, &v[n]);
		if (rc != RC_OK)
			break;
		n++;
	}
	query_end(q);
	*ret_n = n;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc desk_ask(struct paper *paper, struct arena *a,
    const struct desk_question *question, size_t limit, struct paper_story *v,
    size_t *ret_n)
{
	int64_t *ids = ARENA_ARRAY(a, int64_t, limit);
	size_t ids_n = 0, n = 0;
	enum rc rc = ids ? desk_index_ask(paper, question, ids, limit, &ids_n)
			 : RC_NO_MEMORY;

	for (size_t i = 0; rc == RC_OK && i < ids_n; i++) {
		rc = desk_story(paper, a, ids[i], &v[n]);
		n += rc == RC_OK;
		if (rc == RC_NOT_FOUND)
			rc = RC_OK;
	}
	*ret_n = n;
	return rc;
}

static bool filter_is_empty(const struct paper_filter *f)
{
	return !f->has_status && !f->is_changed && f->section.n == 0 &&
	       f->person.n == 0 && f->text.n == 0 && f->assigned.n == 0 &&
	       f->sections.n == 0 && !f->is_own && !f->is_by_time;
}

static enum rc find_section(
    struct paper *paper, struct str name, int64_t *ret_id)
{
	struct query *q = store_query(
	    paper->db, SQL("SELECT id FROM term WHERE kind = 1 AND name = ?1"));

	query_add_str(q, name);
	return query_one(q, ret_id);
}

/* The ids of the sections that one may see. None of them may be there yet: then
 * nothing stands in them. */
static enum rc desk_sections(struct paper *paper, struct arena *a,
    const struct str_list *names, struct desk_question *question)
{
	int64_t *ids = ARENA_ARRAY(a, int64_t, names->n);
	enum rc rc = ids ? RC_OK : RC_NO_MEMORY;

	question->has_sections = true;
	question->sections = ids;
	for (size_t i = 0; rc == RC_OK && i < names->n; i++) {
		rc = find_section(
		    paper, names->v[i], &ids[question->sections_n]);
		question->sections_n += rc == RC_OK;
		if (rc == RC_NOT_FOUND)
			rc = RC_OK;
	}
	return rc;
}

/* As somebody types it: a name, a slug, or what gives the slug. */
static enum rc find_term(struct paper *paper, struct arena *a,
    enum term_kind kind, struct str text, int64_t *ret_id)
{
	struct str slug = slug_make(a, text, STR(""));
	enum rc rc = term_find_name(paper, a, kind, text, STR(""), ret_id);

	if (!slug.p)
		return RC_NO_MEMORY;
	if (rc == RC_NOT_FOUND)
		rc = term_find(paper, kind, text, ret_id);
	return rc == RC_NOT_FOUND ? term_find(paper, kind, slug, ret_id) : rc;
}

static enum rc desk_list(struct paper *paper, struct arena *a,
    const struct paper_filter *filter, int64_t before, size_t limit,
    struct paper_story *v, size_t *ret_n)
{
	struct desk_question question = {
	    .has_status = filter->has_status,
	    .must_be_changed = filter->is_changed,
	    .status = (int)filter->status,
	    .assigned = filter->assigned,
	    .text = filter->text,
	    .own = filter->own,
	    .must_be_own = filter->is_own,
	    .is_by_time = filter->is_by_time,
	    .before = before,
	    .before_us = filter->saved.us,
	};
	enum rc rc = RC_OK;

	if (filter_is_empty(filter))
		return desk_all(paper, a, before, limit, v, ret_n);
	if (filter->sections.n > 0)
		rc = desk_sections(paper, a, &filter->sections, &question);
	if (rc != RC_OK)
		return rc;
	if (filter->section.n > 0)
		rc = find_term(
		    paper, a, TERM_SECTION, filter->section, &question.section);
	if (rc == RC_OK && filter->person.n > 0)
		rc = find_term(
		    paper, a, TERM_PERSON, filter->person, &question.person);
	return rc == RC_OK ? desk_ask(paper, a, &question, limit, v, ret_n)
			   : rc;
}

enum rc paper_list(struct paper *paper, struct arena *a,
    const struct paper_filter *filter, int64_t before, size_t limit,
    struct paper_story **ret_v, size_t *ret_n, struct err *err)
{
	struct paper_story *v;
	size_t n = 0;
	enum rc rc;

	if (limit > LIST_MOST)
		limit = LIST_MOST;
	v = ARENA_ARRAY(a, struct paper_story, limit);
	if (!v)
		return err_set(err, RC_NO_MEMORY, "no memory for a list");
	rc = desk_list(paper, a, filter, before, limit, v, &n);
	/* Nobody writes in a section that is not there. */
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return store_fail(paper->db, rc, "listing stories", err);
	*ret_v = v;
	*ret_n = n;
	return RC_OK;
}

enum rc paper_set_length(struct paper *paper, int64_t id,
    const struct paper_length *length, struct err *err)
{
	struct query *q;
	int64_t rows = 0;
	enum rc rc;

	if (length->count > PAPER_LENGTH_MAX)
		return err_set(err, RC_LIMIT, "that length is too long");
	rc = paper_begin(paper, err);
	if (rc != RC_OK)
		return rc;
	q = store_query(
	    paper->db, SQL("UPDATE story SET wanted = ?2, wanted_unit = ?3,"
			   " wanted_by = ?4 WHERE id = ?1"));
	query_add_i64(q, id);
	query_add_i64(q, length->count);
	query_add_i64(q, length->unit);
	query_add_str(q, length->count > 0 ? length->who : STR(""));
	rc = query_run(q, &rows);
	if (rc == RC_OK && rows == 0)
		rc = err_set(err, RC_NOT_FOUND, "there is no number %lld",
		    (long long)id);
	return paper_end(paper, rc, "setting a story's length", err);
}

/* Of STORY as readers have it. Nothing in *RET_PLACE: it has none. */
static enum rc place_of(
    struct paper *paper, struct arena *a, int64_t story, struct str *ret_place)
{
	struct query *q = store_query(paper->db,
	    SQL("SELECT r.dateline FROM story JOIN revision AS r ON r.id ="
		" CASE story.shown WHEN 0 THEN story.revision"
		" ELSE story.shown END WHERE story.id = ?1"));
	enum rc rc;

	query_add_i64(q, story);
	rc = query_step(q);
	if (rc == RC_OK) {
		*ret_place = query_copy(q, a, 0);
		rc = ret_place->p ? RC_OK : RC_NO_MEMORY;
	}
	query_end(q);
	return rc;
}

enum rc paper_place(struct paper *paper, struct arena *a, struct str section,
    struct str *ret_place, struct err *err)
{
	struct paper_filter filter = {.has_status = true,
	    .status = PAPER_PUBLISHED,
	    .section = section,
	    .is_by_time = true,
	    .saved = INSTANT_NEVER};
	struct paper_story *v = NULL;
	struct str place = STR_NONE;
	size_t n = 0;
	enum rc rc = RC_OK;

	if (section.n > 0)
		rc = paper_list(
		    paper, a, &filter, INT64_MAX, PLACE_STORIES, &v, &n, err);
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; rc == RC_OK && i < n && place.n == 0; i++)
		rc = place_of(paper, a, v[i].id, &place);
	if (rc != RC_OK)
		return store_fail(paper->db, rc, "looking for a place", err);
	*ret_place = place;
	return RC_OK;
}

static enum rc find_one(
    struct paper *paper, struct sql sql, struct str ref, int64_t *ret_id)
{
	struct query *q = store_query(paper->db, sql);

	query_add_str(q, ref);
	return query_one(q, ret_id);
}

/* Published ones are found by their present slug too, but slowly: an index
 * over a million slugs would cost every import, for a rare question. */
static enum rc find_slug(struct paper *paper, struct str slug, int64_t *ret_id)
{
	enum rc rc = find_one(paper,
	    SQL("SELECT id FROM story WHERE slug = ?1 AND status <> 3"
		" ORDER BY id DESC LIMIT 1"),
	    slug, ret_id);

	if (rc == RC_NOT_FOUND)
		rc = find_one(paper,
		    SQL("SELECT id FROM story WHERE slug = ?1"
			" ORDER BY id DESC LIMIT 1"),
		    slug, ret_id);
	return rc;
}

enum rc paper_find(
    struct paper *paper, struct str ref, int64_t *ret_id, struct err *err)
{
	int64_t id = 0;
	enum rc rc;

	if (str_starts(ref, STR("/"))) {
		if (ref.n > 1 && str_ends(ref, STR("/")))
			ref.n--;
		rc = find_one(paper,
		    SQL("SELECT story FROM address WHERE path = ?1"), ref, &id);
	} else if (str_i64(ref, &id) == RC_OK) {
		struct query *q = store_query(
		    paper->db, SQL("SELECT id FROM story WHERE id = ?1"));

		query_add_i64(q, id);
		rc = query_one(q, &id);
		if (rc == RC_NOT_FOUND)
			rc = find_slug(paper, ref, &id);
	} else {
		rc = find_slug(paper, ref, &id);
	}
	if (rc == RC_NOT_FOUND)
		return err_set(err, rc,
		    "no story has the number, address or slug \"%.*s\"",
		    STR_ARG(ref));
	if (rc != RC_OK)
		return store_fail(paper->db, rc, "looking for a story", err);
	*ret_id = id;
	return RC_OK;
}

static enum rc desk_manuscript(struct paper *paper, struct arena *a,
    int64_t revision, struct manuscript *ret_m)
{
	struct fields f;
	int64_t previous;
	enum rc rc = story_fields(paper, a, revision, &f, &previous);

	return rc == RC_OK ? fields_manuscript(a, &f, ret_m) : rc;
}

static enum rc desk_missing(
    struct paper *paper, enum rc rc, int64_t id, struct err *err)
{
	if (rc == RC_NOT_FOUND)
		return err_set(
		    err, rc, "there is no number %lld", (long long)id);
	return store_fail(paper->db, rc, "reading a story", err);
}

static enum rc desk_newest(
    struct paper *paper, int64_t id, int64_t *ret_revision)
{
	struct query *q = store_query(
	    paper->db, SQL("SELECT revision FROM story WHERE id = ?1"));

	query_add_i64(q, id);
	return query_one(q, ret_revision);
}

enum rc paper_show(struct paper *paper, struct arena *a, int64_t id,
    struct paper_story *ret_story, struct manuscript *ret_manuscript,
    struct err *err)
{
	struct paper_story story;
	struct manuscript m = {0};
	int64_t revision;
	enum rc rc = desk_story(paper, a, id, &story);

	if (rc == RC_OK && ret_manuscript) {
		rc = desk_newest(paper, id, &revision);
		if (rc == RC_OK)
			rc = desk_manuscript(paper, a, revision, &m);
		/* A text keeps the name that its section had; whoever goes on
		 * from it goes on with today's. */
		if (rc == RC_OK)
			m.section = story.section;
	}
	if (rc != RC_OK)
		return desk_missing(paper, rc, id, err);
	*ret_story = story;
	if (ret_manuscript)
		*ret_manuscript = m;
	return RC_OK;
}

enum rc paper_revision(struct paper *paper, struct arena *a, int64_t revision,
    struct manuscript *ret_manuscript, struct err *err)
{
	enum rc rc = desk_manuscript(paper, a, revision, ret_manuscript);

	return rc == RC_OK ? RC_OK : desk_missing(paper, rc, revision, err);
}

/* RET_PREVIOUS is 0 for the first one. */
static enum rc desk_revision(struct paper *paper, struct arena *a, int64_t id,
    struct paper_revision *ret_revision, int64_t *ret_previous)
{
	struct query *q = store_query(
	    paper->db, SQL("SELECT previous, saved_us, who, note, headline"
			   " FROM revision WHERE id = ?1"));
	struct paper_revision r = {.id = id};
	enum rc rc;

	query_add_i64(q, id);
	rc = query_step(q);
	if (rc == RC_OK) {
		r.saved.us = query_i64(q, 1);
		r.who = query_copy(q, a, 2);
		r.note = query_copy(q, a, 3);
		r.headline = query_copy(q, a, 4);
		*ret_previous = query_i64(q, 0);
		if (!r.who.p || !r.note.p || !r.headline.p)
			rc = RC_NO_MEMORY;
	}
	query_end(q);
	if (rc == RC_OK)
		*ret_revision = r;
	return rc;
}

enum rc paper_revisions(struct paper *paper, struct arena *a, int64_t id,
    struct paper_revision **ret_v, size_t *ret_n, struct err *err)
{
	struct paper_revision *v = NULL;
	size_t n = 0, size = 0;
	int64_t revision = 0;
	enum rc rc = desk_newest(paper, id, &revision);

	while (rc == RC_OK && revision > 0) {
		if (n == size) {
			struct paper_revision *more =
			    ARENA_ARRAY(a, struct paper_revision, size * 2 + 8);

			if (!more) {
				rc = RC_NO_MEMORY;
				break;
			}
			for (size_t i = 0; i < n; i++)
				more[i] = v[i];
			size = size * 2 + 8;
			v = more;
		}
		rc = desk_revision(paper, a, revision, &v[n], &revision);
		n += rc == RC_OK;
	}
	if (rc != RC_OK)
		return desk_missing(paper, rc, id, err);
	*ret_v = v;
	*ret_n = n;
	return RC_OK;
}

enum rc paper_calendar(struct paper *paper, struct arena *a,
    struct instant from, struct instant to, struct paper_story **ret_v,
    size_t *ret_n, struct err *err)
{
	struct paper_story *v = ARENA_ARRAY(a, struct paper_story, LIST_MOST);
	struct query *q;
	size_t n = 0;
	enum rc rc = RC_OK;

	if (!v)
		return err_set(err, RC_NO_MEMORY, "no memory for a list");
	q = store_query(
	    paper->db, SQL("" DESK_COLUMNS "WHERE s.due_us IS NOT NULL"
			   " AND s.due_us >= ?1 AND s.due_us < ?2"
			   " ORDER BY s.due_us, s.id"));
	query_add_i64(q, from.us);
	query_add_i64(q, to.us);
	while (n < LIST_MOST && (rc = query_step(q)) == RC_OK) {
		rc = desk_row(q, a, &v[n]);
		if (rc != RC_OK)
			break;
		n++;
	}
	query_end(q);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return store_fail(paper->db, rc, "reading the calendar", err);
	*ret_v = v;
	*ret_n = n;
	return RC_OK;
}
