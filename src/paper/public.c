/* SPDX-License-Identifier: MIT
 *
 * Reading public.db; see public.h. Each list is one range of the table
 * "listing", whose key is (list, published_us, id); the stories in it are then
 * read by id. Names of sections and people are looked up by id too, so that a
 * new name is one row and not a rewriting of every story.
 *
 * A page needs several statements; public_begin and public_end hold one state
 * of the database for all of them.
 */
#include "paper/public.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/must.h"
#include "paper/edition.h"
#include "paper/packing.h"
#include "paper/public_priv.h"
#include "paper/schema.h"
#include "store/store.h"

enum { LIST_MOST = 60000, CACHE_KB = 2048, PATH_MOST = 2048 };

enum rc public_open(struct str dir, struct public_db **ret_db, struct err *err)
{
	const struct store_options options = {
	    .mode = STORE_READER,
	    .cache_kb = CACHE_KB,
	};
	const struct migration *list;
	size_t n;
	struct arena *a = arena_new(PATH_MOST);
	struct str path =
	    arena_printf(a, "%.*s/public/public.db", STR_ARG(dir));
	struct public_db *db = calloc(1, sizeof(*db));
	enum rc rc = RC_LIMIT;

	if (!db)
		must_failed(
		    "memory for public.db", __FILE__, __LINE__, __func__);
	list = schema_public(&n);
	if (path.p)
		rc = store_open(path, &options, &db->db, err);
	else
		err_set(err, rc, "the path of the paper is too long");
	if (rc == RC_OK)
		rc = migration_check(db->db, path.p, list, n, err);
	arena_free(a);
	if (rc == RC_OK)
		*ret_db = db;
	else
		public_close(db);
	return rc;
}

void public_close(struct public_db *db)
{
	if (!db)
		return;
	store_close(db->db);
	free(db);
}

enum rc public_meta(struct public_db *db, struct arena *a, struct str key,
    struct str *ret_value)
{
	struct query *q =
	    store_query(db->db, SQL("SELECT value FROM meta WHERE key = ?1"));
	enum rc rc;

	query_add_str(q, key);
	rc = query_step(q);
	if (rc == RC_OK) {
		*ret_value = query_copy(q, a, 0);
		rc = ret_value->p ? RC_OK : RC_NO_MEMORY;
	}
	query_end(q);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum { SECTIONS_MOST = 1000 };

static enum rc public_sections(
    struct public_db *db, struct arena *a, struct public_links *ret_links)
{
	struct public_links links = {0};
	struct query *q;
	int64_t count = 0;
	enum rc rc = query_one(
	    store_query(db->db,
		SQL("SELECT count(*) FROM term WHERE position IS NOT NULL")),
	    &count);

	if (rc != RC_OK)
		return rc;
	if (count > SECTIONS_MOST)
		count = SECTIONS_MOST;
	links.v = ARENA_ARRAY(a, struct public_link, (size_t)count);
	if (!links.v)
		return RC_NO_MEMORY;
	q = store_query(
	    db->db, SQL("SELECT name, slug FROM term WHERE position IS NOT NULL"
			" ORDER BY position"));
	while (links.n < (size_t)count && (rc = query_step(q)) == RC_OK) {
		struct public_link *link = &links.v[links.n++];

		link->name = query_copy(q, a, 0);
		link->slug = query_copy(q, a, 1);
		if (!link->name.p || !link->slug.p) {
			rc = RC_NO_MEMORY;
			break;
		}
	}
	query_end(q);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	*ret_links = links;
	return RC_OK;
}

enum rc public_paper(
    struct public_db *db, struct arena *a, struct public_paper *ret_paper)
{
	struct paper_settings s = {0};
	struct public_paper paper;
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < SETTINGS_COUNT; i++)
		rc = public_meta(db, a, settings_key(i), settings_value(&s, i));
	paper = (struct public_paper){
	    .name = s.name,
	    .lang = s.lang,
	    .motto = s.motto,
	    .place = s.place,
	    .zone = s.zone,
	    .origin = s.origin,
	    .publisher = s.publisher,
	    .address = s.address,
	    .support_text = s.support_text,
	    .about = s.about,
	    .authority = s.authority,
	};
	for (size_t i = 0; i < PAPER_POLICIES; i++)
		paper.policies[i] = s.policies[i];
	if (rc == RC_OK)
		rc = public_sections(db, a, &paper.sections);
	if (rc == RC_OK)
		*ret_paper = paper;
	return rc;
}

