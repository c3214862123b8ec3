/* SPDX-License-Identifier: MIT
 *
 * Trees of addresses, against RFC 6962's definition written as it stands.
 */
#include "coin/batch_tree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "coin/statement.h"

static struct hash256 leaf_number(uint32_t n)
{
	struct hash256 hash = {{0}};

	memcpy(hash.b, &n, sizeof(n));
	return hash;
}

static struct hash256 node(struct hash256 left, struct hash256 right)
{
	char bytes[65] = {1};

	memcpy(bytes + 1, left.b, 32);
	memcpy(bytes + 33, right.b, 32);
	return hash_sha256((struct str){bytes, sizeof(bytes)});
}

/* MTH of RFC 6962 section 2.1 over leaves FROM to TO - 1. */
static struct hash256 root_of(uint32_t from, uint32_t to)
{
	uint32_t k = 1;

	if (to - from == 1)
		return leaf_number(from);
	while (2 * k < to - from)
		k *= 2;
	return node(root_of(from, from + k), root_of(from + k, to));
}

static void trees_of_any_size_are_those_of_rfc_6962(void **state)
{
	(void)state;
	for (uint32_t n = 1; n <= 70; n++) {
		struct batch_nodes *nodes = batch_nodes_new(n);
		struct hash256 want = root_of(0, n), got;
		struct batch_tree tree;

		batch_tree_init(&tree);
		for (uint32_t i = 0; i < n; i++) {
			batch_tree_add(&tree, leaf_number(i));
			batch_nodes_add(nodes, leaf_number(i));
		}
		got = batch_tree_root(&tree);
		assert_true(hash256_eq(&got, &want));
		got = batch_nodes_root(nodes);
		assert_true(hash256_eq(&got, &want));
		for (uint32_t i = 0; i < n; i++) {
			struct hash256 path[BATCH_PATH_MAX];
			uint32_t length = batch_nodes_path(nodes, i, path);

			assert_int_equal(length, batch_path_length(i, n));
			got = batch_path_root(leaf_number(i), i, n, path);
			assert_true(hash256_eq(&got, &want));
		}
		batch_nodes_free(nodes);
	}
}

static void a_path_leads_to_the_root_for_its_own_leaf_alone(void **state)
{
	enum { N = 37 };
	struct batch_nodes *nodes = batch_nodes_new(N);
	struct hash256 path[BATCH_PATH_MAX], root, got;
	uint32_t length;

	(void)state;
	for (uint32_t i = 0; i < N; i++)
		batch_nodes_add(nodes, leaf_number(i));
	root = batch_nodes_root(nodes);
	length = batch_nodes_path(nodes, 11, path);
	for (uint32_t i = 0; i < N; i++) {
		if (i == 11 || batch_path_length(i, N) != length)
			continue;
		got = batch_path_root(leaf_number(11), i, N, path);
		assert_false(hash256_eq(&got, &root));
		got = batch_path_root(leaf_number(i), 11, N, path);
		assert_false(hash256_eq(&got, &root));
	}
	for (uint32_t bit = 0; bit < 256 * length; bit++) {
		path[bit / 256].b[bit / 8 % 32] ^= (uint8_t)(1 << bit % 8);
		got = batch_path_root(leaf_number(11), 11, N, path);
		assert_false(hash256_eq(&got, &root));
		path[bit / 256].b[bit / 8 % 32] ^= (uint8_t)(1 << bit % 8);
	}
	batch_nodes_free(nodes);
}

static void no_path_is_longer_than_its_room(void **state)
{
	static const uint32_t at[] = {0, 1, 524287, 524288, 999998, 999999};

	(void)state;
	for (size_t i = 0; i < sizeof(at) / sizeof(*at); i++)
		assert_true(batch_path_length(at[i], STATEMENT_COUNT_MAX) <=
			    BATCH_PATH_MAX);
	assert_int_equal(batch_path_length(0, STATEMENT_COUNT_MAX), 20);
	assert_int_equal(batch_path_length(0, 1), 0);
}

static void a_leaf_is_bound_to_all_that_it_says(void **state)
{
	struct hash160 key_hash = {{7}};
	struct batch_leaf leaf = {
	    .index = 5, .script = script_p2wpkh(&key_hash), .salt = {9}};
	struct hash256 hashes[8];
	size_t n = 0;

	(void)state;
	hashes[n++] = batch_leaf_hash(NETWORK_MAIN, &leaf);
	hashes[n++] = batch_leaf_hash(NETWORK_TESTNET, &leaf);
	leaf.is_shared = true;
	hashes[n++] = batch_leaf_hash(NETWORK_MAIN, &leaf);
	leaf.index = 5 << 8;
	hashes[n++] = batch_leaf_hash(NETWORK_MAIN, &leaf);
	leaf.salt[15] = 1;
	hashes[n++] = batch_leaf_hash(NETWORK_MAIN, &leaf);
	leaf.script = script_p2pkh(&key_hash);
	hashes[n++] = batch_leaf_hash(NETWORK_MAIN, &leaf);
	leaf.script.p[3] ^= 1;
	hashes[n++] = batch_leaf_hash(NETWORK_MAIN, &leaf);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < i; k++)
			assert_false(hash256_eq(&hashes[i], &hashes[k]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(trees_of_any_size_are_those_of_rfc_6962),
	    cmocka_unit_test(a_path_leads_to_the_root_for_its_own_leaf_alone),
	    cmocka_unit_test(no_path_is_longer_than_its_room),
	    cmocka_unit_test(a_leaf_is_bound_to_all_that_it_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
