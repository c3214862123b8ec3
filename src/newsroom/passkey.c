/* SPDX-License-Identifier: MIT
 *
 * Passkeys; see passkey.h.
 */
#include "newsroom/passkey.h"

#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>
#include <openssl/crypto.h>
#include <sodium.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "newsroom/token.h"

enum {
	RP_HASH = 32,
	FLAGS_AT = 32,
	COUNTER_AT = 33,
	DATA_LEAST = 37,
	FLAG_PRESENT = 1,
	FLAG_VERIFIED = 4,
	FLAG_KEY = 64,
	FLAG_EXTENSIONS = 128,
	KEY_HEAD = 18, /* the maker's id, and the length of the credential's */
	DEPTH_MAX = 4,
	CHALLENGE_TEXT = 54, /* 40 bytes in base64url */
};

_Static_assert(PASSKEY_ES256 == COSE_ES256 && PASSKEY_EDDSA == COSE_EDDSA &&
		   PASSKEY_RS256 == COSE_RS256,
    "numbers of COSE");

void passkey_start(void)
{
	/* Its settings file lies outside of the sandbox. */
	must(OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL) == 1);
	fido_init(0);
}

enum rc passkey_bytes(
    struct arena *a, struct str text, size_t most, struct str *ret)
{
	unsigned char *p;
	size_t n = 0;

