/* SPDX-License-Identifier: MIT
 *
 * "Yesterday" as its date: "on 26 November 2026"; "tonight" as the night of it,
 * "last week" as the week of its Monday. Where the sentence would not stand
 * with that in it, behind a word that takes another form then, the date is put
 * behind the words, in brackets; so it is in a quotation, of whose words none
 * is changed. What may mean two days ("next weekend", on a Friday) has a mend
 * for each. See mend_priv.h.
 */
#include "text/mend_priv.h"

#include "base/arena.h"
#include "base/must.h"
#include "base/utf8.h"
#include "text/script.h"

/* Of the week, Monday first, and the words that say which one is meant. */
static const struct {
	enum language lang;
	const char *names;
	const char *past, *future;
} weeks[] = {
    {LANGUAGE_EN, " monday tuesday wednesday thursday friday saturday sunday ",
	" last ", " next "},
    {LANGUAGE_DE,
	" montag dienstag mittwoch donnerstag freitag samstag sonntag ",
	" letzten vergangenen ", " kommenden nächsten "},
    {LANGUAGE_FR, " lundi mardi mercredi jeudi vendredi samedi dimanche ",
	" dernier ", " prochain "},
    {LANGUAGE_ES, " lunes martes miércoles jueves viernes sábado domingo ",
	" pasado ", " próximo "},
    {LANGUAGE_DE, " - - - - - sonnabend ", " letzten vergangenen ",
	" kommenden nächsten "},
    {LANGUAGE_RU,
	" понедельник вторник среду четверг пятницу субботу "
	"воскресенье ",
	" прошлый прошлую минувший ", " "},
    {LANGUAGE_IT, " lunedì martedì mercoledì giovedì venerdì sabato domenica ",
	" scorso scorsa ", " prossimo prossima "},
    {LANGUAGE_PT,
	" segunda-feira terça-feira quarta-feira quinta-feira sexta-feira "
	"sábado domingo ",
	" passada passado ", " próxima próximo "},
    {LANGUAGE_UK, " понеділка вівторка середи четверга п’ятниці суботи неділі ",
	" минулого минулої ", " "},
    {LANGUAGE_PL,
	" poniedziałek wtorek środę czwartek piątek sobotę niedzielę ",
	" ubiegły zeszły miniony ", " "},
    {LANGUAGE_NL,
	" maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ",
	" afgelopen ", " "},
};

/* How a date stands in a sentence; the words behind which it stands without
 * that; and those behind which it takes another form. TAG: only there. */
static const struct {
	enum language lang;
	const char *tag;
	const char *start, *bare, *other;
} forms[] = {
    {LANGUAGE_EN, NULL, "on ",
	" on since from until till to by before after of for and or between "
	"through throughout around about beginning starting ",
	" than as like past with into during within toward towards except "},
    {LANGUAGE_DE, NULL, "am ", " am seit bis vom zum ab ",
	" für von auf um gegen über nach vor mit aus zu "},
    {LANGUAGE_FR, NULL, "le ", " le du au ", " de à d’ici d'ici d’ jusqu’à "},
    {LANGUAGE_ES, NULL, "el ", " el del al ", " de a "},
    {LANGUAGE_RU, NULL, "", " ", " на к по во в "},
    {LANGUAGE_AR, NULL, "في ",
	" في منذ حتى من إلى قبل بعد صباح مساء ظهر ليل ليلة فجر عصر يوم ", " "},
    {LANGUAGE_KO, NULL, "", " ", " "},
    {LANGUAGE_IT, NULL, "il ", " il dal del al ",
	" di da a in per fino tra fra entro "},
    {LANGUAGE_PT, NULL, "em ", " em desde até de após para ", " a por "},
    {LANGUAGE_UK, NULL, "", " ", " на по о об в у "},
    {LANGUAGE_PL, NULL, "", " ", " na po o we w "},
    {LANGUAGE_NL, NULL, "op ", " op sinds van vanaf tot voor na en of tussen ",
	" in "},
    {LANGUAGE_SV, "fi", "", " ", " "},
    {LANGUAGE_SV, "nb", "", " ", " "},
    {LANGUAGE_SV, "no", "", " ", " "},
    {LANGUAGE_SV, NULL, "den ", " den ", " i på "},
    {LANGUAGE_CS, "bg", "на ", " на от до след преди за ", " "},
    {LANGUAGE_CS, NULL, "", " ", " na pro o za před po v ve s "},
    {LANGUAGE_JA, NULL, "", " ", " "},
    {LANGUAGE_ZH, NULL, "", " ", " "},
    {LANGUAGE_HE, NULL, "ב-", " עד לפני אחרי מאז של ", " "},
    {LANGUAGE_TR, NULL, "", " ", " "},
    {LANGUAGE_EL, NULL, "στις ", " στις τις ",
	" από ως έως μέχρι για της του η το "},
    {LANGUAGE_FA, NULL, "در ", " در از تا برای ", " "},
    {LANGUAGE_HI, NULL, "", " ", " "},
    {LANGUAGE_TH, NULL, "วันที่ ", " ", " "},
};

