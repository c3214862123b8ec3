/* SPDX-License-Identifier: MIT
 *
 * In which sections a story stands, stood and will stand; see workflow.h.
 */
#include "base/arena.h"
#include "paper/paper_priv.h"
#include "paper/workflow.h"

enum { SECTIONS_MOST = 5 }; /* newest, shown, due, last version, named */

/* The section's name of a row (section, lang), into the list, once. */
static enum rc add_section(struct paper *paper, struct arena *a,
    struct query *q, struct str_list *names)
{
	struct str name = query_copy(q, a, 0);
	struct str lang = query_copy(q, a, 1);
	enum rc rc;

	if (!name.p || !lang.p)
		return RC_NO_MEMORY;
	rc = term_section_today(paper, a, name, lang, &name);
	for (size_t i = 0; rc == RC_OK && i < names->n; i++)
		if (str_eq(names->v[i], name))
			return RC_OK;
	if (rc == RC_OK)
		names->v[names->n++] = name;
	return rc;
}

enum rc paper_sections_of(struct paper *paper, struct arena *a, int64_t id,
    int64_t revision, struct str_list *ret_names, struct err *err)
{
	struct str_list names = {ARENA_ARRAY(a, struct str, SECTIONS_MOST), 0};
	struct query *q;
	size_t n = 0;
	enum rc rc = RC_OK;

	if (!names.v)
		return err_set(err, RC_NO_MEMORY, "no memory for a list");
	q = store_query(paper->db,
	    SQL("SELECT r.section, r.lang FROM story s JOIN revision r"
		" ON r.id IN (s.revision, s.shown, s.due_revision, ?2,"
		" (SELECT v.revision FROM version v WHERE v.story = ?1"
		" ORDER BY v.number DESC LIMIT 1))"
		" WHERE s.id = ?1 AND r.story = ?1"));
	query_add_i64(q, id);
	query_add_i64(q, revision);
	while (n < SECTIONS_MOST && (rc = query_step(q)) == RC_OK) {
		rc = add_section(paper, a, q, &names);
		if (rc != RC_OK)
			break;
		n++;
	}
	query_end(q);
	if (rc == RC_NOT_FOUND && n == 0)
		return err_set(err, rc,
		    "there is no story with the number %lld", (long long)id);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return store_fail(paper->db, rc, "reading a story", err);
	*ret_names = names;
	return RC_OK;
}

enum rc paper_section_of(struct paper *paper, struct arena *a, int64_t id,
    int64_t revision, struct str *ret_name, struct err *err)
{
	struct str name;
	struct str_list names = {&name, 0};
	struct query *q = store_query(
	    paper->db, SQL("SELECT section, lang FROM revision WHERE id = ?1"
			   " AND story = ?2"));
	enum rc rc;

	query_add_i64(q, revision);
	query_add_i64(q, id);
	rc = query_step(q);
	if (rc == RC_OK)
		rc = add_section(paper, a, q, &names);
	query_end(q);
	if (rc == RC_NOT_FOUND)
		return err_set(err, rc, "story %lld has no revision %lld",
		    (long long)id, (long long)revision);
	if (rc != RC_OK)
		return store_fail(paper->db, rc, "reading a revision", err);
	*ret_name = name;
	return RC_OK;
}
