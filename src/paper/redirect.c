/* SPDX-License-Identifier: MIT
 *
 * Addresses led elsewhere by hand; see redirect.h.
 */
#include "paper/redirect.h"

#include "base/arena.h"
#include "paper/edition.h"
#include "paper/own_page.h"
#include "paper/paper_priv.h"

enum {
	REDIRECTS_MOST = 1000,
	TOLD_MOST = 100, /* changes whose pages are named one by one */
};

/* A path as public.db is asked for it: decoded, without query. */
static bool is_path(struct str path)
{
	if (path.n < 2 || path.n > PAPER_PATH_MAX || path.p[0] != '/' ||
	    path.p[1] == '/' || str_ends(path, STR("/")))
		return false;
	for (size_t i = 0; i < path.n; i++) {
		unsigned char c = (unsigned char)path.p[i];

		if (c <= ' ' || c == '?' || c == '#' || c == '\\' || c == 0x7F)
			return false;
	}
	return true;
}

static struct str without_slash(struct str path)
{
	path = str_trim(path);
	if (path.n > 1 && str_ends(path, STR("/")))
		path.n--;
	return path;
}

static enum rc redirect_step(
    struct paper *paper, struct str from, struct str *ret_to)
{
	struct query *q = store_query(
	    paper->db, SQL("SELECT target FROM redirect WHERE path = ?1"));
	enum rc rc;

	query_add_str(q, from);
	rc = query_step(q);
	if (rc == RC_OK) {
		*ret_to = query_copy(q, paper->scratch, 0);
		rc = ret_to->p ? RC_OK : RC_NO_MEMORY;
	}
	query_end(q);
	return rc;
}

/* Whether nobody comes back to FROM by AT, or is led on from there. */
static enum rc way_check(struct paper *paper, struct str from, struct str at,
    enum paper_led *ret_led)
{
	enum rc rc = RC_OK;

	for (int hops = 0; rc == RC_OK && hops < PAPER_HOPS_MAX; hops++) {
		if (str_eq(at, from)) {
			*ret_led = PAPER_LED_CIRCLE;
			return RC_OK;
		}
		rc = redirect_step(paper, at, &at);
		if (rc == RC_OK)
			*ret_led = PAPER_LED_CHAIN;
	}
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* *RET_IS_THERE: Q gives a row. */
static enum rc is_there(struct query *q, bool *ret_is_there)
{
	enum rc rc = query_step(q);

	query_end(q);
	*ret_is_there = rc == RC_OK;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc from_check(
    struct paper *paper, struct str from, enum paper_led *ret_led)
{
	struct query *q = store_query(
	    paper->db, SQL("SELECT story FROM address WHERE path = ?1"));
	bool is_taken = false, is_middle = false;
	enum rc rc;

	query_add_str(q, from);
	rc = is_there(q, &is_taken);
	if (rc != RC_OK)
		return rc;
	q = store_query(paper->db,
	    SQL("SELECT path FROM redirect WHERE target = ?1 AND story = 0"
		" LIMIT 1"));
	query_add_str(q, from);
	rc = is_there(q, &is_middle);
	if (is_taken)
		*ret_led = PAPER_LED_TAKEN;
	else if (is_middle)
		*ret_led = PAPER_LED_MIDDLE;
	return rc;
}

static enum rc story_check(
    struct paper *paper, int64_t id, enum paper_led *ret_led)
{
	struct query *q =
	    store_query(paper->db, SQL("SELECT id FROM story WHERE id = ?1"));
	bool is_known = false;
	enum rc rc;

	query_add_i64(q, id);
	rc = is_there(q, &is_known);
	if (!is_known)
		*ret_led = PAPER_LED_NO_STORY;
	return rc;
}

/* In the order in which they say most to a person. */
static enum rc redirect_check(struct paper *paper,
    const struct paper_redirect *r, enum paper_led *ret_led)
{
	enum paper_led way = PAPER_LED;
	bool is_own = false;
	enum rc rc = RC_OK;

	*ret_led = PAPER_LED;
	if (!is_path(r->from) ||
	    (r->story == 0 && !is_path(r->to) && !str_eq(r->to, STR("/")))) {
		*ret_led = PAPER_LED_NO_PATH;
		return RC_OK;
	}
	rc = r->story != 0 ? story_check(paper, r->story, &way)
			   : way_check(paper, r->from, r->to, &way);
	if (rc == RC_OK && way == PAPER_LED)
		rc = own_page_find(paper, r->from, &is_own);
	if (is_own)
		*ret_led = PAPER_LED_OWN;
	else if (rc == RC_OK && way == PAPER_LED)
		rc = from_check(paper, r->from, ret_led);
	else
		*ret_led = way;
	return rc;
}

/* Has PATH brought to public.db; *RET_ID is the number of the change. */
static enum rc note_change(
    struct paper *paper, struct str path, int64_t *ret_id)
{
	struct query *q =
	    store_query(paper->db, SQL("INSERT INTO redirect_change (id, path)"
				       " VALUES ((SELECT coalesce(max(id), 0)"
				       " + 1 FROM redirect_change), ?1)"));
	enum rc rc;

