/* SPDX-License-Identifier: MIT
 *
 * The list before publishing: what it finds, and what it does not.
 */
#include "paper/checklist.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "paper/library.h"
#include "paper/test/desk_fixture.h"

static struct str author = STR_INIT("Ada Quay");

static struct manuscript good(void)
{
	return (struct manuscript){
	    .headline = STR("The wall holds"),
	    .section = STR("News"),
	    .dateline = STR("Port Lune"),
	    .authors = {&author, 1},
	    .picture = {.url = STR("/pictures/a.jpg"),
		.alt = STR("The wall"),
		.caption = STR("The wall on Monday."),
		.credit = STR("Bo Reed"),
		.rights = STR("CC BY 4.0")},
	    .body = STR("The sea rose, and the wall held.\n\n"
			"![A wave](/b.jpg \"At ten. Photo: Bo Reed\")\n"),
	};
}

/* An "address" here begins with "bc1". */
static bool find_address(
    void *ctx, struct str text, size_t *at, struct check_address *ret_address)
{
	struct str rest = str_from(text, *at);
	struct str from = str_from(rest, str_find_str(rest, STR("bc1")));
	size_t n = 0;

	(void)ctx;
	while (n < from.n &&
	       (ascii_is_alpha(from.p[n]) || ascii_is_digit(from.p[n])))
		n++;
	*at = n ? (size_t)(from.p - text.p) + n : text.n;
	if (n == 0)
		return false;
	*ret_address = (struct check_address){.text = str_part(from, 0, n)};
	memcpy(ret_address->plain, from.p, n < 90 ? n : 90);
	return true;
}

static bool is_own(void *ctx, struct str address)
{
	(void)ctx;
	return str_eq(address, STR("bc1ours"));
}

static struct check_list look(struct arena *a, const struct manuscript *m,
    const struct check_levels *levels)
{
	struct check_options options = {.levels = levels,
	    .lang = STR("en"),
	    .embargo = INSTANT_NEVER,
	    .find_address = find_address,
	    .is_own = is_own};
	struct check_list list;

	if (m->has_embargo)
		options.embargo = civil_instant(m->embargo);
	assert_int_equal(check_story(a, m, &options, &list), RC_OK);
	return list;
}

static const struct check_find *found(
    const struct check_list *list, enum check_item item)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->v[i].item == item)
			return &list->v[i];
	return NULL;
}

static void a_finished_story_has_an_empty_list(void **state)
{
	struct arena *a = arena_new(1 << 24);
	struct manuscript m = good();
	struct check_list list = look(a, &m, &check_levels_first);

	(void)state;
	for (size_t i = 0; i < list.n; i++)
		print_error("%s: %.*s\n", check_item_name(list.v[i].item),
		    STR_ARG(list.v[i].what));
	assert_int_equal(list.n, 0);
	assert_false(list.is_blocked);
	arena_free(a);
}

static void what_is_missing_is_named(void **state)
{
	struct arena *a = arena_new(1 << 24);
	struct manuscript m = {
	    .headline = STR(" "),
	    .picture = {.url = STR("/pictures/a.jpg")},
	    .body = STR("![](/pictures/b.jpg)\n\n![](/pictures/c.jpg)\n"),
	};
	struct check_list list = look(a, &m, &check_levels_first);

	(void)state;
	assert_true(list.is_blocked); /* the headline */
	assert_non_null(found(&list, CHECK_HEADLINE));
	assert_non_null(found(&list, CHECK_SECTION));
	assert_non_null(found(&list, CHECK_BYLINE));
	assert_int_equal(found(&list, CHECK_ALT)->count, 3);
	desk_text(found(&list, CHECK_ALT)->what, "/pictures/a.jpg");
	assert_int_equal(found(&list, CHECK_RIGHTS)->count, 3);
	assert_null(found(&list, CHECK_TEXT));
	assert_null(found(&list, CHECK_EMBARGO));
	m.body = STR("\n");
	list = look(a, &m, &check_levels_first);
	assert_non_null(found(&list, CHECK_TEXT));
	arena_free(a);
}

static void proof_marks_are_counted(void **state)
{
	struct arena *a = arena_new(1 << 24);
	struct manuscript m = good();
	struct check_list list;

	(void)state;
	m.body = STR("The the sea rose, and the wall wall held.\n");
	list = look(a, &m, &check_levels_first);
	assert_non_null(found(&list, CHECK_PROOF));
	assert_int_equal(found(&list, CHECK_PROOF)->count, 2);
	assert_true(found(&list, CHECK_PROOF)->what.n > 0);
	assert_int_equal(found(&list, CHECK_PROOF)->level, CHECK_WARNS);
	arena_free(a);
}

