/* SPDX-License-Identifier: MIT
 *
 * Writing public.db; see edition.h.
 *
 * E1  A story has rows in "listing" and is counted in "calendar" exactly when
 *     it has one in "story", under the values that stand there; so taking it
 *     out needs nothing but that row.
 * E2  A term is in "term" before a story refers to it.
 * E3  A term is in "term" only while a story refers to it: a name that was
 *     taken back is not to be read any more. Named sections stay.
 */
#include "paper/edition.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "paper/library_priv.h"
#include "paper/packing.h"
#include "paper/translation.h"
#include "paper/version.h"

/* What a story stands under. */
struct places {
	int64_t id, published_us, section;
	struct str path, people, tags;
};

int64_t edition_day_list(int32_t year, unsigned month, unsigned day)
{
	/* Days from year 1 on are above -719,163. */
	return -(civil_days(year, month, day) + 1000000);
}

enum rc edition_number(struct paper *paper, struct str key, int64_t *ret_value)
{
	struct query *q = store_query(
	    paper->edition, SQL("SELECT value FROM meta WHERE key = ?1"));
	int64_t value = 0;
	enum rc rc;

	query_add_str(q, key);
	rc = query_step(q);
	if (rc == RC_OK)
		rc = str_i64(query_str(q, 0), &value);
	query_end(q);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	*ret_value = value;
	return RC_OK;
}

enum rc edition_set_text(struct paper *paper, struct str key, struct str value)
{
	struct query *q = store_query(paper->edition,
	    SQL("INSERT INTO meta (key, value) VALUES (?1, ?2)"
		" ON CONFLICT (key) DO UPDATE SET value = excluded.value"));

	query_add_str(q, key);
	query_add_str(q, value);
	return query_run(q, NULL);
}

enum rc edition_set_number(struct paper *paper, struct str key, int64_t value)
{
	struct str text =
	    arena_printf(paper->scratch, "%lld", (long long)value);

	return text.p ? edition_set_text(paper, key, text) : RC_NO_MEMORY;
}

static enum rc edition_tell_term(
    struct paper *paper, const char *kind, int64_t id)
{
	struct query *q = store_query(
	    paper->edition, SQL("SELECT slug FROM term WHERE id = ?1"));
	struct str tag = STR_NONE;
	enum rc rc;

	query_add_i64(q, id);
	rc = query_step(q);
	if (rc == RC_OK) {
		tag = arena_printf(
		    paper->scratch, "%s:%.*s", kind, STR_ARG(query_str(q, 0)));
		rc = tag.p ? RC_OK : RC_NO_MEMORY;
	}
	query_end(q);
	return rc == RC_OK ? edition_tell(paper, tag) : rc;
}

static bool has_id(struct str ids, int64_t id)
{
	int64_t other;

	while (packing_take_id(&ids, &other))
		if (other == id)
			return true;
	return false;
}

/* Stories that stand under terms of a story are named below it. Where one
 * leaves a term, which is rare, the pages of all others there say something
 * else from now on, though what they name by then has not changed. */
static enum rc edition_tell_left(
    struct paper *paper, const struct places *old, const struct places *p)
{
	struct str tags = old->tags;
	enum rc rc = RC_OK;
	int64_t id;

	if (old->section > 0 && old->section != p->section)
		rc = edition_tell_term(paper, "left:section", old->section);
	while (rc == RC_OK && packing_take_id(&tags, &id))
		if (!has_id(p->tags, id))
			rc = edition_tell_term(paper, "left:tag", id);
	return rc;
}

/* The same where P now stands below others in LIST, which it was not in: one
 * that comes back, or that is sorted anew. The newest is below none, and that
 * is nearly every story. */
static enum rc edition_tell_below(
    struct paper *paper, const char *kind, int64_t list, const struct places *p)
{
	struct query *q = store_query(
	    paper->edition, SQL("SELECT 1 FROM listing WHERE list = ?1"
				" AND (published_us, id) > (?2, ?3) LIMIT 1"));
	int64_t is_any;
	enum rc rc;

	query_add_i64(q, list);
	query_add_i64(q, p->published_us);
	query_add_i64(q, p->id);
	rc = query_one(q, &is_any);
	if (rc == RC_NOT_FOUND)
		return RC_OK;
	return rc == RC_OK ? edition_tell_term(paper, kind, list) : rc;
}

