/* SPDX-License-Identifier: MIT
 *
 * Money as text, the way a language writes it: which mark parts the decimals,
 * which groups the thousands, and on which side the currency's sign stands.
 * Whole numbers only; nothing is rounded.
 *
 *	en 1234550 EUR 2	€12,345.50
 *	de 1234550 EUR 2	12.345,50 €
 *	fr 500 EUR 2		5 €
 *	en 12345 BTC 8		0.00012345 BTC
 *
 * The text is to be set from left to right in every language, apart from what
 * stands around it.
 */
#ifndef PAGE_MONEY_H
#define PAGE_MONEY_H

#include "page/view.h"
#include "page/words.h"

/* Appends plain text. Decimals of bitcoin are written as far as the last that
 * is not 0; those of a currency all or, where all are 0, none. Nothing is
 * appended for money without a code. */
void money_write(struct buf *b, const struct words *w, struct view_money m);

/* The same with all decimals, for columns. */
void money_write_full(
    struct buf *b, const struct words *w, struct view_money m);

/* Bitcoin in its smallest unit: "12,345 sat". M must have 8 decimals. */
void money_write_sat(struct buf *b, const struct words *w, struct view_money m);

/* A whole number, grouped: "21,000". */
void money_number(struct buf *b, const struct words *w, uint64_t n);

#endif
