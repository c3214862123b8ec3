/* SPDX-License-Identifier: MIT
 *
 * What the files of ledger/ share about an open till.db.
 *
 * I1  Everything is changed inside of transactions (ledger_begin, ledger_end);
 *     the counters in memory go back with one that fails.
 * I2  A leaf of its own is handed out once: "next" of its batch only grows,
 *     and is never below what the tally says.
 * I3  Entries are only appended. An entry's hash covers the one before.
 * I4  After each transaction every payment is what settle_state says of the
 *     facts kept, and the entries not reversed are those of the payments in
 *     state settled.
 * I5  "balance" and "day" are the sums over all entries.
 */
#ifndef LEDGER_LEDGER_PRIV_H
#define LEDGER_LEDGER_PRIV_H

#include "ledger/entry.h"
#include "ledger/ledger.h"
#include "ledger/settle.h"
#include "store/store.h"

/* Counters; the numbers lie in files. */
enum number {
	NUMBER_NETWORK,
	NUMBER_EPOCH,	    /* the newest given to watch */
	NUMBER_HEARD_EPOCH, /* the newest of which a fact came, and up to */
	NUMBER_HEARD_SEQ,   /* which seq none is missing */
	NUMBER_KNOWN_EPOCH, /* the newest before which nothing is missing */
	NUMBER_KNOWN_SEQ,
	NUMBER_KNOWN_HEIGHT,
	NUMBER_POOL_EPOCH,
	NUMBER_NODE_EPOCH, /* the newest NODE */
	NUMBER_NODE_SEQ,
	NUMBER_NODE_STATE,
	NUMBER_HEARD_US, /* of a node that is well; 0: never */
	NUMBER_IGNORED,
	NUMBER_CONTRADICTIONS,
	NUMBER_BAD_PROOF, /* of a leaf's number + 1; 0: none */
	NUMBER_NEXT_SHARED,
	NUMBER_VERSION,
	NUMBER_CUTOFF_DAY,   /* of the newest summary */
	NUMBER_PASSED_BATCH, /* struct ledger_passed */
	NUMBER_PASSED_FROM,
	NUMBER_PASSED_TO,
	NUMBER_PASSED_US,     /* 0: never */
	NUMBER_TALLY_US,      /* the tally was behind; 0: never */
	NUMBER_SOURCES_EPOCH, /* the newest SOURCES */
	NUMBER_SOURCES_SEQ,
	NUMBER_SOURCES, /* of rates; 0: none was heard of in this epoch */
	NUMBER_ANSWERING,
	NUMBERS,
};

/* Ids of payments that have to be looked at again. */
struct worklist {
	int64_t *v;
	size_t n, size;
};

/* What treasury.c keeps of the newest summary. */
struct ledger_told {
	bool is_known;
	uint64_t version; /* of ledger_version */
	int32_t day;	  /* on which it was added up */
	bool has_runway;
	int32_t funded_until;
	struct fiat given;
};

struct ledger {
	struct store *db;
	const struct pin *pin;
	const struct ledger_tally_calls *tally; /* NULL: none */
	void *tally_ctx;
	/* Pledged by a step that failed, so that nobody was given it. */
	uint32_t spared_batch, spared_n;
	enum network network;
	bool is_reader;
	struct arena *scratch;	     /* of one call */
	struct arena *settings_room; /* of the settings' texts */
	struct ledger_settings settings;
	struct str settings_text;
	bool settings_are_bad; /* they cannot be read; those in use are the
				  usual ones */
	int64_t n[NUMBERS];
	int64_t saved[NUMBERS]; /* as on the disk */
	struct worklist work;
	bool is_tip_known;
	bool has_tip;
	uint32_t tip;	     /* its height */
	struct hash256 head; /* of the newest entry */
	int64_t entries;     /* how many there are; the newest's seq */
	struct installing *installing; /* batch.c */
	struct ledger_told told;
};