/* A part of the day: what stands before its date, and behind it. It is said
 * behind the day, or, as in "tonight", by the day's own word. */
struct part {
	enum language lang;
	const char *said;
	const char *core, *behind;
	bool is_day;
};

static const struct part parts[] = {
    {LANGUAGE_EN, "morning", "the morning of ", "", false},
    {LANGUAGE_EN, "afternoon", "the afternoon of ", "", false},
    {LANGUAGE_EN, "evening", "the evening of ", "", false},
    {LANGUAGE_EN, "night", "the night of ", "", false},
    {LANGUAGE_EN, "tonight", "the night of ", "", true},
    {LANGUAGE_DE, "früh", "Morgen des ", "", false},
    {LANGUAGE_DE, "Morgen", "Morgen des ", "", false},
    {LANGUAGE_DE, "Vormittag", "Vormittag des ", "", false},
    {LANGUAGE_DE, "Mittag", "Mittag des ", "", false},
    {LANGUAGE_DE, "Nachmittag", "Nachmittag des ", "", false},
    {LANGUAGE_DE, "Abend", "Abend des ", "", false},
    {LANGUAGE_FR, "matin", "", " au matin", false},
    {LANGUAGE_FR, "midi", "", " à midi", false},
    {LANGUAGE_FR, "après-midi", "", " dans l’après-midi", false},
    {LANGUAGE_FR, "soir", "", " au soir", false},
    {LANGUAGE_ES, "anoche", "la noche del ", "", true},
    {LANGUAGE_IT, "stasera", "", " di sera", true},
    {LANGUAGE_JA, "昨夜", "", "夜", true},
};

/* Parts of the day that cannot stand behind a date as they stand behind the
 * day's word: the date goes beside them. */
static const struct {
	enum language lang;
	const char *said;
} parts_beside[] = {
    {LANGUAGE_EN, " noon midday lunchtime dawn dusk "},
    {LANGUAGE_DE, " vormittags mittags nachmittags abends nachts "},
    {LANGUAGE_FR, " nuit "},
    {LANGUAGE_IT, " mattina pomeriggio sera notte "},
    {LANGUAGE_NL, " ochtend morgen middag avond nacht "},
    {LANGUAGE_SV, " morse förmiddag eftermiddag kväll natt morges formiddag "
		  "ettermiddag kveld aften aftes nat middag "},
    {LANGUAGE_TR, " sabah öğle öğleden akşam gece "},
    {LANGUAGE_EL, " πρωί μεσημέρι απόγευμα βράδυ "},
    {LANGUAGE_FA, " صبح ظهر عصر شب "},
    {LANGUAGE_HI, " सुबह दोपहर शाम रात "},
};

enum unit { UNIT_WEEK, UNIT_WEEKEND, UNIT_MONTH };

/* Weeks, and the like, that are said from today. Behind a word of BARE they
 * stand without START; behind one of ONLY they can stand, if there is any;
 * behind one of NEVER they cannot. */
struct period {
	enum language lang;
	enum unit unit;
	const char *said;
	const char *past, *future;
	const char *start, *core;
	const char *bare, *only, *never;
};

#define EN_BEHIND " in on over during since from until till by before after of "

