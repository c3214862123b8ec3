/* SPDX-License-Identifier: MIT
 *
 * Finds addresses of coins in running text: so that the newsroom is warned of
 * one that stands in a story, where nobody can check whose it is.
 *
 * What verifies is found: the checksum of base58check, bech32 or bech32m, of
 * whatever coin and network, and that of Monero. Chance makes one of a word no
 * more often than once in a thousand million. Two kinds have none that could
 * be asked for: an offer of Lightning (BOLT12) is found by its form, and so is
 * "0x" with forty hexadecimal digits, for Ethereum's checksum (EIP-55) is but
 * the case of its letters, and a reader who copies one with the wrong case has
 * only to write it small. The hash of a transaction or of a commit is neither.
 */
#ifndef COIN_ADDRESS_FIND_H
#define COIN_ADDRESS_FIND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

enum address_found_kind {
	ADDRESS_FOUND_MAIN,	 /* bitcoin */
	ADDRESS_FOUND_TEST,	 /* bitcoin of a test network */
	ADDRESS_FOUND_LIGHTNING, /* an invoice or a link to one */
	ADDRESS_FOUND_OTHER,	 /* of another coin, or of a later kind */
};

struct address_found {
	struct str text; /* a part of the text searched */
	enum address_found_kind kind;
};

/* The next address in TEXT from *AT on; *AT moves behind it. False, and *AT at
 * the end, when there is none. Start with 0. Takes time that grows with the
 * text's length alone. */
bool address_find(struct str text, size_t *at, struct address_found *ret_found);

#endif
