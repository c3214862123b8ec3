/* SPDX-License-Identifier: MIT
 *
 * "Yesterday" as its date: "on 26 November 2026"; "tonight" as the night of it,
 * "last week" as the week of its Monday. Only where the sentence still stands
 * with that in it: behind a word that takes another form then, or inside of a
 * quotation (whose words are somebody's) there is no mend; nor where only the
 * writer knows which one is meant, as of "next weekend". See mend_priv.h.
 */
#include "text/mend_priv.h"

#include "base/arena.h"
#include "base/must.h"
#include "base/utf8.h"
#include "text/script.h"

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
    {LANGUAGE_KO, "모레", 2}};

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
    {LANGUAGE_RU,
	" понедельник вторник среду четверг пятницу субботу "
	"воскресенье ",
	" прошлый прошлую минувший ", " "},
};

/* How a date stands in a sentence; the words behind which it stands without
 * that; and those behind which it takes another form. */
static const struct {
	enum language lang;
	const char *start, *bare, *other;
} forms[] = {
    {LANGUAGE_EN, "on ",
	" on since from until till by before after of for and or between ",
	" "},
    {LANGUAGE_DE, "am ", " am seit bis vom zum ab ", " "},
    {LANGUAGE_FR, "le ", " le du au ", " de à d’ici d'ici d’ jusqu’à "},
    {LANGUAGE_ES, "el ", " el del al ", " de a "},
    {LANGUAGE_RU, "", " ", " на к по во в "},
    {LANGUAGE_AR, "في ",
	" في منذ حتى من إلى قبل بعد صباح مساء ظهر ليل ليلة فجر عصر يوم ", " "},
    {LANGUAGE_KO, "", " ", " "},
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
};

/* Weeks, and the like, that are said from today. Behind a word of BARE they
 * stand without START; behind one of ONLY they can stand, if there is any;
 * behind one of NEVER they cannot. */
struct period {
	enum language lang;
	const char *said;
	const char *past, *future;
	const char *start, *core;
	const char *bare, *only, *never;
};

#define EN_BEHIND " in on over during since from until till by before after of "
#define EN_OWNER  " the a an his her its our their my your "

static const struct period weeks_said[] = {
    {LANGUAGE_EN, "week", " last ", " next ", "in ", "the week of ", EN_BEHIND,
	NULL, ""},
    {LANGUAGE_DE, "Woche", " letzte vergangene ", " kommende nächste ",
	"in der ", "Woche vom ", " der die ", NULL,
	" für bis auf ab seit um gegen über von vor nach jede eine diese "},
    {LANGUAGE_DE, "Woche", " letzten vergangenen ", " kommenden nächsten ", "",
	"Woche vom ", "", " der ", ""},
    {LANGUAGE_FR, "semaine", " dernière ", " prochaine ", "", "semaine du ", "",
	" la ", ""},
    {LANGUAGE_ES, "semana", " pasada ", " próxima ", "", "semana del ", "",
	" la ", ""},
};

/* The place of WORD among the words of LIST, from 1; 0: it is none. */
static int place_in(const char *list, struct str word)
{
	struct str rest = str_of(list);
	int place = 0;

	while (rest.p && word.n > 0) {
		struct str one = str_cut(&rest, ' ');

		if (one.n == 0)
			continue;
		place++;
		if (str_eq_fold(one, word))
			return place;
	}
	return 0;
}

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

