/* SPDX-License-Identifier: MIT
 *
 * What looks like a relative day and is none, told by the words or the letters
 * beside it: "la mañana" is the morning, "目前天气" holds no day, "모레노" is
 * somebody's name. Where both may be meant it is taken for none.
 */
#include "text/proof_priv.h"

#include "base/utf8.h"
#include "text/script.h"

enum { TITLE_MOST = 90 }; /* bytes before a day */

#define EN_OWNERS                                                              \
	" the a an his her its our their my your whose one every very "

/* DAY is none behind a word of BEHIND, nor before the words of BEFORE. One that
 * begins with a capital is part of a name, and meant only with it. */
static const struct {
	enum language lang;
	const char *day;
	const char *behind;
	const char *before;
} others[] = {
    {LANGUAGE_EN, "Today",
	" usa russia psychology christianity india history asia africa ",
	" show programme program newspaper "},
    {LANGUAGE_EN, "Tonight", " entertainment ", " show "},
    /* "The last week of August", "her next night" are counted from there. */
    {LANGUAGE_EN, "last", EN_OWNERS, " "},
    {LANGUAGE_EN, "next", EN_OWNERS, " "},
    /* It is the morning, too: "gestern morgen", "op een morgen". */
    {LANGUAGE_DE, "morgen",
	" gestern vorgestern heute guten jeden montag dienstag mittwoch "
	"donnerstag freitag samstag sonnabend sonntag ",
	" "},
    {LANGUAGE_NL, "morgen",
	" een de die deze elke iedere goede goeden goeie vroege late mooie "
	"zonnige koude warme volgende andere hele donkere grijze gisteren "
	"eergisteren vandaag maandag dinsdag woensdag donderdag vrijdag "
	"zaterdag zondag ",
	" "},
    /* "Nowadays", in two words. */
    {LANGUAGE_HI, "आज", " ", " कल "},
    {LANGUAGE_HI, "कल", " आज ", " "},
    {LANGUAGE_ES, "mañana",
	" la una cada de esta esa aquella media otra toda primera última misma "
	"buena mi el del al ",
	" "},
    /* What is to come, and what was. */
    {LANGUAGE_PT, "amanhã", " o do no ao um ", " "},
    {LANGUAGE_IT, "domani", " il un del al nel dal ", " "},
    {LANGUAGE_DE, "Heute", " das dem des im ins vom zum ", " "},
    {LANGUAGE_DE, "Gestern", " das dem des im ins vom zum ", " "},
    {LANGUAGE_IT, "oggi", " ", " giorno "},
    {LANGUAGE_PL, "dziś", " ", " dzień "},
    /* Arabic and Hebrew say "the day" so, too: "the next day", "the agenda". */
    {LANGUAGE_AR, "اليوم",
	" في ذلك هذا كل طوال طيلة نهاية بداية منتصف جدول باقي بقية خلال "
	"المصري أخبار ",
	" التالي الأول الثاني الثالث الرابع الخامس السادس السابع الثامن "
	"التاسع العاشر الحادي الأخير السابق اللاحق الموالي الذي نفسه ذاته "
	"العالمي الدولي الوطني العربي الواحد الموعود الدراسي المفتوح الكبير "},
    {LANGUAGE_HE, "היום",
	" כל סדר לסדר בסדר מסדר שעות בשעות אור לאור באור חיי אותו עד במשך סוף "
	"בסוף תחילת באמצע את של עצם ",
	" הזה ההוא הראשון השני השלישי הרביעי החמישי השישי השביעי האחרון הבא "
	"יום שבו שאחרי שלפני הגדול שלמחרת "},
};

/* "Nowadays": the word and the two behind it. */
static const struct {
	enum language lang;
	const char *day, *next, *last;
} idioms[] = {
    {LANGUAGE_ES, "hoy", "en", "día"},
    {LANGUAGE_PT, "hoje", "em", "dia"},
    {LANGUAGE_IT, "oggi", "come", "oggi"},
    {LANGUAGE_NL, "vandaag", "de", "dag"},
};

/* The word before AT, which may end the line before, without the signs that it
 * begins with. */
static struct str word_before(struct str s, size_t at)
{
	size_t end = at, from, next;
	int lines = 0;

	while (end > 0 && ascii_is_space(s.p[end - 1]))
		lines += s.p[--end] == '\n';
	if (end == at || lines > 1)
		return STR_NONE;
	from = end;
	while (from > 0 && !ascii_is_space(s.p[from - 1]) && end - from < 40)
		from--;
	for (next = from; next < end; from = next)
		if (letter_is_word(utf8_next(s, &next)))
			break;
	return str_part(s, from, end - from);
}

