/* SPDX-License-Identifier: MIT
 *
 * Days that one word says, and how far from today they are; see mend_priv.h.
 */
#include "text/mend_priv.h"

struct day_word {
	enum language lang;
	const char *word;
	int days; /* from today */
};

static const struct day_word day_words[] = {{LANGUAGE_EN, "yesterday", -1},
    {LANGUAGE_EN, "today", 0}, {LANGUAGE_EN, "tonight", 0},
    {LANGUAGE_EN, "tomorrow", 1}, {LANGUAGE_DE, "vorgestern", -2},
    {LANGUAGE_DE, "gestern", -1}, {LANGUAGE_DE, "heute", 0},
    {LANGUAGE_DE, "morgen", 1}, {LANGUAGE_DE, "übermorgen", 2},
    {LANGUAGE_FR, "avant-hier", -2}, {LANGUAGE_FR, "hier", -1},
    {LANGUAGE_FR, "aujourd’hui", 0}, {LANGUAGE_FR, "aujourd'hui", 0},
    {LANGUAGE_FR, "demain", 1}, {LANGUAGE_FR, "après-demain", 2},
    {LANGUAGE_ES, "anteayer", -2}, {LANGUAGE_ES, "ayer", -1},
    {LANGUAGE_ES, "anoche", -1}, {LANGUAGE_ES, "hoy", 0},
    {LANGUAGE_ES, "mañana", 1}, {LANGUAGE_RU, "позавчера", -2},
    {LANGUAGE_RU, "вчера", -1}, {LANGUAGE_RU, "Вчера", -1},
    {LANGUAGE_RU, "сегодня", 0}, {LANGUAGE_RU, "Сегодня", 0},
    {LANGUAGE_RU, "завтра", 1}, {LANGUAGE_RU, "Завтра", 1},
    {LANGUAGE_RU, "послезавтра", 2}, {LANGUAGE_AR, "بالأمس", -1},
    {LANGUAGE_AR, "الأمس", -1}, {LANGUAGE_AR, "أمس", -1},
    {LANGUAGE_AR, "اليوم", 0}, {LANGUAGE_AR, "غداً", 1}, {LANGUAGE_AR, "غدا", 1},
    {LANGUAGE_KO, "그제", -2}, {LANGUAGE_KO, "어제", -1},
    {LANGUAGE_KO, "오늘", 0}, {LANGUAGE_KO, "내일", 1},
    {LANGUAGE_KO, "모레", 2}, {LANGUAGE_IT, "ieri", -1},
    {LANGUAGE_IT, "oggi", 0}, {LANGUAGE_IT, "stasera", 0},
    {LANGUAGE_IT, "domani", 1}, {LANGUAGE_PT, "anteontem", -2},
    {LANGUAGE_PT, "ontem", -1}, {LANGUAGE_PT, "hoje", 0},
    {LANGUAGE_PT, "amanhã", 1}, {LANGUAGE_UK, "позавчора", -2},
    {LANGUAGE_UK, "вчора", -1}, {LANGUAGE_UK, "учора", -1},
    {LANGUAGE_UK, "Вчора", -1}, {LANGUAGE_UK, "Учора", -1},
    {LANGUAGE_UK, "сьогодні", 0}, {LANGUAGE_UK, "Сьогодні", 0},
    {LANGUAGE_UK, "завтра", 1}, {LANGUAGE_UK, "Завтра", 1},
    {LANGUAGE_UK, "післязавтра", 2}, {LANGUAGE_PL, "przedwczoraj", -2},
    {LANGUAGE_PL, "wczoraj", -1}, {LANGUAGE_PL, "dziś", 0},
    {LANGUAGE_PL, "dzisiaj", 0}, {LANGUAGE_PL, "jutro", 1},
    {LANGUAGE_PL, "pojutrze", 2}, {LANGUAGE_NL, "eergisteren", -2},
    {LANGUAGE_NL, "gisteren", -1}, {LANGUAGE_NL, "vandaag", 0},
    {LANGUAGE_NL, "morgen", 1}, {LANGUAGE_NL, "overmorgen", 2},
    {LANGUAGE_SV, "igår", -1}, {LANGUAGE_SV, "idag", 0},
    {LANGUAGE_SV, "imorgon", 1}, {LANGUAGE_SV, "i går", -1},
    {LANGUAGE_SV, "i dag", 0}, {LANGUAGE_SV, "i morgon", 1},
    {LANGUAGE_SV, "i morgen", 1}, {LANGUAGE_SV, "eilen", -1},
    {LANGUAGE_SV, "tänään", 0}, {LANGUAGE_SV, "huomenna", 1},
    {LANGUAGE_CS, "předevčírem", -2}, {LANGUAGE_CS, "včera", -1},
    {LANGUAGE_CS, "dnes", 0}, {LANGUAGE_CS, "zítra", 1},
    {LANGUAGE_CS, "вчера", -1}, {LANGUAGE_CS, "днес", 0},
    {LANGUAGE_CS, "утре", 1}, {LANGUAGE_CS, "Вчера", -1},
    {LANGUAGE_CS, "Днес", 0}, {LANGUAGE_CS, "Утре", 1},
    {LANGUAGE_JA, "一昨日", -2}, {LANGUAGE_JA, "昨日", -1},
    {LANGUAGE_JA, "昨夜", -1}, {LANGUAGE_JA, "きのう", -1},
    {LANGUAGE_JA, "今日", 0}, {LANGUAGE_JA, "本日", 0},
    {LANGUAGE_JA, "明日", 1}, {LANGUAGE_ZH, "前天", -2},
    {LANGUAGE_ZH, "昨天", -1}, {LANGUAGE_ZH, "昨日", -1},
    {LANGUAGE_ZH, "今天", 0}, {LANGUAGE_ZH, "今日", 0},
    {LANGUAGE_ZH, "明天", 1}, {LANGUAGE_ZH, "明日", 1},
    {LANGUAGE_ZH, "后天", 2}, {LANGUAGE_ZH, "後天", 2},
    {LANGUAGE_HE, "שלשום", -2}, {LANGUAGE_HE, "אתמול", -1},
    {LANGUAGE_HE, "היום", 0}, {LANGUAGE_HE, "מחר", 1},
    {LANGUAGE_HE, "מחרתיים", 2}, {LANGUAGE_TR, "dün", -1},
    {LANGUAGE_TR, "bugün", 0}, {LANGUAGE_TR, "yarın", 1},
    {LANGUAGE_EL, "προχθές", -2}, {LANGUAGE_EL, "Προχθές", -2},
    {LANGUAGE_EL, "χθες", -1}, {LANGUAGE_EL, "Χθες", -1},
    {LANGUAGE_EL, "χτες", -1}, {LANGUAGE_EL, "Χτες", -1},
    {LANGUAGE_EL, "σήμερα", 0}, {LANGUAGE_EL, "Σήμερα", 0},
    {LANGUAGE_EL, "αύριο", 1}, {LANGUAGE_EL, "Αύριο", 1},
    {LANGUAGE_EL, "μεθαύριο", 2}, {LANGUAGE_EL, "Μεθαύριο", 2},
    {LANGUAGE_FA, "پریروز", -2}, {LANGUAGE_FA, "دیروز", -1},
    {LANGUAGE_FA, "امروز", 0}, {LANGUAGE_FA, "فردا", 1}, {LANGUAGE_HI, "आज", 0},
    {LANGUAGE_HI, "कल", -1}, {LANGUAGE_TH, "เมื่อวานนี้", -1},
    {LANGUAGE_TH, "วันนี้", 0}, {LANGUAGE_TH, "พรุ่งนี้", 1}};

bool mend_day_said(
    enum language lang, struct str word, struct str *ret_said, int *ret_days)
{
	for (size_t i = 0; i < sizeof(day_words) / sizeof(day_words[0]); i++) {
		struct str one = str_of(day_words[i].word);

		if (day_words[i].lang != lang ||
		    !(lang == LANGUAGE_KO ? str_starts(word, one)
					  : str_eq_fold(word, one)))
			continue;
		*ret_said = one;
		*ret_days = day_words[i].days;
		return true;
	}
	return false;
}
