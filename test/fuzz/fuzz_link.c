/* SPDX-License-Identifier: MIT
 *
 * Any bytes as an address: what is found is a path, and lies on the host that
 * was written there.
 */
#include <stdint.h>

#include "base/arena.h"
#include "base/must.h"
#include "base/utf8.h"
#include "text/link.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new(1 << 20);
	struct str url = {(const char *)data, n};
	struct str host, path;

	if (link_page(a, url, &host, &path) == RC_OK) {
		must(path.n > 0 && path.n <= n && path.p[0] == '/');
		must(path.n == 1 || utf8_is_valid(path));
		must(host.n == 0 || str_find_str(url, host) < url.n);
		must(host.n == 0 || link_is_safe(url));
	}
	must(!link_is_safe_picture(url) || link_is_safe(url));
	arena_free(a);
	return 0;
}
