/* SPDX-License-Identifier: MIT
 *
 * A paper opened for reading; see reading.h.
 */
#include "app/reading.h"

#include "app/files.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/zone.h"
#include "sys/zone_file.h"

enum { READING_ARENA = 256 * 1024 * 1024 };

enum rc reading_init(struct reading *reading, const char *dir, struct err *err)
{
	struct reading r = {.a = arena_new(READING_ARENA), .dir = str_of(dir)};
	enum rc rc = files_need_paper(str_of(dir), err);

	if (rc == RC_OK)
		rc = paper_open_reader(str_of(dir), &r.paper, err);
	if (rc != RC_OK)
		goto done;
	rc = paper_settings(r.paper, r.a, &r.settings, err);
	if (rc == RC_OK)
		rc = zone_file_load(r.a, r.settings.zone, &r.zone, err);
	if (rc != RC_OK)
		paper_close(r.paper);
	else
		paper_use_zone(r.paper, r.zone);
done:
	if (rc != RC_OK)
		arena_free(r.a);
	else
		*reading = r;
	return rc;
}

void reading_done(struct reading *reading)
{
	paper_close(reading->paper);
	arena_free(reading->a);
	*reading = (struct reading){0};
}

void reading_time(
    const struct reading *reading, struct buf *b, struct instant t)
{
	struct civil c;

	if (t.us == INSTANT_NEVER.us) {
		buf_char(b, '-');
		return;
	}
	c = zone_civil(reading->zone, t);
	buf_u64_wide(b, (uint64_t)c.year, 4);
	buf_char(b, '-');
	buf_u64_wide(b, c.month, 2);
	buf_char(b, '-');
	buf_u64_wide(b, c.day, 2);
	buf_char(b, ' ');
	buf_u64_wide(b, c.hour, 2);
	buf_char(b, ':');
	buf_u64_wide(b, c.minute, 2);
	buf_char(b, ':');
	buf_u64_wide(b, c.second, 2);
}
