/* SPDX-License-Identifier: MIT
 *
 * The ledger is recomputed from its first entry, and compared with all that
 * was kept beside it:
 *
 *	every entry's hash follows from its content and the hash before
 *	a gift's value is its amount at its rate; a reversal mirrors its gift;
 *	no gift is reversed or valued twice
 *	balances and days are the sums over the entries; all accounts together
 *	are zero
 *	the best chain is what the marks of the blocks say
 *	the payments in state settled, and the gifts not reversed, are the same
 *	ones, and each stands in a block of the best chain; the states of the
 *	others follow from the facts
 *	the leaves of each batch lead to the root that was signed
 *	receipts are for addresses that were handed out, in that order
 *
 * What is not noticed: the newest entries cut off together with the payments
 * they are about. Compare the head's hash with a copy kept elsewhere.
 */
#ifndef LEDGER_CHECK_H
#define LEDGER_CHECK_H

#include <stdint.h>

#include "base/err.h"
#include "coin/amount.h"
#include "coin/hash.h"

struct ledger;

struct ledger_report {
	uint64_t entries, payments, leaves;
	uint64_t faults;
	struct sat balance;  /* of all gifts not reversed */
	struct hash256 head; /* of the newest entry; zeros without one */
};

/* SEE(CTX) is told each fault in a sentence (may be NULL). RC_OK: all was
 * looked at; report->faults says how it stands. */
MUST_USE enum rc ledger_check(struct ledger *ledger,
    void (*see)(void *ctx, const char *why), void *ctx,
    struct ledger_report *ret_report, struct err *err);

/* The balance of each account, by name. A result of SEE that is not RC_OK ends
 * it. Fast: nothing is added up. */
MUST_USE enum rc ledger_balance(struct ledger *ledger,
    enum rc (*see)(
	void *ctx, struct str account, struct sat amount, uint64_t entries),
    void *ctx, struct err *err);

#endif
