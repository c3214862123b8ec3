/* SPDX-License-Identifier: MIT
 *
 * Views of bytes.
 */
#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define assert_str(s, wanted) assert_true(str_eq((s), STR(wanted)))

static void equality_looks_at_all_bytes_and_only_at_them(void **state)
{
	(void)state;
	assert_true(str_eq(STR(""), STR_NONE));
	assert_true(str_eq(STR("a\0b"), STR("a\0b")));
	assert_false(str_eq(STR("a\0b"), STR("a\0c")));
	assert_false(str_eq(STR("a"), STR("ab")));
	assert_true(str_eq_fold(STR("Content-LENGTH"), STR("content-length")));
	/* Only the letters: [ and { are 32 apart, too. */
	assert_false(str_eq_fold(STR("["), STR("{")));
	assert_false(str_eq_fold(STR("\xC4"), STR("\xE4")));
	assert_true(str_eq(str_of(NULL), STR("")));
	assert_str(str_of("x"), "x");
}

static void order_is_that_of_unsigned_bytes(void **state)
{
	(void)state;
	assert_true(str_cmp(STR("a"), STR("b")) < 0);
	assert_true(str_cmp(STR("\xFF"), STR("a")) > 0);
	assert_true(str_cmp(STR("a"), STR("ab")) < 0);
	assert_true(str_cmp(STR(""), STR_NONE) == 0);
	assert_true(str_cmp(STR("b"), STR("ab")) > 0);
}

static void starts_and_ends(void **state)
{
	(void)state;
	assert_true(str_starts(STR("abc"), STR("")));
	assert_true(str_starts(STR("abc"), STR("abc")));
	assert_false(str_starts(STR("ab"), STR("abc")));
	assert_true(str_ends(STR("abc"), STR("bc")));
	assert_false(str_ends(STR("abc"), STR("ab")));
	assert_true(str_ends(STR_NONE, STR_NONE));
}

static void finding_gives_the_length_where_there_is_nothing(void **state)
{
	(void)state;
	assert_int_equal(str_find(STR("abcb"), 'b'), 1);
	assert_int_equal(str_find_last(STR("abcb"), 'b'), 3);
	assert_int_equal(str_find(STR("abc"), 'x'), 3);
	assert_int_equal(str_find_last(STR("abc"), 'x'), 3);
	assert_int_equal(str_find(STR_NONE, 'x'), 0);
	assert_int_equal(str_find(STR("a\0b"), '\0'), 1);
	assert_int_equal(str_find_str(STR("ababc"), STR("abc")), 2);
	assert_int_equal(str_find_str(STR("abab"), STR("abc")), 4);
	assert_int_equal(str_find_str(STR("ab"), STR("abc")), 2);
	assert_int_equal(str_find_str(STR("ab"), STR("")), 0);
	assert_int_equal(str_find_str(STR_NONE, STR_NONE), 0);
}

static void parts_are_cut_to_what_is_there(void **state)
{
	(void)state;
	assert_str(str_from(STR("abc"), 1), "bc");
	assert_str(str_from(STR("abc"), 3), "");
	assert_str(str_from(STR("abc"), SIZE_MAX), "");
	assert_str(str_part(STR("abc"), 1, 1), "b");
	assert_str(str_part(STR("abc"), 1, SIZE_MAX), "bc");
	assert_str(str_part(STR("abc"), 7, 7), "");
	assert_str(str_part(STR_NONE, 0, 1), "");
}

static void cutting_walks_over_all_fields(void **state)
{
	struct str s = STR(",a,,b,");
	char seen[32] = "";
	size_t n = 0;

	(void)state;
	while (s.p) {
		struct str field = str_cut(&s, ',');

		assert_true(n + field.n + 2 < sizeof(seen));
		seen[n++] = '[';
		memcpy(seen + n, field.p, field.n);
		n += field.n;
		seen[n++] = ']';
	}
	assert_string_equal(seen, "[][a][][b][]");
	s = STR("alone");
	assert_str(str_cut(&s, ','), "alone");
	assert_null(s.p);
}

