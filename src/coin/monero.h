/* SPDX-License-Identifier: MIT
 *
 * Monero's addresses, as far as telling one from other words goes: nobody is
 * paid by them here. They are base58 in blocks of eight bytes, written as
 * eleven characters, with the first four bytes of Keccak-256 at the end
 * (monero-project/monero, src/common/base58.cpp).
 */
#ifndef COIN_MONERO_H
#define COIN_MONERO_H

#include <stdbool.h>

#include "base/str.h"

enum { MONERO_LENGTH = 95, MONERO_LENGTH_ID = 106 };

/* WORD is an address of one of Monero's three networks: of an account, of a
 * part of one, or with a payment's id in it, which makes it longer. */
bool monero_verifies(struct str word);

#endif
