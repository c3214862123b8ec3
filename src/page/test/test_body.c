/* SPDX-License-Identifier: MIT */
#include "page/body.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "page/page.h"
#include "page/test/fixture.h"

static struct arena *arena;
static struct buf b;

static int start(void **state)
{
	(void)state;
	(void)farthing;
	arena = arena_new(1 << 20);
	buf_init(&b, 1 << 20);
	return 0;
}

static int end(void **state)
{
	(void)state;
	buf_done(&b);
	arena_free(arena);
	return 0;
}

static void assert_body(
    const struct node *doc, bool is_feed, const char *expected)
{
	struct body_options options = {
	    .origin = is_feed ? STR("https://a.example") : STR_NONE,
	    .page = is_feed ? STR("/2026/11/23/lock") : STR_NONE,
	    .lang = STR("en"),
	    .words = words_of(STR("en")),
	    .has_notes_at_end = is_feed,
	};

	buf_clear(&b);
	body_write(&b, doc, &options);
	assert_int_equal(buf_rc(&b), RC_OK);
	assert_string_equal(b.p ? b.p : "", expected);
}

static struct node *document(void)
{
	return make(arena, NODE_DOCUMENT);
}

static struct node *footnote(
    struct node *doc, uint32_t number, uint32_t references, const char *text)
{
	struct node *n = hang(doc, make(arena, NODE_FOOTNOTE));

	n->number = number;
	n->references = references;
	return para(arena, n, text);
}

static void a_footnote_stands_behind_the_block_that_first_names_it(void **state)
{
	struct node *doc = document();

	(void)state;
	note_mark(arena, para(arena, doc, "a"), 1, 1);
	note_mark(arena, para(arena, doc, "b"), 1, 2);
	footnote(doc, 1, 2, "n");
	assert_body(doc, false,
	    "<p>a<sup><a id=\"ref-1\" href=\"#note-1\" role=\"doc-noteref\" "
	    "aria-label=\"Note 1\">1</a></sup></p>\n"
	    "<aside class=\"note\" role=\"doc-footnote\" id=\"note-1\">"
	    "<a href=\"#ref-1\" role=\"doc-backlink\" "
	    "title=\"Back to the text\">1</a> <p>n</p>\n</aside>\n"
	    "<p>b<sup><a id=\"ref-1-2\" href=\"#note-1\" "
	    "role=\"doc-noteref\" aria-label=\"Note 1\">1</a></sup></p>\n");
}

static void a_note_of_a_note_follows_it(void **state)
{
	struct node *doc = document();
	const char *one;
	const char *two;

	(void)state;
	note_mark(arena, para(arena, doc, "a"), 1, 1);
	para(arena, doc, "last");
	note_mark(arena, footnote(doc, 1, 1, "n"), 2, 1);
	footnote(doc, 2, 1, "m");
	buf_clear(&b);
	assert_body(doc, true,
	    "<p>a<sup>1</sup></p>\n<p>last</p>\n<hr>\n<ol>\n"
	    "<li><p>n<sup>2</sup></p>\n</li>\n<li><p>m</p>\n</li>\n</ol>\n");
	buf_clear(&b);
	body_write(
	    &b, doc, &(struct body_options){.words = words_of(STR("en"))});
	one = strstr(b.p, "id=\"note-1\"");
	two = strstr(b.p, "id=\"note-2\"");
	assert_true(one && two && one < two && two < strstr(b.p, "last"));
}

static void a_note_that_nobody_names_is_not_lost(void **state)
{
	struct node *doc = document();

	(void)state;
	para(arena, doc, "a");
	footnote(doc, 7, 0, "n");
	assert_body(doc, false,
	    "<p>a</p>\n<aside class=\"note\" role=\"doc-footnote\" "
	    "id=\"note-7\"><p>n</p>\n</aside>\n");
}

static void headings_go_down_one_step_at_a_time(void **state)
{
	struct node *doc = document();

	(void)state;
	heading(arena, doc, 4, "a");
	heading(arena, doc, 4, "b");
	heading(arena, doc, 4, "c");
	heading(arena, doc, 2, "d");
	assert_body(
	    doc, false, "<h2>a</h2>\n<h3>b</h3>\n<h4>c</h4>\n<h2>d</h2>\n");
}

static void a_tight_list_has_no_paragraphs(void **state)
{
	struct node *doc = document();
	struct node *list = hang(doc, make(arena, NODE_LIST));

	(void)state;
	list->number = 3;
	list->is_tight = true;
	para(arena, hang(list, make(arena, NODE_ITEM)), "a");
	para(arena, hang(list, make(arena, NODE_ITEM)), "b");
	assert_body(
	    doc, false, "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>\n");
	list->is_tight = false;
	list->number = 0;
	assert_body(doc, false,
	    "<ul>\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ul>\n");
}

