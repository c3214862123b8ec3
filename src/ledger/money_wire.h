/* SPDX-License-Identifier: MIT
 *
 * The messages between the newsroom process and the till: one of them in each
 * datagram of a SOCK_SEQPACKET pair. What the treasurer reads, and the settings
 * of support (ledger/settings.h), which say nothing of where money goes.
 *
 *	newsroom to till			till to newsroom
 *	LOOK	how does all stand?		REPORT
 *	PAGE	entries below a number		ENTRIES
 *	RULES	the settings			RULED
 *	RULE	settings to be kept		RULED, or REFUSED
 *	WHOSE	addresses that stand in a story	OWNED
 *	EXPORT	the book as a file, behind an	PIECE
 *		entry
 *
 * Anything can be answered by REFUSED. Nothing in this wire brings in a key, a
 * batch or an address, hands one out, or names a receipt: whoever has the
 * newsroom can read the book and change what stands around the support page.
 * Of an address that it has already it may ask whether it is the paper's own,
 * and hears yes only of one whose proof holds against the pin.
 *
 * As bytes: as in ledger/till_wire.h, with a version of its own and another
 * limit; an id of 8 bytes, which the answer repeats.
 */
#ifndef LEDGER_MONEY_WIRE_H
#define LEDGER_MONEY_WIRE_H

#include "ledger/till_wire.h"

enum {
	MONEY_WIRE_VERSION = 2,
	MONEY_WIRE_MAX = 128 * 1024, /* bytes of a message */
	MONEY_TEXT_MAX = 65535,	     /* of the settings, of a piece */
	MONEY_LINE_MAX = 1400,	     /* of an alarm */
	MONEY_BATCHES_MAX = 16,
	MONEY_PURPOSES_MAX = 32,
	MONEY_ALARMS_MAX = 24, /* also of kinds; ledger/alarm.h */
	MONEY_ALARM_NUMBERS = 3,
	MONEY_ENTRIES_MAX = 50,
	MONEY_PAID_STATES = 6, /* of ledger/settle.h */
	MONEY_HASH_BYTES = 32,
	MONEY_ASKED_MAX = 16,	 /* addresses of one question */
	MONEY_ADDRESS_MAX = 128, /* bytes of one */
};

enum money_kind {
	MONEY_LOOK = 1,
	MONEY_PAGE,
	MONEY_RULES,
	MONEY_RULE,
	MONEY_WHOSE,
	MONEY_EXPORT,
	MONEY_REPORT = 65,
	MONEY_ENTRIES,
	MONEY_RULED,
	MONEY_REFUSED,
	MONEY_OWNED,
	MONEY_PIECE,
};

struct money_batch {
	uint32_t number;
	uint32_t leaves, left; /* own addresses: all, and not handed out */
	uint32_t shared;
	struct instant installed;
};

/* What was given for one purpose, over all time. */
struct money_purpose {
	struct str account; /* ledger/purpose.h */
	uint32_t gifts;
	struct sat received;
	struct fiat worth;
};

/* Payments in one state: how many, and their sum, or SAT_MAX if that is more
 * than there can be. */
struct money_paid {
	uint32_t n;
	struct sat sum;
};

struct money_alarm {
	uint8_t kind;	      /* enum alarm_kind */
	uint8_t severity;     /* enum alarm_severity */
	struct instant since; /* when it was raised */
	bool has_numbers;     /* as in struct alarm */
	uint32_t n[MONEY_ALARM_NUMBERS];
	struct str what; /* in English */
};

/* How all stands. Exact, unlike what readers are told. */
struct money_report {
	uint8_t pause;		  /* enum till_pause */
	uint8_t network;	  /* enum network of coin/network.h */
	struct currency currency; /* no code: none */
	uint8_t node;		  /* enum node_state of coin/fact.h; 0: none */
	struct str node_text;
	bool is_verified;
	struct instant heard; /* of a node that is well; 0: never */
	uint32_t height;      /* of the chain; 0: not known */
	struct instant tip;   /* when the block there was made; 0: not known */
	bool has_rate;
	struct till_rate rate;
	uint32_t sources, answering; /* of rates; 0 of 0: not known */
	struct str sources_text;     /* which fail, and how */
	uint32_t waiting;	     /* addresses that are out and not paid */
	struct money_paid paid[MONEY_PAID_STATES]; /* by enum payment_state */
	uint32_t batch;				   /* the newest; 0: none */
	/* How many addresses were handed out in the last so many days. */
	uint32_t pace_n;
	uint16_t pace_days; /* 0: not known */
	uint32_t missing;   /* pinned, and not in till.db; 0: none */
	size_t batches_n;
	struct money_batch batches[MONEY_BATCHES_MAX]; /* newest first */
	size_t months_n;
	struct till_month months[TILL_MONTHS_MAX]; /* newest first */
	size_t purposes_n;
	struct money_purpose purposes[MONEY_PURPOSES_MAX]; /* largest first */
	uint64_t entries;				   /* how many */
	/* The runway, as readers are told it. */
	bool has_runway;
	struct instant runway_until;
	struct fiat monthly;  /* costs of a month */
	struct instant since; /* the count began; 0: not known */
	struct fiat opening;
	struct fiat given;
	uint16_t delay_days;
	size_t alarms_n;
	struct money_alarm alarms[MONEY_ALARMS_MAX]; /* worst first */
};

struct money_entry {
	uint64_t seq;
	uint8_t kind; /* enum entry_kind */
	struct instant booked, date;
	uint8_t txid[TILL_TXID_BYTES]; /* as hashed; shown in reverse */
	uint32_t output;
	uint32_t height;
	uint64_t about;
	struct sat amount;
	struct str debit, credit;
	bool has_worth;
	struct currency currency;
	struct fiat worth;
	struct fiat price;
};

struct money_entries {
	size_t n;
	struct money_entry v[MONEY_ENTRIES_MAX]; /* newest first */
	bool has_more;
};

/* The settings as a text, and its hash: whoever changes them says by that what
 * they have seen. */
struct money_rules {
	struct str text;
	uint8_t hash[MONEY_HASH_BYTES]; /* of the text that is, or was seen */
};

/* Addresses, and of an answer which of them are the paper's own. */
struct money_whose {
	size_t n;
	struct str address[MONEY_ASKED_MAX];
	bool is_own[MONEY_ASKED_MAX];
};

/* A part of the exported book (ledger/export.h). */
struct money_export {
	uint8_t format; /* enum ledger_format */
	uint64_t after; /* the entry before it; 0: it is the first */
	uint64_t upto;	/* the last entry of the file */
};

struct money_piece {
	uint64_t next; /* AFTER of the next; 0: it is the last */
	struct str bytes;
};

struct money_refused {
	uint8_t rc;	/* enum rc: BUSY: the settings are others meanwhile */
	struct str why; /* one line */
};

struct money_message {
	uint8_t kind; /* enum money_kind */
	uint64_t id;
	union {
		uint64_t before;	  /* PAGE; 0: from the newest on */
		struct money_rules rules; /* RULE, RULED */
		struct money_report report;
		struct money_entries entries;
		struct money_refused refused;
		struct money_export export;
		struct money_piece piece;
		struct money_whose whose; /* WHOSE, OWNED */
	};
};

/* As till_wire_parse and till_wire_write. */
MUST_USE enum rc money_wire_parse(
    struct str bytes, struct money_message *ret_message);
MUST_USE enum rc money_wire_write(
    struct buf *b, const struct money_message *message);

#endif
