/* SPDX-License-Identifier: MIT
 *
 * Stories that come as mails, with the heads and parts that mail programs give
 * them.
 */
#include "text/test/intake_fixture.h"

#include <string.h>
#include <time.h>

#include "base/buf.h"

static void assert_has(struct str s, const char *part)
{
	if (str_find_str(s, str_of(part)) == s.n)
		fail_msg("\"%s\" is not in: %.*s", part, STR_ARG(s));
}

static void what_programs_write_into_a_head_is_no_story(void **state)
{
	static const struct {
		const char *text;
	} heads[] = {
	    {"Return-Path: <ann@marren.example>\n"
	     "Received: from mail.marren.example\n\tby mx.courier.example\n"
	     "DKIM-Signature: v=1; a=rsa-sha256;\n\ts=sel; bh=abc\n"
	     "X-Spam_Status: No\nFrom: Ann Tolley <ann@marren.example>\n"
	     "References: <1@x.example>\nSubject: Night bus stays\n"
	     "Autocrypt: addr=ann\nIn-Reply-To: <122@courier.example>\n"},
	    {"From ann@marren.example Fri May  1 20:00:00 2026\n"
	     "Delivered-To: desk@courier.example\n"
	     "Authentication-Results: mx.courier.example; dkim=pass\n"
	     "From: Ann Tolley <ann@marren.example>\n"
	     "Subject: Night bus stays\n"},
	    {"From: Ann Tolley <ann@marren.example>\nMIME-Version: 1.0\n"
	     "Subject: Night bus stays\nPrecedence: list\nLines: 12\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++) {
		struct intake in =
		    take(arena_printf(a, "%s\n%s", heads[i].text, STORY));

		assert_str(in.m.headline, "Night bus stays", "text");
		assert_str(in.m.body, STORY, "text");
		for (size_t k = 0; k < in.aside_n; k++)
			assert_string_equal(in.aside[k].what, "mail header");
	}
}

static void a_word_with_a_colon_below_a_head_is_of_the_story(void **state)
{
	struct intake in;

	(void)state;
	in = take(STR("From: Ann\nSubject: Night bus stays\n"
		      "Monday: the night bus stays, said the council of Port "
		      "Lune after a long meeting in the old hall.\n"));
	assert_str(in.m.body,
	    "Monday: the night bus stays, said the council of Port Lune after "
	    "a long meeting in the old hall.\n",
	    "text");
	in = take(STR("Update: the night bus stays\n\n" STORY));
	assert_str(in.m.headline, "Update: the night bus stays", "text");
	in = take(STR("From the harbour comes news of the bus\nFrom: Ann\n"
		      "Subject: Bus\n\n" STORY));
	assert_str(
	    in.m.headline, "From the harbour comes news of the bus", "text");
	in = take(STR("Update: the night bus stays\n\n" STORY));
	assert_str(in.m.headline, "Update: the night bus stays", "text");
}

static void a_subject_on_several_lines_is_one(void **state)
{
	struct intake in = take(
	    STR("From: Ann\nSubject: Council buys a second boat for the "
		"harbour crossing, and\n fares will\n\tstay\nTo: b\n\n" STORY));

	(void)state;
	assert_str(in.m.headline,
	    "Council buys a second boat for the harbour crossing, and fares "
	    "will stay",
	    "text");
}

static double seconds_for(size_t subject, unsigned lines)
{
	struct intake in;
	struct buf b;
	clock_t start;

	buf_init_arena(&b, a, 1 << 22);
	buf_lit(&b, "From: a\nSubject: ");
	buf_fill(&b, 'x', subject);
	buf_lit(&b, "\n\n" STORY "\n");
	for (unsigned i = 0; i < lines; i++)
		buf_lit(&b, "a b\n\n");
	start = clock();
	(void)!intake_read(a, buf_str(&b), STR("en"), &in, NULL);
	return (double)(clock() - start) / CLOCKS_PER_SEC;
}

static void a_long_subject_costs_each_line_nothing(void **state)
{
	double without = seconds_for(1, 4000);
	double with = seconds_for(100000, 4000);

	(void)state;
	if (with > without * 3 + 0.1)
		fail_msg("%.2f s for %.2f s", with, without);
}

/* Also where it is not marked but by the line above it. */
static void the_mail_that_html_answers_is_no_part_of_the_story(void **state)
{
	struct intake in = take(STR(
	    "From: Ann\nSubject: Re: Night bus stays\n"
	    "Content-Type: text/html\n\n<p>The council of Port Lune voted on "
	    "Monday to keep the night bus, after two hundred people had asked "
	    "for it in writing.<p>The driver of the last bus said that he had "
	    "never seen so many people at a meeting of the council before."
	    "<div>On Mon, Mar 2, 2026 Joel wrote:<br></div><blockquote><div>"
	    "Please send me your text, Ann, and do not tell anybody about the "
	    "thing with the mayor and his sister.</div></blockquote>"));

	(void)state;
	assert_str(in.m.headline, "Night bus stays", "text");
	assert_str(in.m.body, STORY, "text");
}

static void a_note_above_the_mail_that_is_passed_on_is_no_story(void **state)
{
	static const char *const marks[] = {
	    "---------- Forwarded message ---------\n",
	    "Begin forwarded message:\n",
	    "-------- Weitergeleitete Nachricht --------\n",
	    "---------- Message transféré ---------\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		struct intake in = take(arena_printf(a,
		    "Hi Joel,\n\nthis is what we got from the harbour, please "
		    "look at the numbers before it goes out, I do not trust the "
		    "second one at all. And call me about my salary, which has "
		    "not come since January, please.\n\n%s"
		    "From: Ann Tolley <ann@marren.example>\n"
		    "Date: Fri, 1 May 2026 at 20:00\n"
		    "Subject: Bus\nTo: <desk@courier.example>\n\n"
		    "Council keeps the night bus\n\n" STORY,
		    marks[i]));

		assert_str(
		    in.m.headline, "Council keeps the night bus", "text");
		assert_str(in.m.body, STORY, "text");
		assert_int_equal(in.m.standfirst.n, 0);
	}
}

