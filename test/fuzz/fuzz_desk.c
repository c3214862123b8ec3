/* SPDX-License-Identifier: MIT
 *
 * The desk's messages: whatever arrives at the newsroom's socket. What is read
 * must lie inside the input, and written again gives the same bytes.
 */
#include <stdint.h>
#include <stdlib.h>

/* The program's own folder is not in the library. */
#include "app/desk_wire.c"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct desk_message message;
	struct str in = {(const char *)data, n};
	struct buf out;

	if (desk_wire_read(in, &message) != RC_OK)
		return 0;
	must(message.n <= DESK_PARTS_MAX);
	buf_init(&out, n);
	for (size_t i = 0; i < message.n; i++) {
		must(message.v[i].p >= in.p);
		must(message.v[i].p + message.v[i].n <= in.p + in.n);
	}
	must(
	    desk_wire_write(&out, message.kind, message.v, message.n) == RC_OK);
	must(str_eq(buf_str(&out), in));
	buf_done(&out);
	return 0;
}
