/* SPDX-License-Identifier: MIT
 *
 * What the watch process tells the till, and what the till tells the watch
 * process. The watch knows chains and no ledger, the till knows the ledger
 * and no chain; these messages are all that passes between them.
 *
 * A fact is something that the watch has seen for itself: it parsed the block
 * and checked its work and its Merkle root. Facts may be told again, and told
 * late: the till makes an entry once, whatever is repeated. Each carries the
 * epoch that the till gave in HELLO and a number that grows by one within the
 * epoch. The newest (epoch, seq) wins for the state of a block; a PAID is
 * known by its outpoint and its block's hash.
 *
 * The order of things within an epoch:
 *
 *	till	HELLO, CURRENCY, SCRIPTS..., PENDING..., SCRIPTS_END
 *	watch	NODE; BLOCK_GONE from the till's newest block down to the fork;
 *		then for each block upwards BLOCK and its PAIDs (and SPENT_BYs);
 *		SYNCED; SEEN for each payment in the mempool; SYNCED with
 *		pool_told. From then on whatever happens, each change of the
 *		chain ended by a SYNCED.
 *	till	ACKs, as its entries are on the disk; CURRENCY again, if the
 *		newsroom has chosen another
 *
 * Besides, RATE and SOURCES come whenever there is something to say, once
 * CURRENCY has told that a rate is wanted. ALIVE comes about once a second
 * where nothing else does: it says only that the watch does not hang, belongs
 * to no epoch, and is not acknowledged.
 *
 * The watch has at most FACT_WINDOW facts unacknowledged and then waits. After
 * a HELLO it forgets the epoch before it and starts anew from the blocks that
 * HELLO lists.
 *
 * A BLOCK_GONE takes along every block above it. Within an epoch each is told
 * by itself, the highest first; after a HELLO only those that it lists are,
 * for the watch knows no others. So a BLOCK whose height the till holds under
 * another hash also says that the till's blocks from that height on are gone.
 * A BLOCK that the till holds already changes nothing; after RESCAN all from
 * that height on are told again, with their PAIDs.
 *
 * What was SEEN in an earlier epoch and is not SEEN again before the first
 * SYNCED with pool_told is in no mempool any more: the watch does not
 * remember it, unless the till lists it as PENDING, and cannot tell DROPPED.
 *
 * As bytes, one message is one datagram of at most FACT_MESSAGE_MAX bytes,
 * numbers big-endian:
 *
 *	byte 0		version, FACT_VERSION; both ends are of one program,
 *			and only a change of programs leaves another behind
 *	byte 1		kind; facts from 1, orders from 64
 *	bytes 2 to 5	how many bytes follow
 *	bytes 6 to 9	epoch; 0 in ALIVE
 *	bytes 10 to 17	seq (a fact), or the seq that is acknowledged (ACK);
 *			0 in ALIVE and in the other orders
 *	then the body, as struct below, member by member; text with two bytes
 *	of length before it, a script with one, lists with two bytes of count
 *
 * There is one form only for each message: what is read and written again
 * gives the same bytes.
 */
#ifndef COIN_FACT_H
#define COIN_FACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/instant.h"
#include "base/rc.h"
#include "base/str.h"
#include "coin/amount.h"
#include "coin/hash.h"
#include "coin/network.h"
#include "coin/script.h"
#include "coin/tx.h"

struct buf;

enum {
	FACT_VERSION = 3,
	FACT_HEAD = 18,		  /* bytes before the body */
	FACT_MESSAGE_MAX = 65536, /* bytes of a message, head and all */
	FACT_INPUTS_MAX = 64,	  /* of a transaction, listed in a fact */
	FACT_TEXT_MAX = 400,	  /* bytes of a text for a person */
	FACT_BLOCKS_MAX = 32,	  /* of a HELLO */
	FACT_SCRIPTS_MAX = 1000,  /* of one SCRIPTS */
	FACT_HEIGHT_MAX = 0x7fffffff,
	FACT_BIRTH_NOW = FACT_HEIGHT_MAX, /* see order_hello */
	FACT_WINDOW = 4096,		  /* facts that wait for an ACK */
};

