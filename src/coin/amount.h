/* SPDX-License-Identifier: MIT
 *
 * Money, as integers of the smallest unit, in structs that cannot be mixed by
 * mistake: struct sat for bitcoin, struct fiat for the paper's own currency,
 * struct rate between them. Every sum is checked: a function that could leave
 * the range says so and leaves its output alone. There is no floating point
 * here, nor anywhere that money is counted.
 *
 * The numbers inside are touched in amount.c alone. Storage and wire have two
 * doors each, sat_of_raw and sat_raw; what comes in by them has a range that
 * the caller must have checked (sat_is_valid).
 */
#ifndef COIN_AMOUNT_H
#define COIN_AMOUNT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/instant.h"
#include "base/rc.h"
#include "base/str.h"

struct buf;

/* All the bitcoin there will ever be, in satoshi. */
#define SAT_MAX	    INT64_C(2100000000000000)
#define SAT_PER_BTC INT64_C(100000000)
/* Far more than all money of any currency, and far from int64_t's end. */
#define FIAT_MAX    INT64_C(100000000000000000)

/* Satoshi: -SAT_MAX to SAT_MAX; below zero in entries that take back. */
struct sat {
	int64_t sats;
};

#define SAT_ZERO ((struct sat){0})

/* Minor units (cents) of some currency: -FIAT_MAX to FIAT_MAX. */
struct fiat {
	int64_t cents;
};

/* A currency of ISO 4217: "EUR" has 2 decimals, "JPY" 0, "KWD" 3. */
struct currency {
	char code[4]; /* three capitals and a NUL */
	uint8_t decimals;
};

enum { RATE_SOURCE_MAX = 32 };

/* What one bitcoin costs. */
struct rate {
	struct fiat price; /* of 1 BTC; above zero */
	struct currency currency;
	struct instant at;		  /* when the source said so */
	char source[RATE_SOURCE_MAX + 1]; /* who said so; NUL-terminated */
};

/* The doors for storage and wire. RAW must be in range: must(). */
struct sat sat_of_raw(int64_t raw);
int64_t sat_raw(struct sat a);
/* RAW is in the range of struct sat; every number from outside is asked. */
bool sat_is_valid(int64_t raw);

/* A + B, A - B. False, and *RET untouched, when the result leaves the range. */
MUST_USE bool sat_add(struct sat *ret, struct sat a, struct sat b);
MUST_USE bool sat_sub(struct sat *ret, struct sat a, struct sat b);
struct sat sat_neg(struct sat a);
/* Below, at or above zero as A is less than, equal to or more than B. */
int sat_cmp(struct sat a, struct sat b);

/* Reads an amount of bitcoin in decimal: "1", "0.5", "20.30000000". Digits are
 * needed on both sides of a point, at most eight behind it; no sign, no
 * exponent, no comma, no space. RC_INVALID; RC_LIMIT above SAT_MAX. */
MUST_USE enum rc sat_parse(struct str s, struct sat *ret_sat);
/* "0.00012345", always with eight decimals; "-" in front where below zero. */
void sat_text(struct buf *b, struct sat a);
/* The same without zeros at the end: "0.5", "1". */
void sat_text_short(struct buf *b, struct sat a);

struct fiat fiat_of_raw(int64_t raw);
int64_t fiat_raw(struct fiat a);
bool fiat_is_valid(int64_t raw);
MUST_USE bool fiat_add(struct fiat *ret, struct fiat a, struct fiat b);
MUST_USE bool fiat_sub(struct fiat *ret, struct fiat a, struct fiat b);
struct fiat fiat_neg(struct fiat a);
int fiat_cmp(struct fiat a, struct fiat b);
/* Reads "12", "12.5", "12.34" as a sum of CURRENCY: no more decimals than the
 * currency has; otherwise as sat_parse. */
MUST_USE enum rc fiat_parse(
    struct str s, struct currency currency, struct fiat *ret_fiat);
/* "12.34", always with the currency's decimals, without its name. */
void fiat_text(struct buf *b, struct fiat a, struct currency currency);

/* Reads the code of a currency in use, in capitals. RC_INVALID: not three
 * capitals; RC_NOT_FOUND: no such currency in ISO 4217. */
MUST_USE enum rc currency_parse(struct str s, struct currency *ret_currency);
bool currency_eq(struct currency a, struct currency b);

/* What A is worth at RATE, and what sum of bitcoin A buys; rounded to the
 * nearest unit, a half away from zero, so that a sum and its reversal are
 * always each other's mirror. False when the result leaves the range or the
 * price is not above zero. */
MUST_USE bool rate_fiat(
    const struct rate *rate, struct sat a, struct fiat *ret_fiat);
MUST_USE bool rate_sat(
    const struct rate *rate, struct fiat a, struct sat *ret_sat);

#endif
