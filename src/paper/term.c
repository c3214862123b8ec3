/* SPDX-License-Identifier: MIT
 *
 * Terms; see term.h. An import asks for the same few thousand names again and
 * again: a table of those found lately, one place for each hash, answers most
 * of it without the database, in fixed memory.
 *
 * T1  "term_name" has each name that a term was ever given, folded, and the
 *     term that had it first.
 * T2  A term that had been given another name before there was "term_name" has
 *     its slug there, behind a space: all names that lead to it are its own.
 */
#include "paper/term.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/must.h"
#include "base/utf8.h"
#include "paper/packing.h"
#include "paper/paper_priv.h"
#include "text/fold.h"
#include "text/slug.h"

enum {
	SLOTS = 4096,
	NAME_KEPT = 48,
	NAME_MAX_BYTES = 400,
	IDS_MAX = 256,
	SLUG_TRIES = 20,
	SETTINGS_MAX = 1 << 20
};

struct slot {
	int64_t id; /* 0: free */
	uint8_t kind;
	uint8_t n;
	char name[NAME_KEPT];
};

/* Whether there are terms of T2: papers that began later have none. */
enum slug_keys { SLUG_KEYS_NOT_ASKED, SLUG_KEYS_NONE, SLUG_KEYS_SOME };

struct terms {
	int64_t next_position; /* 0: not yet asked */
	int64_t next_id;       /* 0: not yet asked */
	enum slug_keys slug_keys;
	int64_t shown[SLOTS];
	struct slot slots[SLOTS];
};

struct terms *terms_new(void)
{
	struct terms *terms = calloc(1, sizeof(*terms));

	if (!terms)
		must_failed("memory for a paper", __FILE__, __LINE__, __func__);
	return terms;
}

void terms_free(struct terms *terms)
{
	free(terms);
}

void terms_forget(struct terms *terms)
{
	memset(terms, 0, sizeof(*terms));
}

static struct slot *terms_slot(
    struct terms *terms, enum term_kind kind, struct str name)
{
	uint32_t hash = 2166136261u ^ (uint32_t)kind;

	for (size_t i = 0; i < name.n; i++)
		hash = (hash ^ (unsigned char)name.p[i]) * 16777619u;
	return &terms->slots[(hash ^ hash >> 15) % SLOTS];
}

static bool slot_is(
    const struct slot *slot, enum term_kind kind, struct str name)
{
	return slot->id != 0 && slot->kind == kind &&
	       str_eq((struct str){slot->name, slot->n}, name);
}

bool term_is_shown(const struct terms *terms, int64_t id)
{
	return terms->shown[(uint64_t)id % SLOTS] == id;
}

void term_set_shown(struct terms *terms, int64_t id)
{
	terms->shown[(uint64_t)id % SLOTS] = id;
}

void term_forget_shown(struct terms *terms, int64_t id)
{
	if (term_is_shown(terms, id))
		terms->shown[(uint64_t)id % SLOTS] = 0;
}

enum rc term_find(
    struct paper *paper, enum term_kind kind, struct str slug, int64_t *ret_id)
{
	struct query *q = store_query(paper->db,
	    SQL("SELECT id FROM term WHERE kind = ?1 AND slug = ?2"));

	query_add_i64(q, kind);
	query_add_str(q, slug);
	return query_one(q, ret_id);
}

static enum rc term_next(struct paper *paper)
{
	struct terms *terms = paper->terms;
	int64_t id, position;
	enum rc rc;

	if (terms->next_id > 0)
		return RC_OK;
	rc = query_one(store_query(paper->db,
			   SQL("SELECT coalesce(max(id), 0) FROM term")),
	    &id);
	if (rc == RC_OK)
		rc = query_one(store_query(paper->db,
				   SQL("SELECT coalesce(max(position), 0)"
				       " FROM term WHERE kind = 1")),
		    &position);
	if (rc != RC_OK)
		return rc;
	terms->next_id = id + 1;
	terms->next_position = position + 1;
	return RC_OK;
}

static enum rc term_insert(struct paper *paper, enum term_kind kind,
    struct str slug, struct str name, int64_t *ret_id)
{
	enum rc rc = term_next(paper);
	struct query *q;
	int64_t id;

