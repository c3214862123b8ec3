/* SPDX-License-Identifier: MIT
 *
 * Opening, closing and the settings of a paper; see paper.h and, for what
 * must stay true, paper_priv.h.
 */
#include "paper/paper.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "base/utf8.h"
#include "base/zone.h"
#include "paper/authority.h"
#include "paper/desk_index.h"
#include "paper/edition.h"
#include "paper/paper_priv.h"
#include "paper/schema.h"
#include "paper/told.h"
#include "paper/translation.h"
#include "paper/version.h"

enum {
	SETTING_MAX = 4000,
	SETTING_TEXT_MAX = 256 * 1024,
	POLICY_MAX = 64 * 1024,
	FIRST_POLICY = SETTINGS_COUNT - PAPER_POLICIES,
	SCRATCH_MAX = 96 * 1024 * 1024, /* several manuscripts of the largest */
	EDITION_PAGE_KB = 32, /* doc/storage.md: what it costs and saves */
	CACHE_KB = 8 * 1024,
	READER_CACHE_KB = 2 * 1024,
};

static const struct str settings_keys[SETTINGS_COUNT] = {
    STR_INIT("name"),
    STR_INIT("lang"),
    STR_INIT("motto"),
    STR_INIT("place"),
    STR_INIT("zone"),
    STR_INIT("origin"),
    STR_INIT("publisher"),
    STR_INIT("address"),
    STR_INIT("support_text"),
    STR_INIT("about"),
    STR_INIT("authority"),
    STR_INIT("policy_standards"),
    STR_INIT("policy_ethics"),
    STR_INIT("policy_corrections"),
    STR_INIT("policy_sources"),
    STR_INIT("policy_checking"),
    STR_INIT("policy_ownership"),
    STR_INIT("policy_feedback"),
    STR_INIT("policy_privacy"),
};

struct str paper_policy_name(size_t at)
{
	must(at < PAPER_POLICIES);
	return str_from(settings_keys[FIRST_POLICY + at], strlen("policy_"));
}

struct str settings_key(size_t at)
{
	must(at < SETTINGS_COUNT);
	return settings_keys[at];
}

struct str *settings_value(struct paper_settings *s, size_t at)
{
	struct str *v[FIRST_POLICY] = {&s->name, &s->lang, &s->motto, &s->place,
	    &s->zone, &s->origin, &s->publisher, &s->address, &s->support_text,
	    &s->about, &s->authority};

	must(at < SETTINGS_COUNT);
	if (at >= FIRST_POLICY)
		return &s->policies[at - FIRST_POLICY];
	return v[at];
}

void query_add_instant(struct query *q, struct instant t)
{
	if (t.us == INT64_MAX)
		query_add_null(q);
	else
		query_add_i64(q, t.us);
}

struct instant query_instant(struct query *q, int column)
{
	if (query_is_null(q, column))
		return INSTANT_NEVER;
	return (struct instant){query_i64(q, column)};
}

struct civil paper_civil(const struct paper *paper, struct instant t)
{
	return zone_civil(paper->zone, t);
}

struct instant paper_instant(const struct paper *paper, struct civil c)
{
	struct instant t;

	if (c.has_offset)
		return civil_instant(c);
	/* Of an hour that comes twice the later one: nothing is seen early. */
	zone_instant(paper->zone, c, ZONE_LATER, &t);
	return t;
}

enum rc paper_begin(struct paper *paper, struct err *err)
{
	enum rc rc;

	must(paper->edition && !paper->in_batch);
	arena_reset(paper->scratch);
	if (err) {
		err->rc = RC_OK;
		err->why[0] = '\0';
	}
	if (paper->in_step)
		return RC_OK;
	rc = batch_end_bulk(paper);
	if (rc == RC_OK)
		rc = store_begin(paper->db);
	return rc == RC_OK
		   ? RC_OK
		   : store_fail(paper->db, rc, "beginning a change", err);
}

