/* SPDX-License-Identifier: MIT
 *
 * Thinning; see thin.h. "thin" has a row for each story that has autosaves
 * which may go some day, with the time at which to look again; "thinned" says
 * for each revision that is gone which one lay behind it. That one can go too:
 * then its own row leads on.
 *
 * A story is walked from its newest revision to its first, and of neighbours
 * in one hour or day the older goes. So the result is the same however the
 * steps fall, and doing it again changes nothing. Where the walk stands is in
 * memory alone; a process that begins anew walks the story again.
 */
#include "paper/thin.h"

#include <string.h>

#include "base/arena.h"
#include "base/must.h"
#include "paper/paper_priv.h"

enum { PINS_MOST = 20000, CHAIN_MOST = 1 << 20 };

#define HOUR_US ((int64_t)3600 * 1000000)
#define DAY_US	(24 * HOUR_US)

enum rc thin_note(struct paper *paper, int64_t story, struct instant now)
{
	struct query *q = store_query(
	    paper->db, SQL("INSERT INTO thin (story, due_us) VALUES (?1, ?2)"
			   " ON CONFLICT (story) DO NOTHING"));

	query_add_i64(q, story);
	query_add_i64(q, now.us + DAY_US);
	return query_run(q, NULL);
}

enum rc thin_resolve(
    struct paper *paper, int64_t story, int64_t revision, int64_t *ret_kept)
{
	int64_t of = 0;
	enum rc rc;

	for (int i = 0; i < CHAIN_MOST; i++) {
		struct query *q = store_query(
		    paper->db, SQL("SELECT story FROM revision WHERE id = ?1"));

		query_add_i64(q, revision);
		rc = query_one(q, &of);
		if (rc == RC_OK && of == story)
			*ret_kept = revision;
		if (rc != RC_NOT_FOUND)
			return rc == RC_OK && of != story ? RC_NOT_FOUND : rc;
		q = store_query(
		    paper->db, SQL("SELECT behind FROM thinned"
				   " WHERE revision = ?1 AND story = ?2"));
		query_add_i64(q, revision);
		query_add_i64(q, story);
		rc = query_one(q, &revision);
		if (rc != RC_OK)
			return rc;
	}
	return RC_NOT_FOUND;
}

/* --- what stays --- */

struct pins {
	int64_t *v;
	size_t n;
};

/* Revisions that something else speaks of. */
static enum rc pins_load(struct paper *paper, int64_t story, struct pins *pins)
{
	struct query *q = store_query(paper->db,
	    SQL("SELECT revision FROM step WHERE story = ?1"
		" UNION ALL SELECT revision FROM version WHERE story = ?1"
		" UNION ALL SELECT revision FROM note WHERE story = ?1"
		" UNION ALL SELECT shown FROM story WHERE id = ?1"
		" UNION ALL SELECT due_revision FROM story WHERE id = ?1"
		" UNION ALL SELECT side FROM save JOIN revision"
		" ON revision.id = save.revision"
		" WHERE revision.story = ?1 AND save.kind = 3"));
	enum rc rc;

	pins->n = 0;
	pins->v = ARENA_ARRAY(paper->scratch, int64_t, PINS_MOST);
	query_add_i64(q, story);
	while ((rc = pins->v ? query_step(q) : RC_NO_MEMORY) == RC_OK) {
		if (pins->n == PINS_MOST) {
			rc = RC_LIMIT;
			break;
		}
		pins->v[pins->n++] = query_i64(q, 0);
	}
	query_end(q);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static bool pins_has(const struct pins *pins, int64_t revision)
{
	for (size_t i = 0; i < pins->n; i++)
		if (pins->v[i] == revision)
			return true;
	return false;
}

static bool began_merge(const struct thinning *t, int64_t revision)
{
	for (size_t i = 0; i < t->bases_n; i++)
		if (t->bases[i] == revision)
			return true;
	return false;
}

/* --- the walk --- */

struct look {
	int64_t id, previous, saved_us, side;
	bool is_mere; /* an autosave without a name */
	bool is_of_same;
};

/* Revision ID, and whether its writer wrote ABOVE too. */
static enum rc look_at(
    struct paper *paper, int64_t id, int64_t above, struct look *ret_look)
{
	struct query *q = store_query(paper->db,
	    SQL("SELECT revision.previous, revision.saved_us,"
		" coalesce(save.kind, 0),"
		" CASE save.kind WHEN 2 THEN save.side ELSE 0 END,"
		" coalesce(save.name, ''), coalesce(revision.who ="
		" (SELECT r.who FROM revision r WHERE r.id = ?2), 0)"
		" FROM revision LEFT JOIN save"
		" ON save.revision = revision.id WHERE revision.id = ?1"));
	enum rc rc;

