/* SPDX-License-Identifier: MIT
 *
 * Until when, as the line of an embargo says it. A story that is held too long
 * is a nuisance, one that is let out too soon a breach of faith: so each number
 * of the line must have its meaning, and what can be read in two ways is read
 * as the later. A word that is not known may name an evening or a far country.
 */
#include "base/utf8.h"
#include "text/intake_priv.h"

enum { NO_ZONE = -100, LAST_ZONE = -12 /* where a day ends last */ };

/* The hours east of UTC of a zone's name; of several zones that share it, and
 * of summer and winter, the later hour. */
static int zone_of(struct str word)
{
	static const struct {
		const char *names;
		int hours;
	} zones[] = {
	    {"|utc|gmt|z|wet|", 0},
	    {"|bst|ist|cet|mez|wat|", 1},
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

/* The number of an hour stands right before AT. */
static bool is_behind_clock(
    const struct intake_numbers *d, struct str s, size_t at)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->v[i].is_clock && d->v[i].end <= at &&
		    str_blank(str_part(s, d->v[i].end, at - d->v[i].end)))
			return true;
	return false;
}

static bool is_unit(struct str word)
{
	return intake_is_one_of(word,
	    "|h|hs|hrs|hr|hour|hours|noon|uhr|heures|heure|horas|hora|ore|u|"
	    "uur|час|часа|часов|ч|годин|години|godzin|godz|hodin|óra|saat|kl|"
	    "klokken|klo|時|时|點|点|시|시까지|分|분|年|月|日|년|월|일|года|году|"
	    "год|г|року|roku|st|nd|rd|th|de|del|do|standard|daylight|summer|");
}

/* Of words that notices have, too: half of the day, and a town. */
static bool names_place(struct str s, size_t at)
{
	return intake_starts_with(str_from(s, at),
		   "après-midi|après midi|mittag|nachmittag|du.|de.|la time") >
	       0;
}

/* What the words of a line say of the moment beside its numbers. */
struct words {
	int zone; /* of those that are named the one where it is earliest */
	bool has_other;
};

static struct words words_of(struct str s, const struct intake_numbers *d)
{
	struct words w = {.zone = NO_ZONE};
	bool is_behind = false; /* the embargo's word, or an hour */

	for (size_t at = 0; at < s.n;) {
		size_t from = at, n;
		struct str word = intake_next_word(s, &at);
		int zone;

		if (word.n == 0)
			break;
		from = (size_t)(word.p - s.p);
		is_behind |= is_behind_clock(d, s, from);
		n = intake_starts_embargo(str_from(s, from));
		if (n == 0 && is_behind_clock(d, s, from))
			n = intake_starts_with(
			    str_from(s, from), "am|pm|a.m|p.m|a. m|p. m");
		if (n > 0) {
			is_behind = true;
			at = from + n;
			continue;
		}
		zone = is_behind ? zone_of(word) : NO_ZONE;
		if (intake_is_one_of(word, "|local|locale|ortszeit|"))
			zone = LAST_ZONE;
		w.has_other |= names_place(s, from);
		if (zone == NO_ZONE)
			w.has_other |= !is_unit(word) && !intake_month(word) &&
				       !intake_is_notice_word(word);
		else if (w.zone == NO_ZONE || zone < w.zone)
			w.zone = zone;
	}
	return w;
}

bool intake_has_other_words(struct str folded)
{
	struct intake_numbers d = intake_numbers(folded);

	return words_of(folded, &d).has_other;
}

/* The zone right behind an hour. */
static int zone_behind(struct str s, size_t at)
{
	while (at < s.n) {
		struct str word = intake_next_word(s, &at);

		if (!is_unit(word) && !intake_is_one_of(word, "|am|pm|a|p|m|"))
			return zone_of(word);
	}
	return NO_ZONE;
}

/* Sets the hour of *C; false: S has none that can be read in one way only.
 * HAS_OTHER: it has words that are not known. */
static bool take_hour(
    struct str s, const struct clocks *clocks, bool has_other, struct civil *c)
{
	static const char *const halves =
	    "midnight|mitternacht|minuit|mezzanotte|medianoche|tonight";
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
	} else if ((is_am && hour >= 12) || intake_has(s, halves) ||
		   (has_other && hour >= 1 && hour <= 12)) {
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
	struct words words = words_of(folded, &d);
	enum intake_moment kind = INTAKE_MOMENT_HOUR;
	struct civil c;
	size_t others = 0;
	int zone = words.zone;

	for (size_t i = 0; i < d.n; i++)
		others += !d.v[i].is_clock;
	if (d.is_full || d.months > 1 || others != (d.months ? 2u : 3u) ||
	    has_offset(folded) || !intake_date_of(&d, folded, &c))
		return INTAKE_MOMENT_NONE;
	if (!take_hour(folded, &clocks, words.has_other, &c)) {
		kind = INTAKE_MOMENT_DAY;
		c.hour = 23;
		c.minute = 59;
	}
	if (words.has_other)
		zone =
		    clocks.n == 1 ? zone_behind(folded, clocks.end) : NO_ZONE;
	if (words.has_other && zone == NO_ZONE)
		zone = LAST_ZONE;
	c.has_time = true;
	c.has_offset = zone != NO_ZONE;
	c.offset_s = c.has_offset ? zone * 3600 : 0;
	*ret_c = c;
	return kind;
}
