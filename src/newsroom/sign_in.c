/* SPDX-License-Identifier: MIT
 *
 * Signing in and out.
 *
 *	password, right		a session that is half: a code is missing; or,
 *				of an account that has no second way yet, one
 *				in which that can be set up and nothing else
 *	code, right		full
 *	passkey, right		full at once, whatever was before
 *
 * Whether somebody has an account is nobody's business: a name that nobody
 * has is answered after as long, and with the same words, as a wrong
 * password. Too many wrong ones make wait; no passkey ever waits.
 */
#include "newsroom/base32.h"
#include "newsroom/newsroom_priv.h"
#include "newsroom/password.h"
#include "newsroom/recovery.h"
#include "newsroom/visit.h"
#include "page/desk.h"
#include "page/desk_staff.h"

enum { VAULT_MS = 20000, TRIES_MAX = 5 };

static struct entity *show_form(
    struct visit *v, unsigned status, const struct view_desk_sign_in *view)
{
	struct view_desk desk = visit_desk(v, MSG_COUNT);
	struct buf *b = visit_buf(v);

	if (!b)
		return NULL;
	desk.script = visit_static(v, STR("passkey.js"));
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

static struct view_desk_sign_in view_of(struct visit *v)
{
	return (struct view_desk_sign_in){.login = visit_field(v, STR("login")),
	    .next = visit_next(visit_field(v, STR("next")))};
}

/* What failures are counted by. */
static struct str throttle_name(struct visit *v)
{
	struct str login;

	return staff_login(v->a, visit_field(v, STR("login")), &login) == RC_OK
		   ? login
		   : STR("");
}

static struct str throttle_net(const struct visit *v)
{
	return (struct str){(const char *)&v->net, sizeof(v->net)};
}

static uint64_t must_wait(struct visit *v)
{
	const struct throttle *t = &v->n->throttle;
	uint64_t wait =
	    throttle_wait(t, THROTTLE_ACCOUNT, throttle_name(v), v->now);

	/* Those who come through this machine itself share one network. */
	if (wait == 0 && v->net)
		wait = throttle_wait(t, THROTTLE_NET, throttle_net(v), v->now);
	return wait;
}

static struct entity *show_wait(struct visit *v, uint64_t wait)
{
	struct view_desk_sign_in view = view_of(v);

	view.must_wait = true;
	view.wait_s = wait;
	return show_form(v, 429, &view);
}

static struct entity *show_wrong(struct visit *v)
{
	struct view_desk_sign_in view = view_of(v);

	view.is_wrong = true;
	return show_form(v, 422, &view);
}

/* A password was wrong. That many were is noted once, and of accounts that
 * there are: strangers do not fill the log. */
static struct entity *was_wrong(struct visit *v)
{
	struct throttle *t = &v->n->throttle;
	struct str login = throttle_name(v);
	struct staff staff;

	if (throttle_add(t, THROTTLE_ACCOUNT, login, v->now) &&
	    staff_find(v->paper, v->a, login, &staff, NULL) == RC_OK)
		note_refused(v, staff.id, STR("passwords"));
	if (v->net)
		throttle_add(t, THROTTLE_NET, throttle_net(v), v->now);
	return show_wrong(v);
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

/* "/sign-in/code?next=/stories": NEXT is safe as it stands in our own pages,
 * and is looked at again when it comes back. */
static struct entity *go_on(struct visit *v, const char *to)
{
	struct str next = visit_next(visit_field(v, STR("next")));
	struct buf b;

	if (str_eq(next, STR("/")))
		return visit_see_other(v, str_of(to));
	buf_init_arena(&b, v->a, 8192);
	buf_add(&b, str_of(to));
	buf_lit(&b, "?next=");
	for (size_t i = 0; i < next.n; i++)
		if (ascii_is_alpha(next.p[i]) || ascii_is_digit(next.p[i]) ||
		    next.p[i] == '/')
			buf_char(&b, next.p[i]);
		else
			buf_printf(&b, "%%%02X", (unsigned char)next.p[i]);
	return buf_rc(&b) == RC_OK ? visit_see_other(v, buf_str(&b)) : NULL;
}

static struct entity *password_was_right(
    struct visit *v, const struct staff *staff)
{
	bool has_second = staff->totp.n > 0 || staff->passkeys > 0;
	struct err err = {0};
	enum rc rc = visit_open_session(v, staff,
	    has_second ? STAFF_HALF : STAFF_ENROL, STR(""), STR(""), &err);