	if (rc != RC_OK)
		return rc;
	id = paper->terms->next_id++;
	q = store_query(paper->db,
	    SQL("INSERT INTO term (id, kind, slug, name, about, position)"
		" VALUES (?1, ?2, ?3, ?4, '', ?5)"));
	query_add_i64(q, id);
	query_add_i64(q, kind);
	query_add_str(q, slug);
	query_add_str(q, name);
	if (kind == TERM_SECTION)
		query_add_i64(q, paper->terms->next_position++);
	rc = query_run(q, NULL);
	if (rc == RC_OK)
		*ret_id = id;
	return rc;
}

static struct str term_slug(
    struct arena *a, enum term_kind kind, struct str name, struct str lang)
{
	static const struct str fallbacks[] = {
	    [TERM_SECTION] = STR_INIT("section"),
	    [TERM_PERSON] = STR_INIT("person"),
	    [TERM_TAG] = STR_INIT("tag")};

	return slug_make_or(a, name, lang, fallbacks[kind]);
}

static enum rc term_find_key(
    struct paper *paper, enum term_kind kind, struct str key, int64_t *ret_id)
{
	struct query *q = store_query(paper->db,
	    SQL("SELECT term FROM term_name WHERE kind = ?1 AND key = ?2"));

	query_add_i64(q, kind);
	query_add_str(q, key);
	return query_one(q, ret_id);
}

/* Who has a name first keeps it. */
static enum rc term_add_key(
    struct paper *paper, enum term_kind kind, struct str key, int64_t id)
{
	struct query *q;

	if (!key.p)
		return RC_NO_MEMORY;
	q = store_query(
	    paper->db, SQL("INSERT INTO term_name (kind, key, term)"
			   " VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING"));
	query_add_i64(q, kind);
	query_add_str(q, key);
	query_add_i64(q, id);
	return query_run(q, NULL);
}

enum rc term_add_name(
    struct paper *paper, enum term_kind kind, struct str name, int64_t id)
{
	return term_add_key(paper, kind, fold_name(paper->scratch, name), id);
}

/* The key of all names that lead to SLUG (T2): no other begins so. */
static struct str term_slug_key(struct arena *a, struct str slug)
{
	return arena_printf(a, " %.*s", STR_ARG(slug));
}

static enum rc term_ask_slug_keys(struct paper *paper)
{
	struct terms *terms = paper->terms;
	int64_t one;
	enum rc rc;

	if (terms->slug_keys != SLUG_KEYS_NOT_ASKED)
		return RC_OK;
	rc = query_one(store_query(paper->db,
			   SQL("SELECT term FROM term_name"
			       " WHERE kind IN (1, 2, 3)"
			       " AND key >= ' ' AND key < '!' LIMIT 1")),
	    &one);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	terms->slug_keys = rc == RC_OK ? SLUG_KEYS_SOME : SLUG_KEYS_NONE;
	return RC_OK;
}

enum rc term_find_name(struct paper *paper, struct arena *a,
    enum term_kind kind, struct str name, struct str lang, int64_t *ret_id)
{
	struct str key = fold_name(a, name);
	struct str slug;
	enum rc rc = term_ask_slug_keys(paper);

	if (!key.p)
		return RC_NO_MEMORY;
	if (rc == RC_OK)
		rc = term_find_key(paper, kind, key, ret_id);
	if (rc != RC_NOT_FOUND || paper->terms->slug_keys == SLUG_KEYS_NONE)
		return rc;
	slug = term_slug(a, kind, name, lang);
	key = term_slug_key(a, slug);
	if (!slug.p || !key.p)
		return RC_NO_MEMORY;
	return term_find_key(paper, kind, key, ret_id);
}

/* A name that lies in "term_name" as another's can still be today's of a term
 * that was given it before such a name was refused: both are asked. */
enum rc term_name_is_free(
    struct paper *paper, enum term_kind kind, struct str name, int64_t id)
{
	struct query *q = store_query(
	    paper->db, SQL("SELECT id FROM term WHERE kind = ?1 AND name = ?2"
			   " AND id <> ?3 LIMIT 1"));
	int64_t other;
	enum rc rc;

