/* SPDX-License-Identifier: MIT
 *
 * Keys and signatures against files that Debian's minisign has made, and
 * against themselves.
 */
#include "coin/minisign.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/buf.h"

/* By "minisign -G -W" and "minisign -S -t 'a trusted comment'". */
static const char their_key[] =
    "untrusted comment: minisign public key EE92D6FBF2FC0E7D\n"
    "RWR9Dvzy+9aS7lpp9g2L/6I6L2kdovWoxHdBFs6NXfLGFtuGw0JcgBa2\n";
static const char their_secret[] =
    "untrusted comment: minisign encrypted secret key\n"
    "RWQAAEIyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAfQ788vvWku4DeQEBTru8rw0e9KF4"
    "mSGGBm67wLVaYwc0i7OEDVO7MFpp9g2L/6I6L2kdovWoxHdBFs6NXfLGFtuGw0JcgBa2AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
    "\n";
static const char their_signature[] =
    "untrusted comment: signature from minisign secret key\n"
    "RUR9Dvzy+9aS7roh73dsoRiXv/yd+3LnrxBrR9ge45eU6iEx11XgcB7ki9Kr"
    "LForMB+z0B+ZE7j4OvRVHW9shluXupm6o8D+fAw=\n"
    "trusted comment: a trusted comment\n"
    "TwZmWB5+p21xCdzH/y3VPwLOkPalJPcTMQ4zc+k9PHRVmRXAb3VoG8461rik"
    "a5CCNbfkMZibFLsStS8vDS/TAg==\n";
static const struct str message = STR_INIT("farthing\n");

static struct minisign_key key_of(const char *text)
{
	struct minisign_key key;

	assert_int_equal(minisign_key_parse(str_of(text), &key, NULL), RC_OK);
	return key;
}

static struct minisign_secret secret_of(uint8_t fill)
{
	struct minisign_secret secret;
	uint8_t seed[MINISIGN_KEY], id[MINISIGN_ID];

	memset(seed, fill, sizeof(seed));
	memset(id, fill + 1, sizeof(id));
	minisign_secret_make(seed, id, &secret);
	return secret;
}

static void what_minisign_signed_is_verified(void **state)
{
	struct minisign_key key = key_of(their_key);
	struct minisign_signature s;

	(void)state;
	assert_int_equal(
	    minisign_signature_parse(str_of(their_signature), &s, NULL), RC_OK);
	assert_int_equal(minisign_verify(&key, &s, message, NULL), RC_OK);
	assert_int_equal(
	    minisign_verify(&key, &s, STR("farthing"), NULL), RC_DENIED);
	assert_true(str_eq(s.comment, STR("a trusted comment")));
}

static void files_are_written_as_minisign_writes_them(void **state)
{
	struct minisign_key key = key_of(their_key);
	struct minisign_signature s;
	struct buf b;

	(void)state;
	buf_init(&b, MINISIGN_FILE_MAX);
	minisign_key_write(&b, &key);
	assert_string_equal(b.p, their_key);
	buf_clear(&b);
	assert_int_equal(
	    minisign_signature_parse(str_of(their_signature), &s, NULL), RC_OK);
	minisign_signature_write(
	    &b, &s, STR("signature from minisign secret key"));
	assert_string_equal(b.p, their_signature);
	buf_done(&b);
}

static void a_secret_key_of_minisigns_signs(void **state)
{
	struct minisign_key key = key_of(their_key);
	struct minisign_sealed sealed;
	struct minisign_secret secret;
	struct minisign_signature s, theirs;

	(void)state;
	assert_int_equal(
	    minisign_sealed_parse(str_of(their_secret), &sealed, NULL), RC_OK);
	assert_false(sealed.has_passphrase);
	assert_int_equal(
	    minisign_unseal(&sealed, STR_NONE, &secret, NULL), RC_OK);
	assert_true(minisign_key_eq(&secret.key, &key));
	minisign_sign(&secret, message, STR("a trusted comment"), &s);
	assert_int_equal(
	    minisign_signature_parse(str_of(their_signature), &theirs, NULL),
	    RC_OK);
	/* Ed25519 is deterministic. */
	assert_memory_equal(s.sig, theirs.sig, MINISIGN_SIG);
	assert_memory_equal(s.comment_sig, theirs.comment_sig, MINISIGN_SIG);
	minisign_secret_wipe(&secret);
}

