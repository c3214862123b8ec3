/* SPDX-License-Identifier: MIT
 *
 * Sessions; see staff.h.
 */
#include "base/arena.h"
#include "base/must.h"
#include "base/utf8.h"
#include "paper/audit.h"
#include "paper/staff_priv.h"

enum { AGENT_MAX = 200 };

static struct str hash_str(const uint8_t *hash)
{
	return (struct str){(const char *)hash, STAFF_HASH};
}

enum rc staff_drop_sessions(struct paper *paper, int64_t staff, int64_t keep)
{
	struct query *q = store_query(paper->db,
	    SQL("DELETE FROM session WHERE staff = ?1 AND id <> ?2"));

	query_add_i64(q, staff);
	query_add_i64(q, keep);
	return query_run(q, NULL);
}

static enum rc insert_session(
    struct paper *paper, const struct staff_opening *o)
{
	const struct staff_session *s = &o->session;
	struct query *q = store_query(paper->db,
	    SQL("INSERT INTO session (token, staff, state, tries, created_us,"
		" seen_us, stepped_us, agent)"
		" VALUES (?1, ?2, ?3, 0, ?4, ?5, ?6, ?7)"));

	query_add_blob(q, hash_str(o->token));
	query_add_i64(q, s->staff);
	query_add_i64(q, s->state);
	query_add_i64(q, s->created.us);
	query_add_i64(q, s->seen.us);
	query_add_instant(q, s->stepped);
	query_add_str(q, utf8_head(s->agent, AGENT_MAX));
	return query_run(q, NULL);
}

_Static_assert(
    (int)STAFF_FULL_MOST + (int)STAFF_RISING_MOST == (int)STAFF_SESSIONS_MOST,
    "all sessions");

/* Nobody opens them without end; and who knows a password alone pushes no
 * session out that is full. */
static enum rc drop_oldest(
    struct paper *paper, int64_t staff, enum staff_state state)
{
	bool is_full = state == STAFF_FULL;
	struct query *q = store_query(paper->db,
	    SQL("DELETE FROM session WHERE staff = ?1 AND (state = 3) = ?2"
		" AND id NOT IN (SELECT id FROM session WHERE staff = ?1"
		" AND (state = 3) = ?2 ORDER BY id DESC LIMIT ?3)"));

	query_add_i64(q, staff);
	query_add_i64(q, is_full);
	query_add_i64(q, is_full ? STAFF_FULL_MOST : STAFF_RISING_MOST);
	return query_run(q, NULL);
}

enum rc staff_open_session(struct paper *paper,
    const struct staff_opening *opening, const struct staff_by *by,
    struct err *err)
{
	struct str login;
	enum rc rc = paper_begin(paper, err);

	if (rc != RC_OK)
		return rc;
	rc = staff_name_of(paper, opening->session.staff, &login);
	if (rc == RC_OK && opening->was) {
		struct query *q = store_query(
		    paper->db, SQL("DELETE FROM session WHERE token = ?1"));

		query_add_blob(q, hash_str(opening->was));
		rc = query_run(q, NULL);
	}
	if (rc == RC_OK)
		rc = insert_session(paper, opening);
	if (rc == RC_OK)
		rc = drop_oldest(
		    paper, opening->session.staff, opening->session.state);
	if (rc == RC_OK && opening->what.n)
		rc = audit_put(paper, &(struct audit_entry){.at = by->now,
					  .staff = by->id,
					  .name = by->name,
					  .what = opening->what,
					  .about = login,
					  .detail = opening->detail});
	return paper_end(paper, rc, "opening a session", err);
}

static enum rc read_session(
    struct query *q, struct arena *a, struct staff_session *s)
{
	*s = (struct staff_session){
	    .id = query_i64(q, 0),
	    .staff = query_i64(q, 1),
	    .state = (enum staff_state)query_i64(q, 2),
	    .tries = (unsigned)query_i64(q, 3),
	    .created = query_instant(q, 4),
	    .seen = query_instant(q, 5),
	    .stepped = query_instant(q, 6),
	    .agent = query_copy(q, a, 7),
	};
	return s->agent.p ? RC_OK : RC_NO_MEMORY;
}

enum rc staff_find_session(struct paper *paper, struct arena *a,
    const uint8_t token[STAFF_HASH], struct staff_session *ret_session,
    struct err *err)
{
	struct query *q = store_query(paper->db,
	    SQL("SELECT id, staff, state, tries, created_us, seen_us,"
		" stepped_us, agent FROM session WHERE token = ?1"));
	struct staff_session s;
	enum rc rc;

	query_add_blob(q, hash_str(token));
	rc = query_step(q);
	if (rc == RC_OK)
		rc = read_session(q, a, &s);
	query_end(q);
	if (rc == RC_OK)
		*ret_session = s;
	return rc == RC_OK || rc == RC_NOT_FOUND
		   ? rc
		   : store_fail(paper->db, rc, "looking for a session", err);
}

enum rc staff_sessions(struct paper *paper, struct arena *a, int64_t staff,
    struct staff_session **ret_v, size_t *ret_n, struct err *err)
{
	struct staff_session *v =
	    ARENA_ARRAY(a, struct staff_session, STAFF_SESSIONS_MOST);
	struct query *q;
	size_t n = 0;
	enum rc rc = RC_OK;

