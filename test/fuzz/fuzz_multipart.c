/* SPDX-License-Identifier: MIT
 *
 * Forms with files. The first line of the input is the boundary. What is read
 * lies within the body, in its order, and none of it has the boundary in it.
 */
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/must.h"
#include "base/utf8.h"
#include "http/multipart.h"
#include "http/request.h"

static void check(const struct http_multipart *parts, struct str body)
{
	const char *at = body.p;

	must(parts->n <= HTTP_PARTS_MAX);
	for (size_t i = 0; i < parts->n; i++) {
		const struct http_part *part = &parts->v[i];

		must(part->name.n > 0 && utf8_is_valid(part->name));
		must(utf8_is_valid(part->file_name));
		must(part->bytes.p >= at);
		at = part->bytes.p + part->bytes.n;
		must(at <= body.p + body.n);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct arena *a;
	struct str body = {(const char *)data, n};
	struct str line = str_cut(&body, '\n');
	struct http_request r = {0};
	struct http_multipart parts;
	struct str boundary;
	struct str head;

	if (!a)
		a = arena_new(1 << 20);
	arena_reset(a);
	if (memchr(line.p ? line.p : "", '\r', line.n) || !body.p)
		return 0;
	head = arena_printf(a,
	    "Content-Type: multipart/form-data; boundary=%.*s\r\n\r\n",
	    STR_ARG(line));
	if (!head.p)
		return 0;
	r.fields = head;
	if (http_multipart_boundary(&r, &boundary) != RC_OK)
		return 0;
	if (http_multipart_read(a, body, boundary, &parts) == RC_OK)
		check(&parts, body);
	return 0;
}
