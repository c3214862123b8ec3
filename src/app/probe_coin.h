/* SPDX-License-Identifier: MIT
 *
 * Probes of coin/: addresses, keys, descriptors and payment links, as
 * `farthing probe KIND FILE` shows them. White space around the input is let
 * go. Each appends lines to OUT, or fails with what the parser said in *ERR.
 */
#ifndef APP_PROBE_COIN_H
#define APP_PROBE_COIN_H

#include "base/err.h"
#include "base/str.h"

struct arena;
struct buf;

/* "main p2wpkh 0014...": a line for each network whose address it is. */
MUST_USE enum rc probe_address(
    struct arena *a, struct str in, struct buf *out, struct err *err);
/* Every address in running text, with its kind. */
MUST_USE enum rc probe_addresses(
    struct arena *a, struct str in, struct buf *out, struct err *err);
/* The fields of an extended public key. */
MUST_USE enum rc probe_xkey(
    struct arena *a, struct str in, struct buf *out, struct err *err);
/* The canonical text, then "NETWORK BRANCH INDEX ADDRESS" for the first
 * indexes of each branch on each network that fits. */
MUST_USE enum rc probe_descriptor(
    struct arena *a, struct str in, struct buf *out, struct err *err);
/* The fields of a payment link, and both ways in which it is written. */
MUST_USE enum rc probe_payment_uri(
    struct arena *a, struct str in, struct buf *out, struct err *err);
/* An amount of bitcoin, in satoshi. */
MUST_USE enum rc probe_amount(
    struct arena *a, struct str in, struct buf *out, struct err *err);

#endif
