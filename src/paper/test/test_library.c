/* SPDX-License-Identifier: MIT
 *
 * The library of pictures: rows, search, and what stories and readers see.
 */
#include "paper/library.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "paper/checklist.h"
#include "paper/library_priv.h"
#include "paper/public.h"
#include "paper/test/desk_fixture.h"
#include "paper/workflow.h"
#include "paper/write.h"
#include "text/manuscript.h"

#define STEM "abcdefghijklmnopqrstuvwxyz"

static const struct staff_by by = {1, STR_INIT("Ada Quay"), {1000000}};
static struct desk *p;
static struct arena *a;

static int set_up(void **state)
{
	if (desk_set_up(state) != 0)
		return -1;
	p = *state;
	a = p->a;
	return 0;
}

static struct library_picture some_picture(unsigned n)
{
	struct library_picture picture = {
	    .hash = arena_printf(a, "%064u", n),
	    .stem = arena_printf(a, "%026u", n),
	    .name = STR("harbour.jpg"),
	    .kind = STR("JPEG"),
	    .bytes = 1234567,
	    .width = 4000,
	    .height = 3000,
	    .words = {.caption = STR("The quay of Port Lune"),
		.focus_x = 500,
		.focus_y = 250},
	    .files = {.whole = {{400, 300}, {1200, 900}, {2400, 1800}},
		.whole_n = 3,
		.shapes = {{1200, 1200}, {1200, 900}, {1200, 675}}},
	    .had_place = true,
	};

	return picture;
}

static int64_t add(const struct library_picture *picture)
{
	struct err err;
	int64_t id = 0;

	if (library_add(p->paper, picture, &by, &id, &err) != RC_OK)
		fail_msg("%s", err.why);
	return id;
}

static void a_picture_is_kept_once(void **state)
{
	struct library_picture picture = some_picture(1);
	struct library_picture got;
	int64_t id = add(&picture);
	int64_t other;

	(void)state;
	picture.stem = STR(STEM);
	assert_int_equal(
	    library_add(p->paper, &picture, &by, &other, NULL), RC_EXISTS);
	assert_int_equal(
	    library_find_hash(p->paper, a, picture.hash, &got, NULL), RC_OK);
	assert_int_equal(got.id, id);
	assert_true(str_eq(got.who, STR("Ada Quay")));
	assert_true(got.had_place);
	assert_false(got.had_device);
	assert_int_equal(got.files.whole_n, 3);
	assert_int_equal(got.files.shapes[2].height, 675);
	assert_true(str_eq(library_url(a, got.stem, &got.files),
	    arena_printf(a, "/pictures/%026u-1200.jpg", 1)));
	assert_int_equal(
	    library_get(p->paper, a, id + 1, &got, NULL), RC_NOT_FOUND);
}

static size_t found(const char *text)
{
	const struct library_wish wish = {
	    .text = str_of(text), .before = INT64_MAX, .limit = 100};
	struct library_picture *v;
	size_t n;
	struct err err;

	if (library_list(p->paper, a, &wish, &v, &n, &err) != RC_OK)
		fail_msg("%s: %s", text, err.why);
	return n;
}

static void pictures_are_found_by_beginnings_of_their_words(void **state)
{
	struct library_picture picture = some_picture(2);

	(void)state;
	picture.name = STR("DSC_0042.JPG");
	picture.words.caption = STR("Café an der Straße, 서울의 밤");
	picture.words.creator = STR("Zoë Ünal");
	add(&picture);
	assert_int_equal(found(""), 1);
	assert_int_equal(found("cafe zoe"), 1);
	assert_int_equal(found("STRASS"), 0);
	assert_int_equal(found("straß unal"), 1);
	assert_int_equal(found("서울"), 1);
	assert_int_equal(found("dsc"), 1);
	assert_int_equal(found("ada"), 1); /* who sent it */
	assert_int_equal(found("café mountain"), 0);
	/* Nothing in it is a command of the search. */
	assert_int_equal(found("\" OR 1"), 0);
	assert_int_equal(found("caf* NOT zoe"), 0);
	assert_int_equal(found("words:cafe"), 0);
	assert_int_equal(found(" - ( ) ^ "), 1);
}

