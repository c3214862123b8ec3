/* SPDX-License-Identifier: MIT
 *
 * Days as stories and mails say them: with the month's name in some twenty
 * languages, or in numbers whose order is beyond doubt. The hour that stands
 * beside a day is told from it, so that no "10:30" becomes a tenth.
 */
#include <string.h>

#include "base/utf8.h"
#include "text/intake_priv.h"
#include "text/script.h"

/* In order, each month's names between bars and a ";" behind them. */
static const char *const months =
    "|january|jan|januar|januari|janvier|janv|enero|gennaio|janeiro|января|"
    "січня|stycznia|يناير|ocak|ledna|ianuarie|január|tammikuuta|ιανουαρίου|"
    "януари|;"
    "|february|feb|februar|februari|février|févr|febrero|febbraio|"
    "fevereiro|февраля|лютого|lutego|فبراير|شباط|şubat|února|februarie|"
    "február|helmikuuta|φεβρουαρίου|февруари|;"
    "|march|mar|märz|maart|mars|marzo|março|марта|березня|marca|مارس|آذار|"
    "mart|března|marts|martie|március|maaliskuuta|μαρτίου|март|;"
    "|april|apr|avril|abril|aprile|апреля|квітня|kwietnia|أبريل|نيسان|"
    "nisan|dubna|aprilie|április|huhtikuuta|απριλίου|април|;"
    "|may|mai|mei|maj|mayo|maggio|maio|мая|травня|maja|مايو|أيار|mayıs|"
    "května|május|toukokuuta|μαΐου|май|;"
    "|june|jun|juni|juin|junio|giugno|junho|июня|червня|czerwca|يونيو|"
    "حزيران|haziran|června|iunie|június|kesäkuuta|ιουνίου|юни|;"
    "|july|jul|juli|juillet|julio|luglio|julho|июля|липня|lipca|يوليو|تموز|"
    "temmuz|července|iulie|július|heinäkuuta|ιουλίου|юли|;"
    "|august|aug|augustus|augusti|août|agosto|августа|серпня|sierpnia|"
    "أغسطس|آب|ağustos|srpna|augusztus|elokuuta|αυγούστου|август|;"
    "|september|sep|sept|septembre|septiembre|settembre|setembro|сентября|"
    "вересня|września|سبتمبر|أيلول|eylül|září|septembrie|szeptember|"
    "syyskuuta|σεπτεμβρίου|септември|;"
    "|october|oct|oktober|okt|octobre|octubre|ottobre|outubro|октября|"
    "жовтня|października|أكتوبر|ekim|října|octombrie|október|lokakuuta|"
    "οκτωβρίου|октомври|;"
    "|november|nov|novembre|noviembre|novembro|ноября|листопада|listopada|"
    "نوفمبر|kasım|listopadu|noiembrie|marraskuuta|νοεμβρίου|ноември|;"
    "|december|dec|dezember|dez|décembre|déc|diciembre|dicembre|dezembro|"
    "декабря|грудня|grudnia|ديسمبر|aralık|prosince|decembrie|desember|"
    "joulukuuta|δεκεμβρίου|декември|;";

unsigned intake_month(struct str word)
{
	char key[40] = "|";
	struct str list = str_of(months);
	size_t at;
	unsigned month = 1;

	if (word.n < 3 || word.n > sizeof(key) - 2)
		return 0;
	memcpy(key + 1, word.p, word.n);
	key[word.n + 1] = '|';
	at = str_find_str(list, (struct str){key, word.n + 2});
	if (at == list.n)
		return 0;
	for (size_t i = 0; i < at; i++)
		month += list.p[i] == ';';
	return month;
}

/* What stands behind the number of an hour, or of a while that has passed. */
static bool is_hour_unit(struct str word)
{
	static const char *const units =
	    "|h|hs|hrs|hr|hour|hours|min|mins|minutes|minute|am|pm|noon|"
	    "midnight|uhr|std|heures|heure|horas|hora|ore|u|uur|час|часа|часов|"
	    "ч|годин|години|godzin|hodin|óra|órakor|ώρα|saat|時|时|點|点|시|"
	    "分|분|秒|";

	return intake_is_one_of(word, units);
}