	if (text.n > most / 3 * 4 + 4 || !token_is_base64url(text))
		return RC_INVALID;
	p = arena_alloc(a, text.n + 1);
	if (!p)
		return RC_NO_MEMORY;
	if (sodium_base642bin(p, text.n + 1, text.p ? text.p : "", text.n, NULL,
		&n, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
	    n > most)
		return RC_INVALID;
	*ret = (struct str){(const char *)p, n};
	return RC_OK;
}

/* {"type":"webauthn.get","challenge":"...","origin":"...","crossOrigin":false
 * and then "}" alone or a comma: section 5.8.1.2. */
enum rc passkey_challenge(const struct passkey_site *site,
    enum passkey_type type, struct str client_data,
    uint8_t ret_challenge[CHALLENGE_BYTES])
{
	static const struct str starts[] = {
	    [PASSKEY_CREATE] =
		STR_INIT("{\"type\":\"webauthn.create\",\"challenge\":\""),
	    [PASSKEY_GET] =
		STR_INIT("{\"type\":\"webauthn.get\",\"challenge\":\""),
	};
	const struct str parts[] = {STR("\",\"origin\":\""), site->origin,
	    STR("\",\"crossOrigin\":false")};
	struct str rest = client_data, text;
	size_t n = 0;

	if (client_data.n > PASSKEY_CLIENT_DATA_MAX ||
	    !str_starts(rest, starts[type]))
		return RC_INVALID;
	rest = str_from(rest, starts[type].n);
	text = str_part(rest, 0, CHALLENGE_TEXT);
	rest = str_from(rest, text.n);
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (!str_starts(rest, parts[i]))
			return RC_INVALID;
		rest = str_from(rest, parts[i].n);
	}
	if (!str_eq(rest, STR("}")) && !str_starts(rest, STR(",")))
		return RC_INVALID;
	return token_is_base64url(text) &&
		       sodium_base642bin(ret_challenge, CHALLENGE_BYTES, text.p,
			   text.n, NULL, &n, NULL,
			   sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
		       n == CHALLENGE_BYTES
		   ? RC_OK
		   : RC_INVALID;
}

/* Takes one item of CBOR (RFC 8949) from *REST: definite, no tags, not deeper
 * than DEPTH, and nothing in it says that it is longer than what is there. So
 * libcbor, which asks for the memory that a map says it needs, asks for
 * little. */
static bool take_item(struct str *rest, unsigned depth)
{
	unsigned char head;
	uint64_t n;
	size_t more;

	if (rest->n == 0 || depth == 0)
		return false;
	head = (unsigned char)rest->p[0];
	*rest = str_from(*rest, 1);
	n = head & 31;
	more = n < 24 ? 0 : (size_t)1 << (n - 24);
	if (n > 27 || more > rest->n)
		return false;
	if (more > 0)
		n = 0;
	for (size_t i = 0; i < more; i++)
		n = n << 8 | (unsigned char)rest->p[i];
	*rest = str_from(*rest, more);
	switch (head >> 5) {
	case 0:
	case 1:
	case 7:
		return true;
	case 2:
	case 3:
		if (n > rest->n)
			return false;
		*rest = str_from(*rest, (size_t)n);
		return true;
	case 4:
	case 5:
		if (n > rest->n)
			return false;
		n *= head >> 5 == 5 ? 2 : 1;
		while (n-- > 0)
			if (!take_item(rest, depth - 1))
				return false;
		return true;
	}
	return false;
}

/* What follows the fixed part: a credential with its key, extensions, as the
 * flags say, and nothing else. */
static bool is_whole(struct str data)
{
	unsigned flags = (unsigned char)data.p[FLAGS_AT];
	struct str rest = str_from(data, DATA_LEAST);

	if (flags & FLAG_KEY) {
		size_t length;

		if (rest.n < KEY_HEAD)
			return false;
		length = (size_t)(unsigned char)rest.p[KEY_HEAD - 2] << 8 |
			 (unsigned char)rest.p[KEY_HEAD - 1];
		rest = str_from(rest, KEY_HEAD);
		if (length > rest.n)
			return false;
		rest = str_from(rest, length);
		if (!take_item(&rest, DEPTH_MAX))
			return false;
	}
	if ((flags & FLAG_EXTENSIONS) && !take_item(&rest, DEPTH_MAX))
		return false;
	return rest.n == 0;
}

/* Of this site, and somebody was there and has proved who it is. */
static bool is_for_us(
    const struct passkey_site *site, struct str data, unsigned flags)
{
	unsigned char hash[RP_HASH];

	if (data.n < DATA_LEAST || data.n > PASSKEY_DATA_MAX)
		return false;
	crypto_hash_sha256(
	    hash, (const unsigned char *)site->rp_id.p, site->rp_id.n);
	flags |= FLAG_PRESENT | FLAG_VERIFIED;
	return memcmp(hash, data.p, RP_HASH) == 0 &&
	       ((unsigned char)data.p[FLAGS_AT] & flags) == flags &&
	       is_whole(data);
}

static uint32_t counter_of(struct str data)
{
	uint32_t n = 0;

	for (size_t i = 0; i < 4; i++)
		n = n << 8 | (unsigned char)data.p[COUNTER_AT + i];
	return n;
}

/* The key inside of DATA, if it is one of ALGORITHM. */
static bool read_key(fido_cred_t *cred, struct str data, int algorithm)
{
	return fido_cred_set_type(cred, algorithm) == FIDO_OK &&
	       fido_cred_set_authdata_raw(
		   cred, (const unsigned char *)data.p, data.n) == FIDO_OK;
}

static enum rc copy_key(struct arena *a, const fido_cred_t *cred,
    struct str data, struct passkey_key *ret_key)
{
	struct str id = {
	    (const char *)fido_cred_id_ptr(cred), fido_cred_id_len(cred)};
	struct str key = {(const char *)fido_cred_pubkey_ptr(cred),
	    fido_cred_pubkey_len(cred)};
	struct passkey_key k = {
	    .algorithm = fido_cred_type(cred), .counter = counter_of(data)};

