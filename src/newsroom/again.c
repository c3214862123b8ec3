/* SPDX-License-Identifier: MIT
 *
 * Step-up: before something important somebody who is signed in shows again
 * who it is, by password or passkey. The session gets a new token.
 */
#include "newsroom/newsroom_priv.h"
#include "newsroom/visit.h"
#include "page/desk_staff.h"

enum { VAULT_MS = 20000 };

static struct entity *show_with(
    struct visit *v, unsigned status, struct view_desk_code view)
{
	struct view_desk desk = visit_desk(v, MSG_COUNT);
	struct buf *b = visit_buf(v);

	if (!b)
		return NULL;
	desk.script = visit_static(v, STR("passkey.js"));
	view.is_again = true;
	view.has_kept = str_starts(view.next, STR("/kept/"));
	view.has_passkey = v->who.passkeys > 0;
	view.is_without_password = !v->who.has_password;
	desk_code(b, &desk, &view);
	return visit_page(v, status, b);
}

static struct entity *show_again(struct visit *v)
{
	return show_with(v, 200,
	    (struct view_desk_code){
		.next = visit_next(visit_query(v, STR("next")))});
}

static struct entity *stepped_up(struct visit *v)
{
	struct staff_session session;
	struct staff account;
	struct err err = {0};
	enum rc rc =
	    staff_find_session(v->paper, v->a, v->token, &session, &err);

	/* It may have been ended, or the account disabled, while the vault
	 * worked. */
	if (rc == RC_OK)
		rc = staff_get(v->paper, v->a, v->who.id, &account, &err);
	if (rc == RC_NOT_FOUND || (rc == RC_OK && account.is_disabled))
		return visit_see_other(v, STR("/sign-in"));
	if (rc == RC_OK)
		rc = visit_open_session(
		    v, &account, STAFF_FULL, STR(""), STR(""), &err);
	return rc == RC_OK
		   ? visit_see_other(v, visit_next(visit_field(v, STR("next"))))
		   : visit_failed(v, rc, &err);
}

/* A password while the vault looks at it. It counts as a wrong one from the
 * start: those tried at the same time know of each other. */
struct trying {
	struct visit *v;
	bool is_last; /* that may be wrong for now */
};

static struct entity *was_wrong(struct visit *v, bool is_last)
{
	if (is_last)
		note_refused(v, v->who.id, STR("step-up"));
	return show_with(v, 422,
	    (struct view_desk_code){
		.next = visit_next(visit_field(v, STR("next"))),
		.is_wrong = true});
}

static void give_back(struct visit *v)
{
	throttle_back(&v->n->throttle, THROTTLE_AGAIN, v->who.login, v->now);
}

static void tried(void *ctx, enum rc rc, const struct vault_reply *reply)
{
	struct trying *t = ctx;
	struct visit *v = t->v;
	struct entity *e;

	if (rc != RC_OK || reply->is_right)
		give_back(v);
	if (rc != RC_OK)
		e = visit_status(v, 503);
	else if (!reply->is_right)
		e = was_wrong(v, t->is_last);
	else
		e = stepped_up(v);
	visit_answer(v, e);
}

static struct entity *try_password(struct visit *v)
{
	struct trying *t = ARENA_NEW(v->a, struct trying);
	struct vault *vault = &v->n->config.vault;
	struct vault_ask ask = {
	    .kind = VAULT_CHECK,
	    .password = visit_field(v, STR("password")),
	    .is_known = true,
	};
	struct staff account;
	struct err err = {0};
	uint64_t wait = throttle_wait(
	    &v->n->throttle, THROTTLE_AGAIN, v->who.login, v->now);
	enum rc rc = staff_get(v->paper, v->a, v->who.id, &account, &err);

	if (!t)
		return NULL;
	t->v = v;
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	if (wait > 0)
		return show_with(v, 429,
		    (struct view_desk_code){
			.next = visit_next(visit_field(v, STR("next"))),
			.must_wait = true,
			.wait_s = wait});
	t->is_last =
	    throttle_add(&v->n->throttle, THROTTLE_AGAIN, v->who.login, v->now);
	if (account.password.n == 0 || ask.password.n > VAULT_PASSWORD_MAX)
		return was_wrong(v, t->is_last);
	ask.hash = account.password;
	if (!visit_later(v, VAULT_MS)) {
		give_back(v);
		return visit_status(v, 503);
	}
	if (vault->ask(vault->ctx, &ask, tried, t) != RC_OK) {
		give_back(v);
		visit_answer(v, visit_status(v, 503));
	}
	return NULL;
}

static struct entity *get_challenge(struct visit *v)
{
	struct staff account;
	struct err err = {0};
	enum rc rc = staff_get(v->paper, v->a, v->who.id, &account, &err);

	return rc == RC_OK ? passkey_wish(v, CHALLENGE_STEP_UP, &account)
			   : visit_failed(v, rc, &err);
}

static struct entity *try_passkey(struct visit *v)
{
	struct staff_passkey passkey;
	struct err err = {0};
	enum rc rc = passkey_sent(v, CHALLENGE_STEP_UP, &passkey, &err);

	/* Somebody else's is no proof. */
	if (rc == RC_DENIED || (rc == RC_OK && passkey.staff != v->who.id))
		return passkey_refused(v);
	return rc == RC_OK ? stepped_up(v) : visit_failed(v, rc, &err);
}

static const struct route routes[] = {
    {HTTP_GET, "/again", RIGHT_SELF, 0, "", show_again},
    {HTTP_POST, "/again", RIGHT_SELF, 0, "password next", try_password},
    {HTTP_GET, "/again/challenge", RIGHT_SELF, 0, "", get_challenge},
    {HTTP_POST, "/again/passkey", RIGHT_SELF, 0,
	"id client_data authenticator_data signature handle next", try_passkey},
};

const struct route *routes_again(size_t *ret_n)
{
	*ret_n = sizeof(routes) / sizeof(routes[0]);
	return routes;
}
