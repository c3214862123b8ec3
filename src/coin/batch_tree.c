/* SPDX-License-Identifier: MIT
 *
 * Trees of addresses; see batch_tree.h.
 */
#include "coin/batch_tree.h"

#include <stdlib.h>

#include "base/must.h"
#include "coin/statement.h"

_Static_assert(STATEMENT_COUNT_MAX <= 1 << BATCH_PATH_MAX, "depth of a tree");

struct batch_nodes {
	uint32_t count;
	uint32_t n; /* leaves so far */
	uint32_t levels;
	/* Where the first node of each level stands in v; the root's level
	 * is the last. */
	size_t start[BATCH_PATH_MAX + 1];
	struct hash256 v[];
};

struct hash256 batch_leaf_hash(
    enum network network, const struct batch_leaf *leaf)
{
	struct str name = network_name(network);
	uint8_t i[4] = {(uint8_t)(leaf->index >> 24),
	    (uint8_t)(leaf->index >> 16), (uint8_t)(leaf->index >> 8),
	    (uint8_t)leaf->index};
	char head[6] = {0, 3, 'b', 't', 'c', (char)name.n};
	char middle[6] = {(char)i[0], (char)i[1], (char)i[2], (char)i[3],
	    leaf->is_shared ? 1 : 0, (char)leaf->script.n};
	struct str parts[] = {
	    {head, sizeof(head)},
	    name,
	    {middle, sizeof(middle)},
	    script_pubkey_str(&leaf->script),
	    {(const char *)leaf->salt, BATCH_SALT},
	};

	return hash_sha256_parts(parts, sizeof(parts) / sizeof(parts[0]));
}

static struct hash256 inner(
    const struct hash256 *left, const struct hash256 *right)
{
	char bytes[1 + 2 * HASH256_BYTES] = {1};

	for (size_t i = 0; i < HASH256_BYTES; i++) {
		bytes[1 + i] = (char)left->b[i];
		bytes[1 + HASH256_BYTES + i] = (char)right->b[i];
	}
	return hash_sha256((struct str){bytes, sizeof(bytes)});
}

void batch_tree_init(struct batch_tree *t)
{
	*t = (struct batch_tree){0};
}

void batch_tree_add(struct batch_tree *t, struct hash256 leaf)
{
	uint32_t level = 0;

	must(t->n < STATEMENT_COUNT_MAX);
	/* Each bit of n that is set is a whole subtree waiting for its right
	 * neighbour, as in the addition of 1. */
	for (uint32_t n = t->n; n & 1; n >>= 1)
		leaf = inner(&t->left[level++], &leaf);
	t->left[level] = leaf;
	t->n++;
}

struct hash256 batch_tree_root(const struct batch_tree *t)
{
	struct hash256 root = {{0}};
	bool has_root = false;

	must(t->n > 0);
	for (uint32_t level = 0; level <= BATCH_PATH_MAX; level++) {
		if (!(t->n >> level & 1))
			continue;
		root =
		    has_root ? inner(&t->left[level], &root) : t->left[level];
		has_root = true;
	}
	return root;
}

struct batch_nodes *batch_nodes_new(uint32_t count)
{
	struct batch_nodes *nodes;
	size_t start[BATCH_PATH_MAX + 1];
	uint32_t levels = 0;
	size_t total = 0;

	must(count > 0 && count <= STATEMENT_COUNT_MAX);
	for (uint32_t n = count;; n = (n + 1) / 2) {
		start[levels++] = total;
		total += n;
		if (n == 1)
			break;
	}
	nodes = malloc(sizeof(*nodes) + total * sizeof(nodes->v[0]));
	if (!nodes)
		return NULL;
	nodes->count = count;
	nodes->n = 0;
	nodes->levels = levels;
	for (uint32_t i = 0; i < levels; i++)
		nodes->start[i] = start[i];
	return nodes;
}

void batch_nodes_free(struct batch_nodes *nodes)
{
	free(nodes);
}

void batch_nodes_add(struct batch_nodes *nodes, struct hash256 leaf)
{
	uint32_t n = nodes->count;

	must(nodes->n < nodes->count);
	nodes->v[nodes->n++] = leaf;
	if (nodes->n < nodes->count)
		return;
	for (uint32_t level = 0; level + 1 < nodes->levels; level++) {
		const struct hash256 *below = nodes->v + nodes->start[level];
		struct hash256 *above = nodes->v + nodes->start[level + 1];

		for (uint32_t i = 0; i + 1 < n; i += 2)
			above[i / 2] = inner(&below[i], &below[i + 1]);
		if (n % 2 == 1)
			above[n / 2] = below[n - 1];
		n = (n + 1) / 2;
	}
}

struct hash256 batch_nodes_root(const struct batch_nodes *nodes)
{
	must(nodes->n == nodes->count);
	return nodes->v[nodes->start[nodes->levels - 1]];
}

uint32_t batch_nodes_path(const struct batch_nodes *nodes, uint32_t index,
    struct hash256 ret_path[BATCH_PATH_MAX])
{
	uint32_t n = nodes->count;
	uint32_t length = 0;

	must(nodes->n == nodes->count && index < nodes->count);
	for (uint32_t level = 0; level + 1 < nodes->levels; level++) {
		uint32_t beside = index ^ 1;

		if (beside < n)
			ret_path[length++] =
			    nodes->v[nodes->start[level] + beside];
		index /= 2;
		n = (n + 1) / 2;
	}
	must(length <= BATCH_PATH_MAX);
	return length;
}

uint32_t batch_path_length(uint32_t index, uint32_t count)
{
	uint32_t length = 0;

	must(index < count);
	for (; count > 1; count = (count + 1) / 2) {
		length += (index ^ 1) < count;
		index /= 2;
	}
	return length;
}

struct hash256 batch_path_root(struct hash256 leaf, uint32_t index,
    uint32_t count, const struct hash256 *path)
{
	must(index < count);
	for (; count > 1; count = (count + 1) / 2) {
		if (index % 2 == 1)
			leaf = inner(path++, &leaf);
		else if (index + 1 < count)
			leaf = inner(&leaf, path++);
		index /= 2;
	}
	return leaf;
}
