/* SPDX-License-Identifier: MIT
 *
 * Who a request comes from: the cookie's token is hashed and looked up.
 *
 * I1  A token is made here and nowhere else; one that a browser brings and
 *     that is not known is as good as none, so nobody can be made to use a
 *     session of somebody else's choice.
 * I2  Whenever a session rises (half, enrol, full, step-up) it gets a new
 *     token and the old one is gone, in one transaction.
 * I3  A session that is enrolling is but half as soon as its account has a
 *     second way to sign in.
 */
#include <sodium.h>

#include "base/arena.h"
#include "base/buf.h"
#include "newsroom/newsroom_priv.h"
#include "newsroom/token.h"
#include "newsroom/visit.h"
#include "paper/audit.h"

enum {
	IDLE_S = 3 * 24 * 3600,
	LIFE_S = 30 * 24 * 3600,
	/* How long it is still known of a full one that it has ended: what was
	 * typed in it is then laid aside (newsroom/kept.h). */
	AFTER_S = 7 * 24 * 3600,
	HALF_S = 600,
	AHEAD_S = 3600, /* by how much a clock is set back without harm */
	SEE_S = 60,	/* how exactly it is noted when somebody was here */
};

static int64_t age_s(struct instant now, struct instant then)
{
	return (now.us - then.us) / 1000000;
}

bool session_is_over(const struct staff_session *s, struct instant now)
{
	if (age_s(now, s->created) < -AHEAD_S || age_s(now, s->seen) < -AHEAD_S)
		return true;
	if (age_s(now, s->created) > LIFE_S || age_s(now, s->seen) > IDLE_S)
		return true;
	return s->state != STAFF_FULL && age_s(now, s->created) > HALF_S;
}

/* Whoever knows a new person's password could set up codes in that person's
 * place; once there is a second way, it is asked for. */
static enum staff_state state_of(
    const struct staff_session *session, const struct staff *staff)
{
	bool has_second = staff->totp.n > 0 || staff->passkeys > 0;

	return session->state == STAFF_ENROL && has_second ? STAFF_HALF
							   : session->state;
}

static void fill_who(struct visit *v, const struct staff_session *session,
    const struct staff *staff)
{
	v->who = (struct who){
	    .id = staff->id,
	    .login = staff->login,
	    .name = staff->name,
	    .role = staff->role,
	    .sections = staff->sections,
	    .state = state_of(session, staff),
	    .session = session->id,
	    .created = session->created,
	    .seen = session->seen,
	    .stepped = session->stepped,
	    .tries = session->tries,
	    .has_password = staff->password.n > 0,
	    .has_totp = staff->totp.n > 0,
	    .passkeys = staff->passkeys,
	};
	if (staff->lang.n)
		v->lang = desk_lang_column(staff->lang);
}

static enum rc load(
    struct visit *v, const uint8_t hash[STAFF_HASH], struct err *err)
{
	struct staff_session session;
	struct staff staff;
	enum rc rc = staff_find_session(v->paper, v->a, hash, &session, err);

	if (rc == RC_OK)
		rc = staff_get(v->paper, v->a, session.staff, &staff, err);
	if (rc != RC_OK || staff.is_disabled)
		return rc == RC_NOT_FOUND ? RC_OK : rc;
	if (session_is_over(&session, v->now)) {
		v->was = session.state == STAFF_FULL ? staff.id : 0;
		return RC_OK;
	}
	for (size_t i = 0; i < STAFF_HASH; i++)
		v->token[i] = hash[i];
	fill_who(v, &session, &staff);
	if (age_s(v->now, session.seen) >= SEE_S)
		return staff_see_session(v->paper, session.id, v->now, err);
	return RC_OK;
}

/* A cookie that is not ours, or too old, is none. */
static void load_device(struct visit *v, struct str field)
{
	struct str value;

	if (cookie_parse(field, STR(DEVICE_COOKIE), &value) != RC_OK ||
	    device_parse(value, v->n->device_key, v->now, &v->device) != RC_OK)
		v->device = (struct device){.staff = 0};
}

enum rc session_load(struct visit *v, struct err *err)
{
	uint8_t token[TOKEN_BYTES], hash[STAFF_HASH];
	struct str field, value;

	if (http_request_field(v->r, STR("cookie"), &field) != 1)
		return RC_OK;
	load_device(v, field);
	if (cookie_parse(field, STR(TOKEN_COOKIE), &value) != RC_OK ||
	    token_parse(value, token) != RC_OK)
		return RC_OK;
	staff_hash((struct str){(const char *)token, sizeof(token)}, hash);
	return load(v, hash, err);
}

