/* SPDX-License-Identifier: MIT
 *
 * The till's end of the socket to the newsroom: what the treasurer reads, and
 * the settings of support. It knows no more verbs than ledger/money_wire.h
 * has: none of them installs a batch or hands out an address.
 */
#ifndef APP_TILL_STAFF_H
#define APP_TILL_STAFF_H

#include "base/err.h"

struct alarm_list;
struct loop;
struct till_book;
struct till_staff;

/* Answers at FD, which stays the caller's, as all that is given does, and
 * outlives it. CHANGED(CTX): the settings are others now. */
MUST_USE enum rc till_staff_new(struct loop *loop, struct till_book *book,
    const struct alarm_list *alarms, int fd, struct till_staff **ret_staff,
    struct err *err);
void till_staff_on_change(
    struct till_staff *staff, void (*changed)(void *ctx), void *ctx);
/* NULL is fine. */
void till_staff_free(struct till_staff *staff);

#endif