/* What is short below the mark is no story. */
static void a_story_above_a_mail_that_is_passed_on_stays(void **state)
{
	struct intake in =
	    take(STR("Council keeps the night bus\n\n" STORY
		     "\n---------- Forwarded message ---------\n"
		     "From: Ann\nSubject: Bus\nTo: b\n\nThanks, Ann.\n"));

	(void)state;
	assert_str(in.m.headline, "Council keeps the night bus", "text");
	assert_str(in.m.body, STORY, "text");
}

static void a_large_picture_beside_a_story_is_no_reason_to_refuse(void **state)
{
	struct intake in;
	struct err err;
	struct buf b;

	(void)state;
	buf_init_arena(&b, a, 4 << 20);
	buf_lit(&b, "Subject: Night bus stays\nFrom: a\n"
		    "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n" STORY
		    "--b\nContent-Type: image/png\n"
		    "Content-Transfer-Encoding: base64\n\n");
	for (unsigned i = 0; i < 30000; i++)
		buf_lit(&b, "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptV"
			    "AAAACklEQVR4nGNg\n");
	assert_true(b.n > MANUSCRIPT_MAX);
	in = take(buf_str(&b));
	assert_str(in.m.body, STORY, "text");
	/* A text of that size is, also in a mail. */
	assert_int_equal(
	    intake_read(a, str_from(buf_str(&b), 200), STR("en"), &in, &err),
	    RC_LIMIT);
	buf_clear(&b);
	buf_lit(&b, "Subject: Night bus stays\nFrom: a\n"
		    "Content-Type: text/html\n\n");
	while (b.n <= MANUSCRIPT_MAX + 1000)
		buf_lit(&b, "Night bus stays. ");
	assert_int_equal(
	    intake_read(a, buf_str(&b), STR("en"), &in, &err), RC_LIMIT);
}

static void a_line_of_two_hyphens_may_part_a_story(void **state)
{
	struct intake in;

	(void)state;
	in = take(
	    STR("Council keeps the night bus\n\nThe mayor had asked for it "
		"more than once, in letters and in speech.\n\n--\n\n" STORY));
	assert_has(in.m.body, "The driver of the last bus");
	in = take(STR("Council keeps the night bus\n\n" STORY
		      "\n--\nAnn Tolley\nMarren 12, 34567 Port Lune\n"));
	assert_str(in.m.body, STORY, "text");
	in = take(STR("Council keeps the night bus\n\n" STORY
		      "\n-- \nAnn Tolley\n" STORY));
	assert_str(in.m.body, STORY, "text");
}

