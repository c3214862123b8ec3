/* SPDX-License-Identifier: MIT
 *
 * The clock of rates; see rate_clock.h. It goes by the monotonic clock, so
 * that a wall clock that jumps asks nobody.
 */
#include "watch/rate_clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/must.h"
#include "base/utf8.h"
#include "coin/rate_source.h"
#include "sys/clock.h"
#include "sys/random.h"

enum {
	INTERVAL_S = 300,
	RETRY_S = 5,
	RETRY_DOUBLINGS = 12,
	FAILURES_TO_TELL = 2,
	CALL_MS = 15000,
	HTTP_OK = 200,
	FILLED_MAX = 512,
	WHY_MAX = 160,
};

#define NS_OF_S INT64_C(1000000000)

enum source_state { SOURCE_UNKNOWN, SOURCE_ANSWERS, SOURCE_FAILS };

struct source {
	enum source_state state;
	int64_t due_ns;
	unsigned failures; /* in a row */
	char why[WHY_MAX]; /* of the last */
};

struct rate_clock {
	struct rate_clock_settings settings;
	bool is_wanted;
	struct currency currency;
	uint64_t changes;
	uint64_t choices; /* how often others were wanted */
	/* Those that are asked, and how each stands. */
	struct rate_source asked[RATE_CLOCK_SOURCES_MAX];
	size_t asked_n;
	struct source sources[RATE_CLOCK_SOURCES_MAX];
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
	rate_clock_choose(c, NULL);
	*ret_clock = c;
	return RC_OK;
}

void rate_clock_free(struct rate_clock *c)
{
	free(c);
}

/* Nothing is known of any source. */
static void begin_anew(struct rate_clock *c)
{
	c->changes++;
	c->choices++;
	memset(c->sources, 0, sizeof(c->sources));
}

void rate_clock_use(struct rate_clock *c, const struct currency *currency)
{
	if (c->is_wanted == (currency != NULL) &&
	    (!currency || currency_eq(c->currency, *currency)))
		return;
	c->is_wanted = currency != NULL;
	if (currency)
		c->currency = *currency;
	begin_anew(c);
}

/* The source NAME as the settings describe it; NULL: they do not. */
static const struct rate_source *described(
    const struct rate_clock *c, const char *name)
{
	for (size_t i = 0; i < c->settings.sources_n; i++)
		if (strcmp(c->settings.sources[i].name, name) == 0)
			return &c->settings.sources[i];
	return NULL;
}

static bool is_ready_name(const char *name)
{
	for (size_t i = 0; rate_ready(i); i++)
		if (strcmp(rate_ready(i)->name, name) == 0)
			return true;
	return false;
}

static size_t list_chosen(const struct rate_clock *c, uint32_t set,
    struct rate_source list[RATE_CLOCK_SOURCES_MAX])
{
	size_t n = 0;

	for (unsigned i = 0; i < RATE_READY_N; i++) {
		const struct rate_source *own =
		    described(c, rate_ready(i)->name);

		if ((set & UINT32_C(1) << i) && n < RATE_CLOCK_SOURCES_MAX)
			list[n++] = own ? *own : *rate_ready(i);
	}
	for (size_t i = 0; i < c->settings.sources_n; i++)
		if (!is_ready_name(c->settings.sources[i].name) &&
		    n < RATE_CLOCK_SOURCES_MAX)
			list[n++] = c->settings.sources[i];
	return n;
}

void rate_clock_choose(struct rate_clock *c, const uint32_t *set)
{
	struct rate_source list[RATE_CLOCK_SOURCES_MAX] = {0};
	size_t n = c->settings.sources_n;

	if (set)
		n = list_chosen(c, *set, list);
	else
		memcpy(list, c->settings.sources, n * sizeof(list[0]));
	if (n == c->asked_n && memcmp(list, c->asked, n * sizeof(list[0])) == 0)
		return;
	memcpy(c->asked, list, sizeof(list));
	c->asked_n = n;
	begin_anew(c);
}

/* How long until source S is asked again. */
static int64_t pause_ns(const struct rate_clock *c, const struct source *s)
{
	int64_t interval = c->settings.interval_s, pause = interval;
	unsigned doublings = s->failures > 0 ? s->failures - 1 : 0;

	if (doublings > RETRY_DOUBLINGS)
		doublings = RETRY_DOUBLINGS;
	if (s->failures > 0 && (int64_t)RETRY_S << doublings < interval)
		pause = (int64_t)RETRY_S << doublings;
	pause *= NS_OF_S;
	return pause + pause / 5000 * ((int64_t)random_below(2000) - 1000);
}

static void tell(struct rate_clock *c, size_t i, const char *to_do)
{
	const struct source *s = &c->sources[i];

	c->changes++;
	if (c->settings.told)
		c->settings.told(c->settings.ctx, c->asked[i].name,
		    to_do ? s->why : NULL, to_do);
}

static void went_well(struct rate_clock *c, size_t i)
{
	struct source *s = &c->sources[i];
	enum source_state was = s->state;

	s->failures = 0;
	s->state = SOURCE_ANSWERS;
	s->due_ns = clock_ns() + pause_ns(c, s);
	if (was == SOURCE_FAILS)
		tell(c, i, NULL);
	else if (was == SOURCE_UNKNOWN)
		c->changes++;
}

