/* SPDX-License-Identifier: MIT
 *
 * The host of an address, and addresses in full.
 */
#include "base/url.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "base/buf.h"

static void the_host_stands_between_user_and_port(void **state)
{
	static const struct {
		const char *url, *host;
	} t[] = {
	    {"https://news.example", "news.example"},
	    {"https://news.example/", "news.example"},
	    {"https://news.example:8443/a:b@c", "news.example"},
	    {"https://me:word@news.example:1/x", "news.example"},
	    {"https://news.example@other.example/", "other.example"},
	    {"https://a@b@other.example", "other.example"},
	    {"https://other.example?@news.example", "other.example"},
	    {"https://other.example#@news.example", "other.example"},
	    {"http://[::1]:8080/x", "[::1]"},
	    {"http://me@[2001:db8::1]", "[2001:db8::1]"},
	    {"http://[::1", "[::1"},
	    {"HTTPS://News.Example", "News.Example"},
	    {"https://", ""},
	    {"https:///x", ""},
	    {"https://:80", ""},
	    {"news.example", ""},
	    {"mailto:me@news.example", ""},
	    {"null", ""},
	    {"", ""},
	};

	(void)state;
	for (unsigned i = 0; i < sizeof(t) / sizeof(*t); i++)
		if (!str_eq(url_host(str_of(t[i].url)), str_of(t[i].host)))
			fail_msg("%s gives %.*s", t[i].url,
			    STR_ARG(url_host(str_of(t[i].url))));
}

/* The examples of RFC 3986, sections 5.4.1 and 5.4.2, and those of a paper. */
static const struct {
	const char *reference, *full;
} parts[] = {
    {"g:h", "g:h"},
    {"g", "http://a/b/c/g"},
    {"./g", "http://a/b/c/g"},
    {"g/", "http://a/b/c/g/"},
    {"/g", "http://a/g"},
    {"//g", "http://g"},
    {"?y", "http://a/b/c/d?y"},
    {"g?y", "http://a/b/c/g?y"},
    {"#s", "http://a/b/c/d#s"},
    {"g#s", "http://a/b/c/g#s"},
    {"g?y#s", "http://a/b/c/g?y#s"},
    {";x", "http://a/b/c/;x"},
    {"g;x?y#s", "http://a/b/c/g;x?y#s"},
    {"", "http://a/b/c/d"},
    {".", "http://a/b/c/"},
    {"./", "http://a/b/c/"},
    {"..", "http://a/b/"},
    {"../", "http://a/b/"},
    {"../g", "http://a/b/g"},
    {"../..", "http://a/"},
    {"../../", "http://a/"},
    {"../../g", "http://a/g"},
    {"../../../g", "http://a/g"},
    {"../../../../g", "http://a/g"},
    {"/./g", "http://a/g"},
    {"/../g", "http://a/g"},
    {"g.", "http://a/b/c/g."},
    {".g", "http://a/b/c/.g"},
    {"g..", "http://a/b/c/g.."},
    {"..g", "http://a/b/c/..g"},
    {"./../g", "http://a/b/g"},
    {"./g/.", "http://a/b/c/g/"},
    {"g/./h", "http://a/b/c/g/h"},
    {"g/../h", "http://a/b/c/h"},
    {"g;x=1/./y", "http://a/b/c/g;x=1/y"},
    {"g;x=1/../y", "http://a/b/c/y"},
    {"g?y/./x", "http://a/b/c/g?y/./x"},
    {"g?y/../x", "http://a/b/c/g?y/../x"},
    {"g#s/./x", "http://a/b/c/g#s/./x"},
    {"g#s/../x", "http://a/b/c/g#s/../x"},
    {"/", "http://a/"},
    {"/x//y/", "http://a/x//y/"},
    {"mailto:me@x", "mailto:me@x"},
    {"?a=1:2", "http://a/b/c/d?a=1:2"},
};

static void a_part_of_an_address_means_what_the_standard_says(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 1000);
	for (unsigned i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		buf_clear(&b);
		url_resolve(&b, STR("http://a"), STR("/b/c/d"),
		    str_of(parts[i].reference));
		assert_int_equal(buf_rc(&b), RC_OK);
		if (!str_eq(buf_str(&b), str_of(parts[i].full)))
			fail_msg("%s gives %.*s", parts[i].reference,
			    STR_ARG(buf_str(&b)));
	}
	buf_done(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_host_stands_between_user_and_port),
	    cmocka_unit_test(a_part_of_an_address_means_what_the_standard_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
