/* SPDX-License-Identifier: MIT
 *
 * Children of one key in long runs. Private to coin/.
 *
 * A child is the parent's point plus a hash times the generator; the hash is
 * HMAC-SHA512 under the parent's chain code (BIP32). The code's two blocks are
 * the same for all children, so SHA-512 is begun once and copied.
 */
#ifndef COIN_XKEY_PRIV_H
#define COIN_XKEY_PRIV_H

#include <openssl/sha.h>
#include <secp256k1.h>

#include "coin/xkey.h"

struct xkey_parent {
	uint8_t pubkey[XKEY_PUBKEY_BYTES];
	secp256k1_pubkey point;
	SHA512_CTX inner; /* HMAC's two hashes behind their first block */
	SHA512_CTX outer;
};

/* X must be one that xkey_parse or xkey_child gave. */
void xkey_parent_init(struct xkey_parent *p, const struct xkey *x);
/* The child INDEX, not hardened: its point, and where RET_CHAIN is not NULL
 * its 32 bytes of chain code. CTX as in xkey_add. RC_GONE. */
MUST_USE enum rc xkey_parent_child(const secp256k1_context *ctx,
    const struct xkey_parent *p, uint32_t index, secp256k1_pubkey *ret_point,
    uint8_t *ret_chain);
/* POINT plus NUMBER (32 bytes) times the generator, in place. False where
 * NUMBER is not below the curve's order or the sum is no point.
 *
 * With a context made for signing it is quicker by a sixth than with NULL:
 * then the multiple comes out of the library's table for the generator, and
 * is added. Such a context costs as much as a few additions. */
MUST_USE bool xkey_add(const secp256k1_context *ctx, secp256k1_pubkey *point,
    const uint8_t *number);
/* The compressed form of a point. */
void xkey_compress(
    const secp256k1_pubkey *point, uint8_t ret[XKEY_PUBKEY_BYTES]);

#endif
