/* SPDX-License-Identifier: MIT
 *
 * Words beside a day that make another one of it: "pasado mañana" is a day
 * further off than the word that is marked, and so is "أمس الأول"; of "a year
 * ago today", "heute in acht Tagen" nobody knows by that word how far it is.
 * The date of the word would be a wrong one there. Where it is in doubt, nobody
 * knows either. See mend_priv.h.
 */
#include "text/mend_priv.h"

#include "text/script.h"

/* A space of PHRASE is any white space within a paragraph; one behind its last
 * word, or before its first, parts it from the day. */
struct shift {
	enum language lang;
	const char *day;
	const char *phrase;
	bool is_behind;
	int days; /* to be added; 0: it may mean either */
};

static const struct shift shifts[] = {
    {LANGUAGE_ES, "mañana", "pasado ", false, 1},
    {LANGUAGE_ES, "ayer", "antes de ", false, -1},
    {LANGUAGE_PT, "amanhã", "depois de ", false, 1},
    {LANGUAGE_PT, "ontem", "antes de ", false, -1},
    {LANGUAGE_IT, "ieri", "l'altro ", false, -1},
    {LANGUAGE_IT, "ieri", "l’altro ", false, -1},
    {LANGUAGE_IT, "ieri", " l'altro", true, -1},
    {LANGUAGE_IT, "ieri", " l’altro", true, -1},
    {LANGUAGE_IT, "domani", " l'altro", true, 1},
    {LANGUAGE_IT, "domani", " l’altro", true, 1},
    {LANGUAGE_IT, "domani", "dopo ", false, 0},
    {LANGUAGE_FR, "hier", "avant ", false, 0},
    {LANGUAGE_FR, "demain", "après ", false, 0},
    {LANGUAGE_AR, "أمس", " الأول", true, -1},
    {LANGUAGE_AR, "الأمس", " الأول", true, -1},
    {LANGUAGE_AR, "بالأمس", " الأول", true, -1},
    {LANGUAGE_AR, "أمس", "أول ", false, -1},
    {LANGUAGE_AR, "أمس", "أول من ", false, -1},
    {LANGUAGE_AR, "غدا", "بعد ", false, 1},
    {LANGUAGE_AR, "غداً", "بعد ", false, 1},
    {LANGUAGE_FA, "فردا", "پس\u200C", false, 1},
    {LANGUAGE_FA, "فردا", "پس ", false, 0}, /* "so tomorrow" */
};

/* Where the white space before AT begins; AT: there is none, or a paragraph
 * ends in it. */
static size_t space_before(struct str s, size_t at)
{
	size_t from = at;
	int lines = 0;

	while (from > 0 && ascii_is_space(s.p[from - 1]))
		lines += s.p[--from] == '\n';
	return lines > 1 ? at : from;
}

static size_t space_behind(struct str s, size_t at)
{
	size_t to = at;
	int lines = 0;

	while (to < s.n && ascii_is_space(s.p[to]))
		lines += s.p[to++] == '\n';
	return lines > 1 ? at : to;
}

/* Where PHRASE begins, which ends at END; END: it is not there. */
static size_t phrase_before(struct str s, size_t end, struct str phrase)
{
	size_t at = end, was;

	for (size_t i = phrase.n; i > 0; i--) {
		was = at;
		if (phrase.p[i - 1] == ' ')
			at = space_before(s, at);
		else if (at > 0 && ascii_lower(s.p[at - 1]) == phrase.p[i - 1])
			at--;
		if (at == was)
			return end;
	}
	return at;
}

/* Where PHRASE ends, which begins at AT; AT: it is not there. */
static size_t phrase_behind(struct str s, size_t at, struct str phrase)
{
	size_t end = at, was;

	for (size_t i = 0; i < phrase.n; i++) {
		was = end;
		if (phrase.p[i] == ' ')
			end = space_behind(s, end);
		else if (end < s.n && ascii_lower(s.p[end]) == phrase.p[i])
			end++;
		if (end == was)
			return at;
	}
	return end;
}

static bool is_word_byte(char c)
{
	return ascii_is_alpha(c) || ascii_is_digit(c) ||
	       (unsigned char)c >= 0x80;
}

/* The phrase is a word's part: "وأول", "and the first". */
static bool is_part(struct str s, const struct shift *row, size_t to)
{
	return row->is_behind ? to < s.n && is_word_byte(s.p[to])
			      : to > 0 && is_word_byte(s.p[to - 1]);
}

