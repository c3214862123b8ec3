/* SPDX-License-Identifier: MIT
 *
 * Which names are the same.
 */
#include "text/fold.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

static bool same(const char *one, const char *other)
{
	struct arena *a = arena_new(1 << 16);
	bool is =
	    str_eq(fold_name(a, str_of(one)), fold_name(a, str_of(other)));

	arena_free(a);
	return is;
}

static void white_space_and_capitals_do_not_part_names(void **state)
{
	(void)state;
	assert_true(same("Hans Müller", "  hans \t MÜLLER\n"));
	assert_true(same("Ann\xC2\xA0Lee", "Ann Lee"));
	assert_true(same("ΟΔΟΣ", "οδος"));
	assert_true(same("Ольга", "ОЛЬГА"));
	assert_true(same("O’Brien", "O'Brien"));
	assert_true(same("Ann\xE2\x80\x8B", "\xE2\x80\xAE"
					    "Ann"));
	assert_true(same("Ann", "Ann\xE3\x85\xA4"));
	assert_true(same("", " "));
}

static void a_letter_is_the_same_in_each_form(void **state)
{
	(void)state;
	assert_true(same("Müller", "Mu\xCC\x88ller"));
	assert_true(same("Huế", "Hue\xCC\x82\xCC\x81"));
	assert_true(same("Новый", "Новыи\xCC\x86"));
	assert_true(same("서울", "\xE1\x84\x89\xE1\x85\xA5"
				 "\xE1\x84\x8B\xE1\x85\xAE\xE1\x86\xAF"));
	assert_true(same("Ångström", "\xE2\x84\xABngström"));
}

static void other_letters_and_signs_part_names(void **state)
{
	(void)state;
	assert_false(same("Hans Muller", "Hans Müller"));
	assert_false(same("Hans Mueller", "Hans Müller"));
	assert_false(same("C#", "C++"));
	assert_false(same("C", "C#"));
	assert_false(same("Bar", "Bär"));
	assert_false(same("Annlee", "Ann Lee"));
	assert_false(same("!!!", "???"));
}

static void what_is_folded_stays_as_it_is(void **state)
{
	struct arena *a = arena_new(1 << 16);
	struct buf b;

	(void)state;
	buf_init(&b, 64);
	for (uint32_t c = 1; c < 0x20000; c++) {
		struct str once;

		if (c >= 0xD800 && c <= 0xDFFF)
			continue;
		buf_clear(&b);
		buf_char(&b, 'a');
		utf8_put(&b, c);
		arena_reset(a);
		once = fold_name(a, buf_str(&b));
		if (!once.p || !str_eq(once, fold_name(a, once)))
			fail_msg("U+%04X", c);
	}
	buf_done(&b);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(white_space_and_capitals_do_not_part_names),
	    cmocka_unit_test(a_letter_is_the_same_in_each_form),
	    cmocka_unit_test(other_letters_and_signs_part_names),
	    cmocka_unit_test(what_is_folded_stays_as_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