static void a_sealed_key_opens_with_its_passphrase_alone(void **state)
{
	struct minisign_secret secret = secret_of(7), opened;
	static const uint8_t salt[MINISIGN_SALT] = {1, 2, 3};
	struct minisign_sealed sealed, read;
	struct buf b;

	(void)state;
	memset(&opened, 0, sizeof(opened));
	assert_int_equal(minisign_seal(&secret, STR("correct horse"), salt,
			     MINISIGN_MEMORY_LEAST, &sealed, NULL),
	    RC_OK);
	buf_init(&b, MINISIGN_FILE_MAX);
	minisign_sealed_write(&b, &sealed);
	assert_int_equal(
	    minisign_sealed_parse(buf_str(&b), &read, NULL), RC_OK);
	assert_int_equal(
	    minisign_unseal(&read, STR("correct horsf"), &opened, NULL),
	    RC_DENIED);
	assert_true(opened.key.id[0] == 0);
	assert_int_equal(
	    minisign_unseal(&read, STR("correct horse"), &opened, NULL), RC_OK);
	assert_true(minisign_key_eq(&opened.key, &secret.key));
	assert_memory_equal(opened.seed, secret.seed, MINISIGN_KEY);
	read.content[50] ^= 4;
	assert_int_equal(
	    minisign_unseal(&read, STR("correct horse"), &opened, NULL),
	    RC_DENIED);
	buf_done(&b);
}

static void a_secret_key_that_would_eat_the_machine_is_refused(void **state)
{
	struct minisign_secret secret = secret_of(7);
	struct minisign_sealed sealed = {.has_passphrase = true}, read;
	static const uint64_t memory[] = {
	    0, 1, (1ull << 20) - 1, (1ull << 30) + 1, 1ull << 40, UINT64_MAX};
	struct buf b;

	(void)state;
	(void)secret;
	buf_init(&b, MINISIGN_FILE_MAX);
	for (size_t i = 0; i < sizeof(memory) / sizeof(*memory); i++) {
		sealed.memlimit = memory[i];
		sealed.opslimit = 1 << 25;
		buf_clear(&b);
		minisign_sealed_write(&b, &sealed);
		assert_int_equal(
		    minisign_sealed_parse(buf_str(&b), &read, NULL),
		    RC_INVALID);
		sealed.opslimit = (1 << 25) + 1;
		sealed.memlimit = 1 << 30;
		buf_clear(&b);
		minisign_sealed_write(&b, &sealed);
		assert_int_equal(
		    minisign_sealed_parse(buf_str(&b), &read, NULL),
		    RC_INVALID);
	}
	buf_done(&b);
}

static void no_flipped_bit_of_a_signature_goes_unseen(void **state)
{
	struct minisign_key key = key_of(their_key);
	char text[sizeof(their_signature)];
	struct str whole = {text, sizeof(text) - 1};
	/* The untrusted comment is what it says. */
	size_t from = str_find(str_of(their_signature), '\n');

	(void)state;
	for (size_t bit = 8 * from; bit < 8 * whole.n; bit++) {
		struct minisign_signature s;

		memcpy(text, their_signature, sizeof(text));
		text[bit / 8] = (char)(text[bit / 8] ^ 1 << bit % 8);
		if (minisign_signature_parse(whole, &s, NULL) == RC_OK &&
		    minisign_verify(&key, &s, message, NULL) == RC_OK)
			fail_msg("bit %zu", bit);
	}
}

static void no_flipped_bit_of_a_key_gives_the_same_key(void **state)
{
	struct minisign_key key = key_of(their_key), other;
	char text[57];

	(void)state;
	for (size_t bit = 0; bit < 8 * 56; bit++) {
		memcpy(text, strchr(their_key, '\n') + 1, 56);
		text[56] = '\0';
		text[bit / 8] = (char)(text[bit / 8] ^ 1 << bit % 8);
		if (minisign_key_parse((struct str){text, 56}, &other, NULL) ==
		    RC_OK)
			assert_false(minisign_key_eq(&key, &other));
	}
}