	if (id.n == 0 || id.n > 1023 || key.n == 0)
		return RC_INVALID;
	k.credential = arena_copy(a, id);
	k.public_key = arena_copy(a, key);
	if (!k.credential.p || !k.public_key.p)
		return RC_NO_MEMORY;
	*ret_key = k;
	return RC_OK;
}

enum rc passkey_register(struct arena *a, const struct passkey_site *site,
    const struct passkey_answer *answer, struct passkey_key *ret_key)
{
	static const int algorithms[] = {
	    PASSKEY_ES256, PASSKEY_EDDSA, PASSKEY_RS256};
	struct str data = answer->authenticator_data;
	enum rc rc = RC_INVALID;

	if (!is_for_us(site, data, FLAG_KEY))
		return RC_INVALID;
	for (size_t i = 0; rc == RC_INVALID && i < 3; i++) {
		fido_cred_t *cred = fido_cred_new();

		if (!cred)
			return RC_NO_MEMORY;
		if (read_key(cred, data, algorithms[i]))
			rc = copy_key(a, cred, data, ret_key);
		fido_cred_free(&cred);
	}
	return rc;
}

/* The library takes longer ones, too, and looks at their start. */
static bool has_length(const struct passkey_key *key)
{
	size_t n = key->public_key.n;

	switch (key->algorithm) {
	case PASSKEY_ES256:
		return n == 64;
	case PASSKEY_EDDSA:
		return n == 32;
	case PASSKEY_RS256:
		return n == 259;
	default:
		return false;
	}
}

/* The library's form of a key; PK is freed with free_key. */
static void *make_key(const struct passkey_key *key)
{
	const void *p = key->public_key.p;
	size_t n = key->public_key.n;
	int bad = FIDO_ERR_INTERNAL;
	void *pk = NULL;

	if (!has_length(key))
		return NULL;
	switch (key->algorithm) {
	case PASSKEY_ES256:
		pk = es256_pk_new();
		if (pk)
			bad = es256_pk_from_ptr(pk, p, n);
		if (pk && bad != FIDO_OK)
			es256_pk_free((es256_pk_t **)&pk);
		return pk;
	case PASSKEY_EDDSA:
		pk = eddsa_pk_new();
		if (pk)
			bad = eddsa_pk_from_ptr(pk, p, n);
		if (pk && bad != FIDO_OK)
			eddsa_pk_free((eddsa_pk_t **)&pk);
		return pk;
	case PASSKEY_RS256:
		pk = rs256_pk_new();
		if (pk)
			bad = rs256_pk_from_ptr(pk, p, n);
		if (pk && bad != FIDO_OK)
			rs256_pk_free((rs256_pk_t **)&pk);
		return pk;
	default:
		return NULL;
	}
}

static void free_key(const struct passkey_key *key, void *pk)
{
	if (key->algorithm == PASSKEY_ES256)
		es256_pk_free((es256_pk_t **)&pk);
	else if (key->algorithm == PASSKEY_EDDSA)
		eddsa_pk_free((eddsa_pk_t **)&pk);
	else
		rs256_pk_free((rs256_pk_t **)&pk);
}

static bool fill(fido_assert_t *assert, const char *rp_id,
    const struct passkey_answer *answer)
{
	return fido_assert_set_rp(assert, rp_id) == FIDO_OK &&
	       fido_assert_set_clientdata(assert,
		   (const unsigned char *)answer->client_data.p,
		   answer->client_data.n) == FIDO_OK &&
	       fido_assert_set_count(assert, 1) == FIDO_OK &&
	       fido_assert_set_authdata_raw(assert, 0,
		   (const unsigned char *)answer->authenticator_data.p,
		   answer->authenticator_data.n) == FIDO_OK &&
	       fido_assert_set_sig(assert, 0,
		   (const unsigned char *)answer->signature.p,
		   answer->signature.n) == FIDO_OK &&
	       fido_assert_set_up(assert, FIDO_OPT_TRUE) == FIDO_OK &&
	       fido_assert_set_uv(assert, FIDO_OPT_TRUE) == FIDO_OK;
}

enum rc passkey_verify(const struct passkey_site *site,
    const struct passkey_key *key, const struct passkey_answer *answer,
    uint32_t *ret_counter)
{
	char rp_id[256];
	fido_assert_t *assert;
	void *pk;
	enum rc rc = RC_INVALID;

	if (!is_for_us(site, answer->authenticator_data, 0) ||
	    answer->signature.n == 0 ||
	    answer->signature.n > PASSKEY_SIGNATURE_MAX ||
	    site->rp_id.n >= sizeof(rp_id))
		return RC_INVALID;
	memcpy(rp_id, site->rp_id.p, site->rp_id.n);
	rp_id[site->rp_id.n] = '\0';
	pk = make_key(key);
	if (!pk)
		return RC_INVALID;
	assert = fido_assert_new();
	if (!assert)
		rc = RC_NO_MEMORY;
	else if (fill(assert, rp_id, answer))
		rc = fido_assert_verify(assert, 0, (int)key->algorithm, pk) ==
			     FIDO_OK
			 ? RC_OK
			 : RC_DENIED;
	if (rc == RC_OK)
		*ret_counter = counter_of(answer->authenticator_data);
	if (assert)
		fido_assert_free(&assert);
	free_key(key, pk);
	return rc;
}