static enum rc edition_tell_entered(
    struct paper *paper, const struct places *old, const struct places *p)
{
	struct str tags = p->tags;
	enum rc rc = RC_OK;
	int64_t id;

	if (p->section > 0 && p->section != old->section)
		rc = edition_tell_below(paper, "left:section", p->section, p);
	while (rc == RC_OK && packing_take_id(&tags, &id))
		if (!has_id(old->tags, id))
			rc = edition_tell_below(paper, "left:tag", id, p);
	return rc;
}

static enum rc edition_tell_story(struct paper *paper, int64_t id)
{
	struct str tag =
	    arena_printf(paper->scratch, "story:%lld", (long long)id);

	return tag.p ? edition_tell(paper, tag) : RC_NO_MEMORY;
}

/* The pages that carry the story. */
static enum rc edition_tell_places(struct paper *paper, const struct places *p)
{
	struct str people = p->people;
	struct str tags = p->tags;
	struct str day = str_part(p->path, 1, 10);
	enum rc rc = edition_tell_story(paper, p->id);
	struct str tag;
	int64_t id;

	paper->is_told = true;
	if (rc == RC_OK)
		rc = edition_tell(paper, STR("front"));
	if (rc == RC_OK && p->section > 0)
		rc = edition_tell_term(paper, "section", p->section);
	while (rc == RC_OK && packing_take_id(&people, &id))
		rc = edition_tell_term(paper, "person", id);
	while (rc == RC_OK && packing_take_id(&tags, &id))
		rc = edition_tell_term(paper, "tag", id);
	if (rc != RC_OK)
		return rc;
	tag = arena_printf(
	    paper->scratch, "day:%.4s-%.2s-%.2s", day.p, day.p + 5, day.p + 8);
	return tag.p ? edition_tell(paper, tag) : RC_NO_MEMORY;
}

/* Puts the count of LEVEL into the calendar. */
static enum rc edition_flush_level(struct paper *paper, int level)
{
	struct edition_count *count = &paper->counts[level];
	struct query *q;
	int64_t stories;
	enum rc rc;

	if (count->stories == 0 && count->changed_us == 0)
		return RC_OK;
	q = store_query(paper->edition,
	    SQL("INSERT INTO calendar"
		" (level, year, month, day, stories, changed_us)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
		" ON CONFLICT (level, year, month, day)"
		" DO UPDATE SET stories = stories + excluded.stories,"
		" changed_us = max(changed_us, excluded.changed_us)"
		" RETURNING stories"));
	query_add_i64(q, level);
	query_add_i64(q, count->year);
	query_add_i64(q, count->month);
	query_add_i64(q, count->day);
	query_add_i64(q, count->stories);
	query_add_i64(q, count->changed_us);
	rc = query_one(q, &stories);
	/* Its first, or its last was taken back: the days beside it lead to
	 * others. */
	if (rc == RC_OK && level == EDITION_DAY && paper->is_told &&
	    (stories == 0 || stories == count->stories))
		rc = edition_tell(paper, STR("days"));
	if (rc == RC_OK)
		count->stories = count->changed_us = 0;
	return rc;
}

enum rc edition_flush(struct paper *paper)
{
	enum rc rc = RC_OK;

	for (int level = 0; rc == RC_OK && level < EDITION_LEVELS; level++)
		rc = edition_flush_level(paper, level);
	return rc;
}

static unsigned digits(struct str s, size_t from, size_t n)
{
	unsigned value = 0;

	must(from + n <= s.n);
	for (size_t i = from; i < from + n; i++)
		value = value * 10 + (unsigned)(s.p[i] - '0');
	return value;
}

/* Counts the story (BY 1) or counts it no more (BY -1). */
static enum rc edition_count_day(
    struct paper *paper, struct str path, int by, int64_t *ret_list)
{
	int32_t year = (int32_t)digits(path, 1, 4);
	uint8_t month = (uint8_t)digits(path, 6, 2);
	uint8_t day = (uint8_t)digits(path, 9, 2);
	enum rc rc;