static void japanese_that_was_wrapped_is_joined_without_spaces(void **state)
{
	static const char want[] =
	    "市議会は月曜日、夜行バスの運行を続けることを決めた。二百人が書面で"
	    "求めていた。市長は記者団に「良い知らせだ」と話した。運賃は変わらない"
	    "と市長は説明した。\n";
	static const char *const mails[] = {
	    /* Some 70 columns, as mail programs wrap. */
	    "市議会は月曜日、夜行バスの運行を続けることを決めた。二百人が書面で求\n"
	    "めていた。市長は記者団に「良い知らせだ」と話した。運賃は変わらないと\n"
	    "市長は説明した。\n",
	    "Content-Type: text/plain; format=flowed\n\n"
	    "市議会は月曜日、夜行バスの運行を続けることを決めた。二百人が書面で求 \n"
	    "めていた。市長は記者団に「良い知らせだ」と話した。運賃は変わらないと \n"
	    "市長は説明した。\n",
	    "市議会は月曜日、夜行バスの運行を続けることを決めた。二百人が書面で求めて"
	    "いた。市長は記者団に「良い知らせ\n"
	    "だ」と話した。運賃は変わらないと市長は説明した。\n\n"
	    "市議会は月曜日、夜行バスの運行を続けることを決めた。二百人が書面で求めて"
	    "いた。市長は記者団に「良い知らせ\n"
	    "だ」と話した。運賃は変わらないと市長は説明した。\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(mails) / sizeof(mails[0]); i++) {
		struct intake in =
		    take(arena_printf(a, "From: a\nSubject: 夜行バス\n%s%s",
			i == 1 ? "" : "\n", mails[i]));

		assert_has(in.m.body, want);
	}
}

/* One paragraph a line, of the length of a wrapped one. */
static void short_paragraphs_of_japanese_stay_apart(void **state)
{
	static const char body[] =
	    "市議会は月曜日、夜行バスの運行を続けることをようやく決めた。\n"
	    "市長は記者団に、これは良い知らせだと話し、二百人に感謝した。\n"
	    "運賃は変わらないと市長は説明し、運転手の組合もこれを歓迎した。\n"
	    "来月から新しい車両が導入される見通しであると、市は説明した。\n";
	struct intake in =
	    take(arena_printf(a, "From: a\nSubject: 夜行バス\n\n%s", body));

	(void)state;
	assert_has(in.m.body, "決めた。\n\n市長は");
	assert_has(in.m.body, "感謝した。\n\n運賃は");
}

/* What stands below the story is the mail that it answers, and is private. */
static const char *const heads_of_programs[] = {
    "Fra: Ann <ann@marren.example>\nSendt: 12. marts 2026 10:00\n"
    "Til: desk@courier.example\nEmne: Bus\n",
    "מאת: Ann <ann@marren.example>\nנשלח: יום חמישי 12 מרץ 2026 10:00\n"
    "אל: desk@courier.example\nנושא: Bus\n",
    "寄件者: Ann <ann@marren.example>\n寄件日期: 2026年3月12日 上午 10:00\n"
    "收件者: desk@courier.example\n主旨: Bus\n",
    "از: Ann <ann@marren.example>\nتاریخ: ۱۲ مارس ۲۰۲۶\n"
    "به: desk@courier.example\nموضوع: Bus\n",
    "प्रेषक: Ann <ann@marren.example>\nदिनांक: 12 मार्च 2026\n"
    "प्रति: desk@courier.example\nविषय: Bus\n",
    "من: Ann <ann@marren.example>\nتم الإرسال: 12 مارس 2026 10:00\n"
    "إلى: desk@courier.example\nالموضوع: Bus\n",
    "发件人: Ann <ann@marren.example>\n发送时间: 2026年3月12日 10:00\n"
    "收件人: desk@courier.example\n抄送: b@courier.example\n主题: Bus\n",
    "보낸 사람: Ann <ann@marren.example>\n보낸 날짜: 2026년 3월 12일\n"
    "받는 사람: desk@courier.example\n참조: b@courier.example\n제목: Bus\n",
    "Від: Ann <ann@marren.example>\nНадіслано: 12 березня 2026 р. 10:00\n"
    "Кому: desk@courier.example\nКопія: b@courier.example\nТема: Bus\n",
    "Kimden: Ann <ann@marren.example>\nGönderildi: 12 Mart 2026 10:00\n"
    "Kime: desk@courier.example\nBilgi: b@courier.example\nKonu: Bus\n",
    "Lähettäjä: Ann <ann@marren.example>\nLähetetty: 12. maaliskuuta 2026\n"
    "Vastaanottaja: desk@courier.example\nAihe: Bus\n",
    "Odesílatel: Ann <ann@marren.example>\nOdesláno: 12. března 2026 10:00\n"
    "Komu: desk@courier.example\nPředmět: Bus\n",
    "Feladó: Ann <ann@marren.example>\nElküldve: 2026. március 12.\n"
    "Címzett: desk@courier.example\nTárgy: Bus\n",
    /* In bold, as it is written where no letter is bold. */
    "*From:* Ann <ann@marren.example>\n*Sent:* 12 March 2026 10:00\n"
    "*To:* desk@courier.example\n*Subject:* Bus\n",
    /* With a field that is known to nobody. */
    "From: Ann <ann@marren.example>\nSent: 12 March 2026\n"
    "To: desk@courier.example\nÓráid nua: b@courier.example\n"
    "Subject: Bus\n",
};

