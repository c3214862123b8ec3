/* SPDX-License-Identifier: MIT
 *
 * Front page, stories, lists and notices; see pages.h. The archive is in
 * archive.c.
 *
 * The front page makes itself where nobody has arranged it: a new story with a
 * picture leads, the newest two others stand beside it, then come briefs, and
 * below them each section with its newest stories that are not above already.
 */
#include "site/pages.h"

#include "base/arena.h"
#include "page/page.h"
#include "paper/body.h"
#include "paper/front.h"
#include "site/site.h"

enum {
	FRONT_STORIES = 9, /* lead, seconds and briefs together */
	LEAD_AMONG = 6,	   /* how far down a lead with a picture is sought */
	FRONT_SECONDS = 2,
	BAND_STORIES = 4,
	LIST_STORIES = 30,
	DAY_STORIES = 100,
	RELATED = 4,
	LATEST = 6,
};

/* --- Front ------------------------------------------------------------ */

static bool is_shown(const struct public_story *v, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].id == id)
			return true;
	return false;
}

/* Moves the story at AT to the front; the others stay in their order. */
static void move_to_front(struct public_story *v, size_t at)
{
	struct public_story chosen = v[at];

	for (size_t i = at; i > 0; i--)
		v[i] = v[i - 1];
	v[0] = chosen;
}

/* The newest story with a picture leads if it is among the newest few, else
 * simply the newest; opinion never does while there is anything else. */
static void choose_lead(struct public_story *v, size_t n)
{
	size_t among = n < LEAD_AMONG ? n : LEAD_AMONG;

	for (size_t i = 0; i < among; i++) {
		if (v[i].is_opinion || v[i].picture.url.n == 0)
			continue;
		move_to_front(v, i);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		if (v[i].is_opinion)
			continue;
		move_to_front(v, i);
		return;
	}
}

static struct view_teasers part(
    const struct view_teasers *all, size_t from, size_t n)
{
	size_t end = from + n < all->n ? from + n : all->n;

	if (from >= end)
		return (struct view_teasers){NULL, 0};
	return (struct view_teasers){all->v + from, end - from};
}

/* The newest of one section that are not in V; *RET_BAND has none if all are
 * shown above. */
static enum rc fill_band(struct job *job, const struct public_link *section,
    const struct public_story *v, size_t n, struct view_band *ret_band)
{
	struct public_story *rows;
	size_t rows_n, kept = 0;
	enum rc rc = public_list(job->db, job->a, PUBLIC_SECTION, section->slug,
	    PUBLIC_KEY_NEWEST, false, FRONT_STORIES + BAND_STORIES, &rows,
	    &rows_n);

	if (rc && rc != RC_NOT_FOUND)
		return rc;
	if (rc)
		rows_n = 0;
	for (size_t i = 0; i < rows_n && kept < BAND_STORIES; i++)
		if (!is_shown(v, n, rows[i].id))
			rows[kept++] = rows[i];
	ret_band->section.name = section->name;
	ret_band->section.url =
	    job_url_list(job, PUBLIC_SECTION, section->slug);
	if (kept == 0)
		return RC_OK;
	return job_teasers(job, rows, kept, &ret_band->teasers);
}

static enum rc fill_bands(struct job *job, const struct public_story *v,
    size_t n, struct view_front *front)
{
	const struct public_links *sections = &job->settings->sections;
	struct view_band *bands =
	    ARENA_ARRAY(job->a, struct view_band, sections->n);
	size_t bands_n = 0;

	if (!bands)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < sections->n; i++) {
		enum rc rc =
		    fill_band(job, &sections->v[i], v, n, &bands[bands_n]);

		if (rc)
			return rc;
		if (bands[bands_n].teasers.n)
			bands_n++;
	}
	front->bands = bands;
	front->bands_n = bands_n;
	return RC_OK;
}

/* What is arranged, and behind it the newest that are not: the lead, SECONDS
 * of them beside it, and briefs. */
struct plan {
	struct public_story *v;
	size_t n;
	size_t seconds;
};

/* Fills the places that nobody has filled by hand. V are the newest. */
static enum rc plan_fill(struct job *job, const struct public_front *placed,
    struct public_story *v, size_t n, struct plan *ret_plan)
{
	size_t by_hand = placed->leads + placed->seconds + placed->briefs;
	struct plan plan = {
	    .v = ARENA_ARRAY(job->a, struct public_story, by_hand + n + 1),
	    .seconds = placed->seconds > FRONT_SECONDS ? placed->seconds
						       : FRONT_SECONDS,
	};
	size_t seconds_end = placed->leads + placed->seconds;
	size_t next = 0, free = 0;

