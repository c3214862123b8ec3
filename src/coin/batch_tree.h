/* SPDX-License-Identifier: MIT
 *
 * The tree whose root stands in a statement, and whose leaves are addresses.
 * It is the tree of RFC 6962 section 2.1 with SHA-256:
 *
 *	leaf  = SHA-256(0x00 | data)
 *	inner = SHA-256(0x01 | left | right)
 *	data  = 3 | "btc" | length of the network's name | the name |
 *		index, 4 bytes, high byte first | 1 if shared, else 0 |
 *		length of the script | the script | salt 16
 *
 * where lengths are one byte. At each level the nodes are paired from the
 * left; an odd last one goes up as it is. The salt keeps whoever has one
 * proof from finding the other addresses of the batch by trying.
 *
 * A tree has at most STATEMENT_COUNT_MAX leaves, so that a path has at most
 * BATCH_PATH_MAX hashes.
 */
#ifndef COIN_BATCH_TREE_H
#define COIN_BATCH_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"
#include "coin/hash.h"
#include "coin/network.h"
#include "coin/script.h"

enum { BATCH_SALT = 16, BATCH_PATH_MAX = 20 };

struct batch_leaf {
	uint32_t index; /* in the batch, from 0 */
	bool is_shared; /* may be shown to many */
	struct script_pubkey script;
	uint8_t salt[BATCH_SALT];
};

struct hash256 batch_leaf_hash(
    enum network network, const struct batch_leaf *leaf);

/* The root alone, of leaves that come one after the other. No memory but
 * itself. */
struct batch_tree {
	uint32_t n;				 /* leaves so far */
	struct hash256 left[BATCH_PATH_MAX + 1]; /* private: whole subtrees
						      that wait, by level */
};

void batch_tree_init(struct batch_tree *t);
/* T must have fewer than STATEMENT_COUNT_MAX leaves. */
void batch_tree_add(struct batch_tree *t, struct hash256 leaf);
/* T must have a leaf. More may be added after. */
struct hash256 batch_tree_root(const struct batch_tree *t);

/* The whole tree, for paths: 64 bytes of memory for each leaf. */
struct batch_nodes;

/* COUNT is from 1 to STATEMENT_COUNT_MAX. NULL: no memory. */
struct batch_nodes *batch_nodes_new(uint32_t count);
/* NULL is fine. */
void batch_nodes_free(struct batch_nodes *nodes);
/* The next leaf; there must be fewer than COUNT. With the last one the tree is
 * built. */
void batch_nodes_add(struct batch_nodes *nodes, struct hash256 leaf);
/* These need all leaves. */
struct hash256 batch_nodes_root(const struct batch_nodes *nodes);
/* The hashes beside the way from leaf INDEX to the root, the lowest first.
 * Returns how many there are. */
uint32_t batch_nodes_path(const struct batch_nodes *nodes, uint32_t index,
    struct hash256 ret_path[BATCH_PATH_MAX]);

/* How many hashes the path of leaf INDEX has in a tree of COUNT leaves. */
uint32_t batch_path_length(uint32_t index, uint32_t count);
/* The root to which LEAF leads by a path of the right length, which is N =
 * batch_path_length(INDEX, COUNT), INDEX being below COUNT. */
struct hash256 batch_path_root(struct hash256 leaf, uint32_t index,
    uint32_t count, const struct hash256 *path);

#endif
