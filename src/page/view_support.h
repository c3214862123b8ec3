/* SPDX-License-Identifier: MIT
 *
 * What the support pages are made from; see view.h, whose rules hold here.
 * Amounts come as integers, with their code, and are written by the page.
 *
 * The form of /support is posted to /support with these fields:
 *
 *	amount	the value of a view_choice, "none" for no amount, or missing
 *	own	an amount as it was typed; where it is not empty it goes
 *		before "amount"
 *	unit	of "own": the code of the paper's currency, "BTC" or "sat"
 *	for	what it is for: the value of a view_purpose, empty for the
 *		paper as a whole
 *
 * GET /support takes "amount" and "for" as a query, to have them chosen.
 */
#ifndef PAGE_VIEW_SUPPORT_H
#define PAGE_VIEW_SUPPORT_H

#include "page/view.h"

/* What a gift is for. */
struct view_purpose {
	struct str value; /* path of a story, id of a campaign; empty: paper */
	struct str name;  /* headline, campaign's name; empty: the paper */
	struct str lang;  /* of the name; empty: the paper's */
	struct str url;	  /* of the story; empty: none */
	bool is_story;
};

struct view_campaign {
	struct str id;
	struct str name;
	struct str text;	/* a sentence or two; may be empty */
	struct view_money goal; /* or none */
	struct view_money raised;
	uint32_t permille; /* of the goal; may be above 1000 */
	struct civil ends; /* month 0: open */
};

/* One line of what it costs to run the paper. */
struct view_cost {
	struct str name;
	struct view_money month;
};

enum view_support_state {
	VIEW_SUPPORT_OPEN,
	VIEW_SUPPORT_PAUSED, /* no address can be proven or none is left */
};

/* What was wrong with a form that was sent: said beside its field, and what
 * was typed stays. */
enum view_form_fault {
	VIEW_FORM_GOOD,
	VIEW_FORM_NOT_A_NUMBER, /* "own" cannot be read as an amount */
	VIEW_FORM_TOO_SMALL,	/* below view_support.least */
	VIEW_FORM_TOO_LARGE,	/* above 21 million bitcoin */
	VIEW_FORM_NO_RATE,	/* a currency was meant, and no rate is known */
	VIEW_FORM_UNKNOWN,	/* a choice or purpose that is not offered */
};

struct view_form {
	enum view_form_fault fault;
	struct str amount; /* as sent, "" if nothing was chosen */
	struct str own;	   /* as typed */
	struct str unit;
	struct str purpose; /* "for" */
};

/* GET and POST /support. */
struct view_support {
	enum view_support_state state;
	struct str title;	 /* empty: the page's own */
	const struct node *body; /* why, in the newsroom's words, or NULL */
	struct str why; /* the same as plain text where there is no body; an
			   empty line parts paragraphs */
	struct view_money cost_day;
	struct view_money cost_month;
	const struct view_cost *costs; /* of a month, may be none */
	size_t costs_n;
	struct view_runway runway;
	const struct view_campaign *campaigns;
	size_t campaigns_n;
	struct view_choices amounts;
	const struct view_purpose *purposes; /* the paper first */
	size_t purposes_n;
	struct view_money least; /* smallest amount asked for; or none */
	struct str currency;	 /* ISO 4217; empty: amounts only in bitcoin */
	bool has_rate;		 /* amounts in the currency can be asked for */
	struct str network;	 /* "regtest"; empty: real money */
	struct view_form form;
};

/* A payment or a whole gift on its way. */
enum view_gift_state {
	VIEW_GIFT_WAITING,
	VIEW_GIFT_SEEN,	     /* announced, in no block yet */
	VIEW_GIFT_CONFIRMED, /* in a block, not deep enough yet */
	VIEW_GIFT_SETTLED,
	VIEW_GIFT_REVERSED, /* was there, and the chain took it back */
};

/* What a coin cost, by whom and when. */
struct view_rate {
	struct view_money price; /* of 1 bitcoin; no code: not shown */
	struct str source;	 /* its name; empty: see sources */
	uint32_t sources;	 /* above 0: the median of so many */
	struct civil set_day;	 /* the newsroom set it by hand then; month 0:
				    others said so */
	struct civil time;	 /* in the paper's zone, with time */
};

struct view_payment {
	enum view_gift_state state; /* not WAITING */
	struct view_money coin;
	struct view_money value; /* as fixed at confirmation; before that no
				    code, and after it if no rate was known */
	struct view_rate rate;	 /* by which it was fixed */
	struct civil time;	 /* of the block, or when first seen */
	uint32_t confirmations;
	uint32_t wanted;
	struct str txid;  /* hexadecimal, as explorers write it */
	bool is_late;	  /* came after the quote had expired */
	bool is_replaced; /* REVERSED: another transaction took its place */
	bool is_dropped;  /* REVERSED: no node knows of it any more */
	bool was_settled; /* REVERSED: it had been settled, in the chain */
};