/* Bind and read what is no plain column. */
void query_add_hash(struct query *q, const struct hash256 *h);
/* Zeros where the column has not 32 bytes. */
struct hash256 query_hash(struct query *q, int column);
void query_add_mark(struct query *q, struct mark m);
struct mark query_mark(struct query *q, int column);
struct mark ledger_mark(const struct ledger *ledger, enum number epoch);
/* An amount from the file, which may have been edited by hand: out of range
 * is RC_IO. */
MUST_USE enum rc query_sat(struct query *q, int column, struct sat *ret);
/* A sum of amounts, the whole coins in column COINS and the satoshi behind
 * them in the next, which may be more than one coin; above SAT_MAX (only lies
 * come to that) it is SAT_MAX. */
MUST_USE enum rc query_sum(struct query *q, int coins, struct sat *ret);
MUST_USE enum rc query_fiat(struct query *q, int column, struct fiat *ret);
/* A count, or the number of a leaf: 0 to UINT32_MAX. */
MUST_USE enum rc query_count(struct query *q, int column, int64_t *ret);
/* A time from 1970 to the end of 9999. */
MUST_USE enum rc query_time(struct query *q, int column, struct instant *ret);
MUST_USE enum rc query_currency(
    struct query *q, int code, int decimals, struct currency *ret);
/* A rate in columns price, source, rate_us from PRICE on. */
MUST_USE enum rc query_rate(struct query *q, int price,
    struct currency currency, struct rate *ret_rate);
void query_add_rate(struct query *q, const struct rate *rate);

MUST_USE enum rc ledger_begin(struct ledger *ledger, struct err *err);
MUST_USE enum rc ledger_end(
    struct ledger *ledger, enum rc rc, const char *doing, struct err *err);

/* The civil day of T in UTC, and its first instant. */
int32_t day_of(struct instant t);
struct instant day_start(int32_t day);

/* chain.c: facts of blocks. */
MUST_USE enum rc chain_block(
    struct ledger *ledger, const struct fact *fact, bool is_join);
MUST_USE enum rc chain_synced(struct ledger *ledger, const struct fact *fact);
MUST_USE enum rc chain_tip(struct ledger *ledger);

/* pay.c: payments. */
MUST_USE enum rc work_add(struct ledger *ledger, int64_t payment);
MUST_USE enum rc work_add_query(struct ledger *ledger, struct query *q);
/* Brings all payments of the worklist to where the facts are, and empties
 * it. */
MUST_USE enum rc work_do(struct ledger *ledger, struct instant now);
MUST_USE enum rc pay_paid(
    struct ledger *ledger, const struct fact_paid *paid, struct instant now);
MUST_USE enum rc pay_seen(
    struct ledger *ledger, const struct fact *fact, struct instant now);
MUST_USE enum rc pay_dropped(struct ledger *ledger, const struct fact *fact);
MUST_USE enum rc pay_spent_by(struct ledger *ledger, const struct fact *fact);

/* The payment's row is what the rules make of the facts. */
MUST_USE enum rc pay_fits(struct ledger *ledger, int64_t id, bool *ret_fits);

/* One payment as the file has it, with what settle.h decides by. */
struct payment_row {
	int64_t id;
	struct outpoint outpoint;
	int64_t leaf;
	struct sat amount;
	bool is_coinbase;
	struct instant first;
	enum payment_state state;
	int64_t booked; /* seq of its entry; 0: none */
	int64_t reversals;
	/* In the best chain: */
	bool in_chain;
	struct hash256 block;
	uint32_t height;
	struct instant block_time;
};

/* book.c: entries. BOOK: *RET_SEQ is the entry's; RC_LIMIT: the sums would
 * leave the range, which only false facts can bring about. */
MUST_USE enum rc book_settle(struct ledger *ledger, const struct payment_row *p,
    struct instant now, int64_t *ret_seq);
MUST_USE enum rc book_reverse(
    struct ledger *ledger, int64_t seq, struct instant now);
/* Values entries that have none and for which a rate is known now. */
MUST_USE enum rc book_values(
    struct ledger *ledger, const struct rate *rate, struct instant now);
