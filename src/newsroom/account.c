/* SPDX-License-Identifier: MIT
 *
 * A person's own account.
 */
#include "newsroom/visit.h"
#include "page/desk.h"

static struct entity *show_account(struct visit *v)
{
	struct view_desk desk = visit_desk(v, MSG_RAIL_ACCOUNT);
	struct view_desk_notice notice = {.title = MSG_ACCOUNT_TITLE,
	    .text = MSG_COUNT,
	    .more = v->who.login};
	struct buf *b = visit_buf(v);

	if (!b)
		return NULL;
	desk_notice(b, &desk, &notice);
	return visit_page(v, 200, b);
}

static const struct route routes[] = {
    {HTTP_GET, "/account", RIGHT_SELF, 0, "", show_account},
};

const struct route *routes_account(size_t *ret_n)
{
	*ret_n = sizeof(routes) / sizeof(routes[0]);
	return routes;
}
