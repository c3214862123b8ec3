/* SPDX-License-Identifier: MIT
 *
 * A small signed batch for tests: fixed keys, fixed salts, scripts that nobody
 * has keys to.
 */
#ifndef COIN_TEST_SIGNING_H
#define COIN_TEST_SIGNING_H

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/must.h"
#include "coin/batch.h"
#include "coin/proof.h"

enum { SIGNING_MOST = 40 };

struct signing {
	struct minisign_secret secret;
	struct batch_secret batch_secret;
	struct batch_leaf leaves[SIGNING_MOST];
	char text[STATEMENT_MAX];
	struct batch_head head;
};

static inline struct minisign_secret signing_key(uint8_t n)
{
	struct minisign_secret secret;
	uint8_t seed[MINISIGN_KEY], id[MINISIGN_ID];

	for (unsigned i = 0; i < MINISIGN_KEY; i++)
		seed[i] = (uint8_t)(0x20u * (n - 1u) + i);
	for (unsigned i = 0; i < MINISIGN_ID; i++)
		id[i] = (uint8_t)(0x10u * (n - 1u) + i + 1);
	minisign_secret_make(seed, id, &secret);
	return secret;
}

/* Fills the tree of S's leaves into its statement and signs it anew. */
static inline void signing_sign(struct signing *x)
{
	struct statement *s = &x->head.statement;
	struct batch_tree tree;
	struct buf b;

	batch_tree_init(&tree);
	for (uint32_t i = 0; i < s->count; i++)
		batch_tree_add(
		    &tree, batch_leaf_hash(s->network, &x->leaves[i]));
	s->root = batch_tree_root(&tree);
	buf_init(&b, STATEMENT_MAX);
	statement_write(&b, s);
	must(buf_rc(&b) == RC_OK);
	memcpy(x->text, b.p, b.n);
	must(statement_parse((struct str){x->text, b.n}, s, NULL) == RC_OK);
	buf_done(&b);
	minisign_sign(
	    &x->secret, s->text, STR("farthing batch 1"), &x->head.signature);
	x->head.key = x->secret.key;
}

/* COUNT leaves, the first SHARED shared. */
static inline void signing_make(
    struct signing *x, uint32_t count, uint32_t shared)
{
	struct minisign_secret next = signing_key(2);
	struct statement *s = &x->head.statement;

	memset(x, 0, sizeof(*x));
	x->secret = signing_key(1);
	*s = (struct statement){
	    .paper = STR("The Port Lune Farthing"),
	    .paper_id = minisign_key_hash(&x->secret.key),
	    .origins = {STR("https://portlune.example")},
	    .n_origins = 1,
	    .network = NETWORK_MAIN,
	    .batch = 1,
	    .count = count,
	    .shared = shared,
	    .from = INSTANT_OF_S(1795392000),
	    .until = INSTANT_OF_S(1795392000 + 365 * 86400),
	    .next_key = minisign_key_hash(&next.key),
	};
	batch_secret_make(&x->secret, s, &x->batch_secret);
	for (uint32_t i = 0; i < count; i++) {
		struct hash160 hash = hash_160(
		    (struct str){(const char *)&x->leaves[i].index, 4});

		x->leaves[i].index = i;
		hash.b[0] = (uint8_t)i;
		x->leaves[i].is_shared = i < shared;
		x->leaves[i].script = script_p2wpkh(&hash);
		batch_salt(&x->batch_secret, i, x->leaves[i].salt);
	}
	signing_sign(x);
}

static inline struct proof signing_proof(
    const struct signing *x, uint32_t index)
{
	struct batch_nodes *nodes = batch_nodes_new(x->head.statement.count);
	struct proof proof = {.leaf = x->leaves[index],
	    .signature = x->head.signature,
	    .statement = x->head.statement};

	must(nodes);
	for (uint32_t i = 0; i < x->head.statement.count; i++)
		batch_nodes_add(nodes,
		    batch_leaf_hash(x->head.statement.network, &x->leaves[i]));
	proof.path_n = batch_nodes_path(nodes, index, proof.path);
	batch_nodes_free(nodes);
	return proof;
}

static inline void signing_batch(const struct signing *x, struct buf *b)
{
	batch_write_head(b, &x->head);
	for (uint32_t i = 0; i < x->head.statement.count; i++)
		batch_write_leaf(b, x->head.statement.network, &x->leaves[i]);
	batch_write_end(b);
	must(buf_rc(b) == RC_OK);
}

#endif
