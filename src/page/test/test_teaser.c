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

static void a_picture_has_the_language_of_its_story(void **state)
{
	struct view_teaser teaser = opinion(STR(""));
	struct teaser_form form = {
	    .level = 2, .has_picture = true, .is_first_picture = true};
	struct sheet s = {.b = &b,
	    .paper = &paper,
	    .words = words_of(STR("en")),
	    .lang = STR("en")};

	(void)state;
	teaser.lang = STR("ar");
	teaser.picture = (struct view_picture){.url = STR("/pictures/s.jpg"),
	    .alt = STR("جسر"),
	    .caption = STR("الجسر القديم")};
	buf_clear(&b);
	teaser_put(&s, &teaser, &form);
	buf_char(&b, '\0');
	assert_non_null(strstr(b.p, "<figure lang=\"ar\" dir=\"rtl\">"));
}

static void a_shape_cut_by_hand_takes_the_place_of_the_whole(void **state)
{
	static const struct view_size whole[] = {{400, 300}, {800, 600}};
	static const struct view_size cut[] = {{400, 225}, {640, 360}};
	struct view_teaser teaser = opinion(STR(""));
	struct teaser_form form = {
	    .level = 2, .has_picture = true, .cut = IMAGE_16_9};
	struct sheet s = {.b = &b,
	    .paper = &paper,
	    .words = words_of(STR("en")),
	    .lang = STR("en")};

	(void)state;
	teaser.picture =
	    (struct view_picture){.url = STR("/pictures/s-800.jpg"),
		.alt = STR("A"),
		.width = 800,
		.height = 600,
		.focus_x = 500,
		.files = {.stem = STR("s"),
		    .whole = whole,
		    .whole_n = 2,
		    .cuts = {[2] = {cut, 2}}}};
	buf_clear(&b);
	teaser_put(&s, &teaser, &form);
	buf_char(&b, '\0');
	assert_non_null(strstr(b.p, "type=\"image/avif\" "
				    "srcset=\"/pictures/s-16x9-400.avif 400w, "
				    "/pictures/s-16x9.avif 640w\""));
	assert_non_null(strstr(b.p, "src=\"/pictures/s-16x9.jpg\""));
	assert_non_null(strstr(b.p, "width=\"640\" height=\"360\""));
	/* The focal point, at the upper edge, has no say in it. */
	assert_null(strstr(b.p, " at0"));
	/* Another shape is cut from the whole, as it was. */
	form.cut = IMAGE_4_3;
	buf_clear(&b);
	teaser_put(&s, &teaser, &form);
	buf_char(&b, '\0');
	assert_null(strstr(b.p, "16x9"));
	assert_non_null(strstr(b.p, "/pictures/s-400.avif 400w"));
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
	teaser_picture(&s, &picture, HTML(""),
	    &(struct teaser_form){.is_first_picture = true});
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

/* As picture/crop.c cuts: the focal point in the middle, as far as it goes. */
static void a_picture_is_cut_around_its_focal_point(void **state)
{
	struct view_picture p = {.url = STR("/pictures/x-400.jpg"),
	    .width = 1600,
	    .height = 900,
	    .files = {.stem = STR("x"), .whole_n = 1},
	    .focus_x = 500,
	    .focus_y = 500};
	static const struct {
		uint16_t focus;
		unsigned place;
	} rows[] = {{0, 0}, {281, 0}, {500, 5}, {719, 10}, {1000, 10}};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		p.focus_x = rows[i].focus;
		p.focus_y = 0; /* nothing is left over that way */
		assert_int_equal(image_place(&p, IMAGE_1_1), rows[i].place);
		assert_int_equal(image_place(&p, IMAGE_16_9), 5);
	}
	p.width = 900;
	p.height = 1600;
	p.focus_y = 1000;
	assert_int_equal(image_place(&p, IMAGE_4_3), 10);
	p.files.whole_n = 0; /* nobody has said what matters in it */
	assert_int_equal(image_place(&p, IMAGE_4_3), 5);
}

static void a_room_of_one_shape_is_a_class(void **state)
{
	static const struct view_size sizes[] = {{400, 711}};
	struct view_picture p = {.url = STR("/pictures/x-400.jpg"),
	    .width = 900,
	    .height = 1600,
	    .files = {.stem = STR("x"), .whole = sizes, .whole_n = 1},
	    .focus_y = 1000};
	struct sheet s = {.b = &b,
	    .paper = &paper,
	    .words = words_of(STR("en")),
	    .lang = STR("en")};

	(void)state;
	teaser_picture(
	    &s, &p, HTML("big"), &(struct teaser_form){.cut = IMAGE_16_9});
	buf_char(&b, '\0');
	assert_non_null(strstr(b.p, "<figure class=\"big cut16 at10\">"));
	assert_null(strstr(b.p, "style"));
	p.url = STR("https://b.example/x.jpg"); /* a link fills no room */
	buf_clear(&b);
	teaser_picture(
	    &s, &p, HTML(""), &(struct teaser_form){.cut = IMAGE_16_9});
	buf_char(&b, '\0');
	assert_non_null(strstr(b.p, "<figure>"));
}

/* A Hebrew paper, whose language has no catalogue: English words in it are
 * marked, and read from left to right as one. */
static void words_in_another_language_than_the_page_are_marked(void **state)
{
	struct view_link names[] = {{STR("Dana"), STR("/person/dana")}};
	struct view_story story = {.head = opinion(STR(""))};
	struct view_paper hebrew = paper;
	struct node body = {.kind = NODE_DOCUMENT};

	(void)state;
	story.body = &body;
	hebrew.lang = STR("he");
	story.head.lang = STR("he");
	story.head.byline = (struct view_links){names, 1};
	buf_clear(&b);
	page_story(&b, &hebrew, &story);
	buf_char(&b, '\0');
	assert_int_equal(buf_rc(&b), RC_OK);
	assert_non_null(
	    strstr(b.p, "<p class=\"by\"><span lang=\"en\" dir=\"ltr\">By <bdi>"
			"<a href=\"/person/dana\">Dana</a></bdi></span></p>"));
	assert_non_null(
	    strstr(b.p, "\"><span lang=\"en\" dir=\"ltr\">22 November"));
	/* And a Hebrew story in an English paper, inside of its article. */
	buf_clear(&b);
	page_story(&b, &paper, &story);
	buf_char(&b, '\0');
	assert_non_null(strstr(
	    b.p, "<p class=\"by\"><span lang=\"en\" dir=\"ltr\">By <bdi>"));
	/* What the page is in is not marked again. */
	hebrew.lang = story.head.lang = STR("en-GB");
	buf_clear(&b);
	page_story(&b, &hebrew, &story);
	buf_char(&b, '\0');
	assert_non_null(strstr(b.p, "<p class=\"by\">By <bdi>"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(
		a_picture_has_the_language_of_its_story, start, end),
	    cmocka_unit_test_setup_teardown(
		a_list_of_one_section_does_not_say_its_name_again, start, end),
	    cmocka_unit_test_setup_teardown(
		a_story_says_its_section_once, start, end),
	    cmocka_unit_test_setup_teardown(
		a_picture_nobody_may_follow_keeps_its_words_only, start, end),
	    cmocka_unit_test_setup_teardown(
		a_picture_is_cut_around_its_focal_point, start, end),
	    cmocka_unit_test_setup_teardown(
		a_room_of_one_shape_is_a_class, start, end),
	    cmocka_unit_test_setup_teardown(
		a_shape_cut_by_hand_takes_the_place_of_the_whole, start, end),
	    cmocka_unit_test_setup_teardown(
		words_in_another_language_than_the_page_are_marked, start, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
