/* SPDX-License-Identifier: MIT
 *
 * Changed words of a picture, and the stories whose readers are told; see
 * library_told.h.
 */
#include "paper/library_told.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "paper/body.h"
#include "paper/library_priv.h"
#include "paper/packing.h"
#include "paper/version.h"
#include "text/document.h"

enum { STORY_MEMORY = 32 * MANUSCRIPT_MAX }; /* one text, read */

struct library_seen library_seen(const struct library_words *w)
{
	return (struct library_seen){
	    .caption = w->caption,
	    .credit = w->credit.n ? w->credit : w->creator,
	    .alt = w->alt,
	    .rights = w->rights,
	};
}

/* --- which stories --- */

/* Which of the words differ. */
struct difference {
	struct str stem;
	bool caption, credit, alt, rights;
};

static struct difference difference_of(
    const struct library_picture *p, const struct library_words *to)
{
	struct library_seen was = library_seen(&p->words);
	struct library_seen is = library_seen(to);

	return (struct difference){
	    .stem = p->stem,
	    .caption = !str_eq(was.caption, is.caption),
	    .credit = !str_eq(was.credit, is.credit),
	    .alt = !str_eq(was.alt, is.alt),
	    .rights = !str_eq(was.rights, is.rights),
	};
}

static bool has_difference(const struct difference *d)
{
	return d->caption || d->credit || d->alt || d->rights;
}

/* The picture at the head, as page/dress.h puts its words together. */
static bool touches_head(const struct fields *f, const struct difference *d)
{
	struct manuscript_picture own = packing_to_picture(f->v[FIELD_PICTURE]);

	if (!str_eq(library_stem(own.url), d->stem))
		return false;
	return (d->caption && !own.caption.n) || (d->alt && !own.alt.n) ||
	       ((d->credit || d->rights) && !own.credit.n && !own.rights.n);
}

/* Pictures in the text, as page/body.c writes them. */
static bool touches_nodes(const struct node *n, const struct difference *d)
{
	for (; n; n = n->next) {
		bool is_figure = n->kind == NODE_FIGURE;

		if ((is_figure || n->kind == NODE_PICTURE) &&
		    str_eq(library_stem(n->url), d->stem) &&
		    ((d->alt && !n->text.n) ||
			(is_figure && ((d->caption && !n->child) ||
					  (d->credit && !n->title.n)))))
			return true;
		if (touches_nodes(n->child, d))
			return true;
	}
	return false;
}

static enum rc touches_text(struct arena *a, const struct fields *f,
    const struct difference *d, bool *ret_touches)
{
	const struct node *body;
	enum rc rc;

	*ret_touches = touches_head(f, d);
	if (*ret_touches ||
	    str_find_str(f->v[FIELD_BODY], d->stem) == f->v[FIELD_BODY].n)
		return RC_OK;
	rc = paper_body(a, f->v[FIELD_BODY], f->v[FIELD_LANG], &body);
	if (rc == RC_OK)
		*ret_touches = touches_nodes(body, d);
	return rc;
}

static int64_t shown_of(const struct story_row *row)
{
	return row->shown != 0 ? row->shown : row->revision;
}

/* A story that is gone, or withdrawn, since public.db was written, is not
 * touched. */
static enum rc touches_story(struct paper *paper, struct arena *a, int64_t id,
    const struct difference *d, bool *ret_touches)
{
	struct story_row row;
	struct fields f;
	int64_t previous;
	enum rc rc;

	*ret_touches = false;
	arena_reset(paper->scratch);
	rc = story_load(paper, id, &row);
	if (rc == RC_NOT_FOUND || row.status != PAPER_PUBLISHED)
		return rc == RC_NOT_FOUND ? RC_OK : rc;
	rc = story_fields(paper, a, shown_of(&row), &f, &previous);
	return rc == RC_OK ? touches_text(a, &f, d, ret_touches) : rc;
}

