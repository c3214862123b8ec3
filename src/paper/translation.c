/* SPDX-License-Identifier: MIT
 *
 * Translations; see translation.h. The table "translation" of paper.db has a
 * row (path, story) for each path that a story names, of whatever host: which
 * host is ours may change.
 */
#include "paper/translation.h"

#include "base/arena.h"
#include "base/buf.h"
#include "paper/edition.h"
#include "paper/packing.h"
#include "paper/paper_priv.h"
#include "text/link.h"

enum { PACKED_MAX = 256 * 1024 };

static enum rc translation_insert(
    struct paper *paper, int64_t id, struct str url)
{
	struct str host, path;
	struct query *q;
	enum rc rc = link_page(paper->scratch, url, &host, &path);

	/* Whatever that is, it is none of our stories. */
	if (rc == RC_INVALID)
		return RC_OK;
	if (rc != RC_OK)
		return rc;
	q = store_query(
	    paper->db, SQL("INSERT INTO translation (path, story)"
			   " VALUES (?1, ?2) ON CONFLICT DO NOTHING"));
	query_add_str(q, path);
	query_add_i64(q, id);
	paper->translations = PAPER_TRANSLATIONS_SOME;
	return query_run(q, NULL);
}

enum rc translation_note(
    struct paper *paper, int64_t id, struct str packed, bool is_new)
{
	struct str record;
	enum rc rc = RC_OK;

	if (!is_new) {
		struct query *q = store_query(
		    paper->db, SQL("DELETE FROM translation WHERE story = ?1"));

		query_add_i64(q, id);
		rc = query_run(q, NULL);
	}
	while (rc == RC_OK && packing_take(&packed, &record)) {
		(void)packing_take_field(&record); /* its language */
		rc = translation_insert(paper, id, packing_take_field(&record));
	}
	return rc;
}

/* The host of the paper's origin; empty if it has none. */
static enum rc translation_host(
    struct paper *paper, struct arena *a, struct str *ret_host)
{
	struct query *q = store_query(paper->edition,
	    SQL("SELECT value || '/' FROM meta WHERE key = 'origin'"));
	struct str path;
	enum rc rc = query_step(q);

	*ret_host = STR_NONE;
	if (rc == RC_OK) {
		struct str origin = query_copy(q, a, 0);

		rc = origin.p ? link_page(a, origin, ret_host, &path)
			      : RC_NO_MEMORY;
	}
	query_end(q);
	return rc == RC_NOT_FOUND || rc == RC_INVALID ? RC_OK : rc;
}

/* In story STORY. RC_NOT_FOUND: it must not; a story is none of its own. */
static enum rc translation_may_be_seen(struct paper *paper, struct arena *a,
    int64_t story, struct str url, struct str our_host)
{
	struct str host, path;
	struct query *q;
	int64_t id;
	enum rc rc = link_page(a, url, &host, &path);

	if (rc != RC_OK)
		return rc == RC_INVALID ? RC_NOT_FOUND : rc;
	if (host.n > 0 && !str_eq_fold(host, our_host))
		return RC_OK;
	q = store_query(
	    paper->edition, SQL("SELECT story.id FROM address JOIN story"
				" ON story.id = address.story"
				" WHERE address.path = ?1 AND story.id <> ?2"));
	query_add_str(q, path);
	query_add_i64(q, story);
	return query_one(q, &id);
}

enum rc translation_seen(struct paper *paper, struct arena *a, int64_t id,
    const struct manuscript *m, struct manuscript_translation **ret_v,
    size_t *ret_n)
{
	struct manuscript_translation *v =
	    ARENA_ARRAY(a, struct manuscript_translation, m->translations_n);
	struct str our_host;
	size_t n = 0;
	enum rc rc = v ? translation_host(paper, a, &our_host) : RC_NO_MEMORY;

	for (size_t i = 0; rc == RC_OK && i < m->translations_n; i++) {
		rc = translation_may_be_seen(
		    paper, a, id, m->translations[i].url, our_host);
		if (rc == RC_OK)
			v[n++] = m->translations[i];
		else if (rc == RC_NOT_FOUND)
			rc = RC_OK;
	}
	if (rc != RC_OK)
		return rc;
	*ret_v = v;
	*ret_n = n;
	return RC_OK;
}

enum rc translation_filter(
    struct paper *paper, int64_t id, struct str packed, struct str *ret_packed)
{
	struct str our_host, record;
	struct buf b;
	enum rc rc;

