/* SPDX-License-Identifier: MIT
 *
 * Where coins go: the script of a transaction's output ("scriptPubKey"), in
 * one of the forms that have an address, and that address itself.
 *
 *	p2pkh	1...			76 a9 14 {20 bytes} 88 ac
 *	p2sh	3...			a9 14 {20 bytes} 87
 *	p2wpkh	bc1q...	(42 characters)	00 14 {20 bytes}
 *	p2wsh	bc1q...	(62 characters)	00 20 {32 bytes}
 *	p2tr	bc1p...			51 20 {32 bytes}
 *	later witness versions		52..60 {2 to 40 bytes}
 *
 * Pay to a script, not to an address: scripts are what is stored, hashed into
 * batches and looked for in blocks. An address is how a person sees one.
 *
 * (The type is not named "struct script" since text/script.h has an enum of
 * that name, for writing systems.)
 */
#ifndef COIN_SCRIPT_H
#define COIN_SCRIPT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "coin/hash.h"
#include "coin/network.h"

struct buf;

enum {
	SCRIPT_PUBKEY_MAX = 42,	 /* BIP141: two bytes and a program of 40 */
	SCRIPT_ADDRESS_MAX = 90, /* characters, BIP173 */
};

struct script_pubkey {
	uint8_t n;		      /* 0: none */
	uint8_t p[SCRIPT_PUBKEY_MAX]; /* zeros behind the first N */
};

enum script_kind {
	SCRIPT_NONE, /* no form that has an address */
	SCRIPT_P2PKH,
	SCRIPT_P2SH,
	SCRIPT_P2WPKH,
	SCRIPT_P2WSH,
	SCRIPT_P2TR,
	SCRIPT_WITNESS, /* of a version, or length, not known yet */
};

/* Which form BYTES, the whole script of an output, has. Cheap: called for
 * every output of every block. SCRIPT_NONE also where BYTES is too long. */
enum script_kind script_kind(struct str bytes);
/* The script whose bytes these are. RC_INVALID if they have no address. */
MUST_USE enum rc script_pubkey_of(
    struct str bytes, struct script_pubkey *ret_script);
/* The bytes; a view that lives as long as SCRIPT. */
struct str script_pubkey_str(const struct script_pubkey *script);
bool script_pubkey_eq(
    const struct script_pubkey *a, const struct script_pubkey *b);

/* The five forms, made of what they pay to. */
struct script_pubkey script_p2pkh(const struct hash160 *key_hash);
struct script_pubkey script_p2sh(const struct hash160 *script_hash);
struct script_pubkey script_p2wpkh(const struct hash160 *key_hash);
struct script_pubkey script_p2wsh(const struct hash256 *script_hash);
struct script_pubkey script_p2tr(const struct hash256 *output_key);

/* Appends SCRIPT's address on NETWORK, segwit ones in small letters. SCRIPT
 * must have an address (script_kind). */
void script_address(
    struct buf *b, const struct script_pubkey *script, enum network network);
/* Reads an address of NETWORK: base58check (versions of that network only), or
 * bech32 and bech32m (BIP173, BIP350; all small or all capital letters).
 * Taproot addresses are not asked to hold a point of the curve, as no node
 * asks. RC_INVALID, with *ERR saying what is wrong: not an address at all, a
 * mistyped one (checksum), one of another network. The text is repeated only
 * where it is no key. */
MUST_USE enum rc script_parse_address(struct str address, enum network network,
    struct script_pubkey *ret_script, struct err *err);

#endif
