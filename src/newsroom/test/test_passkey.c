/* SPDX-License-Identifier: MIT
 *
 * What a browser sends for a passkey, bent in every place: a key and a signer
 * of our own stand for the authenticator (Ed25519, COSE algorithm -8).
 */
#include "newsroom/passkey.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

#include "base/arena.h"

enum {
	HEAD = 37,
	FLAGS = 32,
	CREDENTIAL = 16,
	COSE = 42,
	MADE = HEAD + 18 + CREDENTIAL + COSE,
	PRESENT = 1,
	VERIFIED = 4,
	BACKED_UP = 8 | 16,
	HAS_KEY = 64,
	HAS_MORE = 128,
};

static const struct passkey_site site = {
    STR_INIT("https://desk.example"), STR_INIT("desk.example")};

#define CLIENT(type)                                                           \
	"{\"type\":\"webauthn." type "\",\"challenge\":\""                     \
	"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJw"               \
	"\",\"origin\":\"https://desk.example\",\"crossOrigin\":false}"

static struct {
	unsigned char secret[crypto_sign_SECRETKEYBYTES];
	unsigned char public[crypto_sign_PUBLICKEYBYTES];
	struct arena *a;
} world;

static int set_up(void **state)
{
	const unsigned char seed[crypto_sign_SEEDBYTES] = "a seed";

	(void)state;
	passkey_start();
	world.a = arena_new(1 << 26);
	return crypto_sign_seed_keypair(world.public, world.secret, seed);
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(world.a);
	return 0;
}

static struct str view(const void *p, size_t n)
{
	return (struct str){p, n};
}

/* The fixed part of authenticator data. */
static void put_head(uint8_t *p, unsigned flags, uint32_t counter)
{
	crypto_hash_sha256(
	    p, (const unsigned char *)site.rp_id.p, site.rp_id.n);
	p[FLAGS] = (uint8_t)flags;
	for (int i = 0; i < 4; i++)
		p[33 + i] = (uint8_t)(counter >> (24 - 8 * i) & 0xff);
}

/* What create() gives. */
static void put_made(uint8_t p[MADE], unsigned flags)
{
	/* {1: 1, 3: -8, -1: 6, -2: 32 bytes} (RFC 9053) */
	static const uint8_t cose[] = {
	    0xa4, 1, 1, 3, 0x27, 0x20, 6, 0x21, 0x58, 32};

	memset(p, 0, MADE);
	put_head(p, flags, 7);
	p[HEAD + 17] = CREDENTIAL;
	memset(p + HEAD + 18, 0xcc, CREDENTIAL);
	memcpy(p + HEAD + 18 + CREDENTIAL, cose, sizeof(cose));
	memcpy(p + MADE - 32, world.public, 32);
}

static enum rc make(const uint8_t *p, size_t n, struct passkey_key *ret_key)
{
	const struct passkey_answer answer = {
	    .client_data = STR(CLIENT("create")),
	    .authenticator_data = view(p, n)};
	/* A copy of just that size: who reads on behind it is found out. */
	struct passkey_answer copy = answer;

	copy.authenticator_data =
	    arena_copy(world.a, answer.authenticator_data);
	return passkey_register(world.a, &site, &copy, ret_key);
}

static void a_key_is_read_and_nothing_but_all_of_it(void **state)
{
	uint8_t p[MADE + 1];
	struct passkey_key key;

	(void)state;
	put_made(p, PRESENT | VERIFIED | HAS_KEY);
	assert_int_equal(make(p, MADE, &key), RC_OK);
	assert_int_equal(key.algorithm, PASSKEY_EDDSA);
	assert_int_equal(key.counter, 7);
	assert_int_equal(key.credential.n, CREDENTIAL);
	assert_int_equal(key.public_key.n, 32);
	assert_memory_equal(key.public_key.p, world.public, 32);
	for (size_t n = 0; n < MADE; n++)
		if (make(p, n, &key) != RC_INVALID)
			fail_msg("cut to %zu bytes it is taken", n);
	p[MADE] = 0;
	assert_int_equal(make(p, MADE + 1, &key), RC_INVALID);
}

static void a_key_of_another_site_is_none(void **state)
{
	uint8_t p[MADE];
	struct passkey_key key;

	(void)state;
	put_made(p, PRESENT | VERIFIED | HAS_KEY);
	for (size_t i = 0; i < 32; i++) {
		p[i] ^= 1;
		assert_int_equal(make(p, MADE, &key), RC_INVALID);
		p[i] ^= 1;
	}
	assert_int_equal(make(p, MADE, &key), RC_OK);
}

/* Of all 256 only those with somebody who was there and verified, with a key,
 * and with nothing more that is not there. The two of backups may be. */