static enum rc public_link(struct public_db *db, struct arena *a, int64_t id,
    struct public_link *ret_link)
{
	struct query *q = store_query(
	    db->db, SQL("SELECT name, slug FROM term WHERE id = ?1"));
	enum rc rc;

	query_add_i64(q, id);
	rc = query_step(q);
	if (rc == RC_OK) {
		ret_link->name = query_copy(q, a, 0);
		ret_link->slug = query_copy(q, a, 1);
		if (!ret_link->name.p || !ret_link->slug.p)
			rc = RC_NO_MEMORY;
	}
	query_end(q);
	return rc;
}

static enum rc public_links(struct public_db *db, struct arena *a,
    struct str ids, struct public_links *ret_links)
{
	struct public_links links = {0};
	size_t n = 1;
	int64_t id;

	for (size_t i = 0; i < ids.n; i++)
		n += ids.p[i] == ' ';
	links.v = ARENA_ARRAY(a, struct public_link, n);
	if (!links.v)
		return RC_NO_MEMORY;
	while (packing_take_id(&ids, &id)) {
		enum rc rc = public_link(db, a, id, &links.v[links.n]);

		if (rc != RC_OK && rc != RC_NOT_FOUND)
			return rc;
		links.n += rc == RC_OK;
	}
	*ret_links = links;
	return RC_OK;
}

/* The row of a story, as it stands. */
struct raw_story {
	struct public_story s;
	int64_t section;
	struct str people, tags;
};

static enum rc public_row(
    struct query *q, struct arena *a, struct raw_story *ret_raw)
{
	struct raw_story raw = {.section = query_i64(q, 6)};
	struct public_story *s = &raw.s;
	struct str picture = query_copy(q, a, 13);
	struct str *texts[] = {[1] = &s->path,
	    [5] = &s->lang,
	    [7] = &raw.people,
	    [8] = &raw.tags,
	    [9] = &s->headline,
	    [10] = &s->kicker,
	    [11] = &s->standfirst,
	    [12] = &s->dateline};

	s->id = query_i64(q, 0);
	s->published.us = query_i64(q, 2);
	s->updated = s->published;
	if (!query_is_null(q, 3))
		s->updated.us = query_i64(q, 3);
	s->has_corrections = query_i64(q, 4) & EDITION_CORRECTED;
	s->has_versions = query_i64(q, 4) & EDITION_CHANGED;
	s->is_opinion = query_i64(q, 4) & EDITION_OPINION;
	for (int i = 0; i < (int)(sizeof(texts) / sizeof(texts[0])); i++) {
		if (!texts[i])
			continue;
		*texts[i] = query_copy(q, a, i);
		if (!texts[i]->p)
			return RC_NO_MEMORY;
	}
	if (!picture.p)
		return RC_NO_MEMORY;
	s->picture = packing_to_picture(picture);
	*ret_raw = raw;
	return RC_OK;
}

/* What all lists show of a story. RC_NOT_FOUND: it is not there. */
static enum rc public_teaser(struct public_db *db, struct arena *a, int64_t id,
    struct raw_story *ret_raw)
{
	struct raw_story raw;
	struct query *q = store_query(db->db,
	    SQL("SELECT id, path, published_us, updated_us, flags, lang,"
		" section, people, tags, headline, kicker, standfirst,"
		" dateline, picture FROM story WHERE id = ?1"));
	enum rc rc;

	query_add_i64(q, id);
	rc = query_step(q);
	if (rc == RC_OK)
		rc = public_row(q, a, &raw);
	query_end(q);
	if (rc == RC_OK && raw.section > 0) {
		rc = public_link(db, a, raw.section, &raw.s.section);
		if (rc == RC_NOT_FOUND)
			rc = RC_OK;
	}
	if (rc == RC_OK)
		rc = public_links(db, a, raw.people, &raw.s.people);
	if (rc == RC_OK)
		*ret_raw = raw;
	return rc;
}

/* Body, tags and what belongs to the whole story. */
static enum rc public_fill(
    struct public_db *db, struct arena *a, struct raw_story *raw)
{
	struct public_story *s = &raw->s;
	struct query *q = store_query(
	    db->db, SQL("SELECT translations, body FROM body WHERE id = ?1"));
	struct str translations = STR_NONE;
	enum rc rc;

