/* SPDX-License-Identifier: MIT
 *
 * The list of stories, and how a new one begins.
 */
#include "newsroom/steps.h"
#include "newsroom/intake.h"
#include "newsroom/newsroom_priv.h"
#include "newsroom/story.h"
#include "newsroom/visit.h"
#include "page/desk_stories.h"
#include "paper/presence.h"
#include "paper/write.h"
#include "text/slug.h"

enum { LIST_STORIES = 50, QUERY_MAX = 4096 };

/* What is asked for, as the address says it. */
struct list {
	struct visit *v;
	struct view_stories view;
	struct paper_filter filter;
	int64_t before;
};

static void read_status(struct list *list)
{
	int status = desk_status_find(visit_query(list->v, STR("status")));

	list->view.status = status;
	if (status < 0)
		return;
	if (status == VIEW_STATUS_CHANGED) {
		list->filter.is_changed = true;
		status = PAPER_PUBLISHED;
	}
	list->filter.has_status = true;
	list->filter.status = (enum paper_status)status;
}

/* Where the list goes on: "1764262800000000-17", the moment when the last
 * story on the page before was saved, and its number. */
static void read_place(struct list *list)
{
	struct str rest = visit_query(list->v, STR("before"));
	struct str saved = str_cut(&rest, '-');
	uint64_t us, id;

	list->filter.is_by_time = true;
	list->filter.saved = INSTANT_NEVER;
	list->before = INT64_MAX;
	if (str_u64(saved, INT64_MAX, &us) != RC_OK ||
	    str_u64(rest, INT64_MAX, &id) != RC_OK)
		return;
	list->filter.saved.us = (int64_t)us;
	list->before = (int64_t)id;
}

static void read_query(struct list *list)
{
	struct visit *v = list->v;
	struct view_stories *view = &list->view;
	struct paper_filter *f = &list->filter;

	read_status(list);
	view->section = visit_query(v, STR("section"));
	view->person = str_trim(visit_query(v, STR("person")));
	view->words = str_trim(visit_query(v, STR("q")));
	view->is_own = visit_query(v, STR("mine")).n > 0;
	view->is_filtered = view->status >= 0 || view->section.n > 0 ||
			    view->person.n > 0 || view->words.n > 0 ||
			    view->is_own;
	f->own = v->who.login;
	f->sections = v->who.sections;
	f->is_own = view->is_own;
	f->section = view->section;
	f->text = view->words;
	f->person = view->person;
	read_place(list);
}

static bool is_same_day(struct civil a, struct civil b)
{
	return a.year == b.year && a.month == b.month && a.day == b.day;
}

static enum rc read_here(struct visit *v, int64_t id,
    const struct people *people, struct str_list *ret_names)
{
	struct present_list present;
	enum rc rc =
	    presence_list(v->n->presence, v->a, id, STR(""), v->now, &present);
	struct str *names;

	if (rc != RC_OK || present.n == 0)
		return rc;
	names = ARENA_ARRAY(v->a, struct str, present.n);
	if (!names)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < present.n; i++)
		names[i] = people_name(people, present.v[i].who);
	*ret_names = (struct str_list){names, present.n};
	return RC_OK;
}

static enum rc read_row(struct visit *v, const struct paper_story *story,
    const struct people *people, struct view_story_row *ret_row)
{
	struct civil now = visit_civil(v, v->now);
	struct view_story_row row = {
	    .id = story->id,
	    .headline = story->headline,
	    .section = story->section,
	    .writer = people_name(people, story->writer),
	    .assigned = people_name(people, story->assigned),
	    .status = (int)story->status,
	    .is_changed = story->is_changed,
	    .saved = visit_civil(v, story->saved),
	    .wanted = story->wanted.count,
	    .is_characters = story->wanted.unit == PAPER_UNIT_CHARACTERS,
	};
	enum rc rc = read_here(v, story->id, people, &row.here);

	row.is_today = is_same_day(row.saved, now);
	row.has_when = story->status == PAPER_SCHEDULED &&
		       story->due.us != INSTANT_NEVER.us;
	if (row.has_when)
		row.when = visit_civil(v, story->due);
	*ret_row = row;
	return rc;
}

