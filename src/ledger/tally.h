/* SPDX-License-Identifier: MIT
 *
 * The tally: how many addresses of each batch may have been handed out, in a
 * file of its own (DIR/tally) that is only ever appended to. till.db knows it,
 * too; but a copy of till.db from last month does not know what was handed out
 * since, and would hand it out again. As a tally stick was split between debtor
 * and creditor, so that neither could cut another notch alone, till.db and
 * this file are compared at each start and before each address.
 *
 *	farthing tally 1
 *	1 17			of batch 1 the leaves 0 to 16 may have been
 *				handed out; is on the disk before an address is
 *	1 17 given		and leaf 16 was; need not be on the disk
 *	1 18
 *	...
 *
 * The highest number of each batch counts. A line that cannot be read is passed
 * over: it was cut off by a loss of power, and nobody was given the address it
 * was written for; or somebody has damaged the file, and then the lines around
 * it say nearly the same. Numbers have no sign and no leading zero.
 */
#ifndef LEDGER_TALLY_H
#define LEDGER_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct buf;

enum {
	TALLY_BATCHES_MAX = 1000, /* as many as a pin has */
	TALLY_LINE_MAX = 40,	  /* bytes of a line, its end included */
};

struct tally_batch {
	uint32_t number;
	uint32_t n;   /* leaves that may have been handed out */
	bool is_sure; /* the last of them was */
};

/* Some 12 kB. Zeros: it knows of no batch. */
struct tally {
	size_t batches_n;
	struct tally_batch batches[TALLY_BATCHES_MAX];
	uint64_t odd; /* lines that could not be read */
};

/* Reads a file of any length. An empty one, or one of a part of the first line,
 * says nothing. RC_NEWER: of a later version; RC_INVALID: no tally; RC_LIMIT:
 * of too many batches. *RET_TALLY is written to whatever the result. */
MUST_USE enum rc tally_parse(
    struct str text, struct tally *ret_tally, struct err *err);

/* What is known of a batch: zeros if nothing is. */
struct tally_batch tally_find(const struct tally *tally, uint32_t batch);
/* Takes note of it, if it is more than what is known. RC_LIMIT: too many
 * batches. */
MUST_USE enum rc tally_raise(
    struct tally *tally, uint32_t batch, uint32_t n, bool is_sure);

/* Append the first line of the file, and one of those behind it. */
void tally_write_head(struct buf *b);
void tally_write(struct buf *b, const struct tally_batch *batch);

#endif
