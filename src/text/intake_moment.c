/* SPDX-License-Identifier: MIT
 *
 * Until when, as the line of an embargo says it. A story that is held too long
 * is a nuisance, one that is let out too soon a breach of faith: so each number
 * of the line must have its meaning, and what can be read in two ways is read
 * as the later.
 */
#include "base/utf8.h"
#include "text/intake_priv.h"

enum { NO_ZONE = -100 };

/* The hours east of UTC of a zone's name; of several zones that share it, and
 * of summer and winter, the later hour. */
static int zone_of(struct str word)
{
	static const struct {
		const char *names;
		int hours;
	} zones[] = {
	    {"|utc|gmt|z|wet|", 0},
	    {"|bst|ist|west|cet|mez|wat|", 1},
	    {"|cest|mesz|eet|cat|sast|", 2},
	    {"|eest|msk|мск|trt|eat|", 3},
	    {"|gst|", 4},
	    {"|pkt|", 5},
	    {"|wib|", 7},
	    {"|hkt|sgt|awst|", 8},
	    {"|jst|kst|", 9},
	    {"|aest|", 10},
	    {"|aedt|", 11},
	    {"|nzst|", 12},
	    {"|nzdt|", 13},
	    {"|adt|brt|art|", -3},
	    {"|ast|edt|clt|", -4},
	    {"|est|et|eastern|cdt|cot|pet|", -5},
	    {"|cst|ct|central|mdt|", -6},
	    {"|mst|mt|mountain|pdt|", -7},
	    {"|pst|pt|pacific|akdt|", -8},
	    {"|akst|", -9},
	    {"|hst|", -10},
	};

	for (size_t i = 0; i < sizeof(zones) / sizeof(zones[0]); i++)
		if (intake_is_one_of(word, zones[i].names))
			return zones[i].hours;
	return NO_ZONE;
}

/* Of the zones that S names, the one where it is earliest; -12, where the day
 * ends last, for a zone that is not in the table. */
static int zone_in(struct str s)
{
	static const char *const others =
	    " time|local|ortszeit|heure de |heure fran|hora de |hora penins|"
	    "ora di |ora italiana|времени|за часом|czasu |tijd| tid|時間|时间|"
	    "시간|بتوقيت|שעון";
	bool is_french = intake_has(s, " pas | avant");
	int least = NO_ZONE;

	for (size_t at = 0; at < s.n;) {
		struct str word = intake_next_word(s, &at);
		int hours = zone_of(word);

		if (is_french && intake_is_one_of(word, "|et|est|"))
			continue;
		if (hours != NO_ZONE && (least == NO_ZONE || hours < least))
			least = hours;
	}
	return least == NO_ZONE && intake_has(s, others) ? -12 : least;
}

/* Numbers with a sign, such as those of "UTC-3", are not read. */
static bool has_offset(struct str s)
{
	for (size_t i = 0; i + 1 < s.n; i++)
		if ((s.p[i] == '+' && ascii_is_digit(s.p[i + 1])) ||
		    (s.p[i] == '-' && ascii_is_digit(s.p[i + 1]) && i > 2 &&
			intake_is_one_of(str_part(s, i - 3, 3), "|gmt|utc|")))
			return true;
	return false;
}

/* The hours that a line says. */
struct clocks {
	size_t n;
	unsigned hour, minute; /* of the first */
	size_t end;	       /* of it */
};

static struct clocks clocks_of(const struct intake_numbers *d)
{
	struct clocks c = {.n = 0};
	size_t parts = 0;

	for (size_t i = 0; i < d->n; i++) {
		const struct intake_number *v = &d->v[i];
		bool is_part = v->is_part && parts < 3;

		if (!v->is_clock)
			continue;
		parts = is_part ? parts + 1 : 1;
		c.n += !is_part;
		if (c.n > 1)
			continue;
		c.end = v->end;
		if (parts == 1 && v->digits == 4) {
			c.hour = v->value / 100;
			c.minute = v->value % 100;
		} else if (parts == 1) {
			c.hour = v->value;
		} else if (parts == 2) {
			c.minute = v->value;
		}
	}
	return c;
}

/* Sets the hour of *C; false: S has none that can be read in one way only. */
static bool take_hour(
    struct str s, const struct clocks *clocks, struct civil *c)
{
	static const char *const halves =
	    "下午|午後|오후|晚|夜|abends|nachmittags|tarde|noche|noite|"
	    "après-midi|soir|вечер|дня|pomeriggio|di sera|مساء|الظهر|akşam|"
	    "öğleden|o'clock|o’clock|midnight|mitternacht|minuit|mezzanotte|"
	    "medianoche|wiecz|avond";
	struct str behind = str_trim(str_from(s, clocks->end));
	bool is_noon = intake_starts_with(behind, "noon") > 0;
	bool is_pm = intake_starts_with(behind, "pm|p.m|p. m") > 0;
	bool is_am = intake_starts_with(behind, "am|a.m|a. m") > 0;
	unsigned hour = clocks->hour;

	if (clocks->n == 0 && intake_has(s, " noon| midday| mediodía| midi ") &&
	    !intake_has(s, "noon/|midnight")) {
		hour = 12;
	} else if (clocks->n != 1 || hour > 23 || clocks->minute > 59) {
		return false;
	} else if (is_pm || is_noon) {
		hour = hour < 12 && is_pm ? hour + 12 : hour;
	} else if ((is_am && hour >= 12) || intake_has(s, halves)) {
		return false;
	}
	c->hour = (uint8_t)hour;
	c->minute = (uint8_t)clocks->minute;
	return true;
}

enum intake_moment intake_moment(struct str folded, struct civil *ret_c)
{
	struct intake_numbers d = intake_numbers(folded);
	struct clocks clocks = clocks_of(&d);
	enum intake_moment kind = INTAKE_MOMENT_HOUR;
	struct civil c;
	size_t others = 0;
	int zone = NO_ZONE;

	for (size_t i = 0; i < d.n; i++)
		others += !d.v[i].is_clock;
	if (d.is_full || d.months > 1 || others != (d.months ? 2u : 3u) ||
	    has_offset(folded) || !intake_date_of(&d, folded, &c))
		return INTAKE_MOMENT_NONE;
	if (!take_hour(folded, &clocks, &c)) {
		kind = INTAKE_MOMENT_DAY;
		c.hour = 23;
		c.minute = 59;
	}
	/* A day alone has no zone; "cet" is a word of French, too. */
	if (clocks.n > 0 || kind == INTAKE_MOMENT_HOUR ||
	    intake_has(folded, "midnight"))
		zone = zone_in(str_from(folded, clocks.end));
	c.has_time = true;
	c.has_offset = zone != NO_ZONE;
	c.offset_s = c.has_offset ? zone * 3600 : 0;
	*ret_c = c;
	return kind;
}
