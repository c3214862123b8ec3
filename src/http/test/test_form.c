/* SPDX-License-Identifier: MIT
 *
 * Small forms, and from whose page they were sent.
 */
#include "http/form.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "http/request.h"

static void assert_value(
    const struct http_form *form, const char *name, const char *value)
{
	struct str got = http_form_value(form, str_of(name));

	assert_non_null(got.p);
	if (!str_eq(got, str_of(value)))
		fail_msg("%s is \"%.*s\"", name, STR_ARG(got));
}

static void fields_are_decoded(void **state)
{
	struct http_form form;

	(void)state;
	assert_int_equal(
	    http_form_parse(STR("amount=5%2C00&unit=EUR&note=&"
				"for=%2F2026%2f11%2F23%2Fh%C3%A4fen+x%2By"),
		&form),
	    RC_OK);
	assert_int_equal(form.n, 4);
	assert_value(&form, "amount", "5,00");
	assert_value(&form, "unit", "EUR");
	assert_value(&form, "note", "");
	assert_value(&form, "for",
	    "/2026/11/23/h\xc3\xa4"
	    "fen x+y");
	assert_null(http_form_value(&form, STR("nothing")).p);
	assert_int_equal(http_form_parse(STR_NONE, &form), RC_OK);
	assert_int_equal(form.n, 0);
	/* As somebody writes it by hand. */
	assert_int_equal(http_form_parse(STR("for=/2026/x,y"), &form), RC_OK);
	assert_value(&form, "for", "/2026/x,y");
}

static void what_no_browser_writes_is_refused(void **state)
{
	static const char *const bad[] = {"a", "=x", "&a=1", "a=1&", "a=1&&b=2",
	    "a=1&a=2", "a=1&%61=2", "a=%", "a=%4", "a=%4g", "a=%zz", "%=1",
	    "a=b=c", "a=b c", "a=\x7f", "a=\xc3\xa4", "a=%C3", "a=%C3%28",
	    "a=%ED%A0%80", "a=%00", "a=%0D%0A", "a=%7F", "a=\t", "a%00=1"};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct http_form form;

		if (http_form_parse(str_of(bad[i]), &form) != RC_INVALID)
			fail_msg("%s is no form", bad[i]);
	}
}

static void forms_have_limits(void **state)
{
	struct http_form form;
	struct buf b;

	(void)state;
	buf_init(&b, 3 * HTTP_FORM_MAX);
	for (int i = 0; i < HTTP_FORM_FIELDS_MAX; i++)
		buf_printf(&b, "%sn%d=", i ? "&" : "", i);
	assert_int_equal(http_form_parse(buf_str(&b), &form), RC_OK);
	assert_int_equal(form.n, HTTP_FORM_FIELDS_MAX);
	buf_lit(&b, "&more=");
	assert_int_equal(http_form_parse(buf_str(&b), &form), RC_LIMIT);
	buf_clear(&b);
	buf_lit(&b, "a=");
	buf_fill(&b, 'x', HTTP_FORM_VALUE_MAX);
	assert_int_equal(http_form_parse(buf_str(&b), &form), RC_OK);
	buf_char(&b, 'x');
	assert_int_equal(http_form_parse(buf_str(&b), &form), RC_LIMIT);
	buf_clear(&b);
	buf_fill(&b, 'x', HTTP_FORM_NAME_MAX);
	buf_char(&b, '=');
	assert_int_equal(http_form_parse(buf_str(&b), &form), RC_OK);
	buf_clear(&b);
	buf_fill(&b, 'x', HTTP_FORM_NAME_MAX + 1);
	buf_char(&b, '=');
	assert_int_equal(http_form_parse(buf_str(&b), &form), RC_LIMIT);
	buf_clear(&b);
	buf_fill(&b, 'x', HTTP_FORM_MAX + 1);
	assert_int_equal(http_form_parse(buf_str(&b), &form), RC_LIMIT);
	buf_done(&b);
}

/* Reads a POST with FIELDS in its head. */
static void read_post(
    const char *fields, char room[2000], struct http_request *r)
{
	size_t used;
	unsigned status;
	int n = snprintf(room, 2000,
	    "POST / HTTP/1.1\r\nHost: paper.example:8443\r\n%s"
	    "Content-Length: 0\r\n\r\n",
	    fields);

	assert_int_equal(http_request_parse(room, (size_t)n, r, &used, &status),
	    HTTP_PARSE_DONE);
}

static bool is_form(const char *fields)
{
	struct http_request r;
	char room[2000];

	read_post(fields, room, &r);
	return http_is_form(&r);
}

static bool is_foreign(const char *fields, const char *host)
{
	struct http_request r;
	char room[2000];

	read_post(fields, room, &r);
	return http_is_foreign(&r, str_of(host));
}