	if (!plan.v)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < n; i++)
		if (!is_shown(placed->v, by_hand, v[i].id))
			v[free++] = v[i];
	if (placed->leads)
		plan.v[plan.n++] = placed->v[0];
	else
		choose_lead(v, free);
	if (!placed->leads && free > 0)
		plan.v[plan.n++] = v[next++];
	for (size_t i = placed->leads; i < seconds_end; i++)
		plan.v[plan.n++] = placed->v[i];
	while (plan.n < 1 + plan.seconds && next < free)
		plan.v[plan.n++] = v[next++];
	for (size_t i = seconds_end; i < by_hand; i++)
		plan.v[plan.n++] = placed->v[i];
	while (plan.n < FRONT_STORIES && next < free)
		plan.v[plan.n++] = v[next++];
	*ret_plan = plan;
	return RC_OK;
}

static enum rc read_front(
    struct job *job, struct plan *ret_plan, struct view_link *ret_breaking)
{
	struct public_front placed;
	struct public_story *v;
	size_t n;
	enum rc rc = job->plan
			 ? public_front_planned(
			       job->db, job->a, job->now, job->plan, &placed)
			 : public_front(job->db, job->a, job->now, &placed);

	if (rc == RC_OK)
		rc = public_list(job->db, job->a, PUBLIC_ALL, STR_NONE,
		    PUBLIC_KEY_NEWEST, false, 2 * FRONT_STORIES, &v, &n);
	if (rc)
		return rc;
	job_expire(job, placed.next);
	job_turn(job, placed.last);
	ret_breaking->name = placed.banner;
	if (placed.banner_path.n)
		ret_breaking->url = job_url_path(job, placed.banner_path);
	return plan_fill(job, &placed, v, n, ret_plan);
}

/* Who stands where, for whoever looks at it beforehand. */
static void tell_front(struct site_front *front, const struct plan *plan)
{
	front->n = 0;
	front->seconds = plan->seconds;
	for (size_t i = 0; i < plan->n && i < SITE_FRONT_MOST; i++)
		front->ids[front->n++] = plan->v[i].id;
}

enum rc pages_front(struct job *job)
{
	struct view_front front = {.today = job_civil(job, job->now)};
	struct view_teasers all;
	struct plan plan;
	enum rc rc;

	/* That is told with each change of a story or a picture. Their own tags
	 * would be too many, where there are many sections. */
	job_tag(job, STR("front"), STR_NONE);
	job->is_front = true;
	/* For the date line. */
	job_expire(job, job_midnight(job));
	job_turn(job, job_today(job));
	rc = read_front(job, &plan, &front.breaking);
	if (rc == RC_OK && job->ret_front)
		tell_front(job->ret_front, &plan);
	if (rc == RC_OK)
		rc = job_teasers(job, plan.v, plan.n, &all);
	if (rc == RC_OK)
		rc = fill_bands(job, plan.v, plan.n, &front);
	if (rc)
		return rc;
	front.lead = part(&all, 0, 1);
	front.seconds = part(&all, 1, plan.seconds);
	front.briefs = part(&all, 1 + plan.seconds, plan.n);
	page_front(job->out, job->paper, &front);
	return buf_rc(job->out);
}

/* --- Stories ---------------------------------------------------------- */

static enum rc fill_translations(
    struct job *job, const struct public_story *story, struct view_story *view)
{
	struct view_translation *v =
	    ARENA_ARRAY(job->a, struct view_translation, story->translations_n);

	if (!v)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < story->translations_n; i++)
		v[i] = (struct view_translation){
		    story->translations[i].lang, story->translations[i].url};
	view->translations = v;
	view->translations_n = story->translations_n;
	return RC_OK;
}

enum rc pages_related(struct job *job, const struct public_story *story,
    struct view_teasers *ret_related)
{
	struct public_story *related;
	size_t n;
	enum rc rc =
	    public_related(job->db, job->a, story, RELATED, &related, &n);

	if (rc == RC_NOT_FOUND)
		return RC_OK;
	return rc ? rc : job_teasers(job, related, n, ret_related);
}

/* A story that leaves the section of this one, or comes to it below this one,
 * changes what the page names there. */
static void tag_places(struct job *job, const struct public_story *story)
{
	if (story->section.slug.n)
		job_tag(job, STR("left:section:"), story->section.slug);
	for (size_t i = 0; i < story->tags.n; i++)
		job_tag(job, STR("left:tag:"), story->tags.v[i].slug);
}

static enum rc fill_story(
    struct job *job, const struct public_story *story, struct view_story *view)
{
	enum rc rc = job_teaser(job, story, &view->head);

