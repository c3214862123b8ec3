/* SPDX-License-Identifier: MIT
 *
 * The page cache; see cache.h.
 *
 * An entry is one allocation: the struct, its key, its tag nodes. It hangs in
 * a chain of the table of keys, in one of two queues, and with each tag node
 * in a chain of the table of tags:
 *
 *	keys[hash] -> entry -> entry		by entry.chain
 *	queue: oldest <-> ... <-> newest	by entry.older, entry.newer
 *	tags[hash] <-> node <-> node		node.entry is the owner
 *
 * Both tables double when they hold more than one item for each chain, so a
 * chain is short in the mean whatever the limit is; nodes of one tag are in
 * one chain, and that chain is what cache_drop walks.
 *
 * Queues. New answers stand in SMALL, which is given a tenth of the memory.
 * What leaves SMALL without having been asked for is forgotten but for a
 * fingerprint (ghosts); what was asked for moves to MAIN. MAIN lets its oldest
 * go around again once for each hit since, at most three times. A hit is so
 * one byte written, no list is touched.
 *
 * Memory. An entity grows when the server makes a compressed form of it,
 * which happens after it was handed out. The last one handed out is therefore
 * counted again at the next call (settle).
 *
 * I1  stats.bytes is the sum of the entries' "bytes" and of the tables.
 * I2  after every call but growth of the last entity, stats.bytes <= limit,
 *     or there is no entry.
 * I3  an entry is in the table of keys and in one queue, or freed.
 */
#include "site/cache.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/must.h"
#include "http/entity.h"

enum {
	TABLE_FIRST = 256,
	GHOSTS = 8192,	 /* fingerprints of what was evicted */
	SMALL_PART = 10, /* SMALL has a tenth of the limit */
	/* One answer has at most a quarter of it: where eight readers share
	 * the memory, a feed of long texts is more than an eighth. */
	LARGEST_PART = 4,
	HITS_MAX = 3,	   /* rounds that hits can buy in MAIN */
	MALLOC_BYTES = 16, /* what the C library adds to an allocation */
};

enum queue_name { SMALL, MAIN, QUEUES };

struct node {
	struct node *next;
	struct node **link; /* what points to this node */
	struct entry *entry;
	uint64_t tag;
};

struct entry {
	struct entry *chain;
	uint64_t hash;
	struct entity *entity;
	int64_t expires_us;
	struct entry *older;
	struct entry *newer;
	size_t bytes; /* as counted in stats */
	uint16_t key_n;
	uint16_t nodes_n;
	uint8_t hits;
	uint8_t queue;
	char key[]; /* then the nodes, aligned */
};

struct queue {
	struct entry *oldest;
	struct entry *newest;
	size_t bytes;
};

struct cache {
	struct entry **keys;
	size_t keys_n; /* a power of two, like nodes_n */
	struct node **tags;
	size_t tags_n;
	size_t nodes;	    /* in all entries */
	struct entry *last; /* handed out last: may have grown */
	struct queue queues[QUEUES];
	size_t limit;
	uint64_t generation;
	struct cache_stats stats;
	uint32_t ghosts[GHOSTS];
	unsigned char secret[CACHE_KEY_BYTES];
};

_Static_assert(CACHE_KEY_BYTES == crypto_shorthash_KEYBYTES, "SipHash's key");
_Static_assert(CACHE_TAGS_MAX <= UINT16_MAX, "nodes_n");
_Static_assert(CACHE_NAME_MAX <= UINT16_MAX, "key_n");

static uint64_t hash_of(const struct cache *c, struct str s)
{
	unsigned char out[crypto_shorthash_BYTES];
	uint64_t h;

	crypto_shorthash(out, (const unsigned char *)s.p, s.n, c->secret);
	_Static_assert(sizeof(out) == sizeof(h), "SipHash gives 64 bits");
	memcpy(&h, out, sizeof(h));
	return h;
}

/* Where the nodes start, counted from the entry's own start. */
static size_t nodes_at(size_t key_n)
{
	size_t at = offsetof(struct entry, key) + key_n;

	return (at + _Alignof(struct node) - 1) & ~(_Alignof(struct node) - 1);
}

static struct node *entry_nodes(struct entry *e)
{
	return (struct node *)(void *)((char *)e + nodes_at(e->key_n));
}

static size_t entry_bytes(const struct entry *e)
{
	return nodes_at(e->key_n) + e->nodes_n * sizeof(struct node) +
	       MALLOC_BYTES + entity_size(e->entity);
}

struct cache *cache_new(
    size_t limit, const unsigned char secret[CACHE_KEY_BYTES])
{
	struct cache *c = calloc(1, sizeof(*c));

	if (c) {
		c->keys = calloc(TABLE_FIRST, sizeof(struct entry *));
		c->tags = calloc(TABLE_FIRST, sizeof(struct node *));
	}
	if (!c || !c->keys || !c->tags) {
		fputs("farthing: no memory for the page cache\n", stderr);
		exit(1);
	}
	c->keys_n = TABLE_FIRST;
	c->tags_n = TABLE_FIRST;
	c->limit = limit;
	memcpy(c->secret, secret, CACHE_KEY_BYTES);
	c->stats.bytes = sizeof(*c) + TABLE_FIRST * (sizeof(struct entry *) +
							sizeof(struct node *));
	return c;
}

