/* SPDX-License-Identifier: MIT
 *
 * The front page by hand; see front.h.
 */
#include "paper/front.h"

#include "base/arena.h"
#include "base/must.h"
#include "paper/edition.h"
#include "paper/paper_priv.h"

static const struct str NUMBER_KEY = STR_INIT("front");

/* The row of Q, or that there is none. */
static enum rc banner_row(
    struct query *q, struct arena *a, struct paper_banner *ret_banner)
{
	struct paper_banner b = {.text = STR(""), .until = INSTANT_NEVER};
	enum rc rc = query_step(q);

	if (rc == RC_OK) {
		b.text = query_copy(q, a, 0);
		b.story = query_i64(q, 1);
		b.until = query_instant(q, 2);
		b.is_everywhere = query_i64(q, 3) != 0;
		rc = b.text.p ? RC_OK : RC_NO_MEMORY;
	} else if (rc == RC_NOT_FOUND) {
		rc = RC_OK;
	}
	query_end(q);
	if (rc == RC_OK)
		*ret_banner = b;
	return rc;
}

static enum rc banner_load(
    struct paper *paper, struct arena *a, struct paper_banner *ret_banner)
{
	return banner_row(
	    store_query(paper->db,
		SQL("SELECT text, story, until_us, is_everywhere FROM banner"
		    " WHERE id = 1")),
	    a, ret_banner);
}

static enum rc placed_load(
    struct paper *paper, struct arena *a, struct paper_placed *v, size_t *ret_n)
{
	struct query *q = store_query(paper->db,
	    SQL("SELECT front.slot, front.story, front.until_us, story.status,"
		" story.headline FROM front JOIN story"
		" ON story.id = front.story"
		" ORDER BY front.slot, front.position"));
	size_t n = 0;
	enum rc rc = RC_OK;

	while (n < PAPER_PLACED_MOST && (rc = query_step(q)) == RC_OK) {
		v[n] = (struct paper_placed){
		    .slot = (enum paper_slot)query_i64(q, 0),
		    .story = query_i64(q, 1),
		    .until = query_instant(q, 2),
		    .status = (enum paper_status)query_i64(q, 3),
		    .headline = query_copy(q, a, 4),
		};
		if (!v[n].headline.p) {
			rc = RC_NO_MEMORY;
			break;
		}
		n++;
	}
	query_end(q);
	*ret_n = n;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc front_load(
    struct paper *paper, struct arena *a, struct paper_front *ret_front)
{
	struct paper_front f = {
	    .v = ARENA_ARRAY(a, struct paper_placed, PAPER_PLACED_MOST)};
	enum rc rc = f.v ? RC_OK : RC_NO_MEMORY;

	if (rc == RC_OK)
		rc = paper_number(paper, NUMBER_KEY, &f.number);
	if (rc == RC_OK)
		rc = placed_load(paper, a, f.v, &f.n);
	if (rc == RC_OK)
		rc = banner_load(paper, a, &f.banner);
	if (rc == RC_OK)
		*ret_front = f;
	return rc;
}

enum rc paper_front(struct paper *paper, struct arena *a,
    struct paper_front *ret_front, struct err *err)
{
	enum rc rc = front_load(paper, a, ret_front);

