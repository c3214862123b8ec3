/* SPDX-License-Identifier: MIT
 *
 * Pages with pictures of the library, for the golden pages.
 */
#ifndef PAGE_TEST_LIBRARY_FIXTURE_H
#define PAGE_TEST_LIBRARY_FIXTURE_H

#include "page/page.h"
#include "page/test/fixture.h"
#include "text/markdown.h"

static inline const struct node *markdown_body(
    struct arena *a, const char *text)
{
	const struct markdown_options options = {.lang = STR("en")};
	struct node *body = NULL;

	assert_int_equal(
	    markdown_parse(a, str_of(text), &options, &body, NULL, NULL),
	    RC_OK);
	return body;
}

#define STEM_LOCK  "lockaaaaaaaaaaaaaaaaaaaaaa"
#define STEM_GATES "gatesaaaaaaaaaaaaaaaaaaaaa"

static const struct view_size library_sizes[] = {
    {400, 267}, {800, 533}, {1200, 800}, {1600, 1067}};

static inline struct view_picture library_picture(struct str stem)
{
	return (struct view_picture){
	    .alt = STR("From the <library>"),
	    .caption = STR("A caption of the library"),
	    .credit = STR("Its & credit"),
	    .width = 1600,
	    .height = 1067,
	    .files = {.stem = stem,
		.whole = library_sizes,
		.whole_n = COUNT(library_sizes),
		.shapes = {{1067, 1067}, {1200, 900}, {1200, 675}}},
	    .focus_x = 200,
	    .focus_y = 900,
	};
}

/* Pictures of the library: the head's, and in the text one with words of its
 * own and one without, and one that the library does not have. */
static inline void library_story(
    struct arena *a, struct buf *b, const struct view_paper *paper)
{
	struct view_picture pictures[] = {library_picture(STR(STEM_GATES))};
	struct view_story story = {
	    .head = stories[1],
	    .body = markdown_body(a,
		"![](/pictures/" STEM_GATES "-1200.jpg)\n\nThe gates.\n\n"
		"![Own words](/pictures/" STEM_GATES "-800.jpg \"Own "
		"credit\")\n\n"
		"![](/pictures/goneaaaaaaaaaaaaaaaaaaaaaa-800.jpg)\n"),
	    .pictures = {pictures, 1},
	};

	story.head.picture = library_picture(STR(STEM_LOCK));
	story.head.picture.url = STR("/pictures/" STEM_LOCK "-1200.jpg");
	story.head.picture.caption = STR("The lock at low water");
	story.head.picture.credit = STR("Maren Oke");
	page_story(b, paper, &story);
}

/* Teasers of it: the first is loaded at once. */
static inline void put_front_library(
    struct buf *b, const struct view_paper *paper)
{
	struct view_teaser v[3] = {stories[0], stories[1], stories[2]};
	struct view_front front = {
	    .today = at(2026, 11, 23, 12, 0),
	    .lead = {v, 1},
	    .seconds = {v + 1, 2},
	};

	for (size_t i = 0; i < COUNT(v); i++) {
		v[i].picture = library_picture(STR(STEM_LOCK));
		v[i].picture.url = STR("/pictures/" STEM_LOCK "-1200.jpg");
	}
	page_front(b, paper, &front);
}

#endif
