/* SPDX-License-Identifier: MIT
 *
 * Libraries that are loaded when they are needed.
 */
#include "sys/late.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

typedef int length_function(const unsigned char *s); /* xmlStrlen */

static void the_functions_of_a_late_library_can_be_called(void **state)
{
	length_function *length;
	struct err err = {0};

	(void)state;
	assert_int_equal(late_load("libxml2.so.2", "libxml2", &err), RC_OK);
	length = (length_function *)late_function("libxml2.so.2", "xmlStrlen");
	assert_int_equal(length((const unsigned char *)"late"), 4);
}

static void a_missing_library_is_named_with_its_package(void **state)
{
	struct err err = {0};

	(void)state;
	assert_int_equal(
	    late_load("libnobody.so.9", "nobody9", &err), RC_NOT_FOUND);
	assert_string_equal(err.why,
	    "the library libnobody.so.9 is missing; install the package "
	    "nobody9");
	assert_int_equal(
	    late_load("libnobody.so.9", "nobody9", NULL), RC_NOT_FOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_functions_of_a_late_library_can_be_called),
	    cmocka_unit_test(a_missing_library_is_named_with_its_package),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