static void words_are_changed_and_found_anew(void **state)
{
	struct library_picture picture = some_picture(3);
	struct library_words words = {.caption = STR("A ferry"),
	    .expires = STR("2027-01-31"),
	    .focus_x = 1000,
	    .cuts = {[1] = {100, 50, 600}}};
	struct library_picture got;
	int64_t id = add(&picture);

	(void)state;
	assert_int_equal(
	    library_edit(p->paper, id, 1, &words, &by, NULL), RC_OK);
	assert_int_equal(library_get(p->paper, a, id, &got, NULL), RC_OK);
	assert_true(str_eq(got.words.caption, STR("A ferry")));
	assert_int_equal(got.words.focus_x, 1000);
	assert_int_equal(got.words.cuts[0].width, 0);
	assert_int_equal(got.words.cuts[1].left, 100);
	assert_int_equal(got.words.cuts[1].top, 50);
	assert_int_equal(got.words.cuts[1].width, 600);
	assert_int_equal(got.words.cuts[2].width, 0);
	assert_true(library_words_same(&got.words, &words));
	words.cuts[1].top = 51;
	assert_false(library_words_same(&got.words, &words));
	assert_int_equal(found("quay port"), 0);
	assert_int_equal(found("ferr"), 1);
	words.expires = STR("2027-02-30");
	assert_int_equal(
	    library_edit(p->paper, id, 2, &words, &by, NULL), RC_INVALID);
	words.expires = STR("");
	assert_int_equal(
	    library_edit(p->paper, id + 7, 1, &words, &by, NULL), RC_NOT_FOUND);
}

static void rights_end_on_a_day(void **state)
{
	struct library_wish wish = {.is_ending = true,
	    .today = STR("2027-01-20"),
	    .before = INT64_MAX,
	    .limit = 10};
	struct library_picture picture = some_picture(4);
	struct library_picture *v;
	size_t n;

	(void)state;
	assert_int_equal(
	    library_right(STR(""), STR("2027-01-31")), LIBRARY_RIGHT_OPEN);
	assert_int_equal(library_right(STR("2027-01-31"), STR("2027-01-31")),
	    LIBRARY_RIGHT_SOON);
	assert_int_equal(library_right(STR("2027-01-31"), STR("2027-02-01")),
	    LIBRARY_RIGHT_OVER);
	assert_int_equal(library_right(STR("2027-01-31"), STR("2027-01-01")),
	    LIBRARY_RIGHT_SOON);
	assert_int_equal(library_right(STR("2027-01-31"), STR("2026-12-31")),
	    LIBRARY_RIGHT_FAR);
	add(&picture);
	picture = some_picture(5);
	picture.words.expires = STR("2027-02-19");
	add(&picture);
	picture = some_picture(6);
	picture.words.expires = STR("2027-02-20");
	add(&picture);
	assert_int_equal(library_list(p->paper, a, &wish, &v, &n, NULL), RC_OK);
	assert_int_equal(n, 1);
	assert_true(str_eq(v[0].words.expires, STR("2027-02-19")));
}

static void a_stem_is_found_in_addresses_alone(void **state)
{
	struct str v[LIBRARY_IN_STORY_MAX];
	size_t n = 0;

	(void)state;
	assert_true(
	    str_eq(library_stem(STR("/pictures/" STEM "-800.jpg")), STR(STEM)));
	assert_null(library_stem(STR("/pictures/" STEM ".jpg")).p);
	assert_null(library_stem(STR("/pictures/harbour-2.jpg")).p);
	assert_null(library_stem(STR("/pictures/" STEM)).p);
	assert_null(library_stem(STR("x/pictures/" STEM "-1.jpg")).p);
	library_stems(STR("![a](/pictures/" STEM "-800.jpg) and again "
			  "![b](/pictures/" STEM "-400.jpg), /pictures/x-"),
	    v, &n);
	assert_int_equal(n, 1);
}

