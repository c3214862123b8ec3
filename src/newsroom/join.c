/* SPDX-License-Identifier: MIT
 *
 * One-time links: the first owner's, invitations, and new ways into an
 * account. Looking at one uses nothing up; sending its form does.
 */
#include "newsroom/newsroom_priv.h"
#include "newsroom/password.h"
#include "newsroom/token.h"
#include "newsroom/visit.h"
#include "page/desk.h"

enum { VAULT_MS = 20000 };

/* What a link's form is about while it is worked on. */
struct joining {
	struct visit *v;
	uint8_t hash[STAFF_HASH];
	struct staff_link link;
	struct str login, name, password;
	struct view_desk_join view;
};

static struct entity *show_gone(struct visit *v)
{
	struct view_desk desk = visit_desk(v, MSG_COUNT);
	struct view_desk_notice notice = {.title = MSG_JOIN_GONE,
	    .text = MSG_JOIN_GONE_TEXT,
	    .url = STR("/sign-in"),
	    .link = MSG_SIGN_IN};
	struct buf *b = visit_buf(v);

	if (!b)
		return NULL;
	desk_notice(b, &desk, &notice);
	return visit_page(v, 404, b);
}

static struct entity *show_form(struct joining *j, unsigned status)
{
	struct visit *v = j->v;
	struct view_desk desk = visit_desk(v, MSG_COUNT);
	struct buf *b = visit_buf(v);

	if (!b)
		return NULL;
	desk.has_faults = status == 422;
	desk_join(b, &desk, &j->view);
	return visit_page(v, status, b);
}

/* The link of the address. RC_NOT_FOUND. */
static enum rc open_link(struct visit *v, struct joining **ret, struct err *err)
{
	struct joining *j = ARENA_NEW(v->a, struct joining);
	uint8_t token[TOKEN_BYTES];
	enum rc rc;

	if (!j)
		return RC_NO_MEMORY;
	j->v = v;
	if (token_parse(v->params[0], token) != RC_OK)
		return RC_NOT_FOUND;
	staff_hash((struct str){(const char *)token, sizeof(token)}, j->hash);
	rc = staff_find_link(v->paper, v->a, j->hash, v->now, &j->link, err);
	if (rc != RC_OK)
		return rc;
	j->view = (struct view_desk_join){
	    .action = v->path,
	    .is_first = j->link.kind == STAFF_LINK_FIRST,
	    .is_reset = j->link.kind == STAFF_LINK_RESET,
	    .role = desk_role((int)j->link.role),
	    .name = j->link.name,
	    .name_fault = MSG_COUNT,
	    .login_fault = MSG_COUNT,
	    .password_fault = MSG_COUNT,
	};
	*ret = j;
	return RC_OK;
}

static struct entity *show_join(struct visit *v)
{
	struct joining *j;
	struct err err = {0};
	enum rc rc = open_link(v, &j, &err);

	if (rc == RC_NOT_FOUND)
		return show_gone(v);
	return rc == RC_OK ? show_form(j, 200) : visit_failed(v, rc, &err);
}

/* Reads the form; false: something in it is wrong, and the view says what. */
static bool read_form(struct joining *j, struct err *err)
{
	struct visit *v = j->v;
	enum rc rc;

	j->password = visit_field(v, STR("password"));
	rc = password_may_be(j->password);
	if (rc != RC_OK)
		j->view.password_fault =
		    rc == RC_LIMIT ? MSG_FAULT_LONG : MSG_FAULT_PASSWORD_SHORT;
	if (j->view.is_reset)
		return rc == RC_OK;
	j->name = str_trim(visit_field(v, STR("name")));
	j->view.name = j->name;
	j->view.login = visit_field(v, STR("login"));
	if (j->name.n == 0)
		j->view.name_fault = MSG_FAULT_EMPTY;
	else if (j->name.n > STAFF_NAME_MAX)
		j->view.name_fault = MSG_FAULT_LONG;
	if (staff_login(v->a, j->view.login, &j->login) != RC_OK) {
		j->view.login_fault = MSG_FAULT_LOGIN;
	} else {
		struct staff other;

		if (staff_find(v->paper, v->a, j->login, &other, err) == RC_OK)
			j->view.login_fault = MSG_FAULT_LOGIN_TAKEN;
	}
	return j->view.password_fault == MSG_COUNT &&
	       j->view.name_fault == MSG_COUNT &&
	       j->view.login_fault == MSG_COUNT;
}

static struct entity *make_account(struct joining *j, struct str hash)
{
	struct visit *v = j->v;
	uint8_t handle[STAFF_HANDLE];
	struct staff_joining joining = {
	    .link = j->hash,
	    .login = j->login,
	    .name = j->name,
	    .lang = STR(""),
	    .password = hash,
	    .handle = handle,
	    .now = v->now,
	};
	struct staff staff;
	struct err err = {0};
	int64_t id = 0;
	enum rc rc;

	v->n->config.random(handle, sizeof(handle));
	rc = staff_join(v->paper, &joining, &id, &err);
	if (rc == RC_NOT_FOUND)
		return show_gone(v);
	if (rc == RC_EXISTS) {
		j->view.login_fault = MSG_FAULT_LOGIN_TAKEN;
		return show_form(j, 422);
	}
	if (rc == RC_OK)
		rc = staff_get(v->paper, v->a, id, &staff, &err);
	if (rc == RC_OK)
		rc = visit_open_session(
		    v, &staff, STAFF_ENROL, STR(""), STR(""), &err);
	return rc == RC_OK ? visit_see_other(v, STR("/account/second"))
			   : visit_failed(v, rc, &err);
}

static void hashed(void *ctx, enum rc rc, const struct vault_reply *reply)
{
	struct joining *j = ctx;
	struct visit *v = j->v;

	if (rc != RC_OK || !reply->is_right)
		visit_answer(v, visit_status(v, 503));
	else
		visit_answer(v, make_account(j, reply->hash));
}

static struct entity *send_join(struct visit *v)
{
	struct vault *vault = &v->n->config.vault;
	struct vault_ask ask = {.kind = VAULT_HASH, .is_known = true};
	struct joining *j;
	struct err err = {0};
	enum rc rc = open_link(v, &j, &err);

	if (rc == RC_NOT_FOUND)
		return show_gone(v);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	if (!read_form(j, &err))
		return show_form(j, 422);
	ask.password = j->password;
	if (!visit_later(v, VAULT_MS))
		return visit_status(v, 503);
	if (vault->ask(vault->ctx, &ask, hashed, j) != RC_OK)
		visit_answer(v, visit_status(v, 503));
	return NULL;
}

static const struct route routes[] = {
    {HTTP_GET, "/first/:token", RIGHT_ANYONE, 0, "", show_join},
    {HTTP_POST, "/first/:token", RIGHT_ANYONE, 0, "name login password",
	send_join},
    {HTTP_GET, "/join/:token", RIGHT_ANYONE, 0, "", show_join},
    {HTTP_POST, "/join/:token", RIGHT_ANYONE, 0, "name login password",
	send_join},
};

const struct route *routes_join(size_t *ret_n)
{
	*ret_n = sizeof(routes) / sizeof(routes[0]);
	return routes;
}
