/* SPDX-License-Identifier: MIT
 *
 * Who is to be paid, in a text where nobody may be named: addresses and
 * invoices that were hidden from a search, but that a person would still read
 * off the page and type, or copy.
 *
 * Before it is searched the text is boiled down: spaces, punctuation, what is
 * not seen (zero-width characters, soft hyphens, marks above letters) go, so
 * that groups of four letters and lines are one again; letters and digits that
 * look like others (Cyrillic, Greek, full width, in circles) become those. Then
 * at any place of it:
 *
 *	base58check with the 20 bytes of an address, of whatever coin
 *	bech32 of Bitcoin, Litecoin, Cardano, silent payments, Lightning's
 *	invoices and offers, LNURL: by its checksum, or by its form alone
 *	where it is long enough and has digits
 *	"0x" and 40 hexadecimal digits; the 95 characters of Monero
 *	a picture drawn of blocks, which could be a code to scan
 *
 * Prose makes one of these by chance less than once in a hundred thousand
 * texts of 16 kB. Not seen: kinds that are not in this list, and an address
 * that words have to explain ("then the letter after p").
 */
#ifndef COIN_PAYEE_H
#define COIN_PAYEE_H

#include "base/str.h"

enum payee_kind {
	PAYEE_NONE,
	PAYEE_ADDRESS, /* of Bitcoin, or of a coin that writes them alike */
	PAYEE_LIGHTNING,
	PAYEE_ETHEREUM, /* and all that share its addresses */
	PAYEE_MONERO,
	PAYEE_DRAWING,
};

/* The first kind that was found in TEXT, which is UTF-8 or nearly so. Without
 * memory to look it is said to be an address. Takes about a microsecond a
 * character at worst. */
enum payee_kind payee_find(struct str text);
/* "an address", "a Lightning invoice". Lives for ever. */
const char *payee_name(enum payee_kind kind);

#endif
