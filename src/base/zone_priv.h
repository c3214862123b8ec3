/* SPDX-License-Identifier: MIT
 *
 * The footer's rule of a zone; see zone_rule.c. Private to base/.
 */
#ifndef BASE_ZONE_PRIV_H
#define BASE_ZONE_PRIV_H

#include <stdbool.h>
#include <stdint.h>

#include "base/rc.h"
#include "base/str.h"

enum {
	ZONE_OFFSET_LEAST = -89999, /* RFC 8536 section 3.2: -25 to 26 hours */
	ZONE_OFFSET_MOST = 93599,
	ZONE_OFFSET_WIDEST = ZONE_OFFSET_MOST - ZONE_OFFSET_LEAST,
};

/* A day of every year, and a time of that day. */
struct zone_day {
	enum {
		ZONE_DAY_JULIAN, /* Jn: 1 to 365, 29 February not counted */
		ZONE_DAY_PLAIN,	 /* n: 0 to 365 */
		ZONE_DAY_WEEK,	 /* Mm.w.d: weekday d of week w of month m */
	} kind;
	unsigned day; /* for WEEK: 0 Sunday to 6 */
	unsigned week;
	unsigned month;
	int32_t time_s; /* -167 to 167 hours */
};

struct zone_rule {
	int32_t standard_s; /* offsets, east of UTC */
	int32_t summer_s;
	bool has_summer;
	struct zone_day start; /* of summer, by standard time */
	struct zone_day end;   /* of summer, by summer time */
};

/* RC_INVALID. */
MUST_USE enum rc zone_rule_read(struct str s, struct zone_rule *ret_rule);
/* The offset at second S since the epoch. */
int32_t zone_rule_offset(const struct zone_rule *rule, int64_t s);
/* The first second later than S at which the rule changes the clock;
 * INT64_MAX if it never does. */
int64_t zone_rule_next(const struct zone_rule *rule, int64_t s);

#endif
