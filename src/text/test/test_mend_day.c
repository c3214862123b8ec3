/* SPDX-License-Identifier: MIT
 *
 * Days, weeks and months that are said from today, written out in each language
 * or, where the words are somebody's, dated beside them.
 */
#include "text/mend.h"

#include "text/test/mend_fixture.h"

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

/* Today is the 27th. */
static void a_word_beside_the_day_makes_another_one_of_it(void **state)
{
	static const char *const rows[][3] = {
	    {"ar", "وصل أمس الأول إلى المدينة.",
		"وصل في 25 نوفمبر 2026 إلى المدينة."},
	    {"ar", "وصل أول أمس.", "وصل في 25 نوفمبر 2026."},
	    {"ar", "وصل أول من أمس.", "وصل في 25 نوفمبر 2026."},
	    {"ar", "التقوا مساء أول أمس.", "التقوا مساء 25 نوفمبر 2026."},
	    {"pt", "Chega depois de amanhã.",
		"Chega em 29 de novembro de 2026."},
	    {"pt", "Depois de\namanhã chove.",
		"Em 29 de novembro de 2026 chove."},
	    {"pt", "Saiu antes de ontem.", "Saiu em 25 de novembro de 2026."},
	    {"it", "È partito l'altro ieri.", "È partito il 25 novembre 2026."},
	    {"it", "L’altro ieri pioveva.", "Il 25 novembre 2026 pioveva."},
	    {"it", "È partito ieri l'altro.", "È partito il 25 novembre 2026."},
	    {"it", "È partito ieri l’altro.", "È partito il 25 novembre 2026."},
	    {"es", "Llegó antes de ayer.", "Llegó el 25 de noviembre de 2026."},
	    {"es", "“Llegó antes de ayer”, dijo.",
		"“Llegó antes de ayer [25 de noviembre de 2026]”, dijo."},
	    {"es", "Pasado mañana llega.", "El 29 de noviembre de 2026 llega."},
	    {"fa", "او پس\u200Cفردا می\u200Cآید.",
		"او در 29 نوامبر 2026 می\u200Cآید."},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		makes(
		    rows[i][0], PROOF_RELATIVE_DAY, rows[i][1], 0, rows[i][2]);
	makes("es", PROOF_RELATIVE_DAY, "Así es el pasado.\n\nMañana llueve.",
	    0, "Así es el pasado.\n\nEl 28 de noviembre de 2026 llueve.");
}

static void a_day_that_is_counted_from_has_no_date(void **state)
{
	static const char *const rows[][2] = {
	    {"en", "A year ago today it rained."},
	    {"en", "It rained two years\nago, yesterday."},
	    {"en", "It opens a week from tomorrow."},
	    {"en", "It opens a week tomorrow."},
	    {"en", "It opens tomorrow week."},
	    {"en", "It opened ten years ago last Monday."},
	    {"de", "Heute vor einem Jahr regnete es."},
	    {"de", "Vor einem Jahr heute regnete es."},
	    {"de", "Es regnete gestern Abend vor zehn Jahren."},
	    {"de", "Heute in acht Tagen öffnet sie."},
	    {"fr", "Il y a un an aujourd’hui, il pleuvait."},
	    {"fr", "Aujourd'hui, il y a dix ans, il pleuvait."},
	    {"fr", "Il part demain en huit."},
	    {"fr", "Il est parti avant hier."},
	    {"es", "Murió hoy hace un año."},
	    {"it", "È morto un anno fa oggi."},
	    {"it", "Dopo domani piove."},
	    {"pt", "Morreu há um ano hoje."},
	    {"ru", "Через год сегодня он вернётся."},
	    {"ru", "Он умер год назад сегодня."},
	    {"uk", "Він помер рік тому сьогодні."},
	    {"pl", "Zmarł rok temu dzisiaj."},
	    {"nl", "Hij stierf vandaag een jaar geleden."},
	    {"nl", "Het opent morgen over een week."},
	    {"sv", "Han dog i dag för ett år sedan."},
	    {"fi", "Hän kuoli vuosi sitten tänään."},
	    {"cs", "Zemřel dnes před rokem."},
	    {"bg", "Умря преди година днес."},
	    {"ar", "توفي قبل عام اليوم."},
	    {"ar", "وصل وأول أمس."},
	    {"ko", "1년 전 오늘 비가 왔다."},
	    {"ko", "작년 오늘 비가 왔다."},
	    {"ja", "一年前の今日、雨だった。"},
	    {"zh", "一年前的今天下雨。"},
	    {"zh", "去年今天下雨。"},
	    {"he", "הוא נפטר לפני שנה היום."},
	    {"tr", "Geçen yıl bugün öldü."},
	    {"el", "Πριν από έναν χρόνο σήμερα έβρεξε."},
	    {"el", "Σαν σήμερα γεννήθηκε."},
	    {"fa", "او یک سال پیش امروز آمد."},
	    {"fa", "پس فردا باران می\u200Cبارد."},
	    {"hi", "वह एक साल पहले आज आया।"},
	    {"th", "เขามาวันนี้เมื่อปีที่แล้ว"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		makes(rows[i][0], PROOF_RELATIVE_DAY, rows[i][1], 0, NULL);
	makes("en", PROOF_RELATIVE_DAY,
	    "He said today that a year ago it fell.", 0,
	    "He said on 27 November 2026 that a year ago it fell.");
	makes("en", PROOF_RELATIVE_DAY, "That was years ago. Today it fell.", 0,
	    "That was years ago. On 27 November 2026 it fell.");
	makes("de", PROOF_RELATIVE_DAY, "Er sprach heute vor dem Rat.", 0,
	    "Er sprach am 27. November 2026 vor dem Rat.");
}

static void a_date_that_would_not_fit_stands_in_brackets(void **state)
{
	static const char *const rows[][3] = {
	    {"de", "Für morgen ist Regen gemeldet.",
		"Für morgen (28. November 2026) ist Regen gemeldet."},
	    {"de", "Der Brief ist von gestern.",
		"Der Brief ist von gestern (26. November 2026)."},
	    {"de", "In der Nacht auf heute regnete es.",
		"In der Nacht auf heute (27. November 2026) regnete es."},
	    {"en", "In last week's vote he won.",
		"In last week's (16 November 2026 – 22 November 2026) vote he "
		"won."},
	    {"en", "He spoke at last night's vote.",
		"He spoke at last night's (26 November 2026) vote."},
	    {"en", "It lasts through tomorrow.",
		"It lasts through 28 November 2026."},
	    {"en", "Last Sunday was hot.",
		"Last Sunday (22 November 2026) was hot."},
	    {"en", "It rained. Today is dry.",
		"It rained. Today (27 November 2026) is dry."},
	    {"en", "He said yesterday wasn’t dry.",
		"He said yesterday (26 November 2026) wasn’t dry."},
	    {"en", "Last week was hot.",
		"Last week (16 November 2026 – 22 November 2026) was hot."},
	    {"en", "The vote yesterday was close.",
		"The vote on 26 November 2026 was close."},
	    {"en", "It grew into today with them.",
		"It grew into today (27 November 2026) with them."},
	    {"en", "It is open to tomorrow.",
		"It is open to 28 November 2026."},
	    {"el", "Από χθες βρέχει.", "Από χθες (26 Νοεμβρίου 2026) βρέχει."},
	    {"it", "Piove domani mattina.",
		"Piove domani mattina (28 novembre 2026)."},
	    {"sv", "Det regnade i går kväll.",
		"Det regnade i går kväll (26 november 2026)."},
	    {"nb", "Det regnet i går kveld.",
		"Det regnet i går kveld (26. november 2026)."},
	    {"nl", "Het regende gisteren avond.",
		"Het regende gisteren avond (26 november 2026)."},
	    {"tr", "Dün akşam geldi.", "Dün akşam (26 Kasım 2026) geldi."},
	    {"hi", "वह कल रात आया।", "वह कल रात (26 नवंबर 2026) आया।"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		makes(
		    rows[i][0], PROOF_RELATIVE_DAY, rows[i][1], 0, rows[i][2]);
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
    {"ja", "一昨日の雨。", "2026年11月25日の雨。"},
    {"ja", "昨夜の雨は強かった。", "2026年11月26日夜の雨は強かった。"},
    {"ja", "彼は「昨日会った」と言った。",
	"彼は「昨日［2026年11月26日］会った」と言った。"},
    {"zh", "他昨天说。", "他2026年11月26日说。"},
    {"he", "הוא נפגש אתמול עם השר.", "הוא נפגש ב-26 בנובמבר 2026 עם השר."},
    {"he", "הוועדה תתכנס מחר.", "הוועדה תתכנס ב-28 בנובמבר 2026."},
    {"he", "הוא הגיע היום לעיר.", "הוא הגיע ב-27 בנובמבר 2026 לעיר."},
    {"tr", "Dün geldi.", "26 Kasım 2026 tarihinde geldi."},
    {"tr", "Meclis bugün toplandı.",
	"Meclis 27 Kasım 2026 tarihinde toplandı."},
    {"tr", "Yarın açılacak.", "28 Kasım 2026 tarihinde açılacak."},
    {"el", "Χθες έβρεξε.", "Στις 26 Νοεμβρίου 2026 έβρεξε."},
    {"el", "Έρχεται αύριο.", "Έρχεται στις 28 Νοεμβρίου 2026."},
    {"el", "Είναι από χθες εδώ.", "Είναι από χθες (26 Νοεμβρίου 2026) εδώ."},
    {"fa", "او دیروز آمد.", "او در 26 نوامبر 2026 آمد."},
    {"fa", "فردا باران می‌بارد.",
	"در 28 نوامبر 2026 باران می‌بارد."},
    {"hi", "वह आज आया।", "वह 27 नवंबर 2026 को आया।"},
    {"hi", "वह कल से यहाँ है।", "वह 26 नवंबर 2026 से यहाँ है।"},
    {"th", "เขามาเมื่อวานนี้", "เขามาวันที่ 26 พฤศจิกายน 2569"},
    {"th", "ประชุมพรุ่งนี้ที่เมือง", "ประชุมวันที่ 28 พฤศจิกายน 2569ที่เมือง"},
    {"zh", "他上周来过。", "他上周（2026年11月16日至2026年11月22日）来过。"},
    {"zh-TW", "他說：「我後天來」。", "他說：「我後天［2026年11月29日］來」。"},
    {"fr", "Il est parti avant-hier.", "Il est parti le 25 November 2026."},
    {"fr", "Après-demain, il pleut.", "Le 29 November 2026, il pleut."},
    {"pt", "Na segunda-feira passada choveu.",
	"Em 23 de novembro de 2026 choveu."},
    {"pt", "Choveu no domingo passado.", "Choveu em 22 de novembro de 2026."},
    {"it", "La settimana scorsa pioveva.",
	"La settimana del 16 novembre 2026 pioveva."},
    {"ru", "На прошлой неделе шёл дождь.",
	"На прошлой неделе (16 ноября 2026 – 22 ноября 2026) шёл дождь."},
    {"pl", "W zeszłym tygodniu padało.",
	"W zeszłym tygodniu (16 listopada 2026 roku – 22 listopada 2026 "
	"roku) padało."},
    {"nl", "Vorige week regende het.",
	"In de week van 16 november 2026 regende het."},
    {"sv", "Det regnade i går.", "Det regnade den 26 november 2026."},
    {"nb", "Det regnet i går.", "Det regnet 26. november 2026."},
    {"da", "I går regnede det.", "Den 26. november 2026 regnede det."},
    {"bg", "Вчера валя.", "На 26 ноември 2026 година валя."},
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
		    proof_read(a, &m, STR("en"), &marks, &n), RC_OK);
		if (n != rows[i].marks)
			fail_msg("%s: %zu marks", rows[i].body, n);
		arena_free(a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(days_are_written_out),
	    cmocka_unit_test(parts_of_days_are_written_out),
	    cmocka_unit_test(a_word_beside_the_day_makes_another_one_of_it),
	    cmocka_unit_test(a_day_that_is_counted_from_has_no_date),
	    cmocka_unit_test(a_date_that_would_not_fit_stands_in_brackets),
	    cmocka_unit_test(weeks_are_written_out),
	    cmocka_unit_test(dates_are_written_in_every_language),
	    cmocka_unit_test(quoted_words_are_dated_beside_them),
	    cmocka_unit_test(what_may_mean_two_days_has_a_mend_for_each),
	    cmocka_unit_test(a_day_with_its_date_is_no_mark),
	};

	return cmocka_run_group_tests_name("mend_day", tests, NULL, NULL);
}
