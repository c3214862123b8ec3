/* SPDX-License-Identifier: MIT
 *
 * The paper's settings: itself, its sections, its people, its pages on how it
 * works. Each form is one step of the paper; what was changed, and from what,
 * stands in the log. Nothing here says where money goes: that is signed in
 * batches and installed from a shell.
 */
#include "newsroom/settings.h"

#include <stdlib.h>
#include <string.h>

#include "base/must.h"
#include "base/zone.h"
#include "newsroom/newsroom_priv.h"
#include "newsroom/visit.h"
#include "page/desk_settings.h"
#include "page/html.h"
#include "paper/audit.h"
#include "paper/paper.h"
#include "paper/roster.h"

enum { PEOPLE_AT_ONCE = 100, LINE_MAX_BYTES = 400, CALL_MAX = 2000 };

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

static struct entity *show_paper_form(
    struct visit *v, unsigned status, struct view_desk_paper *view)
{
	struct view_desk desk = visit_desk(v, MSG_RAIL_SETTINGS);
	struct str_list zones = {NULL, 0};
	struct buf *b = visit_buf(v);

	if (!b || v->n->config.zones(v->n->config.ctx, v->a, &zones) != RC_OK)
		return NULL;
	view->tabs = settings_tabs(v, MSG_SET_TAB_PAPER);
	view->zones = zones.v;
	view->zones_n = zones.n;
	view->there = visit_civil(v, v->now);
	desk.has_faults = status != 200;
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
	return show_paper_form(v, 200, &view);
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

static struct entity *save_paper(struct visit *v)
{
	struct newsroom_config *config = &v->n->config;
	struct paper_settings s, was;
	struct view_desk_paper view = {0};
	struct err err = {0};
	enum rc rc = paper_settings(v->paper, v->a, &was, &err);

	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	s = was;
	for (int i = 0; i < DESK_PAPER_FIELDS; i++) {
		enum desk_paper_field field = (enum desk_paper_field)i;

		view.values[i] =
		    str_trim(visit_field(v, desk_paper_name(field)));
		if (i == DESK_PAPER_ORIGIN &&
		    str_ends(view.values[i], STR("/")))
			view.values[i].n--;
		view.faults[i] = MSG_COUNT;
		*value_of(&s, field) = view.values[i];
	}
	if (!check_paper(&view))
		return show_paper_form(v, 422, &view);
	rc = config->use_zone(config->ctx, s.zone, &err);
	if (rc == RC_INVALID || rc == RC_NOT_FOUND) {
		view.faults[DESK_PAPER_ZONE] = MSG_FAULT_ZONE;
		return show_paper_form(v, 422, &view);
	}
	if (rc == RC_OK)
		rc = paper_set_settings(v->paper, &s, &err);
	if (rc == RC_OK)
		rc = log_paper(v, &was, &view, &err);
	return rc == RC_OK ? visit_done(v, STR("/settings/paper"), STR("saved"))
			   : visit_failed(v, rc, &err);
}

/* Sections. */

static struct entity *show_sections_form(
    struct visit *v, unsigned status, struct view_desk_sections *view)
{
	struct view_desk desk = visit_desk(v, MSG_RAIL_SETTINGS);
	struct buf *b = visit_buf(v);

	if (!b)
		return NULL;
	view->tabs = settings_tabs(v, MSG_SET_TAB_SECTIONS);
	desk.has_faults = status != 200;
	desk_sections(b, &desk, view);
	return visit_page(v, status, b);
}

static struct entity *show_sections(struct visit *v)
{
	struct view_desk_sections view = {.fresh_fault = MSG_COUNT};
	struct view_desk_section *rows;
	struct roster_term *terms;
	struct err err = {0};
	size_t n;
	enum rc rc = roster_sections(v->paper, v->a, &terms, &n, &err);

	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	rows = ARENA_ARRAY(v->a, struct view_desk_section, n);
	if (!rows)
		return NULL;
	for (size_t i = 0; i < n; i++)
		rows[i] = (struct view_desk_section){
		    terms[i].slug, terms[i].name, terms[i].is_named, MSG_COUNT};
	view.v = rows;
	view.n = n;
	return show_sections_form(v, 200, &view);
}

/* A row of the form. */
struct sent_section {
	struct roster_wish wish;
	uint64_t place;
	size_t at;
};

static struct str numbered(struct visit *v, const char *name, size_t i)
{
	struct str key = arena_printf(v->a, "%s%zu", name, i);

	return key.p ? visit_field(v, key) : STR_NONE;
}

static int compare(const void *a, const void *b)
{
	const struct sent_section *x = a, *y = b;

	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	return x->at < y->at ? -1 : 1;
}

/* The rows as they were sent, in the order of their places; 0: no form. */
static bool read_sections(
    struct visit *v, struct sent_section *rows, size_t *ret_n, struct str fresh)
{
	size_t n = 0;