static void what_is_no_key_or_signature_is_refused(void **state)
{
	static const char *const keys[] = {"", "\n", "RWR9",
	    "untrusted comment: x\n", "untrusted comment: \nRWR9\n",
	    "RWR9Dvzy+9aS7lpp9g2L/6I6L2kdovWoxHdBFs6NXfLGFtuGw0JcgBa2\n\n",
	    "RWR9Dvzy+9aS7lpp9g2L/6I6L2kdovWoxHdBFs6NXfLGFtuGw0JcgBa2=",
	    "RUR9Dvzy+9aS7lpp9g2L/6I6L2kdovWoxHdBFs6NXfLGFtuGw0JcgBa2",
	    " RWR9Dvzy+9aS7lpp9g2L/6I6L2kdovWoxHdBFs6NXfLGFtuGw0JcgBa2"};
	struct minisign_signature s;
	struct minisign_sealed sealed;
	struct minisign_key key;
	struct err err;

	(void)state;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		assert_int_equal(
		    minisign_key_parse(str_of(keys[i]), &key, &err),
		    RC_INVALID);
		assert_int_equal(
		    minisign_signature_parse(str_of(keys[i]), &s, &err),
		    RC_INVALID);
		assert_int_equal(
		    minisign_sealed_parse(str_of(keys[i]), &sealed, &err),
		    RC_INVALID);
	}
	for (size_t n = 0; n < sizeof(their_signature) - 1; n++)
		assert_int_equal(
		    minisign_signature_parse(
			(struct str){their_signature, n}, &s, &err),
		    RC_INVALID);
}

static void another_key_and_a_false_signature_are_told_apart(void **state)
{
	struct minisign_secret a = secret_of(1), b = secret_of(3);
	struct minisign_signature s;
	struct err err;

	(void)state;
	minisign_sign(&a, message, STR("batch 1"), &s);
	assert_int_equal(minisign_verify(&a.key, &s, message, &err), RC_OK);
	assert_int_equal(minisign_verify(&b.key, &s, message, &err), RC_DENIED);
	assert_non_null(strstr(err.why, "another key"));
	memcpy(b.key.id, a.key.id, MINISIGN_ID);
	assert_int_equal(minisign_verify(&b.key, &s, message, &err), RC_DENIED);
	assert_non_null(strstr(err.why, "false"));
	s.comment = STR("batch 2");
	assert_int_equal(minisign_verify(&a.key, &s, message, &err), RC_DENIED);
	assert_non_null(strstr(err.why, "comment"));
}

static void a_fingerprint_is_eight_groups_of_four(void **state)
{
	struct hash256 hash = {{0}};
	struct buf b;

	(void)state;
	buf_init(&b, 100);
	minisign_fingerprint(&b, hash);
	assert_string_equal(b.p, "aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa");
	buf_clear(&b);
	/* RFC 4648 section 10: BASE32("foobar") = "MZXW6YTBOI======". */
	memcpy(hash.b, "foobarfoobarfoobarfo", 20);
	minisign_fingerprint(&b, hash);
	assert_memory_equal(b.p, "mzxw 6ytb oj", 12);
	assert_int_equal(b.n, 39);
	buf_done(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_minisign_signed_is_verified),
	    cmocka_unit_test(files_are_written_as_minisign_writes_them),
	    cmocka_unit_test(a_secret_key_of_minisigns_signs),
	    cmocka_unit_test(a_sealed_key_opens_with_its_passphrase_alone),
	    cmocka_unit_test(
		a_secret_key_that_would_eat_the_machine_is_refused),
	    cmocka_unit_test(no_flipped_bit_of_a_signature_goes_unseen),
	    cmocka_unit_test(no_flipped_bit_of_a_key_gives_the_same_key),
	    cmocka_unit_test(what_is_no_key_or_signature_is_refused),
	    cmocka_unit_test(another_key_and_a_false_signature_are_told_apart),
	    cmocka_unit_test(a_fingerprint_is_eight_groups_of_four),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
