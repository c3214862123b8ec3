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

#include <stdbool.h>
#include <stddef.h>

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

enum { PAYEE_PLAIN_MAX = 96 };

struct payee_found {
	enum payee_kind kind;
	struct str text; /* a part of the text searched, as it stands there */
	/* Without what hides it, where it may be an address of Bitcoin; else
	 * empty. */
	char plain[PAYEE_PLAIN_MAX];
};

/* The same for a newspaper's own stories, which may speak of coins: the next
 * one in TEXT from *AT on; *AT moves behind it. False, and *AT at the end, when
 * there is none. Start with 0. What has a checksum is found by that alone, so
 * that hashes of transactions, commits and keys are no false alarm; drawings
 * are not looked at. Of an address that is turned round all the rest of the
 * text is said to be it; and the same without memory to look. */
bool payee_next(struct str text, size_t *at, struct payee_found *ret_found);

/* "an address", "a Lightning invoice". Lives for ever. */
const char *payee_name(enum payee_kind kind);

#endif
