/* SPDX-License-Identifier: MIT
 *
 * The tally's file DIR/tally (ledger/tally.h), which the till opens before its
 * sandbox closes, for appending only. It lies outside of DIR/till, so that
 * whoever puts an old copy of that folder back leaves it as it is.
 *
 * For each address two short lines are appended; of the first it is made sure
 * that it is on the disk, which costs about as much as the commit that follows:
 * 5.4 ms beside 4.7 ms where that was measured. Addresses are few, and
 * rationed: it was not worth it to make sure of many in advance, for then each
 * start would have to pass over the rest of them.
 */
#ifndef APP_TILL_TALLY_H
#define APP_TILL_TALLY_H

#include "base/err.h"
#include "base/str.h"

struct ledger;
struct till_tally;

/* Opens it, and makes it if there is none; the lock of the till must be held.
 * One that cannot be read or written fails each time an address is about to be
 * handed out, with words that say what to do. The caller owns it. */
struct till_tally *till_tally_new(struct str dir);
void till_tally_free(struct till_tally *t);

/* LEDGER compares itself with T and writes to it. T must outlive it. */
void till_tally_use(struct till_tally *t, struct ledger *ledger);

#endif
