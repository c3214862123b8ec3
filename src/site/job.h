/* SPDX-License-Identifier: MIT
 *
 * One page while it is being made: what it is made from, and what is known
 * about it beside its bytes. Private to site/.
 *
 * A page notes, with job_tag, all that it shows; when one of these changes
 * the page is let go. The tags are those of paper/public.h, and these, which
 * site.c derives from day:YYYY-MM-DD: month:YYYY-MM, year:YYYY, archive.
 */
#ifndef SITE_JOB_H
#define SITE_JOB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/instant.h"
#include "base/rc.h"
#include "base/str.h"
#include "page/view.h"
#include "paper/public.h"
#include "site/cache.h"
#include "site/route.h"

struct arena;
struct entity_file;
struct giving;
struct paper_front;
struct site_front;
struct zone;

struct job {
	/* Given. */
	struct public_db *db;
	struct arena *a; /* of this job alone, with a limit */
	const struct public_paper *settings;
	const struct view_paper *paper;
	const struct zone *zone;
	const struct cache *cache; /* for the names of tags */
	struct giving *giving;	   /* NULL: the paper takes no gifts */
	struct route route;
	struct instant now;
	/* The front page that is looked at beforehand, and where its stories
	 * are named; NULL: it is as arranged. */
	const struct paper_front *plan;
	struct site_front *ret_front;

	/* Made. */
	struct buf *out;
	struct str body; /* what is sent if it is not OUT; else p is NULL */
	struct entity_file *file; /* or this; until it is an entity's */
	unsigned status;
	bool is_html;
	bool is_support;	/* a support page: with the fields of those */
	unsigned retry_after_s; /* 0: not said */
	struct str type;
	struct str cache_control;
	struct str extra;
	struct str location;
	struct instant modified; /* INSTANT_NEVER: not said; see dates.c */
	bool is_dated;		 /* given: it is looked for */
	int64_t told_s;		 /* when the last of its tags was told */
	struct instant turned;	 /* when it last changed by itself; 0 */
	struct instant expires;	 /* of its place in the cache */
	uint64_t tags[CACHE_TAGS_MAX];
	size_t tags_n;
	bool has_all_tags; /* false: too many, do not store */
	bool is_front;	   /* tagged so: what else it shows is told with it */
};

/* The page depends on PREFIX NAME ("section:", "world"). */
void job_tag(struct job *job, struct str prefix, struct str name);
void job_tag_story(struct job *job, int64_t id);
/* PREFIX and a date: YYYY, YYYY-MM or YYYY-MM-DD, as far as MONTH and DAY are
 * not 0. */
void job_tag_date(struct job *job, struct str prefix, int32_t year,
    uint8_t month, uint8_t day);

/* What the page shows changed by itself at WHEN, which is not ahead. */
void job_turn(struct job *job, struct instant when);

/* The page stands in the cache until WHEN at the latest. */
void job_expire(struct job *job, struct instant when);

/* What a wall clock in the paper's zone shows. */
struct civil job_civil(const struct job *job, struct instant t);
/* When the next day begins in the paper's zone, and when this one did. */
struct instant job_midnight(const struct job *job);
struct instant job_today(const struct job *job);

/* Where a page of a list stands, whose pages have SIZE stories each. */
enum { JOB_PAGES_COUNTED = 100 };
struct job_page {
	uint32_t number;  /* 1: the first; 0: below JOB_PAGES_COUNTED */
	struct str url;	  /* its own */
	struct str newer; /* that of the page before; empty: it is the first */
};
/* ABOVE is what stands above KEY, the last story of the page before, by SIZE
 * and by SIZE * JOB_PAGES_COUNTED. */
struct job_page job_page(struct job *job, struct str base,
    struct public_key key, uint32_t size, const struct public_above *above);

/* Answers "?after=KEY", which earlier pages led to, with the way to the page
 * that stands there: ABOVE is what stands above KEY by a page's SIZE + 1. */
MUST_USE enum rc job_after(
    struct job *job, struct str base, const struct public_above *above);

/* An address written by ROUTE's functions, in the job's arena. P is NULL when
 * the arena is spent. */
struct str job_url_list(
    struct job *job, enum public_list list, struct str slug);
struct str job_url_page(struct job *job, struct str base,
    enum route_paging paging, struct public_key key);
struct str job_url_path(struct job *job, struct str path);

/* The address of a story's notices: "/2026/11/23/harbour#corrections". */
struct str job_url_notices(struct job *job, struct str path);

/* Rows to views. RC_NO_MEMORY. */
MUST_USE enum rc job_teaser(struct job *job, const struct public_story *story,
    struct view_teaser *ret_teaser);
/* A story's picture, with what the library knows of it. */
MUST_USE enum rc job_picture(struct job *job,
    const struct manuscript_picture *picture, struct view_picture *ret_picture);
/* Whether readers may have the files of the picture with STEM: something that
 * they can read has it. RC_NOT_FOUND: nothing does, or there is none: both cost
 * the same. */
MUST_USE enum rc job_may_show(struct job *job, struct str stem);
/* Those that stand in BODY, which is in LANG, and of which something is known.
 */
MUST_USE enum rc job_pictures(struct job *job, const struct node *body,
    struct str lang, struct view_pictures *ret_pictures);
/* Sets the quotation marks and dashes of LANG in the words of a picture. */
void job_polish(struct job *job, struct view_picture *p, struct str lang);
MUST_USE enum rc job_teasers(struct job *job, const struct public_story *v,
    size_t n, struct view_teasers *ret_teasers);
enum view_change job_change(enum paper_change change);
struct view_correction job_correction(
    struct job *job, const struct public_correction *c, struct str lang);
MUST_USE enum rc job_corrections(struct job *job,
    const struct public_story *story, const struct view_correction **ret_v,
    size_t *ret_n);
MUST_USE enum rc job_links(struct job *job, enum public_list list,
    const struct public_links *links, struct view_links *ret_links);

#endif