	query_add_i64(q, s->id);
	rc = query_step(q);
	if (rc == RC_OK) {
		translations = query_copy(q, a, 0);
		s->body = query_copy(q, a, 1);
		if (!translations.p || !s->body.p)
			rc = RC_NO_MEMORY;
	}
	query_end(q);
	if (rc == RC_OK && s->has_corrections)
		rc = public_corrections(
		    db, a, s->id, &s->corrections, &s->corrections_n);
	if (rc == RC_OK)
		rc = packing_to_translations(
		    a, translations, &s->translations, &s->translations_n);
	return rc == RC_OK ? public_links(db, a, raw->tags, &s->tags) : rc;
}

static enum rc public_address(
    struct public_db *db, struct str path, int64_t *ret_id)
{
	struct query *q = store_query(
	    db->db, SQL("SELECT story FROM address WHERE path = ?1"));

	query_add_str(q, path);
	return query_one(q, ret_id);
}

static enum rc public_note(
    struct public_db *db, struct arena *a, int64_t id, struct str *ret_note)
{
	struct query *q = store_query(
	    db->db, SQL("SELECT note FROM withdrawn WHERE id = ?1"));
	enum rc rc;

	query_add_i64(q, id);
	rc = query_step(q);
	if (rc == RC_OK) {
		*ret_note = query_copy(q, a, 0);
		rc = ret_note->p ? RC_OK : RC_NO_MEMORY;
	}
	query_end(q);
	return rc;
}

static enum rc public_story_at(struct public_db *db, struct arena *a,
    struct str path, enum public_state *ret_state,
    struct public_story *ret_story, struct str *ret_text)
{
	struct raw_story raw;
	struct str note;
	int64_t id;
	enum rc rc = public_address(db, path, &id);

	/* An address with a slash behind it leads to the one without. */
	if (rc == RC_NOT_FOUND && path.n > 1 && str_ends(path, STR("/")))
		rc = public_address(db, str_part(path, 0, path.n - 1), &id);
	if (rc != RC_OK)
		return rc;
	rc = public_teaser(db, a, id, &raw);
	if (rc == RC_NOT_FOUND) {
		rc = public_note(db, a, id, &note);
		if (rc == RC_OK) {
			*ret_state = PUBLIC_WITHDRAWN;
			*ret_story = (struct public_story){.id = id};
			*ret_text = note;
		}
		return rc;
	}
	if (rc == RC_OK && !str_eq(raw.s.path, path)) {
		*ret_state = PUBLIC_MOVED;
		*ret_story = (struct public_story){.id = id};
		*ret_text = raw.s.path;
		return RC_OK;
	}
	if (rc == RC_OK)
		rc = public_fill(db, a, &raw);
	if (rc == RC_OK) {
		*ret_state = PUBLIC_LIVE;
		*ret_story = raw.s;
	}
	return rc;
}

enum rc public_begin(struct public_db *db)
{
	enum rc rc = db->held ? RC_OK : store_begin(db->db);

	db->held += rc == RC_OK;
	return rc;
}

enum rc public_end(struct public_db *db, enum rc rc)
{
	if (db->held > 0 && --db->held == 0)
		store_rollback(db->db);
	/* A reader can be without rights for no reason but a broken disk. */
	return rc == RC_OK || rc == RC_NOT_FOUND || rc == RC_NO_MEMORY ||
		       rc == RC_GONE
		   ? rc
		   : RC_IO;
}

enum rc public_story(struct public_db *db, struct arena *a, struct str path,
    enum public_state *ret_state, struct public_story *ret_story,
    struct str *ret_text)
{
	enum rc rc = public_begin(db);

	if (rc == RC_OK)
		rc = public_story_at(
		    db, a, path, ret_state, ret_story, ret_text);
	/* Paths that cannot be bound are nobody's. */
	if (rc == RC_INVALID)
		rc = RC_NOT_FOUND;
	return public_end(db, rc);
}

