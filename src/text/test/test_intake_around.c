/* SPDX-License-Identifier: MIT
 *
 * What stands around a story is not for readers; what is of it stays.
 */
#include "text/test/intake_fixture.h"

static bool is_aside(const struct intake *in, const char *part)
{
	for (size_t i = 0; i < in->aside_n; i++)
		if (str_find_str(in->aside[i].text, str_of(part)) <
		    in->aside[i].text.n)
			return true;
	return false;
}

static bool is_doubted(const struct intake *in, const char *part)
{
	for (size_t i = 0; i < in->doubts_n; i++)
		if (str_find_str(in->doubts[i].text, str_of(part)) <
		    in->doubts[i].text.n)
			return true;
	return false;
}

static void nothing_below_the_end_mark_is_of_the_story(void **state)
{
	static const char *const marks[] = {"ENDS", "- ENDS -", "-ENDS-",
	    "-ends-", "[ENDS]", "*** ENDS ***", "– ENDS –", "ENDS.",
	    "---ENDS---", "(Ende)", "- Ende -", "-FIN-", "- FIN -", "-30-",
	    "— 30 —", "#####", "###", "# # #", "Ends", "(END)", "/ENDS",
	    "FIN DU COMMUNIQUÉ", "*** Конец ***", "[完]"};

	(void)state;
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		struct intake in = take(arena_printf(a,
		    HEADLINE
		    "\n\n" STORY "\n%s\n\nAbout the council:\n\n"
		    "Please call Ann Lee, who leads the press office, at home "
		    "on 01234 567890 for any questions.\n",
		    marks[i]));

		assert_str(in.m.body, STORY, marks[i]);
		assert_true(is_aside(&in, "01234 567890"));
	}
}

static void a_line_that_only_looks_like_an_end_ends_nothing(void **state)
{
	static const char *const lines[] = {"- 30", "The end of the line",
	    "End of an era", "- Ends meet", "* * *", "Kontakt verloren",
	    "Regards from the night bus", "Contact with the driver"};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct intake in = take(arena_printf(
		    a, HEADLINE "\n\n" STORY "\n%s\n\n" STORY, lines[i]));

		assert_true(str_ends(in.m.body, STR(STORY)));
		assert_false(is_aside(&in, "driver of the last bus"));
	}
}

static void an_end_mark_above_most_of_the_text_is_doubted(void **state)
{
	struct intake in =
	    take(STR(HEADLINE "\n\n" STORY "\nEnde\n\n" STORY "\n" STORY));

	(void)state;
	assert_true(is_doubted(&in, "More text stands below"));
	in = take(STR(HEADLINE "\n\n" STORY "\nEnde\n\nA line.\n"));
	assert_false(is_doubted(&in, "More text stands below"));
}

static void a_signature_is_set_aside_whatever_stands_below_it(void **state)
{
	static const char *const greetings[] = {"Best regards,",
	    "Kind regards, Ann", "Mit freundlichen Grüßen", "Cordialement,",
	    "Un saludo,", "С уважением,"};
	static const char *const below[] = {
	    "This e-mail is confidential. If you are not the intended "
	    "recipient, please delete it at once.",
	    "We think of the trees: please do not print this if you need not.",
	};

	(void)state;
	for (size_t i = 0; i < 12; i++) {
		struct intake in = take(arena_printf(a,
		    HEADLINE "\n\n" STORY
			     "\n%s\nAnn Lee\nMobile: 01234 567890\n"
			     "ann@example.org\n\n%s\n",
		    greetings[i / 2], below[i % 2]));

		assert_str(in.m.body, STORY, greetings[i / 2]);
		assert_true(is_aside(&in, "01234 567890"));
		assert_true(is_aside(&in, "ann@example.org"));
	}
}

