/* SPDX-License-Identifier: MIT
 *
 * Versions and notices; see version.h.
 *
 * The ids of notices in public.db are story * 1,024 + place: first those of the
 * manuscript (front matter) by their dates, then the newsroom's. So they stay
 * the same when public.db is made anew or a newer one is added, and those of
 * one story lie together.
 */
#include "paper/version.h"

#include "paper/workflow.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "paper/edition.h"
#include "paper/library_priv.h"
#include "paper/packing.h"

enum {
	PLACES = 1024,
	NEWSROOM_AT = MANUSCRIPT_LIST_MAX,
	DATE_BYTES = 64,
	VERSION_MEMORY = 8 * MANUSCRIPT_MAX
};

static const char *const change_names[] = {
    [PAPER_FIRST] = "first",
    [PAPER_CORRECTION] = "correction",
    [PAPER_CLARIFICATION] = "clarification",
    [PAPER_UPDATE] = "update",
    [PAPER_TYPO] = "typo",
};

enum { CHANGES = sizeof(change_names) / sizeof(change_names[0]) };

const char *paper_change_name(enum paper_change change)
{
	must((size_t)change < CHANGES);
	return change_names[change];
}

enum rc paper_change_find(struct str name, enum paper_change *ret_change)
{
	for (size_t i = PAPER_CORRECTION; i < CHANGES; i++)
		if (str_eq(name, str_of(change_names[i]))) {
			*ret_change = (enum paper_change)i;
			return RC_OK;
		}
	return RC_NOT_FOUND;
}

enum rc version_last(
    struct paper *paper, int64_t id, int64_t *ret_number, int64_t *ret_revision)
{
	struct query *q = store_query(paper->db,
	    SQL("SELECT number, revision FROM version WHERE story = ?1"
		" ORDER BY number DESC LIMIT 1"));
	enum rc rc;

	query_add_i64(q, id);
	rc = query_step(q);
	if (rc == RC_OK) {
		*ret_number = query_i64(q, 0);
		*ret_revision = query_i64(q, 1);
	}
	query_end(q);
	return rc;
}

enum rc version_point(
    struct paper *paper, int64_t id, int64_t number, int64_t revision)
{
	struct query *q =
	    store_query(paper->db, SQL("UPDATE version SET revision = ?3"
				       " WHERE story = ?1 AND number = ?2"));

	query_add_i64(q, id);
	query_add_i64(q, number);
	query_add_i64(q, revision);
	return query_run(q, NULL);
}

enum rc version_insert(struct paper *paper, int64_t id, int64_t number,
    int64_t revision, enum paper_change change, struct instant at)
{
	struct query *q = store_query(paper->db,
	    SQL("INSERT INTO version (story, number, revision, change, at_us,"
		" is_taken) VALUES (?1, ?2, ?3, ?4, ?5, 0)"));

	query_add_i64(q, id);
	query_add_i64(q, number);
	query_add_i64(q, revision);
	query_add_i64(q, change);
	query_add_i64(q, at.us);
	return query_run(q, NULL);
}

enum rc version_count(struct paper *paper, int64_t id, int64_t *ret_count)
{
	int64_t revision;
	enum rc rc = version_last(paper, id, ret_count, &revision);

	if (rc == RC_NOT_FOUND)
		*ret_count = 0;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc version_keep(struct paper *paper, const struct story_row *row)
{
	int64_t number, revision;
	enum rc rc;

	if (row->status != PAPER_PUBLISHED)
		return RC_OK;
	rc = version_last(paper, row->id, &number, &revision);
	if (rc != RC_NOT_FOUND)
		return rc;
	return version_insert(paper, row->id, 1,
	    row->shown != 0 ? row->shown : row->revision, PAPER_FIRST,
	    row->published);
}

enum rc version_add(struct paper *paper, const struct story_row *row,
    int64_t revision, enum paper_change change, struct instant at)
{
	struct arena *a = paper->scratch;
	int64_t number = 0, last = 0, previous;
	struct fields was, is;
	enum rc rc = version_last(paper, row->id, &number, &last);

	if (rc == RC_NOT_FOUND)
		return version_insert(
		    paper, row->id, 1, revision, PAPER_FIRST, row->published);
	if (rc == RC_OK)
		rc = story_fields(paper, a, last, &was, &previous);
	if (rc == RC_OK)
		rc = story_fields(paper, a, revision, &is, &previous);
	if (rc != RC_OK || fields_look_equal(&was, &is))
		return rc;
	return version_insert(paper, row->id, number + 1, revision, change, at);
}

enum rc version_take_old(struct paper *paper, int64_t id)
{
	struct query *q = store_query(paper->db,
	    SQL("UPDATE version SET is_taken = 1 WHERE story = ?1 AND number <"
		" (SELECT max(number) FROM version WHERE story = ?1)"));

