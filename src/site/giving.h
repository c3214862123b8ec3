/* SPDX-License-Identifier: MIT
 *
 * Gifts, from the reader's side: what the till has told, what it is being
 * asked, and the pages that follow. Private to site/; from outside it is
 * site.h's site_till_ functions.
 *
 * The till is another process, which may be gone, slow, or in an enemy's hands.
 * So no page waits for it longer than TILL_PATIENCE_MS, what it says is read
 * strictly, and an address is shown only if its proof holds against the pin
 * that this process got from elsewhere (giving_gift.c).
 */
#ifndef SITE_GIVING_H
#define SITE_GIVING_H

#include <stdbool.h>

#include "http/request.h"
#include "ledger/till_wire.h"
#include "page/view.h"
#include "site/site.h"

struct entity;
struct job;
struct pin;
struct route;
struct giving;

/* What a page for which the till is asked shows. */
enum giving_want {
	GIVING_ADDRESS, /* on its way to GIVING_GIFT */
	GIVING_GIFT,
	GIVING_RECEIPT,
};

/* Ends the process if there is no memory. TILL is copied. */
struct giving *giving_new(struct site *site, const struct site_till *till);
void giving_free(struct giving *giving); /* NULL is fine */

/* Prepares what must be ready when all else fails, for the paper as JOB shows
 * it. On failure what was ready stays. RC_NO_MEMORY, RC_LIMIT. */
MUST_USE enum rc giving_ready(struct giving *giving, struct job *job);

/* What the till has told last; NULL: nothing yet. */
const struct till_summary *giving_summary(const struct giving *giving);
/* The pin; NULL: none, nothing can be proven. */
const struct pin *giving_pin(const struct giving *giving);
/* Where the paper is at home, as its settings say and not as it is served for a
 * try; empty: not said. */
struct str giving_origin(const struct giving *giving);
/* The file with which readers check addresses; empty: none. */
struct str giving_verify_html(const struct giving *giving);
/* Addresses are given out, as far as is known. */
bool giving_is_open(const struct giving *giving);
/* The till does not answer now, or has not spoken yet. */
bool giving_is_silent(const struct giving *giving);
/* The part of every page that speaks of gifts: the call's amounts, and the
 * runway. */
void giving_call(const struct giving *giving, struct view_paper *view);

/* A ready notice with a reference for the caller: 503 the till does not
 * answer, 503 support is paused, 429 too many addresses, 404 no such gift. */
struct entity *giving_busy(const struct giving *giving);
struct entity *giving_paused(const struct giving *giving);
struct entity *giving_limited(const struct giving *giving);
struct entity *giving_unknown(const struct giving *giving);

/* Asks the till MESSAGE, of which kind and fields are filled. NULL: the answer
 * comes later, by itself; else it is the answer. TOKEN is that of a gift. */
struct entity *giving_ask(struct giving *giving,
    const struct http_request *request, enum giving_want want,
    struct till_message *message, struct instant now);

/* The reader's network under the till's secret of today, for an ask. */
void giving_net(const struct giving *giving, const struct http_request *request,
    uint8_t ret_net[TILL_NET_BYTES]);

/* Something of the till's was no good: it is counted and the till is told, so
 * that the newsroom hears of it. */
void giving_alarm(
    struct giving *giving, enum till_alarm_kind kind, struct str what);

#endif
