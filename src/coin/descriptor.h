/* SPDX-License-Identifier: MIT
 *
 * Descriptors: the text by which a wallet says which addresses are its own
 * (BIP380 to 383, 386, 389). Farthing reads those that hold public keys alone
 * and derives the scripts; coins cannot be spent with what is in here.
 *
 *	pkh(KEY)   sh(wpkh(KEY))   wpkh(KEY)   tr(KEY)
 *	wsh(sortedmulti(K,KEY,KEY,...))
 *
 * KEY is an extended public key with an optional origin, path and range,
 *	[d34db33f/84h/0h/0h]xpub6.../<0;1>/ *	(without the space)
 * or a compressed public key in hexadecimal. A checksum (#...) is checked
 * where it is given. An extended key by itself stands for what the wallet that
 * wrote it means (SLIP-132): xpub and tpub pkh(.../<0;1>/ *), ypub and upub
 * sh(wpkh(...)), zpub and vpub wpkh(...).
 *
 * A private key, in whatever form it is recognised, is refused before
 * anything else is looked at, and no message of this file ever repeats a
 * part of its input: keys, private or not, do not belong into logs.
 */
#ifndef COIN_DESCRIPTOR_H
#define COIN_DESCRIPTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "coin/network.h"
#include "coin/script.h"

struct arena;
struct buf;
struct descriptor;

enum {
	DESCRIPTOR_MAX = 8192,	     /* bytes of a text without checksum */
	DESCRIPTOR_KEYS_MAX = 20,    /* of sortedmulti, BIP383 */
	DESCRIPTOR_BRANCHES_MAX = 8, /* of <...;...> */
	DESCRIPTOR_INDEX_MAX = 0x7fffffff,
};

enum descriptor_kind {
	DESCRIPTOR_PKH,
	DESCRIPTOR_SH_WPKH,
	DESCRIPTOR_WPKH,
	DESCRIPTOR_TR,
	DESCRIPTOR_WSH_SORTEDMULTI,
};

/* Reads TEXT (white space at its ends is let go). The result lives as long as
 * A; TEXT may go. RC_INVALID with *ERR saying what is wrong and at which
 * character; RC_DENIED: it holds a private key; RC_LIMIT: longer than
 * DESCRIPTOR_MAX; RC_NO_MEMORY. */
MUST_USE enum rc descriptor_parse(struct arena *a, struct str text,
    const struct descriptor **ret_descriptor, struct err *err);

/* Something in TEXT, which may be anything, is a private key or looks as if it
 * were meant as one: xprv and its kin (mistyped ones too), WIF, BIP38, mini
 * keys, and 12 to 24 words that look like a seed phrase. A public key is not,
 * nor is any address. */
bool descriptor_has_private_key(struct str text);

enum descriptor_kind descriptor_kind(const struct descriptor *d);
/* Its keys belong to the test networks; false where they belong to main. A
 * descriptor of bare keys alone belongs to every network. */
bool descriptor_fits_network(const struct descriptor *d, enum network network);
/* It ends in a range, so that it has an address for each index. A batch needs
 * one; without, only index 0 is allowed. */
bool descriptor_is_ranged(const struct descriptor *d);
/* How many branches it has: 2 for <0;1>, 1 where there is none. Branch 0 is
 * the one that receives. */
uint32_t descriptor_branches(const struct descriptor *d);

/* The script at INDEX (0 to DESCRIPTOR_INDEX_MAX) of BRANCH (below
 * descriptor_branches). RC_GONE: this one index has none (BIP32; one in
 * 2^127), take the next. */
MUST_USE enum rc descriptor_script(const struct descriptor *d, uint32_t branch,
    uint32_t index, struct script_pubkey *ret_script);
/* N scripts from index FIRST on, into RET; one that does not exist has n 0.
 * The quickest way for many. FIRST + N - 1 must not pass the last index. */
void descriptor_scripts(const struct descriptor *d, uint32_t branch,
    uint32_t first, struct script_pubkey *ret, size_t n);

/* The canonical text with checksum, which has the same addresses on all
 * branches: xpub or tpub, "h" for hardened steps, small letters. Lives as long
 * as the descriptor. */
struct str descriptor_text(const struct descriptor *d);
/* The same for one branch alone, for wallets that do not know <0;1>. */
void descriptor_branch_text(
    struct buf *b, const struct descriptor *d, uint32_t branch);

/* The 8 characters of a checksum (BIP380) of TEXT, which has none. RC_INVALID:
 * TEXT has a character that no descriptor may have. */
MUST_USE enum rc descriptor_checksum(struct str text, char ret_checksum[8]);

#endif
