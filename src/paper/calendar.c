/* SPDX-License-Identifier: MIT
 *
 * The calendar; see calendar.h. What has appeared is found by the list of all
 * stories in public.db, which is in order of time, and what is held back among
 * drafts, of which there are few: so a large archive costs nothing.
 */
#include "paper/calendar.h"

#include <stdlib.h>

#include "base/arena.h"
#include "paper/paper_priv.h"

struct dates {
	struct paper *paper;
	struct arena *a;
	struct instant from, to;
	struct paper_date *v;
	size_t n;
	struct err *err;
};

static void add(struct dates *d, enum paper_date_kind kind, struct instant at,
    const struct paper_story *story)
{
	d->v[d->n++] = (struct paper_date){kind, at, *story};
}

/* The numbers that Q gives. It is ended before anything else is read. */
static enum rc take_ids(struct query *q, int64_t *ids, size_t *ret_n)
{
	size_t n = 0;
	enum rc rc = RC_OK;

	while (n < PAPER_DATES_MOST && (rc = query_step(q)) == RC_OK)
		ids[n++] = query_i64(q, 0);
	query_end(q);
	*ret_n = n;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc add_published(struct dates *d, int64_t *ids)
{
	struct query *q = store_query(d->paper->edition,
	    SQL("SELECT id FROM listing WHERE list = 0"
		" AND published_us >= ?1 AND published_us < ?2"
		" ORDER BY published_us, id"));
	size_t n;
	enum rc rc;

	query_add_i64(q, d->from.us);
	query_add_i64(q, d->to.us);
	rc = take_ids(q, ids, &n);
	if (rc != RC_OK)
		return store_fail(
		    d->paper->edition, rc, "reading the calendar", d->err);
	for (size_t i = 0; i < n; i++) {
		struct paper_story story;

		rc = paper_show(d->paper, d->a, ids[i], &story, NULL, d->err);
		if (rc == RC_OK)
			add(d, PAPER_DATE_PUBLISHED, story.published, &story);
		else if (rc != RC_NOT_FOUND)
			return rc;
	}
	return RC_OK;
}

static enum rc add_scheduled(struct dates *d)
{
	struct paper_story *v;
	size_t n;
	enum rc rc =
	    paper_calendar(d->paper, d->a, d->from, d->to, &v, &n, d->err);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < n && i < PAPER_DATES_MOST; i++)
		add(d, PAPER_DATE_SCHEDULED, v[i].due, &v[i]);
	return RC_OK;
}

static enum rc add_embargoed(struct dates *d, int64_t *ids)
{
	struct query *q = store_query(
	    d->paper->db, SQL("SELECT id FROM story WHERE status IN (0, 1)"
			      " AND embargo_us >= ?1 AND embargo_us < ?2"
			      " ORDER BY embargo_us, id"));
	size_t n;
	enum rc rc;

	query_add_i64(q, d->from.us);
	query_add_i64(q, d->to.us);
	rc = take_ids(q, ids, &n);
	if (rc != RC_OK)
		return store_fail(
		    d->paper->db, rc, "reading the calendar", d->err);
	for (size_t i = 0; i < n; i++) {
		struct paper_story story;

		rc = paper_show(d->paper, d->a, ids[i], &story, NULL, d->err);
		if (rc == RC_OK)
			add(d, PAPER_DATE_EMBARGO, story.embargo, &story);
		else if (rc != RC_NOT_FOUND)
			return rc;
	}
	return RC_OK;
}

static int compare(const void *a, const void *b)
{
	const struct paper_date *x = a, *y = b;

	if (x->at.us != y->at.us)
		return x->at.us < y->at.us ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return x->story.id < y->story.id ? -1 : x->story.id > y->story.id;
}

enum rc paper_dates(struct paper *paper, struct arena *a, struct instant from,
    struct instant to, struct paper_date **ret_v, size_t *ret_n,
    struct err *err)
{
	struct dates d = {
	    .paper = paper,
	    .a = a,
	    .from = from,
	    .to = to,
	    .v = ARENA_ARRAY(a, struct paper_date, 3 * PAPER_DATES_MOST),
	    .err = err,
	};
	int64_t *ids = ARENA_ARRAY(a, int64_t, PAPER_DATES_MOST);
	enum rc rc = RC_OK;

	if (!d.v || !ids)
		return err_set(err, RC_NO_MEMORY, "no memory for a calendar");
	if (paper->edition)
		rc = add_published(&d, ids);
	if (rc == RC_OK)
		rc = add_scheduled(&d);
	if (rc == RC_OK)
		rc = add_embargoed(&d, ids);
	if (rc != RC_OK)
		return rc;
	if (d.n > 1)
		qsort(d.v, d.n, sizeof(d.v[0]), compare);
	*ret_v = d.v;
	*ret_n = d.n;
	return RC_OK;
}
