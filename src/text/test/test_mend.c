/* SPDX-License-Identifier: MIT
 *
 * Mends: each kind of proof mark has one, or a place; each that is offered
 * takes its mark away and adds none, in stories that were damaged at random;
 * and what the likeliest ones make of a text.
 */
#include "text/mend.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include <dirent.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "text/proof_priv.h"
#include "text/stet.h"

static bool put_day(struct buf *b, struct str lang, struct civil day)
{
	static const char *const months[] = {
	    "November", "ноября", "نوفمبر", "December", "Dezember"};
	bool is_german = str_eq(lang, STR("de"));

	if (str_eq(lang, STR("ko")))
		buf_printf(b, "%d년 %d월 %d일", day.year, day.month, day.day);
	else if (str_eq(lang, STR("es")))
		buf_printf(b, "%d de noviembre de %d", day.day, day.year);
	else
		buf_printf(b, "%d%s %s %d", day.day, is_german ? "." : "",
		    months[day.month == 12	     ? 3 + is_german
			   : str_eq(lang, STR("ru")) ? 1
			   : str_eq(lang, STR("ar")) ? 2
						     : 0],
		    day.year);
	return true;
}

static enum rc find_picture(
    void *ctx, struct str url, struct mend_picture *ret_picture)
{
	(void)ctx;
	if (!str_eq(url, STR("/pictures/quay.jpg")))
		return RC_NOT_FOUND;
	*ret_picture = (struct mend_picture){.alt = STR("The old quay"),
	    .caption = STR("The quay at noon"),
	    .credit = STR("Rita Vaz")};
	return RC_OK;
}

/* Friday. */
static const struct mend_known known = {.byline = STR_INIT("Ada Quay"),
    .dateline = STR_INIT("Port Lune"),
    .today = {.year = 2026, .month = 11, .day = 27, .weekday = 4},
    .day = put_day,
    .picture = find_picture};

struct read {
	struct proof_mark *marks;
	struct mending *mendings;
	size_t n;
};

static struct read read_all(struct arena *a, const struct manuscript *m)
{
	struct read r;

	assert_int_equal(
	    stet_read(a, m, STR("en"), NULL, 0, &r.marks, &r.n), RC_OK);
	assert_int_equal(
	    mend_find(a, m, STR("en"), &known, r.marks, r.n, &r.mendings),
	    RC_OK);
	return r;
}

static struct manuscript story(
    struct arena *a, const char *lang, const char *body)
{
	struct str *author = ARENA_NEW(a, struct str);

	*author = STR("A");
	return (struct manuscript){.lang = str_of(lang),
	    .headline = STR("A quay"),
	    .body = str_of(body),
	    .body_line = 1,
	    .dateline = STR("Port"),
	    .authors = {author, 1}};
}

/* The only mark of BODY is of KIND, and its mend number AT (from 0) makes WANT
 * of it; WANT NULL: there are just AT mends. */
static void makes(const char *lang, enum proof_kind kind, const char *body,
    size_t at, const char *want)
{
	struct arena *a = arena_new(8 << 20);
	struct manuscript m = story(a, lang, body), made;
	struct read r = read_all(a, &m);
	size_t i = 0;

	while (i < r.n && r.marks[i].kind != kind)
		i++;
	if (i == r.n)
		fail_msg("[%s] %s has no mark of this kind", lang, body);
	if (!want) {
		if (r.mendings[i].n != at)
			fail_msg("[%s] %s has %zu mends, the first \"%.*s\"",
			    lang, body, r.mendings[i].n,
			    STR_ARG(r.mendings[i].v[0].text));
		arena_free(a);
		return;
	}
	if (at >= r.mendings[i].n)
		fail_msg("[%s] %s has %zu mends, not \"%s\"", lang, body,
		    r.mendings[i].n, want);
	made = mend_apply(a, &m, &r.mendings[i].v[at]);
	if (!str_eq(made.body, str_of(want)))
		fail_msg("[%s] %s\n becomes: %.*s\n want: %s", lang, body,
		    STR_ARG(made.body), want);
	assert_true(r.mendings[i].v[at].about.n > 0);
	assert_true(r.mendings[i].v[at].about.n <= MEND_ABOUT);
	arena_free(a);
}

