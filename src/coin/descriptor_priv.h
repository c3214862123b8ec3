/* SPDX-License-Identifier: MIT
 *
 * What a descriptor is in memory. Private to descriptor*.c.
 */
#ifndef COIN_DESCRIPTOR_PRIV_H
#define COIN_DESCRIPTOR_PRIV_H

#include "coin/descriptor.h"
#include "coin/xkey_priv.h"

enum { DESCRIPTOR_STEPS_MAX = 32, DESCRIPTOR_NO_CHOICE = -1 };

struct descriptor_key {
	bool has_origin;
	uint32_t fingerprint; /* of the origin */
	unsigned origin_n;
	uint32_t origin[DESCRIPTOR_STEPS_MAX];

	bool is_xkey;			   /* else PUBKEY alone */
	bool is_xonly;			   /* PUBKEY was written without
						 its first byte, in tr() */
	uint8_t pubkey[XKEY_PUBKEY_BYTES]; /* where it is no xkey */
	struct xkey xkey;		   /* of kind XKEY_PLAIN */
	enum xkey_kind written;		   /* what its version said */

	unsigned steps_n;
	uint32_t steps[DESCRIPTOR_STEPS_MAX];
	int choice; /* the step that is <...;...>, or DESCRIPTOR_NO_CHOICE */
	unsigned choices_n;
	uint32_t choices[DESCRIPTOR_BRANCHES_MAX];
	bool is_ranged; /* ends in a star */

	/* For each branch: what the star's children come from, or where there
	 * is no star the one point. */
	struct xkey_parent *parents;
	secp256k1_pubkey *points;
};

struct descriptor {
	enum descriptor_kind kind;
	bool is_test;	  /* meaningful where has_network */
	bool has_network; /* one of the keys at least is extended */
	bool is_ranged;
	uint32_t branches;
	unsigned needed; /* signatures, of sortedmulti */
	unsigned keys_n;
	struct descriptor_key *keys;
	struct str text; /* canonical, with checksum */
};

/* Appends the canonical text without checksum; BRANCH is below
 * descriptor_branches, or -1 for all of them. */
void descriptor_write(struct buf *b, const struct descriptor *d, int branch);

#endif