static const struct period periods[] = {
    {LANGUAGE_EN, UNIT_WEEK, "week", " last ", " next ", "in ", "the week of ",
	EN_BEHIND, NULL, ""},
    {LANGUAGE_EN, UNIT_WEEKEND, "weekend", " last ", " next ", "on ",
	"the weekend of ", EN_BEHIND, NULL, ""},
    {LANGUAGE_EN, UNIT_MONTH, "month", " last ", " next ", "in ", "", EN_BEHIND,
	NULL, ""},
    {LANGUAGE_DE, UNIT_WEEK, "Woche", " letzte vergangene ",
	" kommende nächste ", "in der ", "Woche vom ", " der die ", NULL,
	" für bis auf ab seit um gegen über von vor nach jede eine diese "},
    {LANGUAGE_DE, UNIT_WEEK, "Woche", " letzten vergangenen ",
	" kommenden nächsten ", "", "Woche vom ", "", " der ", ""},
    {LANGUAGE_DE, UNIT_WEEKEND, "Wochenende",
	" letzten vergangenen letzte vergangene ",
	" kommenden nächsten kommende nächste ", "", "Wochenende vom ", "",
	" am das dem zum ", ""},
    {LANGUAGE_FR, UNIT_WEEK, "semaine", " dernière ", " prochaine ", "",
	"semaine du ", "", " la ", ""},
    {LANGUAGE_ES, UNIT_WEEK, "semana", " pasada ", " próxima ", "",
	"semana del ", "", " la ", ""},
    {LANGUAGE_IT, UNIT_WEEK, "settimana", " scorsa ", " prossima ", "",
	"settimana del ", "", " la ", ""},
    {LANGUAGE_NL, UNIT_WEEK, "week", " afgelopen vorige ", " volgende ",
	"in de ", "week van ", " de ", NULL,
	" in sinds van vanaf tot voor na over "},
    {LANGUAGE_NL, UNIT_WEEKEND, "weekend", " afgelopen ", " ", "in het ",
	"weekend van ", " het ", NULL, " in sinds van vanaf tot voor na over "},
    /* These take another case, or have a week of another beginning. */
    {LANGUAGE_RU, UNIT_WEEK, "неделе", " прошлой ", " следующей ", "", "", "",
	"", ""},
    {LANGUAGE_PL, UNIT_WEEK, "tygodniu", " zeszłym ubiegłym ", " przyszłym ",
	"", "", "", "", ""},
    {LANGUAGE_UK, UNIT_WEEK, "тижня", " минулого ", " ", "", "", "", "", ""},
    {LANGUAGE_PL, UNIT_WEEK, "tydzień", " ubiegły zeszły miniony ", " ", "", "",
	"", "", ""},
    {LANGUAGE_PL, UNIT_WEEKEND, "weekend", " ubiegły zeszły miniony ", " ", "",
	"", "", "", ""},
    {LANGUAGE_ZH, UNIT_WEEK, "上周", " 上周 ", " ", "", "", "", "", ""},
    {LANGUAGE_ZH, UNIT_WEEK, "上週", " 上週 ", " ", "", "", "", "", ""},
};

/* The word before AT, on the same line. */
static struct str word_before(struct str s, size_t at)
{
	size_t end = at, from;

	while (end > 0 && s.p[end - 1] == ' ')
		end--;
	from = end;
	while (from > 0 && !ascii_is_space(s.p[from - 1]))
		from--;
	return str_part(s, from, end - from);
}

/* A single mark opens before AT, and none closes it. */
static bool is_in_single(struct str s, size_t from, size_t at)
{
	bool is_open = false;

	while (from < at) {
		uint32_t c = utf8_next(s, &from);

		if (c == 0x2018 || c == 0x201A || c == 0x2039)
			is_open = true;
		else if (c == 0x203A ||
			 (c == 0x2019 &&
			     (from >= s.n ||
				 word_behind(s, from).p != s.p + from ||
				 word_behind(s, from).n == 0)))
			is_open = false;
	}
	return is_open;
}

/* Somebody's words: a paragraph that is quoted, or an odd number of quotation
 * marks before AT in it. */
static bool is_quoted(struct str s, size_t at)
{
	size_t start = mend_block_start(s, at), i = start, n = 0;

	while (i > 0 && s.p[i - 1] != '\n')
		if (s.p[--i] == '>')
			return true;
	for (i = start; i < at;) {
		uint32_t c = utf8_next(s, &i);

		n += c == '"' || c == 0x201C || c == 0x201D || c == 0x201E ||
		     c == 0xAB || c == 0xBB || (c >= 0x300C && c <= 0x300F);
	}
	return n % 2 == 1 || is_in_single(s, start, at);
}

