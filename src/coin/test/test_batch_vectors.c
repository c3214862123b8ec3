/* SPDX-License-Identifier: MIT
 *
 * The test vectors of doc/address-batch.md: the code blocks there that follow
 * a line "<!-- vector NAME -->" must be what this program makes of the inputs
 * that the document names. With FARTHING_VECTORS=show they are printed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/arena.h"
#include "coin/hex.h"
#include "coin/test/signing.h"

enum { DOC_MAX = 256 * 1024 };

static struct signing vector;
static char doc[DOC_MAX];
static struct buf b;

/* The five kinds of addresses, each of bytes that are all the same. */
static void set_scripts(void)
{
	struct hash160 short_hash;
	struct hash256 long_hash;

	for (uint32_t i = 0; i < 5; i++) {
		memset(&short_hash, (int)(0x11 * (i + 1)), sizeof(short_hash));
		memset(&long_hash, (int)(0x11 * (i + 1)), sizeof(long_hash));
		vector.leaves[i].script = i == 0   ? script_p2pkh(&short_hash)
					  : i == 1 ? script_p2sh(&short_hash)
					  : i == 2 ? script_p2wpkh(&short_hash)
					  : i == 3 ? script_p2wsh(&long_hash)
						   : script_p2tr(&long_hash);
	}
}

static int set_up(void **state)
{
	FILE *in = fopen("doc/address-batch.md", "rb");

	(void)state;
	if (in) {
		doc[fread(doc, 1, DOC_MAX - 1, in)] = '\0';
		fclose(in);
	}
	buf_init(&b, 65536);
	signing_make(&vector, 5, 1);
	set_scripts();
	signing_sign(&vector);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	buf_done(&b);
	return 0;
}

/* Compares what is in B with the block NAME, and empties B. */
static void is_in_doc(const char *name)
{
	char mark[64];
	char *block, *end;

	assert_int_equal(buf_rc(&b), RC_OK);
	if (getenv("FARTHING_VECTORS")) {
		printf("<!-- vector %s -->\n```\n%.*s```\n\n", name,
		    STR_ARG(buf_str(&b)));
		buf_clear(&b);
		return;
	}
	snprintf(mark, sizeof(mark), "<!-- vector %s -->\n```\n", name);
	block = strstr(doc, mark);
	if (!block)
		fail_msg("doc/address-batch.md has no vector %s", name);
	block += strlen(mark);
	end = strstr(block, "\n```\n");
	assert_non_null(end);
	if (!str_eq(
		(struct str){block, (size_t)(end + 1 - block)}, buf_str(&b)))
		fail_msg("%s is\n%.*s", name, STR_ARG(buf_str(&b)));
	buf_clear(&b);
}

static void put_hash(const char *what, struct hash256 hash)
{
	buf_printf(&b, "%s ", what);
	hash256_text(&b, &hash);
	buf_char(&b, '\n');
}

static void keys_are_as_in_the_document(void **state)
{
	(void)state;
	for (uint8_t n = 1; n <= 2; n++) {
		struct minisign_secret secret = signing_key(n);
		struct hash256 hash = minisign_key_hash(&secret.key);

		minisign_key_base64(&b, &secret.key);
		buf_char(&b, '\n');
		hash256_text(&b, &hash);
		buf_char(&b, '\n');
		minisign_fingerprint(&b, hash);
		buf_char(&b, '\n');
	}
	is_in_doc("keys");
}

static void leaves_are_as_in_the_document(void **state)
{
	(void)state;
	buf_lit(&b, "batch-secret ");
	hex_write(&b, (struct str){(const char *)vector.batch_secret.b, 32});
	buf_char(&b, '\n');
	for (uint32_t i = 0; i < 5; i++) {
		const struct batch_leaf *leaf = &vector.leaves[i];
		struct hash256 hash = batch_leaf_hash(NETWORK_MAIN, leaf);

		buf_printf(&b, "leaf %u\nscript ", i);
		hex_write(&b, script_pubkey_str(&leaf->script));
		buf_lit(&b, "\nsalt ");
		hex_write(
		    &b, (struct str){(const char *)leaf->salt, BATCH_SALT});
		buf_char(&b, '\n');
		put_hash("hash", hash);
	}
	put_hash("root", vector.head.statement.root);
	is_in_doc("leaves");
}

static void the_batch_is_as_in_the_document(void **state)
{
	(void)state;
	put_hash("statement-hash", statement_hash(&vector.head.statement));
	is_in_doc("statement-hash");
	signing_batch(&vector, &b);
	is_in_doc("batch");
}

static void proofs_are_as_in_the_document(void **state)
{
	struct proof shared = signing_proof(&vector, 0);
	struct proof last = signing_proof(&vector, 4);

	(void)state;
	proof_write(&b, &shared);
	is_in_doc("proof-0");
	proof_write(&b, &last);
	is_in_doc("proof-4");
}

static void the_pin_is_as_in_the_document(void **state)
{
	static struct pin pin;
	struct pin_offer offer = {
	    &vector.head.statement, &vector.head.key, &vector.head.signature};

	(void)state;
	assert_int_equal(
	    pin_accept(NULL, &offer, vector.head.statement.from, &pin, NULL),
	    RC_OK);
	pin_write(&b, &pin);
	is_in_doc("pin");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(keys_are_as_in_the_document),
	    cmocka_unit_test(leaves_are_as_in_the_document),
	    cmocka_unit_test(the_batch_is_as_in_the_document),
	    cmocka_unit_test(proofs_are_as_in_the_document),
	    cmocka_unit_test(the_pin_is_as_in_the_document),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