static void every_flag_that_is_wrong_is_refused(void **state)
{
	struct passkey_key key;

	(void)state;
	for (unsigned flags = 0; flags < 256; flags++) {
		unsigned must_be = PRESENT | VERIFIED | HAS_KEY;
		bool is_fit =
		    (flags & must_be) == must_be && !(flags & HAS_MORE);
		uint8_t p[MADE];

		put_made(p, flags);
		if ((make(p, MADE, &key) == RC_OK) != is_fit)
			fail_msg("flags %02x", flags);
	}
}

static void a_key_of_another_kind_or_a_broken_one_is_refused(void **state)
{
	uint8_t p[MADE];
	struct passkey_key key;
	enum { COSE_AT = HEAD + 18 + CREDENTIAL };

	(void)state;
	/* Each byte of the key's head says something that must be so. */
	for (size_t i = 0; i < 10; i++)
		for (unsigned with = 0; with < 256; with++) {
			put_made(p, PRESENT | VERIFIED | HAS_KEY);
			if (p[COSE_AT + i] == with)
				continue;
			p[COSE_AT + i] = (uint8_t)with;
			assert_int_not_equal(make(p, MADE, &key), RC_NO_MEMORY);
			if (make(p, MADE, &key) == RC_OK)
				assert_int_equal(key.algorithm, PASSKEY_EDDSA);
		}
	put_made(p, PRESENT | VERIFIED | HAS_KEY);
	p[COSE_AT + 4] = 0x28; /* -9 */
	assert_int_equal(make(p, MADE, &key), RC_INVALID);
	/* A credential that is longer than what there is, or none. */
	put_made(p, PRESENT | VERIFIED | HAS_KEY);
	p[HEAD + 16] = 1;
	assert_int_equal(make(p, MADE, &key), RC_INVALID);
	put_made(p, PRESENT | VERIFIED | HAS_KEY);
	p[HEAD + 17] = 0;
	assert_int_equal(make(p, MADE, &key), RC_INVALID);
}

/* --- Signatures -------------------------------------------------------- */

struct signed_answer {
	char client[sizeof(CLIENT("get"))];
	size_t client_n;
	uint8_t data[HEAD + 1];
	size_t data_n;
	unsigned char signature[crypto_sign_BYTES];
	size_t signature_n;
};

/* The authenticator signs its data and the hash of the client's. */
static struct signed_answer sign(unsigned flags, uint32_t counter)
{
	struct signed_answer s = {.client = CLIENT("get"),
	    .client_n = sizeof(CLIENT("get")) - 1,
	    .data_n = HEAD,
	    .signature_n = crypto_sign_BYTES};
	unsigned char text[HEAD + crypto_hash_sha256_BYTES];

	put_head(s.data, flags, counter);
	memcpy(text, s.data, HEAD);
	crypto_hash_sha256(
	    text + HEAD, (const unsigned char *)s.client, s.client_n);
	crypto_sign_detached(
	    s.signature, NULL, text, sizeof(text), world.secret);
	return s;
}

static enum rc verify(const struct signed_answer *s, uint32_t *ret_counter)
{
	const struct passkey_key key = {.algorithm = PASSKEY_EDDSA,
	    .public_key = view(world.public, sizeof(world.public))};
	const struct passkey_answer answer = {
	    .client_data = arena_copy(world.a, view(s->client, s->client_n)),
	    .authenticator_data = arena_copy(world.a, view(s->data, s->data_n)),
	    .signature =
		arena_copy(world.a, view(s->signature, s->signature_n))};

	return passkey_verify(&site, &key, &answer, ret_counter);
}

static void a_signature_holds_for_just_what_was_signed(void **state)
{
	struct signed_answer s = sign(PRESENT | VERIFIED | BACKED_UP, 0xfffefd);
	uint32_t counter = 0;

	(void)state;
	assert_int_equal(verify(&s, &counter), RC_OK);
	assert_int_equal(counter, 0xfffefd);
	counter = 5;
	for (size_t i = 0; i < s.client_n; i++) {
		s.client[i] ^= 1;
		assert_int_equal(verify(&s, &counter), RC_DENIED);
		s.client[i] ^= 1;
	}
	for (size_t i = 0; i < s.signature_n; i++) {
		s.signature[i] ^= 1;
		assert_int_equal(verify(&s, &counter), RC_DENIED);
		s.signature[i] ^= 1;
	}
	/* The site's hash is looked at before, the rest is signed. */
	for (size_t i = 0; i < HEAD; i++) {
		s.data[i] ^= 1;
		assert_int_equal(
		    verify(&s, &counter), i <= FLAGS ? RC_INVALID : RC_DENIED);
		s.data[i] ^= 1;
	}
	assert_int_equal(counter, 5);
	assert_int_equal(verify(&s, &counter), RC_OK);
}

