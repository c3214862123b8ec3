/* SPDX-License-Identifier: MIT
 *
 * Markdown as large as a manuscript may be, of the kinds that need the most
 * memory for each byte; and what reports say of names that are too long.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "text/document.h"
#include "text/manuscript.h"
#include "text/markdown.h"

static void fits(const char *repeat, size_t n)
{
	struct markdown_options options = {
	    .lang = STR("en"), .has_typography = true};
	/* A page has 64 MB, in which there is more than the body. */
	struct arena *a = arena_new(56 << 20);
	struct node *document;
	struct buf b;

	buf_init(&b, MANUSCRIPT_MAX);
	for (size_t i = 0; i < n && b.n + 100 < MANUSCRIPT_MAX; i++)
		buf_add(&b, str_of(repeat));
	if (markdown_parse(a, buf_str(&b), &options, &document, NULL, NULL))
		fail_msg("%zu times \"%s\"", n, repeat);
	buf_done(&b);
	arena_free(a);
}

/* As many as the guard lets through to the library, and as many as there can
 * be. */
static void the_worst_text_fits_a_page(void **state)
{
	static const struct {
		const char *repeat;
		size_t most; /* that the guard lets through */
	} worst[] = {
	    {"a\n\n", 24999},
	    {"- a\n", 49999},
	    {"~~a~~ ", 24999},
	    {"- *a*\n", 49999},
	    {"[a](b) ", 49999},
	    {"# a\n", 49999},
	    {"<b>\n", 33333},
	    {"\"", SIZE_MAX},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(worst) / sizeof(worst[0]); i++) {
		fits(worst[i].repeat, worst[i].most);
		fits(worst[i].repeat, SIZE_MAX);
	}
}

static size_t depth_of(const struct node *node)
{
	size_t most = 0;

	for (const struct node *c = node->child; c; c = c->next) {
		size_t one = depth_of(c);

		most = one > most ? one : most;
	}
	return most + 1;
}

/* Emphasis in emphasis, with a marked language at every level and foreign
 * words in the last, within BLOCKS. */
static void keeps_its_depth(const char *blocks)
{
	struct markdown_options options = {.lang = STR("en")};
	struct arena *a = arena_new(1 << 20);
	struct node *document;
	struct buf b;

	buf_init_arena(&b, a, 1 << 16);
	buf_add(&b, str_of(blocks));
	for (int i = 0; i < 40; i++)
		buf_add(&b, i % 2 ? STR("[**a ") : STR("[*a "));
	buf_lit(&b, "[\xD0\xB1\xD0\xB1 \xD0\xB1\xD0\xB1]{lang=de}");
	for (int i = 39; i >= 0; i--)
		buf_add(
		    &b, i % 2 ? STR(" a**]{lang=fr}") : STR(" a*]{lang=ru}"));
	assert_int_equal(
	    markdown_parse(a, buf_str(&b), &options, &document, NULL, NULL),
	    RC_OK);
	assert_true(depth_of(document) > 20);
	assert_true(depth_of(document) <= DOCUMENT_DEPTH);
	arena_free(a);
}

static void spans_do_not_make_the_tree_too_deep(void **state)
{
	(void)state;
	keeps_its_depth("");
	keeps_its_depth("> > > ");
	keeps_its_depth("> > > > > > > > > > > > > > > > > > > > > > ");
	keeps_its_depth("- > - > - > - > - > - > - > ");
}

static void a_report_cuts_no_character(void **state)
{
	struct markdown_options options = {.lang = STR("en")};
	struct arena *a = arena_new(1 << 20);
	struct manuscript_left *left = NULL;
	struct node *document;
	struct buf b;
	size_t n = 0;

	(void)state;
	buf_init_arena(&b, a, 1000);
	buf_lit(&b, "{{< x");
	for (int i = 0; i < 60; i++)
		buf_lit(&b, "\xD0\xA4");
	buf_lit(&b, " >}}");
	assert_int_equal(
	    markdown_parse(a, buf_str(&b), &options, &document, &left, &n),
	    RC_OK);
	assert_int_equal(n, 1);
	assert_true(utf8_is_valid(left[0].field));
	arena_free(a);
}

/* The processor's seconds for N bytes of UNIT and END behind it, the better of
 * two tries. */
static double seconds_for(const char *unit, const char *end, size_t n)
{
	struct markdown_options options = {.lang = STR("en")};
	double best = 1e9;

	for (int i = 0; i < 2; i++) {
		struct arena *a = arena_new((size_t)1 << 30);
		struct manuscript_left *left;
		struct node *document;
		struct buf b;
		clock_t start;
		size_t left_n;
		double s;

		buf_init_arena(&b, a, 1 << 20);
		while (b.n < n)
			buf_add(&b, str_of(unit));
		buf_add(&b, str_of(end));
		start = clock();
		(void)!markdown_parse(
		    a, buf_str(&b), &options, &document, &left, &left_n);
		s = (double)(clock() - start) / CLOCKS_PER_SEC;
		best = s < best ? s : best;
		arena_free(a);
	}
	return best;
}

