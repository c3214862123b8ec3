/* SPDX-License-Identifier: MIT
 *
 * The request reader: what it takes, what it refuses with which status, and
 * that neither depends on how the bytes are cut.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "http/request.h"

#define HOST	"Host: paper.example\r\n"
#define HEAD	"GET / HTTP/1.1\r\n" HOST
#define POST	"POST / HTTP/1.1\r\n" HOST
#define CHUNKED POST "Transfer-Encoding: chunked\r\n\r\n"
#define CASE(status, literal)                                                  \
	{                                                                      \
		status, STR_INIT(literal)                                      \
	}

struct result {
	enum http_parse got;
	unsigned status;
	size_t used;
	struct http_request request;
	char *bytes; /* what the request's views look at */
};

/* Reads a copy that is exactly as long, so that the sanitizer sees a step
 * past the end. Free .bytes. */
static struct result parse(struct str in)
{
	struct result r = {.bytes = malloc(in.n ? in.n : 1)};

	assert_non_null(r.bytes);
	if (in.n)
		memcpy(r.bytes, in.p, in.n);
	r.got =
	    http_request_parse(r.bytes, in.n, &r.request, &r.used, &r.status);
	return r;
}

/* Gives P the first N bytes of IN, and a line feed if N is one more. */
static void feed(
    struct http_parser *p, struct str in, size_t n, struct result *r)
{
	char *moved = malloc(n ? n : 1);

	assert_non_null(moved);
	if (n)
		memcpy(moved, in.p, n > in.n ? in.n : n);
	if (n > in.n)
		moved[in.n] = '\n';
	free(r->bytes);
	r->bytes = moved;
	r->got =
	    http_parser_run(p, moved, n, &r->request, &r->used, &r->status);
}

/* The same as WHOLE, the bytes coming in pieces that end at the places given.
 * A fault may need the line feed that comes next. */
static struct result parse_cut(
    struct result whole, struct str in, const size_t *ends, size_t count)
{
	struct http_parser p = {0};
	struct result r = {.got = HTTP_PARSE_MORE};

	for (size_t i = 0; i < count && r.got == HTTP_PARSE_MORE; i++)
		feed(&p, in, ends[i], &r);
	if (r.got == HTTP_PARSE_MORE && whole.got == HTTP_PARSE_REFUSE)
		feed(&p, in, in.n + 1, &r);
	return r;
}

static void assert_same(struct result a, struct result b)
{
	assert_int_equal(a.got, b.got);
	if (a.got == HTTP_PARSE_REFUSE)
		assert_int_equal(a.status, b.status);
	if (a.got != HTTP_PARSE_DONE)
		return;
	assert_int_equal(a.used, b.used);
	assert_true(str_eq(a.request.path, b.request.path));
	assert_true(str_eq(a.request.query, b.request.query));
	assert_true(str_eq(a.request.host, b.request.host));
	assert_true(str_eq(a.request.body, b.request.body));
	assert_true(
	    str_eq(a.request.accept_encoding, b.request.accept_encoding));
	assert_int_equal(a.request.is_keep_alive, b.request.is_keep_alive);
}

struct bad {
	unsigned status;
	struct str bytes;
};

