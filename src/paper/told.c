/* SPDX-License-Identifier: MIT
 *
 * Telling readers what has changed; see told.h. "all" and "paper" touch every
 * page: with them all that was told of single ones is forgotten.
 */
#include "paper/told.h"

#include "base/arena.h"
#include "base/must.h"
#include "paper/edition.h"

enum { CHANGES_KEPT = 100000 };

enum rc told_open(struct paper *paper)
{
	int64_t seq;
	enum rc rc =
	    query_one(store_query(paper->edition,
			  SQL("SELECT coalesce(max(seq), 0) FROM change")),
		&seq);

	if (rc == RC_OK)
		rc = edition_number(paper, STR("told"), &paper->told_s);
	if (rc != RC_OK)
		return rc;
	paper->next_change = seq + 1;
	paper->tell_s = paper->told_kept_s = paper->told_s;
	return RC_OK;
}

void told_begin(struct paper *paper, struct instant now)
{
	int64_t s = instant_s(now);

	if (paper->told_s == s || paper->told_s > s + 1)
		s = paper->told_s + 1;
	else if (paper->told_s > s)
		s = paper->told_s; /* nobody was told it yet */
	paper->tell_s = s;
}

enum rc told_flush(struct paper *paper)
{
	if (paper->told_kept_s == paper->told_s)
		return RC_OK;
	paper->told_kept_s = paper->told_s;
	return edition_set_number(paper, STR("told"), paper->told_s);
}

static enum rc told_put(struct paper *paper, struct str tag)
{
	struct query *q = store_query(paper->edition,
	    SQL("INSERT INTO told (tag, at_s) VALUES (?1, ?2)"
		" ON CONFLICT (tag) DO UPDATE SET at_s = excluded.at_s"));

	query_add_str(q, tag);
	query_add_i64(q, paper->tell_s);
	return query_run(q, NULL);
}

/* "day:2026-11-23" stands in the pages of its month and year too. */
static enum rc told_day(struct paper *paper, struct str day)
{
	struct str month =
	    arena_printf(paper->scratch, "month:%.7s", day.p + 4);
	struct str year = arena_printf(paper->scratch, "year:%.4s", day.p + 4);
	enum rc rc = month.p && year.p ? RC_OK : RC_NO_MEMORY;

	if (rc == RC_OK)
		rc = told_put(paper, month);
	if (rc == RC_OK)
		rc = told_put(paper, year);
	return rc == RC_OK ? told_put(paper, STR("archive")) : rc;
}

static enum rc told_note(struct paper *paper, struct str tag)
{
	enum rc rc;

	paper->told_s = paper->tell_s;
	if (str_eq(tag, STR("all")) || str_eq(tag, STR("paper"))) {
		rc = query_run(
		    store_query(paper->edition, SQL("DELETE FROM told")), NULL);
		return rc == RC_OK ? told_put(paper, STR("all")) : rc;
	}
	rc = told_put(paper, tag);
	if (rc == RC_OK && tag.n == 14 && str_starts(tag, STR("day:")))
		rc = told_day(paper, tag);
	return rc;
}

enum rc edition_tell(struct paper *paper, struct str tag)
{
	int64_t seq = paper->next_change++;
	struct query *q = store_query(paper->edition,
	    SQL("INSERT INTO change (seq, tag) VALUES (?1, ?2)"));
	enum rc rc;

	query_add_i64(q, seq);
	query_add_str(q, tag);
	rc = query_run(q, NULL);
	if (rc == RC_OK)
		rc = told_note(paper, tag);
	if (rc != RC_OK || seq % 1024 != 0 || seq <= CHANGES_KEPT)
		return rc;
	q = store_query(
	    paper->edition, SQL("DELETE FROM change WHERE seq <= ?1"));
	query_add_i64(q, seq - CHANGES_KEPT);
	return query_run(q, NULL);
}

static enum rc made_by(struct paper *paper, struct str text, bool *ret_is_new)
{
	struct query *q = store_query(
	    paper->edition, SQL("SELECT value FROM meta WHERE key = ?1"));
	bool is_same;
	enum rc rc;

	query_add_str(q, STR("made_by"));
	rc = query_step(q);
	is_same = rc == RC_OK && str_eq(query_str(q, 0), text);
	query_end(q);
	*ret_is_new = !is_same;
	if (is_same || (rc != RC_OK && rc != RC_NOT_FOUND))
		return rc;
	rc = edition_set_text(paper, STR("made_by"), text);
	return rc == RC_OK ? edition_tell(paper, STR("all")) : rc;
}

enum rc paper_made_by(struct paper *paper, struct str text, struct instant now,
    bool *ret_is_new, struct err *err)
{
	enum rc rc;

	must(paper->edition && !paper->in_batch);
	arena_reset(paper->scratch);
	told_begin(paper, now);
	rc = store_begin(paper->edition);
	if (rc == RC_OK)
		rc = made_by(paper, text, ret_is_new);
	if (rc == RC_OK)
		rc = told_flush(paper);
	if (rc == RC_OK)
		rc = store_commit(paper->edition);
	if (rc == RC_OK)
		return RC_OK;
	store_rollback(paper->edition);
	paper->told_kept_s = 0;
	return store_fail(
	    paper->edition, rc, "telling what makes the pages", err);
}
