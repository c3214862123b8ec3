/* SPDX-License-Identifier: MIT
 *
 * The messages between a reader process and the till: one of them in each
 * datagram of a SOCK_SEQPACKET pair.
 *
 *	reader to till				till to reader
 *	ASK	an address is wanted		ASKED	a token, or a refusal
 *	GIFT_GET the gift of a token		GIFT, or NO_GIFT
 *	SUMMARY_GET				SUMMARY, also by itself
 *	ALARM	what came was no good		(none)
 *
 * Nothing in this wire brings in a key, a batch or a setting: whoever has the
 * reader can ask for addresses and learn what readers may know, and whoever has
 * the till still cannot make the reader show an address, for a gift carries its
 * proof, which the reader checks against a pin that it got from elsewhere.
 *
 * As bytes, all numbers big-endian:
 *
 *	byte 0		version, TILL_WIRE_VERSION
 *	byte 1		enum till_kind
 *	bytes 2 to 9	id: the answer has that of its question; a SUMMARY that
 *			was not asked for has 0
 *	then the fields of the kind, in the order of its struct below: numbers
 *	of 1, 2, 4 or 8 bytes, amounts and instants (microseconds) of 8, flags
 *	of 1 (0 or 1), fixed bytes as they are, texts and lists with a count of
 *	2 bytes before them; a list's unused rest is not sent, and what
 *	a flag says is not there is not sent either
 *
 * There is one form of each message: what is read, written again, is the same
 * bytes. Refused is what has a byte left over or one too few, a number outside
 * of its range, a text that is not UTF-8, is too long or has control
 * characters in it (long texts may have line feeds).
 */
#ifndef LEDGER_TILL_WIRE_H
#define LEDGER_TILL_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/instant.h"
#include "base/str.h"
#include "coin/amount.h"

struct buf;

enum {
	TILL_WIRE_VERSION = 2,
	TILL_WIRE_MAX = 64 * 1024, /* bytes of a message */
	TILL_HEAD = 10,		   /* bytes before the fields */
	TILL_NAME_MAX = 400,	   /* bytes of names, paths, one-line texts */
	TILL_TEXT_MAX = 16 * 1024, /* bytes of long texts */
	TILL_PROOF_MAX = 16 * 1024,
	TILL_PAYMENTS_MAX = 64,
	TILL_OFFERS_MAX = 8,
	TILL_CAMPAIGNS_MAX = 32,
	TILL_COSTS_MAX = 24,
	TILL_MONTHS_MAX = 60,
	TILL_POLICY_MAX = 9,
	TILL_TOKEN_BYTES = 16,
	TILL_NET_BYTES = 16,
	TILL_SECRET_BYTES = 32,
	TILL_TXID_BYTES = 32,
};

enum till_kind {
	TILL_ASK = 1,
	TILL_GIFT_GET,
	TILL_SUMMARY_GET,
	TILL_ALARM,
	TILL_ASKED = 65,
	TILL_GIFT,
	TILL_NO_GIFT, /* no such token; no fields */
	TILL_SUMMARY,
};

/* A gift's secret name: whoever has it may see the gift. */
struct till_token {
	uint8_t b[TILL_TOKEN_BYTES];
};

/* At most one of WANTED and WORTH is above 0; both 0: the giver decides. The
 * till lets an ASK go that is older than TILL_PATIENCE_MS: it lay in the
 * socket while there was no till, and nobody waits for it any more. */
enum { TILL_PATIENCE_MS = 2000 };

struct till_ask {
	struct instant at;	     /* when it was sent */
	uint8_t net[TILL_NET_BYTES]; /* a keyed hash of the /24 or /48 of the
					reader; all 0: not known (who comes
					by Tor has none of their own) */
	struct sat wanted;
	struct fiat worth;  /* in the SUMMARY's currency, ... */
	char currency[4];   /* ... whose code this is, NUL-ended; no code:
			       WORTH is 0 */
	struct str purpose; /* in the text form of ledger/purpose.h */
};

