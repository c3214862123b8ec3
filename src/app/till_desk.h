/* SPDX-License-Identifier: MIT
 *
 * The till as a place that commands write to (desk.h): over DIR/run/till.sock
 * while a server runs, else directly. What is asked for here can change
 * settings, and have batches taken in that the pin knows; nothing of it brings
 * in a key.
 */
#ifndef APP_TILL_DESK_H
#define APP_TILL_DESK_H

#include "app/desk.h"

struct alarm_list;
struct till_book;

enum till_verb {
	/* Nothing. Answers nothing. */
	TILL_PING,
	/* TEXT: settings as ledger/settings.h reads them, all of them. */
	TILL_SET,
	/* Nothing. Batches that lie ready are taken in. Answers how many. */
	TILL_TAKE_IN,
	/* Nothing. Answers a part for each line of alarm_lines
	 * (ledger/alarm.h). */
	TILL_TELL_ALARMS,
	TILL_VERBS,
};

extern const struct desk_place till_desk;

/* Does what MESSAGE asks of an open book, and appends the answer. ALARMS is the
 * till's list; NULL: the one that is kept in till.db. */
MUST_USE enum rc till_desk_do(struct till_book *book,
    const struct alarm_list *alarms, const struct desk_message *message,
    struct buf *answer);

#endif