enum fact_kind {
	FACT_NODE = 1,	 /* how the watch stands with its nodes */
	FACT_BLOCK,	 /* a block joined the best chain */
	FACT_BLOCK_GONE, /* a block left it; its payments are undone */
	FACT_PAID,	 /* a block of the best chain pays a script */
	FACT_SEEN,	 /* an unconfirmed transaction pays a script */
	FACT_DROPPED,	 /* such a one is in no mempool and no block */
	FACT_SPENT_BY,	 /* another spends what such a one spends */
	FACT_SYNCED,	 /* all up to this block has been told */
	FACT_RATE,	 /* what a source says a bitcoin costs */
	FACT_SOURCES,	 /* how many sources of rates answer */
	FACT_ALIVE,	 /* nothing; but the watch does not hang */
};

enum node_state {
	NODE_OK = 1,	    /* up to date */
	NODE_DOWN,	    /* no node answers, or none in a way we believe */
	NODE_WRONG_NETWORK, /* it follows another chain */
	NODE_SYNCING,	    /* it, or the watch behind it, is catching up */
	NODE_STALE,	    /* its newest block is too old to be the newest */
};

/* The word for it in messages: "wrong network". Lives for ever. */
const char *node_state_name(enum node_state state);

/* The inputs of a transaction: its first FACT_INPUTS_MAX, and how many it has
 * really. */
struct fact_inputs {
	uint32_t total; /* 1 or more; n is total or FACT_INPUTS_MAX, whatever
			   is less */
	uint16_t n;
	struct outpoint v[FACT_INPUTS_MAX];
};

struct fact_node {
	enum node_state state;
	uint32_t height; /* of the node's best block; 0 if not known */
	struct str text; /* for a person: which node, what is wrong, what to
			    do; UTF-8 without control characters; never has
			    a password in it */
};

/* FACT_BLOCK; in FACT_BLOCK_GONE prev and time are those it had, too. */
struct fact_block {
	uint32_t height;
	struct hash256 hash;
	struct hash256 prev;
	struct instant time; /* as the block's header says, whole seconds */
};

/* One output of a transaction that pays a watched script. */
struct fact_paid {
	uint32_t height;
	struct hash256 block;
	struct outpoint outpoint;
	struct script_pubkey script;
	struct sat value;
	bool is_coinbase; /* of a block; cannot be spent for 100 blocks */
	struct fact_inputs inputs;
};

struct fact_seen {
	struct outpoint outpoint;
	struct script_pubkey script;
	struct sat value;
	bool signals_rbf; /* says itself that it may be replaced (BIP125) */
	struct fact_inputs inputs;
};

enum drop_reason {
	DROP_GONE = 1, /* no longer there, nobody knows why */
	DROP_REPLACED, /* BY spends one of its inputs instead */
};

/* Told once for a transaction, not for each output. */
struct fact_dropped {
	struct hash256 txid;
	enum drop_reason reason;
	struct hash256 by; /* zero for DROP_GONE */
};

/* An outpoint that a SEEN (or PENDING) transaction spends is spent by the
 * other transaction TXID. */
struct fact_spent_by {
	struct outpoint outpoint;
	struct hash256 seen;  /* the one that was SEEN */
	struct hash256 txid;  /* the one that conflicts with it */
	uint32_t height;      /* where; 0 if in a mempool */
	struct hash256 block; /* zero if in a mempool */
};

struct fact_synced {
	uint32_t height;
	struct hash256 hash;
	bool pool_told; /* and all of the mempool, too */
};

/* Told once each source was asked, and whenever one begins to fail (twice in
 * a row) or to answer again. */
struct fact_sources {
	uint16_t total;	    /* 1 or more */
	uint16_t answering; /* of these */
	struct str text;    /* for a person: which fail, and how; as that of
			       struct fact_node; empty if none does */
};

