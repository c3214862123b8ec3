/* SPDX-License-Identifier: MIT
 *
 * What an import says of a manuscript's text.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* The program's own folder is not in the library. */
#include "app/import_notes.c"

static void says(const char *body, const char *want)
{
	struct arena *a = arena_new(16 << 20);
	struct manuscript m = {.body = str_of(body), .body_line = 3};
	struct buf b;

	buf_init_arena(&b, a, 10000);
	assert_int_equal(import_notes(a, &m, STR("en"), false, &b), RC_OK);
	buf_char(&b, '\n');
	if (want && !strstr(b.p, want))
		fail_msg("%s is not in %s", want, b.p);
	if (!want && strstr(b.p, "not carried"))
		fail_msg("%s", b.p);
	arena_free(a);
}

static void markdown_that_is_lost_is_said(void **state)
{
	(void)state;
	says("A\n\n> > > > > > > > > > > > > > > > > > > > > > > > > b",
	    "not carried: line 5: Markdown: too deep");
	says("A <u>b</u>", "not carried: line 3: HTML <u>");
	says("A [b] [gallery ids=1]", "not carried: line 3: shortcode gallery");
	says("A\n\n------------------------------\n\n**B**", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(markdown_that_is_lost_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
