/* SPDX-License-Identifier: MIT
 *
 * Any bytes as a line to be set: setting it twice is setting it once.
 */
#include <stdint.h>

#include "base/buf.h"
#include "base/must.h"
#include "base/utf8.h"
#include "text/typography.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char *const langs[] = {"en", "de", "fr", "ru", "he", "ja"};
	struct str line = {(const char *)data, n};

	if (!utf8_is_valid(line))
		return 0;
	for (size_t i = 0; i < sizeof(langs) / sizeof(langs[0]); i++) {
		struct buf once;
		struct buf twice;

		buf_init(&once, n * 8 + 16);
		buf_init(&twice, n * 8 + 16);
		typography_line(&once, line, str_of(langs[i]));
		typography_line(&twice, buf_str(&once), str_of(langs[i]));
		must(buf_rc(&once) == RC_OK);
		must(utf8_is_valid(buf_str(&once)));
		must(str_eq(buf_str(&once), buf_str(&twice)));
		buf_done(&once);
		buf_done(&twice);
	}
	return 0;
}
