/* SPDX-License-Identifier: MIT
 *
 * What programs read: feeds, sitemaps, robots.txt. As pages.h. Private to
 * site/.
 */
#ifndef SITE_FEEDS_H
#define SITE_FEEDS_H

#include "site/job.h"

/* The newest stories with their full text. */
MUST_USE enum rc feeds_feed(struct job *job);
/* The newest notices of changes. */
MUST_USE enum rc feeds_corrections(struct job *job);
/* PATH is /sitemap-pages.xml, which names the pages that are no stories: front
 * page, sections, persons, tags, those on the paper itself. Its route is that
 * of a month's sitemap without year and month. */
bool feeds_route(struct str path, struct route *ret_route);
/* All months that have stories. */
MUST_USE enum rc feeds_sitemap_index(struct job *job);
/* The stories of a month, or one of its parts; or what feeds_route says. */
MUST_USE enum rc feeds_sitemap_month(struct job *job);
/* The stories of the last two days, at most 1,000, as Google News asks. */
MUST_USE enum rc feeds_sitemap_news(struct job *job);
MUST_USE enum rc feeds_robots(struct job *job);

#endif
