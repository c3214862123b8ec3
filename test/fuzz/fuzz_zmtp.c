/* SPDX-License-Identifier: MIT
 *
 * What a publisher of ZeroMQ's sends: a greeting, then frames. And the address
 * that it is named by.
 */
#include <stdint.h>

#include "base/must.h"
#include "watch/notice.h"
#include "watch/zmtp.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str in = {(const char *)data, size}, host;
	struct zmtp_frame frame;
	size_t n;

	if (notice_address_parse(in, &host) == RC_OK)
		must(host.n + 6 == in.n);
	(void)!zmtp_read_ready(in);
	if (zmtp_read_greeting(in) != RC_OK)
		return 0;
	in = str_from(in, ZMTP_GREETING);
	while (zmtp_read_frame(in, &frame, &n) == RC_OK) {
		must(n >= 2 && n <= in.n && frame.body.n <= ZMTP_BODY_MAX);
		must(!(frame.is_command && frame.has_more));
		if (frame.is_command)
			(void)!zmtp_read_ready(frame.body);
		in = str_from(in, n);
	}
	return 0;
}
