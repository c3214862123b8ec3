/* SPDX-License-Identifier: MIT
 *
 * Nothing that somebody wrote becomes markup of an editor's screen: whatever
 * the fields hold, the tags that come out are those of the screen itself.
 */
#include "page/desk_write.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "page/desk_history.h"
#include "page/desk_language.h"
#include "page/desk_stories.h"
#include "text/script.h"

#define EVIL "\"'><script>alert(1)</script></textarea><img src=x onerror=y>"

static const struct view_desk desk = {.paper = STR_INIT(EVIL),
    .css = STR_INIT("/static/0/desk.css"),
    .who = STR_INIT(EVIL),
    .done = MSG_COUNT};

#define NOON                                                                   \
	{                                                                      \
		.year = 2026, .month = 11, .day = 27, .hour = 12,              \
		.has_time = true                                               \
	}

static const struct civil noon = NOON;

static size_t count(struct str s, const char *what)
{
	size_t n = 0, at;

	while ((at = str_find_str(s, str_of(what))) < s.n) {
		n++;
		s = str_from(s, at + 1);
	}
	return n;
}

/* SCRIPTS: how many the screen has of its own. */
static void harmless(struct buf *b, size_t scripts)
{
	struct str s = buf_str(b);

	assert_int_equal(buf_rc(b), RC_OK);
	assert_true(s.n > 0);
	assert_int_equal(count(s, "<script"), scripts);
	assert_int_equal(count(s, "<img"), 0);
	assert_int_equal(count(s, "<textarea"), count(s, "</textarea"));
	assert_int_equal(count(s, "<form"), count(s, "</form"));
	assert_int_equal(count(s, "onerror=y>"), 0);
	buf_done(b);
}

static const struct view_remark remarks[] = {
    {.id = 1,
	.at = NOON,
	.who = STR_INIT(EVIL),
	.quote = STR_INIT(EVIL),
	.text = STR_INIT(EVIL),
	.is_lost = true},
    {.id = 2,
	.at = NOON,
	.is_answer = true,
	.who = STR_INIT(EVIL),
	.text = STR_INIT(EVIL)},
    {.id = 3,
	.at = NOON,
	.is_resolved = true,
	.text = STR_INIT(EVIL),
	.resolved_by = STR_INIT(EVIL)},
};

static const struct view_mark mark = {.kind = STR_INIT(EVIL),
    .field = STR_INIT(EVIL),
    .length = 1,
    .line = 7,
    .excerpt = STR_INIT(EVIL),
    .message = MSG_PROOF_NO_ALT,
    .go = MSG_GO_ALT,
    .place = STR_INIT(EVIL),
    .mends = {{.say = MSG_MEND_BEHIND,
	.about = STR_INIT(EVIL),
	.field = STR_INIT(EVIL),
	.text = STR_INIT(EVIL)}},
    .mends_n = 1,
    .stet = STR_INIT(EVIL)};

static const struct view_stand stand = {.kind = STR_INIT(EVIL),
    .message = MSG_PROOF_NO_ALT,
    .excerpt = STR_INIT(EVIL),
    .by = STR_INIT(EVIL),
    .unstet = STR_INIT(EVIL)};

static void evil_text(struct write_text *t)
{
	for (int i = 0; i < WRITE_FIELDS; i++)
		t->v[i] = STR(EVIL);
}

static void the_screen_of_writing_shows_text_as_text(void **state)
{
	struct str names[] = {STR(EVIL)};
	struct str_list sections = {names, 1};
	struct view_write view = {.id = 1,
	    .revision = 1,
	    .tab = STR(EVIL),
	    .account = STR(EVIL),
	    .sections = &sections,
	    .zone = STR(EVIL),
	    .lang = STR(EVIL),
	    .saved = noon,
	    .saved_at = STR(EVIL),
	    .sent_back = STR(EVIL),
	    .here = sections,
	    .fault = MSG_COUNT,
	    .remarks = {remarks, 3, 1, STR(EVIL), MSG_FAULT_LONG},
	    .marks = {&mark, 1, {&stand, 1}},
	    .length = {.wanted = 600, .by = STR(EVIL)}};
	struct buf b;

	(void)state;
	evil_text(&view.text);
	for (int i = 0; i < WRITE_FIELDS; i++)
		view.faults[i] = MSG_FAULT_LONG;
	for (unsigned lang = 0; lang < DESK_LANGS; lang++) {
		struct view_desk in = desk;

		in.lang = lang;
		buf_init(&b, 1 << 20);
		desk_write(&b, &in, &view);
		/* The words of the editor, and the marks, are data. */
		harmless(&b, 2);
	}
}

