/* SPDX-License-Identifier: MIT
 *
 * Scripts and texts of descriptors; see descriptor.h. They are read in
 * descriptor_parse.c.
 */
#include "coin/descriptor.h"

#include <string.h>

#include "base/buf.h"
#include "base/must.h"
#include "coin/descriptor_priv.h"
#include "coin/hex.h"

enum {
	OP_1 = 0x51,
	OP_CHECKMULTISIG = 0xae,
	MULTI_MAX = 3 + 2 + DESCRIPTOR_KEYS_MAX * (1 + XKEY_PUBKEY_BYTES),
	CHECKSUM = 8,
	CONTEXT_PAYS = 64, /* a run as long as this gets a context */
};

enum descriptor_kind descriptor_kind(const struct descriptor *d)
{
	return d->kind;
}

bool descriptor_fits_network(const struct descriptor *d, enum network network)
{
	return !d->has_network || d->is_test == network_is_test(network);
}

bool descriptor_is_ranged(const struct descriptor *d)
{
	return d->is_ranged;
}

uint32_t descriptor_branches(const struct descriptor *d)
{
	return d->branches;
}

struct str descriptor_text(const struct descriptor *d)
{
	return d->text;
}

/* Where in a descriptor, and the context for additions (xkey_add). */
struct place {
	const secp256k1_context *ctx;
	uint32_t branch;
	uint32_t index;
};

static enum rc key_point(const struct descriptor_key *key,
    const struct place *at, secp256k1_pubkey *ret_point)
{
	/* A key without a choice is the same on all branches. */
	uint32_t branch = key->choice == DESCRIPTOR_NO_CHOICE ? 0 : at->branch;

	if (key->is_ranged)
		return xkey_parent_child(
		    at->ctx, &key->parents[branch], at->index, ret_point, NULL);
	*ret_point = key->points[branch];
	return RC_OK;
}

/* BIP341 and BIP86: the internal key tweaked by its own hash, with no tree. */
static enum rc taproot_script(const secp256k1_context *ctx,
    const secp256k1_pubkey *point, struct script_pubkey *ret_script)
{
	/* SHA-256 of "TapTweak", twice, as tagged hashes begin. */
	static const char tag[] =
	    "\xe8\x0f\xe1\x63\x9c\x9c\xa0\x50\xe3\xaf\x1b\x39\xc1\x43\xc6\x3e"
	    "\x42\x9c\xbc\xeb\x15\xd9\x40\xfb\xb5\xc5\xa1\xf4\xaf\x57\xc5\xe9"
	    "\xe8\x0f\xe1\x63\x9c\x9c\xa0\x50\xe3\xaf\x1b\x39\xc1\x43\xc6\x3e"
	    "\x42\x9c\xbc\xeb\x15\xd9\x40\xfb\xb5\xc5\xa1\xf4\xaf\x57\xc5\xe9";
	uint8_t bytes[XKEY_PUBKEY_BYTES];
	struct str parts[2] = {
	    {tag, sizeof(tag) - 1}, {(const char *)bytes + 1, HASH256_BYTES}};
	secp256k1_pubkey even = *point;
	struct hash256 tweak, x;

	/* BIP340: of the two points with this x the even one is meant. */
	xkey_compress(point, bytes);
	if (bytes[0] != 2)
		must(secp256k1_ec_pubkey_negate(
		    secp256k1_context_static, &even));
	tweak = hash_sha256_parts(parts, 2);
	if (!xkey_add(ctx, &even, tweak.b))
		return RC_GONE;
	xkey_compress(&even, bytes);
	memcpy(x.b, bytes + 1, sizeof(x.b));
	*ret_script = script_p2tr(&x);
	return RC_OK;
}

/* A small number as a script pushes it. */
static size_t push_number(uint8_t *p, unsigned n)
{
	if (n <= 16) {
		p[0] = (uint8_t)(OP_1 - 1 + n);
		return 1;
	}
	p[0] = 1;
	p[1] = (uint8_t)n;
	return 2;
}

/* BIP383: the keys in the order of their bytes. */
static enum rc multi_script(const struct descriptor *d, const struct place *at,
    struct script_pubkey *ret_script)
{
	uint8_t keys[DESCRIPTOR_KEYS_MAX][XKEY_PUBKEY_BYTES];
	uint8_t script[MULTI_MAX];
	struct hash256 h;
	size_t n;

	for (unsigned i = 0; i < d->keys_n; i++) {
		uint8_t key[XKEY_PUBKEY_BYTES];
		secp256k1_pubkey point;
		unsigned k = i;
		enum rc rc = key_point(&d->keys[i], at, &point);

		if (rc != RC_OK)
			return rc;
		xkey_compress(&point, key);
		for (; k > 0 && memcmp(keys[k - 1], key, sizeof(key)) > 0; k--)
			memcpy(keys[k], keys[k - 1], sizeof(key));
		memcpy(keys[k], key, sizeof(key));
	}
	n = push_number(script, d->needed);
	for (unsigned i = 0; i < d->keys_n; i++) {
		script[n++] = XKEY_PUBKEY_BYTES;
		memcpy(script + n, keys[i], XKEY_PUBKEY_BYTES);
		n += XKEY_PUBKEY_BYTES;
	}
	n += push_number(script + n, d->keys_n);
	script[n++] = OP_CHECKMULTISIG;
	h = hash_sha256((struct str){(const char *)script, n});
	*ret_script = script_p2wsh(&h);
	return RC_OK;
}

static struct script_pubkey key_script(
    enum descriptor_kind kind, const secp256k1_pubkey *point)
{
	uint8_t key[XKEY_PUBKEY_BYTES];
	struct script_pubkey inner;
	struct hash160 h;

