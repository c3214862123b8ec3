/* SPDX-License-Identifier: MIT
 *
 * Dates from front matter: whatever is read is a date of the calendar, names
 * an instant, and is read again from what it is written as.
 */
#include <stdint.h>

#include "base/buf.h"
#include "base/instant.h"
#include "base/must.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct civil c;
	struct civil again;
	struct buf b;

	if (civil_parse((struct str){(const char *)data, n}, &c) != RC_OK)
		return 0;
	must(c.month >= 1 && c.month <= 12);
	must(c.day >= 1 && c.day <= civil_month_days(c.year, c.month));
	must(c.hour < 24 && c.minute < 60 && c.second < 60 && c.weekday < 7);
	buf_init(&b, 64);
	civil_rfc3339(&b, c);
	must(civil_parse(buf_str(&b), &again) == RC_OK);
	must(civil_instant(c).us == civil_instant(again).us);
	buf_done(&b);
	return 0;
}