static void a_head_without_words_is_none(void **state)
{
	struct node *doc = document();
	struct node *table = hang(doc, make(arena, NODE_TABLE));
	struct node *head = hang(table, make(arena, NODE_ROW));
	struct node *row = hang(table, make(arena, NODE_ROW));

	(void)state;
	(void)hang(head, make(arena, NODE_CELL));
	(void)block(arena, row, NODE_CELL, "a");
	assert_body(doc, false,
	    "<div class=\"wide\" tabindex=\"0\"><table>\n<tbody>\n"
	    "<tr><td>a</td></tr>\n</tbody>\n</table></div>\n");
}

static void code_runs_from_left_to_right_in_every_paper(void **state)
{
	struct body_options options = {
	    .lang = STR("ar"), .words = words_of(STR("ar"))};
	struct node *doc = document();

	(void)state;
	hang(doc, make(arena, NODE_CODE_BLOCK))->text = STR("x = 1;");
	hang(hang(doc, make(arena, NODE_PARAGRAPH)), make(arena, NODE_CODE))
	    ->text = STR("x()");
	buf_clear(&b);
	body_write(&b, doc, &options);
	assert_int_equal(buf_rc(&b), RC_OK);
	assert_string_equal(b.p,
	    "<pre tabindex=\"0\" dir=\"ltr\"><code>x = 1;</code></pre>\n"
	    "<p><code dir=\"ltr\">x()</code></p>\n");
}

static void a_picture_elsewhere_is_linked_to_not_loaded(void **state)
{
	struct node *doc = document();
	struct node *figure = hang(doc, make(arena, NODE_FIGURE));

	(void)state;
	figure->url = STR("https://b.example/x.jpg");
	figure->text = STR("Fog");
	words(arena, figure, "On the pier.");
	assert_body(doc, false,
	    "<figure><figcaption>On the pier. <a rel=\"noopener\" "
	    "href=\"https://b.example/x.jpg\">Picture: Fog</a>"
	    "</figcaption></figure>\n");
}

static void no_link_stands_in_a_link(void **state)
{
	struct node *doc = document();
	struct node *link = hang(
	    hang(doc, make(arena, NODE_PARAGRAPH)), make(arena, NODE_LINK));
	struct node *in;

	(void)state;
	link->url = STR("/a");
	in = hang(link, make(arena, NODE_PICTURE));
	in->url = STR("https://b.example/x.jpg");
	in->text = STR("Fog");
	in = hang(link, make(arena, NODE_NOTE));
	in->number = 1;
	in->references = 1;
	in = hang(link, make(arena, NODE_LINK));
	in->url = STR("/c");
	words(arena, in, "d");
	assert_body(doc, false,
	    "<p><a href=\"/a\">Picture: Fog<sup id=\"ref-1\">1</sup>d</a>"
	    "</p>\n");
}

static void only_the_first_picture_is_loaded_at_once(void **state)
{
	struct node *doc = document();

	(void)state;
	for (int i = 0; i < 2; i++)
		hang(doc, make(arena, NODE_FIGURE))->url = STR("/x.jpg");
	assert_body(doc, false,
	    "<figure><img src=\"/x.jpg\" alt=\"\" decoding=\"async\">"
	    "</figure>\n<figure><img src=\"/x.jpg\" alt=\"\" loading=\"lazy\""
	    " decoding=\"async\"></figure>\n");
}

static void a_link_that_stands_alone_is_a_card_with_its_true_host(void **state)
{
	static const char *const urls[] = {"https://www.video.example/x?a=b",
	    "https://bank.example@evil.example:8/", "http://plain.example#x"};
	static const char *const hosts[] = {
	    "video.example", "evil.example", "plain.example"};
	char expected[300];

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct node *doc = document();
		struct node *p = hang(doc, make(arena, NODE_PARAGRAPH));

		link_to(arena, p, urls[i], "A film");
		snprintf(expected, sizeof(expected),
		    "<p class=\"card\"><a href=\"%s\" rel=\"noopener\">"
		    "A film</a> <span dir=\"ltr\">%s</span></p>\n",
		    urls[i], hosts[i]);
		assert_body(doc, false, expected);
	}
}

static void a_link_among_words_or_in_a_quotation_is_no_card(void **state)
{
	struct node *doc = document();
	struct node *quote = hang(doc, make(arena, NODE_QUOTE));
	struct node *p = hang(quote, make(arena, NODE_PARAGRAPH));

	(void)state;
	link_to(arena, p, "https://b.example/", "y");
	p = para(arena, doc, "See ");
	link_to(arena, p, "https://b.example/", "y");
	p = hang(doc, make(arena, NODE_PARAGRAPH));
	link_to(arena, p, "/own", "z");
	assert_body(doc, false,
	    "<blockquote>\n<p><a href=\"https://b.example/\" rel=\"noopener\">"
	    "y</a></p>\n</blockquote>\n"
	    "<p>See <a href=\"https://b.example/\" rel=\"noopener\">y</a></p>\n"
	    "<p><a href=\"/own\">z</a></p>\n");
}