/* What was asked for against what came. */
enum view_gift_fit {
	VIEW_FIT_NONE, /* nothing came, or no amount was asked */
	VIEW_FIT_EXACT,
	VIEW_FIT_UNDER,
	VIEW_FIT_OVER,
};

/* Why an address is the paper's own. */
struct view_proof {
	struct str text;       /* to be copied into the verifiers, as it is */
	struct str key;	       /* minisign's public key, base64 */
	uint64_t batch;	       /* number of the signed batch */
	uint64_t leaf;	       /* number in it */
	struct str verify_url; /* "/support/verify" */
};

/* /support/gift/TOKEN and its receipt. */
struct view_gift {
	struct str url;		/* "/support/gift/TOKEN" */
	struct str receipt_url; /* ".../receipt" */
	struct view_purpose purpose;
	/* That of the payment which has come farthest; REVERSED only if none
	 * counts and one had been in a block. */
	enum view_gift_state state;
	bool is_paused; /* its address did not pass the check: not shown */
	struct civil given_until; /* where the time is over in which the address
				     may be given out; month 0: it is not */
	struct view_money coin;	  /* asked for; no code: any amount */
	struct view_money value;  /* the same in the currency when asked */
	struct civil asked;
	bool has_quote;		  /* value and coin hang together by a rate */
	bool is_quote_over;	  /* it has expired */
	uint32_t quote_minutes;	  /* its age */
	struct civil quote_until; /* with time */
	struct view_rate rate;
	struct str address;
	struct str uri;	    /* "bitcoin:..."; nothing else becomes a link */
	struct str qr;	    /* what the code holds; empty: the uri */
	struct str network; /* "regtest"; empty: real money */
	bool is_shared;	    /* the address is shown to others, too */
	bool is_unverified; /* no node answers: the state may be old */
	struct civil verified_at; /* last; month 0: never */
	uint32_t confirmations;	  /* CONFIRMED: of the payment that lacks the
				     fewest */
	uint32_t wanted;
	const struct view_payment *payments; /* oldest first */
	size_t payments_n;
	uint64_t payments_all; /* where more came than are listed; or 0 */
	struct view_money total_coin; /* what counts of them */
	struct view_money total_value;
	enum view_gift_fit fit;
	struct view_proof proof;
	uint32_t refresh_s; /* the page asks again after; 0: no more */
};

struct view_ledger_month {
	struct civil month; /* its first day */
	uint64_t gifts;
	struct view_money coin;
	struct view_money value; /* no code: not known for some of it */
	uint32_t permille;	 /* of the greatest month */
};

/* /support/ledger */
struct view_ledger {
	struct view_runway runway;
	struct view_money cost_day; /* what the runway counts with */
	struct view_money cost_month;
	struct view_money opening; /* what was there when the count began */
	struct view_money given;   /* all of it since then */
	struct view_money used;	   /* costs since the count began */
	struct civil since;	   /* its first day; month 0: not known */
	struct view_money step;	   /* sums are rounded down to it; or none */
	uint32_t delay_days;	   /* gifts of the last days are not in it */
	struct civil as_of;	   /* the last day that is counted */
	const struct view_ledger_month *months; /* newest first */
	size_t months_n;
	bool has_earlier; /* not all months are listed, but ... */
	struct view_ledger_month earlier; /* ... this is their sum; no month */
	struct view_money total_coin;
	struct view_money total_value;
	uint64_t total_gifts;
	const struct view_campaign *campaigns;
	size_t campaigns_n;
	struct str file_url; /* "/support/ledger.json" */
	struct str network;
};

/* A key that was put away, and the batches for which it stays good. */
struct view_old_key {
	struct str key;		/* minisign's public key */
	struct str fingerprint; /* in groups */
	uint64_t first, last;	/* numbers of the batches */
};

/* /support/verify */
struct view_verify {
	struct str key;		/* minisign's public key; empty: none pinned */
	struct str fingerprint; /* of it, in groups, as `farthing verify` and
				   the saved page say it; may be empty */
	struct str key_id;	/* its id, 16 hexadecimal digits */
	uint64_t batch;		/* newest */
	struct civil valid_until; /* of that; month 0: none */
	struct str html_url;	  /* "/support/verify.html" */
	struct str network;
	const struct view_old_key *old_keys; /* newest first */
	size_t old_keys_n;
};

enum view_support_notice_kind {
	VIEW_NOTICE_PAUSED,
	VIEW_NOTICE_BUSY,    /* the till does not answer just now */
	VIEW_NOTICE_LIMIT,   /* too many addresses for one network */
	VIEW_NOTICE_UNKNOWN, /* no gift has this address */
};

struct view_support_notice {
	enum view_support_notice_kind kind;
};

#endif