	query_add_i64(q, id);
	query_add_i64(q, above);
	rc = query_step(q);
	if (rc == RC_OK)
		*ret_look = (struct look){.id = id,
		    .previous = query_i64(q, 0),
		    .saved_us = query_i64(q, 1),
		    .is_mere = query_i64(q, 2) == PAPER_KIND_AUTOSAVE &&
			       query_str(q, 4).n == 0,
		    .side = query_i64(q, 3),
		    .is_of_same = query_i64(q, 5) != 0};
	query_end(q);
	return rc;
}

/* R goes, ABOVE being the next newer one that stays. */
static bool is_spare(
    const struct look *r, const struct look *above, struct instant now)
{
	int64_t age = now.us - r->saved_us;
	int64_t span = age > (int64_t)THIN_HOURS_S * 1000000 ? DAY_US : HOUR_US;

	return r->is_mere && r->is_of_same && r->previous > 0 &&
	       age > (int64_t)THIN_ALL_S * 1000000 &&
	       r->saved_us / span == above->saved_us / span;
}

/* When a revision that stays for now may go. */
static void note_next(
    struct thinning *t, const struct look *r, struct instant now)
{
	int64_t age = now.us - r->saved_us;
	int64_t then = r->saved_us +
		       (age > (int64_t)THIN_ALL_S * 1000000
			       ? (int64_t)THIN_HOURS_S * 1000000
			       : (int64_t)THIN_ALL_S * 1000000) +
		       HOUR_US;

	if (!r->is_mere || r->previous == 0 ||
	    age > (int64_t)THIN_HOURS_S * 1000000)
		return;
	if (then < t->next_us)
		t->next_us = then;
}

static enum rc run3(struct query *q, int64_t a, int64_t b, int64_t c)
{
	query_add_i64(q, a);
	query_add_i64(q, b);
	query_add_i64(q, c);
	return query_run(q, NULL);
}

static enum rc cut(struct paper *paper, int64_t story, const struct look *r)
{
	struct query *q = store_query(
	    paper->db, SQL("INSERT INTO thinned (revision, story, behind)"
			   " VALUES (?1, ?2, ?3)"));
	enum rc rc = run3(q, r->id, story, r->previous);

	if (rc == RC_OK) {
		q = store_query(
		    paper->db, SQL("DELETE FROM save WHERE revision = ?1"));
		query_add_i64(q, r->id);
		rc = query_run(q, NULL);
	}
	if (rc == RC_OK) {
		q = store_query(
		    paper->db, SQL("DELETE FROM revision WHERE id = ?1"));
		query_add_i64(q, r->id);
		rc = query_run(q, NULL);
	}
	return rc;
}

static enum rc relink(struct paper *paper, int64_t revision, int64_t previous)
{
	struct query *q = store_query(
	    paper->db, SQL("UPDATE revision SET previous = ?2 WHERE id = ?1"));

	query_add_i64(q, revision);
	query_add_i64(q, previous);
	return query_run(q, NULL);
}

/* A merge names what it began from. */
static enum rc note_merge(
    struct paper *paper, struct thinning *t, const struct look *r)
{
	struct look side;
	enum rc rc;