static void an_answer_that_was_cut_opens_nothing(void **state)
{
	const struct signed_answer whole = sign(PRESENT | VERIFIED, 1);
	struct signed_answer s = whole;
	uint32_t counter = 5;

	(void)state;
	for (s.data_n = 0; s.data_n < HEAD; s.data_n++)
		assert_int_equal(verify(&s, &counter), RC_INVALID);
	s.data_n = HEAD + 1;
	assert_int_equal(verify(&s, &counter), RC_INVALID);
	s = whole;
	for (s.signature_n = 0; s.signature_n < crypto_sign_BYTES;
	     s.signature_n++)
		assert_int_not_equal(verify(&s, &counter), RC_OK);
	s = whole;
	for (s.client_n = 0; s.client_n < whole.client_n; s.client_n++)
		assert_int_not_equal(verify(&s, &counter), RC_OK);
	assert_int_equal(counter, 5);
}

static void every_flag_that_is_wrong_opens_nothing(void **state)
{
	uint32_t counter;

	(void)state;
	for (unsigned flags = 0; flags < 256; flags++) {
		struct signed_answer s = sign(flags, 1);
		unsigned must_be = PRESENT | VERIFIED;
		bool is_fit = (flags & must_be) == must_be &&
			      !(flags & (HAS_KEY | HAS_MORE));

		if ((verify(&s, &counter) == RC_OK) != is_fit)
			fail_msg("flags %02x", flags);
	}
}

static void a_key_of_another_length_or_kind_opens_nothing(void **state)
{
	struct signed_answer s = sign(PRESENT | VERIFIED, 1);
	uint8_t bytes[300] = {0};
	uint32_t counter;

	(void)state;
	memcpy(bytes, world.public, sizeof(world.public));
	for (size_t n = 0; n <= sizeof(bytes); n++)
		for (int i = 0; i < 4; i++) {
			static const int64_t kinds[] = {
			    PASSKEY_ES256, PASSKEY_EDDSA, PASSKEY_RS256, 0};
			const struct passkey_key key = {.algorithm = kinds[i],
			    .public_key = view(bytes, n)};
			const struct passkey_answer answer = {
			    .client_data = view(s.client, s.client_n),
			    .authenticator_data = view(s.data, s.data_n),
			    .signature = view(s.signature, s.signature_n)};
			enum rc rc =
			    passkey_verify(&site, &key, &answer, &counter);

			assert_int_equal(
			    rc == RC_OK, n == sizeof(world.public) &&
					     kinds[i] == PASSKEY_EDDSA);
		}
}

/* --- Client data ------------------------------------------------------- */

static void client_data_is_compared_byte_by_byte(void **state)
{
	char text[] = CLIENT("get");
	const struct str whole = {text, sizeof(text) - 1};
	size_t from = str_find_str(whole, STR("AAEC"));
	uint8_t is[CHALLENGE_BYTES], other[CHALLENGE_BYTES];

	(void)state;
	assert_int_equal(
	    passkey_challenge(&site, PASSKEY_GET, whole, is), RC_OK);
	for (size_t i = 0; i < sizeof(is); i++)
		assert_int_equal(is[i], i);
	assert_int_equal(
	    passkey_challenge(&site, PASSKEY_CREATE, whole, other), RC_INVALID);
	for (size_t n = 0; n < whole.n; n++)
		assert_int_equal(passkey_challenge(&site, PASSKEY_GET,
				     str_part(whole, 0, n), other),
		    RC_INVALID);
	for (size_t i = 0; i < whole.n; i++) {
		char was = text[i];
		enum rc rc;

		text[i] = was == 'B' ? 'C' : 'B';
		rc = passkey_challenge(&site, PASSKEY_GET, whole, other);
		/* Another challenge is another one. */
		if (rc == RC_OK)
			assert_true(i >= from && i < from + 54 &&
				    memcmp(is, other, sizeof(is)) != 0);
		text[i] = was;
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_key_is_read_and_nothing_but_all_of_it),
	    cmocka_unit_test(a_key_of_another_site_is_none),
	    cmocka_unit_test(every_flag_that_is_wrong_is_refused),
	    cmocka_unit_test(a_key_of_another_kind_or_a_broken_one_is_refused),
	    cmocka_unit_test(a_signature_holds_for_just_what_was_signed),
	    cmocka_unit_test(an_answer_that_was_cut_opens_nothing),
	    cmocka_unit_test(every_flag_that_is_wrong_opens_nothing),
	    cmocka_unit_test(a_key_of_another_length_or_kind_opens_nothing),
	    cmocka_unit_test(client_data_is_compared_byte_by_byte),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
