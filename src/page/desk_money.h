/* SPDX-License-Identifier: MIT
 *
 * The treasurer's screens; see desk.h.
 */
#ifndef PAGE_DESK_MONEY_H
#define PAGE_DESK_MONEY_H

#include "page/view_desk_money.h"

struct buf;

/* A paper that takes no support yet; or (IS_SILENT) whose till is silent. */
void desk_money_none(
    struct buf *b, const struct view_desk *desk, bool is_silent);
void desk_money(struct buf *b, const struct view_desk *desk,
    const struct view_desk_money *view);
void desk_ledger(struct buf *b, const struct view_desk *desk,
    const struct view_desk_ledger *view);
void desk_rules(struct buf *b, const struct view_desk *desk,
    const struct view_desk_rules *view);

#endif
