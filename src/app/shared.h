/* SPDX-License-Identifier: MIT
 *
 * The page of memory that the supervisor and all readers share: counters, and
 * the times of their last beats. Each child writes its own part; the till
 * writes the beats of the watch, which has none of it.
 *
 * Readers of two generations run side by side while one takes over from the
 * other; so that each part has one writer, there are two banks of parts, and
 * generations use them in turn.
 */
#ifndef APP_SHARED_H
#define APP_SHARED_H

#include <stdint.h>

#include "app/config.h"
#include "base/err.h"
#include "http/metrics.h"

enum {
	SHARED_BANKS = 2,
	/* A place for each reader, and for those of which there is one. */
	SHARED_PLACES = CONFIG_READERS_MAX + 8,
	/* The supervisor's own, in the first bank: only since when it runs. */
	SHARED_SUPERVISOR = SHARED_PLACES - 1,
};

/* Of the till; gauges but for the alarms. */
struct till_metrics {
	metric runs; /* 1: there is or was one, and the rest counts */
	metric paused;
	metric addresses_left;
	metric outstanding;
	metric verified;   /* a node is well */
	metric height;	   /* of the chain; 0: not known */
	metric rate_known; /* 1: there is a valid one */
	metric rate_sources;
	metric rate_answering; /* of these */
	metric rates_wanted;   /* 1: the newsroom has chosen sources */
	metric watch_silent;   /* 1: the watch was heard before, and is not */
	metric alarms;
};

struct shared {
	uint64_t layout; /* SHARED_LAYOUT of the version that made it */
	metric readers_restarted;
	metric newsroom_restarted;
	metric till_restarted;
	metric watch_restarted;
	metric vault_restarted;
	metric darkroom_restarted;
	struct till_metrics till;
	/* What fences the processes in (app/fences.h). */
	metric landlock_abi;
	metric pin_is_apart;
	metric reloads;
	metric takeovers;
	/* 1: nobody comes after those that end now, so that a connection on
	 * which nothing happens need not be kept for another request. */
	metric stopping;
	/* When each child last told that it is alive (app/watchdog.h):
	 * nanoseconds of the monotonic clock; 0: not yet. */
	metric beats[SHARED_BANKS][SHARED_PLACES];
	/* Since when it does: seconds since 1970; 0: not known. */
	metric started[SHARED_BANKS][SHARED_PLACES];
	struct http_metrics readers[SHARED_BANKS][CONFIG_READERS_MAX];
};

/* Two versions share a page only if theirs is laid out alike. */
#define SHARED_LAYOUT ((uint64_t)sizeof(struct shared) << 8 | 1)

/* A new memory file, empty: the first process that maps it, perhaps of a
 * newer version, makes it a page. RC_NO_MEMORY, RC_LIMIT. */
MUST_USE enum rc shared_make(int *ret_fd, struct err *err);
/* The page behind FD, zeroed if it is new. RC_NEWER: another layout. It stays
 * for the life of the process. */
MUST_USE enum rc shared_map(
    int fd, struct shared **ret_shared, struct err *err);

struct buf;

/* All of it as Prometheus reads it. READERS: how many slots are used. */
void shared_write(struct buf *b, const struct shared *shared, unsigned readers);

#endif
