/* SPDX-License-Identifier: MIT
 *
 * The tally's file: what was pledged stands in it, whatever is cut off, full or
 * missing.
 */
#include "app/files.c"
#include "app/till_tally.c"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <cmocka.h>

struct place {
	char dir[64];
	char path[80];
	struct err err;
};

static int set_up(void **state)
{
	struct place *p = calloc(1, sizeof(*p));

	strcpy(p->dir, "/tmp/farthing-tally-XXXXXX");
	if (!mkdtemp(p->dir))
		return -1;
	snprintf(p->path, sizeof(p->path), "%s/tally", p->dir);
	*state = p;
	return 0;
}

static int tear_down(void **state)
{
	struct place *p = *state;

	unlink(p->path);
	rmdir(p->dir);
	free(p);
	return 0;
}

#define tally_test(name)                                                       \
	cmocka_unit_test_setup_teardown(name, set_up, tear_down)

static void put(struct place *p, const char *text)
{
	FILE *f = fopen(p->path, "wb");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void assert_file(struct place *p, const char *want)
{
	char text[1000] = "";
	FILE *f = fopen(p->path, "rb");

	assert_non_null(f);
	text[fread(text, 1, sizeof(text) - 1, f)] = '\0';
	fclose(f);
	assert_string_equal(text, want);
}

static struct till_tally *open_tally(struct place *p)
{
	return till_tally_new(str_of(p->dir));
}

static uint32_t n_of(struct till_tally *t, uint32_t batch)
{
	uint32_t n = 77;
	bool is_sure;

	look(t, batch, &n, &is_sure);
	return n;
}

static void a_missing_file_is_made_and_a_pledge_stands_in_it(void **state)
{
	struct place *p = *state;
	struct till_tally *t = open_tally(p);
	struct stat is;
	uint32_t n;
	bool is_sure;

	assert_int_equal(stat(p->path, &is), 0);
	assert_int_equal(is.st_mode & 0777, 0600);
	assert_file(p, "farthing tally 1\n");
	assert_int_equal(pledge(t, 1, 5, &p->err), RC_OK);
	assert_file(p, "farthing tally 1\n1 5\n");
	given(t, 1, 5);
	assert_int_equal(pledge(t, 1, 6, &p->err), RC_OK);
	/* What is known already is not written again. */
	assert_int_equal(pledge(t, 1, 6, &p->err), RC_OK);
	assert_int_equal(pledge(t, 1, 2, &p->err), RC_OK);
	assert_file(p, "farthing tally 1\n1 5\n1 5 given\n1 6\n");
	till_tally_free(t);
	t = open_tally(p);
	look(t, 1, &n, &is_sure);
	assert_int_equal(n, 6);
	assert_false(is_sure);
	assert_int_equal(n_of(t, 2), 0);
	till_tally_free(t);
}

static void a_line_that_was_cut_off_is_ended_first(void **state)
{
	struct place *p = *state;
	struct till_tally *t;

	put(p, "farthing tally 1\n1 17\n1 17 gi");
	t = open_tally(p);
	assert_int_equal(n_of(t, 1), 17);
	assert_int_equal(pledge(t, 1, 18, &p->err), RC_OK);
	assert_file(p, "farthing tally 1\n1 17\n1 17 gi\n1 18\n");
	till_tally_free(t);
	put(p, "farthing ta");
	t = open_tally(p);
	assert_int_equal(pledge(t, 3, 1, &p->err), RC_OK);
	assert_file(p, "farthing tally 1\n3 1\n");
	till_tally_free(t);
}

static void what_is_no_tally_stays_and_nothing_is_pledged(void **state)
{
	static const char *const texts[] = {
	    "nonsense\n", "farthing tally 2\n1 5\n"};
	struct place *p = *state;

	for (size_t i = 0; i < 2; i++) {
		struct till_tally *t;

		put(p, texts[i]);
		t = open_tally(p);
		assert_int_equal(n_of(t, 1), 0);
		assert_int_equal(pledge(t, 1, 5, &p->err), RC_IO);
		assert_non_null(strstr(p->err.why, "move this file away"));
		given(t, 1, 5);
		assert_file(p, texts[i]);
		till_tally_free(t);
	}
}

static void a_link_and_a_folder_that_is_missing_are_refused(void **state)
{
	struct place *p = *state;
	struct till_tally *t;

	assert_int_equal(symlink("/dev/null", p->path), 0);
	t = open_tally(p);
	assert_int_equal(pledge(t, 1, 5, &p->err), RC_IO);
	assert_non_null(strstr(p->err.why, "is a link"));
	till_tally_free(t);
	t = till_tally_new(STR("/nowhere/at/all"));
	assert_int_equal(pledge(t, 1, 5, &p->err), RC_IO);
	assert_non_null(strstr(p->err.why, "/nowhere/at/all/tally"));
	till_tally_free(t);
}

/* No file of this process grows beyond N bytes. */
static void limit_files(rlim_t n)
{
	struct rlimit limit;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	limit.rlim_cur = n;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void a_disk_that_fills_up_within_a_line_pledges_nothing(void **state)
{
	struct place *p = *state;
	struct till_tally *t = open_tally(p);

	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(pledge(t, 1, 100, &p->err), RC_OK);
	for (rlim_t n = 23; n < 29; n++) {
		limit_files(n);
		assert_int_not_equal(pledge(t, 1, 101, &p->err), RC_OK);
		assert_true(p->err.why[0] != '\0');
		given(t, 1, 100);
		limit_files(RLIM_INFINITY);
		assert_int_equal(n_of(t, 1), 100);
	}
	assert_int_equal(pledge(t, 1, 101, &p->err), RC_OK);
	assert_int_equal(n_of(t, 1), 101);
	till_tally_free(t);
	t = open_tally(p);
	assert_int_equal(n_of(t, 1), 101);
	till_tally_free(t);
}

static void failed_allocations_pledge_nothing(void **state)
{
	struct place *p = *state;

	for (unsigned long n = 1; n < 20; n++) {
		struct till_tally *t;
		bool is_useful;

		arena_fail_after(n);
		t = open_tally(p);
		arena_fail_after(0);
		is_useful = t->fd >= 0;
		assert_int_equal(pledge(t, (uint32_t)n, 5, &p->err),
		    is_useful ? RC_OK : RC_IO);
		assert_int_equal(n_of(t, (uint32_t)n), is_useful ? 5 : 0);
		till_tally_free(t);
		if (is_useful && n > 5)
			return;
	}
	fail();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    tally_test(a_missing_file_is_made_and_a_pledge_stands_in_it),
	    tally_test(a_line_that_was_cut_off_is_ended_first),
	    tally_test(what_is_no_tally_stays_and_nothing_is_pledged),
	    tally_test(a_link_and_a_folder_that_is_missing_are_refused),
	    tally_test(a_disk_that_fills_up_within_a_line_pledges_nothing),
	    tally_test(failed_allocations_pledge_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
