/* SPDX-License-Identifier: MIT
 *
 * The small grammars inside field values. Nothing here allocates, and every
 * loop runs over its input once.
 */
#include "http/field.h"

#include <string.h>

struct str http_trim(struct str s)
{
	while (s.n && (s.p[0] == ' ' || s.p[0] == '\t')) {
		s.p++;
		s.n--;
	}
	while (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
		s.n--;
	return s;
}

/* Where the member at the start of S ends: at a comma outside of quotes. */
static size_t member_end(struct str s)
{
	bool is_quoted = false;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			is_quoted = !is_quoted;
		else if (s.p[i] == ',' && !is_quoted)
			return i;
	}
	return s.n;
}

bool http_list_next(struct str *list, struct str *ret_member)
{
	while (list->n) {
		size_t end = member_end(*list);
		struct str member = http_trim((struct str){list->p, end});

		*list = str_from(*list, end + 1);
		if (member.n) {
			*ret_member = member;
			return true;
		}
	}
	return false;
}

bool http_list_has(struct str list, struct str token)
{
	struct str member;

	while (http_list_next(&list, &member))
		if (str_eq_fold(member, token))
			return true;
	return false;
}

/* N digits at S[AT]; -1 if they are not all there. */
static int digits(struct str s, size_t at, size_t n)
{
	int value = 0;

	if (at + n > s.n)
		return -1;
	for (size_t i = at; i < at + n; i++) {
		if (!ascii_is_digit(s.p[i]))
			return -1;
		value = value * 10 + (s.p[i] - '0');
	}
	return value;
}

static int month(struct str s, size_t at)
{
	static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

	if (at + 3 > s.n)
		return -1;
	for (int i = 0; i < 12; i++)
		if (memcmp(names + 3 * i, s.p + at, 3) == 0)
			return i + 1;
	return -1;
}

/* "08:49:37" at S[AT] into C. */
static bool clock_time(struct str s, size_t at, struct civil *c)
{
	int hour = digits(s, at, 2);
	int minute = digits(s, at + 3, 2);
	int second = digits(s, at + 6, 2);

	if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
	    second > 60 || s.p[at + 2] != ':' || s.p[at + 5] != ':')
		return false;
	c->hour = (uint8_t)hour;
	c->minute = (uint8_t)minute;
	c->second = (uint8_t)(second == 60 ? 59 : second);
	return true;
}

static enum rc date_finish(
    struct civil c, int year, int mon, int day, struct instant *ret_t)
{
	if (year < 1 || mon < 1 || day < 1 ||
	    (unsigned)day > civil_month_days(year, (unsigned)mon))
		return RC_INVALID;
	c.year = year;
	c.month = (uint8_t)mon;
	c.day = (uint8_t)day;
	*ret_t = civil_instant(c);
	return RC_OK;
}

static bool is_weekday(struct str s, size_t n)
{
	static const char *const days[] = {"Monday", "Tuesday", "Wednesday",
	    "Thursday", "Friday", "Saturday", "Sunday"};

	for (size_t i = 0; i < 7; i++) {
		size_t len = n ? n : strlen(days[i]);

		if (s.n == len && memcmp(s.p, days[i], len) == 0)
			return true;
	}
	return false;
}

/* "06-Nov-94 08:49:37 GMT" behind "Sunday, " */
static enum rc rfc850_date(struct str s, struct instant *ret_t)
{
	struct civil c = {0};
	int year;

	if (s.n != 22 || s.p[2] != '-' || s.p[6] != '-' || s.p[9] != ' ' ||
	    memcmp(s.p + 18, " GMT", 4) != 0 || !clock_time(s, 10, &c))
		return RC_INVALID;
	year = digits(s, 7, 2);
	if (year < 0)
		return RC_INVALID;
	year += year < 70 ? 2000 : 1900;
	return date_finish(c, year, month(s, 3), digits(s, 0, 2), ret_t);
}

/* "Sun Nov  6 08:49:37 1994" */
static enum rc asctime_date(struct str s, struct instant *ret_t)
{
	struct civil c = {0};
	int day;

	if (s.n != 24 || !is_weekday(str_part(s, 0, 3), 3) || s.p[3] != ' ' ||
	    s.p[7] != ' ' || s.p[10] != ' ' || s.p[19] != ' ' ||
	    !clock_time(s, 11, &c))
		return RC_INVALID;
	day = s.p[8] == ' ' ? digits(s, 9, 1) : digits(s, 8, 2);
	return date_finish(c, digits(s, 20, 4), month(s, 4), day, ret_t);
}

enum rc http_date_parse(struct str s, struct instant *ret_t)
{
	struct civil c = {0};
	size_t comma = str_find(s, ',');

	if (comma == s.n)
		return asctime_date(s, ret_t);
	if (comma + 2 > s.n || s.p[comma + 1] != ' ')
		return RC_INVALID;
	if (comma != 3) {
		if (!is_weekday(str_part(s, 0, comma), 0))
			return RC_INVALID;
		return rfc850_date(str_from(s, comma + 2), ret_t);
	}
	/* "Sun, 06 Nov 1994 08:49:37 GMT" */
	if (s.n != 29 || !is_weekday(str_part(s, 0, 3), 3) || s.p[7] != ' ' ||
	    s.p[11] != ' ' || s.p[16] != ' ' ||
	    memcmp(s.p + 25, " GMT", 4) != 0 || !clock_time(s, 17, &c))
		return RC_INVALID;
	return date_finish(
	    c, digits(s, 12, 4), month(s, 8), digits(s, 5, 2), ret_t);
}

static bool is_port(struct str s)
{
	uint64_t port;

	return s.n >= 1 && s.n <= 5 && str_u64(s, 65535, &port) == RC_OK;
}

enum rc http_ip_parse(struct str s, struct address *ret_address)
{
	size_t colon = str_find(s, ':');
	struct str ip = s;
	struct str rest = STR_NONE;

	if (s.n && s.p[0] == '[') {
		size_t bracket = str_find(s, ']');

		ip = str_part(s, 1, bracket - 1);
		rest = str_from(s, bracket + 1);
		if (bracket == s.n || str_find(ip, ':') == ip.n)
			return RC_INVALID;
	} else if (colon == str_find_last(s, ':')) {
		ip = str_part(s, 0, colon);
		rest = str_from(s, colon);
	}
	if (rest.n && (rest.p[0] != ':' || !is_port(str_from(rest, 1))))
		return RC_INVALID;
	return address_parse(ip, ret_address);
}

enum rc http_forwarded_parse(struct str s, struct address *ret_address)
{
	size_t comma = str_find_last(s, ',');
	struct str last = comma == s.n ? s : str_from(s, comma + 1);

	return http_ip_parse(http_trim(last), ret_address);
}
