/* SPDX-License-Identifier: MIT
 *
 * The till's book: which addresses may be handed out, who was given which,
 * what came in on them, and the entries that follow. One file, till.db, with
 * one writing process. Pure of network, clock and chance: facts of the chain,
 * the time and random bytes are arguments.
 *
 * Facts become entries once each, in whatever order and however often they
 * come; doc/ledger.md has the rules. A function that changes something has
 * changed it on the disk when it returns RC_OK, and nothing at all when it
 * does not, so whoever sends facts may take RC_OK as the receipt.
 *
 * An address is handed out only with a proof that verifies against the pin.
 * The pin comes from outside of the database; whoever can write till.db can
 * stop gifts, but not redirect them.
 *
 * Results: those of store/store.h and what is said beside each function.
 */
#ifndef LEDGER_LEDGER_H
#define LEDGER_LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/instant.h"
#include "base/str.h"
#include "coin/amount.h"
#include "coin/fact.h"
#include "coin/hash.h"
#include "coin/network.h"
#include "coin/proof.h"
#include "coin/script.h"
#include "ledger/purpose.h"
#include "ledger/settings.h"
#include "ledger/settle.h"

struct arena;
struct ledger;
struct pin;

/* Opening. */

struct ledger_options {
	enum network network; /* all batches and facts are of this one */
	bool is_reader;	      /* cannot change anything, beside a writer */
	bool may_create;
	bool may_lose_newest; /* for tests: a commit is not waited for; a loss
				 of power may take it, a crash may not */
};

/* RC_NOT_FOUND: there is none; RC_NEWER: a newer version has written it;
 * RC_INVALID: it is of another network. The caller owns it. */
MUST_USE enum rc ledger_open(struct str path,
    const struct ledger_options *options, struct ledger **ret_ledger,
    struct err *err);
void ledger_close(struct ledger *ledger);

/* The pin against which proofs are checked; it must stay until it is replaced
 * or the ledger closed. NULL, as at first: nothing is handed out. */
void ledger_use_pin(struct ledger *ledger, const struct pin *pin);

/* The tally (ledger/tally.h): how many leaves of each batch may have been
 * handed out, kept outside of till.db. So an old copy of till.db that is put
 * back is told from the newest, and none of the addresses that were handed out
 * since is handed out again. The calls live as long as the ledger. */
struct ledger_tally_calls {
	/* The leaves below *RET_N, counted from the batch's first, may have
	 * been handed out; *RET_IS_SURE: the last of them was. 0: nothing is
	 * known of the batch. */
	void (*look)(
	    void *ctx, uint32_t batch, uint32_t *ret_n, bool *ret_is_sure);
	/* The leaf N - 1 is about to be handed out. RC_OK: that is on the
	 * disk. Nothing is to be done if as much is known already. */
	enum rc (*pledge)(
	    void *ctx, uint32_t batch, uint32_t n, struct err *err);
	/* It was. Need not be on the disk. */
	void (*given)(void *ctx, uint32_t batch, uint32_t n);
};
/* NULL, as at first: none is kept. */
void ledger_use_tally(
    struct ledger *ledger, const struct ledger_tally_calls *calls, void *ctx);
/* Compares till.db with the tally: what the tally says was handed out is passed
 * over, and if that was more than a crash can explain, ledger_status tells so.
 * What only till.db knows is written to the tally. To be called at the start;
 * ledger_ask does it each time. */
MUST_USE enum rc ledger_catch_up(
    struct ledger *ledger, struct instant now, struct err *err);

/* Settings (ledger/settings.h). The newest text is kept as it was given; the
 * parsed form lives until the next ledger_set_settings or close. Where the text
 * in till.db cannot be read, the parsed form is the usual one, and no address
 * is handed out until there is a better text. */
const struct ledger_settings *ledger_settings(const struct ledger *ledger);
struct str ledger_settings_text(const struct ledger *ledger);
/* Payments that are deep enough by the new settings are settled with them.
 * RC_INVALID (also if a coin's address stands in TEXT), RC_LIMIT: nothing is
 * changed. */
