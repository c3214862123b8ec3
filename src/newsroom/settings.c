/* SPDX-License-Identifier: MIT
 *
 * The paper's settings: itself, its pages on how it works. Each form is one
 * step of the paper; what was changed, and from what, stands in the log. Of two
 * who save the same, none overwrites what they have not seen (seen.h). Nothing
 * here says where money goes: that is signed in batches and installed from a
 * shell.
 */
#include "newsroom/settings.h"

#include <stdlib.h>
#include <string.h>

#include "base/must.h"
#include "base/zone.h"
#include "newsroom/newsroom_priv.h"
#include "newsroom/seen.h"
#include "newsroom/visit.h"
#include "page/desk_settings.h"
#include "page/html.h"
#include "paper/audit.h"
#include "paper/paper.h"

enum { LINE_MAX_BYTES = 400, CALL_MAX = 2000 };

/* The ways between the kinds; one that another part serves is shown where that
 * is there. */
struct view_desk_tabs settings_tabs(struct visit *v, enum msg current)
{
	static const struct {
		enum msg word;
		const char *url;
	} all[] = {
	    {MSG_SET_TAB_PAPER, "/settings/paper"},
	    {MSG_SET_TAB_SECTIONS, "/settings/sections"},
	    {MSG_SET_TAB_PEOPLE, "/settings/people"},
	    {MSG_SET_TAB_PAGES, "/settings/pages"},
	    {MSG_SET_TAB_PUBLISHING, "/settings/publishing"},
	    {MSG_SET_TAB_SUPPORT, "/settings/support"},
	};
	enum { N = sizeof(all) / sizeof(all[0]) };
	struct view_desk_link *links =
	    ARENA_ARRAY(v->a, struct view_desk_link, N);
	size_t n = 0;

	for (size_t i = 0; links && i < N; i++)
		if (visit_leads(v, str_of(all[i].url)))
			links[n++] = (struct view_desk_link){all[i].word,
			    str_of(all[i].url), all[i].word == current};
	return (struct view_desk_tabs){links, n};
}

bool visit_leads(const struct visit *v, struct str path)
{
	const struct route *route;
	struct str params[ROUTE_PARAMS_MAX];

	return route_find((const struct route *const *)v->n->routes,
		   v->n->routes_n, HTTP_GET, path, &route, params) == RC_OK &&
	       right_has_any(&v->who, route->right);
}

enum rc settings_log(struct visit *v, struct str what, struct str about,
    struct str detail, struct err *err)
{
	return audit_add(v->paper,
	    &(struct audit_entry){.at = v->now,
		.staff = v->who.id,
		.name = v->who.name,
		.what = what,
		.about = about,
		.detail = detail},
	    err);
}

static struct entity *go_to_paper(struct visit *v)
{
	return visit_see_other(v, STR("/settings/paper"));
}

/* The paper itself. */

static struct str *value_of(
    struct paper_settings *s, enum desk_paper_field field)
{
	switch (field) {
	case DESK_PAPER_NAME:
		return &s->name;
	case DESK_PAPER_MOTTO:
		return &s->motto;
	case DESK_PAPER_PLACE:
		return &s->place;
	case DESK_PAPER_LANG:
		return &s->lang;
	case DESK_PAPER_ZONE:
		return &s->zone;
	case DESK_PAPER_ORIGIN:
		return &s->origin;
	case DESK_PAPER_PUBLISHER:
		return &s->publisher;
	case DESK_PAPER_ADDRESS:
		return &s->address;
	case DESK_PAPER_CALL:
		return &s->support_text;
	case DESK_PAPER_FIELDS:
		break;
	}
	must(false);
	return NULL;
}

/* The form; IS: the fields as they are saved. */
static struct entity *show_paper_form(struct visit *v, unsigned status,
    struct view_desk_paper *view, const struct str is[DESK_PAPER_FIELDS])
{
	struct view_desk desk = visit_desk(v, MSG_RAIL_SETTINGS);
	struct view_desk_zone *zones = NULL;
	struct buf *b = visit_buf(v);
	struct err err = {0};
	size_t n = 0;
	enum rc rc;

	if (!b || v->n->config.zones(
		      v->n->config.ctx, v->a, v->now, &zones, &n) != RC_OK)
		return NULL;
	rc = seen_write(v, is, DESK_PAPER_FIELDS, &view->seen, &err);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	view->tabs = settings_tabs(v, MSG_SET_TAB_PAPER);
	view->zones = zones;
	view->zones_n = n;
	view->there = visit_civil(v, v->now);
	desk.has_faults = status == 422;
	desk_paper(b, &desk, view);
	return visit_page(v, status, b);
}

