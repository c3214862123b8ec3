/* SPDX-License-Identifier: MIT
 *
 * Where the price of a bitcoin is asked for. A source is a name, an address,
 * and the place of the price in the JSON that comes back. Well-known public
 * ones are ready; a newsroom can add its own, in one line:
 *
 *	kraken
 *	mybank https://rates.example/btc/{cur} data.0.price
 *
 * In address and place, {CUR} stands for the currency's code and {cur} for
 * the same in small letters. A place is a row of names and numbers with
 * points between; a star is the first member, whatever its name.
 *
 * A price is read from the digits as they stand, never by way of a floating
 * number. What is told is the source's own word: median, sanity and age are
 * the ledger's to judge.
 */
#ifndef WATCH_RATE_H
#define WATCH_RATE_H

#include <stddef.h>

#include "base/err.h"
#include "base/str.h"
#include "coin/amount.h"

struct buf;

enum { RATE_URL_MAX = 200, RATE_PATH_MAX = 100, RATE_ANSWER_MAX = 262144 };

struct rate_source {
	char name[RATE_SOURCE_MAX + 1];
	char url[RATE_URL_MAX + 1];
	char path[RATE_PATH_MAX + 1];
};

/* The ready sources, by their number in coin/rate_source.h; NULL behind the
 * last. Live for ever. */
const struct rate_source *rate_ready(size_t i);

/* Reads a source as above: the name of a ready one, or name, address and
 * place. RC_NOT_FOUND: a single word that is no ready source; RC_INVALID: all
 * else that is wrong. */
MUST_USE enum rc rate_source_parse(
    struct str text, struct rate_source *ret_source, struct err *err);

/* Appends TEMPLATE with the currency put in. */
void rate_fill(
    struct buf *b, struct str template, const struct currency *currency);

/* Reads the price of one bitcoin at PATH (filled) in a source's ANSWER:
 * a JSON number or a string with one in it, rounded to the currency's minor
 * unit, a half up. RC_INVALID: no JSON, nothing there, or no price; RC_LIMIT:
 * longer than RATE_ANSWER_MAX, nested too deeply, or above FIAT_MAX. */
MUST_USE enum rc rate_answer_parse(struct str answer, struct str path,
    struct currency currency, struct fiat *ret_price, struct err *err);

#endif
