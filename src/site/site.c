/* SPDX-License-Identifier: MIT
 *
 * The public paper; see site.h.
 *
 *	request -> cache -> entity			nearly always
 *	        -> route -> cache -> entity		an address with more
 *	                 -> job -> page/ -> entity -> cache
 *
 * The cache is asked with the bytes of the request before anything else is
 * done. There are as many entries as pages: a story asked for with a hundred
 * different queries is one entry, and all addresses that lead nowhere share
 * one answer, so nobody can fill the cache with what is not there.
 *
 * Everything happens in one thread, a page at a time. While a page is made,
 * nobody else can ask for it: of a thousand readers of a page that was just
 * changed, the first has it made and the others find it.
 *
 * Order. Changes are read, and pages dropped, by site_notice_changes; a page is
 * made from the database as it is then or later. So a page in the cache can be
 * ahead of the changes that were noticed, never behind them. (The cache's
 * generation would tell if one day a page were made across a notice.)
 *
 * I1  settings, view, zone and unavailable belong to one state of the
 *     settings; the first three live in settings_arena.
 * I2  seq is the last change that was applied to the cache.
 */
#include "site/site.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/must.h"
#include "base/zone.h"
#include "http/entity_file.h"
#include "http/metrics.h"
#include "page/page.h"
#include "page/words.h"
#include "site/feeds.h"
#include "site/pages.h"
#include "site/site_priv.h"
#include "site/giving.h"
#include "site/giving_page.h"

enum {
	PAGE_MEMORY = 64 * 1024 * 1024, /* views, documents, rows */
	PAGE_BYTES = 32 * 1024 * 1024,	/* one page, feed or sitemap */
	KEEP_BYTES = 1024 * 1024,	/* of the output's room */
	SETTINGS_MEMORY = 4 * 1024 * 1024,
	RETRY_S = 5,
	PICTURE_LOOK_S = 60, /* how often a picture's file is looked at */
	/* Larger ones are sent from their files. */
	PICTURE_BYTES = 256 * 1024,
};

/* Browsers and proxies may keep a page but ask each time whether it is still
 * right, which costs them a 304 of some 200 bytes: a correction, or a
 * withdrawal by order of a court, is seen by every reader at once, and a
 * scheduled story appears to the second where a 404 stood before. */
static const struct str FOR_READERS =
    STR_INIT("public, max-age=0, must-revalidate");
/* From a slash at the end to none: that rule stays. A changed slug, which can
 * change back, is FOR_READERS, or some would be sent in a circle. */
static const struct str FOR_MOVED = STR_INIT("public, max-age=3600");
/* Nobody is harmed by the one of before. */
static const struct str FOR_FAVICON = STR_INIT("public, max-age=3600");
static const struct str FOR_NOBODY = STR_INIT("no-store");

static const struct str HTML_TYPE = STR_INIT("text/html; charset=utf-8");
static const struct str TEXT_TYPE = STR_INIT("text/plain; charset=utf-8");

/* Drawings are documents: one opened by itself must not run or fetch. */
static const struct str DRAWING_FIELDS =
    STR_INIT("Content-Security-Policy: default-src 'none'; "
	     "style-src 'unsafe-inline'; sandbox\r\n");

/* No address can be this: addresses start with a slash. */
static const struct str NOT_FOUND_KEY = STR_INIT("404");

/* --- Jobs ------------------------------------------------------------- */

struct job site_job(struct site *site, struct instant now)
{
	struct arena *a = site->page_arena;
	struct job job;

	bool has_ended = site->banner_until.us <= now.us;

	/* One that stands on every page ends to the second. */
	if (has_ended)
		site->view.breaking = (struct view_link){.name = STR_NONE};
	job = (struct job){
	    .db = site->config.db,
	    .a = a,
	    .giving = site->giving,
	    .settings = &site->settings,
	    .paper = &site->view,
	    .zone = site->zone,
	    .cache = site->cache,
	    .now = now,
	    .out = &site->out,
	    .status = 200,
	    .is_html = true,
	    .type = HTML_TYPE,
	    .cache_control = FOR_READERS,
	    .modified = INSTANT_NEVER,
	    .turned = has_ended ? site->banner_until : (struct instant){0},
	    .expires = site->view.breaking.name.n > 0 ? site->banner_until
						      : INSTANT_NEVER,
	    .has_all_tags = true,
	};

