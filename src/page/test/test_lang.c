/* SPDX-License-Identifier: MIT */
#include "page/lang.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "page/html.h"
#include "page/page.h"

static struct buf b;

static int start(void **state)
{
	(void)state;
	buf_init(&b, 1 << 20);
	return 0;
}

static int end(void **state)
{
	(void)state;
	buf_done(&b);
	return 0;
}

static const char *text_of(const char *text, const char *lang)
{
	buf_clear(&b);
	lang_text(&b, str_of(text), str_of(lang));
	buf_char(&b, '\0');
	assert_int_equal(buf_rc(&b), RC_OK);
	return b.p;
}

static void words_of_another_script_are_marked(void **state)
{
	(void)state;
	assert_string_equal(
	    text_of("Plain & short", "de"), "Plain &amp; short");
	assert_string_equal(text_of("Die Brücke über der Watt", "de"),
	    "Die Brücke über der Watt");
	assert_string_equal(text_of("Sie rief: „שלום לכם!“ und ging.", "de"),
	    "Sie rief: „<span lang=\"und-Hebr\" dir=\"rtl\">שלום לכם!</span>“ "
	    "und ging.");
	assert_string_equal(text_of("היא אמרה \"good morning\" והלכה", "he"),
	    "היא אמרה &quot;<span lang=\"und-Latn\" dir=\"ltr\">good "
	    "morning</span>&quot; והלכה");
	/* A name in other letters is no run. */
	assert_string_equal(
	    text_of("אל Facebook הלכו", "he"), "אל Facebook הלכו");
	assert_string_equal(text_of("Слово «мир всем» и a b", "ru"),
	    "Слово «мир всем» и <span lang=\"und-Latn\">a b</span>");
	assert_string_equal(text_of("Film „となりのトトロ“ läuft", "de"),
	    "Film „<span lang=\"ja\">となりのトトロ</span>“ läuft");
	/* Serbian has two. */
	assert_string_equal(text_of("Добро јутро", "sr"), "Добро јутро");
	assert_string_equal(
	    text_of("Dobro jutro, ljudi", "sr"), "Dobro jutro, ljudi");
	assert_string_equal(text_of("", "he"), "");
	assert_string_equal(text_of("Words", ""), "Words");
}

static void a_text_all_of_another_script_keeps_its_signs(void **state)
{
	(void)state;
	assert_string_equal(text_of("The bridge is open.", "he"),
	    "<span lang=\"und-Latn\" dir=\"ltr\">The bridge is open.</span>");
	assert_string_equal(text_of("הגשר פתוח!", "en"),
	    "<span lang=\"und-Hebr\" dir=\"rtl\">הגשר פתוח!</span>");
}

static void a_sentence_in_marks_of_its_own_keeps_its_end(void **state)
{
	(void)state;
	assert_string_equal(text_of("הוא כתב: “All is well.” והלך", "he"),
	    "הוא כתב: “<span lang=\"und-Latn\" dir=\"ltr\">All is "
	    "well.</span>” והלך");
	assert_string_equal(text_of("(all is well…) אמר", "he"),
	    "(<span lang=\"und-Latn\" dir=\"ltr\">all is well…</span>) אמר");
	/* That one ends the sentence around it. */
	assert_string_equal(text_of("הוא שר all is well.", "he"),
	    "הוא שר <span lang=\"und-Latn\" dir=\"ltr\">all is well</span>.");
	assert_string_equal(text_of("“all is well”. כך אמר", "he"),
	    "“<span lang=\"und-Latn\" dir=\"ltr\">all is well</span>”. כך "
	    "אמר");
}

#define LTR(number) "<bdi dir=\"ltr\">" number "</bdi>"

static void a_quotation_that_ends_within_a_run_begins_there(void **state)
{
	(void)state;
	assert_string_equal(text_of("כך. “All is well,” it said. והלך", "he"),
	    "כך. <span lang=\"und-Latn\" dir=\"ltr\">“All is well,” it said.</"
	    "span> והלך");
	assert_string_equal(text_of("כך “All’s well” it said והלך", "he"),
	    "כך <span lang=\"und-Latn\" dir=\"ltr\">“All’s well” it said</"
	    "span> והלך");
	assert_string_equal(text_of("כך “all isn’t well” והלך", "he"),
	    "כך “<span lang=\"und-Latn\" dir=\"ltr\">all isn’t well</span>” "
	    "והלך");
}

