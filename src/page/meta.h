/* SPDX-License-Identifier: MIT
 *
 * What a page's head says to machines: canonical address, translations,
 * OpenGraph (ogp.me), Twitter's card, and JSON-LD (schema.org's NewsArticle
 * and NewsMediaOrganization). Private to page/.
 */
#ifndef PAGE_META_H
#define PAGE_META_H

#include "page/frame.h"

/* The meta and link elements. */
void meta_put(const struct sheet *s);
/* The JSON-LD block: of the story on a story's page, of the paper on the
 * front and on about pages, else nothing. */
void meta_put_linked(const struct sheet *s);

#endif
