/* SPDX-License-Identifier: MIT
 *
 * Any bytes as each of minisign's three files. A public key that is read is
 * written with the same second line; a signature that is read is not genuine
 * (nobody has its key); a secret key keeps scrypt within its limits.
 */
#include <stdint.h>

#include "base/buf.h"
#include "base/must.h"
#include "coin/minisign.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str in = {(const char *)data, n};
	struct minisign_signature signature, again;
	struct minisign_sealed sealed;
	struct minisign_key key = {{0}, {0}};
	struct err err;
	struct buf b;

	buf_init(&b, 4 * MINISIGN_FILE_MAX);
	if (minisign_key_parse(in, &key, &err) == RC_OK) {
		minisign_key_base64(&b, &key);
		must(str_find_str(in, buf_str(&b)) < in.n);
	}
	if (minisign_signature_parse(in, &signature, &err) == RC_OK) {
		must(minisign_comment_is_valid(signature.comment));
		for (size_t i = 0; i < MINISIGN_ID; i++)
			key.id[i] = signature.id[i];
		must(minisign_verify(&key, &signature, in, &err) == RC_DENIED);
		buf_clear(&b);
		minisign_signature_write(&b, &signature, STR("x"));
		must(minisign_signature_parse(buf_str(&b), &again, &err) ==
		     RC_OK);
		must(str_eq(signature.comment, again.comment));
	}
	if (minisign_sealed_parse(in, &sealed, &err) == RC_OK) {
		must(!sealed.has_passphrase ||
		     sealed.memlimit <= (uint64_t)MINISIGN_MEMORY_MOST << 20);
		buf_clear(&b);
		minisign_sealed_write(&b, &sealed);
		must(
		    minisign_sealed_parse(buf_str(&b), &sealed, &err) == RC_OK);
	}
	buf_done(&b);
	return 0;
}
