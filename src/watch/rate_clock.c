/* SPDX-License-Identifier: MIT
 *
 * The clock of rates; see rate_clock.h. It goes by the monotonic clock, so
 * that a wall clock that jumps asks nobody.
 */
#include "watch/rate_clock.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/must.h"
#include "sys/clock.h"
#include "sys/random.h"

enum {
	INTERVAL_S = 300,
	INTERVAL_MOST_S = 3600,
	CALL_MS = 15000,
	HTTP_OK = 200,
	FILLED_MAX = 512,
};

#define NS_OF_S INT64_C(1000000000)

struct rate_clock {
	struct rate_clock_settings settings;
	int64_t due_ns[RATE_CLOCK_SOURCES_MAX];
	unsigned failures[RATE_CLOCK_SOURCES_MAX];
};

enum rc rate_clock_new(const struct rate_clock_settings *settings,
    struct rate_clock **ret_clock, struct err *err)
{
	struct rate_clock *c = calloc(1, sizeof(*c));

	must(settings->sources_n <= RATE_CLOCK_SOURCES_MAX);
	if (!c)
		return err_set(err, RC_NO_MEMORY, "no memory for rates");
	c->settings = *settings;
	if (c->settings.interval_s == 0)
		c->settings.interval_s = INTERVAL_S;
	if (c->settings.call_ms == 0)
		c->settings.call_ms = CALL_MS;
	*ret_clock = c;
	return RC_OK;
}

void rate_clock_free(struct rate_clock *c)
{
	free(c);
}

static void wind(struct rate_clock *c, size_t i, bool went_well)
{
	int64_t s = c->settings.interval_s, ns;
	unsigned shift;

	c->failures[i] = went_well ? 0 : c->failures[i] + 1;
	shift = c->failures[i] < 5 ? c->failures[i] : 5;
	/* The first failure is often a slip: the usual time then. */
	if (shift > 0)
		s <<= shift - 1;
	if (s > INTERVAL_MOST_S && s > c->settings.interval_s)
		s = INTERVAL_MOST_S;
	ns = s * NS_OF_S;
	ns += ns / 5000 * ((int64_t)random_below(2000) - 1000);
	c->due_ns[i] = clock_ns() + ns;
}

static enum rc ask(struct rate_clock *c, const struct rate_source *source,
    const struct rate_clock_call *call, struct fiat *ret_price, struct err *err)
{
	struct http_ask ask = {.proxy = c->settings.proxy,
	    .bytes_max = RATE_ANSWER_MAX,
	    .ms_max = c->settings.call_ms,
	    .go_on = call->go_on,
	    .ctx = call->ctx};
	struct buf url, path, answer;
	unsigned status = 0;
	enum rc rc;

	buf_init(&url, FILLED_MAX);
	buf_init(&path, FILLED_MAX);
	buf_init(&answer, RATE_ANSWER_MAX);
	rate_fill(&url, str_of(source->url), &c->settings.currency);
	rate_fill(&path, str_of(source->path), &c->settings.currency);
	rc = buf_rc(&url) == RC_OK ? buf_rc(&path) : buf_rc(&url);
	if (rc != RC_OK) {
		(void)err_set(err, rc, "the address is too long");
		goto done;
	}
	ask.url = buf_str(&url);
	rc = http_client_ask(call->client, &ask, &answer, &status, err);
	if (rc == RC_OK && status != HTTP_OK)
		rc = err_set(err, RC_INVALID, "answers with status %u", status);
	if (rc == RC_OK)
		rc = rate_answer_parse(buf_str(&answer), buf_str(&path),
		    c->settings.currency, ret_price, err);
done:
	buf_done(&url);
	buf_done(&path);
	buf_done(&answer);
	return rc;
}

enum rc rate_clock_turn(struct rate_clock *c,
    const struct rate_clock_call *call, struct rate *ret_rate, struct err *err)
{
	for (size_t i = 0; i < c->settings.sources_n; i++) {
		const struct rate_source *source = &c->settings.sources[i];
		struct rate rate = {
		    .currency = c->settings.currency, .at = call->now};
		enum rc rc;

		if (clock_ns() < c->due_ns[i])
			continue;
		rc = ask(c, source, call, &rate.price, err);
		wind(c, i, rc == RC_OK);
		if (rc != RC_OK)
			return err_prefix(err, rc, "%s: ", source->name);
		memcpy(rate.source, source->name, sizeof(rate.source));
		*ret_rate = rate;
		return RC_OK;
	}
	return RC_NOT_FOUND;
}
