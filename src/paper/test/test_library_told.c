/* SPDX-License-Identifier: MIT
 *
 * Changed words of a picture, and what readers of its stories are told.
 */
#include "paper/library_told.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "paper/library_priv.h"
#include "paper/public_priv.h"
#include "paper/test/desk_fixture.h"
#include "paper/write.h"
#include "text/manuscript.h"

#define STEM "abcdefghijklmnopqrstuvwxyz"
#define URL  "/pictures/" STEM "-400.jpg"

static const struct staff_by by = {1, STR_INIT("Ada Quay"), {1000000}};
static struct desk *p;
static struct arena *a;

/* A paper with one picture, number 1. */
static int set_up(void **state)
{
	struct library_picture picture = {.stem = STR(STEM),
	    .kind = STR("JPEG"),
	    .words = {.caption = STR("The quay"),
		.credit = STR("Ada"),
		.creator = STR("Ada Quay"),
		.alt = STR("A quay"),
		.rights = STR("All rights")},
	    .files = {.whole = {{400, 300}}, .whole_n = 1}};
	int64_t id;

	if (desk_set_up(state) != 0)
		return -1;
	p = *state;
	a = p->a;
	picture.hash = arena_printf(a, "%064u", 1);
	desk_ok(p, library_add(p->paper, &picture, &by, &id, &p->err));
	return 0;
}

static struct library_picture the_picture(void)
{
	struct library_picture picture;

	desk_ok(p, library_get(p->paper, a, 1, &picture, &p->err));
	return picture;
}

static void publish(int64_t id)
{
	desk_ok(p, paper_publish(p->paper, id, p->now, NULL, &p->err));
	desk_apply(p);
}

static int64_t story(struct manuscript_picture head, const char *body)
{
	struct manuscript m = desk_manuscript("Quay", "News", "Ada");
	int64_t id;

	m.picture = head;
	m.body = str_of(body);
	id = desk_save_manuscript(p, 0, &m);
	publish(id);
	return id;
}

static const struct manuscript_picture bare = {.url = STR_INIT(URL)};
static const struct manuscript_picture none = {.url = STR_INIT("")};

/* How many stories WORDS would touch. */
static size_t touches(const struct library_words *words)
{
	struct library_picture picture = the_picture();
	int64_t *v;
	size_t n;

	desk_ok(
	    p, library_touches(p->paper, a, &picture, words, &v, &n, &p->err));
	return n;
}

static enum rc change_as(
    const struct library_words *words, const struct paper_release *release)
{
	struct library_picture picture = the_picture();
	struct library_change change = {
	    .picture = &picture, .words = words, .release = *release};
	enum rc rc = paper_step_begin(p->paper, &p->err);

	change.release.who = STR("ada");
	p->now.us += 1000000;
	change.release.now = p->now;
	assert_int_equal(rc, RC_OK);
	rc = library_change(p->paper, &change, &by, &p->err);
	rc = paper_step_end(p->paper, rc, &p->err);
	desk_apply(p);
	return rc;
}

static void correct(const char *caption, const char *text)
{
	struct library_words words = the_picture().words;

	words.caption = str_of(caption);
	desk_ok(p, change_as(&words,
		       &(struct paper_release){
			   .change = PAPER_CORRECTION, .text = str_of(text)}));
}

/* The story gets another text, which readers see. */
static void rewrite(int64_t id, struct manuscript_picture head)
{
	struct manuscript m = desk_manuscript("Quay", "News", "Ada");
	struct paper_write w = {
	    .id = id, .manuscript = &m, .who = STR("ada"), .now = p->now};
	struct paper_release r = {
	    .id = id, .change = PAPER_UPDATE, .who = STR("ada"), .now = p->now};
	struct paper_write_result result;
	int64_t shown;

	m.picture = head;
	desk_ok(p, paper_newest(p->paper, id, &w.base, &shown, &p->err));
	desk_ok(p, paper_write(p->paper, a, &w, &result, &p->err));
	desk_ok(p, paper_release(p->paper, &r, NULL, &p->err));
	desk_apply(p);
}

static size_t versions(int64_t id)
{
	struct public_version *v;
	size_t n;

	desk_ok(p, public_versions(p->public, a, id, 100, &v, &n));
	return n;
}

/* The caption that readers of that version had. */
static struct str caption_of(int64_t id, int64_t number)
{
	struct public_version v;

