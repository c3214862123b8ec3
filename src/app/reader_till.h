/* SPDX-License-Identifier: MIT
 *
 * A reader process's end of the socket to the till: packets go to the site and
 * come from it. Where the paper has no pin there is none of this, and the site
 * has no support pages.
 */
#ifndef APP_READER_TILL_H
#define APP_READER_TILL_H

#include "base/err.h"
#include "site/site.h"
#include "sys/loop.h"

struct arena;
struct child_order;

struct reader_till {
	int fd; /* -1: the paper has no till */
	struct site *site;
	struct loop *loop;
	struct watch watch;
	struct timer tick;
	struct site_till wire; /* for site_config */
	char *room;	       /* of one packet */
};

/* Fills *T, and with it T->wire. A is the process's. */
MUST_USE enum rc reader_till_init(struct reader_till *t, struct arena *a,
    const struct child_order *order, struct err *err);
/* Gives SITE the pin, which is read into A, and begins to listen. */
MUST_USE enum rc reader_till_start(struct reader_till *t, struct loop *loop,
    struct site *site, struct arena *a, const struct child_order *order,
    struct err *err);

#endif
