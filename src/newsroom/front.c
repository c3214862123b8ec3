/* SPDX-License-Identifier: MIT
 *
 * The front page: arranging it (page/desk_front.c says how that works), the
 * banner above it, and how both will look to readers.
 */
#include "newsroom/front.h"

#include "newsroom/moment.h"
#include "newsroom/newsroom_priv.h"
#include "newsroom/seen.h"
#include "newsroom/settings.h"
#include "newsroom/story.h"
#include "newsroom/visit.h"
#include "page/desk_front.h"
#include "page/page.h"
#include "paper/audit.h"

enum { OFFERS = 20, URL_MAX = 8 * 1024, UNTIL_BYTES = 24 };

/* The screen while it is made. */
struct desk_front {
	struct visit *v;
	struct paper_front front; /* as it is */
	struct arrangement plan;  /* as it would be */
	struct view_desk_front view;
	struct str banner; /* as it is, in one text; empty: none */
	struct err err;
};

/* "2026-11-28T06:00", as a browser's field has it; empty: never. */
static struct str typed(struct visit *v, struct instant t)
{
	struct civil c;

	if (t.us == INSTANT_NEVER.us)
		return STR("");
	c = visit_civil(v, t);
	return arena_printf(v->a, "%04d-%02u-%02uT%02u:%02u", (int)c.year,
	    (unsigned)c.month, (unsigned)c.day, (unsigned)c.hour,
	    (unsigned)c.minute);
}

static void plan_of_front(
    struct visit *v, const struct paper_front *front, struct arrangement *plan)
{
	plan->n = 0;
	for (size_t i = 0; i < front->n; i++)
		plan->v[plan->n++] = (struct arrangement_row){
		    .slot = front->v[i].slot,
		    .story = front->v[i].story,
		    .until = typed(v, front->v[i].until),
		};
}

static bool is_same(const struct arrangement *a, const struct arrangement *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (a->v[i].slot != b->v[i].slot ||
		    a->v[i].story != b->v[i].story ||
		    !str_eq(a->v[i].until, b->v[i].until))
			return false;
	return true;
}

/* The banner of the form as one value: a line for each field. */
static struct str banner_text(const struct desk_front *d)
{
	const struct view_desk_front *view = &d->view;

	if (str_blank(view->banner))
		return STR("");
	return arena_printf(d->v->a, "%.*s\n%.*s\n%.*s\n%s",
	    STR_ARG(view->banner), STR_ARG(view->banner_story),
	    STR_ARG(view->banner_until), view->is_banner_everywhere ? "*" : "");
}

static enum rc front_begin(struct desk_front *d, struct visit *v)
{
	*d = (struct desk_front){.v = v,
	    .view = {.fault = MSG_COUNT,
		.banner_fault = MSG_COUNT,
		.story_fault = MSG_COUNT,
		.until_fault = MSG_COUNT}};
	enum rc rc = paper_front(v->paper, v->a, &d->front, &d->err);

	if (rc != RC_OK)
		return rc;
	plan_of_front(v, &d->front, &d->plan);
	d->view.number = d->front.number;
	d->view.banner = d->front.banner.text;
	d->view.has_banner =
	    d->front.banner.text.n > 0 && d->front.banner.until.us > v->now.us;
	if (d->front.banner.story > 0)
		d->view.banner_story = arena_printf(
		    v->a, "%lld", (long long)d->front.banner.story);
	d->view.banner_until = typed(v, d->front.banner.until);
	d->view.is_banner_everywhere = d->front.banner.is_everywhere;
	d->banner = banner_text(d);
	return seen_write(v, &d->banner, 1, &d->view.banner_seen, &d->err);
}

/* When a row ends. An hour that comes twice ends with the second: until then
 * it was to stand there. False: it is no time. */
static bool until_of(const struct visit *v, const struct arrangement_row *row,
    struct instant *ret_until, enum msg *ret_fault)
{
	struct moment m =
	    moment_read_both(visit_zone(v), row->until, STR("later"));

