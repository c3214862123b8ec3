/* SPDX-License-Identifier: MIT
 *
 * The statement's one form.
 */
#include "coin/statement.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/buf.h"

#define HEX(c) c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c c
#define ZEROS  HEX("00")

static const char good[] =
    "farthing statement 1\n"
    "paper: The Port Lune Farthing\n"
    "paper-id: " HEX("1a") "\n"
			   "origin: https://portlune.example\n"
			   "origin: http://abcdef.onion\n"
			   "rail: btc\n"
			   "network: main\n"
			   "batch: 1\n"
			   "first: 0\n"
			   "count: 10000\n"
			   "shared: 8\n"
			   "root: " HEX("2b") "\n"
					      "from: 2026-11-23T00:00:00Z\n"
					      "until: 2027-11-23T00:00:00Z\n"
					      "previous: " ZEROS "\n"
					      "next-key: " HEX("3c") "\n";

/* GOOD with its line NAME replaced by LINE, in *B. */
static void change(struct buf *b, const char *name, const char *line)
{
	struct str text = str_of(good);
	struct str one;
	bool is_done = false;

	buf_clear(b);
	while (str_line(&text, &one)) {
		if (!is_done && str_starts(one, str_of(name))) {
			buf_add(b, str_of(line));
			is_done = true;
		} else {
			buf_add(b, one);
			buf_char(b, '\n');
		}
	}
	if (!is_done)
		fail_msg("no line %s", name);
}

static enum rc read_changed(const char *name, const char *line)
{
	struct statement s;
	struct err err;
	struct buf b;
	enum rc rc;

	buf_init(&b, 2 * STATEMENT_MAX);
	change(&b, name, line);
	rc = statement_parse(buf_str(&b), &s, &err);
	buf_done(&b);
	return rc;
}

static void a_statement_is_read(void **state)
{
	struct statement s;
	struct err err;

	(void)state;
	assert_int_equal(statement_parse(str_of(good), &s, &err), RC_OK);
	assert_true(str_eq(s.paper, STR("The Port Lune Farthing")));
	assert_int_equal(s.paper_id.b[31], 0x1a);
	assert_int_equal(s.n_origins, 2);
	assert_true(str_eq(s.origins[1], STR("http://abcdef.onion")));
	assert_int_equal(s.network, NETWORK_MAIN);
	assert_int_equal(s.batch, 1);
	assert_int_equal(s.first, 0);
	assert_int_equal(s.count, 10000);
	assert_int_equal(s.shared, 8);
	assert_int_equal(s.root.b[0], 0x2b);
	assert_int_equal(instant_s(s.until) - instant_s(s.from), 365 * 86400);
	assert_int_equal(s.next_key.b[0], 0x3c);
}

static void what_is_written_is_what_was_read(void **state)
{
	struct statement s;
	struct buf b;

	(void)state;
	buf_init(&b, STATEMENT_MAX);
	assert_int_equal(statement_parse(str_of(good), &s, NULL), RC_OK);
	statement_write(&b, &s);
	assert_string_equal(b.p, good);
	buf_done(&b);
}

static void a_text_that_is_read_has_one_form(void **state)
{
	char text[sizeof(good)];
	struct str whole = {text, sizeof(text) - 1};
	size_t n_read = 0;
	struct buf b;

	(void)state;
	buf_init(&b, STATEMENT_MAX);
	for (size_t bit = 0; bit < 8 * whole.n; bit++) {
		struct statement s;

		memcpy(text, good, sizeof(text));
		text[bit / 8] = (char)(text[bit / 8] ^ 1 << bit % 8);
		if (statement_parse(whole, &s, NULL) != RC_OK)
			continue;
		n_read++;
		buf_clear(&b);
		statement_write(&b, &s);
		if (!str_eq(buf_str(&b), whole))
			fail_msg("bit %zu", bit);
	}
	assert_true(n_read > 100); /* many are good, and other statements */
	for (size_t n = 0; n < whole.n; n++) {
		struct statement s;

		assert_int_equal(
		    statement_parse((struct str){good, n}, &s, NULL),
		    RC_INVALID);
	}
	buf_done(&b);
}

