/* SPDX-License-Identifier: MIT
 *
 * Addresses led elsewhere by hand; see redirect.h.
 */
#include "paper/redirect.h"

#include "base/arena.h"
#include "paper/edition.h"
#include "paper/paper_priv.h"

enum { REDIRECTS_MOST = 1000 };

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

/* RC_INVALID: whoever follows AT comes back to FROM, or walks too far. */
static enum rc way_check(
    struct paper *paper, struct str from, struct str at, struct err *err)
{
	for (int hops = 1; at.n > 0; hops++) {
		enum rc rc;

		if (str_eq(at, from))
			return err_set(err, RC_INVALID,
			    "%.*s would lead back to itself", STR_ARG(from));
		if (hops == PAPER_HOPS_MAX)
			return err_set(err, RC_INVALID,
			    "%.*s would lead on over more than %d addresses",
			    STR_ARG(from), PAPER_HOPS_MAX);
		rc = redirect_step(paper, at, &at);
		if (rc != RC_OK)
			return rc == RC_NOT_FOUND ? RC_OK : rc;
	}
	return RC_OK;
}

static enum rc from_check(struct paper *paper, struct str from, struct err *err)
{
	struct query *q = store_query(
	    paper->db, SQL("SELECT story FROM address WHERE path = ?1"));
	int64_t story;
	enum rc rc;

	query_add_str(q, from);
	rc = query_one(q, &story);
	if (rc == RC_NOT_FOUND)
		return RC_OK;
	return rc == RC_OK
		   ? err_set(err, RC_EXISTS, "%.*s is an address of story %lld",
			 STR_ARG(from), (long long)story)
		   : rc;
}

static enum rc story_check(struct paper *paper, int64_t id, struct err *err)
{
	struct query *q =
	    store_query(paper->db, SQL("SELECT id FROM story WHERE id = ?1"));
	int64_t found;
	enum rc rc;

	query_add_i64(q, id);
	rc = query_one(q, &found);
	return rc == RC_NOT_FOUND
		   ? err_set(err, rc, "there is no story with the number %lld",
			 (long long)id)
		   : rc;
}

static enum rc redirect_store(
    struct paper *paper, const struct paper_redirect *r, struct err *err)
{
	struct query *q;
	enum rc rc = from_check(paper, r->from, err);

	if (rc == RC_OK)
		rc = r->story != 0 ? story_check(paper, r->story, err)
				   : way_check(paper, r->from, r->to, err);
	if (rc != RC_OK)
		return rc;
	q = store_query(paper->db,
	    SQL("INSERT INTO redirect (path, target, story, who, made_us)"
		" VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (path) DO UPDATE SET"
		" target = excluded.target, story = excluded.story,"
		" who = excluded.who, made_us = excluded.made_us"));
	query_add_str(q, r->from);
	query_add_str(q, r->to);
	query_add_i64(q, r->story);
	query_add_str(q, r->who);
	query_add_i64(q, r->made.us);
	rc = query_run(q, NULL);
	return rc == RC_OK ? outbox_add(paper, OUTBOX_REDIRECTS, 0, 0) : rc;
}

enum rc paper_set_redirect(
    struct paper *paper, const struct paper_redirect *redirect, struct err *err)
{
	struct paper_redirect r = *redirect;
	enum rc rc;

	r.from = without_slash(r.from);
	r.to = r.story != 0 ? STR("") : str_trim(r.to);
	if (r.to.n > 1)
		r.to = without_slash(r.to);
	if (!is_path(r.from) ||
	    (r.story == 0 && !is_path(r.to) && !str_eq(r.to, STR("/"))))
		return err_set(err, RC_INVALID,
		    "an address of the paper begins with one slash and has no "
		    "space, \"?\" or \"#\" in it: /old/page");
	rc = paper_begin(paper, err);
	if (rc != RC_OK)
		return rc;
	rc = redirect_store(paper, &r, err);
	return paper_end(paper, rc, "leading an address elsewhere", err);
}

enum rc paper_drop_redirect(
    struct paper *paper, struct str from, struct err *err)
{
	struct query *q;
	int64_t count = 0;
	enum rc rc = paper_begin(paper, err);

	if (rc != RC_OK)
		return rc;
	q = store_query(paper->db, SQL("DELETE FROM redirect WHERE path = ?1"));
	query_add_str(q, without_slash(from));
	rc = query_run(q, &count);
	if (rc == RC_OK && count == 0)
		rc = err_set(
		    err, RC_NOT_FOUND, "%.*s leads nowhere", STR_ARG(from));
	if (rc == RC_OK)
		rc = outbox_add(paper, OUTBOX_REDIRECTS, 0, 0);
	return paper_end(paper, rc, "taking an address away", err);
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

static enum rc put_one(struct paper *paper, struct query *from)
{
	struct query *q = store_query(
	    paper->edition, SQL("INSERT INTO redirect (path, target, story)"
				" VALUES (?1, ?2, ?3)"));

	query_add_str(q, query_str(from, 0));
	query_add_str(q, query_str(from, 1));
	query_add_i64(q, query_i64(from, 2));
	return query_run(q, NULL);
}

enum rc redirect_put(struct paper *paper)
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