enum rc paper_end(
    struct paper *paper, enum rc rc, const char *doing, struct err *err)
{
	if (rc == RC_OK && paper->in_step)
		return RC_OK;
	if (rc == RC_OK)
		rc = store_commit(paper->db);
	if (rc == RC_OK)
		return RC_OK;
	/* Words that a rule has found are better than the database's. */
	if (err && err->rc == RC_OK)
		store_fail(paper->db, rc, doing, err);
	paper->is_spoilt = paper->in_step;
	if (!paper->in_step) {
		store_rollback(paper->db);
		terms_forget(paper->terms);
	}
	return rc;
}

enum rc paper_step_begin(struct paper *paper, struct err *err)
{
	enum rc rc;

	must(!paper->in_step);
	rc = paper_begin(paper, err);
	paper->in_step = rc == RC_OK;
	paper->is_spoilt = false;
	return rc;
}

enum rc paper_step_end(struct paper *paper, enum rc rc, struct err *err)
{
	must(paper->in_step);
	/* A part of it that failed is never passed over. */
	must(rc != RC_OK || !paper->is_spoilt);
	paper->in_step = paper->is_spoilt = false;
	return paper_end(paper, rc, "ending a step", err);
}

enum rc paper_number(struct paper *paper, struct str key, int64_t *ret_value)
{
	struct query *q = store_query(
	    paper->db, SQL("SELECT value FROM setting WHERE key = ?1"));
	int64_t value = 0;
	enum rc rc;

	query_add_str(q, key);
	rc = query_step(q);
	if (rc == RC_OK)
		rc = str_i64(query_str(q, 0), &value);
	query_end(q);
	if (rc == RC_OK || rc == RC_NOT_FOUND) {
		*ret_value = value;
		return RC_OK;
	}
	return rc;
}

static enum rc paper_set_text(
    struct paper *paper, struct str key, struct str value)
{
	struct query *q = store_query(paper->db,
	    SQL("INSERT INTO setting (key, value) VALUES (?1, ?2)"
		" ON CONFLICT (key) DO UPDATE SET value = excluded.value"));

	query_add_str(q, key);
	query_add_str(q, value);
	return query_run(q, NULL);
}

enum rc paper_set_number(struct paper *paper, struct str key, int64_t value)
{
	struct str text =
	    arena_printf(paper->scratch, "%lld", (long long)value);

	return text.p ? paper_set_text(paper, key, text) : RC_NO_MEMORY;
}

enum rc paper_once(
    struct paper *paper, struct str key, enum rc (*step)(struct paper *paper))
{
	int64_t is_done;
	enum rc rc = paper_number(paper, key, &is_done);

	if (rc == RC_OK && !is_done)
		rc = store_begin(paper->db);
	if (rc != RC_OK || is_done)
		return rc;
	rc = step(paper);
	if (rc == RC_OK)
		rc = paper_set_number(paper, key, 1);
	if (rc == RC_OK)
		rc = store_commit(paper->db);
	if (rc != RC_OK)
		store_rollback(paper->db);
	return rc;
}

/* NULL: another key. */
static struct str *settings_find(struct paper_settings *s, struct str key)
{
	for (size_t i = 0; i < SETTINGS_COUNT; i++)
		if (str_eq(settings_key(i), key))
			return settings_value(s, i);
	return NULL;
}

enum rc paper_load_settings(
    struct paper *paper, struct arena *a, struct paper_settings *ret_settings)
{
	struct paper_settings s = {0};
	struct query *q =
	    store_query(paper->db, SQL("SELECT key, value FROM setting"));
	enum rc rc;

	while ((rc = query_step(q)) == RC_OK) {
		struct str *value = settings_find(&s, query_str(q, 0));

		if (!value)
			continue;
		*value = query_copy(q, a, 1);
		if (!value->p) {
			rc = RC_NO_MEMORY;
			break;
		}
	}
	query_end(q);
	if (rc != RC_NOT_FOUND)
		return rc;
	if (s.name.n == 0)
		return RC_NOT_FOUND;
	*ret_settings = s;
	return RC_OK;
}

