/* SPDX-License-Identifier: MIT
 *
 * What has changed since is read, and the pages that show it are let go; see
 * site.h, and "Order" in site.c.
 */
#include <string.h>

#include "base/arena.h"
#include "http/metrics.h"
#include "site/site_priv.h"

enum {
	CHANGES_AT_ONCE = 500,
	CHANGES_MOST = 5000, /* beyond it all pages are let go */
};

void site_drop_all(struct site *site)
{
	cache_drop_all(site->cache);
}

void site_drop(struct site *site, struct str tag)
{
	(void)cache_drop(site->cache, cache_tag(site->cache, tag));
}

/* "day:2026-11-23" stands in the pages of its month and year too. */
static void drop_day(struct site *site, struct str date)
{
	char text[16];

	if (date.n != 10)
		return;
	memcpy(text, "month:", 6);
	memcpy(text + 6, date.p, 7);
	site_drop(site, (struct str){text, 13});
	memcpy(text, "year:", 5);
	memcpy(text + 5, date.p, 4);
	site_drop(site, (struct str){text, 9});
	site_drop(site, STR("archive"));
}

static void apply(struct site *site, const struct public_change *change)
{
	struct str tag = change->tag;

	if (str_eq(tag, STR("paper")) || str_eq(tag, STR("all"))) {
		cache_drop_all(site->cache);
		site->must_reload = true;
	} else {
		site_drop(site, tag);
	}
	/* The banner of all pages leads there as soon as it is out. */
	if (site_has_banner_of(site, tag)) {
		cache_drop_all(site->cache);
		site->must_reload = true;
	}
	/* From the first one on, all pages lead to them. */
	if (str_eq(tag, STR("corrections")) && !site->view.has_corrections)
		site->must_reload = true;
	if (str_starts(tag, STR("day:")))
		drop_day(site, str_from(tag, 4));
	site->seq = change->seq; /* I2 */
}

/* More has changed than can be named. */
static enum rc start_anew(struct site *site)
{
	enum rc rc = public_seq(site->config.db, &site->seq);

	if (rc)
		return rc;
	cache_drop_all(site->cache);
	site->must_reload = true;
	return RC_OK;
}

static enum rc read_changes(struct site *site)
{
	size_t n = CHANGES_AT_ONCE;

	for (size_t seen = 0; n == CHANGES_AT_ONCE; seen += n) {
		struct public_change *v;
		enum rc rc;

		if (seen >= CHANGES_MOST)
			return start_anew(site);
		arena_reset(site->page_arena);
		rc = public_changes(site->config.db, site->page_arena,
		    site->seq, CHANGES_AT_ONCE, &v, &n);
		if (rc == RC_GONE)
			return start_anew(site);
		if (rc)
			return rc;
		for (size_t i = 0; i < n; i++)
			apply(site, &v[i]);
		if (site->config.metrics)
			metric_add(&site->config.metrics->changes_seen, n);
	}
	return RC_OK;
}

static void publish_counters(const struct site *site)
{
	const struct cache_stats *stats = cache_stats(site->cache);
	struct http_metrics *m = site->config.metrics;

	if (!m)
		return;
	metric_set(&m->cache_hits, stats->hits);
	metric_set(&m->cache_misses, stats->misses);
	metric_set(&m->cache_bytes, stats->bytes);
	metric_set(&m->cache_pages, stats->entries);
}

enum rc site_notice_changes(struct site *site)
{
	bool has_changed = false;
	enum rc rc = public_has_changed(site->config.db, &has_changed);

	publish_counters(site);
	if (rc)
		return rc;
	if (has_changed)
		site->has_news = true;
	if (site->has_news) {
		rc = read_changes(site);
		if (rc)
			return rc;
		site->has_news = false;
	}
	if (site->must_reload) {
		rc = site_load(site);
		if (rc)
			return rc;
		/* Pages made meanwhile have the old head. */
		cache_drop_all(site->cache);
		site->must_reload = false;
	}
	return RC_OK;
}
