/* SPDX-License-Identifier: MIT
 *
 * What raw HTML hides from readers, a browser's readers too.
 */
#include "text/test/markdown_fixture.h"

static void a_comment_is_shown_to_nobody(void **state)
{
	(void)state;
	gives("No. <!-- check this -- he denied it --> On.", "p(No.  On.)");
	is_left("HTML comment", 1);
	gives("A <!--- note ---> b <!--> c <!---> d", "p(A  b  c  d)");
	is_left("HTML comment", 1);
	gives("<div>\n<!-- TODO\n\nask the lawyer first\n-->\n<u>b</u></div>",
	    "p(b)");
	is_left("HTML comment", 2);
	is_left("HTML <u>", 6);
	gives("<div>\n<!--\n{{< figure src=\"/a.jpg\" caption=\"C\" >}}\n\n"
	      "-->\n</div>",
	    "");
	gives("# Head <!-- a\n\n*b* --> c\n\n<u>d</u>", "h2(Head  c) p(d)");
	is_left("HTML <u>", 5);
	gives("> a <!-- b\n>\n> c --> d\n\n<!-- e\n\n> f --> g",
	    "quote(p(a  d)) p(g)");
	gives("<ul>\n<li>a <!-- b\n\nc --></li>\n<li>d</li></ul>",
	    "list(item(p(a)) item(p(d)))");
	gives("a <!-- more --> b\n\n<!-- wp:x\n\n/wp:x -->", "p(a  b)");
	assert_int_equal(left_n, 0);
}

static void a_comment_parts_what_it_parted(void **state)
{
	(void)state;
	gives("- a\n<!-- b -->\n- c", "list(item(p(a))) list(item(p(c)))");
	gives("- a\n  <!-- b -->\n- c", "list(item(p(a)) item(p(c)))");
	gives("- <!-- a\n\n  b -->\n- c\n\nd <!--\ne\n\n--> f\ng",
	    "list(item item(p(c))) p(d  f~g)");
	gives("a\n<!-- b -->\nc\n\nd <!-- b -->\ne", "p(a) p(c) p(d ~e)");
	gives("a <!-- b\nc --> *d*\ne", "p(a  em(d)~e)");
	gives("| a <!-- b -- c --> |\n| - |\n| d |",
	    "table(row(cell(a )) row(cell(d)))");
}

static void plain_text_hides_its_comments(void **state)
{
	(void)state;
	gives("a <!-- b\n\nc --> {{< d >}} *e*\n\n`<!-- f -->` <pre>g</pre>\n\n"
	      "> > > > > > > > > > > > > > > > > > > > > > > > > h",
	    "p(a  {{< d >}} *e*) p(`<!-- f -->` <pre>g</pre>) "
	    "p(> > > > > > > > > > > > > > > > > > > > > > > > > h)");
	is_left("HTML comment", 1);
	is_left("Markdown", 7);
}

static void a_comment_without_end_is_text(void **state)
{
	(void)state;
	gives("a <!-- b\n\n*c*", "p(a <!-- b) p(em(c))");
	gives("a <script> *b*", "p(a  em(b))");
	gives("a -- b \\<!-- c -->", "p(a -- b <!-- c -->)");
}

static void a_comment_that_takes_the_rest_is_said(void **state)
{
	(void)state;
	gives("A\n\n<!-- wp:more ->\n\nRest.", "p(A)");
	is_left("HTML comment", 3);
	gives("<div>\na <!-- wp:b\n</div>\n\nc", "p(a) p(c)");
	is_left("HTML comment", 2);
}

static void code_keeps_its_comments(void **state)
{
	(void)state;
	gives("`<!-- a -->` *b*\n\n```\n<!-- a -->\n<script>\n```\n\n"
	      "    <!-- c -->",
	    "p(code\"<!-- a -->\" em(b)) "
	    "pre\"<!-- a -->\n<script>\n\" pre\"<!-- c -->\n\"");
	assert_int_equal(left_n, 0);
	gives("- a\n\n      <!-- b -->\n\n      <!-- c -->\n\n  d<!-- e -- -->",
	    "list(item(p(a) pre\"<!-- b -->\n\n<!-- c -->\n\" p(d)))");
	is_left("HTML comment", 7);
	assert_int_equal(left_n, 1);
}