static void put_value(struct buf *b, const char *name, struct str value)
{
	if (value.n == 0)
		return;
	buf_printf(b, "%s=", name);
	url_encode_path(b, value);
	buf_char(b, '&');
}

/* This very list, further down. */
static struct str older_url(
    const struct list *list, const struct paper_story *last)
{
	const struct view_stories *view = &list->view;
	struct buf b;

	buf_init_arena(&b, list->v->a, QUERY_MAX);
	buf_lit(&b, "/stories?");
	put_value(&b, "q", view->words);
	if (view->status >= 0)
		put_value(&b, "status", desk_status_name(view->status));
	put_value(&b, "section", view->section);
	put_value(&b, "person", view->person);
	put_value(&b, "mine", view->is_own ? STR("1") : STR(""));
	if (last)
		buf_printf(&b, "before=%lld-%lld", (long long)last->saved.us,
		    (long long)last->id);
	return buf_rc(&b) == RC_OK ? buf_str(&b) : STR("/stories");
}

static enum rc read_rows(struct list *list, struct err *err)
{
	struct visit *v = list->v;
	struct view_story_row *rows =
	    ARENA_ARRAY(v->a, struct view_story_row, LIST_STORIES);
	struct paper_story *stories;
	struct people people;
	size_t n = 0;
	enum rc rc = people_load(v, &people, err);

	if (rc == RC_OK)
		rc = rows ? paper_list(v->paper, v->a, &list->filter,
				list->before, LIST_STORIES + 1, &stories, &n,
				err)
			  : RC_NO_MEMORY;
	if (rc == RC_OK && n > LIST_STORIES) {
		n = LIST_STORIES;
		list->view.older = older_url(list, &stories[n - 1]);
	}
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		rc = read_row(v, &stories[i], &people, &rows[i]);
	list->view.v = rows;
	list->view.n = n;
	if (list->before != INT64_MAX)
		list->view.newest = older_url(list, NULL);
	return rc;
}

static struct entity *show_stories(struct visit *v)
{
	struct view_desk desk = visit_desk(v, MSG_RAIL_STORIES);
	struct list list = {.v = v};
	struct paper_settings settings;
	struct str_list sections;
	struct buf *b = visit_buf(v);
	struct err err = {0};
	enum rc rc = b ? RC_OK : RC_NO_MEMORY;

	read_query(&list);
	if (rc == RC_OK)
		rc = paper_settings(v->paper, v->a, &settings, &err);
	if (rc == RC_OK)
		rc = story_sections(v, RIGHT_STORIES, &sections, &err);
	if (rc == RC_OK)
		rc = read_rows(&list, &err);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	list.view.sections = &sections;
	list.view.account = visit_account(v);
	list.view.zone = settings.zone;
	desk.script = visit_static(v, STR("copies.js"));
	list.view.can_write = right_has_any(&v->who, RIGHT_WRITE);
	desk_stories(b, &desk, &list.view);
	return visit_page(v, 200, b);
}

/* A new story. */

static struct entity *show_form(
    struct visit *v, struct view_new_story *view, unsigned status)
{
	struct view_desk desk = visit_desk(v, MSG_RAIL_STORIES);
	struct str_list sections;
	struct buf *b = visit_buf(v);
	struct err err = {0};
	enum rc rc =
	    b ? story_sections(v, RIGHT_WRITE, &sections, &err) : RC_NO_MEMORY;

	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	view->sections = &sections;
	desk.has_faults = status != 200;
	desk_new_story(b, &desk, view);
	return visit_page(v, status, b);
}

static struct entity *show_new(struct visit *v)
{
	return show_form(v,
	    &(struct view_new_story){
		.headline_fault = MSG_COUNT, .text_fault = MSG_COUNT},
	    200);
}

