/* SPDX-License-Identifier: MIT
 *
 * Time zones: what the clock on the wall in Berlin shows at an instant, and
 * which instant a wall clock's time means. Pure: the rules come as the bytes
 * of a TZif file (RFC 8536, versions 1 to 3), which sys/zone_file.h fetches.
 * Years for which the file lists no changes follow its footer's rule, so the
 * far future is as right as can be known today.
 */
#ifndef BASE_ZONE_H
#define BASE_ZONE_H

#include "base/err.h"
#include "base/instant.h"
#include "base/str.h"

struct arena;
struct zone;

/* The zone that BYTES, a TZif file, describe; it lives as long as A, BYTES
 * may go. RC_INVALID: no such file, or one that counts leap seconds, which
 * struct instant does not. RC_NO_MEMORY. */
MUST_USE enum rc zone_parse(struct arena *a, struct str bytes,
    const struct zone **ret_zone, struct err *err);
/* UTC; lives for ever. */
const struct zone *zone_utc(void);

/* Seconds east of UTC at T. */
int32_t zone_offset(const struct zone *z, struct instant t);
/* The civil time at T, with its offset. Years as in civil_at. */
struct civil zone_civil(const struct zone *z, struct instant t);
/* The first instant later than T at which a clock of this zone may be
 * changed; INSTANT_NEVER if there is none up to the year 9999. */
struct instant zone_next_change(const struct zone *z, struct instant t);

/* How often a wall clock showed a time. */
enum zone_fit {
	ZONE_ONCE,
	ZONE_GAP,   /* never: the clock was put forward over it */
	ZONE_TWICE, /* the clock was put back over it */
};

enum zone_choice { ZONE_EARLIER, ZONE_LATER };

/* The instant at which a wall clock in Z shows C. C's own offset is not
 * looked at: where it has one, civil_instant is the function to call. In a
 * gap it is the instant as far behind the gap's start as C is (02:30 becomes
 * 03:30); where C comes twice, CHOICE says which is meant. *RET_T is always
 * set. */
enum zone_fit zone_instant(const struct zone *z, struct civil c,
    enum zone_choice choice, struct instant *ret_t);

#endif