enum { HEADS = sizeof(heads_of_programs) / sizeof(heads_of_programs[0]) };

static void the_mail_that_is_answered_is_known_in_many_languages(void **state)
{
	(void)state;
	for (size_t i = 0; i < HEADS; i++) {
		struct intake in = take(arena_printf(a,
		    "Council keeps the night bus\n\n" STORY
		    "\n%s\nDear Ann, my number is 01234 and the mayor is ill, "
		    "do not print this.\n",
		    heads_of_programs[i]));

		assert_str(
		    in.m.headline, "Council keeps the night bus", "text");
		assert_str(in.m.body, STORY, "text");
	}
}

static void a_head_above_the_story_is_known_in_many_languages(void **state)
{
	(void)state;
	for (size_t i = 0; i < HEADS; i++) {
		struct intake in =
		    take(arena_printf(a, "%s\n" STORY, heads_of_programs[i]));

		assert_str(in.m.headline, "Bus", "text");
		assert_str(in.m.body, STORY, "text");
		assert_int_equal(in.m.standfirst.n, 0);
	}
}

/* Two lines with a name before a colon are no head of a mail. */
static void what_two_people_say_is_no_head_of_a_mail(void **state)
{
	struct intake in = take(STR(
	    "Council keeps the night bus\n\n" STORY "\nFrom: a letter of the "
	    "mayor to all drivers of the town.\n\nMayor: the bus will stay, "
	    "for as long as I am here.\n\nDriver: that is good to hear, and I "
	    "will tell the others.\n"));

	(void)state;
	assert_has(in.m.body, "for as long as I am here");
	assert_has(in.m.body, "I will tell the others");
}

