/* SPDX-License-Identifier: MIT
 *
 * The statement: what the newsroom signs when it makes a batch of addresses.
 * It is a text of these lines, in this order, each ended by one LF:
 *
 *	farthing statement 1
 *	paper: The Port Lune Farthing
 *	paper-id: <64 hex>	hash of the paper's first key
 *	origin: https://portlune.example	up to 8 lines, or none
 *	rail: btc
 *	network: main
 *	batch: 1		1 for the paper's first, then one more each
 *	first: 0		the wallet's number of the first address
 *	count: 10000		how many addresses, the tree's leaves
 *	shared: 8		how many of them, from leaf 0 on, are shared
 *	root: <64 hex>		of the tree of leaves (coin/batch_tree.h)
 *	from: 2026-11-23T00:00:00Z
 *	until: 2027-11-23T00:00:00Z
 *	previous: <64 hex>	hash of the statement before, or zeros
 *	next-key: <64 hex>	hash of the key that will follow
 *
 * There is one form only (coin/line.h), so the SHA-256 of the text stands for
 * the statement. The hash of a key is minisign_key_hash.
 */
#ifndef COIN_STATEMENT_H
#define COIN_STATEMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/instant.h"
#include "base/str.h"
#include "coin/hash.h"
#include "coin/network.h"

struct buf;

enum {
	STATEMENT_MAX = 4096,	    /* bytes of the text */
	STATEMENT_PAPER_MAX = 200,  /* bytes of the name */
	STATEMENT_ORIGIN_MAX = 200, /* bytes of each */
	STATEMENT_ORIGINS_MAX = 8,
	STATEMENT_COUNT_MAX = 1000000,
	STATEMENT_SHARED_MAX = 1000,
	STATEMENT_BATCH_MAX = 1000000,
};

struct statement {
	struct str text; /* all of it; empty in one that is to be written */
	struct str paper;
	struct hash256 paper_id;
	struct str origins[STATEMENT_ORIGINS_MAX];
	uint32_t n_origins;
	enum network network;
	uint32_t batch;
	uint32_t first; /* first + count is below 2^31 */
	uint32_t count;
	uint32_t shared; /* at most count */
	struct hash256 root;
	struct instant from; /* whole seconds */
	struct instant until;
	struct hash256 previous;
	struct hash256 next_key;
};

/* Reads TEXT, all of it. The views in *RET_STATEMENT look into TEXT. Nothing
 * is allocated. RC_INVALID, with the line in *ERR; RC_NEWER: a version that
 * this program does not know. */
MUST_USE enum rc statement_parse(
    struct str text, struct statement *ret_statement, struct err *err);
/* Appends the text of S. What statement_parse would refuse must have been
 * refused before: read it back to know. */
void statement_write(struct buf *b, const struct statement *s);
/* SHA-256 of s->text. */
struct hash256 statement_hash(const struct statement *s);

/* S is signed for a paper at ORIGIN: it names it, or it names none. An empty
 * ORIGIN, of a paper that has not said where it is, and one on this machine
 * alone (localhost) fit all; the case of letters and a slash at its end do not
 * count. */
bool statement_is_at(const struct statement *s, struct str origin);

/* NAME can stand in a statement: valid UTF-8, no spaces at its ends, nothing
 * that is not seen (control characters, changes of direction). */
bool statement_paper_is_valid(struct str name);
/* ORIGIN can: "https://" or "http://", a host in lower case or an address,
 * perhaps a port; nothing behind. */
bool statement_origin_is_valid(struct str origin);

#endif
