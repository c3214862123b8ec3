/* SPDX-License-Identifier: MIT
 *
 * Addresses that lead elsewhere by hand. A target may be a path of the paper,
 * a story's number, or the whole address of either.
 */
#include "paper/redirect.h"

#include "newsroom/settings.h"
#include "newsroom/story.h"
#include "newsroom/visit.h"
#include "page/desk_front.h"

enum { ROWS = 100 };

static struct view_redirects view_new(void)
{
	return (struct view_redirects){
	    .from_fault = MSG_COUNT, .to_fault = MSG_COUNT};
}

/* "/2026/11/23/harbour" of a story; its number where it has no address. */
static struct str target_of(
    struct visit *v, const struct paper_redirect *redirect)
{
	struct paper_story story;

	if (redirect->story == 0)
		return redirect->to;
	if (paper_show(v->paper, v->a, redirect->story, &story, NULL, NULL) ==
		RC_OK &&
	    story.path.n > 0)
		return story.path;
	return arena_printf(v->a, "%lld", (long long)redirect->story);
}

static struct str encoded(struct visit *v, struct str text)
{
	struct buf b;

	buf_init_arena(&b, v->a, 4 * PAPER_PATH_MAX);
	visit_put_query(&b, text);
	return buf_str(&b);
}

static enum rc fill_rows(
    struct visit *v, struct view_redirects *view, struct err *err)
{
	struct str after = visit_query(v, STR("after"));
	struct view_redirect *rows =
	    ARENA_ARRAY(v->a, struct view_redirect, ROWS);
	struct paper_redirect *list;
	struct people people;
	size_t n = 0;
	enum rc rc = rows ? people_load(v, &people, err) : RC_NO_MEMORY;

	if (rc == RC_OK)
		rc = paper_redirects(
		    v->paper, v->a, after, ROWS + 1, &list, &n, err);
	if (rc != RC_OK)
		return rc;
	if (n > ROWS) {
		n = ROWS;
		view->older = arena_printf(v->a, "/redirects?after=%.*s",
		    STR_ARG(encoded(v, list[n - 1].from)));
	}
	if (after.n > 0)
		view->first = STR("/redirects");
	for (size_t i = 0; i < n; i++)
		rows[i] = (struct view_redirect){
		    .from = list[i].from,
		    .to = target_of(v, &list[i]),
		    .who = people_name(&people, list[i].who),
		    .made = visit_civil(v, list[i].made),
		};
	view->v = rows;
	view->n = n;
	return RC_OK;
}

static struct entity *redirects_page(
    struct visit *v, struct view_redirects *view, unsigned status)
{
	struct view_desk desk = visit_desk(v, MSG_RAIL_REDIRECTS);
	struct buf *b = visit_buf(v);
	struct err err = {0};
	enum rc rc = b ? fill_rows(v, view, &err) : RC_NO_MEMORY;

	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	desk.has_faults = status >= 400;
	desk_redirects(b, &desk, view);
	return visit_page(v, status, b);
}

static struct entity *show_redirects(struct visit *v)
{
	struct view_redirects view = view_new();

	view.undo_from = visit_query(v, STR("from"));
	view.undo_to = visit_query(v, STR("to"));
	return redirects_page(v, &view, 200);
}

/* What stands behind the paper's origin, where the whole address was pasted. */
static struct str path_of(struct visit *v, struct str text)
{
	struct paper_settings settings;
	struct str origin;

	text = str_trim(text);
	if (paper_settings(v->paper, v->a, &settings, NULL) != RC_OK)
		return text;
	origin = settings.origin;
	if (str_ends(origin, STR("/")))
		origin.n--;
	if (origin.n > 0 && str_starts(text, origin) &&
	    str_starts(str_from(text, origin.n), STR("/")))
		return str_from(text, origin.n);
	return text;
}

static struct entity *redirect_note(struct visit *v, struct str what,
    struct str from, struct str to, struct str next)
{
	struct err err = {0};
	enum rc rc = settings_log(v, what, from, to, &err);

	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	return visit_done(v, next,
	    str_eq(what, STR("redirect")) ? STR("redirect")
					  : STR("redirect-gone"));
}