	if (r->side == 0)
		return RC_OK;
	rc = look_at(paper, r->side, 0, &side);
	if (rc == RC_OK && side.previous > 0) {
		t->bases[t->bases_next++ % THIN_BASES] = side.previous;
		t->bases_n += t->bases_n < THIN_BASES;
	}
	return rc;
}

/* From T->at, which stays, to where the step ends. */
static enum rc walk(struct paper *paper, struct thinning *t,
    const struct pins *pins, struct instant now)
{
	struct look above, r;
	int looks = 0, cuts = 0;
	int64_t linked;
	enum rc rc = look_at(paper, t->at, 0, &above);

	if (rc == RC_OK)
		rc = note_merge(paper, t, &above);
	linked = above.previous;
	for (t->at = 0; rc == RC_OK && above.previous > 0;) {
		if (looks++ == THIN_LOOKS || cuts == THIN_CUTS) {
			t->at = above.id;
			break;
		}
		rc = look_at(paper, above.previous, above.id, &r);
		if (rc != RC_OK)
			break;
		if (is_spare(&r, &above, now) && !pins_has(pins, r.id) &&
		    !began_merge(t, r.id)) {
			rc = cut(paper, t->story, &r);
			above.previous = r.previous;
			cuts++;
			continue;
		}
		if (linked != above.previous)
			rc = relink(paper, above.id, above.previous);
		note_next(t, &r, now);
		above = r;
		linked = r.previous;
		if (rc == RC_OK)
			rc = note_merge(paper, t, &r);
	}
	if (rc == RC_OK && linked != above.previous)
		rc = relink(paper, above.id, above.previous);
	return rc;
}

/* --- which story --- */

/* RC_NOT_FOUND: none is due. */
static enum rc next_story(
    struct paper *paper, struct thinning *t, struct instant now)
{
	struct query *q = store_query(
	    paper->db, SQL("SELECT thin.story, story.revision FROM thin"
			   " JOIN story ON story.id = thin.story"
			   " WHERE thin.due_us <= ?1"
			   " ORDER BY thin.due_us LIMIT 1"));
	enum rc rc;

	query_add_i64(q, now.us);
	rc = query_step(q);
	if (rc == RC_OK)
		*t = (struct thinning){.story = query_i64(q, 0),
		    .at = query_i64(q, 1),
		    .next_us = INT64_MAX};
	query_end(q);
	return rc;
}

static enum rc story_is_done(struct paper *paper, const struct thinning *t)
{
	struct query *q;

	if (t->next_us == INT64_MAX) {
		q = store_query(
		    paper->db, SQL("DELETE FROM thin WHERE story = ?1"));
		query_add_i64(q, t->story);
	} else {
		q = store_query(paper->db,
		    SQL("UPDATE thin SET due_us = ?2 WHERE story = ?1"));
		query_add_i64(q, t->story);
		query_add_i64(q, t->next_us);
	}
	return query_run(q, NULL);
}

static enum rc step(struct paper *paper, struct thinning *t, struct instant now)
{
	struct pins pins;
	struct look newest;
	enum rc rc = pins_load(paper, t->story, &pins);

	/* Of the newest one only the time counts. */
	if (rc == RC_OK && t->is_new)
		rc = look_at(paper, t->at, 0, &newest);
	if (rc == RC_OK && t->is_new)
		note_next(t, &newest, now);
	t->is_new = false;
	if (rc == RC_OK)
		rc = walk(paper, t, &pins, now);
	return rc == RC_OK && t->at == 0 ? story_is_done(paper, t) : rc;
}

enum rc paper_thin(
    struct paper *paper, struct instant now, bool *ret_more, struct err *err)
{
	struct thinning t = paper->thinning;
	enum rc rc = RC_OK;

	*ret_more = false;
	if (paper->in_batch)
		return RC_OK;
	if (t.at == 0) {
		rc = next_story(paper, &t, now);
		t.is_new = true;
	}
	if (rc == RC_NOT_FOUND)
		return RC_OK;
	if (rc != RC_OK)
		return store_fail(paper->db, rc, "thinning revisions", err);
	rc = paper_begin(paper, err);
	if (rc != RC_OK)
		return rc;
	rc = step(paper, &t, now);
	rc = paper_end(paper, rc, "thinning revisions", err);
	/* What failed begins with its story anew. */
	paper->thinning = rc == RC_OK ? t : (struct thinning){0};
	*ret_more = rc == RC_OK;
	return rc;
}
