/* SPDX-License-Identifier: MIT
 *
 * Between web/passkey.js and passkey.h: what the script is told, and what it
 * sends.
 */
#include <sodium.h>

#include "newsroom/newsroom_priv.h"
#include "newsroom/visit.h"
#include "page/json.h"
#include "paper/paper.h"

enum { WISH_MAX = 256 * 1024, CREDENTIAL_MAX = 1023 };

static void put_bytes(struct visit *v, struct buf *b, struct str bytes)
{
	size_t room = sodium_base64_encoded_len(
	    bytes.n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	char *text = arena_alloc(v->a, room);

	if (!text) {
		buf_fail(b, RC_NO_MEMORY);
		return;
	}
	sodium_bin2base64(text, room, (const unsigned char *)bytes.p, bytes.n,
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	json_text(b, str_of(text));
}

static enum rc put_known(struct visit *v, struct buf *b,
    const struct staff *account, struct err *err)
{
	struct staff_passkey *keys;
	size_t n = 0;
	enum rc rc = RC_OK;

	if (account)
		rc =
		    staff_passkeys(v->paper, v->a, account->id, &keys, &n, err);
	buf_lit(b, ",\"known\":[");
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		if (i > 0)
			buf_char(b, ',');
		put_bytes(v, b, keys[i].credential);
	}
	buf_lit(b, "]");
	return rc;
}

struct entity *passkey_wish(struct visit *v, enum challenge_purpose purpose,
    const struct staff *account)
{
	return passkey_wish_for(v, purpose,
	    purpose == CHALLENGE_SIGN_IN ? 0 : session_number(v), account);
}

enum rc passkey_made(struct visit *v, enum challenge_purpose purpose,
    int64_t number, int64_t staff, struct passkey_key *ret_key)
{
	const struct passkey_site site = newsroom_site(v->n);
	uint8_t bytes[CHALLENGE_BYTES];
	struct str challenge = {(const char *)bytes, sizeof(bytes)};
	struct passkey_answer answer = {0};

	if (passkey_bytes(v->a, visit_field(v, STR("client_data")),
		PASSKEY_CLIENT_DATA_MAX, &answer.client_data) != RC_OK ||
	    passkey_bytes(v->a, visit_field(v, STR("authenticator_data")),
		PASSKEY_DATA_MAX, &answer.authenticator_data) != RC_OK ||
	    passkey_challenge(
		&site, PASSKEY_CREATE, answer.client_data, bytes) != RC_OK ||
	    challenge_check(&v->n->challenges, purpose, number, challenge,
		v->now) != RC_OK ||
	    passkey_register(v->a, &site, &answer, ret_key) != RC_OK ||
	    challenge_use(&v->n->challenges, challenge, staff, v->now) != RC_OK)
		return RC_DENIED;
	return RC_OK;
}

struct entity *passkey_wish_for(struct visit *v, enum challenge_purpose purpose,
    int64_t number, const struct staff *account)
{
	uint8_t nonce[16], challenge[CHALLENGE_BYTES];
	struct paper_settings settings;
	struct buf *b = visit_buf(v);
	struct err err = {0};
	enum rc rc = paper_settings(v->paper, v->a, &settings, &err);

	if (!b)
		return NULL;
	v->n->config.random(nonce, sizeof(nonce));
	challenge_make(
	    &v->n->challenges, purpose, number, nonce, v->now, challenge);
	buf_lit(b, "{\"challenge\":");
	put_bytes(
	    v, b, (struct str){(const char *)challenge, sizeof(challenge)});
	buf_lit(b, ",\"rp\":");
	json_text(b, v->n->host);
	if (rc == RC_OK)
		rc = put_known(v, b, account, &err);
	if (rc == RC_OK &&
	    (purpose == CHALLENGE_ADD || purpose == CHALLENGE_JOIN)) {
		buf_lit(b, ",\"handle\":");
		put_bytes(v, b, account->handle);
		json_member(b, "login", account->login);
		json_member(b, "name", account->name);
		json_member(b, "paper", settings.name);
	}
	buf_lit(b, "}\n");
	return rc == RC_OK ? visit_json(v, 200, b) : visit_failed(v, rc, &err);
}

struct entity *passkey_refused(struct visit *v)
{
	struct buf *b = visit_buf(v);

	if (!b)
		return NULL;
	buf_lit(b, "{\"error\":422,\"text\":");
	json_text(b, desk_word(v->lang, MSG_PASSKEY_WRONG));
	buf_lit(b, "}\n");
	return visit_json(v, 422, b);
}

struct sent {
	struct str id, handle;
	struct passkey_answer answer;
};

static enum rc read_sent(struct visit *v, struct sent *s)
{
	enum rc rc = passkey_bytes(
	    v->a, visit_field(v, STR("id")), CREDENTIAL_MAX, &s->id);

	if (rc == RC_OK)
		rc = passkey_bytes(v->a, visit_field(v, STR("client_data")),
		    PASSKEY_CLIENT_DATA_MAX, &s->answer.client_data);
	if (rc == RC_OK)
		rc = passkey_bytes(v->a,
		    visit_field(v, STR("authenticator_data")), PASSKEY_DATA_MAX,
		    &s->answer.authenticator_data);
	if (rc == RC_OK)
		rc = passkey_bytes(v->a, visit_field(v, STR("signature")),
		    PASSKEY_SIGNATURE_MAX, &s->answer.signature);
	if (rc == RC_OK)
		rc = passkey_bytes(v->a, visit_field(v, STR("handle")),
		    2 * STAFF_HANDLE, &s->handle);
	return rc == RC_INVALID ? RC_DENIED : rc;
}

/* The signature is that of the known passkey, over a challenge of ours. */
static enum rc check_sent(struct visit *v, enum challenge_purpose purpose,
    const struct sent *s, const struct staff_passkey *known,
    uint32_t *ret_counter)
{
	const struct passkey_site site = newsroom_site(v->n);
	const struct passkey_key key = {
	    .algorithm = known->algorithm, .public_key = known->public_key};
	uint8_t bytes[CHALLENGE_BYTES];
	struct str challenge = {(const char *)bytes, sizeof(bytes)};
	int64_t session = purpose == CHALLENGE_SIGN_IN ? 0 : session_number(v);

	if (passkey_challenge(
		&site, PASSKEY_GET, s->answer.client_data, bytes) != RC_OK ||
	    challenge_check(&v->n->challenges, purpose, session, challenge,
		v->now) != RC_OK)
		return RC_DENIED;
	if (passkey_verify(&site, &key, &s->answer, ret_counter) != RC_OK)
		return RC_DENIED;
	return challenge_use(
		   &v->n->challenges, challenge, known->staff, v->now) == RC_OK
		   ? RC_OK
		   : RC_DENIED;
}

/* Whoever knows a credential's name, which is no secret, can send junk under it
 * for ever: the log has one row of that in a minute, and nobody waits. */
static void note_passkey(struct visit *v, int64_t staff)
{
	struct throttle *t = &v->n->throttle;
	struct str key = {(const char *)&staff, sizeof(staff)};

	if (throttle_wait(t, THROTTLE_NOTE, key, v->now) > 0)
		return;
	throttle_add(t, THROTTLE_NOTE, key, v->now);
	note_refused(v, staff, STR("passkey"));
}

enum rc passkey_sent(struct visit *v, enum challenge_purpose purpose,
    struct staff_passkey *ret_passkey, struct err *err)
{
	struct staff_passkey known;
	struct staff staff;
	struct sent s = {0};
	uint32_t counter = 0;
	enum rc rc = read_sent(v, &s);

	if (rc == RC_OK)
		rc = staff_find_passkey(v->paper, v->a, s.id, &known, err);
	if (rc == RC_OK) {
		rc = check_sent(v, purpose, &s, &known, &counter);
		if (rc == RC_DENIED)
			note_passkey(v, known.staff);
	}
	if (rc == RC_OK)
		rc = staff_get(v->paper, v->a, known.staff, &staff, err);
	/* Whose it says it is. */
	if (rc == RC_OK && s.handle.n && !str_eq(s.handle, staff.handle))
		rc = RC_DENIED;
	if (rc == RC_OK && staff.is_disabled)
		rc = RC_DENIED;
	if (rc == RC_OK) {
		rc =
		    staff_use_passkey(v->paper, known.id, counter, v->now, err);
		/* It may have been copied. */
		if (rc == RC_DENIED)
			note_refused(v, known.staff, STR("passkey counter"));
	}
	if (rc == RC_OK)
		*ret_passkey = known;
	return rc == RC_NOT_FOUND ? RC_DENIED : rc;
}
