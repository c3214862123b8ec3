/* SPDX-License-Identifier: MIT
 *
 * Probes of coin/; see probe_coin.h.
 */
#include "app/probe_coin.h"

#include "base/arena.h"
#include "base/buf.h"
#include "coin/address_find.h"
#include "coin/amount.h"
#include "coin/descriptor.h"
#include "coin/hex.h"
#include "coin/payment_uri.h"
#include "coin/xkey.h"

enum { INDEXES = 20 };

static const char *const script_names[] = {
    [SCRIPT_NONE] = "none",
    [SCRIPT_P2PKH] = "p2pkh",
    [SCRIPT_P2SH] = "p2sh",
    [SCRIPT_P2WPKH] = "p2wpkh",
    [SCRIPT_P2WSH] = "p2wsh",
    [SCRIPT_P2TR] = "p2tr",
    [SCRIPT_WITNESS] = "witness",
};

enum rc probe_address(
    struct arena *a, struct str in, struct buf *out, struct err *err)
{
	unsigned found = 0;

	(void)a;
	in = str_trim(in);
	for (unsigned i = 0; i < NETWORK_COUNT; i++) {
		enum network network = (enum network)i;
		struct script_pubkey s;
		struct str bytes;

		if (script_parse_address(in, network, &s, NULL) != RC_OK)
			continue;
		found++;
		bytes = script_pubkey_str(&s);
		buf_printf(out, "%.*s %s ", STR_ARG(network_name(network)),
		    script_names[script_kind(bytes)]);
		hex_write(out, bytes);
		buf_char(out, '\n');
	}
	if (found == 0) {
		struct script_pubkey s;

		return script_parse_address(in, NETWORK_MAIN, &s, err);
	}
	return RC_OK;
}

enum rc probe_addresses(
    struct arena *a, struct str in, struct buf *out, struct err *err)
{
	static const char *const names[] = {
	    [ADDRESS_FOUND_MAIN] = "bitcoin",
	    [ADDRESS_FOUND_TEST] = "bitcoin, test network",
	    [ADDRESS_FOUND_LIGHTNING] = "lightning",
	    [ADDRESS_FOUND_OTHER] = "other",
	};
	struct address_found found;
	size_t at = 0;

	(void)a;
	(void)err;
	while (address_find(in, &at, &found))
		buf_printf(
		    out, "%.*s (%s)\n", STR_ARG(found.text), names[found.kind]);
	return RC_OK;
}

enum rc probe_xkey(
    struct arena *a, struct str in, struct buf *out, struct err *err)
{
	static const char *const names[] = {
	    [XKEY_PLAIN] = "plain",
	    [XKEY_SH_WPKH] = "sh(wpkh)",
	    [XKEY_WPKH] = "wpkh",
	    [XKEY_SH_WSH] = "sh(wsh), of several",
	    [XKEY_WSH] = "wsh, of several",
	};
	struct xkey x;
	enum rc rc = xkey_parse(str_trim(in), &x, err);

	(void)a;
	if (rc != RC_OK)
		return rc;
	buf_printf(out,
	    "%s, %s\ndepth %u, parent %08x, number %u%s\nfingerprint %08x\n",
	    names[x.kind], x.is_test ? "test networks" : "main", x.depth,
	    (unsigned)x.fingerprint, (unsigned)(x.child & ~XKEY_HARDENED),
	    x.child >= XKEY_HARDENED ? "h" : "",
	    (unsigned)xkey_fingerprint(&x));
	buf_lit(out, "key ");
	hex_write(out, (struct str){(const char *)x.pubkey, XKEY_PUBKEY_BYTES});
	buf_char(out, '\n');
	return RC_OK;
}

static void probe_branch(struct buf *out, const struct descriptor *d,
    enum network network, uint32_t branch)
{
	uint32_t n = descriptor_is_ranged(d) ? INDEXES : 1;

	for (uint32_t i = 0; i < n; i++) {
		struct script_pubkey s;

		if (descriptor_script(d, branch, i, &s) != RC_OK)
			continue;
		buf_printf(out, "%.*s %u %u ", STR_ARG(network_name(network)),
		    (unsigned)branch, (unsigned)i);
		script_address(out, &s, network);
		buf_char(out, '\n');
	}
}

enum rc probe_descriptor(
    struct arena *a, struct str in, struct buf *out, struct err *err)
{
	const struct descriptor *d;
	enum rc rc = descriptor_parse(a, in, &d, err);

	if (rc != RC_OK)
		return rc;
	buf_add(out, descriptor_text(d));
	buf_char(out, '\n');
	for (unsigned i = 0; i < NETWORK_COUNT; i++) {
		enum network network = (enum network)i;

		/* Its addresses are those of testnet. */
		if (network == NETWORK_SIGNET ||
		    !descriptor_fits_network(d, network))
			continue;
		for (uint32_t k = 0; k < descriptor_branches(d); k++)
			probe_branch(out, d, network, k);
	}
	return RC_OK;
}

static void probe_link(
    struct buf *out, const struct payment_uri *uri, enum network network)
{
	buf_printf(out, "network %.*s\n", STR_ARG(network_name(network)));
	if (uri->script.n > 0) {
		buf_lit(out, "address ");
		script_address(out, &uri->script, network);
	}
	if (uri->has_amount) {
		buf_lit(out, "\namount ");
		sat_text(out, uri->amount);
	}
	buf_printf(out, "\nlabel %.*s\nmessage %.*s\n", STR_ARG(uri->label),
	    STR_ARG(uri->message));
	if (uri->script.n == 0)
		return;
	payment_uri_write(out, uri, network);
	buf_char(out, '\n');
	payment_uri_write_qr(out, uri, network);
	buf_char(out, '\n');
}

enum rc probe_payment_uri(
    struct arena *a, struct str in, struct buf *out, struct err *err)
{
	static const enum network tried[] = {
	    NETWORK_TESTNET, NETWORK_REGTEST, NETWORK_MAIN};
	struct payment_uri uri;
	enum rc rc = RC_INVALID;

	in = str_trim(in);
	for (size_t i = 0; i < 3; i++) {
		rc = payment_uri_parse(a, in, tried[i], &uri, err);
		if (rc == RC_OK) {
			probe_link(out, &uri, tried[i]);
			break;
		}
	}
	return rc;
}

enum rc probe_amount(
    struct arena *a, struct str in, struct buf *out, struct err *err)
{
	struct sat sat;
	enum rc rc = sat_parse(str_trim(in), &sat);

	(void)a;
	if (rc == RC_LIMIT)
		return err_set(err, rc, "more bitcoin than there are");
	if (rc != RC_OK)
		return err_set(
		    err, rc, "not an amount of bitcoin, such as 0.001");
	buf_i64(out, sat_raw(sat));
	buf_lit(out, " satoshi\n");
	return RC_OK;
}
