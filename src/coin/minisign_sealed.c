/* SPDX-License-Identifier: MIT
 *
 * minisign's secret keys in their files; see minisign.h.
 */
#include <sodium.h>
#include <string.h>

#include "base/buf.h"
#include "base/must.h"
#include "coin/line.h"
#include "coin/minisign.h"

enum {
	CONTENT = MINISIGN_ID + 2 * MINISIGN_KEY + 32,
	AT_SALT = 6,
	AT_OPSLIMIT = AT_SALT + MINISIGN_SALT,
	AT_MEMLIMIT = AT_OPSLIMIT + 8,
	AT_CONTENT = AT_MEMLIMIT + 8,
	FILE_BYTES = AT_CONTENT + CONTENT,
};

static const uint64_t memlimit_most = (uint64_t)MINISIGN_MEMORY_MOST << 20;
/* scrypt's parameters follow from both limits; this one is minisign's own. */
static const uint64_t opslimit_most =
    crypto_pwhash_scryptsalsa208sha256_OPSLIMIT_SENSITIVE;

_Static_assert(CONTENT == sizeof(((struct minisign_sealed *)0)->content),
    "what is under the pad");

static uint64_t get_u64le(const uint8_t *p)
{
	uint64_t n = 0;

	for (unsigned i = 8; i-- > 0;)
		n = n << 8 | p[i];
	return n;
}

static void put_u64le(uint8_t *p, uint64_t n)
{
	for (unsigned i = 0; i < 8; i++)
		p[i] = (uint8_t)(n >> (8 * i));
}

enum rc minisign_sealed_parse(
    struct str text, struct minisign_sealed *ret_sealed, struct err *err)
{
	struct minisign_sealed s = {0};
	uint8_t raw[FILE_BYTES];
	struct str line;
	size_t n;
	bool is_good;

	is_good = line_field(&text, STR("untrusted comment"), &line) &&
		  line_next(&text, &line) && text.n == 0 &&
		  line_base64(line, raw, sizeof(raw), &n) && n == sizeof(raw) &&
		  memcmp(raw, "Ed", 2) == 0 && memcmp(raw + 4, "B2", 2) == 0;
	if (is_good) {
		s.has_passphrase = memcmp(raw + 2, "Sc", 2) == 0;
		is_good = s.has_passphrase || memcmp(raw + 2, "\0\0", 2) == 0;
		memcpy(s.salt, raw + AT_SALT, MINISIGN_SALT);
		s.opslimit = get_u64le(raw + AT_OPSLIMIT);
		s.memlimit = get_u64le(raw + AT_MEMLIMIT);
		memcpy(s.content, raw + AT_CONTENT, CONTENT);
	}
	sodium_memzero(raw, sizeof(raw));
	if (!is_good)
		return err_set(
		    err, RC_INVALID, "this is no secret key of minisign's");
	if (s.has_passphrase &&
	    (s.memlimit > memlimit_most || s.memlimit < 1 << 20 ||
		s.opslimit > opslimit_most || s.opslimit < 1 << 15))
		return err_set(err, RC_INVALID,
		    "the secret key asks for more memory or work than minisign "
		    "ever does, or for next to none: the file is damaged");
	*ret_sealed = s;
	return RC_OK;
}

/* Puts scrypt's pad over CONTENT, or takes it away. */
static enum rc pad(const struct minisign_sealed *s, struct str passphrase,
    uint8_t content[CONTENT], struct err *err)
{
	uint8_t stream[CONTENT];

	if (crypto_pwhash_scryptsalsa208sha256(stream, sizeof(stream),
		passphrase.n ? passphrase.p : "", passphrase.n, s->salt,
		s->opslimit, (size_t)s->memlimit) != 0)
		return err_set(err, RC_NO_MEMORY,
		    "the passphrase needs %llu MiB of free memory, which this "
		    "machine does not have",
		    (unsigned long long)(s->memlimit >> 20));
	for (size_t i = 0; i < CONTENT; i++)
		content[i] ^= stream[i];
	sodium_memzero(stream, sizeof(stream));
	return RC_OK;
}

