/* SPDX-License-Identifier: MIT
 *
 * A person's own account: name and language, ways to sign in, sessions. What
 * would let somebody in asks for a fresh step-up; what only shuts doors does
 * not.
 */
#include "newsroom/browser.h"
#include "newsroom/kept.h"
#include "newsroom/newsroom_priv.h"
#include "newsroom/password.h"
#include "newsroom/visit.h"
#include "page/desk.h"
#include "page/desk_staff.h"

enum { VAULT_MS = 20000 };

static const struct view_desk_account no_faults = {
    .name_fault = MSG_COUNT,
    .password_fault = MSG_COUNT,
    .key_fault = MSG_COUNT,
};

static enum rc fill_keys(
    struct visit *v, struct view_desk_account *view, struct err *err)
{
	struct staff_passkey *keys;
	struct view_desk_key *to;
	size_t n = 0;
	enum rc rc = staff_passkeys(v->paper, v->a, v->who.id, &keys, &n, err);

	if (rc != RC_OK)
		return rc;
	to = ARENA_ARRAY(v->a, struct view_desk_key, n);
	if (!to)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < n; i++) {
		to[i] = (struct view_desk_key){
		    .id = keys[i].id,
		    .name = keys[i].name,
		    .created = visit_civil(v, keys[i].created),
		    .was_used = keys[i].used.us != INSTANT_NEVER.us,
		};
		if (to[i].was_used)
			to[i].used = visit_civil(v, keys[i].used);
	}
	view->keys = to;
	view->keys_n = n;
	return RC_OK;
}

static enum rc fill_sessions(
    struct visit *v, struct view_desk_account *view, struct err *err)
{
	struct staff_session *sessions;
	struct view_desk_session *to;
	size_t n = 0;
	enum rc rc =
	    staff_sessions(v->paper, v->a, v->who.id, &sessions, &n, err);

	if (rc != RC_OK)
		return rc;
	to = ARENA_ARRAY(v->a, struct view_desk_session, n);
	if (!to)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < n; i++) {
		struct browser browser = browser_of(sessions[i].agent);

		to[i] = (struct view_desk_session){
		    .id = sessions[i].id,
		    .browser = browser.is_known ? browser.name : STR_NONE,
		    .system = browser.system,
		    .words = browser.is_known ? STR_NONE : browser.name,
		    .created = visit_civil(v, sessions[i].created),
		    .seen = visit_civil(v, sessions[i].seen),
		    .is_this = sessions[i].id == v->who.session,
		};
	}
	view->sessions = to;
	view->sessions_n = n;
	return RC_OK;
}

static struct entity *show_with(
    struct visit *v, unsigned status, const struct view_desk_account *with)
{
	struct view_desk desk = visit_desk(v, MSG_RAIL_ACCOUNT);
	struct view_desk_account view = *with;
	struct buf *b = visit_buf(v);
	struct staff account;
	struct err err = {0};
	enum rc rc = staff_get(v->paper, v->a, v->who.id, &account, &err);

	if (rc == RC_OK)
		rc = fill_keys(v, &view, &err);
	if (rc == RC_OK)
		rc = fill_sessions(v, &view, &err);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	if (!b)
		return NULL;
	if (view.name_fault == MSG_COUNT)
		view.name = account.name;
	view.login = account.login;
	view.role = desk_role((int)account.role);
	view.lang = account.lang;
	view.has_totp = account.totp.n > 0;
	view.has_password = account.password.n > 0;
	view.codes = account.recovery_codes;
	desk.has_faults = status == 422;
	desk.script = visit_static(v, STR("passkey.js"));
	desk_account(b, &desk, &view);
	return visit_page(v, status, b);
}

static struct entity *show_account(struct visit *v)
{
	return show_with(v, 200, &no_faults);
}

static struct entity *done(
    struct visit *v, enum rc rc, const struct err *err, struct str word)
{
	return rc == RC_OK ? visit_done(v, STR("/account"), word)
			   : visit_failed(v, rc, err);
}

static struct entity *set_me(struct visit *v)
{
	struct str name = str_trim(visit_field(v, STR("name")));
	struct str lang = visit_field(v, STR("lang"));
	struct view_desk_account view = no_faults;
	struct staff_by by = visit_by(v);
	struct err err = {0};
	enum rc rc = RC_OK;

	if (lang.n > 0 && !desk_lang_is_known(lang))
		return visit_status(v, 400);
	if (!staff_name_may_be(name)) {
		view.name = name;
		view.name_fault = visit_name_fault(name);
		return show_with(v, 422, &view);
	}
	if (!str_eq(name, v->who.name))
		rc = staff_set_name(v->paper, v->who.id, name, &by, &err);
	if (rc == RC_EXISTS) {
		view.name = name;
		view.name_fault = MSG_FAULT_NAME_TAKEN;
		return show_with(v, 422, &view);
	}
	if (rc == RC_OK)
		rc = staff_set_lang(v->paper, v->who.id, lang, &by, &err);
	return done(v, rc, &err, STR("saved"));
}

/* The password. */

