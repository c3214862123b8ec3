/* SPDX-License-Identifier: MIT
 *
 * What the folders above a manuscript say of it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* The program's own folder is not in the library. */
#include "app/import_notes.c"
#include "app/import_tree.c"

/* Made and removed in this order, and backwards. */
static const char *const folders[] = {"", "/content", "/content/posts",
    "/content/posts/a", "/content/posts/b", "/content/posts/c"};

enum { FOLDERS = sizeof(folders) / sizeof(folders[0]) };

static char top[] = "/tmp/import-tree-XXXXXX";

static const char *in_top(const char *path)
{
	static char whole[200];

	snprintf(whole, sizeof(whole), "%s%s", top, path);
	return whole;
}

static void hold_below(const char *path)
{
	FILE *f = fopen(in_top(path), "w");

	assert_non_null(f);
	fputs("---\ncascade: {draft: true}\n---\n", f);
	fclose(f);
}

static bool is_held(struct import_above *last, const char *path)
{
	return import_is_held_above(last, str_of(in_top(path)));
}

static int set_up(void **state)
{
	(void)state;
	if (!mkdtemp(top))
		return -1;
	for (size_t i = 1; i < FOLDERS; i++)
		if (mkdir(in_top(folders[i]), 0700) < 0)
			return -1;
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	unlink(in_top("/content/posts/_index.md"));
	unlink(in_top("/content/posts/b/_index.md"));
	for (size_t i = FOLDERS; i > 0; i--)
		rmdir(in_top(folders[i - 1]));
	return 0;
}

static void a_folder_above_many_files_is_read_once(void **state)
{
	struct import_above last = {0}, anew = {0};

	(void)state;
	assert_false(is_held(&last, "/content/posts/a/index.md"));
	hold_below("/content/posts/_index.md");
	assert_false(is_held(&last, "/content/posts/a/other.md"));
	assert_false(is_held(&last, "/content/posts/c/index.md"));
	assert_false(is_held(&last, "/content/posts/ferry.md"));
	assert_true(is_held(&anew, "/content/posts/a/index.md"));
	assert_true(is_held(&anew, "/content/posts/c/index.md"));
	/* Nothing is remembered of folders that were not asked. */
	assert_false(is_held(&anew, "/content/ferry.md"));
}

static void a_folder_of_its_own_is_read_for_each(void **state)
{
	struct import_above last = {0};

	(void)state;
	unlink(in_top("/content/posts/_index.md"));
	hold_below("/content/posts/b/_index.md");
	assert_false(is_held(&last, "/content/posts/a/index.md"));
	assert_true(is_held(&last, "/content/posts/b/index.md"));
	assert_false(is_held(&last, "/content/posts/c/index.md"));
	assert_true(is_held(&last, "/content/posts/b/index.md"));
	assert_false(is_held(&last, "/content/posts"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_folder_above_many_files_is_read_once),
	    cmocka_unit_test(a_folder_of_its_own_is_read_for_each),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
