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
	gives("fr", "Quoi ?! Quoi ?? (Quoi ?) Quoi ?…",
	    "Quoi" N "?! Quoi" N "?? (Quoi" N "?) Quoi" N "?…");
	gives("fr", "Quoi ?... Quoi!... Non ?....",
	    "Quoi" N "?… Quoi" N "!… Non ?....");
	gives("fr", "Quoi? A 10:30", "Quoi" N "? A 10:30");
	gives("fr", "« Oui » et «non»", "«" N "Oui" N "» et «" N "non" N "»");
	gives("fr", "\" Oui \"", "«" N "Oui" N "»");
	gives("fr-CH", "\"Oui\" ?", "«Oui» ?");
	gives("fr", "«:\"a\"", "«" B ":" N "»a" N "»");
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

static void words_that_lack_their_start_open_no_quotation(void **state)
{
	(void)state;
	gives("it", "La 'ndrangheta si è presa un po' di tutto.",
	    "La ’ndrangheta si è presa un po’ di tutto.");
	gives("en", "Rock 'n' roll, boys 'n' girls, 'til the dogs 'n' cats go.",
	    "Rock ’n’ roll, boys ’n’ girls, ’til the dogs ’n’ cats go.");
	gives(
	    "en", "Get 'em in, the boys' club.", "Get ’em in, the boys’ club.");
	gives("en", "'Twas the dogs' home.", "’Twas the dogs’ home.");
	gives("en", "Wait 'til the dogs' home opens, 'cause it's shut.",
	    "Wait ’til the dogs’ home opens, ’cause it’s shut.");
	gives("en", "He said 'til now' and 'round the bend'.",
	    "He said ‘til now’ and ‘round the bend’.");
	gives("en", "Say ''Tis late' twice.", "Say ‘’Tis late’ twice.");
	gives("de", "Ich sah 'nen Hund, Hans' Hund.",
	    "Ich sah ’nen Hund, Hans’ Hund.");
	gives("nl", "'s Avonds komen de jongens' ouders in 't dorp.",
	    "’s Avonds komen de jongens’ ouders in ’t dorp.");
	gives("nl", "Hij zei 'nee' en 's middags 'ja'.",
	    "Hij zei ‘nee’ en ’s middags ‘ja’.");
	gives("fr", "Il dit 's' et 't'.", "Il dit “s” et “t”.");
}

static void a_mark_behind_one_that_closes_closes(void **state)
{
	(void)state;
	gives("ko", "회사는 \"직원들이 '안전'\"이라고 말했다.",
	    "회사는 “직원들이 ‘안전’”이라고 말했다.");
	gives("zh", "\"这叫'躺平'\"然后笑了。\"没事。\"他说。",
	    "“这叫‘躺平’”然后笑了。“没事。”他说。");
	gives("tr", "\"'Kurtlar Vadisi'\"ni", "“‘Kurtlar Vadisi’”ni");
	gives("fr", "Il lit l'\"affaire\".", "Il lit l’«" N "affaire" N "».");
	gives("he", "\"'שלום'\"", "”’שלום’”");
	gives("sv", "\"'Hej'\" sa hon.", "”’Hej’” sa hon.");
}

static void feet_and_inches_are_no_quotes(void **state)
{
	(void)state;
	gives("fr", "Un vinyle 12\" et un écran de 27\".",
	    "Un vinyle 12″ et un écran de 27″.");
	gives("de", "Ein 27\"-Monitor", "Ein 27″-Monitor");
	gives("de", "„Es war 1990\", sagte er.", "„Es war 1990“, sagte er.");
	gives("en", "\"Of 1990\" and \"1990\"", "“Of 1990” and “1990”");
	gives("en", "The 12\" disc is \"new\".", "The 12″ disc is “new”.");
	gives(
	    "de", "Wir enden 2030\", sagte er.", "Wir enden 2030“, sagte er.");
	gives("zh", "2024\"最美教师\"评选", "2024“最美教师”评选");
	gives("en", "He is 5'10\" tall.", "He is 5′10″ tall.");
	gives("en", "\"He is 6'2\",\" she said.", "“He is 6′2″,” she said.");
	gives("en", "It was '5'10'.", "It was ‘5’10’.");
	gives("de-CH", "10'000 Leute", "10’000 Leute");
	gives("en", "\"Since 1990\"", "“Since 1990”");
}

