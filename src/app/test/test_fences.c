/* SPDX-License-Identifier: MIT
 *
 * What is missing of the sandbox is said.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* The program's own folder is not in the library. */
#include "app/fences.c"

static void tells(struct fences fences, const char *what)
{
	struct buf b;

	buf_init(&b, 1000);
	fences_tell(&b, &fences);
	buf_char(&b, '\0');
	if (what)
		assert_non_null(strstr(buf_str(&b).p, what));
	else
		assert_int_equal(buf_str(&b).n, 1);
	buf_done(&b);
}

static void a_kernel_without_landlock_is_told(void **state)
{
	(void)state;
	tells((struct fences){.landlock_abi = 1, .has_pin = true}, NULL);
	tells((struct fences){.has_pin = false}, "no Landlock");
	tells((struct fences){.has_pin = true}, "can be replaced");
	tells((struct fences){.has_pin = true, .is_pin_apart = true},
	    "safe all the same");
}

static void a_pin_is_apart_if_all_above_it_is(void **state)
{
	char dir[] = "/tmp/farthing-fences-XXXXXX";
	char trust[64], pin[64];
	uid_t other = geteuid() + 1;
	FILE *file;

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(trust, sizeof(trust), "%s/trust", dir);
	snprintf(pin, sizeof(pin), "%s/trust/pin", dir);
	assert_false(fences_look(dir, other).has_pin);
	assert_int_equal(mkdir(trust, 0755), 0);
	file = fopen(pin, "w");
	assert_non_null(file);
	fclose(file);
	assert_int_equal(chmod(pin, 0444), 0);
	assert_true(fences_look(dir, other).has_pin);
	assert_true(fences_look(dir, other).is_pin_apart);
	assert_false(fences_look(dir, geteuid()).is_pin_apart);
	assert_false(fences_look(dir, 0).is_pin_apart);
	assert_int_equal(chmod(trust, 0777), 0);
	assert_false(fences_look(dir, other).is_pin_apart);
	assert_int_equal(chmod(trust, 0755), 0);
	assert_int_equal(chmod(dir, 0770), 0);
	assert_false(fences_look(dir, other).is_pin_apart);
	unlink(pin);
	rmdir(trust);
	rmdir(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_kernel_without_landlock_is_told),
	    cmocka_unit_test(a_pin_is_apart_if_all_above_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