	desk_ok(p, public_version(p->public, a, id, number, &v));
	return v.pictures_n ? v.pictures[0].caption : STR_NONE;
}

static size_t notices(int64_t id, struct public_correction **ret_v)
{
	size_t n;

	desk_ok(p, public_corrections(p->public, a, id, ret_v, &n));
	return n;
}

static void only_words_that_readers_see_touch_a_story(void **state)
{
	const struct library_words was = the_picture().words;
	struct library_words to = was;

	(void)state;
	to.caption = STR("The mole");
	assert_int_equal(touches(&to), 0);
	story(bare, "Text.\n");
	assert_int_equal(touches(&to), 1);
	assert_int_equal(touches(&was), 0);
	to = was;
	to.focus_x = 700;
	to.cuts[0].width = 300;
	to.expires = STR("2027-01-31");
	to.creator = STR("Bo"); /* a credit stands */
	assert_int_equal(touches(&to), 0);
	to.rights = STR("None");
	assert_int_equal(touches(&to), 1);
	to = was;
	to.credit = STR(""); /* and now the creator does */
	assert_int_equal(touches(&to), 1);
}

static void a_story_that_gives_the_words_itself_is_not_touched(void **state)
{
	const struct library_words was = the_picture().words;
	struct manuscript_picture own = {
	    .url = STR(URL), .caption = STR("Own"), .credit = STR("Own")};
	struct library_words to = was;

	(void)state;
	story(own, "Text.\n");
	to.caption = STR("The mole");
	to.credit = STR("Bo");
	to.rights = STR("None");
	assert_int_equal(touches(&to), 0);
	to.alt = STR("A mole");
	assert_int_equal(touches(&to), 1);
}

static void pictures_in_the_text_are_looked_at_as_pages_write_them(void **state)
{
	const struct library_words was = the_picture().words;
	struct library_words caption = was, credit = was, alt = was;

	(void)state;
	caption.caption = STR("The mole");
	credit.credit = STR("Bo");
	alt.alt = STR("A mole");
	story(none, "Own: ![A quay](" URL " \"Ada\") in a line.\n");
	assert_int_equal(touches(&alt), 0);
	assert_int_equal(touches(&caption), 0);
	assert_int_equal(touches(&credit), 0);
	story(none, "A line, ![](" URL ") and on.\n");
	assert_int_equal(touches(&alt), 1);
	assert_int_equal(touches(&caption), 0);
	story(none, "> Deep:\n>\n> ![](" URL ")\n");
	assert_int_equal(touches(&alt), 2);
	assert_int_equal(touches(&caption), 1);
	assert_int_equal(touches(&credit), 1);
}

static void each_story_gets_version_and_notice(void **state)
{
	int64_t one = story(bare, "One.\n"), two = story(bare, "Two.\n");
	struct public_correction *v;

	(void)state;
	assert_int_equal(versions(one), 0);
	correct("The mole", "It is the mole.");
	for (int64_t id = one; id <= two; id++) {
		assert_int_equal(versions(id), 2);
		desk_text(caption_of(id, 1), "The quay");
		desk_text(caption_of(id, 2), "The mole");
		assert_int_equal(notices(id, &v), 1);
		assert_int_equal(v[0].change, PAPER_CORRECTION);
		desk_text(v[0].text, "It is the mole.");
	}
	correct("The pier", "It is the pier.");
	assert_int_equal(versions(one), 3);
	desk_text(caption_of(one, 1), "The quay");
	desk_text(caption_of(one, 2), "The mole");
	desk_text(caption_of(one, 3), "The pier");
	assert_int_equal(notices(one, &v), 2);
}

static void a_typing_error_makes_a_version_and_no_notice(void **state)
{
	int64_t id = story(bare, "One.\n");
	struct library_words words = the_picture().words;
	struct public_correction *v;
	struct paper_story got;

	(void)state;
	words.caption = STR("The  quay");
	desk_ok(p,
	    change_as(&words, &(struct paper_release){.change = PAPER_TYPO}));
	assert_int_equal(versions(id), 2);
	assert_int_equal(notices(id, &v), 0);
	desk_ok(p, paper_show(p->paper, a, id, &got, NULL, &p->err));
	assert_int_equal(got.updated.us, INSTANT_NEVER.us);
}

