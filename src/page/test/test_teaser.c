/* SPDX-License-Identifier: MIT */
#include "page/teaser.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/buf.h"
#include "page/page.h"

static struct buf b;

static int start(void **state)
{
	(void)state;
	buf_init(&b, 1 << 20);
	return 0;
}

static int end(void **state)
{
	(void)state;
	buf_done(&b);
	return 0;
}

static const struct view_paper paper = {
    .name = STR_INIT("The Test"),
    .lang = STR_INIT("en"),
    .origin = STR_INIT("https://test.example"),
};

static struct view_teaser opinion(struct str kicker)
{
	return (struct view_teaser){
	    .url = STR("/2026/11/22/bell"),
	    .headline = STR("Against the bell"),
	    .lang = STR("en"),
	    .kicker = kicker,
	    .section = {STR("Opinion"), STR("/section/opinion")},
	    .published = {.year = 2026, .month = 11, .day = 22},
	    .is_opinion = true,
	};
}

/* What teaser_put writes, in a list of one section or of many. */
static const char *teaser_of(struct str kicker, bool has_section)
{
	struct view_teaser teaser = opinion(kicker);
	struct teaser_form form = {.level = 2, .has_section = has_section};
	struct sheet s = {.b = &b,
	    .paper = &paper,
	    .words = words_of(STR("en")),
	    .lang = STR("en")};

	buf_clear(&b);
	teaser_put(&s, &teaser, &form);
	buf_char(&b, '\0');
	assert_int_equal(buf_rc(&b), RC_OK);
	return b.p;
}

static void a_list_of_one_section_does_not_say_its_name_again(void **state)
{
	(void)state;
	assert_null(strstr(teaser_of(STR(""), false), "kicker"));
	assert_null(strstr(teaser_of(STR("opinion"), false), "kicker"));
	assert_non_null(
	    strstr(teaser_of(STR("The bell"), false), ">The bell</p>"));
	assert_non_null(strstr(teaser_of(STR(""), true), ">Opinion</p>"));
}

/* How often the page of the story has NEEDLE. */
static size_t story_has(struct str kicker, const char *needle)
{
	struct node body = {.kind = NODE_DOCUMENT};
	struct view_story story = {.head = opinion(kicker), .body = &body};
	const char *at;
	size_t n = 0;

	buf_clear(&b);
	page_story(&b, &paper, &story);
	buf_char(&b, '\0');
	assert_int_equal(buf_rc(&b), RC_OK);
	at = strstr(b.p, "<p class=\"kicker\">");
	assert_non_null(at);
	for (const char *stop = strstr(at, "</p>");
	     (at = strstr(at, needle)) && at < stop; at++)
		n++;
	return n;
}

static void a_story_says_its_section_once(void **state)
{
	(void)state;
	assert_int_equal(story_has(STR("Opinion"), "Opinion"), 1);
	assert_int_equal(story_has(STR(""), "Opinion"), 1);
	assert_int_equal(story_has(STR("The bell"), "Opinion"), 1);
	assert_int_equal(story_has(STR("The bell"), "The bell"), 1);
}

static const char *picture_of(struct view_picture picture)
{
	struct sheet s = {.b = &b,
	    .paper = &paper,
	    .words = words_of(STR("en")),
	    .lang = STR("en")};

	buf_clear(&b);
	teaser_picture(&s, &picture, HTML(""), false, true);
	buf_char(&b, '\0');
	assert_int_equal(buf_rc(&b), RC_OK);
	return b.p;
}

static void a_picture_nobody_may_follow_keeps_its_words_only(void **state)
{
	struct view_picture picture = {
	    .url = STR("javascript:alert(1)"), .caption = STR("The bell")};
	const char *html = picture_of(picture);

	(void)state;
	assert_null(strstr(html, "href"));
	assert_null(strstr(html, "<img"));
	assert_non_null(strstr(html, "The bell"));
	picture.caption = STR_NONE;
	assert_string_equal(picture_of(picture), "");
	picture.url = STR("https://b.example/x.jpg");
	assert_non_null(
	    strstr(picture_of(picture), "href=\"https://b.example/x.jpg\""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(
		a_list_of_one_section_does_not_say_its_name_again, start, end),
	    cmocka_unit_test_setup_teardown(
		a_story_says_its_section_once, start, end),
	    cmocka_unit_test_setup_teardown(
		a_picture_nobody_may_follow_keeps_its_words_only, start, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