/* "어제는": the day, and what hangs on it, as it hangs on "일". */
static struct str korean_tail(struct str tail)
{
	static const struct {
		struct str from, to;
	} tails[] = {{STR_INIT("는"), STR_INIT("은")},
	    {STR_INIT("가"), STR_INIT("이")}, {STR_INIT("를"), STR_INIT("을")},
	    {STR_INIT("와"), STR_INIT("과")}};

	for (size_t i = 0; i < sizeof(tails) / sizeof(tails[0]); i++)
		if (str_eq(tail, tails[i].from))
			return tails[i].to;
	return tail;
}

/* What is meant: from which day to which, counted from today, from where to
 * where it is said, and what stands around its date. */
struct meant {
	int days, length; /* LENGTH is 1 for a day */
	int or_days;	  /* it may be these as well; else DAYS */
	int months;	  /* from this one, where IS_MONTH */
	bool is_month;
	bool is_fixed; /* the sentence cannot take the date in its place */
	size_t at, end;
	const char *start; /* NULL: as dates do in this language */
	const char *core;
	struct str tail;
	size_t tail_n; /* bytes of it that were said, too */
};

/* The part of the day that WORD says, if it says one. */
static const struct part *part_said(
    enum language lang, struct str word, bool is_day)
{
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (parts[i].lang == lang && parts[i].is_day == is_day &&
		    str_eq_fold(word, str_of(parts[i].said)))
			return &parts[i];
	return NULL;
}

/* "heute Nacht" is the night that was or the one that comes: a night has the
 * date of its morning. */
static void add_night(
    const struct mend_job *j, struct str next, struct meant *m)
{
	m->end = (size_t)(next.p - j->text.p) + next.n;
	m->or_days = m->days == 0 ? 1 : m->days == -1 ? -1 : m->days + 1;
	m->days += m->days != 0;
	m->start = "in der ";
	m->core = "Nacht zum ";
	m->is_fixed =
	    list_place(" in seit bis von ab für um vor nach zur der die "
		       "jede ",
		word_before(j->text, m->at));
}

static bool is_part_beside(enum language lang, struct str word)
{
	for (size_t i = 0; i < sizeof(parts_beside) / sizeof(parts_beside[0]);
	     i++)
		if (parts_beside[i].lang == lang &&
		    list_place(parts_beside[i].said, word))
			return true;
	return false;
}

/* "gestern Abend", "hier soir", "tonight". */
static void add_part(const struct mend_job *j, struct str word, struct meant *m)
{
	struct str next = word_behind(j->text, m->end);
	const struct part *part = part_said(j->lang, word, true);

	if (!part) {
		part = part_said(j->lang, next, false);
		if (!part && j->lang == LANGUAGE_DE &&
		    str_eq_fold(next, STR("Nacht")))
			add_night(j, next, m);
		if (!part && is_part_beside(j->lang, next)) {
			m->end = (size_t)(next.p - j->text.p) + next.n;
			m->is_fixed = true;
		}
		if (!part)
			return;
		m->end = (size_t)(next.p - j->text.p) + next.n;
	}
	m->core = part->core;
	if (part->behind[0])
		m->tail = str_of(part->behind);
}

static bool word_means(
    const struct mend_job *j, struct str word, struct meant *ret)
{
	struct str said;

	if (!mend_day_said(j->lang, word, &said, &ret->days))
		return false;
	ret->end = j->mark->offset + word.n;
	if (j->lang == LANGUAGE_KO) {
		ret->tail = korean_tail(str_from(word, said.n));
		ret->tail_n = word.n - said.n;
	}
	return true;
}

/* "this morning". */
static bool this_means(
    const struct mend_job *j, struct str word, struct meant *ret)
{
	ret->days = 0;
	ret->end = j->mark->offset + word.n;
	return j->lang == LANGUAGE_EN && str_eq_fold(word, STR("this"));
}

/* "last night". */
static bool night_means(
    const struct mend_job *j, struct str word, struct meant *ret)
{
	struct str next = word_behind(j->text, j->mark->offset + word.n);

	ret->days = -1;
	ret->end = j->mark->offset + word.n;
	return j->lang == LANGUAGE_EN && str_eq_fold(word, STR("last")) &&
	       str_eq_fold(next, STR("night"));
}

/* The days of a week, a weekend or a month before or behind this one. */
static void set_period(const struct mend_job *j, enum unit unit, bool is_past,
    struct str which, struct meant *m)
{
	int today = j->known->today.weekday;