	query_add_str(q, path);
	rc = query_run(q, NULL);
	return rc == RC_OK
		   ? query_one(store_query(paper->db,
				   SQL("SELECT max(id) FROM redirect_change")),
			 ret_id)
		   : rc;
}

/* Asks for the changes FIRST to LAST; those that nobody asks for any more go.
 * The newest stays, so that no number comes twice. */
static enum rc ask_for(struct paper *paper, int64_t first, int64_t last)
{
	enum rc rc = outbox_add(paper, OUTBOX_REDIRECTS, first, last);
	struct query *q;

	if (rc != RC_OK)
		return rc;
	q = store_query(
	    paper->db, SQL("DELETE FROM redirect_change WHERE id <"
			   " (SELECT min(first) FROM outbox WHERE kind = 6"
			   " AND first > 0)"));
	return query_run(q, NULL);
}

static enum rc redirect_store(
    struct paper *paper, const struct paper_redirect *r)
{
	struct query *q = store_query(paper->db,
	    SQL("INSERT INTO redirect (path, target, story, who, made_us)"
		" VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (path) DO UPDATE SET"
		" target = excluded.target, story = excluded.story,"
		" who = excluded.who, made_us = excluded.made_us"));

	query_add_str(q, r->from);
	query_add_str(q, r->to);
	query_add_i64(q, r->story);
	query_add_str(q, r->who);
	query_add_i64(q, r->made.us);
	return query_run(q, NULL);
}

static struct paper_redirect trimmed(const struct paper_redirect *redirect)
{
	struct paper_redirect r = *redirect;

	r.from = without_slash(r.from);
	r.to = r.story != 0 ? STR("") : without_slash(r.to);
	return r;
}

enum rc paper_set_redirects(struct paper *paper, const struct paper_redirect *v,
    size_t n, enum paper_led *ret_led, struct err *err)
{
	int64_t first = 0, last = 0;
	enum rc rc = paper_begin(paper, err);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		struct paper_redirect r = trimmed(&v[i]);

		rc = redirect_check(paper, &r, &ret_led[i]);
		if (rc != RC_OK || ret_led[i] != PAPER_LED)
			continue;
		rc = redirect_store(paper, &r);
		if (rc == RC_OK)
			rc = note_change(paper, r.from, &last);
		if (first == 0)
			first = last;
		arena_reset(paper->scratch);
	}
	if (rc == RC_OK && first > 0)
		rc = ask_for(paper, first, last);
	return paper_end(paper, rc, "leading addresses elsewhere", err);
}

static const char *led_text(enum paper_led led)
{
	switch (led) {
	case PAPER_LED:
	case PAPER_LED_NO_PATH:
		break;
	case PAPER_LED_TAKEN:
		return "a story has this address";
	case PAPER_LED_OWN:
		return "the paper itself answers at this address: choose one "
		       "where nothing is";
	case PAPER_LED_NO_STORY:
		return "there is no such story";
	case PAPER_LED_CIRCLE:
		return "it would lead back to itself";
	case PAPER_LED_CHAIN:
		return "where it would lead is led on itself: lead it straight "
		       "to the end";
	case PAPER_LED_MIDDLE:
		return "other addresses lead to it: lead those first";
	}
	return "an address of the paper begins with one slash and has no "
	       "space, \"?\" or \"#\" in it: /old/page";
}

enum rc paper_set_redirect(struct paper *paper,
    const struct paper_redirect *redirect, enum paper_led *ret_led,
    struct err *err)
{
	enum paper_led led = PAPER_LED;
	enum rc rc = paper_set_redirects(paper, redirect, 1, &led, err);

	if (ret_led)
		*ret_led = led;
	if (rc != RC_OK || led == PAPER_LED)
		return rc;
	return err_set(err, RC_INVALID, "%.*s: %s",
	    STR_ARG(str_part(redirect->from, 0, 100)), led_text(led));
}

enum rc paper_drop_redirect(
    struct paper *paper, struct str from, struct err *err)
{
	struct query *q;
	int64_t count = 0, change = 0;
	enum rc rc = paper_begin(paper, err);

