/* SPDX-License-Identifier: MIT
 *
 * A form that came too early for its right is laid aside (kept.h), and the
 * page on which it waits.
 */
#include "base/buf.h"
#include "newsroom/kept.h"
#include "newsroom/newsroom_priv.h"
#include "newsroom/visit.h"
#include "page/desk.h"

/* Whose form it is: of who is here, or was until time ran out; 0: nobody's.
 * What needs a step-up waits only for who has but to show that. */
static int64_t whose(const struct visit *v)
{
	if (who_is_signed_in(&v->who))
		return v->who.id;
	return v->route->flags & ROUTE_STEP_UP ? 0 : v->was;
}

/* What sending it does, in the words of the button that was pressed. */
static enum msg what_it_does(const struct route *route)
{
	static const struct {
		const char *pattern;
		enum msg msg;
	} words[] = {
	    {"/stories/:id/save", MSG_SAVE},
	    {"/stories/:id/length", MSG_LENGTH_WANTED},
	    {"/stories/:id/notes", MSG_NOTE_SEND},
	    {"/stories/:id/restore", MSG_REVISION_RESTORE},
	    {"/stories/:id/submit", MSG_SUBMIT_BUTTON},
	    {"/stories/:id/recall", MSG_RECALL_BUTTON},
	    {"/stories/:id/send-back", MSG_SEND_BACK_BUTTON},
	    {"/stories/:id/approve", MSG_APPROVE_BUTTON},
	    {"/stories/:id/unapprove", MSG_UNAPPROVE_BUTTON},
	    {"/stories/:id/assign", MSG_ASSIGN_TITLE},
	    {"/stories/:id/publish", MSG_PUBLISH_NOW},
	    {"/stories/:id/schedule", MSG_SCHEDULE_BUTTON},
	    {"/stories/:id/unschedule", MSG_UNSCHEDULE_BUTTON},
	    {"/stories/:id/embargo", MSG_EMBARGO_BUTTON},
	    {"/stories/:id/change", MSG_CHANGE_BUTTON},
	    {"/stories/:id/withdraw", MSG_WITHDRAW_BUTTON},
	    {"/stories/:id/put-back", MSG_PUT_BACK_BUTTON},
	    {"/stories", MSG_RAIL_STORIES},
	    {"/front", MSG_RAIL_FRONT},
	    {"/pictures", MSG_RAIL_PICTURES},
	    {"/redirects", MSG_RAIL_REDIRECTS},
	    {"/settings", MSG_RAIL_SETTINGS},
	    {"/account", MSG_RAIL_ACCOUNT},
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_starts(
			str_of(route->pattern), str_of(words[i].pattern)))
			return words[i].msg;
	return MSG_SAVE;
}

struct str kept_form(struct visit *v)
{
	struct kept form = {.at = v->now,
	    .route = v->route,
	    .path = v->path,
	    .body = v->r->body};
	struct buf b;

	if (v->is_json || form.body.n == 0 || !kept_takes(v->route))
		return STR_NONE;
	form.staff = whose(v);
	if (form.staff == 0)
		return STR_NONE;
	v->n->config.random(form.token, sizeof(form.token));
	if (!kept_add(v->n->kept, &form))
		return STR_NONE;
	buf_init_arena(&b, v->a, 100);
	buf_lit(&b, "/kept/");
	token_put(&b, form.token);
	return buf_rc(&b) == RC_OK ? buf_str(&b) : STR_NONE;
}

static enum rc fill(struct visit *v, struct view_desk_kept *view)
{
	uint8_t token[TOKEN_BYTES];
	const struct kept *kept = NULL;
	struct http_long_form form;
	struct view_desk_pair *fields;
	enum rc rc;

	if (token_parse(v->params[0], token) == RC_OK)
		kept = kept_find(v->n->kept, token, v->who.id, v->now);
	if (!kept)
		return RC_NOT_FOUND;
	rc = newsroom_form(v->a, kept->body, &form);
	if (rc != RC_OK)
		return rc;
	fields = ARENA_ARRAY(v->a, struct view_desk_pair, form.n);
	if (!fields)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < form.n; i++)
		fields[i] =
		    (struct view_desk_pair){form.v[i].name, form.v[i].value};
	*view = (struct view_desk_kept){.action = kept->path,
	    .does = what_it_does(kept->route),
	    .at = visit_civil(v, kept->at),
	    .fields = fields,
	    .fields_n = form.n};
	return RC_OK;
}

static struct entity *show_gone(struct visit *v)
{
	struct view_desk desk = visit_desk(v, MSG_COUNT);
	struct view_desk_notice notice = {.title = MSG_KEPT_GONE,
	    .text = MSG_KEPT_GONE_TEXT,
	    .url = STR("/"),
	    .link = MSG_GO_ON};
	struct buf *b = visit_buf(v);

	if (!b)
		return NULL;
	desk_notice(b, &desk, &notice);
	return visit_page(v, 404, b);
}

static struct entity *show_kept(struct visit *v)
{
	struct view_desk desk = visit_desk(v, MSG_COUNT);
	struct view_desk_kept view;
	struct buf *b = visit_buf(v);
	enum rc rc = b ? fill(v, &view) : RC_NO_MEMORY;

	if (rc == RC_NO_MEMORY)
		return NULL;
	if (rc != RC_OK)
		return show_gone(v);
	desk_kept(b, &desk, &view);
	return visit_page(v, 200, b);
}

static const struct route routes[] = {
    {HTTP_GET, "/kept/:token", RIGHT_SELF, 0, "", show_kept},
};

const struct route *routes_kept(size_t *ret_n)
{
	*ret_n = sizeof(routes) / sizeof(routes[0]);
	return routes;
}