static void a_quotation_opens_behind_a_letter(void **state)
{
	(void)state;
	gives(
	    "fr", "L'\"affaire\" est close", "L’«" N "affaire" N "» est close");
	gives("it", "sede dell'\"Unità\"", "sede dell’«Unità»");
	gives("ca", "l'\"afer\" i", "l’«afer» i");
	gives("ar", "لـ\"رويترز\" و\"الأمل\"", "لـ«رويترز» و«الأمل»");
	gives("zh", "他说：\"你好。\"", "他说：“你好。”");
	gives("zh", "他说：\"……\"，\"《红楼梦》\"。",
	    "他说：“……”，“《红楼梦》”。");
	gives("zh-TW", "他說：\"你好。\"", "他說：「你好。」");
	gives("zh", "他说：'你好。'他", "他说：‘你好。’他");
	gives("ja", "彼は\"平和\"と言った。", "彼は「平和」と言った。");
	gives("en", "He said,\"Yes\".", "He said,“Yes”.");
	gives("en", "It is 12\" wide and 10\"x12\" tall.",
	    "It is 12″ wide and 10″x12″ tall.");
	gives("fr", "\"Je lis l'\"Humanité\" chaque jour\"",
	    "«" N "Je lis l’«" N "Humanité" N "» chaque jour" N "»");
	gives("fr", "\"Je lis l’\"Humanité\" là\"",
	    "«" N "Je lis l’«" N "Humanité" N "» là" N "»");
	gives("en", "\"He read 'The Boat'\" and \"The Boys'\".",
	    "“He read ‘The Boat’” and “The Boys’”.");
}

static void a_quotation_ends_behind_a_dash_or_an_inner_one(void **state)
{
	(void)state;
	gives("en", "\"And then--\"", "“And then–”");
	gives("en", "\"And then--\", he said", "“And then–”, he said");
	gives("de", "\"Er sagte 'Nein'\"", "„Er sagte ‚Nein‘“");
	gives("de", "\"Er sagte 'Nein'\", sagte sie.",
	    "„Er sagte ‚Nein‘“, sagte sie.");
	gives("da", "\"Han sagde 'Nej'\", sagde hun.",
	    "»Han sagde ›Nej‹«, sagde hun.");
	gives("de", "'\"Ja\", sagte er.'", "‚„Ja“, sagte er.‘");
	gives("en", "\"He said 'no\" and the dogs' home",
	    "“He said ‘no” and the dogs’ home");
	gives("he", "אמר 'שלום' והלך.", "אמר ’שלום’ והלך.");
	gives("he", "אמר 'שלום לר' כהן' והלך.", "אמר ’שלום לר׳ כהן’ והלך.");
	gives("he", "אמר 'כן' ברח' הים.", "אמר ’כן’ ברח׳ הים.");
	gives("cs", "\"Řekl 'ne'\", řekla.", "„Řekl ‚ne‘“, řekla.");
	gives("en", "\"I think\"--he paused--\"that it is.\"",
	    "“I think”–he paused–“that it is.”");
}

static void single_marks_close_before_what_hangs_on_a_name(void **state)
{
	(void)state;
	gives("ko", "'소년이 온다'를 썼다", "‘소년이 온다’를 썼다");
	gives("ko", "소설'소년'은", "소설‘소년’은");
	gives("tr", "'Milliyet'in haberi", "‘Milliyet’in haberi");
	gives("tr", "'Milliyet'in ve 'Hürriyet'in haberi",
	    "‘Milliyet’in ve ‘Hürriyet’in haberi");
	gives("tr", "'Ankara'ya gitti' dedi.", "‘Ankara’ya gitti’ dedi.");
	gives("tr", "Ankara'nın sesi", "Ankara’nın sesi");
}

