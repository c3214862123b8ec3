/* SPDX-License-Identifier: MIT
 *
 * What a server of WebSockets sends: the first byte even: an answer to the
 * opening; odd: frames.
 */
#include <stdint.h>

#include "base/must.h"
#include "watch/websocket.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint8_t nonce[] = "the sample nonce";
	struct str in = {(const char *)data, size};
	struct websocket_frame frame;
	struct err err;
	size_t n;

	if (size == 0)
		return 0;
	in = str_from(in, 1);
	if (data[0] % 2 == 0) {
		if (websocket_read_answer(in, nonce, &n, &err) == RC_OK)
			must(n <= in.n && n <= WEBSOCKET_HEAD_MAX);
		return 0;
	}
	while (websocket_read_frame(in, &frame, &n) == RC_OK) {
		must(n >= 2 && n <= in.n);
		must(frame.payload.n <= WEBSOCKET_PAYLOAD_MAX);
		must(frame.payload.p + frame.payload.n == in.p + n);
		must(frame.opcode < WEBSOCKET_CLOSE ||
		     (frame.is_last &&
			 frame.payload.n <= WEBSOCKET_CONTROL_MAX));
		in = str_from(in, n);
	}
	return 0;
}