bool mend_day_shift(const struct mend_job *j, struct str day, size_t *at,
    size_t *end, int *days)
{
	struct str s = j->text;

	for (size_t i = 0; i < sizeof(shifts) / sizeof(shifts[0]); i++) {
		const struct shift *row = &shifts[i];
		struct str phrase = str_of(row->phrase);
		size_t *side = row->is_behind ? end : at;
		size_t to;

		if (row->lang != j->lang || !str_eq_fold(day, str_of(row->day)))
			continue;
		to = row->is_behind ? phrase_behind(s, *side, phrase)
				    : phrase_before(s, *side, phrase);
		if (to == *side)
			continue;
		if (row->days == 0 || is_part(s, row, to))
			return false;
		*side = to;
		*days += row->days;
		return true;
	}
	return true;
}

/* --- counted from a day ------------------------------------------------ */

/* "Ago" and "from now", and what is counted so: a word of each, in what
 * stands beside the day, counts from it. ENDS alone does so right before the
 * day, STARTS right behind. */
static const struct counted {
	enum language lang;
	const char *ago, *units;
	const char *ends, *starts;
} counted[] = {
    {LANGUAGE_EN, " ago from ",
	" day days week weeks fortnight fortnights month months year years "
	"decade decades century centuries hour hours ",
	" days week weeks fortnight fortnights month months year years ",
	" week fortnight "},
    {LANGUAGE_DE, " vor in über ",
	" jahr jahre jahren monat monate monaten woche wochen tag tage tagen "
	"jahrzehnt jahrzehnten jahrhundert jahrhunderten ",
	" ", " "},
    {LANGUAGE_FR, " y dans voici voilà en ",
	" an ans année années mois semaine semaines jour jours siècle siècles "
	"décennie décennies huit quinze ",
	" ", " "},
    {LANGUAGE_ES, " hace hacía hizo hacen en ",
	" año años mes meses semana semanas día días siglo siglos década "
	"décadas ocho quince ",
	" ", " "},
    {LANGUAGE_IT, " fa or tra fra a ",
	" anno anni mese mesi settimana settimane giorno giorni secolo secoli "
	"decennio decenni otto quindici ",
	" ", " "},
    {LANGUAGE_PT, " há faz atrás daqui a ",
	" ano anos mês meses semana semanas dia dias século séculos década "
	"décadas oito quinze ",
	" ", " "},
    {LANGUAGE_RU, " назад через спустя ",
	" год года лет месяц месяца месяцев неделю недели недель день дня "
	"дней век века веков ",
	" ", " "},
    {LANGUAGE_UK, " тому через ",
	" рік роки років місяць місяці місяців тиждень тижні тижнів день дні "
	"днів ",
	" ", " "},
    {LANGUAGE_PL, " temu za ",
	" rok roku lata lat miesiąc miesiące miesięcy tydzień tygodnie tygodni "
	"dzień dni ",
	" ", " "},
    {LANGUAGE_NL, " geleden over terug ",
	" jaar maand maanden week weken dag dagen eeuw eeuwen ", " ", " "},
    {LANGUAGE_SV, " sedan siden för om sitten päästä kuluttua ",
	" år månad månader vecka veckor dag dagar måned måneder uke uker uge "
	"uger dage vuosi vuotta vuoden viikko viikkoa viikon kuukausi "
	"kuukautta kuukauden päivä päivää päivän ",
	" ", " "},
    {LANGUAGE_CS, " před za преди след ",
	" rokem rok roku roky lety let rokom rokmi rokov měsícem měsíc měsíce "
	"měsíci týden týdnem týdny týždňom týždeň dny dní dnem година години "
	"месец месеца седмица седмици ден дни ",
	" ", " "},
    {LANGUAGE_AR, " قبل منذ بعد ",
	" عام عاما عاماً عامين أعوام سنة سنوات سنتين شهر شهرا شهرين أشهر أسبوع "
	"أسبوعين أسابيع يوما يومين أيام قرن ",
	" ", " "},
    {LANGUAGE_KO, " ", " ", " 전 뒤 후 작년 지난해 재작년 내년 ", " "},
    {LANGUAGE_JA, " ", " ",
	" 年の 前の 後の 月の 週の 年 年前 年後 月前 月後 週間前 週間後 ", " "},
    {LANGUAGE_ZH, " ", " ",
	" 年的 前的 后的 後的 月的 周的 年 年前 年后 年後 月前 月后 月後 周前 "
	"周后 ",
	" "},
    {LANGUAGE_HE, " לפני בעוד כעבור אחרי ",
	" שנה שנים שנתיים חודש חודשים חודשיים שבוע שבועות שבועיים ימים יומיים "
	"עשור ",
	" ", " "},
    {LANGUAGE_TR, " önce sonra evvel ", " yıl sene ay hafta gün ",
	" yıl sene haftaya ", " "},
    {LANGUAGE_EL, " πριν σε μετά ",
	" χρόνο χρόνια έτος έτη μήνα μήνες εβδομάδα εβδομάδες μέρες ημέρες ",
	" σαν Σαν ", " "},
    {LANGUAGE_FA, " پیش قبل بعد ", " سال ماه هفته روز قرن دهه ", " سال ", " "},
    {LANGUAGE_HI, " पहले बाद ", " साल वर्ष महीने हफ्ते सप्ताह दिन दशक ", " साल ",
	" "},
    {LANGUAGE_TH, " ", " ", " ปีก่อน ปีที่แล้ว ", " เมื่อปี เมื่อหนึ่งปี "},
};

