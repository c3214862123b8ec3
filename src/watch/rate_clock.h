/* SPDX-License-Identifier: MIT
 *
 * When which source of rates is asked: each by itself, every interval, a fifth
 * of it sooner or later by chance, never because somebody visits a page. A
 * source that fails is asked again after 5 seconds, then 10, 20 and so on, up
 * to the interval, at which it stays.
 *
 * One failure is often a slip, and nobody is told of it. After the second in a
 * row a source is held to fail, and after the first answer to answer; each such
 * change is told once.
 */
#ifndef WATCH_RATE_CLOCK_H
#define WATCH_RATE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "http/client.h"
#include "watch/rate.h"

struct rate_clock;

enum { RATE_CLOCK_SOURCES_MAX = 16 };

struct rate_clock_settings {
	struct rate_source sources[RATE_CLOCK_SOURCES_MAX];
	size_t sources_n;
	unsigned interval_s; /* 0: 300; at least 1 */
	unsigned call_ms;    /* for one call; 0: 15000 */
	struct str proxy;    /* SOCKS5, "host:port"; empty: none */
	/* Called when the source NAME begins to fail: WHY says how, TO_DO what
	 * a person can do about it; and when it answers again: both NULL. NULL:
	 * nobody is told. */
	void (*told)(
	    void *ctx, const char *name, const char *why, const char *to_do);
	void *ctx;
};

/* A clock that asks nobody until rate_clock_use. SETTINGS is copied, but the
 * proxy's text must outlive it. RC_NO_MEMORY. The caller owns it. */
MUST_USE enum rc rate_clock_new(const struct rate_clock_settings *settings,
    struct rate_clock **ret_clock, struct err *err);
/* NULL is fine. */
void rate_clock_free(struct rate_clock *c);

/* Rates are wanted in CURRENCY from now on; NULL: not at all. If that is
 * another than before, all sources are due at once, and nothing is known of
 * them. */
void rate_clock_use(struct rate_clock *c, const struct currency *currency);

/* Which sources are asked. SET (NULL: those of the settings) names ready ones
 * (coin/rate_source.h): then these are, as the settings describe them where
 * they do, and those of the settings that are no ready ones. If they are others
 * than before, all are due at once, and nothing is known of them. */
void rate_clock_choose(struct rate_clock *c, const uint32_t *set);

/* How to ask: as in struct http_ask. */
struct rate_clock_call {
	struct http_client *client;
	struct instant now;
	bool (*go_on)(void *ctx);
	void *ctx;
};

/* Asks one source that is due, if there is one. RC_OK: *RET_RATE is what it
 * said; RC_NOT_FOUND: none is due; RC_BUSY: go_on said no, and the source is
 * asked again later as if it had not been; else it failed, and *ERR says how,
 * with the source's name. */
MUST_USE enum rc rate_clock_turn(struct rate_clock *c,
    const struct rate_clock_call *call, struct rate *ret_rate, struct err *err);

/* How the sources stand. *RET_CHANGES grows with each change of it. Appends to
 * TEXT which fail and how, as far as there is room: "kraken: ...; mine: ...".
 * RC_NOT_FOUND: no rates are wanted, or some source was not asked yet, or only
 * once and in vain. */
MUST_USE enum rc rate_clock_standing(const struct rate_clock *c,
    unsigned *ret_answering, unsigned *ret_total, uint64_t *ret_changes,
    struct buf *text);

#endif