enum rc paper_lang(
    struct paper *paper, struct arena *a, struct str *ret_lang, struct err *err)
{
	struct query *q = store_query(
	    paper->db, SQL("SELECT value FROM setting WHERE key = 'lang'"));
	struct str lang = STR("");
	enum rc rc = query_step(q);

	if (rc == RC_OK) {
		lang = query_copy(q, a, 0);
		rc = lang.p ? RC_OK : RC_NO_MEMORY;
	}
	query_end(q);
	if (rc != RC_OK)
		return store_fail(paper->db, rc, "reading a setting", err);
	*ret_lang = lang;
	return RC_OK;
}

enum rc paper_settings(struct paper *paper, struct arena *a,
    struct paper_settings *ret_settings, struct err *err)
{
	enum rc rc = paper_load_settings(paper, a, ret_settings);

	return rc == RC_OK
		   ? RC_OK
		   : store_fail(paper->db, rc, "reading the settings", err);
}

static enum rc paper_store_settings(struct paper *paper,
    const struct paper_settings *settings, struct instant now)
{
	struct paper_settings s = *settings;
	struct paper_settings old = {0};
	enum rc rc = paper_load_settings(paper, paper->scratch, &old);

	if (rc == RC_NOT_FOUND)
		rc = RC_OK;
	s.authority = old.authority;
	if (rc == RC_OK && s.authority.n == 0) {
		s.authority = authority_mint(paper->scratch, s.origin, now);
		rc = s.authority.p ? RC_OK : RC_NO_MEMORY;
	}
	for (size_t i = 0; rc == RC_OK && i < SETTINGS_COUNT; i++)
		rc = paper_set_text(
		    paper, settings_key(i), *settings_value(&s, i));
	if (rc == RC_OK)
		rc = outbox_add(paper, OUTBOX_SETTINGS, 0, 0);
	return rc == RC_OK ? translation_move(paper, old.origin, s.origin) : rc;
}

/* VALUE can stand on a page: UTF-8, and without control bytes but those of a
 * text in paragraphs. */
static bool is_printable(struct str value, bool is_text)
{
	for (size_t i = 0; i < value.n; i++) {
		unsigned char c = (unsigned char)value.p[i];

		if (c == 0x7f ||
		    (c < 0x20 &&
			!(is_text && (c == '\n' || c == '\r' || c == '\t'))))
			return false;
	}
	return utf8_is_valid(value);
}

static enum rc settings_check(
    const struct paper_settings *settings, struct err *err)
{
	if (str_blank(settings->name))
		return err_set(err, RC_INVALID, "a paper needs a name");
	if (str_blank(settings->lang))
		return err_set(
		    err, RC_INVALID, "a paper needs a language, such as en");
	for (size_t i = 0; i < SETTINGS_COUNT; i++) {
		struct paper_settings s = *settings;
		bool is_text = settings_value(&s, i) == &s.about;
		size_t most = is_text		  ? SETTING_TEXT_MAX
			      : i >= FIRST_POLICY ? POLICY_MAX
						  : SETTING_MAX;

		/* Every page holds most of them. */
		if (settings_value(&s, i)->n > most)
			return err_set(err, RC_LIMIT,
			    "%.*s: longer than %zu bytes",
			    STR_ARG(settings_key(i)), most);
		if (!is_printable(
			*settings_value(&s, i), is_text || i >= FIRST_POLICY))
			return err_set(err, RC_INVALID,
			    "%.*s: has a line break, a control byte, or bytes "
			    "that are not UTF-8; write it as one line of text",
			    STR_ARG(settings_key(i)));
	}
	return RC_OK;
}

enum rc paper_set_settings(struct paper *paper,
    const struct paper_settings *settings, struct instant now, struct err *err)
{
	enum rc rc = settings_check(settings, err);

	if (rc == RC_OK)
		rc = paper_begin(paper, err);
	if (rc != RC_OK)
		return rc;
	rc = paper_store_settings(paper, settings, now);
	return paper_end(paper, rc, "changing the settings", err);
}

static enum rc paper_place_section(
    struct paper *paper, struct str name, size_t at)
{
	int64_t id;
	enum rc rc;
	struct query *q;