static void what_breaks_a_rule_is_refused(void **state)
{
	static const char *const bad[][2] = {
	    {"farthing", "farthing statement 01\n"},
	    {"farthing", "Farthing statement 1\n"},
	    {"paper:", "paper: \n"},
	    {"paper:", "paper:  Two spaces\n"},
	    {"paper:", "paper: Space at the end \n"},
	    {"paper:", "paper: The\tTab\n"},
	    {"paper:", "paper: \xff\n"},
	    {"paper:", "paper: mirror \xe2\x80\xae rorrim\n"},
	    {"paper:", "paper: zero\xe2\x80\x8bwidth\n"},
	    {"paper:", ""},
	    {"paper:", "paper: one\npaper: two\n"},
	    {"paper-id:", "paper-id: 1A\n"},
	    {"origin:", "origin: ftp://portlune.example\n"},
	    {"origin:", "origin: https://portlune.example/\n"},
	    {"origin:", "origin: https://Portlune.example\n"},
	    {"origin:", "origin: https://port@lune.example\n"},
	    {"origin:", "origin: https://portlune.example:0\n"},
	    {"origin:", "origin: https://portlune.example:65536\n"},
	    {"origin:", "origin: https://[::1\n"},
	    {"origin:", "origin: https://[\n"},
	    {"origin:", "origin: https://\n"},
	    {"origin:", "origin: http://abcdef.onion\n"},
	    {"rail:", "rail: xmr\n"},
	    {"network:", "network: mainnet\n"},
	    {"network:", "network: Main\n"},
	    {"batch:", "batch: 0\n"},
	    {"batch:", "batch: 01\n"},
	    {"batch:", "batch: 2\n"}, /* and previous is zeros */
	    {"batch:", "batch: -1\n"},
	    {"first:", "first: 2147483648\n"},
	    {"first:", "first: 2147473649\n"},
	    {"first:", "first: 4294967296\n"},
	    {"count:", "count: 0\n"},
	    {"count:", "count: 1000001\n"},
	    {"count:", "count: 10000 \n"},
	    {"count:", "count: 7\n"}, /* fewer than shared */
	    {"shared:", "shared: 1001\n"},
	    {"shared:", "shared: +8\n"},
	    {"from:", "from: 2026-11-23\n"},
	    {"from:", "from: 2026-11-23T00:00:60Z\n"},
	    {"from:", "from: 2026-11-23T00:00:00z\n"},
	    {"from:", "from: 2026-11-23T00:00:00+00:00\n"},
	    {"from:", "from: 2026-02-30T00:00:00Z\n"},
	    {"from:", "from: 1969-12-31T00:00:00Z\n"},
	    {"until:", "until: 2026-11-23T00:00:00Z\n"},
	    {"previous:", "previous: " HEX("01") "\n"},
	    {"next-key:", "next-key: " HEX("3c") "\n\n"},
	    {"next-key:", "next-key: " HEX("3c") "\nmore: 1\n"},
	    {"next-key:", "next-key: " HEX("3c")},
	    {"next-key:", "next-key: " HEX("3c") "\r\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (read_changed(bad[i][0], bad[i][1]) != RC_INVALID)
			fail_msg("read: %s", bad[i][1]);
	assert_int_equal(
	    read_changed("farthing", "farthing statement 2\n"), RC_NEWER);
}

static void what_keeps_the_rules_is_read(void **state)
{
	static const char *const fine[][2] = {
	    {"paper:", "paper: صحيفة الفجر\n"},
	    {"paper:", "paper: a\n"},
	    {"origin:", "origin: https://[2001:db8::1]:8443\n"},
	    {"origin:", "origin: http://127.0.0.1:8080\n"},
	    {"origin:", ""},
	    {"network:", "network: regtest\n"},
	    {"first:", "first: 2147473648\n"},
	    {"count:", "count: 1000000\n"},
	    {"shared:", "shared: 0\n"},
	    {"from:", "from: 2026-11-23T23:59:59Z\n"},
	    {"until:", "until: 9999-12-31T23:59:59Z\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(fine) / sizeof(*fine); i++)
		if (read_changed(fine[i][0], fine[i][1]) != RC_OK)
			fail_msg("not read: %s", fine[i][1]);
}

static void a_refusal_names_the_line(void **state)
{
	struct statement s;
	struct err err;
	struct buf b;

	(void)state;
	buf_init(&b, STATEMENT_MAX);
	change(&b, "count:", "count: many\n");
	assert_int_equal(statement_parse(buf_str(&b), &s, &err), RC_INVALID);
	assert_string_equal(
	    err.why, "the statement's line \"count\" is missing or wrong");
	buf_done(&b);
}

static void a_batch_is_for_the_places_that_it_names(void **state)
{
	struct statement s = {.origins = {STR("https://portlune.example"),
				  STR("http://abcdef.onion")},
	    .n_origins = 2};

	(void)state;
	assert_true(statement_is_at(&s, STR("https://portlune.example")));
	assert_true(statement_is_at(&s, STR("https://PortLune.example/")));
	assert_true(statement_is_at(&s, STR("http://abcdef.onion")));
	assert_false(statement_is_at(&s, STR("http://portlune.example")));
	assert_false(statement_is_at(&s, STR("https://portlune.example:8443")));
	assert_false(statement_is_at(&s, STR("https://other.example")));
	assert_false(statement_is_at(&s, STR("https://localhost.example")));
	/* Not said yet, or on this machine alone. */
	assert_true(statement_is_at(&s, STR("")));
	assert_true(statement_is_at(&s, STR("http://127.0.0.1:8080")));
	assert_true(statement_is_at(&s, STR("http://localhost")));
	assert_true(statement_is_at(&s, STR("http://[::1]:8080")));
	s.n_origins = 0;
	assert_true(statement_is_at(&s, STR("https://other.example")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_statement_is_read),
	    cmocka_unit_test(what_is_written_is_what_was_read),
	    cmocka_unit_test(a_text_that_is_read_has_one_form),
	    cmocka_unit_test(what_breaks_a_rule_is_refused),
	    cmocka_unit_test(what_keeps_the_rules_is_read),
	    cmocka_unit_test(a_refusal_names_the_line),
	    cmocka_unit_test(a_batch_is_for_the_places_that_it_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
