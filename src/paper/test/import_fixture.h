/* SPDX-License-Identifier: MIT
 *
 * Imports of one source, for tests.
 */
#ifndef PAPER_TEST_IMPORT_FIXTURE_H
#define PAPER_TEST_IMPORT_FIXTURE_H

#include <stdio.h>

#include "base/zone.h"
#include "paper/test/desk_fixture.h"

static inline enum paper_outcome take(struct desk *d, const char *key,
    const char *hash, const struct manuscript *m, int64_t *ret_id)
{
	struct paper_import import = {
	    .key = str_of(key),
	    .hash = str_of(hash),
	    .manuscript = m,
	    .now = d->now,
	};
	enum paper_outcome outcome;

	desk_ok(d, paper_batch_begin(d->paper, d->now, &d->err));
	desk_ok(d, paper_import(d->paper, &import, &outcome, ret_id, &d->err));
	desk_ok(d, paper_batch_commit(d->paper, d->now, &d->err));
	return outcome;
}

static inline enum paper_status status_of(struct desk *d, int64_t id)
{
	struct paper_story s;

	desk_ok(d, paper_show(d->paper, d->a, id, &s, NULL, &d->err));
	return s.status;
}

/* The zone NAME, or NULL where the machine has none. */
static inline const struct zone *zone_of(struct desk *d, const char *name)
{
	static char bytes[1 << 16];
	const struct zone *zone = NULL;
	char path[100];
	size_t n;
	FILE *f;

	snprintf(path, sizeof(path), "/usr/share/zoneinfo/%s", name);
	f = fopen(path, "rb");
	if (!f) {
		print_message("note: no zone %s here\n", name);
		return NULL;
	}
	n = fread(bytes, 1, sizeof(bytes), f);
	fclose(f);
	desk_ok(d, zone_parse(d->a, (struct str){bytes, n}, &zone, &d->err));
	return zone;
}

static inline struct instant due_of(struct desk *d, int64_t id)
{
	struct paper_story s;

	desk_ok(d, paper_show(d->paper, d->a, id, &s, NULL, &d->err));
	assert_int_equal(s.status, PAPER_SCHEDULED);
	return s.due;
}

#endif