static void the_note_above_a_greeting_is_not_the_story(void **state)
{
	struct intake in = take(STR(
	    "Subject: Night bus\nFrom: Ann\n\nHi Tom,\n\nyou will find our text "
	    "below, and we would be glad to see it in the paper of Thursday or "
	    "that of Friday.\n\nBest regards,\nAnn\n\n" HEADLINE "\n\n" STORY
	    "\n" STORY));

	(void)state;
	assert_true(str_ends(in.m.body, STR(STORY)));
}

static void notes_for_editors_are_set_aside_whatever_they_say(void **state)
{
	static const char *const labels[] = {"Notes to editors",
	    "Note to editor:", "NOTES TO EDITORS:", "Pressekontakt:",
	    "Media contact: Ann Lee", "Contact presse :", "Контакты:"};

	(void)state;
	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]) * 2; i++) {
		struct intake in = take(arena_printf(a,
		    "%s" HEADLINE "\n\n" STORY
		    "\n%s\n\nPlease call Ann Lee, who leads the press office, "
		    "at home on 01234 567890 for any questions.\n",
		    i % 2 ? "Subject: Fwd: Bus\nFrom: Ann\n\n" : "",
		    labels[i / 2]));

		assert_str(in.m.body, STORY, labels[i / 2]);
		assert_true(is_aside(&in, "01234 567890"));
	}
}

static void a_word_that_a_story_may_have_ends_none(void **state)
{
	static const char *const lines[] = {
	    "Kontakt: Tel. 040 1, Eintritt frei.", "Contact",
	    "Поздравили ветеранов\n\nДвое детей\n\nРеклама",
	    "Regards croisés\n\nРеклама", "С уважением к традициям\n\nРеклама"};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct intake in = take(arena_printf(a,
		    HEADLINE "\n\n" STORY "\n%s\n\n"
			     "The last paragraph is of the story, and it says "
			     "that the bus will come on Sundays.\n",
		    lines[i]));

		if (is_aside(&in, "The last paragraph"))
			fail_msg("lost below: %s", lines[i]);
	}
}

static void nothing_long_is_set_aside_below_an_end_in_silence(void **state)
{
	static const char *const ends[] = {"Notes to editors",
	    "Best regards,\nAnn", "Regards\nAnn",
	    "From: Ann\nTo: Tom\nDate: 12 March 2026\nSubject: Bus",
	    "Tema: el puerto\nFecha: 12 de marzo\nPara: todos"};

	(void)state;
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		struct intake in = take(arena_printf(a,
		    HEADLINE "\n\n" STORY "\n%s\n\n"
			     "The last paragraph is of the story, and it says "
			     "that the bus will come on Sundays.\n",
		    ends[i]));

		assert_true(is_aside(&in, "The last paragraph"));
		if (!is_doubted(&in, "More text stands below"))
			fail_msg("in silence: %s", ends[i]);
	}
}

static void notes_with_most_of_the_text_below_end_nothing(void **state)
{
	struct intake in = take(STR(
	    HEADLINE "\n\n" STORY "\nNotes to editors\n\n" STORY "\n" STORY));

	(void)state;
	assert_int_equal(in.aside_n, 0);
	assert_true(is_doubted(&in, "left in the story"));
}

static void whom_the_press_may_ask_is_set_aside_by_its_shape(void **state)
{
	static const char *const lines[] = {
	    "Ufficio stampa: Mario Rossi, tel. 06 1234567",
	    "För mer information, kontakta:\nAnna Svensson\n070-123 45 67",
	    ("Noot voor de redactie (niet voor publicatie):\n"
	     "Jan Jansen, 020 123 45 67"),
	    "Medienkontakt:\nUte Sander\nTel. +49 40 123456",
	    "Kontakt prasowy:\nJan Nowak, jan@example.org",
	    "Пресс-служба: +7 495 123-45-67",
	    "お問い合わせ先：\n広報部 03-1234-5678",
	    "Press office: Ann Lee, 555-123-4567.",
	    "Enquiries: Ann Lee, ann@example.org",
	    "【本件に関するお問い合わせ】広報部 山田太郎 電話番号 03-1234-5678",
	    "Presse\nLise Holm, 33 12 34 56\nweekdays only",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct intake in = take(
		    arena_printf(a, HEADLINE "\n\n" STORY "\n%s\n", lines[i]));

		assert_str(in.m.body, STORY, lines[i]);
		assert_str(in.m.dateline, "", lines[i]);
		assert_true(is_doubted(&in, "are they for readers"));
	}
}

