/* SPDX-License-Identifier: MIT
 *
 * Whole pages: a view struct becomes HTML, a feed or a sitemap. Pure: the same
 * view gives the same bytes. Each function appends one whole document to B,
 * whose sticky error tells whether it fitted.
 */
#ifndef PAGE_PAGE_H
#define PAGE_PAGE_H

#include "page/view.h"
#include "page/view_support.h"

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
void page_corrections(struct buf *b, const struct view_paper *paper,
    const struct view_notices *notices);
/* These three are not for search engines: the story itself is. */
void page_versions(struct buf *b, const struct view_paper *paper,
    const struct view_versions *versions);
void page_version(struct buf *b, const struct view_paper *paper,
    const struct view_version *version);
void page_compare(struct buf *b, const struct view_paper *paper,
    const struct view_compare *compare);
void page_notice(struct buf *b, const struct view_paper *paper,
    const struct view_notice *notice);

/* The support pages. They have a second style sheet, paper->support_css, whose
 * hash the policy must name too. A gift's page, its receipt and notices are
 * private: whoever serves them lets nobody store or index them. */
void page_support(struct buf *b, const struct view_paper *paper,
    const struct view_support *support);
void page_support_gift(struct buf *b, const struct view_paper *paper,
    const struct view_gift *gift);
void page_support_receipt(struct buf *b, const struct view_paper *paper,
    const struct view_gift *gift);
void page_support_ledger(struct buf *b, const struct view_paper *paper,
    const struct view_ledger *ledger);
void page_support_verify(struct buf *b, const struct view_paper *paper,
    const struct view_verify *verify);
/* The file to save from web/verify.html, with the paper's public key and the
 * list of its batches put where it waits for them. KEY is base64; BATCHES is as
 * the file's head says, of letters, digits, '+', '/', '=' and spaces. FILE
 * without the places stays as it is. */
void page_support_verify_file(
    struct buf *b, struct str file, struct str key, struct str batches);
void page_support_notice(struct buf *b, const struct view_paper *paper,
    const struct view_support_notice *notice);

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
 * nothing but their own style sheets, by their hashes, and the paper's
 * pictures. Each hash is the base64 of the SHA-256 of paper->css and of
 * paper->support_css; an empty one is left out. */
void page_csp(struct buf *b, struct str css_sha256_base64,
    struct str support_sha256_base64);

/* Only the body, for feeds and `farthing render`. */
void page_body(struct buf *b, const struct node *document);

/* Appends PAGE, which one of these has written, for those who look at it
 * somewhere else: its links lead to the paper at ORIGIN, in a window of their
 * own, and where the paper has no address yet (empty), those to its own pages
 * lead nowhere. Places on the page itself stay. */
void page_lead_out(struct buf *b, struct str page, struct str origin);

#endif
