/* SPDX-License-Identifier: MIT */
#include "newsroom/browser.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static const struct {
	const char *agent, *name, *system;
} known[] = {
    {"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 "
     "Firefox/145.0",
	"Firefox", "Windows"},
    {"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
	"Firefox", "Linux"},
    {"Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0",
	"Firefox", "Android"},
    {"Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) "
     "AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/145.0 Mobile/15E148 "
     "Safari/605.1.15",
	"Firefox", "iPhone"},
    {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, "
     "like Gecko) Chrome/142.0.0.0 Safari/537.36",
	"Chrome", "Windows"},
    {"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like "
     "Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
	"Chrome", "Android"},
    {"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, "
     "like Gecko) Chrome/142.0.0.0 Safari/537.36",
	"Chrome", "ChromeOS"},
    {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, "
     "like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
	"Edge", "Windows"},
    {"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 "
     "(KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 OPR/124.0.0.0",
	"Opera", "Mac"},
    {"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like "
     "Gecko) SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36",
	"Samsung Internet", "Android"},
    {"Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) "
     "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 "
     "Safari/604.1",
	"Safari", "iPhone"},
};

/* Those that call themselves something else are named with it. */
static const struct {
	const char *agent, *name, *system;
} doubtful[] = {
    {"Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0",
	"Firefox / Tor Browser", ""},
    {"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 "
     "(KHTML, like Gecko) Version/26.1 Safari/605.1.15",
	"Safari", "Mac / iPad"},
};

static void check(const char *agent, const char *name, const char *system)
{
	struct browser b = browser_of(str_of(agent));

	assert_true(b.is_known);
	assert_true(str_eq(b.name, str_of(name)));
	assert_true(str_eq(b.system, str_of(system)));
}

static void known_browsers_are_called_what_people_call_them(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		check(known[i].agent, known[i].name, known[i].system);
}

static void no_more_is_said_than_can_be_known(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(doubtful) / sizeof(doubtful[0]); i++)
		check(doubtful[i].agent, doubtful[i].name, doubtful[i].system);
	check("Firefox/145.0", "Firefox", "");
}

static void of_one_that_is_not_known_the_first_words_are_said(void **state)
{
	/* The 40th byte is in the middle of a character. */
	struct str cut = STR("A reader that was made by hand in Malm\xC3\xB6"
			     "\xC3\xB6\xC3\xB6");
	struct browser b = browser_of(STR("curl/7.88.1"));

	(void)state;
	assert_false(b.is_known);
	assert_true(str_eq(b.name, STR("curl/7.88.1")));
	assert_int_equal(b.system.n, 0);
	b = browser_of(cut);
	assert_false(b.is_known);
	assert_true(str_eq(
	    b.name, STR("A reader that was made by hand in Malm\xC3\xB6")));
	assert_int_equal(browser_of(STR_NONE).name.n, 0);
	assert_int_equal(browser_of(STR("   ")).name.n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(known_browsers_are_called_what_people_call_them),
	    cmocka_unit_test(no_more_is_said_than_can_be_known),
	    cmocka_unit_test(of_one_that_is_not_known_the_first_words_are_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
