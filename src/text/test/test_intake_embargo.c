/* SPDX-License-Identifier: MIT
 *
 * Lines that say that a story must wait, and those that only seem to.
 */
#include "text/test/intake_fixture.h"

#include "base/buf.h"

/* The embargo as a manuscript's head has it; empty: none. */
static struct str embargo_of(const struct intake *in)
{
	struct str head, key = STR("\nembargo: ");
	struct buf b;
	size_t at;

	buf_init_arena(&b, a, 1 << 20);
	manuscript_write(&b, &in->m);
	head = buf_str(&b);
	at = str_find_str(head, key);
	head = str_from(head, at + key.n);
	return str_part(head, 0, str_find(head, '\n'));
}

/* E1: the first doubt quotes the line. */
static bool is_warned(const struct intake *in, struct str line)
{
	return in->doubts_n > 0 &&
	       str_starts(in->doubts[0].text, STR("EMBARGO")) &&
	       str_find_str(in->doubts[0].text, line) < in->doubts[0].text.n;
}

static void assert_held(const struct intake *in, const char *line)
{
	if (!is_warned(in, str_of(line)))
		fail_msg("%s: not said", line);
	if (in->m.has_published)
		fail_msg("%s: gave a date", line);
}

/* A notice's line and the embargo, empty where it is not whole. */
struct notice {
	const char *line, *want;
};

static void assert_notices(const struct notice *v, size_t n)
{
	static const char *const texts[] = {
	    "%s\n\n" HEADLINE "\n\n" STORY,
	    HEADLINE "\n\n%s\n\n" STORY,
	    HEADLINE "\n\n" STORY "\n%s\n",
	};

	for (size_t i = 0; i < n * 3; i++) {
		size_t at = str_find_str(str_of(texts[i % 3]), STR("%s"));
		struct str text = str_of(texts[i % 3]);
		const char *line = v[i / 3].line;
		struct intake in = take(arena_printf(a, "%.*s%s%s", (int)at,
		    text.p, line, str_from(text, at + 2).p));

		assert_held(&in, line);
		assert_str(in.m.headline, HEADLINE, line);
		assert_str(in.m.body, STORY, line);
		assert_str(in.m.picture.caption, "", line);
		assert_str(embargo_of(&in), v[i / 3].want, line);
	}
}

static const struct notice whole_notices[] = {
    {"EMBARGOED UNTIL 00:01 ON 12 MARCH 2027", "2027-03-12T00:01:00"},
    {"Strictly embargoed until 00.01 hours on Friday 12 March 2027 - "
     "not for publication or broadcast before then",
	"2027-03-12T00:01:00"},
    {"HOLD FOR RELEASE UNTIL 12 MARCH 2027, 6 A.M. ET",
	"2027-03-12T06:00:00-05:00"},
    {"*** EMBARGO: 12 March 2027, 00:01 GMT ***", "2027-03-12T00:01:00Z"},
    {"NEWS RELEASE – EMBARGOED UNTIL 9 p.m. BST, 12 MARCH 2027",
	"2027-03-12T21:00:00+01:00"},
    {"Not for publication before March 12, 2027, 3:30 pm PT",
	"2027-03-12T15:30:00-08:00"},
    {"Embargoed until 12 noon on 12 March 2027", "2027-03-12T12:00:00"},
    {"This press release is strictly embargoed until 00:01 on Friday "
     "12 March 2027.",
	"2027-03-12T00:01:00"},
    {"For release at 10:00 on 12 March 2027", "2027-03-12T10:00:00"},
    {"Embargoed for release until 10 a.m. Eastern Time, Friday, March "
     "12, 2027",
	"2027-03-12T10:00:00-05:00"},
    {"Not for release before 12 March 2027 at 14.00 CET",
	"2027-03-12T14:00:00+01:00"},
    {"Strictly embargoed to 0001 hrs Friday 12 March 2027",
	"2027-03-12T00:01:00"},
    {"Sperrfrist: 12. März 2027, 10 Uhr", "2027-03-12T10:00:00"},
    {"Bitte beachten Sie die Sperrfrist: 12. März 2027, 10 Uhr 30!",
	"2027-03-12T10:30:00"},
    {"Veröffentlichung erst ab 12. März 2027, 10 Uhr", "2027-03-12T10:00:00"},
    {"Embargo jusqu'au vendredi 12 mars 2027 à 18 h 30", "2027-03-12T18:30:00"},
    {"Merci de respecter l'embargo : 12 mars 2027, 10h", "2027-03-12T10:00:00"},
    {"Embargo: torsdag 12. marts 2027 kl. 06.00", "2027-03-12T06:00:00"},
    {"До 10:00 12 марта 2027 года не публиковать", "2027-03-12T10:00:00"},
    {"ACHTUNG SPERRFRIST 12.03.2027, 10.30 Uhr MEZ",
	"2027-03-12T10:30:00+01:00"},
    {"Gesperrt bis 12. März 2027, 6 Uhr", "2027-03-12T06:00:00"},
    {"Sous embargo jusqu’au 12 mars 2027 à 6h00", "2027-03-12T06:00:00"},
    {"EMBARGO : 12 MARS 2027, 6H30", "2027-03-12T06:30:00"},
    {"Bajo embargo hasta el 12 de marzo de 2027, 06:00", "2027-03-12T06:00:00"},
    {"Embargo fino alle ore 11 del 12 marzo 2027", "2027-03-12T11:00:00"},
    {"Sob embargo até 12 de março de 2027, às 18h00", "2027-03-12T18:00:00"},
    {"Эмбарго до 12 марта 2027 года, 06:00", "2027-03-12T06:00:00"},
    {"Ембарго до 10:00 12 березня 2027", "2027-03-12T10:00:00"},
    {"Embargo do 12 marca 2027, godz. 10:00", "2027-03-12T10:00:00"},
    {"Embargo tot 12 maart 2027, 10.00 uur", "2027-03-12T10:00:00"},
    {"Ambargo: 12 Mart 2027, saat 10:00", "2027-03-12T10:00:00"},
    {"新闻禁发：2027年3月12日10时", "2027-03-12T10:00:00"},
    {"解禁時間：2027年3月12日 10:30", "2027-03-12T10:30:00"},
    {"엠바고: 2027년 3월 12일 10시까지", "2027-03-12T10:00:00"},
};