	query_add_i64(q, kind);
	query_add_str(q, name);
	query_add_i64(q, id);
	rc = query_one(q, &other);
	if (rc == RC_NOT_FOUND)
		rc = term_find_name(
		    paper, paper->scratch, kind, name, STR(""), &other);
	if (rc == RC_NOT_FOUND || (rc == RC_OK && other == id))
		return RC_OK;
	return rc == RC_OK ? RC_EXISTS : rc;
}

/* The address of a new term: "c", or where others have that "c-2", "c-3". */
static enum rc term_free_slug(struct paper *paper, struct arena *a,
    enum term_kind kind, struct str name, struct str lang, struct str *ret_slug)
{
	struct str head = term_slug(a, kind, name, lang);
	struct str slug = head;
	enum rc rc = RC_OK;

	for (unsigned i = 1; rc == RC_OK; i++) {
		int64_t other;

		if (i > SLUG_TRIES)
			slug = arena_printf(a, "%.*s-%lld-%u", STR_ARG(head),
			    (long long)paper->terms->next_id, i);
		else if (i > 1)
			slug = arena_printf(a, "%.*s-%u", STR_ARG(head), i);
		if (!slug.p)
			return RC_NO_MEMORY;
		rc = term_find(paper, kind, slug, &other);
	}
	if (rc != RC_NOT_FOUND)
		return rc;
	*ret_slug = slug;
	return RC_OK;
}

static enum rc term_make(struct paper *paper, enum term_kind kind,
    struct str name, struct str lang, int64_t *ret_id)
{
	struct str slug;
	enum rc rc = term_next(paper);

	if (rc == RC_OK)
		rc = term_free_slug(
		    paper, paper->scratch, kind, name, lang, &slug);
	if (rc == RC_OK)
		rc = term_insert(paper, kind, slug, name, ret_id);
	return rc == RC_OK ? term_add_name(paper, kind, name, *ret_id) : rc;
}

enum rc term_id(struct paper *paper, enum term_kind kind, struct str name,
    struct str lang, int64_t *ret_id)
{
	struct slot *slot;
	int64_t id = 0;
	enum rc rc;

	name = utf8_head(str_trim(name), NAME_MAX_BYTES);
	must(name.n > 0);
	slot = terms_slot(paper->terms, kind, name);
	if (slot_is(slot, kind, name)) {
		*ret_id = slot->id;
		return RC_OK;
	}
	rc = term_find_name(paper, paper->scratch, kind, name, lang, &id);
	if (rc == RC_NOT_FOUND)
		rc = term_make(paper, kind, name, lang, &id);
	if (rc != RC_OK)
		return rc;
	if (name.n <= NAME_KEPT) {
		slot->id = id;
		slot->kind = (uint8_t)kind;
		slot->n = (uint8_t)name.n;
		memcpy(slot->name, name.p, name.n);
	}
	*ret_id = id;
	return RC_OK;
}

enum rc term_today(struct paper *paper, struct arena *a, enum term_kind kind,
    struct str name, struct str lang, struct term *ret_term)
{
	struct term term = {.kind = kind};
	int64_t id = 0;
	enum rc rc;

	term.name = utf8_head(str_trim(name), NAME_MAX_BYTES);
	must(term.name.n > 0);
	rc = term_find_name(paper, a, kind, term.name, lang, &id);
	if (rc == RC_OK)
		rc = term_load(paper, a, id, &term);
	else if (rc == RC_NOT_FOUND)
		rc =
		    term_free_slug(paper, a, kind, term.name, lang, &term.slug);
	if (rc != RC_OK)
		return rc;
	*ret_term = term;
	return RC_OK;
}