static void hashed(void *ctx, enum rc rc, const struct vault_reply *reply)
{
	struct visit *v = ctx;
	struct staff_by by = visit_by(v);
	struct staff_session session;
	struct err err = {0};

	if (rc != RC_OK || !reply->is_right) {
		visit_answer(v, visit_status(v, 503));
		return;
	}
	/* The session may have been ended meanwhile. */
	rc = staff_find_session(v->paper, v->a, v->token, &session, &err);
	if (rc == RC_OK)
		rc = staff_set_password(v->paper, v->who.id, reply->hash,
		    v->who.session, &by, &err);
	if (rc == RC_OK)
		kept_forget(v->n->kept, v->who.id);
	visit_answer(v, done(v, rc, &err, STR("password-changed")));
}

static struct entity *set_password(struct visit *v)
{
	struct vault *vault = &v->n->config.vault;
	struct vault_ask ask = {
	    .kind = VAULT_HASH,
	    .password = visit_field(v, STR("password")),
	    .is_known = true,
	};
	struct view_desk_account view = no_faults;
	enum rc rc = password_may_be(ask.password);

	if (rc != RC_OK) {
		view.password_fault =
		    rc == RC_LIMIT ? MSG_FAULT_LONG : MSG_FAULT_PASSWORD_SHORT;
		return show_with(v, 422, &view);
	}
	if (!visit_later(v, VAULT_MS))
		return visit_status(v, 503);
	if (vault->ask(vault->ctx, &ask, hashed, v) != RC_OK)
		visit_answer(v, visit_status(v, 503));
	return NULL;
}

/* Second ways. */

static struct entity *only_way(struct visit *v);

static struct entity *remove_password(struct visit *v)
{
	struct staff_by by = visit_by(v);
	struct err err = {0};
	enum rc rc = staff_remove_password(
	    v->paper, v->who.id, v->who.session, &by, &err);

	return rc == RC_DENIED ? only_way(v)
			       : done(v, rc, &err, STR("password-removed"));
}

static struct entity *only_way(struct visit *v)
{
	struct view_desk_account view = no_faults;

	view.key_fault = MSG_ACCOUNT_ONLY_WAY;
	return show_with(v, 422, &view);
}

static struct entity *remove_totp(struct visit *v)
{
	struct staff_by by = visit_by(v);
	struct err err = {0};
	enum rc rc = staff_set_totp(v->paper, v->who.id, STR(""), 0, &by, &err);

	return rc == RC_DENIED ? only_way(v) : done(v, rc, &err, STR("saved"));
}

static struct entity *remove_passkey(struct visit *v)
{
	struct staff_by by = visit_by(v);
	struct err err = {0};
	int64_t id;
	enum rc rc = visit_id(v, 0, &id);

	if (rc == RC_OK)
		rc = staff_remove_passkey(v->paper, v->who.id, id, &by, &err);
	return rc == RC_DENIED ? only_way(v)
			       : done(v, rc, &err, STR("passkey-removed"));
}

static struct entity *make_codes(struct visit *v)
{
	struct staff account;
	struct err err = {0};
	enum rc rc = staff_get(v->paper, v->a, v->who.id, &account, &err);

	return rc == RC_OK ? show_new_codes(v, &account, STR("/account"))
			   : visit_failed(v, rc, &err);
}

/* Sessions. */

static struct entity *end_session(struct visit *v)
{
	struct staff_by by = visit_by(v);
	struct err err = {0};
	int64_t id;
	enum rc rc = visit_id(v, 0, &id);

	if (rc == RC_OK)
		rc = staff_end_session(v->paper, v->who.id, id, &by, &err);
	return done(v, rc, &err, STR("session-ended"));
}

static struct entity *end_sessions(struct visit *v)
{
	struct staff_by by = visit_by(v);
	struct err err = {0};
	enum rc rc =
	    staff_end_sessions(v->paper, v->who.id, v->who.session, &by, &err);

	return done(v, rc, &err, STR("session-ended"));
}

static const struct route routes[] = {
    {HTTP_GET, "/account", RIGHT_SELF, 0, "", show_account},
    {HTTP_POST, "/account/me", RIGHT_SELF, 0, "name lang", set_me},
    {HTTP_POST, "/account/password", RIGHT_SELF, ROUTE_STEP_UP, "password",
	set_password},
    {HTTP_POST, "/account/password/remove", RIGHT_SELF, ROUTE_STEP_UP, "",
	remove_password},
    {HTTP_POST, "/account/totp/remove", RIGHT_SELF, ROUTE_STEP_UP, "",
	remove_totp},
    {HTTP_POST, "/account/passkeys/:id/remove", RIGHT_SELF, ROUTE_STEP_UP, "",
	remove_passkey},
    {HTTP_POST, "/account/codes", RIGHT_SELF, ROUTE_STEP_UP, "", make_codes},
    {HTTP_POST, "/account/sessions/:id/end", RIGHT_SELF, 0, "", end_session},
    {HTTP_POST, "/account/sessions/end", RIGHT_SELF, 0, "", end_sessions},
};

const struct route *routes_account(size_t *ret_n)
{
	*ret_n = sizeof(routes) / sizeof(routes[0]);
	return routes;
}
