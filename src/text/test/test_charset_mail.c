/* SPDX-License-Identifier: MIT
 *
 * What mails do to text: quoted-printable, encoded words.
 */
#include "text/charset.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"

static struct charset read_ok(struct arena *a, struct str bytes)
{
	struct charset cs;
	struct err err = {.rc = RC_OK};

	if (charset_read(a, bytes, &cs, &err) != RC_OK)
		fail_msg("refused: %s", err.why);
	return cs;
}

static void assert_text(struct charset cs, const char *want)
{
	if (!str_eq(cs.text, str_of(want)))
		fail_msg(
		    "as %s (%u): %.*s", cs.name, cs.sure, STR_ARG(cs.text));
}

static void quoted_printable_is_undone_with_its_lines(void **state)
{
	struct arena *a = arena_new(1 << 20);
	struct charset cs = read_ok(
	    a, STR("Subject: =?UTF-8?Q?Caf=C3=A9?= =?utf-8?b?IG5vaXI=?=\r\n"
		   "Content-Type: text/plain; charset=ISO-8859-1\r\n"
		   "Content-Transfer-Encoding: quoted-printable\r\n"
		   "\r\n"
		   "Le caf=E9 est fer=\r\nm=E9 depuis=\r\n lundi.\r\n"
		   "Fin =3D fin.\r\n"));

	(void)state;
	assert_text(cs, "Subject: Café noir\n"
			"Content-Type: text/plain; charset=ISO-8859-1\n"
			"Content-Transfer-Encoding: quoted-printable\n\n"
			"Le café est fermé depuis lundi.\nFin = fin.\n");
	assert_int_equal(charset_line(&cs, 5), 5);
	assert_int_equal(charset_line(&cs, 6), 8);
	assert_string_equal(cs.name, "ISO-8859-1");
	arena_free(a);
}

/* Each of them is text as it was written. */
static void what_only_looks_quoted_is_left_alone(void **state)
{
	static const char *const texts[] = {
	    "Young men (n=120), young women (n=85), old men (n=40) and old "
	    "women (n=33), (n=94), (n=A0) were asked.\n",
	    "At https://council.example/doc?id=2034 and =2035,\n"
	    "at https://council.example/doc?id=2036 and =2037,\n"
	    "https://council.example/doc?id=\n",
	    "Content-Transfer-Encoding: 8bit\n\n"
	    "caf=C3=A9 and th=C3=A9 are how a mail writes =\nthem.\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct arena *a = arena_new(1 << 20);

		assert_text(read_ok(a, str_of(texts[i])), texts[i]);
		arena_free(a);
	}
}

static void a_text_that_is_decoded_is_not_decoded_again(void **state)
{
	static const char text[] = "Write caf=C3=A9 or th=C3=A9.\n";
	struct arena *a = arena_new(1 << 20);
	struct charset cs;

	(void)state;
	assert_int_equal(
	    charset_read_decoded(a, str_of(text), &cs, NULL), RC_OK);
	assert_text(cs, text);
	arena_free(a);
}

