/* SPDX-License-Identifier: MIT
 *
 * Ready answers: their fields and forms, the choice of a coding, and when a
 * reader has it already.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <libdeflate.h>

#include "http/entity.h"
#include "http/entity_file.h"

enum { PAGE = 20000 };

static struct entity *page_new(char *body)
{
	static const char words[] =
	    "the quick brown fox jumps over a lazy dog ";

	for (size_t i = 0; i < PAGE; i++)
		body[i] = words[(i + i / 97) % (sizeof(words) - 1)];
	return entity_new(&(struct entity_spec){.status = 200,
	    .type = STR("text/html; charset=utf-8"),
	    .cache = STR("public, max-age=60"),
	    .modified = INSTANT_OF_S(784111777),
	    .is_html = true,
	    .csp = STR("default-src 'none'"),
	    .link = STR("</s.css>; rel=preload"),
	    .extra = STR("X-A: b\r\n"),
	    .body = {body, PAGE}});
}

static bool has(struct str s, const char *line)
{
	return str_find_str(s, str_of(line)) < s.n;
}

static void identity_has_all_fields_and_the_body(void **state)
{
	char body[PAGE];
	struct entity *e = page_new(body);
	enum coding coding;
	size_t at;
	struct str form = entity_form(e, CODING_IDENTITY, &at, &coding);
	struct str head = str_part(form, 0, at);

	(void)state;
	assert_int_equal(coding, CODING_IDENTITY);
	assert_true(has(head, "Content-Length: 20000\r\n"));
	assert_true(has(head, "Content-Type: text/html; charset=utf-8\r\n"));
	assert_true(has(head, "X-Content-Type-Options: nosniff\r\n"));
	assert_true(has(head, "Referrer-Policy: same-origin\r\n"));
	assert_true(
	    has(head, "Content-Security-Policy: default-src 'none'\r\n"));
	assert_true(has(head, "Cross-Origin-Opener-Policy: same-origin\r\n"));
	assert_true(has(head, "Permissions-Policy: "));
	assert_true(has(head, "Link: </s.css>; rel=preload\r\n"));
	assert_true(has(head, "X-A: b\r\n"));
	assert_true(
	    has(head, "Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT\r\n"));
	assert_true(has(head, "Cache-Control: public, max-age=60\r\n"));
	assert_true(has(head, "Vary: Accept-Encoding\r\n"));
	assert_false(has(head, "Content-Encoding"));
	assert_true(str_ends(head, STR("\r\n\r\n")));
	assert_int_equal(form.n - at, PAGE);
	assert_memory_equal(form.p + at, body, PAGE);
	assert_int_equal(str_find_str(head, STR("\r\n\r\n")), head.n - 4);
	entity_unref(e);
}

static struct entity *file_new(struct instant modified)
{
	struct entity_file *file = NULL;

	assert_int_equal(
	    entity_file_open(STR("src/http/test/test_entity.c"), &file), RC_OK);
	return entity_new(&(struct entity_spec){.status = 200,
	    .type = STR("image/svg+xml"),
	    .modified = modified,
	    .file = file});
}

static void a_file_has_a_tag_once_it_says_when_it_was_modified(void **state)
{
	struct entity *young = file_new(INSTANT_NEVER);
	struct entity *e = file_new(INSTANT_OF_S(784111777));
	struct entity *same = file_new(INSTANT_OF_S(784111777));
	char length[64];
	enum coding coding;
	size_t at;
	struct str form = entity_form(e, CODING_GZIP, &at, &coding);

	(void)state;
	assert_int_equal(coding, CODING_IDENTITY);
	assert_int_equal(form.n, at);
	snprintf(length, sizeof(length), "Content-Length: %llu\r\n",
	    (unsigned long long)entity_file_size(entity_body_file(e)));
	assert_true(has(form, length));
	assert_true(has(form, "ETag: \""));
	assert_true(str_eq(entity_etag(e), entity_etag(same)));
	assert_true(
	    entity_is_fresh(same, CODING_GZIP, entity_etag(e), STR_NONE));
	form = entity_form(young, CODING_IDENTITY, &at, &coding);
	assert_false(has(form, "ETag"));
	assert_false(
	    entity_is_fresh(young, CODING_IDENTITY, entity_etag(e), STR_NONE));
	assert_true(
	    entity_is_fresh(young, CODING_IDENTITY, STR("*"), STR_NONE));
	entity_unref(young);
	entity_unref(e);
	entity_unref(same);
}

static void gzip_opens_to_the_same_body(void **state)
{
	char body[PAGE];
	char opened[PAGE + 1];
	struct entity *e = page_new(body);
	size_t before = entity_size(e);
	enum coding coding;
	size_t at;
	size_t n = 0;
	struct str form = entity_form(e, CODING_GZIP, &at, &coding);
	struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
	struct str again;

	(void)state;
	assert_int_equal(coding, CODING_GZIP);
	assert_true(has(form, "Content-Encoding: gzip\r\n"));
	assert_true(has(form, "-gz\"\r\n"));
	assert_int_equal(libdeflate_gzip_decompress(d, form.p + at, form.n - at,
			     opened, sizeof(opened), &n),
	    LIBDEFLATE_SUCCESS);
	assert_int_equal(n, PAGE);
	assert_memory_equal(opened, body, PAGE);
	assert_true(entity_size(e) >= before + form.n);
	again = entity_form(e, CODING_GZIP, &at, &coding);
	assert_ptr_equal(again.p, form.p);
	libdeflate_free_decompressor(d);
	entity_unref(e);
}

static void each_coding_has_an_etag_of_its_own(void **state)
{
	char body[PAGE];
	struct entity *e = page_new(body);
	struct entity *twin = page_new(body);
	struct str etag = entity_etag(e);
	enum coding coding;
	size_t at;
	struct str br = entity_form(e, CODING_BR, &at, &coding);

	(void)state;
	assert_int_equal(coding, CODING_BR);
	assert_true(br.n < PAGE / 2);
	assert_int_equal(etag.n, 34);
	/* Of a known text, so that it stays the same for ever. */
	assert_true(str_eq(etag, entity_etag(twin)));
	assert_true(has(br, "-br\"\r\n"));
	assert_false(str_find_str(br, etag) < br.n);
	entity_unref(e);
	entity_unref(twin);
}