static struct view_desk_paper view_paper_of(struct paper_settings *s)
{
	struct view_desk_paper view = {0};

	for (int i = 0; i < DESK_PAPER_FIELDS; i++) {
		view.values[i] = *value_of(s, (enum desk_paper_field)i);
		view.faults[i] = MSG_COUNT;
	}
	return view;
}

static struct entity *show_paper(struct visit *v)
{
	struct paper_settings s;
	struct view_desk_paper view;
	struct err err = {0};
	enum rc rc = paper_settings(v->paper, v->a, &s, &err);

	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	view = view_paper_of(&s);
	return show_paper_form(v, 200, &view, view.values);
}

/* "https://example.org", perhaps with a port; empty is one, too. */
static bool is_origin(struct str s)
{
	size_t at;

	if (s.n == 0)
		return true;
	if (str_starts(s, STR("https://")))
		s = str_from(s, strlen("https://"));
	else if (str_starts(s, STR("http://")))
		s = str_from(s, strlen("http://"));
	else
		return false;
	for (at = 0; at < s.n; at++) {
		char c = s.p[at];

		if (!ascii_is_alpha(c) && !ascii_is_digit(c) && c != '-' &&
		    c != '.' && c != ':' && c != '[' && c != ']')
			return false;
	}
	return s.n > 0 && s.n < 250;
}

static bool is_lang(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_alpha(s.p[i]) && !ascii_is_digit(s.p[i]) &&
		    s.p[i] != '-')
			return false;
	return s.n >= 2 && s.n <= 35;
}

static bool check_paper(struct view_desk_paper *view)
{
	bool is_good = true;

	for (int i = 0; i < DESK_PAPER_FIELDS; i++) {
		struct str s = view->values[i];
		size_t most = i == DESK_PAPER_CALL ? CALL_MAX : LINE_MAX_BYTES;

		if (s.n > most)
			view->faults[i] = MSG_FAULT_LONG;
		else if ((i == DESK_PAPER_NAME || i == DESK_PAPER_LANG) &&
			 str_blank(s))
			view->faults[i] = MSG_FAULT_EMPTY;
		else if (i == DESK_PAPER_LANG && !is_lang(s))
			view->faults[i] = MSG_FAULT_LANG;
		else if (i == DESK_PAPER_ORIGIN && !is_origin(s))
			view->faults[i] = MSG_FAULT_ORIGIN;
		is_good &= view->faults[i] == MSG_COUNT;
	}
	return is_good;
}

static enum rc log_paper(struct visit *v, struct paper_settings *was,
    const struct view_desk_paper *view, struct err *err)
{
	enum rc rc = RC_OK;

	for (int i = 0; rc == RC_OK && i < DESK_PAPER_FIELDS; i++) {
		struct str old = *value_of(was, (enum desk_paper_field)i);
		struct str detail;

		if (str_eq(old, view->values[i]))
			continue;
		detail = arena_printf(v->a, "%.*s \xE2\x86\x92 %.*s",
		    STR_ARG(old), STR_ARG(view->values[i]));
		rc = settings_log(v, STR("settings"),
		    desk_paper_name((enum desk_paper_field)i), detail, err);
	}
	return rc;
}

/* Puts together what was typed with what is saved, IS. Gives the name of a
 * field that both have changed; empty: there is none. */
static struct str join_paper(const struct seen *seen,
    struct view_desk_paper *view, const struct str is[DESK_PAPER_FIELDS])
{
	struct str both = STR_NONE;

	for (size_t i = 0; i < DESK_PAPER_FIELDS; i++)
		switch (seen_fate(seen, i, view->values[i], is[i])) {
		case SEEN_MINE:
			break;
		case SEEN_THEIRS:
			view->values[i] = is[i];
			break;
		case SEEN_BOTH:
			view->has_theirs[i] = true;
			view->theirs_values[i] = is[i];
			both = desk_paper_name((enum desk_paper_field)i);
			break;
		}
	return both;
}

