/* SPDX-License-Identifier: MIT
 *
 * The chain, the node and the rate, as facts on a screen. Private to page/.
 */
#ifndef PAGE_DESK_CHAIN_H
#define PAGE_DESK_CHAIN_H

#include "page/screen.h"
#include "page/view_desk_money.h"

/* What an alarm of the till says. */
void desk_alarm(const struct screen *s, const struct view_desk_alarm *alarm);
void desk_chain(const struct screen *s, const struct view_desk_chain *view);

#endif
