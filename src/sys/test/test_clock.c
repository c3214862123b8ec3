/* SPDX-License-Identifier: MIT
 *
 * Tests of sys/clock.h, with readings of the system's clock that are told here.
 */
#include "sys/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static struct timespec readings[4];
static size_t readings_n, readings_at;

/* In the place of the C library's. */
int clock_gettime(clockid_t id, struct timespec *t)
{
	if (readings_at == readings_n)
		return (int)syscall(SYS_clock_gettime, id, t);
	*t = readings[readings_at++];
	return 0;
}

static void tell(struct timespec first, struct timespec second)
{
	readings[0] = first;
	readings[1] = second;
	readings_n = 2;
	readings_at = 0;
}

static void a_time_that_cannot_be_is_read_again(void **state)
{
	const struct timespec right = {1795888620, 702085000};
	const struct timespec wrong[] = {{1795888620 - 9223372037, 847309192},
	    {1795888620, 702085000 - INT64_MAX - 1}, {1795888620, 1000000000}};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		tell(wrong[i], right);
		assert_int_equal(clock_now().us, 1795888620702085);
		assert_int_equal(readings_at, 2);
	}
	readings_n = readings_at = 0;
}

static void the_clocks_go(void **state)
{
	int64_t ns = clock_ns();
	int64_t cpu = clock_process_cpu_ns();

	(void)state;
	assert_true(clock_now().us > 1700000000000000);
	assert_true(clock_ns() >= ns);
	assert_true(clock_process_cpu_ns() >= cpu);
	assert_true(clock_thread_cpu_ns() >= 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_time_that_cannot_be_is_read_again),
	    cmocka_unit_test(the_clocks_go),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
