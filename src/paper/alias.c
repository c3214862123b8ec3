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
		if ((unsigned char)path.p[i] <= ' ' || path.p[i] == 0x7F ||
		    path.p[i] == '?' || path.p[i] == '#' || path.p[i] == '\\')
			return RC_INVALID;
	*ret_path = path;
	return RC_OK;
}

enum rc paper_alias_taken(struct paper *paper, struct str path, int64_t id,
    bool *ret_is_taken, struct err *err)
{
	struct query *q = store_query(
	    paper->db, SQL("SELECT story FROM address WHERE path = ?1"));
	int64_t owner = id;
	enum rc rc;

	query_add_str(q, path);
	rc = query_one(q, &owner);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return store_fail(paper->db, rc, "looking for an address", err);
	*ret_is_taken = rc == RC_OK && owner != id;
	return RC_OK;
}