enum till_refusal {
	TILL_GIVEN,   /* not refused */
	TILL_PAUSED,  /* no address is given out now */
	TILL_LIMITED, /* this network has asked too often: later */
	TILL_NOT_NOW, /* the till cannot write now: try again */
	TILL_NO_SUCH, /* no such purpose, or an amount out of range */
	TILL_REFUSALS,
};

struct till_asked {
	uint8_t refusal;	 /* enum till_refusal */
	bool is_shared;		 /* the address has been given to others too */
	struct till_token token; /* only if GIVEN */
};

/* Why the reader raises the alarm. */
enum till_alarm_kind {
	TILL_BAD_PROOF,	  /* a gift's proof does not check */
	TILL_BAD_MESSAGE, /* a message cannot be read */
	TILL_ALARMS,
};

struct till_alarm {
	uint8_t alarm;	 /* enum till_alarm_kind */
	struct str what; /* one line for the newsroom; no address in it */
};

/* How far a gift, or one payment of it, has come. */
enum till_state {
	TILL_WAITING,	/* nothing has been seen; not of a payment */
	TILL_SEEN,	/* in a mempool */
	TILL_CONFIRMED, /* in a block, not yet deep enough */
	TILL_SETTLED,	/* deep enough by the newsroom's policy */
	TILL_REVERSED,	/* its block or itself was replaced, or dropped */
	TILL_STATES,
};

/* What a coin cost, by whom and when. */
struct till_rate {
	struct fiat per_coin; /* above 0 */
	struct str source;    /* for people: "median of 3" */
	struct instant at;
};

struct till_payment {
	uint8_t txid[TILL_TXID_BYTES]; /* as hashed; shown in reverse */
	uint32_t output;
	struct sat amount;
	uint8_t state;		/* enum till_state */
	uint32_t confirmations; /* n ... */
	uint32_t needed;	/* ... of m */
	struct instant at;	/* of its block, or when it was first seen */
	bool is_late;		/* it came after the quote had ended */
	bool is_replaced;	/* REVERSED: by another transaction */
	bool is_dropped;	/* REVERSED: no node knows of it any more */
	bool was_settled;	/* REVERSED: it had been settled before */
	bool has_worth;
	struct currency currency; /* has a code */
	struct fiat worth;	  /* fixed at confirmation ... */
	struct till_rate rate;	  /* ... by this rate */
};

struct till_gift {
	uint8_t state;	    /* enum till_state; that of the payment which has
			       come farthest */
	bool is_unverified; /* no node can be asked now: STATE may be old */
	bool is_shared;
	struct instant asked;
	struct instant synced; /* the chain is known up to then; 0: never */
	struct str purpose;
	struct sat wanted;	  /* 0: any amount */
	struct currency currency; /* no code: the paper has none */
	bool has_quote;
	struct till_rate rate;	    /* of the quote */
	struct fiat worth;	    /* of WANTED by the quote; 0: any */
	struct instant quote_until; /* the quote ends; the gift never does */
	struct sat settled;	    /* sums of all payments, by state */
	struct sat confirmed;
	struct sat seen;
	/* The address and its proof, as coin/proof.h reads it; any bytes.
	 * Empty: it does not hold, and no address can be shown. */
	struct str proof;
	uint32_t payments_all; /* how many there are */
	/* Oldest first; of more than fit, the newest. */
	size_t payments_n;
	struct till_payment payments[TILL_PAYMENTS_MAX];
};

/* Why no address is given out. */
enum till_pause {
	TILL_OPEN,	 /* it is not paused */
	TILL_NO_BATCH,	 /* none is installed yet */
	TILL_USED_UP,	 /* all addresses are given out */
	TILL_BAD_PROOFS, /* an address is not what was signed */
	TILL_NO_PIN,	 /* there is nothing to check against */
	TILL_OTHERWISE,	 /* paused for another reason */
	TILL_PAUSES,
};

struct till_campaign {
	struct str id; /* letters, digits, '-' */
	struct str title;
	struct str text;     /* one line */
	struct fiat goal;    /* 0: none */
	struct fiat reached; /* coarse and late, as all totals */
	bool is_open;	     /* gifts can be meant for it */
	struct instant ends; /* 0: not known */
};

