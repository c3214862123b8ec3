/* SPDX-License-Identifier: MIT
 *
 * The messages between reader and till: whatever arrives on either side. What
 * is read lies inside the input, and written again gives the same bytes.
 */
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/must.h"
#include "ledger/till_wire.h"

static void check_token(struct str s)
{
	struct till_token token;
	char text[TILL_TOKEN_TEXT];

	if (till_token_parse(s, &token) != RC_OK)
		return;
	till_token_text(&token, text);
	must(str_eq(s, (struct str){text, TILL_TOKEN_TEXT}));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct till_message message;
	struct str in = {(const char *)data, n};
	struct buf out;

	check_token(in);
	if (till_wire_parse(in, &message) != RC_OK)
		return 0;
	if (message.kind == TILL_GIFT && message.gift.proof.n > 0) {
		must(message.gift.proof.p > in.p);
		must(message.gift.proof.p + message.gift.proof.n <= in.p + n);
	}
	buf_init(&out, TILL_WIRE_MAX);
	must(till_wire_write(&out, &message) == RC_OK);
	must(str_eq(buf_str(&out), in));
	buf_done(&out);
	return 0;
}
