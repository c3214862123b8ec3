/* SPDX-License-Identifier: MIT
 *
 * Codes as people type them: of an app, and for recovery.
 */
#include <string.h>

#include "base/buf.h"
#include "base/must.h"
#include "newsroom/base32.h"
#include "newsroom/recovery.h"
#include "newsroom/totp.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str s = {(const char *)data, n};
	uint8_t bytes[RECOVERY_BYTES], again[RECOVERY_BYTES];
	uint8_t hash[STAFF_HASH], same[STAFF_HASH];
	uint32_t code = 0;
	struct buf b;

	if (totp_parse(s, &code) == RC_OK)
		must(code < 1000000);
	/* One code is written in one way. */
	must((base32_parse(s, bytes, sizeof(bytes)) == RC_OK) ==
	     (recovery_parse(s, hash) == RC_OK));
	if (base32_parse(s, bytes, sizeof(bytes)) != RC_OK)
		return 0;
	buf_init(&b, 64);
	recovery_make(&b, bytes, same);
	must(memcmp(hash, same, sizeof(hash)) == 0);
	must(base32_parse(buf_str(&b), again, sizeof(again)) == RC_OK);
	must(memcmp(bytes, again, sizeof(bytes)) == 0);
	buf_done(&b);
	return 0;
}
