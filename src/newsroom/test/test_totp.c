/* SPDX-License-Identifier: MIT */
#include "newsroom/totp.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/buf.h"
#include "newsroom/base32.h"
#include "newsroom/recovery.h"

static const struct str secret = STR_INIT("12345678901234567890");

/* RFC 6238 appendix B, the rows of SHA-1; of its eight digits the last six. */
static void codes_are_those_of_the_standard(void **state)
{
	static const struct {
		int64_t s;
		uint32_t code;
	} rows[] = {
	    {59, 287082},
	    {1111111109, 81804},
	    {1111111111, 50471},
	    {1234567890, 5924},
	    {2000000000, 279037},
	    {20000000000, 353130},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(
		    totp_code(secret, totp_step(INSTANT_OF_S(rows[i].s))),
		    rows[i].code);
}

static void a_code_holds_one_step_around_its_own(void **state)
{
	struct instant now = INSTANT_OF_S(1111111111);
	int64_t step = totp_step(now), got = 0;

	(void)state;
	for (int64_t i = -3; i <= 3; i++) {
		enum rc rc = totp_find(
		    secret, totp_code(secret, step + i), now, 0, &got);

		assert_int_equal(rc, i >= -1 && i <= 1 ? RC_OK : RC_NOT_FOUND);
		if (rc == RC_OK)
			assert_int_equal(got, step + i);
	}
}

static void a_step_that_was_used_is_used_up(void **state)
{
	struct instant now = INSTANT_OF_S(1111111111);
	int64_t step = totp_step(now), got = 0;

	(void)state;
	assert_int_equal(
	    totp_find(secret, totp_code(secret, step), now, step, &got),
	    RC_EXISTS);
	assert_int_equal(
	    totp_find(secret, totp_code(secret, step - 1), now, step, &got),
	    RC_EXISTS);
	assert_int_equal(
	    totp_find(secret, totp_code(secret, step + 1), now, step, &got),
	    RC_OK);
}

static void only_six_digits_are_a_code(void **state)
{
	static const char *const bad[] = {"", "12345", "1234567", "12345a",
	    "-12345", "１２３４５６", "12.345", "0x1234"};
	uint32_t code = 0;

	(void)state;
	assert_int_equal(totp_parse(STR(" 081 804 "), &code), RC_OK);
	assert_int_equal(code, 81804);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(totp_parse(str_of(bad[i]), &code), RC_INVALID);
}

/* RFC 4648 section 10. */
static void base32_is_that_of_the_standard(void **state)
{
	static const struct {
		const char *plain, *coded;
	} rows[] = {{"f", "MY"}, {"fo", "MZXQ"}, {"foo", "MZXW6"},
	    {"foob", "MZXW6YQ"}, {"fooba", "MZXW6YTB"},
	    {"foobar", "MZXW6YTBOI"}};
	struct buf b;

	(void)state;
	buf_init(&b, 100);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		size_t n = strlen(rows[i].plain);
		uint8_t back[8];

		buf_clear(&b);
		base32_put(&b, (const uint8_t *)rows[i].plain, n, '\0');
		assert_string_equal(b.p, rows[i].coded);
		assert_int_equal(base32_parse(buf_str(&b), back, n), RC_OK);
		assert_memory_equal(back, rows[i].plain, n);
		assert_int_equal(
		    base32_parse(buf_str(&b), back, n + 1), RC_INVALID);
	}
	assert_int_equal(
	    base32_parse(STR("MZ"), (uint8_t[1]){0}, 1), RC_INVALID);
	assert_int_equal(
	    base32_parse(STR("M1"), (uint8_t[1]){0}, 1), RC_INVALID);
	buf_done(&b);
}

static void a_recovery_code_is_read_however_it_is_typed(void **state)
{
	const uint8_t bytes[RECOVERY_BYTES] = "abcdefghij";
	uint8_t hash[STAFF_HASH], same[STAFF_HASH];
	struct buf b;

	(void)state;
	buf_init(&b, 100);
	recovery_make(&b, bytes, hash);
	assert_string_equal(b.p, "MFRG-GZDF-MZTW-Q2LK");
	assert_int_equal(recovery_parse(buf_str(&b), same), RC_OK);
	assert_memory_equal(hash, same, sizeof(hash));
	assert_int_equal(
	    recovery_parse(STR("mfrg gzdfmztw-q2lk"), same), RC_OK);
	assert_memory_equal(hash, same, sizeof(hash));
	assert_int_equal(
	    recovery_parse(STR("MFRG-GZDF-MZTW-Q2L"), same), RC_INVALID);
	buf_done(&b);
}

static void the_app_is_told_whose_codes_they_are(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 1000);
	totp_uri(&b, STR("The Port & Lune"), STR("ada@example.org"), secret);
	assert_string_equal(b.p,
	    "otpauth://totp/The%20Port%20%26%20Lune:ada%40example.org?secret="
	    "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=The%20Port%20%26%20Lune");
	buf_done(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(codes_are_those_of_the_standard),
	    cmocka_unit_test(a_code_holds_one_step_around_its_own),
	    cmocka_unit_test(a_step_that_was_used_is_used_up),
	    cmocka_unit_test(only_six_digits_are_a_code),
	    cmocka_unit_test(base32_is_that_of_the_standard),
	    cmocka_unit_test(a_recovery_code_is_read_however_it_is_typed),
	    cmocka_unit_test(the_app_is_told_whose_codes_they_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