	query_add_i64(q, id);
	return query_run(q, NULL);
}

enum rc correction_add(struct paper *paper, int64_t id,
    enum paper_change change, enum paper_place place, struct str text,
    struct instant at)
{
	struct query *q = store_query(paper->db,
	    SQL("INSERT INTO correction (story, number, change, place, at_us,"
		" text) VALUES (?1, (SELECT coalesce(max(number), 0) + 1"
		" FROM correction WHERE story = ?1), ?2, ?3, ?4, ?5)"));

	query_add_i64(q, id);
	query_add_i64(q, change);
	query_add_i64(q, place);
	query_add_i64(q, at.us);
	query_add_str(q, str_trim(text));
	return query_run(q, NULL);
}

enum rc correction_move(
    struct paper *paper, int64_t id, struct instant from, struct instant to)
{
	struct query *q =
	    store_query(paper->db, SQL("UPDATE correction SET at_us = ?3"
				       " WHERE story = ?1 AND at_us = ?2"));

	query_add_i64(q, id);
	query_add_i64(q, from.us);
	query_add_i64(q, to.us);
	return query_run(q, NULL);
}

enum rc correction_drop(struct paper *paper, int64_t id, struct instant at)
{
	struct query *q = store_query(paper->db,
	    SQL("DELETE FROM correction WHERE story = ?1 AND at_us = ?2"));

	query_add_i64(q, id);
	query_add_i64(q, at.us);
	return query_run(q, NULL);
}

/* --- public.db --------------------------------------------------------- */

struct notice {
	int64_t at; /* its place among the story's */
	struct instant when;
	struct str date; /* as paper/packing.h writes it; may be empty */
	enum paper_change change;
	enum paper_place place;
	struct str text;
};

static enum rc notice_insert(
    struct paper *paper, int64_t id, const struct notice *n)
{
	struct query *q = store_query(paper->edition,
	    SQL("INSERT INTO correction (id, at_us, date, change, place, text)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6)"));

	query_add_i64(q, id * VERSION_PLACES + n->at);
	query_add_i64(q, n->when.us);
	query_add_str(q, n->date);
	query_add_i64(q, n->change);
	query_add_i64(q, n->place);
	query_add_str(q, n->text);
	return query_run(q, NULL);
}

/* Those that stand in the manuscript, in the order of their dates: many put
 * the newest first, and what readers have is not to get another id by it. */
static enum rc notices_of_manuscript(struct paper *paper,
    const struct story_row *row, struct str packed, int64_t *count)
{
	struct notice v[NEWSROOM_AT];
	struct str record;
	size_t n = 0;
	enum rc rc = RC_OK;

	while (n < NEWSROOM_AT && packing_take(&packed, &record)) {
		struct notice notice = {.when = row->published,
		    .date = packing_take_field(&record),
		    .change = PAPER_CORRECTION};
		struct civil civil;
		size_t at = n++;

		if (civil_parse(notice.date, &civil) == RC_OK)
			notice.when = paper_instant(paper, civil);
		notice.text = packing_take_field(&record);
		for (; at > 0 && v[at - 1].when.us > notice.when.us; at--)
			v[at] = v[at - 1];
		v[at] = notice;
	}
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		v[i].at = (int64_t)i;
		rc = notice_insert(paper, row->id, &v[i]);
		(*count)++;
	}
	return rc;
}

static enum rc notice_of_newsroom(
    struct paper *paper, int64_t id, struct query *q)
{
	struct notice n = {
	    .at = NEWSROOM_AT - 1 + query_i64(q, 0),
	    .change = (enum paper_change)query_i64(q, 1),
	    .place = (enum paper_place)query_i64(q, 2),
	    .when = {query_i64(q, 3)},
	    .text = query_str(q, 4),
	};
	struct civil civil = paper_civil(paper, n.when);
	struct buf date;
	enum rc rc;

	if (n.at >= VERSION_PLACES)
		return RC_OK;
	buf_init(&date, DATE_BYTES);
	civil.has_time = true;
	civil.has_offset = true;
	packing_civil(&date, civil);
	n.date = buf_str(&date);
	rc = buf_rc(&date);
	if (rc == RC_OK)
		rc = notice_insert(paper, id, &n);
	buf_done(&date);
	return rc;
}

