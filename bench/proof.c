/* SPDX-License-Identifier: MIT
 *
 * proof SECONDS: how long the check of one proof of a batch of 10,000
 * addresses takes, beside the two Ed25519 verifications in it (minisign's
 * signature and that of its comment) done bare. They take turns. Prints
 * microseconds of processor: check, parse and check, the two verifications.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <sodium.h>

#include "base/buf.h"
#include "base/must.h"
#include "coin/test/signing.h"

enum { COUNT = 10000, LEAF = 7777, RUN = 100 };

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* A proof of one leaf among COUNT, whose statement is signed anew. */
static struct proof make(struct signing *x)
{
	struct batch_nodes *nodes = batch_nodes_new(COUNT);
	struct statement *s = &x->head.statement;
	struct proof proof = {0};
	struct buf b;

	must(nodes);
	signing_make(x, SIGNING_MOST, 8);
	s->count = COUNT;
	for (uint32_t i = 0; i < COUNT; i++) {
		struct batch_leaf leaf = x->leaves[i % SIGNING_MOST];

		leaf.index = i;
		leaf.is_shared = i < 8;
		if (i == LEAF)
			proof.leaf = leaf;
		batch_nodes_add(nodes, batch_leaf_hash(s->network, &leaf));
	}
	s->root = batch_nodes_root(nodes);
	proof.path_n = batch_nodes_path(nodes, LEAF, proof.path);
	batch_nodes_free(nodes);
	buf_init(&b, STATEMENT_MAX);
	statement_write(&b, s);
	must(buf_rc(&b) == RC_OK);
	memcpy(x->text, b.p, b.n);
	must(statement_parse((struct str){x->text, b.n}, s, NULL) == RC_OK);
	buf_done(&b);
	minisign_sign(
	    &x->secret, s->text, STR("farthing batch 1"), &x->head.signature);
	proof.statement = *s;
	proof.signature = x->head.signature;
	return proof;
}

static double time_bare(const struct signing *x, const struct proof *proof)
{
	const struct minisign_signature *s = &proof->signature;
	uint8_t hash[64], comment[MINISIGN_SIG + 64];
	double began;

	must(s->comment.n <= 64);
	crypto_generichash(hash, sizeof(hash),
	    (const unsigned char *)proof->statement.text.p,
	    proof->statement.text.n, NULL, 0);
	memcpy(comment, s->sig, MINISIGN_SIG);
	memcpy(comment + MINISIGN_SIG, s->comment.p, s->comment.n);
	began = now();
	for (unsigned i = 0; i < RUN; i++) {
		must(crypto_sign_verify_detached(
			 s->sig, hash, sizeof(hash), x->head.key.pk) == 0);
		must(crypto_sign_verify_detached(s->comment_sig, comment,
			 MINISIGN_SIG + s->comment.n, x->head.key.pk) == 0);
	}
	return now() - began;
}

int main(int argc, char **argv)
{
	static struct signing x;
	static struct pin pin;
	double check = 0, parsed = 0, bare = 0, began;
	double seconds = argc > 1 ? atof(argv[1]) : 2;
	struct proof proof = make(&x), read;
	struct pin_offer offer = {
	    &proof.statement, &x.secret.key, &proof.signature};
	struct instant at = proof.statement.from;
	unsigned long n = 0;
	struct buf b;

	must(sodium_init() >= 0);
	x.head.key = x.secret.key;
	must(pin_accept(NULL, &offer, at, &pin, NULL) == RC_OK);
	buf_init(&b, PROOF_MAX);
	proof_write(&b, &proof);
	while (check + parsed + bare < seconds) {
		began = now();
		for (unsigned i = 0; i < RUN; i++)
			must(proof_check(&pin, &proof, at, NULL, NULL) == 0);
		check += now() - began;
		began = now();
		for (unsigned i = 0; i < RUN; i++) {
			must(proof_parse(buf_str(&b), &read, NULL) == RC_OK);
			must(proof_check(&pin, &read, at, NULL, NULL) == 0);
		}
		parsed += now() - began;
		bare += time_bare(&x, &proof);
		n += RUN;
	}
	printf("%.1f %.1f %.1f %zu\n", check / (double)n * 1e6,
	    parsed / (double)n * 1e6, bare / (double)n * 1e6, b.n);
	buf_done(&b);
	return 0;
}