static void quoted_printable_shows_itself_without_a_word(void **state)
{
	static const char *const cases[][2] = {
	    {"Le caf=C3=A9 et le th=C3=A9.\n", "Le café et le thé.\n"},
	    {"Le caf=E9 est fer=\nm=E9.\n", "Le café est fermé.\n"},
	    {"From: a\nSubject: b =\n\nLe caf=E9 est fer=\nm=E9.\n",
		"From: a\nSubject: b =\n\nLe café est fermé.\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena *a = arena_new(1 << 20);

		assert_text(read_ok(a, str_of(cases[i][0])), cases[i][1]);
		arena_free(a);
	}
}

/* In the head it is the letters of encoded words alone. */
static void letters_of_a_head_do_not_make_a_body_quoted(void **state)
{
	struct arena *a = arena_new(1 << 20);

	(void)state;
	assert_text(read_ok(a, STR("Subject: =?UTF-8?Q?=D0=9C=D0=BE=D1=81?=\n"
				   "From: a\n\nn=85, a=D0=9C\n")),
	    "Subject: Мос\nFrom: a\n\nn=85, a=D0=9C\n");
	arena_free(a);
}

static void an_encoded_word_is_one_word_in_an_encoding_known_here(void **state)
{
	static const char *const cases[][2] = {
	    {"=?utf-8?Q?A=0ATo:_b=0D?=", "Subject: A To: b "},
	    {"=?x-sjis?B?k/qWew==?=", "Subject: 日本"},
	    {"=?ISO-8859-1*fr?Q?caf=E9?=", "Subject: café"},
	    {"=?koi8-r?B?89fFxA==?=", "Subject: Свед"},
	    {"=?IBM1364?B?k/qWew==?=", "Subject: =?IBM1364?B?k/qWew==?="},
	    {"=?utf-16?B?AEE=?=", "Subject: =?utf-16?B?AEE=?="},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena *a = arena_new(1 << 20);

		assert_text(
		    read_ok(a, arena_printf(a, "Subject: %s", cases[i][0])),
		    cases[i][1]);
		arena_free(a);
	}
}

static void a_character_may_be_cut_by_the_end_of_a_word(void **state)
{
	static const char *const cases[][2] = {
	    {"=?UTF-8?B?6YGL6A==?=\n =?utf-8?B?oYw=?=\nTo: a", "運行\nTo: a"},
	    {"=?utf-8?Q?caf=C3?==?utf-8?Q?=A9?=", "café"},
	    {"=?utf-8?Q?caf=C3?=\n=?utf-8?Q?=A9?=", "café"},
	    /* Not in one encoding, or none of this. */
	    {"=?utf-8?Q?a?= =?koi8-r?B?89fFxA==?=", "aСвед"},
	    {"=?utf-8?Q?a?= =?x-none?Q?b?= c", "a =?x-none?Q?b?= c"},
	    {"=?utf-8?Q?a?=\n\n=?utf-8?Q?b?=", "a\n\nb"},
	    {"=?iso-8859-1?Q?=93a=94?=", "“a”"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena *a = arena_new(1 << 20);

		assert_text(
		    read_ok(a, arena_printf(a, "Subject: %s", cases[i][0])),
		    arena_printf(a, "Subject: %s", cases[i][1]).p);
		arena_free(a);
	}
}

static void lines_are_counted_behind_words_that_were_joined(void **state)
{
	struct arena *a = arena_new(1 << 20);
	struct charset cs =
	    read_ok(a, STR("Subject: =?utf-8?Q?a?=\n =?utf-8?Q?b?=\n"
			   " =?utf-8?Q?c?=\nTo: d\n\nBody.\n"));

	(void)state;
	assert_text(cs, "Subject: abc\nTo: d\n\nBody.\n");
	assert_int_equal(charset_line(&cs, 1), 1);
	assert_int_equal(charset_line(&cs, 2), 4);
	assert_int_equal(charset_line(&cs, 4), 6);
	arena_free(a);
}

static void words_that_follow_each_other_have_no_end(void **state)
{
	struct arena *a = arena_new(32 << 20);
	struct buf b;
	struct charset cs;

	(void)state;
	buf_init_arena(&b, a, 1 << 20);
	buf_lit(&b, "Subject:");
	for (unsigned i = 0; i < 1500; i++)
		buf_lit(&b, " =?ISO-2022-JP?B?GyRCLSEtahsoQg==?=\n");
	cs = read_ok(a, buf_str(&b));
	assert_int_equal(cs.text.n, STR("Subject: \n").n + 1500 * 6);
	assert_true(str_ends(cs.text, STR("①㈱\n")));
	arena_free(a);
}

static void a_subject_behind_hundreds_of_words_is_read(void **state)
{
	struct arena *a = arena_new(8 << 20);
	struct buf b;
	struct charset cs;

	(void)state;
	buf_init_arena(&b, a, 1 << 20);
	buf_lit(&b, "To: ");
	for (unsigned i = 0; i < 500; i++)
		buf_printf(&b, "=?utf-8?Q?Ren=C3=A9?= <r%u@x.example>,\n ", i);
	buf_lit(&b, "a\nSubject: =?utf-8?Q?Caf=C3=A9?=\n");
	cs = read_ok(a, buf_str(&b));
	assert_true(str_ends(cs.text, STR("\nSubject: Café\n")));
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(quoted_printable_is_undone_with_its_lines),
	    cmocka_unit_test(what_only_looks_quoted_is_left_alone),
	    cmocka_unit_test(a_text_that_is_decoded_is_not_decoded_again),
	    cmocka_unit_test(quoted_printable_shows_itself_without_a_word),
	    cmocka_unit_test(letters_of_a_head_do_not_make_a_body_quoted),
	    cmocka_unit_test(
		an_encoded_word_is_one_word_in_an_encoding_known_here),
	    cmocka_unit_test(a_character_may_be_cut_by_the_end_of_a_word),
	    cmocka_unit_test(lines_are_counted_behind_words_that_were_joined),
	    cmocka_unit_test(words_that_follow_each_other_have_no_end),
	    cmocka_unit_test(a_subject_behind_hundreds_of_words_is_read),
	};

	return cmocka_run_group_tests_name("charset_mail", tests, NULL, NULL);
}
