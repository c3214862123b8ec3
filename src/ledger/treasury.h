/* SPDX-License-Identifier: MIT
 *
 * What the treasurer is told: the book as it is, exact and at once, unlike what
 * readers are told (ledger/summary.h). Reads only.
 */
#ifndef LEDGER_TREASURY_H
#define LEDGER_TREASURY_H

#include "base/err.h"
#include "ledger/ledger.h"
#include "ledger/money_wire.h"

/* PAUSE as the wires tell it: one of enum till_pause. What a reader cannot do
 * anything about is all the same to them. */
uint8_t ledger_pause_told(enum ledger_pause pause);

/* Fills *RET_REPORT but for its alarms; its texts live as long as A. */
MUST_USE enum rc treasury_report(struct ledger *ledger, struct arena *a,
    struct instant now, struct money_report *ret_report, struct err *err);

/* Entries below BEFORE (0: from the newest on), newest first. */
MUST_USE enum rc treasury_entries(struct ledger *ledger, struct arena *a,
    uint64_t before, struct money_entries *ret_entries, struct err *err);

#endif