MUST_USE enum rc ledger_set_settings(struct ledger *ledger, struct str text,
    struct instant now, struct err *err);

/* Batches. */

/* A batch's statement, which the caller has verified against the pin and the
 * ledger verifies again (ledger_use_pin). */
struct ledger_batch {
	struct str statement; /* its bytes, as signed */
	struct str signature; /* the text of the .minisig file */
	/* It was in a till.db that was lost: nobody knows what was handed out
	 * of it. It is installed as used up: all of its leaves are watched
	 * from the statement's FROM on, none is handed out, shared or not. */
	bool is_lost;
};

/* Installs a batch leaf by leaf. All between begin and commit is one step;
 * nothing else may be called in between but cancel. Begin: RC_EXISTS: it is
 * installed; RC_DENIED: the pin does not know it, or a later one is installed
 * (and it is not IS_LOST);
 * RC_INVALID: this is no statement. Commit: RC_INVALID: the leaves do not lead
 * to the statement's root, or are not as many; everything is undone. */
MUST_USE enum rc ledger_install_begin(struct ledger *ledger,
    const struct ledger_batch *batch, struct instant now, struct err *err);
MUST_USE enum rc ledger_install_leaf(
    struct ledger *ledger, const struct batch_leaf *leaf, struct err *err);
MUST_USE enum rc ledger_install_commit(struct ledger *ledger, struct err *err);
void ledger_install_cancel(struct ledger *ledger);

/* The batch of that number is in till.db. */
MUST_USE enum rc ledger_has_batch(
    struct ledger *ledger, uint32_t number, bool *ret_has, struct err *err);

/* The statement of the newest batch, as its row has it, in A. RC_NOT_FOUND:
 * there is no batch. */
MUST_USE enum rc ledger_newest_statement(struct ledger *ledger, struct arena *a,
    struct str *ret_statement, struct err *err);

/* When the first batch was installed, or, of one that was lost, when it may
 * have been: no payment can be older. INSTANT_NEVER: there is none. */
MUST_USE enum rc ledger_born(
    struct ledger *ledger, struct instant *ret_born, struct err *err);

/* *RET_IS_OWN: ADDRESS, on the paper's network, is one of an installed batch,
 * and its proof holds against the pin. What is no address at all is not. */
MUST_USE enum rc ledger_owns(struct ledger *ledger, struct arena *a,
    struct str address, struct instant now, bool *ret_is_own, struct err *err);
/* All scripts to be watched, by their number: 0 for the first leaf of the
 * first batch, counted on through all batches. Gives those from FROM on, at
 * most N; *RET_N says how many, 0 at the end. */
MUST_USE enum rc ledger_scripts(struct ledger *ledger, uint64_t from,
    struct script_pubkey *ret_v, size_t n, size_t *ret_n, struct err *err);

/* Asking for an address. */

enum { LEDGER_TOKEN_BYTES = 16, LEDGER_NET_BYTES = 16 };

struct ledger_token {
	uint8_t b[LEDGER_TOKEN_BYTES];
};

struct ledger_request {
	struct sat amount; /* 0: none said, or said in the currency */
	struct fiat money; /* 0: none said; the paper's currency */
	struct purpose purpose;
	uint8_t net[LEDGER_NET_BYTES]; /* of the reader; zeros: not known */
	struct ledger_token token;     /* random; names the receipt */
};

/* Why a shared address was given, or none. */
enum ledger_ask_limit {
	ASK_OWN,     /* none: the address is this reader's alone */
	ASK_NETWORK, /* shared: this network has had its share today */
	ASK_WINDOW,  /* shared: too many unpaid addresses are out */
	ASK_FLOOD,   /* shared, and no receipt of its own is kept: the token
			below is the one common to all of this address */
};