static int64_t save(const char *body)
{
	struct manuscript m = {.headline = STR("Quay"), .body = str_of(body)};
	const struct paper_edit edit = {
	    .manuscript = &m, .who = STR("Ada"), .now = {5000000}};
	int64_t id = 0;
	struct err err;

	if (paper_save(p->paper, &edit, &id, NULL, &err) != RC_OK)
		fail_msg("%s", err.why);
	return id;
}

/* The newest of the stories that have it; story 0: none has. */
static struct library_use use_of(int64_t id)
{
	struct library_picture picture;
	struct library_uses uses;

	assert_int_equal(library_get(p->paper, a, id, &picture, NULL), RC_OK);
	assert_int_equal(
	    library_uses(p->paper, a, &picture, 10, &uses, NULL), RC_OK);
	return uses.n ? uses.v[0] : (struct library_use){0};
}

static bool is_public(const struct library_picture *picture)
{
	bool is = false;

	assert_int_equal(
	    library_is_public(p->paper, picture->stem, &is, NULL), RC_OK);
	return is;
}

static void apply(void)
{
	bool is_done;

	assert_int_equal(
	    paper_outbox_apply(p->paper, p->now, 1000, &is_done, NULL), RC_OK);
	assert_true(is_done);
}

/* Saves a text that readers do not see. */
static void write_on(int64_t story, const char *body)
{
	struct manuscript m = {.headline = STR("Quay"), .body = str_of(body)};
	struct paper_write write = {
	    .id = story, .manuscript = &m, .who = STR("Ada"), .now = {7000000}};
	struct paper_write_result result;
	int64_t shown;
	struct err err;

	assert_int_equal(
	    paper_newest(p->paper, story, &write.base, &shown, &err), RC_OK);
	if (paper_write(p->paper, a, &write, &result, &err) != RC_OK)
		fail_msg("%s", err.why);
	assert_int_equal(result.outcome, PAPER_WRITTEN);
}

static void what_readers_see_counts_as_use(void **state)
{
	struct library_picture picture = some_picture(17);
	int64_t id = add(&picture);
	int64_t story =
	    save(arena_printf(a, "![](/pictures/%026u-1200.jpg)\n", 17).p);
	struct err err = {0};

	(void)state;
	assert_false(is_public(&picture));
	assert_int_equal(paper_publish(p->paper, story,
			     (struct instant){6000000}, NULL, NULL),
	    RC_OK);
	apply();
	assert_true(is_public(&picture));
	/* The newest text lets go of it; what is shown does not. */
	write_on(story, "Nothing but text.\n");
	apply();
	assert_true(use_of(id).is_public);
	assert_true(is_public(&picture));
	assert_int_equal(library_remove(p->paper, id, &by, &err), RC_BUSY);
	/* Withdrawn, it is gone from there. */
	assert_int_equal(paper_withdraw(p->paper, story, STR("Wrong"),
			     (struct instant){8000000}, NULL),
	    RC_OK);
	apply();
	assert_int_equal(use_of(id).story, 0);
	assert_false(is_public(&picture));
	assert_int_equal(library_remove(p->paper, id, &by, &err), RC_OK);
	assert_int_equal(
	    library_get(p->paper, a, id, &picture, NULL), RC_NOT_FOUND);
	assert_int_equal(found("quay"), 0);
	assert_int_equal(library_remove(p->paper, id, &by, &err), RC_NOT_FOUND);
}

static void a_version_that_can_be_looked_up_counts_as_use(void **state)
{
	struct library_picture picture = some_picture(18);
	struct public_picture got;
	int64_t id = add(&picture);
	int64_t story =
	    save(arena_printf(a, "![](/pictures/%026u-1200.jpg)\n", 18).p);
	struct paper_release release = {.id = story,
	    .change = PAPER_CORRECTION,
	    .text = STR("There was no quay."),
	    .who = STR("Ada"),
	    .now = {9000000}};
	int64_t shown;
	struct err err;

	(void)state;
	assert_int_equal(paper_publish(p->paper, story,
			     (struct instant){6000000}, NULL, NULL),
	    RC_OK);
	apply();
	write_on(story, "Nothing but text.\n");
	assert_int_equal(
	    paper_newest(p->paper, story, &release.revision, &shown, &err),
	    RC_OK);
	if (paper_release(p->paper, &release, NULL, &err) != RC_OK)
		fail_msg("%s", err.why);
	apply();
	assert_false(use_of(id).is_public);
	assert_true(use_of(id).is_in_version);
	assert_int_equal(
	    public_picture(p->public, a, picture.stem, &got), RC_OK);
	assert_int_equal(library_remove(p->paper, id, &by, &err), RC_BUSY);
}

