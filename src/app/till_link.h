/* SPDX-License-Identifier: MIT
 *
 * The till's end of the socket to the watch: the orders that go out
 * (coin/fact.h says in what order), the facts that come in. Facts are taken
 * over many at once, in one step of the ledger, and acknowledged when that is
 * on the disk. Where the ledger cannot take them (a full disk) they are kept
 * here and tried again, and nothing more is read meanwhile.
 */
#ifndef APP_TILL_LINK_H
#define APP_TILL_LINK_H

#include "base/err.h"
#include "ledger/alarm.h"

struct loop;
struct till_book;
struct till_link;

/* What it tells its owner. */
struct till_link_calls {
	/* Facts were taken over. */
	void (*told)(void *ctx);
	/* The watch was heard, or could not be: what it says waits until
	 * facts from before can be written down. */
	void (*heard)(void *ctx);
	/* Something is wrong that the newsroom should know: a line; NULL: of
	 * that kind nothing is any more. */
	void (*alarm)(void *ctx, enum alarm_kind kind, const char *what);
};

/* Begins to speak on FD, which stays the caller's. Everything given outlives
 * it. RC_NO_MEMORY, RC_IO. */
MUST_USE enum rc till_link_new(struct loop *loop, struct till_book *book,
    int fd, const struct till_link_calls *calls, void *ctx,
    struct till_link **ret_link, struct err *err);
/* NULL is fine. */
void till_link_free(struct till_link *link);

/* There are more scripts to watch than before, perhaps ones that were paid in
 * blocks of the past: the watch is told all anew. */
void till_link_renew(struct till_link *link);
/* The settings have changed, and with them perhaps the currency. */
void till_link_new_settings(struct till_link *link);

#endif
