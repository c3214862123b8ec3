/* SPDX-License-Identifier: MIT
 *
 * How the newsroom's screens reach the till, which is another process: a
 * question (ledger/money_wire.h), and later its answer.
 */
#ifndef NEWSROOM_TILL_H
#define NEWSROOM_TILL_H

#include "base/rc.h"
#include "ledger/money_wire.h"

/* RC_OK: REPLY is what the till says, which stays until this returns; it may be
 * MONEY_REFUSED. RC_IO: the till does not answer; REPLY is NULL. */
typedef void till_done_fn(
    void *ctx, enum rc rc, const struct money_message *reply);

struct till {
	void *ctx;
	/* Calls DONE(DONE_CTX) once, later. The id of ASK is made here.
	 * RC_BUSY: the till does not listen now; DONE is not called. NULL: the
	 * paper has no till. */
	enum rc (*ask)(void *ctx, struct money_message *ask, till_done_fn *done,
	    void *done_ctx);
};

#endif