#define LATIN(words) "<span lang=\"und-Latn\" dir=\"ltr\">" words "</span>"

static void marks_and_numbers_behind_a_run_belong_to_it(void **state)
{
	(void)state;
	assert_string_equal(text_of("טורניר World Cup 2026 ייפתח", "he"),
	    "טורניר " LATIN("World Cup 2026") " ייפתח");
	assert_string_equal(
	    text_of("ארגון World Health Organization (WHO) הודיע", "he"),
	    "ארגון " LATIN("World Health Organization (WHO)") " הודיע");
	assert_string_equal(text_of("רכב Tesla Model 3 (2024), 5 דלתות", "he"),
	    "רכב " LATIN("Tesla Model 3 (2024)") ", 5 דלתות");
	assert_string_equal(text_of("הוא אמר \"Hello (world)\" ויצא", "he"),
	    "הוא אמר &quot;" LATIN("Hello (world)") "&quot; ויצא");
	assert_string_equal(text_of("ספר See “All is well” 1.5-2% כך", "he"),
	    "ספר " LATIN("See “All is well” 1.5-2%") " כך");
	assert_string_equal(text_of("شركة World Cup (2026 دولة)", "ar"),
	    "شركة " LATIN("World Cup") " (2026 دولة)");
	/* Theirs are the marks that do not begin there, and these numbers. */
	assert_string_equal(text_of("(ראו World Cup) 3א", "he"),
	    "(ראו " LATIN("World Cup") ") 3א");
	assert_string_equal(text_of("Sie rief שלום לכם 40 Mal", "de"),
	    "Sie rief <span lang=\"und-Hebr\" dir=\"rtl\">שלום לכם</span> "
	    "40 Mal");
	assert_string_equal(text_of("Сказал good day (GD) 40 раз", "ru"),
	    "Сказал <span lang=\"und-Latn\">good day (GD)</span> 40 раз");
}

static void a_hyphen_that_joins_a_hebrew_word_is_no_sign(void **state)
{
	(void)state;
	assert_string_equal(text_of("ב-1.12.2026", "he"), "ב-1.12.2026");
	assert_string_equal(
	    text_of("ל-3 או COVID-19", "he"), "ל-3 או COVID-19");
	assert_string_equal(
	    text_of("חום של -3", "he"), "חום של <bdi dir=\"ltr\">-3</bdi>");
}

static void what_joins_two_numbers_is_no_sign(void **state)
{
	static const char *const ranges[] = {"שעות 9:00-17:00", "3.5-4.5",
	    "10%-20%", "1.1.2020-3.1.2020", "100$-200$", "100€-200€", "5₪-7₪",
	    "£5-£7", "20\u22125"};

	(void)state;
	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		assert_string_equal(text_of(ranges[i], "he"), ranges[i]);
	assert_string_equal(text_of("من 9:00-17:00 و 3.5-4.5", "ar"),
	    "من 9:00-17:00 و 3.5-4.5");
	assert_string_equal(text_of("9:00 -3", "he"), "9:00 " LTR("-3"));
	assert_string_equal(text_of("10%: -3%", "ar"), "10%: " LTR("-3%"));
}

static void numbers_keep_their_order_from_right_to_left(void **state)
{
	(void)state;
	assert_string_equal(text_of("أو +961 1 555 0100.", "ar"),
	    "أو " LTR("+961 1 555 0100") ".");
	assert_string_equal(
	    text_of("(+15%) و-3,5", "ar"), "(" LTR("+15%") ") و" LTR("-3,5"));
	assert_string_equal(text_of("يوم 2026-11-28 فجرا", "ar"),
	    "يوم " LTR("2026-11-28") " فجرا");
	assert_string_equal(
	    text_of("60 000 دينار", "ar"), LTR("60 000") " دينار");
	assert_string_equal(text_of("555 0100", "he"), LTR("555 0100"));
	/* These stay together by themselves, or are read from the right. */
	assert_string_equal(text_of("12/12/2026 06:30 1.200,50", "ar"),
	    "12/12/2026 06:30 1.200,50");
	assert_string_equal(text_of("2019-2021 15%", "ar"), "2019-2021 15%");
	assert_string_equal(text_of("في 14 سفينة", "ar"), "في 14 سفينة");
	assert_string_equal(text_of("+15% 60 000", "en"), "+15% 60 000");
}

