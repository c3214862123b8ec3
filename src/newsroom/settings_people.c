/* SPDX-License-Identifier: MIT
 *
 * The people who stand in bylines, and their pages. Whoever adds somebody who
 * is there already changes that page, and sees first what stands on it, as does
 * who changes one that another has changed meanwhile (seen.h).
 */
#include "newsroom/seen.h"
#include "newsroom/settings.h"
#include "newsroom/visit.h"
#include "page/desk_settings.h"
#include "paper/paper.h"
#include "paper/roster.h"
#include "text/script.h"

enum { PEOPLE_AT_ONCE = 100, VALUES = 2 };

static struct entity *show_people_form(
    struct visit *v, unsigned status, struct view_desk_people *view)
{
	struct view_desk desk = visit_desk(v, MSG_RAIL_SETTINGS);
	struct buf *b = visit_buf(v);

	if (!b)
		return NULL;
	view->tabs = settings_tabs(v, MSG_SET_TAB_PEOPLE);
	desk.has_faults = status == 422;
	desk_people(b, &desk, view);
	return visit_page(v, status, b);
}

static enum rc fill_people(
    struct visit *v, struct view_desk_people *view, struct err *err)
{
	struct roster_term *terms;
	struct view_desk_author *rows;
	struct buf older;
	size_t n;
	enum rc rc = roster_people(v->paper, v->a, visit_query(v, STR("after")),
	    PEOPLE_AT_ONCE, &terms, &n, err);

	if (rc != RC_OK)
		return rc;
	rows = ARENA_ARRAY(v->a, struct view_desk_author, n);
	if (!rows)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < n; i++)
		rows[i] = (struct view_desk_author){
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

/* One person; IS: what is saved of them. */
static struct entity *show_one(struct visit *v, unsigned status,
    struct view_desk_people *view, const struct roster_term *is)
{
	const struct str values[VALUES] = {is->name, is->about};
	struct err err = {0};
	enum rc rc = seen_write(v, values, VALUES, &view->seen, &err);

	view->is_one = true;
	return rc == RC_OK ? show_people_form(v, status, view)
			   : visit_failed(v, rc, &err);
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
	view.form = (struct view_desk_author){term.slug, term.name, term.about};
	return show_one(v, 200, &view, &term);
}

/* What is wrong with the form. */
static bool check_person(struct view_desk_people *view)
{
	if (str_blank(view->form.name))
		view->name_fault = MSG_FAULT_EMPTY;
	else if (view->form.name.n > ROSTER_NAME_MAX)
		view->name_fault = MSG_FAULT_LONG;
	else if (!script_is_plain(view->form.name))
		view->name_fault = MSG_FAULT_UNSEEN;
	if (view->form.about.n > ROSTER_ABOUT_MAX)
		view->about_fault = MSG_FAULT_LONG;
	return view->name_fault == MSG_COUNT && view->about_fault == MSG_COUNT;
}

static struct entity *show_person_fault(struct visit *v,
    struct view_desk_people *view, const struct roster_term *is)
{
	struct err err = {0};
	enum rc rc = RC_OK;

	if (is)
		return show_one(v, 422, view, is);
	rc = fill_people(v, view, &err);
	return rc == RC_OK ? show_people_form(v, 422, view)
			   : visit_failed(v, rc, &err);
}

/* Who the form is about, as they are saved. RC_NOT_FOUND: somebody new. */
static enum rc find_person(struct visit *v, struct view_desk_people *view,
    struct roster_term *ret_is, struct err *err)
{
	enum rc rc;

	if (view->form.slug.n > 0)
		return roster_person(
		    v->paper, v->a, view->form.slug, ret_is, err);
	if (str_blank(view->form.name) || view->form.name.n > ROSTER_NAME_MAX)
		return RC_NOT_FOUND;
	rc = roster_person_named(v->paper, v->a, view->form.name, ret_is, err);
	if (rc == RC_OK)
		view->form.slug = ret_is->slug;
	return rc;
}

/* Puts what was typed together with what is saved. False: both have changed the
 * same. */
static bool join_person(const struct seen *seen, struct view_desk_people *view,
    const struct roster_term *is)
{
	const enum seen_fate name =
	    seen_fate(seen, 0, view->form.name, is->name);
	const enum seen_fate about =
	    seen_fate(seen, 1, view->form.about, is->about);

	if (name == SEEN_THEIRS)
		view->form.name = is->name;
	if (about == SEEN_THEIRS)
		view->form.about = is->about;
	view->has_theirs_name = name == SEEN_BOTH;
	view->theirs_name = is->name;
	view->has_theirs_about = about == SEEN_BOTH;
	view->theirs_about = is->about;
	return !view->has_theirs_name && !view->has_theirs_about;
}

static struct entity *show_both_people(struct visit *v, const struct seen *seen,
    struct view_desk_people *view, const struct roster_term *is)
{
	struct str url =
	    arena_printf(v->a, "/settings/people/%.*s", STR_ARG(is->slug));
	struct err err = {0};
	enum rc rc =
	    seen_by(v, seen, STR("person"), is->name, url, &view->theirs);

	return rc == RC_OK ? show_one(v, 409, view, is)
			   : visit_failed(v, rc, &err);
}

static enum rc keep_person(
    struct visit *v, const struct view_desk_author *form, struct err *err)
{
	enum rc rc = paper_step_begin(v->paper, err);

	if (rc != RC_OK)
		return rc;
	rc = paper_set_person(v->paper, form->slug, form->name,
	    form->about.p ? form->about : STR(""), err);
	if (rc == RC_OK)
		rc = settings_log(v, STR("person"), form->name, STR_NONE, err);
	return paper_step_end(v->paper, rc, err);
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
	struct seen seen = seen_sent(v);
	struct roster_term is;
	struct err err = {0};
	bool is_new = view.form.slug.n == 0, is_there;
	enum rc rc = find_person(v, &view, &is, &err);

	is_there = rc == RC_OK;
	if (rc != RC_OK && !(rc == RC_NOT_FOUND && is_new))
		return visit_failed(v, rc, &err);
	/* Who stands in a byline alone has nothing yet to be overwritten. */
	if (is_there && !join_person(&seen, &view, &is) &&
	    !(is_new && is.about.n == 0))
		return show_both_people(v, &seen, &view, &is);
	if (!check_person(&view))
		return show_person_fault(v, &view, is_there ? &is : NULL);
	rc = keep_person(v, &view.form, &err);
	if (rc == RC_EXISTS) {
		view.name_fault = MSG_FAULT_PERSON_TAKEN;
		return show_person_fault(v, &view, is_there ? &is : NULL);
	}
	return rc == RC_OK
		   ? visit_done(v, STR("/settings/people"), STR("saved"))
		   : visit_failed(v, rc, &err);
}

enum { CHANGES = ROUTE_STEP_UP | ROUTE_SHOWS };

static const struct route routes[] = {
    {HTTP_GET, "/settings/people", RIGHT_SETTINGS, ROUTE_STEP_UP, "",
	show_people},
    {HTTP_POST, "/settings/people", RIGHT_SETTINGS, CHANGES,
	"seen slug name about", save_person},
    {HTTP_GET, "/settings/people/:slug", RIGHT_SETTINGS, ROUTE_STEP_UP, "",
	show_person},
};

const struct route *routes_people(size_t *ret_n)
{
	*ret_n = sizeof(routes) / sizeof(routes[0]);
	return routes;
}
