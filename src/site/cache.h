/* SPDX-License-Identifier: MIT
 *
 * The page cache: ready answers by their address, within a limit of memory
 * that counts everything the cache holds.
 *
 * Each answer carries tags ("story:17", "section:world"), and dropping a tag
 * costs in proportion to the answers that carry it, however large the cache
 * is. An answer can also have an instant at which it is no longer right (a
 * front page at midnight).
 *
 * A crawler that reads a million old stories once each must not push out the
 * front page: an answer begins in a small queue for new ones, and moves to the
 * main one when it is asked for again (S3-FIFO, Yang et al., SOSP 2023).
 *
 * Addresses and tags are hashed with a secret key, so that nobody outside can
 * choose two that collide.
 *
 *	uint64_t tag = cache_tag(c, STR("story:17"));
 *	uint64_t generation = cache_generation(c);
 *	... the page is made ...
 *	(void)cache_put(c, &(struct cache_item){.key = path, .entity = e,
 *	    .expires = INSTANT_NEVER, .tags = &tag, .tags_n = 1,
 *	    .generation = generation});
 *	...
 *	cache_drop(c, tag);
 */
#ifndef SITE_CACHE_H
#define SITE_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/instant.h"
#include "base/str.h"

struct cache;
struct entity;

enum {
	CACHE_KEY_BYTES = 16,  /* of the secret key */
	CACHE_NAME_MAX = 1024, /* of an address with its query */
	CACHE_TAGS_MAX = 512,  /* of one answer */
};

/* A cache that holds at most LIMIT bytes, its own tables counted in. SECRET
 * is copied. The caller owns it. Ends the process if there is no memory. */
struct cache *cache_new(
    size_t limit, const unsigned char secret[CACHE_KEY_BYTES]);
void cache_free(struct cache *c); /* NULL is fine */

/* How many bytes an answer may have to be stored at all. */
size_t cache_most(const struct cache *c);

/* The answer stored under KEY, with a reference for the caller. NULL: there
 * is none, or its time has passed. Allocates nothing. */
MUST_USE struct entity *cache_get(
    struct cache *c, struct str key, struct instant now);
/* The same even if its time has passed: better than nothing while the
 * database cannot be read. Not counted as hit or miss. */
MUST_USE struct entity *cache_get_expired(struct cache *c, struct str key);

/* What a tag is called inside: good for cache_put and cache_drop. */
MUST_USE uint64_t cache_tag(const struct cache *c, struct str tag);
/* Counts the drops; ask before the database is read for an answer. */
uint64_t cache_generation(const struct cache *c);

struct cache_item {
	struct str key; /* 1 to CACHE_NAME_MAX bytes, copied */
	struct entity *entity;
	struct instant expires; /* INSTANT_NEVER: only tags end it */
	const uint64_t *tags;	/* copied; at most CACHE_TAGS_MAX */
	size_t tags_n;
	uint64_t generation; /* as it was before the answer was made */
};

/* Stores an answer in the place of any earlier one under its key, with a
 * reference of the cache's own. Returns false, storing nothing, if something
 * was dropped since the item's generation (the answer may be from before it),
 * if the answer has more than cache_most, or without memory. */
bool cache_put(struct cache *c, const struct cache_item *item);

/* Lets go every answer with TAG; returns how many. */
size_t cache_drop(struct cache *c, uint64_t tag);
/* Lets go all of them. */
void cache_drop_all(struct cache *c);

struct cache_stats {
	uint64_t hits;
	uint64_t misses;
	uint64_t stored;
	uint64_t evicted; /* for want of room */
	uint64_t dropped; /* by tag, or with all */
	size_t bytes;	  /* held now */
	size_t entries;
};

/* Lives as long as the cache and is always up to date. */
const struct cache_stats *cache_stats(const struct cache *c);

#endif