/* One story for each kind. A kind without a row fails the test below. */
static const char *const samples[PROOF_KINDS] = {
    [PROOF_QUOTE_OPEN] = "He said “no and left.",
    [PROOF_QUOTE_CLOSE] = "He said no” and left.",
    [PROOF_QUOTE_SIDE] = "Russian dumplings ” pelmeni” made with crab.",
    [PROOF_NO_END] = "The mayor went home and left the door wide open",
    [PROOF_FRAGMENT] = "Kim, who arrived by train from North Korea.",
    [PROOF_DOUBLED_WORD] = "It was the the end.",
    [PROOF_DOUBLED_PARAGRAPH] =
	("The mayor went home early and left the door wide open.\n\n"
	 "The mayor went home early and left the door wide open."),
    [PROOF_RELATIVE_DAY] = "They met yesterday.",
    [PROOF_MIXED_SCRIPT] = "The pаypal scam.",
    [PROOF_NO_BYLINE] = "",
    [PROOF_NO_DATELINE] = "",
    [PROOF_NO_CAPTION] = "",
    [PROOF_NO_CREDIT] = "![A boat](/pictures/quay.jpg)",
    [PROOF_NO_ALT] = "![](/pictures/quay.jpg \"Ann\")",
};

static void every_kind_has_a_mend_and_a_place(void **state)
{
	(void)state;
	for (int kind = 0; kind < PROOF_KINDS; kind++) {
		struct arena *a = arena_new(8 << 20);
		struct manuscript m, empty;
		struct read r;
		size_t i = 0;

		if (!samples[kind])
			fail_msg("no story for \"%s\"",
			    proof_kind_name((enum proof_kind)kind));
		m = story(a, "en", samples[kind]);
		empty = (struct manuscript){
		    .picture = {.url = STR("/pictures/quay.jpg")}};
		r = read_all(a, samples[kind][0] ? &m : &empty);
		while (i < r.n && r.marks[i].kind != (enum proof_kind)kind)
			i++;
		if (i == r.n || r.mendings[i].n == 0)
			fail_msg("\"%s\" has no mend",
			    proof_kind_name((enum proof_kind)kind));
		assert_true(r.mendings[i].field.n > 0);
		/* Nothing is known, nothing mends it: there is the place. */
		assert_int_equal(
		    mend_find(a, samples[kind][0] ? &m : &empty, STR("en"),
			NULL, r.marks, r.n, &r.mendings),
		    RC_OK);
		assert_true(r.mendings[i].field.n > 0);
		arena_free(a);
	}
}

static void quotation_marks_are_mended_by_language(void **state)
{
	(void)state;
	makes("en", PROOF_QUOTE_OPEN, "He said “no and left.", 0,
	    "He said “no and left.”");
	makes("en", PROOF_QUOTE_OPEN, "He said “no and left.", 1,
	    "He said no and left.");
	makes("en", PROOF_QUOTE_OPEN, "He said “no and left. So did Mr. Lee.",
	    0, "He said “no and left.” So did Mr. Lee.");
	makes("en", PROOF_QUOTE_OPEN, "“No. Never. We wait here.\n\nHe left.",
	    0, "“No. Never. We wait here.”\n\nHe left.");
	makes("en", PROOF_QUOTE_CLOSE, "It rained. He said no” and left.", 0,
	    "It rained. “He said no” and left.");
	makes("en", PROOF_QUOTE_CLOSE, "It rained. He said no” and left.", 1,
	    "It rained. He said no and left.");
	makes("en", PROOF_QUOTE_CLOSE, "It rained . He said no” then.", 1,
	    "It rained . He said no then.");
	makes("en", PROOF_QUOTE_SIDE,
	    "Russian dumplings ” pelmeni” made with crab.", 0,
	    "Russian dumplings “pelmeni” made with crab.");
	makes("en", PROOF_QUOTE_SIDE, "He wrote “off\" in red.", 0,
	    "He wrote “off” in red.");
	makes("de", PROOF_QUOTE_OPEN, "Er sagte „nein und ging.", 0,
	    "Er sagte „nein und ging.“");
	makes("de", PROOF_QUOTE_SIDE, "„Nein”, sagte er.", 0,
	    "„Nein“, sagte er.");
	makes("fr", PROOF_QUOTE_OPEN, "Il dit «\u00A0non et partit.", 0,
	    "Il dit «\u00A0non et partit.\u00A0»");
	makes("fr", PROOF_QUOTE_OPEN, "Il dit « non et partit.", 0,
	    "Il dit « non et partit.\u202F»");
	makes("fr", PROOF_QUOTE_OPEN, "Il dit «\u202Fnon et partit.", 1,
	    "Il dit non et partit.");
	makes("ru", PROOF_QUOTE_OPEN, "Он сказал «нет и ушёл.", 0,
	    "Он сказал «нет и ушёл.»");
	makes("ja", PROOF_QUOTE_OPEN, "「はいと彼は言った。", 0,
	    "「はいと彼は言った。」");
	makes("ar", PROOF_QUOTE_OPEN, "قال «لا وخرج.", 0, "قال «لا وخرج.»");
}