/* The ids of a range of a list. */
static enum rc public_range(struct public_db *db, int64_t list,
    struct public_key after, bool newer, int64_t *v, size_t limit,
    size_t *ret_n)
{
	struct query *q =
	    newer ? store_query(
			db->db, SQL("SELECT id FROM listing WHERE list = ?1"
				    " AND (published_us, id) > (?2, ?3)"
				    " ORDER BY published_us, id LIMIT ?4"))
		  : store_query(db->db,
			SQL("SELECT id FROM listing WHERE list = ?1"
			    " AND (published_us, id) < (?2, ?3)"
			    " ORDER BY published_us DESC, id DESC LIMIT ?4"));
	size_t n = 0;
	enum rc rc = RC_OK;

	query_add_i64(q, list);
	query_add_i64(q, after.published_us);
	query_add_i64(q, after.id);
	query_add_i64(q, (int64_t)limit);
	while (n < limit && (rc = query_step(q)) == RC_OK)
		v[n++] = query_i64(q, 0);
	query_end(q);
	if (rc == RC_OK || rc == RC_NOT_FOUND)
		*ret_n = n;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc public_load(struct public_db *db, struct arena *a, const int64_t *ids,
    size_t ids_n, bool has_bodies, struct public_story **ret_v, size_t *ret_n)
{
	struct public_story *v = ARENA_ARRAY(a, struct public_story, ids_n);
	size_t n = 0;

	if (!v)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < ids_n; i++) {
		struct raw_story raw;
		enum rc rc = public_teaser(db, a, ids[i], &raw);

		if (rc == RC_OK && has_bodies)
			rc = public_fill(db, a, &raw);
		if (rc == RC_NOT_FOUND)
			continue;
		if (rc != RC_OK)
			return rc;
		v[n++] = raw.s;
	}
	*ret_v = v;
	*ret_n = n;
	return RC_OK;
}

enum rc public_term(struct public_db *db, enum public_list list,
    struct str slug, int64_t *ret_id)
{
	static const enum term_kind kinds[] = {
	    [PUBLIC_SECTION] = TERM_SECTION,
	    [PUBLIC_PERSON] = TERM_PERSON,
	    [PUBLIC_TAG] = TERM_TAG,
	};
	struct query *q = store_query(
	    db->db, SQL("SELECT id FROM term WHERE kind = ?1 AND slug = ?2"));
	enum rc rc;

	must(list != PUBLIC_ALL);
	query_add_i64(q, kinds[list]);
	query_add_str(q, slug);
	rc = query_one(q, ret_id);
	return rc == RC_INVALID ? RC_NOT_FOUND : rc;
}

static enum rc public_stories(struct public_db *db, struct arena *a,
    int64_t list, struct public_key after, bool newer, size_t limit,
    bool has_bodies, struct public_story **ret_v, size_t *ret_n)
{
	int64_t *ids;
	size_t n = 0;
	enum rc rc;

	if (limit > LIST_MOST)
		limit = LIST_MOST;
	ids = ARENA_ARRAY(a, int64_t, limit);
	if (!ids)
		return RC_NO_MEMORY;
	rc = public_range(db, list, after, newer, ids, limit, &n);
	return rc == RC_OK
		   ? public_load(db, a, ids, n, has_bodies, ret_v, ret_n)
		   : rc;
}

static enum rc public_named(struct public_db *db, struct arena *a,
    enum public_list list, struct str slug, struct public_key after, bool newer,
    size_t limit, bool has_bodies, struct public_story **ret_v, size_t *ret_n)
{
	int64_t id = EDITION_ALL;
	enum rc rc = public_begin(db);

	if (rc == RC_OK && list != PUBLIC_ALL)
		rc = public_term(db, list, slug, &id);
	if (rc == RC_OK)
		rc = public_stories(
		    db, a, id, after, newer, limit, has_bodies, ret_v, ret_n);
	return public_end(db, rc);
}

enum rc public_list(struct public_db *db, struct arena *a,
    enum public_list list, struct str slug, struct public_key after, bool newer,
    size_t limit, struct public_story **ret_v, size_t *ret_n)
{
	return public_named(
	    db, a, list, slug, after, newer, limit, false, ret_v, ret_n);
}

enum rc public_feed(struct public_db *db, struct arena *a,
    enum public_list list, struct str slug, size_t limit,
    struct public_story **ret_v, size_t *ret_n)
{
	return public_named(db, a, list, slug, PUBLIC_KEY_NEWEST, false, limit,
	    true, ret_v, ret_n);
}

enum rc public_name(struct public_db *db, struct arena *a,
    enum public_list list, struct str slug, struct str *ret_name,
    struct str *ret_about)
{
	struct str name = STR_NONE;
	struct str about = STR_NONE;
	struct query *q;
	int64_t id;
	enum rc rc = public_term(db, list, slug, &id);

