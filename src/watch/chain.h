/* SPDX-License-Identifier: MIT
 *
 * The end of the best chain, as it was told: what a reorganisation is
 * measured against. Heights grow but need not be next to each other at the
 * lower end, where only the till's list is known.
 */
#ifndef WATCH_CHAIN_H
#define WATCH_CHAIN_H

#include <stdbool.h>
#include <stddef.h>

#include "coin/block.h"

enum { CHAIN_KEEP = 20000 }; /* links; a reorganisation is never so deep */

struct chain_link {
	uint32_t height;
	struct hash256 hash;
	struct hash256 prev; /* these three only if is_known */
	struct instant time;
	uint32_t bits;
	bool is_known; /* its header was seen, not only its hash */
};

struct chain {
	struct chain_link *v; /* lowest first; read freely */
	size_t n;
	size_t room; /* private */
};

void chain_done(struct chain *c);
void chain_clear(struct chain *c);
/* Puts LINK on top, which must be higher than the top. Forgets the lowest
 * when there are very many. RC_NO_MEMORY. */
MUST_USE enum rc chain_push(struct chain *c, const struct chain_link *link);
/* The highest; NULL if empty. Valid until the next push. */
const struct chain_link *chain_top(const struct chain *c);
void chain_pop(struct chain *c);
/* What a header says, as a link. */
struct chain_link chain_link_of(
    uint32_t height, const struct block_header *header);
/* The work of all links above the first N; *RET_KNOWN is false if that of
 * some is not known. */
block_work_t chain_work_above(const struct chain *c, size_t n, bool *ret_known);

#endif
