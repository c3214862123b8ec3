/* SPDX-License-Identifier: MIT
 *
 * What the screens that ask the till share. Private to newsroom/.
 */
#ifndef NEWSROOM_MONEY_H
#define NEWSROOM_MONEY_H

#include <stdbool.h>

#include "newsroom/till.h"
#include "page/view_desk_money.h"

struct entity;
struct visit;

/* Asks the till for the visit, whose answer then comes later: DONE gets V as
 * its context, in any case. False: it was not asked, answer now. */
MUST_USE bool money_ask(
    struct visit *v, struct money_message *ask, till_done_fn *done);
/* That there is no till, or that it is silent. */
struct entity *money_none(struct visit *v, bool is_silent);

/* Amounts; the currency stays as long as what is given back. */
struct view_money money_sat(struct sat sat);
struct view_money money_fiat(const struct currency *currency, struct fiat fiat);
/* Node, chain and rate of a report, which stays as long. */
struct view_desk_chain money_chain(
    struct visit *v, const struct money_report *report);
/* An alarm of a report, which stays as long. */
struct view_desk_alarm money_alarm(
    struct visit *v, const struct money_alarm *alarm);
/* The path or id of an account of the ledger; empty: in general. */
struct str money_purpose_name(struct str account);

#endif
