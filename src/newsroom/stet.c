/* SPDX-License-Identifier: MIT
 *
 * Marks that somebody lets stand; see stet.h. A script sends one by itself; a
 * form without one sends it with the story.
 */
#include "newsroom/stet.h"

#include "newsroom/intake.h"
#include "newsroom/newsroom_priv.h"
#include "newsroom/visit.h"
#include "newsroom/write.h"
#include "paper/stet.h"

struct str stet_value(struct arena *a, const struct stet *stet)
{
	return arena_printf(a, "%.*s|%.*s|%zu|%.*s", STR_ARG(stet->kind),
	    STR_ARG(stet->field), stet->place, STR_ARG(stet->words));
}

enum rc stet_save(
    struct visit *v, const struct paper_story *story, struct err *err)
{
	struct str again = visit_field(v, STR("unstet"));
	struct str rest = again.p ? again : visit_field(v, STR("stet"));
	struct stet stet = {.who = v->who.login, .at = v->now};
	uint64_t place;

	stet.kind = str_cut(&rest, '|');
	stet.field = rest.p ? str_cut(&rest, '|') : STR_NONE;
	if (!rest.p ||
	    str_u64(str_cut(&rest, '|'), PAPER_STET_WORDS_MAX, &place) !=
		RC_OK ||
	    !rest.p)
		return RC_INVALID;
	stet.words = rest;
	stet.place = (size_t)place;
	return again.p ? paper_drop_stet(v->paper, story->id, &stet, err)
		       : paper_add_stet(v->paper, story->id, &stet, err);
}

static struct entity *send_stet(struct visit *v)
{
	struct paper_story story;
	struct err err = {0};
	struct str url;
	struct buf *b;
	enum rc rc = story_open(v, &story, NULL, &err);

	if (rc == RC_OK && !story_may(v, RIGHT_WRITE, &story))
		rc = RC_DENIED;
	if (rc == RC_OK)
		rc = stet_save(v, &story, &err);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	if (!v->is_json) {
		url = stories_url(v, story.id);
		return url.p ? visit_see_other(v, url) : NULL;
	}
	b = visit_buf(v);
	if (!b)
		return NULL;
	buf_lit(b, "{\"status\":\"saved\"}\n");
	return visit_json(v, 200, b);
}

static const struct route routes[] = {
    {HTTP_POST, "/stories/:id/stet", RIGHT_WRITE, 0, "stet unstet", send_stet},
};

const struct route *routes_stet(size_t *ret_n)
{
	*ret_n = sizeof(routes) / sizeof(routes[0]);
	return routes;
}