static void sentences_are_ended_by_script(void **state)
{
	(void)state;
	makes("en", PROOF_NO_END, "The mayor went home early and left", 0,
	    "The mayor went home early and left.");
	makes("en", PROOF_NO_END, "The mayor went home early and left,\n", 0,
	    "The mayor went home early and left.\n");
	makes("ar", PROOF_NO_END, "عاد العمدة إلى بيته مبكرا وترك الباب", 0,
	    "عاد العمدة إلى بيته مبكرا وترك الباب.");
	makes("ko", PROOF_NO_END, "시장은 일찍 집에 갔다", 0,
	    "시장은 일찍 집에 갔다.");
	makes("ja", PROOF_NO_END,
	    "市長は早く家に帰ってしまい扉を開けたままにした", 0,
	    "市長は早く家に帰ってしまい扉を開けたままにした。");
	makes("hi", PROOF_NO_END, "महापौर जल्दी घर चले गए और दरवाज़ा खुला", 0,
	    "महापौर जल्दी घर चले गए और दरवाज़ा खुला।");
	makes("en", PROOF_FRAGMENT, "Kim, who arrived by train from Korea.", 0,
	    "Kim arrived by train from Korea.");
	makes("fr", PROOF_FRAGMENT, "Dupont, qui est venu par le train.", 0,
	    "Dupont est venu par le train.");
	makes("en", PROOF_FRAGMENT, "Kim, whose train was late again.", 0,
	    "Kim’s train was late again.");
	makes("en", PROOF_FRAGMENT, "James, whose train was late again.", 0,
	    "James’s train was late again.");
	makes("en", PROOF_FRAGMENT, "James, whose train was late again.", 1,
	    "James’ train was late again.");
	makes("en", PROOF_NO_END, "The mayor went home and said ลาก่อน", 0,
	    "The mayor went home and said ลาก่อน.");
}

static void doubles_lose_one(void **state)
{
	(void)state;
	makes("en", PROOF_DOUBLED_WORD, "The the end.", 0, "The end.");
	makes("en", PROOF_DOUBLED_WORD, "It was the\nthe end.", 0,
	    "It was the end.");
	makes("en", PROOF_DOUBLED_WORD, "It was **the** the end.", 0,
	    "It was **the** end.");
	makes("en", PROOF_DOUBLED_WORD, "It was the **the end**.", 0,
	    "It was **the end**.");
	makes("en", PROOF_DOUBLED_WORD, "It was **the** *the* end.", 0,
	    "It was **the** end.");
	makes("en", PROOF_DOUBLED_WORD, "It was the [the end](a).", 0,
	    "It was [the end](a).");
	makes("en", PROOF_DOUBLED_WORD, "It was [the](a) the end.", 0,
	    "It was [the](a) end.");
	makes("en", PROOF_DOUBLED_WORD, "It was **the** *the end*.", 0, NULL);
	makes("en", PROOF_DOUBLED_PARAGRAPH,
	    "The mayor went home early and left the door open.\n\nYes.\n\n"
	    "The mayor went home early and left the door open.\n\nNo.\n",
	    0,
	    "The mayor went home early and left the door open.\n\nYes.\n\n"
	    "No.\n");
}

static void days_are_written_out(void **state)
{
	(void)state;
	makes("en", PROOF_RELATIVE_DAY, "They met yesterday.", 0,
	    "They met on 26 November 2026.");
	makes("en", PROOF_RELATIVE_DAY, "Yesterday they met.", 0,
	    "On 26 November 2026 they met.");
	makes("en", PROOF_RELATIVE_DAY, "It has rained since yesterday.", 0,
	    "It has rained since 26 November 2026.");
	makes("en", PROOF_RELATIVE_DAY, "They met last Monday, at last.", 0,
	    "They met on 23 November 2026, at last.");
	makes("en", PROOF_RELATIVE_DAY, "They met last Friday.", 0,
	    "They met on 20 November 2026.");
	makes("en", PROOF_RELATIVE_DAY, "They meet next Saturday.", 0,
	    "They meet on 28 November 2026.");
	makes("de", PROOF_RELATIVE_DAY, "Sie trafen sich gestern.", 0,
	    "Sie trafen sich am 26. November 2026.");
	makes("de", PROOF_RELATIVE_DAY, "Sie kamen am letzten Montag an.", 0,
	    "Sie kamen am 23. November 2026 an.");
	makes("fr", PROOF_RELATIVE_DAY, "Il est parti hier.", 0,
	    "Il est parti le 26 November 2026.");
	makes("fr", PROOF_RELATIVE_DAY, "Il est parti lundi dernier.", 0,
	    "Il est parti le 23 November 2026.");
	makes("fr", PROOF_RELATIVE_DAY, "Il reste jusqu’à demain.", 0,
	    "Il reste jusqu’à demain (28 November 2026).");
	makes("es", PROOF_RELATIVE_DAY, "Ayer por la mañana llovió.", 0,
	    "El 26 de noviembre de 2026 por la mañana llovió.");
	makes("ru", PROOF_RELATIVE_DAY, "Они встретились вчера.", 0,
	    "Они встретились 26 ноября 2026.");
	makes("ar", PROOF_RELATIVE_DAY, "التقوا أمس في المدينة.", 0,
	    "التقوا في 26 نوفمبر 2026 في المدينة.");
	makes("ar", PROOF_RELATIVE_DAY, "التقوا مساء أمس في المدينة.", 0,
	    "التقوا مساء 26 نوفمبر 2026 في المدينة.");
	makes("ko", PROOF_RELATIVE_DAY, "그는 어제는 말했다.", 0,
	    "그는 2026년 11월 26일은 말했다.");
	makes("es", PROOF_RELATIVE_DAY, "Llega pasado mañana.", 0,
	    "Llega el 29 de noviembre de 2026.");
}

