/* SPDX-License-Identifier: MIT
 *
 * The packets between newsroom and darkroom: one that is read is written back
 * the same.
 */
#include "base/buf.h"
#include "base/must.h"
#include "newsroom/darkroom.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str s = {(const char *)data, n};
	struct darkroom_order order;
	struct darkroom_answer answer;
	struct buf b;

	buf_init(&b, DARKROOM_PACKET_MAX);
	if (darkroom_order_parse(s, &order) == RC_OK) {
		darkroom_put_order(&b, &order);
		must(str_eq(buf_str(&b), s));
	}
	buf_clear(&b);
	if (darkroom_answer_parse(s, &answer) == RC_OK) {
		darkroom_put_answer(&b, &answer);
		must(str_eq(buf_str(&b), s));
	}
	buf_done(&b);
	return 0;
}
