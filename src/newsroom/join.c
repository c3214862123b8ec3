/* SPDX-License-Identifier: MIT
 *
 * One-time links: the first owner's, invitations, and new ways into an
 * account. Looking at one uses nothing up; sending its form does.
 */
#include <sodium.h>

#include "newsroom/kept.h"
#include "newsroom/newsroom_priv.h"
#include "newsroom/password.h"
#include "newsroom/token.h"
#include "newsroom/visit.h"
#include "page/desk.h"
#include "page/json.h"

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
	desk.script = visit_static(v, STR("passkey.js"));
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
	    .action = arena_printf(v->a, "/%s/%.*s",
		j->link.kind == STAFF_LINK_FIRST ? "first" : "join",
		STR_ARG(v->params[0])),
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

/* What somebody else has already. */
static void find_taken(struct joining *j, struct err *err)
{
	struct visit *v = j->v;
	struct staff other;
	bool is_free = true;

	if (staff_find(v->paper, v->a, j->login, &other, err) == RC_OK)
		j->view.login_fault = MSG_FAULT_LOGIN_TAKEN;
	if (j->view.name_fault == MSG_COUNT &&
	    staff_name_is_free(v->paper, v->a, j->name, 0, &is_free, err) ==
		RC_OK &&
	    !is_free)
		j->view.name_fault = MSG_FAULT_NAME_TAKEN;
}

/* Who it is; false: something in it is wrong, and the view says what. */
static bool read_person(struct joining *j, struct err *err)
{
	struct visit *v = j->v;

	if (j->view.is_reset)
		return true;
	j->name = str_trim(visit_field(v, STR("name")));
	j->view.name = j->name;
	j->view.login = visit_field(v, STR("login"));
	j->view.name_fault = visit_name_fault(j->name);
	if (staff_login(v->a, j->view.login, &j->login) != RC_OK)
		j->view.login_fault = MSG_FAULT_LOGIN;
	else
		find_taken(j, err);
	return j->view.name_fault == MSG_COUNT &&
	       j->view.login_fault == MSG_COUNT;
}

/* The same with a password. */
static bool read_form(struct joining *j, struct err *err)
{
	enum rc rc;

	j->password = visit_field(j->v, STR("password"));
	rc = password_may_be(j->password);
	if (rc != RC_OK)
		j->view.password_fault =
		    rc == RC_LIMIT ? MSG_FAULT_LONG : MSG_FAULT_PASSWORD_SHORT;
	return read_person(j, err) && rc == RC_OK;
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
		find_taken(j, &err);
		return show_form(j, 422);
	}
	if (rc == RC_OK) {
		kept_forget(v->n->kept, id);
		rc = staff_get(v->paper, v->a, id, &staff, &err);
	}
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

/* By passkey alone: there is no password, and nothing else is needed. */

/* A number of the link's own, under which challenges are made. */
static int64_t link_number(const struct joining *j)
{
	uint64_t n = 0;

	for (size_t i = 0; i < 8; i++)
		n = n << 8 | j->hash[i];
	return (int64_t)(n >> 1 | 1);
}

/* By what the passkey will know the account: that which it has, or one made of
 * the link, so that it is the same when the form comes. */
static enum rc find_handle(struct joining *j, struct staff *account,
    uint8_t handle[STAFF_HANDLE], struct err *err)
{
	struct visit *v = j->v;

	*account = (struct staff){.login = j->login, .name = j->name};
	if (j->view.is_reset)
		return staff_get(v->paper, v->a, j->link.staff, account, err);
	crypto_generichash(handle, STAFF_HANDLE, j->hash, sizeof(j->hash),
	    v->n->key, sizeof(v->n->key));
	account->handle = (struct str){(const char *)handle, STAFF_HANDLE};
	return RC_OK;
}

/* What is wrong with the form, for a script. */
static struct entity *tell_faults(const struct joining *j)
{
	struct visit *v = j->v;
	enum msg fault = j->view.name_fault != MSG_COUNT ? j->view.name_fault
							 : j->view.login_fault;
	struct buf *b = visit_buf(v);

	if (!b)
		return NULL;
	buf_lit(b, "{\"error\":422,\"text\":");
	json_text(b, desk_word(v->lang, fault));
	buf_lit(b, "}\n");
	return visit_json(v, 422, b);
}