	if (rc != RC_OK)
		return rc;
	from = without_slash(from);
	q = store_query(paper->db, SQL("DELETE FROM redirect WHERE path = ?1"));
	query_add_str(q, from);
	rc = query_run(q, &count);
	if (rc == RC_OK && count == 0)
		rc = err_set(
		    err, RC_NOT_FOUND, "%.*s leads nowhere", STR_ARG(from));
	if (rc == RC_OK)
		rc = note_change(paper, from, &change);
	if (rc == RC_OK)
		rc = ask_for(paper, change, change);
	return paper_end(paper, rc, "taking an address away", err);
}

/* --- A section's stories have moved ------------------------------------ */

/* Whoever is led to FROM is led to TO. */
static enum rc lead_on(
    struct paper *paper, struct str from, struct str to, int64_t *last)
{
	struct str path = STR_NONE;
	struct query *q;
	enum rc rc = RC_OK;

	for (;;) {
		q = store_query(
		    paper->db, SQL("SELECT path FROM redirect WHERE target = ?1"
				   " AND story = 0 LIMIT 1"));
		query_add_str(q, from);
		rc = query_step(q);
		if (rc == RC_OK)
			path = query_copy(q, paper->scratch, 0);
		query_end(q);
		if (rc != RC_OK)
			return rc == RC_NOT_FOUND ? RC_OK : rc;
		if (!path.p)
			return RC_NO_MEMORY;
		q = store_query(paper->db,
		    SQL("UPDATE redirect SET target = ?2 WHERE path = ?1"));
		query_add_str(q, path);
		query_add_str(q, to);
		rc = query_run(q, NULL);
		if (rc == RC_OK)
			rc = note_change(paper, path, last);
		if (rc != RC_OK)
			return rc;
	}
}

/* TO has a page of its own: nobody is led away from there. */
static enum rc lead_one(
    struct paper *paper, const struct paper_redirect *r, int64_t *last)
{
	struct query *q =
	    store_query(paper->db, SQL("DELETE FROM redirect WHERE path = ?1"));
	enum rc rc;

	query_add_str(q, r->to);
	rc = query_run(q, NULL);
	if (rc == RC_OK)
		rc = note_change(paper, r->to, last);
	if (rc == RC_OK)
		rc = lead_on(paper, r->from, r->to, last);
	if (rc == RC_OK)
		rc = redirect_store(paper, r);
	return rc == RC_OK ? note_change(paper, r->from, last) : rc;
}

enum rc redirect_section(struct paper *paper, struct str from, struct str to,
    struct str who, struct instant now)
{
	static const char *const ends[] = {
	    "", "/feed.rss", "/feed.atom", "/feed.json"};
	int64_t first = 0, last = 0;
	enum rc rc = query_one(
	    store_query(paper->db, SQL("SELECT coalesce(max(id), 0) + 1"
				       " FROM redirect_change")),
	    &first);

	for (size_t i = 0; rc == RC_OK && i < sizeof(ends) / sizeof(ends[0]);
	     i++) {
		struct paper_redirect r = {
		    .from = arena_printf(paper->scratch, "/section/%.*s%s",
			STR_ARG(from), ends[i]),
		    .to = arena_printf(paper->scratch, "/section/%.*s%s",
			STR_ARG(to), ends[i]),
		    .who = who,
		    .made = now};

		rc = r.from.p && r.to.p ? lead_one(paper, &r, &last)
					: RC_NO_MEMORY;
	}
	return rc == RC_OK ? ask_for(paper, first, last) : rc;
}

static enum rc redirect_row(
    struct query *q, struct arena *a, struct paper_redirect *ret_redirect)
{
	struct paper_redirect r = {
	    .from = query_copy(q, a, 0),
	    .to = query_copy(q, a, 1),
	    .story = query_i64(q, 2),
	    .who = query_copy(q, a, 3),
	    .made = {query_i64(q, 4)},
	};

	if (!r.from.p || !r.to.p || !r.who.p)
		return RC_NO_MEMORY;
	*ret_redirect = r;
	return RC_OK;
}

enum rc paper_redirect(struct paper *paper, struct arena *a, struct str from,
    struct paper_redirect *ret_redirect, struct err *err)
{
	struct query *q = store_query(paper->db,
	    SQL("SELECT path, target, story, who, made_us FROM redirect"
		" WHERE path = ?1"));
	enum rc rc;