	return rc == RC_OK
		   ? RC_OK
		   : store_fail(paper->db, rc, "reading the front page", err);
}

static enum rc front_check(
    const struct paper_placed *v, size_t n, struct err *err)
{
	static const size_t most[] = {[PAPER_LEAD] = 1,
	    [PAPER_SECOND] = PAPER_SECONDS_MOST,
	    [PAPER_BRIEF] = PAPER_BRIEFS_MOST};
	size_t count[PAPER_BRIEF + 1] = {0};

	for (size_t i = 0; i < n; i++) {
		if (v[i].slot < PAPER_LEAD || v[i].slot > PAPER_BRIEF ||
		    ++count[v[i].slot] > most[v[i].slot])
			return err_set(err, RC_INVALID,
			    "the front page has one lead, at most %d stories "
			    "beside it and %d first briefs",
			    PAPER_SECONDS_MOST, PAPER_BRIEFS_MOST);
		for (size_t k = 0; k < i; k++)
			if (v[k].story == v[i].story)
				return err_set(err, RC_INVALID,
				    "story %lld stands on the front page twice",
				    (long long)v[i].story);
	}
	return RC_OK;
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

static enum rc placed_insert(struct paper *paper,
    const struct paper_placed *placed, size_t position, struct err *err)
{
	struct query *q;
	enum rc rc = story_check(paper, placed->story, err);

	if (rc != RC_OK)
		return rc;
	q = store_query(
	    paper->db, SQL("INSERT INTO front (slot, position, story, until_us)"
			   " VALUES (?1, ?2, ?3, ?4)"));
	query_add_i64(q, placed->slot);
	query_add_i64(q, (int64_t)position);
	query_add_i64(q, placed->story);
	query_add_instant(q, placed->until);
	return query_run(q, NULL);
}

static enum rc front_store(struct paper *paper, int64_t number,
    const struct paper_placed *v, size_t n, struct err *err)
{
	int64_t newest;
	enum rc rc = paper_number(paper, NUMBER_KEY, &newest);

	if (rc == RC_OK && newest != number)
		rc = err_set(err, RC_BUSY,
		    "somebody else has arranged the front page meanwhile: look "
		    "at it first");
	if (rc == RC_OK)
		rc = paper_set_number(paper, NUMBER_KEY, number + 1);
	if (rc == RC_OK)
		rc = query_run(
		    store_query(paper->db, SQL("DELETE FROM front")), NULL);
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		rc = placed_insert(paper, &v[i], i, err);
	return rc == RC_OK ? outbox_add(paper, OUTBOX_FRONT, 0, 0) : rc;
}

enum rc paper_set_front(struct paper *paper, int64_t number,
    const struct paper_placed *v, size_t n, struct err *err)
{
	enum rc rc = front_check(v, n, err);

	if (rc == RC_OK)
		rc = paper_begin(paper, err);
	if (rc != RC_OK)
		return rc;
	rc = front_store(paper, number, v, n, err);
	return paper_end(paper, rc, "arranging the front page", err);
}

static enum rc banner_store(
    struct paper *paper, const struct paper_banner *banner, struct err *err)
{
	struct query *q;
	enum rc rc = RC_OK;

	if (banner->story != 0)
		rc = story_check(paper, banner->story, err);
	if (rc == RC_OK)
		rc = query_run(
		    store_query(paper->db, SQL("DELETE FROM banner")), NULL);
	if (rc == RC_OK && !str_blank(banner->text)) {
		q = store_query(paper->db,
		    SQL("INSERT INTO banner (id, text, story, until_us,"
			" is_everywhere) VALUES (1, ?1, ?2, ?3, ?4)"));
		query_add_str(q, str_trim(banner->text));
		query_add_i64(q, banner->story);
		query_add_instant(q, banner->until);
		query_add_i64(q, banner->is_everywhere);
		rc = query_run(q, NULL);
	}
	return rc == RC_OK ? outbox_add(paper, OUTBOX_FRONT, 0, 0) : rc;
}

enum rc paper_set_banner(
    struct paper *paper, const struct paper_banner *banner, struct err *err)
{
	enum rc rc;

	if (banner->text.n > PAPER_BANNER_MAX)
		return err_set(err, RC_INVALID, "a banner has at most %d bytes",
		    PAPER_BANNER_MAX);
	rc = paper_begin(paper, err);
	if (rc != RC_OK)
		return rc;
	rc = banner_store(paper, banner, err);
	return paper_end(paper, rc, "changing the banner", err);
}

/* --- public.db --------------------------------------------------------- */

static enum rc put_placed(
    struct paper *paper, const struct paper_placed *placed, size_t position)
{
	struct query *q = store_query(paper->edition,
	    SQL("INSERT INTO front (slot, position, story, until_us)"
		" VALUES (?1, ?2, ?3, ?4)"));

	query_add_i64(q, placed->slot);
	query_add_i64(q, (int64_t)position);
	query_add_i64(q, placed->story);
	query_add_instant(q, placed->until);
	return query_run(q, NULL);
}

static enum rc put_banner(
    struct paper *paper, const struct paper_banner *banner)
{
	struct query *q;

	if (banner->text.n == 0)
		return RC_OK;
	q = store_query(
	    paper->edition, SQL("INSERT INTO banner (id, text, story, until_us,"
				" is_everywhere) VALUES (1, ?1, ?2, ?3, ?4)"));
	query_add_str(q, banner->text);
	query_add_i64(q, banner->story);
	query_add_instant(q, banner->until);
	query_add_i64(q, banner->is_everywhere);
	return query_run(q, NULL);
}

/* Every page has to be made anew: one of both stands on all of them, and they
 * are not the same. */
static bool is_everybodys(
    const struct paper_banner *was, const struct paper_banner *is)
{
	if (!was->is_everywhere && !is->is_everywhere)
		return false;
	return was->is_everywhere != is->is_everywhere ||
	       was->story != is->story || was->until.us != is->until.us ||
	       !str_eq(was->text, is->text);
}

enum rc front_put(struct paper *paper)
{
	struct paper_front f;
	struct paper_banner was = {.text = STR("")};
	enum rc rc = front_load(paper, paper->scratch, &f);

	if (rc == RC_OK)
		rc = banner_row(
		    store_query(paper->edition,
			SQL("SELECT text, story, until_us, is_everywhere"
			    " FROM banner WHERE id = 1")),
		    paper->scratch, &was);
	if (rc == RC_OK)
		rc = query_run(
		    store_query(paper->edition, SQL("DELETE FROM front")),
		    NULL);
	if (rc == RC_OK)
		rc = query_run(
		    store_query(paper->edition, SQL("DELETE FROM banner")),
		    NULL);
	for (size_t i = 0; rc == RC_OK && i < f.n; i++)
		rc = put_placed(paper, &f.v[i], i);
	if (rc == RC_OK)
		rc = put_banner(paper, &f.banner);
	if (rc == RC_OK && is_everybodys(&was, &f.banner))
		rc = edition_tell(paper, STR("paper"));
	return rc == RC_OK ? edition_tell(paper, STR("front")) : rc;
}
