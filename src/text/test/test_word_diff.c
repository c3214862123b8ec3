/* SPDX-License-Identifier: MIT
 *
 * Differences by words: how they read, and that they give both texts back.
 */
#include "text/word_diff.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "text/diff.h"
#include "text/merge.h"

/* "the [-red-]{+blue+} car" */
static struct str show(struct arena *a, struct str old, struct str news)
{
	struct word_diff diff;
	struct buf b;

	assert_int_equal(word_diff(a, old, news, &diff), RC_OK);
	buf_init_arena(&b, a, 1 << 22);
	for (size_t i = 0; i < diff.n; i++)
		for (size_t k = 0; k < diff.rows[i].n; k++) {
			const struct word_piece *p = &diff.rows[i].v[k];

			buf_add(&b, p->fate == WORD_WENT   ? STR("[-")
				    : p->fate == WORD_CAME ? STR("{+")
							   : STR(""));
			buf_add(&b, p->text);
			buf_add(&b, p->fate == WORD_WENT   ? STR("-]")
				    : p->fate == WORD_CAME ? STR("+}")
							   : STR(""));
		}
	return buf_str(&b);
}

static void shows(const char *old, const char *news, const char *want)
{
	struct arena *a = arena_new(1 << 24);
	struct str got = show(a, str_of(old), str_of(news));

	if (!str_eq(got, str_of(want)))
		fail_msg("%.*s, not %s", STR_ARG(got), want);
	arena_free(a);
}

static void changed_words_are_marked(void **state)
{
	(void)state;
	shows("", "", "");
	shows("the red car", "the blue car", "the [-red-]{+blue+} car");
	shows("the car", "the blue car", "the {+blue +}car");
	shows("It was so.", "It was.", "It was[- so-].");
	shows("the red car went", "the blue bus went",
	    "the [-red car-]{+blue bus+} went");
	shows("One.\n\nTwo.\n\nThree.\n", "One.\n\nThree.\n",
	    "One.\n\n[-Two.\n\n-]Three.\n");
	shows("Größe", "Grösse", "[-Größe-]{+Grösse+}");
	shows("東京は雨", "東京は晴", "東京は[-雨-]{+晴+}");
}

static void changed_words_are_counted(void **state)
{
	struct arena *a = arena_new(1 << 20);
	struct word_diff diff;

	(void)state;
	assert_int_equal(
	    word_diff(a, STR("a b, c d e"), STR("a x, y, d e f g"), &diff),
	    RC_OK);
	assert_int_equal(diff.went, 2);
	assert_int_equal(diff.came, 4);
	arena_free(a);
}

static uint64_t seed_state = 20261127;

static uint64_t below(uint64_t n)
{
	seed_state ^= seed_state << 13;
	seed_state ^= seed_state >> 7;
	seed_state ^= seed_state << 17;
	return seed_state % n;
}

static struct str random_text(struct arena *a, size_t most, unsigned letters)
{
	struct buf b;
	size_t n = below(most);

	buf_init_arena(&b, a, 1 << 20);
	for (size_t i = 0; i < n; i++) {
		buf_char(&b, (char)('a' + below(letters)));
		buf_add(&b, below(9) == 0 ? STR("\n\n") : STR(" "));
	}
	return buf_str(&b);
}

static void assert_gives_both(struct arena *a, struct str old, struct str news)
{
	struct word_diff diff;
	struct buf was, is;

	assert_int_equal(word_diff(a, old, news, &diff), RC_OK);
	buf_init_arena(&was, a, old.n + 1);
	buf_init_arena(&is, a, news.n + 1);
	for (size_t i = 0; i < diff.n; i++)
		for (size_t k = 0; k < diff.rows[i].n; k++) {
			const struct word_piece *p = &diff.rows[i].v[k];

			assert_true(
			    !diff.rows[i].is_same || p->fate == WORD_STAYED);
			if (p->fate != WORD_CAME)
				buf_add(&was, p->text);
			if (p->fate != WORD_WENT)
				buf_add(&is, p->text);
		}
	assert_true(str_eq(buf_str(&was), old));
	assert_true(str_eq(buf_str(&is), news));
}

static void a_difference_gives_both_texts_back(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 4000; i++) {
		struct arena *a = arena_new(1 << 24);
		unsigned letters = 1 + (unsigned)below(20);
		struct str old = random_text(a, 60, letters);

		assert_gives_both(a, old, random_text(a, 60, letters));
		arena_free(a);
	}
}

static void texts_without_anything_in_common_take_bounded_work(void **state)
{
	struct arena *a = arena_new((size_t)1 << 30);
	struct buf old, news;

	(void)state;
	buf_init_arena(&old, a, 1 << 20);
	buf_init_arena(&news, a, 1 << 20);
	for (unsigned i = 0; i < 60000; i++) {
		buf_printf(&old, "o%u ", (unsigned)below(40000));
		buf_printf(&news, "%c%u ", below(3) ? 'n' : 'o',
		    (unsigned)below(40000));
	}
	assert_gives_both(a, buf_str(&old), buf_str(&news));
	arena_free(a);
}

/* N bytes of prose of a dozen words, in paragraphs of sixty. */
static struct str prose(struct arena *a, size_t n, uint32_t seed)
{
	static const char *const words[] = {"harbour", "the", "council", "a",
	    "vote", "river", "of", "old", "bridge", "minister", "said", "on"};
	struct buf b;

	buf_init_arena(&b, a, n + 100);
	for (size_t i = 1; b.n < n; i++) {
		seed = seed * 1664525 + 1013904223;
		buf_add(&b, str_of(words[(seed >> 16) % 12]));
		buf_add(&b, i % 60 == 0 ? STR(".\n\n") : STR(" "));
	}
	return buf_str(&b);
}