static void parts_of_days_are_written_out(void **state)
{
	(void)state;
	makes("en", PROOF_RELATIVE_DAY, "They meet tonight.", 0,
	    "They meet on the night of 27 November 2026.");
	makes("en", PROOF_RELATIVE_DAY, "Tonight they meet.", 0,
	    "On the night of 27 November 2026 they meet.");
	makes("en", PROOF_RELATIVE_DAY, "They met last night.", 0,
	    "They met on the night of 26 November 2026.");
	makes("en", PROOF_RELATIVE_DAY, "It was his last night here.", 0, NULL);
	makes("en", PROOF_RELATIVE_DAY, "They met yesterday evening.", 0,
	    "They met on the evening of 26 November 2026.");
	makes("en", PROOF_RELATIVE_DAY, "It rained until this morning.", 0,
	    "It rained until the morning of 27 November 2026.");
	makes("en", PROOF_RELATIVE_DAY, "They met last Monday night.", 0,
	    "They met on the night of 23 November 2026.");
	makes("de", PROOF_RELATIVE_DAY, "Sie trafen sich gestern Abend.", 0,
	    "Sie trafen sich am Abend des 26. November 2026.");
	makes("de", PROOF_RELATIVE_DAY, "Heute früh regnete es.", 0,
	    "Am Morgen des 27. November 2026 regnete es.");
	makes("de", PROOF_RELATIVE_DAY, "Sie gehen morgen.", 0,
	    "Sie gehen am 28. November 2026.");
	makes("de", PROOF_RELATIVE_DAY, "Seit gestern Abend ist Ruhe.", 0,
	    "Seit gestern Abend (26. November 2026) ist Ruhe.");
	makes("de", PROOF_RELATIVE_DAY, "Heute Nacht regnete es.", 0,
	    "In der Nacht zum 27. November 2026 regnete es.");
	makes("de", PROOF_RELATIVE_DAY, "Heute Nacht regnet es.", 1,
	    "In der Nacht zum 28. November 2026 regnet es.");
	makes("de", PROOF_RELATIVE_DAY, "Es fiel gestern Nacht.", 0,
	    "Es fiel in der Nacht zum 27. November 2026.");
	makes("de", PROOF_RELATIVE_DAY, "Seit heute Nacht ist Ruhe.", 1,
	    "Seit heute Nacht (Nacht zum 28. November 2026) ist Ruhe.");
	makes("de", PROOF_RELATIVE_DAY, "Sie kommen morgen Nacht.", 0,
	    "Sie kommen in der Nacht zum 29. November 2026.");
	makes("fr", PROOF_RELATIVE_DAY, "Il est parti hier soir.", 0,
	    "Il est parti le 26 November 2026 au soir.");
	makes("fr", PROOF_RELATIVE_DAY, "Il part demain après-midi.", 0,
	    "Il part le 28 November 2026 dans l’après-midi.");
	makes("es", PROOF_RELATIVE_DAY, "Llovió desde anoche.", 0,
	    "Llovió desde la noche del 26 de noviembre de 2026.");
	makes("es", PROOF_RELATIVE_DAY, "Anoche llovió.", 0,
	    "La noche del 26 de noviembre de 2026 llovió.");
}

