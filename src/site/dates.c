/* SPDX-License-Identifier: MIT
 *
 * When a page last changed (Last-Modified, RFC 9110 8.8.2). It is found in what
 * the page was made from, so that every reader says the same of one state:
 *
 *	"all"	since when every page is as it is: settings, sections, the
 *		banner, the style sheet and all else that is built in
 *	tags	when what the page shows was told (paper/told.h)
 *	turned	when it changed by itself: a new day's date line, an end that
 *		was set for a place on the front page or a banner, a story too
 *		old for the news sitemap
 *
 * The newest of these is said once it is past; until then, less than a second
 * as a rule, the page has none, and is made anew when it has. What turned is
 * said a second later: something can still be told within that second.
 *
 * Who asks by the date alone (If-Modified-Since) is told what the ETag would
 * have told them. So no date is said where none is known:
 *
 *	- on pages that call for gifts, and the support pages: amounts and
 *	  runway are the till's, which says what they are, not since when;
 *	- on answers that are not 200;
 *	- while readers were not yet told that other pages are made now;
 *	- on pages with more tags than are kept.
 *
 * Not known here, and so not dated: that the machine's table of time zones was
 * changed. A file of pictures/ has the time of its own last change instead.
 */
#include "base/arena.h"
#include "site/site_priv.h"

enum { TICK_US = 20000 }; /* of a file system's clock, at most */

static bool is_as_told(struct site *site, struct arena *a)
{
	struct str text;

	if (!site->config.made_by.n)
		return true;
	return public_made_by(site->config.db, a, &text) == RC_OK &&
	       str_eq(text, site->config.made_by);
}

enum rc dates_base(
    struct site *site, struct arena *a, int64_t banner, int64_t *ret_s)
{
	struct str tag = arena_printf(a, "story:%lld", (long long)banner);
	int64_t all = 0, at_s = 0;
	enum rc rc = public_told(site->config.db, STR("all"), &all);

	if (rc == RC_OK && !tag.p)
		rc = RC_NO_MEMORY;
	if (rc == RC_OK && banner > 0)
		rc = public_told(site->config.db, tag, &at_s);
	if (rc != RC_OK)
		return rc;
	*ret_s = all == 0 || !is_as_told(site, a) ? 0 : at_s > all ? at_s : all;
	return RC_OK;
}

/* The first full second not before T. */
static int64_t second_of(struct instant t)
{
	int64_t s = instant_s(t);

	return t.us > INSTANT_OF_S(s).us ? s + 1 : s;
}

static bool can_be_dated(struct site *site, const struct job *job)
{
	int64_t base_s;

	if (!job->is_dated || job->status != 200 || !site->base_s ||
	    job->route.kind == ROUTE_PICTURE)
		return false;
	if (site->giving && (job->is_html || route_is_support(&job->route)))
		return false;
	/* The settings were told anew, and are not read yet. */
	return dates_base(site, job->a, site->banner_story, &base_s) == RC_OK &&
	       base_s == site->base_s;
}

void dates_put(struct site *site, struct job *job)
{
	int64_t turned_s = second_of(job->turned);
	int64_t at_s = site->base_s > job->told_s ? site->base_s : job->told_s;
	int64_t from_s = at_s > turned_s ? at_s : turned_s + 1;

	if (job->modified.us != INSTANT_NEVER.us || !can_be_dated(site, job))
		return;
	if (turned_s > at_s)
		at_s = turned_s;
	if (instant_s(job->now) < from_s)
		job_expire(job, INSTANT_OF_S(from_s));
	else
		job->modified = INSTANT_OF_S(at_s);
}

void dates_file(struct job *job)
{
	/* What is written within one tick has one time. */
	struct instant told = {job->modified.us + TICK_US};
	int64_t from_s = instant_s(told) + 1;

	if (job->modified.us == INSTANT_NEVER.us ||
	    instant_s(job->now) >= from_s)
		return;
	job->modified = INSTANT_NEVER;
	job_expire(job, INSTANT_OF_S(from_s));
}
