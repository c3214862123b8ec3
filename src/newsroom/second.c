/* SPDX-License-Identifier: MIT
 *
 * Second ways to sign in: codes of an app, passkeys, recovery codes; set up on
 * joining, or later.
 *
 * The secret of an app that is being set up is not kept anywhere until a code
 * of it was right: it is made of a key of this process and the session's token,
 * and so is the same whenever the page is loaded, and nobody else's.
 */
#include <sodium.h>

#include "newsroom/base32.h"
#include "newsroom/newsroom_priv.h"
#include "newsroom/recovery.h"
#include "newsroom/visit.h"
#include "page/desk_staff.h"
#include "paper/paper.h"

enum { URI_MAX = 1024 };

static void secret_of(struct visit *v, uint8_t ret[TOTP_SECRET])
{
	crypto_generichash(ret, TOTP_SECRET, v->token, sizeof(v->token),
	    v->n->key, sizeof(v->n->key));
}

static struct entity *show_second_with(
    struct visit *v, unsigned status, bool is_wrong)
{
	struct view_desk desk = visit_desk(v, MSG_RAIL_ACCOUNT);
	struct view_desk_second view = {
	    .is_first = !who_is_signed_in(&v->who), .is_wrong = is_wrong};
	uint8_t secret[TOTP_SECRET];
	struct buf *b = visit_buf(v);
	struct buf uri, text;

	if (!b)
		return NULL;
	secret_of(v, secret);
	buf_init_arena(&uri, v->a, URI_MAX);
	buf_init_arena(&text, v->a, URI_MAX);
	totp_uri(&uri, desk.paper, v->who.login,
	    (struct str){(const char *)secret, sizeof(secret)});
	base32_put(&text, secret, sizeof(secret), ' ');
	view.uri = buf_str(&uri);
	view.secret = buf_str(&text);
	desk.script = visit_static(v, STR("passkey.js"));
	desk.has_faults = is_wrong;
	desk_second(b, &desk, &view);
	return visit_page(v, status, b);
}

static struct entity *show_second(struct visit *v)
{
	return show_second_with(v, 200, false);
}

struct entity *show_new_codes(
    struct visit *v, const struct staff *account, struct str next)
{
	uint8_t hashes[STAFF_RECOVERY_CODES][STAFF_HASH];
	struct str texts[STAFF_RECOVERY_CODES];
	struct view_desk_codes view = {texts, STAFF_RECOVERY_CODES, next};
	struct view_desk desk = visit_desk(v, MSG_RAIL_ACCOUNT);
	struct staff_by by = visit_by(v);
	struct buf *b = visit_buf(v);
	struct err err = {0};
	enum rc rc;

	for (size_t i = 0; i < STAFF_RECOVERY_CODES; i++) {
		uint8_t bytes[RECOVERY_BYTES];
		struct buf text;

		v->n->config.random(bytes, sizeof(bytes));
		buf_init_arena(&text, v->a, 64);
		recovery_make(&text, bytes, hashes[i]);
		texts[i] = buf_str(&text);
		sodium_memzero(bytes, sizeof(bytes));
	}
	if (!b || arena_is_spent(v->a))
		return NULL;
	rc = staff_set_recovery(v->paper, account->id,
	    (const uint8_t(*)[STAFF_HASH])hashes, STAFF_RECOVERY_CODES, &by,
	    &err);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	desk_codes(b, &desk, &view);
	return visit_page(v, 200, b);
}

/* After a second way was set up: whoever was enrolling is in now. */
static enum rc rise(struct visit *v, const struct staff *account,
    const char *how, struct err *err)
{
	if (who_is_signed_in(&v->who))
		return RC_OK;
	return visit_open_session(
	    v, account, STAFF_FULL, STR("sign-in"), str_of(how), err);
}

static struct entity *set_totp(struct visit *v)
{
	uint8_t secret[TOTP_SECRET];
	struct str text = {(const char *)secret, sizeof(secret)};
	struct staff_by by = visit_by(v);
	struct staff account;
	struct err err = {0};
	uint32_t code;
	int64_t step = 0;
	enum rc rc;

	secret_of(v, secret);
	if (totp_parse(visit_field(v, STR("code")), &code) != RC_OK ||
	    totp_find(text, code, v->now, 0, &step) != RC_OK)
		return show_second_with(v, 422, true);
	rc = staff_set_totp(v->paper, v->who.id, text, step, &by, &err);
	if (rc == RC_OK)
		rc = staff_get(v->paper, v->a, v->who.id, &account, &err);
	if (rc == RC_OK)
		rc = rise(v, &account, "password, code", &err);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	if (account.recovery_codes > 0)
		return visit_done(v, STR("/account"), STR("saved"));
	return show_new_codes(v, &account, STR("/"));
}

static struct entity *get_challenge(struct visit *v)
{
	struct staff account;
	struct err err = {0};
	enum rc rc = staff_get(v->paper, v->a, v->who.id, &account, &err);

	return rc == RC_OK ? passkey_wish(v, CHALLENGE_ADD, &account)
			   : visit_failed(v, rc, &err);
}

static struct entity *add_passkey(struct visit *v)
{
	struct staff_by by = visit_by(v);
	struct staff_passkey passkey = {
	    .staff = v->who.id,
	    .name = str_trim(visit_field(v, STR("name"))),
	    .created = v->now,
	    .used = INSTANT_NEVER,
	};
	bool is_first = !who_is_signed_in(&v->who);
	struct passkey_key key;
	struct staff account;
	struct err err = {0};
	enum rc rc =
	    passkey_made(v, CHALLENGE_ADD, session_number(v), v->who.id, &key);

	if (rc == RC_OK) {
		passkey.credential = key.credential;
		passkey.algorithm = key.algorithm;
		passkey.public_key = key.public_key;
		passkey.counter = key.counter;
		rc = staff_add_passkey(v->paper, &passkey, &by, &err);
	}
	if (rc == RC_DENIED || rc == RC_EXISTS || rc == RC_LIMIT)
		return passkey_refused(v);
	if (rc == RC_OK)
		rc = staff_get(v->paper, v->a, v->who.id, &account, &err);
	if (rc == RC_OK)
		rc = rise(v, &account, "password, passkey", &err);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	return is_first ? visit_see_other(v, STR("/"))
			: visit_done(v, STR("/account"), STR("passkey-added"));
}

static const struct route routes[] = {
    {HTTP_GET, "/account/second", RIGHT_ENROL, ROUTE_STEP_UP, "", show_second},
    {HTTP_POST, "/account/totp", RIGHT_ENROL, ROUTE_STEP_UP, "code", set_totp},
    {HTTP_GET, "/account/passkeys/challenge", RIGHT_ENROL, ROUTE_STEP_UP, "",
	get_challenge},
    {HTTP_POST, "/account/passkeys", RIGHT_ENROL, ROUTE_STEP_UP,
	"client_data authenticator_data name", add_passkey},
};

const struct route *routes_second(size_t *ret_n)
{
	*ret_n = sizeof(routes) / sizeof(routes[0]);
	return routes;
}
