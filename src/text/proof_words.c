/* SPDX-License-Identifier: MIT
 *
 * Words of languages for the proof marks. Each list is short on purpose: it
 * holds what newspapers print every day, not what a dictionary knows.
 */
#include "text/proof_priv.h"

#include <string.h>

#include "base/must.h"
#include "base/utf8.h"
#include "text/script.h"

static const struct {
	const char *tag;
	enum language lang;
} tags[] = {{"en", LANGUAGE_EN}, {"de", LANGUAGE_DE}, {"fr", LANGUAGE_FR},
    {"es", LANGUAGE_ES}, {"it", LANGUAGE_IT}, {"pt", LANGUAGE_PT},
    {"ru", LANGUAGE_RU}, {"be", LANGUAGE_RU}, {"uk", LANGUAGE_UK},
    {"pl", LANGUAGE_PL}, {"nl", LANGUAGE_NL}, {"sv", LANGUAGE_SV},
    {"fi", LANGUAGE_SV}, {"nb", LANGUAGE_SV}, {"no", LANGUAGE_SV},
    {"da", LANGUAGE_SV}, {"cs", LANGUAGE_CS}, {"sk", LANGUAGE_CS},
    {"sl", LANGUAGE_CS}, {"bg", LANGUAGE_CS}, {"ar", LANGUAGE_AR},
    {"ko", LANGUAGE_KO}, {"ja", LANGUAGE_JA}, {"zh", LANGUAGE_ZH},
    {"he", LANGUAGE_HE}, {"iw", LANGUAGE_HE}, {"tr", LANGUAGE_TR},
    {"el", LANGUAGE_EL}, {"fa", LANGUAGE_FA}, {"hi", LANGUAGE_HI},
    {"th", LANGUAGE_TH}};

enum language language_of(struct str tag)
{
	size_t n = str_find(tag, '-');

	tag.n = n;
	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++)
		if (str_eq_fold(tag, str_of(tags[i].tag)))
			return tags[i].lang;
	return LANGUAGE_NONE;
}

/* Words that rightly stand twice: pronouns of reflexive verbs, relative
 * behind article, and words doubled for their force. */
static const char *const doubles[] = {
    [LANGUAGE_NONE] = "",
    [LANGUAGE_EN] = " had that very really so no yes bye ha ho hey well now "
		    "there far many long more again never knock hear tut "
		    "blah do does did can is was are were what who her you ",
    [LANGUAGE_DE] = " die der das den dem sie ihr ihnen sich wir es so ja nein "
		    "sehr ganz viele nach zu aber doch da ",
    [LANGUAGE_FR] = " nous vous en si non oui très tout bien plus loin trop "
		    "ah ha vite ",
    [LANGUAGE_ES] = " no sí si muy ya poco nunca casi luego bien más que ja "
		    "lo ",
    [LANGUAGE_IT] = " piano via man così quasi appena ben sì no poco molto "
		    "pian ancora mano ora subito ha ",
    [LANGUAGE_PT] = " não sim muito pouco logo quase já bem nunca mais se ",
    [LANGUAGE_RU] = " да нет очень ну вот так еле чуть много долго далеко ха "
		    "что как ",
    [LANGUAGE_UK] = " так ні дуже ну от ось ледь довго багато ха що як ",
    [LANGUAGE_PL] = " bardzo tak nie no ha dawno już długo ",
    [LANGUAGE_NL] = " heel zeer nee ja die dat u ze ",
    [LANGUAGE_SV] = " ja nej mycket så det den de ",
    [LANGUAGE_CS] = " ano ne velmi moc tak ",
    [LANGUAGE_AR] =
	" جدا جداً شيئا شيئاً رويدا رويداً قليلا قليلاً خطوة واحدا واحداً لا نعم "
	"مرة ",
    [LANGUAGE_KO] = " 점점 서로 조금 많이 빨리 자주 하나 또 아주 매우 정말 "
		    "천천히 더 두고 한 차근 하루 ",
    [LANGUAGE_JA] = "",
    [LANGUAGE_ZH] = "",
    [LANGUAGE_HE] = "",
    [LANGUAGE_TR] = "",
    [LANGUAGE_EL] = "",
    [LANGUAGE_FA] = "",
    [LANGUAGE_HI] = "",
    [LANGUAGE_TH] = "",
};