	arena_reset(a);
	if (site->out.n > KEEP_BYTES) {
		buf_done(&site->out);
		buf_init(&site->out, PAGE_BYTES);
	}
	buf_clear(&site->out);
	return job;
}

struct entity *site_entity(const struct site *site, struct job *job)
{
	bool is_redirect = job->location.n > 0;
	const struct buf *csp =
	    job->is_support ? &site->support_csp : &site->csp;
	struct entity_spec spec = {
	    .status = job->status,
	    .type = is_redirect ? STR_NONE : job->type,
	    .cache = job->cache_control,
	    .location = job->location,
	    .extra = job->extra,
	    .modified = job->modified,
	    .is_html = job->is_html,
	    .csp = job->is_html ? buf_str(csp) : STR_NONE,
	    .referrer = job->is_support ? STR("no-referrer") : STR_NONE,
	    .retry_after_s = job->retry_after_s,
	    .body = job->file	  ? STR_NONE
		    : job->body.p ? job->body
				  : buf_str(job->out),
	    .file = job->file,
	};

	job->file = NULL;
	if (job->status == 503) {
		spec.cache = FOR_NOBODY;
		if (!spec.retry_after_s)
			spec.retry_after_s = RETRY_S;
	}
	return entity_new(&spec);
}

/* The answer that a job made, put into the cache under KEY. One that is a file
 * is not: it costs little to make, and would keep a descriptor. */
static struct entity *store(
    struct site *site, struct job *job, struct str key, uint64_t generation)
{
	bool is_file = job->file;
	struct entity *e = site_entity(site, job);

	if (e && !is_file && job->has_all_tags && key.n > 0 &&
	    key.n <= CACHE_NAME_MAX)
		(void)cache_put(site->cache, &(struct cache_item){.key = key,
						 .entity = e,
						 .expires = job->expires,
						 .tags = job->tags,
						 .tags_n = job->tags_n,
						 .generation = generation});
	if (site->config.metrics)
		metric_add(&site->config.metrics->cold_renders, 1);
	return e;
}

/* --- What is ready ---------------------------------------------------- */

static struct entity *plain_new(
    unsigned status, struct str extra, struct str text)
{
	return entity_new(&(struct entity_spec){.status = status,
	    .type = TEXT_TYPE,
	    .cache = FOR_READERS,
	    .extra = extra,
	    .modified = INSTANT_NEVER,
	    .body = text});
}

/* The pages on how the paper works that say something. */
static enum rc view_policies(struct arena *a,
    const struct public_paper *settings, struct view_paper *view)
{
	const struct words *words = words_of(settings->lang);
	struct view_link *v = ARENA_ARRAY(a, struct view_link, PAPER_POLICIES);
	size_t n = 0;

	if (!v)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < PAPER_POLICIES; i++) {
		if (str_blank(settings->policies[i]))
			continue;
		v[n].name = words_say(
		    words, (enum word)(WORD_POLICY_STANDARDS + (int)i));
		v[n].url = arena_printf(
		    a, "/about/%.*s", STR_ARG(paper_policy_name(i)));
		if (!v[n++].url.p)
			return RC_NO_MEMORY;
	}
	view->policies = (struct view_links){v, n};
	return RC_OK;
}

/* The view of the paper that stands behind every page. */
static enum rc view_fill(struct site *site, struct arena *a,
    const struct public_paper *settings, struct view_paper *view)
{
	struct job job = {.a = a};
	struct public_notice *notices;
	size_t n = 0;
	enum rc rc = public_notices(
	    site->config.db, a, PUBLIC_KEY_NEWEST, false, 1, &notices, &n);

	if (rc)
		return rc;
	*view = (struct view_paper){
	    .name = settings->name,
	    .lang = settings->lang,
	    .motto = settings->motto,
	    .place = settings->place,
	    .origin =
		site->config.origin.n ? site->config.origin : settings->origin,
	    .publisher = settings->publisher,
	    .address = settings->address,
	    .support_text = settings->support_text,
	    .has_corrections = n > 0,
	    .css = site->config.css,
	};
	if (str_ends(view->origin, STR("/")))
		view->origin.n--;
	if (site->giving)
		giving_call(site->giving, view);
	rc = view_policies(a, settings, view);
	if (rc)
		return rc;
	return job_links(
	    &job, PUBLIC_SECTION, &settings->sections, &view->sections);
}