/* Microseconds of the processor. */
static double cost(size_t bytes, bool is_merge)
{
	struct arena *a = arena_new(96 << 20);
	struct str base = prose(a, bytes, 1), one = prose(a, bytes, 2),
		   two = prose(a, bytes, 3);
	struct word_diff diff;
	struct merge merge;
	clock_t since = clock();
	double took;

	if (is_merge)
		assert_int_equal(merge_text(a, base, one, two, &merge), RC_OK);
	else
		assert_int_equal(word_diff(a, one, two, &diff), RC_OK);
	took = (double)(clock() - since) * 1e6 / CLOCKS_PER_SEC;
	arena_free(a);
	return took;
}

static double least(double a, double b)
{
	return a < b ? a : b;
}

static void twice_the_text_is_about_twice_the_work(void **state)
{
	(void)state;
	for (int is_merge = 0; is_merge < 2; is_merge++) {
		double one = cost(125000, is_merge);

		for (size_t n = 125000; n <= 500000; n *= 2) {
			double two = cost(2 * n, is_merge), once = two;

			/* The least of three, and what is little anyway is all
			 * noise. */
			for (int i = 0;
			     i < 2 && two > 100000 && two > 2.5 * one; i++) {
				one = least(one, cost(n, is_merge));
				two = least(two, cost(2 * n, is_merge));
			}
			if (two > 100000 && two > 2.5 * one)
				fail_msg("%zu bytes: %.0f us, twice: %.0f us",
				    n, one, two);
			one = once;
		}
	}
}

static void texts_of_too_many_pieces_are_shown_whole(void **state)
{
	struct arena *a = arena_new(96 << 20);
	struct word_diff diff;
	struct merge merge;
	struct str v[3];
	struct buf b;

	(void)state;
	for (int k = 0; k < 3; k++) {
		buf_init_arena(&b, a, 1 << 20);
		for (int i = 0; i < 150000; i++)
			buf_printf(&b, "%c\n\n", i % 3 == k ? 'a' : 'b');
		v[k] = buf_str(&b);
	}
	assert_int_equal(word_diff(a, v[0], v[1], &diff), RC_OK);
	assert_int_equal(diff.n, 1);
	assert_int_equal(diff.rows[0].n, 2);
	assert_int_equal(diff.went, 150000);
	assert_true(str_eq(diff.rows[0].v[1].text, v[1]));
	assert_int_equal(word_diff(a, v[0], v[0], &diff), RC_OK);
	assert_true(diff.rows[0].is_same);
	assert_int_equal(merge_text(a, v[0], v[1], v[2], &merge), RC_OK);
	assert_false(merge.is_clean);
	assert_int_equal(merge.parts_n, 1);
	assert_true(str_eq(merge.parts[0].theirs, v[2]));
	assert_int_equal(merge_text(a, v[0], v[0], v[2], &merge), RC_OK);
	assert_true(merge.is_clean && str_eq(merge.text, v[2]));
	arena_free(a);
}

static void matches_rise_and_are_equal(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 3000; i++) {
		struct arena *a = arena_new(1 << 24);
		uint32_t old[700], news[700];
		size_t old_n = below(700), news_n = below(700);
		uint32_t *at;
		size_t next = 0;
		unsigned kinds = 1 + (unsigned)below(300);

		for (size_t k = 0; k < old_n; k++)
			old[k] = (uint32_t)below(kinds);
		for (size_t k = 0; k < news_n; k++)
			news[k] = (uint32_t)below(kinds);
		assert_int_equal(
		    diff_match(a, old, old_n, news, news_n, &at), RC_OK);
		for (size_t k = 0; k < old_n; k++) {
			if (at[k] == DIFF_NONE)
				continue;
			assert_true(at[k] >= next && at[k] < news_n);
			assert_int_equal(old[k], news[at[k]]);
			next = at[k] + 1;
		}
		arena_free(a);
	}
}

/* The longest common sequence, by the table. */
static size_t longest(
    const uint32_t *v, size_t v_n, const uint32_t *w, size_t w_n)
{
	size_t row[64] = {0};

	for (size_t i = 0; i < v_n; i++) {
		size_t before = 0;

		for (size_t k = 0; k < w_n; k++) {
			size_t old = row[k + 1];

			if (v[i] == w[k])
				row[k + 1] = before + 1;
			else if (row[k] > row[k + 1])
				row[k + 1] = row[k];
			before = old;
		}
	}
	return row[w_n];
}

static void short_sequences_have_the_shortest_difference(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 3000; i++) {
		struct arena *a = arena_new(1 << 16);
		uint32_t old[40], news[40];
		size_t old_n = below(40), news_n = below(40), n = 0;
		uint32_t *at;

		for (size_t k = 0; k < 40; k++) {
			old[k] = (uint32_t)below(5);
			news[k] = (uint32_t)below(5);
		}
		assert_int_equal(
		    diff_match(a, old, old_n, news, news_n, &at), RC_OK);
		for (size_t k = 0; k < old_n; k++)
			n += at[k] != DIFF_NONE;
		assert_int_equal(n, longest(old, old_n, news, news_n));
		arena_free(a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(changed_words_are_marked),
	    cmocka_unit_test(changed_words_are_counted),
	    cmocka_unit_test(a_difference_gives_both_texts_back),
	    cmocka_unit_test(
		texts_without_anything_in_common_take_bounded_work),
	    cmocka_unit_test(twice_the_text_is_about_twice_the_work),
	    cmocka_unit_test(texts_of_too_many_pieces_are_shown_whole),
	    cmocka_unit_test(matches_rise_and_are_equal),
	    cmocka_unit_test(short_sequences_have_the_shortest_difference),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