	*ret_until = m.fit == MOMENT_EMPTY ? INSTANT_NEVER : m.at;
	*ret_fault = MSG_COUNT;
	if (m.fit == MOMENT_FAULTY)
		*ret_fault = MSG_FRONT_UNTIL_FAULT;
	if (m.fit == MOMENT_GAP)
		*ret_fault = MSG_WHEN_GAP;
	return *ret_fault == MSG_COUNT;
}

/* The plan as rows for paper/. What is no time counts as none. */
static enum rc placed_of(struct desk_front *d, struct paper_placed **ret_v)
{
	struct paper_placed *v =
	    ARENA_ARRAY(d->v->a, struct paper_placed, d->plan.n);

	if (!v)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < d->plan.n; i++) {
		enum msg fault;
		struct instant until;

		if (!until_of(d->v, &d->plan.v[i], &until, &fault))
			until = INSTANT_NEVER;
		v[i] = (struct paper_placed){.slot = d->plan.v[i].slot,
		    .story = d->plan.v[i].story,
		    .until = until};
	}
	*ret_v = v;
	return RC_OK;
}

/* --- The screen -------------------------------------------------------- */

static enum rc fill_rows(struct desk_front *d)
{
	struct visit *v = d->v;
	struct view_placed *rows =
	    ARENA_ARRAY(v->a, struct view_placed, d->plan.n);
	size_t n = 0;

	if (!rows)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < d->plan.n; i++) {
		const struct arrangement_row *row = &d->plan.v[i];
		struct view_placed *view = &rows[n];
		struct paper_story story;
		struct instant until;
		enum rc rc = paper_show(
		    v->paper, v->a, row->story, &story, NULL, &d->err);

		if (rc == RC_NOT_FOUND)
			continue;
		if (rc != RC_OK)
			return rc;
		*view = (struct view_placed){
		    .slot = (int)row->slot,
		    .story = row->story,
		    .headline = story.headline,
		    .status = (int)story.status,
		    .until = row->until,
		};
		(void)until_of(v, row, &until, &view->fault);
		view->has_ended = until.us <= v->now.us;
		d->plan.v[n++] = *row;
	}
	d->plan.n = n;
	d->view.v = rows;
	d->view.n = n;
	return RC_OK;
}

/* What would fill itself, as the readers' page says. */
static enum rc fill_fills(struct desk_front *d)
{
	struct visit *v = d->v;
	struct newsroom_front shown = {.now = v->now};
	struct view_offered *fills =
	    ARENA_ARRAY(v->a, struct view_offered, NEWSROOM_FRONT_MOST);
	struct paper_placed *placed;
	enum rc rc = fills ? placed_of(d, &placed) : RC_NO_MEMORY;

	if (rc != RC_OK || !v->n->config.front_page)
		return rc;
	shown.front = d->front;
	shown.front.v = placed;
	shown.front.n = d->plan.n;
	rc = v->n->config.front_page(
	    v->n->config.ctx, v->a, &shown, NULL, &d->err);
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < shown.n; i++) {
		struct paper_story story;
		bool is_placed = false;

		for (size_t k = 0; k < d->plan.n; k++)
			is_placed |= d->plan.v[k].story == shown.ids[i];
		if (is_placed || paper_show(v->paper, v->a, shown.ids[i],
				     &story, NULL, NULL) != RC_OK)
			continue;
		fills[d->view.fills_n++] = (struct view_offered){
		    .slot = i == 0		 ? PAPER_LEAD
			    : i <= shown.seconds ? PAPER_SECOND
						 : PAPER_BRIEF,
		    .story = shown.ids[i],
		    .headline = story.headline,
		    .status = (int)story.status,
		};
	}
	d->view.fills = fills;
	return RC_OK;
}

static bool is_on_page(const struct desk_front *d, int64_t story)
{
	for (size_t i = 0; i < d->plan.n; i++)
		if (d->plan.v[i].story == story)
			return true;
	for (size_t i = 0; i < d->view.fills_n; i++)
		if (d->view.fills[i].story == story)
			return true;
	return false;
}

