/* SPDX-License-Identifier: MIT
 *
 * The rule in a TZif file's footer: the TZ variable of POSIX, with the wider
 * times of RFC 8536 section 3.3.1:
 *
 *	CET-1CEST,M3.5.0,M10.5.0/3
 *
 * Offsets count west of Greenwich there, east of it here. "Summer" is what
 * POSIX calls dst; it may be the earlier clock of the two (Ireland), last all
 * year (start and end then meet), or reach over the new year.
 */
#include "base/zone_priv.h"

#include "base/instant.h"

enum { S_PER_DAY = 86400 };

static bool take_char(struct str *s, char c)
{
	if (s->n == 0 || s->p[0] != c)
		return false;
	*s = str_from(*s, 1);
	return true;
}

/* A decimal number of one to three digits, at most MOST. */
static bool take_number(struct str *s, unsigned most, unsigned *ret_n)
{
	size_t n = 0;
	uint64_t value;

	while (n < s->n && n < 4 && ascii_is_digit(s->p[n]))
		n++;
	if (n > 3 || str_u64(str_part(*s, 0, n), most, &value) != RC_OK)
		return false;
	*ret_n = (unsigned)value;
	*s = str_from(*s, n);
	return true;
}

/* CET, or <+0330>; only its form matters here. */
static bool take_name(struct str *s)
{
	bool is_quoted = take_char(s, '<');
	size_t n = 0;

	while (n < s->n &&
	       (ascii_is_alpha(s->p[n]) ||
		   (is_quoted && (ascii_is_digit(s->p[n]) || s->p[n] == '+' ||
				     s->p[n] == '-'))))
		n++;
	*s = str_from(*s, n);
	return n >= 3 && (!is_quoted || take_char(s, '>'));
}

/* [+-]h[hh][:mm[:ss]], in seconds. */
static bool take_time(struct str *s, unsigned most_hours, int32_t *ret_s)
{
	bool is_negative = take_char(s, '-');
	unsigned hours, minutes = 0, seconds = 0;

	if (!is_negative)
		(void)take_char(s, '+');
	if (!take_number(s, most_hours, &hours))
		return false;
	if (take_char(s, ':') && !take_number(s, 59, &minutes))
		return false;
	if (take_char(s, ':') && !take_number(s, 59, &seconds))
		return false;
	*ret_s = (int32_t)(hours * 3600 + minutes * 60 + seconds);
	if (is_negative)
		*ret_s = -*ret_s;
	return true;
}

/* ,Jn  ,n  ,Mm.w.d  and perhaps /time */
static bool take_day(struct str *s, struct zone_day *ret_day)
{
	struct zone_day d = {.kind = ZONE_DAY_PLAIN, .time_s = 2 * 3600};

	if (!take_char(s, ','))
		return false;
	if (take_char(s, 'M')) {
		d.kind = ZONE_DAY_WEEK;
		if (!take_number(s, 12, &d.month) || d.month < 1 ||
		    !take_char(s, '.') || !take_number(s, 5, &d.week) ||
		    d.week < 1 || !take_char(s, '.') ||
		    !take_number(s, 6, &d.day))
			return false;
	} else {
		if (take_char(s, 'J'))
			d.kind = ZONE_DAY_JULIAN;
		if (!take_number(s, 365, &d.day) ||
		    (d.kind == ZONE_DAY_JULIAN && d.day < 1))
			return false;
	}
	if (take_char(s, '/') && !take_time(s, 167, &d.time_s))
		return false;
	*ret_day = d;
	return true;
}

enum rc zone_rule_read(struct str s, struct zone_rule *ret_rule)
{
	struct zone_rule rule = {0};
	int32_t west_s;

