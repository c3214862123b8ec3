/* SPDX-License-Identifier: MIT
 *
 * Room in a file without a name.
 */
#include "sys/spool.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void what_is_written_stays_when_it_grows(void **state)
{
	struct spool s;

	(void)state;
	assert_int_equal(spool_init(&s, STR("/tmp")), RC_OK);
	assert_int_equal(spool_grow(&s, 10), RC_OK);
	memcpy(s.p, "0123456789", 10);
	assert_int_equal(spool_grow(&s, 5 * 1024 * 1024), RC_OK);
	assert_memory_equal(s.p, "0123456789", 10);
	assert_int_equal(s.p[10], 0);
	s.p[s.size - 1] = 'x';
	assert_int_equal(spool_grow(&s, s.size), RC_OK);
	assert_int_equal(s.p[s.size - 1], 'x');
	spool_done(&s);
	spool_done(&s);
}

static void a_disk_without_room_is_an_error_and_no_loss(void **state)
{
	struct spool s;

	(void)state;
	assert_int_equal(spool_init(&s, STR("/tmp")), RC_OK);
	assert_int_equal(spool_grow(&s, 4096), RC_OK);
	memset(s.p, 'a', 4096);
	/* More than any disk of this machine. */
	assert_int_not_equal(spool_grow(&s, (size_t)1 << 60), RC_OK);
	assert_int_equal(s.size, 4096);
	assert_int_equal(s.p[4095], 'a');
	spool_done(&s);
}

static void a_folder_must_be_there(void **state)
{
	struct spool s;

	(void)state;
	assert_int_equal(
	    spool_init(&s, STR("/nonexistent/folder")), RC_NOT_FOUND);
	assert_int_equal(spool_init(&s, STR("/tm\0p")), RC_INVALID);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_written_stays_when_it_grows),
	    cmocka_unit_test(a_disk_without_room_is_an_error_and_no_loss),
	    cmocka_unit_test(a_folder_must_be_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