/* Of each status that can stand on the page, the newest that are not there. */
static enum rc fill_offers(struct desk_front *d)
{
	static const enum paper_status kinds[] = {
	    PAPER_SCHEDULED, PAPER_PUBLISHED};
	struct visit *v = d->v;
	struct view_offered *offers =
	    ARENA_ARRAY(v->a, struct view_offered, 2 * OFFERS);
	struct paper_filter filter = {
	    .has_status = true, .text = d->view.words};

	if (!offers)
		return RC_NO_MEMORY;
	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
		struct paper_story *list;
		size_t n;
		enum rc rc;

		filter.status = kinds[k];
		rc = paper_list(v->paper, v->a, &filter, INT64_MAX, OFFERS,
		    &list, &n, &d->err);
		if (rc != RC_OK)
			return rc;
		for (size_t i = 0; i < n; i++)
			if (!is_on_page(d, list[i].id))
				offers[d->view.offers_n++] =
				    (struct view_offered){
					.story = list[i].id,
					.headline = list[i].headline,
					.status = (int)list[i].status,
				    };
	}
	d->view.offers = offers;
	return RC_OK;
}

static struct entity *front_page(struct desk_front *d, unsigned status)
{
	struct visit *v = d->v;
	struct view_desk desk = visit_desk(v, MSG_RAIL_FRONT);
	struct paper_settings settings;
	struct arrangement now;
	struct buf *b = visit_buf(v);
	struct buf url;
	enum rc rc = b ? paper_settings(v->paper, v->a, &settings, &d->err)
		       : RC_NO_MEMORY;

	if (rc == RC_OK)
		rc = fill_rows(d);
	if (rc == RC_OK)
		rc = fill_fills(d);
	if (rc == RC_OK)
		rc = fill_offers(d);
	if (rc != RC_OK)
		return visit_failed(v, rc, &d->err);
	plan_of_front(v, &d->front, &now);
	d->view.is_changed = !is_same(&now, &d->plan);
	buf_init_arena(&url, v->a, URL_MAX);
	buf_lit(&url, "/front/preview?all=1");
	if (d->plan.n > 0)
		buf_char(&url, '&');
	arrangement_write(&url, &d->plan);
	d->view.preview_url = buf_str(&url);
	d->view.zone = settings.zone;
	d->view.now = visit_civil(v, v->now);
	desk.has_faults = status == 422;
	desk.script = visit_static(v, STR("desk.js"));
	desk_front(b, &desk, &d->view);
	return visit_page(v, status, b);
}

/* The plan of a form or address, where it has one. */
static void read_plan(struct desk_front *d, const struct http_long_form *form)
{
	struct str number = http_long_form_value(form, STR("number"));
	struct arrangement plan;
	uint64_t seen;
	bool has_plan = arrangement_read(form, &plan);

	/* Without a single row it is still an arrangement, if it says so. */
	if (!has_plan && !number.p && !http_long_form_value(form, STR("all")).p)
		return;
	d->plan = plan;
	if (str_u64(number, INT64_MAX, &seen) == RC_OK)
		d->view.number = (int64_t)seen;
}

/* -1: none. */
static int64_t number_of(struct str text)
{
	uint64_t number;

	return str_u64(text, INT64_MAX, &number) == RC_OK ? (int64_t)number
							  : -1;
}

static struct entity *show_front(struct visit *v)
{
	struct desk_front d;
	enum rc rc = front_begin(&d, v);

	if (rc != RC_OK)
		return visit_failed(v, rc, &d.err);
	read_plan(&d, &v->query);
	arrangement_do(&d.plan, visit_query(v, STR("do")));
	d.view.words = str_trim(visit_query(v, STR("q")));
	d.view.undo = visit_query(v, STR("was"));
	d.view.undo_number = number_of(visit_query(v, STR("made")));
	return front_page(&d, 200);
}

/* The policy of readers' pages, which lets no other page frame them, but for
 * this one. */
static struct str framed(struct visit *v, struct str csp)
{
	size_t at = str_find_str(csp, STR("frame-ancestors"));

	return arena_printf(
	    v->a, "%.*sframe-ancestors 'self'", STR_ARG(str_part(csp, 0, at)));
}

