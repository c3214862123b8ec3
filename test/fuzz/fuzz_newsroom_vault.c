/* SPDX-License-Identifier: MIT
 *
 * The packets between newsroom and vault: one that is read is written back the
 * same.
 */
#include "base/buf.h"
#include "base/must.h"
#include "newsroom/vault.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str s = {(const char *)data, n};
	struct vault_ask ask;
	struct vault_reply reply;
	struct buf b;

	buf_init(&b, VAULT_PACKET_MAX);
	if (vault_ask_parse(s, &ask) == RC_OK) {
		vault_put_ask(&b, &ask);
		must(str_eq(buf_str(&b), s));
	}
	buf_clear(&b);
	if (vault_reply_parse(s, &reply) == RC_OK) {
		vault_put_reply(&b, &reply);
		must(str_eq(buf_str(&b), s));
	}
	buf_done(&b);
	return 0;
}
