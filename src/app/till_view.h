/* SPDX-License-Identifier: MIT
 *
 * What the ledger says, in the words of the wire to the readers
 * (ledger/till_wire.h). Pure.
 */
#ifndef APP_TILL_VIEW_H
#define APP_TILL_VIEW_H

#include "base/err.h"
#include "base/instant.h"
#include "ledger/ledger.h"
#include "ledger/till_wire.h"

struct arena;

/* A gift. HEARD: up to when the chain is known, INSTANT_NEVER if not at all.
 * Texts are those of GIFT. */
void till_view_gift(const struct ledger_gift *gift, struct instant heard,
    struct till_gift *ret_gift);

/* The summary at NOW, without its secret, which is the caller's to set. Texts
 * live as long as the arena and the ledger's settings. RC_NO_MEMORY, RC_LIMIT
 * and what the ledger gives. */
MUST_USE enum rc till_view_summary(struct ledger *ledger, struct arena *a,
    enum network network, struct instant now, struct till_summary *ret_summary,
    struct err *err);

#endif
