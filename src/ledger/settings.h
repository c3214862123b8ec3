/* SPDX-License-Identifier: MIT
 *
 * What the newsroom decides about gifts, as one text that people edit. None of
 * it says where money goes: that is signed in the batches, and nothing here
 * can change it.
 *
 *	# a comment
 *	currency = EUR
 *		the paper's own; without this line there is only bitcoin
 *	title = Keep the Farthing alive
 *		of the support page
 *	call = We live on what our readers give.
 *		is read and does nothing: the call below stories is the paper's
 *		own setting "support"
 *	text = Why we ask, in Markdown.
 *		each further line of "text" is a further line of it
 *	amount = 5.00 a day of the archive
 *	amount_btc = 0.0001 a day of the archive
 *		suggestions, and what they pay for, which may be left out; up to
 *		8 lines of each
 *	least = 1.00
 *	most = 5000.00
 *		what can be asked for; gifts themselves have no limit
 *	cost = 1200.00 Rent
 *		what the paper costs in a month; up to 24 lines; without any, no
 *		runway is shown
 *	start = 2026-11-01
 *		since when gifts and costs are counted
 *	opening = 1000.00
 *		money at hand on that day; may be below 0
 *	confirm = 0.001 1
 *	confirm = 0.01 2
 *	confirm_above = 6
 *		how deep a payment must be to settle: below 0.001 BTC one
 *		confirmation, below 0.01 two, else six; up to 8 lines, ascending
 *	delay_days = 2
 *		what is younger is in no public figure
 *	round = 10.00
 *	round_btc = 0.001
 *		public figures are cut down to multiples of these
 *	campaign = new-press 2500.00 2026-11-01 2027-01-31 A new press
 *		id, goal, first and last day, title; up to 32 lines
 *	campaign_text = new-press The old one is from 1911.
 *	quote_minutes = 60
 *		how long a quote holds
 *	window = 200
 *		so many unpaid addresses may be out at once
 *	window_days = 14
 *		then an unpaid one leaves the window
 *	network_most = 10
 *		own addresses for one network in a day
 *	rate = fixed 60000.00 2026-11-27
 *		what a bitcoin costs, as the newsroom says, from that day (in
 *		UTC) on; while it stands, no source of rates counts
 *	rate_sources = coinbase, kraken, bitstamp
 *		which of the ready sources are asked (coin/rate_source.h), or
 *		off; without this line, or with nothing in it, those that the
 *		server's own settings name. A source described there is asked
 *		in any case
 *	rate_sources_least = 2
 *		so many must agree
 *	rate_band_percent = 5
 *		how far they may lie from their median
 *	rate_jump_percent = 20
 *		how far the rate may move at once
 *	rate_stale_minutes = 60
 *		how old a rate may be
 *	unverified_minutes = 120
 *		so long without word from a node, and pages say "unverified";
 *		when none answers they say it at once
 *
 * Each key may stand once, where not said otherwise; an unknown one is refused.
 * Amounts of money have as many decimals as the currency has, at most. Texts
 * live as long as the arena.
 */
#ifndef LEDGER_SETTINGS_H
#define LEDGER_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/instant.h"
#include "base/str.h"
#include "coin/amount.h"

struct arena;
struct buf;

enum {
	SETTINGS_AMOUNTS_MOST = 8,
	SETTINGS_COSTS_MOST = 24,
	SETTINGS_CONFIRMS_MOST = 8,
	SETTINGS_CAMPAIGNS_MOST = 32,
	SETTINGS_TEXT_MOST = 64 * 1024,
	SETTINGS_LINE_MOST = 400,	/* bytes of a text of one line */
	SETTINGS_LONG_MOST = 16 * 1024, /* bytes of "text" */
	COINBASE_CONFIRMATIONS = 100,	/* before that it cannot be spent */
};

struct settings_amount {
	struct fiat worth; /* above 0 */
	struct str what;   /* may be empty */
};