/* "Rome's", "the workers’". */
static bool is_owner(struct str word)
{
	return (str_ends(word, STR("'s")) || str_ends(word, STR("’s")) ||
		   str_ends(word, STR("s'")) || str_ends(word, STR("s’"))) &&
	       !list_has(" it's it’s that's that’s he's he’s she's she’s "
			 "there's there’s here's here’s what's what’s who's "
			 "who’s let's let’s ",
		   word);
}

static bool is_other(
    enum language lang, struct str day, struct str before, struct str next)
{
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		struct str row = str_of(others[i].day);

		if (others[i].lang == lang &&
		    (ascii_is_upper(row.p[0]) ? str_eq(day, row)
					      : str_eq_fold(day, row)) &&
		    (list_has(others[i].behind, before) ||
			list_has(others[i].before, next)))
			return true;
	}
	return lang == LANGUAGE_EN && list_has(" last next ", day) &&
	       is_owner(before);
}

/* "Nowadays", by DAY and the two words behind it. */
static bool is_idiom(
    enum language lang, struct str day, struct str next, struct str last)
{
	for (size_t i = 0; i < sizeof(idioms) / sizeof(idioms[0]); i++)
		if (idioms[i].lang == lang &&
		    str_eq_fold(day, str_of(idioms[i].day)) &&
		    str_eq_fold(next, str_of(idioms[i].next)) &&
		    str_eq_fold(last, str_of(idioms[i].last)))
			return true;
	return false;
}

/* 《明天会更好》: of the titles of works, which these marks hold, no word is
 * meant. */
static bool is_in_title(struct str s, size_t at)
{
	size_t from = at > TITLE_MOST ? at - TITLE_MOST : 0;

	while (from < at && ((unsigned char)s.p[from] & 0xC0) == 0x80)
		from++;
	while (at > from) {
		uint32_t c = utf8_prev(s, &at);

		if (c == 0x300A)
			return true;
		if (c == 0x300B || c == '\n')
			return false;
	}
	return false;
}

/* «Сегодня»: a word that stands in marks alone is a name. */
static bool is_name(struct str s, struct str day)
{
	static const struct {
		struct str open, close;
	} marks[] = {{STR_INIT("«"), STR_INIT("»")},
	    {STR_INIT("»"), STR_INIT("«")}, {STR_INIT("“"), STR_INIT("”")},
	    {STR_INIT("„"), STR_INIT("“")}, {STR_INIT("„"), STR_INIT("”")},
	    {STR_INIT("”"), STR_INIT("”")}, {STR_INIT("\""), STR_INIT("\"")},
	    {STR_INIT("‘"), STR_INIT("’")}, {STR_INIT("「"), STR_INIT("」")},
	    {STR_INIT("『"), STR_INIT("』")}};
	size_t at = (size_t)(day.p - s.p);
	struct str before = str_part(s, 0, at);
	struct str behind = str_from(s, at + day.n);

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (str_ends(before, marks[i].open) &&
		    str_starts(behind, marks[i].close))
			return true;
	return false;
}

bool day_is_none(enum language lang, struct str s, struct str day)
{
	size_t at = (size_t)(day.p - s.p);
	struct str next = word_behind(s, at + day.n), last;

	if (is_name(s, day) || is_in_title(s, at) ||
	    is_other(lang, day, word_before(s, at), next))
		return true;
	if (next.n == 0)
		return false;
	last = word_behind(s, (size_t)(next.p - s.p) + next.n);
	return is_idiom(lang, day, next, last);
}

bool day_is_korean(struct str word)
{
	/* What hangs on a day; "오늘날" and "그제야" are other words. */
	static const char *const tails =
	    " 은 는 이 가 을 를 에 의 도 만 과 와 로 으로 부터 까지 까지는 까지도 "
	    "부터는 에는 에도 에야 이나 이면 면 이라도 라도 보다 처럼 조차 마저 쯤 "
	    "인 이다 이라고 라고 이라며 라며 였다 이었다 자 밤 새벽 아침 낮 오전 "
	    "오후 저녁 ";
	const char *const *days = language_days(LANGUAGE_KO);

	for (; *days; days++)
		if (str_starts(word, str_of(*days)) &&
		    (word.n == str_of(*days).n ||
			list_has(tails, str_from(word, str_of(*days).n))))
			return true;
	return false;
}

