/* SPDX-License-Identifier: MIT
 *
 * What a browser sends for a passkey. The input is client data, a zero byte,
 * a signature's length, the signature, and authenticator data, in which the
 * hash of the site is put right so that the rest is looked at.
 */
#include <sodium.h>
#include <string.h>

#include "base/arena.h"
#include "base/must.h"
#include "newsroom/passkey.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static const struct passkey_site site = {
    STR_INIT("http://localhost:8081"), STR_INIT("localhost")};

static void try_key(struct arena *a, const struct passkey_answer *answer)
{
	struct passkey_key key;
	uint32_t counter;

	if (passkey_register(a, &site, answer, &key) != RC_OK)
		return;
	must(key.credential.n > 0 && key.public_key.n > 0);
	/* Nobody signs by chance. */
	must(passkey_verify(&site, &key, answer, &counter) != RC_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str rest = {(const char *)data, n};
	struct passkey_answer answer = {.client_data = str_cut(&rest, '\0')};
	uint8_t challenge[CHALLENGE_BYTES];
	struct arena *a;
	struct str copy;
	size_t length;

	(void)!passkey_challenge(
	    &site, PASSKEY_GET, answer.client_data, challenge);
	(void)!passkey_challenge(
	    &site, PASSKEY_CREATE, answer.client_data, challenge);
	if (rest.n < 1)
		return 0;
	length = (unsigned char)rest.p[0];
	answer.signature = str_part(rest, 1, length);
	rest = str_from(rest, 1 + length);
	a = arena_new(1 << 20);
	copy = arena_copy(a, rest);
	if (copy.n >= 32)
		crypto_hash_sha256((unsigned char *)(uintptr_t)copy.p,
		    (const unsigned char *)site.rp_id.p, site.rp_id.n);
	answer.authenticator_data = copy;
	try_key(a, &answer);
	arena_free(a);
	return 0;
}