/* A zone that is not known to this machine is no reason to print nothing. */
static const struct zone *zone_of(
    const struct site *site, struct arena *a, struct str name)
{
	const struct zone *zone;

	if (site->config.load_zone && name.n > 0 &&
	    site->config.load_zone(a, name, &zone, NULL) == RC_OK)
		return zone;
	return zone_utc();
}

enum rc site_load(struct site *site)
{
	struct arena *a = arena_new(SETTINGS_MEMORY);
	struct public_paper settings;
	struct public_banner banner;
	struct view_link breaking;
	struct view_paper view;
	struct entity *unavailable = NULL;
	struct job job;
	int64_t base_s;
	enum rc rc = public_hold(site->config.db);

	if (rc) {
		arena_free(a);
		return rc;
	}
	rc = public_paper(site->config.db, a, &settings);
	if (rc == RC_OK)
		rc = view_fill(site, a, &settings, &view);
	if (rc == RC_OK)
		rc = site_banner(site, a, &banner, &breaking);
	if (rc == RC_OK)
		rc = dates_base(
		    site, a, breaking.name.n > 0 ? banner.story : 0, &base_s);
	if (rc)
		goto done;
	job = site_job(site, (struct instant){0});
	job.settings = &settings;
	job.paper = &view;
	job.zone = zone_of(site, a, settings.zone);
	rc = pages_notice(&job, 503, STR_NONE, false);
	if (rc)
		goto done;
	unavailable = site_entity(site, &job);
	if (!unavailable) {
		rc = RC_NO_MEMORY;
		goto done;
	}
	if (site->giving) {
		rc = giving_ready(site->giving, &job);
		if (rc)
			goto done;
	}
	entity_unref(site->unavailable);
	arena_free(site->settings_arena);
	site->settings_arena = a;
	site->settings = settings;
	site->view = view;
	site->view.breaking = breaking;
	site->base_s = base_s;
	site->banner_until = banner.until;
	site->banner_story = breaking.name.n > 0 ? banner.story : 0;
	site->zone = job.zone;
	site->unavailable = unavailable;
	unavailable = NULL;
	a = NULL;
done:
	public_let_go(site->config.db);
	entity_unref(unavailable);
	arena_free(a);
	return rc;
}

/* Base64 of the SHA-256 of CSS; empty for none. */
static struct str css_hash(struct str css, char text[64])
{
	unsigned char digest[crypto_hash_sha256_BYTES];

	if (!css.n)
		return STR_NONE;
	crypto_hash_sha256(digest, (const unsigned char *)css.p, css.n);
	sodium_bin2base64(
	    text, 64, digest, sizeof(digest), sodium_base64_VARIANT_ORIGINAL);
	return str_of(text);
}

static void csp_fill(struct site *site)
{
	const struct site_till *till = site->config.till;
	char text[64], more[64];
	struct str css = css_hash(site->config.css, text);

	buf_init(&site->csp, 4096);
	page_csp(&site->csp, css, STR_NONE);
	buf_init(&site->support_csp, 4096);
	if (till)
		page_csp(&site->support_csp, css, css_hash(till->css, more));
}

