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
 * password. How too many wrong ones are met, says newsroom/throttle.h; no
 * passkey and no recovery code ever waits.
 */
#include "newsroom/base32.h"
#include "newsroom/guess.h"
#include "newsroom/newsroom_priv.h"
#include "newsroom/password.h"
#include "newsroom/recovery.h"
#include "newsroom/visit.h"
#include "page/desk.h"
#include "page/desk_staff.h"

enum { VAULT_MS = 20000, TRIES_MAX = 5 };

static struct entity *show_form(
    struct visit *v, unsigned status, const struct view_desk_sign_in *of)
{
	struct view_desk desk = visit_desk(v, MSG_COUNT);
	struct view_desk_sign_in view = *of;
	struct buf *b = visit_buf(v);

	if (!b)
		return NULL;
	desk.script = visit_static(v, STR("passkey.js"));
	view.has_kept = str_starts(view.next, STR("/kept/"));
	desk_sign_in(b, &desk, &view);
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

/* A password while the vault looks at it. */
struct trying {
	struct visit *v;
	struct guess guess;
	struct vault_ask ask;
};

static struct entity *was_wrong(struct trying *t)
{
	guess_wrong(t->v, &t->guess);
	return show_wrong(t->v);
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
    struct trying *t, const struct staff *staff)
{
	struct visit *v = t->v;
	bool has_second = staff->totp.n > 0 || staff->passkeys > 0;
	struct err err = {0};
	enum rc rc = visit_open_session(v, staff,
	    has_second ? STAFF_HALF : STAFF_ENROL, STR(""), STR(""), &err);

	guess_right(v, &t->guess);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	return go_on(v, has_second ? "/sign-in/code" : "/account/second");
}

/* An account that has no password is entered by a recovery code in its place,
 * when its passkey is lost. The vault was asked all the same: nobody can tell
 * by the time what an account has. RC_NOT_FOUND: it is none. */
static enum rc use_recovery_alone(struct visit *v, struct err *err)
{
	uint8_t hash[STAFF_HASH];
	struct staff staff;
	struct str login;
	enum rc rc = staff_login(v->a, visit_field(v, STR("login")), &login);

	if (rc != RC_OK ||
	    recovery_parse(visit_field(v, STR("password")), hash) != RC_OK)
		return rc == RC_NO_MEMORY ? rc : RC_NOT_FOUND;
	rc = staff_find(v->paper, v->a, login, &staff, err);
	if (rc == RC_OK && (staff.is_disabled || staff.password.n > 0))
		rc = RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = staff_use_recovery(v->paper, staff.id, hash,
		    &(struct staff_by){staff.id, staff.name, v->now}, err);
	return rc == RC_OK ? visit_open_session(v, &staff, STAFF_FULL,
				 STR("sign-in"), STR("recovery code"), err)
			   : rc;
}

/* No password that is known. */
static struct entity *try_recovery(struct trying *t)
{
	struct visit *v = t->v;
	struct err err = {0};
	enum rc rc = use_recovery_alone(v, &err);

	if (rc == RC_NOT_FOUND)
		return was_wrong(t);
	if (rc == RC_OK) {
		guess_right(v, &t->guess);
		return visit_see_other(v, STR("/account"));
	}
	guess_back(v, &t->guess);
	return visit_failed(v, rc, &err);
}

static void tried(void *ctx, enum rc rc, const struct vault_reply *reply)
{
	struct trying *t = ctx;
	struct visit *v = t->v;
	struct staff staff;
	struct err err = {0};
	struct entity *e;

	if (rc != RC_OK) {
		guess_back(v, &t->guess);
		visit_answer(v, visit_status(v, 503));
		return;
	}
	if (!reply->is_right) {
		visit_answer(v, try_recovery(t));
		return;
	}
	/* It may have been disabled meanwhile, or the password be another
	 * one. */
	rc = find_account(v, &staff, &err);
	if (rc == RC_OK && !str_eq(staff.password, t->ask.hash))
		rc = RC_NOT_FOUND;
	if (rc != RC_OK && rc != RC_NOT_FOUND) {
		guess_back(v, &t->guess);
		e = visit_failed(v, rc, &err);
	} else {
		e = rc == RC_OK ? password_was_right(t, &staff) : was_wrong(t);
	}
	visit_answer(v, e);
}

static void ask_vault(void *ctx)
{
	struct trying *t = ctx;
	struct vault *vault = &t->v->n->config.vault;

	if (vault->ask(vault->ctx, &t->ask, tried, t) == RC_OK)
		return;
	guess_back(t->v, &t->guess);
	visit_answer(t->v, visit_status(t->v, 503));
}

static struct entity *try_password(struct visit *v)
{
	struct trying *t = ARENA_NEW(v->a, struct trying);
	struct staff staff;
	struct err err = {0};
	uint64_t wait;
	enum rc rc;

	if (!t)
		return NULL;
	rc = find_account(v, &staff, &err);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return visit_failed(v, rc, &err);
	t->v = v;
	t->ask = (struct vault_ask){.kind = VAULT_CHECK,
	    .hash = rc == RC_OK ? staff.password : password_nobody(),
	    .password = visit_field(v, STR("password"))};
	rc = guess_begin(v, rc == RC_OK ? staff.id : 0, &t->guess);
	if (rc != RC_OK)
		return NULL;
	t->ask.is_known = t->guess.is_known;
	wait = guess_wait(v, &t->guess);
	if (wait > 0)
		return show_wait(v, wait);
	/* Nobody has such a long one: nothing was guessed. */
	if (t->ask.password.n > VAULT_PASSWORD_MAX)
		return show_wrong(v);
	if (!visit_later(v, VAULT_MS))
		return visit_status(v, 503);
	guess_count(v, &t->guess);
	rc = guess_slow(v, &t->guess, ask_vault, t);
	if (rc == RC_NOT_FOUND) {
		ask_vault(t);
	} else if (rc != RC_OK) {
		guess_back(v, &t->guess);
		visit_answer(v, show_wait(v, SLOW_MS / 1000));
	}
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
	enum rc rc = guess_code_wrong(v, account, &tries, &err);

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

/* Nobody guesses one of those; so who has one never waits. */
static bool is_recovery(const struct visit *v)
{
	uint8_t hash[STAFF_HASH];

	return recovery_parse(visit_field(v, STR("code")), hash) == RC_OK;
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
	wait = is_recovery(v) ? 0 : guess_code_wait(v, &account);
	if (wait > 0)
		return show_code_with(v, 429,
		    (struct view_desk_code){
			.next = visit_next(visit_field(v, STR("next"))),
			.must_wait = true,
			.wait_s = wait});
	rc = use_code(v, &account, &how, &err);
	if (rc == RC_NOT_FOUND || rc == RC_EXISTS)
		return code_was_wrong(v, &account, rc == RC_EXISTS);
	/* While it still is the device that it was. */
	if (rc == RC_OK)
		rc = guess_code_right(v, &account, &err);
	if (rc == RC_OK)
		rc = visit_open_session(
		    v, &account, STAFF_FULL, STR("sign-in"), str_of(how), &err);
	return rc == RC_OK
		   ? visit_see_other(v, visit_next(visit_field(v, STR("next"))))
		   : visit_failed(v, rc, &err);
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
