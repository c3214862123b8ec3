/* SPDX-License-Identifier: MIT
 *
 * The till's book opened for writing, by the till process or by a command
 * while no server runs: the lock DIR/run/till.lock, the pin, and the ledger
 * DIR/till/till.db. What both do is here: taking in batches that lie ready,
 * and writing down what the newsroom must be told.
 *
 *	DIR/till/till.db	the ledger
 *	DIR/till/batch-N	a batch file that is to be taken in; whether it
 *				may be is for the pin to say
 *	DIR/till/lost-N		the same of one that was in a till.db that was
 *				lost: it is taken in as used up
 *	DIR/till/alarms		a line for each thing that went wrong
 */
#ifndef APP_TILL_BOOK_H
#define APP_TILL_BOOK_H

#include <stdbool.h>

#include "base/err.h"
#include "base/instant.h"
#include "base/str.h"
#include "coin/pin.h"
#include "ledger/ledger.h"
#include "sys/file.h"

struct arena;

struct till_book {
	struct file_lock lock; /* fd -1: not held */
	struct str dir;
	struct arena *a;    /* as long as the book */
	struct arena *call; /* for one step; whoever uses it resets it */
	struct pin *pin;
	struct ledger *ledger;
};

/* Makes the folders and takes the lock. RC_BUSY: another process has it, whose
 * number ERR names. The caller owns the book. */
MUST_USE enum rc till_book_lock(
    struct str dir, struct till_book **ret_book, struct err *err);
/* Opens the ledger of a book that is locked, for the pin that PIN_TEXT is.
 * What ledger_open and pin_parse give. */
MUST_USE enum rc till_book_open(
    struct till_book *book, struct str pin_text, struct err *err);
/* Lets go of ledger and lock. NULL is fine. */
void till_book_close(struct till_book *book);

/* Reads DIR/trust/pin, for a command; the text lives in A. RC_NOT_FOUND: the
 * paper has none yet, and ERR says what to do. */
MUST_USE enum rc till_read_pin(
    struct arena *a, struct str dir, struct str *ret_text, struct err *err);
/* Opens the ledger for reading, beside whoever writes. *RET_PIN (in A) is the
 * paper's; the ledger uses it. RC_NOT_FOUND: no pin, or no ledger. */
MUST_USE enum rc till_look(struct arena *a, struct str dir,
    struct ledger **ret_ledger, struct pin **ret_pin, struct err *err);

/* Takes in the batches that lie ready and that the pin knows, the lowest
 * number first, and removes their files; others stay. *RET_COUNT (may be
 * NULL): how many, whatever the result. A batch that is no good stays, and
 * those behind it are taken in all the same; the result and ERR are those of
 * the first that failed. */
MUST_USE enum rc till_book_take_in(struct till_book *book, struct instant now,
    unsigned *ret_count, struct err *err);
/* "DIR/till/batch-N", or "lost-N"; p NULL when A is spent. */
struct str till_batch_path(
    struct arena *a, struct str dir, uint32_t number, bool is_lost);

/* Appends a line with the time to DIR/till/alarms, whose size is bounded. */
void till_book_alarm(
    struct till_book *book, struct instant now, struct str what);
/* The newest lines of it, at most MOST bytes of whole lines; empty if there
 * are none. */
struct str till_alarms(struct arena *a, struct str dir, size_t most);

#endif
