/* SPDX-License-Identifier: MIT
 *
 * What all pages are made with; see job.h.
 */
#include "site/job.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/must.h"
#include "base/zone.h"
#include "paper/body.h"

enum {
	TAG_MAX = 500,
	URL_MAX = 4096,
	DAY_S = 24 * 60 * 60,
};

/* --- Tags ------------------------------------------------------------- */

static void date_tag(struct job *job, struct str tag)
{
	int64_t at_s;

	if (!job->is_dated)
		return;
	if (public_told(job->db, tag, &at_s) != RC_OK)
		job->is_dated = false;
	else if (at_s > job->told_s)
		job->told_s = at_s;
}

void job_tag(struct job *job, struct str prefix, struct str name)
{
	char tag[TAG_MAX];
	int n;

	if (job->is_front)
		return;
	n = snprintf(
	    tag, sizeof(tag), "%.*s%.*s", STR_ARG(prefix), STR_ARG(name));
	if (n < 0 || (size_t)n >= sizeof(tag) ||
	    job->tags_n == CACHE_TAGS_MAX) {
		job->has_all_tags = false;
		job->is_dated = false;
		return;
	}
	job->tags[job->tags_n++] =
	    cache_tag(job->cache, (struct str){tag, (size_t)n});
	date_tag(job, (struct str){tag, (size_t)n});
}

void job_tag_story(struct job *job, int64_t id)
{
	char text[32];
	int n = snprintf(text, sizeof(text), "%lld", (long long)id);

	job_tag(job, STR("story:"), (struct str){text, (size_t)n});
}

void job_tag_date(struct job *job, struct str prefix, int32_t year,
    uint8_t month, uint8_t day)
{
	char text[48];
	int n = snprintf(text, sizeof(text), "%04d-%02u-%02u", (int)year,
	    (unsigned)month, (unsigned)day);

	must(n >= 10);
	job_tag(job, prefix,
	    str_part((struct str){text, (size_t)n}, 0,
		!month ? 4u
		: !day ? 7u
		       : (size_t)n));
}

/* --- Times ------------------------------------------------------------ */

void job_turn(struct job *job, struct instant when)
{
	if (when.us > job->turned.us)
		job->turned = when;
}

void job_expire(struct job *job, struct instant when)
{
	if (when.us < job->expires.us)
		job->expires = when;
}

struct civil job_civil(const struct job *job, struct instant t)
{
	return zone_civil(job->zone, t);
}

static bool is_same_day(struct civil a, struct civil b)
{
	return a.year == b.year && a.month == b.month && a.day == b.day;
}

/* Where today ends between the second SAME, which is of it, and OTHER, which is
 * not: the two are moved together by halving. Days have 23 to 25 hours, some
 * places once skipped one. */
static void find_edge(const struct job *job, int64_t *same, int64_t *other)
{
	struct civil today = job_civil(job, job->now);

	while (*same - *other > 1 || *other - *same > 1) {
		int64_t middle = *same + (*other - *same) / 2;

		if (is_same_day(today, job_civil(job, INSTANT_OF_S(middle))))
			*same = middle;
		else
			*other = middle;
	}
}

struct instant job_midnight(const struct job *job)
{
	int64_t same = instant_s(job->now);
	int64_t other = same + 2 * DAY_S;

	find_edge(job, &same, &other);
	return INSTANT_OF_S(other);
}

struct instant job_today(const struct job *job)
{
	int64_t same = instant_s(job->now);
	int64_t other = same - 2 * DAY_S;

	find_edge(job, &same, &other);
	return INSTANT_OF_S(same);
}

/* --- Addresses -------------------------------------------------------- */

static struct str url_done(const struct buf *b)
{
	return buf_rc(b) == RC_OK ? buf_str(b) : STR_NONE;
}

struct str job_url_list(struct job *job, enum public_list list, struct str slug)
{
	struct buf b;

	if (list == PUBLIC_ALL)
		return STR("/");
	buf_init_arena(&b, job->a, URL_MAX);
	route_list(&b, list, slug);
	return url_done(&b);
}

struct str job_url_page(struct job *job, struct str base,
    enum route_paging paging, struct public_key key)
{
	struct buf b;

	buf_init_arena(&b, job->a, URL_MAX);
	route_page(&b, base, paging, key);
	return url_done(&b);
}

struct job_page job_page(struct job *job, struct str base,
    struct public_key key, uint32_t size, const struct public_above *above)
{
	uint64_t pages = above->count / size + 1;

	return (struct job_page){
	    .number = pages < JOB_PAGES_COUNTED ? (uint32_t)pages + 1 : 0,
	    .url = job_url_page(job, base, PAGING_BEFORE, key),
	    .newer = above->has_step
			 ? job_url_page(job, base, PAGING_BEFORE, above->step)
			 : base,
	};
}

