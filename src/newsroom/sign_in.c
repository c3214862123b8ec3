/* SPDX-License-Identifier: MIT
 *
 * Signing in by password, and out.
 *
 * Whether somebody has an account is nobody's business: a name that nobody
 * has is answered after as long, and with the same words, as a wrong password.
 */
#include "newsroom/newsroom_priv.h"
#include "newsroom/password.h"
#include "newsroom/visit.h"
#include "page/desk.h"

enum { VAULT_MS = 20000 };

static struct entity *show_form(
    struct visit *v, unsigned status, const struct view_desk_sign_in *view)
{
	struct view_desk desk = visit_desk(v, MSG_COUNT);
	struct buf *b = visit_buf(v);

	if (!b)
		return NULL;
	desk_sign_in(b, &desk, view);
	return visit_page(v, status, b);
}

static struct entity *show_sign_in(struct visit *v)
{
	struct view_desk_sign_in view = {
	    .next = visit_next(visit_query(v, STR("next")))};

	if (who_is_signed_in(&v->who))
		return visit_see_other(v, view.next);
	return show_form(v, 200, &view);
}

static struct entity *show_wrong(struct visit *v)
{
	return show_form(v, 422,
	    &(struct view_desk_sign_in){.login = visit_field(v, STR("login")),
		.next = visit_next(visit_field(v, STR("next"))),
		.is_wrong = true});
}

/* The account whose password is tried; RC_NOT_FOUND: there is none. */
static enum rc find_account(
    struct visit *v, struct staff *ret_staff, struct err *err)
{
	struct str login;
	enum rc rc = staff_login(v->a, visit_field(v, STR("login")), &login);

	if (rc == RC_OK)
		rc = staff_find(v->paper, v->a, login, ret_staff, err);
	if (rc == RC_OK && (ret_staff->is_disabled || !ret_staff->password.n))
		rc = RC_NOT_FOUND;
	return rc == RC_INVALID ? RC_NOT_FOUND : rc;
}

static struct entity *signed_in(struct visit *v, const struct staff *staff)
{
	struct err err = {0};
	enum rc rc = visit_open_session(
	    v, staff, STAFF_FULL, STR("sign-in"), STR("password"), &err);

	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	return visit_see_other(v, visit_next(visit_field(v, STR("next"))));
}

static void tried(void *ctx, enum rc rc, const struct vault_reply *reply)
{
	struct visit *v = ctx;
	struct staff staff;
	struct err err = {0};
	struct entity *e;

	if (rc != RC_OK)
		e = visit_status(v, 503);
	else if (!reply->is_right)
		e = show_wrong(v);
	else {
		/* It may have been disabled meanwhile. */
		rc = find_account(v, &staff, &err);
		e = rc == RC_OK		 ? signed_in(v, &staff)
		    : rc == RC_NOT_FOUND ? show_wrong(v)
					 : visit_failed(v, rc, &err);
	}
	visit_answer(v, e);
}

static struct entity *try_password(struct visit *v)
{
	struct vault *vault = &v->n->config.vault;
	struct vault_ask ask = {
	    .kind = VAULT_CHECK,
	    .hash = password_nobody(),
	    .password = visit_field(v, STR("password")),
	};
	struct staff staff;
	struct err err = {0};
	enum rc rc = find_account(v, &staff, &err);

	if (rc == RC_OK)
		ask.hash = staff.password;
	else if (rc != RC_NOT_FOUND)
		return visit_failed(v, rc, &err);
	if (ask.password.n > VAULT_PASSWORD_MAX)
		return show_wrong(v);
	if (!visit_later(v, VAULT_MS))
		return visit_status(v, 503);
	if (vault->ask(vault->ctx, &ask, tried, v) != RC_OK)
		visit_answer(v, visit_status(v, 503));
	return NULL;
}

static struct entity *sign_out(struct visit *v)
{
	struct staff_by by = visit_by(v);
	struct err err = {0};
	enum rc rc = RC_OK;

	if (v->who.session)
		rc = staff_end_session(
		    v->paper, v->who.id, v->who.session, &by, &err);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return visit_failed(v, rc, &err);
	visit_drop_cookie(v);
	return visit_see_other(v, STR("/sign-in"));
}

static const struct route routes[] = {
    {HTTP_GET, "/sign-in", RIGHT_ANYONE, 0, "", show_sign_in},
    {HTTP_POST, "/sign-in/password", RIGHT_ANYONE, 0, "login password next",
	try_password},
    {HTTP_POST, "/sign-out", RIGHT_ANYONE, 0, "", sign_out},
};

const struct route *routes_sign_in(size_t *ret_n)
{
	*ret_n = sizeof(routes) / sizeof(routes[0]);
	return routes;
}