enum rc site_new(
    const struct site_config *config, struct site **ret_site, struct err *err)
{
	struct site *site = calloc(1, sizeof(*site));
	enum rc rc;

	if (!site)
		return err_set(err, RC_NO_MEMORY, "no memory for the paper");
	site->config = *config;
	site->cache = cache_new(config->cache_limit, config->secret);
	site->page_arena = arena_new(PAGE_MEMORY);
	buf_init(&site->out, PAGE_BYTES);
	csp_fill(site);
	if (config->till)
		site->giving = giving_new(site, config->till);
	site->not_allowed = plain_new(405, STR("Allow: GET, HEAD\r\n"),
	    STR("This address can only be read.\n"));
	site->no_file = plain_new(404, STR_NONE, STR("No such file.\n"));
	rc = public_seq(config->db, &site->seq);
	if (rc == RC_OK)
		rc = site_load(site);
	if (rc == RC_OK && (buf_rc(&site->csp) || buf_rc(&site->support_csp) ||
			       !site->not_allowed || !site->no_file))
		rc = RC_NO_MEMORY;
	if (rc) {
		site_free(site);
		return err_set(err, rc, "cannot read the paper's settings: %s",
		    rc_name(rc));
	}
	*ret_site = site;
	return RC_OK;
}

void site_free(struct site *site)
{
	if (!site)
		return;
	giving_free(site->giving);
	cache_free(site->cache);
	entity_unref(site->unavailable);
	entity_unref(site->not_allowed);
	entity_unref(site->no_file);
	arena_free(site->settings_arena);
	arena_free(site->page_arena);
	buf_done(&site->out);
	buf_done(&site->csp);
	buf_done(&site->support_csp);
	free(site);
}

/* --- Answers ---------------------------------------------------------- */

/* What has more bytes is sent from its file. A drawing is worth compressing,
 * and so worth more of the cache, in which its compressed forms lie, too: a
 * sixteenth of it. */
static size_t picture_most(const struct site *site, bool is_drawing)
{
	size_t most = cache_most(site->cache) / 4;

	return is_drawing || most < PICTURE_BYTES ? most : PICTURE_BYTES;
}

static enum rc find_picture(struct site *site, struct job *job, bool is_drawing)
{
	const struct site_config *config = &site->config;
	struct site_picture picture = {.bytes = STR("")};
	enum rc rc =
	    !config->picture
		? RC_NOT_FOUND
		: config->picture(config->picture_ctx, job->a, job->route.slug,
		      picture_most(site, is_drawing), &picture);

	if (rc != RC_OK)
		return rc;
	job->body = picture.bytes;
	job->file = picture.file;
	job->modified = picture.modified;
	dates_file(job);
	return RC_OK;
}

static enum rc make_picture(struct site *site, struct job *job)
{
	bool is_drawing = str_eq(job->route.type, STR("image/svg+xml"));
	struct str stem = library_stem(
	    arena_printf(job->a, "/pictures/%.*s", STR_ARG(job->route.slug)));
	enum rc rc = RC_OK;

	/* It is cut anew when its focal point is moved, says less when a name
	 * that puts somebody in danger is taken out, and is gone when the last
	 * story with it is: for all, at once. */
	if (stem.n) {
		job_tag(job, STR("picture:"), stem);
		rc = job_may_show(job, stem);
	}
	job->is_html = false;
	job->type = job->route.type;
	if (is_drawing)
		job->extra = DRAWING_FIELDS;
	if (rc == RC_OK)
		rc = find_picture(site, job, is_drawing);
	job_expire(job,
	    (struct instant){job->now.us + PICTURE_LOOK_S * INT64_C(1000000)});
	return rc;
}

static enum rc make_favicon(struct site *site, struct job *job)
{
	job->is_html = false;
	job->type = STR("image/svg+xml");
	job->cache_control = FOR_FAVICON;
	job->extra = DRAWING_FIELDS;
	job->body = site->config.favicon;
	return job->body.n ? RC_OK : RC_NOT_FOUND;
}