static const struct notice notices_with_more_words[] = {
    {"Embargo presse : jeudi 12 mars 2027, 10h", "2027-03-12T10:00:00"},
    {"Embargo lift: 12 March 2027, 10:00 CET", "2027-03-12T10:00:00+01:00"},
    {"For release after 10am, 12 March 2027", "2027-03-12T10:00:00"},
    {"Frei zur Veröffentlichung ab 12. März 2027, 10 Uhr",
	"2027-03-12T10:00:00"},
    {"Publication embargo: 12 March 2027", "2027-03-12T23:59:00"},
    {"Sperrfrist für alle Medien: Donnerstag, 12. März 2027, 10 Uhr",
	"2027-03-12T10:00:00"},
    {"EMBARGO EST 12 March 2027 10:00", "2027-03-12T10:00:00-05:00"},
    {"Merci de respecter l'embargo fixé au jeudi 12 mars.", ""},
};

static void words_around_a_notice_do_not_hide_it(void **state)
{
	(void)state;
	assert_notices(
	    notices_with_more_words, sizeof(notices_with_more_words) /
					 sizeof(notices_with_more_words[0]));
}

static void what_may_be_a_notice_is_no_field(void **state)
{
	static const char *const lines[] = {
	    "Embargo : fin du conseil des ministres", "Sperrfrist: Redebeginn",
	    "SPERRFRIST: Beginn der Rede",
	    "Embargo as agreed with the council by Thursday noon"};
	static const char *const texts[] = {
	    "%s\n\n" HEADLINE "\n\n" STORY,
	    HEADLINE "\n\n%s\n\nBy Ann Lee\n\n" STORY,
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]) * 2; i++) {
		const char *line = lines[i / 2];
		size_t at = str_find_str(str_of(texts[i % 2]), STR("%s"));
		struct intake in = take(arena_printf(a, "%.*s%s%s", (int)at,
		    texts[i % 2], line, texts[i % 2] + at + 2));

		assert_true(is_warned(&in, str_of(line)));
		assert_str(in.m.headline, HEADLINE, line);
		assert_str(in.m.kicker, "", line);
		assert_str(in.m.standfirst, "", line);
		assert_str(in.m.picture.caption, "", line);
		assert_true(str_find_str(in.m.body, STR("## ")) == in.m.body.n);
		assert_true(
		    str_find_str(in.m.body, str_of(line)) < in.m.body.n);
	}
}

