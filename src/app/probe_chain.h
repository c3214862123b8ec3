/* SPDX-License-Identifier: MIT
 *
 * Probes of what comes from a chain, from the watch, from sources of rates and
 * from other papers, as `farthing probe KIND FILE` shows them. Transactions,
 * blocks and messages may be given as bytes or in hexadecimal digits. Each
 * appends lines to OUT, or fails with what the parser said in *ERR.
 */
#ifndef APP_PROBE_CHAIN_H
#define APP_PROBE_CHAIN_H

#include "base/err.h"
#include "base/str.h"

struct arena;
struct buf;

/* A transaction: its id, what it spends, what it pays. */
MUST_USE enum rc probe_tx(
    struct arena *a, struct str in, struct buf *out, struct err *err);
/* A block: its header, and a line for each transaction. */
MUST_USE enum rc probe_block(
    struct arena *a, struct str in, struct buf *out, struct err *err);
/* A message between till and watch (coin/fact.h), in either direction. */
MUST_USE enum rc probe_fact(
    struct arena *a, struct str in, struct buf *out, struct err *err);
/* The answer of a source of rates, behind a line "EUR PLACE" or "EUR kraken"
 * that says what is to be read in it. */
MUST_USE enum rc probe_rate(
    struct arena *a, struct str in, struct buf *out, struct err *err);
/* The page of a gift: its proof, its text, and whether it is genuine by the
 * key that it names itself. */
MUST_USE enum rc probe_gift_page(
    struct arena *a, struct str in, struct buf *out, struct err *err);

#endif