/* Where doubling a word is grammar ("yavaş yavaş"), those that are not. */
static const char *const singles[] = {
    [LANGUAGE_HE] = " של את על כי עם אשר או גם אבל ",
    [LANGUAGE_TR] = " ve bir bu ile için ama olan olarak ",
    [LANGUAGE_EL] = " και με στην στο στη από για είναι ότι ",
    [LANGUAGE_FA] = " و از به که در را این آن است ",
    [LANGUAGE_HI] = " और के की का में है से को ने पर ",
    [LANGUAGE_TH] = NULL,
};

/* Words that no name is made of, though they stand twice with capitals. */
static const char *const commons[] = {
    [LANGUAGE_EN] = " i the he she it we in on at by to of is as if or an my "
		    "his her and but for ",
    [LANGUAGE_DE] = " das in an im am er ist und ",
    [LANGUAGE_FR] = " le les il un une et de du ",
    [LANGUAGE_ES] = " el los un y de en ",
};

/* ONE is WORD, or WORD with a small letter at its start. */
static bool is_word(struct str one, struct str word)
{
	size_t i = 0, k = 0;

	if (one.n != word.n || str_eq_fold(one, word))
		return one.n == word.n;
	return utf8_next(one, &i) == letter_lower(utf8_next(word, &k)) &&
	       i == k && str_eq_fold(str_from(one, i), str_from(word, k));
}

int list_place(const char *list, struct str word)
{
	struct str rest = str_of(list);
	int place = 0;

	while (rest.p && word.n > 0) {
		struct str one = str_cut(&rest, ' ');

		if (one.n == 0)
			continue;
		place++;
		if (is_word(one, word))
			return place;
	}
	return 0;
}

bool list_has(const char *list, struct str word)
{
	return list_place(list, word) > 0;
}

/* "صفا صفا", row by row: an adverb of the kind that is said twice. */
static bool is_arabic_adverb(struct str word)
{
	return (str_ends(word, STR("ا")) || str_ends(word, STR("اً")) ||
		   str_ends(word, STR("ًا"))) &&
	       !list_has(" هذا ما لا إذا كما أنا هنا عندما بينما لماذا إلا أما "
			 "إما ",
		   word);
}

bool word_may_double(enum language lang, struct str word)
{
	must((size_t)lang < sizeof(doubles) / sizeof(doubles[0]) &&
	     (size_t)lang < sizeof(singles) / sizeof(singles[0]));
	if (singles[lang])
		return !list_has(singles[lang], word);
	return list_has(doubles[lang], word) ||
	       (lang == LANGUAGE_AR && is_arabic_adverb(word));
}

bool word_is_common(enum language lang, struct str word)
{
	return (size_t)lang < sizeof(commons) / sizeof(commons[0]) &&
	       commons[lang] && list_has(commons[lang], word);
}

bool language_doubles(enum language lang)
{
	return lang == LANGUAGE_NONE || lang == LANGUAGE_JA ||
	       lang == LANGUAGE_ZH || lang == LANGUAGE_TH;
}

static const char *const days_none[] = {NULL};
static const char *const days_en[] = {
    "yesterday", "today", "tomorrow", "tonight", "last", "next", "this", NULL};
static const char *const days_de[] = {"gestern", "heute", "morgen",
    "vorgestern", "übermorgen", "letzten", "vergangenen", "kommenden",
    "nächsten", "letzte", "vergangene", "kommende", "nächste", NULL};
static const char *const days_fr[] = {"hier", "aujourd’hui", "aujourd'hui",
    "demain", "avant-hier", "après-demain", "lundi", "mardi", "mercredi",
    "jeudi", "vendredi", "samedi", "dimanche", "semaine", NULL};