	while (n < PAPER_SECTIONS_MOST) {
		struct sent_section *row = &rows[n];
		struct str slug = numbered(v, "slug_", n);

		if (!slug.p)
			break;
		row->wish = (struct roster_wish){.slug = slug,
		    .name = str_trim(numbered(v, "name_", n)),
		    .is_named = numbered(v, "shown_", n).n > 0};
		if (slug.n == 0 || str_u64(numbered(v, "place_", n), 1000000,
				       &row->place) != RC_OK)
			return false;
		row->at = n++;
	}
	qsort(rows, n, sizeof(*rows), compare);
	if (fresh.n > 0)
		rows[n++] = (struct sent_section){
		    .wish = {.slug = STR(""), .name = fresh, .is_named = true}};
	*ret_n = n;
	return true;
}

static struct entity *show_section_fault(struct visit *v,
    const struct sent_section *rows, size_t n, size_t at, enum msg fault)
{
	struct view_desk_sections view = {.fresh_fault = MSG_COUNT};
	struct view_desk_section *list =
	    ARENA_ARRAY(v->a, struct view_desk_section, n);

	if (!list)
		return NULL;
	view.v = list;
	for (size_t i = 0; i < n; i++) {
		const struct roster_wish *wish = &rows[i].wish;

		if (wish->slug.n == 0) {
			view.fresh = wish->name;
			view.fresh_fault = i == at ? fault : MSG_COUNT;
			continue;
		}
		list[view.n++] = (struct view_desk_section){wish->slug,
		    wish->name, wish->is_named, i == at ? fault : MSG_COUNT};
	}
	return show_sections_form(v, 422, &view);
}

static enum msg section_fault(enum rc rc, struct str name)
{
	if (rc == RC_EXISTS)
		return MSG_FAULT_SECTION_TAKEN;
	return name.n > ROSTER_NAME_MAX ? MSG_FAULT_LONG : MSG_FAULT_EMPTY;
}

static struct entity *save_sections(struct visit *v)
{
	struct sent_section *rows =
	    ARENA_ARRAY(v->a, struct sent_section, PAPER_SECTIONS_MOST + 1);
	struct roster_wish *wishes =
	    ARENA_ARRAY(v->a, struct roster_wish, PAPER_SECTIONS_MOST + 1);
	struct staff_by by = visit_by(v);
	struct err err = {0};
	size_t n = 0, at = 0;
	enum rc rc;

	if (!rows || !wishes)
		return NULL;
	if (!read_sections(v, rows, &n, str_trim(visit_field(v, STR("new")))))
		return visit_status(v, 400);
	for (size_t i = 0; i < n; i++)
		wishes[i] = rows[i].wish;
	if (n == 0)
		return visit_see_other(v, STR("/settings/sections"));
	rc = roster_arrange(v->paper, wishes, n, &by, &at, &err);
	if (rc == RC_INVALID || rc == RC_EXISTS)
		return show_section_fault(
		    v, rows, n, at, section_fault(rc, wishes[at].name));
	return rc == RC_OK
		   ? visit_done(v, STR("/settings/sections"), STR("saved"))
		   : visit_failed(v, rc, &err);
}

/* People. */

static struct entity *show_people_form(
    struct visit *v, unsigned status, struct view_desk_people *view)
{
	struct view_desk desk = visit_desk(v, MSG_RAIL_SETTINGS);
	struct buf *b = visit_buf(v);

	if (!b)
		return NULL;
	view->tabs = settings_tabs(v, MSG_SET_TAB_PEOPLE);
	desk.has_faults = status != 200;
	desk_people(b, &desk, view);
	return visit_page(v, status, b);
}

static enum rc fill_people(
    struct visit *v, struct view_desk_people *view, struct err *err)
{
	struct roster_term *terms;
	struct view_desk_person *rows;
	struct buf older;
	size_t n;
	enum rc rc = roster_people(v->paper, v->a, visit_query(v, STR("after")),
	    PEOPLE_AT_ONCE, &terms, &n, err);

	if (rc != RC_OK)
		return rc;
	rows = ARENA_ARRAY(v->a, struct view_desk_person, n);
	if (!rows)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < n; i++)
		rows[i] = (struct view_desk_person){
		    terms[i].slug, terms[i].name, terms[i].about};
	view->v = rows;
	view->n = n;
	if (n < PEOPLE_AT_ONCE)
		return RC_OK;
	buf_init_arena(&older, v->a, 4000);
	buf_lit(&older, "/settings/people?after=");
	visit_put_query(&older, rows[n - 1].name);
	view->older = buf_str(&older);
	return buf_rc(&older);
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

static struct entity *show_people(struct visit *v)
{
	struct view_desk_people view = {
	    .name_fault = MSG_COUNT, .about_fault = MSG_COUNT};
	struct err err = {0};
	enum rc rc = fill_people(v, &view, &err);

	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	/* Whoever sets up a paper begins with the own name. */
	if (view.n == 0)
		view.form.name = v->who.name;
	return show_people_form(v, 200, &view);
}

static struct entity *show_person(struct visit *v)
{
	struct view_desk_people view = {
	    .is_one = true, .name_fault = MSG_COUNT, .about_fault = MSG_COUNT};
	struct roster_term term;
	struct err err = {0};
	enum rc rc = roster_person(v->paper, v->a, v->params[0], &term, &err);

	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	view.form = (struct view_desk_person){term.slug, term.name, term.about};
	return show_people_form(v, 200, &view);
}

static struct entity *save_person(struct visit *v)
{
	struct view_desk_people view = {
	    .form = {visit_field(v, STR("slug")),
		str_trim(visit_field(v, STR("name"))),
		str_trim(visit_field(v, STR("about")))},
	    .name_fault = MSG_COUNT,
	    .about_fault = MSG_COUNT,
	};
	struct err err = {0};
	enum rc rc = RC_OK;