struct settings_amount_btc {
	struct sat amount; /* above 0 */
	struct str what;   /* may be empty */
};

struct settings_cost {
	struct fiat monthly;
	struct str label;
};

struct settings_confirm {
	struct sat below;
	uint32_t confirmations; /* 1 to 1,000 */
};

struct settings_campaign {
	struct str id;
	struct str title;
	struct str text;	  /* may be empty */
	struct fiat goal;	  /* above 0 */
	int32_t from_day, to_day; /* days since 1970, UTC; both belong to it */
};

struct ledger_settings {
	bool has_currency;
	struct currency currency;
	struct str title, call, text; /* may be empty */
	struct settings_amount amounts[SETTINGS_AMOUNTS_MOST];
	size_t amounts_n;
	struct settings_amount_btc amounts_btc[SETTINGS_AMOUNTS_MOST];
	size_t amounts_btc_n;
	struct fiat least, most; /* 0: no limit */
	struct settings_cost costs[SETTINGS_COSTS_MOST];
	size_t costs_n;
	struct fiat costs_per_month; /* their sum */
	bool has_start;
	int32_t start_day; /* days since 1970, UTC */
	struct fiat opening;
	struct settings_confirm confirms[SETTINGS_CONFIRMS_MOST];
	size_t confirms_n;
	uint32_t confirm_above;
	uint32_t delay_days;
	struct fiat round;    /* at least 1 unit */
	struct sat round_btc; /* at least 1 */
	struct settings_campaign campaigns[SETTINGS_CAMPAIGNS_MOST];
	size_t campaigns_n;
	uint32_t quote_minutes;
	uint32_t window;
	uint32_t window_days;
	uint32_t network_most;
	bool has_rate;		/* set by hand */
	struct fiat rate_price; /* above 0 */
	int32_t rate_day;	/* since when; days since 1970, UTC */
	bool has_rate_sources;
	uint32_t rate_sources; /* a set of coin/rate_source.h */
	uint32_t rate_sources_least;
	uint32_t rate_band_percent;
	uint32_t rate_jump_percent;
	uint32_t rate_stale_minutes;
	uint32_t unverified_minutes;
};

/* What holds where nothing is said: no currency, no suggestions, no costs;
 * below 0.001 BTC 1 confirmation, below 0.01 2, above 3; the numbers shown
 * above for the rest. */
void settings_default(struct ledger_settings *settings);

/* RC_INVALID with the line's number; RC_LIMIT: over 64 kB. */
MUST_USE enum rc settings_parse(struct arena *a, struct str text,
    struct ledger_settings *ret_settings, struct err *err);
/* The same for somebody who sees keys and values and no lines, and means to set
 * them: *ERR names those of the line that is wrong, and what settings_check
 * refuses is refused. */
MUST_USE enum rc settings_parse_spoken(struct arena *a, struct str text,
    struct ledger_settings *ret_settings, struct err *err);
/* RC_INVALID: they can be read, but contradict each other, so that readers
 * would be offered what is refused. Not to be set; what is set already stays as
 * it is. */
MUST_USE enum rc settings_check(
    const struct ledger_settings *settings, struct err *err);
/* WORTH, in the settings' currency, can be asked for: it lies within "least"
 * and "most". */
bool settings_offers(const struct ledger_settings *settings, struct fiat worth);
/* KEY is one of the table's. */
bool settings_has_key(struct str key);
/* Appends all keys that do something, parted by ", ": not "call", which older
 * settings may have. */
void settings_put_keys(struct buf *b);
/* The text that reads as these settings, all keys in one order. */
void settings_write(struct buf *b, const struct ledger_settings *settings);

/* How many confirmations settle a payment of AMOUNT. */
uint32_t settings_confirmations(const struct ledger_settings *settings,
    struct sat amount, bool is_coinbase);
/* The campaign with this id, or NULL. */
const struct settings_campaign *settings_campaign(
    const struct ledger_settings *settings, struct str id);

#endif