	switch (unit) {
	case UNIT_WEEK:
		m->days = (is_past ? -7 : 7) - today;
		m->or_days = m->days;
		m->length = 7;
		/* For many an English one has just begun. */
		if (j->lang == LANGUAGE_EN && today == 6)
			m->or_days += 6;
		break;
	case UNIT_WEEKEND:
		m->days = is_past     ? -today - 2
			  : today < 5 ? 5 - today
				      : 12 - today;
		m->or_days = m->days;
		m->length = 2;
		/* The one that comes, or the next one. */
		if (!is_past && today < 5 &&
		    !list_place(" kommenden kommende ", which))
			m->or_days += 7;
		break;
	case UNIT_MONTH:
		m->is_month = true;
		m->months = is_past ? -1 : 1;
		break;
	}
}

/* "last week" began on the Monday before this one's. */
static bool period_means(
    const struct mend_job *j, struct str word, struct meant *ret)
{
	struct str next = word_behind(j->text, j->mark->offset + word.n);
	struct str before = word_before(j->text, j->mark->offset);

	for (size_t i = 0; i < sizeof(periods) / sizeof(periods[0]); i++) {
		const struct period *p = &periods[i];
		bool is_first = str_eq_fold(word, str_of(p->said));
		bool is_alone = list_place(p->past, str_of(p->said));
		struct str which = is_first && !is_alone ? next : word;
		bool is_past = list_place(p->past, which);

		if (p->lang != j->lang ||
		    !(is_first || str_eq_fold(next, str_of(p->said))) ||
		    !(is_past || list_place(p->future, which)))
			continue;
		set_period(j, p->unit, is_past, which, ret);
		ret->is_fixed = (p->only && !list_place(p->only, before)) ||
				list_place(p->never, before);
		ret->end = is_alone ? j->mark->offset + word.n
				    : (size_t)(next.p - j->text.p) + next.n;
		ret->start = list_place(p->bare, before) ? "" : p->start;
		ret->core = p->core;
		return true;
	}
	return false;
}

/* "last Monday" is the last one before today, "lundi prochain" the first one
 * after it. */
static bool pair_means(
    const struct mend_job *j, struct str word, struct meant *ret)
{
	size_t behind = j->mark->offset + word.n;
	struct str next = word_behind(j->text, behind);
	int today = j->known->today.weekday;

	for (size_t i = 0; i < sizeof(weeks) / sizeof(weeks[0]); i++) {
		int day = list_place(weeks[i].names, next);
		struct str which = word;

		if (weeks[i].lang != j->lang)
			continue;
		if (!day) {
			day = list_place(weeks[i].names, word);
			which = next;
		}
		if (!day || next.n == 0)
			continue;
		day--;
		ret->days = (day - today) % 7;
		if (list_place(weeks[i].past, which))
			ret->days -= ret->days < 0 ? 0 : 7;
		else if (list_place(weeks[i].future, which))
			ret->days += ret->days > 0 ? 0 : 7;
		else
			continue;
		ret->or_days = ret->days;
		ret->end = (size_t)(next.p - j->text.p) + next.n;
		return true;
	}
	return false;
}

/* Words that go with a day's name and not with its date: they are replaced,
 * too, by START. */
static const struct {
	enum language lang;
	const char *words;
	const char *start; /* NULL: as dates do */
} taken[] = {
    {LANGUAGE_RU, " в В во Во ", NULL},
    {LANGUAGE_PL, " w W we We ", NULL},
    {LANGUAGE_PT, " na no ", "em "},
    {LANGUAGE_PT, " da do ", "de "},
    {LANGUAGE_IT, " lo ", NULL},
};

static void take_preposition(const struct mend_job *j, struct meant *m)
{
	struct str before = word_before(j->text, m->at);

	for (size_t i = 0; i < sizeof(taken) / sizeof(taken[0]); i++)
		if (taken[i].lang == j->lang &&
		    list_place(taken[i].words, before)) {
			m->at = (size_t)(before.p - j->text.p);
			m->start = taken[i].start;
			return;
		}
}

/* What a date needs behind it to stand for a day: in Turkish always, in Hindi
 * unless another word of the kind is there. Hindi has one word for yesterday
 * and tomorrow. */
