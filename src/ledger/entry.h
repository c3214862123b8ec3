/* SPDX-License-Identifier: MIT
 *
 * A line of the ledger: one amount that goes from one account to another, so
 * that the sum over all accounts is zero whatever is written.
 *
 * An entry's hash is SHA-256 over these bytes, numbers big-endian, texts with
 * two bytes of length before them:
 *
 *	"farthing entry 1" LF
 *	hash of the entry before		32; zeros before the first
 *	seq 8, kind 1, booked 8, date 8		microseconds since 1970
 *	txid 32, vout 4, block 32, height 4, leaf 8
 *	about 8					0: none
 *	amount 8				satoshi, at least 0
 *	debit account, credit account		texts
 *	has value 1				0: nothing follows
 *	currency text, decimals 1, money 8	of the value, signed
 *	price 8, source text, rate's time 8
 */
#ifndef LEDGER_ENTRY_H
#define LEDGER_ENTRY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/instant.h"
#include "base/str.h"
#include "coin/amount.h"
#include "coin/hash.h"
#include "coin/tx.h"

/* The numbers lie in files and in hashes. */
enum entry_kind {
	ENTRY_GIFT = 1,	   /* a payment has settled */
	ENTRY_REVERSE = 2, /* its block left the chain; "about" says which */
	ENTRY_VALUE = 3,   /* "about" had no value, and this is it */
};

struct entry {
	uint64_t seq; /* from 1, without a gap */
	enum entry_kind kind;
	struct instant booked; /* by the till's clock */
	struct instant date;   /* the block's time; of a REVERSE and a VALUE,
				 that of the entry it is about */
	struct outpoint outpoint;
	struct hash256 block;
	uint32_t height;
	uint64_t leaf;
	uint64_t about;
	struct sat amount; /* 0 in a VALUE, above 0 in the others */
	struct str debit;  /* the account that it goes to */
	struct str credit; /* and that it comes from */
	bool has_value;
	struct fiat value; /* at least 0, in a REVERSE at most 0 */
	struct rate rate;  /* by which it was found, with the currency */
	struct hash256 hash;
};

/* "gift", "reverse", "value"; lives for ever. */
const char *entry_kind_name(enum entry_kind kind);
/* The hash that ENTRY must have behind one with the hash PREVIOUS. */
struct hash256 entry_hash(
    const struct entry *entry, const struct hash256 *previous);

#endif