static void checksum(const uint8_t content[CONTENT], uint8_t ret_sum[32])
{
	crypto_generichash_state state;

	crypto_generichash_init(&state, NULL, 0, 32);
	crypto_generichash_update(&state, (const unsigned char *)"Ed", 2);
	crypto_generichash_update(&state, content, CONTENT - 32);
	crypto_generichash_final(&state, ret_sum, 32);
}

enum rc minisign_unseal(const struct minisign_sealed *sealed,
    struct str passphrase, struct minisign_secret *ret_secret, struct err *err)
{
	struct minisign_secret secret;
	uint8_t content[CONTENT];
	uint8_t sum[32];
	enum rc rc = RC_OK;

	must(passphrase.n <= MINISIGN_PASSPHRASE_MAX);
	memcpy(content, sealed->content, CONTENT);
	if (sealed->has_passphrase)
		rc = pad(sealed, passphrase, content, err);
	if (rc != RC_OK)
		goto done;
	checksum(content, sum);
	minisign_secret_make(content + MINISIGN_ID, content, &secret);
	/* Without a passphrase minisign leaves the sum out; the public key
	 * then shows alone whether the seed is undamaged. */
	if ((sealed->has_passphrase &&
		sodium_memcmp(sum, content + CONTENT - 32, 32) != 0) ||
	    sodium_memcmp(secret.key.pk, content + MINISIGN_ID + MINISIGN_KEY,
		MINISIGN_KEY) != 0)
		rc = err_set(err, RC_DENIED,
		    sealed->has_passphrase
			? "the passphrase is wrong, or the key's file damaged"
			: "the secret key's file is damaged");
	else
		*ret_secret = secret;
	minisign_secret_wipe(&secret);
done:
	sodium_memzero(content, sizeof(content));
	return rc;
}

enum rc minisign_seal(const struct minisign_secret *secret,
    struct str passphrase, const uint8_t salt[MINISIGN_SALT],
    unsigned memory_mib, struct minisign_sealed *ret_sealed, struct err *err)
{
	struct minisign_sealed s = {.has_passphrase = true};
	enum rc rc;

	must(memory_mib >= MINISIGN_MEMORY_LEAST &&
	     memory_mib <= MINISIGN_MEMORY_MOST);
	must(passphrase.n <= MINISIGN_PASSPHRASE_MAX);
	memcpy(s.salt, salt, MINISIGN_SALT);
	s.memlimit = (uint64_t)memory_mib << 20;
	s.opslimit = s.memlimit / 32;
	memcpy(s.content, secret->key.id, MINISIGN_ID);
	memcpy(s.content + MINISIGN_ID, secret->seed, MINISIGN_KEY);
	memcpy(s.content + MINISIGN_ID + MINISIGN_KEY, secret->key.pk,
	    MINISIGN_KEY);
	checksum(s.content, s.content + CONTENT - 32);
	rc = pad(&s, passphrase, s.content, err);
	if (rc == RC_OK)
		*ret_sealed = s;
	sodium_memzero(&s, sizeof(s));
	return rc;
}

void minisign_sealed_write(struct buf *b, const struct minisign_sealed *sealed)
{
	uint8_t raw[FILE_BYTES] = {'E', 'd', 0, 0, 'B', '2'};

	if (sealed->has_passphrase)
		memcpy(raw + 2, "Sc", 2);
	memcpy(raw + AT_SALT, sealed->salt, MINISIGN_SALT);
	put_u64le(raw + AT_OPSLIMIT, sealed->opslimit);
	put_u64le(raw + AT_MEMLIMIT, sealed->memlimit);
	memcpy(raw + AT_CONTENT, sealed->content, CONTENT);
	buf_lit(b, "untrusted comment: minisign encrypted secret key\n");
	line_put_base64(b, raw, sizeof(raw));
	buf_char(b, '\n');
	sodium_memzero(raw, sizeof(raw));
}
