/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "coin/rate_source.h"
#include "watch/json_pick.h"
#include "watch/rate.h"

static const struct currency euro = {"EUR", 2}, yen = {"JPY", 0};

static int64_t price_of(const char *answer, const char *path)
{
	struct fiat price;
	struct err err;

	if (rate_answer_parse(
		str_of(answer), str_of(path), euro, &price, &err) != RC_OK)
		return -1;
	return fiat_raw(price);
}

static void prices_are_read_from_the_digits(void **state)
{
	struct fiat price;
	struct err err;

	(void)state;
	assert_int_equal(
	    price_of("{\"data\":{\"amount\":\"98765.43\"}}", "data.amount"),
	    9876543);
	assert_int_equal(
	    price_of("{\"error\":[],\"result\":{\"XXBTZEUR\":{\"a\":[\"1\"],"
		     "\"c\":[\"98765.40000\",\"0.1\"]}}}",
		"result.*.c.0"),
	    9876540);
	assert_int_equal(price_of("[1, 2 , 98765 ]", "2"), 9876500);
	assert_int_equal(price_of(" { \"EUR\" : 98765.435 } ", "EUR"), 9876544);
	assert_int_equal(price_of("{\"a\":98765.4349999}", "a"), 9876543);
	assert_int_equal(price_of("{\"a\":9.87654e4}", "a"), 9876540);
	assert_int_equal(price_of("{\"a\":987654E-1}", "a"), 9876540);
	/* What a floating number would make 0.29000000000000004 of. */
	assert_int_equal(price_of("{\"a\":0.29}", "a"), 29);
	assert_int_equal(rate_answer_parse(STR("{\"a\":15000000.5}"), STR("a"),
			     yen, &price, &err),
	    RC_OK);
	assert_int_equal(fiat_raw(price), 15000001);
}

static void what_is_no_price_is_refused(void **state)
{
	static const char *const bad[] = {"", "{", "{}", "{\"a\":}",
	    "{\"a\":null}", "{\"a\":true}", "{\"a\":-1}", "{\"a\":0}",
	    "{\"a\":0.001}", "{\"a\":\"\"}", "{\"a\":\"1,5\"}",
	    "{\"a\":\"1.\"}", "{\"a\":\".5\"}", "{\"a\":\"1 \"}",
	    "{\"a\":1e31}", "{\"a\":1e17}", "{\"a\":NaN}", "{\"a\":Infinity}",
	    "{\"a\":[1]}", "{\"a\":{\"b\":1}}", "{\"a\":\"1\\u0030\"}",
	    "{\"a\":\"1", "{b:1,\"a\":1}", "[1]", "1", "<html>", "{\"a\":1e}",
	    "{\"a\":1e+}", "{\"b\":1 \"a\":2}"};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(price_of(bad[i], "a"), -1);
}

static void deep_nesting_ends(void **state)
{
	static char json[200000] = "{\"b\":";
	struct str value;

	(void)state;
	memset(json + 5, '[', 100000);
	assert_int_equal(
	    json_pick_parse(str_of(json), STR("a"), &value), RC_LIMIT);
}

static void paths_find_what_they_name(void **state)
{
	static const struct {
		const char *path;
		const char *value;
	} cases[] = {{"a", "1"}, {"b.0", "2"}, {"b.2.c", "x"}, {"*", "1"},
	    {"b.*", "2"}, {"d.e", NULL}, {"b.3", NULL}, {"b.x", NULL},
	    {"a.b", NULL}, {"", NULL}};
	struct str json = STR("{\"a\":1,\"b\":[2,{\"y\":[]},{\"c\":\"x\"}],"
			      "\"d\":{},\"a\":9}");

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct str value;
		enum rc rc =
		    json_pick_parse(json, str_of(cases[i].path), &value);

		assert_int_equal(rc == RC_OK, cases[i].value != NULL);
		if (cases[i].value)
			assert_true(str_eq(value, str_of(cases[i].value)));
	}
}

static void sources_are_read(void **state)
{
	struct rate_source s;
	struct err err;
	struct buf b;

	(void)state;
	assert_int_equal(rate_source_parse(STR(" kraken "), &s, &err), RC_OK);
	assert_string_equal(s.path, "result.*.c.0");
	assert_int_equal(
	    rate_source_parse(
		STR("my https://a.example/{cur}/{CUR} x.{CUR}"), &s, &err),
	    RC_OK);
	buf_init(&b, 100);
	rate_fill(&b, str_of(s.url), &euro);
	assert_true(str_eq(buf_str(&b), STR("https://a.example/eur/EUR")));
	buf_done(&b);
	assert_int_equal(
	    rate_source_parse(STR("nobody"), &s, &err), RC_NOT_FOUND);
	assert_int_equal(rate_source_parse(STR(""), &s, &err), RC_NOT_FOUND);
	assert_int_equal(
	    rate_source_parse(STR("my https://a.example/"), &s, &err),
	    RC_INVALID);
	assert_int_equal(
	    rate_source_parse(STR("my ftp://a.example/ x"), &s, &err),
	    RC_INVALID);
	assert_int_equal(
	    rate_source_parse(STR("my https://u:p@a.example/ x"), &s, &err),
	    RC_INVALID);
	assert_int_equal(
	    rate_source_parse(STR("my https://a.example/ x y"), &s, &err),
	    RC_INVALID);
}

static void every_ready_source_is_a_source(void **state)
{
	size_t n = 0;

	(void)state;
	for (; rate_ready(n); n++) {
		const struct rate_source *ready = rate_ready(n);
		struct rate_source s;
		struct err err;

		assert_int_equal(
		    rate_source_parse(str_of(ready->name), &s, &err), RC_OK);
		assert_memory_equal(ready->url, "https://", 8);
		assert_true(strlen(ready->path) > 0);
		assert_string_equal(ready->name, rate_ready_name((unsigned)n));
	}
	assert_int_equal(n, RATE_READY_N);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(prices_are_read_from_the_digits),
	    cmocka_unit_test(what_is_no_price_is_refused),
	    cmocka_unit_test(deep_nesting_ends),
	    cmocka_unit_test(paths_find_what_they_name),
	    cmocka_unit_test(sources_are_read),
	    cmocka_unit_test(every_ready_source_is_a_source),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