	query_add_str(q, without_slash(from));
	rc = query_step(q);
	if (rc == RC_OK)
		rc = redirect_row(q, a, ret_redirect);
	query_end(q);
	return rc == RC_OK || rc == RC_NOT_FOUND
		   ? rc
		   : store_fail(paper->db, rc, "reading a redirect", err);
}

enum rc paper_redirects(struct paper *paper, struct arena *a, struct str after,
    size_t limit, struct paper_redirect **ret_v, size_t *ret_n, struct err *err)
{
	struct paper_redirect *v;
	struct query *q;
	size_t n = 0;
	enum rc rc = RC_OK;

	limit = limit > REDIRECTS_MOST ? REDIRECTS_MOST : limit;
	v = ARENA_ARRAY(a, struct paper_redirect, limit);
	if (!v)
		return err_set(err, RC_NO_MEMORY, "no memory for a list");
	q = store_query(paper->db,
	    SQL("SELECT path, target, story, who, made_us FROM redirect"
		" WHERE path > ?1 ORDER BY path LIMIT ?2"));
	query_add_str(q, after);
	query_add_i64(q, (int64_t)limit);
	while (n < limit && (rc = query_step(q)) == RC_OK) {
		rc = redirect_row(q, a, &v[n]);
		if (rc != RC_OK)
			break;
		n++;
	}
	query_end(q);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return store_fail(paper->db, rc, "listing redirects", err);
	*ret_v = v;
	*ret_n = n;
	return RC_OK;
}

/* One row of FROM, as path, target and story. */
static enum rc put_one(struct paper *paper, struct query *from)
{
	struct query *q = store_query(paper->edition,
	    SQL("INSERT INTO redirect (path, target, story)"
		" VALUES (?1, ?2, ?3) ON CONFLICT (path) DO UPDATE SET"
		" target = excluded.target, story = excluded.story"));

	query_add_str(q, query_str(from, 0));
	query_add_str(q, query_str(from, 1));
	query_add_i64(q, query_i64(from, 2));
	return query_run(q, NULL);
}

static enum rc put_all(struct paper *paper)
{
	struct query *q;
	enum rc rc = query_run(
	    store_query(paper->edition, SQL("DELETE FROM redirect")), NULL);

	if (rc != RC_OK)
		return rc;
	q = store_query(
	    paper->db, SQL("SELECT path, target, story FROM redirect"));
	while ((rc = query_step(q)) == RC_OK) {
		rc = put_one(paper, q);
		if (rc != RC_OK)
			break;
	}
	query_end(q);
	return rc == RC_NOT_FOUND ? edition_tell(paper, STR("redirects")) : rc;
}

static enum rc tell_one(struct paper *paper, struct str path)
{
	struct str tag =
	    arena_printf(paper->scratch, "redirect:%.*s", STR_ARG(path));

	return tag.p ? edition_tell(paper, tag) : RC_NO_MEMORY;
}

/* A path that leads nowhere any more has no target. */
static enum rc put_changed(
    struct paper *paper, struct query *from, bool is_told)
{
	struct str path = query_str(from, 0);
	enum rc rc;

	if (query_i64(from, 3) == 0) {
		struct query *q = store_query(paper->edition,
		    SQL("DELETE FROM redirect WHERE path = ?1"));

		query_add_str(q, path);
		rc = query_run(q, NULL);
	} else {
		rc = put_one(paper, from);
	}
	return rc == RC_OK && is_told ? tell_one(paper, path) : rc;
}

enum rc redirect_put(struct paper *paper, int64_t first, int64_t last)
{
	bool is_told = last - first < TOLD_MOST;
	struct query *q;
	enum rc rc;

	if (first == 0)
		return put_all(paper);
	q = store_query(paper->db,
	    SQL("SELECT c.path, coalesce(r.target, ''), coalesce(r.story, 0),"
		" r.path IS NOT NULL FROM redirect_change AS c"
		" LEFT JOIN redirect AS r ON r.path = c.path"
		" WHERE c.id >= ?1 AND c.id <= ?2"));
	query_add_i64(q, first);
	query_add_i64(q, last);
	while ((rc = query_step(q)) == RC_OK) {
		rc = put_changed(paper, q, is_told);
		if (rc != RC_OK)
			break;
	}
	query_end(q);
	if (rc != RC_NOT_FOUND)
		return rc;
	return is_told ? RC_OK : edition_tell(paper, STR("redirects"));
}