static void a_telephone_number_in_the_story_stays_and_is_doubted(void **state)
{
	static const char *const lines[] = {
	    "Press office: Ann Lee, 01234 567890",
	    "Whoever lost a bag may call the council at 01234 567890 by noon.",
	    "Write to ann@example.org if you have seen the bus."};
	static const char *const others[] = {
	    "The bridge was built from 12.03.2024 to 05.04.2026 by the town.",
	    "It cost 12 000 000 crowns, or 1.200.000 euros, in 2014-2020.",
	    "The flat at 12 Long Road was sold in 2026."};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct intake in = take(arena_printf(
		    a, HEADLINE "\n\n" STORY "\n%s\n\n" STORY, lines[i]));

		assert_true(
		    str_find_str(in.m.body, str_of(lines[i])) < in.m.body.n);
		assert_true(is_doubted(&in, "is it for readers"));
		in = take(arena_printf(
		    a, HEADLINE "\n\n" STORY "\n%s\n\n" STORY, others[i]));
		assert_false(is_doubted(&in, "is it for readers"));
		in = take(arena_printf(
		    a, HEADLINE "\n\n" STORY "\n%s\n", lines[1 + i % 2]));
		assert_true(is_doubted(&in, "is it for readers"));
		assert_int_equal(in.aside_n, 0);
	}
}

static void other_numbers_below_the_story_are_no_contact(void **state)
{
	static const char *const lines[] = {"Votes for the bus: 1 234 567",
	    "Donations: GB12 3456 7890 1234",
	    "Open from 12.03.2026 to 15.03.2026"};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct intake in = take(
		    arena_printf(a, HEADLINE "\n\n" STORY "\n%s\n", lines[i]));

		if (in.aside_n > 0)
			fail_msg("set aside: %s", lines[i]);
	}
}

static void a_headline_is_not_lost_for_its_first_word(void **state)
{
	static const char *const headlines[] = {
	    "Shares slump after profit warning",
	    "Share prices fall in Tokyo",
	    "Telegram founder arrested in Paris",
	    "WhatsApp to show advertisements in chats",
	    "Comments by minister spark outrage",
	    "Minister regrets comments on nurses",
	    "Donated kidneys save three lives",
	    "Donate blood, hospitals ask",
	    "Embargo on Russian oil takes effect",
	    "Anzeigen gegen Polizisten nehmen zu",
	    "Anzeige gegen Polizisten erstattet",
	    "Werbung für Tabak wird verboten",
	    "Wiederholung der Wahl in Berlin",
	    "Achtung vor dem Gesetz sinkt",
	    "Teilen macht viele Menschen froh",
	    "Von meinem Leben auf der Insel",
	    "Copyright law to be changed",
	    "Menu prices rise again",
	    "All rights groups condemn the law",
	    "Updated rules for ferries come into force",
	    "Boletín oficial publica la ley",
	    "Apoya el Congreso la reforma",
	    "Реклама подорожает на треть",
	    "Комментарии министра вызвали гнев",
	    "دخول المساعدات إلى غزة",
	    "إعلان نتائج الانتخابات في لبنان",
	    "Gazze'ye yardım gemisi gönderildi",
	    "Di Maria returns to Argentina",
	    "Von Storch verlässt die Fraktion",
	    "Von Menschen und Mäusen",
	    "By Monday all ferries will be back",
	    "De Blasio enters race for Congress",
	    "广告收入因此下降了三成",
	    "분양 광고 규제 강화된다",
	    "Vor 35 Jahren fiel die Mauer",
	    "Hace 40 años murió Franco",
	    "What the G7 want",
	    "Newsletter scam hits thousands",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(headlines) / sizeof(headlines[0]); i++) {
		struct intake in = take(arena_printf(a,
		    "%s\n\nBy Ann Lee\n\n12 March 2026\n\n" STORY,
		    headlines[i]));

		assert_str(in.m.headline, headlines[i], headlines[i]);
		assert_int_equal(in.m.authors.n, 1);
		assert_str(in.m.authors.v[0], "Ann Lee", headlines[i]);
	}
}