MUST_USE enum rc book_open(struct ledger *ledger);
/* Reads the entry of the row that Q stands at, its columns being those of
 * BOOK_COLUMNS. */
MUST_USE enum rc book_read(
    struct query *q, struct arena *a, struct entry *ret_entry);
#define BOOK_COLUMNS                                                           \
	"e.seq, e.kind, e.booked_us, e.date_us, e.txid, e.vout, e.block,"      \
	" e.height, e.leaf, e.about, e.amount, d.name, c.name, e.currency,"    \
	" e.decimals, e.money, e.price, e.source, e.rate_us, e.hash,"          \
	" e.debit, e.credit"
#define BOOK_FROM                                                              \
	" FROM entry e JOIN account d ON d.id = e.debit"                       \
	" JOIN account c ON c.id = e.credit"

/* rate.c */
MUST_USE enum rc rate_fact(
    struct ledger *ledger, const struct rate *fact, struct instant now);
/* The rate that fixes the value of what was confirmed at T. RC_NOT_FOUND. */
MUST_USE enum rc rate_at(
    struct ledger *ledger, struct instant t, struct rate *ret_rate);

/* batch.c: RC_OK: the pin knows the statement, and its key signed it. */
MUST_USE enum rc batch_pinned(struct ledger *ledger, const struct statement *s,
    const struct minisign_signature *signature, struct err *err);
/* The leaf NUMBER with its proof, checked against the pin.
 * RC_DENIED: it does not hold. RC_GONE: it does, but NOW is
 * outside of the statement's time: what was handed out stays good. *RET_PROOF
 * is to be zeroed; it is written to whatever the result. */
struct leaf_row {
	int64_t number;
	uint32_t batch;
	uint32_t index;
	bool is_shared;
	struct script_pubkey script;
};
MUST_USE enum rc leaf_prove(struct ledger *ledger, struct arena *a,
    int64_t number, struct instant now, struct leaf_row *ret_leaf,
    struct proof *ret_proof, struct err *err);

/* reserve.c: which leaf is handed out next. */
struct choice {
	enum ledger_ask_limit limit;
	int64_t leaf;
	int64_t first; /* leaf of the batch */
	uint32_t batch;
	bool is_own;
	struct ledger_token token; /* ask.c's */
};
MUST_USE enum rc reserve_leaf(struct ledger *ledger,
    const struct ledger_request *r, struct instant now, struct choice *choice,
    struct err *err);
/* The request has a network. */
bool reserve_knows_net(const struct ledger_request *r);
/* The first leaf of the batch from LEAF on that nobody was given and nobody
 * has paid to. RC_NOT_FOUND: none is left; RC_LIMIT: there is none among so
 * many that till.db cannot be right. */
MUST_USE enum rc reserve_fresh(
    struct ledger *ledger, uint32_t batch, int64_t leaf, int64_t *ret_leaf);
/* The leaf that the next ask would get, and the shared one that it would get
 * else (-1: the batch has none). RC_NOT_FOUND, RC_LIMIT: as reserve_fresh. */
MUST_USE enum rc reserve_next(struct ledger *ledger, int64_t ret_leaves[2]);
/* Around the commit that hands a leaf out. */
MUST_USE enum rc reserve_pledge(
    struct ledger *ledger, const struct choice *choice, struct err *err);
void reserve_done(struct ledger *ledger, const struct choice *choice);

/* ask.c: by which an ask is found, that its leaf is the one it was made with,
 * and that a leaf was found damaged, or mended. */
struct hash256 token_hash(const struct ledger_token *token);
struct hash256 token_seal(const struct ledger_token *token, int64_t leaf,
    bool is_shared, bool is_common);
MUST_USE enum rc ledger_note_proof(
    struct ledger *ledger, int64_t leaf, bool holds, struct err *err);
/* What was found damaged must have been mended before anything is handed out.
 * RC_DENIED: it is not; RC_OK: it is, and noted, or nothing was damaged. */
MUST_USE enum rc ask_check_old(
    struct ledger *ledger, struct instant now, struct err *err);

#endif