	if (rc == RC_OK)
		rc = paper_body(
		    job->a, story->body, view->head.lang, &view->body);
	if (rc == RC_OK)
		rc = job_pictures(
		    job, view->body, view->head.lang, &view->pictures);
	if (rc == RC_OK)
		rc = job_links(job, PUBLIC_TAG, &story->tags, &view->tags);
	if (rc == RC_OK)
		rc = job_corrections(
		    job, story, &view->corrections, &view->corrections_n);
	if (rc == RC_OK)
		rc = fill_translations(job, story, view);
	if (rc)
		return rc;
	if (story->has_versions)
		view->versions_url = arena_printf(
		    job->a, "%.*s/versions", STR_ARG(view->head.url));
	view->words = node_words(view->body);
	tag_places(job, story);
	return pages_related(job, story, &view->related);
}

enum rc pages_story(struct job *job)
{
	struct view_story view = {0};
	struct public_story story = {0};
	enum public_state state;
	struct str text;
	enum rc rc = public_story(
	    job->db, job->a, job->route.path, &state, &story, &text);

	if (rc)
		return rc;
	job_tag_story(job, story.id);
	switch (state) {
	case PUBLIC_LIVE:
		break;
	case PUBLIC_MOVED:
		job->status = 301;
		job->is_html = false;
		job->location = job_url_path(job, text);
		return job->location.n ? RC_OK : RC_NO_MEMORY;
	case PUBLIC_WITHDRAWN:
		return pages_notice(job, 410, text, true);
	}
	rc = fill_story(job, &story, &view);
	if (rc)
		return rc;
	page_story(job->out, job->paper, &view);
	return buf_rc(job->out);
}

/* --- Lists ------------------------------------------------------------ */

static struct public_key key_of(const struct public_story *story)
{
	return (struct public_key){story->published.us, story->id};
}

/* The stories of one page of a list, newest first. */
struct slice {
	struct public_story *v;
	size_t n;
	bool has_older;
};

/* The first page, or what stands behind a key: then the key's own story is
 * read too, and must be there, so that made-up keys make no pages. */
static enum rc cut_slice(const struct route *r, struct public_story *v,
    size_t n, size_t most, struct slice *ret_slice)
{
	size_t skip = r->paging == PAGING_FIRST ? 0 : 1;

	if (skip && (n < 2 || v[0].id != r->key.id ||
			v[0].published.us != r->key.published_us))
		return RC_NOT_FOUND;
	n -= skip;
	*ret_slice = (struct slice){
	    .v = v + skip, .n = n > most ? most : n, .has_older = n > most};
	return RC_OK;
}

/* Where reading starts so that the story at the route's key is the first. */
static struct public_key start_of(const struct route *r)
{
	if (r->paging == PAGING_FIRST)
		return PUBLIC_KEY_NEWEST;
	return (struct public_key){r->key.published_us, r->key.id + 1};
}

/* Which page of SIZE stories this is, and the links to those beside it. ABOVE
 * is looked at on all but the first. */
static void fill_paging(struct job *job, const struct slice *slice,
    uint32_t size, const struct public_above *above, struct view_list *view)
{
	const struct route *r = &job->route;
	struct str base = job_url_path(job, r->path);
	struct job_page page = {.number = 1, .url = base};

	if (r->paging != PAGING_FIRST)
		page = job_page(job, base, r->key, size, above);
	view->url = page.url;
	view->page = page.number;
	view->newer = page.newer;
	if (slice->has_older)
		view->older = job_url_page(
		    job, base, PAGING_BEFORE, key_of(&slice->v[slice->n - 1]));
}

static enum rc put_list(
    struct job *job, const struct slice *slice, struct view_list *view)
{
	enum rc rc = job_teasers(job, slice->v, slice->n, &view->teasers);

	if (rc == RC_OK && arena_is_spent(job->a))
		rc = RC_NO_MEMORY;
	if (rc)
		return rc;
	page_list(job->out, job->paper, view);
	return buf_rc(job->out);
}

static enum view_list_kind kind_of(enum public_list list)
{
	return list == PUBLIC_SECTION  ? VIEW_SECTION
	       : list == PUBLIC_PERSON ? VIEW_PERSON
				       : VIEW_TAG;
}

/* "after" a key is the page that ends above it. Its own address says before
 * which story it begins. */
static enum rc list_after(struct job *job)
{
	const struct route *r = &job->route;
	struct public_above above;
	enum rc rc = public_list_above(
	    job->db, r->list, r->slug, r->key, LIST_STORIES + 1, 1, &above);

	return rc ? rc : job_after(job, job_url_path(job, r->path), &above);
}

enum rc pages_list(struct job *job)
{
	const struct route *r = &job->route;
	struct view_list view = {.kind = kind_of(r->list)};
	struct public_above above = {0};
	struct slice slice;
	struct public_story *v;
	size_t n;
	enum rc rc = public_name(
	    job->db, job->a, r->list, r->slug, &view.title, &view.about);