	*ret_list = edition_day_list(year, month, day);
	for (int level = 0; level < EDITION_LEVELS; level++) {
		struct edition_count *count = &paper->counts[level];
		uint8_t of_month = level >= EDITION_MONTH ? month : 0;
		uint8_t of_day = level >= EDITION_DAY ? day : 0;

		if (count->year != year || count->month != of_month ||
		    count->day != of_day) {
			rc = edition_flush_level(paper, level);
			if (rc != RC_OK)
				return rc;
		}
		count->year = year;
		count->month = of_month;
		count->day = of_day;
		count->stories += by;
	}
	return RC_OK;
}

/* A story of the day that was counted last has changed. */
static void edition_count_change(struct paper *paper, struct instant changed)
{
	for (int level = 0; level < EDITION_LEVELS; level++)
		if (changed.us > paper->counts[level].changed_us)
			paper->counts[level].changed_us = changed.us;
}

enum rc edition_mark_day(
    struct paper *paper, struct str path, struct instant at)
{
	int64_t list;
	enum rc rc = edition_count_day(paper, path, 0, &list);

	if (rc == RC_OK)
		edition_count_change(paper, at);
	return rc;
}

static enum rc edition_list(
    struct paper *paper, int64_t list, const struct places *p, bool is_in)
{
	struct query *q =
	    is_in ? store_query(paper->edition,
			SQL("INSERT INTO listing (list, published_us, id)"
			    " VALUES (?1, ?2, ?3)"))
		  : store_query(paper->edition,
			SQL("DELETE FROM listing WHERE list = ?1"
			    " AND published_us = ?2 AND id = ?3"));

	query_add_i64(q, list);
	query_add_i64(q, p->published_us);
	query_add_i64(q, p->id);
	return query_run(q, NULL);
}

/* E1 */
static enum rc edition_list_all(
    struct paper *paper, const struct places *p, bool is_in)
{
	struct str people = p->people;
	struct str tags = p->tags;
	int64_t list;
	enum rc rc = edition_count_day(paper, p->path, is_in ? 1 : -1, &list);

	if (rc == RC_OK)
		rc = edition_list(paper, list, p, is_in);
	if (rc == RC_OK)
		rc = edition_list(paper, EDITION_ALL, p, is_in);
	if (rc == RC_OK && p->section > 0)
		rc = edition_list(paper, p->section, p, is_in);
	while (rc == RC_OK && packing_take_id(&people, &list))
		rc = edition_list(paper, list, p, is_in);
	while (rc == RC_OK && packing_take_id(&tags, &list))
		rc = edition_list(paper, list, p, is_in);
	return rc;
}

/* Where the story stands now. RC_NOT_FOUND: nowhere. */
static enum rc edition_places(
    struct paper *paper, int64_t id, struct places *ret_places)
{
	struct query *q = store_query(paper->edition,
	    SQL("SELECT published_us, section, path, people, tags"
		" FROM story WHERE id = ?1"));
	struct places p = {.id = id};
	enum rc rc;

	query_add_i64(q, id);
	rc = query_step(q);
	if (rc == RC_OK) {
		p.published_us = query_i64(q, 0);
		p.section = query_i64(q, 1);
		p.path = query_copy(q, paper->scratch, 2);
		p.people = query_copy(q, paper->scratch, 3);
		p.tags = query_copy(q, paper->scratch, 4);
		if (!p.path.p || !p.people.p || !p.tags.p)
			rc = RC_NO_MEMORY;
		else
			*ret_places = p;
	}
	query_end(q);
	return rc;
}

static enum rc edition_delete(struct paper *paper, struct sql sql, int64_t id)
{
	struct query *q = store_query(paper->edition, sql);

	query_add_i64(q, id);
	return query_run(q, NULL);
}

static enum rc edition_remove(
    struct paper *paper, const struct places *p, bool is_told)
{
	enum rc rc = is_told ? edition_tell_places(paper, p) : RC_OK;

	if (rc == RC_OK)
		rc = edition_list_all(paper, p, false);
	if (rc == RC_OK)
		rc = edition_delete(
		    paper, SQL("DELETE FROM story WHERE id = ?1"), p->id);
	if (rc == RC_OK)
		rc = edition_delete(
		    paper, SQL("DELETE FROM body WHERE id = ?1"), p->id);
	return rc;
}