static enum rc make(struct site *site, struct job *job)
{
	switch (job->route.kind) {
	case ROUTE_FRONT:
		return pages_front(job);
	case ROUTE_STORY:
		return pages_story(job);
	case ROUTE_VERSIONS:
		return pages_versions(job);
	case ROUTE_VERSION:
		return pages_version(job);
	case ROUTE_COMPARE:
		return pages_compare(job);
	case ROUTE_CORRECTIONS:
		return pages_corrections(job);
	case ROUTE_CORRECTIONS_FEED:
		return feeds_corrections(job);
	case ROUTE_DAY:
		return pages_day(job);
	case ROUTE_LIST:
		return pages_list(job);
	case ROUTE_ARCHIVE:
		return pages_archive(job);
	case ROUTE_ABOUT:
		return pages_about(job);
	case ROUTE_FEED:
		return feeds_feed(job);
	case ROUTE_SITEMAP_INDEX:
		return feeds_sitemap_index(job);
	case ROUTE_SITEMAP_MONTH:
		return feeds_sitemap_month(job);
	case ROUTE_SITEMAP_NEWS:
		return feeds_sitemap_news(job);
	case ROUTE_ROBOTS:
		return feeds_robots(job);
	case ROUTE_FAVICON:
		return make_favicon(site, job);
	case ROUTE_FAVICON_ICO:
		return RC_NOT_FOUND;
	case ROUTE_PICTURE:
		return make_picture(site, job);
	case ROUTE_SUPPORT:
		return giving_page_main(job);
	case ROUTE_LEDGER:
		return giving_page_ledger(job);
	case ROUTE_LEDGER_FILE:
		return giving_page_ledger_file(job);
	case ROUTE_VERIFY:
		return giving_page_verify(job);
	case ROUTE_VERIFY_FILE:
		return giving_page_verify_file(job);
	case ROUTE_GIFT:
	case ROUTE_RECEIPT:
		break; /* are not made here */
	}
	unreachable("a route without a page");
}

static bool is_file(const struct route *route)
{
	return route->kind == ROUTE_PICTURE || route->kind == ROUTE_FAVICON ||
	       route->kind == ROUTE_FAVICON_ICO;
}

/* Better an old page than none, better a ready word than silence. */
static struct entity *answer_in_trouble(struct site *site, struct str key)
{
	struct entity *e = cache_get_expired(site->cache, key);

	return e ? e : entity_ref(site->unavailable);
}

struct entity *site_not_found(struct site *site, struct instant now)
{
	struct entity *e = cache_get(site->cache, NOT_FOUND_KEY, now);
	uint64_t generation = cache_generation(site->cache);
	struct job job;

	if (e)
		return e;
	job = site_job(site, now);
	if (pages_notice(&job, 404, STR_NONE, true) || arena_is_spent(job.a))
		return answer_in_trouble(site, NOT_FOUND_KEY);
	return store(site, &job, NOT_FOUND_KEY, generation);
}

static struct entity *answer_made(struct site *site, const struct route *route,
    struct str key, struct instant now)
{
	struct job job = site_job(site, now);
	uint64_t generation = cache_generation(site->cache);
	bool is_filling = false;
	enum rc rc;

	job.route = *route;
	job.is_dated = true;
	rc = public_hold(site->config.db);
	if (rc != RC_OK)
		return answer_in_trouble(site, key);
	rc = make(site, &job);
	if (rc == RC_NOT_FOUND && !is_file(route)) {
		job = site_job(site, now);
		job.route = *route;
		rc = pages_redirect(&job);
	}
	if (rc == RC_OK)
		dates_put(site, &job);
	/* To be asked again is better than to be told that there is none. */
	if (rc == RC_NOT_FOUND &&
	    (public_is_filling(site->config.db, &is_filling) != RC_OK ||
		is_filling))
		rc = RC_BUSY;
	public_let_go(site->config.db);
	if (arena_is_spent(job.a)) /* something may be missing in the page */
		rc = RC_NO_MEMORY;
	if (rc == RC_OK)
		return store(site, &job, key, generation);
	entity_file_free(job.file);
	if (rc != RC_NOT_FOUND)
		return answer_in_trouble(site, key);
	if (is_file(route))
		return entity_ref(site->no_file);
	return site_not_found(site, now);
}

/* To the page's own address. */
static struct entity *answer_moved(
    struct site *site, const struct route *route, struct instant now)
{
	struct job job = site_job(site, now);
	struct entity *e = NULL;
	struct buf target;

	buf_init_arena(&target, job.a, HTTP_TARGET_MAX * 3);
	route_target(&target, route);
	job.status = 301;
	job.is_html = false;
	job.cache_control = FOR_MOVED;
	job.location = buf_str(&target);
	if (route_is_support(route)) {
		/* It may have a gift's secret name in it. */
		job.cache_control = FOR_NOBODY;
		job.extra = STR("Referrer-Policy: no-referrer\r\n");
	}
	if (buf_rc(&target) == RC_OK)
		e = site_entity(site, &job);
	return e;
}