	if (rc)
		return rc;
	job_tag(job,
	    r->list == PUBLIC_SECTION  ? STR("section:")
	    : r->list == PUBLIC_PERSON ? STR("person:")
				       : STR("tag:"),
	    r->slug);
	if (r->paging == PAGING_AFTER)
		return list_after(job);
	rc = public_list(job->db, job->a, r->list, r->slug, start_of(r), false,
	    LIST_STORIES + 2, &v, &n);
	if (rc == RC_OK)
		rc = cut_slice(r, v, n, LIST_STORIES, &slice);
	if (rc == RC_OK && r->paging != PAGING_FIRST)
		rc = public_list_above(job->db, r->list, r->slug, r->key,
		    LIST_STORIES, LIST_STORIES * JOB_PAGES_COUNTED, &above);
	if (rc)
		return rc;
	fill_paging(job, &slice, LIST_STORIES, &above, &view);
	if (r->list != PUBLIC_TAG)
		view.feed = job_url_path(job, r->path);
	return put_list(job, &slice, &view);
}

/* The days beside it that have stories. */
static enum rc fill_day(struct job *job, struct view_list *view)
{
	enum rc rc =
	    public_day_beside(job->db, view->day, true, &view->day_after);

	job_tag(job, STR("days"), STR_NONE);
	if (rc == RC_OK || rc == RC_NOT_FOUND)
		rc = public_day_beside(
		    job->db, view->day, false, &view->day_before);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc pages_day(struct job *job)
{
	const struct route *r = &job->route;
	struct view_list view = {.kind = VIEW_DAY,
	    .day = {.year = r->year, .month = r->month, .day = r->day}};
	struct public_above above = {0};
	struct slice slice = {0};
	struct public_story *v;
	size_t n;
	enum rc rc;

	job_tag_date(job, STR("day:"), r->year, r->month, r->day);
	rc = public_day(job->db, job->a, r->year, r->month, r->day, start_of(r),
	    DAY_STORIES + 2, &v, &n);
	if (rc)
		return rc;
	if (n == 0)
		return RC_NOT_FOUND;
	rc = cut_slice(r, v, n, DAY_STORIES, &slice);
	/* With the weekday, which the page shows. */
	view.day = civil_at(civil_instant(view.day), 0);
	if (rc == RC_OK && r->paging != PAGING_FIRST)
		rc = public_day_above(job->db, view.day, r->key, DAY_STORIES,
		    DAY_STORIES * JOB_PAGES_COUNTED, &above);
	if (rc == RC_OK)
		rc = fill_day(job, &view);
	if (rc)
		return rc;
	fill_paging(job, &slice, DAY_STORIES, &above, &view);
	return put_list(job, &slice, &view);
}

/* --- The rest --------------------------------------------------------- */

enum rc pages_about(struct job *job)
{
	struct view_about view = {.url = STR("/about")};
	struct str text = job->settings->about;
	const struct view_links *policies = &job->paper->policies;
	enum rc rc;

	for (size_t i = 0; job->route.slug.n > 0 && i < PAPER_POLICIES; i++)
		if (str_eq(job->route.slug, paper_policy_name(i)))
			text = job->settings->policies[i];
	if (job->route.slug.n > 0) {
		view.url = job->route.path;
		for (size_t i = 0; i < policies->n; i++)
			if (str_eq(policies->v[i].url, view.url))
				view.title = policies->v[i].name;
		/* One that says nothing is not there. */
		if (view.title.n == 0)
			return RC_NOT_FOUND;
	}
	rc = paper_body(job->a, text, job->paper->lang, &view.body);
	if (rc)
		return rc;
	page_about(job->out, job->paper, &view);
	return buf_rc(job->out);
}

enum rc pages_redirect(struct job *job)
{
	struct str to;
	enum rc rc = public_redirect(job->db, job->a, job->route.path, &to);

	if (rc)
		return rc;
	job_tag(job, STR("redirects"), STR_NONE);
	job_tag(job, STR("redirect:"), job->route.path);
	job->status = 301;
	job->is_html = false;
	job->location = job_url_path(job, to);
	return job->location.n ? RC_OK : RC_NO_MEMORY;
}

enum rc pages_notice(
    struct job *job, unsigned status, struct str note, bool has_latest)
{
	struct view_notice view = {.status = status, .note = note};

	job->status = status;
	if (has_latest) {
		struct public_story *v;
		size_t n;
		enum rc rc = public_list(job->db, job->a, PUBLIC_ALL, STR_NONE,
		    PUBLIC_KEY_NEWEST, false, LATEST, &v, &n);

		if (rc == RC_OK)
			rc = job_teasers(job, v, n, &view.latest);
		if (rc)
			return rc;
		job_tag(job, STR("front"), STR_NONE);
	}
	page_notice(job->out, job->paper, &view);
	return buf_rc(job->out);
}