static const struct bad bad[] = {
    /* Framing that two readers could see differently. */
    CASE(400, POST "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"),
    CASE(400, POST "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n"),
    CASE(400, POST "Content-Length: 5\r\nContent-Length: 6\r\n\r\n"),
    CASE(400, POST "Content-Length: 5\r\nContent-Length: 5\r\n\r\n"),
    CASE(400, POST "Content-Length: 5, 5\r\n\r\nhello"),
    CASE(400, POST "Content-Length: +5\r\n\r\nhello"),
    CASE(400, POST "Content-Length: -1\r\n\r\n"),
    CASE(400, POST "Content-Length: +1_0\r\n\r\n"),
    CASE(400, POST "Content-Length: 0x10\r\n\r\n"),
    CASE(400, POST "Content-Length: 1e3\r\n\r\n"),
    CASE(400, POST "Content-Length: 5 5\r\n\r\n"),
    CASE(400, POST "Content-Length:\r\n\r\n"),
    CASE(400, POST "Content-Length: \xd9\xa1\r\n\r\n"),
    CASE(400, POST "Content-Length: 18446744073709551616\r\n\r\n"),
    CASE(400, POST "Content-Length: 99999999999999999999999999\r\n\r\n"),
    CASE(413, POST "Content-Length: 18446744073709551615\r\n\r\n"),
    CASE(413, POST "Content-Length: 65537\r\n\r\n"),
    CASE(411, POST "\r\n"),
    CASE(400, HEAD "Content-Length: 5\r\n\r\nhello"),
    CASE(400, HEAD "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    CASE(501, POST "Transfer-Encoding: ,chunked\r\n\r\n"),
    CASE(501, POST "Transfer-Encoding: \xa0"
		   "chunked\r\n\r\n"),
    CASE(501, POST "Transfer-Encoding: identity, chunked\r\n\r\n"),
    CASE(501, POST "Transfer-Encoding: identity\r\n\r\n"),
    CASE(501, POST "Transfer-Encoding: chunked, chunked\r\n\r\n"),
    CASE(501, POST "Transfer-Encoding: chunked;q=1\r\n\r\n"),
    CASE(501, POST "Transfer-Encoding: xchunked\r\n\r\n"),
    CASE(501, POST "Transfer-Encoding:\r\n\r\n"),
    CASE(400, POST "Transfer-Encoding: chunked\r\n"
		   "Transfer-Encoding: chunked\r\n\r\n"),
    CASE(400, "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"),
    CASE(400, POST "Transfer-Encoding : chunked\r\n\r\n"),
    CASE(400, POST "Transfer-Encoding\t: chunked\r\n\r\n"),
    CASE(400, POST "Transfer-Encoding: chun\0ked\r\n\r\n"),
    CASE(400, POST "Transfer-Encoding: chunked\n\r\n"),
    CASE(400, POST "Transfer-Encoding:\n chunked\r\n\r\n"),
    CASE(400, POST "Foo: bar\r\n\tTransfer-Encoding: chunked\r\n\r\n"),
    CASE(400, POST "Foo: bar\rTransfer-Encoding: chunked\r\n\r\n"),
    /* Chunks. */
    CASE(400, CHUNKED "0_2e\r\n"),
    CASE(400, CHUNKED "0x5\r\nhello\r\n0\r\n\r\n"),
    CASE(400, CHUNKED " 5\r\nhello\r\n0\r\n\r\n"),
    CASE(400, CHUNKED "5 \r\nhello\r\n0\r\n\r\n"),
    CASE(400, CHUNKED "+5\r\nhello\r\n0\r\n\r\n"),
    CASE(400, CHUNKED "-5\r\nhello\r\n0\r\n\r\n"),
    CASE(400, CHUNKED "\r\nhello\r\n0\r\n\r\n"),
    CASE(400, CHUNKED ";a=b\r\nhello\r\n0\r\n\r\n"),
    CASE(400, CHUNKED "000000005\r\nhello\r\n0\r\n\r\n"),
    CASE(400, CHUNKED "5\nhello\r\n0\r\n\r\n"),
    CASE(400, CHUNKED "5\rXhello\r\n0\r\n\r\n"),
    CASE(400, CHUNKED "5\r\r\nhello\r\n0\r\n\r\n"),
    CASE(400, CHUNKED "5\r\nhello\n0\r\n\r\n"),
    CASE(400, CHUNKED "5\r\nhello0\r\n\r\n"),
    CASE(400, CHUNKED "5\r\nhelloXX0\r\n\r\n"),
    CASE(400, CHUNKED "5;a\nb\r\nhello\r\n0\r\n\r\n"),
    CASE(400, CHUNKED "5;a\rb\r\nhello\r\n0\r\n\r\n"),
    CASE(400, CHUNKED "5;a\0b\r\nhello\r\n0\r\n\r\n"),
    CASE(400, CHUNKED "0\r\nTrailer : x\r\n\r\n"),
    CASE(400, CHUNKED "0\r\n folded\r\n\r\n"),
    CASE(400, CHUNKED "0\r\n: x\r\n\r\n"),
    CASE(400, CHUNKED "0\r\nA: x\n\r\n"),
    CASE(400, CHUNKED "0\r\nA: \0\r\n\r\n"),
    CASE(400, CHUNKED "0\r\n\rX"),
    CASE(413, CHUNKED "10001\r\n"),
    CASE(413, CHUNKED "FFFFFFFF\r\n"),
    CASE(413, CHUNKED "fffffffe\r\n"),
    /* Fields. */
    CASE(400, HEAD "A: b\n\r\n"),
    CASE(400, HEAD "A: b\r\r\n\r\n"),
    CASE(400, HEAD "A: b\rc\r\n\r\n"),
    CASE(400, HEAD "A: b\0c\r\n\r\n"),
    CASE(400, HEAD "A: b\x01\r\n\r\n"),
    CASE(400, HEAD "A: aaaaaaaa\x7f"
		   "bbbbbbbb\r\n\r\n"),
    CASE(400, HEAD "A: b\r\n c\r\n\r\n"),
    CASE(400, HEAD "A: b\r\n\tc\r\n\r\n"),
    CASE(400, HEAD "A : b\r\n\r\n"),
    CASE(400, HEAD ": b\r\n\r\n"),
    CASE(400, HEAD "A\r\n\r\n"),
    CASE(400, HEAD "A b: c\r\n\r\n"),
    CASE(400, HEAD "A(b): c\r\n\r\n"),
    CASE(400, HEAD "\xc3\xa4: c\r\n\r\n"),
    CASE(400, HEAD "A\0: c\r\n\r\n"),
    CASE(400, HEAD "\r\r\n"),
    CASE(400, HEAD "\n"),
    CASE(400, "GET / HTTP/1.1\r\n " HOST "\r\n"),
    CASE(400, "GET / HTTP/1.1\r\n\t" HOST "\r\n"),
    CASE(400, "GET / HTTP/1.1\n" HOST "\r\n"),
    CASE(417, POST "Content-Length: 1\r\nExpect: 100-continue\r\n\r\n"),
    CASE(417, HEAD "Expect: miracles\r\n\r\n"),
    CASE(417, HEAD "Expect:\r\n\r\n"),
    /* Host. */
    CASE(400, "GET / HTTP/1.1\r\n\r\n"),
    CASE(400, "GET / HTTP/1.1\r\nHost:\r\n\r\n"),
    CASE(400, HEAD HOST "\r\n"),
    CASE(400, "GET / HTTP/1.0\r\n" HOST HOST "\r\n"),
    CASE(400, "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n"),
    CASE(400, "GET / HTTP/1.1\r\nHost: a:b@c\r\n\r\n"),
    CASE(400, "GET / HTTP/1.1\r\nHost: a b\r\n\r\n"),
    CASE(400, "GET / HTTP/1.1\r\nHost: a,b\r\n\r\n"),
    CASE(400, "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"),
    CASE(400, "GET / HTTP/1.1\r\nHost: a:8x\r\n\r\n"),
    CASE(400, "GET / HTTP/1.1\r\nHost: a:123456\r\n\r\n"),
    CASE(400, "GET / HTTP/1.1\r\nHost: :80\r\n\r\n"),
    CASE(400, "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n"),
    CASE(400, "GET / HTTP/1.1\r\nHost: [::g]\r\n\r\n"),
    CASE(400, "GET / HTTP/1.1\r\nHost: [::1]x\r\n\r\n"),
    CASE(400, "GET / HTTP/1.1\r\nHost: ::1\r\n\r\n"),
    CASE(400, "GET / HTTP/1.1\r\nHost: b\xc3\xbc.de\r\n\r\n"),
    /* The request line. */
    CASE(400, "GET /\r\n"),
    CASE(400, "GET / \r\n\r\n"),
    CASE(400, "GET  / HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET /  HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET / HTTP/1.1 \r\n" HOST "\r\n"),
    CASE(400, "GET\t/ HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, " GET / HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "\r\n\r\nGET / HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "\nGET / HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET / http/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET / HTTP/11\r\n" HOST "\r\n"),
    CASE(400, "GET / HTTP/1.10\r\n" HOST "\r\n"),
    CASE(400, "GET / HTTX/1.1\r\n" HOST "\r\n"),
    CASE(400, "GE(T / HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "G\0T / HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "\x16\x03\x01\x02\x00\x01"),
    CASE(505, "GET / HTTP/2.0\r\n" HOST "\r\n"),
    CASE(505, "GET / HTTP/1.2\r\n" HOST "\r\n"),
    CASE(505, "GET / HTTP/0.9\r\n" HOST "\r\n"),
    CASE(505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    CASE(501, "get / HTTP/1.1\r\n" HOST "\r\n"),
    CASE(501, "BREW / HTTP/1.1\r\n" HOST "\r\n"),
    CASE(501, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
    CASE(405, "PUT / HTTP/1.1\r\n" HOST "\r\n"),
    CASE(405, "TRACE / HTTP/1.1\r\n" HOST "\r\n"),
    CASE(405, "OPTIONS * HTTP/1.1\r\n" HOST "\r\n"),
    CASE(405, "CONNECT a:80 HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET * HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET paper.example:80 HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET http://evil.example/ HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET http://u@paper.example/ HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET http:///x HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET https://paper.example/ HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET ftp://paper.example/ HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET http://paper.example/ HTTP/1.0\r\n\r\n"),
    CASE(400, "GET ?x HTTP/1.1\r\n" HOST "\r\n"),
    /* Paths. */
    CASE(400, "GET /.. HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET /../etc/passwd HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET /a/../b HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET /a/./b HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET /a/. HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET /%2e%2e/etc/passwd HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET /.%2E/x HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET /..%2fetc HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET /a%2Fb HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET /a%5Cb HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET /a\\b HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET /a%00 HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET /a%0d%0ab HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET /a%7f HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET /a% HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET /a%4 HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET /a%4x HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET /a%u0041 HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET // HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET //evil.example/ HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET /a//b HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET /%c0%ae%c0%ae/ HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET /%c0%af HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET /%ff HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET /%ed%a0%80 HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET /\xc3\xa4 HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET /a#b HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET /<script> HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET /?\xc3\xa4 HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET /?a#b HTTP/1.1\r\n" HOST "\r\n"),
    CASE(400, "GET /?a\0 HTTP/1.1\r\n" HOST "\r\n"),
};

static const struct str good[] = {
    STR_INIT(HEAD "\r\n"),
    STR_INIT("\r\n" HEAD "\r\n"),
    STR_INIT("HEAD /a HTTP/1.1\r\n" HOST "\r\n"),
    STR_INIT("GET / HTTP/1.0\r\n\r\n"),
    STR_INIT("GET / HTTP/1.0\r\nHost: \r\n\r\n"),
    STR_INIT("GET http://Paper.Example/x HTTP/1.1\r\n" HOST "\r\n"),
    STR_INIT(POST "Content-Length: 5\r\n\r\nhello"),
    STR_INIT(POST "content-length:\t005 \r\n\r\nhello"),
    STR_INIT(CHUNKED "5\r\nhello\r\n00\r\n\r\n"),
    STR_INIT(CHUNKED "3;x=\"y\"\r\nhel\r\n2\r\nlo\r\n0\r\nA: b\r\n\r\n"),
    STR_INIT(HEAD "X: \xc3\xa4\t\x80 ok\r\nEmpty:\r\n\r\n"),
    STR_INIT(HEAD "Expect: 100-continue\r\n\r\n"),
    STR_INIT("GET /a/b/?q=%zz\\[]{}|^`' HTTP/1.1\r\n" HOST "\r\n"),
    STR_INIT("GET /.well-known/x HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n"),
    STR_INIT("GET /%d0%bf%2b...%25 HTTP/1.1\r\nHost: a.:1\r\n\r\n"),
};

static void every_malformed_request_has_its_status(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct result r = parse(bad[i].bytes);

		if (r.got != HTTP_PARSE_REFUSE || r.status != bad[i].status)
			fail_msg("case %zu: got %d, status %u not %u:\n%.*s", i,
			    r.got, r.status, bad[i].status,
			    STR_ARG(bad[i].bytes));
		free(r.bytes);
	}
}

/* One cut at every place, and one byte at a time. */
static void check_cuts(struct str in)
{
	struct result whole = parse(in);
	size_t *all = calloc(in.n + 1, sizeof(*all));
	struct result r;

	for (size_t i = 0; i <= in.n; i++) {
		const size_t ends[] = {i, in.n};

		all[i] = i;
		r = parse_cut(whole, in, ends, 2);
		assert_same(whole, r);
		free(r.bytes);
	}
	r = parse_cut(whole, in, all, in.n + 1);
	assert_same(whole, r);
	free(r.bytes);
	free(whole.bytes);
	free(all);
}

static void cuts_change_nothing(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		check_cuts(bad[i].bytes);
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
		check_cuts(good[i]);
}

static void fair_requests_are_taken_whole(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		struct result r = parse(good[i]);

		if (i == 4) {
			/* An empty Host is a fault even in HTTP/1.0. */
			assert_int_equal(r.got, HTTP_PARSE_REFUSE);
		} else {
			assert_int_equal(r.got, HTTP_PARSE_DONE);
			assert_int_equal(r.used, good[i].n);
		}
		free(r.bytes);
		if (i == 4)
			continue;
		for (size_t n = 0; n < good[i].n; n++) {
			r = parse((struct str){good[i].p, n});
			assert_int_equal(r.got, HTTP_PARSE_MORE);
			free(r.bytes);
		}
	}
}

static void the_fields_in_use_are_found(void **state)
{
	struct result r = parse(STR(
	    "GET /w%C3%B6rld/x?a=1&b HTTP/1.1\r\n"
	    "HOST: Paper.Example:8080\r\nUser-Agent:  Mozilla/5.0 (X) \t\r\n"
	    "accept-encoding: gzip, br\r\nIf-None-Match: \"x\", W/\"y\"\r\n"
	    "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
	    "X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-For: 192.0.2.2\r\n"
	    "X-Forwarded-Host: evil.example\r\nX-Original-URL: /admin\r\n"
	    "Connection: Upgrade, Close\r\n\r\nGET /next"));

	(void)state;
	assert_int_equal(r.got, HTTP_PARSE_DONE);
	assert_int_equal(r.request.method, HTTP_GET);
	assert_true(str_eq(r.request.path, STR("/w\xc3\xb6rld/x")));
	assert_true(str_eq(r.request.query, STR("a=1&b")));
	assert_true(str_eq(r.request.host, STR("Paper.Example")));
	assert_true(str_eq(r.request.user_agent, STR("Mozilla/5.0 (X)")));
	assert_true(str_eq(r.request.accept_encoding, STR("gzip, br")));
	assert_true(str_eq(r.request.if_none_match, STR("\"x\", W/\"y\"")));
	assert_true(str_eq(
	    r.request.if_modified_since, STR("Sun, 06 Nov 1994 08:49:37 GMT")));
	assert_true(str_eq(r.request.forwarded_for, STR("192.0.2.2")));
	assert_false(r.request.is_keep_alive);
	assert_false(r.request.has_body);
	assert_memory_equal(r.bytes + r.used, "GET /next", 9);
	free(r.bytes);
}

static void bodies_come_out_of_both_framings(void **state)
{
	static const struct str bodies[] = {
	    STR_INIT(POST "Content-Length: 5\r\n\r\nhelloGET"),
	    STR_INIT(CHUNKED "2;x\r\nhe\r\n3\r\nllo\r\n0\r\nT: u\r\n\r\nGET"),
	};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct result r = parse(bodies[i]);

		assert_int_equal(r.got, HTTP_PARSE_DONE);
		assert_true(r.request.has_body);
		assert_true(str_eq(r.request.body, STR("hello")));
		assert_int_equal(r.used, bodies[i].n - 3);
		free(r.bytes);
	}
}

static void http_1_0_is_never_kept_alive(void **state)
{
	struct result r =
	    parse(STR("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));

	(void)state;
	assert_int_equal(r.got, HTTP_PARSE_DONE);
	assert_false(r.request.is_keep_alive);
	free(r.bytes);
}

/* START, then FILL repeated up to N bytes, then END. */
static struct result parse_long(
    const char *start, const char *fill, size_t n, const char *end)
{
	size_t size = strlen(start) + n + strlen(end);
	char *bytes = malloc(size + strlen(fill));
	size_t at = strlen(start);
	struct result r;

	assert_non_null(bytes);
	memcpy(bytes, start, at);
	while (at < strlen(start) + n) {
		memcpy(bytes + at, fill, strlen(fill));
		at += strlen(fill);
	}
	memcpy(bytes + at, end, strlen(end));
	r = parse((struct str){bytes, at + strlen(end)});
	if (r.got != HTTP_PARSE_DONE)
		check_cuts((struct str){bytes, at < 200 ? at : 0});
	free(bytes);
	free(r.bytes);
	return r;
}

static void limits_hold_to_the_byte(void **state)
{
	struct result r;

	(void)state;
	r = parse_long(
	    "GET /", "a", HTTP_TARGET_MAX - 1, " HTTP/1.1\r\n" HOST "\r\n");
	assert_int_equal(r.got, HTTP_PARSE_DONE);
	r = parse_long(
	    "GET /", "a", HTTP_TARGET_MAX, " HTTP/1.1\r\n" HOST "\r\n");
	assert_int_equal(r.status, 414);
	r = parse_long("GET /", "a", 65536, " HTTP/1.1\r\n" HOST "\r\n");
	assert_int_equal(r.status, 414);
	r = parse_long("GET /?", "a", 65536, "");
	assert_int_equal(r.status, 414);
	r = parse_long(HEAD, "A: b\r\n", (size_t)6 * 99, "\r\n");
	assert_int_equal(r.got, HTTP_PARSE_DONE);
	r = parse_long(HEAD, "A: b\r\n", (size_t)6 * 100, "\r\n");
	assert_int_equal(r.status, 431);
	r = parse_long(HEAD "A: ", "a", HTTP_HEAD_MAX, "\r\n\r\n");
	assert_int_equal(r.status, 431);
	r = parse_long(HEAD, "a", HTTP_HEAD_MAX, "");
	assert_int_equal(r.status, 431);
	r = parse_long(CHUNKED "5;", "a", 300, "\r\n");
	assert_int_equal(r.status, 400);
	r = parse_long(CHUNKED "0\r\n", "A: b\r\n", 6000, "\r\n");
	assert_int_equal(r.status, 400);
	/* A body of single bytes: the coding around it has a limit too. */
	r = parse_long(CHUNKED, "1\r\na\r\n", 100000, "0\r\n\r\n");
	assert_int_equal(r.status, 413);
}

static unsigned random_next(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return (unsigned)(*seed >> 33);
}

/* No mutation of a fair request crashes the reader or is read as two
 * different requests, whatever the cut. */
static void prop_mutations_are_read_one_way(void **state)
{
	static const char spice[] = "\r\n \t:;,0aA%/.?\0\x7f\x80\"[]@+-";
	uint64_t seed = 20261123;
	char bytes[512];

	(void)state;
	print_message("note: seed %llu\n", (unsigned long long)seed);
	for (unsigned round = 0; round < 20000; round++) {
		struct str from = good[random_next(&seed) % 15];
		size_t n = from.n;
		struct result whole;
		struct result cut;
		size_t ends[3];

		memcpy(bytes, from.p, n);
		for (unsigned k = random_next(&seed) % 3 + 1; k; k--)
			bytes[random_next(&seed) % n] =
			    spice[random_next(&seed) % (sizeof(spice) - 1)];
		ends[0] = random_next(&seed) % n;
		ends[1] = ends[0] + random_next(&seed) % (n - ends[0]);
		ends[2] = n;
		whole = parse((struct str){bytes, n});
		cut = parse_cut(whole, (struct str){bytes, n}, ends, 3);
		assert_same(whole, cut);
		free(whole.bytes);
		free(cut.bytes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_malformed_request_has_its_status),
	    cmocka_unit_test(cuts_change_nothing),
	    cmocka_unit_test(fair_requests_are_taken_whole),
	    cmocka_unit_test(the_fields_in_use_are_found),
	    cmocka_unit_test(bodies_come_out_of_both_framings),
	    cmocka_unit_test(http_1_0_is_never_kept_alive),
	    cmocka_unit_test(limits_hold_to_the_byte),
	    cmocka_unit_test(prop_mutations_are_read_one_way),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