static void weeks_are_written_out(void **state)
{
	(void)state;
	makes("en", PROOF_RELATIVE_DAY, "They met last week.", 0,
	    "They met in the week of 16 November 2026.");
	makes("en", PROOF_RELATIVE_DAY, "It has rained since last week.", 0,
	    "It has rained since the week of 16 November 2026.");
	makes("en", PROOF_RELATIVE_DAY, "Next week they meet.", 0,
	    "In the week of 30 November 2026 they meet.");
	makes("en", PROOF_RELATIVE_DAY, "It fell in the last week.", 0, NULL);
	makes("en", PROOF_RELATIVE_DAY, "They met last month.", 0,
	    "They met in October 2026.");
	makes("en", PROOF_RELATIVE_DAY, "Since next month is short.", 0,
	    "Since December 2026 is short.");
	makes("en", PROOF_RELATIVE_DAY, "They met last weekend.", 0,
	    "They met on the weekend of 21 November 2026.");
	makes("en", PROOF_RELATIVE_DAY, "They meet next weekend.", 0,
	    "They meet on the weekend of 28 November 2026.");
	makes("en", PROOF_RELATIVE_DAY, "They meet next weekend.", 1,
	    "They meet on the weekend of 5 December 2026.");
	makes("de", PROOF_RELATIVE_DAY, "Am kommenden Wochenende ruht er.", 0,
	    "Am Wochenende vom 28. November 2026 ruht er.");
	makes("de", PROOF_RELATIVE_DAY, "Am kommenden Wochenende ruht er.", 1,
	    NULL);
	makes("de", PROOF_RELATIVE_DAY, "Für nächste Woche reicht es.", 0,
	    "Für nächste Woche (30. November 2026 – 6. Dezember 2026) reicht "
	    "es.");
	makes("de", PROOF_RELATIVE_DAY, "Sie trafen sich letzte Woche.", 0,
	    "Sie trafen sich in der Woche vom 16. November 2026.");
	makes("de", PROOF_RELATIVE_DAY, "In der vergangenen Woche fiel er.", 0,
	    "In der Woche vom 16. November 2026 fiel er.");
	makes("de", PROOF_RELATIVE_DAY, "Die kommende Woche wird kalt.", 0,
	    "Die Woche vom 30. November 2026 wird kalt.");
	makes("fr", PROOF_RELATIVE_DAY, "Il est parti la semaine dernière.", 0,
	    "Il est parti la semaine du 16 November 2026.");
	makes("es", PROOF_RELATIVE_DAY, "Llovió la semana pasada.", 0,
	    "Llovió la semana del 16 de noviembre de 2026.");
	makes("ru", PROOF_RELATIVE_DAY, "Они ушли в прошлый понедельник.", 0,
	    "Они ушли 23 ноября 2026.");
}

static const struct {
	const char *lang, *said, *becomes;
} said_in_languages[] = {
    {"it", "Si sono visti ieri.", "Si sono visti il 26 novembre 2026."},
    {"it", "Stasera piove.", "Il 27 novembre 2026 di sera piove."},
    {"it", "È partito lunedì scorso.", "È partito il 23 novembre 2026."},
    {"it", "Lo scorso lunedì pioveva.", "Il 23 novembre 2026 pioveva."},
    {"it", "La riunione di ieri è finita.",
	"La riunione di ieri (26 novembre 2026) è finita."},
    {"it", "«L’ho visto ieri» disse.",
	"«L’ho visto ieri [26 novembre 2026]» disse."},
    {"pt", "Encontraram-se ontem.",
	"Encontraram-se em 26 de novembro de 2026."},
    {"pt-BR", "Chove desde ontem.", "Chove desde 26 de novembro de 2026."},
    {"pt", "Saiu na passada segunda-feira.", "Saiu em 23 de novembro de 2026."},
    {"pt", "A reunião da próxima terça-feira é curta.",
	"A reunião de 1º de dezembro de 2026 é curta."},
    {"uk", "Вони зустрілися вчора.", "Вони зустрілися 26 листопада 2026 року."},
    {"uk", "Вони зустрілися минулого понеділка.",
	"Вони зустрілися 23 листопада 2026 року."},
    {"uk", "Вони зустрілися минулого тижня.",
	"Вони зустрілися минулого тижня (16 листопада 2026 року – "
	"22 листопада 2026 року)."},
    {"pl", "Spotkali się wczoraj.", "Spotkali się 26 listopada 2026 roku."},
    {"pl", "Spotkali się w zeszły poniedziałek.",
	"Spotkali się 23 listopada 2026 roku."},
    {"pl", "Przełożono na jutro.",
	"Przełożono na jutro (28 listopada 2026 roku)."},
    {"pl", "Minął zeszły tydzień.",
	"Minął zeszły tydzień (16 listopada 2026 roku – 22 listopada "
	"2026 roku)."},
    {"nl", "Ze zagen elkaar gisteren.", "Ze zagen elkaar op 26 november 2026."},
    {"nl", "Afgelopen maandag regende het.",
	"Op 23 november 2026 regende het."},
    {"nl", "Het viel in het afgelopen weekend.",
	"Het viel in het weekend van 21 november 2026."},
    {"nl", "Afgelopen week regende het.",
	"In de week van 16 november 2026 regende het."},
    {"sv", "De träffades igår.", "De träffades den 26 november 2026."},
    {"fi", "He tapasivat eilen.", "He tapasivat 26. marraskuuta 2026."},
    {"nb", "De møtes idag.", "De møtes 27. november 2026."},
    {"da", "De mødtes igår.", "De mødtes den 26. november 2026."},
    {"cs", "Setkali se včera.", "Setkali se 26. listopadu 2026."},
    {"cs", "Odložili to na zítra.",
	"Odložili to na zítra (28. listopadu 2026)."},
    {"sk", "Prišli dnes.", "Prišli 27. novembra 2026."},
    {"bg", "Тя дойде вчера.", "Тя дойде на 26 ноември 2026 година."},
    {"ja", "二人は昨日会った。", "二人は2026年11月26日会った。"},
    {"ja", "昨夜の雨は強かった。", "2026年11月26日夜の雨は強かった。"},
    {"ja", "彼は「昨日会った」と言った。",
	"彼は「昨日［2026年11月26日］会った」と言った。"},
    {"zh", "他昨天说。", "他2026年11月26日说。"},
    {"zh", "他上周来过。", "他上周（2026年11月16日至2026年11月22日）来过。"},
    {"zh-TW", "他說：「我後天來」。", "他說：「我後天［2026年11月29日］來」。"},
};