/* An odd number of quotation marks stands before AT in its paragraph. */
static bool is_quoted(struct str s, size_t at)
{
	size_t i = mend_block_start(s, at), n = 0;

	while (i < at) {
		uint32_t c = utf8_next(s, &i);

		n += c == '"' || c == 0x201C || c == 0x201D || c == 0x201E ||
		     c == 0xAB || c == 0xBB || c == 0x300C || c == 0x300D;
	}
	return n % 2 == 1;
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

/* What is meant: how many days from today, from where to where it is said, and
 * what stands around its date. */
struct meant {
	int days;
	size_t at, end;
	const char *start; /* NULL: as dates do in this language */
	const char *core;
	struct str tail;
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

/* "gestern Abend", "hier soir", "tonight". Nights of other languages begin and
 * end on two days, of which nobody knows which is meant. False: so here. */
static bool add_part(const struct mend_job *j, struct str word, struct meant *m)
{
	struct str next = word_behind(j->text, m->end);
	const struct part *part = part_said(j->lang, word, true);

	if (!part) {
		part = part_said(j->lang, next, false);
		if (!part)
			return j->lang != LANGUAGE_DE ||
			       !str_eq_fold(next, STR("Nacht"));
		m->end = (size_t)(next.p - j->text.p) + next.n;
	}
	m->core = part->core;
	if (part->behind[0])
		m->tail = str_of(part->behind);
	return true;
}

static bool word_means(
    const struct mend_job *j, struct str word, struct meant *ret)
{
	for (size_t i = 0; i < sizeof(day_words) / sizeof(day_words[0]); i++) {
		struct str one = str_of(day_words[i].word);
		bool is_korean = j->lang == LANGUAGE_KO;

		if (day_words[i].lang != j->lang ||
		    !(is_korean ? str_starts(word, one)
				: str_eq_fold(word, one)))
			continue;
		ret->days = day_words[i].days;
		ret->end = j->mark->offset + word.n;
		if (is_korean)
			ret->tail = korean_tail(str_from(word, one.n));
		return true;
	}
	return false;
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

/* "last week" began on the Monday before this one's. On a Sunday, the week of
 * those who begin it then is another. */
static bool week_means(
    const struct mend_job *j, struct str word, struct meant *ret)
{
	struct str next = word_behind(j->text, j->mark->offset + word.n);
	struct str before = word_before(j->text, j->mark->offset);
	int today = j->known->today.weekday;

	for (size_t i = 0; i < sizeof(weeks_said) / sizeof(weeks_said[0]);
	     i++) {
		const struct period *p = &weeks_said[i];
		bool is_first = str_eq_fold(word, str_of(p->said));
		struct str which = is_first ? next : word;
		bool is_past = place_in(p->past, which);

		if (p->lang != j->lang ||
		    !(is_first || str_eq_fold(next, str_of(p->said))) ||
		    !(is_past || place_in(p->future, which)))
			continue;
		if ((p->only && !place_in(p->only, before)) ||
		    place_in(p->never, before) ||
		    (j->lang == LANGUAGE_EN && today == 6))
			return false;
		ret->days = (is_past ? -7 : 7) - today;
		ret->end = (size_t)(next.p - j->text.p) + next.n;
		ret->start = place_in(p->bare, before) ? "" : p->start;
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
		int day = place_in(weeks[i].names, next);
		struct str which = word;

		if (weeks[i].lang != j->lang)
			continue;
		if (!day) {
			day = place_in(weeks[i].names, word);
			which = next;
		}
		if (!day || next.n == 0)
			return false;
		day--;
		ret->days = (day - today) % 7;
		if (place_in(weeks[i].past, which))
			ret->days -= ret->days < 0 ? 0 : 7;
		else if (place_in(weeks[i].future, which))
			ret->days += ret->days > 0 ? 0 : 7;
		else
			return false;
		ret->end = (size_t)(next.p - j->text.p) + next.n;
		return true;
	}
	return false;
}

/* In Russian "в прошлый понедельник" is said with a word that no date takes. */
static void take_preposition(const struct mend_job *j, struct meant *m)
{
	struct str before = word_before(j->text, m->at);

	if (j->lang == LANGUAGE_RU &&
	    (str_eq(before, STR("в")) || str_eq(before, STR("В")) ||
		str_eq(before, STR("во")) || str_eq(before, STR("Во"))))
		m->at = (size_t)(before.p - j->text.p);
}

/* False: nobody can know it from here. */
static bool find_meant(const struct mend_job *j, struct meant *ret)
{
	struct str word = str_part(j->text, j->mark->offset, j->mark->length);

	*ret = (struct meant){.at = j->mark->offset, .core = ""};
	if (word_means(j, word, ret) || this_means(j, word, ret))
		return add_part(j, word, ret);
	/* "His last night" is none of the calendar. */
	if (j->lang == LANGUAGE_EN &&
	    place_in(EN_OWNER, word_before(j->text, ret->at)))
		return false;
	if (night_means(j, word, ret))
		return add_part(j, word, ret);
	if (week_means(j, word, ret))
		return true;
	if (!pair_means(j, word, ret))
		return false;
	take_preposition(j, ret);
	return add_part(j, STR(""), ret);
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
		bool is_bare = place_in(forms[i].bare, before);

		if (forms[i].lang != j->lang)
			continue;
		if (j->lang == LANGUAGE_ES && m->core[0])
			return is_bare ? NULL : ""; /* it has its article */
		if (place_in(forms[i].other, before) ||
		    (j->lang == LANGUAGE_DE && m->core[0] && is_bare))
			return NULL;
		return is_bare ? "" : forms[i].start;
	}
	return NULL;
}

/* "on the evening of 26 November 2026". P NULL: it cannot be written. */
static struct str written_out(const struct mend_job *j, const struct meant *m)
{
	const char *start = start_of(j, m);
	struct buf b;

	if (!start)
		return STR_NONE;
	buf_init_arena(&b, j->a, 256);
	buf_add(&b, str_of(start));
	buf_add(&b, str_of(m->core));
	if (b.n > 0 && is_capital_at(j->text, m->at) && ascii_is_alpha(b.p[0]))
		b.p[0] = (char)(b.p[0] - 'a' + 'A');
	if (!j->known->day(&b, j->tag, day_from(j->known->today, m->days)))
		return STR_NONE;
	buf_add(&b, m->tail);
	return buf_rc(&b) == RC_OK ? buf_str(&b) : STR_NONE;
}

void mend_day(struct mend_job *j)
{
	struct meant m;
	struct str text;

	if (!j->known->day || is_quoted(j->text, j->mark->offset) ||
	    !find_meant(j, &m))
		return;
	text = written_out(j, &m);
	if (text.p)
		(void)mend_try(
		    j, mend_of(j, MEND_WRITE, m.at, m.end - m.at, text));
}
