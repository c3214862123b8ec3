/* SPDX-License-Identifier: MIT
 *
 * Passkeys: what a browser sends after navigator.credentials.create() and
 * .get() is checked (Web Authentication Level 2, sections 7.1 and 7.2).
 *
 * What is asked for: attestation "none", so that no maker of authenticators is
 * trusted or refused, and there is no attestation statement to check; user
 * verification required; and an algorithm among ES256, EdDSA and RS256. The
 * client data is compared with what it must be, by the limited verification
 * algorithm (section 5.8.1.2), and not parsed. Keys and signatures are read
 * and checked by libfido2.
 */
#ifndef NEWSROOM_PASSKEY_H
#define NEWSROOM_PASSKEY_H

#include <stdint.h>

#include "base/rc.h"
#include "base/str.h"
#include "newsroom/challenge.h"

struct arena;

enum {
	PASSKEY_CLIENT_DATA_MAX = 4096, /* bytes */
	PASSKEY_DATA_MAX = 8192,	/* of authenticator data */
	PASSKEY_SIGNATURE_MAX = 1024,
};

/* COSE algorithms. */
enum { PASSKEY_ES256 = -7, PASSKEY_EDDSA = -8, PASSKEY_RS256 = -257 };

/* Readies the libraries; once, before the sandbox closes. */
void passkey_start(void);

/* The site as browsers know it. */
struct passkey_site {
	struct str origin; /* "https://desk.example.org" */
	struct str rp_id;  /* "desk.example.org" */
};

enum passkey_type { PASSKEY_CREATE, PASSKEY_GET };

/* What a browser sent, decoded. */
struct passkey_answer {
	struct str client_data;
	struct str authenticator_data;
	struct str signature; /* of PASSKEY_GET */
};

/* The challenge that CLIENT_DATA answers, if that is what it must be for TYPE
 * at SITE. RC_INVALID. */
MUST_USE enum rc passkey_challenge(const struct passkey_site *site,
    enum passkey_type type, struct str client_data,
    uint8_t ret_challenge[CHALLENGE_BYTES]);

struct passkey_key {
	struct str credential; /* in the arena, like the next */
	int64_t algorithm;
	struct str public_key; /* as libfido2 has it: 64 bytes of an ES256
				  one, 32 of EdDSA, 259 of RS256 */
	uint32_t counter;
};

/* The key of a new passkey. Its challenge was checked before. RC_INVALID: of
 * another site, without a user's presence and verification, of another
 * algorithm, or broken; RC_NO_MEMORY. */
MUST_USE enum rc passkey_register(struct arena *a,
    const struct passkey_site *site, const struct passkey_answer *answer,
    struct passkey_key *ret_key);

/* The signature is that of KEY, of which only algorithm and public_key are
 * looked at. *RET_COUNTER is what the authenticator counts. RC_DENIED: it is
 * not; RC_INVALID: as above; RC_NO_MEMORY. */
MUST_USE enum rc passkey_verify(const struct passkey_site *site,
    const struct passkey_key *key, const struct passkey_answer *answer,
    uint32_t *ret_counter);

/* Bytes in base64url without padding, at most MOST of them, in the arena.
 * RC_INVALID, RC_NO_MEMORY. */
MUST_USE enum rc passkey_bytes(
    struct arena *a, struct str text, size_t most, struct str *ret);

#endif
