/* SPDX-License-Identifier: MIT
 *
 * Typed moments; see moment.h.
 */
#include "newsroom/moment.h"

#include <string.h>

#include "base/zone.h"

enum { MOMENT_CHARS = 32, GAP_LOOK_S = 36 * 3600 };

/* By how much the clock was put forward over a time that is now said to be AT.
 */
static int32_t gap_s(const struct zone *zone, struct instant at)
{
	struct instant before = {at.us - (int64_t)GAP_LOOK_S * 1000000};
	struct instant change = zone_next_change(zone, before);

	if (change.us > at.us)
		return 0;
	return zone_offset(zone, at) - zone_offset(zone, before);
}

static struct moment fit(
    const struct zone *zone, struct civil c, struct str which)
{
	struct moment m = {.fit = MOMENT_OK};

	switch (zone_instant(zone, c, ZONE_EARLIER, &m.at)) {
	case ZONE_ONCE:
		break;
	case ZONE_GAP:
		m.later = m.at;
		m.at.us -= (int64_t)gap_s(zone, m.at) * 1000000;
		if (str_eq(which, STR("after")))
			m.at = m.later;
		else if (!str_eq(which, STR("before")))
			m.fit = MOMENT_GAP;
		break;
	case ZONE_TWICE:
		(void)zone_instant(zone, c, ZONE_LATER, &m.later);
		if (str_eq(which, STR("later")))
			m.at = m.later;
		else if (!str_eq(which, STR("earlier")))
			m.fit = MOMENT_TWICE;
		break;
	}
	return m;
}

struct moment moment_read_both(
    const struct zone *zone, struct str both, struct str which)
{
	struct civil c;

	if (str_blank(both))
		return (struct moment){.fit = MOMENT_EMPTY};
	/* An offset would be somebody else's clock. */
	if (civil_parse(str_trim(both), &c) != RC_OK || !c.has_time ||
	    c.has_offset)
		return (struct moment){.fit = MOMENT_FAULTY};
	return fit(zone, c, which);
}

struct moment moment_read(
    const struct zone *zone, struct str date, struct str time, struct str which)
{
	char text[MOMENT_CHARS];

	date = str_trim(date);
	time = str_trim(time);
	if (date.n + time.n == 0)
		return (struct moment){.fit = MOMENT_EMPTY};
	if (date.n == 0 || time.n == 0 || date.n + time.n + 1 > sizeof(text))
		return (struct moment){.fit = MOMENT_FAULTY};
	memcpy(text, date.p, date.n);
	text[date.n] = 'T';
	memcpy(text + date.n + 1, time.p, time.n);
	return moment_read_both(
	    zone, (struct str){text, date.n + time.n + 1}, which);
}