static void a_change_to_what_has_changed_is_refused(void **state)
{
	struct library_words mine = {.caption = STR("Mine")};
	struct library_words yours = {.caption = STR("Yours")};
	struct library_picture picture = some_picture(19);
	struct library_picture got;
	int64_t id = add(&picture);

	(void)state;
	assert_int_equal(
	    library_edit(p->paper, id, 1, &mine, &by, NULL), RC_OK);
	assert_int_equal(
	    library_edit(p->paper, id, 1, &yours, &by, NULL), RC_EXISTS);
	assert_int_equal(library_get(p->paper, a, id, &got, NULL), RC_OK);
	assert_true(str_eq(got.words.caption, STR("Mine")));
	assert_int_equal(got.revision, 2);
	assert_int_equal(
	    library_edit(p->paper, id, 2, &yours, &by, NULL), RC_OK);
}

static size_t debts(void)
{
	struct library_debt *v;
	size_t n;

	assert_int_equal(
	    library_debts(p->paper, a, 0, 10, &v, &n, NULL), RC_OK);
	return n;
}

static void changed_words_owe_files_until_those_are_made(void **state)
{
	struct library_picture picture = some_picture(3), old, new;
	int64_t id = add(&picture);
	struct library_words words = picture.words;

	(void)state;
	assert_int_equal(debts(), 0);
	assert_int_equal(library_get(p->paper, a, id, &old, NULL), RC_OK);
	words.credit = STR("Nobody");
	assert_int_equal(
	    library_edit(p->paper, id, 1, &words, &by, NULL), RC_OK);
	assert_int_equal(debts(), 1);
	/* It survives an end, and an edit that failed owes nothing. */
	desk_close(p);
	desk_open(p);
	assert_int_equal(debts(), 1);
	/* Files with older words pay nothing. */
	assert_int_equal(library_paid(p->paper, &old, NULL), RC_OK);
	assert_int_equal(debts(), 1);
	assert_int_equal(library_get(p->paper, a, id, &new, NULL), RC_OK);
	new.files.shapes[0].width = new.files.shapes[0].height = 700;
	assert_int_equal(library_paid(p->paper, &new, NULL), RC_OK);
	assert_int_equal(debts(), 0);
	assert_int_equal(library_get(p->paper, a, id, &old, NULL), RC_OK);
	assert_int_equal(old.files.shapes[0].width, 700);
	assert_int_equal(
	    library_edit(p->paper, id, 1, &words, &by, NULL), RC_EXISTS);
	assert_int_equal(debts(), 0);
	/* Removed, it owes no more. */
	assert_int_equal(library_owe(p->paper, id, 1, NULL), RC_OK);
	assert_int_equal(debts(), 1);
	assert_int_equal(library_remove(p->paper, id, &by, NULL), RC_OK);
	assert_int_equal(debts(), 0);
	assert_int_equal(library_owe(p->paper, id, 1, NULL), RC_NOT_FOUND);
}

static size_t waits(const struct library_picture *picture)
{
	int64_t *v;
	size_t n;

	assert_int_equal(
	    library_waits_in(p->paper, a, picture, &v, &n, NULL), RC_OK);
	return n;
}

static size_t approved(const struct library_picture *picture)
{
	int64_t *v;
	size_t n;

	assert_int_equal(
	    library_approved_in(p->paper, a, picture, &v, &n, NULL), RC_OK);
	return n;
}

