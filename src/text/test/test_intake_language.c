/* SPDX-License-Identifier: MIT
 *
 * Texts in the languages in which a newsroom gets mail, a paragraph and a few
 * words of each: those by which the tables were made better, and others that
 * were written when they were done.
 */
#include "text/intake.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"

#define FOLDER "test/intake/languages"

static struct str read_file(struct arena *a, const char *path)
{
	FILE *f = fopen(path, "rb");
	char *p = arena_alloc(a, 1 << 17);
	size_t n;

	assert_non_null(f);
	n = fread(p, 1, 1 << 17, f);
	(void)fclose(f);
	return (struct str){p, n};
}

/* The language that intake gives TEXT in a paper that has none of these. */
static struct str language(struct arena *a, struct str text)
{
	struct intake in;
	struct err err = {.rc = RC_OK};

	if (intake_read(a, text, STR("la"), &in, &err) != RC_OK)
		fail_msg("refused: %s", err.why);
	return in.m.lang;
}

struct count {
	unsigned right, none, wrong;
};

static struct count count_of(const char *path)
{
	struct arena *files = arena_new(1 << 20);
	struct str rest = read_file(files, path), line;
	struct count n = {0, 0, 0};

	while (str_line(&rest, &line)) {
		struct arena *a = arena_new(64 << 20);
		struct str want = str_cut(&line, '\t');
		struct str got = language(a, line);

		if (str_eq(got, want)) {
			n.right++;
		} else {
			printf("note: %.*s is taken for %.*s: %.*s\n",
			    STR_ARG(want), STR_ARG(got), STR_ARG(line));
			n.none += str_eq(got, STR("la"));
			n.wrong += !str_eq(got, STR("la"));
		}
		arena_free(a);
	}
	printf("note: language, %s: %u right, %u not told, %u wrong\n", path,
	    n.right, n.none, n.wrong);
	arena_free(files);
	return n;
}

static void a_paragraph_and_a_few_words_show_their_language(void **state)
{
	struct count n = count_of(FOLDER "/tuned.tsv");

	(void)state;
	assert_int_equal(n.wrong, 0);
	assert_true(n.right >= 49);
}

static void so_do_texts_that_no_table_was_made_by(void **state)
{
	struct count n = count_of(FOLDER "/unseen.tsv");

	(void)state;
	assert_int_equal(n.wrong, 0);
	assert_true(n.right >= 49);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_paragraph_and_a_few_words_show_their_language),
	    cmocka_unit_test(so_do_texts_that_no_table_was_made_by),
	};

	return cmocka_run_group_tests_name(
	    "intake_language", tests, NULL, NULL);
}
