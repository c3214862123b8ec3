/* SPDX-License-Identifier: MIT
 *
 * The list of stories.
 */
#include "newsroom/steps.h"
#include "newsroom/visit.h"
#include "page/desk.h"

static struct entity *go_home(struct visit *v)
{
	return visit_see_other(
	    v, steps_are_open(v) ? STR("/steps") : visit_home(v));
}

static struct entity *show_stories(struct visit *v)
{
	struct view_desk desk = visit_desk(v, MSG_RAIL_STORIES);
	struct view_desk_notice notice = {
	    .title = MSG_STORIES_TITLE, .text = MSG_COUNT};
	struct buf *b = visit_buf(v);

	if (!b)
		return NULL;
	desk_notice(b, &desk, &notice);
	return visit_page(v, 200, b);
}

static const struct route routes[] = {
    {HTTP_GET, "/", RIGHT_SELF, 0, "", go_home},
    {HTTP_GET, "/stories", RIGHT_STORIES, 0, "", show_stories},
};

const struct route *routes_stories(size_t *ret_n)
{
	*ret_n = sizeof(routes) / sizeof(routes[0]);
	return routes;
}
