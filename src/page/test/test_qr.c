/* SPDX-License-Identifier: MIT
 *
 * What can be told of a code without a reader of codes; that it is read
 * back is tested in a browser (test/web/support.test.mjs).
 */
#include "page/qr.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "page/test/markup.h"

static void a_code_is_one_svg_with_its_quiet_zone(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 16);
	assert_true(qr_put(&b, STR("BITCOIN:BC1QABC"), STR("a \"label\"")));
	assert_int_equal(buf_rc(&b), RC_OK);
	assert_null(markup_fault(buf_str(&b), false));
	/* Version 1 has 21 modules, and 4 on either side. */
	assert_true(
	    str_find_str(buf_str(&b), STR("viewBox=\"0 0 29 29\"")) < b.n);
	assert_true(
	    str_find_str(buf_str(&b), STR("a &quot;label&quot;")) < b.n);
	/* Begins with the finder's seven modules, behind the quiet zone. */
	assert_true(str_find_str(buf_str(&b), STR("d=\"M4 4.5m0 0h7")) < b.n);
	buf_done(&b);
}

static void what_fits_no_code_makes_none(void **state)
{
	char text[QR_TEXT_MAX + 1];
	struct buf b;

	(void)state;
	memset(text, 'a', sizeof(text));
	buf_init(&b, 1 << 18);
	assert_false(qr_put(&b, STR_NONE, STR("x")));
	assert_false(qr_put(&b, (struct str){"a\0b", 3}, STR("x")));
	assert_false(qr_put(&b, (struct str){text, sizeof(text)}, STR("x")));
	assert_int_equal(b.n, 0);
	assert_true(qr_put(&b, (struct str){text, QR_TEXT_MAX}, STR("x")));
	assert_int_equal(buf_rc(&b), RC_OK);
	buf_done(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_code_is_one_svg_with_its_quiet_zone),
	    cmocka_unit_test(what_fits_no_code_makes_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
