/* SPDX-License-Identifier: MIT
 *
 * Every text field of every view filled with what somebody would send who
 * wants to break the page: whatever it is, only our own tags come out.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "page/page.h"
#include "page/test/hostile.h"

enum { ROUNDS = 300 };

static struct node *inline_node(struct random *r, unsigned depth);

static void fill(struct random *r, struct node *n, unsigned depth)
{
	struct node **at = &n->child;

	for (uint64_t i = next(&r->seed) % 4; depth < 8 && i > 0; i--) {
		*at = inline_node(r, depth + 1);
		at = &(*at)->next;
	}
}

static struct node *inline_node(struct random *r, unsigned depth)
{
	struct node *n = ARENA_NEW(r->a, struct node);

	n->kind = NODE_TEXT + next(&r->seed) % (NODE_NOTE - NODE_TEXT + 1);
	n->text = text(r);
	n->url = text(r);
	n->title = text(r);
	n->lang = text(r);
	n->dir = next(&r->seed) % 3;
	n->number = (uint32_t)next(&r->seed) % 4;
	n->references = (uint32_t)next(&r->seed) % 3;
	if (n->kind >= NODE_EMPHASIS && n->kind != NODE_NOTE &&
	    n->kind != NODE_PICTURE)
		fill(r, n, depth);
	return n;
}

static struct node *document(struct random *r)
{
	static const enum node_kind kinds[] = {NODE_PARAGRAPH, NODE_HEADING,
	    NODE_CODE_BLOCK, NODE_RULE, NODE_FIGURE, NODE_FOOTNOTE};
	struct node *doc = ARENA_NEW(r->a, struct node);
	struct node **at = &doc->child;

	doc->kind = NODE_DOCUMENT;
	for (uint64_t i = next(&r->seed) % 6; i > 0; i--) {
		struct node *n = inline_node(r, 8);

		n->kind = kinds[next(&r->seed) % 6];
		n->child = NULL;
		if (n->kind != NODE_FOOTNOTE)
			fill(r, n, 0);
		*at = n;
		at = &n->next;
	}
	return doc;
}

static void make_lists(struct random *r, struct buf *b, uint64_t seed)
{
	struct view_paper p = paper(r);
	struct view_archive_row rows[] = {{date(r), text(r), 3}};
	struct view_band band = {link_(r), teasers(r)};
	struct view_front front = {.today = date(r),
	    .breaking = link_(r),
	    .lead = teasers(r),
	    .seconds = teasers(r),
	    .briefs = teasers(r),
	    .bands = &band,
	    .bands_n = 1};
	struct view_list list = {.kind = next(&r->seed) % 4,
	    .url = text(r),
	    .title = text(r),
	    .page = (uint32_t)(next(&r->seed) % 3),
	    .about = text(r),
	    .day = date(r),
	    .day_after = date(r),
	    .day_before = date(r),
	    .teasers = teasers(r),
	    .newer = text(r),
	    .older = text(r),
	    .feed = text(r)};
	struct view_archive archive = {.year = 2026,
	    .month = (uint8_t)(next(&r->seed) % 13),
	    .url = text(r),
	    .newer = text(r),
	    .rows = rows,
	    .rows_n = 1};
	struct view_notice notice = {
	    .status = 410, .note = text(r), .latest = teasers(r)};

	page_front(b, &p, &front);
	check(b, false, seed);
	page_list(b, &p, &list);
	check(b, false, seed);
	page_archive(b, &p, &archive);
	check(b, false, seed);
	page_notice(b, &p, &notice);
	check(b, false, seed);
}

static struct word_diff difference(struct random *r)
{
	struct word_diff diff;

	assert_int_equal(word_diff(r->a, text(r), text(r), &diff), RC_OK);
	return diff;
}

static struct view_version_row version_row(struct random *r)
{
	return (struct view_version_row){.number = 1,
	    .at = date(r),
	    .change = (enum view_change)(next(&r->seed) % 5),
	    .headline = text(r),
	    .url = text(r),
	    .compare_url = text(r),
	    .is_taken = next(&r->seed) % 2};
}

static void make_changes(struct random *r, struct buf *b, uint64_t seed)
{
	struct view_paper p = paper(r);
	struct view_notice_row notice = {
	    {date(r), text(r), (enum view_change)(next(&r->seed) % 5), false},
	    {text(r), text(r)}, text(r)};
	struct view_notices notices = {text(r), (uint32_t)(next(&r->seed) % 3),
	    &notice, 1, text(r), text(r)};
	struct view_version_row row = version_row(r);
	struct view_versions versions = {{text(r), text(r)}, text(r), &row, 1};
	const struct view_size size = {800, 600};
	const struct view_picture known = {.alt = text(r),
	    .caption = text(r),
	    .credit = text(r),
	    .files = {.stem = text(r)}};
	struct view_version version = {{text(r), text(r)}, {text(r), text(r)},
	    text(r), row, text(r),
	    {text(r), text(r), text(r), text(r), text(r), 0, 0,
		{text(r), &size, next(&r->seed) % 2, {size, size, size},
		    {{&size, 1}, {&size, next(&r->seed) % 2}, {NULL, 0}},
		    STR("/p/secret")},
		(uint16_t)(next(&r->seed) % 1001),
		(uint16_t)(next(&r->seed) % 1001)},
	    {&known, 1}, document(r)};
	struct view_compare compare = {{text(r), text(r)}, {text(r), text(r)},
	    text(r), row, row, difference(r), difference(r), difference(r),
	    difference(r), next(&r->seed) % 2};

	page_corrections(b, &p, &notices);
	check(b, false, seed);
	page_versions(b, &p, &versions);
	check(b, false, seed);
	page_version(b, &p, &version);
	check(b, false, seed);
	page_compare(b, &p, &compare);
	check(b, false, seed);
}

static void make_stories(struct random *r, struct buf *b, uint64_t seed)
{
	struct view_paper p = paper(r);
	struct view_correction correction = {date(r), text(r),
	    (enum view_change)(next(&r->seed) % 5), next(&r->seed) % 2};
	struct view_translation translation = {text(r), text(r)};
	struct view_story story = {.head = teaser(r),
	    .body = document(r),
	    .tags = links(r),
	    .corrections = &correction,
	    .corrections_n = next(&r->seed) % 2,
	    .translations = &translation,
	    .translations_n = 1,
	    .related = teasers(r)};
	struct view_about about = {text(r), text(r), document(r)};
	struct view_feed_item item = {
	    teaser(r), text(r), document(r), links(r), &correction, 1};
	struct view_feed feed = {
	    text(r), text(r), text(r), text(r), date(r), &item, 1};
	struct view_news_row row = {text(r), text(r), text(r), date(r)};
	struct view_news news = {&row, 1};

	page_story(b, &p, &story);
	check(b, false, seed);
	correction.date = (struct civil){0};
	page_story(b, &p, &story);
	check(b, false, seed);
	page_about(b, &p, &about);
	check(b, false, seed);
	page_body(b, story.body);
	check(b, false, seed);
	feed_rss(b, &p, &feed);
	check(b, true, seed);
	feed_atom(b, &p, &feed);
	check(b, true, seed);
	sitemap_news(b, &p, &news);
	check(b, true, seed);
}

static void only_our_own_tags_come_out(void **state)
{
	const char *given = getenv("FARTHING_SEED");
	uint64_t first = given ? strtoull(given, NULL, 10) : 20261123;
	struct arena *a = arena_new(1 << 24);
	struct buf b;

	(void)state;
	printf("seed %" PRIu64 "\n", first);
	buf_init(&b, 1 << 22);
	for (uint64_t i = 0; i < ROUNDS; i++) {
		struct random r = {a, first + i};

		make_lists(&r, &b, first + i);
		make_stories(&r, &b, first + i);
		make_changes(&r, &b, first + i);
		arena_reset(a);
	}
	buf_done(&b);
	arena_free(a);
}

/* The reader above must itself be worth something. */
static void the_checker_finds_what_is_wrong(void **state)
{
	static const char *const bad[] = {"<p>", "<p></b>", "</p>", "a < b",
	    "a & b", "<p onclick=\"x\"></p>", "<object></object>",
	    "<p class=x></p>", "<p title=\"<\"></p>", "<p\n></p>", ">",
	    "<script></style></script>", "\x01", "\xFF", "<p title=\"&\"></p>"};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_non_null(markup_fault(str_of(bad[i]), false));
	assert_null(markup_fault(
	    STR("<!DOCTYPE html><p title=\"a &amp; b\">a<br>&lt;</p>\n"),
	    false));
	assert_null(markup_fault(STR("<a:b c=\"d\"/>"), true));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_checker_finds_what_is_wrong),
	    cmocka_unit_test(only_our_own_tags_come_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