/* --- A paper in a language without a catalogue --- */

static struct view_link sections[] = {
    {STR_INIT("עיר"), STR_INIT("/section/city")}};
static const struct view_money ten = {STR_INIT("EUR"), 10, 0};
static struct view_choice choices[1];
static const struct view_paper paper = {
    .name = STR_INIT("העיתון"),
    .lang = STR_INIT("he"),
    .origin = STR_INIT("https://test.example"),
    .publisher = STR_INIT("המערכת"),
    .address = STR_INIT("רחוב הנמל"),
    .support_text = STR_INIT("עזרו לנו."),
    .support_url = STR_INIT("/support"),
    .sections = {sections, 1},
    .has_corrections = true,
};

/* Fails where English stands that nobody has marked: Latin letters in text or
 * label of an element that is in no other language than the page, which is in
 * PAGE. */
struct marked {
	bool is_english[64];
	size_t depth;
};

static bool is_void(struct str name)
{
	static const char *const names[] = {
	    "meta", "link", "br", "img", "input", "!DOCTYPE", "wbr", "source"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_eq(name, str_of(names[i])))
			return true;
	return false;
}

static bool has_latin(struct str s)
{
	for (size_t i = 0; i + 1 < s.n; i++) {
		if (s.p[i] == '&')
			while (i < s.n && s.p[i] != ';')
				i++;
		else if (ascii_is_alpha(s.p[i]) && ascii_is_alpha(s.p[i + 1]))
			return true;
	}
	return false;
}

static struct str attr_of(struct str tag, const char *name)
{
	struct str rest =
	    str_from(tag, str_find_str(tag, str_of(name)) + strlen(name));

	return str_cut(&rest, '"');
}

/* Names of formats and of the currency are words of no language. */
static bool is_of_none(struct str text)
{
	static const char *const names[] = {
	    "RSS", "Atom", "JSON Feed", "BTC", "sat", "EUR"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_eq(str_trim(text), str_of(names[i])))
			return true;
	return false;
}

static void check_text(const struct marked *m, struct str text)
{
	if (!m->is_english[m->depth] && has_latin(text) && !is_of_none(text))
		fail_msg("not marked: %.*s", STR_ARG(text));
	for (size_t i = 0; m->is_english[m->depth] && i < text.n; i++)
		if ((unsigned char)text.p[i] == 0xD7)
			fail_msg("marked as English: %.*s", STR_ARG(text));
}

static void check_tag(struct marked *m, struct str tag)
{
	struct str rest = tag;
	struct str name = str_cut(&rest, ' ');

	if (tag.p[0] == '/') {
		m->depth--;
		return;
	}
	if (is_void(name))
		return;
	assert_true(++m->depth < 64);
	m->is_english[m->depth] = m->is_english[m->depth - 1];
	if (str_find_str(tag, STR(" lang=\"")) < tag.n)
		m->is_english[m->depth] =
		    str_eq(attr_of(tag, " lang=\""), STR("en"));
	check_text(m, attr_of(tag, " aria-label=\""));
}

static void check_marked(const char *what)
{
	struct str rest = buf_str(&b);
	struct marked m = {.depth = 0};
	bool is_title = false;

	assert_int_equal(buf_rc(&b), RC_OK);
	while (rest.n > 0) {
		struct str text = str_cut(&rest, '<');
		struct str tag = str_cut(&rest, '>');

		/* Scripts and styles are for machines, and a title can have no
		 * element within. */
		if (!is_title)
			check_text(&m, text);
		is_title = str_starts(tag, STR("title"));
		if (str_starts(tag, STR("script")) ||
		    str_starts(tag, STR("style"))) {
			rest = str_from(rest, str_find_str(rest, STR("</")));
			(void)str_cut(&rest, '>');
		} else if (tag.n > 0) {
			check_tag(&m, tag);
		}
	}
	if (m.depth != 0)
		fail_msg("%s: %zu elements are open", what, m.depth);
}

