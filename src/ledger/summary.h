/* SPDX-License-Identifier: MIT
 *
 * What readers may know of the ledger: coarse, late, and with nothing in it
 * that leads to one gift. It is a pure function of the ledger's days and of
 * the settings:
 *
 *	cutoff	 the day "delay_days" before today (UTC); what is younger than
 *		 its end is left out
 *	month	 the sum of all gifts of its days since "start", cut down to a
 *		 multiple of "round" ("round_btc"); the number of gifts is cut
 *		 down to a multiple of five
 *	given	 the sum of the months as they are shown
 *	reached	 of a campaign: the sum of its gifts, cut down likewise
 *	funded until  start + (opening + given) / costs, where costs are counted
 *		 by the day: 12 months have 365 days. In whole days, rounded
 *		 down
 *
 * So whoever has the public file finds "given", "funded until" and every bar
 * by adding up what stands in it. A gift counts with the value that was fixed
 * when it was confirmed; one without a value counts in bitcoin only.
 */
#ifndef LEDGER_SUMMARY_H
#define LEDGER_SUMMARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/instant.h"
#include "coin/amount.h"
#include "ledger/settings.h"

struct arena;
struct ledger;

enum { SUMMARY_MONTHS_MOST = 2400, SUMMARY_GIFTS_STEP = 5 };

/* What came in on one day for one purpose. */
struct summary_day {
	int32_t day; /* since 1970, UTC */
	struct str account;
	bool has_value; /* in the paper's currency */
	struct sat received;
	struct fiat worth;
	int64_t gifts;
};

struct summary_month {
	int32_t year;
	uint8_t month;
	int64_t gifts;
	struct sat received;
	struct fiat worth;
};

struct summary_campaign {
	struct sat received;
	struct fiat reached;
};

struct ledger_summary {
	int32_t cutoff; /* the last day that is in it */
	size_t months_n;
	struct summary_month *months; /* oldest first; those with gifts */
	struct sat received;	      /* sums of the months */
	struct fiat given;
	/* In the order of the settings' campaigns. */
	struct summary_campaign campaigns[SETTINGS_CAMPAIGNS_MOST];
	bool has_runway;
	int32_t funded_until; /* a day since 1970 */
	struct fiat used;     /* costs from the start up to the cutoff */
};

/* Pure: begin, add days in any order, end. Days behind the cutoff are passed
 * by. RC_NO_MEMORY; RC_LIMIT: sums outside of the range, or more months than
 * the most. */
MUST_USE enum rc summary_begin(struct ledger_summary *s, struct arena *a,
    const struct ledger_settings *settings, struct instant now);
MUST_USE enum rc summary_add(struct ledger_summary *s,
    const struct ledger_settings *settings, const struct summary_day *day);
MUST_USE enum rc summary_end(
    struct ledger_summary *s, const struct ledger_settings *settings);

/* The last day on which the paper is funded by TOTAL at COSTS a month (above
 * 0), from START on; within the years 1 to 9999. */
int32_t summary_runway(int32_t start, struct fiat total, struct fiat costs);

/* All of it, of the ledger at NOW. Lives as long as the arena. */
MUST_USE enum rc ledger_summary(struct ledger *ledger, struct arena *a,
    struct instant now, struct ledger_summary *ret_summary, struct err *err);

#endif
