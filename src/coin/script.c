/* SPDX-License-Identifier: MIT
 *
 * Scripts of outputs; see script.h. Their addresses are in script_address.c.
 */
#include "coin/script.h"

#include <string.h>

#include "base/must.h"

/* Opcodes, by their names in the protocol. */
enum {
	OP_0 = 0x00,
	OP_1 = 0x51,
	OP_16 = 0x60,
	OP_DUP = 0x76,
	OP_EQUAL = 0x87,
	OP_EQUALVERIFY = 0x88,
	OP_HASH160 = 0xa9,
	OP_CHECKSIG = 0xac,
};

static bool is_p2pkh(const uint8_t *p, size_t n)
{
	return n == 25 && p[0] == OP_DUP && p[1] == OP_HASH160 &&
	       p[2] == HASH160_BYTES && p[23] == OP_EQUALVERIFY &&
	       p[24] == OP_CHECKSIG;
}

static bool is_p2sh(const uint8_t *p, size_t n)
{
	return n == 23 && p[0] == OP_HASH160 && p[1] == HASH160_BYTES &&
	       p[22] == OP_EQUAL;
}

/* BIP141: one small number and one push of 2 to 40 bytes. */
static bool is_witness(const uint8_t *p, size_t n)
{
	return n >= 4 && n <= SCRIPT_PUBKEY_MAX &&
	       (p[0] == OP_0 || (p[0] >= OP_1 && p[0] <= OP_16)) &&
	       p[1] == n - 2;
}

enum script_kind script_kind(struct str bytes)
{
	const uint8_t *p = (const uint8_t *)bytes.p;
	size_t n = bytes.n;

	if (n < 4 || n > SCRIPT_PUBKEY_MAX)
		return SCRIPT_NONE;
	if (is_witness(p, n)) {
		if (p[0] == OP_0)
			return n == 22	 ? SCRIPT_P2WPKH
			       : n == 34 ? SCRIPT_P2WSH
					 : SCRIPT_NONE; /* never valid */
		return p[0] == OP_1 && n == 34 ? SCRIPT_P2TR : SCRIPT_WITNESS;
	}
	return is_p2pkh(p, n)  ? SCRIPT_P2PKH
	       : is_p2sh(p, n) ? SCRIPT_P2SH
			       : SCRIPT_NONE;
}

enum rc script_pubkey_of(struct str bytes, struct script_pubkey *ret_script)
{
	struct script_pubkey s = {0};

	if (script_kind(bytes) == SCRIPT_NONE)
		return RC_INVALID;
	s.n = (uint8_t)bytes.n;
	memcpy(s.p, bytes.p, bytes.n);
	*ret_script = s;
	return RC_OK;
}

struct str script_pubkey_str(const struct script_pubkey *script)
{
	must(script->n <= SCRIPT_PUBKEY_MAX);
	return (struct str){(const char *)script->p, script->n};
}

bool script_pubkey_eq(
    const struct script_pubkey *a, const struct script_pubkey *b)
{
	return str_eq(script_pubkey_str(a), script_pubkey_str(b));
}

struct script_pubkey script_p2pkh(const struct hash160 *key_hash)
{
	struct script_pubkey s = {25, {OP_DUP, OP_HASH160, HASH160_BYTES}};

	memcpy(s.p + 3, key_hash->b, HASH160_BYTES);
	s.p[23] = OP_EQUALVERIFY;
	s.p[24] = OP_CHECKSIG;
	return s;
}

struct script_pubkey script_p2sh(const struct hash160 *script_hash)
{
	struct script_pubkey s = {23, {OP_HASH160, HASH160_BYTES}};

	memcpy(s.p + 2, script_hash->b, HASH160_BYTES);
	s.p[22] = OP_EQUAL;
	return s;
}

struct script_pubkey script_p2wpkh(const struct hash160 *key_hash)
{
	struct script_pubkey s = {22, {OP_0, HASH160_BYTES}};

	memcpy(s.p + 2, key_hash->b, HASH160_BYTES);
	return s;
}

struct script_pubkey script_p2wsh(const struct hash256 *script_hash)
{
	struct script_pubkey s = {34, {OP_0, HASH256_BYTES}};

	memcpy(s.p + 2, script_hash->b, HASH256_BYTES);
	return s;
}

struct script_pubkey script_p2tr(const struct hash256 *output_key)
{
	struct script_pubkey s = {34, {OP_1, HASH256_BYTES}};

	memcpy(s.p + 2, output_key->b, HASH256_BYTES);
	return s;
}