static enum rc notices_of_newsroom(
    struct paper *paper, int64_t id, int64_t *count)
{
	struct query *q = store_query(paper->db,
	    SQL("SELECT number, change, place, at_us, text FROM correction"
		" WHERE story = ?1"));
	enum rc rc;

	query_add_i64(q, id);
	while ((rc = query_step(q)) == RC_OK) {
		rc = notice_of_newsroom(paper, id, q);
		(*count)++;
		if (rc != RC_OK)
			break;
	}
	query_end(q);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc notices_remove(
    struct paper *paper, int64_t id, int64_t *ret_count)
{
	struct query *q = store_query(paper->edition,
	    SQL("DELETE FROM correction WHERE id >= ?1 AND id < ?2"));

	query_add_i64(q, id * VERSION_PLACES);
	query_add_i64(q, (id + 1) * VERSION_PLACES);
	return query_run(q, ret_count);
}

struct version_row {
	int64_t number, revision, change, at_us;
	bool is_taken;
};

static enum rc version_write(
    struct paper *paper, int64_t id, const struct version_row *v)
{
	static const enum field seen[] = {FIELD_HEADLINE, FIELD_KICKER,
	    FIELD_STANDFIRST, FIELD_DATELINE, FIELD_LANG, FIELD_PICTURE,
	    FIELD_BODY};
	struct arena *a = arena_new(VERSION_MEMORY); /* there may be many */
	struct fields f = {{{0}}};
	struct query *q;
	struct buf pictures;
	int64_t previous;
	enum rc rc = RC_OK;

	buf_init_arena(&pictures, a, VERSION_MEMORY);
	if (!v->is_taken)
		rc = story_fields(paper, a, v->revision, &f, &previous);
	if (rc == RC_OK)
		rc = library_pack_was(paper, a, id, v->number, &f, &pictures);
	if (rc != RC_OK)
		goto done;
	q = store_query(paper->edition,
	    SQL("INSERT INTO version (story, number, change, at_us, is_taken,"
		" headline, kicker, standfirst, dateline, lang, picture, body,"
		" pictures) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,"
		" ?11, ?12, ?13)"
		" ON CONFLICT (story, number) DO UPDATE SET"
		" is_taken = excluded.is_taken, headline = excluded.headline,"
		" kicker = excluded.kicker, standfirst = excluded.standfirst,"
		" dateline = excluded.dateline, lang = excluded.lang,"
		" picture = excluded.picture, body = excluded.body,"
		" pictures = excluded.pictures"));
	query_add_i64(q, id);
	query_add_i64(q, v->number);
	query_add_i64(q, v->change);
	query_add_i64(q, v->at_us);
	query_add_i64(q, v->is_taken);
	for (size_t i = 0; i < sizeof(seen) / sizeof(seen[0]); i++)
		query_add_str(q, f.v[seen[i]]);
	query_add_str(q, buf_str(&pictures));
	rc = query_run(q, NULL);
	if (rc == RC_OK)
		rc = library_show_version(paper, id, v->number, &f);
done:
	arena_free(a);
	return rc;
}

/* What public.db has is not written again: some stories change a hundred
 * times a day. *RET_IS_TAKEN is untouched where it has none. */
static enum rc version_known(
    struct paper *paper, int64_t id, int64_t number, bool *ret_is_taken)
{
	struct query *q = store_query(
	    paper->edition, SQL("SELECT is_taken FROM version"
				" WHERE story = ?1 AND number = ?2"));
	int64_t is_taken = 0;
	enum rc rc;

	query_add_i64(q, id);
	query_add_i64(q, number);
	rc = query_one(q, &is_taken);
	if (rc == RC_OK)
		*ret_is_taken = is_taken != 0;
	return rc;
}

static enum rc versions_put(struct paper *paper, int64_t id, int64_t *count)
{
	struct query *q = store_query(paper->db,
	    SQL("SELECT number, revision, change, at_us, is_taken FROM version"
		" WHERE story = ?1 ORDER BY number"));
	enum rc rc;

