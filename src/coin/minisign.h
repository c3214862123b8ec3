/* SPDX-License-Identifier: MIT
 *
 * Keys and signatures in the file formats of minisign (its manual page
 * minisign(1), "SIGNATURE FORMAT" and the two after it), so that
 * whoever distrusts this program can check its signatures with another one,
 * and sign with a key made elsewhere.
 *
 * All of them are Ed25519 (RFC 8032) over the BLAKE2b-512 (RFC 7693) of what
 * is signed: the algorithm "ED". The older form "Ed", over the message itself,
 * is refused.
 *
 *	public key	untrusted comment: TEXT
 *			base64("Ed" | id 8 | key 32)
 *	signature	untrusted comment: TEXT
 *			base64("ED" | id 8 | signature 64)
 *			trusted comment: TEXT
 *			base64(signature of: signature 64 | trusted comment)
 *	secret key	untrusted comment: TEXT
 *			base64("Ed" | "Sc" | "B2" | salt 32 | opslimit 8 |
 *			memlimit 8 | (id 8 | seed 32 | key 32 | sum 32) ^ pad)
 *
 * where pad is scrypt of the passphrase, sum is the BLAKE2b-256 of
 * "Ed" | id | seed | key, and the two limits are those of libsodium's
 * crypto_pwhash_scryptsalsa208sha256, low byte first. A secret key with two
 * zero bytes in the place of "Sc" has no passphrase, no pad, and no sum.
 *
 * Nothing here allocates, but for scrypt's own memory.
 */
#ifndef COIN_MINISIGN_H
#define COIN_MINISIGN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "coin/hash.h"

struct buf;

enum {
	MINISIGN_ID = 8,
	MINISIGN_KEY = 32,
	MINISIGN_SIG = 64,
	MINISIGN_SALT = 32,
	MINISIGN_COMMENT_MAX = 1024,	/* bytes of a comment */
	MINISIGN_FILE_MAX = 4096,	/* bytes of any of the files */
	MINISIGN_PASSPHRASE_MAX = 1024, /* bytes */
	/* Memory that trying one passphrase costs, in MiB. The most is also
	 * what minisign itself uses. */
	MINISIGN_MEMORY_LEAST = 16,
	MINISIGN_MEMORY_MOST = 1024,
};

/* A public key. */
struct minisign_key {
	uint8_t id[MINISIGN_ID]; /* chosen at random when it was made */
	uint8_t pk[MINISIGN_KEY];
};

struct minisign_signature {
	uint8_t id[MINISIGN_ID]; /* of the key that made it */
	uint8_t sig[MINISIGN_SIG];
	uint8_t comment_sig[MINISIGN_SIG];
	struct str comment; /* the trusted one; no control characters but
				 tabs. Lives as long as what it was read
				 from */
};

/* A secret key, open. Must be wiped. */
struct minisign_secret {
	struct minisign_key key;
	uint8_t seed[MINISIGN_KEY];
};

/* A secret key as it lies in its file. */
struct minisign_sealed {
	bool has_passphrase;
	uint8_t salt[MINISIGN_SALT];
	uint64_t opslimit;
	uint64_t memlimit;    /* bytes */
	uint8_t content[104]; /* under the pad */
};

/* Reads a public key: the file of two lines, or its second line alone.
 * RC_INVALID. */
MUST_USE enum rc minisign_key_parse(
    struct str text, struct minisign_key *ret_key, struct err *err);
/* The second line of the file, without its LF: 56 characters. */
void minisign_key_base64(struct buf *b, const struct minisign_key *key);
/* The whole file. */
void minisign_key_write(struct buf *b, const struct minisign_key *key);
bool minisign_key_eq(
    const struct minisign_key *a, const struct minisign_key *b);
/* What stands for a key in a statement and in speech:
 * SHA-256("farthing key" | 0x00 | id 8 | key 32). */
struct hash256 minisign_key_hash(const struct minisign_key *key);
/* The first 160 bits of a key's hash in eight groups of four letters, in
 * base32 (RFC 4648 section 6, lower case), to be read aloud and compared:
 * "mfrg g2dj nrxw 6ytb ...". */
void minisign_fingerprint(struct buf *b, struct hash256 key_hash);

/* Reads a signature's file. Whether it is good is for minisign_verify to say.
 * RC_INVALID. */
MUST_USE enum rc minisign_signature_parse(
    struct str text, struct minisign_signature *ret_signature, struct err *err);
/* The whole file, with UNTRUSTED as its first comment. */
void minisign_signature_write(struct buf *b,
    const struct minisign_signature *signature, struct str untrusted);
/* RC_OK: KEY signed MESSAGE, and the signature's trusted comment. RC_DENIED:
 * it did not; another key's signature is told from a false one in *ERR. */
MUST_USE enum rc minisign_verify(const struct minisign_key *key,
    const struct minisign_signature *signature, struct str message,
    struct err *err);
/* S can be a trusted comment. */
bool minisign_comment_is_valid(struct str s);

/* The key pair of a random SEED, to be told from others by the random ID. */
void minisign_secret_make(const uint8_t seed[MINISIGN_KEY],
    const uint8_t id[MINISIGN_ID], struct minisign_secret *ret_secret);
void minisign_secret_wipe(struct minisign_secret *secret);
/* Signs MESSAGE and COMMENT, which must be valid; ret_signature->comment is
 * COMMENT itself. */
void minisign_sign(const struct minisign_secret *secret, struct str message,
    struct str comment, struct minisign_signature *ret_signature);

/* Reads a secret key's file, which then still is to be opened. RC_INVALID;
 * also for limits below 1 MiB or above MINISIGN_MEMORY_MOST and their like. */
MUST_USE enum rc minisign_sealed_parse(
    struct str text, struct minisign_sealed *ret_sealed, struct err *err);
/* Opens it; PASSPHRASE is not looked at where none is needed. RC_DENIED: the
 * passphrase is wrong, or the file is damaged, which cannot be told apart.
 * RC_NO_MEMORY: scrypt's memory cannot be had. Takes seconds. */
MUST_USE enum rc minisign_unseal(const struct minisign_sealed *sealed,
    struct str passphrase, struct minisign_secret *ret_secret, struct err *err);
/* The other way, under a random SALT. MEMORY_MIB lies between the limits
 * above. RC_NO_MEMORY. */
MUST_USE enum rc minisign_seal(const struct minisign_secret *secret,
    struct str passphrase, const uint8_t salt[MINISIGN_SALT],
    unsigned memory_mib, struct minisign_sealed *ret_sealed, struct err *err);
/* The whole file. */
void minisign_sealed_write(struct buf *b, const struct minisign_sealed *sealed);

#endif
