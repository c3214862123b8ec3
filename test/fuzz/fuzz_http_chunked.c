/* SPDX-License-Identifier: MIT
 *
 * Chunked bodies read whole and byte by byte must come out the same, and what
 * is joined must have the length that was counted.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/must.h"
#include "http/chunked.h"

enum { MOST = 4096 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct chunked a = {0};
	struct chunked b = {0};
	char *bytes = malloc(n ? n : 1);
	enum http_parse whole;
	enum http_parse cut = HTTP_PARSE_MORE;
	size_t used_a = 0;
	size_t used_b = 0;
	unsigned status_a = 0;
	unsigned status_b = 0;

	must(bytes);
	if (n)
		memcpy(bytes, data, n);
	whole = chunked_scan(&a, bytes, n, MOST, &used_a, &status_a);
	for (size_t at = 0; at <= n && cut == HTTP_PARSE_MORE; at++)
		cut = chunked_scan(&b, bytes, at, MOST, &used_b, &status_b);
	must(whole == cut && used_a == used_b && status_a == status_b);
	must(a.body <= MOST);
	if (whole == HTTP_PARSE_DONE) {
		must(used_a <= n);
		must(chunked_join(bytes, used_a) == a.body);
	}
	free(bytes);
	return 0;
}