/* --- scripts without spaces ------------------------------------------- */

/* Letters of other words: DAY is none behind one of NOT_BEHIND or before one of
 * NOT_BEFORE, and, unless they are NULL, only behind one of ONLY_BEHIND and
 * before one of ONLY_BEFORE, or at an end of the run. */
static const struct dense {
	enum language lang;
	const char *day;
	const char *not_behind, *not_before;
	const char *only_behind, *only_before;
} dense[] = {
    {LANGUAGE_ZH, "前天", "", "津",
	"在从從到于於就他她我们們的是和与與或及者方府局院部队隊市", NULL},
    {LANGUAGE_ZH, "后天", "", "性形培努因获教环失学养的",
	"在从到于就他她我们是和与或及者方府局院部队市", NULL},
    {LANGUAGE_ZH, "後天", "", "性形培努因獲教環失學養的",
	"在從到於就他她我們是和與或及者方府局院部隊市", NULL},
    {LANGUAGE_ZH, "今天", "如当當现現至迄古", "", NULL, NULL},
    {LANGUAGE_ZH, "今日", "如当當现現至迄古", "头頭说說", NULL, NULL},
    {LANGUAGE_ZH, "明天",
	"说說文证證声聲表黎光聪聰清透发發照查指阐闡标標写寫注鲜鮮简簡高英公开開"
	"贤賢昆三启啟神分精判申载載昭大",
	"", NULL, NULL},
    {LANGUAGE_ZH, "明日",
	"说說文证證声聲表黎光聪聰清透发發照查指阐闡标標写寫注鲜鮮简簡高英公开開"
	"贤賢昆三启啟神分精判申载載昭大",
	"之香", NULL, NULL},
    {LANGUAGE_ZH, "上周", "马晚早网以路身街海界线之场会史台桌", "围边期转刊密",
	NULL, NULL},
    {LANGUAGE_ZH, "上週", "馬晚早網以路身街海界線之場會史台桌", "圍邊期轉刊密",
	NULL, NULL},
    {LANGUAGE_JA, "今日", "昨古", "子的本", NULL, NULL},
    {LANGUAGE_JA, "明日", "説証声表透発文鮮判未開照黎", "香葉菜美海奈", NULL,
	NULL},
    {LANGUAGE_JA, "本日", "", "", "はがもをにでのとや", NULL},
    {LANGUAGE_JA, "きのう", "", "", "はがもをにで", "のはもかまにで午夜朝夕"},
};

static bool holds(const char *letters, struct str letter)
{
	struct str all = str_of(letters);

	return str_find_str(all, letter) < all.n;
}

static bool fits(const struct dense *row, struct str before, struct str behind)
{
	if (before.n > 0 &&
	    (holds(row->not_behind, before) ||
		(row->only_behind && !holds(row->only_behind, before))))
		return false;
	return behind.n == 0 ||
	       (!holds(row->not_before, behind) &&
		   (!row->only_before || holds(row->only_before, behind)));
}

/* The day of N bytes at AT of RUN is one, by the letters beside it. */
static bool is_among(enum language lang, struct str run, size_t at, size_t n)
{
	struct str day = str_part(run, at, n), before, behind;
	size_t from = at, to = at + n;

	if (at > 0)
		(void)utf8_prev(run, &from);
	if (to < run.n)
		(void)utf8_next(run, &to);
	/* "Every such day": nowadays. */
	if (lang == LANGUAGE_TH && str_ends(str_part(run, 0, at), STR("ทุก")))
		return false;
	before = str_part(run, from, at - from);
	behind = str_part(run, at + n, to - at - n);
	for (size_t i = 0; i < sizeof(dense) / sizeof(dense[0]); i++)
		if (dense[i].lang == lang && str_eq(day, str_of(dense[i].day)))
			return fits(&dense[i], before, behind);
	return true;
}

size_t day_in_run(enum language lang, struct str run, size_t *ret_at)
{
	const char *const *days = language_days(lang);

	for (size_t at = *ret_at; at < run.n; (void)utf8_next(run, &at)) {
		size_t n = 0;

		/* "一昨日" is not "昨日"; of several the longest. */
		for (size_t i = 0; days[i]; i++)
			if (str_of(days[i]).n > n &&
			    str_starts(str_from(run, at), str_of(days[i])))
				n = str_of(days[i]).n;
		if (n > 0 && is_among(lang, run, at, n)) {
			*ret_at = at;
			return n;
		}
	}
	return 0;
}
