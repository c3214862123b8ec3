/* SPDX-License-Identifier: MIT
 *
 * What is shown in a terminal cannot steer it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* The program's own folder is not in the library. */
#include "app/say.c"

static void shows(struct str s, bool has_lines, const char *want)
{
	char room[100] = "";
	FILE *out = fmemopen(room, sizeof(room), "w");

	assert_non_null(out);
	say_put(out, s, has_lines);
	fclose(out);
	assert_string_equal(room, want);
}

static void control_characters_are_question_marks(void **state)
{
	char text[] = "a\x1b[31m\xc2\x9b\tb\nc\x7f\xc2";

	(void)state;
	shows(STR("plain \xc3\xa4 \xc2\xa0"), false, "plain \xc3\xa4 \xc2\xa0");
	shows(STR("a\x1b[31mb\nc\td"), false, "a?[31mb?c\td");
	shows(STR("a\nb\rc\x7f"), true, "a\nb?c?");
	shows(STR("\xc2\x9b"
		  "31m\xc2\x80"),
	    true, "?31m?");
	shows(STR("end \xc2"), true, "end \xc2");
	shows(STR_NONE, true, "");
	say_plain(text, strlen(text));
	assert_string_equal(text, "a?[31m??\tb\nc?\xc2");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(control_characters_are_question_marks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