/* Outlook writes no line above the head of the mail that it passes on. */
static void a_note_above_a_head_without_a_mark_is_no_story(void **state)
{
	static const struct {
		const char *subject, *note, *head;
	} mails[] = {
	    {"FW: Bus",
		"Can you run this? My number is 01234, do not print it.",
		"From: Bob <bob@marren.example>\nSent: 12 March 2026 09:00\n"
		"To: Ann <ann@marren.example>\nCc: b@marren.example\n"
		"Subject: Night bus stays\n"},
	    {"WG: Bus",
		"Liebe Kollegen, bitte vertraulich behandeln, meine Nummer ist "
		"01234 567890.\n\nViele Grüße\nAnna",
		"Von: Bob <bob@marren.example>\n"
		"Gesendet: Donnerstag, 12. März 2026 09:00\n"
		"An: Ann <ann@marren.example>\nBetreff: Night bus stays\n"},
	    {"VB: Bus", "Kan ni ta det här? Mitt nummer är 01234.",
		"Från: Bob <bob@marren.example>\nSkickat: den 12 mars 2026\n"
		"Till: Ann <ann@marren.example>\nÄmne: Night bus stays\n"},
	    {"轉寄: Bus", "請勿刊登我的電話 01234。",
		"寄件者: Bob <bob@marren.example>\n寄件日期: 2026年3月12日\n"
		"收件者: ann@marren.example\n主旨: Night bus stays\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(mails) / sizeof(mails[0]); i++) {
		struct intake in = take(arena_printf(a,
		    "From: Ann <ann@marren.example>\nTo: desk@courier.example\n"
		    "Subject: %s\n\n%s\n\n%s\n" STORY,
		    mails[i].subject, mails[i].note, mails[i].head));

		assert_str(in.m.headline, "Night bus stays", "text");
		assert_str(in.m.body, STORY, "text");
		assert_int_equal(in.m.standfirst.n, 0);
	}
}

/* The mail below the story that is passed on is what that one answered. */
static void what_a_mail_that_is_passed_on_answers_is_no_story(void **state)
{
	static const char head[] =
	    "From: Bob <bob@marren.example>\nSent: 12 March 2026 09:00\n"
	    "To: Ann <ann@marren.example>\nSubject: Night bus stays\n";
	struct intake in = take(arena_printf(a,
	    "From: Ann\nTo: desk\nSubject: FW: Bus\n\nPlease print this.\n\n"
	    "%s\n" STORY "\n%s\nDear Bob, send me your text, and do not tell "
	    "anybody about the mayor and his sister.\n",
	    head, head));

	(void)state;
	assert_str(in.m.headline, "Night bus stays", "text");
	assert_str(in.m.body, STORY, "text");
}

static void a_short_story_with_nothing_above_it_is_passed_on(void **state)
{
	static const char *const marks[] = {
	    "", "---------- Forwarded message ---------\n"};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct intake in = take(arena_printf(a,
		    "From: Ann\nTo: desk\nSubject: FW: Bus\n\n%s"
		    "From: Bob <bob@marren.example>\nSent: 12 March 2026\n"
		    "To: Ann <ann@marren.example>\nCc: c@marren.example\n"
		    "Subject: Night bus stays\n\n"
		    "The council of Port Lune keeps the night bus, it said.\n",
		    marks[i]));

		assert_str(in.m.headline, "Night bus stays", "text");
		assert_has(in.m.body, "The council of Port Lune keeps");
	}
}

static void what_programs_put_before_a_subject_is_no_headline(void **state)
{
	static const char *const marks[] = {"Re: ", "SV: VB: ", "İLT: ",
	    "Antw: ", "转发：", "轉寄: Re: ", "Fwd: Fwd: ", "VS:"};

	(void)state;
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		assert_str(take(arena_printf(a,
				    "From: Ann\nSubject: %sNight bus: it "
				    "stays\n\n" STORY,
				    marks[i]))
			       .m.headline,
		    "Night bus: it stays", "text");
}

#define HEAD                                                                   \
	"From: Ann <ann@marren.example>\nTo: desk@courier.example\n"           \
	"Subject: Night bus stays\n"
#define MIXED	    "Content-Type: multipart/mixed; boundary=X\n\n--X\n"
#define ALTERNATIVE "Content-Type: multipart/alternative; boundary=X\n\n--X\n"
#define PLAIN	    "Content-Type: text/plain; charset=utf-8\n\n"
#define PICTURE                                                                \
	"\n--X\nContent-Type: image/jpeg\nContent-Transfer-Encoding: base64\n" \
	"\nAAAA\n--X\n"
#define ABOVE                                                                  \
	"The council of Port Lune voted on Monday to keep the night bus, "     \
	"after two hundred people had asked for it in writing.\n"
#define BELOW                                                                  \
	"The driver of the last bus said that he had never seen so many "      \
	"people at a meeting of the council before.\n"

static void assert_doubt(const struct intake *in, const char *part)
{
	for (size_t i = 0; i < in->doubts_n; i++)
		if (str_find_str(in->doubts[i].text, str_of(part)) <
		    in->doubts[i].text.n)
			return;
	fail_msg("no doubt has \"%s\"", part);
}

static void the_text_below_a_picture_is_part_of_the_story(void **state)
{
	struct intake in =
	    take(STR(HEAD MIXED PLAIN ABOVE PICTURE PLAIN BELOW "--X--\n"));

	(void)state;
	assert_str(in.m.headline, "Night bus stays", "text");
	assert_str(in.m.body, STORY, "text");
	assert_doubt(&in, "files or pictures");
	in = take(
	    STR(HEAD MIXED "Content-Type: text/html\n\n<p>" ABOVE PICTURE
			   "Content-Type: text/html\n\n<p>" BELOW "--X--\n"));
	assert_str(in.m.body, STORY, "text");
}