static struct entity *join_challenge(struct visit *v)
{
	uint8_t handle[STAFF_HANDLE];
	struct staff account;
	struct joining *j;
	struct err err = {0};
	enum rc rc = open_link(v, &j, &err);

	if (rc == RC_NOT_FOUND)
		return visit_missing(v);
	if (rc == RC_OK && !read_person(j, &err))
		return tell_faults(j);
	if (rc == RC_OK)
		rc = find_handle(j, &account, handle, &err);
	/* Passkeys that the account has are not in the way: they go. */
	account.id = 0;
	return rc == RC_OK ? passkey_wish_for(
				 v, CHALLENGE_JOIN, link_number(j), &account)
			   : visit_failed(v, rc, &err);
}

/* Makes the account, or gives it its new way in. RC_DENIED, RC_EXISTS: the
 * passkey will not do. */
static enum rc join_with_key(
    struct joining *j, const struct passkey_key *key, struct err *err)
{
	struct visit *v = j->v;
	uint8_t handle[STAFF_HANDLE];
	struct staff_passkey passkey = {.credential = key->credential,
	    .algorithm = key->algorithm,
	    .public_key = key->public_key,
	    .counter = key->counter,
	    .name = STR(""),
	    .created = v->now,
	    .used = INSTANT_NEVER};
	struct staff_joining joining = {.link = j->hash,
	    .login = j->login,
	    .name = j->name,
	    .lang = STR(""),
	    .password = STR(""),
	    .passkey = &passkey,
	    .handle = handle,
	    .now = v->now};
	struct staff account;
	int64_t id = 0;
	enum rc rc = find_handle(j, &account, handle, err);

	if (rc == RC_OK)
		rc = staff_join(v->paper, &joining, &id, err);
	if (rc == RC_OK)
		kept_forget(v->n->kept, id);
	if (rc == RC_OK)
		rc = staff_get(v->paper, v->a, id, &account, err);
	return rc == RC_OK ? visit_open_session(v, &account, STAFF_FULL,
				 STR("sign-in"), STR("passkey"), err)
			   : rc;
}

static struct entity *join_by_passkey(struct visit *v)
{
	struct passkey_key key;
	struct staff account;
	struct joining *j;
	struct err err = {0};
	enum rc rc = open_link(v, &j, &err);

	if (rc == RC_NOT_FOUND)
		return show_gone(v);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	if (!read_person(j, &err))
		return show_form(j, 422);
	rc = passkey_made(v, CHALLENGE_JOIN, link_number(j), 0, &key);
	if (rc == RC_OK)
		rc = join_with_key(j, &key, &err);
	if (rc == RC_NOT_FOUND)
		return show_gone(v);
	if (rc == RC_DENIED || rc == RC_EXISTS) {
		if (!j->view.is_reset)
			find_taken(j, &err);
		j->view.is_key_wrong = j->view.name_fault == MSG_COUNT &&
				       j->view.login_fault == MSG_COUNT;
		return show_form(j, 422);
	}
	if (rc == RC_OK)
		rc = staff_get(v->paper, v->a, v->who.id, &account, &err);
	return rc == RC_OK ? show_new_codes(v, &account, STR("/"))
			   : visit_failed(v, rc, &err);
}

#define KEY_FIELDS "name login client_data authenticator_data"

static const struct route routes[] = {
    {HTTP_GET, "/first/:token", RIGHT_ANYONE, 0, "", show_join},
    {HTTP_POST, "/first/:token", RIGHT_ANYONE, 0, "name login password",
	send_join},
    {HTTP_GET, "/join/:token", RIGHT_ANYONE, 0, "", show_join},
    {HTTP_POST, "/join/:token", RIGHT_ANYONE, 0, "name login password",
	send_join},
    {HTTP_POST, "/first/:token/challenge", RIGHT_ANYONE, 0, "name login",
	join_challenge},
    {HTTP_POST, "/first/:token/passkey", RIGHT_ANYONE, 0, KEY_FIELDS,
	join_by_passkey},
    {HTTP_POST, "/join/:token/challenge", RIGHT_ANYONE, 0, "name login",
	join_challenge},
    {HTTP_POST, "/join/:token/passkey", RIGHT_ANYONE, 0, KEY_FIELDS,
	join_by_passkey},
};

const struct route *routes_join(size_t *ret_n)
{
	*ret_n = sizeof(routes) / sizeof(routes[0]);
	return routes;
}