static void read_paper(struct visit *v, struct view_desk_paper *view)
{
	for (int i = 0; i < DESK_PAPER_FIELDS; i++) {
		struct str name = desk_paper_name((enum desk_paper_field)i);

		view->values[i] = str_trim(visit_field(v, name));
		if (i == DESK_PAPER_ORIGIN &&
		    str_ends(view->values[i], STR("/")))
			view->values[i].n--;
		view->faults[i] = MSG_COUNT;
	}
}

static enum rc keep_paper(struct visit *v, struct paper_settings *was,
    const struct view_desk_paper *view, struct err *err)
{
	struct paper_settings s = *was;
	enum rc rc = paper_step_begin(v->paper, err);

	if (rc != RC_OK)
		return rc;
	for (int i = 0; i < DESK_PAPER_FIELDS; i++)
		*value_of(&s, (enum desk_paper_field)i) = view->values[i];
	rc = paper_set_settings(v->paper, &s, v->now, err);
	if (rc == RC_OK)
		rc = log_paper(v, was, view, err);
	return paper_step_end(v->paper, rc, err);
}

static struct entity *save_paper(struct visit *v)
{
	struct newsroom_config *config = &v->n->config;
	struct seen seen = seen_sent(v);
	struct view_desk_paper view = {0}, is;
	struct paper_settings was;
	struct str both;
	struct err err = {0};
	bool is_good;
	enum rc rc = paper_settings(v->paper, v->a, &was, &err);

	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	is = view_paper_of(&was);
	read_paper(v, &view);
	both = join_paper(&seen, &view, is.values);
	is_good = check_paper(&view);
	if (both.n > 0)
		rc = seen_by(v, &seen, STR("settings"), both,
		    STR("/settings/paper"), &view.theirs);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	if (both.n > 0 || !is_good)
		return show_paper_form(
		    v, both.n > 0 ? 409 : 422, &view, is.values);
	rc = config->use_zone(config->ctx, view.values[DESK_PAPER_ZONE], &err);
	if (rc == RC_INVALID || rc == RC_NOT_FOUND) {
		view.faults[DESK_PAPER_ZONE] = MSG_FAULT_ZONE;
		return show_paper_form(v, 422, &view, is.values);
	}
	if (rc == RC_OK)
		rc = keep_paper(v, &was, &view, &err);
	return rc == RC_OK ? visit_done(v, STR("/settings/paper"), STR("saved"))
			   : visit_failed(v, rc, &err);
}

void visit_put_query(struct buf *b, struct str value)
{
	for (size_t i = 0; i < value.n; i++) {
		char c = value.p[i];

		if (ascii_is_alpha(c) || ascii_is_digit(c) || c == '-')
			buf_char(b, c);
		else
			buf_printf(b, "%%%02X", (unsigned)(unsigned char)c);
	}
}

/* Pages. */

static struct str page_name(size_t at)
{
	return at == 0 ? STR("about") : paper_policy_name(at - 1);
}

static struct str *page_text(struct paper_settings *s, size_t at)
{
	return at == 0 ? &s->about : &s->policies[at - 1];
}

static struct entity *show_pages(struct visit *v)
{
	struct view_desk desk = visit_desk(v, MSG_RAIL_SETTINGS);
	struct view_desk_pages view = {
	    .tabs = settings_tabs(v, MSG_SET_TAB_PAGES)};
	struct paper_settings s;
	struct err err = {0};
	struct buf *b = visit_buf(v);
	enum rc rc = paper_settings(v->paper, v->a, &s, &err);

	_Static_assert((int)DESK_PAGES == (int)PAPER_POLICIES + 1, "all");
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	if (!b)
		return NULL;
	for (size_t i = 0; i < DESK_PAGES; i++) {
		view.names[i] = page_name(i);
		view.is_shown[i] = !str_blank(*page_text(&s, i));
	}
	desk_pages(b, &desk, &view);
	return visit_page(v, 200, b);
}

/* The page that the address names. */
static bool find_page(const struct visit *v, size_t *ret_at)
{
	for (size_t i = 0; i < DESK_PAGES; i++)
		if (str_eq(v->params[0], page_name(i))) {
			*ret_at = i;
			return true;
		}
	return false;
}