	if (str_blank(name))
		return RC_OK;
	rc = term_id(paper, TERM_SECTION, name, STR(""), &id);
	if (rc != RC_OK)
		return rc;
	q = store_query(
	    paper->db, SQL("UPDATE term SET position = ?2, is_named = 1"
			   " WHERE id = ?1"));
	query_add_i64(q, id);
	query_add_i64(q, (int64_t)at + 1);
	return query_run(q, NULL);
}

enum rc paper_set_sections(
    struct paper *paper, const struct str_list *names, struct err *err)
{
	struct query *q;
	enum rc rc = paper_begin(paper, err);

	if (rc != RC_OK)
		return rc;
	/* Those which are not named keep their order, behind the others. */
	q = store_query(paper->db,
	    SQL("UPDATE term SET position = position + ?1, is_named = 0"
		" WHERE kind = 1"));
	query_add_i64(q, (int64_t)names->n);
	rc = query_run(q, NULL);
	terms_forget(paper->terms);
	for (size_t i = 0; rc == RC_OK && i < names->n; i++)
		rc = paper_place_section(paper, names->v[i], i);
	if (rc == RC_OK)
		rc = outbox_add(paper, OUTBOX_SETTINGS, 0, 0);
	return paper_end(paper, rc, "changing the sections", err);
}

enum rc paper_sections(struct paper *paper, struct arena *a,
    struct str_list *ret_names, struct err *err)
{
	struct str_list names = {
	    ARENA_ARRAY(a, struct str, PAPER_SECTIONS_MOST), 0};
	struct query *q;
	enum rc rc = RC_OK;

	if (!names.v)
		return err_set(err, RC_NO_MEMORY, "no memory for the sections");
	q = store_query(paper->db, SQL("SELECT name FROM term WHERE kind = 1"
				       " ORDER BY position LIMIT ?1"));
	query_add_i64(q, PAPER_SECTIONS_MOST);
	while (names.n < PAPER_SECTIONS_MOST && (rc = query_step(q)) == RC_OK) {
		names.v[names.n] = query_copy(q, a, 0);
		if (!names.v[names.n++].p) {
			rc = RC_NO_MEMORY;
			break;
		}
	}
	query_end(q);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return store_fail(paper->db, rc, "reading the sections", err);
	*ret_names = names;
	return RC_OK;
}

static enum rc paper_max(struct paper *paper, struct sql sql, int64_t *ret_next)
{
	int64_t max = 0;
	enum rc rc = query_one(store_query(paper->db, sql), &max);

	if (rc == RC_OK)
		*ret_next = max + 1;
	return rc;
}

static enum rc paper_load_counters(struct paper *paper)
{
	enum rc rc = paper_max(paper,
	    SQL("SELECT coalesce(max(id), 0) FROM story"), &paper->next_story);

	if (rc == RC_OK)
		rc = paper_max(paper,
		    SQL("SELECT coalesce(max(id), 0) FROM revision"),
		    &paper->next_revision);
	if (rc == RC_OK)
		rc = paper_max(paper,
		    SQL("SELECT coalesce(max(seq), 0) FROM outbox"),
		    &paper->next_outbox);
	if (rc == RC_OK)
		rc = paper_number(paper, STR("pruned"), &paper->pruned);
	if (rc == RC_OK && paper->next_outbox <= paper->pruned)
		paper->next_outbox = paper->pruned + 1;
	return rc;
}

/* What to do about paper.db, which only a backup can bring back. */
static enum rc say_damaged(enum rc rc, struct err *err)
{
	struct err was;

	if (rc != RC_DAMAGED || !err)
		return rc;
	was = *err;
	return err_set(err, rc,
	    "%s. Nothing was changed. Put the paper's folder aside, then "
	    "restore it from a backup or save what can still be read: "
	    "doc/storage.md says how",
	    was.why);
}

static enum rc paper_new(struct str dir, const struct store_options *options,
    struct paper **ret_paper, struct err *err)
{
	const struct migration *list;
	size_t n;
	struct paper *paper = calloc(1, sizeof(*paper));
	struct str path;
	enum rc rc;