/* Not told whole, or in the words of other trades: said all the same. */
static void other_words_for_it_are_said(void **state)
{
	static const char *const lines[] = {
	    "Es gilt eine Sperrfrist bis 12. März 2027, 18 Uhr.",
	    "NOT FOR USE BEFORE 00:01 FRIDAY 12 MARCH 2027",
	    "Do not use before 12 March 2027, 10:00",
	    "Nicht vor dem 12. März 2027, 18 Uhr veröffentlichen",
	    "Web embargo: 12 March 2027, 10:00",
	    "【3月12日18時解禁】",
	    "3月12日14時以降に報道をお願いします",
	    "请于2027年3月12日10时后发布",
	    "2027년 3월 12일 12:00부터 보도하여 주시기 바랍니다.",
	    "Не раньше 18:00 12 марта 2027 года",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct intake in = take(
		    arena_printf(a, "%s\n\n" HEADLINE "\n\n" STORY, lines[i]));

		assert_held(&in, lines[i]);
		assert_str(in.m.headline, HEADLINE, lines[i]);
	}
}

static void the_half_of_the_day_may_stand_on_the_next_line(void **state)
{
	struct intake in = take(STR("EMBARGOED UNTIL MARCH 12, 2027, 6:00\n"
				    "PM EST\n\n" HEADLINE "\n\n" STORY));

	(void)state;
	assert_held(&in, "EMBARGOED UNTIL MARCH 12, 2027, 6:00 PM EST");
	assert_str(embargo_of(&in), "2027-03-12T18:00:00-05:00", "embargo");
	assert_str(in.m.kicker, "", "kicker");
}

static void a_long_paragraph_may_say_an_embargo(void **state)
{
	static const char *const start =
	    "This paper is under strict embargo until 16:00 London time on 12 "
	    "March 2027";
	struct intake in;
	struct buf b;

	(void)state;
	buf_init_arena(&b, a, 4096);
	buf_add(&b, str_of(start));
	for (int i = 0; i < 20; i++)
		buf_lit(&b, ", and whoever reads it is asked to keep to it");
	buf_lit(&b, ".\n\n" HEADLINE "\n\n" STORY);
	in = take(buf_str(&b));
	assert_held(&in, start);
	assert_true(str_find_str(in.m.body, STR("strict")) < in.m.body.n);
}

static void a_whole_day_and_hour_are_the_embargo(void **state)
{
	(void)state;
	assert_notices(
	    whole_notices, sizeof(whole_notices) / sizeof(whole_notices[0]));
}

static void what_can_be_read_in_two_ways_is_the_later(void **state)
{
	static const struct notice notices[] = {
	    {"Under embargo until 12 March 2027", "2027-03-12T23:59:00"},
	    {"Por favor, respetar el embargo hasta el 12 de marzo de 2027",
		"2027-03-12T23:59:00"},
	    {"Embargo until midnight, 12 March 2027", "2027-03-12T23:59:00"},
	    {"Embargo: 12 March 2027, 12 am", "2027-03-12T23:59:00"},
	    {"Bajo embargo hasta las 6 horas de la tarde del 12 de marzo de "
	     "2027",
		"2027-03-12T23:59:00-12:00"},
	    {"Embargoed until 10:00 local time on 12 March 2027",
		"2027-03-12T10:00:00-12:00"},
	    {"EMBARGO: 12 MARCH 2027, 9:00 GMT / 10:00 CET",
		"2027-03-12T23:59:00Z"},
	    {"Cet article est sous embargo jusqu’au 12 mars 2027",
		"2027-03-12T23:59:00"},
	    {"Embargo: midnight GMT, 12 March 2027", "2027-03-12T23:59:00Z"},
	    {"EMBARGO: 12 MARCH 2027, 9am/10am", "2027-03-12T23:59:00"},
	    {"EMBARGO: 12 MARCH 2027, 9 pm ET / 6 pm PT",
		"2027-03-12T23:59:00-08:00"},
	};

	(void)state;
	assert_notices(notices, sizeof(notices) / sizeof(notices[0]));
}

