/* SPDX-License-Identifier: MIT
 *
 * The public sources of rates that are ready to be asked, by number, as the
 * newsroom, the till and the watch name them to each other. Where each is asked
 * and how it answers is known in watch/rate.c alone, and written in the
 * program: nobody can make another address of a name.
 */
#ifndef COIN_RATE_SOURCE_H
#define COIN_RATE_SOURCE_H

#include <stdint.h>

#include "base/rc.h"
#include "base/str.h"

struct buf;

enum {
	RATE_READY_N = 8,
	RATE_READY_ALL =
	    (1 << RATE_READY_N) - 1, /* as a set: bit i is number i */
};

/* "coinbase"; I is below RATE_READY_N. Lives for ever. */
const char *rate_ready_name(unsigned i);

/* Reads names with spaces or commas between, or "off". RC_INVALID: a name that
 * is none of theirs, or none at all. */
MUST_USE enum rc rate_ready_parse(struct str names, uint32_t *ret_set);
/* Appends what reads as SET: "coinbase, kraken", or "off". */
void rate_ready_write(struct buf *b, uint32_t set);

#endif
