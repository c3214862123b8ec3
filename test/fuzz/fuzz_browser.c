/* SPDX-License-Identifier: MIT
 *
 * What a browser calls itself: whatever it says, it has a name of ours, or a
 * short start of its own words; and nothing that it says behind known words
 * makes one that is known unknown.
 */
#include <stddef.h>
#include <stdint.h>

#include "base/must.h"
#include "base/utf8.h"
#include "newsroom/browser.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str agent = {(const char *)data, size};
	struct browser b = browser_of(agent);
	struct browser start = browser_of(utf8_head(agent, size / 2));

	if (b.is_known) {
		must(b.name.n > 0 && utf8_is_valid(b.name));
		must(utf8_is_valid(b.system));
	} else {
		must(b.name.n <= BROWSER_WORDS_MAX && b.system.n == 0);
		must(b.name.n == 0 || str_find_str(agent, b.name) < size);
		must(!start.is_known);
	}
	return 0;
}