/* Each part has what its letters need. */
static void joined_texts_may_be_in_encodings_of_their_own(void **state)
{
	struct intake in = take(STR(HEAD MIXED
	    "Content-Type: text/plain; charset=us-ascii\n\n" ABOVE PICTURE
	    "Content-Type: text/plain; charset=windows-1252\n\n"
	    "The caf\xE9 of the \x93"
	    "Anna\x94 stays open for as long as the "
	    "bus runs, said its keeper.\n--X\n"
	    "Content-Type: text/plain; charset=windows-1257\n\n"
	    "Tilts p\xE2ri upei tika atv\xE7rts.\n--X--\n"));

	(void)state;
	assert_has(in.m.body, "in writing.\n\nThe café of the “Anna” stays");
	assert_has(in.m.body, "Tilts pāri upei tika atvērts.");
}

static void what_a_list_puts_below_a_mail_is_no_story(void **state)
{
	struct intake in = take(STR(HEAD MIXED PLAIN STORY
	    "--X\n" PLAIN "_______________________________________________\n"
	    "Bus mailing list\nbus@marren.example\n--X--\n"));

	(void)state;
	assert_str(in.m.body, STORY, "text");
	assert_doubt(&in, "another text");
}

/* Its HTML is the story, the plain form only says so. */
static void a_plain_form_that_is_a_stub_is_no_story(void **state)
{
	struct intake in = take(STR(HEAD ALTERNATIVE PLAIN
	    "Your program does not show HTML. Read this in a browser.\n--X\n"
	    "Content-Type: text/html\n\n<p>" ABOVE "<p>" BELOW "<p>" ABOVE
	    "--X--\n"));

	(void)state;
	assert_str(in.m.body, STORY "\n" ABOVE, "text");
	/* Entities do not make it longer. */
	in = take(STR(HEAD ALTERNATIVE PLAIN
	    "Мост закрыт на ремонт до осени, сообщил мэр города.\n--X\n"
	    "Content-Type: text/html\n\n<p>&#1052;&#1086;&#1089;&#1090; "
	    "&#1079;&#1072;&#1082;&#1088;&#1099;&#1090; &#1085;&#1072; "
	    "&#1088;&#1077;&#1084;&#1086;&#1085;&#1090; &#1076;&#1086; "
	    "&#1086;&#1089;&#1077;&#1085;&#1080;, &#1089;&#1086;&#1086;&#1073;"
	    "&#1097;&#1080;&#1083; &#1084;&#1101;&#1088;.\n--X--\n"));
	assert_has(in.m.body, "сообщил мэр города.");
}

static void a_mail_within_a_mail_is_read(void **state)
{
	static const char *const inner[] = {
	    "Content-Type: message/rfc822\n\n" HEAD PLAIN STORY "--X--\n",
	    "Content-Type: message/rfc822; name=bus.eml\n"
	    "Content-Disposition: attachment; filename=bus.eml\n\n"
	    "Received: from a\n\tby b\nX-Spam: no\n" HEAD
	    "Content-Type: multipart/alternative; boundary=Y\n\n--Y\n"
	    "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n"
	    "VGhlIGNvdW5jaWwgb2YgUG9ydCBMdW5lIHZvdGVkIG9uIE1vbmRheSB0byBrZWVw"
	    "IHRoZSBuaWdo\ndCBidXMsIGFmdGVyIHR3byBodW5kcmVkIHBlb3BsZSBoYWQg"
	    "YXNrZWQgZm9yIGl0IGluIHdyaXRp\nbmcuCgpUaGUgZHJpdmVyIG9mIHRoZSBs"
	    "YXN0IGJ1cyBzYWlkIHRoYXQgaGUgaGFkIG5ldmVyIHNl\nZW4gc28gbWFueSBw"
	    "ZW9wbGUgYXQgYSBtZWV0aW5nIG9mIHRoZSBjb3VuY2lsIGJlZm9yZS4K\n"
	    "--Y\nContent-Type: text/html\n\n<p>No.\n--Y--\n--X--\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(inner) / sizeof(inner[0]); i++) {
		struct intake in = take(arena_printf(a,
		    "From: Joel <joel@marren.example>\n"
		    "Subject: Fwd: Look at this\n" MIXED PLAIN
		    "See below. My number is 01234.\n--X\n%s",
		    inner[i]));

		assert_str(in.m.headline, "Night bus stays", "text");
		assert_str(in.m.body, STORY, "text");
		assert_int_equal(in.m.standfirst.n, 0);
	}
}

