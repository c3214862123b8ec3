/* SPDX-License-Identifier: MIT
 *
 * Addresses from before the paper came to us; see alias.h.
 */
#include "paper/alias.h"

#include "paper/paper_priv.h"
#include "paper/redirect.h"
#include "text/link.h"

enum rc paper_alias_path(
    struct arena *a, struct str alias, struct str *ret_path)
{
	struct str host, path;
	enum rc rc;

	if (!str_starts(alias, STR("/")) || alias.n > PAPER_PATH_MAX ||
	    str_find(alias, '?') < alias.n || str_find(alias, '#') < alias.n)
		return RC_INVALID;
	rc = link_page(a, alias, &host, &path);
	if (rc != RC_OK)
		return rc;
	if (host.n > 0 || path.n < 2 || str_starts(path, STR("//")))
		return RC_INVALID;
	for (size_t i = 0; i < path.n; i++)
		if ((unsigned char)path.p[i] < ' ' || path.p[i] == 0x7F ||
		    path.p[i] == '?' || path.p[i] == '#' || path.p[i] == '\\')
			return RC_INVALID;
	*ret_path = path;
	return RC_OK;
}

/* The number in the one column of Q; RC_NOT_FOUND: it has no row. */
static enum rc alias_owner(struct query *q, struct str path, int64_t *ret_story)
{
	query_add_str(q, path);
	return query_one(q, ret_story);
}

enum rc alias_state(struct paper *paper, struct str path, int64_t id,
    enum paper_alias *ret_alias)
{
	int64_t owner = 0;
	enum rc rc =
	    alias_owner(store_query(paper->db,
			    SQL("SELECT story FROM address WHERE path = ?1")),
		path, &owner);

	if (rc == RC_OK)
		*ret_alias = owner == id ? PAPER_ALIAS_FREE : PAPER_ALIAS_TAKEN;
	if (rc != RC_NOT_FOUND)
		return rc;
	/* A story is asked for first: what a person did would be undone. */
	rc = alias_owner(store_query(paper->db,
			     SQL("SELECT story FROM redirect WHERE path = ?1")),
	    path, &owner);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	*ret_alias =
	    rc == RC_OK && owner != id ? PAPER_ALIAS_LED : PAPER_ALIAS_FREE;
	return RC_OK;
}

enum rc paper_alias_state(struct paper *paper, struct str path, int64_t id,
    enum paper_alias *ret_alias, struct err *err)
{
	enum rc rc = alias_state(paper, path, id, ret_alias);

	return rc == RC_OK
		   ? RC_OK
		   : store_fail(paper->db, rc, "looking for an address", err);
}