static void what_is_told_is_needed_as_for_a_story(void **state)
{
	int64_t id = story(bare, "One.\n");
	struct library_words words = the_picture().words;

	(void)state;
	words.caption = STR("The mole");
	assert_int_equal(
	    change_as(&words, &(struct paper_release){.change = PAPER_FIRST}),
	    RC_INVALID);
	assert_int_equal(
	    change_as(&words, &(struct paper_release){.text = STR(" "),
				  .change = PAPER_CLARIFICATION}),
	    RC_INVALID);
	desk_text(the_picture().words.caption, "The quay");
	assert_int_equal(versions(id), 0);
	/* Where nobody reads it, nothing is asked. */
	desk_ok(p, paper_withdraw(p->paper, id, STR("Wrong"), p->now, &p->err));
	desk_apply(p);
	desk_ok(p,
	    change_as(&words, &(struct paper_release){.change = PAPER_FIRST}));
}

static void versions_that_do_harm_are_taken_with_the_words(void **state)
{
	int64_t id = story(bare, "One.\n"), old = story(bare, "Two.\n");
	struct library_words words;
	struct public_version v;

	(void)state;
	/* In the second one only an earlier version has the picture. */
	rewrite(old, none);
	words = the_picture().words;
	words.caption = STR("");
	assert_int_equal(touches(&words), 1);
	desk_ok(
	    p, change_as(&words, &(struct paper_release){.change = PAPER_UPDATE,
				     .is_old_taken = true}));
	desk_ok(p, public_version(p->public, a, id, 1, &v));
	assert_true(v.is_taken);
	assert_int_equal(v.pictures_n, 0);
	desk_ok(p, public_version(p->public, a, id, 2, &v));
	assert_false(v.is_taken);
	desk_ok(p, public_version(p->public, a, old, 1, &v));
	assert_true(v.is_taken);
	assert_int_equal(v.pictures_n, 0);
	desk_ok(p, public_version(p->public, a, old, 2, &v));
	assert_false(v.is_taken);
}

static void what_versions_had_survives_the_loss_of_the_public_paper(
    void **state)
{
	int64_t id = story(bare, "One.\n");
	struct str before;

	(void)state;
	correct("The mole", "It is the mole.");
	/* The picture leaves the text, and then changes once more. */
	rewrite(id, none);
	correct("The pier", "It is the pier.");
	before = desk_dump(p);
	desk_text(caption_of(id, 1), "The quay");
	desk_text(caption_of(id, 2), "The mole");
	desk_close(p);
	desk_delete_public(p);
	desk_open(p);
	desk_apply(p);
	assert_true(str_eq(desk_dump(p), before));
}

static void a_text_that_was_never_changed_keeps_what_is_right_now(void **state)
{
	const struct manuscript_picture own = {
	    .url = STR(URL), .caption = STR("Own")};
	int64_t id = story(own, "One.\n");

	(void)state;
	correct("The mole", "It is the mole.");
	assert_int_equal(versions(id), 0);
	rewrite(id, bare);
	desk_text(caption_of(id, 2), "The mole");
}

static void the_front_page_is_told_of_a_picture(void **state)
{
	struct library_words words = the_picture().words;
	struct public_change *v;
	uint64_t seq;
	bool is_told = false;
	size_t n;

	(void)state;
	story(bare, "Text.\n");
	desk_ok(p, public_seq(p->public, &seq));
	words.focus_x = 100;
	desk_ok(p, change_as(&words, &(struct paper_release){0}));
	desk_ok(p, public_changes(p->public, a, seq, 100, &v, &n));
	for (size_t i = 0; i < n; i++)
		is_told |= str_eq(v[i].tag, STR("front"));
	assert_true(is_told);
}

#define told_test(name)                                                        \
	cmocka_unit_test_setup_teardown(name, set_up, desk_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    told_test(only_words_that_readers_see_touch_a_story),
	    told_test(a_story_that_gives_the_words_itself_is_not_touched),
	    told_test(pictures_in_the_text_are_looked_at_as_pages_write_them),
	    told_test(each_story_gets_version_and_notice),
	    told_test(a_typing_error_makes_a_version_and_no_notice),
	    told_test(what_is_told_is_needed_as_for_a_story),
	    told_test(versions_that_do_harm_are_taken_with_the_words),
	    told_test(what_versions_had_survives_the_loss_of_the_public_paper),
	    told_test(a_text_that_was_never_changed_keeps_what_is_right_now),
	    told_test(the_front_page_is_told_of_a_picture),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