static void a_304_keeps_what_the_standard_says(void **state)
{
	char body[PAGE];
	struct entity *e = page_new(body);
	char lazy[1000];
	struct str block = entity_not_modified(e, CODING_GZIP);
	enum coding coding;
	size_t at;

	(void)state;
	assert_true(block.n < sizeof(lazy));
	assert_true(str_starts(block, STR("ETag: \"")));
	assert_true(has(block, "-gz\"\r\n"));
	assert_true(has(block, "Last-Modified: "));
	assert_true(has(block, "Cache-Control: "));
	assert_true(has(block, "Vary: Accept-Encoding\r\n"));
	assert_false(has(block, "Content-"));
	assert_true(str_ends(block, STR("\r\n\r\n")));
	/* It is the same once the form is there. */
	memcpy(lazy, block.p, block.n);
	entity_form(e, CODING_GZIP, &at, &coding);
	assert_true(str_eq(
	    (struct str){lazy, block.n}, entity_not_modified(e, CODING_GZIP)));
	entity_unref(e);
}

static void what_does_not_shrink_stays_as_it_is(void **state)
{
	char noise[4096];
	uint32_t x = 1;
	struct entity *e;
	enum coding coding;
	size_t at;

	(void)state;
	for (size_t i = 0; i < sizeof(noise); i++) {
		x = x * 1664525 + 1013904223;
		noise[i] = (char)(x >> 24);
	}
	e = entity_new(&(struct entity_spec){.status = 200,
	    .type = STR("text/plain"),
	    .modified = INSTANT_NEVER,
	    .body = {noise, sizeof(noise)}});
	entity_form(e, CODING_BR, &at, &coding);
	assert_int_equal(coding, CODING_IDENTITY);
	assert_true(entity_is_fresh(e, CODING_BR, entity_etag(e), STR_NONE));
	entity_unref(e);
	e = entity_new(&(struct entity_spec){.status = 200,
	    .type = STR("image/webp"),
	    .modified = INSTANT_NEVER,
	    .body = {noise, sizeof(noise)}});
	entity_form(e, CODING_GZIP, &at, &coding);
	assert_int_equal(coding, CODING_IDENTITY);
	assert_false(has(entity_not_modified(e, CODING_GZIP), "Vary: "));
	entity_unref(e);
}

static void redirects_and_refusals_have_their_fields(void **state)
{
	enum coding coding;
	size_t at;
	struct entity *e = entity_new(&(struct entity_spec){.status = 301,
	    .location = STR("/2026/11/23/x"),
	    .modified = INSTANT_NEVER});
	struct str form = entity_form(e, CODING_BR, &at, &coding);

	(void)state;
	assert_true(str_eq(
	    form, STR("Content-Length: 0\r\nLocation: /2026/11/23/x\r\n\r\n")));
	assert_int_equal(at, form.n);
	assert_int_equal(entity_etag(e).n, 0);
	entity_unref(e);
	e = entity_new(&(struct entity_spec){
	    .status = 503, .retry_after_s = 5, .modified = INSTANT_NEVER});
	form = entity_form(e, CODING_IDENTITY, &at, &coding);
	assert_true(has(form, "Retry-After: 5\r\n"));
	entity_unref(e);
	entity_unref(NULL);
}

