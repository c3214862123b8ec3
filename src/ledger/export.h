/* SPDX-License-Identifier: MIT
 *
 * The ledger written out, for spreadsheets, programs, accountants and wallets.
 * Streamed: the memory used does not grow with the ledger.
 *
 *	CSV	one line for each entry, RFC 4180, a head line first
 *	JSON	all fields of all entries, from which the hashes can be
 *		recomputed (ledger/entry.h)
 *	HLEDGER	a journal for hledger: amounts in sat, with their value as
 *		cost where there is one; a value found later is a comment, and
 *		what takes such a gift back has no cost either
 *	BIP329	labels for a wallet: each address that was handed out, each
 *		transaction and output that came in (BIP329, one JSON object a
 *		line)
 *
 * Nothing that is written names a receipt.
 */
#ifndef LEDGER_EXPORT_H
#define LEDGER_EXPORT_H

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct buf;
struct ledger;

enum ledger_format {
	LEDGER_CSV,
	LEDGER_JSON,
	LEDGER_HLEDGER,
	LEDGER_BIP329,
};

/* "csv", "json", "hledger", "bip329". RC_INVALID: no such format. */
MUST_USE enum rc export_format_find(
    struct str name, enum ledger_format *ret_format);

/* Writes it to SINK(CTX, BYTES) in pieces of some 64 kB; a result of it that
 * is not RC_OK ends the export with that result. */
MUST_USE enum rc ledger_export(struct ledger *ledger, enum ledger_format format,
    enum rc (*sink)(void *ctx, struct str bytes), void *ctx, struct err *err);

/* The same in pieces that follow from their arguments alone, so that whoever
 * takes them can take their time: appends to OUT, of some 48 kB, what comes
 * behind the entry AFTER (0: from the start) up to the entry UPTO. *RET_NEXT is
 * the AFTER of the next piece, 0 behind the last. RC_INVALID: BIP329, or no
 * such entries. */
MUST_USE enum rc ledger_export_piece(struct ledger *ledger,
    enum ledger_format format, uint64_t after, uint64_t upto, struct buf *out,
    uint64_t *ret_next, struct err *err);

#endif
