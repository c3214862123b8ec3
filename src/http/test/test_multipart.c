/* SPDX-License-Identifier: MIT
 *
 * Forms with files, as browsers send them and as nobody should.
 */
#include "http/multipart.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "http/request.h"

#define B	   "----FormBoundary7MA4YWxk"
#define PART(name) "Content-Disposition: form-data; name=\"" name "\"\r\n\r\n"

static enum rc read_parts(struct str body, struct http_multipart *parts)
{
	static struct arena *a;

	if (!a)
		a = arena_new(1 << 20);
	arena_reset(a);
	return http_multipart_read(a, body, STR(B), parts);
}

static void fields_and_files_are_told_apart(void **state)
{
	struct http_multipart parts;

	(void)state;
	assert_int_equal(
	    read_parts(STR("--" B "\r\n"
			   "Content-Disposition: form-data; "
			   "name=\"caption\"\r\n"
			   "\r\nTwo\r\nlines\r\n--" B "\r\n"
			   "Content-Disposition: form-data; name=\"picture\"; "
			   "filename=\"../ä%22.jpg\"\r\n"
			   "Content-Type: image/jpeg\r\n\r\n"
			   "\xff\xd8\r\n--\r\n--" B "x\r\n--" B "--\r\n"),
		&parts),
	    RC_INVALID);
	assert_int_equal(
	    read_parts(STR("--" B "\r\n"
			   "Content-Disposition: form-data; "
			   "name=\"caption\"\r\n"
			   "\r\nTwo\r\nlines\r\n--" B "\r\n"
			   "content-disposition: form-data; name=\"picture\"; "
			   "filename=\"../ä%22.jpg\"\r\n"
			   "Content-Type: image/jpeg\r\n\r\n"
			   "\xff\xd8\r\n--\r\n\r\n--" B "--\r\n"),
		&parts),
	    RC_OK);
	assert_int_equal(parts.n, 2);
	assert_true(str_eq(
	    http_multipart_value(&parts, STR("caption")), STR("Two\r\nlines")));
	assert_null(http_multipart_value(&parts, STR("picture")).p);
	assert_true(str_eq(parts.v[1].file_name, STR("../ä%22.jpg")));
	assert_true(str_eq(parts.v[1].type, STR("image/jpeg")));
	assert_true(str_eq(parts.v[1].bytes, STR("\xff\xd8\r\n--\r\n")));
}

static void a_form_may_have_no_parts_and_empty_ones(void **state)
{
	struct http_multipart parts;

	(void)state;
	assert_int_equal(read_parts(STR("--" B "--"), &parts), RC_OK);
	assert_int_equal(parts.n, 0);
	assert_int_equal(
	    read_parts(STR("--" B "\r\n" PART("a") "\r\n--" B "--"), &parts),
	    RC_OK);
	assert_int_equal(parts.v[0].bytes.n, 0);
}

static void what_no_browser_writes_is_refused(void **state)
{
	static const struct str bad[] = {STR_INIT(""), STR_INIT("--"),
	    STR_INIT("--" B), STR_INIT("--" B "\r\n"),
	    STR_INIT("x\r\n--" B "--\r\n"), STR_INIT("--" B "--\r\nx"),
	    STR_INIT("--" B "\r\n" PART("a") "no end"),
	    STR_INIT("--" B "\r\n" PART("") "x\r\n--" B "--"),
	    STR_INIT("--" B "\r\n\r\nno name\r\n--" B "--"),
	    STR_INIT("--" B "\n" PART("a") "x\r\n--" B "--"),
	    STR_INIT("--" B "\r\nContent-Disposition: form-data; name=a\r\n"
		     "\r\nx\r\n--" B "--"),
	    STR_INIT("--" B "\r\nContent-Disposition: attachment; "
		     "name=\"a\"\r\n\r\nx\r\n--" B "--"),
	    STR_INIT("--" B "\r\nContent-Disposition: form-data; name=\"a\"; "
		     "filename*=UTF-8''x\r\n\r\nx\r\n--" B "--"),
	    STR_INIT("--" B "\r\nContent-Disposition: form-data; name=\"a\"; "
		     "filename=\"b\"; filename=\"c\"\r\n\r\nx\r\n--" B "--"),
	    STR_INIT("--" B "\r\nContent-Disposition: form-data; name=\"a\"\r\n"
		     "Content-Disposition: form-data; name=\"b\"\r\n"
		     "\r\nx\r\n--" B "--"),
	    STR_INIT("--" B "\r\nContent-Disposition: form-data; name=\"a\"\r\n"
		     "Content-Transfer-Encoding: base64\r\n"
		     "\r\nx\r\n--" B "--"),
	    STR_INIT("--" B "\r\nContent-Disposition: form-data; name=\"a\"\r\n"
		     "Content-Type: multipart/mixed; boundary=x\r\n"
		     "\r\nx\r\n--" B "--"),
	    STR_INIT("--" B "\r\nContent-Disposition: form-data; "
		     "name=\"\xff\"\r\n\r\nx\r\n--" B "--"),
	    STR_INIT("--" B "\r\nContent-Disposition: form-data; "
		     "name=\"a\tb\"\r\n\r\nx\r\n--" B "--")};
	struct http_multipart parts = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (read_parts(bad[i], &parts) != RC_INVALID)
			fail_msg("taken: %.*s", STR_ARG(bad[i]));
}