static void add_tail(const struct mend_job *j, struct meant *m)
{
	struct str next = word_behind(j->text, m->end);

	if (j->lang == LANGUAGE_TR)
		m->tail = STR(" tarihinde");
	if (j->lang != LANGUAGE_HI)
		return;
	if (!list_place(" को से तक का की के ने भी ही में पर ", next))
		m->tail = STR(" को");
	if (m->days == -1)
		m->or_days = 1;
}

/* "last week's vote": the date goes behind what owns. */
static void add_owner(const struct mend_job *j, struct meant *m)
{
	size_t n = proof_owner(str_from(j->text, m->end));

	m->end += n;
	m->is_fixed = m->is_fixed || n > 0;
}

/* "Last Sunday was hot": an English date with "on" is no subject. */
static bool is_subject(const struct mend_job *j, const struct meant *m)
{
	struct str before = word_before(j->text, m->at);
	char last = before.n > 0 ? before.p[before.n - 1] : '.';

	return j->lang == LANGUAGE_EN &&
	       (!(ascii_is_alpha(last) || ascii_is_digit(last)) ||
		   list_place(" that and but because said says if while "
			      "whether when where ",
		       before)) &&
	       list_place(
		   " is isn isn’t was wasn wasn’t has had will won won’t "
		   "would could may might must can should seems seemed "
		   "looks looked marks marked brings brought sees saw ",
		   word_behind(j->text, m->end));
}

/* False: nobody can know it from here. */
static bool find_day(const struct mend_job *j, struct meant *ret)
{
	struct str word = str_part(j->text, j->mark->offset, j->mark->length);

	*ret = (struct meant){.at = j->mark->offset, .length = 1, .core = ""};
	if (word_means(j, word, ret) || this_means(j, word, ret)) {
		if (!mend_day_shift(j, word, &ret->at, &ret->end, &ret->days))
			return false;
		ret->or_days = ret->days;
		add_part(j, word, ret);
		add_tail(j, ret);
		return true;
	}
	if (night_means(j, word, ret)) {
		ret->or_days = ret->days;
		add_part(j, word, ret);
		return true;
	}
	if (period_means(j, word, ret))
		return true;
	if (!pair_means(j, word, ret))
		return false;
	take_preposition(j, ret);
	add_part(j, STR(""), ret);
	return true;
}

static bool find_meant(const struct mend_job *j, struct meant *ret)
{
	if (!find_day(j, ret) || mend_day_is_counted(j, ret->at, ret->end))
		return false;
	add_owner(j, ret);
	ret->is_fixed = ret->is_fixed || is_subject(j, ret);
	return true;
}

static struct civil day_from(struct civil today, int days)
{
	struct instant t = civil_instant((struct civil){.year = today.year,
	    .month = today.month,
	    .day = today.day,
	    .hour = 12});

	t.us += days * INT64_C(86400000000);
	return civil_at(t, 0);
}

static bool is_capital_at(struct str s, size_t at)
{
	return at < s.n && letter_is_capital(utf8_next(s, &at));
}

/* Before the date, in this sentence; NULL: it cannot stand there. */
static const char *start_of(const struct mend_job *j, const struct meant *m)
{
	struct str before = word_before(j->text, m->at);

	if (m->start)
		return m->start;
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		bool is_bare = list_place(forms[i].bare, before);

		if (forms[i].lang != j->lang ||
		    (forms[i].tag && !lang_same(j->tag, str_of(forms[i].tag))))
			continue;
		if (j->lang == LANGUAGE_ES && m->core[0])
			return is_bare ? NULL : ""; /* it has its article */
		if (list_place(forms[i].other, before) ||
		    (j->lang == LANGUAGE_DE && m->core[0] && is_bare))
			return NULL;
		return is_bare ? "" : forms[i].start;
	}
	return NULL;
}

/* "October 2026", of an English text. */
static bool put_month(const struct mend_job *j, struct buf *b, int months)
{
	static const char *const names[] = {"January", "February", "March",
	    "April", "May", "June", "July", "August", "September", "October",
	    "November", "December"};
	int month = j->known->today.month - 1 + months;
	int year = j->known->today.year + (month > 11) - (month < 0);

	buf_printf(b, "%s %d", names[(month + 12) % 12], year);
	return true;
}

static bool put_when(
    const struct mend_job *j, const struct meant *m, int days, struct buf *b)
{
	if (m->is_month)
		return put_month(j, b, m->months);
	return mend_date(j, b, day_from(j->known->today, days));
}