static void stories_that_have_yet_to_appear_are_known(void **state)
{
	struct library_picture picture = some_picture(18);
	struct paper_act act = {.who = STR("Eve"), .now = {6000000}};
	struct paper_state s;

	(void)state;
	picture.id = add(&picture);
	act.id = save(arena_printf(a, "![](/pictures/%026u-1200.jpg)\n", 18).p);
	assert_int_equal(waits(&picture), 0);
	assert_int_equal(approved(&picture), 0);
	assert_int_equal(paper_set_review(p->paper, true, NULL), RC_OK);
	assert_int_equal(paper_approve(p->paper, &act, NULL), RC_OK);
	assert_int_equal(approved(&picture), 1);
	/* What was approved appears, though the newest text has let go of
	 * it. */
	assert_int_equal(paper_release(p->paper,
			     &(struct paper_release){.id = act.id,
				 .who = STR("Eve"),
				 .when = {9000000000000000},
				 .now = {6000000}},
			     NULL, NULL),
	    RC_OK);
	assert_int_equal(waits(&picture), 1);
	write_on(act.id, "Nothing but text.\n");
	assert_int_equal(waits(&picture), 1);
	assert_int_equal(approved(&picture), 0);
	write_on(act.id,
	    arena_printf(a, "![](/pictures/%026u-1200.jpg) more\n", 18).p);
	assert_int_equal(paper_approve(p->paper, &act, NULL), RC_OK);
	assert_int_equal(waits(&picture), 1);
	assert_int_equal(approved(&picture), 1);
	act.who = STR("Pia");
	assert_int_equal(paper_unapprove(p->paper, &act, NULL), RC_OK);
	assert_int_equal(approved(&picture), 0);
	assert_int_equal(paper_state(p->paper, a, act.id, &s, NULL), RC_OK);
	assert_false(s.is_approved);
}

static void files_without_a_row_are_known(void **state)
{
	struct library_picture picture = some_picture(20);
	const struct library_files_of files[] = {
	    {picture.stem, picture.hash}, {STR(STEM), picture.hash}};
	struct library_files_of *v;
	bool is_needed;
	size_t n;

	(void)state;
	assert_int_equal(library_expect(p->paper, files, 2, NULL), RC_OK);
	assert_int_equal(library_coming(p->paper, a, &v, &n, NULL), RC_OK);
	assert_int_equal(n, 2);
	/* Another upload of the same file still wants the original. */
	assert_int_equal(
	    library_needs(p->paper, &files[1], &is_needed, NULL), RC_OK);
	assert_true(is_needed);
	add(&picture);
	assert_int_equal(library_coming(p->paper, a, &v, &n, NULL), RC_OK);
	assert_int_equal(n, 1);
	assert_true(str_eq(v[0].stem, STR(STEM)));
	assert_int_equal(
	    library_needs(p->paper, &files[1], &is_needed, NULL), RC_OK);
	assert_true(is_needed);
	assert_int_equal(
	    library_needs(p->paper, &files[0], &is_needed, NULL), RC_OK);
	assert_true(is_needed); /* the second upload is not settled yet */
	assert_int_equal(library_settle(p->paper, STR(STEM), NULL), RC_OK);
	assert_int_equal(
	    library_needs(p->paper, &files[0], &is_needed, NULL), RC_OK);
	assert_false(is_needed);
	assert_int_equal(library_coming(p->paper, a, &v, &n, NULL), RC_OK);
	assert_int_equal(n, 0);
}

