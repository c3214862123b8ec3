/* SPDX-License-Identifier: MIT
 *
 * Instants and dates; see instant.h.
 *
 * Days are counted in eras of 400 years that start on 1 March, so that the
 * leap day is the last of its year.
 */
#include "base/instant.h"

#include "base/buf.h"
#include "base/must.h"

enum { US_PER_S = 1000000, S_PER_DAY = 86400, DAYS_PER_ERA = 146097 };

static const char day_names[7][4] = {
    "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
static const char month_names[12][4] = {"Jan", "Feb", "Mar", "Apr", "May",
    "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

int64_t instant_s(struct instant t)
{
	return floor_div(t.us, US_PER_S);
}

int64_t civil_days(int32_t year, unsigned month, unsigned day)
{
	int64_t y = (int64_t)year - (month <= 2);
	int64_t era = floor_div(y, 400);
	int64_t year_of_era = y - era * 400;
	int64_t day_of_year =
	    (153 * ((int64_t)month + (month > 2 ? -3 : 9)) + 2) / 5 +
	    (int64_t)day - 1;
	int64_t day_of_era = year_of_era * 365 + year_of_era / 4 -
			     year_of_era / 100 + day_of_year;

	return era * DAYS_PER_ERA + day_of_era - 719468;
}

unsigned civil_month_days(int32_t year, unsigned month)
{
	static const unsigned char days[12] = {
	    31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	must(month >= 1 && month <= 12);
	return month == 2 && is_leap ? 29 : days[month - 1];
}

/* Fills year, month, day and weekday from days since the epoch. */
static void civil_set_days(struct civil *c, int64_t days)
{
	int64_t z = days + 719468;
	int64_t era = floor_div(z, DAYS_PER_ERA);
	int64_t doe = z - era * DAYS_PER_ERA;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;

	c->day = (uint8_t)(doy - (153 * mp + 2) / 5 + 1);
	c->month = (uint8_t)(mp < 10 ? mp + 3 : mp - 9);
	c->year = (int32_t)(yoe + era * 400 + (c->month <= 2));
	/* 1970-01-01 was a Thursday, number 3. */
	c->weekday = (uint8_t)(((days + 3) % 7 + 7) % 7);
}

struct civil civil_at(struct instant t, int32_t offset_s)
{
	int64_t first = civil_days(1, 1, 1) * S_PER_DAY;
	int64_t last = civil_days(10000, 1, 1) * S_PER_DAY - 1;
	struct civil c = {
	    .offset_s = offset_s, .has_offset = true, .has_time = true};
	int64_t s = instant_s(t);
	int64_t in_day;

	if (s < first - offset_s)
		s = first - offset_s;
	if (s > last - offset_s)
		s = last - offset_s;
	s += offset_s;
	civil_set_days(&c, floor_div(s, S_PER_DAY));
	in_day = s - floor_div(s, S_PER_DAY) * S_PER_DAY;
	c.hour = (uint8_t)(in_day / 3600);
	c.minute = (uint8_t)(in_day / 60 % 60);
	c.second = (uint8_t)(in_day % 60);
	return c;
}

struct instant civil_instant(struct civil c)
{
	int64_t days = civil_days(c.year, c.month, c.day);
	int64_t s = days * S_PER_DAY + c.hour * 3600 + c.minute * 60 + c.second;

	return INSTANT_OF_S(s - c.offset_s);
}

/* Takes exactly N digits from *S. */
static bool take_digits(struct str *s, size_t n, unsigned *ret_value)
{
	uint64_t value;

	if (s->n < n || str_u64(str_part(*s, 0, n), 9999, &value) != RC_OK)
		return false;
	*ret_value = (unsigned)value;
	*s = str_from(*s, n);
	return true;
}

static bool take_char(struct str *s, char c)
{
	if (s->n == 0 || s->p[0] != c)
		return false;
	*s = str_from(*s, 1);
	return true;
}

/* hh:mm[:ss[.fraction]] */
static bool take_time(struct str *s, struct civil *c)
{
	unsigned hour, minute, second = 0;

	if (!take_digits(s, 2, &hour) || !take_char(s, ':') ||
	    !take_digits(s, 2, &minute))
		return false;
	if (take_char(s, ':')) {
		if (!take_digits(s, 2, &second))
			return false;
		if (take_char(s, '.')) {
			size_t n = 0;

			while (n < s->n && ascii_is_digit(s->p[n]))
				n++;
			if (n == 0 || n > 9)
				return false;
			*s = str_from(*s, n);
		}
	}
	if (hour > 23 || minute > 59 || second > 60)
		return false;
	c->hour = (uint8_t)hour;
	c->minute = (uint8_t)minute;
	c->second = (uint8_t)(second == 60 ? 59 : second);
	c->has_time = true;
	return true;
}

/* Z, +hh:mm, +hhmm or +hh, perhaps behind a space. */
static bool take_offset(struct str *s, struct civil *c)
{
	unsigned hours, minutes = 0;
	int sign;

	while (take_char(s, ' '))
		;
	if (take_char(s, 'Z') || take_char(s, 'z')) {
		c->has_offset = true;
		return true;
	}
	sign = take_char(s, '+') ? 1 : take_char(s, '-') ? -1 : 0;
	if (sign == 0 || !take_digits(s, 2, &hours))
		return false;
	if ((take_char(s, ':') || s->n > 0) && !take_digits(s, 2, &minutes))
		return false;
	if (hours > 23 || minutes > 59)
		return false;
	c->offset_s = sign * (int32_t)(hours * 3600 + minutes * 60);
	c->has_offset = true;
	return true;
}

enum rc civil_parse(struct str s, struct civil *ret_c)
{
	struct civil c = {0};
	unsigned year, month, day;

	s = str_trim(s);
	if (!take_digits(&s, 4, &year) || !take_char(&s, '-') ||
	    !take_digits(&s, 2, &month) || !take_char(&s, '-') ||
	    !take_digits(&s, 2, &day))
		return RC_INVALID;
	if (year < 1 || month < 1 || month > 12 || day < 1 ||
	    day > civil_month_days((int32_t)year, month))
		return RC_INVALID;
	civil_set_days(&c, civil_days((int32_t)year, month, day));
	if (s.n > 0) {
		if (!take_char(&s, 'T') && !take_char(&s, 't') &&
		    !take_char(&s, ' '))
			return RC_INVALID;
		if (!take_time(&s, &c))
			return RC_INVALID;
	}
	if (s.n > 0 && (!take_offset(&s, &c) || s.n > 0))
		return RC_INVALID;
	*ret_c = c;
	return RC_OK;
}

static void put_time(struct buf *b, struct civil c)
{
	buf_u64_wide(b, c.hour, 2);
	buf_char(b, ':');
	buf_u64_wide(b, c.minute, 2);
	buf_char(b, ':');
	buf_u64_wide(b, c.second, 2);
}

static void put_offset(struct buf *b, int32_t offset_s, bool has_colon)
{
	uint32_t minutes = (uint32_t)(offset_s < 0 ? -offset_s : offset_s) / 60;

	buf_char(b, offset_s < 0 ? '-' : '+');
	buf_u64_wide(b, minutes / 60, 2);
	if (has_colon)
		buf_char(b, ':');
	buf_u64_wide(b, minutes % 60, 2);
}

/* Clocks that showed the sun's own time were off by seconds, too, which no
 * written offset can say: such a time is written in UTC. */
static struct civil writable(struct civil c)
{
	return c.offset_s % 60 ? civil_at(civil_instant(c), 0) : c;
}

void civil_rfc3339(struct buf *b, struct civil c)
{
	c = writable(c);
	buf_u64_wide(b, (uint64_t)c.year, 4);
	buf_char(b, '-');
	buf_u64_wide(b, c.month, 2);
	buf_char(b, '-');
	buf_u64_wide(b, c.day, 2);
	buf_char(b, 'T');
	put_time(b, c);
	if (c.offset_s == 0)
		buf_char(b, 'Z');
	else
		put_offset(b, c.offset_s, true);
}

/* "Mon, 23 Nov 2026 14:05:06" */
static void put_mail_date(struct buf *b, struct civil c)
{
	struct civil dated = c;

	civil_set_days(&dated, civil_days(c.year, c.month, c.day));
	buf_add(b, str_of(day_names[dated.weekday]));
	buf_lit(b, ", ");
	buf_u64_wide(b, c.day, 2);
	buf_char(b, ' ');
	buf_add(b, str_of(month_names[c.month - 1]));
	buf_char(b, ' ');
	buf_u64_wide(b, (uint64_t)c.year, 4);
	buf_char(b, ' ');
	put_time(b, c);
}

void instant_http(struct buf *b, struct instant t)
{
	put_mail_date(b, civil_at(t, 0));
	buf_lit(b, " GMT");
}

void civil_rfc5322(struct buf *b, struct civil c)
{
	c = writable(c);
	put_mail_date(b, c);
	buf_char(b, ' ');
	put_offset(b, c.offset_s, false);
}