	if (!paper)
		must_failed("memory for a paper", __FILE__, __LINE__, __func__);
	paper->scratch = arena_new(SCRATCH_MAX);
	paper->terms = terms_new();
	paper->zone = zone_utc();
	path =
	    arena_printf(paper->scratch, "%.*s/private/paper.db", STR_ARG(dir));
	must(path.p);
	list = schema_private(&n);
	rc = store_open(path, options, &paper->db, err);
	if (rc == RC_OK)
		rc = options->mode == STORE_WRITER
			 ? migration_run(paper->db, path.p, list, n, err)
			 : migration_check(paper->db, path.p, list, n, err);
	if (rc == RC_OK)
		*ret_paper = paper;
	else
		paper_close(paper);
	return say_damaged(rc, err);
}

static enum rc edition_attach(
    struct paper *paper, struct str dir, struct store **ret_db, struct err *err)
{
	const struct store_options options = {
	    .mode = STORE_WRITER,
	    .may_create = true,
	    .page_kb = EDITION_PAGE_KB,
	    .cache_kb = CACHE_KB,
	};
	const struct migration *list;
	struct store *db = NULL;
	size_t n;
	struct str path =
	    arena_printf(paper->scratch, "%.*s/public/public.db", STR_ARG(dir));
	enum rc rc;

	must(path.p);
	list = schema_public(&n);
	rc = store_open(path, &options, &db, err);
	if (rc == RC_OK)
		rc = migration_run(db, path.p, list, n, err);
	if (rc == RC_OK)
		*ret_db = db;
	else
		store_close(db);
	return rc;
}

static enum rc edition_start(struct paper *paper, struct err *err)
{
	enum rc rc = told_open(paper);

	if (rc == RC_OK)
		rc = outbox_open(paper);
	return rc == RC_OK ? RC_OK
			   : store_fail(paper->edition, rc,
				 "opening the public half", err);
}

static enum rc paper_open_edition(
    struct paper *paper, struct str dir, struct err *err)
{
	enum rc rc = edition_attach(paper, dir, &paper->edition, err);

	if (rc != RC_OK)
		return rc;
	rc = paper_load_counters(paper);
	if (rc != RC_OK)
		return store_fail(paper->db, rc, "opening the paper", err);
	rc = paper_once(paper, STR("term_names"), terms_start);
	if (rc == RC_OK)
		rc = paper_once(paper, STR("translations"), translation_start);
	if (rc == RC_OK)
		rc = paper_once(paper, STR("corrections"), version_start);
	if (rc != RC_OK)
		return store_fail(store_has_failed(paper->edition)
				      ? paper->edition
				      : paper->db,
		    rc, "opening the paper", err);
	return edition_start(paper, err);
}

bool paper_public_is_damaged(const struct paper *paper)
{
	return store_is_damaged(paper->edition);
}

enum rc paper_look_through_public(struct paper *paper, uint32_t limit_kb)
{
	return store_look_through(paper->edition, limit_kb);
}

static enum rc edition_set_aside(struct paper *paper, struct str dir,
    struct instant now, struct arena *a, struct str *ret_to, struct err *err)
{
	struct str path =
	    arena_printf(paper->scratch, "%.*s/public/public.db", STR_ARG(dir));

	must(path.p);
	return store_set_aside(path, now, a, ret_to, err);
}

enum rc paper_renew_public(struct paper *paper, struct str dir,
    struct instant now, struct arena *a, struct str *ret_to, struct err *err)
{
	struct store *db = NULL;
	int64_t told_s = paper->told_s;
	enum rc rc;

	must(!paper->in_batch);
	arena_reset(paper->scratch);
	rc = edition_set_aside(paper, dir, now, a, ret_to, err);
	if (rc == RC_OK)
		rc = edition_attach(paper, dir, &db, err);
	if (rc != RC_OK)
		return rc;
	store_close(paper->edition);
	paper->edition = db;
	rc = edition_start(paper, err);
	if (paper->told_s < told_s)
		paper->told_s = told_s;
	return rc;
}