/* The form; IS: the text as it is saved. */
static struct entity *show_page_form(struct visit *v, unsigned status,
    struct view_desk_page *view, struct str origin, struct str is)
{
	struct view_desk desk = visit_desk(v, MSG_RAIL_SETTINGS);
	struct buf *b = visit_buf(v);
	struct err err = {0};
	enum rc rc = seen_write(v, &is, 1, &view->seen, &err);

	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	if (!b)
		return NULL;
	view->tabs = settings_tabs(v, MSG_SET_TAB_PAGES);
	view->name = page_name(view->at);
	if (origin.n > 0 && is.n > 0)
		view->url = arena_printf(v->a, "%.*s/about%s%.*s",
		    STR_ARG(origin), view->at ? "/" : "",
		    STR_ARG(view->at ? view->name : STR("")));
	desk.has_faults = status == 422;
	desk_page(b, &desk, view);
	return visit_page(v, status, b);
}

static struct entity *show_page(struct visit *v)
{
	struct view_desk_page view = {.fault = MSG_COUNT};
	struct paper_settings s;
	struct err err = {0};
	enum rc rc;

	if (!find_page(v, &view.at))
		return visit_missing(v);
	rc = paper_settings(v->paper, v->a, &s, &err);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	view.text = *page_text(&s, view.at);
	return show_page_form(v, 200, &view, s.origin, view.text);
}

static struct str page_path(struct visit *v, size_t at)
{
	return arena_printf(
	    v->a, "/settings/pages/%.*s", STR_ARG(page_name(at)));
}

/* Two have changed the page: both texts. */
static struct entity *show_both_pages(struct visit *v, const struct seen *seen,
    struct view_desk_page *view, const struct paper_settings *s, struct str is)
{
	struct err err = {0};
	enum rc rc = seen_by(v, seen, STR("page"), page_name(view->at),
	    page_path(v, view->at), &view->theirs);

	view->theirs_text = is;
	return rc == RC_OK ? show_page_form(v, 409, view, s->origin, is)
			   : visit_failed(v, rc, &err);
}

static enum rc keep_page(
    struct visit *v, const struct paper_settings *s, size_t at, struct err *err)
{
	enum rc rc = paper_step_begin(v->paper, err);

	if (rc != RC_OK)
		return rc;
	rc = paper_set_settings(v->paper, s, v->now, err);
	if (rc == RC_OK)
		rc = settings_log(v, STR("page"), page_name(at), STR_NONE, err);
	return paper_step_end(v->paper, rc, err);
}

static struct entity *save_page(struct visit *v)
{
	struct view_desk_page view = {
	    .text = visit_field(v, STR("text")), .fault = MSG_COUNT};
	struct seen seen = seen_sent(v);
	struct paper_settings s;
	struct err err = {0};
	struct str is;
	enum rc rc;

	if (!find_page(v, &view.at))
		return visit_missing(v);
	rc = paper_settings(v->paper, v->a, &s, &err);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	is = *page_text(&s, view.at);
	switch (seen_fate(&seen, 0, view.text, is)) {
	case SEEN_MINE:
		break;
	case SEEN_THEIRS:
		view.text = is;
		break;
	case SEEN_BOTH:
		return show_both_pages(v, &seen, &view, &s, is);
	}
	*page_text(&s, view.at) = view.text.p ? view.text : STR("");
	rc = keep_page(v, &s, view.at, &err);
	if (rc == RC_LIMIT) {
		view.fault = MSG_FAULT_LONG;
		return show_page_form(v, 422, &view, STR_NONE, is);
	}
	return rc == RC_OK ? visit_done(v, page_path(v, view.at), STR("saved"))
			   : visit_failed(v, rc, &err);
}

enum { CHANGES = ROUTE_STEP_UP | ROUTE_SHOWS };

static const struct route routes[] = {
    {HTTP_GET, "/settings", RIGHT_SETTINGS, 0, "", go_to_paper},
    {HTTP_GET, "/settings/paper", RIGHT_SETTINGS, ROUTE_STEP_UP, "",
	show_paper},
    {HTTP_POST, "/settings/paper", RIGHT_SETTINGS, CHANGES,
	"seen name motto place lang zone origin publisher address support",
	save_paper},
    {HTTP_GET, "/settings/pages", RIGHT_SETTINGS, ROUTE_STEP_UP, "",
	show_pages},
    {HTTP_GET, "/settings/pages/:name", RIGHT_SETTINGS, ROUTE_STEP_UP, "",
	show_page},
    {HTTP_POST, "/settings/pages/:name", RIGHT_SETTINGS, CHANGES, "seen text",
	save_page},
};

const struct route *routes_settings(size_t *ret_n)
{
	*ret_n = sizeof(routes) / sizeof(routes[0]);
	return routes;
}
