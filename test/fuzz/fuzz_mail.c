/* SPDX-License-Identifier: MIT
 *
 * Any bytes as a mail: its text is not much longer than the mail, and the
 * lines that it says it came from are lines of the mail.
 */
#include <stdint.h>

#include "base/arena.h"
#include "base/must.h"
#include "text/mail.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new(64 << 20);
	struct str bytes = {(const char *)data, n};
	uint32_t lines = 1;
	struct str rest = bytes;
	struct str line;
	struct mail mail;

	while (str_line(&rest, &line))
		lines++;
	if (mail_read(a, bytes, &mail) == RC_OK) {
		must(mail.text.n <= 4 * n + 8192);
		must(mail.source_line <= lines);
		must(mail.lines_n > 0);
		for (size_t i = 0; i < mail.lines_n; i++)
			must(mail.lines[i] <= lines);
	}
	arena_free(a);
	return 0;
}