/* On paper an address stands behind the words of its link, but not twice. */
static void a_link_whose_words_are_its_address_is_marked(void **state)
{
	struct node *doc = document();
	struct node *p = hang(doc, make(arena, NODE_PARAGRAPH));

	(void)state;
	hang(p, make(arena, NODE_TEXT))->text = STR("See ");
	link_to(arena, p, "https://b.example/x", "https://b.example/x");
	link_to(arena, p, "http://www.b.example", "www.b.example");
	link_to(arena, p, "https://b.example/x", "example/x");
	assert_body(doc, false,
	    "<p>See <a class=\"bare\" href=\"https://b.example/x\""
	    " rel=\"noopener\">https://b.example/x</a>"
	    "<a class=\"bare\" href=\"http://www.b.example\""
	    " rel=\"noopener\">www.b.example</a>"
	    "<a href=\"https://b.example/x\" rel=\"noopener\">"
	    "example/x</a></p>\n");
}

static void addresses_are_absolute_in_feeds(void **state)
{
	struct node *doc = document();
	struct node *p = hang(doc, make(arena, NODE_PARAGRAPH));

	(void)state;
	link_to(arena, p, "/x", "x");
	link_to(arena, p, "https://b.example/", "y");
	link_to(arena, p, "javascript:z", "z");
	assert_body(doc, true,
	    "<p><a href=\"https://a.example/x\">x</a>"
	    "<a href=\"https://b.example/\" rel=\"noopener\">y</a>"
	    "<a href=\"#\" rel=\"noopener\">z</a></p>\n");
	doc = document();
	p = hang(doc, make(arena, NODE_PARAGRAPH));
	link_to(arena, p, "../x", "rel");
	link_to(arena, p, "?a=1", "q");
	link_to(arena, p, "#frag", "h");
	link_to(arena, p, "//b.example", "y");
	hang(p, make(arena, NODE_PICTURE))->url = STR("map.png");
	assert_body(doc, true,
	    "<p><a href=\"https://a.example/2026/11/x\">rel</a>"
	    "<a href=\"https://a.example/2026/11/23/lock?a=1\">q</a>"
	    "<a href=\"https://a.example/2026/11/23/lock#frag\">h</a>"
	    "<a href=\"https://b.example\" rel=\"noopener\">y</a>"
	    "<img src=\"https://a.example/2026/11/23/map.png\" alt=\"\""
	    " decoding=\"async\"></p>\n");
}

static void an_empty_document_is_nothing(void **state)
{
	(void)state;
	assert_body(NULL, false, "");
	assert_body(document(), true, "");
	assert_true(body_is_empty(NULL));
	assert_true(body_is_empty(document()));
}

static void the_policy_lets_only_our_own_style_in(void **state)
{
	(void)state;
	buf_clear(&b);
	page_csp(&b, STR("abc="), STR_NONE);
	assert_string_equal(b.p,
	    "default-src 'none'; style-src 'sha256-abc='; img-src 'self'; "
	    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
	buf_clear(&b);
	page_csp(&b, STR("abc="), STR("def="));
	assert_int_equal(str_find_str(buf_str(&b),
			     STR("style-src 'sha256-abc=' 'sha256-def='; ")),
	    20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		a_footnote_stands_behind_the_block_that_first_names_it),
	    cmocka_unit_test(a_note_of_a_note_follows_it),
	    cmocka_unit_test(a_note_that_nobody_names_is_not_lost),
	    cmocka_unit_test(headings_go_down_one_step_at_a_time),
	    cmocka_unit_test(a_tight_list_has_no_paragraphs),
	    cmocka_unit_test(a_head_without_words_is_none),
	    cmocka_unit_test(code_runs_from_left_to_right_in_every_paper),
	    cmocka_unit_test(a_picture_elsewhere_is_linked_to_not_loaded),
	    cmocka_unit_test(no_link_stands_in_a_link),
	    cmocka_unit_test(only_the_first_picture_is_loaded_at_once),
	    cmocka_unit_test(
		a_link_that_stands_alone_is_a_card_with_its_true_host),
	    cmocka_unit_test(a_link_among_words_or_in_a_quotation_is_no_card),
	    cmocka_unit_test(a_link_whose_words_are_its_address_is_marked),
	    cmocka_unit_test(addresses_are_absolute_in_feeds),
	    cmocka_unit_test(an_empty_document_is_nothing),
	    cmocka_unit_test(the_policy_lets_only_our_own_style_in),
	};

	return cmocka_run_group_tests(tests, start, end);
}
