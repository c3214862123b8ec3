/* SPDX-License-Identifier: MIT
 *
 * Extended public keys; see xkey.h. As bytes, BIP32 "Serialization format":
 *
 *	4 version  1 depth  4 parent's fingerprint  4 number  32 chain  33 key
 */
#define OPENSSL_SUPPRESS_DEPRECATED /* see hash.c */

#include "coin/xkey.h"

#include <string.h>

#include "base/buf.h"
#include "base/must.h"
#include "coin/base58.h"
#include "coin/hash.h"
#include "coin/xkey_priv.h"

enum { XKEY_BYTES = 78, CHAIN_BYTES = 32, SHA512_BLOCK = 128 };

/* SLIP-132, "Registered HD version bytes". */
static const struct version {
	uint32_t open;
	uint32_t secret;
	enum xkey_kind kind;
	bool is_test;
} versions[] = {
    {0x0488b21e, 0x0488ade4, XKEY_PLAIN, false},
    {0x049d7cb2, 0x049d7878, XKEY_SH_WPKH, false},
    {0x04b24746, 0x04b2430c, XKEY_WPKH, false},
    {0x0295b43f, 0x0295b005, XKEY_SH_WSH, false},
    {0x02aa7ed3, 0x02aa7a99, XKEY_WSH, false},
    {0x043587cf, 0x04358394, XKEY_PLAIN, true},
    {0x044a5262, 0x044a4e28, XKEY_SH_WPKH, true},
    {0x045f1cf6, 0x045f18bc, XKEY_WPKH, true},
    {0x024289ef, 0x024285b5, XKEY_SH_WSH, true},
    {0x02575483, 0x02575048, XKEY_WSH, true},
};
enum { VERSIONS = sizeof(versions) / sizeof(*versions) };

static uint32_t read_u32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	       (uint32_t)p[2] << 8 | p[3];
}

static void write_u32(uint8_t *p, uint32_t n)
{
	p[0] = (uint8_t)(n >> 24);
	p[1] = (uint8_t)(n >> 16);
	p[2] = (uint8_t)(n >> 8);
	p[3] = (uint8_t)n;
}

static enum rc version_read(
    const uint8_t *bytes, struct xkey *x, struct err *err)
{
	uint32_t version = read_u32(bytes);

	for (size_t i = 0; i < VERSIONS; i++) {
		if (version == versions[i].secret)
			return err_set(err, RC_DENIED,
			    "this is a private key, where a public one is "
			    "needed");
		if (version != versions[i].open)
			continue;
		x->kind = versions[i].kind;
		x->is_test = versions[i].is_test;
		return RC_OK;
	}
	return err_set(err, RC_INVALID,
	    "this extended key is of no kind that is known: it has to be an "
	    "xpub, ypub or zpub, or on test networks a tpub, upub or vpub");
}

enum rc xkey_parse(struct str text, struct xkey *ret_xkey, struct err *err)
{
	uint8_t bytes[BASE58_BYTES_MAX];
	secp256k1_pubkey point;
	struct xkey x = {0};
	size_t n = 0;
	enum rc rc = base58_check_read(text, bytes, sizeof(bytes), &n, err);

	if (rc != RC_OK)
		return err_prefix(err, RC_INVALID, "this is no extended key: ");
	if (n != XKEY_BYTES)
		return err_set(err, RC_INVALID,
		    "this is no extended key: it holds %zu bytes, not %d", n,
		    XKEY_BYTES);
	rc = version_read(bytes, &x, err);
	if (rc != RC_OK)
		return rc;
	x.depth = bytes[4];
	x.fingerprint = read_u32(bytes + 5);
	x.child = read_u32(bytes + 9);
	memcpy(x.chain, bytes + 13, CHAIN_BYTES);
	memcpy(x.pubkey, bytes + 45, XKEY_PUBKEY_BYTES);
	if (x.depth == 0 && (x.fingerprint != 0 || x.child != 0))
		return err_set(err, RC_INVALID,
		    "this extended key contradicts itself: it is at the top "
		    "and yet names a parent");
	if (!secp256k1_ec_pubkey_parse(
		secp256k1_context_static, &point, x.pubkey, XKEY_PUBKEY_BYTES))
		return err_set(err, RC_INVALID,
		    "what this extended key holds is no public key");
	*ret_xkey = x;
	return RC_OK;
}

