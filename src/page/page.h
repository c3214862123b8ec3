/* SPDX-License-Identifier: MIT
 *
 * Whole pages: a view struct becomes HTML, a feed or a sitemap. Pure: the same
 * view gives the same bytes. Each function appends one whole document to B,
 * whose sticky error tells whether it fitted.
 */
#ifndef PAGE_PAGE_H
#define PAGE_PAGE_H

#include "page/view.h"

struct buf;

void page_front(struct buf *b, const struct view_paper *paper,
    const struct view_front *front);
void page_story(struct buf *b, const struct view_paper *paper,
    const struct view_story *story);
void page_list(struct buf *b, const struct view_paper *paper,
    const struct view_list *list);
void page_archive(struct buf *b, const struct view_paper *paper,
    const struct view_archive *archive);
void page_about(struct buf *b, const struct view_paper *paper,
    const struct view_about *about);
void page_notice(struct buf *b, const struct view_paper *paper,
    const struct view_notice *notice);

void feed_rss(struct buf *b, const struct view_paper *paper,
    const struct view_feed *feed);
void feed_atom(struct buf *b, const struct view_paper *paper,
    const struct view_feed *feed);
void feed_json(struct buf *b, const struct view_paper *paper,
    const struct view_feed *feed);

void sitemap_urls(struct buf *b, const struct view_paper *paper,
    const struct view_sitemap *sitemap);
/* The index names other sitemaps; the rows' urls are theirs. */
void sitemap_index(struct buf *b, const struct view_paper *paper,
    const struct view_sitemap *sitemap);
void sitemap_news(struct buf *b, const struct view_paper *paper,
    const struct view_news *news);
void robots_txt(struct buf *b, const struct view_paper *paper);

/* The Content-Security-Policy that lets exactly the pages made here work:
 * nothing but their own style sheet, by its hash, and the paper's pictures.
 * SHA-256 is base64 of the digest of paper->css. */
void page_csp(struct buf *b, struct str css_sha256_base64);

/* Only the body, for feeds and `farthing render`. */
void page_body(struct buf *b, const struct node *document);

#endif
