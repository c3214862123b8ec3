/* SPDX-License-Identifier: MIT
 *
 * The first steps: what a new paper needs. Whether a step is done is seen from
 * the paper itself each time, never remembered. An owner's newsroom opens here
 * until all is done or the owner has said that it shall not.
 */
#include "newsroom/steps.h"

#include "newsroom/newsroom_priv.h"
#include "newsroom/settings.h"
#include "newsroom/visit.h"
#include "page/desk_settings.h"
#include "paper/paper.h"
#include "paper/roster.h"

#define HIDDEN STR("steps_hidden")

static enum rc has_two_owners(struct visit *v, bool *ret, struct err *err)
{
	struct staff *list;
	size_t n, owners = 0;
	enum rc rc = staff_list(v->paper, v->a, &list, &n, err);

	for (size_t i = 0; rc == RC_OK && i < n; i++)
		owners += list[i].role == STAFF_OWNER && !list[i].is_disabled;
	*ret = owners >= 2;
	return rc;
}

static enum rc look(
    struct visit *v, struct view_desk_steps *view, struct err *err)
{
	struct paper_settings s = {0};
	struct roster_pulse pulse = {0};
	struct str_list sections = {NULL, 0};
	int64_t hidden = 0;
	enum rc rc = paper_settings(v->paper, v->a, &s, err);

	if (rc == RC_OK)
		rc = paper_sections(v->paper, v->a, &sections, err);
	if (rc == RC_OK)
		rc = roster_pulse(v->paper, v->a, v->who.name, &pulse, err);
	if (rc == RC_OK)
		rc = has_two_owners(v, &view->is_done[DESK_STEP_OWNER], err);
	if (rc == RC_OK)
		rc = roster_number(v->paper, HIDDEN, &hidden, err);
	view->is_hidden = hidden != 0;
	view->is_done[DESK_STEP_NAME] = s.publisher.n > 0;
	view->is_done[DESK_STEP_SECTIONS] = sections.n > 0;
	view->is_done[DESK_STEP_PERSON] = pulse.has_person;
	view->is_done[DESK_STEP_SECOND] =
	    v->who.passkeys > 0 || v->who.has_totp;
	view->is_done[DESK_STEP_STORY] = pulse.has_story;
	view->is_done[DESK_STEP_PICTURE] = pulse.has_picture;
	view->is_done[DESK_STEP_FRONT] = pulse.last > 0;
	view->is_done[DESK_STEP_SUPPORT] = v->n->config.till.ask != NULL;
	return rc;
}

static void fill_urls(struct visit *v, struct view_desk_steps *view)
{
	static const char *const urls[DESK_STEPS] = {
	    [DESK_STEP_NAME] = "/settings/paper",
	    [DESK_STEP_SECTIONS] = "/settings/sections",
	    [DESK_STEP_PERSON] = "/settings/people",
	    [DESK_STEP_SECOND] = "/account",
	    [DESK_STEP_OWNER] = "/staff",
	    [DESK_STEP_STORY] = "/stories",
	    [DESK_STEP_PICTURE] = "/pictures",
	    [DESK_STEP_FRONT] = "/front",
	    [DESK_STEP_SUPPORT] = "/money",
	};

	for (int i = 0; i < DESK_STEPS; i++)
		if (visit_leads(v, str_of(urls[i])))
			view->urls[i] = str_of(urls[i]);
}

static struct entity *show_steps(struct visit *v)
{
	struct view_desk desk = visit_desk(v, MSG_RAIL_STEPS);
	struct view_desk_steps view = {0};
	struct err err = {0};
	struct buf *b = visit_buf(v);
	enum rc rc = look(v, &view, &err);

	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	if (!b)
		return NULL;
	fill_urls(v, &view);
	desk_steps(b, &desk, &view);
	return visit_page(v, 200, b);
}

static struct entity *hide_steps(struct visit *v)
{
	struct err err = {0};
	enum rc rc = roster_set_number(v->paper, HIDDEN, 1, &err);

	return rc == RC_OK ? visit_see_other(v, STR("/"))
			   : visit_failed(v, rc, &err);
}

bool steps_are_open(struct visit *v)
{
	struct view_desk_steps view = {0};
	int64_t hidden = 0;

	/* Each screen asks this: most papers have long put them away. */
	if (!right_has_any(&v->who, RIGHT_STAFF) ||
	    roster_number(v->paper, HIDDEN, &hidden, NULL) != RC_OK || hidden ||
	    look(v, &view, NULL) != RC_OK)
		return false;
	fill_urls(v, &view);
	for (int i = 0; i < DESK_STEPS; i++)
		if (view.urls[i].n > 0 && !view.is_done[i])
			return true;
	return false;
}

static const struct route routes[] = {
    {HTTP_GET, "/steps", RIGHT_SETTINGS, 0, "", show_steps},
    {HTTP_POST, "/steps/hide", RIGHT_SETTINGS, 0, "", hide_steps},
};

const struct route *routes_steps(size_t *ret_n)
{
	*ret_n = sizeof(routes) / sizeof(routes[0]);
	return routes;
}