	view.is_one = view.form.slug.n > 0;
	if (str_blank(view.form.name))
		view.name_fault = MSG_FAULT_EMPTY;
	else if (view.form.name.n > ROSTER_NAME_MAX)
		view.name_fault = MSG_FAULT_LONG;
	if (view.form.about.n > ROSTER_ABOUT_MAX)
		view.about_fault = MSG_FAULT_LONG;
	if (view.name_fault != MSG_COUNT || view.about_fault != MSG_COUNT) {
		if (!view.is_one)
			rc = fill_people(v, &view, &err);
		return rc == RC_OK ? show_people_form(v, 422, &view)
				   : visit_failed(v, rc, &err);
	}
	rc = paper_set_person(v->paper, view.is_one ? view.form.slug : STR(""),
	    view.form.name, view.form.about.p ? view.form.about : STR(""),
	    &err);
	if (rc == RC_OK)
		rc = settings_log(
		    v, STR("person"), view.form.name, STR_NONE, &err);
	return rc == RC_OK
		   ? visit_done(v, STR("/settings/people"), STR("saved"))
		   : visit_failed(v, rc, &err);
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

static struct entity *show_page_form(struct visit *v, unsigned status,
    struct view_desk_page *view, struct str origin)
{
	struct view_desk desk = visit_desk(v, MSG_RAIL_SETTINGS);
	struct buf *b = visit_buf(v);

	if (!b)
		return NULL;
	view->tabs = settings_tabs(v, MSG_SET_TAB_PAGES);
	view->name = page_name(view->at);
	if (origin.n > 0 && view->text.n > 0)
		view->url = arena_printf(v->a, "%.*s/about%s%.*s",
		    STR_ARG(origin), view->at ? "/" : "",
		    STR_ARG(view->at ? view->name : STR("")));
	desk.has_faults = status != 200;
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
	return show_page_form(v, 200, &view, s.origin);
}

static struct entity *save_page(struct visit *v)
{
	struct view_desk_page view = {
	    .text = visit_field(v, STR("text")), .fault = MSG_COUNT};
	struct paper_settings s;
	struct err err = {0};
	enum rc rc;

	if (!find_page(v, &view.at))
		return visit_missing(v);
	rc = paper_settings(v->paper, v->a, &s, &err);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	*page_text(&s, view.at) = view.text.p ? view.text : STR("");
	rc = paper_set_settings(v->paper, &s, &err);
	if (rc == RC_LIMIT) {
		view.fault = MSG_FAULT_LONG;
		return show_page_form(v, 422, &view, STR_NONE);
	}
	if (rc == RC_OK)
		rc = settings_log(
		    v, STR("page"), page_name(view.at), STR_NONE, &err);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	return visit_done(v,
	    arena_printf(
		v->a, "/settings/pages/%.*s", STR_ARG(page_name(view.at))),
	    STR("saved"));
}

enum { CHANGES = ROUTE_STEP_UP | ROUTE_SHOWS };

static const struct route routes[] = {
    {HTTP_GET, "/settings", RIGHT_SETTINGS, 0, "", go_to_paper},
    {HTTP_GET, "/settings/paper", RIGHT_SETTINGS, ROUTE_STEP_UP, "",
	show_paper},
    {HTTP_POST, "/settings/paper", RIGHT_SETTINGS, CHANGES,
	"name motto place lang zone origin publisher address support",
	save_paper},
    {HTTP_GET, "/settings/sections", RIGHT_SETTINGS, ROUTE_STEP_UP, "",
	show_sections},
    {HTTP_POST, "/settings/sections", RIGHT_SETTINGS, CHANGES,
	"place_# name_# slug_# shown_# new", save_sections},
    {HTTP_GET, "/settings/people", RIGHT_SETTINGS, ROUTE_STEP_UP, "",
	show_people},
    {HTTP_POST, "/settings/people", RIGHT_SETTINGS, CHANGES, "slug name about",
	save_person},
    {HTTP_GET, "/settings/people/:slug", RIGHT_SETTINGS, ROUTE_STEP_UP, "",
	show_person},
    {HTTP_GET, "/settings/pages", RIGHT_SETTINGS, ROUTE_STEP_UP, "",
	show_pages},
    {HTTP_GET, "/settings/pages/:name", RIGHT_SETTINGS, ROUTE_STEP_UP, "",
	show_page},
    {HTTP_POST, "/settings/pages/:name", RIGHT_SETTINGS, CHANGES, "text",
	save_page},
};

const struct route *routes_settings(size_t *ret_n)
{
	*ret_n = sizeof(routes) / sizeof(routes[0]);
	return routes;
}