/* Reserves an address. *RET_TOKEN is what the receipt is to be asked by: the
 * request's, except under ASK_FLOOD. Amounts asked in a currency for which
 * there is no valid rate are remembered, and asked in bitcoin only.
 * RC_GONE: support is paused (no batch, used up, too many paid beforehand, or
 * the statement's time is over); RC_DENIED: support is paused, for an address's
 * proof does not hold, then or in an earlier call: the newsroom must be told;
 * what a pledge to the tally gave; RC_LIMIT: a shared
 * address was due and the batch has none; RC_INVALID: the request breaks a rule
 * (amount out of range, no such campaign); RC_EXISTS: the token was used
 * before. */
MUST_USE enum rc ledger_ask(struct ledger *ledger,
    const struct ledger_request *request, struct instant now,
    enum ledger_ask_limit *ret_limit, struct ledger_token *ret_token,
    struct err *err);

struct ledger_payment {
	enum payment_state state;
	struct outpoint outpoint;
	struct sat amount;
	uint32_t confirmations, needed;
	struct instant seen;	  /* first heard of */
	struct instant confirmed; /* its block's time; INSTANT_NEVER: none */
	bool signals_rbf;
	bool was_reversed; /* it had been settled and then was not */
	/* The value fixed at confirmation; there is one only when settled. */
	bool has_value;
	struct fiat value;
	struct currency currency;
	struct rate rate;
};

/* So many of the list below are shown, the newest, oldest first. */
enum { LEDGER_GIFT_PAYMENTS_MOST = 50 };

/* The whole state of one ask, for its page. */
struct ledger_gift {
	enum purpose_kind purpose_kind;
	struct str purpose; /* path or id */
	bool is_shared;	    /* others pay to this address, too: what came in
			       cannot be told apart and counts in general */
	bool is_common;	    /* not even the ask is one reader's */
	bool is_verified;   /* a node has been heard of lately */
	struct instant asked;
	struct sat wanted;	  /* 0: none said or none known */
	struct fiat wanted_money; /* 0: none said */
	bool has_quote;		  /* wanted_money, currency, rate hold */
	struct currency currency;
	struct rate rate;
	struct instant quote_ends;
	struct script_pubkey script;
	/* Checked against the pin when this was made, and as a text. */
	struct proof proof;
	struct str proof_text;
	struct ledger_payment payments[LEDGER_GIFT_PAYMENTS_MOST];
	size_t payments_n;
	uint64_t payments_all; /* how many there are */
	/* Sums over all of them, by state; SAT_MAX if one is more than there
	 * can be. */
	struct sat settled, confirmed, seen;
};

/* What has become of an ask. *RET_GIFT (some 10 kB) is written to whatever
 * the result. Everything lives as long as the arena.
 * RC_NOT_FOUND: no such token; RC_DENIED: its proof does not hold, the address
 * must not be shown. */
MUST_USE enum rc ledger_gift(struct ledger *ledger, struct arena *a,
    struct ledger_token token, struct instant now, struct ledger_gift *ret_gift,
    struct err *err);

/* Facts. */

/* Takes facts over, all or none. A fact about what is not ours, or one that
 * contradicts what cannot change, is counted (ledger_status) and passed by.
 * FACT_RATE among them as well. */
MUST_USE enum rc ledger_facts(struct ledger *ledger, const struct fact *v,
    size_t n, struct instant now, struct err *err);
/* One. */
MUST_USE enum rc ledger_fact(struct ledger *ledger, const struct fact *fact,
    struct instant now, struct err *err);

/* Up to which seq of the newest epoch none is missing: what can be
 * acknowledged. */
void ledger_heard(
    const struct ledger *ledger, uint32_t *ret_epoch, uint64_t *ret_seq);

/* The number for a new start of watch, higher than all before. */
MUST_USE enum rc ledger_next_epoch(
    struct ledger *ledger, uint32_t *ret_epoch, struct err *err);

struct ledger_block {
	uint32_t height;
	struct hash256 hash;
};

/* Blocks of the best chain up to which nothing was missed, newest first: the
 * newest dozen, then ever fewer; at most N. What came behind them has to be
 * told again. */
MUST_USE enum rc ledger_known_blocks(struct ledger *ledger,
    struct ledger_block *ret_v, size_t n, size_t *ret_n, struct err *err);

