/* SPDX-License-Identifier: MIT
 *
 * Addresses of the public paper: what a path and a query ask for. Pure.
 *
 *	/				front page
 *	/YYYY/MM/DD/SLUG		a story
 *	/YYYY/MM/DD/SLUG/versions	what its readers have had
 *	/YYYY/MM/DD/SLUG/versions/N	one of them
 *	/YYYY/MM/DD/SLUG/versions/N-M	two of them, N below M
 *	/corrections			of all stories	?before=KEY ?after=KEY
 *	/corrections.rss  .atom  .json
 *	/YYYY/MM/DD			the stories of a day	?before=KEY
 *	/section/SLUG			likewise person, tag	?before= ?after=
 *	/archive  /archive/YYYY  /archive/YYYY/MM
 *	/about
 *	/feed.rss  .atom  .json		also below a section, person or tag
 *	/sitemap.xml			index of the months
 *	/sitemap-YYYY-MM.xml  /sitemap-YYYY-MM-PART.xml		PART from 2
 *	/news-sitemap.xml
 *	/robots.txt  /favicon.svg  /favicon.ico
 *	/pictures/NAME			jpg jpeg png webp avif gif svg
 *	/support			?for=PURPOSE&amount=CHOICE
 *	/support/gift/TOKEN  /support/gift/TOKEN/receipt
 *	/support/ledger  /support/ledger.json
 *	/support/verify  /support/verify.html
 *
 * Every page has one address: an address that differs from it by a slash at
 * the end, or by /YYYY and /YYYY/MM for the archive's, is marked as moved.
 * Parts of a query that the paper does not know (utm_source) are not looked
 * at, so they can neither choose a page nor fill the cache.
 *
 * CHOICE is letters and digits. PURPOSE is a story's path, or a campaign's id,
 * percent-encoded like a path; it is written back with only those bytes encoded
 * that must be, so each has one form.
 *
 * KEY is where a list goes on: microseconds of publication, a point, the
 * story's number, in digits without leading zeros: "1795444800000000.17".
 */
#ifndef SITE_ROUTE_H
#define SITE_ROUTE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "paper/public.h"

struct buf;

enum route_kind {
	ROUTE_FRONT,
	ROUTE_STORY,		/* path */
	ROUTE_VERSIONS,		/* slug is the path of the story */
	ROUTE_VERSION,		/* likewise; part */
	ROUTE_COMPARE,		/* likewise; part and part_to */
	ROUTE_CORRECTIONS,	/* paging, key */
	ROUTE_CORRECTIONS_FEED, /* feed */
	ROUTE_DAY,		/* year, month, day, paging, key */
	ROUTE_LIST,		/* list, slug, paging, key */
	ROUTE_ARCHIVE,		/* year or 0, month or 0 */
	ROUTE_ABOUT,		/* slug empty: /about; else /about/SLUG */
	ROUTE_FEED,		/* feed, list, slug */
	ROUTE_SITEMAP_INDEX,
	ROUTE_SITEMAP_MONTH, /* year, month, part */
	ROUTE_SITEMAP_NEWS,
	ROUTE_ROBOTS,
	ROUTE_FAVICON,	   /* the drawn one, /favicon.svg */
	ROUTE_FAVICON_ICO, /* asked for by browsers, never there */
	ROUTE_PICTURE,	   /* slug is the file's name, type */
	ROUTE_SUPPORT,	   /* choice, purpose */
	ROUTE_GIFT,	   /* slug is the token */
	ROUTE_RECEIPT,	   /* likewise */
	ROUTE_LEDGER,
	ROUTE_LEDGER_FILE,
	ROUTE_VERIFY,
	ROUTE_VERIFY_FILE,
};

enum route_feed { FEED_RSS, FEED_ATOM, FEED_JSON };

enum route_paging { PAGING_FIRST, PAGING_BEFORE, PAGING_AFTER };

struct route {
	enum route_kind kind;
	bool is_moved; /* the page's own address is what route_target says */
	enum public_list list;
	enum route_feed feed;
	enum route_paging paging;
	struct public_key key;
	struct str slug;
	struct str path;    /* without a slash at the end */
	struct str type;    /* Content-Type of a picture */
	struct str choice;  /* "amount"; empty: none */
	struct str purpose; /* "for", as it came, still encoded; empty: none */
	int32_t year;
	uint8_t month, day;
	uint32_t part; /* from 1 */
	uint32_t part_to;
};

/* Reads PATH as http_request gives it (decoded, starting with '/') and QUERY
 * as it came, p NULL or empty for none. The result's views are into PATH or
 * live for ever. RC_NOT_FOUND: no page can be there. */
MUST_USE enum rc route_parse(
    struct str path, struct str query, struct route *ret_route);

/* Appends the page's own address as it may stand in a Location field or a
 * link: the path with every byte that is neither unreserved nor '/' as %XX
 * (RFC 3986), and the query if the page has one. */
void route_target(struct buf *b, const struct route *route);

/* Appends the address of a list that goes on at KEY: BASE, which is encoded
 * as it has to be, with "?before=" or "?after=". */
void route_page(struct buf *b, struct str base, enum route_paging paging,
    struct public_key key);

/* Appends PATH, decoded, as route_target would. */
void route_encode(struct buf *b, struct str path);

/* Appends PURPOSE, as it came in a query, in its one form. */
void route_purpose(struct buf *b, struct str purpose);

/* The same as what it says, decoded. */
void route_purpose_text(struct buf *b, struct str purpose);

/* The address is one of the support pages, about whose readers nothing is
 * kept. */
bool route_is_support(const struct route *route);

/* Appends the address of a section, person or tag, encoded. LIST is not
 * PUBLIC_ALL. */
void route_list(struct buf *b, enum public_list list, struct str slug);

/* Appends the address of a month's sitemap. */
void route_sitemap(struct buf *b, int32_t year, uint8_t month, uint32_t part);

/* What names the page in the cache: the path, and behind a NUL the query if
 * the page has one. For a request to its own address these are the bytes of
 * path and query themselves, so the cache can be asked before anything is
 * read here. */
void route_key(struct buf *b, const struct route *route);

#endif
