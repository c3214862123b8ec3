/* SPDX-License-Identifier: MIT
 *
 * The counters as Prometheus reads them: text format 0.0.4, each family once,
 * its samples of all processes below it.
 */
#include "http/metrics.h"

#include "base/must.h"

enum { METRICS_MAX = 1024 * 1024 };

struct family {
	struct str name;
	struct str help;
	size_t offset; /* of the first counter in struct http_metrics */
	const struct str *labels;
	size_t count;
	bool is_gauge;
};

static const struct str class_labels[] = {STR_INIT("class=\"none\""),
    STR_INIT("class=\"1xx\""), STR_INIT("class=\"2xx\""),
    STR_INIT("class=\"3xx\""), STR_INIT("class=\"4xx\""),
    STR_INIT("class=\"5xx\"")};

static const struct str refusal_labels[REFUSED_COUNT] = {
    [REFUSED_CONNECTIONS] = STR_INIT("reason=\"connections\""),
    [REFUSED_ADDRESS] = STR_INIT("reason=\"address\""),
    [REFUSED_RATE] = STR_INIT("reason=\"rate\""),
    [REFUSED_MALFORMED] = STR_INIT("reason=\"malformed\""),
    [REFUSED_HOST] = STR_INIT("reason=\"host\""),
    [REFUSED_BUSY] = STR_INIT("reason=\"busy\""),
    [REFUSED_SLOW_HEAD] = STR_INIT("reason=\"slow-head\""),
    [REFUSED_SLOW_BODY] = STR_INIT("reason=\"slow-body\""),
    [REFUSED_SLOW_READER] = STR_INIT("reason=\"slow-reader\""),
    [REFUSED_DESCRIPTORS] = STR_INIT("reason=\"descriptors\""),
};

#define ONE(text, field, gauge, words)                                         \
	{                                                                      \
		.name = STR_INIT("farthing_" text), .help = STR_INIT(words),   \
		.offset = offsetof(struct http_metrics, field), .count = 1,    \
		.is_gauge = (gauge)                                            \
	}
#define MANY(text, field, set, words)                                          \
	{                                                                      \
		.name = STR_INIT("farthing_" text), .help = STR_INIT(words),   \
		.offset = offsetof(struct http_metrics, field),                \
		.labels = (set), .count = sizeof(set) / sizeof(*(set))         \
	}

static const struct family families[] = {
    MANY("http_requests_total", requests, class_labels,
	"Requests answered, by class of status."),
    ONE("http_sent_bytes_total", bytes_sent, false,
	"Bytes of heads and bodies sent."),
    ONE("http_connections_accepted_total", connections_accepted, false,
	"Connections taken."),
    ONE("http_connections_open", connections_open, true,
	"Connections open now."),
    MANY("http_refused_total", refused, refusal_labels,
	"Connections and requests refused, by reason."),
    ONE("log_lines_lost_total", log_lines_lost, false,
	"Lines of the access log that could not be written."),
    ONE("cache_hits_total", cache_hits, false, "Pages served from the cache."),
    ONE("cache_misses_total", cache_misses, false,
	"Pages looked for in the cache in vain."),
    ONE("cold_renders_total", cold_renders, false, "Pages rendered."),
    ONE("cold_render_microseconds_total", cold_render_us, false,
	"Time spent on rendering."),
    ONE("cache_bytes", cache_bytes, true, "Memory of the page cache."),
    ONE("cache_pages", cache_pages, true, "Pages in the cache."),
    ONE("changes_seen_total", changes_seen, false,
	"Changes of the paper taken notice of."),
    ONE("gifts_asked_total", gifts_asked, false,
	"Addresses for gifts asked for by readers."),
    ONE("till_alarms_total", till_alarms, false,
	"Proofs and messages of the till that were no good."),
    ONE("till_late_total", till_late, false,
	"Questions that the till did not answer in time."),
    ONE("till_is_silent", till_is_silent, true,
	"The till does not answer now."),
};

static void sample(struct buf *b, const struct family *f, size_t at,
    const struct metrics_process *process)
{
	const metric *first =
	    (const metric *)(const void *)((const char *)process->metrics +
					   f->offset);

	buf_add(b, f->name);
	buf_lit(b, "{process=\"");
	buf_add(b, process->name);
	buf_lit(b, "\"");
	if (f->labels) {
		buf_lit(b, ",");
		buf_add(b, f->labels[at]);
	}
	buf_lit(b, "} ");
	buf_u64(b, metric_get(first + at));
	buf_lit(b, "\n");
}

void metrics_write(
    struct buf *b, const struct metrics_process *processes, size_t count)
{
	for (size_t i = 0; i < sizeof(families) / sizeof(*families); i++) {
		const struct family *f = &families[i];

		buf_lit(b, "# HELP ");
		buf_add(b, f->name);
		buf_lit(b, " ");
		buf_add(b, f->help);
		buf_lit(b, "\n# TYPE ");
		buf_add(b, f->name);
		buf_add(b, f->is_gauge ? STR(" gauge\n") : STR(" counter\n"));
		for (size_t p = 0; p < count; p++)
			for (size_t at = 0; at < f->count; at++)
				sample(b, f, at, &processes[p]);
	}
}

struct entity *metrics_entity(
    const struct metrics_process *processes, size_t count)
{
	struct entity *e = NULL;
	struct buf b;

	buf_init(&b, METRICS_MAX);
	metrics_write(&b, processes, count);
	if (buf_rc(&b) == RC_OK)
		e = entity_new(&(struct entity_spec){.status = 200,
		    .type = STR("text/plain; version=0.0.4; charset=utf-8"),
		    .cache = STR("no-store"),
		    .modified = INSTANT_NEVER,
		    .body = buf_str(&b)});
	buf_done(&b);
	return e;
}
