/* SPDX-License-Identifier: MIT
 *
 * Plain words of documents, and the letters and languages they are made of.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <locale.h>
#include <wctype.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "text/markdown.h"
#include "text/script.h"

static void plain_is(
    const char *source, size_t limit, const char *want, uint32_t words)
{
	struct arena *a = arena_new(1 << 20);
	struct markdown_options options = {.lang = STR("en")};
	struct node *document;
	struct buf b;

	assert_int_equal(
	    markdown_parse(a, str_of(source), &options, &document, NULL, NULL),
	    RC_OK);
	buf_init_arena(&b, a, 4096);
	node_plain(document, limit, &b);
	if (!str_eq(buf_str(&b), str_of(want)))
		fail_msg("\"%.*s\", not \"%s\"", STR_ARG(buf_str(&b)), want);
	assert_int_equal(node_words(document), words);
	arena_free(a);
}

static void plain_words_have_no_marks(void **state)
{
	(void)state;
	plain_is("# One\n\nTwo *three*\nfour[^1]\n\n- five\n- six\n\n[^1]: no",
	    1000, "One\n\nTwo three four\n\nfive\n\nsix", 7);
	plain_is("don't stop well-known", 1000, "don't stop well-known", 3);
	plain_is("", 1000, "", 0);
}

static void characters_are(const char *source, uint32_t want)
{
	struct arena *a = arena_new(1 << 20);
	struct markdown_options options = {.lang = STR("en")};
	struct node *document;

	assert_int_equal(
	    markdown_parse(a, str_of(source), &options, &document, NULL, NULL),
	    RC_OK);
	if (node_characters(document) != want)
		fail_msg("%s: %u characters, not %u", source,
		    node_characters(document), want);
	arena_free(a);
}

static void characters_are_those_a_reader_sees(void **state)
{
	(void)state;
	characters_are("", 0);
	characters_are("One  *two*\nthree", 13);
	characters_are("# One\n\nTwo[^1]\n\n- a\n- b\n\n[^1]: no", 10);
	characters_are("市長は早く家に帰った。", 11);
	characters_are("시장은 집에 갔다.", 10);
	characters_are("`a  b`", 3);
	assert_true(lang_counts_characters(STR("ja")));
	assert_true(lang_counts_characters(STR("zh-TW")));
	assert_true(lang_counts_characters(STR("ko")));
	assert_true(lang_counts_characters(STR("th")));
	assert_false(lang_counts_characters(STR("ar")));
	assert_false(lang_counts_characters(STR("")));
}

static void plain_words_stop_at_a_word(void **state)
{
	(void)state;
	plain_is("one two three", 10, "one two", 3);
	plain_is("one two three", 7, "one two", 3);
	plain_is("oneword", 3, "one", 1);
	plain_is("слово слово", 12, "слово", 2);
	plain_is("one\n\ntwo", 4, "one", 2);
}

static void words_without_spaces_are_counted(void **state)
{
	(void)state;
	plain_is("习近平访问", 1000, "习近平访问", 3);
	plain_is("서울의 봄", 1000, "서울의 봄", 2);
}

static void small_letters_agree_with_the_system(void **state)
{
	locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	static const struct {
		uint32_t first;
		uint32_t last;
	} blocks[] = {{0, 0x17F}, {0x1CD, 0x1EF}, {0x1F8, 0x21F},
	    {0x386, 0x3CE}, {0x400, 0x52F}, {0x531, 0x586}, {0x5D0, 0x6FF},
	    {0x1E00, 0x1EFF}, {0x4E00, 0x4F00}, {0xFF00, 0xFF60}};
	unsigned checked = 0;

	(void)state;
	if (!utf8) {
		printf("note: no C.UTF-8 here; skipped\n");
		return;
	}
	for (size_t i = 0; i < sizeof(blocks) / sizeof(blocks[0]); i++)
		for (uint32_t c = blocks[i].first; c <= blocks[i].last; c++) {
			wint_t want = towlower_l((wint_t)c, utf8);

			if (letter_lower(c) != want)
				fail_msg("U+%04X gives U+%04X, not U+%04X", c,
				    letter_lower(c), (unsigned)want);
			checked++;
		}
	freelocale(utf8);
	assert_true(checked > 1500);
}

static void characters_know_their_script(void **state)
{
	(void)state;
	assert_int_equal(script_of('a'), SCRIPT_LATIN);
	assert_int_equal(script_of(0xE9), SCRIPT_LATIN);
	assert_int_equal(script_of(0xD7), SCRIPT_COMMON);
	assert_int_equal(script_of(0x416), SCRIPT_CYRILLIC);
	assert_int_equal(script_of(0x3A9), SCRIPT_GREEK);
	assert_int_equal(script_of(0x5D0), SCRIPT_HEBREW);
	assert_int_equal(script_of(0x628), SCRIPT_ARABIC);
	assert_int_equal(script_of(0x939), SCRIPT_DEVANAGARI);
	assert_int_equal(script_of(0xAC00), SCRIPT_HANGUL);
	assert_int_equal(script_of(0x4E00), SCRIPT_HAN);
	assert_int_equal(script_of(0x20000), SCRIPT_HAN);
	assert_int_equal(script_of(0x1F600), SCRIPT_COMMON);
	assert_int_equal(letter_class_of(0x301), LETTER_MARK);
	assert_int_equal(letter_class_of(0x663), LETTER_DIGIT);
	assert_int_equal(letter_class_of(0x2014), LETTER_NONE);
	assert_int_equal(letter_class_of(0x10FFFF), LETTER_NONE);
}

static void languages_know_their_script(void **state)
{
	(void)state;
	assert_int_equal(script_of_lang(STR("en-GB")), SCRIPT_LATIN);
	assert_int_equal(script_of_lang(STR("RU")), SCRIPT_CYRILLIC);
	assert_int_equal(script_of_lang(STR("sr-Latn-RS")), SCRIPT_LATIN);
	assert_int_equal(script_of_lang(STR("und-Arab")), SCRIPT_ARABIC);
	assert_int_equal(script_of_lang(STR("zh-Hant")), SCRIPT_HAN);
	assert_int_equal(script_of_lang(STR("")), SCRIPT_COMMON);
	assert_int_equal(lang_direction(STR("fa")), DIRECTION_RTL);
	assert_int_equal(lang_direction(STR("de")), DIRECTION_LTR);
	assert_true(lang_same(STR("de-AT"), STR("DE")));
	assert_false(lang_same(STR("de"), STR("den")));
	assert_true(lang_is_valid(STR("x-old")));
	assert_true(lang_is_valid(STR("pt-BR")));
	assert_false(lang_is_valid(STR("x")));
	assert_false(lang_is_valid(STR("")));
	assert_false(lang_is_valid(STR("en-")));
	assert_false(lang_is_valid(STR("en--GB")));
	assert_false(lang_is_valid(STR("en\" onload")));
	assert_false(lang_is_valid(STR("123")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(plain_words_have_no_marks),
	    cmocka_unit_test(characters_are_those_a_reader_sees),
	    cmocka_unit_test(plain_words_stop_at_a_word),
	    cmocka_unit_test(words_without_spaces_are_counted),
	    cmocka_unit_test(small_letters_agree_with_the_system),
	    cmocka_unit_test(characters_know_their_script),
	    cmocka_unit_test(languages_know_their_script),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