enum rc edition_term(
    struct paper *paper, const struct term *term, bool is_shown)
{
	struct query *q =
	    is_shown
		? store_query(paper->edition,
		      SQL("INSERT INTO term"
			  " (id, kind, slug, name, about, position)"
			  " VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
			  " ON CONFLICT (id) DO UPDATE SET"
			  " name = excluded.name, about = excluded.about,"
			  " position = excluded.position"))
		: store_query(paper->edition,
		      SQL("UPDATE term SET kind = ?2, slug = ?3, name = ?4,"
			  " about = ?5, position = ?6 WHERE id = ?1"));
	enum rc rc;

	query_add_i64(q, term->id);
	query_add_i64(q, term->kind);
	query_add_str(q, term->slug);
	query_add_str(q, term->name);
	query_add_str(q, term->about);
	/* Without a position it is in no head of a page, and stays itself. */
	if (term->position > 0 && !term->is_closed)
		query_add_i64(q, term->position);
	rc = query_run(q, NULL);
	if (rc == RC_OK && is_shown)
		term_set_shown(paper->terms, term->id);
	return rc;
}

/* E2 */
static enum rc edition_show_term(struct paper *paper, int64_t id)
{
	struct term term;
	int64_t known;
	enum rc rc;

	if (term_is_shown(paper->terms, id))
		return RC_OK;
	struct query *q = store_query(
	    paper->edition, SQL("SELECT id FROM term WHERE id = ?1"));
	query_add_i64(q, id);
	rc = query_one(q, &known);
	if (rc == RC_OK)
		term_set_shown(paper->terms, id);
	if (rc != RC_NOT_FOUND)
		return rc;
	rc = term_load(paper, paper->scratch, id, &term);
	if (rc == RC_OK)
		rc = edition_term(paper, &term, true);
	/* A new section stands in the head of every page. */
	if (rc == RC_OK && term.kind == TERM_SECTION)
		rc = edition_tell(paper, STR("paper"));
	return rc;
}

static enum rc edition_show_terms(struct paper *paper, const struct places *p)
{
	struct str people = p->people;
	struct str tags = p->tags;
	int64_t id;
	enum rc rc = RC_OK;

	if (p->section > 0)
		rc = edition_show_term(paper, p->section);
	while (rc == RC_OK && packing_take_id(&people, &id))
		rc = edition_show_term(paper, id);
	while (rc == RC_OK && packing_take_id(&tags, &id))
		rc = edition_show_term(paper, id);
	return rc;
}

static enum rc edition_hide_term(
    struct paper *paper, int64_t id, int64_t *ret_count)
{
	struct query *q = store_query(
	    paper->edition, SQL("DELETE FROM term WHERE id = ?1 AND NOT EXISTS"
				" (SELECT 1 FROM listing WHERE list = ?1)"));

	query_add_i64(q, id);
	term_forget_shown(paper->terms, id);
	return query_run(q, ret_count);
}

enum rc edition_hide_section(struct paper *paper, int64_t id)
{
	struct query *q = store_query(
	    paper->db, SQL("SELECT is_named FROM term WHERE id = ?1"));
	int64_t is_named;
	int64_t count = 0;
	enum rc rc;

	query_add_i64(q, id);
	rc = query_one(q, &is_named);
	if (rc == RC_OK && !is_named)
		rc = edition_hide_term(paper, id, &count);
	/* It stood in the head of every page. */
	return rc == RC_OK && count > 0 ? edition_tell(paper, STR("paper"))
					: rc;
}

/* E3, for a story that stood under P. */
static enum rc edition_hide_terms(struct paper *paper, const struct places *p)
{
	struct str people = p->people;
	struct str tags = p->tags;
	int64_t id;
	enum rc rc = RC_OK;

	if (p->section > 0)
		rc = edition_hide_section(paper, p->section);
	while (rc == RC_OK && packing_take_id(&people, &id))
		rc = edition_hide_term(paper, id, NULL);
	while (rc == RC_OK && packing_take_id(&tags, &id))
		rc = edition_hide_term(paper, id, NULL);
	return rc;
}

static bool edition_is_opinion(struct paper *paper, int64_t section)
{
	struct query *q;
	bool is;

	if (section == 0)
		return false;
	q = store_query(
	    paper->edition, SQL("SELECT slug FROM term WHERE id = ?1"));
	query_add_i64(q, section);
	is = query_step(q) == RC_OK && term_is_opinion(query_str(q, 0));
	query_end(q);
	return is;
}