static void dates_are_written_in_every_language(void **state)
{
	size_t n = sizeof(said_in_languages) / sizeof(said_in_languages[0]);

	(void)state;
	for (size_t i = 0; i < n; i++)
		makes(said_in_languages[i].lang, PROOF_RELATIVE_DAY,
		    said_in_languages[i].said, 0, said_in_languages[i].becomes);
}

static void quoted_words_are_dated_beside_them(void **state)
{
	(void)state;
	makes("en", PROOF_RELATIVE_DAY, "“We met yesterday,” he said.", 0,
	    "“We met yesterday [26 November 2026],” he said.");
	makes(
	    "en", PROOF_RELATIVE_DAY, "“We met yesterday,” he said.", 1, NULL);
	makes("en", PROOF_RELATIVE_DAY, "‘It’s over today,’ he said.", 0,
	    "‘It’s over today [27 November 2026],’ he said.");
	makes("en", PROOF_RELATIVE_DAY, "‘It’s over,’ he said today.", 0,
	    "‘It’s over,’ he said on 27 November 2026.");
	makes("en", PROOF_RELATIVE_DAY, "> We met last Monday night.", 0,
	    "> We met last Monday night [23 November 2026].");
	makes("en", PROOF_RELATIVE_DAY, "“We met last week,” he said.", 0,
	    "“We met last week [16 November 2026 – 22 November 2026],” he "
	    "said.");
	makes("en", PROOF_RELATIVE_DAY, "“We met last month,” he said.", 0,
	    "“We met last month [October 2026],” he said.");
	makes("de", PROOF_RELATIVE_DAY, "„Heute Nacht fiel er“, sagte sie.", 1,
	    "„Heute Nacht [Nacht zum 28. November 2026] fiel er“, sagte sie.");
	makes("ko", PROOF_RELATIVE_DAY, "그는 “어제는 없었다”고 했다.", 0,
	    "그는 “어제[2026년 11월 26일]는 없었다”고 했다.");
	makes("ar", PROOF_RELATIVE_DAY, "قال «التقينا أمس» وخرج.", 0,
	    "قال «التقينا أمس [26 نوفمبر 2026]» وخرج.");
}

/* On a Sunday an English week is this one's or that of the day before. */
static void what_may_mean_two_days_has_a_mend_for_each(void **state)
{
	struct mend_known sunday = known;
	struct arena *a = arena_new(8 << 20);
	struct manuscript m = story(a, "en", "They met last week.");
	struct mending *mendings;
	struct proof_mark *marks;
	size_t n;

	(void)state;
	sunday.today.day = 29;
	sunday.today.weekday = 6;
	assert_int_equal(proof_read(a, &m, STR("en"), &marks, &n), RC_OK);
	assert_int_equal(n, 1);
	assert_int_equal(
	    mend_find(a, &m, STR("en"), &sunday, marks, n, &mendings), RC_OK);
	assert_int_equal(mendings[0].n, 2);
	assert_true(str_eq(
	    mendings[0].v[0].text, STR("in the week of 16 November 2026")));
	assert_true(str_eq(
	    mendings[0].v[1].text, STR("in the week of 22 November 2026")));
	arena_free(a);
}