/* What a form or an address says of the banner. */
static void read_banner(struct desk_front *d, const struct http_long_form *form,
    struct paper_banner *banner)
{
	struct visit *v = d->v;
	struct view_desk_front *view = &d->view;
	struct moment m;

	view->banner = str_trim(http_long_form_value(form, STR("text")));
	view->banner_story = str_trim(http_long_form_value(form, STR("story")));
	view->banner_until = http_long_form_value(form, STR("until"));
	view->is_banner_everywhere =
	    http_long_form_value(form, STR("everywhere")).n > 0;
	*banner = (struct paper_banner){.text = view->banner,
	    .until = INSTANT_NEVER,
	    .is_everywhere = view->is_banner_everywhere};
	if (banner->text.n == 0)
		view->banner_fault = MSG_FAULT_EMPTY;
	if (banner->text.n > PAPER_BANNER_MAX)
		view->banner_fault = MSG_FAULT_LONG;
	if (view->banner_story.n > 0 && paper_find(v->paper, view->banner_story,
					    &banner->story, NULL) != RC_OK)
		view->story_fault = MSG_BANNER_STORY_FAULT;
	m = moment_read_both(visit_zone(v), view->banner_until,
	    http_long_form_value(form, STR("which")));
	if (m.fit == MOMENT_FAULTY)
		view->until_fault = MSG_FRONT_UNTIL_FAULT;
	if (m.fit == MOMENT_GAP)
		view->until_fault = MSG_WHEN_GAP;
	if (m.fit == MOMENT_TWICE) {
		view->until_fault = MSG_WHEN_TWICE;
		view->is_twice = true;
		view->first = visit_civil(v, m.at);
		view->second = visit_civil(v, m.later);
	}
	if (m.fit != MOMENT_OK)
		return;
	banner->until = m.at;
	if (m.at.us <= v->now.us)
		view->until_fault = MSG_BANNER_PAST;
}

/* How it will look. */
static struct entity *show_preview(struct visit *v)
{
	struct newsroom_front shown = {.now = v->now};
	struct paper_placed *placed;
	struct desk_front d;
	struct buf *b = visit_buf(v), *page = visit_buf(v);
	struct paper_settings settings;
	enum rc rc = b && page ? front_begin(&d, v) : RC_NO_MEMORY;

	if (rc == RC_OK)
		rc = paper_settings(v->paper, v->a, &settings, &d.err);
	if (rc != RC_OK)
		return visit_failed(v, rc, &d.err);
	read_plan(&d, &v->query);
	/* Of a banner that is being written, what can be shown of it. */
	if (visit_query(v, STR("text")).p)
		read_banner(&d, &v->query, &d.front.banner);
	rc = placed_of(&d, &placed);
	if (rc == RC_OK && !v->n->config.front_page)
		rc = RC_NOT_FOUND;
	if (rc == RC_OK) {
		shown.front = d.front;
		shown.front.v = placed;
		shown.front.n = d.plan.n;
		rc = v->n->config.front_page(
		    v->n->config.ctx, v->a, &shown, page, &d.err);
	}
	if (rc == RC_OK)
		rc = buf_rc(page);
	if (rc != RC_OK)
		return visit_failed(v, rc, &d.err);
	page_lead_out(b, buf_str(page), settings.origin);
	return visit_page_csp(v, 200, b, framed(v, shown.csp));
}

/* --- Changing it ------------------------------------------------------- */

static enum rc note(
    struct visit *v, struct str what, struct str detail, struct err *err)
{
	return settings_log(v, what, STR("front page"), detail, err);
}

/* "/front?made=8&was=..." with what was there before, to be undone. */
static struct str done_url(struct desk_front *d)
{
	struct arrangement was;
	struct buf b, rows;