	if (rc != RC_OK)
		return rc;
	q = store_query(
	    db->db, SQL("SELECT name, about FROM term WHERE id = ?1"));
	query_add_i64(q, id);
	rc = query_step(q);
	if (rc == RC_OK) {
		name = query_copy(q, a, 0);
		about = query_copy(q, a, 1);
		rc = name.p && about.p ? RC_OK : RC_NO_MEMORY;
	}
	query_end(q);
	if (rc == RC_OK) {
		*ret_name = name;
		*ret_about = about;
	}
	return rc;
}

/* Adds the newest of a list that came before STORY to IDS, without twins. */
static enum rc related_add(struct public_db *db, int64_t list,
    const struct public_story *story, int64_t *ids, size_t limit, size_t *n)
{
	enum { LOOK_AT = 16 };
	int64_t found[LOOK_AT];
	size_t found_n = 0;
	struct public_key key = {story->published.us, story->id};
	enum rc rc =
	    public_range(db, list, key, false, found, LOOK_AT, &found_n);

	for (size_t i = 0; rc == RC_OK && i < found_n && *n < limit; i++) {
		size_t at = 0;

		while (at < *n && ids[at] != found[i])
			at++;
		if (at == *n)
			ids[(*n)++] = found[i];
	}
	return rc;
}

static enum rc related_ids(struct public_db *db,
    const struct public_story *story, int64_t *ids, size_t limit, size_t *ret_n)
{
	enum { TAGS_MOST = 8 };
	int64_t list;
	enum rc rc = RC_OK;

	for (size_t i = 0; i < story->tags.n && i < TAGS_MOST; i++) {
		if (*ret_n == limit)
			break;
		rc = public_term(db, PUBLIC_TAG, story->tags.v[i].slug, &list);
		if (rc == RC_OK)
			rc = related_add(db, list, story, ids, limit, ret_n);
		if (rc != RC_OK && rc != RC_NOT_FOUND)
			return rc;
	}
	if (*ret_n == limit || story->section.slug.n == 0)
		return RC_OK;
	rc = public_term(db, PUBLIC_SECTION, story->section.slug, &list);
	if (rc == RC_OK)
		rc = related_add(db, list, story, ids, limit, ret_n);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc public_related(struct public_db *db, struct arena *a,
    const struct public_story *story, size_t limit, struct public_story **ret_v,
    size_t *ret_n)
{
	enum { RELATED_MOST = 64 };
	int64_t ids[RELATED_MOST];
	size_t n = 0;
	enum rc rc = public_begin(db);

	if (limit > RELATED_MOST)
		limit = RELATED_MOST;
	if (rc == RC_OK)
		rc = related_ids(db, story, ids, limit, &n);
	if (rc == RC_OK)
		rc = public_load(db, a, ids, n, false, ret_v, ret_n);
	return public_end(db, rc);
}

/* Only what is a date of the calendar: pages are made of it. */
static bool public_count_row(
    struct query *q, int level, struct public_count *ret_count)
{
	int64_t year = query_i64(q, 0);
	int64_t month = query_i64(q, 1);
	int64_t day = query_i64(q, 2);
	int64_t stories = query_i64(q, 3);

	if (stories <= 0 || year < 1 || year > 9999 ||
	    (level >= 1 && (month < 1 || month > 12)) ||
	    (level == 2 && (day < 1 || day > civil_month_days((int32_t)year,
						 (unsigned)month))))
		return false;
	*ret_count = (struct public_count){.year = (int32_t)year,
	    .month = level >= 1 ? (uint8_t)month : 0,
	    .day = level == 2 ? (uint8_t)day : 0,
	    .stories = (uint64_t)stories,
	    .changed = {query_i64(q, 4)}};
	return true;
}

enum rc public_counts(struct public_db *db, struct arena *a, int32_t year,
    uint8_t month, struct public_count **ret_v, size_t *ret_n)
{
	enum { YEARS_MOST = 1000 };
	int level = year == 0 ? 0 : month == 0 ? 1 : 2;
	struct public_count *v =
	    ARENA_ARRAY(a, struct public_count, YEARS_MOST);
	struct query *q = store_query(db->db,
	    level == 0
		? SQL("SELECT year, month, day, stories, changed_us FROM calendar"
		      " WHERE level = ?1 AND year > ?2 AND ?3 = 0"
		      " ORDER BY year")
	    : level == 1
		? SQL("SELECT year, month, day, stories, changed_us FROM calendar"
		      " WHERE level = ?1 AND year = ?2 AND month > ?3"
		      " ORDER BY month")
		: SQL("SELECT year, month, day, stories, changed_us FROM calendar"
		      " WHERE level = ?1 AND year = ?2 AND month = ?3"
		      " ORDER BY day"));
	size_t n = 0;
	enum rc rc = v ? RC_OK : RC_NO_MEMORY;

	query_add_i64(q, level);
	query_add_i64(q, year);
	query_add_i64(q, month);
	while (rc == RC_OK && n < YEARS_MOST && (rc = query_step(q)) == RC_OK)
		n += public_count_row(q, level, &v[n]);
	query_end(q);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	*ret_v = v;
	*ret_n = n;
	return RC_OK;
}

enum rc public_day(struct public_db *db, struct arena *a, int32_t year,
    uint8_t month, uint8_t day, struct public_key after, size_t limit,
    struct public_story **ret_v, size_t *ret_n)
{
	enum rc rc;

	if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
	    day > civil_month_days(year, month))
		return RC_NOT_FOUND;
	rc = public_begin(db);
	if (rc == RC_OK)
		rc = public_stories(db, a, edition_day_list(year, month, day),
		    after, false, limit, false, ret_v, ret_n);
	return public_end(db, rc);
}

