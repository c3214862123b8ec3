/* SPDX-License-Identifier: MIT
 *
 * Points in time and dates of the calendar. Pure: the clock itself is read in
 * sys/clock.h, and the rules of time zones are in base/zone.h.
 *
 * struct instant counts microseconds since 1970-01-01T00:00:00Z as POSIX does,
 * without leap seconds. struct civil is what a wall clock and a calendar show,
 * in the proleptic Gregorian calendar, somewhere; only together with an offset
 * or a zone does it name an instant.
 */
#ifndef BASE_INSTANT_H
#define BASE_INSTANT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/rc.h"
#include "base/str.h"

struct buf;

struct instant {
	int64_t us;
};

struct civil {
	int32_t year;	  /* 1 to 9999 */
	uint8_t month;	  /* 1 to 12 */
	uint8_t day;	  /* 1 to 31 */
	uint8_t hour;	  /* 0 to 23 */
	uint8_t minute;	  /* 0 to 59 */
	uint8_t second;	  /* 0 to 59 */
	uint8_t weekday;  /* 0 Monday to 6 Sunday; filled by functions here,
			       never read by them */
	int32_t offset_s; /* seconds east of UTC that the text or the zone
			       gave; 0 if has_offset is false */
	bool has_offset;  /* the text said an offset, or "Z" */
	bool has_time;	  /* the text said a time of day */
};

#define INSTANT_NEVER	  ((struct instant){INT64_MAX})
#define INSTANT_OF_S(sec) ((struct instant){(int64_t)(sec)*1000000})

/* Whole seconds since the epoch, rounded down. */
int64_t instant_s(struct instant t);

/* The civil time at OFFSET_S seconds east of UTC. Instants outside of the
 * years 1 to 9999 are moved to the nearest end. */
struct civil civil_at(struct instant t, int32_t offset_s);
/* The instant that C names with its own offset_s. */
struct instant civil_instant(struct civil c);
/* Days since 1970-01-01 of a date, and back. */
int64_t civil_days(int32_t year, unsigned month, unsigned day);
/* How many days MONTH (1 to 12) has in YEAR. */
unsigned civil_month_days(int32_t year, unsigned month);

/* Reads a date as people and programs write it in front matter and feeds:
 *	2026-11-23
 *	2026-11-23 14:05[:06[.789]]		a space or a T between
 *	2026-11-23T14:05:06Z  ...+01:00  ...+0100  ... +01:00
 * A leap second :60 is read as :59. RC_INVALID for all else, also for dates
 * that are in no calendar. */
MUST_USE enum rc civil_parse(struct str s, struct civil *ret_c);

/* "2026-11-23T14:05:06+01:00", or "...Z" at offset 0 (RFC 3339). An offset of
 * odd seconds, as clocks had before there were time zones, cannot be written;
 * such a time is written in UTC, here and below. */
void civil_rfc3339(struct buf *b, struct civil c);
/* "Mon, 23 Nov 2026 13:05:06 GMT" (RFC 9110 section 5.6.7). */
void instant_http(struct buf *b, struct instant t);
/* "Mon, 23 Nov 2026 14:05:06 +0100" (RFC 5322 section 3.3, as RSS wants). */
void civil_rfc5322(struct buf *b, struct civil c);

#endif