static const char *const days_es[] = {"ayer", "hoy", "mañana", "anteayer",
    "anoche", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado",
    "domingo", "semana", "pasado", "próximo", NULL};
static const char *const days_it[] = {"ieri", "oggi", "domani", "stasera",
    "lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato",
    "domenica", "settimana", "scorso", NULL};
static const char *const days_pt[] = {"ontem", "hoje", "amanhã", "anteontem",
    "passada", "passado", "próxima", "segunda-feira", "terça-feira",
    "quarta-feira", "quinta-feira", "sexta-feira", "sábado", "domingo", NULL};
static const char *const days_ru[] = {"вчера", "сегодня", "завтра", "позавчера",
    "послезавтра", "Вчера", "Сегодня", "Завтра", "прошлый", "прошлую",
    "минувший", "прошлой", "следующей", NULL};
static const char *const days_uk[] = {"вчора", "учора", "сьогодні", "завтра",
    "позавчора", "післязавтра", "Вчора", "Учора", "Сьогодні", "Завтра",
    "минулого", "минулої", NULL};
static const char *const days_pl[] = {"wczoraj", "dziś", "dzisiaj", "jutro",
    "przedwczoraj", "pojutrze", "ubiegły", "zeszły", "miniony", "zeszłym",
    "ubiegłym", "przyszłym", NULL};
static const char *const days_nl[] = {"gisteren", "vandaag", "morgen",
    "eergisteren", "overmorgen", "afgelopen", "vorige", "volgende", NULL};
static const char *const days_sv[] = {"igår", "idag", "imorgon", "i går",
    "i dag", "i morgon", "i morgen", "eilen", "tänään", "huomenna", NULL};
static const char *const days_cs[] = {"včera", "dnes", "zítra", "předevčírem",
    "вчера", "днес", "утре", "Вчера", "Днес", "Утре", NULL};
static const char *const days_ar[] = {
    "أمس", "اليوم", "غدا", "غداً", "الأمس", "بالأمس", NULL};
static const char *const days_ko[] = {
    "어제", "오늘", "내일", "그제", "모레", NULL};
static const char *const days_ja[] = {
    "昨日", "今日", "明日", "昨夜", "本日", "一昨日", "きのう", NULL};
static const char *const days_zh[] = {"昨天", "今天", "明天", "昨日", "今日",
    "明日", "前天", "后天", "後天", "上周", "上週", NULL};

static const char *const days_he[] = {
    "אתמול", "היום", "מחר", "שלשום", "מחרתיים", NULL};
static const char *const days_tr[] = {"dün", "bugün", "yarın", NULL};
static const char *const days_el[] = {"χθες", "χτες", "σήμερα", "αύριο",
    "προχθές", "μεθαύριο", "Χθες", "Χτες", "Σήμερα", "Αύριο", "Προχθές",
    "Μεθαύριο", NULL};
static const char *const days_fa[] = {"دیروز", "امروز", "فردا", "پریروز", NULL};
static const char *const days_hi[] = {"आज", "कल", NULL};
static const char *const days_th[] = {"เมื่อวานนี้", "วันนี้", "พรุ่งนี้", NULL};

const char *const *language_days(enum language lang)
{
	static const char *const *const all[] = {
	    [LANGUAGE_NONE] = days_none,
	    [LANGUAGE_EN] = days_en,
	    [LANGUAGE_DE] = days_de,
	    [LANGUAGE_FR] = days_fr,
	    [LANGUAGE_ES] = days_es,
	    [LANGUAGE_IT] = days_it,
	    [LANGUAGE_PT] = days_pt,
	    [LANGUAGE_RU] = days_ru,
	    [LANGUAGE_UK] = days_uk,
	    [LANGUAGE_PL] = days_pl,
	    [LANGUAGE_NL] = days_nl,
	    [LANGUAGE_SV] = days_sv,
	    [LANGUAGE_CS] = days_cs,
	    [LANGUAGE_AR] = days_ar,
	    [LANGUAGE_KO] = days_ko,
	    [LANGUAGE_JA] = days_ja,
	    [LANGUAGE_ZH] = days_zh,
	    [LANGUAGE_HE] = days_he,
	    [LANGUAGE_TR] = days_tr,
	    [LANGUAGE_EL] = days_el,
	    [LANGUAGE_FA] = days_fa,
	    [LANGUAGE_HI] = days_hi,
	    [LANGUAGE_TH] = days_th,
	};

	must((size_t)lang < sizeof(all) / sizeof(all[0]));
	return all[lang];
}