int64_t session_number(const struct visit *v)
{
	uint64_t n = 0;

	if (v->who.session == 0)
		return 0;
	for (size_t i = 0; i < 8; i++)
		n = n << 8 | v->token[i];
	return (int64_t)(n >> 1 | 1);
}

/* The browser in which ACCOUNT is signed in is known from now on; one that was
 * known for it already stays the same one. */
static void put_device(
    struct visit *v, struct buf *b, const struct staff *account)
{
	if (v->device.staff != account->id) {
		v->n->config.random(v->device.id, sizeof(v->device.id));
		v->device.staff = account->id;
	}
	buf_lit(b, "Set-Cookie: " DEVICE_COOKIE "=");
	device_put(b, v->n->device_key, &v->device, v->now);
	buf_printf(b,
	    "; Path=/; Max-Age=%d; Secure; HttpOnly; SameSite=Strict\r\n",
	    (int)DEVICE_S);
}

/* DEVICE_OF: whose device it is from now on; NULL: nobody's. */
static enum rc set_cookie(struct visit *v, const uint8_t token[TOKEN_BYTES],
    const struct staff *device_of)
{
	struct buf b;

	buf_init_arena(&b, v->a, 1024);
	buf_lit(&b, "Set-Cookie: " TOKEN_COOKIE "=");
	token_put(&b, token);
	buf_printf(&b,
	    "; Path=/; Max-Age=%d; Secure; HttpOnly; SameSite=Strict\r\n",
	    (int)(LIFE_S + AFTER_S));
	if (device_of)
		put_device(v, &b, device_of);
	if (buf_rc(&b) == RC_OK)
		v->cookie = buf_str(&b);
	return buf_rc(&b);
}

void visit_drop_cookie(struct visit *v)
{
	v->cookie = STR("Set-Cookie: " TOKEN_COOKIE "=; Path=/; Max-Age=0; "
			"Secure; HttpOnly; SameSite=Strict\r\n");
}

enum rc visit_open_session(struct visit *v, const struct staff *account,
    enum staff_state state, struct str what, struct str detail, struct err *err)
{
	uint8_t token[TOKEN_BYTES], hash[STAFF_HASH];
	bool had_one = v->who.session > 0;
	struct staff_opening opening = {
	    .token = hash,
	    .was = had_one ? v->token : NULL,
	    .session = {.staff = account->id,
		.state = state,
		/* A step-up does not make a session last longer. */
		.created = who_is_signed_in(&v->who) ? v->who.created : v->now,
		.seen = v->now,
		.stepped = state == STAFF_FULL ? v->now : INSTANT_NEVER,
		.agent = v->agent},
	    .what = what,
	    .detail = detail,
	};
	struct staff_by by = {account->id, account->name, v->now};
	struct staff_session session;
	enum rc rc;

	v->n->config.random(token, sizeof(token));
	staff_hash((struct str){(const char *)token, sizeof(token)}, hash);
	rc = staff_open_session(v->paper, &opening, &by, err);
	if (rc == RC_OK)
		rc = staff_find_session(v->paper, v->a, hash, &session, err);
	if (rc == RC_OK &&
	    set_cookie(v, token, state == STAFF_FULL ? account : NULL) != RC_OK)
		rc = err_set(err, RC_NO_MEMORY, "no memory for a session");
	sodium_memzero(token, sizeof(token));
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < STAFF_HASH; i++)
		v->token[i] = hash[i];
	fill_who(v, &session, account);
	return RC_OK;
}

void note_refused(struct visit *v, int64_t id, struct str detail)
{
	struct staff staff;
	struct err err = {0};

	if (staff_get(v->paper, v->a, id, &staff, &err) != RC_OK ||
	    audit_add(v->paper,
		&(struct audit_entry){.at = v->now,
		    .staff = staff.id,
		    .name = staff.name,
		    .what = STR("sign-in-refused"),
		    .about = staff.login,
		    .detail = detail},
		&err) != RC_OK)
		v->n->config.say(v->n->config.ctx, err.why);
}

enum rc newsroom_sweep(struct newsroom *n, struct instant now, struct err *err)
{
	const struct staff_ends ends = {
	    .oldest = {now.us - (int64_t)(LIFE_S + AFTER_S) * 1000000},
	    .idle = {now.us - (int64_t)(IDLE_S + AFTER_S) * 1000000},
	    .half = {now.us - (int64_t)HALF_S * 1000000},
	};

	owed_walk(n);
	return staff_sweep(n->config.paper, &ends, err);
}