enum rc public_has_changed(struct public_db *db, bool *ret_changed)
{
	int64_t version;
	enum rc rc = store_data_version(db->db, &version);

	if (rc != RC_OK)
		return rc;
	*ret_changed = version != db->data_version;
	db->data_version = version;
	return RC_OK;
}

static enum rc change_bounds(
    struct public_db *db, int64_t *ret_oldest, int64_t *ret_newest)
{
	enum rc rc =
	    query_one(store_query(db->db,
			  SQL("SELECT coalesce(min(seq), 0) FROM change")),
		ret_oldest);

	return rc == RC_OK
		   ? query_one(
			 store_query(db->db,
			     SQL("SELECT coalesce(max(seq), 0) FROM change")),
			 ret_newest)
		   : rc;
}

static enum rc change_rows(struct public_db *db, struct arena *a, int64_t seq,
    size_t limit, struct public_change **ret_v, size_t *ret_n)
{
	struct public_change *v = ARENA_ARRAY(a, struct public_change, limit);
	struct query *q = store_query(db->db,
	    SQL("SELECT seq, tag FROM change WHERE seq > ?1 ORDER BY seq"
		" LIMIT ?2"));
	size_t n = 0;
	enum rc rc = v ? RC_OK : RC_NO_MEMORY;

	query_add_i64(q, seq);
	query_add_i64(q, (int64_t)limit);
	while (rc == RC_OK && n < limit && (rc = query_step(q)) == RC_OK) {
		v[n].seq = (uint64_t)query_i64(q, 0);
		v[n].tag = query_copy(q, a, 1);
		if (!v[n++].tag.p)
			rc = RC_NO_MEMORY;
	}
	query_end(q);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	*ret_v = v;
	*ret_n = n;
	return RC_OK;
}

enum rc public_changes(struct public_db *db, struct arena *a, uint64_t seq,
    size_t limit, struct public_change **ret_v, size_t *ret_n)
{
	int64_t oldest, newest;
	enum rc rc = public_begin(db);

	if (limit > LIST_MOST)
		limit = LIST_MOST;
	if (rc == RC_OK)
		rc = change_bounds(db, &oldest, &newest);
	/* Rows are cut off, or this is another database than before. */
	if (rc == RC_OK &&
	    (seq > (uint64_t)newest || seq + 1 < (uint64_t)oldest))
		rc = RC_GONE;
	if (rc == RC_OK)
		rc = change_rows(db, a, (int64_t)seq, limit, ret_v, ret_n);
	return public_end(db, rc);
}

enum rc public_seq(struct public_db *db, uint64_t *ret_seq)
{
	int64_t oldest, newest;
	enum rc rc = change_bounds(db, &oldest, &newest);

	if (rc == RC_OK)
		*ret_seq = (uint64_t)newest;
	return rc;
}

struct store *public_store(struct public_db *db)
{
	return db->db;
}