enum rc job_after(
    struct job *job, struct str base, const struct public_above *above)
{
	job->status = 302;
	job->is_html = false;
	job->location = above->has_step ? job_url_page(job, base, PAGING_BEFORE,
					      above->step)
					: base;
	return job->location.n ? RC_OK : RC_NO_MEMORY;
}

struct str job_url_path(struct job *job, struct str path)
{
	struct buf b;

	buf_init_arena(&b, job->a, URL_MAX);
	route_encode(&b, path);
	return url_done(&b);
}

struct str job_url_notices(struct job *job, struct str path)
{
	struct str url = job_url_path(job, path);

	return url.p ? arena_printf(job->a, "%.*s#corrections", STR_ARG(url))
		     : STR_NONE;
}

/* --- Rows to views ---------------------------------------------------- */

enum rc job_links(struct job *job, enum public_list list,
    const struct public_links *links, struct view_links *ret_links)
{
	struct view_link *v = ARENA_ARRAY(job->a, struct view_link, links->n);

	if (!v)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < links->n; i++) {
		v[i].name = links->v[i].name;
		if (links->v[i].slug.n)
			v[i].url = job_url_list(job, list, links->v[i].slug);
	}
	*ret_links = (struct view_links){v, links->n};
	return arena_is_spent(job->a) ? RC_NO_MEMORY : RC_OK;
}

enum rc job_teaser(struct job *job, const struct public_story *story,
    struct view_teaser *ret_teaser)
{
	struct str lang = story->lang.n ? story->lang : job->paper->lang;
	struct view_teaser t = {
	    .url = job_url_path(job, story->path),
	    .headline = paper_line(job->a, story->headline, lang),
	    .kicker = paper_line(job->a, story->kicker, lang),
	    .standfirst = paper_line(job->a, story->standfirst, lang),
	    .lang = lang,
	    .dateline = paper_line(job->a, story->dateline, lang),
	    .published = job_civil(job, story->published),
	    .updated = job_civil(job, story->updated),
	    .has_updated = story->updated.us > story->published.us,
	    .has_corrections = story->has_corrections,
	    .is_opinion = story->is_opinion,
	};
	enum rc rc = job_links(job, PUBLIC_PERSON, &story->people, &t.byline);

	if (rc == RC_OK)
		rc = job_picture(job, &story->picture, &t.picture);
	if (rc)
		return rc;
	job_polish(job, &t.picture, lang);
	if (story->section.slug.n) {
		t.section.name = story->section.name;
		t.section.url =
		    job_url_list(job, PUBLIC_SECTION, story->section.slug);
	}
	if (arena_is_spent(job->a))
		return RC_NO_MEMORY;
	*ret_teaser = t;
	return RC_OK;
}

enum rc job_teasers(struct job *job, const struct public_story *v, size_t n,
    struct view_teasers *ret_teasers)
{
	struct view_teaser *teasers =
	    ARENA_ARRAY(job->a, struct view_teaser, n);

	if (!teasers)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < n; i++) {
		enum rc rc = job_teaser(job, &v[i], &teasers[i]);

		if (rc)
			return rc;
		job_tag_story(job, v[i].id);
	}
	*ret_teasers = (struct view_teasers){teasers, n};
	return RC_OK;
}

enum view_change job_change(enum paper_change change)
{
	switch (change) {
	case PAPER_FIRST:
		return VIEW_FIRST;
	case PAPER_CORRECTION:
		return VIEW_CORRECTION;
	case PAPER_CLARIFICATION:
		return VIEW_CLARIFICATION;
	case PAPER_UPDATE:
		return VIEW_UPDATE;
	case PAPER_TYPO:
		return VIEW_TYPO;
	}
	unreachable("a change without a name");
}

struct view_correction job_correction(
    struct job *job, const struct public_correction *c, struct str lang)
{
	return (struct view_correction){
	    /* A day is the paper's; a time was written in any zone. */
	    .date = c->date.has_time ? job_civil(job, c->at) : c->date,
	    .text = paper_line(job->a, c->text, lang),
	    .change = job_change(c->change),
	    .is_at_head = c->place == PAPER_HEAD,
	};
}

enum rc job_corrections(struct job *job, const struct public_story *story,
    const struct view_correction **ret_v, size_t *ret_n)
{
	struct str lang = story->lang.n ? story->lang : job->paper->lang;
	struct view_correction *v =
	    ARENA_ARRAY(job->a, struct view_correction, story->corrections_n);

	if (!v)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < story->corrections_n; i++)
		v[i] = job_correction(job, &story->corrections[i], lang);
	*ret_v = v;
	*ret_n = story->corrections_n;
	return RC_OK;
}
