/* SPDX-License-Identifier: MIT
 *
 * What the three kinds of feed share. Private to page/.
 */
#ifndef PAGE_FEED_H
#define PAGE_FEED_H

#include "page/html.h"
#include "page/view.h"

enum { FEED_CONTENT_MAX = 32 * 1024 * 1024 }; /* bytes of one story */

/* The whole story as HTML with absolute addresses: picture and dateline before
 * it, corrections below. */
void feed_content(struct buf *b, const struct view_paper *paper,
    const struct view_feed_item *item);

/* Makes B, which the caller ends with buf_done, the absolute address of a
 * story's picture; empty if it has none of the paper's own. */
void feed_picture(struct buf *b, const struct view_paper *paper,
    const struct view_teaser *head);

/* The kicker as a category: empty if it is one already. */
struct str feed_kicker(const struct view_feed_item *item);
/* The tag at I as a category: empty if the section is called so. */
struct str feed_tag(const struct view_feed_item *item, size_t i);

/* '<NAME>TEXT</NAME>' on a line, or nothing if TEXT is empty. */
void feed_element_(struct buf *b, struct html name, struct str text);
#define feed_element(b, name, text) feed_element_((b), HTML(name), (text))

/* An address as text, put behind the paper's origin where it starts with
 * "/". */
void feed_url(struct buf *b, const struct view_paper *paper, struct str url);

#endif
