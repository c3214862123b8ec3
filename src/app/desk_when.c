/* SPDX-License-Identifier: MIT
 *
 * See desk_when.h.
 */
#include "app/desk_when.h"

#include "base/buf.h"
#include "base/zone.h"

/* T with the offset that ZONE has then. */
static struct str with_offset(
    struct arena *a, const struct zone *zone, struct instant t)
{
	struct buf b;

	buf_init_arena(&b, a, 64);
	civil_rfc3339(&b, zone_civil(zone, t));
	return buf_str(&b);
}

static enum rc read_local(struct arena *a, const struct zone *zone,
    struct civil c, struct instant *ret_t, struct err *err)
{
	struct instant t, later;
	struct str first, second;

	switch (zone_instant(zone, c, ZONE_EARLIER, &t)) {
	case ZONE_ONCE:
		break;
	case ZONE_GAP:
		return err_set(err, RC_INVALID,
		    "that hour does not exist on that day: the clocks are put "
		    "forward; choose another or write the offset from UTC");
	case ZONE_TWICE:
		(void)zone_instant(zone, c, ZONE_LATER, &later);
		first = with_offset(a, zone, t);
		second = with_offset(a, zone, later);
		return err_set(err, RC_INVALID,
		    "that hour comes twice on that day: the clocks are put "
		    "back; write %.*s or %.*s",
		    STR_ARG(first), STR_ARG(second));
	}
	*ret_t = t;
	return RC_OK;
}

enum rc desk_when(struct arena *a, const struct zone *zone, struct str when,
    struct instant *ret_t, struct err *err)
{
	struct civil c;

	if (civil_parse(str_trim(when), &c) != RC_OK)
		return err_set(err, RC_INVALID,
		    "\"%.*s\" is no time; write it as \"2026-12-01 06:00\" or "
		    "2026-12-01T06:00:00Z",
		    STR_ARG(str_part(when, 0, 60)));
	if (!c.has_offset)
		return read_local(a, zone, c, ret_t, err);
	*ret_t = civil_instant(c);
	return RC_OK;
}

struct instant desk_when_last(const struct zone *zone, struct civil c)
{
	struct instant t;

	if (c.has_offset)
		return civil_instant(c);
	(void)zone_instant(zone, c, ZONE_LATER, &t);
	return t;
}