static void a_word_that_is_not_known_makes_the_end_the_latest(void **state)
{
	static const char *const late = "2027-03-12T23:59:00-12:00";
	static const char *const lines[] = {
	    "新闻禁发至北京时间2027年3月12日10时",
	    "엠바고: 한국시간 2027년 3월 12일 10:00",
	    "Embargo: Washington time 12 March 2027, 10:00",
	    "Sperrfrist: 12. März 2027, 10 Uhr New Yorker Zeit",
	    "Embargo : 12 mars 2027, 10 h (HAE)",
	    "Embargo: 12 de março de 2027, 10:00, horário de Brasília",
	    "Embargo: 12 March 2027, 10:00 New York",
	    "Embargo: 12 March 2027, 6:00 μ.μ.",
	    "Embargo: 12 March 2027, 6:00 م",
	    "Embargo: 12. března 2027, 6:00 večer",
	    "Ембарго до 12 березня 2027, 6:00 вечора",
	    "Embargo do 12 marca 2027, 6:00 po południu",
	    "Embargo: 12. marts 2027 kl. 6.00 aften",
	    "Sperrfrist: 12. März 2027, 6:00 am Abend",
	    "Sperrfrist: Freitagabend, 12. März 2027, 6 Uhr",
	    "Embargo: 6:00 in the afternoon, 12 March 2027",
	    "Embargo: 12 March 2027, PM 6:00",
	    "Embargo: 12 marzo 2027, ore 6:00 della sera",
	    "엠바고: 2027년 3월 12일 저녁 6:00",
	    "解禁日時：2027年3月12日午後3時",
	    "Embargo: 12 March 2027, 6 o'clock",
	    "Embargo until 12 March 2027, Washington time",
	};
	static const struct notice notices[] = {
	    {"Embargo (ET): 12 March 2027 10:00", "2027-03-12T10:00:00-05:00"},
	    {"Embargo: 12 March 2027, 6:00 tonight", "2027-03-12T23:59:00"},
	    {"Embargo jusqu'au vendredi 12 mars 2027, 3 heures de "
	     "l'après-midi",
		"2027-03-12T23:59:00-12:00"},
	    {"Sperrfrist: 12. März 2027, 1 Uhr mittags",
		"2027-03-12T23:59:00-12:00"},
	    {"Embargó: 2027. március 12., du. 6 óra",
		"2027-03-12T23:59:00-12:00"},
	    {"Embargoed until 6pm West Coast time, March 12, 2027",
		"2027-03-12T18:00:00-12:00"},
	    {"Embargoed until 6pm LA time, March 12, 2027",
		"2027-03-12T18:00:00-12:00"},
	    {"Embargo: 12 March 2027, 18:00 New York",
		"2027-03-12T18:00:00-12:00"},
	    {"Embargo: 12 March 2027, 10:00 CET (Brussels)",
		"2027-03-12T23:59:00+01:00"},
	    {"Embargo: 12 March 2027, 6 p.m. in London",
		"2027-03-12T18:00:00-12:00"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		assert_notices(&(struct notice){lines[i], late}, 1);
	assert_notices(notices, sizeof(notices) / sizeof(notices[0]));
}

static void what_is_not_whole_is_said_and_not_set(void **state)
{
	static const struct notice notices[] = {
	    {"EMBARGOED UNTIL NOON ON THURSDAY", ""},
	    {"EMBARGOED", ""},
	    {"EMBARGOED COPY", ""},
	    {"【解禁】3月12日（木）午前5時", ""},
	    {"Embargo!", ""},
	    {"UNDER EMBARGO - do not share", ""},
	    {"NOT FOR PUBLICATION", ""},
	    {"EMBARGOED UNTIL 12 MARCH", ""},
	    {"Embargo until 03/12/2027", ""},
	    {"Embargo: 12 March 2027 or 14 March 2027", ""},
	    {"Embargo until 12 March 2027, 10:00 UTC-3", ""},
	    {"Sperrfrist: Donnerstag, 10 Uhr", ""},
	    {"حظر النشر حتى يوم الخميس", ""},
	    {"אמברגו עד יום חמישי", ""},
	    {"Sous embargo jusqu’à jeudi midi", ""},
	};

	(void)state;
	assert_notices(notices, sizeof(notices) / sizeof(notices[0]));
}

static void an_embargo_of_the_news_is_no_notice(void **state)
{
	static const char *const headlines[] = {
	    "Embargo on Russian oil takes effect",
	    "Arms embargo until 2028 agreed in Brussels",
	    "EU extends oil embargo until the end of 2027",
	    "Embargoed goods found in the port of Lune",
	    "Sperrfrist beim Arbeitslosengeld wird kürzer",
	    "Brücke über die Lune wird gesperrt bis 12. März",
	    "Эмбарго на российскую нефть вступило в силу",
	    "Embargo sur le pétrole russe : ce qui change",
	    "Do not publish and be damned",
	    "Под эмбарго попали товары из Китая",
	    "Bajo embargo, la isla busca petróleo",
	    "大麻解禁3年、市場は今",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(headlines) / sizeof(headlines[0]); i++) {
		struct intake in = take(arena_printf(
		    a, "%s\n\n12 March 2026\n\n" STORY, headlines[i]));

		assert_str(in.m.headline, headlines[i], headlines[i]);
		assert_false(in.m.has_embargo);
		assert_true(in.m.has_published);
		if (is_warned(&in, STR("")))
			fail_msg("%s: a warning", headlines[i]);
	}
}

static void a_headline_that_reads_like_a_notice_stays_and_is_doubted(
    void **state)
{
	static const char *const headlines[] = {
	    "Embargo bis 2028 verlängert",
	    "Эмбарго до 2028 года: что решили в Брюсселе",
	    "Embargo 1962: cómo empezó todo",
	    "Embargo – ein Wort mit Geschichte",
	    "Embargo ends after 60 years",
	    "Embargo on arms ends on 12 March 2027",
	    "Embargo ends after 20 years",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(headlines) / sizeof(headlines[0]); i++) {
		struct intake in =
		    take(arena_printf(a, "%s\n\n" STORY, headlines[i]));

		assert_str(in.m.headline, headlines[i], headlines[i]);
		assert_false(in.m.has_embargo);
		assert_true(is_warned(&in, str_of(headlines[i])));
	}
}

static void a_sentence_of_the_story_stays_in_it(void **state)
{
	static const char *const sentences[] = {
	    "The study, which was embargoed until 12 March 2027, shows that "
	    "bees sleep at night.",
	    "Under embargo until Monday, the study says that bees sleep, and "
	    "that they sleep well.",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(sentences) / sizeof(sentences[0]); i++) {
		struct intake in = take(arena_printf(
		    a, HEADLINE "\n\n" STORY "\n%s\n\n" STORY, sentences[i]));

		assert_true(str_find_str(in.m.body, str_of(sentences[i])) <
			    in.m.body.n);
		assert_true(is_warned(&in, str_of(sentences[i])));
		assert_false(in.m.has_embargo);
	}
}

static void the_subject_of_a_mail_can_say_an_embargo(void **state)
{
	static const struct {
		const char *subject, *notice, *want;
	} cases[] = {
	    {"EMBARGOED 12 March: " HEADLINE, "EMBARGOED 12 March:", ""},
	    {"Fwd: [EMBARGO 12.03.2027, 10:00] " HEADLINE,
		"EMBARGO 12.03.2027, 10:00", "2027-03-12T10:00:00"},
	    {"Sperrfrist 12. März 2027, 10 Uhr: " HEADLINE, "Sperrfrist",
		"2027-03-12T10:00:00"},
	    {"Re: Under embargo: " HEADLINE, "Under embargo", ""},
	    {"Fwd: Embargo presse jeudi 12 mars 10h - " HEADLINE,
		"Embargo presse", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]) * 2; i++) {
		struct intake in = take(arena_printf(a,
		    "%sFrom: a@b.example\nTo: c@d.example\nSubject: %s\n\n" STORY,
		    i % 2 ? "---------- Forwarded message ---------\n" : "",
		    cases[i / 2].subject));

		assert_true(is_warned(&in, str_of(cases[i / 2].notice)));
		assert_str(in.m.headline, HEADLINE, cases[i / 2].subject);
		assert_str(
		    embargo_of(&in), cases[i / 2].want, cases[i / 2].subject);
	}
}

static void of_two_embargoes_the_later_holds(void **state)
{
	struct intake in =
	    take(STR("Embargo: 12 March 2027, 10:00\n\n" HEADLINE "\n\n" STORY
		     "\nEmbargo: 11 March 2027, 10:00\n"));

	(void)state;
	assert_str(embargo_of(&in), "2027-03-12T10:00:00", "two");
	assert_true(in.doubts_n > 1);
	assert_true(str_starts(in.doubts[1].text, STR("EMBARGO")));
}

static void no_embargo_is_none(void **state)
{
	struct intake in =
	    take(STR("Sperrfrist: keine\n\n" HEADLINE "\n\n" STORY));

	(void)state;
	assert_false(is_warned(&in, STR("")));
	assert_str(in.m.headline, HEADLINE, "none");
	assert_int_equal(in.aside_n, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_whole_day_and_hour_are_the_embargo),
	    TEST(words_around_a_notice_do_not_hide_it),
	    TEST(other_words_for_it_are_said),
	    TEST(a_long_paragraph_may_say_an_embargo),
	    TEST(the_half_of_the_day_may_stand_on_the_next_line),
	    TEST(what_may_be_a_notice_is_no_field),
	    TEST(what_can_be_read_in_two_ways_is_the_later),
	    TEST(a_word_that_is_not_known_makes_the_end_the_latest),
	    TEST(what_is_not_whole_is_said_and_not_set),
	    TEST(an_embargo_of_the_news_is_no_notice),
	    TEST(a_headline_that_reads_like_a_notice_stays_and_is_doubted),
	    TEST(a_sentence_of_the_story_stays_in_it),
	    TEST(the_subject_of_a_mail_can_say_an_embargo),
	    TEST(of_two_embargoes_the_later_holds),
	    TEST(no_embargo_is_none),
	};

	return cmocka_run_group_tests_name("intake_embargo", tests, NULL, NULL);
}