static void what_a_release_calls_itself_is_no_headline(void **state)
{
	static const char *const lines[] = {
	    "NEWS RELEASE – FOR IMMEDIATE RELEASE",
	    "Pressemitteilung zur sofortigen Veröffentlichung",
	    "COMMUNIQUÉ DE PRESSE - POUR DIFFUSION IMMÉDIATE",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct intake in = take(
		    arena_printf(a, "%s\n\n" HEADLINE "\n\n" STORY, lines[i]));

		assert_str(in.m.headline, HEADLINE, lines[i]);
		assert_true(is_aside(&in, lines[i]));
	}
}

static void a_paragraph_is_not_lost_for_a_word_in_it(void **state)
{
	static const char *const paragraphs[] = {
	    "The scouts sold cookies at every door in the county, and their "
	    "leader said that it was the best year since 1987.",
	    "Copyright law will be changed by the end of the year, the "
	    "minister said, to protect singers and authors.",
	    "Shares in the bakery rose by 4 percent.",
	    "Facebook declined to comment.",
	    "Comments were not to be had from the mayor.",
	    "Share the work, share the pay, she said.",
	    "اشترك ثلاثة علماء في الفوز بجائزة نوبل للكيمياء لهذا العام تقديرا "
	    "لأعمالهم في مجال البطاريات، حسبما أعلنت الأكاديمية السويدية.",
	    "شارك الرئيس في القمة العربية يوم الثلاثاء.",
	    "Фото разрушенного моста опубликовала газета.",
	    "Полиция расследует рассылку угроз.",
	    "广告收入因此下降了三成。",
	    "分享经济公司对此表示欢迎。",
	    "BC-based Teck said that the mine will be closed in a month.",
	    "No comment.",
	    "“No comment.”",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(paragraphs) / sizeof(paragraphs[0]);
	     i++) {
		struct intake in = take(arena_printf(
		    a, HEADLINE "\n\n" STORY "\n%s\n\n" STORY, paragraphs[i]));

		if (str_find_str(in.m.body, str_of(paragraphs[i])) ==
		    in.m.body.n)
			fail_msg("lost: %s", paragraphs[i]);
		assert_str(in.m.picture.credit, "", paragraphs[i]);
	}
}

static void what_is_round_a_page_is_still_set_aside(void **state)
{
	static const char *const lines[] = {"Share", "Share this article",
	    "Share on Facebook", "Facebook Twitter WhatsApp", "12 comments",
	    "Comments (12)", "Leave a comment", "Anzeige", "Werbung",
	    "Advertisement - scroll to continue", "© 2026 The Courier",
	    "All rights reserved.", "Newsletter", "Log in", "دخول", "광고",
	    "We use cookies to improve this site. Accept all cookies?",
	    "Subscribe to our newsletter", "Copyright 2026 The Courier",
	    "شارك المقال", "Support us today"};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct intake in = take(arena_printf(
		    a, HEADLINE "\n\n" STORY "\n%s\n\n" STORY, lines[i]));

		if (!is_aside(&in, lines[i]))
			fail_msg("not set aside: %s", lines[i]);
	}
}

static void a_sentence_that_is_set_aside_is_doubted(void **state)
{
	struct intake in = take(STR(HEADLINE
	    "\n\n" STORY "\nSubscribe to the paper, said the mayor in his "
	    "speech of Friday.\n\n" STORY));

	(void)state;
	assert_true(is_aside(&in, "Subscribe to the paper"));
	assert_true(is_doubted(&in, "Subscribe to the paper"));
	in = take(STR(HEADLINE "\n\n" STORY "\nSubscribe now\n\n" STORY));
	assert_false(is_doubted(&in, "Subscribe"));
	/* No spaces part the words. */
	in = take(
	    STR(HEADLINE "\n\n" STORY "\n支援する団体の代表は「続けてほしい」と"
			 "話した。\n\n" STORY));
	assert_true(is_doubted(&in, "支援する団体"));
}

