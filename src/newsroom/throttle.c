/* SPDX-License-Identifier: MIT
 *
 * Buckets; see throttle.h.
 */
#include "newsroom/throttle.h"

#include <sodium.h>

static const struct {
	uint32_t most;	/* wrong ones at once */
	int64_t leak_s; /* one is forgotten in this time */
} limits[THROTTLE_KINDS] = {
    [THROTTLE_ACCOUNT] = {10, 30},
    [THROTTLE_PLACE] = {10, 30},
    [THROTTLE_NET] = {40, 10},
    [THROTTLE_DEVICE] = {10, 30},
    [THROTTLE_CODE] = {10, 300},
    [THROTTLE_DEVICE_CODE] = {10, 300},
    [THROTTLE_AGAIN] = {10, 30},
    [THROTTLE_NOTE] = {1, 60},
};

uint64_t throttle_key(const struct throttle *t, struct str key)
{
	unsigned char hash[crypto_shorthash_BYTES];
	uint64_t n = 0;

	crypto_shorthash(hash, (const unsigned char *)(key.p ? key.p : ""),
	    key.n, t->secret);
	for (size_t i = 0; i < sizeof(hash); i++)
		n = n << 8 | hash[i];
	return n ? n : 1;
}

static uint32_t level_at(
    const struct throttle_bucket *b, enum throttle_kind kind, int64_t now_s)
{
	int64_t leak_s = limits[kind].leak_s;
	int64_t gone = (now_s - b->at_s) / leak_s;

	/* The clock was set back: nobody waits for it to come round again. */
	if (b->at_s - now_s > leak_s)
		return 0;
	if (gone <= 0)
		return b->level;
	return gone >= b->level ? 0 : b->level - (uint32_t)gone;
}

/* The place of KEY in the table V, or THROTTLE_PLACES. */
static size_t find(const struct throttle_bucket *v, uint64_t key)
{
	size_t i = 0;

	while (i < THROTTLE_PLACES && v[i].key != key)
		i++;
	return i;
}

uint64_t throttle_bucket_wait(const struct throttle_bucket *b,
    enum throttle_kind kind, struct instant now)
{
	int64_t now_s = instant_s(now);
	int64_t since;

	if (level_at(b, kind, now_s) < limits[kind].most)
		return 0;
	since = (now_s - b->at_s) % limits[kind].leak_s;
	return (uint64_t)(limits[kind].leak_s - (since < 0 ? 0 : since));
}

uint64_t throttle_wait(const struct throttle *t, enum throttle_kind kind,
    struct str key, struct instant now)
{
	const struct throttle_bucket *v = t->v[kind];
	size_t i = find(v, throttle_key(t, key));

	return i == THROTTLE_PLACES ? 0
				    : throttle_bucket_wait(&v[i], kind, now);
}

static size_t find_emptiest(
    const struct throttle_bucket *v, enum throttle_kind kind, int64_t now_s)
{
	uint32_t least = UINT32_MAX;
	size_t best = 0;

	for (size_t i = 0; i < THROTTLE_PLACES; i++) {
		uint32_t level;

		if (v[i].key == 0)
			return i;
		level = level_at(&v[i], kind, now_s);
		if (level < least ||
		    (level == least && v[i].at_s < v[best].at_s)) {
			least = level;
			best = i;
		}
	}
	return best;
}

bool throttle_bucket_add(
    struct throttle_bucket *b, enum throttle_kind kind, struct instant now)
{
	int64_t now_s = instant_s(now);
	uint32_t level = level_at(b, kind, now_s);
	bool was_full = level > 0 && b->was_full;

	if (level < limits[kind].most)
		level++;
	b->at_s = now_s;
	b->level = level;
	b->was_full = was_full || level == limits[kind].most;
	return b->was_full && !was_full;
}

bool throttle_add(struct throttle *t, enum throttle_kind kind, struct str key,
    struct instant now)
{
	struct throttle_bucket *v = t->v[kind];
	uint64_t id = throttle_key(t, key);
	size_t i = find(v, id);

	if (i == THROTTLE_PLACES) {
		i = find_emptiest(v, kind, instant_s(now));
		v[i] = (struct throttle_bucket){.key = id};
	}
	return throttle_bucket_add(&v[i], kind, now);
}

void throttle_back(struct throttle *t, enum throttle_kind kind, struct str key,
    struct instant now)
{
	size_t i = find(t->v[kind], throttle_key(t, key));
	struct throttle_bucket *b = &t->v[kind][i];
	uint32_t level;

	if (i == THROTTLE_PLACES)
		return;
	level = level_at(b, kind, instant_s(now));
	if (level == b->level && level > 0)
		b->level--; /* what has leaked since stays so */
	else if (level > 0)
		*b = (struct throttle_bucket){
		    b->key, instant_s(now), level - 1, b->was_full};
}

void throttle_clear(struct throttle *t, enum throttle_kind kind, struct str key)
{
	size_t i = find(t->v[kind], throttle_key(t, key));

	if (i < THROTTLE_PLACES)
		t->v[kind][i].key = 0;
}
