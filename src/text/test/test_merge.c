/* SPDX-License-Identifier: MIT
 *
 * Merges: cases that newsrooms have, and what must hold for all texts.
 *
 * FARTHING_TEST_SEED=N repeats a run.
 */
#include "text/merge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"

static struct merge merge_of(
    struct arena *a, struct str base, struct str ours, struct str theirs)
{
	struct merge m;

	assert_int_equal(merge_text(a, base, ours, theirs, &m), RC_OK);
	return m;
}

static void merges_to(
    const char *base, const char *ours, const char *theirs, const char *want)
{
	struct arena *a = arena_new(1 << 22);
	struct str b = str_of(base), o = str_of(ours), t = str_of(theirs);
	struct merge one = merge_of(a, b, o, t);
	struct merge other = merge_of(a, b, t, o);

	if (!one.is_clean || !str_eq(one.text, str_of(want)))
		fail_msg("%s | %s | %s: %s\"%.*s\", not \"%s\"", base, ours,
		    theirs, one.is_clean ? "" : "conflict ", STR_ARG(one.text),
		    want);
	assert_true(other.is_clean && str_eq(other.text, one.text));
	arena_free(a);
}

static void conflicts(const char *base, const char *ours, const char *theirs)
{
	struct arena *a = arena_new(1 << 22);
	struct str b = str_of(base), o = str_of(ours), t = str_of(theirs);

	if (merge_of(a, b, o, t).is_clean || merge_of(a, b, t, o).is_clean)
		fail_msg("%s | %s | %s: no conflict", base, ours, theirs);
	arena_free(a);
}

static void changes_of_different_paragraphs_are_both_taken(void **state)
{
	(void)state;
	merges_to("One.\n\nTwo.\n\nThree.\n", "One!\n\nTwo.\n\nThree.\n",
	    "One.\n\nTwo.\n\nThree?\n", "One!\n\nTwo.\n\nThree?\n");
	merges_to("One.\n\nTwo.\n", "Zero.\n\nOne.\n\nTwo.\n",
	    "One.\n\nTwo.\n\nThree.\n", "Zero.\n\nOne.\n\nTwo.\n\nThree.\n");
	merges_to("One.\n\nTwo.\n\nThree.\n", "One.\n\nThree.\n",
	    "One.\n\nTwo.\n\nThree, and four.\n", "One.\n\nThree, and four.\n");
	merges_to("", "Written by one.\n", "", "Written by one.\n");
	merges_to("Gone.\n", "", "Gone.\n", "");
}

static void neighbouring_paragraphs_can_both_change(void **state)
{
	(void)state;
	merges_to("The wall held.\n\nThe sea rose.\n",
	    "The old wall held.\n\nThe sea rose.\n",
	    "The wall held.\n\nThe sea rose fast.\n",
	    "The old wall held.\n\nThe sea rose fast.\n");
}

static void words_of_one_paragraph_are_both_taken(void **state)
{
	(void)state;
	merges_to("The wall held and the sea rose.",
	    "The old wall held and the sea rose.",
	    "The wall held and the sea rose fast.",
	    "The old wall held and the sea rose fast.");
	merges_to("Das Wetter war schön.", "Das Wetter war sehr schön.",
	    "Gestern: Das Wetter war schön.",
	    "Gestern: Das Wetter war sehr schön.");
	merges_to(
	    "一二三四五六", "一甲三四五六", "一二三四五乙", "一甲三四五乙");
	/* The same change by both, beside one by one of them. */
	merges_to("a b c d e", "a B c d e", "a B c d E", "a B c d E");
}

static void words_beside_each_other_are_a_conflict(void **state)
{
	(void)state;
	conflicts("the red car", "the blue car", "the red bus");
	conflicts("the red car", "the very red car", "the quite red car");
	conflicts("One.\n", "One.\n\nTwo by us.\n", "One.\n\nTwo by them.\n");
	conflicts("One two three.", "One 2 three.", "");
	conflicts("One two three.", "", "One two new three.");
	conflicts("", "mine", "yours");
}

static void a_conflict_shows_the_words_of_both(void **state)
{
	struct arena *a = arena_new(1 << 22);
	struct merge m = merge_of(a, STR("Same.\n\nIt was red.\n\nEnd.\n"),
	    STR("Same.\n\nIt was blue.\n\nEnd.\n"),
	    STR("Same!\n\nIt was green.\n\nEnd.\n"));

	(void)state;
	assert_false(m.is_clean);
	assert_int_equal(m.text.n, 0);
	assert_true(m.parts_n >= 3);
	for (size_t i = 0; i < m.parts_n; i++) {
		if (!m.parts[i].is_conflict)
			continue;
		assert_true(str_eq(m.parts[i].base, STR("It was red.")));
		assert_true(str_eq(m.parts[i].ours, STR("It was blue.")));
		assert_true(str_eq(m.parts[i].theirs, STR("It was green.")));
		assert_true(str_eq(m.parts[0].text, STR("Same!")));
		arena_free(a);
		return;
	}
	fail();
}

static void a_list_takes_what_either_added_or_took_out(void **state)
{
	struct arena *a = arena_new(1 << 16);
	struct str b[] = {STR("sea"), STR("wall"), STR("storm")};
	struct str o[] = {STR("sea"), STR("storm"), STR("dyke")};
	struct str t[] = {STR("storm"), STR("wall"), STR("flood"), STR("dyke")};
	struct str_list base = {b, 3}, ours = {o, 3}, theirs = {t, 4}, got;
	const char *want[] = {"storm", "dyke", "flood"};

	(void)state;
	assert_int_equal(merge_list(a, &base, &ours, &theirs, &got), RC_OK);
	assert_int_equal(got.n, 3);
	for (size_t i = 0; i < got.n; i++)
		assert_true(str_eq(got.v[i], str_of(want[i])));
	arena_free(a);
}

