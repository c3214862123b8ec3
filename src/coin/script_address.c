/* SPDX-License-Identifier: MIT
 *
 * A script's address, and back; see script.h.
 */
#include "coin/script.h"

#include <string.h>

#include "base/buf.h"
#include "base/must.h"
#include "coin/base58.h"
#include "coin/bech32.h"

enum {
	WITNESS_LEAST = 2, /* bytes of a program, BIP141 */
	WITNESS_MOST = 40,
	WITNESS_VERSIONS = 17,
};

static void address_base58(struct buf *b, uint8_t version, const uint8_t *hash)
{
	uint8_t bytes[1 + HASH160_BYTES] = {version};

	memcpy(bytes + 1, hash, HASH160_BYTES);
	base58_check_write(b, (struct str){(const char *)bytes, sizeof(bytes)});
}

static void address_segwit(
    struct buf *b, struct str hrp, const struct script_pubkey *script)
{
	uint8_t values[BECH32_VALUES_MAX];
	size_t n;

	/* OP_1 is 0x51. */
	values[0] = script->p[0] == 0 ? 0 : (uint8_t)(script->p[0] - 0x50);
	n = bech32_of_bytes(script->p + 2, script->n - 2u, values + 1);
	bech32_write(
	    b, hrp, values, n + 1, values[0] == 0 ? BECH32_PLAIN : BECH32_M);
}

void script_address(
    struct buf *b, const struct script_pubkey *script, enum network network)
{
	const struct network_facts *facts = network_facts(network);

	switch (script_kind(script_pubkey_str(script))) {
	case SCRIPT_NONE:
		unreachable("a script without an address");
	case SCRIPT_P2PKH:
		address_base58(b, facts->p2pkh, script->p + 3);
		return;
	case SCRIPT_P2SH:
		address_base58(b, facts->p2sh, script->p + 2);
		return;
	case SCRIPT_P2WPKH:
	case SCRIPT_P2WSH:
	case SCRIPT_P2TR:
	case SCRIPT_WITNESS:
		address_segwit(b, facts->hrp, script);
		return;
	}
}

/* "testnet or signet": all networks whose segwit addresses start with HRP. */
static const char *hrp_networks(struct str hrp)
{
	if (str_eq_fold(hrp, STR("bc")))
		return "main";
	if (str_eq_fold(hrp, STR("tb")))
		return "testnet or signet";
	if (str_eq_fold(hrp, STR("bcrt")))
		return "regtest";
	return NULL;
}

static enum rc wrong_network(
    const char *is, enum network network, struct err *err)
{
	return err_set(err, RC_INVALID,
	    "this is an address of %s, and one of %.*s is needed", is,
	    STR_ARG(network_name(network)));
}

static enum rc segwit_read(struct str address, enum network network,
    struct script_pubkey *ret_script, struct err *err)
{
	struct script_pubkey s = {0};
	struct bech32 bech;
	size_t n = 0;
	uint8_t version;
	enum rc rc = bech32_parse(address, &bech, err);

	if (rc != RC_OK)
		return err_prefix(err, rc, "this is no address: ");
	if (!str_eq(str_of(bech.hrp), network_facts(network)->hrp))
		return wrong_network(
		    hrp_networks(str_of(bech.hrp)), network, err);
	version = bech.values_n > 0 ? bech.values[0] : WITNESS_VERSIONS;
	if (version >= WITNESS_VERSIONS || bech.values_n > 1 + 65 ||
	    !bech32_to_bytes(bech.values + 1, bech.values_n - 1, s.p + 2, &n) ||
	    n < WITNESS_LEAST || n > WITNESS_MOST ||
	    (version == 0 && n != HASH160_BYTES && n != HASH256_BYTES))
		return err_set(err, RC_INVALID,
		    "this is no address: what it holds is no witness program");
	if ((version == 0) != (bech.encoding == BECH32_PLAIN))
		return err_set(err, RC_INVALID,
		    "this is no address: version %u has the checksum of "
		    "another (bech32 is for 0, bech32m for 1 to 16)",
		    version);
	s.p[0] = version == 0 ? 0 : (uint8_t)(0x50 + version);
	s.p[1] = (uint8_t)n;
	s.n = (uint8_t)(n + 2);
	*ret_script = s;
	return RC_OK;
}

static enum rc base58_read(struct str address, enum network network,
    struct script_pubkey *ret_script, struct err *err)
{
	const struct network_facts *facts = network_facts(network);
	uint8_t bytes[BASE58_BYTES_MAX];
	struct hash160 h;
	size_t n = 0;
	enum rc rc = base58_check_read(address, bytes, sizeof(bytes), &n, err);

	if (rc != RC_OK)
		return err_prefix(err, RC_INVALID, "this is no address: ");
	if (n != 1 + HASH160_BYTES)
		return err_set(err, RC_INVALID,
		    "this is no address: it holds %zu bytes, not %d", n,
		    1 + HASH160_BYTES);
	memcpy(h.b, bytes + 1, sizeof(h.b));
	if (bytes[0] == facts->p2pkh)
		*ret_script = script_p2pkh(&h);
	else if (bytes[0] == facts->p2sh)
		*ret_script = script_p2sh(&h);
	else if (bytes[0] == 0x00 || bytes[0] == 0x05)
		return wrong_network("main", network, err);
	else if (bytes[0] == 0x6f || bytes[0] == 0xc4)
		return wrong_network("a test network", network, err);
	else
		return err_set(
		    err, RC_INVALID, "this is an address of another coin");
	return RC_OK;
}

enum rc script_parse_address(struct str address, enum network network,
    struct script_pubkey *ret_script, struct err *err)
{
	size_t one = str_find_last(address, '1');

	if (address.n == 0)
		return err_set(err, RC_INVALID, "there is no address");
	/* A segwit address starts with the name of its network; everything
	 * else is read as base58. */
	if (one < address.n && hrp_networks(str_part(address, 0, one)))
		return segwit_read(address, network, ret_script, err);
	return base58_read(address, network, ret_script, err);
}
