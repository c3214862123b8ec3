/* SPDX-License-Identifier: MIT */
#include "page/desk_words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "page/words.h"

static size_t count_forms(struct str s)
{
	size_t n = 1;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == '|';
	return n;
}

/* Bit N: {N} is in S. */
static unsigned placeholders(struct str s)
{
	unsigned bits = 0;

	for (size_t i = 0; i + 2 < s.n; i++)
		if (s.p[i] == '{' && s.p[i + 2] == '}' &&
		    ascii_is_digit(s.p[i + 1]))
			bits |= 1U << (s.p[i + 1] - '0');
	return bits;
}

static void every_message_is_in_every_language(void **state)
{
	unsigned missing = 0;

	(void)state;
	for (int i = 0; i < MSG_COUNT; i++)
		for (unsigned lang = 0; lang < DESK_LANGS; lang++)
			if (desk_word_is_missing(lang, (enum msg)i)) {
				printf("missing: %s in %.*s\n",
				    desk_word_id((enum msg)i),
				    STR_ARG(desk_lang_code(lang)));
				missing++;
			}
	printf("messages: %d, translations missing: %u\n", MSG_COUNT, missing);
	assert_int_equal(missing, 0);
}

static void a_message_that_is_not_translated_is_said_in_english(void **state)
{
	static const char *const row[DESK_LANGS] = {
	    "Save", NULL, NULL, "Sichern", NULL, NULL, NULL};

	(void)state;
	for (unsigned lang = 0; lang < DESK_LANGS; lang++)
		assert_true(str_eq(desk_word_of(row, lang),
		    lang == 3 ? STR("Sichern") : STR("Save")));
}

static void messages_take_the_same_values_in_every_language(void **state)
{
	(void)state;
	for (int i = 0; i < MSG_COUNT; i++)
		for (unsigned lang = 0; lang < DESK_LANGS; lang++) {
			unsigned en = placeholders(desk_word(0, (enum msg)i));
			unsigned is =
			    placeholders(desk_word(lang, (enum msg)i));

			if (en != is)
				fail_msg("%s in %.*s has other {N}",
				    desk_word_id((enum msg)i),
				    STR_ARG(desk_lang_code(lang)));
		}
}

static void plurals_have_the_forms_of_their_language(void **state)
{
	static const size_t forms[DESK_LANGS] = {2, 2, 2, 2, 3, 6, 1};

	(void)state;
	for (int i = 0; i < MSG_COUNT; i++) {
		if (count_forms(desk_word(0, (enum msg)i)) == 1)
			continue;
		for (unsigned lang = 0; lang < DESK_LANGS; lang++)
			if (count_forms(desk_word(lang, (enum msg)i)) !=
			    forms[lang])
				fail_msg("%s in %.*s has not %zu forms",
				    desk_word_id((enum msg)i),
				    STR_ARG(desk_lang_code(lang)), forms[lang]);
	}
}

static void messages_are_text_and_not_markup(void **state)
{
	(void)state;
	for (int i = 0; i < MSG_COUNT; i++)
		for (unsigned lang = 0; lang < DESK_LANGS; lang++) {
			struct str s = desk_word(lang, (enum msg)i);

			assert_true(s.n > 0);
			assert_int_equal(str_find(s, '<'), s.n);
			assert_int_equal(str_find(s, '&'), s.n);
		}
}

static void a_number_chooses_its_form(void **state)
{
	static const struct {
		const char *lang;
		uint64_t n;
		const char *has;
	} rows[] = {
	    {"en", 1, "1 second,"},
	    {"en", 2, "2 seconds"},
	    {"ru", 1, "1 секунду"},
	    {"ru", 3, "3 секунды"},
	    {"ru", 5, "5 секунд "},
	    {"ar", 2, "ثانيتين"},
	    {"ko", 7, "7초"},
	};
	struct buf b;

	(void)state;
	buf_init(&b, 4096);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		buf_clear(&b);
		desk_fill_count(&b, desk_lang_column(str_of(rows[i].lang)),
		    MSG_SIGN_IN_WAIT, rows[i].n, STR_NONE);
		assert_true(
		    str_find_str(buf_str(&b), str_of(rows[i].has)) < b.n);
	}
	buf_done(&b);
}

static void values_stand_where_the_message_wants_them(void **state)
{
	struct str role = STR("Editor");
	struct buf b;

	(void)state;
	buf_init(&b, 4096);
	desk_fill(&b, 0, MSG_JOIN_AS, &role, 1);
	assert_string_equal(b.p, "You were invited as: Editor.");
	buf_done(&b);
}

static void what_was_done_is_found_by_its_name_alone(void **state)
{
	(void)state;
	assert_int_equal(desk_word_done(STR("saved")), MSG_DONE_SAVED);
	assert_int_equal(desk_word_done(STR("SAVED")), MSG_COUNT);
	assert_int_equal(desk_word_done(STR("")), MSG_COUNT);
	assert_int_equal(desk_word_done(STR("sign-in")), MSG_COUNT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_message_is_in_every_language),
	    cmocka_unit_test(
		a_message_that_is_not_translated_is_said_in_english),
	    cmocka_unit_test(messages_take_the_same_values_in_every_language),
	    cmocka_unit_test(plurals_have_the_forms_of_their_language),
	    cmocka_unit_test(messages_are_text_and_not_markup),
	    cmocka_unit_test(a_number_chooses_its_form),
	    cmocka_unit_test(values_stand_where_the_message_wants_them),
	    cmocka_unit_test(what_was_done_is_found_by_its_name_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