enum {
	COUNT_WORDS = 6,
	FIRST_WORDS = 2,
	WORD_MOST = 40, /* bytes of one that is looked at */
};

/* The words of a side met so far, and which of them count, from 1. */
struct beside {
	const struct counted *row;
	int words, ago, unit;
};

static bool is_sign(char c)
{
	return !is_word_byte(c) && !ascii_is_space(c);
}

/* A sentence or a part of it ends with C. */
static bool is_stop(char c)
{
	return c == '.' || c == '!' || c == '?' || c == ';' || c == ':';
}

static void add_word(struct beside *b, struct str word)
{
	b->words++;
	if (!b->ago && list_has(b->row->ago, word))
		b->ago = b->words;
	if (!b->unit && list_has(b->row->units, word))
		b->unit = b->words;
}

/* "A year ago": the last word before AT must be one that counts. */
static bool is_counted_before(struct beside b, struct str s, size_t at)
{
	while (b.words < COUNT_WORDS) {
		size_t end = space_before(s, at), from;

		while (end > 0 && is_sign(s.p[end - 1]))
			if (is_stop(s.p[--end]))
				return false;
		from = end;
		while (from > 0 && is_word_byte(s.p[from - 1]) &&
		       end - from < WORD_MOST)
			from--;
		add_word(&b, str_part(s, from, end - from));
		if (b.ago && b.unit)
			return true;
		if (from == end || !(b.ago || b.unit))
			return false;
		at = from;
	}
	return false;
}

/* "Vor einem Jahr", "a year ago": not "that two years ago it rained". */
static bool is_counted_behind(struct beside b, struct str s, size_t at)
{
	while (b.words < COUNT_WORDS) {
		size_t from, end;

		while (at < s.n && is_sign(s.p[at]))
			if (is_stop(s.p[at++]))
				return false;
		from = space_behind(s, at);
		end = from;
		while (end < s.n && is_word_byte(s.p[end]) &&
		       end - from < WORD_MOST)
			end++;
		add_word(&b, str_part(s, from, end - from));
		if (b.ago && b.unit)
			return b.ago < b.unit || b.ago == b.unit + 1;
		if (from == end ||
		    (b.words == FIRST_WORDS && !(b.ago || b.unit)))
			return false;
		at = end;
	}
	return false;
}

/* What stands before AT ends with one of LIST. */
static bool ends_with_one(const char *list, struct str s, size_t at)
{
	struct str rest = str_of(list), part = str_part(s, 0, at);

	part.n = space_before(s, at);
	while (rest.p) {
		struct str one = str_cut(&rest, ' ');

		if (one.n > 0 && one.n <= part.n &&
		    str_eq_fold(str_from(part, part.n - one.n), one))
			return true;
	}
	return false;
}

static bool starts_with_one(const char *list, struct str s, size_t at)
{
	struct str rest = str_of(list), part = str_from(s, space_behind(s, at));

	while (rest.p) {
		struct str one = str_cut(&rest, ' ');

		if (one.n > 0 && str_starts(part, one))
			return true;
	}
	return false;
}

bool mend_day_is_counted(const struct mend_job *j, size_t at, size_t end)
{
	for (size_t i = 0; i < sizeof(counted) / sizeof(counted[0]); i++) {
		struct beside b = {.row = &counted[i]};

		if (b.row->lang == j->lang)
			return is_counted_before(b, j->text, at) ||
			       is_counted_behind(b, j->text, end) ||
			       ends_with_one(b.row->ends, j->text, at) ||
			       starts_with_one(b.row->starts, j->text, end);
	}
	return false;
}