	if (!v)
		return err_set(err, RC_NO_MEMORY, "no memory for sessions");
	q = store_query(paper->db,
	    SQL("SELECT id, staff, state, tries, created_us, seen_us,"
		" stepped_us, agent FROM session WHERE staff = ?1"
		" ORDER BY id DESC LIMIT ?2"));
	query_add_i64(q, staff);
	query_add_i64(q, STAFF_SESSIONS_MOST);
	while (n < STAFF_SESSIONS_MOST && (rc = query_step(q)) == RC_OK)
		if ((rc = read_session(q, a, &v[n++])) != RC_OK)
			break;
	query_end(q);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return store_fail(paper->db, rc, "listing sessions", err);
	*ret_v = v;
	*ret_n = n;
	return RC_OK;
}

enum rc staff_see_session(
    struct paper *paper, int64_t session, struct instant now, struct err *err)
{
	struct query *q;
	enum rc rc = paper_begin(paper, err);

	if (rc != RC_OK)
		return rc;
	q = store_query(
	    paper->db, SQL("UPDATE session SET seen_us = ?2 WHERE id = ?1"));
	query_add_i64(q, session);
	query_add_i64(q, now.us);
	rc = query_run(q, NULL);
	return paper_end(paper, rc, "noting a session", err);
}

static enum rc note_codes(
    struct paper *paper, int64_t staff, uint32_t level, int64_t at_s)
{
	struct query *q = store_query(
	    paper->db, SQL("UPDATE staff SET codes_level = ?2, codes_at_s = ?3"
			   " WHERE id = ?1"));

	query_add_i64(q, staff);
	query_add_i64(q, level);
	query_add_i64(q, at_s);
	return query_run(q, NULL);
}

enum rc staff_forget_codes(struct paper *paper, int64_t staff, struct err *err)
{
	enum rc rc = paper_begin(paper, err);

	if (rc != RC_OK)
		return rc;
	rc = note_codes(paper, staff, 0, 0);
	return paper_end(paper, rc, "noting a code", err);
}

enum rc staff_try_session(struct paper *paper, const struct staff_wrong *wrong,
    unsigned *ret_tries, struct err *err)
{
	int64_t tries = 0;
	struct query *q;
	enum rc rc = paper_begin(paper, err);

	if (rc != RC_OK)
		return rc;
	q = store_query(paper->db,
	    SQL("UPDATE session SET tries = tries + 1 WHERE id = ?1"));
	query_add_i64(q, wrong->session);
	rc = query_run(q, NULL);
	if (rc == RC_OK) {
		q = store_query(
		    paper->db, SQL("SELECT tries FROM session WHERE id = ?1"));
		query_add_i64(q, wrong->session);
		rc = query_one(q, &tries);
	}
	if (rc == RC_OK)
		rc = note_codes(paper, wrong->staff, wrong->level, wrong->at_s);
	rc = paper_end(paper, rc, "counting a code", err);
	if (rc == RC_OK)
		*ret_tries = (unsigned)tries;
	return rc;
}

enum rc staff_end_session(struct paper *paper, int64_t staff, int64_t session,
    const struct staff_by *by, struct err *err)
{
	struct str login;
	int64_t count = 0;
	struct query *q;
	enum rc rc = paper_begin(paper, err);

	if (rc != RC_OK)
		return rc;
	rc = staff_name_of(paper, staff, &login);
	if (rc == RC_OK) {
		q = store_query(paper->db,
		    SQL("DELETE FROM session WHERE id = ?1 AND staff = ?2"));
		query_add_i64(q, session);
		query_add_i64(q, staff);
		rc = query_run(q, &count);
	}
	if (rc == RC_OK && count == 0)
		rc = err_set(err, RC_NOT_FOUND, "that session has ended");
	if (rc == RC_OK)
		rc = staff_log(paper, by, "sign-out", login, STR(""));
	return paper_end(paper, rc, "ending a session", err);
}

enum rc staff_end_sessions(struct paper *paper, int64_t staff, int64_t keep,
    const struct staff_by *by, struct err *err)
{
	struct str login;
	enum rc rc = paper_begin(paper, err);

	if (rc != RC_OK)
		return rc;
	rc = staff_name_of(paper, staff, &login);
	if (rc == RC_OK)
		rc = staff_drop_sessions(paper, staff, keep);
	if (rc == RC_OK)
		rc = staff_log(paper, by, "sign-out-all", login, STR(""));
	return paper_end(paper, rc, "ending sessions", err);
}

enum rc staff_sweep(
    struct paper *paper, const struct staff_ends *ends, struct err *err)
{
	struct query *q;
	enum rc rc = paper_begin(paper, err);

	if (rc != RC_OK)
		return rc;
	q = store_query(paper->db,
	    SQL("DELETE FROM session WHERE created_us < ?1 OR seen_us < ?2"
		" OR (state <> 3 AND created_us < ?3)"));
	query_add_i64(q, ends->oldest.us);
	query_add_i64(q, ends->idle.us);
	query_add_i64(q, ends->half.us);
	rc = query_run(q, NULL);
	return paper_end(paper, rc, "sweeping sessions", err);
}
