/* SPDX-License-Identifier: MIT
 *
 * A wallet of one key, for tests: BIP143 by libsecp256k1.
 *
 *	pay KEY script			the key's p2wpkh script, in hex
 *	pay KEY address NETWORK		its address
 *	pay KEY sign IN... / OUT...	a signed transaction, in hex
 *
 * KEY is 32 bytes in hex; IN is TXID:VOUT:SATOSHI:SEQUENCE, an output of the
 * key's script; OUT is SCRIPT:SATOSHI.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <secp256k1.h>

#include "base/buf.h"
#include "base/must.h"
#include "coin/hex.h"
#include "coin/script.h"
#include "coin/tx.h"

enum { INS_MAX = 100, SIGHASH_ALL = 1, TEXT_MAX = 1 << 20 };

struct in {
	struct outpoint from;
	uint64_t value;
	uint32_t sequence;
};

struct wallet {
	secp256k1_context *secp;
	uint8_t key[32];
	uint8_t pubkey[33];
	struct hash160 pubkey_hash;
	struct script_pubkey script;
};

static uint64_t number(struct str s)
{
	uint64_t n;

	must(str_u64(s, UINT64_MAX, &n) == RC_OK);
	return n;
}

static void put_le(struct buf *b, uint64_t n, unsigned bytes)
{
	for (unsigned i = 0; i < bytes; i++)
		buf_char(b, (char)(unsigned char)(n >> 8 * i & 0xff));
}

static void open_wallet(struct wallet *w, const char *key)
{
	secp256k1_pubkey pubkey;
	size_t n = sizeof(w->pubkey);

	w->secp = secp256k1_context_create(SECP256K1_CONTEXT_SIGN);
	must(hex_read(str_of(key), w->key, sizeof(w->key)));
	must(secp256k1_ec_pubkey_create(w->secp, &pubkey, w->key));
	must(secp256k1_ec_pubkey_serialize(
	    w->secp, w->pubkey, &n, &pubkey, SECP256K1_EC_COMPRESSED));
	w->pubkey_hash = hash_160((struct str){(char *)w->pubkey, n});
	w->script = script_p2wpkh(&w->pubkey_hash);
}

static void put_outpoint(struct buf *b, const struct outpoint *o)
{
	buf_add(b, hash256_str(&o->txid));
	put_le(b, o->vout, 4);
}

/* BIP143's digest of input I. */
static struct hash256 digest(const struct wallet *w, const struct in *ins,
    size_t n, size_t i, struct str outs)
{
	struct hash256 prevouts, sequences, outputs, h;
	struct buf b;

	buf_init(&b, TEXT_MAX);
	for (size_t k = 0; k < n; k++)
		put_outpoint(&b, &ins[k].from);
	prevouts = hash_sha256d(buf_str(&b));
	buf_clear(&b);
	for (size_t k = 0; k < n; k++)
		put_le(&b, ins[k].sequence, 4);
	sequences = hash_sha256d(buf_str(&b));
	outputs = hash_sha256d(outs);
	buf_clear(&b);
	put_le(&b, 2, 4);
	buf_add(&b, hash256_str(&prevouts));
	buf_add(&b, hash256_str(&sequences));
	put_outpoint(&b, &ins[i].from);
	buf_lit(&b, "\x19\x76\xa9\x14");
	buf_add(&b, (struct str){(const char *)w->pubkey_hash.b, 20});
	buf_lit(&b, "\x88\xac");
	put_le(&b, ins[i].value, 8);
	put_le(&b, ins[i].sequence, 4);
	buf_add(&b, hash256_str(&outputs));
	put_le(&b, 0, 4);
	put_le(&b, SIGHASH_ALL, 4);
	h = hash_sha256d(buf_str(&b));
	buf_done(&b);
	return h;
}

static void put_witness(
    struct buf *b, const struct wallet *w, const struct hash256 *digest_of)
{
	secp256k1_ecdsa_signature signature;
	uint8_t der[80];
	size_t n = sizeof(der);

	must(secp256k1_ecdsa_sign(
	    w->secp, &signature, digest_of->b, w->key, NULL, NULL));
	must(secp256k1_ecdsa_signature_serialize_der(
	    w->secp, der, &n, &signature));
	put_le(b, 2, 1);
	put_le(b, n + 1, 1);
	buf_add(b, (struct str){(char *)der, n});
	put_le(b, SIGHASH_ALL, 1);
	put_le(b, sizeof(w->pubkey), 1);
	buf_add(b, (struct str){(const char *)w->pubkey, sizeof(w->pubkey)});
}

static struct in read_in(struct str s)
{
	struct in in;

	must(hash256_parse_id(str_cut(&s, ':'), &in.from.txid) == RC_OK);
	in.from.vout = (uint32_t)number(str_cut(&s, ':'));
	in.value = number(str_cut(&s, ':'));
	in.sequence = (uint32_t)number(s);
	return in;
}

static void put_out(struct buf *b, struct str s)
{
	struct str hex = str_cut(&s, ':');
	char *p;

	put_le(b, number(s), 8);
	must(hex.n / 2 < 0xfd);
	put_le(b, hex.n / 2, 1);
	p = buf_room(b, hex.n / 2);
	must(p && hex_read(hex, (uint8_t *)p, hex.n / 2));
	buf_commit(b, hex.n / 2);
}

static void sign(const struct wallet *w, int argc, char **argv)
{
	static struct in ins[INS_MAX];
	struct buf outs, b, hex;
	size_t n = 0, outs_n = 0;
	int i = 0;

	buf_init(&outs, TEXT_MAX);
	buf_init(&b, TEXT_MAX);
	buf_init(&hex, TEXT_MAX);
	for (; i < argc && strcmp(argv[i], "/") != 0; i++)
		ins[n++] = read_in(str_of(argv[i]));
	for (i++; i < argc; i++, outs_n++)
		put_out(&outs, str_of(argv[i]));
	must(n < 0xfd && outs_n < 0xfd);
	put_le(&b, 2, 4);
	put_le(&b, 0x100, 2);
	put_le(&b, n, 1);
	for (size_t k = 0; k < n; k++) {
		put_outpoint(&b, &ins[k].from);
		put_le(&b, 0, 1);
		put_le(&b, ins[k].sequence, 4);
	}
	put_le(&b, outs_n, 1);
	buf_add(&b, buf_str(&outs));
	for (size_t k = 0; k < n; k++) {
		struct hash256 h = digest(w, ins, n, k, buf_str(&outs));

		put_witness(&b, w, &h);
	}
	put_le(&b, 0, 4);
	hex_write(&hex, buf_str(&b));
	must(buf_rc(&hex) == RC_OK);
	puts(hex.p);
	buf_done(&outs);
	buf_done(&b);
	buf_done(&hex);
}

int main(int argc, char **argv)
{
	struct wallet w;
	enum network network;
	struct buf b;

	if (argc < 3)
		return 2;
	open_wallet(&w, argv[1]);
	buf_init(&b, 1000);
	if (strcmp(argv[2], "script") == 0) {
		hex_write(&b, script_pubkey_str(&w.script));
	} else if (strcmp(argv[2], "address") == 0 && argc == 4) {
		must(network_parse(str_of(argv[3]), &network) == RC_OK);
		script_address(&b, &w.script, network);
	} else {
		sign(&w, argc - 3, argv + 3);
	}
	if (b.n > 0)
		puts(b.p);
	buf_done(&b);
	secp256k1_context_destroy(w.secp);
	return 0;
}
