/* SPDX-License-Identifier: MIT
 *
 * minisign's public keys and signatures; see minisign.h. The secret keys'
 * files are in minisign_sealed.c.
 */
#include "coin/minisign.h"

#include <sodium.h>
#include <string.h>

#include "base/buf.h"
#include "base/must.h"
#include "base/utf8.h"
#include "coin/line.h"

enum {
	KEY_BYTES = 2 + MINISIGN_ID + MINISIGN_KEY,
	SIGNATURE_BYTES = 2 + MINISIGN_ID + MINISIGN_SIG,
	PREHASH_BYTES = 64,
};

_Static_assert(MINISIGN_SIG == crypto_sign_BYTES, "Ed25519 signature");
_Static_assert(MINISIGN_KEY == crypto_sign_PUBLICKEYBYTES, "Ed25519 key");
_Static_assert(MINISIGN_KEY == crypto_sign_SEEDBYTES, "Ed25519 seed");

/* Takes a line of base64 that is exactly N bytes. */
static bool take_bytes(struct str *text, uint8_t *ret_bytes, size_t n)
{
	struct str rest = *text;
	struct str line;
	size_t got;

	if (!line_next(&rest, &line) ||
	    !line_base64(line, ret_bytes, n, &got) || got != n)
		return false;
	*text = rest;
	return true;
}

bool minisign_comment_is_valid(struct str s)
{
	if (s.n > MINISIGN_COMMENT_MAX || !utf8_is_valid(s))
		return false;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if ((c < ' ' && c != '\t') || c == 0x7f)
			return false;
	}
	return true;
}

static bool take_untrusted(struct str *text)
{
	struct str comment;

	return line_field(text, STR("untrusted comment"), &comment) &&
	       minisign_comment_is_valid(comment);
}

enum rc minisign_key_parse(
    struct str text, struct minisign_key *ret_key, struct err *err)
{
	uint8_t raw[KEY_BYTES];
	size_t n;

	if (str_starts(text, STR("untrusted comment"))) {
		if (!take_untrusted(&text))
			goto bad;
	}
	/* A key that was copied as one word has no LF behind it. */
	if (text.n > 0 && text.p[text.n - 1] == '\n')
		text = str_part(text, 0, text.n - 1);
	if (!line_base64(text, raw, sizeof(raw), &n) || n != sizeof(raw) ||
	    memcmp(raw, "Ed", 2) != 0)
		goto bad;
	memcpy(ret_key->id, raw + 2, MINISIGN_ID);
	memcpy(ret_key->pk, raw + 2 + MINISIGN_ID, MINISIGN_KEY);
	return RC_OK;
bad:
	return err_set(err, RC_INVALID,
	    "this is no public key of minisign's: 56 characters of base64, "
	    "with or without its comment line");
}

void minisign_key_base64(struct buf *b, const struct minisign_key *key)
{
	uint8_t raw[KEY_BYTES] = {'E', 'd'};

	memcpy(raw + 2, key->id, MINISIGN_ID);
	memcpy(raw + 2 + MINISIGN_ID, key->pk, MINISIGN_KEY);
	line_put_base64(b, raw, sizeof(raw));
}

void minisign_key_write(struct buf *b, const struct minisign_key *key)
{
	buf_lit(b, "untrusted comment: minisign public key ");
	/* minisign shows the id as a number whose low byte comes first. */
	for (size_t i = MINISIGN_ID; i-- > 0;)
		buf_printf(b, "%02X", key->id[i]);
	buf_char(b, '\n');
	minisign_key_base64(b, key);
	buf_char(b, '\n');
}

bool minisign_key_eq(const struct minisign_key *a, const struct minisign_key *b)
{
	return memcmp(a->id, b->id, MINISIGN_ID) == 0 &&
	       memcmp(a->pk, b->pk, MINISIGN_KEY) == 0;
}

struct hash256 minisign_key_hash(const struct minisign_key *key)
{
	static const char domain[] = "farthing key"; /* with its NUL */
	crypto_hash_sha256_state state;
	struct hash256 hash;

	crypto_hash_sha256_init(&state);
	crypto_hash_sha256_update(
	    &state, (const unsigned char *)domain, sizeof(domain));
	crypto_hash_sha256_update(&state, key->id, MINISIGN_ID);
	crypto_hash_sha256_update(&state, key->pk, MINISIGN_KEY);
	crypto_hash_sha256_final(&state, hash.b);
	return hash;
}

void minisign_fingerprint(struct buf *b, struct hash256 key_hash)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
	uint32_t bits = 0;
	unsigned n_bits = 0;
	size_t at = 0;

	for (unsigned i = 0; i < 32; i++) {
		if (n_bits < 5) {
			bits = bits << 8 | key_hash.b[at++];
			n_bits += 8;
		}
		n_bits -= 5;
		if (i > 0 && i % 4 == 0)
			buf_char(b, ' ');
		buf_char(b, letters[bits >> n_bits & 31]);
	}
}

enum rc minisign_signature_parse(
    struct str text, struct minisign_signature *ret_signature, struct err *err)
{
	struct minisign_signature s = {0};
	uint8_t raw[SIGNATURE_BYTES];