	if (packed.n == 0) {
		*ret_packed = packed;
		return RC_OK;
	}
	rc = translation_host(paper, paper->scratch, &our_host);
	buf_init_arena(&b, paper->scratch, PACKED_MAX);
	while (rc == RC_OK && packing_take(&packed, &record)) {
		struct str whole = record;

		(void)packing_take_field(&record);
		rc = translation_may_be_seen(paper, paper->scratch, id,
		    packing_take_field(&record), our_host);
		if (rc == RC_OK) {
			buf_add(&b, whole);
			packing_record(&b);
		} else if (rc == RC_NOT_FOUND) {
			rc = RC_OK;
		}
	}
	if (rc == RC_OK)
		rc = buf_rc(&b);
	if (rc == RC_OK)
		*ret_packed = buf_str(&b);
	return rc;
}

static enum rc translation_tell(struct paper *paper, int64_t id)
{
	struct str tag =
	    arena_printf(paper->scratch, "story:%lld", (long long)id);

	return tag.p ? edition_tell(paper, tag) : RC_NO_MEMORY;
}

/* What public.db says of the translations of story ID. */
static enum rc translation_refresh(
    struct paper *paper, int64_t id, bool is_told)
{
	struct str seen = STR_NONE;
	struct story_row row, shown;
	struct fields f;
	struct query *q;
	int64_t count;
	enum rc rc = story_load(paper, id, &row);

	if (rc != RC_OK || row.status != PAPER_PUBLISHED)
		return rc == RC_NOT_FOUND ? RC_OK : rc;
	rc = story_seen(paper, paper->scratch, &row, &shown, &f);
	if (rc == RC_OK)
		rc = translation_filter(
		    paper, id, f.v[FIELD_TRANSLATIONS], &seen);
	if (rc != RC_OK)
		return rc;
	q = store_query(
	    paper->edition, SQL("UPDATE body SET translations = ?2"
				" WHERE id = ?1 AND translations <> ?2"));
	query_add_i64(q, id);
	query_add_str(q, seen.p ? seen : STR(""));
	rc = query_run(q, &count);
	if (rc == RC_OK && count > 0 && is_told)
		rc = translation_tell(paper, id);
	return rc;
}

/* Most papers have none, and need not be asked for every story. */
static enum rc translation_ask(struct paper *paper)
{
	int64_t one;
	enum rc rc;

	if (paper->translations != PAPER_TRANSLATIONS_NOT_ASKED)
		return RC_OK;
	rc = query_one(
	    store_query(paper->db,
		SQL("SELECT story FROM translation WHERE path >= '' LIMIT 1")),
	    &one);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	paper->translations =
	    rc == RC_OK ? PAPER_TRANSLATIONS_SOME : PAPER_TRANSLATIONS_NONE;
	return RC_OK;
}

enum rc translation_follow(
    struct paper *paper, const struct story_row *row, bool is_told)
{
	struct query *q;
	enum rc rc = translation_ask(paper);

	if (rc != RC_OK || paper->translations == PAPER_TRANSLATIONS_NONE)
		return rc;
	q = store_query(paper->db,
	    SQL("SELECT story FROM translation WHERE path = ?1 UNION ALL"
		" SELECT translation.story FROM address JOIN translation"
		" ON translation.path = address.path"
		" WHERE address.story = ?2 AND address.is_old = 1"));

	query_add_str(q, row->path);
	query_add_i64(q, row->id);
	while ((rc = query_step(q)) == RC_OK) {
		rc = translation_refresh(paper, query_i64(q, 0), is_told);
		if (rc != RC_OK)
			break;
	}
	query_end(q);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc translation_put_all(struct paper *paper)
{
	return outbox_add(paper, OUTBOX_RANGE, 1, paper->next_story - 1);
}

/* *RET_ANY: there is a story with translations. */
static enum rc translation_note_all(struct paper *paper, bool *ret_any)
{
	struct query *q = store_query(
	    paper->db, SQL("SELECT story.id, revision.translations FROM story"
			   " JOIN revision ON revision.id = story.revision"
			   " WHERE revision.translations <> ''"));
	bool any = false;
	enum rc rc;

	while ((rc = query_step(q)) == RC_OK) {
		any = true;
		rc = translation_note(
		    paper, query_i64(q, 0), query_str(q, 1), true);
		arena_reset(paper->scratch);
		if (rc != RC_OK)
			break;
	}
	query_end(q);
	*ret_any = any;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc translation_start(struct paper *paper)
{
	bool any = false;
	enum rc rc = translation_note_all(paper, &any);

	return rc == RC_OK && any ? translation_put_all(paper) : rc;
}

enum rc translation_move(struct paper *paper, struct str old, struct str news)
{
	int64_t any;
	enum rc rc;

	if (str_eq(old, news))
		return RC_OK;
	rc = query_one(
	    store_query(paper->db,
		SQL("SELECT story FROM translation WHERE path >= '' LIMIT 1")),
	    &any);
	if (rc == RC_NOT_FOUND)
		return RC_OK;
	return rc == RC_OK ? translation_put_all(paper) : rc;
}