/* What has no form of ours can still be an address from before the paper came
 * to us, which the paper keeps without a slash at its end. */
static struct route route_of_old(struct str path)
{
	if (path.n > 1 && path.p[path.n - 1] == '/')
		path.n--;
	return (struct route){.kind = ROUTE_STORY, .path = path};
}

/* Addresses of gifts; NULL: go on with ROUTE, of which a part may have been
 * taken out. *RET_LATER: the answer comes later. */
static struct entity *answer_support(struct site *site,
    const struct http_request *request, struct route *route, struct instant now,
    bool *ret_later)
{
	struct giving *s = site->giving;
	struct entity *e;

	if (!s)
		return site_not_found(site, now);
	if (route->kind == ROUTE_GIFT || route->kind == ROUTE_RECEIPT) {
		e = giving_page_look(site, request, route, now);
		*ret_later = !e;
		return e;
	}
	if (route->kind != ROUTE_VERIFY && route->kind != ROUTE_VERIFY_FILE &&
	    !giving_summary(s))
		return giving_busy(s);
	giving_page_know(site, route, now);
	return NULL;
}

/* What the cache did not know under the request's own bytes. */
static struct entity *answer_cold(struct site *site,
    const struct http_request *request, struct str asked, struct instant now,
    bool *ret_later)
{
	char room[CACHE_NAME_MAX];
	struct str key = {room, 0};
	struct entity *e;
	struct route route;
	struct buf b;

	if (route_parse(request->path, request->query, &route) &&
	    !feeds_route(request->path, &route))
		route = route_of_old(request->path);
	if (route.is_moved)
		return answer_moved(site, &route, now);
	if (route_is_support(&route)) {
		e = answer_support(site, request, &route, now, ret_later);
		if (e || *ret_later)
			return e;
	}
	buf_init(&b, CACHE_NAME_MAX);
	route_key(&b, &route);
	if (buf_rc(&b) == RC_OK) {
		key.n = b.n;
		memcpy(room, b.p, b.n);
	}
	buf_done(&b);
	if (key.n == 0) /* longer than any address we have */
		return site_not_found(site, now);
	if (!str_eq(key, asked)) {
		e = cache_get(site->cache, key, now);
		if (e)
			return e;
	}
	if (!http_budget_take(request->budget))
		return answer_in_trouble(site, key);
	return answer_made(site, &route, key, now);
}

static struct entity *answer_post(
    struct site *site, const struct http_request *request, struct instant now)
{
	if (site->giving && request->method == HTTP_POST &&
	    str_eq(request->path, STR("/support")))
		return giving_page_post(site, request, now);
	return entity_ref(site->not_allowed);
}

bool site_takes(void *ctx, const struct http_request *request)
{
	const struct site *site = ctx;

	/* What is written with %XX is read later. */
	return site->giving &&
	       (str_eq(request->path, STR("/support")) ||
		   str_find(request->path, '%') < request->path.n);
}

struct entity *site_answer(
    void *ctx, const struct http_request *request, struct instant now)
{
	struct site *site = ctx;
	struct str key = request->path;
	char room[CACHE_NAME_MAX];
	struct entity *e;
	bool is_later = false;

	if (request->method != HTTP_GET && request->method != HTTP_HEAD)
		return answer_post(site, request, now);
	if (request->query.n > 0) {
		size_t n = key.n + 1 + request->query.n;

		/* As route_key does it. What does not fit is no such key. */
		if (n <= sizeof(room)) {
			memcpy(room, key.p, key.n);
			room[key.n] = '\0';
			memcpy(room + key.n + 1, request->query.p,
			    request->query.n);
			key = (struct str){room, n};
		} else {
			key = STR_NONE;
		}
	}
	e = key.n ? cache_get(site->cache, key, now) : NULL;
	if (!e)
		e = answer_cold(site, request, key, now, &is_later);
	return e || is_later ? e : entity_ref(site->unavailable);
}

const struct cache_stats *site_cache_stats(const struct site *site)
{
	return cache_stats(site->cache);
}
