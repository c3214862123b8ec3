/* SPDX-License-Identifier: MIT
 *
 * What is counted while the program serves, and how it is told to Prometheus
 * (text format 0.0.4). The counters of one process lie in one flat struct of
 * 64-bit numbers, so that it can be put into memory shared with the process
 * that answers on the metrics port. One process writes, others read: a value
 * read is a little old, never torn.
 *
 *	metric_add(&metrics->cold_renders, 1);
 */
#ifndef HTTP_METRICS_H
#define HTTP_METRICS_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"
#include "http/entity.h"

typedef _Atomic uint64_t metric;

enum http_refusal {
	REFUSED_CONNECTIONS, /* over connections_max: 503 */
	REFUSED_ADDRESS,     /* over connections_per_address: 429 */
	REFUSED_RATE,	     /* over requests_per_s: 429 */
	REFUSED_MALFORMED,   /* the parser's 4xx and 5xx */
	REFUSED_HOST,	     /* 421 */
	REFUSED_BUSY,	     /* the answer function gave NULL: 503 */
	REFUSED_SLOW_HEAD,   /* 408 */
	REFUSED_SLOW_BODY,   /* 408 */
	REFUSED_SLOW_READER, /* let go while being sent to */
	REFUSED_DESCRIPTORS, /* the process has none left */
	REFUSED_COUNT,
};

struct http_metrics {
	/* The server's. */
	metric requests[6]; /* by status / 100; [0]: none was sent */
	metric bytes_sent;  /* heads and bodies */
	metric connections_accepted;
	metric connections_open; /* now */
	metric refused[REFUSED_COUNT];
	metric log_lines_lost;
	/* The site's: counted by whoever answers. */
	metric cache_hits;
	metric cache_misses;
	metric cold_renders;
	metric cold_render_us; /* time spent on them, summed */
	metric cache_bytes;    /* now */
	metric cache_pages;    /* now */
	metric changes_seen;   /* change rows applied */
	metric gifts_asked;    /* addresses asked for */
	metric till_alarms;    /* proofs and messages that were no good */
	metric till_late;      /* questions that it did not answer in time */
	metric till_is_silent; /* 1: it does not answer now */
};

/* Only the one writing process calls these. */
static inline void metric_add(metric *m, uint64_t n)
{
	/* No bus lock: there is one writer. */
	atomic_store_explicit(m,
	    atomic_load_explicit(m, memory_order_relaxed) + n,
	    memory_order_relaxed);
}

static inline void metric_set(metric *m, uint64_t n)
{
	atomic_store_explicit(m, n, memory_order_relaxed);
}

static inline uint64_t metric_get(const metric *m)
{
	return atomic_load_explicit(m, memory_order_relaxed);
}

/* One process in what metrics_write prints. */
struct metrics_process {
	struct str name; /* "reader-0": letters, digits, '-' */
	const struct http_metrics *metrics;
};

/* Appends all counters of COUNT processes to B, each sample with the label
 * process="NAME", each metric's HELP and TYPE once. */
void metrics_write(
    struct buf *b, const struct metrics_process *processes, size_t count);

/* The same as an answer, for a server on the metrics port. The reference is
 * the caller's; NULL without memory. */
MUST_USE struct entity *metrics_entity(
    const struct metrics_process *processes, size_t count);

#endif