/* What a person can do about a failure. */
static const char *advice(enum rc rc, unsigned status)
{
	if (status >= 500)
		return "most likely nothing, the fault is theirs";
	if (status == 403 || status == 429)
		return "it wants to be asked less often (\"rate_minutes\"), or "
		       "not from here; else take another source";
	if (status != 0 && status != HTTP_OK)
		return "it may not know the currency, or have moved; take "
		       "another source, or describe it by \"rate_source\"";
	if (rc == RC_IO)
		return "see whether this machine can reach it (a firewall? "
		       "\"socks5\"?) and whether its certificate is right";
	if (rc == RC_LIMIT)
		return "most likely nothing; if it stays so, take another "
		       "source";
	return "its answers have another form than known here; take another "
	       "source, or describe it by \"rate_source\"";
}

static void went_wrong(struct rate_clock *c, size_t i, enum rc rc,
    unsigned status, const struct err *err)
{
	struct source *s = &c->sources[i];
	struct str why = str_of(err->why);

	s->failures++;
	s->due_ns = clock_ns() + pause_ns(c, s);
	(void)snprintf(s->why, sizeof(s->why), "%.*s",
	    STR_ARG(utf8_head(why, WHY_MAX - 1)));
	if (s->state == SOURCE_FAILS || s->failures < FAILURES_TO_TELL)
		return;
	s->state = SOURCE_FAILS;
	tell(c, i, advice(rc, status));
}

static enum rc ask(struct rate_clock *c, const struct rate_source *source,
    const struct rate_clock_call *call, struct rate *rate, unsigned *ret_status,
    struct err *err)
{
	struct http_ask ask = {.proxy = c->settings.proxy,
	    .bytes_max = RATE_ANSWER_MAX,
	    .ms_max = c->settings.call_ms,
	    .go_on = call->go_on,
	    .ctx = call->ctx};
	struct buf url, path, answer;
	enum rc rc;

	buf_init(&url, FILLED_MAX);
	buf_init(&path, FILLED_MAX);
	buf_init(&answer, RATE_ANSWER_MAX);
	rate_fill(&url, str_of(source->url), &c->currency);
	rate_fill(&path, str_of(source->path), &c->currency);
	rc = buf_rc(&url) == RC_OK ? buf_rc(&path) : buf_rc(&url);
	if (rc != RC_OK) {
		(void)err_set(err, rc, "the address is too long");
		goto done;
	}
	ask.url = buf_str(&url);
	rc = http_client_ask(call->client, &ask, &answer, ret_status, err);
	if (rc == RC_OK && *ret_status != HTTP_OK)
		rc = err_set(
		    err, RC_INVALID, "answers with status %u", *ret_status);
	if (rc == RC_OK)
		rc = rate_answer_parse(buf_str(&answer), buf_str(&path),
		    c->currency, &rate->price, err);
done:
	buf_done(&url);
	buf_done(&path);
	buf_done(&answer);
	return rc;
}

static enum rc turn(struct rate_clock *c, size_t i,
    const struct rate_clock_call *call, struct rate *ret_rate, struct err *err)
{
	const struct rate_source source = c->asked[i];
	struct rate rate = {.currency = c->currency, .at = call->now};
	uint64_t choices = c->choices;
	unsigned status = 0;
	enum rc rc = ask(c, &source, call, &rate, &status, err);

	/* What was heard meanwhile may have changed what is wanted. */
	if (rc == RC_BUSY || choices != c->choices)
		return err_set(err, RC_BUSY, "%s: given up", source.name);
	if (rc != RC_OK) {
		went_wrong(c, i, rc, status, err);
		return err_prefix(err, rc, "%s: ", source.name);
	}
	went_well(c, i);
	memcpy(rate.source, source.name, sizeof(rate.source));
	*ret_rate = rate;
	return RC_OK;
}

enum rc rate_clock_turn(struct rate_clock *c,
    const struct rate_clock_call *call, struct rate *ret_rate, struct err *err)
{
	for (size_t i = 0; c->is_wanted && i < c->asked_n; i++)
		if (clock_ns() >= c->sources[i].due_ns)
			return turn(c, i, call, ret_rate, err);
	return RC_NOT_FOUND;
}

enum rc rate_clock_standing(const struct rate_clock *c, unsigned *ret_answering,
    unsigned *ret_total, uint64_t *ret_changes, struct buf *text)
{
	unsigned answering = 0;
	bool is_first = true;

	if (!c->is_wanted || c->asked_n == 0)
		return RC_NOT_FOUND;
	for (size_t i = 0; i < c->asked_n; i++) {
		if (c->sources[i].state == SOURCE_UNKNOWN)
			return RC_NOT_FOUND;
		answering += c->sources[i].state == SOURCE_ANSWERS;
	}
	for (size_t i = 0; i < c->asked_n; i++) {
		if (c->sources[i].state != SOURCE_FAILS)
			continue;
		buf_printf(text, "%s%s: %s", is_first ? "" : "; ",
		    c->asked[i].name, c->sources[i].why);
		is_first = false;
	}
	*ret_answering = answering;
	*ret_total = (unsigned)c->asked_n;
	*ret_changes = c->changes;
	return RC_OK;
}