bool term_is_opinion(struct str slug)
{
	static const struct str slugs[] = {STR_INIT("opinion"),
	    STR_INIT("opinions"), STR_INIT("comment"), STR_INIT("editorial"),
	    STR_INIT("editorials"), STR_INIT("op-ed"), STR_INIT("columns"),
	    STR_INIT("opiniao"), STR_INIT("meinung"), STR_INIT("kommentar"),
	    STR_INIT("mnenie"), STR_INIT("mneniya"), STR_INIT("رأي"),
	    STR_INIT("의견"), STR_INIT("오피니언")};
	bool is = false;

	for (size_t i = 0; i < sizeof(slugs) / sizeof(slugs[0]); i++)
		is |= str_eq(slug, slugs[i]);
	return is;
}

enum rc term_section_today(struct paper *paper, struct arena *a,
    struct str name, struct str lang, struct str *ret_name)
{
	struct term term;
	enum rc rc;

	if (str_blank(name)) {
		*ret_name = name;
		return RC_OK;
	}
	rc = term_today(paper, a, TERM_SECTION, name, lang, &term);
	if (rc == RC_OK)
		*ret_name = term.id ? term.name : name;
	return rc;
}

enum rc term_ids(struct paper *paper, enum term_kind kind, struct str packed,
    struct str lang, struct buf *ids)
{
	int64_t seen[IDS_MAX];
	size_t n = 0;
	struct str record;

	while (n < IDS_MAX && packing_take(&packed, &record)) {
		enum rc rc = term_id(
		    paper, kind, packing_take_field(&record), lang, &seen[n]);
		size_t i = 0;

		if (rc != RC_OK)
			return rc;
		while (seen[i] != seen[n])
			i++;
		if (i == n)
			packing_id(ids, seen[n++]);
	}
	return buf_rc(ids);
}

enum rc term_load(
    struct paper *paper, struct arena *a, int64_t id, struct term *ret_term)
{
	struct query *q = store_query(
	    paper->db, SQL("SELECT kind, slug, name, about, position, is_named,"
			   " is_closed FROM term WHERE id = ?1"));
	struct term t = {.id = id};
	enum rc rc;

	query_add_i64(q, id);
	rc = query_step(q);
	if (rc == RC_OK) {
		t.kind = (enum term_kind)query_i64(q, 0);
		t.slug = query_copy(q, a, 1);
		t.name = query_copy(q, a, 2);
		t.about = query_copy(q, a, 3);
		t.position = query_i64(q, 4);
		t.is_named = query_i64(q, 5) != 0;
		t.is_closed = query_i64(q, 6) != 0;
		if (!t.slug.p || !t.name.p || !t.about.p)
			rc = RC_NO_MEMORY;
		else
			*ret_term = t;
	}
	query_end(q);
	return rc;
}

/* Terms of before. */

static enum rc start_term(
    struct paper *paper, const struct term *term, struct str lang)
{
	struct str plain =
	    term_slug(paper->scratch, term->kind, term->name, STR(""));
	struct str local =
	    term_slug(paper->scratch, term->kind, term->name, lang);
	enum rc rc = term_add_name(paper, term->kind, term->name, term->id);

	if (!plain.p || !local.p)
		return RC_NO_MEMORY;
	if (rc != RC_OK || str_eq(plain, term->slug) ||
	    str_eq(local, term->slug))
		return rc;
	paper->terms->slug_keys = SLUG_KEYS_SOME;
	return term_add_key(paper, term->kind, /* T2 */
	    term_slug_key(paper->scratch, term->slug), term->id);
}

static enum rc start_next(struct paper *paper, struct str lang, int64_t *id)
{
	struct query *q = store_query(paper->db,
	    SQL("SELECT id FROM term WHERE id > ?1 ORDER BY id LIMIT 1"));
	struct term term;
	enum rc rc;

	query_add_i64(q, *id);
	rc = query_one(q, id);
	arena_reset(paper->scratch);
	if (rc == RC_OK)
		rc = term_load(paper, paper->scratch, *id, &term);
	return rc == RC_OK ? start_term(paper, &term, lang) : rc;
}

enum rc terms_start(struct paper *paper)
{
	struct arena *a = arena_new(SETTINGS_MAX);
	struct paper_settings settings;
	int64_t id = 0;
	enum rc rc = paper_load_settings(paper, a, &settings);

	while (rc == RC_OK)
		rc = start_next(paper, settings.lang, &id);
	arena_free(a);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}