	if (!take_name(&s) || !take_time(&s, 24, &west_s))
		return RC_INVALID;
	rule.standard_s = -west_s;
	if (s.n > 0) {
		rule.has_summer = true;
		rule.summer_s = rule.standard_s + 3600;
		if (!take_name(&s))
			return RC_INVALID;
		if (s.n > 0 && s.p[0] != ',') {
			if (!take_time(&s, 24, &west_s))
				return RC_INVALID;
			rule.summer_s = -west_s;
		}
		if (!take_day(&s, &rule.start) || !take_day(&s, &rule.end))
			return RC_INVALID;
	}
	if (s.n > 0)
		return RC_INVALID;
	*ret_rule = rule;
	return RC_OK;
}

/* Days since the epoch of a rule's day in YEAR. */
static int64_t day_in_year(const struct zone_day *d, int32_t year)
{
	int64_t first = civil_days(year, 1, 1);
	unsigned left;
	int64_t weekday;

	switch (d->kind) {
	case ZONE_DAY_PLAIN:
		return first + d->day;
	case ZONE_DAY_JULIAN:
		/* From 1 March on a leap year is one day ahead. */
		return first + d->day - 1 +
		       (d->day >= 60 && civil_month_days(year, 2) == 29);
	case ZONE_DAY_WEEK:
		break;
	}
	first = civil_days(year, d->month, 1);
	/* 1970-01-01 was a Thursday, number 4 from Sunday. */
	weekday = ((first + 4) % 7 + 7) % 7;
	left = (unsigned)((d->day + 7 - weekday) % 7) + (d->week - 1) * 7;
	if (left >= civil_month_days(year, d->month))
		left -= 7; /* week 5 means the last */
	return first + left;
}

/* The seconds since the epoch at which summer starts or ends in YEAR. */
static int64_t rule_start(const struct zone_rule *rule, int32_t year)
{
	return day_in_year(&rule->start, year) * S_PER_DAY +
	       rule->start.time_s - rule->standard_s;
}

static int64_t rule_end(const struct zone_rule *rule, int32_t year)
{
	return day_in_year(&rule->end, year) * S_PER_DAY + rule->end.time_s -
	       rule->summer_s;
}

static int32_t year_of(int64_t s)
{
	return civil_at(INSTANT_OF_S(s), 0).year;
}

/* S, kept where years are counted, so that nothing can overflow. */
static int64_t within_calendar(int64_t s)
{
	int64_t first = civil_days(1, 1, 1) * S_PER_DAY;
	int64_t last = civil_days(10000, 1, 1) * S_PER_DAY - 1;

	return s < first ? first : s > last ? last : s;
}

int32_t zone_rule_offset(const struct zone_rule *rule, int64_t s)
{
	int64_t latest = INT64_MIN;
	int32_t offset_s = rule->standard_s;
	int32_t year;

	if (!rule->has_summer)
		return rule->standard_s;
	s = within_calendar(s);
	year = year_of(s);
	/* The latest change up to now is in force. Times of up to 167 hours
	 * and offsets can move one into a neighbouring year. Where an end
	 * meets a start, summer goes on. */
	for (int32_t y = year - 2; y <= year + 1; y++) {
		int64_t end = rule_end(rule, y);

		if (end <= s && end > latest) {
			latest = end;
			offset_s = rule->standard_s;
		}
	}
	for (int32_t y = year - 2; y <= year + 1; y++) {
		int64_t start = rule_start(rule, y);

		if (start <= s && start >= latest) {
			latest = start;
			offset_s = rule->summer_s;
		}
	}
	return offset_s;
}

int64_t zone_rule_next(const struct zone_rule *rule, int64_t s)
{
	int64_t next = INT64_MAX;
	int32_t year;

	if (!rule->has_summer)
		return INT64_MAX;
	if (s > within_calendar(s))
		return INT64_MAX;
	s = within_calendar(s);
	year = year_of(s);
	for (int32_t y = year - 1; y <= year + 2; y++) {
		int64_t start = rule_start(rule, y);
		int64_t end = rule_end(rule, y);

		if (start > s && start < next)
			next = start;
		if (end > s && end < next)
			next = end;
	}
	return next;
}