/* In front of one. */
static bool is_hour_word(struct str word)
{
	return intake_is_one_of(word, "|godz|kl|klokken|klo|ore|ora|saat|");
}

/* A word between a day's number and its month that parts nothing. */
static bool is_joint(struct str word)
{
	return intake_is_one_of(word, "|de|di|do|of|the|st|nd|rd|th|er|e|г|");
}

static size_t word_end(struct str s, size_t at)
{
	while (at < s.n) {
		size_t i = at;
		uint32_t c = utf8_next(s, &i);

		if (letter_class_of(c) != LETTER &&
		    letter_class_of(c) != LETTER_MARK)
			break;
		at = i;
	}
	return at;
}

struct str intake_next_word(struct str s, size_t *at)
{
	while (*at < s.n) {
		size_t from = *at, end = word_end(s, from);

		if (end > from) {
			*at = end;
			return str_part(s, from, end - from);
		}
		(void)utf8_next(s, at);
	}
	return STR_NONE;
}

/* The word behind AT, with at most a space between. Of a script without
 * spaces, its first sign. */
static struct str word_behind(struct str s, size_t at)
{
	size_t end = at;

	if (at < s.n && s.p[at] == ' ')
		end = ++at;
	if (at < s.n && utf8_next(s, &end) >= 0x2E80)
		return str_part(s, at, end - at);
	return str_part(s, at, word_end(s, at) - at);
}

/* The number S[FROM..AT] is of an hour. */
static bool is_clock(struct str s, size_t from, size_t at, struct str before)
{
	bool is_behind =
	    from > 1 && s.p[from - 1] == ':' && ascii_is_digit(s.p[from - 2]);
	bool is_before =
	    at + 1 < s.n && s.p[at] == ':' && ascii_is_digit(s.p[at + 1]);

	return is_behind || is_before || is_hour_word(before) ||
	       is_hour_unit(word_behind(s, at)) ||
	       intake_starts_with(str_trim(str_part(s, at, 12)),
		   "a.m|p.m|a. m|p. m|o'clock|o’clock") > 0;
}

static void add_number(struct intake_numbers *d, struct intake_number number)
{
	if (d->n < INTAKE_NUMBERS)
		d->v[d->n++] = number;
	else
		d->is_full = true;
}

/* NUMBER is of the clock if it is the minutes of the hour before it: "6h30",
 * "18 h 30"; and then that is, too: "18.30 Uhr". */
static void join_minutes(
    struct intake_numbers *d, struct str s, struct intake_number *number)
{
	struct intake_number *last = &d->v[d->n - 1];
	struct str gap = str_part(s, last->end, number->at - last->end);
	bool is_dotted = str_eq(gap, STR("."));

	if (last->digits > 2)
		return;
	number->is_part =
	    (last->is_clock && !intake_month(word_behind(s, number->end)) &&
		(is_dotted || intake_is_one_of(str_trim(gap),
				  "|:|h|u|uhr|時|时|點|点|시|"))) ||
	    (is_dotted && number->is_clock &&
		(d->n < 2 || d->v[d->n - 2].end + 1 < last->at));
	number->is_clock |= number->is_part;
	last->is_clock |= number->is_part;
}

/* Where the month is named, two numbers with a stop between are an hour. */
static void know_dotted(struct intake_numbers *d, struct str s)
{
	for (size_t i = 1; i < d->n; i++) {
		struct intake_number *hour = &d->v[i - 1], *minute = &d->v[i];

		if (hour->end + 1 == minute->at && s.p[hour->end] == '.' &&
		    hour->digits <= 2 && minute->digits == 2 &&
		    hour->value <= 24 && minute->value <= 59)
			hour->is_clock = minute->is_clock = minute->is_part =
			    true;
	}
}

/* Reads the digits at *AT. */
static void take_number(struct intake_numbers *d, struct str s, size_t *at,
    struct str before, size_t words)
{
	struct intake_number number = {.at = *at, .words = words};
	size_t from = *at;