/* Wherever readers can see it, and however Markdown would hide it. */
static const char *const places[] = {
    "[Give](https://a.example/?to=bc1theirs)\n",
    "[Give](https://a.example/?to=%62c1their%73)\n",
    "bc1*the*irs\n",
    "&#98;c1theirs\n",
    "![The wall, bc1theirs](/b.jpg \"At ten. Photo: Bo\")\n",
    "![The wall](/b.jpg \"At ten, bc1theirs. Photo: Bo\")\n",
    "The wall.[^1]\n\n[^1]: Give to bc1theirs.\n",
    "| a | b |\n|---|---|\n| c | bc1theirs |\n",
    "    bc1theirs\n",
};

static void a_strange_address_blocks(void **state)
{
	struct arena *a = arena_new(1 << 24);
	struct manuscript m = good();
	struct check_list list;

	(void)state;
	m.body = STR("Give to bc1ours or to nobody.\n");
	list = look(a, &m, &check_levels_first);
	assert_null(found(&list, CHECK_ADDRESS));
	m.body = STR("Give to bc1ours or to bc1theirs now.\n");
	list = look(a, &m, &check_levels_first);
	assert_non_null(found(&list, CHECK_ADDRESS));
	desk_text(found(&list, CHECK_ADDRESS)->what, "bc1theirs");
	assert_true(list.is_blocked);
	m = good();
	m.picture.caption = STR("bc1theirs");
	list = look(a, &m, &check_levels_first);
	assert_true(list.is_blocked);
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
		m = good();
		m.body = str_of(places[i]);
		list = look(a, &m, &check_levels_first);
		if (!found(&list, CHECK_ADDRESS))
			fail_msg("%s", places[i]);
		desk_text(found(&list, CHECK_ADDRESS)->what, "bc1theirs");
	}
	arena_free(a);
}

static void the_newsroom_says_what_warns_and_what_blocks(void **state)
{
	struct desk *d = *state;
	struct manuscript m = good();
	struct check_levels levels;
	struct check_list list;

	m.section = STR("");
	m.has_embargo = true;
	m.embargo = (struct civil){.year = 2030, .month = 1, .day = 1};
	desk_ok(d, paper_check_levels(d->paper, &levels, &d->err));
	list = look(d->a, &m, &levels);
	assert_int_equal(list.n, 2);
	assert_false(list.is_blocked);
	levels.v[CHECK_SECTION] = CHECK_BLOCKS;
	levels.v[CHECK_EMBARGO] = CHECK_OFF;
	levels.v[CHECK_HEADLINE] = CHECK_OFF; /* it blocks all the same */
	desk_ok(d, paper_set_check_levels(d->paper, &levels, &d->err));
	desk_close(d);
	desk_open(d);
	desk_ok(d, paper_check_levels(d->paper, &levels, &d->err));
	list = look(d->a, &m, &levels);
	assert_int_equal(list.n, 1);
	assert_true(list.is_blocked);
	m.headline = STR("");
	assert_int_equal(look(d->a, &m, &levels).n, 2);
	levels.v[0] = (enum check_level)7;
	assert_int_equal(
	    paper_set_check_levels(d->paper, &levels, &d->err), RC_INVALID);
}

/* STEM of test/library.h's form. */
static struct library_worry known(const char *expires, enum library_right right)
{
	return (struct library_worry){
	    .picture = {.stem = STR("aaaaaaaaaaaaaaaaaaaaaaaaaa"),
		.words = {.alt = STR("The wall"),
		    .caption = STR("At ten."),
		    .creator = STR("Bo Reed"),
		    .expires = str_of(expires)}},
	    .right = right};
}