static void a_mail_within_a_mail_is_less_than_a_longer_story(void **state)
{
	struct intake in = take(STR(HEAD MIXED PLAIN STORY
	    "--X\n"
	    "Content-Type: message/rfc822\n\nFrom: Joel <j@marren.example>\n"
	    "Subject: Your text\n\nPlease send it.\n--X--\n"));

	(void)state;
	assert_str(in.m.headline, "Night bus stays", "text");
	assert_str(in.m.body, STORY, "text");
	assert_doubt(&in, "passed on here");
}

/* A program wraps the story, and not the head of the mail that it answers. */
static void the_head_below_a_wrapped_story_stays_in_lines(void **state)
{
	static const char *const marks[] = {"Re", "FW"};
	struct intake in;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		in = take(arena_printf(a,
		    "From: Ann\nTo: desk@courier.example\nSubject: %s: Bus\n\n"
		    "The council of Port Lune voted on Monday to keep the "
		    "night bus,\nafter two hundred people had asked for it in "
		    "writing.\n\nThe driver of the last bus said that he had "
		    "never seen so many\npeople at a meeting of the council "
		    "before.\n\nThe mayor had asked for it more than once, in "
		    "letters and also\nin a speech of her own in the old "
		    "hall.\n\n"
		    "From: Joel Brandt of the desk <joel.brandt@courier.example>\n"
		    "Sent: Thursday, the twelfth of March 2026 10:00 in the "
		    "morning\nTo: Ann Tolley of the town <ann.tolley@marren."
		    "example>\nSubject: The night bus and what the council has "
		    "to say\n\nDear Ann, my number is 01234 and the mayor is "
		    "ill.\n",
		    marks[i]));
		assert_str(in.m.body,
		    STORY "\nThe mayor had asked for it more than once, in "
			  "letters and also in a speech of her own in the old "
			  "hall.\n",
		    "text");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(what_programs_write_into_a_head_is_no_story),
	    TEST(a_word_with_a_colon_below_a_head_is_of_the_story),
	    TEST(a_subject_on_several_lines_is_one),
	    TEST(a_long_subject_costs_each_line_nothing),
	    TEST(a_large_picture_beside_a_story_is_no_reason_to_refuse),
	    TEST(a_line_of_two_hyphens_may_part_a_story),
	    TEST(japanese_that_was_wrapped_is_joined_without_spaces),
	    TEST(short_paragraphs_of_japanese_stay_apart),
	    TEST(the_mail_that_html_answers_is_no_part_of_the_story),
	    TEST(a_note_above_the_mail_that_is_passed_on_is_no_story),
	    TEST(a_story_above_a_mail_that_is_passed_on_stays),
	    TEST(the_head_below_a_wrapped_story_stays_in_lines),
	    TEST(the_text_below_a_picture_is_part_of_the_story),
	    TEST(joined_texts_may_be_in_encodings_of_their_own),
	    TEST(what_a_list_puts_below_a_mail_is_no_story),
	    TEST(a_plain_form_that_is_a_stub_is_no_story),
	    TEST(a_mail_within_a_mail_is_read),
	    TEST(a_mail_within_a_mail_is_less_than_a_longer_story),
	    TEST(what_programs_put_before_a_subject_is_no_headline),
	    TEST(a_short_story_with_nothing_above_it_is_passed_on),
	    TEST(a_note_above_a_head_without_a_mark_is_no_story),
	    TEST(what_a_mail_that_is_passed_on_answers_is_no_story),
	    TEST(the_mail_that_is_answered_is_known_in_many_languages),
	    TEST(a_head_above_the_story_is_known_in_many_languages),
	    TEST(what_two_people_say_is_no_head_of_a_mail),
	};

	return cmocka_run_group_tests_name("intake_mail", tests, NULL, NULL);
}