struct str stories_url(struct visit *v, int64_t id)
{
	return arena_printf(v->a, "/stories/%lld", (long long)id);
}

/* Who writes it stands in the byline, until somebody changes that. */
static enum rc save_new(struct visit *v, const struct manuscript *m,
    int64_t *ret_id, struct err *err)
{
	struct paper_write write = {
	    .manuscript = m, .who = v->who.login, .now = v->now};
	struct paper_write_result result;
	enum rc rc = paper_write(v->paper, v->a, &write, &result, err);

	if (rc == RC_OK)
		*ret_id = result.id;
	return rc;
}

static struct entity *send_new(struct visit *v)
{
	struct view_new_story view = {
	    .headline = str_trim(visit_field(v, STR("headline"))),
	    .section = visit_field(v, STR("section")),
	    .headline_fault = MSG_COUNT,
	    .text_fault = MSG_COUNT,
	};
	struct str_list sections;
	struct manuscript m = {.headline = view.headline,
	    .section = view.section,
	    .authors = {&v->who.name, 1},
	    .is_draft = true};
	struct err err = {0};
	int64_t id = 0;
	bool may = view.section.n == 0;
	enum rc rc = story_sections(v, RIGHT_WRITE, &sections, &err);

	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	for (size_t i = 0; i < sections.n; i++)
		may = may || str_eq(sections.v[i], view.section);
	if (!may)
		return visit_status(v, 403);
	if (view.headline.n == 0)
		view.headline_fault = MSG_FAULT_EMPTY;
	else if (view.headline.n > MANUSCRIPT_FIELD_MAX ||
		 str_find(view.headline, '\n') < view.headline.n)
		view.headline_fault = MSG_FAULT_LONG;
	if (view.headline_fault != MSG_COUNT)
		return show_form(v, &view, 422);
	rc = save_new(v, &m, &id, &err);
	return rc == RC_OK ? visit_see_other(v, stories_url(v, id))
			   : visit_failed(v, rc, &err);
}

/* Raw text. */

static struct entity *send_intake(struct visit *v)
{
	struct view_new_story view = {
	    .text = visit_field(v, STR("text")),
	    .headline_fault = MSG_COUNT,
	    .text_fault = MSG_COUNT,
	};
	struct intake *in;
	struct err err = {0};
	int64_t id = 0;
	enum rc rc = intake_of(v, view.text, &in, &err);

	if (rc == RC_INVALID || rc == RC_LIMIT) {
		view.text_fault =
		    rc == RC_LIMIT ? MSG_FAULT_LONG : MSG_STORY_RAW_FAULT;
		return v->is_json ? intake_refuse(v, view.text_fault)
				  : show_form(v, &view, 422);
	}
	if (rc == RC_OK && v->is_json)
		return intake_json(v, in);
	if (rc == RC_OK)
		rc = save_new(v, &in->m, &id, &err);
	if (rc == RC_OK)
		rc = intake_note_down(v, in, id, &err);
	return rc == RC_OK ? visit_see_other(v, stories_url(v, id))
			   : visit_failed(v, rc, &err);
}

static struct entity *go_home(struct visit *v)
{
	return visit_see_other(
	    v, steps_are_open(v) ? STR("/steps") : visit_home(v));
}

static const struct route routes[] = {
    {HTTP_GET, "/", RIGHT_SELF, 0, "", go_home},
    {HTTP_GET, "/stories", RIGHT_STORIES, 0, "", show_stories},
    {HTTP_GET, "/stories/new", RIGHT_WRITE, 0, "", show_new},
    {HTTP_POST, "/stories/new", RIGHT_WRITE, 0, "headline section", send_new},
    {HTTP_POST, "/stories/intake", RIGHT_WRITE, 0, "text lang", send_intake},
};

const struct route *routes_stories(size_t *ret_n)
{
	*ret_n = sizeof(routes) / sizeof(routes[0]);
	return routes;
}