	if (!take_untrusted(&text))
		return err_set(err, RC_INVALID,
		    "line 1 is not the comment line of a minisign signature");
	if (!take_bytes(&text, raw, sizeof(raw)))
		return err_set(err, RC_INVALID,
		    "line 2 is not a signature of minisign's in base64");
	if (memcmp(raw, "ED", 2) != 0)
		return err_set(err, RC_INVALID,
		    "the signature is not of the prehashed kind (minisign -S "
		    "-H)");
	if (!line_field(&text, STR("trusted comment"), &s.comment) ||
	    !minisign_comment_is_valid(s.comment))
		return err_set(err, RC_INVALID,
		    "line 3 is not the trusted comment of a signature");
	if (!take_bytes(&text, s.comment_sig, MINISIGN_SIG) || text.n > 0)
		return err_set(err, RC_INVALID,
		    "line 4 is not the comment's signature in base64, or there "
		    "is something behind it");
	memcpy(s.id, raw + 2, MINISIGN_ID);
	memcpy(s.sig, raw + 2 + MINISIGN_ID, MINISIGN_SIG);
	*ret_signature = s;
	return RC_OK;
}

void minisign_signature_write(struct buf *b,
    const struct minisign_signature *signature, struct str untrusted)
{
	uint8_t raw[SIGNATURE_BYTES] = {'E', 'D'};

	memcpy(raw + 2, signature->id, MINISIGN_ID);
	memcpy(raw + 2 + MINISIGN_ID, signature->sig, MINISIGN_SIG);
	buf_lit(b, "untrusted comment: ");
	buf_add(b, untrusted);
	buf_char(b, '\n');
	line_put_base64(b, raw, sizeof(raw));
	buf_lit(b, "\ntrusted comment: ");
	buf_add(b, signature->comment);
	buf_char(b, '\n');
	line_put_base64(b, signature->comment_sig, MINISIGN_SIG);
	buf_char(b, '\n');
}

static void prehash(struct str message, uint8_t ret_hash[PREHASH_BYTES])
{
	crypto_generichash(ret_hash, PREHASH_BYTES,
	    (const unsigned char *)message.p, message.n, NULL, 0);
}

/* What the second signature is over. Returns its length. */
static size_t comment_message(const struct minisign_signature *s,
    uint8_t ret_message[MINISIGN_SIG + MINISIGN_COMMENT_MAX])
{
	must(s->comment.n <= MINISIGN_COMMENT_MAX);
	memcpy(ret_message, s->sig, MINISIGN_SIG);
	if (s->comment.n > 0)
		memcpy(ret_message + MINISIGN_SIG, s->comment.p, s->comment.n);
	return MINISIGN_SIG + s->comment.n;
}

enum rc minisign_verify(const struct minisign_key *key,
    const struct minisign_signature *signature, struct str message,
    struct err *err)
{
	uint8_t comment[MINISIGN_SIG + MINISIGN_COMMENT_MAX];
	uint8_t hash[PREHASH_BYTES];
	size_t n;

	if (memcmp(key->id, signature->id, MINISIGN_ID) != 0)
		return err_set(
		    err, RC_DENIED, "it is signed by another key than this");
	prehash(message, hash);
	if (crypto_sign_verify_detached(
		signature->sig, hash, sizeof(hash), key->pk) != 0)
		return err_set(err, RC_DENIED,
		    "the signature is false: what was signed, or the "
		    "signature, has been changed");
	n = comment_message(signature, comment);
	if (crypto_sign_verify_detached(
		signature->comment_sig, comment, n, key->pk) != 0)
		return err_set(
		    err, RC_DENIED, "the signature's comment has been changed");
	return RC_OK;
}

void minisign_secret_make(const uint8_t seed[MINISIGN_KEY],
    const uint8_t id[MINISIGN_ID], struct minisign_secret *ret_secret)
{
	uint8_t sk[crypto_sign_SECRETKEYBYTES];

	memcpy(ret_secret->key.id, id, MINISIGN_ID);
	memcpy(ret_secret->seed, seed, MINISIGN_KEY);
	must(crypto_sign_seed_keypair(ret_secret->key.pk, sk, seed) == 0);
	sodium_memzero(sk, sizeof(sk));
}

void minisign_secret_wipe(struct minisign_secret *secret)
{
	sodium_memzero(secret, sizeof(*secret));
}

void minisign_sign(const struct minisign_secret *secret, struct str message,
    struct str comment, struct minisign_signature *ret_signature)
{
	struct minisign_signature s = {.comment = comment};
	uint8_t commented[MINISIGN_SIG + MINISIGN_COMMENT_MAX];
	uint8_t sk[crypto_sign_SECRETKEYBYTES];
	uint8_t hash[PREHASH_BYTES];
	size_t n;

	must(comment.n > 0 && minisign_comment_is_valid(comment));
	memcpy(sk, secret->seed, MINISIGN_KEY);
	memcpy(sk + MINISIGN_KEY, secret->key.pk, MINISIGN_KEY);
	memcpy(s.id, secret->key.id, MINISIGN_ID);
	prehash(message, hash);
	must(crypto_sign_detached(s.sig, NULL, hash, sizeof(hash), sk) == 0);
	n = comment_message(&s, commented);
	must(crypto_sign_detached(s.comment_sig, NULL, commented, n, sk) == 0);
	sodium_memzero(sk, sizeof(sk));
	*ret_signature = s;
}