	plan_of_front(d->v, &d->front, &was);
	buf_init_arena(&rows, d->v->a, URL_MAX);
	buf_init_arena(&b, d->v->a, URL_MAX);
	for (size_t i = 0; i < was.n; i++)
		buf_printf(&b, "%s%d.%lld.%.*s", i ? "_" : "",
		    (int)was.v[i].slot, (long long)was.v[i].story,
		    STR_ARG(was.v[i].until));
	buf_printf(
	    &rows, "/front?made=%lld&was=", (long long)(d->view.number + 1));
	if (was.n == 0)
		buf_lit(&rows, "none");
	for (size_t i = 0; i < b.n; i++)
		if (b.p[i] == ':')
			buf_lit(&rows, "%3A");
		else
			buf_char(&rows, b.p[i]);
	return buf_rc(&b) == RC_OK && buf_rc(&rows) == RC_OK ? buf_str(&rows)
							     : STR("/front");
}

/* Nothing was changed, which FAULT says: the arrangement stands there as one
 * that is still to be published, and knows of the newest. */
static struct entity *show_newer(struct desk_front *d, enum msg fault)
{
	struct visit *v = d->v;
	struct audit_row row;

	d->view.fault = fault;
	d->view.number = d->front.number;
	if (audit_since(v->paper, v->a, 0, STR("front"), STR(""), &row,
		&d->err) == RC_OK)
		d->view.newest = (struct view_theirs){.is_there = true,
		    .who = row.entry.name,
		    .at = visit_civil(v, row.entry.at)};
	return front_page(d, 409);
}

static struct entity *front_save(struct desk_front *d, struct str done)
{
	struct visit *v = d->v;
	struct paper_placed *placed;
	struct str detail =
	    arena_printf(v->a, "%zu stories by hand", d->plan.n);
	enum rc rc = placed_of(d, &placed);

	if (rc == RC_OK)
		rc = paper_step_begin(v->paper, &d->err);
	if (rc != RC_OK)
		return visit_failed(v, rc, &d->err);
	rc = paper_set_front(
	    v->paper, d->view.number, placed, d->plan.n, &d->err);
	if (rc == RC_OK)
		rc = note(v, STR("front"), detail, &d->err);
	rc = paper_step_end(v->paper, rc, &d->err);
	if (rc == RC_BUSY)
		return show_newer(d, MSG_FRONT_NEWER);
	if (rc == RC_NOT_FOUND)
		return show_newer(d, MSG_FRONT_GONE);
	if (rc != RC_OK)
		return visit_failed(v, rc, &d->err);
	return visit_done(v, done_url(d), done);
}

static struct entity *set_front(struct visit *v)
{
	struct desk_front d;
	enum rc rc = front_begin(&d, v);

	if (rc != RC_OK)
		return visit_failed(v, rc, &d.err);
	read_plan(&d, &v->form);
	d.view.words = str_trim(visit_field(v, STR("q")));
	for (size_t i = 0; i < d.plan.n; i++) {
		struct instant until;
		enum msg fault;

		if (until_of(v, &d.plan.v[i], &until, &fault))
			continue;
		d.view.fault = MSG_FAULTS_TITLE;
		return front_page(&d, 422);
	}
	return front_save(&d, STR("front"));
}

/* "1.17._2.12.2026-11-28T06:00" */
static void read_was(struct str was, struct arrangement *plan)
{
	plan->n = 0;
	while (was.p && plan->n < PAPER_PLACED_MOST) {
		struct str item = str_cut(&was, '_');
		struct str slot = str_cut(&item, '.');
		struct str story = str_cut(&item, '.');
		uint64_t s, id;

		if (str_u64(slot, PAPER_BRIEF, &s) != RC_OK || s < PAPER_LEAD ||
		    str_u64(story, INT64_MAX, &id) != RC_OK)
			continue;
		plan->v[plan->n++] = (struct arrangement_row){
		    .slot = (enum paper_slot)s,
		    .story = (int64_t)id,
		    .until = item,
		};
	}
}

static struct entity *undo_front(struct visit *v)
{
	struct desk_front d;
	enum rc rc = front_begin(&d, v);

	if (rc != RC_OK)
		return visit_failed(v, rc, &d.err);
	read_was(visit_field(v, STR("was")), &d.plan);
	/* What came meanwhile is not undone with it. */
	if (number_of(visit_field(v, STR("number"))) != d.front.number)
		return show_newer(&d, MSG_FRONT_UNDO_NEWER);
	return front_save(&d, STR("undone"));
}

