/* SPDX-License-Identifier: MIT
 *
 * When which source of rates is asked: each by itself, every interval, a fifth
 * of it sooner or later by chance, never because somebody visits a page. A
 * source that fails is asked ever more seldom, down to once an hour.
 */
#ifndef WATCH_RATE_CLOCK_H
#define WATCH_RATE_CLOCK_H

#include <stdbool.h>

#include "base/err.h"
#include "http/client.h"
#include "watch/rate.h"

struct rate_clock;

enum { RATE_CLOCK_SOURCES_MAX = 16 };

struct rate_clock_settings {
	struct rate_source sources[RATE_CLOCK_SOURCES_MAX];
	size_t sources_n;
	struct currency currency;
	unsigned interval_s; /* 0: 300; at least 1 */
	unsigned call_ms;    /* for one call; 0: 15000 */
	struct str proxy;    /* SOCKS5, "host:port"; empty: none */
};

/* A clock by which all sources are due at once. SETTINGS is copied, but the
 * proxy's text must outlive it. RC_NO_MEMORY. The caller owns it. */
MUST_USE enum rc rate_clock_new(const struct rate_clock_settings *settings,
    struct rate_clock **ret_clock, struct err *err);
/* NULL is fine. */
void rate_clock_free(struct rate_clock *c);

/* How to ask: as in struct http_ask. */
struct rate_clock_call {
	struct http_client *client;
	struct instant now;
	bool (*go_on)(void *ctx);
	void *ctx;
};

/* Asks one source that is due, if there is one. RC_OK: *RET_RATE is what it
 * said; RC_NOT_FOUND: none is due; else it failed, and *ERR says how, with
 * the source's name. */
MUST_USE enum rc rate_clock_turn(struct rate_clock *c,
    const struct rate_clock_call *call, struct rate *ret_rate, struct err *err);

#endif