/* A target of digits alone is a story's number. */
static bool is_number(struct str s, int64_t *ret_id)
{
	uint64_t id;

	if (str_u64(s, INT64_MAX, &id) != RC_OK || id == 0)
		return false;
	*ret_id = (int64_t)id;
	return true;
}

static bool is_path(struct str s)
{
	static const char not_in_it[] = " ?#\\";

	if (!str_starts(s, STR("/")) || str_starts(s, STR("//")) ||
	    s.n > PAPER_PATH_MAX)
		return false;
	for (size_t i = 0; i < sizeof(not_in_it) - 1; i++)
		if (str_find(s, not_in_it[i]) < s.n)
			return false;
	return true;
}

static struct entity *set_redirect(struct visit *v)
{
	struct view_redirects view = view_new();
	struct paper_redirect redirect = {
	    .who = v->who.login, .made = v->now, .to = STR("")};
	struct err err = {0};
	enum rc rc;

	view.from = path_of(v, visit_field(v, STR("from")));
	view.to = path_of(v, visit_field(v, STR("to")));
	redirect.from = view.from;
	if (!is_number(view.to, &redirect.story))
		redirect.to = view.to;
	if (!is_path(view.from))
		view.from_fault = MSG_REDIRECT_PATH_FAULT;
	if (redirect.story == 0 && !is_path(view.to))
		view.to_fault = MSG_REDIRECT_PATH_FAULT;
	if (view.from_fault != MSG_COUNT || view.to_fault != MSG_COUNT)
		return redirects_page(v, &view, 422);
	rc = paper_set_redirect(v->paper, &redirect, &err);
	if (rc == RC_EXISTS)
		view.from_fault = MSG_REDIRECT_TAKEN;
	else if (rc == RC_NOT_FOUND)
		view.to_fault = MSG_BANNER_STORY_FAULT;
	else if (rc == RC_INVALID)
		view.to_fault = MSG_REDIRECT_LOOP;
	else if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	if (rc != RC_OK)
		return redirects_page(v, &view, 422);
	return redirect_note(
	    v, STR("redirect"), view.from, view.to, STR("/redirects"));
}

/* Where FROM leads, for the undo; empty if that is not known. */
static struct str led_to(struct visit *v, struct str from)
{
	struct paper_redirect *list;
	size_t n;

	/* The one right behind the greatest address below FROM. */
	for (struct str after = STR("");;) {
		if (paper_redirects(v->paper, v->a, after, ROWS, &list, &n,
			NULL) != RC_OK ||
		    n == 0)
			return STR("");
		for (size_t i = 0; i < n; i++)
			if (str_eq(list[i].from, from))
				return target_of(v, &list[i]);
		after = list[n - 1].from;
	}
}

static struct entity *drop_redirect(struct visit *v)
{
	struct str from = visit_field(v, STR("from"));
	struct str to = led_to(v, from);
	struct str next;
	struct err err = {0};
	enum rc rc = paper_drop_redirect(v->paper, from, &err);

	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	next = arena_printf(v->a, "/redirects?from=%.*s&to=%.*s",
	    STR_ARG(encoded(v, from)), STR_ARG(encoded(v, to)));
	return next.p
		   ? redirect_note(v, STR("redirect removed"), from, to, next)
		   : NULL;
}

static const struct route routes[] = {
    {HTTP_GET, "/redirects", RIGHT_REDIRECTS, 0, "", show_redirects},
    {HTTP_POST, "/redirects", RIGHT_REDIRECTS, ROUTE_SHOWS, "from to",
	set_redirect},
    {HTTP_POST, "/redirects/remove", RIGHT_REDIRECTS, ROUTE_SHOWS, "from",
	drop_redirect},
};

const struct route *routes_redirects(size_t *ret_n)
{
	*ret_n = sizeof(routes) / sizeof(routes[0]);
	return routes;
}