static void readers_get_the_pictures_of_published_stories_alone(void **state)
{
	struct library_picture picture = some_picture(7);
	struct library_picture secret = some_picture(8);
	struct library_words words = {.caption = STR("New words")};
	struct public_picture got;
	bool is_done;
	int64_t id = add(&picture);
	int64_t other = add(&secret);
	int64_t story =
	    save(arena_printf(a, "![](/pictures/%026u-1200.jpg)\n", 7).p);

	(void)state;
	save(arena_printf(a, "![](/pictures/%026u-1200.jpg)\n", 8).p);
	assert_int_equal(paper_publish(p->paper, story,
			     (struct instant){6000000}, NULL, NULL),
	    RC_OK);
	assert_int_equal(
	    paper_outbox_apply(p->paper, p->now, 1000, &is_done, NULL), RC_OK);
	assert_int_equal(
	    public_picture(p->public, a, picture.stem, &got), RC_OK);
	assert_true(str_eq(got.caption, STR("The quay of Port Lune")));
	assert_int_equal(
	    public_picture(p->public, a, secret.stem, &got), RC_NOT_FOUND);
	assert_int_equal(use_of(id).story, story);
	assert_true(use_of(id).is_public);
	assert_false(use_of(other).is_public);
	assert_int_equal(
	    library_edit(p->paper, id, 1, &words, &by, NULL), RC_OK);
	assert_int_equal(
	    library_edit(p->paper, other, 1, &words, &by, NULL), RC_OK);
	assert_int_equal(
	    paper_outbox_apply(p->paper, p->now, 1000, &is_done, NULL), RC_OK);
	assert_int_equal(
	    public_picture(p->public, a, picture.stem, &got), RC_OK);
	assert_true(str_eq(got.caption, STR("New words")));
	assert_int_equal(
	    public_picture(p->public, a, secret.stem, &got), RC_NOT_FOUND);
}

static void the_list_before_publishing_hears_of_rights(void **state)
{
	struct library_picture picture = some_picture(9);
	struct manuscript m = {0};
	struct check_options options = {.levels = &check_levels_first,
	    .lang = STR("en"),
	    .embargo = INSTANT_NEVER};
	struct check_list list;
	struct library_worry *v;
	size_t n;

	(void)state;
	picture.words.rights = STR("Wire");
	picture.words.expires = STR("2027-01-31");
	add(&picture);
	picture = some_picture(10);
	add(&picture);
	m.picture.url = arena_printf(a, "/pictures/%026u-1200.jpg", 9);
	m.body = arena_printf(
	    a, "![x](/pictures/%026u-400.jpg)\n![y](/elsewhere.jpg)", 10);
	assert_int_equal(
	    library_check(p->paper, a, &m, STR("2027-02-01"), &v, &n, NULL),
	    RC_OK);
	assert_int_equal(n, 2);
	assert_int_equal(v[0].right, LIBRARY_RIGHT_OVER);
	assert_false(v[0].lacks_rights);
	assert_true(v[1].lacks_rights);
	options.worries = v;
	options.worries_n = n;
	assert_int_equal(check_story(a, &m, &options, &list), RC_OK);
	assert_int_equal(list.v[list.n - 1].item, CHECK_ENDED);
	assert_int_equal(list.v[list.n - 1].count, 1);
	desk_text(list.v[list.n - 1].what, "2027-01-31");
}

static void ten_thousand_pictures_are_searched_at_once(void **state)
{
	const struct library_wish wish = {
	    .text = STR("quay 7777"), .before = INT64_MAX, .limit = 50};
	struct library_picture *v;
	size_t n;

	(void)state;
	/* In debug builds a tenth: it is the plan of the search that counts,
	 * which test_public looks at. */
	for (unsigned i = 0; i < 1000; i++) {
		struct library_picture picture = some_picture(100 + i);

		picture.words.alt = arena_printf(a, "number %u", 7000 + i);
		add(&picture);
	}
	assert_int_equal(library_list(p->paper, a, &wish, &v, &n, NULL), RC_OK);
	assert_int_equal(n, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, desk_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_picture_is_kept_once),
	    TEST(pictures_are_found_by_beginnings_of_their_words),
	    TEST(words_are_changed_and_found_anew),
	    TEST(rights_end_on_a_day),
	    TEST(a_stem_is_found_in_addresses_alone),
	    TEST(readers_get_the_pictures_of_published_stories_alone),
	    TEST(what_readers_see_counts_as_use),
	    TEST(a_version_that_can_be_looked_up_counts_as_use),
	    TEST(a_change_to_what_has_changed_is_refused),
	    TEST(changed_words_owe_files_until_those_are_made),
	    TEST(stories_that_have_yet_to_appear_are_known),
	    TEST(files_without_a_row_are_known),
	    TEST(the_list_before_publishing_hears_of_rights),
	    TEST(ten_thousand_pictures_are_searched_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