static enum rc edition_insert(struct paper *paper, const struct story_row *row,
    const struct fields *f, int64_t flags)
{
	struct query *q = store_query(paper->edition,
	    SQL("INSERT INTO story (id, path, published_us, updated_us,"
		" flags, lang, section, people, tags, headline, kicker,"
		" standfirst, dateline, picture) VALUES (?1, ?2, ?3, ?4,"
		" ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)"));
	struct str seen = STR_NONE;
	enum rc rc;

	if (edition_is_opinion(paper, row->section))
		flags |= EDITION_OPINION;
	query_add_i64(q, row->id);
	query_add_str(q, row->path);
	query_add_i64(q, row->published.us);
	query_add_instant(q, row->updated);
	query_add_i64(q, flags);
	query_add_str(q, f->v[FIELD_LANG]);
	query_add_i64(q, row->section);
	query_add_str(q, row->people);
	query_add_str(q, row->tags);
	query_add_str(q, f->v[FIELD_HEADLINE]);
	query_add_str(q, f->v[FIELD_KICKER]);
	query_add_str(q, f->v[FIELD_STANDFIRST]);
	query_add_str(q, f->v[FIELD_DATELINE]);
	query_add_str(q, f->v[FIELD_PICTURE]);
	rc = query_run(q, NULL);
	if (rc == RC_OK)
		rc = translation_filter(
		    paper, row->id, f->v[FIELD_TRANSLATIONS], &seen);
	if (rc != RC_OK)
		return rc;
	q = store_query(paper->edition,
	    SQL("INSERT INTO body (id, corrections, translations, body)"
		" VALUES (?1, ?2, ?3, ?4)"));
	query_add_i64(q, row->id);
	query_add_str(q, f->v[FIELD_CORRECTIONS]);
	query_add_str(q, seen);
	query_add_str(q, f->v[FIELD_BODY]);
	return query_run(q, NULL);
}

enum rc edition_put(struct paper *paper, const struct story_row *row,
    const struct fields *f, bool is_new, bool is_told)
{
	struct places p = {row->id, row->published.us, row->section, row->path,
	    row->people, row->tags};
	struct places old = {0};
	struct instant changed =
	    row->updated.us == INSTANT_NEVER.us ? row->published : row->updated;
	int64_t flags = 0;
	enum rc rc = RC_OK;

	must(row->status == PAPER_PUBLISHED && row->path.n > 12);
	must(row->published.us != INT64_MAX);
	if (!is_new) {
		rc = edition_places(paper, row->id, &old);
		if (rc == RC_OK && is_told)
			rc = edition_tell_left(paper, &old, &p);
		if (rc == RC_OK)
			rc = edition_remove(paper, &old, is_told);
		else if (rc == RC_NOT_FOUND)
			rc = RC_OK;
		if (rc == RC_OK)
			rc = edition_delete(paper,
			    SQL("DELETE FROM withdrawn WHERE id = ?1"),
			    row->id);
	}
	if (rc == RC_OK)
		rc = edition_show_terms(paper, &p);
	if (rc == RC_OK)
		rc = version_put(paper, row, f, is_new, &flags);
	if (rc == RC_OK)
		rc = edition_insert(paper, row, f, flags);
	if (rc == RC_OK)
		rc = library_show(paper, row->id, f, is_new);
	if (rc == RC_OK)
		rc = edition_list_all(paper, &p, true);
	if (rc == RC_OK)
		edition_count_change(paper, changed);
	if (rc == RC_OK)
		rc = edition_hide_terms(paper, &old);
	if (rc == RC_OK)
		rc = edition_address(paper, row->path, row->id);
	if (rc == RC_OK && is_told)
		rc = edition_tell_entered(paper, &old, &p);
	if (rc == RC_OK && is_told)
		rc = edition_tell_places(paper, &p);
	return rc;
}

/* It answers with its note no more; a page that is kept does. */
static enum rc edition_forget_note(struct paper *paper, int64_t id)
{
	struct query *q = store_query(
	    paper->edition, SQL("DELETE FROM withdrawn WHERE id = ?1"));
	int64_t count = 0;
	enum rc rc;

	query_add_i64(q, id);
	rc = query_run(q, &count);
	return rc == RC_OK && count > 0 ? edition_tell_story(paper, id) : rc;
}

