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

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/instant.h"
#include "base/str.h"
#include "http/server.h"
#include "page/view.h"
#include "site/cache.h"

struct arena;
struct buf;
struct http_metrics;
struct paper_front;
struct public_db;
struct public_story;
struct site;
struct zone;

/* A picture of the paper, from DIR/public/pictures. */
struct site_picture {
	struct str bytes;	  /* live as long as the arena */
	struct entity_file *file; /* instead of them, or NULL; the site's */
	/* The bytes are as they were then or earlier. */
	struct instant modified;
};

/* Finds the picture with the file name NAME (letters, digits, "-", "_", single
 * points); one of more than MOST bytes is given as a file. RC_NOT_FOUND, also
 * if it is too large to be served; RC_BUSY, RC_LIMIT: not now; RC_NO_MEMORY,
 * RC_IO. */
typedef enum rc site_picture_fn(void *ctx, struct arena *a, struct str name,
    size_t most, struct site_picture *ret);

/* The rules of the time zone NAME, as sys/zone_file.h gives them; they live as
 * long as the arena. */
typedef enum rc site_zone_fn(struct arena *a, struct str name,
    const struct zone **ret_zone, struct err *err);

/* The till, which gives out addresses for gifts, and is another process. The
 * wire to it is the program's; its messages are those of ledger/till_wire.h.
 *
 *	site_config.till = &(struct site_till){.send = ..., .ctx = ...}
 *	site_use_pin(site, pin)			then, and when it has changed
 *	a datagram came: site_till_hear(site, datagram, now)
 *	timer, every 100 ms or so: site_till_tick(site, now)
 *
 * The till should send its SUMMARY to every reader when it starts and whenever
 * it has changed; the site asks for it as well. */
struct site_till {
	/* Sends one datagram now, or not at all; never waits. RC_OK; RC_BUSY:
	 * there is no room; RC_IO. */
	enum rc (*send)(void *ctx, struct str datagram);
	void *ctx;
	struct str css;		/* support pages' second style sheet */
	struct str verify_html; /* the file to save; empty: none */
};

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
	struct str made_by; /* that of paper_made_by; pages are dated while it
			       is the newest; empty: not asked */
	struct http_metrics *metrics; /* NULL: not counted */
	const struct site_till *till; /* copied; NULL: no gifts are taken, and
					    there are no support pages */
};

/* Reads the paper's settings and prepares what must be ready when all else
 * fails. The results of paper/public.h; RC_NO_MEMORY. */
MUST_USE enum rc site_new(
    const struct site_config *config, struct site **ret_site, struct err *err);
void site_free(struct site *site); /* NULL is fine */

/* An http_answer_fn; CTX is the site. From the cache without allocating,
 * without looking at the database or a clock; else the page is rendered. When
 * the database cannot be read, a page whose time has passed is given if there
 * is one, else a 503. NULL only if the till had to be asked: the answer then
 * comes later (http/later.h). */
struct entity *site_answer(
    void *ctx, const struct http_request *request, struct instant now);

/* For http_config.takes; CTX is the site: readers' pages take no body, but for
 * the form of gifts. */
bool site_takes(void *ctx, const struct http_request *request);

/* Looks whether the paper has changed and lets go the pages that show what
 * changed. Cheap when nothing did. What could not be read now is read by the
 * next call; until then the pages stay as they are. The results of
 * paper/public.h. */
MUST_USE enum rc site_notice_changes(struct site *site);

/* The text of the pin (coin/pin.h) against which this process checks every
 * address before it shows it. Without one support is paused. The site must have
 * a till. RC_INVALID and the like: the pin before stays. */
MUST_USE enum rc site_use_pin(
    struct site *site, struct str text, struct err *err);

/* DATAGRAM came from the till. Pages that waited for it are made and sent
 * before this turn of the loop ends. It must have a till. */
void site_till_hear(struct site *site, struct str datagram, struct instant now);

/* Looks whether the till still answers, and asks for news. Cheap; does nothing
 * without a till. */
void site_till_tick(struct site *site, struct instant now);

/* The front page as it would be with PLAN in place of what is arranged, which
 * nobody but the newsroom asks for. */
enum { SITE_FRONT_MOST = 32 };

struct site_front {
	/* The lead, SECONDS beside it, briefs. */
	int64_t ids[SITE_FRONT_MOST];
	size_t n, seconds;
	struct str csp; /* of the page; lives as long as the site */
};

/* Appends the page to OUT, which may be NULL. Looks for changes first. The
 * results of paper/public.h, RC_NO_MEMORY. */
MUST_USE enum rc site_preview_front(struct site *site,
    const struct paper_front *plan, struct instant now, struct buf *out,
    struct site_front *ret_front);

/* What surrounds a story on its page, which the newsroom shows before it is out
 * or changed. Lives until the site is asked for anything else. */
struct site_around {
	const struct view_paper *paper;
	struct view_teasers related;
	bool has_versions; /* readers can look up what they had before */
};

/* Of STORY its id, path (empty: it never was out), time of publication, and
 * the slugs of its section and tags are asked. Looks for changes first. The
 * results of paper/public.h, RC_NO_MEMORY. */
MUST_USE enum rc site_preview_around(struct site *site,
    const struct public_story *story, struct instant now,
    struct site_around *ret_around);

/* How the cache does; lives as long as the site. */
const struct cache_stats *site_cache_stats(const struct site *site);

#endif
