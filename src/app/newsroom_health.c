/* SPDX-License-Identifier: MIT
 *
 * See newsroom_health.h. Nothing is opened but the list of time zones: what a
 * process tells of itself lies in the shared page.
 */
#include "app/newsroom_health.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "app/version.h"
#include "base/arena.h"
#include "base/must.h"
#include "sys/clock.h"
#include "sys/file.h"
#include "text/manuscript.h"

static const char ZONES[] = "/usr/share/zoneinfo/tzdata.zi";
static const char ZONES_OLD[] = "/usr/share/zoneinfo/zone1970.tab";

enum { ZONES_MOST = 1000, ZONE_TEXT_MAX = 2 * 1024 * 1024, ALIVE_S = 10 };

/* The newest beat of a place in either bank, and since when it beats there. */
static int64_t beat_of(
    const struct shared *shared, unsigned place, struct instant *ret_since)
{
	int64_t best = 0;

	*ret_since = INSTANT_NEVER;
	for (unsigned bank = 0; bank < SHARED_BANKS; bank++) {
		int64_t beat = (int64_t)metric_get(&shared->beats[bank][place]);
		int64_t since =
		    (int64_t)metric_get(&shared->started[bank][place]);

		if (beat == 0 || beat < best)
			continue;
		best = beat;
		if (since > 0)
			*ret_since = INSTANT_OF_S(since);
	}
	return best;
}

static void add_process(struct health *health, const struct shared *shared,
    enum child_role role, struct health_process process, unsigned slot)
{
	int64_t now = clock_ns();
	int64_t beat = beat_of(shared, child_place(role, slot), &process.since);

	must(health->processes_n < HEALTH_PROCESSES_MOST);
	process.is_alive =
	    beat > 0 && now - beat < ALIVE_S * INT64_C(1000000000);
	health->processes[health->processes_n++] = process;
}

static void look_at_processes(const struct child_order *order,
    const struct shared *shared, struct health *health)
{
	for (unsigned i = 0; i < order->readers && i < CONFIG_READERS_MAX; i++)
		add_process(health, shared, CHILD_READER,
		    (struct health_process){.kind = DESK_READER,
			.number = i + 1,
			.restarts = metric_get(&shared->readers_restarted)},
		    i);
	add_process(health, shared, CHILD_NEWSROOM,
	    (struct health_process){.kind = DESK_NEWSROOM,
		.restarts = metric_get(&shared->newsroom_restarted)},
	    0);
	add_process(health, shared, CHILD_VAULT,
	    (struct health_process){.kind = DESK_VAULT,
		.restarts = metric_get(&shared->vault_restarted)},
	    0);
	if (health->has_pin)
		add_process(health, shared, CHILD_TILL,
		    (struct health_process){.kind = DESK_TILL,
			.restarts = metric_get(&shared->till_restarted)},
		    0);
}

/* With its log, which can be larger than the file. */
static uint64_t bytes_of(const char *dir, const char *name)
{
	static const char *const ends[] = {"", "-wal"};
	char path[PATH_MAX];
	struct stat is;
	uint64_t sum = 0;

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s%s", dir, name, ends[i]);
		if (stat(path, &is) == 0 && is.st_size > 0)
			sum += (uint64_t)is.st_size;
	}
	return sum;
}

static void look_at_disk(const char *dir, struct health *health)
{
	char path[PATH_MAX];
	struct statvfs fs;
	struct stat is;

	health->paper_bytes = bytes_of(dir, "private/paper.db");
	health->public_bytes = bytes_of(dir, "public/public.db");
	health->till_bytes = bytes_of(dir, "till/till.db");
	snprintf(path, sizeof(path), "%s/trust/pin", dir);
	health->has_pin = stat(path, &is) == 0;
	snprintf(path, sizeof(path), "%s/private", dir);
	if (statvfs(path, &fs) != 0)
		return;
	health->has_disk = true;
	health->disk_free = (uint64_t)fs.f_bavail * fs.f_frsize;
	health->disk_all = (uint64_t)fs.f_blocks * fs.f_frsize;
}

void newsroom_health(const struct child_order *order,
    const struct shared *shared, struct health *ret_health)
{
	memset(ret_health, 0, sizeof(*ret_health));
	ret_health->version = str_of(version_text());
	look_at_disk(order->dir, ret_health);
	ret_health->landlock = (int)metric_get(&shared->landlock_abi);
	ret_health->is_pin_apart = metric_get(&shared->pin_is_apart) != 0;
	look_at_processes(order, shared, ret_health);
}

/* Zones. */

static int compare(const void *a, const void *b)
{
	const struct str *x = a, *y = b;
	size_t n = x->n < y->n ? x->n : y->n;
	int c = memcmp(x->p, y->p, n);

	if (c != 0)
		return c;
	return x->n < y->n ? -1 : x->n > y->n;
}

static void add_zone(struct str_list *list, struct str name)
{
	/* Places only: "Etc/GMT-3" and "EST5EDT" are of no use to people. */
	if (list->n < ZONES_MOST && str_find(name, '/') < name.n &&
	    !str_starts(name, STR("Etc/")))
		list->v[list->n++] = name;
}

/* "Z Europe/Berlin ..." of tzdata.zi, or the third column of zone1970.tab. */
static void read_zones(struct str text, bool is_old, struct str_list *list)
{
	struct str line;

	while (str_line(&text, &line)) {
		char end = is_old ? '\t' : ' ';
		struct str first = str_cut(&line, end);

		if (is_old) {
			if (str_starts(first, STR("#")))
				continue;
			str_cut(&line, end);
			add_zone(list, str_cut(&line, end));
		} else if (str_eq(first, STR("Z"))) {
			add_zone(list, str_cut(&line, end));
		}
	}
}

enum rc newsroom_zones(struct arena *a, struct str_list *ret_zones)
{
	struct str_list list = {ARENA_ARRAY(a, struct str, ZONES_MOST + 1), 0};
	struct str text;
	bool is_old = false;
	enum rc rc;

	if (!list.v)
		return RC_NO_MEMORY;
	rc = file_read(a, str_of(ZONES), ZONE_TEXT_MAX, &text, NULL);
	if (rc != RC_OK) {
		is_old = true;
		rc =
		    file_read(a, str_of(ZONES_OLD), ZONE_TEXT_MAX, &text, NULL);
	}
	/* Without a list there is none to choose from. */
	if (rc == RC_OK)
		read_zones(text, is_old, &list);
	qsort(list.v, list.n, sizeof(*list.v), compare);
	list.v[list.n++] = STR("UTC");
	*ret_zones = list;
	return rc == RC_NO_MEMORY ? rc : RC_OK;
}
