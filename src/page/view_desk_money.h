/* SPDX-License-Identifier: MIT
 *
 * What the treasurer's screens are made from, and the form of the settings of
 * support. Everything is the caller's and stays until the page is written.
 */
#ifndef PAGE_VIEW_DESK_MONEY_H
#define PAGE_VIEW_DESK_MONEY_H

#include "page/view.h"
#include "page/view_desk_settings.h"
#include "page/view_theirs.h"

/* A month, and what came in during it. */
struct view_desk_month {
	struct civil month;
	uint64_t gifts;
	struct view_money received, worth; /* worth without a code: not known */
};

struct view_desk_purpose {
	struct str name; /* a path or an id; empty: in general */
	uint64_t gifts;
	struct view_money received, worth;
};

struct view_desk_paid {
	enum msg what;
	uint64_t n;
	struct view_money sum; /* without a code: none */
};

struct view_desk_batch {
	uint64_t number, left, leaves;
	struct civil installed;
	bool is_newest;
};

struct view_desk_alarm {
	int severity; /* 1 notice, 2 warning, 3 urgent */
	struct civil since;
	enum msg msg; /* MSG_COUNT: none */
	struct str values[3];
	struct str what; /* the till's own words, in English; empty: none */
};

/* The chain, the node, the rate. */
struct view_desk_chain {
	struct str network;
	bool is_test;
	enum msg node; /* MSG_COUNT: none has been heard of */
	bool is_node_well;
	struct str node_text; /* the watch's own words, in English */
	bool is_verified;
	bool has_heard;
	struct civil heard;
	uint64_t height; /* 0: not known */
	bool has_tip;
	struct civil tip; /* when that block was made */
	uint64_t behind;  /* hours since then, where that is long; else 0 */
	bool has_rate;
	struct view_money rate;
	struct str rate_source;
	bool is_rate_fixed; /* by the newsroom, on rate_day */
	struct civil rate_day;
	uint64_t sources, answering; /* of rates; 0: not known */
	struct str sources_text;     /* in English */
};

struct view_desk_runway {
	bool is_known;
	struct civil until, since;
	struct view_money opening, given, monthly;
	uint64_t delay_days;
};

enum { DESK_PAID = 5 };

struct view_desk_money {
	enum msg state; /* whether readers are given addresses */
	bool is_open;
	struct view_desk_alarm *alarms;
	size_t alarms_n;
	const struct view_desk_month *months; /* newest first */
	size_t months_n;
	const struct view_desk_purpose *purposes;
	size_t purposes_n;
	struct view_desk_paid paid[DESK_PAID];
	struct view_desk_runway runway;
	const struct view_desk_batch *batches; /* newest first */
	size_t batches_n;
	/* How fast addresses go: in the last days; and until when those of the
	 * newest batch last at that pace. */
	uint64_t pace_n, pace_days; /* 0 days: not known */
	bool has_end;
	struct civil end;
	struct view_desk_chain chain;
	uint64_t entries;
};

struct view_desk_entry {
	uint64_t seq, about;
	enum msg kind;
	struct civil date;
	struct view_money amount, worth;
	struct str purpose; /* empty: in general */
	struct str txid;    /* hexadecimal */
};

struct view_desk_ledger {
	const struct view_desk_entry *v; /* newest first */
	size_t n;
	struct str newer, older;
};

/* The settings of support, in the order of the form. */
enum desk_rule {
	DESK_RULE_TITLE,
	DESK_RULE_TEXT,
	DESK_RULE_CURRENCY,
	DESK_RULE_AMOUNT,
	DESK_RULE_AMOUNT_BTC,
	DESK_RULE_LEAST,
	DESK_RULE_MOST,
	DESK_RULE_COST,
	DESK_RULE_START,
	DESK_RULE_OPENING,
	DESK_RULE_CAMPAIGN,
	DESK_RULE_CAMPAIGN_TEXT,
	DESK_RULE_CONFIRM,
	DESK_RULE_CONFIRM_ABOVE,
	DESK_RULE_DELAY,
	DESK_RULE_ROUND,
	DESK_RULE_ROUND_BTC,
	DESK_RULE_RATE,
	DESK_RULE_SOURCES,
	DESK_RULE_SOURCES_LEAST,
	DESK_RULE_BAND,
	DESK_RULE_JUMP,
	DESK_RULE_STALE,
	DESK_RULE_QUOTE,
	DESK_RULE_WINDOW,
	DESK_RULE_WINDOW_DAYS,
	DESK_RULE_NETWORK,
	DESK_RULE_UNVERIFIED,
	DESK_RULES,
};

/* The key of the setting, which is also the field's name; lives for ever. */
struct str desk_rule_key(enum desk_rule rule);
/* A key that may stand in several lines. */
bool desk_rule_has_lines(enum desk_rule rule);

struct view_desk_rules {
	struct view_desk_tabs tabs;
	struct str values[DESK_RULES];
	int fault; /* of enum desk_rule; -1: none */
	struct str fault_text;
	struct str others; /* further lines that are kept */
	struct str seen;   /* newsroom/seen.h */
	struct view_theirs theirs;
	bool has_theirs[DESK_RULES];
	struct str theirs_values[DESK_RULES];
};

#endif