static void editors_in_a_story_are_doubted(void **state)
{
	static const char *const line =
	    "Editors: the people who read it first, the mayor said with a "
	    "smile.";
	struct intake in =
	    take(arena_printf(a, HEADLINE "\n\n" STORY "\n%s\n\n" STORY, line));

	(void)state;
	assert_true(is_doubted(&in, line));
}

static void a_standfirst_is_not_lost_for_a_syllable(void **state)
{
	static const char *const line =
	    "Drei Projekte für mehr Pressefreiheit werden vorgestellt.";
	struct intake in = take(
	    arena_printf(a, HEADLINE "\n\n%s\n\nBy Ann Lee\n\n" STORY, line));

	(void)state;
	assert_str(in.m.standfirst, line, "standfirst");
}

static void what_is_above_a_story_is_still_set_aside(void **state)
{
	static const char *const lines[] = {"vor 2 Stunden", "hace 2 horas",
	    "il y a 3 heures", "Newsletter abonnieren", "bfk0123 3 pl 150",
	    "Ekte basın bülteni bulunmaktadır.", "BC-US--Night Bus"};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct intake in = take(
		    arena_printf(a, "%s\n\n" HEADLINE "\n\n" STORY, lines[i]));

		if (!is_aside(&in, lines[i]))
			fail_msg("not set aside: %s", lines[i]);
		assert_str(in.m.headline, HEADLINE, lines[i]);
	}
}

static void the_day_in_brackets_of_a_dateline_is_its_day(void **state)
{
	struct intake in = take(STR(HEADLINE
	    "\n\nCHICAGO (March 12, 2026) – The council of Port Lune voted on "
	    "Monday to keep the night bus, after two hundred people had asked "
	    "for it.\n\n" STORY));

	(void)state;
	assert_str(in.m.dateline, "Chicago", "place");
	assert_int_equal(in.m.authors.n, 0);
	assert_true(in.m.has_published);
	assert_int_equal(in.m.published.day, 12);
	in = take(STR(HEADLINE
	    "\n\nCHICAGO (Thursday, 12 March 2026) – The council of Port Lune "
	    "voted on Monday to keep the night bus.\n\n" STORY));
	assert_int_equal(in.m.authors.n, 0);
	assert_int_equal(in.m.published.day, 12);
	in = take(STR(HEADLINE
	    "\n\nCHICAGO (Reuters, March 12, 2026) – The council of Port Lune "
	    "voted on Monday to keep the night bus, after two hundred people "
	    "had asked for it.\n\n" STORY));
	assert_int_equal(in.m.authors.n, 1);
	assert_str(in.m.authors.v[0], "Reuters", "agency");
	assert_int_equal(in.m.published.day, 12);
}

