/* SPDX-License-Identifier: MIT
 *
 * Who is in a story: each page that is open asks every few seconds, and says
 * by it that it is there; or, when it is closed, that it is not any more.
 */
#include "newsroom/newsroom_priv.h"
#include "newsroom/visit.h"
#include "newsroom/write.h"
#include "paper/presence.h"

static struct entity *send_present(struct visit *v)
{
	struct saving s = {.v = v, .write.tab = visit_field(v, STR("tab"))};
	struct presence *presence = v->n->presence;
	struct buf *b = visit_buf(v);
	enum rc rc = b ? story_open(v, &s.story, NULL, &s.err) : RC_NO_MEMORY;

	if (rc == RC_OK && !story_may(v, RIGHT_WRITE, &s.story))
		rc = RC_DENIED;
	if (rc == RC_OK &&
	    (s.write.tab.n == 0 || s.write.tab.n > PAPER_TAB_MAX))
		rc = RC_INVALID;
	if (rc != RC_OK)
		return visit_failed(v, rc, &s.err);
	if (visit_is_of_other(v))
		return write_refuse_other(v);
	if (str_eq(visit_field(v, STR("leave")), STR("1")))
		presence_leave(presence, s.story.id, s.write.tab);
	else
		presence_touch(presence, s.story.id, v->who.login, s.write.tab,
		    false, v->now);
	buf_printf(b, "{\"revision\":%lld", (long long)s.story.revision);
	rc = write_present(b, &s);
	buf_lit(b, "}\n");
	return rc == RC_OK ? visit_json(v, 200, b)
			   : visit_failed(v, rc, &s.err);
}

static const struct route routes[] = {
    {HTTP_POST, "/stories/:id/present", RIGHT_WRITE, 0, "tab account leave",
	send_present},
};

const struct route *routes_present(size_t *ret_n)
{
	*ret_n = sizeof(routes) / sizeof(routes[0]);
	return routes;
}