/* The next transaction, by its id behind AFTER (zeros: the first), that is
 * waited for outside of the chain and whose coins are known. RC_NOT_FOUND:
 * that was the last. */
MUST_USE enum rc ledger_next_pending(struct ledger *ledger,
    const struct hash256 *after, struct order_pending *ret_pending,
    struct err *err);

/* To be called every minute or so: forgets networks of more than a day ago,
 * lets unpaid addresses leave the window. *RET_CHANGED (may be NULL): what
 * ledger_summary says may be another now. */
MUST_USE enum rc ledger_tick(struct ledger *ledger, struct instant now,
    bool *ret_changed, struct err *err);

/* Proves the addresses that would be given out next, so that an edited row
 * pauses support before anybody asks: to be called at the start and every
 * minute or so. RC_OK also where there is none. RC_DENIED: one is not what was
 * signed; support is paused from here on, and *ERR says which. */
MUST_USE enum rc ledger_look_ahead(
    struct ledger *ledger, struct instant now, struct err *err);

/* How things stand, for the newsroom and for pages. */
enum ledger_pause {
	LEDGER_OPEN,
	LEDGER_NO_BATCH,
	LEDGER_USED_UP,	  /* the newest batch has no more addresses */
	LEDGER_BAD_PROOF, /* an address was not what was signed */
	LEDGER_NO_PIN,
	LEDGER_TAKEN, /* too many addresses in a row were paid beforehand */
	LEDGER_BAD_SETTINGS, /* the newsroom's settings cannot be read */
	LEDGER_OUT_OF_TIME,  /* it is not the newest batch's time, as signed */
};

/* Leaves that were passed over, for the tally knew that they had been handed
 * out. */
struct ledger_passed {
	uint32_t batch;
	uint32_t from, to; /* the first, and the one behind the last */
	struct instant at; /* when it was found; INSTANT_NEVER: nothing was */
};

/* A node was well within "unverified_minutes", and has not been said to be
 * gone, stale or another network's since. */
bool ledger_is_verified(const struct ledger *ledger, struct instant now);

struct ledger_status {
	enum ledger_pause pause;
	uint32_t batch;	       /* the newest; 0: none */
	uint64_t leaves, left; /* own addresses in it, not handed out yet */
	bool is_low;	       /* 20 % or less are left */
	struct instant until; /* its end, as signed; INSTANT_NEVER: not known */
	uint64_t outstanding; /* unpaid in the window */
	struct ledger_passed passed; /* till.db was older than the tally */
	struct instant tally_mended; /* the tally was missing, or behind */
	bool has_unasked;	     /* one that was not handed out yet ... */
	uint32_t unasked;	     /* ... was paid: its index */
	uint32_t missing;	     /* pinned, and not in till.db; 0: none */
	enum node_state node;	     /* the newest word of watch; 0: none */
	struct str node_text;
	bool is_verified;
	struct instant heard; /* of a node that is well; INSTANT_NEVER */
	bool has_tip;
	struct ledger_block tip;
	bool has_rate; /* a valid one */
	struct rate rate;
	bool is_rate_fixed;	 /* the newsroom has set it */
	unsigned sources;	 /* of rates; 0: the watch has not told */
	unsigned answering;	 /* of these */
	unsigned sources_needed; /* to agree; 0: no rate of theirs is */
	struct str sources_text; /* which fail, and how */
	uint64_t ignored;	 /* facts that were not ours */
	uint64_t contradictions; /* facts that cannot be */
};

MUST_USE enum rc ledger_status(struct ledger *ledger, struct arena *a,
    struct instant now, struct ledger_status *ret_status, struct err *err);

/* The valid rate at NOW. RC_NOT_FOUND: there is none. */
MUST_USE enum rc ledger_rate(struct ledger *ledger, struct instant now,
    struct rate *ret_rate, struct err *err);

/* A number that changes with all that ledger_summary would show. */
uint64_t ledger_version(const struct ledger *ledger);

#endif
