/* SPDX-License-Identifier: MIT
 *
 * The site's insides, as its own files see them. Private to site/.
 */
#ifndef SITE_SITE_PRIV_H
#define SITE_SITE_PRIV_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "page/view.h"
#include "paper/public.h"
#include "site/job.h"
#include "site/site.h"

struct giving;

struct site {
	struct site_config config;
	struct cache *cache;
	struct arena *settings_arena;
	struct arena *page_arena;
	struct buf out;
	struct buf csp;
	struct buf support_csp;
	struct giving *giving;	      /* NULL: the paper takes no gifts */
	struct public_paper settings; /* I1 */
	struct view_paper view;
	/* Of the banner in VIEW, where one stands on every page. */
	struct instant banner_until;
	int64_t banner_story; /* 0: it leads to none */
	const struct zone *zone;
	struct entity *unavailable;
	struct entity *not_allowed;
	struct entity *no_file;
	uint64_t seq;	  /* I2 */
	bool has_news;	  /* the database changed since seq was read */
	bool must_reload; /* the settings changed since they were read */
	int64_t base_s;	  /* since when all pages say what I1 is; 0: unknown */
};

/* Reads the settings and makes what hangs on them; leaves all as it was when
 * that fails. */
MUST_USE enum rc site_load(struct site *site);

/* Since when all pages show the paper as it is, in the state that is held; see
 * dates.c. BANNER: its story, or 0. 0: unknown. */
MUST_USE enum rc dates_base(
    struct site *site, struct arena *a, int64_t banner, int64_t *ret_s);
/* Says when the page that was made last changed, where that is known. */
void dates_put(struct site *site, struct job *job);
/* The same for a file, which knows it itself. */
void dates_file(struct job *job);

/* A job in the page's arena and the page's room, which it empties: of one job
 * the bytes are gone when the next begins. */
struct job site_job(struct site *site, struct instant now);
/* The answer that a job has made, which takes over its file. NULL without
 * memory. */
struct entity *site_entity(const struct site *site, struct job *job);
/* Lets go all pages with TAG. */
void site_drop(struct site *site, struct str tag);
void site_drop_all(struct site *site);
/* The banner of every page (text empty: there is none), and a view of it that
 * lives as long as A. */
MUST_USE enum rc site_banner(struct site *site, struct arena *a,
    struct public_banner *ret_banner, struct view_link *ret_view);
/* A change with TAG is of the story to which that banner leads. */
bool site_has_banner_of(const struct site *site, struct str tag);
/* What is said where nothing is. */
struct entity *site_not_found(struct site *site, struct instant now);

#endif