	while (*at < s.n && ascii_is_digit(s.p[*at]) && *at - from < 5)
		number.value =
		    number.value * 10 + (unsigned)(s.p[(*at)++] - '0');
	number.digits = *at - from;
	number.end = *at;
	number.is_clock = is_clock(s, from, *at, before);
	if (d->n > 0 && number.digits == 2)
		join_minutes(d, s, &number);
	add_number(d, number);
}

struct intake_numbers intake_numbers(struct str s)
{
	struct intake_numbers d = {.n = 0};
	struct str word = STR_NONE;
	size_t words = 0;

	for (size_t at = 0; at < s.n;) {
		size_t from = at;

		if (ascii_is_digit(s.p[at])) {
			take_number(&d, s, &at, word, words);
			word = STR_NONE;
			continue;
		}
		at = word_end(s, at);
		if (at == from) {
			(void)utf8_next(s, &at);
			continue;
		}
		word = str_part(s, from, at - from);
		if (intake_month(word)) {
			if (d.months++ == 0) {
				d.month = intake_month(word);
				d.month_at = from;
				d.month_words = words;
			}
		}
		words += !is_joint(word);
	}
	if (d.months)
		know_dotted(&d, s);
	return d;
}

static bool is_day(const struct intake_number *number)
{
	return !number->is_clock && number->digits <= 2 && number->value >= 1 &&
	       number->value <= 31;
}

/* The number next to the month's name, before it sooner than behind. */
static const struct intake_number *day_beside(const struct intake_numbers *d)
{
	const struct intake_number *before = NULL, *behind = NULL;

	for (size_t i = 0; i < d->n; i++)
		if (is_day(&d->v[i]) && d->v[i].at < d->month_at)
			before = &d->v[i];
		else if (is_day(&d->v[i]) && !behind)
			behind = &d->v[i];
	if (before && behind &&
	    behind->words - d->month_words - 1 < d->month_words - before->words)
		return behind;
	return before ? before : behind;
}

static bool is_year(const struct intake_number *number)
{
	return number->digits == 4 && number->value >= 1900 &&
	       number->value < 2100;
}

static bool date_of_words(const struct intake_numbers *d, struct civil *c)
{
	const struct intake_number *day = day_beside(d);

	for (size_t i = 0; i < d->n && day; i++)
		if (is_year(&d->v[i]) && !d->v[i].is_clock) {
			c->year = (int32_t)d->v[i].value;
			c->month = (uint8_t)d->month;
			c->day = (uint8_t)day->value;
			return true;
		}
	return false;
}

/* Three numbers: the year first, or last where a stop parts the others or they
 * can be read in one order only. */
static bool date_of_three(
    const struct intake_number *v, struct str s, struct civil *c)
{
	bool is_first = is_year(&v[0]);
	const struct intake_number *day = is_first ? &v[2] : &v[0];
	struct str gap = str_part(s, v[0].end, v[1].at - v[0].end);

	if (!is_first && (!is_year(&v[2]) ||
			     (v[0].value <= 12 && str_find(gap, '.') == gap.n)))
		return false;
	if (v[1].value > 12 || day->digits > 2)
		return false;
	c->year = (int32_t)(is_first ? v[0] : v[2]).value;
	c->month = (uint8_t)v[1].value;
	c->day = (uint8_t)day->value;
	return true;
}

static bool date_of_numbers(
    const struct intake_numbers *d, struct str s, struct civil *c)
{
	struct intake_number v[INTAKE_NUMBERS];
	size_t n = 0;

	for (size_t i = 0; i < d->n; i++)
		if (!d->v[i].is_clock)
			v[n++] = d->v[i];
	for (size_t i = 0; i + 2 < n; i++)
		if (date_of_three(&v[i], s, c))
			return true;
	return false;
}

bool intake_date_of(
    const struct intake_numbers *d, struct str folded, struct civil *ret_c)
{
	struct civil c = {.year = 0};

	if (!(d->month ? date_of_words(d, &c) : date_of_numbers(d, folded, &c)))
		return false;
	if (c.month < 1 || c.day < 1 ||
	    c.day > civil_month_days(c.year, c.month))
		return false;
	*ret_c = c;
	return true;
}

bool intake_date(struct str folded, struct civil *ret_c)
{
	struct intake_numbers d = intake_numbers(folded);

	return intake_date_of(&d, folded, ret_c);
}