void xkey_text(struct buf *b, const struct xkey *x)
{
	uint8_t bytes[XKEY_BYTES];
	uint32_t version = 0;

	for (size_t i = 0; i < VERSIONS; i++)
		if (versions[i].kind == x->kind &&
		    versions[i].is_test == x->is_test)
			version = versions[i].open;
	must(version != 0);
	write_u32(bytes, version);
	bytes[4] = x->depth;
	write_u32(bytes + 5, x->fingerprint);
	write_u32(bytes + 9, x->child);
	memcpy(bytes + 13, x->chain, CHAIN_BYTES);
	memcpy(bytes + 45, x->pubkey, XKEY_PUBKEY_BYTES);
	base58_check_write(b, (struct str){(const char *)bytes, sizeof(bytes)});
}

uint32_t xkey_fingerprint(const struct xkey *x)
{
	struct hash160 h =
	    hash_160((struct str){(const char *)x->pubkey, XKEY_PUBKEY_BYTES});

	return read_u32(h.b);
}

/* One of HMAC's hashes (RFC 2104) with its first block taken in. */
static void hmac_begin(SHA512_CTX *c, const uint8_t *key, uint8_t pad)
{
	uint8_t block[SHA512_BLOCK];

	memset(block, pad, sizeof(block));
	for (size_t i = 0; i < CHAIN_BYTES; i++)
		block[i] ^= key[i];
	SHA512_Init(c);
	SHA512_Update(c, block, sizeof(block));
}

void xkey_parent_init(struct xkey_parent *p, const struct xkey *x)
{
	memcpy(p->pubkey, x->pubkey, XKEY_PUBKEY_BYTES);
	must(secp256k1_ec_pubkey_parse(
	    secp256k1_context_static, &p->point, x->pubkey, XKEY_PUBKEY_BYTES));
	hmac_begin(&p->inner, x->chain, 0x36);
	hmac_begin(&p->outer, x->chain, 0x5c);
}

bool xkey_add(const secp256k1_context *ctx, secp256k1_pubkey *point,
    const uint8_t *number)
{
	secp256k1_pubkey multiple, sum;
	const secp256k1_pubkey *both[2] = {point, &multiple};

	/* Zero has no multiple that is a point, and is left to the other way:
	 * it adds nothing. */
	if (!ctx || !secp256k1_ec_pubkey_create(ctx, &multiple, number))
		return secp256k1_ec_pubkey_tweak_add(
		    secp256k1_context_static, point, number);
	if (!secp256k1_ec_pubkey_combine(ctx, &sum, both, 2))
		return false;
	*point = sum;
	return true;
}

enum rc xkey_parent_child(const secp256k1_context *ctx,
    const struct xkey_parent *p, uint32_t index, secp256k1_pubkey *ret_point,
    uint8_t *ret_chain)
{
	uint8_t data[XKEY_PUBKEY_BYTES + 4];
	uint8_t hash[SHA512_DIGEST_LENGTH];
	secp256k1_pubkey point = p->point;
	SHA512_CTX c = p->inner;

	must(index < XKEY_HARDENED);
	memcpy(data, p->pubkey, XKEY_PUBKEY_BYTES);
	write_u32(data + XKEY_PUBKEY_BYTES, index);
	SHA512_Update(&c, data, sizeof(data));
	SHA512_Final(hash, &c);
	c = p->outer;
	SHA512_Update(&c, hash, sizeof(hash));
	SHA512_Final(hash, &c);
	/* Fails where the number is not below the curve's order, or the sum
	 * is no point: the two cases in which BIP32 has no child. */
	if (!xkey_add(ctx, &point, hash))
		return RC_GONE;
	*ret_point = point;
	if (ret_chain)
		memcpy(ret_chain, hash + 32, CHAIN_BYTES);
	return RC_OK;
}

void xkey_compress(
    const secp256k1_pubkey *point, uint8_t ret[XKEY_PUBKEY_BYTES])
{
	size_t n = XKEY_PUBKEY_BYTES;

	must(secp256k1_ec_pubkey_serialize(secp256k1_context_static, ret, &n,
		 point, SECP256K1_EC_COMPRESSED) &&
	     n == XKEY_PUBKEY_BYTES);
}

enum rc xkey_child(const struct xkey *x, uint32_t index, struct xkey *ret_child)
{
	struct xkey child = {.kind = x->kind, .is_test = x->is_test};
	secp256k1_pubkey point;
	struct xkey_parent p;
	enum rc rc;

	if (index >= XKEY_HARDENED)
		return RC_DENIED;
	if (x->depth == UINT8_MAX)
		return RC_LIMIT;
	xkey_parent_init(&p, x);
	rc = xkey_parent_child(NULL, &p, index, &point, child.chain);
	if (rc != RC_OK)
		return rc;
	xkey_compress(&point, child.pubkey);
	child.depth = (uint8_t)(x->depth + 1);
	child.fingerprint = xkey_fingerprint(x);
	child.child = index;
	*ret_child = child;
	return RC_OK;
}