enum rc edition_take(
    struct paper *paper, int64_t id, bool has_note, struct str note)
{
	const struct places nowhere = {0};
	struct places old;
	struct query *q;
	enum rc rc = edition_places(paper, id, &old);

	if (rc == RC_OK)
		rc = edition_tell_left(paper, &old, &nowhere);
	if (rc == RC_OK)
		rc = edition_remove(paper, &old, true);
	if (rc == RC_OK)
		rc = edition_hide_terms(paper, &old);
	else if (rc == RC_NOT_FOUND)
		rc = RC_OK;
	if (rc == RC_OK)
		rc = version_remove(paper, id);
	if (rc == RC_OK)
		rc = library_hide(paper, id);
	if (rc == RC_OK)
		rc = edition_forget_note(paper, id);
	if (rc != RC_OK || !has_note)
		return rc;
	q = store_query(paper->edition,
	    SQL("INSERT INTO withdrawn (id, note) VALUES (?1, ?2)"));
	query_add_i64(q, id);
	query_add_str(q, note);
	return query_run(q, NULL);
}

enum rc edition_address(struct paper *paper, struct str path, int64_t id)
{
	struct query *q = store_query(paper->edition,
	    SQL("INSERT INTO address (path, story) VALUES (?1, ?2)"
		" ON CONFLICT (path) DO UPDATE SET story = excluded.story"));

	query_add_str(q, path);
	query_add_i64(q, id);
	return query_run(q, NULL);
}

static enum rc edition_run2(
    struct paper *paper, struct sql sql, int64_t a, int64_t b)
{
	struct query *q = store_query(paper->edition, sql);

	query_add_i64(q, a);
	query_add_i64(q, b);
	return query_run(q, NULL);
}

/* E1 and E2 hold behind it as they did before; the cost is that of the stories
 * that move. */
enum rc edition_move(struct paper *paper, int64_t from, int64_t to)
{
	int64_t flag = 0;
	struct query *q;
	enum rc rc = edition_show_term(paper, to);

	if (rc == RC_OK && edition_is_opinion(paper, to))
		flag = EDITION_OPINION;
	if (rc != RC_OK)
		return rc;
	q = store_query(paper->edition,
	    SQL("UPDATE story SET section = ?2, flags = (flags & ~2) | ?3"
		" WHERE id IN (SELECT id FROM listing WHERE list = ?1)"));
	query_add_i64(q, from);
	query_add_i64(q, to);
	query_add_i64(q, flag);
	rc = query_run(q, NULL);
	if (rc == RC_OK)
		rc = edition_run2(paper,
		    SQL("INSERT INTO listing (list, published_us, id)"
			" SELECT ?2, published_us, id FROM listing"
			" WHERE list = ?1"),
		    from, to);
	if (rc == RC_OK)
		rc = edition_delete(
		    paper, SQL("DELETE FROM listing WHERE list = ?1"), from);
	if (rc == RC_OK)
		rc = edition_hide_section(paper, from);
	/* Each of them says on its page where it stands. */
	return rc == RC_OK ? edition_tell(paper, STR("all")) : rc;
}

enum rc edition_settings(struct paper *paper, struct paper_settings *settings)
{
	for (size_t i = 0; i < SETTINGS_COUNT; i++) {
		enum rc rc = edition_set_text(
		    paper, settings_key(i), *settings_value(settings, i));

		if (rc != RC_OK)
			return rc;
	}
	return edition_tell(paper, STR("paper"));
}

enum rc edition_clear(struct paper *paper)
{
	const struct sql all[] = {SQL("DELETE FROM story"),
	    SQL("DELETE FROM body"), SQL("DELETE FROM listing"),
	    SQL("DELETE FROM address"), SQL("DELETE FROM withdrawn"),
	    SQL("DELETE FROM calendar"), SQL("DELETE FROM term"),
	    SQL("DELETE FROM correction"), SQL("DELETE FROM version"),
	    SQL("DELETE FROM front"), SQL("DELETE FROM banner"),
	    SQL("DELETE FROM redirect"), SQL("DELETE FROM picture"),
	    SQL("DELETE FROM picture_use")};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		enum rc rc =
		    query_run(store_query(paper->edition, all[i]), NULL);

		if (rc != RC_OK)
			return rc;
	}
	terms_forget(paper->terms);
	memset(paper->counts, 0, sizeof(paper->counts));
	return edition_tell(paper, STR("all"));
}
