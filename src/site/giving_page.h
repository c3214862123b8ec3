/* SPDX-License-Identifier: MIT
 *
 * The support pages as answers. Private to site/.
 */
#ifndef SITE_GIVING_PAGE_H
#define SITE_GIVING_PAGE_H

#include <stdbool.h>

#include "base/instant.h"
#include "base/rc.h"
#include "http/request.h"
#include "ledger/till_wire.h"
#include "site/job.h"

struct entity;
struct site;

/* The job is one of a support page that nobody keeps or finds. */
void giving_page_private(struct job *job);

/* Pages that the cache keeps, as those of pages.h. */
MUST_USE enum rc giving_page_main(struct job *job);
MUST_USE enum rc giving_page_ledger(struct job *job);
MUST_USE enum rc giving_page_ledger_file(struct job *job);
MUST_USE enum rc giving_page_verify(struct job *job);
/* RC_NOT_FOUND too: there is no such file. */
MUST_USE enum rc giving_page_verify_file(struct job *job);

/* Takes out of ROUTE, of /support, what the paper does not know: an amount
 * that is not on offer, a purpose that is none. */
void giving_page_know(
    struct site *site, struct route *route, struct instant now);

/* A form that was sent to /support, and a look at a gift. NULL: the answer
 * comes later. */
struct entity *giving_page_post(
    struct site *site, const struct http_request *request, struct instant now);
struct entity *giving_page_look(struct site *site,
    const struct http_request *request, const struct route *route,
    struct instant now);

/* What follows from the till's answers. Never NULL, but without memory. */
struct entity *giving_page_given(
    struct site *site, const struct till_token *token, struct instant now);
struct entity *giving_page_refused(struct site *site, struct instant now);
struct entity *giving_page_gift(struct site *site,
    const struct till_token *token, const struct till_gift *gift,
    bool is_receipt, struct instant now);

#endif