static void a_day_with_its_date_is_no_mark(void **state)
{
	static const struct {
		const char *lang, *body;
		size_t marks;
	} rows[] = {
	    {"en", "“We met yesterday [26 November 2026],” he said.", 0},
	    {"en", "We met yesterday (November 26, 2026).", 0},
	    {"en", "We met yesterday \\[26 November 2026\\].", 0},
	    {"en", "We met last Monday night [23 November 2026].", 0},
	    {"en", "We met yesterday [sic].", 1},
	    {"en", "We met yesterday (of the 2026 budget).", 1},
	    {"en", "We met yesterday. It [26 November 2026] was late.", 1},
	    {"ja", "「昨日［2026年11月26日］会った」。", 0},
	    {"ko", "어제[2026년 11월 26일]는 없었다.", 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct arena *a = arena_new(8 << 20);
		struct manuscript m = story(a, rows[i].lang, rows[i].body);
		struct proof_mark *marks;
		size_t n;

		assert_int_equal(
		    stet_read(a, &m, STR("en"), NULL, 0, &marks, &n), RC_OK);
		if (n != rows[i].marks)
			fail_msg("%s: %zu marks", rows[i].body, n);
		arena_free(a);
	}
}

static void what_somebody_lets_stand_is_no_mark_until_it_changes(void **state)
{
	struct arena *a = arena_new(8 << 20);
	struct manuscript m = story(a, "en", "It was his last night here.");
	struct proof_mark *marks;
	struct stet v = {.who = STR("ada")};
	size_t n;

	(void)state;
	assert_int_equal(stet_read(a, &m, STR("en"), &v, 1, &marks, &n), RC_OK);
	assert_int_equal(n, 1);
	assert_false(v.is_met);
	v.kind = str_of(proof_kind_name(marks[0].kind));
	v.field = marks[0].field;
	v.words = marks[0].excerpt;
	assert_int_equal(stet_read(a, &m, STR("en"), &v, 1, &marks, &n), RC_OK);
	assert_int_equal(n, 0);
	assert_true(v.is_met);
	m.body = STR("It rained. It was his last night there.");
	assert_int_equal(stet_read(a, &m, STR("en"), &v, 1, &marks, &n), RC_OK);
	assert_int_equal(n, 1);
	assert_false(v.is_met);
	arena_free(a);
}

static void pictures_take_the_words_of_the_library(void **state)
{
	(void)state;
	makes("en", PROOF_NO_ALT, "![](/pictures/quay.jpg \"Ann\")", 0,
	    "![The old quay](/pictures/quay.jpg \"Ann\")");
	makes("en", PROOF_NO_CREDIT, "![A](/pictures/quay.jpg)\n\nOn.", 0,
	    "![A](/pictures/quay.jpg)\n*Photo: Rita Vaz*\n\nOn.");
	makes("de", PROOF_NO_CREDIT, "![A](/pictures/quay.jpg)\n*Der Kai*\n", 0,
	    "![A](/pictures/quay.jpg)\n*Der Kai (Foto: Rita Vaz)*\n");
	makes("en", PROOF_NO_ALT, "![](other.jpg \"Ann\")", 0, NULL);
}

/* --- at random --------------------------------------------------------- */

static uint64_t seed = 20261127;

static size_t below(size_t n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return n ? (size_t)(seed >> 33) % n : 0;
}

static void counts_of(
    struct arena *a, const struct manuscript *m, size_t counts[PROOF_KINDS])
{
	struct proof_mark *marks;
	size_t n;

	memset(counts, 0, PROOF_KINDS * sizeof(*counts));
	assert_int_equal(
	    stet_read(a, m, STR("en"), NULL, 0, &marks, &n), RC_OK);
	for (size_t i = 0; i < n; i++)
		counts[marks[i].kind]++;
}

/* Takes out or puts in what is mistyped every day. */
static struct str damaged(struct arena *a, struct str body)
{
	static const char *const bits[] = {"“", "”", "\"", "„", "«", "»", "‘",
	    "’", " the the ", "\n\n", ",", ".", "「", "]", "![](a.jpg)", "*",
	    " yesterday "};
	struct buf b;

	buf_init_arena(&b, a, body.n + 4096);
	for (size_t at = 0; at < body.n;) {
		size_t was = at;

		(void)utf8_next(body, &at);
		if (below(150) == 0)
			buf_add(&b,
			    str_of(
				bits[below(sizeof(bits) / sizeof(bits[0]))]));
		if (below(300) != 0)
			buf_add(&b, str_part(body, was, at - was));
	}
	if (below(3) == 0) {
		buf_lit(&b, "\n\n");
		buf_add(&b, str_part(body, 0, str_find_str(body, STR("\n\n"))));
	}
	return buf_str(&b);
}

static size_t check_mends(const char *name, const struct manuscript *m)
{
	struct arena *a = arena_new(64 << 20);
	struct read r = read_all(a, m);
	size_t before[PROOF_KINDS], after[PROOF_KINDS], mends = 0;

	counts_of(a, m, before);
	for (size_t i = 0; i < r.n; i++)
		for (size_t k = 0; k < r.mendings[i].n; k++) {
			struct manuscript made =
			    mend_apply(a, m, &r.mendings[i].v[k]);

			assert_true(utf8_is_valid(made.body));
			counts_of(a, &made, after);
			mends++;
			if (after[r.marks[i].kind] >= before[r.marks[i].kind])
				fail_msg("%s: \"%s\" stays", name,
				    proof_kind_name(r.marks[i].kind));
			for (int j = 0; j < PROOF_KINDS; j++)
				if (after[j] > before[j])
					fail_msg("%s: \"%s\" comes with it",
					    name,
					    proof_kind_name(
						(enum proof_kind)j));
		}
	arena_free(a);
	return mends;
}

static int is_story(const struct dirent *d)
{
	return str_ends(str_of(d->d_name), STR(".md")) &&
	       strcmp(d->d_name, "README.md") != 0;
}

static void a_mend_takes_its_mark_away_and_adds_none(void **state)
{
	static const char *const folders[] = {
	    "test/proof/clean", "test/proof/faulty"};
	size_t mends = 0;

	(void)state;
	for (int f = 0; f < 2; f++) {
		struct dirent **v = NULL;
		int n = scandir(folders[f], &v, is_story, alphasort);

		assert_true(n >= 5);
		for (int i = 0; i < n; i++) {
			struct arena *a = arena_new(8 << 20);
			struct str path =
			    arena_printf(a, "%s/%s", folders[f], v[i]->d_name);
			FILE *file = fopen(path.p, "rb");
			char *p = arena_alloc(a, 1 << 16);
			struct manuscript m;
			struct err err;
			struct str body;

			assert_non_null(file);
			body = (struct str){p, fread(p, 1, 1 << 16, file)};
			(void)fclose(file);
			if (manuscript_parse(a, body, &m, &err) != RC_OK)
				fail_msg("%s", err.why);
			body = m.body;
			for (int round = 0; round < 3; round++) {
				mends += check_mends(v[i]->d_name, &m);
				m.body = damaged(a, body);
				m.has_published = false;
			}
			arena_free(a);
			free(v[i]);
		}
		free(v);
	}
	printf("note: mend: %zu mends tried\n", mends);
	assert_true(mends > 200);
}

/* --- limits ------------------------------------------------------------ */

static void a_text_of_faults_is_not_read_for_ever(void **state)
{
	struct arena *a = arena_new(256 << 20);
	struct manuscript m = {.lang = STR("en")};
	struct buf b;
	clock_t start;
	double s;

	(void)state;
	buf_init_arena(&b, a, 2 << 20);
	for (int i = 0; b.n < 200 << 10; i++)
		buf_add(
		    &b, i % 400 == 0 ? STR("“One \n\n") : STR("Words of it. "));
	m.body = buf_str(&b);
	start = clock();
	assert_true(read_all(a, &m).n > 10);
	s = (double)(clock() - start) / CLOCKS_PER_SEC;
	if (s > 2.0)
		fail_msg("200 kB takes %.1f s", s);
	arena_free(a);
}

static void no_memory_is_told(void **state)
{
	(void)state;
	for (unsigned long n = 1; n < 400; n++) {
		struct arena *a = arena_new(8 << 20);
		struct manuscript m =
		    story(a, "en", "He said “no and and left");
		struct proof_mark *marks;
		struct mending *mendings;
		size_t count;
		enum rc rc;

		assert_int_equal(
		    proof_read(a, &m, STR("en"), &marks, &count), RC_OK);
		arena_fail_after(n);
		rc = mend_find(
		    a, &m, STR("en"), &known, marks, count, &mendings);
		arena_fail_after(0);
		assert_true(rc == RC_OK || rc == RC_NO_MEMORY);
		arena_free(a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_kind_has_a_mend_and_a_place),
	    cmocka_unit_test(quotation_marks_are_mended_by_language),
	    cmocka_unit_test(sentences_are_ended_by_script),
	    cmocka_unit_test(doubles_lose_one),
	    cmocka_unit_test(days_are_written_out),
	    cmocka_unit_test(parts_of_days_are_written_out),
	    cmocka_unit_test(weeks_are_written_out),
	    cmocka_unit_test(dates_are_written_in_every_language),
	    cmocka_unit_test(quoted_words_are_dated_beside_them),
	    cmocka_unit_test(what_may_mean_two_days_has_a_mend_for_each),
	    cmocka_unit_test(a_day_with_its_date_is_no_mark),
	    cmocka_unit_test(
		what_somebody_lets_stand_is_no_mark_until_it_changes),
	    cmocka_unit_test(pictures_take_the_words_of_the_library),
	    cmocka_unit_test(a_mend_takes_its_mark_away_and_adds_none),
	    cmocka_unit_test(a_text_of_faults_is_not_read_for_ever),
	    cmocka_unit_test(no_memory_is_told),
	};

	return cmocka_run_group_tests_name("mend", tests, NULL, NULL);
}