static void what_shortcodes_enclose_is_looked_for_once(void **state)
{
	static const char *const cases[][2] = {
	    {"{% highlight x %}a{% endhighlight %} ", ""},
	    {"{% highlight x %} ", "{% endhighlight %}\n"},
	    {"{% highlight x %}\n", "x{% endhighlight %}\n"},
	    {"{% highlight x %}\n", "~~~~~~~~\n{% endhighlight %}\n"},
	    {"{% raw %} ", ""},
	    {"{{< figure src=a >}} ", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		double one = seconds_for(cases[i][0], cases[i][1], 1 << 14);
		double eight = seconds_for(cases[i][0], cases[i][1], 1 << 17);

		/* Squares would make 64 of 8. */
		if (eight > one * 24 + 0.05)
			fail_msg("8 times as many of %s take %.1f times as "
				 "long (%.3f s)",
			    cases[i][0], eight / (one + 1e-9), eight);
	}
}

static bool is_plain(const char *source)
{
	struct markdown_options options = {.lang = STR("en")};
	struct arena *a = arena_new(1 << 20);
	struct manuscript_left *left = NULL;
	struct node *document;
	size_t n = 0;
	bool is_plain;

	assert_int_equal(
	    markdown_parse(a, str_of(source), &options, &document, &left, &n),
	    RC_OK);
	is_plain = n > 0 && str_eq(left[0].field, STR("Markdown"));
	arena_free(a);
	return is_plain;
}

static void rules_may_be_long_and_containers_not_deep(void **state)
{
#define TEN(s)	  s s s s s s s s s s
#define THIRTY(s) TEN(s) TEN(s) TEN(s)

	(void)state;
	assert_false(is_plain("A\n\n" THIRTY("-") "\n\n**B**"));
	assert_false(is_plain("Head\n" THIRTY("-")));
	assert_false(is_plain(THIRTY("*") "\n"));
	assert_false(is_plain(THIRTY("**") "words"));
	assert_false(is_plain("> " THIRTY("- ")));
	assert_false(is_plain(THIRTY("* ") "\r\n\r\n" THIRTY("*\t")));
	assert_false(is_plain("Name | Value\n" THIRTY("-") " | -----\na | b"));
	assert_false(is_plain("| - |\n|" THIRTY("-") "|"));
	assert_false(is_plain(THIRTY("1.5 ")));
	assert_true(is_plain(THIRTY("- ") "a"));
	assert_true(is_plain(THIRTY("1. ")));
	assert_true(is_plain(THIRTY("- * ")));
	assert_true(is_plain(THIRTY("+ ")));
	assert_true(is_plain(THIRTY(">")));
	assert_true(is_plain(THIRTY("> ") "- - -"));
	assert_true(is_plain(THIRTY("> - ") "- - -"));
	assert_true(is_plain("- - " THIRTY(">") "a"));
	assert_true(is_plain(THIRTY("     ") "- a"));
	assert_false(is_plain("```\n" THIRTY("     ") "a\n```"));
#undef THIRTY
#undef TEN
}

/* START, and 3,000 times REPEAT. */
static bool is_long_plain(const char *start, const char *repeat)
{
	struct arena *a = arena_new(1 << 20);
	struct buf b;
	uint32_t line;
	bool is_plain;

	buf_init_arena(&b, a, 1 << 19);
	buf_add(&b, str_of(start));
	for (int i = 0; i < 3000; i++)
		buf_add(&b, str_of(repeat));
	is_plain = markdown_is_hostile(buf_str(&b), &line);
	arena_free(a);
	return is_plain;
}

static void a_table_is_no_paragraph_however_long(void **state)
{
#define ROW "| **1** | **x** [a](/a) | [b](/b) |\n"
#define TOP "| a | b | c |\n| --- | :-: | - |\n"

	(void)state;
	assert_false(is_long_plain(TOP, ROW));
	assert_false(is_long_plain("- b\n\n  | a |\n  |---|\n", "  " ROW));
	/* What is no table is one. */
	assert_true(is_long_plain("", ROW));
	assert_true(is_long_plain("A\n" TOP, ROW));
	assert_true(is_long_plain("| a | b |\n| - | - | - |\n", ROW));
	assert_true(is_long_plain("| a \\| b |\n| - | - |\n", ROW));
	assert_true(is_long_plain("| a | b |\n| - - |\n", ROW));
	assert_true(is_long_plain("- b\n\n  | a |\n  | - |\n", ROW));
	assert_true(is_long_plain(TOP "> a\n", ROW));
	assert_true(is_long_plain(TOP "|\n", ROW));
#undef ROW
#undef TOP
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_worst_text_fits_a_page),
	    cmocka_unit_test(spans_do_not_make_the_tree_too_deep),
	    cmocka_unit_test(a_report_cuts_no_character),
	    cmocka_unit_test(a_table_is_no_paragraph_however_long),
	    cmocka_unit_test(rules_may_be_long_and_containers_not_deep),
	    cmocka_unit_test(what_shortcodes_enclose_is_looked_for_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
