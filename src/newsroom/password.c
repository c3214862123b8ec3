/* SPDX-License-Identifier: MIT
 *
 * Passwords by libsodium; see password.h.
 */
#include "newsroom/password.h"

#include <sodium.h>
#include <string.h>

#include "base/must.h"
#include "base/utf8.h"

enum { PASSES = 3, MEMORY = 64 * 1024 * 1024 };

_Static_assert(crypto_pwhash_STRBYTES <= PASSWORD_HASH_ROOM, "room for a hash");

static const char nobody[] =
    "$argon2id$v=19$m=65536,t=3,p=1$w7q1Yp3tP6Zb2nU1q0y0Cw$"
    "0kTn5pZ0n5GJv8k7sYbS0m0mVQx7yY1w3a9rJcKq2dE";

enum rc password_may_be(struct str password)
{
	if (password.n > PASSWORD_BYTES_MOST)
		return RC_LIMIT;
	return utf8_count(password) < PASSWORD_CHARACTERS_LEAST ? RC_INVALID
								: RC_OK;
}

enum rc password_hash(struct str password, char ret_hash[PASSWORD_HASH_ROOM])
{
	char hash[crypto_pwhash_STRBYTES];

	if (crypto_pwhash_str_alg(hash, password.p ? password.p : "",
		password.n, PASSES, MEMORY, crypto_pwhash_ALG_ARGON2ID13) != 0)
		return RC_NO_MEMORY;
	memset(ret_hash, 0, PASSWORD_HASH_ROOM);
	memcpy(ret_hash, hash, strnlen(hash, sizeof(hash) - 1));
	return RC_OK;
}

bool password_check(struct str hash, struct str password)
{
	char text[crypto_pwhash_STRBYTES] = {0};
	bool is_hash = hash.n > 0 && hash.n < sizeof(text) &&
		       !memchr(hash.p, '\0', hash.n);

	if (!is_hash)
		hash = password_nobody();
	memcpy(text, hash.p, hash.n);
	return crypto_pwhash_str_verify(
		   text, password.p ? password.p : "", password.n) == 0 &&
	       is_hash;
}

struct str password_nobody(void)
{
	return (struct str){nobody, sizeof(nobody) - 1};
}
