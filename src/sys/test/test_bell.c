/* SPDX-License-Identifier: MIT
 *
 * A bell rung by one process wakes those that listen, and no others.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "sys/bell.h"

static bool rings(int fd)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};

	return poll(&p, 1, 0) == 1;
}

static void a_ring_is_heard_by_all_who_listen(void **state)
{
	char dir[] = "/tmp/farthing-bell-XXXXXX";
	char path[64];
	int bell, first, second;

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/bell", dir);
	assert_int_equal(bell_listen(str_of(path), &first, NULL), RC_NOT_FOUND);
	assert_int_equal(bell_open(str_of(path), &bell, NULL), RC_OK);
	assert_int_equal(bell_listen(str_of(path), &first, NULL), RC_OK);
	assert_int_equal(bell_listen(str_of(path), &second, NULL), RC_OK);
	assert_false(rings(first));
	bell_ring(bell);
	bell_ring(bell);
	assert_true(rings(first));
	assert_true(rings(second));
	bell_heard(first);
	assert_false(rings(first));
	assert_true(rings(second));
	bell_ring(bell);
	assert_true(rings(first));
	bell_ring(-1);
	close(bell);
	close(first);
	close(second);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(dir), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_ring_is_heard_by_all_who_listen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
