/* SPDX-License-Identifier: MIT
 *
 * The host of an address.
 */
#include "base/url.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

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

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_host_stands_between_user_and_port),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
