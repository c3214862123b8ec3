/* SPDX-License-Identifier: MIT
 *
 * Hashes; see hash.h.
 *
 * OpenSSL 3 looks each algorithm up by its name whenever SHA256() is called,
 * which takes longer than hashing 64 bytes does. SHA256_Init and its like go
 * straight to the code for this processor. They are marked as deprecated, and
 * are used knowingly: a block has thousands of hashes, a batch too.
 */
#define OPENSSL_SUPPRESS_DEPRECATED

#include "coin/hash.h"

#include <string.h>

#include <openssl/ripemd.h>
#include <openssl/sha.h>

#include "base/buf.h"
#include "base/must.h"
#include "coin/hex.h"

struct hash256 hash_sha256_parts(const struct str *parts, size_t n)
{
	struct hash256 h;
	SHA256_CTX c;

	SHA256_Init(&c);
	for (size_t i = 0; i < n; i++)
		if (parts[i].n > 0)
			SHA256_Update(&c, parts[i].p, parts[i].n);
	SHA256_Final(h.b, &c);
	return h;
}

struct hash256 hash_sha256(struct str bytes)
{
	return hash_sha256_parts(&bytes, 1);
}

struct hash256 hash_sha256d_parts(const struct str *parts, size_t n)
{
	struct hash256 h = hash_sha256_parts(parts, n);

	return hash_sha256(hash256_str(&h));
}

struct hash256 hash_sha256d(struct str bytes)
{
	return hash_sha256d_parts(&bytes, 1);
}

struct hash256 hash_sha256d_pair(
    const struct hash256 *left, const struct hash256 *right)
{
	struct str parts[2] = {hash256_str(left), hash256_str(right)};

	return hash_sha256d_parts(parts, 2);
}

struct hash160 hash_160(struct str bytes)
{
	struct hash256 inner = hash_sha256(bytes);
	struct hash160 h;
	RIPEMD160_CTX c;

	RIPEMD160_Init(&c);
	RIPEMD160_Update(&c, inner.b, sizeof(inner.b));
	RIPEMD160_Final(h.b, &c);
	return h;
}

struct hash160 hash_sha1(struct str bytes)
{
	struct hash160 h;
	SHA_CTX c;

	SHA1_Init(&c);
	if (bytes.n > 0)
		SHA1_Update(&c, bytes.p, bytes.n);
	SHA1_Final(h.b, &c);
	return h;
}

struct hash256 hash_tagged(struct str tag, struct str bytes)
{
	struct hash256 t = hash_sha256(tag);
	struct str parts[3] = {hash256_str(&t), hash256_str(&t), bytes};

	return hash_sha256_parts(parts, 3);
}

bool hash256_eq(const struct hash256 *a, const struct hash256 *b)
{
	return hash256_cmp(a, b) == 0;
}

bool hash256_is_zero(const struct hash256 *h)
{
	static const struct hash256 zero = {{0}};

	return hash256_eq(h, &zero);
}

int hash256_cmp(const struct hash256 *a, const struct hash256 *b)
{
	return memcmp(a->b, b->b, sizeof(a->b));
}

struct str hash256_str(const struct hash256 *h)
{
	return (struct str){(const char *)h->b, sizeof(h->b)};
}

static struct hash256 reversed(const struct hash256 *h)
{
	struct hash256 r;

	for (size_t i = 0; i < sizeof(r.b); i++)
		r.b[i] = h->b[sizeof(r.b) - 1 - i];
	return r;
}

enum rc hash256_parse(struct str hex, struct hash256 *ret_hash)
{
	struct hash256 h;

	if (!hex_read(hex, h.b, sizeof(h.b)))
		return RC_INVALID;
	*ret_hash = h;
	return RC_OK;
}

void hash256_text(struct buf *b, const struct hash256 *h)
{
	hex_write(b, hash256_str(h));
}

enum rc hash256_parse_id(struct str hex, struct hash256 *ret_hash)
{
	struct hash256 h;
	enum rc rc = hash256_parse(hex, &h);

	if (rc == RC_OK)
		*ret_hash = reversed(&h);
	return rc;
}

void hash256_text_id(struct buf *b, const struct hash256 *h)
{
	struct hash256 r = reversed(h);

	hash256_text(b, &r);
}