	throttle_clear(&v->n->throttle, THROTTLE_ACCOUNT, throttle_name(v));
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	return go_on(v, has_second ? "/sign-in/code" : "/account/second");
}

/* A password while the vault looks at it. */
struct trying {
	struct visit *v;
	struct str hash; /* of the account's password, then */
};

static void tried(void *ctx, enum rc rc, const struct vault_reply *reply)
{
	struct trying *t = ctx;
	struct visit *v = t->v;
	struct staff staff;
	struct err err = {0};
	struct entity *e;

	if (rc != RC_OK)
		e = visit_status(v, 503);
	else if (!reply->is_right)
		e = was_wrong(v);
	else {
		/* It may have been disabled meanwhile, or the password be
		 * another one. */
		rc = find_account(v, &staff, &err);
		if (rc == RC_OK && !str_eq(staff.password, t->hash))
			rc = RC_NOT_FOUND;
		e = rc == RC_OK		 ? password_was_right(v, &staff)
		    : rc == RC_NOT_FOUND ? was_wrong(v)
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
	struct trying *t = ARENA_NEW(v->a, struct trying);
	uint64_t wait = must_wait(v);
	struct staff staff;
	struct err err = {0};
	enum rc rc;

	if (!t)
		return NULL;
	if (wait > 0)
		return show_wait(v, wait);
	rc = find_account(v, &staff, &err);
	if (rc == RC_OK)
		ask.hash = staff.password;
	else if (rc != RC_NOT_FOUND)
		return visit_failed(v, rc, &err);
	/* Nobody has such a long one: nothing was guessed. */
	if (ask.password.n > VAULT_PASSWORD_MAX)
		return show_wrong(v);
	*t = (struct trying){v, ask.hash};
	if (!visit_later(v, VAULT_MS))
		return visit_status(v, 503);
	if (vault->ask(vault->ctx, &ask, tried, t) != RC_OK)
		visit_answer(v, visit_status(v, 503));
	return NULL;
}

/* The code. */

static struct entity *show_code_with(
    struct visit *v, unsigned status, struct view_desk_code view)
{
	struct view_desk desk = visit_desk(v, MSG_COUNT);
	struct buf *b = visit_buf(v);

	if (!b)
		return NULL;
	desk.script = visit_static(v, STR("passkey.js"));
	view.has_totp = v->who.has_totp;
	view.has_passkey = v->who.passkeys > 0;
	desk_code(b, &desk, &view);
	return visit_page(v, status, b);
}

static struct entity *show_code(struct visit *v)
{
	return show_code_with(v, 200,
	    (struct view_desk_code){
		.next = visit_next(visit_query(v, STR("next")))});
}

/* A code of the app, or a recovery code, of ACCOUNT. RC_NOT_FOUND: neither;
 * RC_EXISTS: used already. */
static enum rc use_code(struct visit *v, const struct staff *account,
    const char **ret_how, struct err *err)
{
	struct str typed = visit_field(v, STR("code"));
	struct staff_by by = {account->id, account->name, v->now};
	uint8_t hash[STAFF_HASH];
	uint32_t code;
	int64_t step;
	enum rc rc;

	if (totp_parse(typed, &code) == RC_OK && account->totp.n) {
		rc = totp_find(
		    account->totp, code, v->now, account->totp_step, &step);
		if (rc == RC_OK)
			rc = staff_use_totp(v->paper, account->id, step, err);
		*ret_how = "password, code";
		return rc == RC_DENIED ? RC_EXISTS : rc;
	}
	if (recovery_parse(typed, hash) != RC_OK)
		return RC_NOT_FOUND;
	*ret_how = "password, recovery code";
	return staff_use_recovery(v->paper, account->id, hash, &by, err);
}

static struct entity *code_was_wrong(
    struct visit *v, const struct staff *account, bool is_used)
{
	struct view_desk_code view = {
	    .next = visit_next(visit_field(v, STR("next"))),
	    .is_wrong = !is_used,
	    .is_used = is_used};
	struct staff_by by = {account->id, account->name, v->now};
	struct err err = {0};
	unsigned tries = 0;
	enum rc rc = staff_try_session(v->paper, v->who.session, &tries, &err);

	throttle_add(&v->n->throttle, THROTTLE_CODE, account->login, v->now);
	if (rc == RC_OK && tries >= TRIES_MAX) {
		rc = staff_end_session(
		    v->paper, account->id, v->who.session, &by, &err);
		if (rc == RC_OK)
			note_refused(v, account->id, STR("codes"));
		visit_drop_cookie(v);
		if (rc == RC_OK)
			return visit_see_other(v, STR("/sign-in"));
	}
	return rc == RC_OK ? show_code_with(v, 422, view)
			   : visit_failed(v, rc, &err);
}

static struct entity *try_code(struct visit *v)
{
	struct staff account;
	struct err err = {0};
	const char *how = "";
	uint64_t wait;
	enum rc rc = staff_get(v->paper, v->a, v->who.id, &account, &err);

	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	wait = throttle_wait(
	    &v->n->throttle, THROTTLE_CODE, account.login, v->now);
	if (wait > 0)
		return show_code_with(v, 429,
		    (struct view_desk_code){
			.next = visit_next(visit_field(v, STR("next"))),
			.must_wait = true,
			.wait_s = wait});
	rc = use_code(v, &account, &how, &err);
	if (rc == RC_NOT_FOUND || rc == RC_EXISTS)
		return code_was_wrong(v, &account, rc == RC_EXISTS);
	if (rc == RC_OK)
		rc = visit_open_session(
		    v, &account, STAFF_FULL, STR("sign-in"), str_of(how), &err);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	throttle_clear(&v->n->throttle, THROTTLE_CODE, account.login);
	return visit_see_other(v, visit_next(visit_field(v, STR("next"))));
}

/* The passkey. */

static struct entity *get_challenge(struct visit *v)
{
	return passkey_wish(v, CHALLENGE_SIGN_IN, NULL);
}

static struct entity *try_passkey(struct visit *v)
{
	struct staff_passkey passkey;
	struct staff account;
	struct err err = {0};
	enum rc rc = passkey_sent(v, CHALLENGE_SIGN_IN, &passkey, &err);

	if (rc == RC_DENIED)
		return passkey_refused(v);
	if (rc == RC_OK)
		rc = staff_get(v->paper, v->a, passkey.staff, &account, &err);
	if (rc == RC_OK)
		rc = visit_open_session(v, &account, STAFF_FULL, STR("sign-in"),
		    STR("passkey"), &err);
	return rc == RC_OK
		   ? visit_see_other(v, visit_next(visit_field(v, STR("next"))))
		   : visit_failed(v, rc, &err);
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
    {HTTP_GET, "/sign-in/code", RIGHT_HALF, 0, "", show_code},
    {HTTP_POST, "/sign-in/code", RIGHT_HALF, 0, "code next", try_code},
    {HTTP_GET, "/sign-in/challenge", RIGHT_ANYONE, 0, "", get_challenge},
    {HTTP_POST, "/sign-in/passkey", RIGHT_ANYONE, 0,
	"id client_data authenticator_data signature handle next", try_passkey},
    {HTTP_POST, "/sign-out", RIGHT_ANYONE, 0, "", sign_out},
};

const struct route *routes_sign_in(size_t *ret_n)
{
	*ret_n = sizeof(routes) / sizeof(routes[0]);
	return routes;
}
