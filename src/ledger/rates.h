/* SPDX-License-Identifier: MIT
 *
 * What one bitcoin costs, of what several sources say. Pure.
 *
 * 1. Words older than the limit, or from more than five minutes ahead, do not
 *    count. At least "rate_sources_least" must be left.
 * 2. Those farther from their median than the band are dropped; at least as
 *    many, and more than half of those that counted, must be left. The rate is
 *    the median of these, and as old as the oldest of them.
 * 3. If that is farther from the last accepted rate (while it is valid) than
 *    the jump, no source may have been dropped and two at least must agree;
 *    else the last one stays until it is too old.
 *
 * The median of an even number is the mean of the middle two, rounded down.
 *
 * Or the newsroom sets a rate by hand, "rate" in its settings, where no source
 * can be reached. It holds from its day on, does not grow old, and is never
 * mixed with what sources say: while it stands, they do not count.
 */
#ifndef LEDGER_RATES_H
#define LEDGER_RATES_H

#include <stddef.h>

#include "base/instant.h"
#include "coin/amount.h"
#include "ledger/settings.h"

enum { RATES_MOST = 16 };

/* The rate that N words (at most RATES_MOST, each of another source, all in
 * one currency) give. LAST is the last one accepted, or NULL. The source of the
 * result says how many agreed: "median of 3". RC_NOT_FOUND: none can be
 * accepted. */
MUST_USE enum rc rates_accept(const struct ledger_settings *settings,
    const struct rate *v, size_t n, const struct rate *last, struct instant now,
    struct rate *ret_rate);

/* A rate is not too old at NOW, nor from the future. */
bool rates_is_valid(const struct ledger_settings *settings,
    const struct rate *rate, struct instant now);

/* The latest time that a word of a source can have at NOW: what is later was
 * told by a clock that was ahead. */
struct instant rates_latest(struct instant now);

/* The rate that was set by hand, if it holds at NOW; its source then is "set by
 * newsroom on 2026-11-27", and its time the first moment of that day. */
bool rates_fixed(const struct ledger_settings *settings, struct instant now,
    struct rate *ret_rate);
/* SOURCE is that of a rate set by hand: the day (days since 1970, UTC). */
bool rates_is_fixed(struct str source, int32_t *ret_day);

#endif