/* --- The banner -------------------------------------------------------- */

/* Back to the arrangement that is on the screen, if it is not the readers'. */
static struct str plan_url(struct desk_front *d)
{
	struct arrangement now;
	struct buf b;

	plan_of_front(d->v, &d->front, &now);
	if (is_same(&now, &d->plan))
		return STR("/front");
	buf_init_arena(&b, d->v->a, URL_MAX);
	buf_printf(&b, "/front?number=%lld", (long long)d->view.number);
	if (d->plan.n > 0)
		buf_char(&b, '&');
	arrangement_write(&b, &d->plan);
	return buf_rc(&b) == RC_OK ? buf_str(&b) : STR("/front");
}

/* Somebody else has changed the banner meanwhile. */
static struct entity *show_both_banners(
    struct desk_front *d, const struct seen *seen)
{
	struct visit *v = d->v;
	const struct paper_banner *is = &d->front.banner;
	struct str until = typed(v, is->until);
	enum rc rc = seen_by(
	    v, seen, STR("banner"), STR(""), STR("/front"), &d->view.theirs);

	if (rc != RC_OK)
		return visit_failed(v, rc, &d->err);
	d->view.theirs_banner = is->text;
	if (is->text.n > 0 && until.n > 0)
		d->view.theirs_banner =
		    arena_printf(v->a, "%.*s\n%.*s %.*s", STR_ARG(is->text),
			STR_ARG(desk_word(v->lang, MSG_BANNER_UNTIL)),
			STR_ARG(until));
	return front_page(d, 409);
}

static enum rc keep_banner(
    struct desk_front *d, const struct paper_banner *banner)
{
	struct visit *v = d->v;
	enum rc rc = paper_step_begin(v->paper, &d->err);

	if (rc != RC_OK)
		return rc;
	rc = paper_set_banner(v->paper, banner, &d->err);
	if (rc == RC_OK)
		rc = note(v, STR("banner"), banner->text, &d->err);
	return paper_step_end(v->paper, rc, &d->err);
}

static struct entity *set_banner(struct visit *v)
{
	struct paper_banner banner = {.text = STR(""), .until = INSTANT_NEVER};
	bool is_off = visit_field(v, STR("off")).n > 0;
	struct seen seen = seen_sent(v);
	struct desk_front d;
	struct str mine = STR("");
	enum rc rc = front_begin(&d, v);

	if (rc != RC_OK)
		return visit_failed(v, rc, &d.err);
	read_plan(&d, &v->form);
	if (!is_off) {
		read_banner(&d, &v->form, &banner);
		mine = banner_text(&d);
	}
	/* To take away what one has not seen is no less. */
	if (seen_fate(&seen, 0, mine, d.banner) != SEEN_MINE)
		return show_both_banners(&d, &seen);
	if (d.view.banner_fault != MSG_COUNT ||
	    d.view.story_fault != MSG_COUNT || d.view.until_fault != MSG_COUNT)
		return front_page(&d, 422);
	rc = keep_banner(&d, &banner);
	if (rc != RC_OK)
		return visit_failed(v, rc, &d.err);
	return visit_done(
	    v, plan_url(&d), is_off ? STR("banner-off") : STR("banner"));
}

static const struct route routes[] = {
    {HTTP_GET, "/front", RIGHT_FRONT, 0, "", show_front},
    {HTTP_GET, "/front/preview", RIGHT_FRONT, 0, "", show_preview},
    {HTTP_POST, "/front", RIGHT_FRONT, ROUTE_SHOWS, "number row_# until_# q do",
	set_front},
    {HTTP_POST, "/front/undo", RIGHT_FRONT, ROUTE_SHOWS, "number was",
	undo_front},
    {HTTP_POST, "/front/banner", RIGHT_FRONT, ROUTE_SHOWS,
	"seen text story until which everywhere off number row_# until_#",
	set_banner},
};

const struct route *routes_front(size_t *ret_n)
{
	*ret_n = sizeof(routes) / sizeof(routes[0]);
	return routes;
}