enum rc library_touches(struct paper *paper, struct arena *a,
    const struct library_picture *p, const struct library_words *to,
    int64_t **ret_stories, size_t *ret_n, struct err *err)
{
	struct difference d = difference_of(p, to);
	int64_t *v = NULL;
	size_t n = 0, count = 0;
	struct arena *text;
	enum rc rc = RC_OK;

	if (has_difference(&d))
		rc = library_shown_in(paper, a, p->stem, &v, &n, err);
	if (rc != RC_OK)
		return rc;
	text = arena_new(STORY_MEMORY);
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		bool touches;

		arena_reset(text);
		rc = touches_story(paper, text, v[i], &d, &touches);
		if (rc == RC_OK && touches)
			v[count++] = v[i];
	}
	arena_free(text);
	if (rc != RC_OK)
		return store_fail(paper->db, rc, "looking for stories", err);
	*ret_stories = v;
	*ret_n = count;
	return RC_OK;
}

/* --- what versions had --- */

/* Versions of STORY up to UNTIL had these words (I1). Where it is known already
 * what they had, nothing has changed for their readers since. */
static enum rc note_was(struct paper *paper, int64_t story, int64_t until,
    const struct library_picture *p)
{
	struct library_seen was = library_seen(&p->words);
	struct query *q = store_query(paper->db,
	    SQL("INSERT INTO picture_was (story, stem, until, caption, credit,"
		" alt, rights) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
		" ON CONFLICT DO NOTHING"));

	query_add_i64(q, story);
	query_add_str(q, p->stem);
	query_add_i64(q, until);
	query_add_str(q, was.caption);
	query_add_str(q, was.credit);
	query_add_str(q, was.alt);
	query_add_str(q, was.rights);
	return query_run(q, NULL);
}

/* What readers of version NUMBER had, or, if that is not kept, what the library
 * has now. */
static enum rc find_was(struct paper *paper, struct arena *a, int64_t story,
    int64_t number, struct str stem, struct library_seen *ret)
{
	struct query *q = store_query(paper->db,
	    SQL("SELECT caption, credit, alt, rights FROM (SELECT until,"
		" caption, credit, alt, rights FROM picture_was"
		" WHERE story = ?1 AND stem = ?2 AND until >= ?3"
		" UNION ALL SELECT 9223372036854775807, caption,"
		" CASE credit WHEN '' THEN creator ELSE credit END, alt,"
		" rights FROM picture WHERE stem = ?2)"
		" ORDER BY until LIMIT 1"));
	struct library_seen seen = {.caption = STR_NONE};
	struct str *const texts[] = {
	    &seen.caption, &seen.credit, &seen.alt, &seen.rights};
	enum rc rc;

	query_add_i64(q, story);
	query_add_str(q, stem);
	query_add_i64(q, number);
	rc = query_step(q);
	for (int i = 0; rc == RC_OK && i < 4; i++) {
		*texts[i] = query_copy(q, a, i);
		if (!texts[i]->p)
			rc = RC_NO_MEMORY;
	}
	query_end(q);
	if (rc == RC_OK)
		*ret = seen;
	return rc;
}

enum rc library_pack_was(struct paper *paper, struct arena *a, int64_t story,
    int64_t number, const struct fields *f, struct buf *b)
{
	struct str stems[LIBRARY_IN_STORY_MAX];
	size_t n = 0;
	enum rc rc = RC_OK;

	library_stems(f->v[FIELD_PICTURE], stems, &n);
	library_stems(f->v[FIELD_BODY], stems, &n);
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		struct library_seen seen;

		rc = find_was(paper, a, story, number, stems[i], &seen);
		if (rc == RC_OK) {
			packing_field(b, stems[i]);
			packing_field(b, seen.caption);
			packing_field(b, seen.credit);
			packing_field(b, seen.alt);
			packing_field(b, seen.rights);
			packing_record(b);
		}
		if (rc == RC_NOT_FOUND)
			rc = RC_OK;
	}
	return rc == RC_OK ? buf_rc(b) : rc;
}

/* --- the change --- */

/* Of STORY, which the change does not touch, the versions that have the picture
 * are taken away, but for what readers see. */
static enum rc take_with_picture(
    struct paper *paper, int64_t story, struct str stem)
{
	struct query *q = store_query(paper->edition,
	    SQL("SELECT number FROM picture_use WHERE stem = ?1 AND story = ?2"
		" AND number > 0 AND number < (SELECT max(number) FROM version"
		" WHERE story = ?2)"));
	bool is_any = false;
	enum rc rc;