struct fact {
	enum fact_kind kind;
	uint32_t epoch;
	uint64_t seq; /* from 1; of ALIVE 0 */
	union {
		struct fact_node node;
		struct fact_block block; /* BLOCK and BLOCK_GONE */
		struct fact_paid paid;
		struct fact_seen seen;
		struct fact_dropped dropped;
		struct fact_spent_by spent_by;
		struct fact_synced synced;
		struct rate rate; /* as the source says it: not compared or
				     averaged; "at" is when it was asked
				     for; the source's name is printable
				     ASCII */
		struct fact_sources sources;
	} u;
};

/* The word for it in messages: "block gone". Lives for ever. */
const char *fact_kind_name(enum fact_kind kind);

/* Reads a fact that is all of MESSAGE; its views look into MESSAGE. RC_NEWER:
 * another version; RC_LIMIT: too long; RC_INVALID: all else, also an order,
 * and any value outside of the ranges above. */
MUST_USE enum rc fact_parse(struct str message, struct fact *ret_fact);
/* Appends a fact. RC_INVALID: it is none that fact_parse would read; RC_LIMIT
 * and RC_NO_MEMORY of the buffer. */
MUST_USE enum rc fact_write(struct buf *b, const struct fact *f);

enum order_kind {
	ORDER_HELLO = 64,  /* begin anew */
	ORDER_SCRIPTS,	   /* watch these, too */
	ORDER_PENDING,	   /* this was SEEN in an earlier epoch: remember it */
	ORDER_SCRIPTS_END, /* that was all for now: begin */
	ORDER_RESCAN,	   /* look through the blocks from a height again */
	ORDER_ACK,	   /* facts up to seq are kept */
	ORDER_CURRENCY,	   /* the ledger's: rates are wanted in it */
};

struct order_block {
	uint32_t height;
	struct hash256 hash;
};

struct order_hello {
	enum network network;
	uint32_t birth; /* scripts cannot have been paid below this height;
			   FACT_BIRTH_NOW: nobody was ever shown one, so that
			   the next block is the first to look at. Counts
			   only where no listed block is known */
	uint16_t blocks_n;
	/* Blocks that were told and are kept, newest (highest) first: the
	 * newest dozen, then ever fewer. */
	struct order_block blocks[FACT_BLOCKS_MAX];
};

/* Scripts number FIRST, FIRST + 1 and so on. Numbers only say which were told
 * already: a script told again is watched once. May also come later, when
 * more addresses are wanted. */
struct order_scripts {
	uint64_t first;
	uint16_t n;	   /* 1 to FACT_SCRIPTS_MAX */
	struct str packed; /* read with order_next_script */
};

struct order_pending {
	struct hash256 txid;
	struct fact_inputs inputs;
};

struct order_currency {
	bool is_wanted; /* false: no rates are wanted, and nothing follows */
	struct currency currency;
	/* The newsroom has chosen which ready sources are asked (a set of
	 * coin/rate_source.h); else those that the watch's own settings name.
	 */
	bool has_sources;
	uint32_t sources;
};

struct order {
	enum order_kind kind;
	uint32_t epoch;
	uint64_t seq; /* of an ACK; else 0 */
	union {
		struct order_hello hello;
		struct order_scripts scripts;
		struct order_pending pending;
		uint32_t rescan_from; /* a height */
		struct order_currency currency;
	} u;
};

/* As fact_parse and fact_write. */
MUST_USE enum rc order_parse(struct str message, struct order *ret_order);
MUST_USE enum rc order_write(struct buf *b, const struct order *o);

/* Appends S to B as it stands in the "packed" of a SCRIPTS. */
void order_pack_script(struct buf *b, const struct script_pubkey *s);
/* Takes the next script from *PACKED; false at the end. */
bool order_next_script(struct str *packed, struct script_pubkey *ret_script);

#endif