static void a_form_says_that_it_is_one(void **state)
{
	(void)state;
#define TYPE "application/x-www-form-urlencoded"
	assert_true(is_form("Content-Type: " TYPE "\r\n"));
	assert_true(is_form("content-TYPE:Application/X-WWW-Form-Urlencoded ; "
			    "charset=UTF-8\r\n"));
	assert_false(is_form(""));
	assert_false(is_form("Content-Type:\r\n"));
	assert_false(is_form("Content-Type: text/plain\r\n"));
	assert_false(is_form("Content-Type: " TYPE "x\r\n"));
	assert_false(
	    is_form("Content-Type: " TYPE "\r\nContent-Type: text/plain\r\n"));
#undef TYPE
}

static void what_another_site_sends_is_foreign(void **state)
{
#define SITE "Sec-Fetch-Site: "
	(void)state;
	assert_false(is_foreign("", ""));
	assert_false(is_foreign(SITE "same-origin\r\nOrigin: null\r\n", ""));
	assert_false(is_foreign(SITE "none\r\n", ""));
	assert_false(is_foreign(SITE "same-site\r\n", ""));
	assert_true(is_foreign(SITE "cross-site\r\n", ""));
	assert_true(is_foreign(SITE "CROSS-site\r\nOrigin: null\r\n", ""));
	assert_true(
	    is_foreign(SITE "same-origin\r\n" SITE "cross-site\r\n", ""));
	/* Older browsers have Origin alone. */
	assert_false(is_foreign("Origin: null\r\n", ""));
	assert_false(is_foreign("Origin: https://Paper.example:8443\r\n", ""));
	assert_true(is_foreign("Origin: https://evil.example\r\n", ""));
	assert_true(is_foreign("Origin: https://paper.example.evil\r\n", ""));
	assert_true(is_foreign("Origin: https://[::1]\r\n", ""));
	/* A proxy may ask under another name. */
	assert_false(
	    is_foreign("Origin: https://news.example\r\n", "news.example"));
	assert_true(is_foreign(
	    "Origin: https://paper.example\r\nOrigin: null\r\n", ""));
#undef SITE
}

static void a_long_form_has_lines_and_limits_of_its_own(void **state)
{
	const struct http_form_limits limits = {
	    .fields_max = 3, .value_max = 8000, .has_lines = true};
	struct arena *a = arena_new(64 * 1024);
	struct http_long_form form;
	struct str body;
	struct buf b;

	(void)state;
	assert_int_equal(
	    http_long_form_read(a,
		STR("body=One%0D%0A%0D%0Atwo%09three%0Afour%0Dfive&at=7"),
		&limits, &form),
	    RC_OK);
	body = http_long_form_value(&form, STR("body"));
	assert_true(str_eq(body, STR("One\n\ntwo\tthree\nfour\nfive")));
	assert_true(str_eq(http_long_form_value(&form, STR("at")), STR("7")));
	assert_null(http_long_form_value(&form, STR("to")).p);
	assert_int_equal(
	    http_long_form_read(a, STR("a=1&b=2&c=3&d=4"), &limits, &form),
	    RC_LIMIT);
	assert_int_equal(
	    http_long_form_read(a, STR("a=%00"), &limits, &form), RC_INVALID);
	assert_int_equal(
	    http_long_form_read(a, STR("a%0A=1"), &limits, &form), RC_INVALID);
	buf_init(&b, 9000);
	buf_lit(&b, "a=");
	buf_fill(&b, 'x', 8000);
	assert_int_equal(
	    http_long_form_read(a, buf_str(&b), &limits, &form), RC_OK);
	buf_char(&b, 'x');
	assert_int_equal(
	    http_long_form_read(a, buf_str(&b), &limits, &form), RC_LIMIT);
	buf_done(&b);
	arena_free(a);
}

static void a_long_form_says_when_there_is_no_memory(void **state)
{
	const struct http_form_limits limits = {
	    .fields_max = 3, .value_max = 100};
	struct arena *a = arena_new(16);
	struct http_long_form form;

	(void)state;
	assert_int_equal(http_long_form_read(a, STR("a=1&b=2"), &limits, &form),
	    RC_NO_MEMORY);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_long_form_has_lines_and_limits_of_its_own),
	    cmocka_unit_test(a_long_form_says_when_there_is_no_memory),
	    cmocka_unit_test(fields_are_decoded),
	    cmocka_unit_test(what_no_browser_writes_is_refused),
	    cmocka_unit_test(forms_have_limits),
	    cmocka_unit_test(a_form_says_that_it_is_one),
	    cmocka_unit_test(what_another_site_sends_is_foreign),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
