/* SPDX-License-Identifier: MIT
 *
 * The calendar: /calendar?form=month|week|list&day=2026-11-27, where "day" is
 * any day of the month or week.
 */
#include "paper/calendar.h"

#include "base/must.h"
#include "base/zone.h"
#include "newsroom/publish.h"
#include "newsroom/settings.h"
#include "newsroom/story.h"
#include "newsroom/visit.h"
#include "page/desk_publish.h"
#include "paper/checklist.h"
#include "paper/workflow.h"

enum { WEEK = 7, DAYS_MOST = 6 * WEEK, EARLIEST = 2, LATEST = 9998 };

/* The days that are shown, by their number since 1970. */
struct range {
	enum view_calendar_form form;
	struct civil day;   /* the one that was asked for */
	int64_t from, to;   /* exclusive; whole weeks */
	int64_t first, end; /* of the month or week itself */
};

static const char *const forms[] = {
    [VIEW_MONTH] = "month", [VIEW_WEEK] = "week", [VIEW_AGENDA] = "list"};

static int64_t days_of(struct civil c)
{
	return civil_days(c.year, c.month, c.day);
}

static struct civil civil_of(int64_t days)
{
	struct civil c = civil_at(INSTANT_OF_S(days * 86400), 0);

	c.has_time = false;
	c.has_offset = false;
	return c;
}

static int64_t monday_of(int64_t days)
{
	return days - civil_of(days).weekday;
}

static struct range read_range(const struct visit *v)
{
	struct range r = {.form = VIEW_MONTH, .day = visit_civil(v, v->now)};
	struct str form = visit_query(v, STR("form"));
	struct civil asked;

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (str_eq(form, str_of(forms[i])))
			r.form = (enum view_calendar_form)i;
	if (civil_parse(visit_query(v, STR("day")), &asked) == RC_OK &&
	    asked.year >= EARLIEST && asked.year <= LATEST)
		r.day = asked;
	if (r.form == VIEW_WEEK) {
		r.first = monday_of(days_of(r.day));
		r.end = r.first + WEEK;
	} else {
		r.first = civil_days(r.day.year, r.day.month, 1);
		r.end = r.first +
			(int64_t)civil_month_days(r.day.year, r.day.month);
	}
	r.from = monday_of(r.first);
	r.to = monday_of(r.end - 1) + WEEK;
	must(r.to - r.from <= DAYS_MOST);
	return r;
}

/* When a day begins in the paper's zone. */
static struct instant midnight(const struct visit *v, int64_t days)
{
	struct instant t;

	(void)zone_instant(visit_zone(v), civil_of(days), ZONE_EARLIER, &t);
	return t;
}

static struct str url_of(
    struct visit *v, enum view_calendar_form form, struct civil day)
{
	return arena_printf(v->a, "/calendar?form=%s&day=%04d-%02u-%02u",
	    forms[form], (int)day.year, (unsigned)day.month, (unsigned)day.day);
}

static enum msg word_of(enum paper_date_kind kind)
{
	switch (kind) {
	case PAPER_DATE_PUBLISHED:
		return MSG_DATE_PUBLISHED;
	case PAPER_DATE_SCHEDULED:
		return MSG_DATE_SCHEDULED;
	case PAPER_DATE_EMBARGO:
		break;
	}
	return MSG_DATE_EMBARGO;
}

/* Those that the person may see, each at its day. */
static enum rc fill_days(struct visit *v, const struct range *r,
    const struct paper_date *list, size_t n, struct view_calendar *view)
{
	size_t days_n = (size_t)(r->to - r->from), at = 0;
	struct view_day *days = ARENA_ARRAY(v->a, struct view_day, days_n);
	struct view_date *dates = ARENA_ARRAY(v->a, struct view_date, n);
	int64_t today = days_of(visit_civil(v, v->now));

	if (!days || !dates)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < days_n; i++) {
		int64_t day = r->from + (int64_t)i;

		days[i] = (struct view_day){
		    .date = civil_of(day),
		    .is_today = day == today,
		    .is_outside = day < r->first || day >= r->end,
		    .shift_s = visit_civil(v, midnight(v, day + 1)).offset_s -
			       visit_civil(v, midnight(v, day)).offset_s,
		    .v = dates,
		};
	}
	for (size_t i = 0; i < n; i++) {
		struct civil at_day = visit_civil(v, list[i].at);
		int64_t day = days_of(at_day) - r->from;

		if (day < 0 || day >= (int64_t)days_n ||
		    !story_may(v, RIGHT_STORIES, &list[i].story))
			continue;
		if (days[day].n++ == 0)
			days[day].v = &dates[at];
		dates[at++] = (struct view_date){
		    .word = word_of(list[i].kind),
		    .at = at_day,
		    .headline = list[i].story.headline,
		    .section = list[i].story.section,
		    .url = arena_printf(v->a, "/stories/%lld/publish",
			(long long)list[i].story.id),
		};
	}
	view->days = days;
	view->days_n = days_n;
	return RC_OK;
}

static void fill_ways(
    struct visit *v, const struct range *r, struct view_calendar *view)
{
	view->form = r->form;
	view->first = civil_of(r->first);
	view->last = civil_of(r->end - 1);
	view->now = visit_civil(v, v->now);
	view->older = url_of(v, r->form, civil_of(r->first - 1));
	view->newer = url_of(v, r->form, civil_of(r->end));
	view->today = url_of(v, r->form, view->now);
	view->month = url_of(v, VIEW_MONTH, r->day);
	view->week = url_of(v, VIEW_WEEK, r->day);
	view->agenda = url_of(v, VIEW_AGENDA, r->day);
}

static struct entity *show_calendar(struct visit *v)
{
	struct view_desk desk = visit_desk(v, MSG_RAIL_CALENDAR);
	struct range r = read_range(v);
	struct view_calendar view = {0};
	struct paper_settings settings;
	struct paper_date *list;
	struct buf *b = visit_buf(v);
	struct err err = {0};
	size_t n = 0;
	enum rc rc =
	    b ? paper_settings(v->paper, v->a, &settings, &err) : RC_NO_MEMORY;

	if (rc == RC_OK)
		rc = paper_dates(v->paper, v->a, midnight(v, r.from),
		    midnight(v, r.to), &list, &n, &err);
	if (rc == RC_OK)
		rc = fill_days(v, &r, list, n, &view);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	view.zone = settings.zone;
	view.is_cut = n >= PAPER_DATES_MOST;
	fill_ways(v, &r, &view);
	desk_calendar(b, &desk, &view);
	return visit_page(v, 200, b);
}

/* --- How publishing goes ----------------------------------------------- */

static const struct route routes[] = {
    {HTTP_GET, "/calendar", RIGHT_STORIES, 0, "", show_calendar},
};

const struct route *routes_calendar(size_t *ret_n)
{
	*ret_n = sizeof(routes) / sizeof(routes[0]);
	return routes;
}