/* Days of the week, weeks and the words beside them; the first of two words
 * alone says nothing: "last" is relative in "last Monday", not in "at last". */
static const struct {
	enum language lang;
	const char *first;
	const char *second;
} pairs[] = {
    {LANGUAGE_EN, " last next ",
	" monday tuesday wednesday thursday friday saturday sunday week month "
	"night weekend "},
    {LANGUAGE_EN, " this ", " morning afternoon evening "},
    {LANGUAGE_DE,
	" letzten vergangenen kommenden nächsten letzte vergangene kommende "
	"nächste ",
	" montag dienstag mittwoch donnerstag freitag samstag sonnabend "
	"sonntag woche wochenende "},
    {LANGUAGE_FR,
	" lundi mardi mercredi jeudi vendredi samedi dimanche semaine ",
	" dernier dernière prochain prochaine "},
    {LANGUAGE_ES,
	" lunes martes miércoles jueves viernes sábado domingo semana ",
	" pasado pasada próximo próxima "},
    {LANGUAGE_ES, " pasado próximo ",
	" lunes martes miércoles jueves viernes sábado domingo "},
    {LANGUAGE_IT,
	" lunedì martedì mercoledì giovedì venerdì sabato domenica settimana ",
	" scorso scorsa prossimo prossima "},
    {LANGUAGE_IT, " scorso ",
	" lunedì martedì mercoledì giovedì venerdì sabato "},
    {LANGUAGE_PT,
	" segunda-feira terça-feira quarta-feira quinta-feira sexta-feira "
	"sábado domingo ",
	" passada próxima passado próximo "},
    {LANGUAGE_PT, " passada passado próxima ",
	" segunda-feira terça-feira quarta-feira quinta-feira sexta-feira "
	"sábado domingo "},
    {LANGUAGE_RU, " прошлый прошлую минувший ",
	" понедельник вторник среду четверг пятницу субботу воскресенье "},
    {LANGUAGE_RU, " прошлой следующей ", " неделе "},
    {LANGUAGE_UK, " минулого минулої ",
	" понеділка вівторка середи четверга п’ятниці п'ятниці суботи неділі "
	"тижня "},
    {LANGUAGE_PL, " ubiegły zeszły miniony ",
	" poniedziałek wtorek czwartek piątek weekend tydzień "},
    {LANGUAGE_PL, " zeszłym ubiegłym przyszłym ", " tygodniu "},
    {LANGUAGE_NL, " vorige volgende ", " week "},
    {LANGUAGE_NL, " afgelopen ",
	" maandag dinsdag woensdag donderdag vrijdag zaterdag zondag week "
	"weekend "},
};

bool day_is_relative(enum language lang, struct str word, struct str next)
{
	bool needs_next = false;

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		if (pairs[i].lang != lang || !list_has(pairs[i].first, word))
			continue;
		needs_next = true;
		if (list_has(pairs[i].second, next))
			return true;
	}
	return !needs_next;
}

bool word_is_relative(enum language lang, struct str word)
{
	static const char *const words[] = {
	    [LANGUAGE_EN] = " who which whose ",
	    [LANGUAGE_FR] = " qui ",
	    [LANGUAGE_RU] = " который которая которое которые ",
	    [LANGUAGE_UK] = " який яка яке які ",
	    [LANGUAGE_PL] = " który która które którzy ",
	    [LANGUAGE_TH] = NULL,
	};

	return words[lang] && list_has(words[lang], word);
}
