/* SPDX-License-Identifier: MIT
 *
 * "Yesterday" as its date: "on 26 November 2026". Only where the sentence
 * still stands with the date in it: behind a word that takes another form then,
 * beside a part of the day, or inside of a quotation (whose words are
 * somebody's) there is no mend. See mend_priv.h.
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
    {LANGUAGE_EN, "today", 0}, {LANGUAGE_EN, "tomorrow", 1},
    {LANGUAGE_DE, "vorgestern", -2}, {LANGUAGE_DE, "gestern", -1},
    {LANGUAGE_DE, "heute", 0}, {LANGUAGE_DE, "morgen", 1},
    {LANGUAGE_DE, "übermorgen", 2}, {LANGUAGE_FR, "avant-hier", -2},
    {LANGUAGE_FR, "hier", -1}, {LANGUAGE_FR, "aujourd’hui", 0},
    {LANGUAGE_FR, "aujourd'hui", 0}, {LANGUAGE_FR, "demain", 1},
    {LANGUAGE_FR, "après-demain", 2}, {LANGUAGE_ES, "anteayer", -2},
    {LANGUAGE_ES, "ayer", -1}, {LANGUAGE_ES, "hoy", 0},
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
 * that; those behind which it takes another form; and, behind it, parts of a
 * day, which a date does not take. */
static const struct {
	enum language lang;
	const char *start, *bare, *other, *parts;
} forms[] = {
    {LANGUAGE_EN, "on ",
	" on since from until till by before after of for and or between ", " ",
	" morning afternoon evening night "},
    {LANGUAGE_DE, "am ", " am seit bis vom zum ab ", " ",
	" morgen früh vormittag mittag nachmittag abend nacht "},
    {LANGUAGE_FR, "le ", " le du au ", " de à d’ici d'ici d’ jusqu’à ",
	" matin midi soir après-midi "},
    {LANGUAGE_ES, "el ", " el del al ", " de a ", " "},
    {LANGUAGE_RU, "", " ", " на к по во в ", " "},
    {LANGUAGE_AR, "في ",
	" في منذ حتى من إلى قبل بعد صباح مساء ظهر ليل ليلة فجر عصر يوم ", " ",
	" "},
    {LANGUAGE_KO, "", " ", " ", " "},
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

/* What is meant: how many days from today, and up to where it is said. */
struct meant {
	int days;
	size_t end;
	struct str tail;
};

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
		ret->tail =
		    is_korean ? korean_tail(str_from(word, one.n)) : STR_NONE;
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
		ret->tail = STR_NONE;
		return true;
	}
	return false;
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

/* "on 26 November 2026", as it stands at AT. P NULL: it cannot. */
static struct str written_out(
    const struct mend_job *j, size_t at, const struct meant *meant)
{
	struct str before = word_before(j->text, at);
	const char *start = NULL;
	struct buf b;

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		if (forms[i].lang != j->lang)
			continue;
		if (place_in(forms[i].other, before) ||
		    place_in(forms[i].parts, word_behind(j->text, meant->end)))
			return STR_NONE;
		start = place_in(forms[i].bare, before) ? "" : forms[i].start;
	}
	if (!start)
		return STR_NONE;
	buf_init_arena(&b, j->a, 256);
	buf_add(&b, str_of(start));
	if (b.n > 0 && is_capital_at(j->text, at) && ascii_is_alpha(b.p[0]))
		b.p[0] = (char)(b.p[0] - 'a' + 'A');
	if (!j->known->day(&b, j->tag, day_from(j->known->today, meant->days)))
		return STR_NONE;
	buf_add(&b, meant->tail);
	return buf_rc(&b) == RC_OK ? buf_str(&b) : STR_NONE;
}

void mend_day(struct mend_job *j)
{
	size_t at = j->mark->offset;
	struct str word = str_part(j->text, at, j->mark->length), text;
	struct meant meant;

	if (!j->known->day || is_quoted(j->text, at) ||
	    !(word_means(j, word, &meant) || pair_means(j, word, &meant)))
		return;
	text = written_out(j, at, &meant);
	if (text.p)
		(void)mend_try(
		    j, mend_of(j, MEND_WRITE, at, meant.end - at, text));
}