static void words_of_the_library_are_not_missing(void **state)
{
	struct arena *a = arena_new(1 << 24);
	struct library_worry worry = known("", LIBRARY_RIGHT_OPEN);
	struct check_options options = {.levels = &check_levels_first,
	    .lang = STR("en"),
	    .embargo = INSTANT_NEVER,
	    .worries = &worry,
	    .worries_n = 1};
	struct manuscript m = good();
	struct check_list list;

	(void)state;
	m.picture = (struct manuscript_picture){
	    .url = STR("/pictures/aaaaaaaaaaaaaaaaaaaaaaaaaa-1200.jpg")};
	m.body = STR("The sea rose, and the wall held.\n\n"
		     "![](/pictures/aaaaaaaaaaaaaaaaaaaaaaaaaa-800.jpg)\n");
	assert_int_equal(check_story(a, &m, &options, &list), RC_OK);
	assert_int_equal(list.n, 0);
	worry.picture.words = (struct library_words){.alt = STR(" ")};
	assert_int_equal(check_story(a, &m, &options, &list), RC_OK);
	assert_int_equal(found(&list, CHECK_ALT)->count, 2);
	assert_int_equal(found(&list, CHECK_RIGHTS)->count, 2);
	assert_non_null(found(&list, CHECK_PROOF));
	arena_free(a);
}

static void addresses_in_the_library_s_words_are_found(void **state)
{
	struct arena *a = arena_new(1 << 24);
	struct library_worry worry = known("", LIBRARY_RIGHT_OPEN);
	struct check_options options = {.levels = &check_levels_first,
	    .lang = STR("en"),
	    .embargo = INSTANT_NEVER,
	    .worries = &worry,
	    .worries_n = 1,
	    .find_address = find_address,
	    .is_own = is_own};
	struct library_words *w = &worry.picture.words;
	struct str *const texts[] = {
	    &w->caption, &w->alt, &w->credit, &w->creator, &w->rights};
	struct manuscript m = good();
	struct check_list list;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		*texts[i] = STR("to bc1ours");
		assert_int_equal(check_words(a, w, &options, &list), RC_OK);
		assert_int_equal(list.n, 0);
		*texts[i] = STR("to bc1theirs");
		assert_int_equal(check_words(a, w, &options, &list), RC_OK);
		assert_true(list.is_blocked);
		desk_text(found(&list, CHECK_ADDRESS)->what, "bc1theirs");
		assert_int_equal(check_story(a, &m, &options, &list), RC_OK);
		assert_true(list.is_blocked);
		*texts[i] = STR("");
	}
	arena_free(a);
}

static void rights_that_end_soon_never_block(void **state)
{
	struct arena *a = arena_new(1 << 24);
	struct library_worry worries[] = {
	    known("2027-02-09", LIBRARY_RIGHT_SOON),
	    known("2027-01-31", LIBRARY_RIGHT_OVER)};
	struct check_levels levels = check_levels_first;
	struct check_options options = {.levels = &levels,
	    .lang = STR("en"),
	    .embargo = INSTANT_NEVER,
	    .worries = worries,
	    .worries_n = 1};
	struct manuscript m = good();
	struct check_list list;

	(void)state;
	levels.v[CHECK_ENDED] = CHECK_BLOCKS;
	assert_int_equal(check_story(a, &m, &options, &list), RC_OK);
	assert_false(list.is_blocked);
	assert_int_equal(found(&list, CHECK_ENDED)->level, CHECK_WARNS);
	options.worries_n = 2;
	assert_int_equal(check_story(a, &m, &options, &list), RC_OK);
	assert_true(list.is_blocked);
	desk_text(found(&list, CHECK_ENDED)->what, "2027-01-31");
	arena_free(a);
}

static void failing_memory_is_said(void **state)
{
	(void)state;
	for (unsigned long at = 1; at < 40; at++) {
		struct arena *a = arena_new(1 << 24);
		struct manuscript m = good();
		struct check_options options = {.levels = &check_levels_first,
		    .embargo = INSTANT_NEVER,
		    .find_address = find_address};
		struct check_list list = {.n = 77};
		enum rc rc;

		arena_fail_after(at);
		rc = check_story(a, &m, &options, &list);
		arena_fail_after(0);
		assert_true(rc == RC_OK || rc == RC_NO_MEMORY);
		assert_true(rc == RC_OK || list.n == 77);
		arena_free(a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_finished_story_has_an_empty_list),
	    cmocka_unit_test(what_is_missing_is_named),
	    cmocka_unit_test(proof_marks_are_counted),
	    cmocka_unit_test(a_strange_address_blocks),
	    desk_test(the_newsroom_says_what_warns_and_what_blocks),
	    cmocka_unit_test(words_of_the_library_are_not_missing),
	    cmocka_unit_test(addresses_in_the_library_s_words_are_found),
	    cmocka_unit_test(rights_that_end_soon_never_block),
	    cmocka_unit_test(failing_memory_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