static void make_capital(struct buf *b)
{
	unsigned char *p = (unsigned char *)b->p;

	if (ascii_is_alpha(b->p[0]) && b->p[0] >= 'a')
		p[0] = (unsigned char)(p[0] - 'a' + 'A');
	else if (b->n > 1 && p[0] == 0xD0 && p[1] >= 0xB0)
		p[1] -= 0x20; /* Cyrillic */
	else if (str_starts(buf_str(b), STR("σ")))
		p[0] = 0xCE, p[1] = 0xA3; /* Σ */
}

/* "on the evening of 26 November 2026". P NULL: it cannot be written. */
static struct str written_out(
    const struct mend_job *j, const struct meant *m, int days)
{
	const char *start = m->is_fixed ? NULL : start_of(j, m);
	int day = day_from(j->known->today, days).day;
	struct buf b;

	if (!start)
		return STR_NONE;
	/* Before a vowel: "l’8 dicembre". */
	if (j->lang == LANGUAGE_IT && (day == 8 || day == 11)) {
		if (!str_eq(str_of(start), STR("il ")))
			return STR_NONE;
		start = "l’";
	}
	buf_init_arena(&b, j->a, 256);
	buf_add(&b, str_of(start));
	buf_add(&b, str_of(m->core));
	if (b.n > 0 && is_capital_at(j->text, m->at))
		make_capital(&b);
	if (!put_when(j, m, days, &b))
		return STR_NONE;
	buf_add(&b, m->tail);
	return buf_rc(&b) == RC_OK ? buf_str(&b) : STR_NONE;
}

/* How brackets and "from to" are set. */
static const struct {
	enum language lang;
	const char *quoted[2], *own[2], *to;
} signs[] = {
    {LANGUAGE_JA, {"［", "］"}, {"（", "）"}, "～"},
    {LANGUAGE_ZH, {"［", "］"}, {"（", "）"}, "至"},
    {LANGUAGE_KO, {"[", "]"}, {"(", ")"}, "~"},
    {LANGUAGE_NONE, {" [", "]"}, {" (", ")"}, " – "},
};

/* " [26 November 2026]": what the words mean, behind them. */
static struct str beside(
    const struct mend_job *j, const struct meant *m, int days, bool is_quoted)
{
	size_t i = 0;
	struct buf b;

	while (signs[i].lang != LANGUAGE_NONE && signs[i].lang != j->lang)
		i++;
	buf_init_arena(&b, j->a, 256);
	buf_add(&b, str_of((is_quoted ? signs[i].quoted : signs[i].own)[0]));
	if (str_starts(str_of(m->core), STR("Nacht")))
		buf_add(&b, str_of(m->core));
	if (!put_when(j, m, days, &b))
		return STR_NONE;
	if (m->length > 1) {
		buf_add(&b, str_of(signs[i].to));
		if (!put_when(j, m, days + m->length - 1, &b))
			return STR_NONE;
	}
	buf_add(&b, str_of((is_quoted ? signs[i].quoted : signs[i].own)[1]));
	return buf_rc(&b) == RC_OK ? buf_str(&b) : STR_NONE;
}

/* For each day that may be meant. */
static void offer(
    struct mend_job *j, const struct meant *m, bool is_beside, bool is_quoted)
{
	for (int i = 0; i < 2; i++) {
		int days = i == 0 ? m->days : m->or_days;
		struct str text = is_beside ? beside(j, m, days, is_quoted)
					    : written_out(j, m, days);
		struct mend mend;

		if (!text.p)
			return;
		if (is_beside) {
			mend = mend_of(
			    j, MEND_BEHIND, m->end - m->tail_n, 0, text);
			mend.about = str_part(
			    j->text, m->at, m->end - m->tail_n - m->at);
		} else {
			mend =
			    mend_of(j, MEND_WRITE, m->at, m->end - m->at, text);
		}
		(void)mend_try(j, mend);
	}
}

void mend_day(struct mend_job *j)
{
	bool is_theirs = is_quoted(j->text, j->mark->offset);
	struct meant m;

	if (j->known->today.month == 0 || !find_meant(j, &m))
		return;
	if (!is_theirs)
		offer(j, &m, false, false);
	if (j->out->n == 0)
		offer(j, &m, true, is_theirs);
}