static void scripts_and_styles_are_shown_to_nobody(void **state)
{
	(void)state;
	gives("Text <script>alert(1)</script> b", "p(Text  b)");
	is_left("HTML <script>", 1);
	gives("<div>\n<script>\nvar a;\n\nvar b;\n</SCRIPT >\n</div>\n\n*c*",
	    "p(em(c))");
	is_left("HTML <script>", 2);
	gives("<STYLE type=a>\n\n# b\n</style>\n\n<u>c</u> <styles>", "p(c )");
	is_left("HTML <STYLE>", 1);
	is_left("HTML <u>", 6);
	gives("<script>a='<!--'</script>\n\nb -->", "p(b -->)");
}

static void a_tag_among_words_hides_no_paragraphs(void **state)
{
	(void)state;
	gives("The <script> tag.\n\nWords.\n\n```\n<script src=x></script>\n"
	      "```\n\nEnd.",
	    "p(The  tag.) p(Words.) pre\"<script src=x></script>\n\" p(End.)");
	is_left("HTML <script>", 1);
	gives("A <style> b\n\nc </style>\n\nd <template>e</template>",
	    "p(A  b) p(c ) p(d )");
	/* What begins a line hides, whatever stood before it. */
	gives("A <script> b\n<script>\nc\n\nd\n</script>\ne", "p(A  b) p(e)");
	gives("<!-- a --> <script>b\n\nc</script>\n\n{{< d >}}<script>e\n\n"
	      "f</script>\n\n<a id=g></a><script>h\n\ni</script>j",
	    "p(j)");
	gives("> <script>\n> a\n>\n> b\n> </script>\n\n- <style>c\n\n  d\n"
	      "  </style>",
	    "quote list(item)");
}

static void what_stands_in_for_a_film_is_not_shown(void **state)
{
	(void)state;
	gives("<video src=a><p>No HTML5.</p></video>\n\na <audio>No.</audio>",
	    "p(a )");
	is_left("HTML <video>", 1);
	is_left("HTML <audio>", 3);
	gives("<noscript>No scripts.</noscript><object>No.</object>\n\nb",
	    "p(b)");
	gives("<noscript><img src=/a.jpg></noscript>", "figure[/a.jpg]");
	gives("<video>\n\nTwo\n\n</video>", "p(Two)");
	gives("<iframe>\n\nOne\n\n<iframe></iframe>", "p(One)");
}

static void a_frame_without_end_hides_nothing(void **state)
{
	(void)state;
	gives("<div><iframe>a</iframe>b</div>\n\n"
	      "<p>Text <iframe src=\"x\" /> words <iframe/> after</p>",
	    "p(b) p(Text) p(words) p(after)");
	gives("<p>a <iframe/> b</p>", "p(a) p(b)");
	assert_true(str_starts(left[0].why, STR("tags are not carried; the")));
	gives("<p>a <script>b</p>", "p(a)");
	assert_true(str_starts(left[0].why, STR("neither the tag nor what")));
	assert_int_equal(left_n, 1);
}

static void code_of_html_goes_on_behind_blank_lines(void **state)
{
	(void)state;
	gives("<div><pre>a\n\nb *x*\n \n    `c\n</pre></div>\n\n<u>d</u>",
	    "pre\"a\n\nb *x*\n \n    `c\n\" p(d)");
	is_left("HTML <u>", 8);
	gives("- <div><pre>{{< x >}}\n\n  b</pre></div>\n- c",
	    "list(item(pre\"{{< x >}}\n\nb\") item(p(c)))");
	gives("See <pre> here.\n\nb\n\n</pre>", "p(See br here.) p(b)");
	gives(
	    "<pre>\n\na\n\n    b</pre>\n\n*c*", "pre\"\na\n\n    b\" p(em(c))");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_comment_is_shown_to_nobody),
	    cmocka_unit_test(a_comment_parts_what_it_parted),
	    cmocka_unit_test(plain_text_hides_its_comments),
	    cmocka_unit_test(a_comment_without_end_is_text),
	    cmocka_unit_test(a_comment_that_takes_the_rest_is_said),
	    cmocka_unit_test(code_keeps_its_comments),
	    cmocka_unit_test(scripts_and_styles_are_shown_to_nobody),
	    cmocka_unit_test(a_tag_among_words_hides_no_paragraphs),
	    cmocka_unit_test(what_stands_in_for_a_film_is_not_shown),
	    cmocka_unit_test(a_frame_without_end_hides_nothing),
	    cmocka_unit_test(code_of_html_goes_on_behind_blank_lines),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