/* An amount that the newsroom proposes, and what it pays for (may be empty). */
struct till_offer {
	struct fiat worth;
	struct str what;
};

struct till_sat_offer {
	struct sat amount;
	struct str what;
};

struct till_cost {
	struct str label;
	struct fiat monthly;
};

/* A month of the ledger, as readers may know it. */
struct till_month {
	uint16_t year;
	uint8_t month;
	uint32_t gifts;
	struct sat received;
	struct fiat worth; /* of it, at confirmation */
};

/* What came before the oldest of a full list of months, so that all of it can
 * be added up. */
struct till_earlier {
	uint32_t months; /* how many; 0: none, and no sums */
	uint32_t gifts;
	struct sat received;
	struct fiat worth;
};

/* So many confirmations settle a payment of up to this amount. */
struct till_policy {
	struct sat up_to; /* the last row's holds for all above, too */
	uint32_t confirmations;
};

struct till_summary {
	uint8_t pause;			   /* enum till_pause */
	uint8_t network;		   /* enum network of coin/network.h */
	struct instant as_of;		   /* the last day (UTC, its start) that
					      the totals count */
	uint8_t secret[TILL_SECRET_BYTES]; /* for till_ask.net; another one
					      every day */
	struct currency currency;	   /* no code: bitcoin only */
	bool has_rate;
	struct till_rate rate;
	struct fiat least; /* what can be asked for; 0: no limit */
	struct fiat most;
	struct str title; /* of /support; empty: the page's own */
	struct str text;  /* why, in Markdown */
	size_t offers_n;
	struct till_offer offers[TILL_OFFERS_MAX]; /* with a rate */
	size_t sat_offers_n;
	struct till_sat_offer sat_offers[TILL_OFFERS_MAX]; /* without one */
	size_t policy_n;
	struct till_policy policy[TILL_POLICY_MAX];
	size_t costs_n;
	struct till_cost costs[TILL_COSTS_MAX]; /* of one month */
	/* The runway: from SINCE on, OPENING + GIVEN pays MONTHLY up to that
	 * day (UTC, its start). */
	bool has_runway;
	struct instant runway_until;
	struct fiat monthly;	 /* the sum of the costs */
	struct instant since;	 /* the count began; 0: not known */
	struct fiat opening;	 /* what was there then */
	struct fiat given;	 /* all gifts since then, coarse and late */
	struct fiat used;	 /* costs of all days from then to AS_OF */
	struct fiat coarse_step; /* totals are rounded down to this */
	uint16_t delay_days;	 /* and are that late */
	size_t campaigns_n;
	struct till_campaign campaigns[TILL_CAMPAIGNS_MAX];
	size_t months_n;
	struct till_month months[TILL_MONTHS_MAX]; /* newest first */
	struct till_earlier earlier;
};

struct till_message {
	uint8_t kind; /* enum till_kind */
	uint64_t id;
	union {
		struct till_ask ask;
		struct till_token token; /* GIFT_GET */
		struct till_alarm alarm;
		struct till_asked asked;
		struct till_gift gift;
		struct till_summary summary;
	};
};

/* Reads a datagram; the texts of *RET_MESSAGE look into BYTES. RC_NEWER:
 * another version; RC_INVALID; RC_LIMIT: too long, or a list or a text is.
 * *RET_MESSAGE may be written to whatever the result. */
MUST_USE enum rc till_wire_parse(
    struct str bytes, struct till_message *ret_message);

/* Appends the datagram of MESSAGE to B, which should be empty and have the
 * limit TILL_WIRE_MAX. RC_INVALID: it breaks a rule and would be refused;
 * RC_LIMIT: it is too long; RC_NO_MEMORY. */
MUST_USE enum rc till_wire_write(
    struct buf *b, const struct till_message *message);

/* A token as it stands in an address: 26 small letters and digits, the base32
 * of RFC 4648 section 6. */
enum { TILL_TOKEN_TEXT = 26 };
void till_token_text(
    const struct till_token *token, char ret_text[TILL_TOKEN_TEXT]);
/* Reads exactly what till_token_text writes. RC_INVALID. */
MUST_USE enum rc till_token_parse(struct str s, struct till_token *ret_token);

#endif