	query_add_i64(q, id);
	while ((rc = query_step(q)) == RC_OK) {
		struct version_row v = {
		    query_i64(q, 0),
		    query_i64(q, 1),
		    query_i64(q, 2),
		    query_i64(q, 3),
		    query_i64(q, 4) != 0,
		};
		bool is_taken = false;

		(*count)++;
		rc = version_known(paper, id, v.number, &is_taken);
		if (rc == RC_NOT_FOUND ||
		    (rc == RC_OK && is_taken != v.is_taken)) {
			paper->must_wipe |= rc == RC_OK;
			rc = version_write(paper, id, &v);
		}
		if (rc != RC_OK)
			break;
	}
	query_end(q);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* All pages lead to the notices, where there are any. Of story ID there WERE
 * some, and now there ARE. */
static enum rc notices_tell(
    struct paper *paper, int64_t id, bool were, bool are)
{
	struct query *q;
	int64_t other;
	enum rc rc;

	if (!were && !are)
		return RC_OK;
	q = store_query(paper->edition,
	    SQL("SELECT id FROM correction WHERE id < ?1 OR id >= ?2"
		" LIMIT 1"));
	query_add_i64(q, id * VERSION_PLACES);
	query_add_i64(q, (id + 1) * VERSION_PLACES);
	rc = query_one(q, &other);
	if (rc == RC_NOT_FOUND)
		rc = were == are ? RC_OK : edition_tell(paper, STR("paper"));
	return rc == RC_OK ? edition_tell(paper, STR("corrections")) : rc;
}

enum rc version_put(struct paper *paper, const struct story_row *row,
    const struct fields *f, bool is_new, int64_t *ret_flags)
{
	int64_t were = 0, notices = 0, versions = 0;
	enum rc rc = RC_OK;

	if (!is_new)
		rc = notices_remove(paper, row->id, &were);
	if (rc == RC_OK)
		rc = notices_of_manuscript(
		    paper, row, f->v[FIELD_CORRECTIONS], &notices);
	if (rc == RC_OK && !is_new)
		rc = notices_of_newsroom(paper, row->id, &notices);
	if (rc == RC_OK && !is_new)
		rc = versions_put(paper, row->id, &versions);
	if (rc == RC_OK)
		rc = notices_tell(paper, row->id, were > 0, notices > 0);
	if (rc == RC_OK)
		*ret_flags = (notices > 0 ? EDITION_CORRECTED : 0) |
			     (versions > 1 ? EDITION_CHANGED : 0);
	return rc;
}

enum rc version_remove(struct paper *paper, int64_t id)
{
	struct query *q = store_query(
	    paper->edition, SQL("DELETE FROM version WHERE story = ?1"));
	int64_t notices = 0;
	enum rc rc;

	query_add_i64(q, id);
	rc = query_run(q, NULL);
	if (rc == RC_OK)
		rc = notices_remove(paper, id, &notices);
	return rc == RC_OK ? notices_tell(paper, id, notices > 0, false) : rc;
}

enum rc version_start(struct paper *paper)
{
	struct query *q = store_query(paper->db,
	    SQL("SELECT story.id FROM story JOIN revision"
		" ON revision.id = story.revision WHERE story.status = 3"
		" AND revision.corrections <> ''"));
	enum rc rc;

	while ((rc = query_step(q)) == RC_OK) {
		rc = outbox_add(paper, OUTBOX_STORY, query_i64(q, 0), 0);
		if (rc != RC_OK)
			break;
	}
	query_end(q);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* --- For the newsroom -------------------------------------------------- */

enum rc paper_notices(struct paper *paper, struct arena *a, int64_t id,
    struct paper_notice **ret_v, size_t *ret_n, struct err *err)
{
	struct paper_notice *v =
	    ARENA_ARRAY(a, struct paper_notice, VERSION_PLACES);
	struct query *q;
	size_t n = 0;
	enum rc rc = RC_OK;

	if (!v)
		return err_set(err, RC_NO_MEMORY, "no memory for a list");
	q = store_query(
	    paper->db, SQL("SELECT change, place, at_us, text FROM correction"
			   " WHERE story = ?1 ORDER BY number"));
	query_add_i64(q, id);
	while (n < VERSION_PLACES && (rc = query_step(q)) == RC_OK) {
		v[n] = (struct paper_notice){
		    .change = (enum paper_change)query_i64(q, 0),
		    .place = (enum paper_place)query_i64(q, 1),
		    .at = {query_i64(q, 2)},
		    .text = query_copy(q, a, 3),
		};
		if (!v[n++].text.p)
			rc = RC_NO_MEMORY;
		if (rc != RC_OK)
			break;
	}
	query_end(q);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return store_fail(paper->db, rc, "reading notices", err);
	*ret_v = v;
	*ret_n = n;
	return RC_OK;
}