/* --- Properties ------------------------------------------------------- */

static uint64_t seed_state;

static uint64_t below(uint64_t n)
{
	seed_state ^= seed_state << 13;
	seed_state ^= seed_state >> 7;
	seed_state ^= seed_state << 17;
	return seed_state % n;
}

static struct str random_text(struct arena *a, unsigned words)
{
	struct buf b;

	buf_init_arena(&b, a, 1 << 16);
	for (unsigned i = 0; i < words; i++) {
		buf_printf(&b, "w%u", (unsigned)below(30));
		buf_add(&b, below(8) == 0 ? STR("\n\n") : STR(" "));
	}
	return buf_str(&b);
}

/* Changes some words into new ones named after WHO, one after the other. */
static struct str random_edit(struct arena *a, struct str text, char who)
{
	struct buf b;
	unsigned next = 0;

	buf_init_arena(&b, a, 1 << 16);
	while (text.n > 0) {
		size_t end = str_find(text, ' ');
		struct str word = str_part(text, 0, end + 1);

		if (below(12) == 0)
			buf_printf(&b, "%c%u ", who, next++);
		if (below(15) == 0)
			buf_printf(&b, "%c%u%s", who, next++,
			    str_ends(word, STR(" ")) ? " " : "");
		else if (below(15) != 0)
			buf_add(&b, word);
		text = str_from(text, word.n);
	}
	return buf_str(&b);
}

static unsigned count_of(struct str text, struct str word)
{
	unsigned n = 0;

	for (size_t at = str_find_str(text, word); at < text.n;
	     at = str_find_str(text, word)) {
		struct str behind = str_from(text, at + word.n);

		n += behind.n == 0 || !ascii_is_digit(behind.p[0]);
		text = behind;
	}
	return n;
}

/* Every word that WHO wrote is in the merged text, once. */
static void assert_kept(struct str merged, struct str from, char who)
{
	char text[16];

	for (unsigned i = 0;; i++) {
		struct str word = {
		    text, (size_t)snprintf(text, sizeof(text), "%c%u", who, i)};

		if (count_of(from, word) == 0)
			return;
		assert_int_equal(count_of(merged, word), 1);
	}
}

static void assert_is(
    struct arena *a, struct str b, struct str o, struct str t, struct str want)
{
	struct merge m = merge_of(a, b, o, t);

	assert_true(m.is_clean);
	assert_true(str_eq(m.text, want));
}

static void no_word_of_either_is_lost_in_a_clean_merge(void **state)
{
	const char *wish = getenv("FARTHING_TEST_SEED");
	uint64_t seed = wish ? strtoull(wish, NULL, 10) : 20261127;
	unsigned clean = 0, rounds = 3000;

	(void)state;
	print_message("note: seed %llu\n", (unsigned long long)seed);
	seed_state = seed * 2 + 1;
	for (unsigned i = 0; i < rounds; i++) {
		struct arena *a = arena_new(1 << 24);
		struct str base = random_text(a, (unsigned)below(60));
		struct str ours = random_edit(a, base, 'o');
		struct str theirs = random_edit(a, base, 't');
		struct merge m = merge_of(a, base, ours, theirs);
		struct merge other = merge_of(a, base, theirs, ours);

		assert_int_equal(m.is_clean, other.is_clean);
		assert_is(a, base, ours, base, ours);
		assert_is(a, base, base, theirs, theirs);
		assert_is(a, base, ours, ours, ours);
		clean += m.is_clean;
		if (m.is_clean) {
			assert_true(str_eq(m.text, other.text));
			assert_kept(m.text, ours, 'o');
			assert_kept(m.text, theirs, 't');
		}
		arena_free(a);
	}
	print_message("note: %u of %u merges were clean\n", clean, rounds);
	assert_true(clean > rounds / 20 && clean < rounds);
}

static void failing_memory_is_said_and_nothing_else(void **state)
{
	(void)state;
	for (unsigned long i = 1; i < 60; i++) {
		struct arena *a = arena_new(1 << 20);
		struct merge m = {.parts_n = 77};
		enum rc rc;

		arena_fail_after(i);
		rc = merge_text(a, STR("a b c\n\nd"), STR("a B c\n\nd"),
		    STR("a b C\n\ne"), &m);
		arena_fail_after(0);
		assert_true(rc == RC_OK || rc == RC_NO_MEMORY);
		assert_true(rc == RC_OK || m.parts_n == 77);
		arena_free(a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(changes_of_different_paragraphs_are_both_taken),
	    cmocka_unit_test(neighbouring_paragraphs_can_both_change),
	    cmocka_unit_test(words_of_one_paragraph_are_both_taken),
	    cmocka_unit_test(words_beside_each_other_are_a_conflict),
	    cmocka_unit_test(a_conflict_shows_the_words_of_both),
	    cmocka_unit_test(a_list_takes_what_either_added_or_took_out),
	    cmocka_unit_test(no_word_of_either_is_lost_in_a_clean_merge),
	    cmocka_unit_test(failing_memory_is_said_and_nothing_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