static const struct store_options writer_options = {
    .mode = STORE_WRITER,
    .is_durable = true,
    .cache_kb = CACHE_KB,
};

enum rc paper_create(struct str dir, const struct paper_settings *settings,
    struct instant now, struct err *err)
{
	struct store_options options = writer_options;
	struct paper_settings old;
	struct paper *paper;
	enum rc rc = settings_check(settings, err);

	if (rc != RC_OK)
		return rc;
	options.may_create = true;
	rc = paper_new(dir, &options, &paper, err);
	if (rc != RC_OK)
		return rc;
	rc = paper_load_settings(paper, paper->scratch, &old);
	if (rc == RC_OK)
		rc = err_set(err, RC_EXISTS,
		    "%.*s: there is a paper already, named %.*s", STR_ARG(dir),
		    STR_ARG(old.name));
	else if (rc == RC_NOT_FOUND)
		rc = paper_open_edition(paper, dir, err);
	else
		store_fail(paper->db, rc, "looking for a paper", err);
	if (rc == RC_OK)
		rc = paper_set_settings(paper, settings, now, err);
	if (rc == RC_OK)
		rc = paper_outbox_apply(paper, now, 1000, NULL, err);
	paper_close(paper);
	return rc;
}

static enum rc paper_check(struct paper *paper, struct str dir, struct err *err)
{
	struct paper_settings settings;
	enum rc rc = paper_load_settings(paper, paper->scratch, &settings);

	if (rc == RC_NOT_FOUND)
		return err_set(err, rc,
		    "%.*s: there is no paper yet: make one with "
		    "\"farthing init\"",
		    STR_ARG(dir));
	if (rc != RC_OK)
		store_fail(paper->db, rc, "reading the settings", err);
	return say_damaged(rc, err);
}

enum rc paper_open(struct str dir, struct paper **ret_paper, struct err *err)
{
	return paper_open_renewing(
	    dir, (struct instant){0}, NULL, NULL, ret_paper, err);
}

enum rc paper_open_renewing(struct str dir, struct instant now, struct arena *a,
    struct str *ret_to, struct paper **ret_paper, struct err *err)
{
	struct paper *paper;
	enum rc rc = paper_new(dir, &writer_options, &paper, err);

	if (rc != RC_OK)
		return rc;
	rc = paper_check(paper, dir, err);
	if (rc == RC_OK)
		rc = paper_open_edition(paper, dir, err);
	if (rc == RC_DAMAGED && ret_to && !store_is_damaged(paper->db)) {
		store_close(paper->edition);
		paper->edition = NULL;
		rc = edition_set_aside(paper, dir, now, a, ret_to, err);
		if (rc == RC_OK)
			rc = paper_open_edition(paper, dir, err);
	}
	if (rc == RC_OK)
		*ret_paper = paper;
	else
		paper_close(paper);
	return rc;
}

enum rc paper_open_reader(
    struct str dir, struct paper **ret_paper, struct err *err)
{
	const struct store_options options = {
	    .mode = STORE_READER,
	    .cache_kb = READER_CACHE_KB,
	};
	struct paper *paper;
	enum rc rc = paper_new(dir, &options, &paper, err);

	if (rc != RC_OK)
		return rc;
	rc = paper_check(paper, dir, err);
	if (rc == RC_OK)
		*ret_paper = paper;
	else
		paper_close(paper);
	return rc;
}

void paper_close(struct paper *paper)
{
	if (!paper)
		return;
	if (paper->in_batch)
		paper_batch_cancel(paper);
	/* What is not pruned now is pruned another time. */
	if (paper->edition && outbox_prune(paper) != RC_OK)
		store_rollback(paper->db);
	store_close(paper->edition);
	store_close(paper->db);
	terms_free(paper->terms);
	desk_index_free(paper->index);
	arena_free(paper->scratch);
	free(paper);
}

void paper_use_pictures(struct paper *paper, paper_picture_fn *fn, void *ctx)
{
	paper->picture_fn = fn;
	paper->picture_ctx = ctx;
}

void paper_use_zone(struct paper *paper, const struct zone *zone)
{
	paper->zone = zone;
}