size_t cache_most(const struct cache *c)
{
	return c->limit / LARGEST_PART;
}

/* --- Queues ---------------------------------------------------------- */

static void queue_add(struct cache *c, struct entry *e, enum queue_name name)
{
	struct queue *q = &c->queues[name];

	e->queue = (uint8_t)name;
	e->hits = 0;
	e->newer = NULL;
	e->older = q->newest;
	if (q->newest)
		q->newest->newer = e;
	else
		q->oldest = e;
	q->newest = e;
	q->bytes += e->bytes;
}

static void queue_take(struct cache *c, struct entry *e)
{
	struct queue *q = &c->queues[e->queue];

	if (e->older)
		e->older->newer = e->newer;
	else
		q->oldest = e->newer;
	if (e->newer)
		e->newer->older = e->older;
	else
		q->newest = e->older;
	must(q->bytes >= e->bytes);
	q->bytes -= e->bytes;
}

/* --- Tables ---------------------------------------------------------- */

static struct entry **key_slot(
    const struct cache *c, struct str key, uint64_t hash)
{
	struct entry **at = &c->keys[hash & (c->keys_n - 1)];

	while (*at) {
		struct entry *e = *at;

		if (e->hash == hash && e->key_n == key.n &&
		    memcmp(e->key, key.p, key.n) == 0)
			break;
		at = &e->chain;
	}
	return at;
}

static void node_insert(struct cache *c, struct node *node)
{
	struct node **head = &c->tags[node->tag & (c->tags_n - 1)];

	node->next = *head;
	node->link = head;
	if (node->next)
		node->next->link = &node->next;
	*head = node;
}

static void node_remove(struct node *node)
{
	*node->link = node->next;
	if (node->next)
		node->next->link = node->link;
}

/* Growth is a matter of speed only: without memory the chains get longer. */
static void keys_grow(struct cache *c)
{
	size_t n = c->keys_n * 2;
	struct entry **keys = calloc(n, sizeof(struct entry *));

	if (!keys)
		return;
	for (size_t i = 0; i < c->keys_n; i++) {
		struct entry *e = c->keys[i];

		while (e) {
			struct entry *next = e->chain;

			e->chain = keys[e->hash & (n - 1)];
			keys[e->hash & (n - 1)] = e;
			e = next;
		}
	}
	c->stats.bytes += (n - c->keys_n) * sizeof(struct entry *);
	free(c->keys);
	c->keys = keys;
	c->keys_n = n;
}

static void tags_grow(struct cache *c)
{
	size_t n = c->tags_n;
	struct node **old = c->tags;
	struct node **tags = calloc(n * 2, sizeof(struct node *));

	if (!tags)
		return;
	c->tags = tags;
	c->tags_n = n * 2;
	for (size_t i = 0; i < n; i++) {
		struct node *node = old[i];

		while (node) {
			struct node *next = node->next;

			node_insert(c, node);
			node = next;
		}
	}
	c->stats.bytes += n * sizeof(struct node *);
	free(old);
}

/* --- Entries ---------------------------------------------------------- */

static void entry_remove(struct cache *c, struct entry *e)
{
	struct node *nodes = entry_nodes(e);
	struct entry **at =
	    key_slot(c, (struct str){e->key, e->key_n}, e->hash);

	must(*at == e); /* I3 */
	*at = e->chain;
	queue_take(c, e);
	for (size_t i = 0; i < e->nodes_n; i++)
		node_remove(&nodes[i]);
	c->nodes -= e->nodes_n;
	must(c->stats.bytes >= e->bytes && c->stats.entries > 0); /* I1 */
	c->stats.bytes -= e->bytes;
	c->stats.entries--;
	if (c->last == e)
		c->last = NULL;
	entity_unref(e->entity);
	free(e);
}

static uint32_t ghost_of(uint64_t hash)
{
	return (uint32_t)(hash >> 32) | 1; /* never 0, which means none */
}

static void evict_one(struct cache *c)
{
	struct queue *small = &c->queues[SMALL];
	struct queue *from = small;
	struct entry *e;

	if (!small->oldest ||
	    (small->bytes <= c->limit / SMALL_PART && c->queues[MAIN].oldest))
		from = &c->queues[MAIN];
	e = from->oldest;
	must(e != NULL);
	if (e->hits > 0) {
		unsigned hits = from == small ? 0 : e->hits - 1u;

		queue_take(c, e);
		queue_add(c, e, MAIN);
		e->hits = (uint8_t)hits;
		return;
	}
	if (from == small)
		c->ghosts[e->hash % GHOSTS] = ghost_of(e->hash);
	c->stats.evicted++;
	entry_remove(c, e);
}