static const struct civil day = {
    .year = 2026, .month = 11, .day = 22, .hour = 8, .has_time = true};

static void pages_around_stories_say_which_words_are_english(void **state)
{
	struct view_archive_row rows[] = {
	    {.date = day, .url = STR("/archive/2026/11"), .stories = 3}};
	struct view_archive archive = {.url = STR("/archive/2026"),
	    .year = 2026,
	    .rows = rows,
	    .rows_n = 1,
	    .newer = STR("/archive/2027")};
	struct view_list list = {.kind = VIEW_DAY,
	    .url = STR("/2026/11/22"),
	    .day = day,
	    .day_before = day,
	    .older = STR("/x")};
	struct view_front front = {.today = day};
	struct view_notice notice = {.status = 404};
	struct node body = {.kind = NODE_DOCUMENT};
	struct view_about about = {.url = STR("/about"), .body = &body};
	struct view_notices notices = {.url = STR("/corrections")};

	(void)state;
	page_archive(&b, &paper, &archive);
	check_marked("archive");
	buf_clear(&b);
	page_list(&b, &paper, &list);
	check_marked("day");
	/* Within: a link has its gap on the page's side. */
	assert_non_null(strstr(b.p, "<a href=\"/archive/2026\"><span lang="));
	buf_clear(&b);
	list.kind = VIEW_TAG;
	list.title = STR("גשר");
	page_list(&b, &paper, &list);
	check_marked("tag");
	buf_clear(&b);
	page_front(&b, &paper, &front);
	check_marked("front");
	buf_clear(&b);
	page_notice(&b, &paper, &notice);
	check_marked("notice");
	buf_clear(&b);
	page_about(&b, &paper, &about);
	check_marked("about");
	buf_clear(&b);
	page_corrections(&b, &paper, &notices);
	check_marked("corrections");
}

static void a_support_page_is_in_the_language_of_its_words(void **state)
{
	struct view_support support = {
	    .state = VIEW_SUPPORT_OPEN, .has_rate = true};
	struct view_support_notice notice = {.kind = VIEW_NOTICE_BUSY};
	struct view_verify verify = {.html_url = STR("/support/verify.html")};

	(void)state;
	choices[0] = (struct view_choice){
	    .value = STR("10"), .money = ten, .what = STR("יום אחד")};
	support.amounts = (struct view_choices){choices, 1};
	page_support(&b, &paper, &support);
	check_marked("support");
	assert_non_null(strstr(b.p, "<html lang=\"en\">"));
	assert_non_null(strstr(b.p, "<p lang=\"he\" dir=\"rtl\">עזרו לנו."));
	buf_clear(&b);
	page_support_notice(&b, &paper, &notice);
	check_marked("notice");
	buf_clear(&b);
	page_support_verify(&b, &paper, &verify);
	check_marked("verify");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(
		words_of_another_script_are_marked, start, end),
	    cmocka_unit_test_setup_teardown(
		a_text_all_of_another_script_keeps_its_signs, start, end),
	    cmocka_unit_test_setup_teardown(
		a_sentence_in_marks_of_its_own_keeps_its_end, start, end),
	    cmocka_unit_test_setup_teardown(
		a_quotation_that_ends_within_a_run_begins_there, start, end),
	    cmocka_unit_test_setup_teardown(
		marks_and_numbers_behind_a_run_belong_to_it, start, end),
	    cmocka_unit_test_setup_teardown(
		a_hyphen_that_joins_a_hebrew_word_is_no_sign, start, end),
	    cmocka_unit_test_setup_teardown(
		what_joins_two_numbers_is_no_sign, start, end),
	    cmocka_unit_test_setup_teardown(
		numbers_keep_their_order_from_right_to_left, start, end),
	    cmocka_unit_test_setup_teardown(
		pages_around_stories_say_which_words_are_english, start, end),
	    cmocka_unit_test_setup_teardown(
		a_support_page_is_in_the_language_of_its_words, start, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