struct choice {
	struct str accept;
	enum coding coding;
};

static void codings_are_chosen_as_the_standard_says(void **state)
{
	static const struct choice choices[] = {
	    {STR_INIT(""), CODING_IDENTITY},
	    {STR_INIT("gzip"), CODING_GZIP},
	    {STR_INIT("GZIP"), CODING_GZIP},
	    {STR_INIT("x-gzip"), CODING_GZIP},
	    {STR_INIT("gzip, deflate, br, zstd"), CODING_BR},
	    {STR_INIT("compress, gzip"), CODING_GZIP},
	    {STR_INIT("*"), CODING_BR},
	    {STR_INIT("compress;q=0.5, gzip;q=1.0"), CODING_GZIP},
	    {STR_INIT("gzip;q=1.0, identity; q=0.5, *;q=0"), CODING_GZIP},
	    {STR_INIT("br;q=0.5,gzip;q=0.501"), CODING_GZIP},
	    {STR_INIT("br;q=0,gzip"), CODING_GZIP},
	    {STR_INIT("br;q=0, *"), CODING_GZIP},
	    {STR_INIT("identity, gzip;q=0.9"), CODING_IDENTITY},
	    {STR_INIT("gzip;q=0"), CODING_IDENTITY},
	    {STR_INIT("identity;q=0, *;q=0"), CODING_IDENTITY},
	    {STR_INIT("deflate"), CODING_IDENTITY},
	    {STR_INIT("gzip;q=2"), CODING_IDENTITY},
	    {STR_INIT("gzip;q=0.0001"), CODING_IDENTITY},
	    {STR_INIT("gzip;level=9"), CODING_IDENTITY},
	    {STR_INIT("gzip ; Q=1.000"), CODING_GZIP},
	    {STR_INIT(", ,gzip,,"), CODING_GZIP},
	    {STR_INIT("gzipbr"), CODING_IDENTITY},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(choices) / sizeof(*choices); i++)
		if (coding_choose(choices[i].accept) != choices[i].coding)
			fail_msg("%.*s", STR_ARG(choices[i].accept));
}

static void freshness_follows_the_etag_then_the_date(void **state)
{
	char body[PAGE];
	struct entity *e = page_new(body);
	struct str etag = entity_etag(e);
	struct str same = STR("Sun, 06 Nov 1994 08:49:37 GMT");
	struct str before = STR("Sun, 06 Nov 1994 08:49:36 GMT");
	char weak[64] = "\"a\", W/";

	(void)state;
	memcpy(weak + 7, etag.p, etag.n);
	assert_true(entity_is_fresh(e, CODING_IDENTITY, etag, STR_NONE));
	assert_true(
	    entity_is_fresh(e, CODING_IDENTITY, str_of(weak), STR_NONE));
	assert_true(entity_is_fresh(e, CODING_BR, STR("*"), STR_NONE));
	assert_false(entity_is_fresh(e, CODING_GZIP, etag, STR_NONE));
	assert_false(entity_is_fresh(e, CODING_IDENTITY, STR("\"x\""), same));
	assert_false(entity_is_fresh(e, CODING_IDENTITY, STR(""), same));
	assert_true(entity_is_fresh(e, CODING_GZIP, STR_NONE, same));
	assert_false(entity_is_fresh(e, CODING_GZIP, STR_NONE, before));
	assert_false(
	    entity_is_fresh(e, CODING_GZIP, STR_NONE, STR("yesterday")));
	entity_unref(e);
	e = entity_new(&(struct entity_spec){
	    .status = 404, .body = STR("no"), .modified = INSTANT_NEVER});
	assert_false(
	    entity_is_fresh(e, CODING_IDENTITY, entity_etag(e), STR_NONE));
	entity_unref(e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(identity_has_all_fields_and_the_body),
	    cmocka_unit_test(
		a_file_has_a_tag_once_it_says_when_it_was_modified),
	    cmocka_unit_test(gzip_opens_to_the_same_body),
	    cmocka_unit_test(each_coding_has_an_etag_of_its_own),
	    cmocka_unit_test(a_304_keeps_what_the_standard_says),
	    cmocka_unit_test(what_does_not_shrink_stays_as_it_is),
	    cmocka_unit_test(redirects_and_refusals_have_their_fields),
	    cmocka_unit_test(codings_are_chosen_as_the_standard_says),
	    cmocka_unit_test(freshness_follows_the_etag_then_the_date),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