static void too_many_parts_and_too_long_heads_are_too_much(void **state)
{
	struct http_multipart parts;
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 20);
	for (int i = 0; i <= HTTP_PARTS_MAX; i++)
		buf_lit(&b, "--" B "\r\n" PART("a") "x\r\n");
	buf_lit(&b, "--" B "--");
	assert_int_equal(read_parts(buf_str(&b), &parts), RC_LIMIT);
	buf_clear(&b);
	buf_lit(&b, "--" B "\r\nContent-Type: ");
	buf_fill(&b, 'x', HTTP_PART_HEAD_MAX);
	buf_lit(&b, "\r\n\r\nx\r\n--" B "--");
	assert_int_equal(read_parts(buf_str(&b), &parts), RC_LIMIT);
	buf_done(&b);
}

static void the_boundary_is_named_by_the_request(void **state)
{
	static const struct {
		const char *type;
		enum rc rc;
		const char *boundary;
	} cases[] = {
	    {"multipart/form-data; boundary=abc", RC_OK, "abc"},
	    {"Multipart/Form-Data;boundary=\"a'b\"", RC_OK, "a'b"},
	    {"multipart/form-data", RC_INVALID, NULL},
	    {"multipart/form-data; boundary=", RC_INVALID, NULL},
	    {"multipart/form-data; boundary=a b", RC_INVALID, NULL},
	    {"multipart/form-data; boundary=a; charset=x", RC_INVALID, NULL},
	    {"multipart/form-data; boundary="
	     "0123456789012345678901234567890123456789"
	     "0123456789012345678901234567890",
		RC_INVALID, NULL},
	    {"multipart/mixed; boundary=abc", RC_NOT_FOUND, NULL},
	    {"application/x-www-form-urlencoded", RC_NOT_FOUND, NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct http_request r;
		struct str boundary;
		size_t used;
		unsigned status;
		char text[300];
		int n = snprintf(text, sizeof(text),
		    "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: %s\r\n"
		    "Content-Length: 0\r\n\r\n",
		    cases[i].type);

		assert_int_equal(
		    http_request_parse(text, (size_t)n, &r, &used, &status),
		    HTTP_PARSE_DONE);
		assert_int_equal(
		    http_multipart_boundary(&r, &boundary), cases[i].rc);
		if (cases[i].boundary)
			assert_true(
			    str_eq(boundary, str_of(cases[i].boundary)));
	}
}

static void without_memory_nothing_is_read(void **state)
{
	struct http_multipart parts;

	(void)state;
	for (size_t limit = 1; limit < 4096; limit *= 8) {
		struct arena *a = arena_new(limit);

		assert_int_equal(
		    http_multipart_read(a, STR("--" B "--"), STR(B), &parts),
		    RC_NO_MEMORY);
		arena_free(a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(fields_and_files_are_told_apart),
	    cmocka_unit_test(a_form_may_have_no_parts_and_empty_ones),
	    cmocka_unit_test(what_no_browser_writes_is_refused),
	    cmocka_unit_test(too_many_parts_and_too_long_heads_are_too_much),
	    cmocka_unit_test(the_boundary_is_named_by_the_request),
	    cmocka_unit_test(without_memory_nothing_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