static void addresses_stay_as_they_are(void **state)
{
	(void)state;
	gives("en", "See http://a.example/x--y...z?q=\"1\" -- now.",
	    "See http://a.example/x--y...z?q=\"1\" – now.");
	gives("en", "\"http://a.example/it's--x\".",
	    "“http://a.example/it's--x”.");
	gives("en", "('https://a.example/x')...", "(‘https://a.example/x’)…");
	gives("en", "Write to a--b@mail.example--\"soon\".",
	    "Write to a--b@mail.example–“soon”.");
	gives("en", "\"o'neil@mail.example\"", "“o'neil@mail.example”");
	gives("zh", "见http://a.example/x--y，他说\"好\"。",
	    "见http://a.example/x--y，他说“好”。");
	gives("fr", "Voir http://a.example/?a;b?c ?",
	    "Voir http://a.example/?a;b?c" N "?");
	gives("en", "://\"x\" @\"y\" --@ a@-- ://", "://“x” @“y” –@ a@– ://");
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

/* A story in Markdown, and its words when they are set. */
static void story_gives(const char *lang, const char *source, const char *want)
{
	struct arena *a = arena_new(1 << 20);
	struct markdown_options options = {
	    .lang = str_of(lang), .has_typography = true};
	struct node *document;
	struct buf b;

	assert_int_equal(
	    markdown_parse(a, str_of(source), &options, &document, NULL, NULL),
	    RC_OK);
	buf_init_arena(&b, a, 4096);
	node_plain(document, 4000, &b);
	if (!str_eq(buf_str(&b), str_of(want)))
		fail_msg(
		    "%s (%s)\n gives %s\n not   %s", source, lang, b.p, want);
	arena_free(a);
}

static void trees_are_set_and_code_is_left(void **state)
{
	(void)state;
	story_gives("de",
	    "\"*Ja*\" `\"x\"` \"[nein](/a)\"\n\n> \"Oui\"\n> "
	    "{lang=fr}\n\n    \"code\" -- x\n\n\"Offen\n\n\"Neu\"",
	    "„Ja“ \"x\" „nein“\n\n«" N "Oui" N "»\n\n\"code\" -- x\n\n"
	    "„Offen\n\n„Neu“");
}

static void emphasis_and_links_end_no_quotation(void **state)
{
	(void)state;
	story_gives("en", "'I *really* mean it,' he said.",
	    "‘I really mean it,’ he said.");
	story_gives("en", "He said '[no](/a)' and 'it **is**'.",
	    "He said ‘no’ and ‘it is’.");
	story_gives("fr", "L'\"*affaire*\" est close.",
	    "L’«" N "affaire" N "» est close.");
	story_gives(
	    "ja", "彼は\"**平和**\"と言った。", "彼は「平和」と言った。");
	story_gives("de", "\"Er sagte *'Nein'*\"", "„Er sagte ‚Nein‘“");
	story_gives("en", "\"a *b*--\"", "“a b–”");
	story_gives("en", "- 'a *b* c'\n- \"d `e`\"\n", "‘a b c’\n\n“d e”");
}

static void a_single_quotation_goes_on_over_paragraphs(void **state)
{
	(void)state;
	story_gives("en", "'I went home.\n\n'Then I slept,' he said.",
	    "‘I went home.\n\n‘Then I slept,’ he said.");
	story_gives("en", "'Tis late.\n\nHe slept.", "’Tis late.\n\nHe slept.");
}

static void addresses_of_a_story_stay_as_they_are(void **state)
{
	(void)state;
	story_gives("en", "<http://a.example/x--y'z> -- <a--b@mail.example>",
	    "http://a.example/x--y'z – a--b@mail.example");
	story_gives(
	    "en", "http://a.example/*x*--y -- z", "http://a.example/x--y – z");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(quotes_follow_the_language),
	    cmocka_unit_test(french_has_its_spaces),
	    cmocka_unit_test(apostrophes_are_told_from_quotes),
	    cmocka_unit_test(words_that_lack_their_start_open_no_quotation),
	    cmocka_unit_test(feet_and_inches_are_no_quotes),
	    cmocka_unit_test(a_mark_behind_one_that_closes_closes),
	    cmocka_unit_test(a_quotation_opens_behind_a_letter),
	    cmocka_unit_test(a_quotation_ends_behind_a_dash_or_an_inner_one),
	    cmocka_unit_test(single_marks_close_before_what_hangs_on_a_name),
	    cmocka_unit_test(addresses_stay_as_they_are),
	    cmocka_unit_test(dashes_and_dots_are_set),
	    cmocka_unit_test(text_that_is_set_stays),
	    cmocka_unit_test(trees_are_set_and_code_is_left),
	    cmocka_unit_test(emphasis_and_links_end_no_quotation),
	    cmocka_unit_test(a_single_quotation_goes_on_over_paragraphs),
	    cmocka_unit_test(addresses_of_a_story_stay_as_they_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