	xkey_compress(point, key);
	h = hash_160((struct str){(const char *)key, sizeof(key)});
	if (kind == DESCRIPTOR_PKH)
		return script_p2pkh(&h);
	inner = script_p2wpkh(&h);
	if (kind == DESCRIPTOR_WPKH)
		return inner;
	must(kind == DESCRIPTOR_SH_WPKH);
	h = hash_160(script_pubkey_str(&inner));
	return script_p2sh(&h);
}

static enum rc script_at(const struct descriptor *d, const struct place *at,
    struct script_pubkey *ret_script)
{
	secp256k1_pubkey point;
	enum rc rc;

	if (d->kind == DESCRIPTOR_WSH_SORTEDMULTI)
		return multi_script(d, at, ret_script);
	rc = key_point(&d->keys[0], at, &point);
	if (rc != RC_OK)
		return rc;
	if (d->kind == DESCRIPTOR_TR)
		return taproot_script(at->ctx, &point, ret_script);
	*ret_script = key_script(d->kind, &point);
	return RC_OK;
}

enum rc descriptor_script(const struct descriptor *d, uint32_t branch,
    uint32_t index, struct script_pubkey *ret_script)
{
	struct place at = {.branch = branch, .index = index};

	must(branch < d->branches && index <= DESCRIPTOR_INDEX_MAX);
	must(d->is_ranged || index == 0);
	return script_at(d, &at, ret_script);
}

void descriptor_scripts(const struct descriptor *d, uint32_t branch,
    uint32_t first, struct script_pubkey *ret, size_t n)
{
	secp256k1_context *ctx = NULL;
	struct place at = {.branch = branch};

	must(branch < d->branches && first <= DESCRIPTOR_INDEX_MAX);
	must(n <= (size_t)DESCRIPTOR_INDEX_MAX + 1 - first);
	must(d->is_ranged || n == 0 || (first == 0 && n == 1));
	if (n >= CONTEXT_PAYS)
		ctx = secp256k1_context_create(SECP256K1_CONTEXT_SIGN);
	at.ctx = ctx;
	for (size_t i = 0; i < n; i++) {
		at.index = first + (uint32_t)i;
		if (script_at(d, &at, &ret[i]) != RC_OK)
			ret[i] = (struct script_pubkey){0};
	}
	if (ctx)
		secp256k1_context_destroy(ctx);
}

static void write_step(struct buf *b, uint32_t step)
{
	buf_u64(b, step & ~XKEY_HARDENED);
	if (step >= XKEY_HARDENED)
		buf_char(b, 'h');
}

static void write_choice(
    struct buf *b, const struct descriptor_key *key, int branch)
{
	if (branch >= 0) {
		buf_u64(b, key->choices[branch]);
		return;
	}
	for (unsigned i = 0; i < key->choices_n; i++) {
		buf_char(b, i == 0 ? '<' : ';');
		buf_u64(b, key->choices[i]);
	}
	buf_char(b, '>');
}

static void write_key(
    struct buf *b, const struct descriptor_key *key, int branch)
{
	struct str pubkey = {(const char *)key->pubkey, XKEY_PUBKEY_BYTES};

	if (key->has_origin) {
		buf_printf(b, "[%08x", (unsigned)key->fingerprint);
		for (unsigned i = 0; i < key->origin_n; i++) {
			buf_char(b, '/');
			write_step(b, key->origin[i]);
		}
		buf_char(b, ']');
	}
	if (key->is_xkey)
		xkey_text(b, &key->xkey);
	else
		hex_write(b, key->is_xonly ? str_from(pubkey, 1) : pubkey);
	for (unsigned i = 0; i < key->steps_n; i++) {
		buf_char(b, '/');
		if (key->choice == (int)i)
			write_choice(b, key, branch);
		else
			write_step(b, key->steps[i]);
	}
	if (key->is_ranged)
		buf_lit(b, "/*");
}

void descriptor_write(struct buf *b, const struct descriptor *d, int branch)
{
	static const struct {
		struct str before, after;
	} frames[] = {
	    [DESCRIPTOR_PKH] = {STR_INIT("pkh("), STR_INIT(")")},
	    [DESCRIPTOR_SH_WPKH] = {STR_INIT("sh(wpkh("), STR_INIT("))")},
	    [DESCRIPTOR_WPKH] = {STR_INIT("wpkh("), STR_INIT(")")},
	    [DESCRIPTOR_TR] = {STR_INIT("tr("), STR_INIT(")")},
	    [DESCRIPTOR_WSH_SORTEDMULTI] = {STR_INIT("wsh(sortedmulti("),
		STR_INIT("))")},
	};

	buf_add(b, frames[d->kind].before);
	if (d->kind == DESCRIPTOR_WSH_SORTEDMULTI)
		buf_u64(b, d->needed);
	for (unsigned i = 0; i < d->keys_n; i++) {
		if (i > 0 || d->kind == DESCRIPTOR_WSH_SORTEDMULTI)
			buf_char(b, ',');
		write_key(b, &d->keys[i], branch);
	}
	buf_add(b, frames[d->kind].after);
}

void descriptor_branch_text(
    struct buf *b, const struct descriptor *d, uint32_t branch)
{
	char sum[CHECKSUM];
	size_t start = b->n;

	must(branch < d->branches);
	descriptor_write(b, d, (int)branch);
	if (buf_rc(b) != RC_OK)
		return;
	must(descriptor_checksum(str_from(buf_str(b), start), sum) == RC_OK);
	buf_char(b, '#');
	buf_add(b, (struct str){sum, sizeof(sum)});
}
