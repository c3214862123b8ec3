/* SPDX-License-Identifier: MIT
 *
 * Counting wrong passwords and codes; see guess.h.
 */
#include "newsroom/guess.h"

#include "base/buf.h"
#include "newsroom/newsroom_priv.h"
#include "newsroom/visit.h"

static struct str net_of(const struct visit *v)
{
	return (struct str){(const char *)&v->net, sizeof(v->net)};
}

static struct str device_of(const struct visit *v)
{
	return (struct str){(const char *)v->device.id, DEVICE_ID};
}

static bool is_device_of(const struct visit *v, int64_t staff)
{
	return staff > 0 && v->device.staff == staff;
}

enum rc guess_begin(struct visit *v, int64_t staff, struct guess *ret_guess)
{
	struct guess g = {.login = STR(""), .is_known = is_device_of(v, staff)};
	struct buf b;

	if (staff_login(v->a, visit_field(v, STR("login")), &g.login) ==
	    RC_NO_MEMORY)
		return RC_NO_MEMORY;
	buf_init_arena(&b, v->a, 2 * STAFF_LOGIN_MAX);
	buf_add(&b, g.login);
	buf_char(&b, '\n');
	buf_add(&b, net_of(v));
	g.place = buf_str(&b);
	if (buf_rc(&b) != RC_OK)
		return RC_NO_MEMORY;
	*ret_guess = g;
	return RC_OK;
}

uint64_t guess_wait(const struct visit *v, const struct guess *g)
{
	const struct throttle *t = &v->n->throttle;
	uint64_t wait;

	if (g->is_known)
		return throttle_wait(t, THROTTLE_DEVICE, device_of(v), v->now);
	/* Those who come through this machine itself, as by Tor, are not to be
	 * told apart: no one of them shuts the others out. */
	if (v->net == 0)
		return 0;
	wait = throttle_wait(t, THROTTLE_PLACE, g->place, v->now);
	return wait > 0 ? wait
			: throttle_wait(t, THROTTLE_NET, net_of(v), v->now);
}

enum rc guess_slow(
    struct visit *v, const struct guess *g, void (*fn)(void *ctx), void *ctx)
{
	struct newsroom *n = v->n;
	struct slow_try try = {.since = v->now, .fn = fn, .ctx = ctx};
	enum rc rc;

	if (!g->is_slow || !n->config.wake_in)
		return RC_NOT_FOUND;
	try.key = throttle_key(&n->throttle, g->place);
	rc = slow_add(&n->slow, &try);
	if (rc == RC_OK && n->slow.n == 1)
		n->config.wake_in(n->config.ctx, SLOW_MS);
	return rc;
}

static void note_passwords(struct visit *v, const struct guess *g)
{
	struct staff staff;

	if (staff_find(v->paper, v->a, g->login, &staff, NULL) == RC_OK)
		note_refused(v, staff.id, STR("passwords"));
}

void guess_count(struct visit *v, struct guess *g)
{
	struct throttle *t = &v->n->throttle;

	if (g->is_known) {
		g->is_last =
		    throttle_add(t, THROTTLE_DEVICE, device_of(v), v->now);
		return;
	}
	g->is_slow = throttle_wait(t, THROTTLE_ACCOUNT, g->login, v->now) > 0;
	g->is_last = throttle_add(t, THROTTLE_ACCOUNT, g->login, v->now);
	if (v->net) {
		throttle_add(t, THROTTLE_PLACE, g->place, v->now);
		throttle_add(t, THROTTLE_NET, net_of(v), v->now);
	}
}

void guess_back(struct visit *v, const struct guess *g)
{
	struct throttle *t = &v->n->throttle;

	if (g->is_known) {
		throttle_back(t, THROTTLE_DEVICE, device_of(v), v->now);
		return;
	}
	if (!g->is_slow) /* else it was full already, and counted nothing */
		throttle_back(t, THROTTLE_ACCOUNT, g->login, v->now);
	if (v->net) {
		throttle_back(t, THROTTLE_PLACE, g->place, v->now);
		throttle_back(t, THROTTLE_NET, net_of(v), v->now);
	}
}

void guess_wrong(struct visit *v, const struct guess *g)
{
	if (g->is_last)
		note_passwords(v, g);
}

/* Of the account and the network it is but not counted: who guesses on goes on
 * being slow. */
void guess_right(struct visit *v, const struct guess *g)
{
	struct throttle *t = &v->n->throttle;

	guess_back(v, g);
	if (g->is_known)
		throttle_clear(t, THROTTLE_DEVICE, device_of(v));
	else
		throttle_clear(t, THROTTLE_PLACE, g->place);
}

/* Codes. */

static struct throttle_bucket bucket_of(const struct staff *account)
{
	return (struct throttle_bucket){
	    .at_s = account->codes_at_s, .level = account->codes_level};
}

uint64_t guess_code_wait(const struct visit *v, const struct staff *account)
{
	struct throttle_bucket bucket = bucket_of(account);

	return is_device_of(v, account->id)
		   ? throttle_wait(&v->n->throttle, THROTTLE_DEVICE_CODE,
			 device_of(v), v->now)
		   : throttle_bucket_wait(&bucket, THROTTLE_CODE, v->now);
}

enum rc guess_code_wrong(struct visit *v, const struct staff *account,
    unsigned *ret_tries, struct err *err)
{
	struct throttle_bucket bucket = bucket_of(account);
	struct staff_wrong wrong = {.session = v->who.session,
	    .staff = account->id,
	    .level = account->codes_level,
	    .at_s = account->codes_at_s};

	if (is_device_of(v, account->id)) {
		throttle_add(&v->n->throttle, THROTTLE_DEVICE_CODE,
		    device_of(v), v->now);
	} else {
		throttle_bucket_add(&bucket, THROTTLE_CODE, v->now);
		wrong.level = bucket.level;
		wrong.at_s = bucket.at_s;
	}
	return staff_try_session(v->paper, &wrong, ret_tries, err);
}

enum rc guess_code_right(
    struct visit *v, const struct staff *account, struct err *err)
{
	if (is_device_of(v, account->id)) {
		throttle_clear(
		    &v->n->throttle, THROTTLE_DEVICE_CODE, device_of(v));
		return RC_OK;
	}
	return account->codes_level == 0
		   ? RC_OK
		   : staff_forget_codes(v->paper, account->id, err);
}
