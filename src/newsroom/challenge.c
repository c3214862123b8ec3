/* SPDX-License-Identifier: MIT
 *
 * Challenges; see challenge.h.
 */
#include "newsroom/challenge.h"

#include <sodium.h>
#include <string.h>

#include "base/must.h"

enum { NONCE = 16, TIME = 8, TAG = 16 };

_Static_assert(NONCE + TIME + TAG == CHALLENGE_BYTES, "parts of a challenge");

static void put_number(uint8_t *p, uint64_t n)
{
	for (size_t i = 0; i < 8; i++)
		p[i] = (uint8_t)(n >> (56 - 8 * i) & 0xff);
}

static int64_t time_of(const uint8_t *p)
{
	uint64_t n = 0;

	for (size_t i = 0; i < TIME; i++)
		n = n << 8 | p[NONCE + i];
	return n > INT64_MAX ? INT64_MAX : (int64_t)n;
}

static void make_tag(const struct challenges *c, enum challenge_purpose purpose,
    int64_t session, const uint8_t *p, uint8_t tag[TAG])
{
	uint8_t text[16 + NONCE + TIME];

	put_number(text, (uint64_t)purpose);
	put_number(text + 8, (uint64_t)session);
	memcpy(text + 16, p, NONCE + TIME);
	crypto_generichash(
	    tag, TAG, text, sizeof(text), c->key, sizeof(c->key));
}

void challenge_make(const struct challenges *c, enum challenge_purpose purpose,
    int64_t session, const uint8_t nonce[16], struct instant now,
    uint8_t ret[CHALLENGE_BYTES])
{
	memcpy(ret, nonce, NONCE);
	put_number(ret + NONCE, (uint64_t)(instant_s(now) + CHALLENGE_S));
	make_tag(c, purpose, session, ret, ret + NONCE + TIME);
}

static bool is_used(const struct challenges *c, const uint8_t *p, int64_t now_s)
{
	for (size_t i = 0; i < CHALLENGE_USED_MAX; i++)
		if (c->used[i].until_s >= now_s &&
		    memcmp(c->used[i].nonce, p, NONCE) == 0)
			return true;
	return false;
}

enum rc challenge_check(const struct challenges *c,
    enum challenge_purpose purpose, int64_t session, struct str challenge,
    struct instant now)
{
	const uint8_t *p = (const uint8_t *)challenge.p;
	uint8_t tag[TAG];

	if (challenge.n != CHALLENGE_BYTES)
		return RC_INVALID;
	make_tag(c, purpose, session, p, tag);
	if (sodium_memcmp(tag, p + NONCE + TIME, TAG) != 0)
		return RC_INVALID;
	if (time_of(p) < instant_s(now) || is_used(c, p, instant_s(now)))
		return RC_GONE;
	return RC_OK;
}

static size_t used_by(const struct challenges *c, int64_t staff, int64_t now_s)
{
	size_t n = 0;

	for (size_t i = 0; i < CHALLENGE_USED_MAX; i++)
		n += c->used[i].staff == staff && c->used[i].until_s >= now_s;
	return n;
}

enum rc challenge_use(struct challenges *c, struct str challenge, int64_t staff,
    struct instant now)
{
	const uint8_t *p = (const uint8_t *)challenge.p;
	int64_t now_s = instant_s(now);

	must(challenge.n == CHALLENGE_BYTES);
	if (is_used(c, p, now_s))
		return RC_GONE;
	if (used_by(c, staff, now_s) >= CHALLENGE_USED_EACH)
		return RC_BUSY;
	for (size_t i = 0; i < CHALLENGE_USED_MAX; i++) {
		if (c->used[i].until_s >= now_s)
			continue;
		c->used[i].staff = staff;
		memcpy(c->used[i].nonce, p, NONCE);
		c->used[i].until_s = time_of(p);
		return RC_OK;
	}
	return RC_BUSY;
}