static void two_texts_side_by_side_are_shown_as_text(void **state)
{
	struct view_conflict conflict = {.id = 1,
	    .revision = 2,
	    .saved = noon,
	    .by = STR(EVIL),
	    .tab = STR(EVIL),
	    .account = STR(EVIL)};
	struct view_comparison compared = {.id = 1,
	    .headline = STR(EVIL),
	    .old = {.saved = noon},
	    .news = {.saved = noon},
	    .can_write = true};
	struct buf b;

	(void)state;
	evil_text(&conflict.mine);
	evil_text(&conflict.theirs);
	evil_text(&conflict.merged);
	conflict.theirs.v[WRITE_BODY] = STR("<b>other</b> " EVIL);
	conflict.is_open[WRITE_BODY] = true;
	buf_init(&b, 1 << 20);
	desk_conflict(&b, &desk, &conflict);
	harmless(&b, 0);
	evil_text(&compared.was);
	compared.is.v[WRITE_BODY] = STR("<i>new</i> " EVIL);
	buf_init(&b, 1 << 20);
	desk_comparison(&b, &desk, &compared);
	assert_int_equal(count(buf_str(&b), "<i>"), 0);
	harmless(&b, 0);
}

static void lists_are_shown_as_text(void **state)
{
	struct str names[] = {STR(EVIL)};
	struct str_list list = {names, 1};
	struct view_story_row row = {.id = 1,
	    .headline = STR(EVIL),
	    .section = STR(EVIL),
	    .writer = STR(EVIL),
	    .saved = noon,
	    .here = list};
	struct view_stories stories = {.v = &row,
	    .n = 1,
	    .status = -1,
	    .words = STR(EVIL),
	    .person = STR(EVIL),
	    .section = STR(EVIL),
	    .sections = &list};
	struct view_revision revision = {
	    .id = 1, .saved = noon, .who = STR(EVIL), .name = STR(EVIL)};
	struct view_history history = {.id = 1,
	    .headline = STR(EVIL),
	    .v = &revision,
	    .n = 1,
	    .can_write = true};
	struct view_preview_link link = {
	    .id = 1, .note = STR(EVIL), .expires = noon, .who = STR(EVIL)};
	struct view_preview preview = {.id = 1,
	    .headline = STR(EVIL),
	    .can_write = true,
	    .links = &link,
	    .links_n = 1};
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 20);
	desk_stories(&b, &desk, &stories);
	harmless(&b, 0);
	buf_init(&b, 1 << 20);
	desk_history(&b, &desk, &history);
	harmless(&b, 0);
	buf_init(&b, 1 << 20);
	desk_preview(&b, &desk, &preview);
	harmless(&b, 0);
}

static void an_empty_list_says_what_to_do(void **state)
{
	struct str_list none = {NULL, 0};
	struct view_stories view = {
	    .status = -1, .can_write = true, .sections = &none};
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 20);
	desk_stories(&b, &desk, &view);
	assert_int_equal(count(buf_str(&b), "class=\"empty\""), 1);
	assert_int_equal(count(buf_str(&b), "a headline is enough"), 1);
	buf_done(&b);
	view.is_filtered = true;
	buf_init(&b, 1 << 20);
	desk_stories(&b, &desk, &view);
	assert_int_equal(count(buf_str(&b), "show all"), 1);
	buf_done(&b);
}

static void languages_are_offered_once_each_by_codes_that_hold(void **state)
{
	struct str code, name, other;

	(void)state;
	for (size_t i = 0; (code = desk_language(i, &name)).p; i++) {
		assert_true(lang_is_valid(code));
		assert_true(name.n > 0 && script_is_plain(name));
		for (size_t k = 0; k < i; k++)
			assert_false(str_eq(code, desk_language(k, &other)) ||
				     str_eq(name, other));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_screen_of_writing_shows_text_as_text),
	    cmocka_unit_test(two_texts_side_by_side_are_shown_as_text),
	    cmocka_unit_test(lists_are_shown_as_text),
	    cmocka_unit_test(an_empty_list_says_what_to_do),
	    cmocka_unit_test(
		languages_are_offered_once_each_by_codes_that_hold),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
