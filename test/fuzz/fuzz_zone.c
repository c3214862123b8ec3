/* SPDX-License-Identifier: MIT
 *
 * Time zone files: whatever can be read answers every question, and an
 * instant is found again by what its wall clock shows.
 */
#include "base/zone.h"

#include "base/arena.h"
#include "base/must.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_instant(const struct zone *z, int64_t s)
{
	struct instant t = INSTANT_OF_S(s);
	struct civil c = zone_civil(z, t);
	struct instant earlier, later;
	enum zone_fit fit = zone_instant(z, c, ZONE_EARLIER, &earlier);

	must(zone_next_change(z, t).us > t.us);
	must(zone_instant(z, c, ZONE_LATER, &later) == fit);
	must(fit != ZONE_GAP);
	must(earlier.us <= t.us && t.us <= later.us);
	must(fit == ZONE_TWICE || earlier.us == later.us);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(1 << 20);
	struct instant t = INSTANT_OF_S(-5000000000);
	const struct zone *z;
	struct err err;

	if (zone_parse(a, (struct str){(const char *)data, size}, &z, &err) ==
	    RC_OK) {
		for (int i = 0; i < 8; i++) {
			t = zone_next_change(z, t);
			if (t.us == INSTANT_NEVER.us)
				break;
			if (instant_s(t) < -60000000000 ||
			    instant_s(t) > 250000000000)
				continue;
			try_instant(z, instant_s(t) - 1);
			try_instant(z, instant_s(t));
		}
		for (int year = 1800; year < 9000; year += 1200)
			try_instant(z, civil_days(year, 4, 1) * 86400);
	}
	arena_free(a);
	return 0;
}
