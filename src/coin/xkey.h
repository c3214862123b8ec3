/* SPDX-License-Identifier: MIT
 *
 * Extended public keys (BIP32): a key from which any number of others follow,
 * each by a number below 2^31, without their private halves. Only public keys
 * are read and only public children are made; a private one is refused.
 *
 * The four bytes at the start say which network's the key is and, by SLIP-132,
 * what addresses the wallet makes of it.
 */
#ifndef COIN_XKEY_H
#define COIN_XKEY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct buf;

enum {
	XKEY_PUBKEY_BYTES = 33, /* compressed */
	XKEY_TEXT_MAX = 112,
};

/* From here on a child needs the private key. */
#define XKEY_HARDENED UINT32_C(0x80000000)

enum xkey_kind {
	XKEY_PLAIN,   /* xpub, tpub: anything, or p2pkh if it stands alone */
	XKEY_SH_WPKH, /* ypub, upub */
	XKEY_WPKH,    /* zpub, vpub */
	XKEY_SH_WSH,  /* Ypub, Upub: of several keys */
	XKEY_WSH,     /* Zpub, Vpub: of several keys */
};

struct xkey {
	enum xkey_kind kind;
	bool is_test;	      /* of a test network */
	uint8_t depth;	      /* steps from the master key */
	uint32_t fingerprint; /* of the parent; 0 at depth 0 */
	uint32_t child;	      /* its number; 0 at depth 0 */
	uint8_t chain[32];
	uint8_t pubkey[XKEY_PUBKEY_BYTES]; /* a point of the curve */
};

/* Reads an extended public key. RC_DENIED: it is a private one; RC_INVALID:
 * all else that BIP32's fifth test vector refuses, and unknown versions. *ERR
 * never repeats any of TEXT. */
MUST_USE enum rc xkey_parse(
    struct str text, struct xkey *ret_xkey, struct err *err);
/* Appends the key with the version bytes of its kind. */
void xkey_text(struct buf *b, const struct xkey *x);
/* The child INDEX, of the same kind. RC_DENIED: hardened; RC_LIMIT: the
 * parent is at depth 255; RC_GONE: this one does not exist (one in 2^127),
 * take the next. */
MUST_USE enum rc xkey_child(
    const struct xkey *x, uint32_t index, struct xkey *ret_child);
/* The first four bytes of the key's hash, by which its children name it. */
uint32_t xkey_fingerprint(const struct xkey *x);

#endif
