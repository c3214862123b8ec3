/* SPDX-License-Identifier: MIT
 *
 * Typographic marks by language, and that setting twice changes nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "text/markdown.h"
#include "text/typography.h"

static void gives(const char *lang, const char *line, const char *want)
{
	struct buf b;
	struct buf again;

	buf_init(&b, 4096);
	buf_init(&again, 4096);
	typography_line(&b, str_of(line), str_of(lang));
	if (!str_eq(buf_str(&b), str_of(want)))
		fail_msg(
		    "%s (%s)\n gives %s\n not   %s", line, lang, b.p, want);
	typography_line(&again, buf_str(&b), str_of(lang));
	if (!str_eq(buf_str(&b), buf_str(&again)))
		fail_msg("%s, again %s", b.p, again.p);
	buf_done(&b);
	buf_done(&again);
}

#define N "\xE2\x80\xAF"
#define B "\xC2\xA0"

static void quotes_follow_the_language(void **state)
{
	(void)state;
	gives("en", "He said \"yes\".", "He said “yes”.");
	gives("en", "\"Yes, 'now',\" he said.", "“Yes, ‘now’,” he said.");
	gives("de", "Er sagte: \"Ja\".", "Er sagte: „Ja“.");
	gives("de-CH", "Er sagte: \"Ja\".", "Er sagte: «Ja».");
	gives("pl", "\"Tak\"", "„Tak”");
	gives("ru", "Газета \"Правда\"", "Газета «Правда»");
	gives("uk", "(\"Так\")", "(«Так»)");
	gives("es", "\"Hola\"", "«Hola»");
	gives("sv", "\"Hej\"", "”Hej”");
	gives("da", "\"Hej\"", "»Hej«");
	gives("ja", "\"x\"", "「x」");
	gives("pt-BR", "\"x\"", "“x”");
	gives("pt-PT", "\"x\"", "«x»");
	gives("xx", "\"x\"", "“x”");
	gives("he", "צה\"ל אמר \"כן\"", "צה״ל אמר ”כן”");
	gives("he", "ב\"הארץ\" נכתב, ומנכ\"ל \"ידיעות אחרונות\" השיב.",
	    "ב”הארץ” נכתב, ומנכ״ל ”ידיעות אחרונות” השיב.");
	gives("he", "\"קראתי ב\"הארץ\" היום\", אמר יו\"ר ה\"ליכוד\".",
	    "”קראתי ב”הארץ” היום”, אמר יו״ר ה”ליכוד”.");
	gives("he", "\"הש\"סניק הלך\" ושב\"כניק אמר \"כן\".",
	    "”הש״סניק הלך” ושב״כניק אמר ”כן”.");
}

static void french_has_its_spaces(void **state)
{
	(void)state;
	gives("fr", "Il dit: \"Oui\"!", "Il dit: «" N "Oui" N "»!");
	gives("fr", "Quoi ? Non ! Si ; bon : oui",
	    "Quoi" N "? Non" N "! Si" N "; bon" B ": oui");
	gives("fr", "Quoi? A 10:30", "Quoi" N "? A 10:30");
	gives("fr", "« Oui » et «non»", "«" N "Oui" N "» et «" N "non" N "»");
	gives("fr", "\" Oui \"", "«" N "Oui" N "»");
	gives("fr-CH", "\"Oui\" ?", "«Oui» ?");
}

static void apostrophes_are_told_from_quotes(void **state)
{
	(void)state;
	gives("en", "don't, the dogs' bowls, '90s, rock 'n' roll",
	    "don’t, the dogs’ bowls, ’90s, rock ’n’ roll");
	gives("fr", "l'été", "l’été");
	gives("en", "'Tis", "’Tis");
	gives("en", "He said 'yes' twice", "He said ‘yes’ twice");
}

static void feet_and_inches_are_no_quotes(void **state)
{
	(void)state;
	gives("en", "He is 5'10\" tall.", "He is 5′10″ tall.");
	gives("en", "\"He is 6'2\",\" she said.", "“He is 6′2″,” she said.");
	gives("en", "It was '5'10'.", "It was ‘5’10’.");
	gives("de-CH", "10'000 Leute", "10’000 Leute");
	gives("en", "\"Since 1990\"", "“Since 1990”");
}

static void dashes_and_dots_are_set(void **state)
{
	(void)state;
	gives("en", "a -- b --- c - d", "a – b — c – d");
	gives("ru", "Москва - столица", "Москва — столица");
	gives("en", "5 - 3, well-known, 2020-21, -- x",
	    "5 - 3, well-known, "
	    "2020-21, – x");
	gives("en", "----- ....", "----- ....");
	gives("en", "So...", "So…");
}

static void text_that_is_set_stays(void **state)
{
	(void)state;
	gives("en", "“Yes,” he said – ‘now’…", "“Yes,” he said – ‘now’…");
	gives("de", "„Ja“, sagte er – ‚so‘", "„Ja“, sagte er – ‚so‘");
}

static void trees_are_set_and_code_is_left(void **state)
{
	struct arena *a = arena_new(1 << 20);
	struct markdown_options options = {
	    .lang = STR("de"), .has_typography = true};
	struct node *document;
	struct buf b;

	(void)state;
	assert_int_equal(
	    markdown_parse(a,
		STR("\"*Ja*\" `\"x\"` \"[nein](/a)\"\n\n> \"Oui\"\n> "
		    "{lang=fr}\n\n    \"code\" -- x\n\n\"Offen\n\n\"Neu\""),
		&options, &document, NULL, NULL),
	    RC_OK);
	buf_init_arena(&b, a, 4096);
	node_plain(document, 4000, &b);
	assert_string_equal(b.p,
	    "„Ja“ \"x\" „nein“\n\n«" N "Oui" N "»\n\n\"code\" -- x\n\n"
	    "„Offen\n\n„Neu“");
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(quotes_follow_the_language),
	    cmocka_unit_test(french_has_its_spaces),
	    cmocka_unit_test(apostrophes_are_told_from_quotes),
	    cmocka_unit_test(feet_and_inches_are_no_quotes),
	    cmocka_unit_test(dashes_and_dots_are_set),
	    cmocka_unit_test(text_that_is_set_stays),
	    cmocka_unit_test(trees_are_set_and_code_is_left),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