static void lines_end_with_lf_crlf_or_cr(void **state)
{
	static const char *const wanted[] = {"a", "b", "", "c", "", "", "d"};
	struct str text = STR("a\nb\r\n\nc\r\r\n\r\nd");
	struct str line;
	size_t count = 0;

	(void)state;
	while (str_line(&text, &line)) {
		assert_true(count < 7);
		assert_true(str_eq(line, str_of(wanted[count++])));
	}
	assert_int_equal(count, 7);
	text = STR("\n");
	assert_true(str_line(&text, &line));
	assert_int_equal(line.n, 0);
	assert_false(str_line(&text, &line));
}

static void trimming_takes_ascii_space_only(void **state)
{
	(void)state;
	assert_str(str_trim(STR(" \t\r\n\v\fa b\n ")), "a b");
	assert_str(str_trim(STR("\xC2\xA0")), "\xC2\xA0");
	assert_str(str_trim(STR(" \n ")), "");
	assert_true(str_blank(STR(" \t")));
	assert_true(str_blank(STR_NONE));
	assert_false(str_blank(STR(" \0")));
}

static void check_u64(
    const char *text, uint64_t max, enum rc wanted, uint64_t value)
{
	uint64_t n = 77;

	assert_int_equal(str_u64(str_of(text), max, &n), wanted);
	assert_true(n == (wanted == RC_OK ? value : 77));
}

static void check_i64(const char *text, enum rc wanted, int64_t value)
{
	int64_t n = 77;

	assert_int_equal(str_i64(str_of(text), &n), wanted);
	assert_true(n == (wanted == RC_OK ? value : 77));
}

static void numbers_are_digits_and_nothing_else(void **state)
{
	static const char *const bad[] = {
	    "", " 1", "1 ", "+1", "-1", "0x1", "1.0", "1e3", "--1", "a"};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		check_u64(bad[i], UINT64_MAX, RC_INVALID, 0);
	check_u64("0", 0, RC_OK, 0);
	check_u64("007", 7, RC_OK, 7);
	check_u64("8", 7, RC_LIMIT, 0);
	check_u64("18446744073709551615", UINT64_MAX, RC_OK, UINT64_MAX);
	check_u64("18446744073709551616", UINT64_MAX, RC_LIMIT, 0);
	check_u64("99999999999999999999999999", UINT64_MAX, RC_LIMIT, 0);
	/* A fault far behind an overflow is a fault still. */
	check_u64("99999999999999999999999999x", UINT64_MAX, RC_INVALID, 0);
	check_i64("-9223372036854775808", RC_OK, INT64_MIN);
	check_i64("9223372036854775807", RC_OK, INT64_MAX);
	check_i64("9223372036854775808", RC_LIMIT, 0);
	check_i64("-9223372036854775809", RC_LIMIT, 0);
	check_i64("-0", RC_OK, 0);
	check_i64("-", RC_INVALID, 0);
	check_i64("--1", RC_INVALID, 0);
}

static void ascii_is_only_ascii(void **state)
{
	(void)state;
	for (int i = -128; i < 128; i++) {
		char c = (char)i;
		bool is_lower = c >= 'a' && c <= 'z';
		const char *hex = "0123456789abcdef";
		const char *at = i > 0 ? strchr(hex, ascii_lower(c)) : NULL;

		assert_int_equal(
		    ascii_is_alpha(c), is_lower || ascii_is_upper(c));
		assert_int_equal(
		    ascii_lower(c), ascii_is_upper(c) ? c - 'A' + 'a' : c);
		assert_int_equal(ascii_hex(c), at ? at - hex : -1);
		assert_int_equal(
		    ascii_is_space(c), i > 0 && strchr(" \t\n\v\f\r", c));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(equality_looks_at_all_bytes_and_only_at_them),
	    cmocka_unit_test(order_is_that_of_unsigned_bytes),
	    cmocka_unit_test(starts_and_ends),
	    cmocka_unit_test(finding_gives_the_length_where_there_is_nothing),
	    cmocka_unit_test(parts_are_cut_to_what_is_there),
	    cmocka_unit_test(cutting_walks_over_all_fields),
	    cmocka_unit_test(lines_end_with_lf_crlf_or_cr),
	    cmocka_unit_test(trimming_takes_ascii_space_only),
	    cmocka_unit_test(numbers_are_digits_and_nothing_else),
	    cmocka_unit_test(ascii_is_only_ascii),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
