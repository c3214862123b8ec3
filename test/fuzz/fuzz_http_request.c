/* SPDX-License-Identifier: MIT
 *
 * Requests read whole and read in pieces must come out the same: the first
 * byte of the input says how it is cut. A request that is taken must hold
 * what request.h promises.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/must.h"
#include "base/utf8.h"
#include "http/request.h"

static void check_promises(const struct http_request *r, size_t used, size_t n)
{
	must(used <= n);
	must(r->path.n > 0 && r->path.p[0] == '/');
	must(utf8_is_valid(r->path));
	must(!memchr(r->path.p, 0, r->path.n));
	must(!memchr(r->path.p, '\\', r->path.n));
	must(str_find_str(r->path, STR("//")) == r->path.n);
	must(str_find_str(r->path, STR("/../")) == r->path.n);
	must(!str_ends(r->path, STR("/..")));
	must(r->method != HTTP_OTHER);
	must(r->has_body || r->body.n == 0);
	must(!r->has_body || r->method == HTTP_POST);
	must(r->body.n <= HTTP_BODY_MAX);
}

/* What few ask for: the lines of one field, and their list. */
static void check_field(const struct http_request *r, struct str name)
{
	struct str value = STR_NONE;
	unsigned lines = http_request_field(r, name, &value);
	struct buf b;

	must((lines > 0) == (value.p != NULL));
	if (lines == 0)
		return;
	buf_init(&b, 2 * HTTP_REQUEST_MAX);
	http_request_join(r, name, &b);
	must(buf_rc(&b) == RC_OK && str_starts(buf_str(&b), value));
	must(lines > 1 || str_eq(buf_str(&b), value));
	buf_done(&b);
}

static size_t most(
    void *ctx, const struct http_request *r, uint64_t *ret_sender)
{
	(void)ctx;
	must(r->method == HTTP_POST && r->path.n > 0);
	*ret_sender = r->host.n;
	return HTTP_BODY_MAX;
}

static char *copy(const uint8_t *data, size_t n)
{
	char *p = malloc(n ? n : 1);

	must(p);
	if (n)
		memcpy(p, data, n);
	return p;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct http_request a = {0};
	struct http_request b = {0};
	struct http_parser p = {.most = most};
	enum http_parse whole;
	enum http_parse cut = HTTP_PARSE_MORE;
	size_t used_a = 0;
	size_t used_b = 0;
	unsigned status_a = 0;
	unsigned status_b = 0;
	size_t step;
	char *bytes;
	char *piece = NULL;

	if (n < 1 || n > 2 * HTTP_REQUEST_MAX)
		return 0;
	step = (size_t)data[0] + 1;
	data++;
	n--;
	bytes = copy(data, n);
	whole = http_request_parse(bytes, n, &a, &used_a, &status_a);
	if (whole == HTTP_PARSE_DONE) {
		check_promises(&a, used_a, n);
		check_field(&a, STR("cookie"));
		check_field(&a, STR("accept"));
		check_field(&a, STR("x"));
	}
	if (n / step > 2000)
		step = n / 2000;
	for (size_t at = 0; at < n && cut == HTTP_PARSE_MORE;) {
		at = n - at < step ? n : at + step;
		free(piece);
		piece = copy(data, at);
		cut = http_parser_run(&p, piece, at, &b, &used_b, &status_b);
	}
	if (cut != HTTP_PARSE_MORE || whole != HTTP_PARSE_REFUSE) {
		must(whole == cut);
		must(status_a == status_b && used_a == used_b);
	}
	if (whole == HTTP_PARSE_DONE) {
		must(str_eq(a.path, b.path) && str_eq(a.body, b.body));
		must(str_eq(a.host, b.host) && str_eq(a.query, b.query));
	}
	free(bytes);
	free(piece);
	return 0;
}
