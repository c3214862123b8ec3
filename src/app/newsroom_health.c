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
#include "base/zone.h"
#include "sys/clock.h"
#include "sys/file.h"
#include "sys/zone_file.h"

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
	/* It is there, for its children die with it. */
	health->processes[health->processes_n++] = (struct health_process){
	    .kind = DESK_SUPERVISOR,
	    .is_alive = true,
	    .since = INSTANT_OF_S(
		(int64_t)metric_get(&shared->started[0][SHARED_SUPERVISOR])),
	};
	add_process(health, shared, CHILD_NEWSROOM,
	    (struct health_process){.kind = DESK_NEWSROOM,
		.restarts = metric_get(&shared->newsroom_restarted)},
	    0);
	add_process(health, shared, CHILD_VAULT,
	    (struct health_process){.kind = DESK_VAULT,
		.restarts = metric_get(&shared->vault_restarted)},
	    0);
	if (order->darkroom_fd >= 0)
		add_process(health, shared, CHILD_DARKROOM,
		    (struct health_process){.kind = DESK_DARKROOM,
			.restarts = metric_get(&shared->darkroom_restarted)},
		    0);
	if (health->has_pin)
		add_process(health, shared, CHILD_TILL,
		    (struct health_process){.kind = DESK_TILL,
			.restarts = metric_get(&shared->till_restarted)},
		    0);
	/* A paper that names neither node nor source of rates has none. Its
	 * beat does not tell: the till counts its silence even then. */
	if (metric_get(
		&shared->started[order->bank][child_place(CHILD_WATCH, 0)]) > 0)
		add_process(health, shared, CHILD_WATCH,
		    (struct health_process){.kind = DESK_WATCH,
			.restarts = metric_get(&shared->watch_restarted)},
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

/* Folders can be mounts of their own. */
static void look_at_folder(
    const char *dir, const char *name, struct health *health)
{
	struct health_disk *disk = health->disks;
	char path[PATH_MAX];
	struct statvfs fs;
	struct stat is;
	size_t n;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	if (stat(path, &is) != 0 || statvfs(path, &fs) != 0)
		return;
	while (disk < health->disks + health->disks_n &&
	       disk->id != (uint64_t)is.st_dev)
		disk++;
	if (disk == health->disks + health->disks_n) {
		must(health->disks_n < HEALTH_DISKS_MOST);
		health->disks_n++;
		disk->id = (uint64_t)is.st_dev;
		disk->free = (uint64_t)fs.f_bavail * fs.f_frsize;
		disk->all = (uint64_t)fs.f_blocks * fs.f_frsize;
	}
	n = strlen(disk->folders);
	snprintf(disk->folders + n, sizeof(disk->folders) - n, "%s%s/",
	    n ? ", " : "", name);
}

static void look_at_disk(const char *dir, struct health *health)
{
	static const char *const folders[HEALTH_DISKS_MOST] = {
	    "private", "public", "till"};
	char path[PATH_MAX];
	struct stat is;

	health->paper_bytes = bytes_of(dir, "private/paper.db");
	health->public_bytes = bytes_of(dir, "public/public.db");
	health->till_bytes = bytes_of(dir, "till/till.db");
	snprintf(path, sizeof(path), "%s/trust/pin", dir);
	health->has_pin = stat(path, &is) == 0;
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		look_at_folder(dir, folders[i], health);
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

/* What was read last: reading some four hundred files takes the loop some
 * milliseconds. */
static struct {
	struct arena *a;
	int64_t quarter;
	struct view_desk_zone *v;
	size_t n;
} known;

static int compare(const void *a, const void *b)
{
	const struct view_desk_zone *x = a, *y = b;
	size_t n = x->name.n < y->name.n ? x->name.n : y->name.n;
	int c = memcmp(x->name.p, y->name.p, n);

	if (c != 0)
		return c;
	return x->name.n < y->name.n ? -1 : x->name.n > y->name.n;
}

static void add_zone(struct str name)
{
	/* Places only: "Etc/GMT-3" and "EST5EDT" are of no use to people. */
	if (known.n < ZONES_MOST && str_find(name, '/') < name.n &&
	    !str_starts(name, STR("Etc/")))
		known.v[known.n++].name = name;
}

/* "Z Europe/Berlin ..." of tzdata.zi, or the third column of zone1970.tab. */
static void read_names(struct str text, bool is_old)
{
	struct str line;

	while (str_line(&text, &line)) {
		char end = is_old ? '\t' : ' ';
		struct str first = str_cut(&line, end);

		if (is_old) {
			if (str_starts(first, STR("#")))
				continue;
			str_cut(&line, end);
			add_zone(str_cut(&line, end));
		} else if (str_eq(first, STR("Z"))) {
			add_zone(str_cut(&line, end));
		}
	}
}

static enum rc read_offsets(struct instant now)
{
	struct arena *room = arena_new(ZONE_TEXT_MAX);
	size_t n = 0;

	if (!room)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < known.n; i++) {
		const struct zone *zone;

		arena_reset(room);
		/* One that cannot be read cannot be chosen. */
		if (zone_file_load(room, known.v[i].name, &zone, NULL) != RC_OK)
			continue;
		known.v[n] = known.v[i];
		known.v[n++].offset = zone_offset(zone, now);
	}
	known.n = n;
	arena_free(room);
	return RC_OK;
}

static enum rc read_zones(struct instant now)
{
	struct str text;
	bool is_old = false;
	enum rc rc;

	if (!known.a)
		known.a = arena_new(2 * ZONE_TEXT_MAX);
	if (!known.a)
		return RC_NO_MEMORY;
	arena_reset(known.a);
	known.n = 0;
	known.v = ARENA_ARRAY(known.a, struct view_desk_zone, ZONES_MOST + 1);
	if (!known.v)
		return RC_NO_MEMORY;
	rc = file_read(known.a, str_of(ZONES), ZONE_TEXT_MAX, &text, NULL);
	if (rc != RC_OK) {
		is_old = true;
		rc = file_read(
		    known.a, str_of(ZONES_OLD), ZONE_TEXT_MAX, &text, NULL);
	}
	/* Without a list there is none to choose from. */
	if (rc == RC_OK)
		read_names(text, is_old);
	else if (rc == RC_NO_MEMORY)
		return rc;
	rc = read_offsets(now);
	qsort(known.v, known.n, sizeof(*known.v), compare);
	known.v[known.n++] = (struct view_desk_zone){STR("UTC"), 0};
	return rc;
}

enum rc newsroom_zones(struct arena *a, struct instant now,
    struct view_desk_zone **ret_v, size_t *ret_n)
{
	int64_t quarter = instant_s(now) / (15 * 60);
	struct view_desk_zone *v;

	if (known.n == 0 || known.quarter != quarter) {
		enum rc rc = read_zones(now);

		if (rc != RC_OK) {
			known.n = 0;
			return rc;
		}
		known.quarter = quarter;
	}
	/* Names live until the next reading, in a later visit. */
	v = ARENA_ARRAY(a, struct view_desk_zone, known.n);
	if (!v)
		return RC_NO_MEMORY;
	memcpy(v, known.v, known.n * sizeof(*v));
	*ret_v = v;
	*ret_n = known.n;
	return RC_OK;
}