	query_add_str(q, stem);
	query_add_i64(q, story);
	while ((rc = query_step(q)) == RC_OK) {
		struct query *take = store_query(
		    paper->db, SQL("UPDATE version SET is_taken = 1"
				   " WHERE story = ?1 AND number = ?2"));

		query_add_i64(take, story);
		query_add_i64(take, query_i64(q, 0));
		rc = query_run(take, NULL);
		is_any = true;
		if (rc != RC_OK)
			break;
	}
	query_end(q);
	if (rc != RC_NOT_FOUND)
		return rc;
	return is_any ? outbox_add(paper, OUTBOX_STORY, story, 0) : RC_OK;
}

/* One that has the picture and is not touched: what its versions had is kept.
 */
static enum rc keep_story(
    struct paper *paper, const struct library_change *c, int64_t id)
{
	int64_t last;
	enum rc rc = version_count(paper, id, &last);

	if (rc == RC_OK && last > 0)
		rc = note_was(paper, id, last, c->picture);
	return rc == RC_OK && last > 0 && c->release.is_old_taken
		   ? take_with_picture(paper, id, c->picture->stem)
		   : rc;
}

/* One more version of the same text, with other words of a picture. */
static enum rc tell_story(struct paper *paper, const struct library_change *c,
    struct story_row *row, struct err *err)
{
	const struct paper_release *r = &c->release;
	const struct paper_act act = {
	    .id = row->id, .who = r->who, .note = r->text, .now = r->now};
	int64_t last = 0;
	enum rc rc = release_check(r, true, err);

	if (rc == RC_OK)
		rc = version_keep(paper, row);
	if (rc == RC_OK)
		rc = version_count(paper, row->id, &last);
	if (rc == RC_OK)
		rc = note_was(paper, row->id, last, c->picture);
	if (rc == RC_OK)
		rc = version_insert(
		    paper, row->id, last + 1, shown_of(row), r->change, r->now);
	if (rc == RC_OK && r->is_old_taken)
		rc = version_take_old(paper, row->id);
	if (rc == RC_OK)
		rc = release_notice(paper, r, row, r->now);
	if (rc == RC_OK && r->change != PAPER_TYPO) {
		row->updated =
		    r->now.us > row->published.us ? r->now : row->published;
		rc = story_update(paper, row);
	}
	if (rc == RC_OK)
		rc = outbox_add(paper, OUTBOX_STORY, row->id, 0);
	return rc == RC_OK
		   ? step_add(paper, &act, PAPER_STEP_CHANGED, shown_of(row))
		   : rc;
}

static enum rc follow(struct paper *paper, const struct library_change *c,
    int64_t id, bool is_touched, struct err *err)
{
	struct story_row row;
	enum rc rc = story_begin(paper, id, &row, err);

	if (rc == RC_NOT_FOUND)
		return RC_OK;
	if (rc == RC_OK)
		rc = is_touched ? tell_story(paper, c, &row, err)
				: keep_story(paper, c, id);
	return paper_end(paper, rc, "telling readers of a picture", err);
}

static enum rc follow_all(struct paper *paper, struct arena *a,
    const struct library_change *c, struct err *err)
{
	struct difference d = difference_of(c->picture, c->words);
	int64_t *all = NULL, *touched = NULL;
	size_t n = 0, touched_n = 0, at = 0;
	enum rc rc;

	if (!has_difference(&d))
		return RC_OK;
	rc = library_touches(
	    paper, a, c->picture, c->words, &touched, &touched_n, err);
	if (rc == RC_OK)
		rc =
		    library_shown_in(paper, a, c->picture->stem, &all, &n, err);
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		bool is_touched = at < touched_n && touched[at] == all[i];

		rc = follow(paper, c, all[i], is_touched, err);
		at += is_touched;
	}
	must(rc != RC_OK || at == touched_n);
	return rc;
}

enum rc library_change(struct paper *paper, const struct library_change *c,
    const struct staff_by *by, struct err *err)
{
	struct arena *a = arena_new(STORY_MEMORY);
	enum rc rc;

	must(paper->in_step);
	rc = library_edit(
	    paper, c->picture->id, c->picture->revision, c->words, by, err);
	if (rc == RC_OK)
		rc = follow_all(paper, a, c, err);
	arena_free(a);
	return rc;
}
