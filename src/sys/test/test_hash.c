/* SPDX-License-Identifier: MIT
 *
 * Hashes are those of the standard.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sys/hash.h"

/* BLAKE2b with an output of 16 bytes, as b2sum -l 128 prints it. */
static void the_hash_is_blake2b(void **state)
{
	char hex[HASH_HEX + 1];

	(void)state;
	hash_hex(hash_of(STR("abc")), hex);
	assert_string_equal(hex, "cf4ab791c62b8d2b2109c90275287816");
	hash_hex(hash_of(STR_NONE), hex);
	assert_string_equal(hex, "cae66941d9efbd404e4d88758ea67670");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_hash_is_blake2b),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
