/* SPDX-License-Identifier: MIT
 *
 * The public paper: an address chooses a page, the page is made once, and
 * after that its ready bytes are handed out until something that it shows
 * changes. Readers can write nothing here, and nothing that is not in
 * public.db can be shown.
 *
 *	site = site_new(...)
 *	http_server: .answer = site_answer, .ctx = site
 *	timer, every 20 ms: site_notice_changes(site)
 */
#ifndef SITE_SITE_H
#define SITE_SITE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/instant.h"
#include "base/str.h"
#include "http/server.h"
#include "site/cache.h"

struct arena;
struct http_metrics;
struct public_db;
struct site;
struct zone;

/* A picture of the paper by its file name (letters, digits, "-", "_", single
 * points), from DIR/public/pictures. The bytes live as long as the arena.
 * RC_NOT_FOUND, RC_LIMIT if it is too large to be served, RC_NO_MEMORY,
 * RC_IO. */
typedef enum rc site_picture_fn(void *ctx, struct arena *a, struct str name,
    struct str *ret_bytes, struct instant *ret_modified);

/* The rules of the time zone NAME, as sys/zone_file.h gives them; they live as
 * long as the arena. */
typedef enum rc site_zone_fn(struct arena *a, struct str name,
    const struct zone **ret_zone, struct err *err);

/* What is pointed at stays the caller's and outlives the site. */
struct site_config {
	struct public_db *db;
	struct str origin;  /* "https://example.org"; empty: as the
				    paper's settings say */
	struct str css;	    /* the style sheet of every page */
	struct str favicon; /* an SVG; empty: none */
	size_t cache_limit; /* bytes */
	unsigned char secret[CACHE_KEY_BYTES]; /* random; for hashing */
	site_zone_fn *load_zone;	       /* asked whenever the settings
						  are read; NULL: UTC */
	site_picture_fn *picture;	       /* NULL: no pictures */
	void *picture_ctx;
	struct http_metrics *metrics; /* NULL: not counted */
};

/* Reads the paper's settings and prepares what must be ready when all else
 * fails. The results of paper/public.h; RC_NO_MEMORY. */
MUST_USE enum rc site_new(
    const struct site_config *config, struct site **ret_site, struct err *err);
void site_free(struct site *site); /* NULL is fine */

/* An http_answer_fn; CTX is the site. From the cache without allocating,
 * without looking at the database or a clock; else the page is rendered. When
 * the database cannot be read, a page whose time has passed is given if there
 * is one, else a 503. Never NULL. */
struct entity *site_answer(
    void *ctx, const struct http_request *request, struct instant now);

/* Looks whether the paper has changed and lets go the pages that show what
 * changed. Cheap when nothing did. What could not be read now is read by the
 * next call; until then the pages stay as they are. The results of
 * paper/public.h. */
MUST_USE enum rc site_notice_changes(struct site *site);

/* How the cache does; lives as long as the site. */
const struct cache_stats *site_cache_stats(const struct site *site);

#endif