/* I2. Each turn frees an entry or takes a hit from one, so it ends. */
static void evict(struct cache *c)
{
	while (c->stats.bytes > c->limit && c->stats.entries > 0)
		evict_one(c);
}

static void settle(struct cache *c)
{
	struct entry *e = c->last;
	size_t bytes;

	if (!e)
		return;
	bytes = entry_bytes(e);
	if (bytes == e->bytes)
		return;
	c->queues[e->queue].bytes += bytes - e->bytes;
	c->stats.bytes += bytes - e->bytes;
	e->bytes = bytes;
	evict(c);
}

struct entity *cache_get(struct cache *c, struct str key, struct instant now)
{
	struct entry *e;

	settle(c);
	e = *key_slot(c, key, hash_of(c, key));
	if (!e || now.us >= e->expires_us) {
		c->stats.misses++;
		return NULL;
	}
	c->stats.hits++;
	if (e->hits < HITS_MAX)
		e->hits++;
	c->last = e;
	return entity_ref(e->entity);
}

struct entity *cache_get_expired(struct cache *c, struct str key)
{
	struct entry *e;

	settle(c);
	e = *key_slot(c, key, hash_of(c, key));
	if (!e)
		return NULL;
	c->last = e;
	return entity_ref(e->entity);
}

uint64_t cache_tag(const struct cache *c, struct str tag)
{
	return hash_of(c, tag);
}

uint64_t cache_generation(const struct cache *c)
{
	return c->generation;
}

static struct entry *entry_new(
    const struct cache *c, const struct cache_item *item)
{
	size_t at = nodes_at(item->key.n);
	struct entry *e = calloc(1, at + item->tags_n * sizeof(struct node));
	struct node *nodes;

	if (!e)
		return NULL;
	e->hash = hash_of(c, item->key);
	e->expires_us = item->expires.us;
	e->key_n = (uint16_t)item->key.n;
	e->nodes_n = (uint16_t)item->tags_n;
	memcpy(e->key, item->key.p, item->key.n);
	nodes = entry_nodes(e);
	for (size_t i = 0; i < item->tags_n; i++) {
		nodes[i].entry = e;
		nodes[i].tag = item->tags[i];
	}
	e->entity = entity_ref(item->entity);
	e->bytes = entry_bytes(e);
	return e;
}

bool cache_put(struct cache *c, const struct cache_item *item)
{
	struct entry *e, **at;
	struct node *nodes;
	uint32_t *ghost;

	must(item->key.n > 0 && item->key.n <= CACHE_NAME_MAX);
	must(item->tags_n <= CACHE_TAGS_MAX);
	settle(c);
	if (item->generation != c->generation ||
	    entity_size(item->entity) > cache_most(c))
		return false;
	e = entry_new(c, item);
	if (!e)
		return false;
	at = key_slot(c, item->key, e->hash);
	if (*at)
		entry_remove(c, *at);
	if (c->stats.entries >= c->keys_n)
		keys_grow(c);
	while (c->nodes + e->nodes_n > c->tags_n) {
		size_t before = c->tags_n;

		tags_grow(c);
		if (c->tags_n == before)
			break;
	}
	at = &c->keys[e->hash & (c->keys_n - 1)];
	e->chain = *at;
	*at = e;
	nodes = entry_nodes(e);
	for (size_t i = 0; i < e->nodes_n; i++)
		node_insert(c, &nodes[i]);
	c->nodes += e->nodes_n;
	ghost = &c->ghosts[e->hash % GHOSTS];
	queue_add(c, e, *ghost == ghost_of(e->hash) ? MAIN : SMALL);
	if (*ghost == ghost_of(e->hash))
		*ghost = 0;
	c->stats.bytes += e->bytes;
	c->stats.entries++;
	c->stats.stored++;
	c->last = e;
	evict(c);
	return true;
}

size_t cache_drop(struct cache *c, uint64_t tag)
{
	struct node *node = c->tags[tag & (c->tags_n - 1)];
	size_t n = 0;

	c->generation++;
	while (node) {
		struct entry *e = node->entry;
		bool is_hit = node->tag == tag;

		/* The entry goes with all its nodes: step over those first. */
		do
			node = node->next;
		while (is_hit && node && node->entry == e);
		if (is_hit) {
			entry_remove(c, e);
			n++;
		}
	}
	c->stats.dropped += n;
	return n;
}

void cache_drop_all(struct cache *c)
{
	c->generation++;
	for (size_t i = 0; i < QUEUES; i++) {
		while (c->queues[i].oldest) {
			entry_remove(c, c->queues[i].oldest);
			c->stats.dropped++;
		}
	}
}

void cache_free(struct cache *c)
{
	if (!c)
		return;
	cache_drop_all(c);
	must(c->nodes == 0);
	free(c->keys);
	free(c->tags);
	free(c);
}

const struct cache_stats *cache_stats(const struct cache *c)
{
	return &c->stats;
}