static void a_dash_in_a_sentence_makes_no_dateline(void **state)
{
	static const struct {
		const char *lede;
		bool is_doubted;
	} cases[] = {
	    {"In 2015 - two years after the great flood - the council promised "
	     "that the bridge would stay open.",
		false},
	    {"In 2015 - Two years after the great flood the council promised "
	     "that the bridge would stay open.",
		true},
	    {"NASA – which had planned the launch for Tuesday – said that the "
	     "rocket would stay on the ground.",
		false},
	    {"The European Union (EU) – which has its seat in Brussels – said "
	     "that it would look at the bridge.",
		true},
	    {"Angela Merkel, 63 – The Chancellor who came from the north and "
	     "stayed for sixteen years.",
		true},
	    {"قال الرئيس - في خطاب متلفز مساء الثلاثاء - إن الجسر القديم سيغلق "
	     "لمدة عامين من أجل إعادة بنائه.",
		true},
	    {"وأضاف رئيس المجلس في كلمته - بعد الجلسة - إن الجسر القديم سيغلق "
	     "لمدة عامين من أجل إعادة بنائه.",
		false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct intake in = take(arena_printf(a,
		    HEADLINE "\n\nBy Ann Lee\n\n%s\n\n" STORY, cases[i].lede));

		assert_str(in.m.dateline, "", cases[i].lede);
		assert_true(str_starts(in.m.body, str_of(cases[i].lede)));
		if (is_doubted(&in, "may be the dateline") !=
		    cases[i].is_doubted)
			fail_msg("doubted or not: %s", cases[i].lede);
	}
}

static void an_arabic_dateline_with_agency_or_day_is_taken(void **state)
{
	struct intake in = take(STR(
	    "إغلاق الجسر القديم لمدة عامين\n\nالقاهرة (رويترز) - قال رئيس "
	    "المجلس إن الجسر القديم سيغلق لمدة عامين من أجل إعادة بنائه.\n"));

	(void)state;
	assert_str(in.m.dateline, "القاهرة", "agency");
}

/* All of an HTML mail is on one line of the source. */
static void what_is_set_aside_from_one_line_keeps_its_order(void **state)
{
	struct intake in =
	    take(STR("From: Ann\nSubject: Night bus stays\n"
		     "Content-Type: text/html\n\n<p>Share</p><p>Tweet</p>"
		     "<p>Telegram</p><p>Facebook</p><p>Print</p><p>Menu</p>"
		     "<p>The council of Port Lune voted on Monday to keep the "
		     "night bus, after two hundred people had asked for it.</p>"
		     "<p>Log in</p><p>Newsletter</p>"));

	(void)state;
	for (size_t i = 1; i < in.aside_n; i++)
		if (in.aside[i].line == in.aside[i - 1].line)
			assert_true(in.aside[i].nth > in.aside[i - 1].nth);
	assert_true(in.aside_n > 8);
	assert_str(in.aside[in.aside_n - 8].text, "Share", "first");
	assert_str(in.aside[in.aside_n - 1].text, "Newsletter", "last");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(nothing_below_the_end_mark_is_of_the_story),
	    TEST(a_line_that_only_looks_like_an_end_ends_nothing),
	    TEST(an_end_mark_above_most_of_the_text_is_doubted),
	    TEST(a_signature_is_set_aside_whatever_stands_below_it),
	    TEST(the_note_above_a_greeting_is_not_the_story),
	    TEST(notes_for_editors_are_set_aside_whatever_they_say),
	    TEST(a_word_that_a_story_may_have_ends_none),
	    TEST(nothing_long_is_set_aside_below_an_end_in_silence),
	    TEST(notes_with_most_of_the_text_below_end_nothing),
	    TEST(whom_the_press_may_ask_is_set_aside_by_its_shape),
	    TEST(a_telephone_number_in_the_story_stays_and_is_doubted),
	    TEST(other_numbers_below_the_story_are_no_contact),
	    TEST(a_headline_is_not_lost_for_its_first_word),
	    TEST(what_a_release_calls_itself_is_no_headline),
	    TEST(a_paragraph_is_not_lost_for_a_word_in_it),
	    TEST(what_is_round_a_page_is_still_set_aside),
	    TEST(a_sentence_that_is_set_aside_is_doubted),
	    TEST(editors_in_a_story_are_doubted),
	    TEST(a_standfirst_is_not_lost_for_a_syllable),
	    TEST(what_is_above_a_story_is_still_set_aside),
	    TEST(the_day_in_brackets_of_a_dateline_is_its_day),
	    TEST(a_dash_in_a_sentence_makes_no_dateline),
	    TEST(what_is_set_aside_from_one_line_keeps_its_order),
	    TEST(an_arabic_dateline_with_agency_or_day_is_taken),
	};

	return cmocka_run_group_tests_name("intake_around", tests, NULL, NULL);
}
