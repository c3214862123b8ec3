/* SPDX-License-Identifier: MIT
 *
 * The till's ends of the sockets to the readers: what they ask is answered,
 * and each change of the summary is told to all of them. A reader that does
 * not take its answers loses them, and nobody else does.
 */
#ifndef APP_TILL_READERS_H
#define APP_TILL_READERS_H

#include <stdbool.h>

#include "base/err.h"
#include "ledger/alarm.h"

struct loop;
struct till_book;
struct till_readers;

/* What it tells its owner. */
struct till_readers_calls {
	/* An address was given out, or could not be. */
	void (*asked)(void *ctx);
	/* Something is wrong that the newsroom should know: a line; NULL: of
	 * that kind nothing is any more. */
	void (*alarm)(void *ctx, enum alarm_kind kind, const char *what);
};

/* Answers on the N descriptors FDS, which stay the caller's, as all that is
 * given does, and outlives it. RC_NO_MEMORY, RC_LIMIT. */
MUST_USE enum rc till_readers_new(struct loop *loop, struct till_book *book,
    const int *fds, unsigned n, const struct till_readers_calls *calls,
    void *ctx, struct till_readers **ret_readers, struct err *err);
/* NULL is fine. */
void till_readers_free(struct till_readers *readers);

/* The summary may be another: if so, or if MUST_TELL, all readers are told. */
void till_readers_tell(struct till_readers *readers, bool must_tell);

#endif
